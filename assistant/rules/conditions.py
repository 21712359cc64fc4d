"""Conditions under strong Kleene logic, with the facts that could still change the outcome."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from ceyin.assistant.rules.calendar import chinese, length, period_end
from ceyin.assistant.rules.model import (
    All,
    AnyOf,
    Condition,
    Discretionary,
    Elapsed,
    KOf,
    Lockout,
    Member,
    Not,
    Period,
    Pin,
    Predicate,
    Ref,
    Rule,
    Threshold,
)
from ceyin.assistant.rules.money import plain
from ceyin.assistant.rules.values import (
    Absent,
    AtLeast,
    Below,
    Between,
    Conflict,
    Fact,
    Facts,
    Known,
    Outcome,
    Reason,
    Trace,
    Value,
    Verdict,
    items_of,
)
from ceyin.corpus.model import ClauseRef, cite_path

#: What a trace says of alternatives.
ANY_REQUIRED = "具备其一"
#: What it says of parts that must all hold, and of several that must not.
ALL_REQUIRED = "同时具备"
DENIED = "不成立"

_OPS: dict[str, tuple[Callable[[Decimal, Decimal], bool], str]] = {
    "ge": (lambda a, b: a >= b, "≥"),
    "gt": (lambda a, b: a > b, ">"),
    "le": (lambda a, b: a <= b, "≤"),
    "lt": (lambda a, b: a < b, "<"),
    "eq": (lambda a, b: a == b, "="),
}


class Rules(Protocol):
    """Where a rule finds the others it names."""

    def rule(self, rule_id: str) -> Rule | None:
        """The rule with this id."""

    def condition_of(self, rule_id: str) -> Condition | None:
        """What a ``ref`` to this rule stands for."""


class _NoRules:
    def rule(self, rule_id: str) -> None:
        return None

    def condition_of(self, rule_id: str) -> None:
        return None


_NO_RULES = _NoRules()


@dataclass(frozen=True, slots=True)
class Case:
    """Everything a rule is decided on."""

    facts: Facts
    as_of: date
    rules: Rules = _NO_RULES


def decide(condition: Condition, case: Case, pin: Pin) -> Outcome:
    """The outcome of a condition; ``pin`` is the clause of the rule where the leaf names none."""
    pin = condition.pin or pin
    match condition:
        case Member():
            return _member(condition, case, pin)
        case Threshold():
            return _threshold(condition, case, pin)
        case Predicate():
            return _predicate(condition, case, pin)
        case Lockout():
            return _lockout(condition, case, pin)
        case Elapsed():
            return _elapsed(condition, case, pin)
        case Discretionary():
            given = f"由主管部门认定,{condition.note}" if condition.what else "由主管部门认定"
            trace = Trace(condition.what or condition.note, given, "", Verdict.UNKNOWN, _at(pin))
            return Outcome(Verdict.UNKNOWN, trace, Reason.DISCRETIONARY)
        case Not():
            inner = decide(condition.of, case, pin)
            flipped = {Verdict.PASS: Verdict.FAIL, Verdict.FAIL: Verdict.PASS}.get(
                inner.verdict, inner.verdict
            )
            return Outcome(
                flipped, _negated(condition, inner.trace, flipped, pin), inner.reason, inner.missing
            )
        case Ref():
            target = case.rules.condition_of(condition.rule)
            if target is None:
                trace = Trace(condition.rule, "", "", Verdict.UNKNOWN, _at(pin))
                return Outcome(Verdict.UNKNOWN, trace, Reason.SOURCE_INCOMPLETE)
            return decide(target, case, pin)
        case All() | AnyOf() | KOf():
            return _combined(condition, case, pin)


def _negated(condition: Not, inner: Trace, verdict: Verdict, pin: Pin) -> Trace:
    """「申请人类型:企业,要求不是高校」 in one line; where several parts are denied they stand below."""
    what = condition.what or inner.what
    if inner.parts:
        return Trace(what, inner.given, DENIED, verdict, _at(pin), (inner,))
    required = {"是": "否", "否": "是"}.get(
        inner.required, f"不是{inner.required}" if inner.required else "否"
    )
    return Trace(what, inner.given, required, verdict, _at(pin))


def _combined(condition: All | AnyOf | KOf, case: Case, pin: Pin) -> Outcome:
    outcomes = [decide(part, case, pin) for part in condition.of]
    match condition:
        case All():
            needed = len(outcomes)
        case AnyOf():
            needed = 1
        case KOf():
            needed = condition.k
    passed = sum(o.verdict is Verdict.PASS for o in outcomes)
    open_ = [o for o in outcomes if o.verdict is Verdict.UNKNOWN]
    if passed >= needed:
        verdict = Verdict.PASS
    elif passed + len(open_) < needed:
        verdict = Verdict.FAIL
    else:
        verdict = Verdict.UNKNOWN
    names = {"all": ALL_REQUIRED, "any": ANY_REQUIRED}
    required = names.get(condition.kind, f"至少具备{needed}项")
    trace = Trace(
        condition.what or required,
        f"已具备{passed}项",
        required,
        verdict,
        _at(pin),
        tuple(o.trace for o in outcomes),
    )
    if verdict is not Verdict.UNKNOWN:
        return Outcome(verdict, trace)
    missing = tuple(dict.fromkeys(key for o in open_ for key in o.missing))
    reasons = [o.reason for o in open_ if o.reason is not None]
    reason = Reason.MISSING_FACT if Reason.MISSING_FACT in reasons else (reasons[0] if reasons else None)
    return Outcome(verdict, trace, reason, missing)


def _member(leaf: Member, case: Case, pin: Pin) -> Outcome:
    required = "、".join(leaf.any_of)
    what = leaf.what or leaf.fact

    def holds(value: Value) -> bool:
        given = value if isinstance(value, tuple) else (str(value),)
        return any(str(g) in leaf.any_of for g in given)

    return _leaf(leaf.fact, what, required, case.facts.get(leaf.fact), holds, pin, absent=False)


def _threshold(leaf: Threshold, case: Case, pin: Pin) -> Outcome:
    compare, sign = _OPS[leaf.op]
    required = f"{sign}{plain(leaf.value)}{leaf.unit}"

    def holds(value: Value) -> bool | None:
        items = items_of(value)
        return None if items is None else compare(sum(items, Decimal(0)), leaf.value)

    fact, what = case.facts.get(leaf.fact), leaf.what or leaf.fact
    if isinstance(fact, AtLeast | Below | Between) and (verdict := _of_ends(leaf, fact)) is not None:
        return Outcome(verdict, Trace(what, ends_in_words(fact), required, verdict, _at(pin)))
    return _leaf(leaf.fact, what, required, fact, holds, pin, absent=compare(Decimal(0), leaf.value))


def _of_ends(leaf: Threshold, fact: AtLeast | Below | Between) -> Verdict | None:
    """What a threshold comes to for every figure that one said roughly may be; None where that differs."""
    upward, most = leaf.op in ("ge", "gt"), leaf.op in ("le", "lt")
    if not isinstance(fact, Below):
        if upward and _OPS[leaf.op][0](fact.low, leaf.value):
            return Verdict.PASS
        beyond = fact.low >= leaf.value if leaf.op == "lt" else fact.low > leaf.value
        if beyond and not upward:
            return Verdict.FAIL
    if not isinstance(fact, AtLeast) and fact.high <= leaf.value:
        return Verdict.PASS if most else Verdict.FAIL
    return None


def ends_in_words(fact: AtLeast | Below | Between, unit: str = "") -> str:
    """What is certain of a figure said roughly: 至少3万, 不到10人, 290至300."""
    match fact:
        case AtLeast(low=low):
            return f"至少{show(low)}{unit}"
        case Below(high=high):
            return f"不到{show(high)}{unit}"
        case Between(low=low, high=high):
            return f"{show(low)}至{show(high)}{unit}"


def _predicate(leaf: Predicate, case: Case, pin: Pin) -> Outcome:
    def holds(value: Value) -> bool | None:
        return value is leaf.is_ if isinstance(value, bool) else None

    required = "是" if leaf.is_ else "否"
    return _leaf(
        leaf.fact,
        leaf.what or leaf.fact,
        required,
        case.facts.get(leaf.fact),
        holds,
        pin,
        absent=not leaf.is_,
    )


def _lockout(leaf: Lockout, case: Case, pin: Pin) -> Outcome:
    what, fact = leaf.what or leaf.event, case.facts.get(leaf.event)
    required = f"事后{length(leaf.period)}内不得申报"
    day = _whole_day(fact)
    last = period_end(day, leaf.period) if day is not None else None
    if last is not None:
        required += f",到{chinese(last)}为止"
    told = case.facts.get(leaf.act) if leaf.act else None
    if leaf.act and isinstance(told, Conflict) and isinstance(fact, Known):
        return _leaf(leaf.act, what, required, told, lambda _: None, pin, absent=True)
    act_day = told.value if isinstance(told, Known) and isinstance(told.value, date) else case.as_of
    on_the_day = _on_the_last_day(what, required, fact, leaf.period, act_day, pin)
    if on_the_day is not None:
        return on_the_day

    def holds(value: Value) -> bool | None:
        end = period_end(value, leaf.period) if isinstance(value, date) else None
        if end is None or not isinstance(value, date):
            return None
        return act_day > end or act_day < value  # before the event there is no bar yet

    return _leaf(leaf.event, what, required, fact, holds, pin, absent=True)


def _whole_day(fact: Fact) -> date | None:
    if isinstance(fact, Known) and isinstance(fact.value, date) and not fact.month_only:
        return fact.value
    return None


def _elapsed(leaf: Elapsed, case: Case, pin: Pin) -> Outcome:
    required = f"超过{length(leaf.period)}"
    what, fact = leaf.what or leaf.event, case.facts.get(leaf.event)
    on_the_day = _on_the_last_day(what, required, fact, leaf.period, case.as_of, pin)
    if on_the_day is not None:
        return on_the_day

    def holds(value: Value) -> bool | None:
        end = period_end(value, leaf.period) if isinstance(value, date) else None
        return None if end is None else case.as_of > end

    return _leaf(leaf.event, what, required, fact, holds, pin, absent=False)


def _on_the_last_day(
    what: str, required: str, fact: Fact, period: Period, day: date, pin: Pin
) -> Outcome | None:
    """Open on the last day of a period, and where no calendar says which that is; None on any other day."""
    if not isinstance(fact, Known) or not isinstance(fact.value, date):
        return None
    end = period_end(fact.value, period)
    if end is not None and end != day:
        return None
    trace = Trace(what, show(fact.value), required, Verdict.UNKNOWN, _at(pin))
    return Outcome(Verdict.UNKNOWN, trace, Reason.NO_CALENDAR if end is None else Reason.BOUNDARY)


def _leaf(
    key: str,
    what: str,
    required: str,
    fact: Fact,
    holds: Callable[[Value], bool | None],
    pin: Pin,
    *,
    absent: bool,
) -> Outcome:
    if isinstance(fact, Known):
        result = holds(fact.value)
        if result is not None:
            verdict = Verdict.PASS if result else Verdict.FAIL
            return Outcome(verdict, Trace(what, show(fact.value), required, verdict, _at(pin)))
    elif isinstance(fact, Absent):
        verdict = Verdict.PASS if absent else Verdict.FAIL
        return Outcome(verdict, Trace(what, "没有", required, verdict, _at(pin)))
    elif isinstance(fact, Conflict):
        given = "说法不一:" + "、".join(show(v) for v in fact.values)
        return Outcome(
            Verdict.UNKNOWN, Trace(what, given, required, Verdict.UNKNOWN, _at(pin)), Reason.CONFLICT, (key,)
        )
    return Outcome(
        Verdict.UNKNOWN,
        Trace(what, "未说明", required, Verdict.UNKNOWN, _at(pin)),
        Reason.MISSING_FACT,
        (key,),
    )


def show(value: Value) -> str:
    """A value as people read it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return chinese(value)
    return "、".join(show(v) for v in value) if isinstance(value, tuple) else value


def _at(pin: Pin) -> str:
    return cite_path(ClauseRef(pin.policy, pin.path).path)
