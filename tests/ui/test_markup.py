"""The small helpers of every view: money, days, punctuation, marker pen, labels, links."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceyin.ui.page.markup import labelled, long_day, marked, money, source_link, typeset


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("15000.00", ["1.5 万元", "15,000 元"]),
        ("3000", ["3,000 元"]),
        ("9999.50", ["9,999.50 元"]),
        ("12345.67", ["12,345.67 元"]),
        ("100000", ["10 万元", "100,000 元"]),
        ("50000000", ["5,000 万元", "50,000,000 元"]),
        ("0", ["0 元"]),
    ],
)
def test_amounts_are_shown_exactly(amount: str, shown: list[str]) -> None:
    html = money(Decimal(amount))
    words = re.sub(r"<[^>]+>", "|", html)
    assert [w.strip() for w in words.split("|") if w.strip()] == shown


@pytest.mark.parametrize(
    ("iso", "shown"),
    [("2026-11-23", "2026 年 11 月 23 日(周一)"), (None, ""), ("2026年春", "2026年春")],
)
def test_days_are_written_out(iso: str | None, shown: str) -> None:
    assert long_day(iso) == shown


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("认证的,补1.5万元;之后", "认证的\uff0c补1.5万元\uff1b之后"),
        ("15,000元", "15,000元"),
        ("每天10:30开门", "每天10:30开门"),
        ("(一)材料(试行)", "\uff08一\uff09材料\uff08试行\uff09"),
        ("ISO (2023)", "ISO (2023)"),
        ("达到40%,每年", "达到40%\uff0c每年"),
        ("没有配对)的", "没有配对)的"),
    ],
)
def test_punctuation_is_chinese_among_chinese(stored: str, shown: str) -> None:
    assert typeset(stored) == shown


@given(st.text(alphabet=st.sampled_from("补元,;:?!()1.a ")))
def test_typesetting_keeps_every_place(stored: str) -> None:
    shown = typeset(stored)
    assert len(shown) == len(stored)
    assert all(a == b or a in ",;:?!()" for a, b in zip(stored, shown, strict=True))


@pytest.mark.parametrize(
    ("spans", "shown"),
    [
        ([(0, 2)], "<mark>甲乙</mark>丙丁"),
        ([(2, 3), (0, 1)], "<mark>甲</mark>乙<mark>丙</mark>丁"),
        ([(0, 2), (1, 3)], "<mark>甲乙丙</mark>丁"),
        ([(-5, 1), (3, 99)], "<mark>甲</mark>乙丙<mark>丁</mark>"),
        ([(2, 2), (3, 1)], "甲乙丙丁"),
        ([], "甲乙丙丁"),
    ],
)
def test_the_marker_pen_follows_the_spans(spans: list[tuple[int, int]], shown: str) -> None:
    assert marked("甲乙丙丁", spans) == shown


@pytest.mark.parametrize(
    "source", ["javascript:alert(1)", "data:text/html,x", "pages/a.txt", None, " http://x"]
)
def test_only_web_addresses_become_links(source: str | None) -> None:
    assert source_link(source) == ""


@pytest.mark.parametrize(
    ("text", "spans", "shown"),
    [
        ("第四条工坊", [], "[第四条]工坊"),
        ("第十二章总则", [], "[第十二章]总则"),
        ("第四条工坊", [(2, 4)], "[第四<条>]<工>坊"),
        ("第四条工坊", [(3, 5)], "[第四条]<工坊>"),
        ("第四条、第五条所列", [], "第四条、第五条所列"),
        ("第四条的规定", [], "第四条的规定"),
        ("工坊第四条", [], "工坊第四条"),
        ("第四条", [], "第四条"),
    ],
)
def test_a_clause_number_gets_its_gap_back(text: str, spans: list[tuple[int, int]], shown: str) -> None:
    html = labelled(text, spans).replace('<span class="cy-label">', "[").replace("</span>", "]")
    assert html.replace("<mark>", "<").replace("</mark>", ">") == shown
