"""One rule on one case: verdict, figure, missing facts and the trace."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ceyin.assistant.rules.calendar import add_months, add_working_days, chinese, month_end, roll_forward
from ceyin.assistant.rules.conditions import Case, decide, show
from ceyin.assistant.rules.model import (
    AmountRule,
    Cap,
    DeadlineRule,
    Fixed,
    Period,
    PerUnit,
    Pin,
    Ratio,
    Rule,
    TargetRule,
    TermRule,
    Tiers,
    ValidityRule,
)
from ceyin.assistant.rules.money import Interval, exactly, plain, yuan
from ceyin.assistant.rules.values import Absent, Conflict, Facts, Known, Outcome, Reason, Trace, Verdict
from ceyin.corpus.model import cite_path


@dataclass(frozen=True, slots=True)
class PolicyTerm:
    """From when until when the policy a rule belongs to is in force; None where no text says."""

    start: date | None
    until: date | None
    repealed: date | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of a rule. ``amount`` is what follows on the facts, ``day`` the date that follows."""

    rule: Rule
    verdict: Verdict
    reason: Reason | None
    trace: Trace
    missing: tuple[str, ...] = ()
    amount: Interval | None = None
    at_most: bool = False
    day: date | None = None
    notes: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()  # how the figure came about, in words
    applies: bool = True  # False: the case is none of this rule's (another award, another kind of applicant)


def evaluate(rule: Rule, case: Case, term: PolicyTerm) -> Result:
    """Decide one rule; before commencement or after expiry it fails with ``not_in_force`` and no amount."""
    out = _in_force(rule, case, term)
    if out is not None:
        return out
    if rule.applies_when is not None:
        held = decide(rule.applies_when, case, rule.pin)
        if held.verdict is Verdict.FAIL:
            return replace(_of(rule, held), applies=False)
    match rule:
        case AmountRule():
            return _amount(rule, case)
        case DeadlineRule():
            return _deadline(rule, case)
        case TermRule():
            return _term(rule, case)
        case ValidityRule():
            return _validity(rule, case, term)
        case TargetRule():
            return _target(rule, case)
        case _:
            return _of(rule, decide(rule.requires, case, rule.pin))


def _of(rule: Rule, outcome: Outcome) -> Result:
    return Result(rule, outcome.verdict, outcome.reason, outcome.trace, outcome.missing)


def _clause(pin: Pin) -> str:
    return cite_path(pin.path)


def _in_force(rule: Rule, case: Case, term: PolicyTerm) -> Result | None:
    start = rule.valid.from_ or term.start
    until = rule.valid.until or term.until
    if term.repealed is not None and case.as_of >= term.repealed:
        until = min(until or term.repealed, term.repealed)
    if isinstance(rule, ValidityRule):
        return None
    late = until is not None and case.as_of > until
    early = start is not None and case.as_of < start
    if not late and not early:
        return None
    bound = until if late else start
    assert bound is not None
    required = f"{'有效期至' if late else '自'}{chinese(bound)}{'' if late else '起施行'}"
    trace = Trace("文件是否有效", chinese(case.as_of), required, Verdict.FAIL, _clause(rule.pin))
    return Result(rule, Verdict.FAIL, Reason.NOT_IN_FORCE, trace, day=bound)


# -- amounts ---------------------------------------------------------------------------------------


def _amount(rule: AmountRule, case: Case) -> Result:
    entitled = decide(rule.requires, case, rule.pin) if rule.requires else None
    if entitled is not None and entitled.verdict is Verdict.FAIL:
        return _of(rule, entitled)
    interval, steps, missing, at_most, barred = _base(rule, case.facts)
    if barred:
        trace = Trace(rule.title, "不在所列范围", rule.title, Verdict.FAIL, _clause(rule.pin))
        return Result(rule, Verdict.FAIL, None, trace, applies=False)
    if rule.uplift is not None and interval is not None:
        held = decide(rule.uplift.when, case, rule.pin)
        if held.verdict is Verdict.PASS:
            interval = interval.times(1 + rule.uplift.rate)
            steps.append(f"再提高{plain(rule.uplift.rate * 100)}%")
            at_most = True
    for cap in rule.caps:
        interval, at_most, more = _capped(cap, interval, case, rule.pin, steps, at_most)
        missing += more
    parts = (entitled.trace,) if entitled else ()
    verdict = entitled.verdict if entitled else Verdict.PASS
    reason = entitled.reason if entitled else None
    entitled_missing = entitled.missing if entitled else ()
    if interval is not None and interval.exact and verdict is Verdict.PASS:
        missing = []
    if verdict is Verdict.PASS and missing:
        reason = Reason.MISSING_FACT
    given = _given(interval)
    trace = Trace(rule.title, ";".join(steps) or given, given, verdict, _clause(rule.pin), parts)
    return Result(
        rule,
        verdict,
        reason,
        trace,
        tuple(dict.fromkeys([*entitled_missing, *missing])),
        interval,
        at_most or interval is None or not interval.exact,
        steps=tuple(steps),
    )


