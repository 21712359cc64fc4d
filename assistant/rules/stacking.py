"""Sums of several rules taken together: what is excluded, what combines how, and the caps on the whole.

Order: each rule's own sum (``amounts``) → exclusion → combine → cap per applicant and year → budget (unknown).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ceyin.assistant.rules.amounts import Sum, amount_of, capped, in_words, why_open
from ceyin.assistant.rules.conditions import Case, decide
from ceyin.assistant.rules.model import AmountRule, ExclusionRule, Rule, StackRule
from ceyin.assistant.rules.money import Interval, plain
from ceyin.assistant.rules.result import Result, clause_of
from ceyin.assistant.rules.values import Trace, Verdict

_NOTHING = Interval(Decimal(0), Decimal(0))
_COMBINED = {
    "sum": "合计",
    "highest": "只按最高一项",
    "choose_one": "只能选一项,这里按最高的一项",
    "top_up": "按最高一项补足差额",
}


@dataclass(frozen=True, slots=True)
class Share:
    """What one amount rule brings in: for sure at least ``low``, at most ``high`` (None: no upper end known)."""

    rule_id: str
    interval: Interval
    certain: bool  # entitled, and nothing left to a person or a budget


def share_of(result: Result) -> Share | None:
    """What a result brings in; None where the rule gives nothing. What is not certain may come to nothing."""
    if not result.applies or result.verdict is Verdict.FAIL or result.amount is None:
        return None
    rule = result.rule
    budget = isinstance(rule, AmountRule) and rule.budget
    certain = result.verdict is Verdict.PASS and not budget
    interval = result.amount if certain else Interval(Decimal(0), result.amount.high)
    return Share(rule.id, interval, certain)


def decide_exclusion(rule: ExclusionRule, case: Case) -> Result:
    """Fails where the sums it names fall away, passes where they stay."""
    held = decide(rule.when, case, rule.pin)
    verdict = {Verdict.PASS: Verdict.FAIL, Verdict.FAIL: Verdict.PASS}.get(held.verdict, held.verdict)
    given = {Verdict.FAIL: "有这种情形", Verdict.PASS: "没有这种情形"}.get(verdict, "未说明")
    required = f"扣除{rule.deduct}" if rule.deduct else "不再支持"
    trace = Trace(rule.title, given, required, verdict, clause_of(rule.pin), (held.trace,))
    return Result(rule, verdict, held.reason, trace, held.missing)


def exclude(
    shares: Mapping[str, Share], exclusions: Sequence[Result], case: Case
) -> tuple[dict[str, Share], tuple[str, ...]]:
    """The shares after what is excluded, and in words what fell away."""
    kept, notes = dict(shares), list[str]()
    for result in exclusions:
        rule = result.rule
        if not isinstance(rule, ExclusionRule) or not result.applies or result.verdict is Verdict.PASS:
            continue
        for name in rule.of:
            share = kept.get(name)
            if share is None:
                continue
            left = _left(rule, share.interval, case)
            if result.verdict is Verdict.FAIL:
                kept[name] = replace(share, interval=left)
                notes.append(result.rule.title)
            else:  # it may or may not fall away
                kept[name] = replace(share, interval=Interval(left.low, share.interval.high), certain=False)
    return kept, tuple(dict.fromkeys(notes))


def _left(rule: ExclusionRule, interval: Interval, case: Case) -> Interval:
    if rule.deduct is None:
        return _NOTHING
    paid = amount_of(case.facts, rule.deduct)
    return Interval(Decimal(0), interval.high) if paid is None else interval.less(paid)


def combine(how: str, shares: Sequence[Share]) -> Interval:
    """Several sums as one; where only one counts, a doubtful one can only raise the upper end."""
    if not shares:
        return _NOTHING
    if how == "sum":
        total = _NOTHING
        for share in shares:
            total = total.plus(share.interval)
        return total
    highs = [share.interval.high for share in shares]
    low = max(share.interval.low for share in shares)
    return Interval(low, None if None in highs else max(h for h in highs if h is not None))


def decide_stack(rule: StackRule, case: Case, evaluate: Callable[[Rule], Result]) -> Result:
    """The rules it names evaluated and combined, with the caps on the whole."""
    results = [evaluate(member) for name in rule.of if (member := case.rules.rule(name)) is not None]
    shares = {share.rule_id: share for r in results if (share := share_of(r)) is not None}
    parts = tuple(r.trace for r in results if r.rule.id in shares)
    if not shares:
        failed = all(r.verdict is Verdict.FAIL or not r.applies for r in results)
        verdict = Verdict.FAIL if failed else Verdict.UNKNOWN
        trace = Trace(rule.title, "没有可以合并的一项", rule.title, verdict, clause_of(rule.pin))
        reason = None if failed else next((r.reason for r in results if r.verdict is Verdict.UNKNOWN), None)
        return Result(rule, verdict, reason, trace, applies=not failed)
    given = stacked(rule, list(shares.values()), case)
    open_ = [r for r in results if r.rule.id in shares and r.verdict is Verdict.UNKNOWN]
    verdict = Verdict.PASS if len(open_) < len(shares) else Verdict.UNKNOWN
    exact = given.interval is not None and given.interval.exact
    settled = exact and verdict is Verdict.PASS
    missing = () if settled else tuple(
        dict.fromkeys(k for r in results if r.rule.id in shares for k in (*r.missing, *given.missing))
    )  # fmt: skip
    reasons = [r.reason for r in open_ if r.reason is not None]
    reason = why_open(case.facts, missing) if missing else (reasons[0] if reasons and not settled else None)
    words = in_words(given.interval)
    trace = Trace(rule.title, ";".join(given.steps) or words, words, verdict, clause_of(rule.pin), parts)
    return Result(rule, verdict, reason, trace, missing, given.interval, not exact, steps=given.steps)


def stacked(rule: StackRule, shares: Sequence[Share], case: Case) -> Sum:
    """The shares of one stack as one sum: combined, less what was received, capped."""
    interval = combine(rule.combine, shares)
    steps: tuple[str, ...] = (_COMBINED[rule.combine],) if len(shares) > 1 or rule.received else ()
    given = Sum(interval, steps)
    if rule.received is not None:
        got = amount_of(case.facts, rule.received)
        if got is None:
            given = given.then(Interval(Decimal(0), interval.high), missing=(rule.received,))
        else:
            given = given.then(interval.less(got), f"扣除已领{plain(got)}元")
    return capped(given, rule.caps, case, rule.pin)
