"""Facts given and facts said: what counts as told, what is only asked about, several figures of one fact."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ceyin.assistant.deciding import day_words
from ceyin.assistant.facts import given_facts, implied, read_value
from ceyin.assistant.rules.book import load_book
from ceyin.assistant.rules.conditions import Case
from ceyin.assistant.rules.evaluate import evaluate
from ceyin.assistant.rules.files import FactSpec
from ceyin.assistant.rules.model import TermRule
from ceyin.assistant.rules.result import PolicyTerm, Result
from ceyin.assistant.rules.values import Absent, Facts, Known, Value, Verdict
from ceyin.assistant.understanding.saying import said_facts
from ceyin.corpus.errors import FactError

BOOK = load_book()
NOW = date(2026, 11, 25)

SAID: dict[str, tuple[str, str, Value | None]] = {
    "a name told": ("财政资助的科研项目做出来的专利", "专利来源", ("财政资助科研项目",)),
    "a name only asked about": ("是不是财政资助的科研项目我不清楚", "专利来源", None),
    "a name that is denied": ("我们不是高校", "企业类型", None),
    "a name after 是否": ("是否属于高校还不好说", "企业类型", None),
    "a name after 是": ("我们是高校", "企业类型", "高校"),
}


@pytest.mark.parametrize(("text", "key", "value"), SAID.values(), ids=SAID.keys())
def test_a_name_counts_as_told_only_where_it_is_said_of_the_case(
    text: str, key: str, value: Value | None
) -> None:
    fact = said_facts([text], BOOK, NOW).get(key)
    assert (fact.value if isinstance(fact, Known) else None) == value


COSTS = FactSpec(key="费用", type="money", unit="元", question="请问?", several=True)
ONE = FactSpec(key="费用", type="money", unit="元", question="请问?")
GIVEN: dict[str, tuple[Any, Value]] = {
    "one figure": ("1.8万", Decimal(18000)),
    "a list": (["1.8万", 20000], (Decimal(18000), Decimal(20000))),
    "separated by 、": ("1.8万、2万", (Decimal(18000), Decimal(20000))),
    "a comma inside a figure": ("18,000", Decimal(18000)),
}


@pytest.mark.parametrize(("value", "read"), GIVEN.values(), ids=GIVEN.keys())
def test_a_fact_of_several_items_takes_one_figure_or_more(value: Any, read: Value) -> None:
    assert read_value(COSTS, value, "事实表") == Known(read, "事实表")


@pytest.mark.parametrize("value", [["1万", "很多"], "1万、-2", []])
def test_one_bad_figure_spoils_the_list(value: Any) -> None:
    with pytest.raises(FactError, match="费用"):
        read_value(COSTS, value, "事实表")


def test_a_fact_of_one_figure_takes_no_list() -> None:
    with pytest.raises(FactError, match="费用"):
        read_value(ONE, ["1万", "2万"], "事实表")


def test_none_of_it_is_absent_and_an_unknown_key_is_named() -> None:
    facts, warnings = given_facts({"有效发明专利件数": "没有", "月亮": 1, "备注": None}, BOOK)
    assert isinstance(facts.get("有效发明专利件数"), Absent)
    assert len(warnings) == 2 and "月亮" in warnings[0]


def term(start: str, as_of: date) -> Result:
    """三年 from a day as people say it."""
    said = said_facts([f"{start}获批的"], BOOK, as_of)
    rule = next(
        r for r in BOOK.rules if isinstance(r, TermRule) and r.start == "批准日期" and r.period.years == 3
    )
    facts = Facts({**said.known, **given_facts({"企业类型": "政府或园区"}, BOOK)[0].known})
    return evaluate(rule, Case(facts, as_of, BOOK), PolicyTerm(None, None))


MONTHS: dict[str, tuple[str, date, Verdict, bool]] = {
    "a whole day": ("2024年3月5日", date(2027, 3, 4), Verdict.PASS, False),
    "a month, before it is over": ("2024年3月", date(2027, 2, 28), Verdict.PASS, True),
    "a month, in the month in which it ends": ("2024年3月", date(2027, 3, 15), Verdict.UNKNOWN, False),
    "a month, after it": ("2024年3月", date(2027, 4, 1), Verdict.FAIL, True),
}


@pytest.mark.parametrize(("start", "as_of", "verdict", "month"), MONTHS.values(), ids=MONTHS.keys())
def test_who_says_a_month_has_not_said_the_day(
    start: str, as_of: date, verdict: Verdict, month: bool
) -> None:
    result = term(start, as_of)
    assert (result.verdict, result.month_only) == (verdict, month)
    assert day_words(result) == {True: "2027年3月", False: "2027年3月5日" if "日" in start else ""}[month]


PLACED: list[tuple[str, Any, Value | None]] = [
    ("职业资格等级", "四级", "四级职业资格"),
    ("创业形式", "个人", "个人创业"),
    ("建设载体", "市级产业园区", "市级及以下园区"),
    ("建设载体", "国家级高新区内的产业园", "省级以上产业园区"),
    ("建设载体", "非国家级高新区", None),
    ("学历", "大专在读", None),
    ("学历", "中专", "高中及以下"),
    ("学历", "大专毕业生", "大专"),
    ("专利来源", "购买", ("购买受让",)),
    ("申报主体类型", "乡镇政府", "乡镇人民政府"),
    ("企业类型", "月亮", None),
    ("企业类型", "公", None),
    ("企业类型", "示例市某某染坊有限公司", "企业"),
    ("企业类型", "大学城管委会", None),
    ("企业类型", "<b>企业", None),
]


@pytest.mark.parametrize(("key", "given", "value"), PLACED)
def test_a_given_name_is_placed_among_the_members_or_named_in_a_warning(
    key: str, given: Any, value: Value | None
) -> None:
    facts, warnings = given_facts({key: given}, BOOK)
    fact = facts.get(key)
    assert (fact.value if isinstance(fact, Known) else None) == value
    assert bool(warnings) == (value is None)


def test_a_bought_patent_is_none_of_ones_own_research_unless_that_is_told() -> None:
    bought, _ = given_facts({"专利来源": "购买"}, BOOK)
    assert implied(bought, BOOK).get("专利是否自主研发") == Known(False, "事实表")
    told, _ = given_facts({"专利来源": "购买", "专利是否自主研发": "是"}, BOOK)
    assert implied(told, BOOK).get("专利是否自主研发") == Known(True, "事实表")
    own, _ = given_facts({"专利来源": "自有资金"}, BOOK)
    assert "专利是否自主研发" not in implied(own, BOOK).known