def _given(interval: Interval | None) -> str:
    if interval is None or interval.high is None:
        return "金额未定"
    return yuan(interval.high) if interval.exact else f"{yuan(interval.low)}至{yuan(interval.high)}"


def _base(rule: AmountRule, facts: Facts) -> tuple[Interval | None, list[str], list[str], bool, bool]:
    base = rule.base
    steps: list[str] = []
    match base:
        case Fixed():
            return exactly(base.amount), [f"定额{yuan(base.amount)}"], [], base.at_most, False
        case Ratio():
            value = _number(facts, base.of)
            if value is None:
                return Interval(Decimal(0), None), steps, [base.of], base.at_most, False
            result = value * base.rate
            if base.rate == 1:
                steps.append(f"{base.of}{plain(value)}元")
            else:
                steps.append(f"{base.of}{plain(value)}元×{plain(base.rate * 100)}%={plain(result)}元")
            return exactly(result), steps, [], base.at_most, False
        case PerUnit():
            value = _number(facts, base.of)
            if value is None:
                return Interval(Decimal(0), None), [f"每件{yuan(base.amount)}"], [base.of], base.at_most, False
            steps.append(f"每件{plain(base.amount)}元×{plain(value)}={plain(value * base.amount)}元")
            return exactly(value * base.amount), steps, [], base.at_most, False
        case Tiers():
            return _tiers(base, facts)


def _tiers(base: Tiers, facts: Facts) -> tuple[Interval | None, list[str], list[str], bool, bool]:
    fact = facts.get(base.by)
    sums = list(base.tiers.values())
    if isinstance(fact, Known):
        given = fact.value if isinstance(fact.value, tuple) else (str(fact.value),)
        held = {name: base.tiers[name] for name in given if name in base.tiers}
        if not held:
            return None, [], [], base.at_most, True
        steps = [f"{name}{yuan(amount)}" for name, amount in held.items()]
        total = max(held.values()) if base.combine == "highest" else sum(held.values(), Decimal(0))
        if len(held) > 1:
            steps.append("只按最高一项" if base.combine == "highest" else "合计")
        return exactly(total), steps, [], base.at_most, False
    if isinstance(fact, Absent):
        return None, [], [], base.at_most, True
    return Interval(min(sums), max(sums)), [], [base.by], base.at_most, False


def _capped(
    cap: Cap, interval: Interval | None, case: Case, pin: Pin, steps: list[str], at_most: bool
) -> tuple[Interval | None, bool, list[str]]:
    if interval is None:
        return None, at_most, []
    missing: list[str] = []
    if cap.when is not None:
        held = decide(cap.when, case, pin)
        if held.verdict is Verdict.FAIL:
            return interval, at_most, []
        if held.verdict is Verdict.UNKNOWN:
            loose = interval.capped(cap.amount)
            return Interval(loose.low, interval.high), at_most, list(held.missing)
    limit = cap.amount
    if cap.used is not None:
        used = _number(case.facts, cap.used)
        if used is not None:
            limit = max(Decimal(0), limit - used)
            steps.append(f"扣除已领{plain(used)}元")
    capped = interval.capped(limit)
    if capped != interval:
        if interval.exact:
            steps.append(f"超过上限,按{yuan(limit)}计")
        else:
            steps.append(f"上限{yuan(limit)}")
    elif interval.exact:
        steps.append(f"未超过上限{yuan(limit)}")
    return capped, at_most, missing


def _number(facts: Facts, key: str) -> Decimal | None:
    fact = facts.get(key)
    if isinstance(fact, Absent):
        return Decimal(0)
    return fact.value if isinstance(fact, Known) and isinstance(fact.value, Decimal) else None


# -- dates -----------------------------------------------------------------------------------------


def _after(start: date, period: Period, *, backwards: bool = False) -> date | None:
    sign = -1 if backwards else 1
    if period.working_days:
        return add_working_days(start, period.working_days)
    if period.days:
        return date.fromordinal(start.toordinal() + sign * period.days)
    return add_months(start, sign * (12 * period.years + period.months))


def _length(period: Period) -> str:
    if period.years:
        return f"{period.years}年"
    if period.months:
        return f"{period.months}个月"
    return f"{period.days}日" if period.days else f"{period.working_days}个工作日"


