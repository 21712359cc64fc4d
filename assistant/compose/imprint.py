"""Who issued a policy, when, under which number: from its title block and signature."""

from __future__ import annotations

import re
from datetime import date

from ceyin.assistant.citing import Citations, short_title
from ceyin.assistant.compose.draft import Draft, Material
from ceyin.assistant.compose.standing import tell_validity
from ceyin.assistant.rules.calendar import chinese
from ceyin.assistant.understanding.intents import Intent
from ceyin.corpus.library import StoredClause, StoredPolicy
from ceyin.corpus.model import InForce
from ceyin.corpus.normalise import normalise
from ceyin.corpus.validity import in_force

_DAY = re.compile(r"(20\d\d|19\d\d)年(?:(\d{1,2})月)?(?:(\d{1,2})[日号])?(?!代|度)")
_CONFIRMS = re.compile(r"吧|吗|对不|没错|是不是|对么|不是.{0,4}吗|错了没")
_BODY = re.compile(
    r"(?:是|由)(?:不是)?([\u4e00-\u9fff]{2,14}?(?:局|委|厅|部|院|政府|办公室|办公厅))(?:自己|自个|单独|直接|牵头|自行|独家)?(?:印|发|出|制定|下)"
)
_HOLDS = (InForce.IN_FORCE, InForce.UNKNOWN)
_TERMS = re.compile(r"试行|试着|正式|联合|一起|几家|依据|图个?啥|为(?:什么|啥)")
#: 「建设方案由谁印发」 asks who issues some paper, not who issued the policy.
_OTHER_PAPER = re.compile(
    r"([\u4e00-\u9fff]{2}(?:方案|办法|细则|清单|名单|证书|计划|函))(?:应该|应当|要|该)?由(?:谁|哪)"
)


#: Asked what a policy itself was made after, and how texts say it.
_ASKS_BASIS = re.compile(
    r"(?:比照|参照|仿照|照着|按照?|依据|根据|照搬|抄的?)(?:的是|是|了|着)?[^,。;?!]{0,10}(?:哪|什么|啥)[^,。;?!]{0,6}(?:文件|办法|规定|文)"
    r"|(?:哪|什么|啥)[^,。;?!]{0,6}(?:文件|办法|规定)[^,。;?!]{0,4}(?:比照|参照|为依据|定的|写的|制定)"
)
_BASIS = re.compile(r"(?:根据|依据|参照|比照|按照|遵照)[^。;]{0,80}?《[^》]+》[^。;]*?(?=[,。;])")
#: Where a policy says what it was made after.
_OPENING = ("通知", "导语", "第一条")


def _basis(draft: Draft, policy: StoredPolicy) -> bool:
    """Say what a policy was made after, in the words of its cover note or its beginning; False where it does not."""
    for clause in policy.clauses:
        if clause.ref.path[0] not in _OPENING:
            continue
        for m in _BASIS.finditer(clause.text):
            n = draft.cites.cite(policy, clause, [m.span()])
            draft.say("conclusion", f"《{short_title(policy)}》写明{m.group()}[{n}]。")
    return bool(draft.blocks)


def imprint(material: Material) -> Draft | None:
    """The bibliographic answer about the policy the question means; None where it asks of another paper."""
    policy = _policy(material)
    said = material.question.said
    if policy is None or material.question.wants(Intent.COMPARE):
        return None
    asks_force = material.question.wants(Intent.IN_FORCE)
    if asks_force and (material.decisions or in_force(policy, material.question.as_of) in _HOLDS):
        return None  # a day and a name do not say whether it holds
    other = _OTHER_PAPER.search(said)
    if other and other.group(1) not in normalise(policy.title):
        return None
    draft = Draft(Citations(material.question.as_of))
    if _ASKS_BASIS.search(said):
        return draft if _basis(draft, policy) else None
    heads = [c for c in policy.clauses if c.ref.path[0] in ("落款", "题头")]
    heads += [c for c in policy.clauses if c.ref.path[0] == "通知" and _tells(c, policy, said)]
    if not heads and policy.text_kind == "official":
        return None
    numbers = [draft.cites.cite(policy, c, [(0, len(c.text))]) for c in heads or policy.clauses[:1]]
    marks = "".join(f"[{n}]" for n in numbers)
    number = f",文号{policy.doc_number}" if policy.doc_number else ""
    day = f"{chinese(policy.issued)}" if policy.issued else "日期未注明"
    wrong = _wrong_premise(said, policy)
    if wrong:
        draft.say("premise", f"{wrong}{marks}。")
    draft.say(
        "conclusion", f"《{short_title(policy)}》由{'、'.join(policy.issuers)}印发,{day}{number}{marks}。"
    )
    if asks_force:
        tell_validity(draft, material, policy, rules_follow=False)
    return draft


def _tells(clause: StoredClause, policy: StoredPolicy, said: str) -> bool:
    """Whether the cover note says who made the policy together, or on what terms it is asked."""
    return any(i in clause.text for i in policy.issuers) or bool(_TERMS.search(said))


def _policy(material: Material) -> StoredPolicy | None:
    """The policy named; else the one of the best clause; else the first of the place meant."""
    named = material.question.policies
    best = [e.policy.policy_id for e in material.evidence[:1]]
    focus = material.scope.focus
    at_home = [p for p in best if p in focus]
    ids = [*named, *at_home, *focus, *best]
    return material.policy(ids[0]) if ids else None


def _wrong_premise(said: str, policy: StoredPolicy) -> str | None:
    """What the asker takes for granted about day or issuer and the policy's own data contradict."""
    if not _CONFIRMS.search(said):
        return None
    own = normalise(f"{policy.title} {policy.doc_number or ''}")
    days = [m for m in _DAY.finditer(said) if m.group() not in own and (m.group(2) or m.group(3))]
    if days and policy.issued and not any(_fits(m, policy.issued) for m in days):
        return f"不是{days[0].group()},落款是{chinese(policy.issued)}"
    body = _BODY.search(said)
    if body and policy.issuers and not any(_same(body.group(1), i) for i in policy.issuers):
        return f"不是{body.group(1)},发文的是{'、'.join(policy.issuers)}"
    return None


def _fits(asked: re.Match[str], issued: date) -> bool:
    parts = (issued.year, issued.month, issued.day)
    return all(g is None or int(g) == own for g, own in zip(asked.groups(), parts, strict=True))


def _same(asked: str, issuer: str) -> bool:
    """Whether a body as people call it may be an issuer: 市财政局 is 抚州市财政局, 国知局 is not decided."""
    bare = re.sub(r"^[省市县区]", "", asked)
    return bare in issuer or issuer in asked or bare in ("国家局", "国知局", "知识产权局")
