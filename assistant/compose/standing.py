"""Whether the policy an answer rests on holds on the day asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ceyin.assistant.citing import Citations, cite_as, desk, short_title
from ceyin.assistant.compose.draft import Draft, Material
from ceyin.assistant.compose.quoting import add_spans
from ceyin.assistant.rules.calendar import chinese
from ceyin.assistant.understanding.intents import Intent
from ceyin.assistant.understanding.naming import names_of
from ceyin.corpus.library import StoredClause, StoredPolicy
from ceyin.corpus.model import InForce
from ceyin.corpus.normalise import normalise
from ceyin.corpus.validity import doubtful, in_force, plan_over

#: Asked for a yes or a no.
_WHETHER = re.compile(r"(?:吗|不|没有?|么|吧)[?]?$|能不能|可不可以|是不是|要不要|行不行|还(?:能|可以|要|该)")
#: What is asked of a text itself, not of what somebody holds under it.
_STANDS = re.compile(
    r"过期|失效|作废|废止|废除|废了|有效|作数|算数|管用|在执行|在施行|现行|(?:还|现在)?(?:能用|能不能用|在用)"
)
_PAPER = re.compile(r"办法|措施|意见|方案|通知|文件|政策|规定|计划|细则|条例|号文")
_LASTS = re.compile(r"(?:办法|措施|意见|方案|通知|文件|政策|规定|细则)[^,。;?!]{0,4}有效期")
#: 「牌子过期没」 is asked of an honour, 「许可证」 of a paper somebody holds.
_HELD = re.compile(r"牌子|称号|资格|证书|许可|商标|专利|认定|评上|获批|合同|优势企业|示范企业|材料|申报书")
#: A question, and no remark that some paper ran out.
_ASKED = re.compile(r"(?:吗|不|没有?|么|吧|呢)[?]?$|还是|是否|是不是|有没有|能不能|[?]|多久|什么时候")
_POINTED = re.compile(r"[这那该](?:个|份|套|项|条)?")
_YEAR = re.compile(r"(20\d\d)年")
_TARGET = re.compile(r"到(20\d\d)年[^,。;]*(?:,[^,。;]+)?")
_TRIAL = re.compile(r"试行|暂行")
_WORDS = {
    InForce.EXPIRED: "这份文件已过期",
    InForce.REPEALED: "这份文件已废止",
    InForce.NOT_YET: "这份文件尚未施行",
}
#: How what the text says is to be read then.
_BEFORE = {
    InForce.EXPIRED: "下面是到期前的规定。",
    InForce.REPEALED: "下面是废止前的规定。",
    InForce.NOT_YET: "下面是施行后的规定。",
}
#: More target years than these would be a list, not an answer.
_MOST_TARGETS = 2


def tell_validity(
    draft: Draft, material: Material, policy: StoredPolicy, *, rules_follow: bool = True
) -> bool:
    """Say first that a policy is expired, repealed or not yet in force, with the clause; False where it holds.

    ``rules_follow``: what the policy says comes after, and is to be read as no longer (or not yet) the rule.
    """
    question = material.question
    state = in_force(policy, question.as_of)
    if state not in _WORDS:
        return False
    lead = f"{_with_day(draft, policy, state)}。"
    draft.say("conclusion", lead + (_BEFORE[state] if rules_follow else ""), first=True)
    asks = question.wants(Intent.ELIGIBLE, Intent.IN_FORCE) or (
        question.personal and (question.wants(Intent.AMOUNT) or bool(_WHETHER.search(question.said)))
    )
    if asks:
        draft.verdict = "fail"
    draft.warnings.append(f"《{short_title(policy)}》{_WORDS[state][4:]}。")
    return True


def _with_day(draft: Draft, policy: StoredPolicy, state: InForce) -> str:
    """「这份文件已过期,有效期至…[n]」; the day only where the clause cited has it."""
    words, clause = _WORDS[state], validity_clause(policy)
    n = None if clause is None else draft.cites.cite(policy, clause, [(0, len(clause.text))])
    if clause is None or n is None:
        return words
    day = policy.expires if state is InForce.EXPIRED else policy.effective_from
    if day is None or state is InForce.REPEALED or chinese(day) not in clause.text:
        return f"{words}[{n}]"
    return words + (
        f",有效期至{chinese(day)}[{n}]" if state is InForce.EXPIRED else f",自{chinese(day)}起施行[{n}]"
    )


def validity_clause(policy: StoredPolicy) -> StoredClause | None:
    """The clause that says from when or until when the policy is in force."""
    with_date = [
        c
        for c in policy.clauses
        if re.search(
            r"有效期(?:限)?(?:截?至|到)|自(?:\d|本|[^,。;]{0,10}(?:之日|当日|日起))[^,。;]{0,14}(?:施行|实施|执行)",
            c.text,
        )
    ]
    return with_date[-1] if with_date else None


def standing(material: Material) -> Draft | None:
    """Whether the policy meant is in force, from its own dates; None where that is not what is asked."""
    policy = _asked_of(material)
    if policy is None or policy.stub:
        return None
    draft = Draft(Citations(material.question.as_of))
    if tell_validity(draft, material, policy, rules_follow=False):
        draft.verdict = "fail"
        return draft if draft.cites.items else None
    if policy.expires is not None:
        clause = validity_clause(policy)
        if clause is None:
            return None
        draft.verdict = "pass"
        n = draft.cites.cite(policy, clause, [(0, len(clause.text))])
        draft.say("conclusion", f"这份文件在有效期内[{n}]。")
        return draft if add_spans(draft, policy, clause, [(0, len(clause.text))]) else None
    return _without_end(draft, material, policy)


def _without_end(draft: Draft, material: Material, policy: StoredPolicy) -> Draft | None:
    """No text says until when it holds: that, and what its texts do say of its time."""
    as_of = material.question.as_of
    heads = [c for c in policy.clauses if c.ref.path[0] in ("题头", "通知", "落款")]
    trial = next((c for c in heads if _TRIAL.search(c.text)), None)
    targets = _targets(policy)
    start = validity_clause(policy)
    first = trial or (targets[0][0] if targets else start or next(iter(heads or policy.clauses), None))
    n = draft.cites.cite(policy, first) if first is not None else None
    if n is None:
        return None
    over = plan_over(policy, as_of)
    held = "先按有效看待;申请前" if over is None else f"标题里的期限到{over}年,已经过了;还照不照办,"
    draft.verdict = "unknown"
    draft.say(
        "conclusion",
        f"《{short_title(policy)}》没有写有效期,库里也没有看到废止它的规定,{held}请向{desk(policy)}核实[{n}]。",
    )
    if trial is not None:
        draft.say("basis", f"它是{_TRIAL.search(trial.text).group()}的文件[{n}]。")  # type: ignore[union-attr]
    for clause, span in targets:
        add_spans(draft, policy, clause, [span], lead=f"{cite_as(policy, clause.ref.path)}:")
    if doubtful(policy, as_of) == "已公告拟修订":
        _revision(draft, material, policy)
    if policy.damages:
        draft.warnings.append(f"《{short_title(policy)}》收录的文本有残缺,有效期也可能写在缺失处。")
    return draft


def _targets(policy: StoredPolicy) -> list[tuple[StoredClause, tuple[int, int]]]:
    """The first words on each year its goals name, with their clause."""
    years: dict[str, tuple[StoredClause, tuple[int, int]]] = {}
    for clause in policy.clauses:
        if not clause.damaged:
            for m in _TARGET.finditer(clause.text):
                years.setdefault(m.group(1), (clause, m.span()))
    return [target for _, target in sorted(years.items())[:_MOST_TARGETS]]


def _revision(draft: Draft, material: Material, policy: StoredPolicy) -> None:
    """Quote the sentence of another policy that announces the revision of this one."""
    names = names_of(policy)
    for other in material.policies:
        for clause in other.clauses if other is not policy else ():
            for m in re.finditer(r"[^。;]*修订《([^》]+)》", clause.text):
                if normalise(m.group(1)) in names:
                    at = m.start() + m.group().rindex("修订")
                    add_spans(
                        draft, other, clause, [(at, m.end())], lead=f"{cite_as(other, clause.ref.path)}:"
                    )
                    return


def _asked_of(material: Material) -> StoredPolicy | None:
    """The policy asked after as such: 「那个办法过期了没」."""
    question = material.question
    said = question.said
    if (
        not (question.wants(Intent.IN_FORCE) or _LASTS.search(said))
        or not _STANDS.search(said)
        or question.wants(Intent.COMPARE)
    ):
        return None
    named = [material.policy(p) for p in question.policies]
    rest = normalise(said)
    for name in sorted((n for p in named for n in names_of(p)), key=len, reverse=True):
        rest = rest.replace(name, "办法")
    asked = next((s for s in re.split(r"[,。;?!]", rest) if _STANDS.search(s)), "")
    if not named:
        fitting = _by_words(material, rest)
        if len(fitting) == 1:
            return fitting[0]
        return _of_talk(material, asked)
    if _HELD.search(asked) or not _ASKED.search(said):
        return None
    return named[0]


def _of_talk(material: Material, asked: str) -> StoredPolicy | None:
    """「这个政策」 of a talk: the policy its last words found."""
    if not (material.question.history and _POINTED.search(asked) and _PAPER.search(asked)):
        return None
    return next((e.policy for e in material.evidence[:1]), None)


def _by_words(material: Material, said: str) -> Sequence[StoredPolicy]:
    """The policies of the year told whose title ends in the kind of paper and has a word before it: 2016年…意见."""
    year, paper = _YEAR.search(said), _PAPER.search(said)
    if year is None or paper is None:
        return []
    pairs = {said[i : i + 2] for i in range(paper.start() - 1)}
    fitting = [
        (sum(p in normalise(policy.title) for p in pairs), policy)
        for policy in material.policies
        if policy.policy_id in material.scope.allowed
        and paper.group() in normalise(short_title(policy))
        and (year.group(1) in policy.title or (policy.issued and str(policy.issued.year) == year.group(1)))
    ]
    best = max((share for share, _ in fitting), default=0)
    return [policy for share, policy in fitting if share == best] if best >= 2 else []
