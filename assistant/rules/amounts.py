"""What an amount rule gives: base → item cap → uplift → rounding → cap per applicant and year less what was received.

Exclusions and the combining of several rules come after (``stacking``); no step rounds unless the rule says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal

from ceyin.assistant.rules.conditions import Case, decide
from ceyin.assistant.rules.model import AmountRule, Cap, Fixed, PerUnit, Pin, Ratio, Rounding, Tiers, Uplift
from ceyin.assistant.rules.money import Interval, at_most, exactly, plain, yuan
from ceyin.assistant.rules.result import Result, clause_of, of_outcome
from ceyin.assistant.rules.values import (
    Absent,
    AtLeast,
    Conflict,
    Facts,
    Known,
    Reason,
    Trace,
    Unknown,
    Verdict,
    items_of,
)


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum on its way through the steps: what it may be, how it came about, what would make it exact."""

    interval: Interval | None
    steps: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    most: bool = False  # the text names a ceiling that need not be reached

    def then(
        self, interval: Interval | None, *steps: str, missing: Sequence[str] = (), most: bool | None = None
    ) -> Sum:
        """The next step."""
        asked = tuple(dict.fromkeys([*self.missing, *missing]))
        return Sum(interval, (*self.steps, *steps), asked, self.most if most is None else most)


def decide_amount(rule: AmountRule, case: Case) -> Result:
    """Whether the applicant gets it and how much: exact, a ceiling, or an interval while facts are missing."""
    given = _base(rule, case.facts)
    if given is None:
        trace = Trace(rule.title, "不在所列范围", rule.title, Verdict.FAIL, clause_of(rule.pin))
        return Result(rule, Verdict.FAIL, None, trace, applies=False)
    entitled = decide(rule.requires, case, rule.pin) if rule.requires else None
    if entitled is not None and entitled.verdict is Verdict.FAIL:
        return of_outcome(rule, entitled)
    # Which tier a case is in decides also whether it is in any; what a cost was decides only the sum.
    untold = given.missing if isinstance(rule.base, Tiers) else ()
    if rule.uplift is not None and given.interval is not None:
        given = _raised(rule.uplift, given, given.interval, case, rule.pin)
    if (
        rule.rounding is not None and given.interval is not None
    ):  # before the caps: rounded up is not above them
        given = _rounded(rule.rounding, given, given.interval)
    given = capped(given, [cap for cap in rule.caps if cap.per != "item"], case, rule.pin)
    verdict = entitled.verdict if entitled else Verdict.PASS
    reason = entitled.reason if entitled else None
    if untold and verdict is Verdict.PASS:
        verdict = Verdict.UNKNOWN
    exact = given.interval is not None and given.interval.exact
    missing = untold if exact else given.missing
    if reason is None and missing:
        reason = why_open(case.facts, missing)
    words = in_words(given.interval)
    parts = (entitled.trace,) if entitled else ()
    trace = Trace(rule.title, ";".join(given.steps) or words, words, verdict, clause_of(rule.pin), parts)
    entitled_missing = entitled.missing if entitled else ()
    notes = (*(_assumed(rule.caps, case.facts) if exact else ()), *(_OF_BUDGET if rule.budget else ()))
    if _TOGETHER["unsaid"] in given.steps:
        notes = (*notes, "几项能不能都领,文件没有写,要问主管部门。")
    return Result(
        rule,
        verdict,
        reason,
        trace,
        tuple(dict.fromkeys([*entitled_missing, *missing])),
        given.interval,
        given.most or not exact or rule.budget,
        notes=notes,
        steps=given.steps,
    )


_OF_BUDGET = ("实际数额还要看资金规模。",)


def why_open(facts: Facts, keys: Sequence[str]) -> Reason:
    """Conflict where only that keeps it open, else a missing fact."""
    disputed = bool(keys) and all(isinstance(facts.get(k), Conflict) for k in keys)
    return Reason.CONFLICT if disputed else Reason.MISSING_FACT


def _assumed(caps: Sequence[Cap], facts: Facts) -> tuple[str, ...]:
    """What an exact sum takes for granted: that nothing was received of a yearly sum."""
    untold = [c.used for c in caps if c.used and isinstance(facts.get(c.used), Unknown)]
    return tuple(
        f"按{key.replace('已领', '还没领过')}算。" if "已领" in key else f"按没有{key}算。"
        for key in dict.fromkeys(untold)
    )


