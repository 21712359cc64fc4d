"""A sum is told with its arithmetic and the one cap that counts; a day with its weekday and how far off it is."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter

from ceyin.assistant.compose.reckoning import only_once, reckoned, with_sum
from ceyin.assistant.rules.amounts import decide_amount
from ceyin.assistant.rules.conditions import Case
from ceyin.assistant.rules.model import AmountRule
from ceyin.assistant.rules.result import Result
from ceyin.assistant.rules.values import Fact, Facts, Known, Verdict

PIN = {"policy": "shili", "path": ["第四条"], "sha256": "0" * 64, "figures": []}
REVIEW = {"status": "reviewed", "by": "test", "on": "2026-01-01"}
SHARE = {"kind": "ratio", "rate": "0.3", "of": "代理费"}
EACH = {"kind": "per_unit", "amount": "1000", "unit": "件", "of": "件数", "at_most": True}
PERSON = {"amount": "10000", "when": {"kind": "member", "fact": "类型", "any_of": ["自然人"]}}


def decided(base: dict[str, Any], caps: list[dict[str, Any]], **known: Any) -> Result:
    tree = {
        "id": "shili/sum",
        "kind": "amount",
        "title": "代理费补贴",
        "pin": PIN,
        "base": base,
        "caps": [{"per": "applicant_year", **cap} for cap in caps],
        "say": {"pass": "可以", "general": "按代理费的30%"},
        "review": REVIEW,
        "triggers": [],
    }
    facts: dict[str, Fact] = {
        key: Known(Decimal(value) if isinstance(value, int) else value) for key, value in known.items()
    }
    rule = TypeAdapter(AmountRule).validate_python(tree)
    return decide_amount(rule, Case(Facts(facts), date(2026, 11, 25)))


def test_of_two_caps_the_one_that_lowers_the_sum_is_told() -> None:
    result = decided(SHARE, [{"amount": "20000"}, PERSON], 代理费=50000, 类型="自然人")
    assert reckoned(result) == "代理费50000元×30%=15000元,超过上限,按1万元计"


def test_a_cap_that_spares_the_sum_is_told_where_none_lowers_it() -> None:
    result = decided(SHARE, [{"amount": "20000"}], 代理费=50000)
    assert reckoned(result) == "代理费50000元×30%=15000元,未超过上限2万元"


def test_a_sum_that_is_only_named_is_no_calculation() -> None:
    assert reckoned(decided({"kind": "fixed", "amount": "30000"}, [])) == ""


def test_up_to_so_much_each_stays_up_to() -> None:
    assert reckoned(decided(EACH, [], 件数=12)) == "每件不超过1000元×12=12000元"


OPENINGS = {
    "open whether: the sum first, as one for those who qualify": (
        Verdict.UNKNOWN,
        "按代理费的30%",
        "符合条件的,可得15000元;按代理费的30%",
    ),
    "nobody knows whether, but how much is no longer open": (
        Verdict.UNKNOWN,
        "还不能确定能否享受、能补多少",
        "符合条件的,可得15000元;还不能确定能否享受",
    ),
    "a yes that has the sum": (Verdict.PASS, "可以得到15000元", "可以得到15000元"),
    "a yes that has none": (Verdict.PASS, "可以", "可得15000元;可以"),
    "a no": (Verdict.FAIL, "不能享受", "不能享受"),
}


@pytest.mark.parametrize(("verdict", "words", "told"), OPENINGS.values(), ids=OPENINGS.keys())
def test_the_sum_opens_the_answer(verdict: Verdict, words: str, told: str) -> None:
    result = replace(decided(SHARE, [], 代理费=50000), verdict=verdict)
    assert with_sum(words, result) == told


def test_a_ceiling_is_told_as_one() -> None:
    assert with_sum("每件不超过1000元", replace(decided(EACH, [], 件数=12), verdict=Verdict.UNKNOWN)) == (
        "符合条件的,最高12000元;每件不超过1000元"
    )


def test_not_twice_is_said_to_who_has_received_something() -> None:
    clause = "一次性奖励2万元。已获市级奖励的,不重复奖励。"
    start, end = only_once("去年领了市级的,今年还能拿吗", clause) or (0, 0)
    assert clause[start:end] == "已获市级奖励的,不重复奖励。"
    assert only_once("奖励多少", clause) is None
