"""The engine on rules of 示例市: dates, sums, three-valued logic, staleness; both sides of each boundary."""

from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from ceyin.assistant.rules.book import load_book, pin_hash
from ceyin.assistant.rules.calendar import add_months, add_working_days, add_years, month_end, roll_forward
from ceyin.assistant.rules.conditions import Case, decide
from ceyin.assistant.rules.evaluate import evaluate
from ceyin.assistant.rules.model import Condition, Pin, Rule
from ceyin.assistant.rules.money import read_amount
from ceyin.assistant.rules.result import PolicyTerm, Result
from ceyin.assistant.rules.values import Absent, Conflict, Fact, Facts, Known, Reason, Verdict
from ceyin.corpus.errors import RuleError

PIN = {"policy": "shili", "path": ["第三条"]}
BASE = {
    "id": "shili/rule",
    "title": "示例补助",
    "pin": PIN,
    "review": {"status": "reviewed", "by": "test", "on": "2026-11-24"},
}
OPEN = PolicyTerm(None, None)
NOW = date(2026, 11, 24)


def run(rule: dict[str, Any], facts: dict[str, Fact], as_of: date = NOW, term: PolicyTerm = OPEN) -> Result:
    parsed: Rule = TypeAdapter(Rule).validate_python({**BASE, **rule})
    return evaluate(parsed, Case(Facts(facts), as_of), term)


MONTHS = {
    "a leap February": (date(2024, 1, 31), 1, date(2024, 2, 29)),
    "a common February": (date(2023, 1, 31), 1, date(2023, 2, 28)),
    "over the year's end": (date(2023, 11, 30), 3, date(2024, 2, 29)),
    "backwards": (date(2024, 10, 15), -1, date(2024, 9, 15)),
}


@pytest.mark.parametrize(("start", "months", "end"), MONTHS.values(), ids=MONTHS.keys())
def test_months_end_on_the_corresponding_day_or_the_months_last(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


def test_years_and_months_are_counted_from_the_original_start() -> None:
    assert add_years(date(2024, 2, 29), 1) == date(2025, 2, 28)
    start = date(2023, 1, 31)
    assert add_months(add_months(start, 1), 1) != add_months(start, 2)
    assert month_end(2024, 2) == date(2024, 2, 29)


def test_working_days_know_holidays_and_exchanged_saturdays() -> None:
    assert roll_forward(date(2025, 10, 1)) == date(2025, 10, 9)
    assert roll_forward(date(2025, 10, 11)) == date(2025, 10, 11)  # a Saturday that is worked
    assert add_working_days(date(2025, 9, 30), 5) == date(2025, 10, 14)
    assert roll_forward(date(2099, 1, 3)) is None


SUMS = {
    "1.8万": "18000",
    "2万8": "28000",
    "18,000元": "18000",
    "两万": "20000",
    "五千块": "5000",
    "3百万": "3000000",
    "20000001元": "20000001",
}


@pytest.mark.parametrize(("text", "value"), SUMS.items())
def test_sums_are_read_exactly(text: str, value: str) -> None:
    assert read_amount(text) == Decimal(value)


RATIO = {
    "kind": "amount",
    "base": {"kind": "ratio", "rate": "0.30", "of": "费用"},
    "caps": [{"amount": "20000"}],
}
CAPS = {
    "below the cap": ("66666.6", "19999.98"),
    "at the cap": ("66666.7", "20000"),
    "above the cap": ("99999", "20000"),
    "unrounded": ("3333.33", "999.999"),
}


@pytest.mark.parametrize(("cost", "amount"), CAPS.values(), ids=CAPS.keys())
def test_a_share_of_a_cost_up_to_a_cap(cost: str, amount: str) -> None:
    result = run(RATIO, {"费用": Known(Decimal(cost))})
    assert result.amount is not None
    assert (result.amount.exact, result.amount.high) == (True, Decimal(amount))


def test_an_unknown_cost_gives_an_interval_up_to_the_cap() -> None:
    result = run(RATIO, {})
    assert result.amount is not None
    assert (result.amount.low, result.amount.high, result.missing) == (Decimal(0), Decimal(20000), ("费用",))


TIERS = {
    "kind": "amount",
    "base": {"kind": "tiers", "by": "称号", "tiers": {"省级": "20000", "市级": "10000"}},
}


def test_of_several_honours_only_the_highest_pays() -> None:
    both = run(TIERS, {"称号": Known(("市级", "省级"))})
    assert both.amount is not None and both.amount.high == Decimal(20000) and both.amount.exact
    unknown = run(TIERS, {})
    assert unknown.amount is not None and (unknown.amount.low, unknown.amount.high) == (
        Decimal(10000),
        Decimal(20000),
    )
    assert not run(TIERS, {"称号": Known("县级")}).applies


THRESHOLDS = [
    ("ge", 3, Verdict.PASS),
    ("gt", 3, Verdict.FAIL),
    ("le", 3, Verdict.PASS),
    ("lt", 3, Verdict.FAIL),
]


@pytest.mark.parametrize(("op", "given_count", "verdict"), THRESHOLDS)
def test_at_least_includes_the_number_and_more_than_does_not(
    op: str, given_count: int, verdict: Verdict
) -> None:
    rule = {"kind": "eligibility", "requires": {"kind": "threshold", "fact": "件数", "op": op, "value": "3"}}
    assert run(rule, {"件数": Known(Decimal(given_count))}).verdict is verdict


def test_absent_is_zero_and_unknown_is_not() -> None:
    rule = {
        "kind": "eligibility",
        "requires": {"kind": "threshold", "fact": "件数", "op": "ge", "value": "1"},
    }
    assert run(rule, {"件数": Absent()}).verdict is Verdict.FAIL
    unknown = run(rule, {})
    assert (unknown.verdict, unknown.missing) == (Verdict.UNKNOWN, ("件数",))
    clash = run(rule, {"件数": Conflict((Decimal(0), Decimal(2)))})
    assert (clash.verdict, clash.reason) == (Verdict.UNKNOWN, Reason.CONFLICT)


LOCKOUT = {"kind": "eligibility", "requires": {"kind": "lockout", "event": "未过日", "period": {"years": 3}}}


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        (date(2027, 8, 31), Verdict.FAIL),
        (date(2027, 9, 1), Verdict.UNKNOWN),
        (date(2027, 9, 2), Verdict.PASS),
    ],
)
def test_a_bar_of_three_years_before_on_and_after_its_last_day(day: date, verdict: Verdict) -> None:
    assert run(LOCKOUT, {"未过日": Known(date(2024, 9, 1))}, day).verdict is verdict


