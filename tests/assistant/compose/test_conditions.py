"""Conditions are told one by one, with what is known of the case and what the text asks for."""

import pytest

from ceyin.assistant.compose.conditions import condition_blocks
from ceyin.assistant.rules.conditions import ANY_REQUIRED, DENIED
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
    "a figure with its unit and what is asked for": (PATENTS, ["✔ 有效专利件数:3件[1]"]),
    "one that falls short": (FEW, ["✘ 有效专利件数:2件,要3件以上[1]"]),
    "超过 is not 以上": (MARKS_OPEN, ["? 注册商标件数:还不知道(要超过1件)[1]"]),
    "a yes that is open needs no figure": (FIRST, ["? 首次认定:还不知道[1]"]),
    "what must not be": (CLEAN, ["? 有欠税:还不知道(要没有)[1]"]),
    "what an office decides": (OFFICE, ["? 由主管部门认定:按当年资金择优[1]"]),
    "a choice shows the list only where it differs": (
        leaf("类型", "企业", "企业", P),
        ["✔ 类型:企业[1]"],
    ),
    "what its name says is not said again": (leaf("申请人是企业", "企业", "企业", P), ["✔ 申请人是企业[1]"]),
    "one of a list: which it is, not the list": (
        leaf("三种变更之一", "商标转让", "专利转移、商标转让", P),
        ["✔ 三种变更之一:商标转让[1]"],
    ),
    "a name that says no: the fact as it is": (
        leaf("建设期未满", "是", "否", F),
        ["✘ 建设期未满:已满[1]"],
    ),
    "what must not be and is": (leaf("有欠税", "是", "否", F), ["✘ 有欠税:有,要没有才行[1]"]),
    "what must not be and is not": (leaf("欠税", "没有", "否", P), ["✔ 欠税:没有[1]"]),
    "what was not done": (leaf("主动维权", "否", "是", F), ["✘ 主动维权:没有[1]"]),
    "values that are shut out": (
        leaf("类型", "未说明", "不是高校、科研院所", U),
        ["? 类型:还不知道(不能是高校或科研院所)[1]"],
    ),
    "a figure that must not be reached": (
        leaf("从业人数", "40", "不是≥30人", F),
        ["✘ 从业人数:40人,要不满30人[1]"],
    ),
    "a time that has passed": (
        leaf("期限未满", "2020年1月1日", "不是超过3年", F),
        ["✘ 期限未满:从2020年1月1日算起,已超过3年[1]"],
    ),
    "a branch for others is none of the applicant's failings": (
        node(
            ANY_REQUIRED,
            F,
            leaf("通过认证的高校院所", "企业", "高校、科研院所", F),
            node("同时具备", F, leaf("申请人是企业", "企业", "企业", P), FEW),
        ),
        ["✘ 有效专利件数:2件,要3件以上[1]"],
    ),
    "several things denied at once stand under their name, with its own sign": (
        Trace("没有违规", "", DENIED, P, "第三条", (node(ANY_REQUIRED, F, leaf("造假", "否", "是", F)),)),
        ["✔ 没有违规[1]"],
    ),
    "alternatives one of which holds: that one alone": (
        node(ANY_REQUIRED, P, FEW, leaf("高校", "高校", "高校", P)),
        ["✔ 高校[1]"],
    ),
    "open alternatives in one line": (
        node(ANY_REQUIRED, U, FIRST, MARKS_OPEN),
        ["? 还不知道,以下有一项即可:首次认定;注册商标件数超过1件[1]"],
    ),
    "an alternative that has failed is left out while another is open": (
        node(ANY_REQUIRED, U, FEW, FIRST),
        ["? 首次认定:还不知道[1]"],
    ),
    "an alternative that needs the office is left out where a plain one is open": (
        node(ANY_REQUIRED, U, FIRST, node("同时具备", U, CLEAN, OFFICE)),
        ["? 首次认定:还不知道[1]"],
    ),
    "all failed alternatives say why": (
        node(ANY_REQUIRED, F, FEW, leaf("类型", "个人", "高校", F)),
        ["✘ 有效专利件数:2件,要3件以上[1]", "✘ 类型:是个人,要高校[1]"],
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


def test_why_it_failed_comes_first() -> None:
    trace = node("同时具备", F, FIRST, PATENTS, FEW)
    assert [b.verdict for b in condition_blocks(trace, 1)] == ["fail", "unknown", "pass"]


def test_alternatives_at_the_top_are_taken_for_such() -> None:
    trace = node(ANY_REQUIRED, P, leaf("高校", "企业", "高校", F), PATENTS)
    assert [b.text for b in condition_blocks(trace, 1)] == ["✔ 有效专利件数:3件[1]"]


def test_the_same_condition_is_told_once() -> None:
    assert len(condition_blocks(node("同时具备", P, PATENTS, PATENTS), 1)) == 1


def test_without_conditions_nothing_is_told() -> None:
    assert condition_blocks(PATENTS, 1) == []
