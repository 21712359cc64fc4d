"""What no sound book holds, decided all the same: nothing is made up and nothing breaks."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ceyin.assistant.rules.values import Conflict, Fact, Known, Reason, Verdict

from .generated import COMMON, outcome, result

YES = Known(True)


def test_a_reference_to_no_rule_leaves_the_outcome_open() -> None:
    out = outcome({"kind": "ref", "rule": "shili/none"}, {})
    assert (out.verdict, out.reason, out.trace.verdict) == (
        Verdict.UNKNOWN,
        Reason.SOURCE_INCOMPLETE,
        Verdict.UNKNOWN,
    )


WRONG: dict[str, tuple[dict[str, Any], Fact]] = {
    "a yes where a count is due": ({"kind": "threshold", "fact": "甲", "op": "ge", "value": "0"}, YES),
    "a text where a count is due": (
        {"kind": "threshold", "fact": "甲", "op": "ge", "value": "0"},
        Known("3件"),
    ),
    "names where counts are due": (
        {"kind": "threshold", "fact": "甲", "op": "ge", "value": "0"},
        Known(("3", "4")),
    ),
    "a count where yes or no is due": ({"kind": "predicate", "fact": "甲"}, Known(Decimal(1))),
    "a text where a day is due": ({"kind": "lockout", "event": "甲", "period": {"years": 3}}, Known("去年")),
}


@pytest.mark.parametrize(("leaf", "fact"), WRONG.values(), ids=WRONG.keys())
def test_a_value_of_another_type_is_as_good_as_none(leaf: dict[str, Any], fact: Fact) -> None:
    out = outcome(leaf, {"甲": fact})
    assert (out.verdict, out.reason, out.missing) == (Verdict.UNKNOWN, Reason.MISSING_FACT, ("甲",))


def test_a_day_of_applying_that_is_none_is_not_the_day_of_applying() -> None:
    leaf = {"kind": "lockout", "event": "甲", "period": {"years": 3}, "act": "乙"}
    facts: dict[str, Fact] = {"甲": Known(date(2020, 1, 1)), "乙": Known("明年")}
    assert outcome(leaf, facts).verdict is Verdict.PASS


def test_a_disputed_day_of_applying_beside_no_event_asks_for_the_event() -> None:
    leaf = {"kind": "lockout", "event": "甲", "period": {"years": 3}, "act": "乙"}
    out = outcome(leaf, {"乙": Conflict((date(2026, 1, 1), date(2026, 2, 1)))})
    assert (out.reason, out.missing) == (Reason.MISSING_FACT, ("甲",))


SUMS: dict[str, dict[str, Any]] = {
    "a share": {"kind": "ratio", "rate": "0.5", "of": "甲"},
    "so much for each": {"kind": "per_unit", "amount": "5", "of": "甲"},
}


@pytest.mark.parametrize("base", SUMS.values(), ids=SUMS.keys())
def test_a_sum_of_what_is_no_figure_is_open(base: dict[str, Any]) -> None:
    out = result({**COMMON, "id": "shili/sum", "kind": "amount", "base": base}, {"甲": Known("很多")})
    assert out.amount is not None and (out.amount.low, out.amount.high) == (Decimal(0), None)
    assert (out.reason, out.missing) == (Reason.MISSING_FACT, ("甲",))


def test_a_target_of_what_is_no_figure_shows_what_was_said() -> None:
    rule = {**COMMON, "id": "shili/t", "kind": "target", "fact": "甲", "op": "ge", "value": "3", "unit": "件"}
    out = result(rule, {"甲": Known("不少")})
    assert (out.verdict, out.trace.given, out.missing) == (Verdict.UNKNOWN, "不少", ("甲",))


def test_a_stack_of_rules_that_are_not_there_gives_nothing() -> None:
    rule = {**COMMON, "id": "shili/s", "kind": "stack", "of": ["shili/none"], "combine": "sum"}
    out = result(rule, {})
    assert (out.verdict, out.applies, out.amount) == (Verdict.FAIL, False, None)
