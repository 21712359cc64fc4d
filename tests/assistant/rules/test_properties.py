"""What holds of the engine whatever the rule and the facts: nothing told later makes it have been wrong."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from ceyin.assistant.rules.book import load_book
from ceyin.assistant.rules.calendar import (
    add_months,
    add_working_days,
    add_years,
    is_working_day,
    month_end,
    period_end,
    roll_forward,
)
from ceyin.assistant.rules.model import Period, Rule
from ceyin.assistant.rules.money import Interval, at_most, exactly
from ceyin.assistant.rules.values import Absent, Fact, Known, Reason, Verdict

from .generated import (
    COMMON,
    LEAVES,
    MONEY_VALUES,
    NOW,
    ON_THE_DAY,
    RECEIVED,
    VALUES,
    amounts,
    completions,
    conditions,
    facts_in,
    outcome,
    parsed,
    read_once,
    result,
    stacks,
    told,
)

# -- conditions ------------------------------------------------------------------------------------------

KEYS = ("甲", "件数", "类型", "未过日")
FOUR = {key: VALUES[key] for key in KEYS}
SOME: Mapping[str, tuple[Fact, ...]] = {**FOUR, "未过日": (*VALUES["未过日"], ON_THE_DAY)}


@given(conditions(KEYS, judged=True), told(SOME))
def test_three_valued_logic_never_contradicts_any_completion(
    tree: dict[str, Any], known: dict[str, Fact]
) -> None:
    partial = outcome(tree, known)
    verdicts = {outcome(tree, whole).verdict for whole in completions(known, SOME)}
    if partial.verdict is Verdict.UNKNOWN:
        assert partial.reason is not None
        assert not (set(partial.missing) - set(facts_in(tree)))
    else:
        assert verdicts == {partial.verdict}
        assert (partial.missing, partial.reason) == ((), None)


@given(read_once(), told(VALUES))
def test_exactly_the_facts_that_could_change_the_outcome_are_missing(
    tree: dict[str, Any], known: dict[str, Fact]
) -> None:
    own = {key: VALUES[key] for key in facts_in(tree)}
    known = {k: v for k, v in known.items() if k in own}
    partial = outcome(tree, known)
    open_keys = [k for k in own if not isinstance(known.get(k), Known | Absent)]
    decisive = set()
    for key in open_keys:
        others = {k: v for k, v in own.items() if k != key}
        for rest in completions({k: v for k, v in known.items() if k != key}, others):
            if len({outcome(tree, {**rest, key: value}).verdict for value in own[key]}) > 1:
                decisive.add(key)
                break
    assert set(partial.missing) == decisive
    assert len(partial.missing) == len(decisive)
    assert (partial.verdict is Verdict.UNKNOWN) is bool(decisive)


@given(conditions(KEYS, judged=True), told(SOME))
def test_the_opposite_is_opposite_and_twice_the_opposite_the_same(
    tree: dict[str, Any], known: dict[str, Fact]
) -> None:
    flip = {Verdict.PASS: Verdict.FAIL, Verdict.FAIL: Verdict.PASS, Verdict.UNKNOWN: Verdict.UNKNOWN}
    once, twice = {"kind": "not", "of": tree}, {"kind": "not", "of": {"kind": "not", "of": tree}}
    this = outcome(tree, known)
    assert outcome(once, known).verdict is flip[this.verdict]
    other = outcome(twice, known)
    assert (other.verdict, other.reason, other.missing) == (this.verdict, this.reason, this.missing)


@given(st.lists(conditions(KEYS), min_size=1, max_size=3), told(FOUR))
def test_all_and_any_are_ends_of_k_of(of: list[dict[str, Any]], known: dict[str, Fact]) -> None:
    for kind, k in (("all", len(of)), ("any", 1)):
        this, same = (
            outcome({"kind": kind, "of": of}, known),
            outcome({"kind": "k_of", "k": k, "of": of}, known),
        )
        assert (this.verdict, this.reason, this.missing) == (same.verdict, same.reason, same.missing)


# -- amounts ---------------------------------------------------------------------------------------------

MONEY = told(MONEY_VALUES)
received = st.sampled_from(RECEIVED).map(lambda fact: {"已领": fact})


def within(inner: Interval, outer: Interval) -> bool:
    """Whether all of ``inner`` lies in ``outer``."""
    return outer.low <= inner.low and (
        outer.high is None or (inner.high is not None and inner.high <= outer.high)
    )


@st.composite
def more(draw: st.DrawFn) -> tuple[dict[str, Fact], dict[str, Fact]]:
    """What is known first, and with some more told later."""
    paid = draw(received)
    first = draw(MONEY)
    later = {
        k: draw(st.sampled_from(v))
        for k, v in MONEY_VALUES.items()
        if not isinstance(first.get(k), Known | Absent)
    }
    kept = draw(st.sets(st.sampled_from(sorted(MONEY_VALUES))))
    return {**paid, **first}, {**paid, **first, **{k: v for k, v in later.items() if k in kept}}


@given(amounts(), more())
def test_what_is_told_later_lies_within_what_was_said_before(
    rule: dict[str, Any], facts: tuple[dict[str, Fact], dict[str, Fact]]
) -> None:
    before, after = (result(rule, known) for known in facts)
    if before.verdict is not Verdict.UNKNOWN:
        assert after.verdict is before.verdict and after.applies <= before.applies
    if after.amount is not None:
        assert before.amount is not None and within(after.amount, before.amount)


@given(amounts(), told(MONEY_VALUES, disputed=False), received)
def test_a_sum_on_all_facts_has_an_end_and_nothing_missing(
    rule: dict[str, Any], known: dict[str, Fact], paid: dict[str, Fact]
) -> None:
    for whole in completions(known, MONEY_VALUES):
        given_ = result(rule, {**whole, **paid})
        assert given_.missing == ()
        if given_.verdict is Verdict.PASS:
            assert given_.amount is not None and given_.amount.high is not None
            assert 0 <= given_.amount.low <= given_.amount.high
            assert given_.at_most or given_.amount.exact


@given(amounts(), told(MONEY_VALUES), received, st.integers(0, 5))
def test_a_lower_cap_never_gives_more(
    rule: dict[str, Any], known: dict[str, Fact], paid: dict[str, Fact], lower: int
) -> None:
    assume(rule["caps"])
    first = rule["caps"][0]
    tighter = {
        **rule,
        "caps": [{**first, "amount": str(int(first["amount"]) * lower // 5)}, *rule["caps"][1:]],
    }
    wide, narrow = (result(r, {**known, **paid}).amount for r in (rule, tighter))
    assert (wide is None) is (narrow is None)
    if wide is not None and narrow is not None:
        assert narrow.low <= wide.low
        assert wide.high is None or (narrow.high is not None and narrow.high <= wide.high)


@given(amounts(), told(MONEY_VALUES), received)
def test_no_sum_is_above_a_cap_that_holds_for_all(
    rule: dict[str, Any], known: dict[str, Fact], paid: dict[str, Fact]
) -> None:
    amount = result(rule, {**known, **paid}).amount
    for cap in rule["caps"]:
        if amount is not None and cap["when"] is None and cap["per"] != "item":
            assert amount.high is not None and amount.high <= Decimal(cap["amount"])


@given(amounts(), MONEY)
def test_what_was_received_and_nobody_told_counts_as_nothing_and_is_said(
    rule: dict[str, Any], known: dict[str, Fact]
) -> None:
    silent, nothing = result(rule, known), result(rule, {**known, "已领": Absent()})
    assert (silent.verdict, silent.amount, silent.missing) == (
        nothing.verdict,
        nothing.amount,
        nothing.missing,
    )
    asked = any(cap["used"] for cap in rule["caps"])
    if asked and silent.amount is not None and silent.amount.exact:
        assert any("还没领过" in note for note in silent.notes)
    assert not any("没领过" in note for note in nothing.notes)


@given(stacks(), more())
def test_what_is_told_later_of_several_sums_lies_within_what_was_said_before(
    rules: list[dict[str, Any]], facts: tuple[dict[str, Fact], dict[str, Fact]]
) -> None:
    before, after = (result(rules, known) for known in facts)
    if before.verdict is not Verdict.UNKNOWN:
        assert after.verdict is before.verdict and after.applies <= before.applies
    if after.amount is not None:
        assert before.amount is not None and within(after.amount, before.amount)
    elif before.amount is not None:
        assert before.amount.low == 0


@given(stacks(), MONEY, received)
def test_several_sums_together_are_never_more_than_added_up(
    rules: list[dict[str, Any]], known: dict[str, Fact], paid: dict[str, Fact]
) -> None:
    facts = {**known, **paid}
    *members, _ = rules
    whole = result(rules, facts)
    parts = [
        p.amount
        for m in members
        if (p := result(m, facts)).verdict is not Verdict.FAIL and p.amount is not None
    ]
    if whole.amount is None:
        assert parts == []
        return
    highs = [p.high for p in parts]
    if None not in highs:
        assert whole.amount.high is not None
        assert whole.amount.high <= sum((h for h in highs if h is not None), Decimal(0))
    assert whole.amount.low <= sum((p.low for p in parts), Decimal(0))


ENDS = st.integers(0, 1000).map(Decimal)
INTERVALS = st.builds(lambda a, b: Interval(min(a, b), None if b > 900 else max(a, b)), ENDS, ENDS)


@given(INTERVALS, INTERVALS, ENDS)
def test_intervals_stay_in_order(one: Interval, other: Interval, value: Decimal) -> None:
    for made in (one.plus(other), one.capped(value), one.less(value), one.times(Decimal("0.5"))):
        assert made.high is None or 0 <= made.low <= made.high
    assert one.plus(other) == other.plus(one)
    assert one.capped(value).high is not None and one.capped(value).capped(value) == one.capped(value)
    assert one.less(Decimal(0)) == one
    assert exactly(value).exact and at_most(value).exact is (value == 0)
    assert within(one.capped(value), at_most(value))


# -- days ------------------------------------------------------------------------------------------------

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
COVERED = st.dates(date(2010, 1, 1), date(2026, 10, 31))


@given(DAYS, DAYS, st.integers(-500, 500))
def test_months_keep_the_day_or_take_the_months_last(start: date, other: date, months: int) -> None:
    end = add_months(start, months)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == start.day or (end.day < start.day and end == month_end(end.year, end.month))
    assert add_months(start, 0) == start
    assert (start <= other) <= (end <= add_months(other, months))
    assert start - timedelta(days=3) <= add_months(end, -months) <= start


@given(DAYS, st.integers(-40, 40))
def test_years_are_twelve_months(start: date, years: int) -> None:
    assert add_years(start, years) == add_months(start, 12 * years)
    assert add_years(start, years).month == start.month


@given(DAYS, st.integers(1, 400))
def test_periods_run_both_ways(start: date, n: int) -> None:
    assert period_end(start, Period(days=n)) == start + timedelta(days=n)
    assert period_end(start, Period(days=n), backwards=True) == start - timedelta(days=n)
    assert period_end(start, Period(months=n % 90 + 1)) == add_months(start, n % 90 + 1)
    assert period_end(start, Period(years=n % 9 + 1), backwards=True) == add_years(start, -(n % 9) - 1)


@given(COVERED)
def test_rolling_ends_on_the_next_working_day(day: date) -> None:
    end = roll_forward(day)
    assert end is not None and is_working_day(end) and roll_forward(end) == end
    passed = [day + timedelta(days=n) for n in range((end - day).days)]
    assert not any(is_working_day(d) for d in passed) and len(passed) < 12


@given(COVERED, st.integers(-20, 20).filter(bool))
def test_working_days_are_counted_one_by_one(start: date, n: int) -> None:
    end = add_working_days(start, n)
    assert end is not None and is_working_day(end)
    step = timedelta(days=1 if n > 0 else -1)
    days = [start + step * i for i in range(1, abs((end - start).days) + 1)]
    assert sum(bool(is_working_day(d)) for d in days) == abs(n)
    assert period_end(start, Period(working_days=abs(n)), backwards=n < 0) == end


ORDER = (Verdict.PASS, Verdict.UNKNOWN, Verdict.FAIL)
PERIODS = st.sampled_from(({"days": 10}, {"months": 1}, {"years": 1}, {"working_days": 5}))


@given(
    DAYS,
    PERIODS,
    st.booleans(),
    st.sampled_from(("through", "open")),
    st.integers(-5, 420),
    st.integers(0, 40),
)
def test_who_asks_later_is_never_in_better_time(
    event: date, period: dict[str, int], backwards: bool, boundary: str, day: int, later: int
) -> None:
    rule = {
        **COMMON, "id": "shili/due", "kind": "deadline", "event": "起算日", "period": period,
        "backwards": backwards, "boundary": boundary,
    }  # fmt: skip
    asked = [event + timedelta(days=d) for d in (day, day + later)]
    first, second = (result(rule, {"起算日": Known(event)}, d) for d in asked)
    assert first.day == second.day
    if first.day is not None:
        assert ORDER.index(first.verdict) <= ORDER.index(second.verdict)
    else:
        assert first.reason is second.reason is Reason.NO_CALENDAR


@given(DAYS, PERIODS, st.integers(0, 420), st.integers(0, 40))
def test_a_bar_once_over_stays_over(event: date, period: dict[str, int], day: int, later: int) -> None:
    rule = {
        **COMMON, "id": "shili/bar", "kind": "eligibility",
        "requires": {"kind": "lockout", "event": "未过日", "period": period},
    }  # fmt: skip
    asked = [event + timedelta(days=d) for d in (day, day + later)]
    first, second = (result(rule, {"未过日": Known(event)}, d).verdict for d in asked)
    assert ORDER.index(first) >= ORDER.index(second)


# -- the same again --------------------------------------------------------------------------------------


@given(stacks(), MONEY, received)
def test_the_same_facts_in_any_order_give_the_same(
    rules: list[dict[str, Any]], known: dict[str, Fact], paid: dict[str, Fact]
) -> None:
    facts = {**known, **paid}
    assert result(rules, facts) == result(rules, dict(reversed(facts.items())))


@given(amounts())
def test_a_rule_written_as_json_and_read_again_is_the_same(rule: dict[str, Any]) -> None:
    same_again(parsed(rule))


def test_every_rule_of_the_book_written_as_json_and_read_again_is_the_same() -> None:
    for rule in load_book().rules:
        same_again(rule)


_RULE: TypeAdapter[Rule] = TypeAdapter(Rule)


def same_again(rule: Rule) -> None:
    for short in (False, True):
        written = rule.model_dump_json(by_alias=True, exclude_none=short)
        assert _RULE.validate_json(written) == rule


def test_every_leaf_of_these_trees_can_hold_and_not_hold() -> None:
    for key, leaf in LEAVES.items():
        assert {outcome(leaf, {key: value}).verdict for value in VALUES[key]} == {Verdict.PASS, Verdict.FAIL}
    assert outcome(LEAVES["未过日"], {"未过日": ON_THE_DAY}).reason is Reason.BOUNDARY
    assert date(2026, 11, 24) == NOW