def unsaid(result: Result) -> bool:
    """Whether several sums are due and the text does not say whether one of them or all are given."""
    base = result.rule.base if isinstance(result.rule, AmountRule) else None
    several = isinstance(base, Tiers) and base.combine == "unsaid" and not result.missing
    return several and result.amount is not None and not result.amount.exact


def in_words(interval: Interval | None) -> str:
    """5000元, 最高2万元, 1万元至2万元."""
    if interval is None or interval.high is None:
        return "金额未定"
    if interval.exact:
        return yuan(interval.high)
    return f"{yuan(interval.low)}至{yuan(interval.high)}" if interval.low else f"最高{yuan(interval.high)}"


def amount_of(facts: Facts, key: str) -> Decimal | None:
    """A figure somebody gave, several added up; absent is zero, None where it is unknown or disputed."""
    fact = facts.get(key)
    if isinstance(fact, Absent):
        return Decimal(0)
    items = items_of(fact.value) if isinstance(fact, Known) else None
    return sum(items, Decimal(0)) if items is not None else None


# -- base --------------------------------------------------------------------------------------------


def _base(rule: AmountRule, facts: Facts) -> Sum | None:
    """The sum before any cap but those on each item; None where the case is in none of the tiers."""
    base = rule.base
    match base:
        case Tiers():
            return _tiers(base, facts)
        case Fixed():
            step = f"{'不超过' if base.at_most else '定额'}{yuan(base.amount)}"
            return Sum(_interval(base.amount, ceiling=base.at_most), (step,), (), base.at_most)
        case PerUnit():
            count = amount_of(facts, base.of)
            if count is None:
                low, given = _from(facts, base.of, base.amount, ceiling=base.at_most)
                step = f"每{base.unit}{yuan(base.amount)}"
                return Sum(Interval(low, None), (step, *given), (base.of,), base.at_most)
            total = count * base.amount
            step = f"每{base.unit}{plain(base.amount)}元×{plain(count)}={plain(total)}元"
            return Sum(_interval(total, ceiling=base.at_most), (step,), (), base.at_most)
        case Ratio():
            return _ratio(base, rule.caps, facts)


def _from(facts: Facts, key: str, rate: Decimal, *, ceiling: bool) -> tuple[Decimal, tuple[str, ...]]:
    """The least a share of a figure comes to where only its lower end is known, and how; 0 where nothing is."""
    fact = facts.get(key)
    if not isinstance(fact, AtLeast) or ceiling:
        return Decimal(0), ()
    return fact.low * rate, (f"{key}至少{plain(fact.low)},按此至少{plain(fact.low * rate)}元",)


def _interval(value: Decimal, *, ceiling: bool) -> Interval:
    return at_most(value) if ceiling else exactly(value)


def _ratio(base: Ratio, caps: Sequence[Cap], facts: Facts) -> Sum:
    """A share of each cost, each held to the caps per item, then added up."""
    fact = facts.get(base.of)
    items: tuple[Decimal, ...] | None = (Decimal(0),) if isinstance(fact, Absent) else None
    if isinstance(fact, Known):
        items = items_of(fact.value)
    limit = min((cap.amount for cap in caps if cap.per == "item"), default=None)
    if items is None:
        low, given = _from(facts, base.of, base.rate, ceiling=base.at_most)
        low = low if limit is None else min(low, limit)
        return Sum(Interval(low, None), given, (base.of,), base.at_most)
    steps: list[str] = []
    total = Decimal(0)
    for cost in items:
        share = cost * base.rate
        step = f"{base.of}{plain(cost)}元"
        if base.rate != 1:
            step += f"×{plain(base.rate * 100)}%={plain(share)}元"
        if limit is not None and share > limit:
            share = limit
            step += f",单项上限{yuan(limit)}"
        steps.append(step)
        total += share
    if len(items) > 1:
        steps.append(f"合计{plain(total)}元")
    return Sum(_interval(total, ceiling=base.at_most), tuple(steps), (), base.at_most)