def _deadline(rule: DeadlineRule, case: Case) -> Result:
    acted = case.facts.get(rule.act) if rule.act else None
    given = acted.value if isinstance(acted, Known) and isinstance(acted.value, date) else None
    act_day = given or case.as_of
    notes: tuple[str, ...] = ()
    if rule.on is not None:
        due: date | None = rule.on
    elif rule.each_year is not None:
        month, day = rule.each_year.split("-")
        year = act_day.year
        due = month_end(year, int(month)) if day == "end" else date(year, int(month), int(day))
    else:
        assert rule.event is not None and rule.period is not None
        event = case.facts.get(rule.event)
        if not isinstance(event, Known) or not isinstance(event.value, date):
            reason = Reason.CONFLICT if isinstance(event, Conflict) else Reason.MISSING_FACT
            trace = Trace(rule.title, "未说明", f"{rule.event}起{_length(rule.period)}", Verdict.UNKNOWN, _clause(rule.pin))
            return Result(rule, Verdict.UNKNOWN, reason, trace, (rule.event,))
        due = _after(event.value, rule.period, backwards=rule.backwards)
        if due is None:
            trace = Trace(rule.title, chinese(event.value), _length(rule.period), Verdict.UNKNOWN, _clause(rule.pin))
            return Result(rule, Verdict.UNKNOWN, Reason.NO_CALENDAR, trace)
        if not rule.backwards and not rule.period.working_days:
            rolled = roll_forward(due)
            if rolled is None:
                notes = ("节假日安排尚未公布,遇休息日顺延的情况未计入。",)
            elif rolled != due:
                notes = (f"{chinese(due)}为休息日,可顺延至{chinese(rolled)}。",)
    if act_day < due or (act_day == due and rule.boundary == "through"):
        verdict, reason = Verdict.PASS, None
    elif act_day == due:
        verdict, reason = Verdict.UNKNOWN, Reason.BOUNDARY
    else:
        verdict, reason = Verdict.FAIL, None
    trace = Trace(rule.title, chinese(act_day), f"不晚于{chinese(due)}", verdict, _clause(rule.pin))
    return Result(rule, verdict, reason, trace, day=due, notes=notes)


def _term(rule: TermRule, case: Case) -> Result:
    event = case.facts.get(rule.start)
    if not isinstance(event, Known) or not isinstance(event.value, date):
        reason = Reason.CONFLICT if isinstance(event, Conflict) else Reason.MISSING_FACT
        trace = Trace(rule.title, "未说明", f"{rule.start}起{_length(rule.period)}", Verdict.UNKNOWN, _clause(rule.pin))
        return Result(rule, Verdict.UNKNOWN, reason, trace, (rule.start,))
    end = _after(event.value, rule.period)
    assert end is not None
    if case.as_of < end:
        verdict, reason_ = Verdict.PASS, None
    elif case.as_of == end:
        verdict, reason_ = Verdict.UNKNOWN, Reason.BOUNDARY
    else:
        verdict, reason_ = Verdict.FAIL, None
    trace = Trace(
        rule.title, f"{rule.start}{chinese(event.value)},查询日{chinese(case.as_of)}", f"{_length(rule.period)},到{chinese(end)}",
        verdict, _clause(rule.pin),
    )  # fmt: skip
    return Result(rule, verdict, reason_, trace, day=end, notes=("文件没有写明期限按哪一天起止计算,这里按对应日推算。",))


def _validity(rule: ValidityRule, case: Case, term: PolicyTerm) -> Result:
    start, until = rule.valid.from_ or term.start, rule.valid.until or term.until
    required = f"自{chinese(start) if start else '未注明'}起,至{chinese(until) if until else '未注明'}"
    if (until and case.as_of > until) or (start and case.as_of < start):
        verdict, reason, day = Verdict.FAIL, Reason.NOT_IN_FORCE, until if until and case.as_of > until else start
    else:
        verdict, reason, day = Verdict.PASS, None, until
    trace = Trace(rule.title, chinese(case.as_of), required, verdict, _clause(rule.pin))
    return Result(rule, verdict, reason, trace, day=day)


def _target(rule: TargetRule, case: Case) -> Result:
    fact = case.facts.get(rule.fact)
    signs = {"ge": "≥", "gt": "超过", "le": "≤", "lt": "低于", "eq": ""}
    required = f"{f'到{rule.year}年' if rule.year else ''}{signs[rule.op]}{plain(rule.value)}{rule.unit}"
    value = _number(case.facts, rule.fact)
    if value is None:
        trace = Trace(rule.title, show(fact.value) if isinstance(fact, Known) else "未说明", required, Verdict.UNKNOWN, _clause(rule.pin))
        return Result(rule, Verdict.UNKNOWN, Reason.MISSING_FACT, trace, (rule.fact,))
    held = {
        "ge": value >= rule.value,
        "gt": value > rule.value,
        "le": value <= rule.value,
        "lt": value < rule.value,
        "eq": value == rule.value,
    }[rule.op]
    verdict = Verdict.PASS if held else Verdict.FAIL
    trace = Trace(rule.title, f"{plain(value)}{rule.unit}", required, verdict, _clause(rule.pin))
    return Result(rule, verdict, None, trace)


def stale(result: Result) -> Result:
    """The same rule when its clause has changed since it was reviewed: nobody may rely on it."""
    return replace(
        result, verdict=Verdict.UNKNOWN, reason=Reason.TEXT_CHANGED, amount=None, day=None, missing=(), steps=()
    )
