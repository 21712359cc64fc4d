"""「抚州有哪些补贴」: every award the rule book knows for a place, one part each."""

from __future__ import annotations

from ceyin.assistant.citing import Citations, cite_as, short_title
from ceyin.assistant.compose.draft import Draft, Material
from ceyin.assistant.contract import Check, Part
from ceyin.assistant.deciding import Decision, check_of, decide_rules
from ceyin.assistant.rules.model import AmountRule
from ceyin.assistant.rules.values import Facts, Reason, Verdict
from ceyin.corpus.model import InForce
from ceyin.corpus.validity import in_force

#: More would be a catalogue, not an answer.
_MAX_PARTS = 24


def overview(material: Material) -> Draft | None:
    """The list of awards; None where no rule gives one."""
    chosen = material.scope.focus or tuple(p.policy_id for p in material.policies)
    policies = {p.policy_id: p for p in material.policies if p.policy_id in chosen}
    awards = (r for r in material.book.rules if isinstance(r, AmountRule) and r.pin.policy in policies)
    rules = [r for r in awards if r.nature != "fund"]  # what an authority may spend is nobody's award
    found = decide_rules(rules, Facts(), material.question.as_of, material.book, policies)
    current = [d for d in found if d.result.reason is not Reason.NOT_IN_FORCE][:_MAX_PARTS]
    if not current:
        return None
    draft = Draft(Citations(material.question.as_of))
    names = sorted({short_title(d.policy) for d in current})
    draft.say("conclusion", f"按{'、'.join(f'《{n}》' for n in names)},有下面这些,点开可看条件和原文:")
    for decision in current:
        n = draft.cites.cite(decision.policy, decision.clause)
        mark = f"[{n}]" if n else ""
        draft.say("item", f"· {_in_general(decision)}{mark}")
        draft.parts.append(_part(material, decision))
        draft.checks.append(_check(material, decision, n))
    gone = [p for p in policies.values() if in_force(p, material.question.as_of) is InForce.EXPIRED]
    draft.warnings += [f"《{short_title(p)}》已过期,其中的扶持没有列入。" for p in gone]
    damaged = [p for p in policies.values() if p.damages]
    draft.warnings += [f"《{short_title(p)}》收录的文本有残缺,可能还有没列出的项目。" for p in damaged]
    return draft


def _in_general(decision: Decision) -> str:
    general = decision.rule.say.general
    return f"{decision.rule.title}:{general}" if general else decision.rule.title


def _check(material: Material, decision: Decision, n: int | None) -> Check:
    """The check with what the rule says in general: nobody's case is decided here."""
    return check_of(decision, material.book, n).model_copy(update={"explanation": _in_general(decision)})


def _part(material: Material, decision: Decision) -> Part:
    cites = Citations(material.question.as_of)
    n = cites.cite(decision.policy, decision.clause, [(0, len(decision.clause.text))])
    amount = decision.result.amount
    high = amount.high if amount is not None and decision.result.verdict is not Verdict.FAIL else None
    return Part(
        title=decision.rule.title,
        status="answered",
        verdict=None,
        amount_cny=high,
        amount_kind=None if high is None else "at_most",
        answer=f"{_in_general(decision)}。见{cite_as(decision.policy, decision.clause.ref.path)}[{n}]。",
        citations=cites.build(),
        checks=[_check(material, decision, n)],
    )
