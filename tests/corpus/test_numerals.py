"""Ordinals of clause labels in both directions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceyin.corpus.numerals import to_chinese, to_int

VALUES = {
    "一": 1,
    "十": 10,
    "十一": 11,
    "二十": 20,
    "二十三": 23,
    "一百零五": 105,
    "一百一十": 110,
    "三百二十一": 321,
    "〇": 0,
    "二〇二三": 2023,
    "12": 12,
}


@pytest.mark.parametrize(("text", "value"), VALUES.items())
def test_reading(text: str, value: int) -> None:
    assert to_int(text) == value


@pytest.mark.parametrize("text", ["", "条", "第一", "1a", "一二三四甲"])
def test_what_is_no_numeral(text: str) -> None:
    assert to_int(text) is None


@given(st.integers(min_value=1, max_value=9999))
def test_round_trip(n: int) -> None:
    assert to_int(to_chinese(n)) == n