def test_out_of_force_is_a_fail_with_a_day_never_an_amount() -> None:
    term = PolicyTerm(date(2023, 10, 10), date(2025, 12, 31))
    facts: dict[str, Fact] = {"费用": Known(Decimal(100))}
    for day, verdict in (
        (date(2023, 10, 9), Verdict.FAIL),
        (date(2025, 12, 31), Verdict.PASS),
        (date(2026, 1, 1), Verdict.FAIL),
    ):
        result = run(RATIO, facts, day, term)
        assert result.verdict is verdict
        assert (result.reason is Reason.NOT_IN_FORCE, result.amount is None) == (verdict is Verdict.FAIL,) * 2


def test_a_fixed_sunday_does_not_move() -> None:
    assert run({"kind": "deadline", "on": "2026-11-22"}, {}, date(2026, 11, 23)).verdict is Verdict.FAIL


def test_two_of_three_with_one_unknown() -> None:
    parts = [{"kind": "predicate", "fact": k} for k in "甲乙丙"]
    rule = {"kind": "eligibility", "requires": {"kind": "k_of", "k": 2, "of": parts}}
    yes, no = Known(True), Known(False)
    assert run(rule, {"甲": yes, "乙": yes}).verdict is Verdict.PASS
    assert run(rule, {"甲": yes, "乙": no}).missing == ("丙",)
    assert run(rule, {"甲": no, "乙": no}).verdict is Verdict.FAIL


def _conditions(keys: str) -> st.SearchStrategy[dict[str, Any]]:
    leaf = st.sampled_from(keys).map(lambda k: {"kind": "predicate", "fact": k})

    def grow(inner: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
        several = st.lists(inner, min_size=1, max_size=3)
        return st.one_of(
            several.map(lambda of: {"kind": "all", "of": of}),
            several.map(lambda of: {"kind": "any", "of": of}),
            inner.map(lambda of: {"kind": "not", "of": of}),
            several.map(lambda of: {"kind": "k_of", "k": 1 + len(of) // 2, "of": of}),
        )

    return st.recursive(leaf, grow, max_leaves=6)


@given(_conditions("甲乙丙"), st.dictionaries(st.sampled_from("甲乙丙"), st.booleans(), max_size=2))
def test_three_valued_logic_never_contradicts_any_completion(
    tree: dict[str, Any], told: dict[str, bool]
) -> None:
    condition: Condition = TypeAdapter(Condition).validate_python(tree)
    pin = Pin.model_validate(PIN)

    def outcome(values: dict[str, bool]) -> Any:
        return decide(condition, Case(Facts({k: Known(v) for k, v in values.items()}), NOW), pin)

    partial = outcome(told)
    open_keys = [k for k in "甲乙丙" if k not in told]
    verdicts = {
        outcome({**told, **dict(zip(open_keys, v, strict=True))}).verdict
        for v in product((True, False), repeat=len(open_keys))
    }
    if partial.verdict is not Verdict.UNKNOWN:
        assert verdicts == {partial.verdict}
        assert partial.missing == ()
    else:
        assert partial.missing


def test_the_hash_of_a_pin_ignores_punctuation_and_sees_a_changed_word() -> None:
    assert pin_hash("补助2万元,每家。") == pin_hash("补助 2万元 ;每家")
    assert pin_hash("补助2万元") != pin_hash("补助3万元")


MISTAKES = {
    "a float literal": ("    base: {kind: fixed, amount: 1.5}", "引号"),
    "an unknown key": ("    base: {kind: fixed, amont: '15000'}", "amount"),
}


@pytest.mark.parametrize(("line", "word"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_in_a_rule_file_names_the_file_and_the_cure(tmp_path: Path, line: str, word: str) -> None:
    (tmp_path / "shili.yaml").write_text(
        "policy: shili\nrules:\n  - id: shili/rule\n    kind: amount\n    title: 示例\n"
        "    pin: {policy: shili, path: [第三条]}\n"
        f"{line}\n    review: {{status: drafted, by: test, on: 2026-11-24}}\n",
        encoding="utf-8",
    )
    with pytest.raises(RuleError, match=r"shili\.yaml") as caught:
        load_book(tmp_path)
    assert word in str(caught.value)
