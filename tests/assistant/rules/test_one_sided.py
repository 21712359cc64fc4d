"""Figures of which only one end is known: what they decide, and what they leave open."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from pydantic import TypeAdapter

from ceyin.assistant.rules.amounts import decide_amount
from ceyin.assistant.rules.conditions import Case, decide
from ceyin.assistant.rules.model import AmountRule, Pin, Rule, Threshold
from ceyin.assistant.rules.values import AtLeast, Below, Between, Fact, Facts, Known, Verdict

PIN = Pin(policy="shili-2026", path=("第一条",))
DAY = date(2026, 11, 25)
PASS, FAIL, OPEN = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN
THREE, FOUR = Decimal(3), Decimal(4)

THRESHOLDS: list[tuple[str, Fact, Verdict]] = [
    ("ge", AtLeast(THREE), PASS),
    ("gt", AtLeast(THREE), OPEN),
    ("gt", AtLeast(FOUR), PASS),
    ("ge", AtLeast(Decimal(2)), OPEN),
    ("le", AtLeast(FOUR), FAIL),
    ("le", AtLeast(THREE), OPEN),
    ("lt", AtLeast(THREE), FAIL),
    ("eq", AtLeast(FOUR), FAIL),
    ("eq", AtLeast(THREE), OPEN),
    ("ge", Below(THREE), FAIL),
    ("gt", Below(THREE), FAIL),
    ("ge", Below(FOUR), OPEN),
    ("le", Below(THREE), PASS),
    ("lt", Below(THREE), PASS),
    ("lt", Below(FOUR), OPEN),
    ("eq", Below(THREE), FAIL),
    ("ge", Between(THREE, FOUR), PASS),
    ("ge", Between(Decimal(2), THREE), FAIL),
    ("ge", Between(Decimal(2), FOUR), OPEN),
    ("le", Between(Decimal(2), THREE), PASS),
    ("le", Between(FOUR, Decimal(5)), FAIL),
    ("le", Between(THREE, FOUR), OPEN),
]


@pytest.mark.parametrize(("op", "fact", "verdict"), THRESHOLDS)
def test_a_threshold_is_decided_where_no_figure_on_that_side_could_change_it(
    op: str, fact: Fact, verdict: Verdict
) -> None:
    leaf = Threshold.model_validate(
        {"kind": "threshold", "fact": "件数", "op": op, "value": "3", "unit": "件"}
    )
    outcome = decide(leaf, Case(Facts({"件数": fact}), DAY), PIN)
    assert outcome.verdict is verdict
    assert outcome.missing == (("件数",) if verdict is OPEN else ())


def rule(base: dict[str, object], **caps: object) -> AmountRule:
    """A subsidy of 示例市 on a cost."""
    made: Rule = TypeAdapter(Rule).validate_python(
        {
            "id": "shili/costs",
            "kind": "amount",
            "title": "示例补贴",
            "pin": {"policy": "shili-2026", "path": ["第一条"]},
            "base": base,
            "caps": [{"amount": "20000", "per": "applicant"}],
            "say": {"pass": "{amount}", "fail": "否", "unknown": "?", "general": "示例"},
            "review": {"status": "reviewed", "by": "t", "on": "2026-11-25"},
            **caps,
        }
    )
    assert isinstance(made, AmountRule)
    return made


SHARE = {"kind": "ratio", "rate": "0.30", "of": "代理费"}
AMOUNTS: list[tuple[str, Fact, tuple[str, str], tuple[str, ...]]] = [
    ("above the cap whatever more", AtLeast(Decimal(100_000)), ("20000", "20000"), ()),
    ("exactly at the cap", AtLeast(Decimal(20_000) / Decimal("0.30")), ("20000", "20000"), ()),
    ("below the cap", AtLeast(Decimal(50_000)), ("15000", "20000"), ("代理费",)),
    ("less than a sum", Below(Decimal(50_000)), ("0", "20000"), ("代理费",)),
    ("told exactly", Known(Decimal(50_000)), ("15000", "15000"), ()),
]


@pytest.mark.parametrize(("fact", "ends", "missing"), [a[1:] for a in AMOUNTS], ids=[a[0] for a in AMOUNTS])
def test_a_cap_makes_a_share_of_an_unknown_cost_exact(
    fact: Fact, ends: tuple[str, str], missing: tuple[str, ...]
) -> None:
    result = decide_amount(rule(SHARE), Case(Facts({"代理费": fact}), DAY))
    assert result.amount is not None
    low, high = result.amount.low, result.amount.high
    assert high is not None
    assert (round(low), round(high)) == (int(ends[0]), int(ends[1]))
    assert result.missing == missing


def test_a_ceiling_stays_one_however_high_the_cost() -> None:
    most = rule({**SHARE, "at_most": True})
    result = decide_amount(most, Case(Facts({"代理费": AtLeast(Decimal(100_000))}), DAY))
    assert result.amount is not None and result.amount.low == 0 and result.missing == ("代理费",)


def test_so_many_items_at_least_come_to_at_least_so_much() -> None:
    each = rule({"kind": "per_unit", "amount": "1000", "of": "件数", "unit": "件"})
    result = decide_amount(each, Case(Facts({"件数": AtLeast(Decimal(30))}), DAY))
    assert result.amount is not None and result.amount.exact and result.missing == ()
