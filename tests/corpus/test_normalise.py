"""The one text form: scripts, widths, white space, and the way back to the source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceyin.corpus.normalise import normalise, normalise_mapped, simplify, view

CASES = {
    "traditional characters and variants become simplified": ("知識産權諮詢爲主", "知识产权咨询为主"),
    "vocabulary is not rewritten, only characters": ("建立核心指標並執行", "建立核心指标并执行"),
    "full width becomes half width": ("(一)補貼2萬元,80%", "(一)补贴2万元,80%"),
    "white space inside Chinese text goes": ("第 二 条  给予 3万元\n资助", "第二条给予3万元资助"),
    "a space between Latin words stays, once": ("TISC  service point", "TISC service point"),
    "an ideographic space is white space": ("示例市 人民政府", "示例市人民政府"),
    "corner brackets and dashes stay": ("〔2026〕7号——《办法》", "〔2026〕7号——《办法》"),
    "nothing is left of white space alone": (" \n\t ", ""),
}


@pytest.mark.parametrize(("given_text", "expected"), CASES.values(), ids=CASES.keys())
def test_normalise(given_text: str, expected: str) -> None:
    assert normalise(given_text) == expected


@given(st.text(alphabet="示例市知識産權補貼萬元,。 \n\t3A(一)〔〕①é", max_size=80))
def test_every_character_leads_back_to_its_origin(text: str) -> None:
    mapped = normalise_mapped(text)
    assert len(mapped.offsets) == len(mapped.text)
    assert list(mapped.offsets) == sorted(mapped.offsets)
    for ch, at in zip(mapped.text, mapped.offsets, strict=True):
        assert ch == " " or ch in normalise(text[at] + (text[at + 1 : at + 2])) or not text[at].isspace()


@given(st.text(alphabet="示例市知識産權補貼萬元,。 \n3A(一)①", max_size=80))
def test_the_view_is_as_long_as_the_source(text: str) -> None:
    assert len(view(text)) == len(text) == len(simplify(text))


def test_a_circled_label_stays_itself_in_the_view() -> None:
    assert view("①甲(1)") == "①甲(1)"
