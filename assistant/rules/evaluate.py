"""One rule on one case: verdict, figure, missing facts and the trace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from ceyin.assistant.rules.calendar import chinese, length, month_end, period_end, roll_forward
from ceyin.assistant.rules.conditions import Case, decide, show
from ceyin.assistant.rules.model import (
    AmountRule,
    Cap,
    DeadlineRule,
    EligibilityRule,
    Fixed,
    PerUnit,
    Pin,
    Ratio,
    Rule,
    TargetRule,
    TermRule,
    Tiers,
    Uplift,
    ValidityRule,
)
from ceyin.assistant.rules.money import Interval, at_most, exactly, plain, yuan
from ceyin.assistant.rules.values import (
    Absent,
    Conflict,
    Facts,
    Known,
    Outcome,
    Reason,
    Trace,
    Unknown,
    Verdict,
)
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
    held = decide(rule.applies_when, case, rule.pin) if rule.applies_when is not None else None
    if held is not None and held.verdict is Verdict.FAIL:
        return replace(_of(rule, held), applies=False)
    result = _decided(rule, case, term)
    if held is not None and held.verdict is Verdict.UNKNOWN:
        return _weakened(result, held)
    return result


def _decided(rule: Rule, case: Case, term: PolicyTerm) -> Result:
    match rule:
        case AmountRule():
            return _amount(rule, case)
        case EligibilityRule():
            return _of(rule, decide(rule.requires, case, rule.pin))
        case DeadlineRule():
            result = _deadline(rule, case)
        case TermRule():
            result = _term(rule, case)
        case ValidityRule():
            result = _validity(rule, case, term)
        case TargetRule():
            result = _target(rule, case)
    if rule.requires is None or not result.applies:
        return result
    # A day or a figure is nobody's but theirs who meet the condition it is written for.
    held = decide(rule.requires, case, rule.pin)
    if held.verdict is Verdict.FAIL:
        return replace(_of(rule, held), applies=False)
    if held.verdict is Verdict.UNKNOWN and result.verdict is not Verdict.FAIL:
        return _weakened(result, held)
    return result


def _weakened(result: Result, held: Outcome) -> Result:
    """The result while it is open whether the case is one of this rule at all."""
    return replace(
        result,
        verdict=Verdict.UNKNOWN,
        reason=Reason.MISSING_FACT if Reason.MISSING_FACT in (held.reason, result.reason) else held.reason,
        trace=replace(result.trace, verdict=Verdict.UNKNOWN, parts=(*result.trace.parts, held.trace)),
        missing=tuple(dict.fromkeys([*held.missing, *result.missing])),
    )


def _of(rule: Rule, outcome: Outcome) -> Result:
    return Result(rule, outcome.verdict, outcome.reason, outcome.trace, outcome.missing)


def _clause(pin: Pin) -> str:
    return cite_path(pin.path)


def _in_force(rule: Rule, case: Case, term: PolicyTerm) -> Result | None:
    if isinstance(rule, ValidityRule):
        return None
    out = _outside(rule, case, term)
    if out is None:
        return None
    bound, required = out
    trace = Trace("文件是否有效", chinese(case.as_of), required, Verdict.FAIL, _clause(rule.pin))
    return Result(rule, Verdict.FAIL, Reason.NOT_IN_FORCE, trace, day=bound)


def _outside(rule: Rule, case: Case, term: PolicyTerm) -> tuple[date, str] | None:
    """The day before or after which a rule does not hold, and how the text says so; None while it holds."""
    start = rule.valid.from_ or term.start
    until = rule.valid.until or term.until
    if (
        term.repealed is not None
        and case.as_of >= term.repealed
        and (until is None or term.repealed <= until)
    ):
        return term.repealed, f"{chinese(term.repealed)}起废止"
    if until is not None and case.as_of > until:
        return until, f"有效期至{chinese(until)}"
    if start is not None and case.as_of < start:
        return start, f"自{chinese(start)}起施行"
    return None


# -- amounts ---------------------------------------------------------------------------------------


def _amount(rule: AmountRule, case: Case) -> Result:
    entitled = decide(rule.requires, case, rule.pin) if rule.requires else None
    if entitled is not None and entitled.verdict is Verdict.FAIL:
        return _of(rule, entitled)
    interval, steps, missing, most, barred = _base(rule, case.facts)
    if barred:
        trace = Trace(rule.title, "不在所列范围", rule.title, Verdict.FAIL, _clause(rule.pin))
        return Result(rule, Verdict.FAIL, None, trace, applies=False)
    # Which tier a case is in decides also whether it is in any; what a cost was decides only the sum.
    untold = tuple(missing) if isinstance(rule.base, Tiers) else ()
    if rule.uplift is not None and interval is not None:
        interval, most, more = _raised(rule.uplift, interval, case, rule.pin, steps, most)
        missing += more
    for cap in rule.caps:
        interval, more = _capped(cap, interval, case, rule.pin, steps, most)
        missing += more
    parts = (entitled.trace,) if entitled else ()
    verdict = entitled.verdict if entitled else Verdict.PASS
    reason = entitled.reason if entitled else None
    entitled_missing = entitled.missing if entitled else ()
    if untold and verdict is Verdict.PASS:
        verdict = Verdict.UNKNOWN
    exact = interval is not None and interval.exact
    if exact and verdict is Verdict.PASS:
        missing = []
    if reason is None and missing:
        reason = _why(case.facts, missing)
    given = _given(interval)
    trace = Trace(rule.title, ";".join(steps) or given, given, verdict, _clause(rule.pin), parts)
    return Result(
        rule,
        verdict,
        reason,
        trace,
        tuple(dict.fromkeys([*entitled_missing, *missing])),
        interval,
        most or not exact,
        notes=_assumed(rule, case.facts) if exact else (),
        steps=tuple(steps),
    )


def _why(facts: Facts, keys: Sequence[str]) -> Reason:
    disputed = bool(keys) and all(isinstance(facts.get(k), Conflict) for k in keys)
    return Reason.CONFLICT if disputed else Reason.MISSING_FACT


def _assumed(rule: AmountRule, facts: Facts) -> tuple[str, ...]:
    """What an exact sum takes for granted: that nothing was received of a yearly sum."""
    untold = [c.used for c in rule.caps if c.used and isinstance(facts.get(c.used), Unknown)]
    return tuple(f"没有说明{key},这里按没有领过计算。" for key in dict.fromkeys(untold))


def _given(interval: Interval | None) -> str:
    if interval is None or interval.high is None:
        return "金额未定"
    if interval.exact:
        return yuan(interval.high)
    return f"{yuan(interval.low)}至{yuan(interval.high)}" if interval.low else f"最高{yuan(interval.high)}"


def _base(rule: AmountRule, facts: Facts) -> tuple[Interval | None, list[str], list[str], bool, bool]:
    base = rule.base
    sum_of = at_most if base.at_most else exactly
    if isinstance(base, Tiers):
        return _tiers(base, facts)
    if isinstance(base, Fixed):
        step = f"{'不超过' if base.at_most else '定额'}{yuan(base.amount)}"
        return sum_of(base.amount), [step], [], base.at_most, False
    value = _number(facts, base.of)
    if value is None:
        steps = [f"每件{yuan(base.amount)}"] if isinstance(base, PerUnit) else []
        return Interval(Decimal(0), None), steps, [base.of], base.at_most, False
    match base:
        case Ratio():
            result = value * base.rate
            step = f"{base.of}{plain(value)}元"
            if base.rate != 1:
                step += f"×{plain(base.rate * 100)}%={plain(result)}元"
        case PerUnit():
            result = value * base.amount
            step = f"每件{plain(base.amount)}元×{plain(value)}={plain(result)}元"
    return sum_of(result), [step], [], base.at_most, False


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
        return at_most(total) if base.at_most else exactly(total), steps, [], base.at_most, False
    if isinstance(fact, Absent):
        return None, [], [], base.at_most, True
    low = Decimal(0) if base.at_most else min(sums)
    return Interval(low, max(sums) if base.combine == "highest" else None), [], [base.by], base.at_most, False


def _raised(
    uplift: Uplift, interval: Interval, case: Case, pin: Pin, steps: list[str], most: bool
) -> tuple[Interval, bool, list[str]]:
    """「再提高不超过 N%」: only the upper end is raised, and it is one that need not be reached."""
    held = decide(uplift.when, case, pin)
    if held.verdict is Verdict.FAIL:
        return interval, most, []
    if held.verdict is Verdict.PASS:
        steps.append(f"再提高不超过{plain(uplift.rate * 100)}%")
    return Interval(interval.low, interval.times(1 + uplift.rate).high), True, list(held.missing)


def _capped(
    cap: Cap, interval: Interval | None, case: Case, pin: Pin, steps: list[str], most: bool
) -> tuple[Interval | None, list[str]]:
    if interval is None:
        return None, []
    limit, low, missing = cap.amount, interval.low, []
    used = case.facts.get(cap.used) if cap.used is not None else None
    taken = _number(case.facts, cap.used) if cap.used is not None else None
    if taken is not None:
        limit = max(Decimal(0), limit - taken)
    elif isinstance(used, Conflict) and cap.used is not None:
        low, missing = Decimal(0), [cap.used]
    capped = Interval(low, interval.high).capped(limit)
    if cap.when is not None:
        held = decide(cap.when, case, pin)
        if held.verdict is Verdict.FAIL or capped == interval:
            return interval, []
        if held.verdict is Verdict.UNKNOWN:
            return Interval(capped.low, interval.high), [*held.missing, *missing]
    if taken is not None:
        steps.append(f"扣除已领{plain(taken)}元")
    settled = interval.exact or (most and interval.high is not None)
    if capped != interval:
        steps.append(f"超过上限,按{yuan(limit)}计" if settled else f"上限{yuan(limit)}")
    elif settled:
        steps.append(f"未超过上限{yuan(limit)}")
    return capped, missing


def _number(facts: Facts, key: str) -> Decimal | None:
    fact = facts.get(key)
    if isinstance(fact, Absent):
        return Decimal(0)
    return fact.value if isinstance(fact, Known) and isinstance(fact.value, Decimal) else None


#: Longer than any run of rest days in the calendar so far.
_LONGEST_REST = timedelta(days=12)

# -- dates -----------------------------------------------------------------------------------------


def _open(rule: Rule, given: str, required: str, reason: Reason, *missing: str) -> Result:
    trace = Trace(rule.title, given, required, Verdict.UNKNOWN, _clause(rule.pin))
    return Result(rule, Verdict.UNKNOWN, reason, trace, missing)


def _day_of(rule: Rule, key: str, required: str, facts: Facts) -> date | Result:
    """The day a fact names, or the result where it names none."""
    fact = facts.get(key)
    if isinstance(fact, Known) and isinstance(fact.value, date):
        return fact.value
    if isinstance(fact, Conflict):
        return _open(
            rule, "说法不一:" + "、".join(show(v) for v in fact.values), required, Reason.CONFLICT, key
        )
    return _open(rule, "未说明", required, Reason.MISSING_FACT, key)


def _deadline(rule: DeadlineRule, case: Case) -> Result:
    act_day = case.as_of
    notes: tuple[str, ...] = ()
    doubtful: date | None = None
    if rule.act and isinstance(case.facts.get(rule.act), Known | Conflict):
        acted = _day_of(rule, rule.act, rule.title, case.facts)
        if isinstance(acted, Result):
            return acted
        act_day = acted
    if rule.on is not None:
        due = rule.on
    elif rule.each_year is not None:
        month, day = rule.each_year.split("-")
        last = month_end(act_day.year, int(month))
        due = last if day == "end" else last.replace(day=min(int(day), last.day))
    else:
        assert rule.event is not None and rule.period is not None
        event = _day_of(rule, rule.event, f"{rule.event}起{length(rule.period)}", case.facts)
        if isinstance(event, Result):
            return event
        end = period_end(event, rule.period, backwards=rule.backwards)
        if end is None:
            return _open(rule, chinese(event), length(rule.period), Reason.NO_CALENDAR)
        if rule.backwards or rule.period.working_days:
            due = end
        else:
            due, notes, doubtful = _rolled(end)
    if act_day < due or (act_day == due and rule.boundary == "through"):
        verdict, reason = Verdict.PASS, None
    elif act_day == due:
        verdict, reason = Verdict.UNKNOWN, Reason.BOUNDARY
    elif doubtful is not None and act_day <= doubtful:
        verdict, reason = Verdict.UNKNOWN, Reason.NO_CALENDAR
    else:
        verdict, reason = Verdict.FAIL, None
    trace = Trace(rule.title, chinese(act_day), f"不晚于{chinese(due)}", verdict, _clause(rule.pin))
    return Result(rule, verdict, reason, trace, day=due, notes=notes)


def _rolled(end: date) -> tuple[date, tuple[str, ...], date | None]:
    """The last day for an act, what to say of it, and until when it may yet move where no calendar says."""
    due = roll_forward(end)
    if due is None:
        return end, ("节假日安排尚未公布,遇休息日顺延的情况未计入。",), end + _LONGEST_REST
    return due, (() if due == end else (f"{chinese(end)}为休息日,顺延至{chinese(due)}。",)), None


def _yearly(pattern: str, year: int) -> date:
    """The day ``01-end`` or ``03-31`` means in a year."""
    month, day = pattern.split("-")
    return month_end(year, int(month)) if day == "end" else date(year, int(month), int(day))


def _term(rule: TermRule, case: Case) -> Result:
    start = _day_of(rule, rule.start, f"{rule.start}起{length(rule.period)}", case.facts)
    if isinstance(start, Result):
        return start
    end = period_end(start, rule.period)
    if end is None:
        return _open(rule, chinese(start), length(rule.period), Reason.NO_CALENDAR)
    if case.as_of < end:
        verdict, reason = Verdict.PASS, None
    elif case.as_of == end:
        verdict, reason = Verdict.UNKNOWN, Reason.BOUNDARY
    else:
        verdict, reason = Verdict.FAIL, None
    given = f"{rule.start}{chinese(start)},查询日{chinese(case.as_of)}"
    required = f"{length(rule.period)},到{chinese(end)}"
    parts: tuple[Trace, ...] = ()
    missing: tuple[str, ...] = ()
    if verdict is Verdict.FAIL and rule.renewal is not None:
        renewed = decide(rule.renewal, case, rule.pin)
        verdict, reason, missing, parts = renewed.verdict, renewed.reason, renewed.missing, (renewed.trace,)
    trace = Trace(rule.title, given, required, verdict, _clause(rule.pin), parts)
    note = "文件没有写明期限按哪一天起止计算,这里按对应日推算。"
    return Result(rule, verdict, reason, trace, missing, day=end, notes=(note,))


def _validity(rule: ValidityRule, case: Case, term: PolicyTerm) -> Result:
    start, until = rule.valid.from_ or term.start, rule.valid.until or term.until
    required = f"自{chinese(start) if start else '未注明'}起,至{chinese(until) if until else '未注明'}"
    out = _outside(rule, case, term)
    verdict, reason, day = (
        (Verdict.PASS, None, until) if out is None else (Verdict.FAIL, Reason.NOT_IN_FORCE, out[0])
    )
    trace = Trace(
        rule.title, chinese(case.as_of), required if out is None else out[1], verdict, _clause(rule.pin)
    )
    return Result(rule, verdict, reason, trace, day=day)


def _target(rule: TargetRule, case: Case) -> Result:
    fact = case.facts.get(rule.fact)
    signs = {"ge": "≥", "gt": "超过", "le": "≤", "lt": "低于", "eq": ""}
    required = f"{f'到{rule.year}年' if rule.year else ''}{signs[rule.op]}{plain(rule.value)}{rule.unit}"
    value = _number(case.facts, rule.fact)
    if value is None:
        given = show(fact.value) if isinstance(fact, Known) else "未说明"
        return _open(rule, given, required, _why(case.facts, [rule.fact]), rule.fact)
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
        result,
        verdict=Verdict.UNKNOWN,
        reason=Reason.TEXT_CHANGED,
        amount=None,
        day=None,
        missing=(),
        steps=(),
    )
