"""A pattern is searched only where a word it needs stands; no match is ever lost by that."""

from __future__ import annotations

import re

import pytest

from ceyin.assistant.rules.book import load_book
from ceyin.assistant.understanding.needles import missing, needles_of

NEEDED: dict[str, set[str] | None] = {
    "发明专利": {"发明专利"},
    "发明|外观": {"发明", "外观"},
    "(?:没有|无)发明": {"没有", "无", "发明"},
    r"\S{0,4}认证": {"认证"},
    r"(?:很)?大": {"大"},
    r"(?<!不)是首次": {"是首次"},
    "[件个]专利": {"专利"},
    "甲|.": None,
    r"\d+": None,
    r"[^\d]*": None,
}


@pytest.mark.parametrize(("pattern", "words"), NEEDED.items(), ids=NEEDED)
def test_the_words_a_pattern_cannot_do_without(pattern: str, words: set[str] | None) -> None:
    needles = needles_of(pattern)
    assert (needles is None) == (words is None)
    assert words is None or (needles is not None and needles <= words)


TEXTS = [
    "我们公司第一次认证,有3件实用新型、没有发明,花了1.8万,2023年12月5日批的",
    "不是首次,专利是买来的,去年评上了国家优势企业,商标2个,员工12个人,铺面200平",
    "个体户注销转公司,没领过发票,不欠税,许可证没过期,想续贷,贷款2024年10月15日到期",
    "验收没通过,没有制定新方案,主动起诉打赢了官司,律师费5万,诉讼费3000元,同一年度",
]


@pytest.mark.parametrize("text", TEXTS)
def test_no_pattern_of_the_rule_book_matches_a_text_it_would_not_be_searched_in(text: str) -> None:
    for spec in load_book().facts.values():
        for pattern in (*spec.said, *spec.denied):
            plain = re.sub(r"\(\?P<v>[NMDRP]\)", r"(?:\\S{1,12}?)", pattern)
            if re.search(plain, text):
                assert not missing(needles_of(re.sub(r"\(\?P<v>[NMDRP]\)", ".", pattern)), text), pattern
