"""Which figures a text has, and what they are worth: each way of writing beside one that only looks like it."""

from decimal import Decimal

import pytest

from ceyin.assistant.rules.figures import canonical, figures_in

FIGURES: dict[str, tuple[str, list[tuple[str, str, Decimal | str, str]]]] = {
    "a sum in 万": ("补贴1.5万元", [("1.5万元", "money", Decimal(15000), "元")]),
    "a sum with a comma": ("补贴1,000元", [("1,000元", "money", Decimal(1000), "元")]),
    "万亿 is one scale": ("规模3万亿元", [("3万亿元", "money", Decimal(3) * 10**12, "元")]),
    "a scale alone is one of it": ("规模超万亿元", [("万亿元", "money", Decimal(10) ** 12, "元")]),
    "多 inside the number": ("收入4200多万元", [("4200多万元", "money", Decimal(42_000_000), "元")]),
    "a capital numeral": ("补贴叁万元", [("叁万元", "money", Decimal(30000), "元")]),
    "percent": ("按60%补贴", [("60%", "rate", Decimal(60), "%")]),
    "percent in words": ("按百分之二十补贴", [("百分之二十", "rate", Decimal(20), "%")]),
    "a fraction in words is a share": ("按四分之一补贴", [("四分之一", "rate", Decimal(25), "%")]),
    "an age": ("年满18周岁", [("18周岁", "number", Decimal(18), "周岁")]),
    "a length": ("进深不大于1.5米", [("1.5米", "number", Decimal("1.5"), "米")]),
    "an area is no length": ("面积90平方米", [("90平方米", "number", Decimal(90), "平方米")]),
    "floors": ("超过4层", [("4层", "number", Decimal(4), "层")]),
    "percentage points": ("降低0.5个百分点", [("0.5个百分点", "number", Decimal("0.5"), "个百分点")]),
    "months": ("三个月内", [("三个月", "period", Decimal(3), "months")]),
    "half a year": ("满半年的", [("半年", "period", Decimal(6), "months")]),
    "the first half of a year is none": ("上半年", []),
    "working days": ("5个工作日", [("5个工作日", "period", Decimal(5), "working_days")]),
    "a day": ("2024年3月5日", [("2024年3月5日", "date", "2024-03-05", "")]),
    "a day in Chinese numerals": ("二〇二四年三月五日", [("二〇二四年三月五日", "date", "2024-03-05", "")]),
    "a year in Chinese numerals is no period": ("一九八〇年", [("一九八〇年", "date", "1980", "")]),
    "the second day of a range": ("3月1日至7日", [("3月1日", "date", "03-01", ""), ("7日", "date", "07", "")]),
    "seven days by themselves": ("公示7日", [("7日", "period", Decimal(7), "days")]),
    "a label glued to a year": ("10.2026年度", [("2026年", "date", "2026", "")]),
    "a number with two decimals": ("达到3.19件", [("3.19件", "number", Decimal("3.19"), "件")]),
    "two sums with a stroke": ("120万元/200万元", [("120万元", "money", Decimal(1_200_000), "元"), ("200万元", "money", Decimal(2_000_000), "元")]),
    "which one, not how many": ("第二套住房", []),
    "how many": ("2套住房", [("2套", "number", Decimal(2), "套")]),
    "the number of a document": ("示政办发〔2026〕7号", []),
    "a label of several levels": ("5.1.1为应对", []),
    "a standard": ("GB/T26341-2010", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "figures"), FIGURES.values(), ids=FIGURES.keys())
def test_figures(text: str, figures: list[tuple[str, str, Decimal | str, str]]) -> None:
    assert [(f.text, f.kind, f.value, f.unit) for f in figures_in(text)] == figures


@pytest.mark.parametrize("text", [text for text, _ in FIGURES.values()], ids=FIGURES.keys())
def test_a_figure_stands_where_it_says(text: str) -> None:
    for figure in figures_in(text):
        assert text[figure.start : figure.end] == figure.text


def test_scripts_compare() -> None:
    assert canonical("建设期三年") == canonical("建设期3年")
    assert canonical("建设期三年") != canonical("建设期两年")