_TOGETHER = {"highest": "只按最高一项", "sum": "合计", "unsaid": "能不能都领没有写"}


def _tiers(base: Tiers, facts: Facts) -> Sum | None:
    fact = facts.get(base.by)
    if isinstance(fact, Absent):
        return None
    if isinstance(fact, Known):
        given = fact.value if isinstance(fact.value, tuple) else (str(fact.value),)
        held = {str(name): base.tiers[str(name)] for name in given if str(name) in base.tiers}
        if not held:
            return None
        steps = [f"{name}{yuan(amount)}" for name, amount in held.items()]
        least, most = max(held.values()), sum(held.values(), Decimal(0))
        how = "highest" if held.keys() & set(base.highest_with) else base.combine
        if len(held) > 1:
            steps.append(_TOGETHER[how])
        if len(held) > 1 and how == "unsaid":
            return Sum(Interval(Decimal(0) if base.at_most else least, most), tuple(steps), (), base.at_most)
        total = most if how == "sum" else least
        return Sum(_interval(total, ceiling=base.at_most), tuple(steps), (), base.at_most)
    sums = list(base.tiers.values())
    low = Decimal(0) if base.at_most else min(sums)
    # Where the text adds them up, all together are the most there can be; else nobody is promised more than one.
    high = sum(sums, Decimal(0)) if base.combine == "sum" else max(sums)
    return Sum(Interval(low, high), (), (base.by,), base.at_most)


# -- uplift, caps, rounding --------------------------------------------------------------------------


def _raised(uplift: Uplift, given: Sum, interval: Interval, case: Case, pin: Pin) -> Sum:
    """「再提高不超过 N%」: only the upper end is raised, and it is one that need not be reached."""
    held = decide(uplift.when, case, pin)
    if held.verdict is Verdict.FAIL:
        return given
    steps = [f"再提高不超过{plain(uplift.rate * 100)}%"] if held.verdict is Verdict.PASS else []
    raised = Interval(interval.low, interval.times(1 + uplift.rate).high)
    return given.then(raised, *steps, missing=held.missing, most=True)


def capped(given: Sum, caps: Sequence[Cap], case: Case, pin: Pin) -> Sum:
    """Each cap in turn, less what was received of it already."""
    for cap in caps:
        if given.interval is not None:
            given = _capped(cap, given, given.interval, case, pin)
    return given


def _capped(cap: Cap, given: Sum, interval: Interval, case: Case, pin: Pin) -> Sum:
    limit, low, missing = cap.amount, interval.low, list[str]()
    taken = amount_of(case.facts, cap.used) if cap.used is not None else None
    if taken is not None:
        limit = max(Decimal(0), limit - taken)
    elif cap.used is not None and isinstance(case.facts.get(cap.used), Conflict):
        low, missing = Decimal(0), [cap.used]
    reduced = Interval(low, interval.high).capped(limit)
    if cap.when is not None:
        held = decide(cap.when, case, pin)
        if held.verdict is Verdict.FAIL or (reduced == interval and not missing):
            return given
        if held.verdict is Verdict.UNKNOWN:
            return given.then(Interval(reduced.low, interval.high), missing=[*held.missing, *missing])
    steps = [f"扣除已领{plain(taken)}元"] if taken is not None else []
    settled = interval.exact or (given.most and interval.high is not None)
    if reduced != interval:
        steps.append(f"超过上限,按{yuan(limit)}计" if settled else f"上限{yuan(limit)}")
    elif settled:
        steps.append(f"未超过上限{yuan(limit)}")
    return given.then(reduced, *steps, missing=missing)


_MODES = {"down": ROUND_DOWN, "half_up": ROUND_HALF_UP, "up": ROUND_UP}


def _rounded(rounding: Rounding, given: Sum, interval: Interval) -> Sum:
    def to_step(value: Decimal) -> Decimal:
        steps = (value / rounding.quantum).quantize(Decimal(1), _MODES[rounding.mode])
        return steps * rounding.quantum

    high = None if interval.high is None else to_step(interval.high)
    rounded = Interval(to_step(interval.low), high)
    if rounded == interval:
        return given
    return replace(given, interval=rounded, steps=(*given.steps, f"取整到{yuan(rounding.quantum)}"))
