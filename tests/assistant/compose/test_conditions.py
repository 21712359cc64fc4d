"""Conditions are told one by one, with what is known of the case and what the text asks for."""

import pytest

from ceyin.assistant.compose.conditions import condition_blocks
from ceyin.assistant.rules.conditions import ANY_REQUIRED
from ceyin.assistant.rules.values import Trace, Verdict

P, F, U = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN


def leaf(what: str, given: str, required: str, verdict: Verdict) -> Trace:
    return Trace(what, given, required, verdict, "第三条")


def node(required: str, verdict: Verdict, *parts: Trace) -> Trace:
    return Trace("", "", required, verdict, "第三条", parts)


PATENTS = leaf("有效专利件数", "3", "≥3件", P)
FEW = leaf("有效专利件数", "2", "≥3件", F)
MARKS_OPEN = leaf("注册商标件数", "未说明", ">1件", U)
FIRST = leaf("首次认定", "未说明", "是", U)
CLEAN = leaf("有欠税", "未说明", "否", U)
OFFICE = leaf("是否择优", "由主管部门认定,按当年资金择优", "", U)

LINES = {
    "a figure with its unit and what is asked for": (PATENTS, ["✔ 有效专利件数:3件(要求3件以上)[1]"]),
    "one that falls short": (FEW, ["✘ 有效专利件数:2件(要求3件以上)[1]"]),
    "超过 is not 以上": (MARKS_OPEN, ["? 注册商标件数:还没有说明(要求超过1件)[1]"]),
    "a yes that is open needs no figure": (FIRST, ["? 首次认定:还没有说明[1]"]),
    "what must not be": (CLEAN, ["? 有欠税:还没有说明(要求没有)[1]"]),
    "what an office decides": (OFFICE, ["? 由主管部门认定:按当年资金择优[1]"]),
    "a choice shows the list only where it differs": (
        leaf("类型", "企业", "企业", P),
        ["✔ 类型:企业[1]"],
    ),
    "alternatives one of which holds: that one alone": (
        node(ANY_REQUIRED, P, FEW, leaf("高校", "高校", "高校", P)),
        ["✔ 高校:高校[1]"],
    ),
    "open alternatives in one line": (
        node(ANY_REQUIRED, U, FIRST, MARKS_OPEN),
        ["? 还没有说明,以下有一项即可:首次认定;注册商标件数超过1件[1]"],
    ),
    "an alternative that has failed is left out while another is open": (
        node(ANY_REQUIRED, U, FEW, FIRST),
        ["? 首次认定:还没有说明[1]"],
    ),
    "an alternative that needs the office is left out where a plain one is open": (
        node(ANY_REQUIRED, U, FIRST, node("同时具备", U, CLEAN, OFFICE)),
        ["? 首次认定:还没有说明[1]"],
    ),
    "all failed alternatives say why": (
        node(ANY_REQUIRED, F, FEW, leaf("类型", "个人", "高校", F)),
        ["✘ 有效专利件数:2件(要求3件以上)[1]", "✘ 类型:个人(要求:高校)[1]"],
    ),
}


@pytest.mark.parametrize(("trace", "lines"), LINES.values(), ids=LINES.keys())
def test_lines(trace: Trace, lines: list[str]) -> None:
    blocks = condition_blocks(node("同时具备", trace.verdict, trace), 1)
    assert [b.text for b in blocks] == lines
    assert all(b.kind == "condition" and b.citations == [1] for b in blocks)


def test_open_alternatives_are_not_told_once_the_whole_has_failed() -> None:
    trace = node("同时具备", F, FEW, node(ANY_REQUIRED, U, FIRST, MARKS_OPEN))
    assert [b.verdict for b in condition_blocks(trace, 1)] == ["fail"]


def test_the_same_condition_is_told_once() -> None:
    assert len(condition_blocks(node("同时具备", P, PATENTS, PATENTS), 1)) == 1


def test_without_conditions_nothing_is_told() -> None:
    assert condition_blocks(PATENTS, 1) == []
