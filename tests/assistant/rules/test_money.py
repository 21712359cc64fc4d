"""Sums as people write them, read exactly and written back."""

from decimal import Decimal

import pytest

from ceyin.assistant.rules.money import plain, read_amount, yuan

SUMS = {
    "1.8万": "18000",
    "2万8": "28000",
    "2万10": "20010",
    "2万9": "29000",
    "3万亿": "3000000000000",
    "1万2千": "12000",
    "18,000元": "18000",
    "两万": "20000",
    "两百五": "250",
    "两百零五": "205",
    "一万零五": "10005",
    "一万二千五": "12500",
    "三千五": "3500",
    "十二": "12",
    "十五万": "150000",
    "二十万": "200000",
    "一百二十三": "123",
    "一百五十万": "1500000",
    "五千块": "5000",
    "3百万": "3000000",
    "2万3件": "20000",
    "1亿": "100000000",
    "1亿2千万": "120000000",
    "1.5亿": "150000000",
    "3千万": "30000000",
    "20000001元": "20000001",
    "0元": "0",
    "一万": "10000",
    "100万零500元": "1000500",
}


@pytest.mark.parametrize(("text", "value"), SUMS.items())
def test_sums_are_read_exactly(text: str, value: str) -> None:
    assert read_amount(text) == Decimal(value)


@pytest.mark.parametrize("text", ["没有数", "两三万", "千万要记得", "一万千", "十十", "1.5万2", ""])
def test_what_is_vague_is_no_sum(text: str) -> None:
    assert read_amount(text) is None


WRITTEN = {
    "20000": "2万元",
    "10000": "1万元",
    "15000": "15000元",
    "123450000": "12345万元",
    "0": "0元",
    "999.990": "999.99元",
    "1000": "1000元",
    "1E+5": "10万元",
}


@pytest.mark.parametrize(("value", "text"), WRITTEN.items())
def test_sums_are_written_short_where_that_is_exact(value: str, text: str) -> None:
    assert yuan(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "text"), [("1E+3", "1000"), ("0.500", "0.5"), ("100", "100"), ("10.0", "10")]
)
def test_a_figure_has_no_exponent_and_no_empty_decimals(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text
