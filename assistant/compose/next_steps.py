"""After the verdict: what to hand in, how, by when; what would have to change; what no text says, and whom to ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ceyin.assistant.citing import desk
from ceyin.assistant.compose.draft import Draft, Material
from ceyin.assistant.deciding import Decision, decide_rules
from ceyin.assistant.rules.conditions import Case, show
from ceyin.assistant.rules.counterfactual import Changes, changes_to_pass
from ceyin.assistant.rules.model import AmountRule, DeadlineRule, EligibilityRule, StackRule
from ceyin.assistant.rules.values import Absent, Known, Reason, Value, Verdict
from ceyin.assistant.understanding.intents import Intent
from ceyin.corpus.library import StoredPolicy

#: Rules whose outcome is something one applies for.
_APPLIED_FOR = (AmountRule, EligibilityRule, StackRule)
#: What is asked of every programme: the words for it, the rules that tell it, and how a clause that might speaks.
_HANDLING = (
    ("papers", "申报材料", re.compile(r"材料|资料|证明|申报书|申请表")),
    ("procedure", "申报程序", re.compile(r"程序|步骤|申请|申报")),
    ("deadline", "申报时间", re.compile(r"申报(?:时间|期限)|截止|受理时间|月底|日前|每年|当年")),
)
_LEADS = {"papers": "材料", "procedure": "办理", "deadline": "时间"}
#: Advice that only says what everybody knows is none: becoming another kind of applicant.
_NO_ADVICE = {"企业类型", "申报主体类型", "所在地", "人员身份"}


#: What no change of the case would turn into a yes.
_OUT_OF_HAND = (Reason.NOT_IN_FORCE, Reason.ELSEWHERE, Reason.ABOVE_CEILING, Reason.PAID_ALREADY)


def add_next_steps(draft: Draft, material: Material, decision: Decision) -> None:
    """What follows for the applicant, after the conclusion and its ground."""
    result, rule = decision.result, decision.rule
    if not isinstance(rule, _APPLIED_FOR) or result.reason in _OUT_OF_HAND:
        return
    if result.verdict is Verdict.FAIL:
        _say_changes(draft, material, decision)
        return
    asked = material.question.wants(Intent.MATERIALS, Intent.PROCEDURE)
    handling = asked or material.question.wants(Intent.ELIGIBLE)
    general = isinstance(rule, EligibilityRule) and draft.verdict is None
    if rule.programme is None or (general and not asked):
        return  # who is barred, told in general, is not about to apply
    told = set()
    for kind, words, n in _told(draft, material, decision):
        told.add(kind)
        draft.say("next", f"{_LEADS[kind]}:{words}[{n}]。")
    open_ = [
        name for kind, name, near in _HANDLING if kind not in told and not _may_say(decision.policy, near)
    ]
    if open_ and handling:
        holes = ";收录的文本有缺失,也可能写在缺失处" if decision.policy.damages else ""
        draft.say("unsaid", f"文件没有写明{'、'.join(open_)},可问{desk(decision.policy)}{holes}。")


def _told(draft: Draft, material: Material, decision: Decision) -> Iterator[tuple[str, str, int]]:
    """What the other rules of the programme tell: kind, words, number of the clause."""
    programme = decision.rule.programme
    others = [r for r in material.book.of_programme(programme or "") if r.kind in _LEADS]
    by_id = {p.policy_id: p for p in material.policies}
    for kind, *_ in _HANDLING:
        for other in decide_rules(
            [r for r in others if r.kind == kind],
            material.facts,
            material.question.as_of,
            material.book,
            by_id,
        ):
            general = other.rule.say.general
            duty = isinstance(other.rule, DeadlineRule) and (other.rule.duty or other.rule.event is not None)
            over = other.result.reason is Reason.NOT_IN_FORCE
            if not general or "{" in general or duty or over or other.rule.id == decision.rule.id:
                continue
            n = draft.cites.cite(other.policy, other.clause)
            if n is not None:
                yield kind, general.rstrip("。"), n
                break  # one of each: what comes after the approval has papers and steps of its own


def _may_say(policy: StoredPolicy, near: re.Pattern[str]) -> bool:
    """Whether a clause of the policy may speak of it: then nobody may say that none does."""
    return any(near.search(c.text) for c in policy.clauses if c.ref.path[0] not in ("题头", "落款", "通知"))


def _say_changes(draft: Draft, material: Material, decision: Decision) -> None:
    rule = decision.rule
    if rule.requires is None:
        return
    case = Case(material.facts, material.question.as_of, material.book)
    ways = changes_to_pass([(rule.requires, rule.pin)], case, material.book.facts)
    by_keys: dict[frozenset[str], Changes] = {}
    for way in ways:  # 「验收通过」 and 「通过」 are one way
        by_keys.setdefault(frozenset(way), way)
    advice = [way for way in by_keys.values() if not _NO_ADVICE & set(way)][:2]
    if advice:
        words = f"还差:{';或者'.join(_words(material, way) for way in advice)}。"
        draft.checks[0].trace["changes"] = words
        draft.say("next", words)


def _words(material: Material, way: Changes) -> str:
    """「有效发明专利件数要到5件,现在4件,再有1件即可」."""
    return "、".join(_change(material, key, value) for key, value in way.items())


def _change(material: Material, key: str, value: Value) -> str:
    now = material.facts.get(key)
    name = key.removeprefix("是否")
    if isinstance(value, bool):
        if value:
            return name
        return f"没有{name[1:]}" if name.startswith("有") else f"不再是“{name}”"
    spec = material.book.facts[key]
    if not isinstance(value, Decimal) or spec.type not in ("count", "money", "number", "rate"):
        return f"{name}为{show(value)}"
    have = Decimal(0) if isinstance(now, Absent) else now.value if isinstance(now, Known) else None
    words = f"{name}要到{show(value)}{spec.unit}"
    if not isinstance(have, Decimal):
        return words
    lacks = f",再有{show(value - have)}{spec.unit}即可" if spec.type == "count" and value > have else ""
    return f"{words}(现在{show(have)}{spec.unit}{lacks})" if have else f"{words}(现在没有)"
