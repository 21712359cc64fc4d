"""Who issued a policy, when, under which number: from its title block and signature."""

from __future__ import annotations

from ceyin.assistant.citing import Citations, short_title
from ceyin.assistant.compose.draft import Draft, Material
from ceyin.assistant.rules.calendar import chinese


def imprint(material: Material) -> Draft | None:
    """The bibliographic answer about the policy the question names, or the one it is about."""
    ids = [*material.scope.focus, *(e.policy.policy_id for e in material.evidence[:1])]
    if not ids:
        return None
    policy = material.policy(ids[0])
    draft = Draft(Citations(material.question.as_of))
    heads = [c for c in policy.clauses if c.ref.path[0] in ("落款", "题头")]
    if not heads and policy.text_kind == "official":
        return None
    numbers = [draft.cites.cite(policy, c, [(0, len(c.text))]) for c in heads or policy.clauses[:1]]
    marks = "".join(f"[{n}]" for n in numbers)
    number = f",文号{policy.doc_number}" if policy.doc_number else ""
    day = f"{chinese(policy.issued)}" if policy.issued else "日期未注明"
    draft.say(
        "conclusion", f"《{short_title(policy)}》由{'、'.join(policy.issuers)}印发,{day}{number}{marks}。"
    )
    return draft
