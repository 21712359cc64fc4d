"""Clause labels (第X条, 一、, (一), 1., (1), ①, ——, 第一阶段) and where one really begins a clause.

A label in running text is usually a reference (「第五条规定的标准」, 「按照(二)执行」) and starts nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from ceyin.corpus.numerals import ORDINAL_CHARS, to_chinese, to_int


class Family(StrEnum):
    """A way of numbering; 编, 章 and 节 give headings only, the others are parts of an address."""

    BOOK = "编"
    CHAPTER = "章"
    SECTION = "节"
    ARTICLE = "条"
    STAGE = "阶段"
    CN = "一、"
    PAREN_CN = "(一)"
    NUM = "1."
    PAREN_NUM = "(1)"
    CIRCLED = "①"
    DASH = "——"

    @property
    def heading_only(self) -> bool:
        """Whether this family never stands in a path."""
        return self in (Family.BOOK, Family.CHAPTER, Family.SECTION)


@dataclass(frozen=True, slots=True)
class Marker:
    """A label found in a text: ``number`` is None where the damage took it (「()推进」)."""

    family: Family
    number: int | None
    label: str
    start: int
    end: int


_O = ORDINAL_CHARS
_S = r"[ \t\u3000]*"
_PATTERNS: tuple[tuple[Family | None, re.Pattern[str]], ...] = (
    # 第 二 条, 第十条之一, 第21条
    (Family.ARTICLE, re.compile(rf"第{_S}([{_O}]+(?:{_S}[{_O}]+)*|\d{{1,4}}){_S}条(?:{_S}之{_S}([{_O}]+))?")),
    (None, re.compile(rf"第{_S}([{_O}]+(?:{_S}[{_O}]+)*|\d{{1,3}}){_S}([编章节])")),
    (Family.STAGE, re.compile(rf"第([{_O}]+)阶段(?=[:: ])")),
    (Family.CN, re.compile(rf"([{_O}]{{1,4}}){_S}、")),
    (Family.PAREN_CN, re.compile(rf"\({_S}([{_O}]{{1,4}}){_S}\)")),
    (Family.PAREN_NUM, re.compile(r"\(\s*(\d{1,2})\s*\)")),
    # 1.推进, 1. 申报主体, 1、 — but not 4.26 or 1.5万
    (Family.NUM, re.compile(r"(\d{1,2})\s?[.、](?!\d)")),
    (Family.CIRCLED, re.compile(r"([①-⑳])")),
    (Family.DASH, re.compile(r"(?:——|──|--|―――|—)(?=\S)")),
    (Family.PAREN_CN, re.compile(r"\(\s*()\)(?=[\u4e00-\u9fff])")),  # ()推进制度建设: number lost
)

#: What follows a reference to an article, never the text of one.
_AFTER_REFERENCE = re.compile(
    r"\s*(?:规定|所列|所称|的|之规定|至第|到第|、第|和第|或者?第|及第|以及第|第[一二三四五六七八九十]+[款项]|中|款|项|执行|处理|办理|情形|条件)"
)
#: What stands before a reference.
_BEFORE_REFERENCE = re.compile(
    r"(?:按照|依照|按|依据|根据|违反|符合|适用|参照|本条|本款|本办法|前款|上述|见|与|和|或|及|法|条例|规定|办法》?|》|第[一二三四五六七八九十]+条|项|、|至)\s*(?:本办法|本规定|本条例|本法)?\s*$"
)


def marker_at(text: str, at: int) -> Marker | None:
    """The label that stands at ``at``, read as a clause label; ``text`` is the one-for-one view."""
    for family, pattern in _PATTERNS:
        m = pattern.match(text, at)
        if not m:
            continue
        if family is None:
            number = to_int(m.group(1))
            kind = Family(m.group(2))
            return Marker(kind, number, f"第{_cn(number)}{m.group(2)}", at, m.end())
        if family is Family.DASH:
            return Marker(family, None, "——", at, m.end())
        if family is Family.CIRCLED:
            number = ord(m.group(1)) - 0x245F
            return Marker(family, number, m.group(1), at, m.end())
        raw = m.group(1)
        number = to_int(raw) if raw else None
        if raw and (number is None or number == 0):
            continue
        if family is Family.ARTICLE:
            suffix = "之" + re.sub(r"\s", "", m.group(2)) if m.group(2) else ""
            return Marker(family, number, f"第{_cn(number)}条{suffix}", at, m.end())
        return Marker(family, number, _label(family, number), at, m.end())
    return None


def _cn(number: int | None) -> str:
    return to_chinese(number) if number else "?"


def _label(family: Family, number: int | None) -> str:
    if number is None:
        return "?"
    if family is Family.PAREN_CN:
        return f"({to_chinese(number)})"
    if family is Family.PAREN_NUM:
        return f"({number})"
    if family is Family.STAGE:
        return f"第{to_chinese(number)}阶段"
    if family is Family.NUM:
        return str(number)
    return to_chinese(number)


def is_reference(text: str, marker: Marker) -> bool:
    """Whether the words around a label show that it names a clause instead of beginning one."""
    if marker.family is Family.ARTICLE and _AFTER_REFERENCE.match(text, marker.end):
        return True
    if marker.family is Family.CHAPTER and re.match(r"\s*(?:规定|的)", text[marker.end : marker.end + 4]):
        return True
    return bool(_BEFORE_REFERENCE.search(text[max(0, marker.start - 12) : marker.start]))


_INLINE = re.compile(rf"第{_S}[{_O}\d]|\(\s*[{_O}]{{0,4}}\s*\)|[{_O}]{{1,4}}、")
_SENTENCE_END = '。;:!?〕】)"”’;'


def inline_markers(text: str, start: int, end: int, lead: Marker | None) -> list[tuple[Marker, bool]]:
    """Labels inside a paragraph that may begin a clause, each with whether it clearly does.

    Clearly: a sentence ends right before it, or another label (``lead`` is that of the paragraph itself).
    「一、」 counts only there; 第X条, 第X章 and (一) count anywhere, and the outline then takes only those that
    continue a sequence.
    """
    out: list[tuple[Marker, bool]] = []
    label_end = lead.end if lead else start
    for m in _INLINE.finditer(text, start + 1, end):
        marker = marker_at(text, m.start())
        if marker is None or marker.end > end or marker.start < label_end:
            continue
        before = text[start : m.start()].rstrip()
        adjacent = not text[label_end : marker.start].strip()
        clear = adjacent or not before or before[-1] in _SENTENCE_END
        if marker.family in (Family.CN, Family.STAGE) and not clear:
            continue
        if not adjacent and is_reference(text, marker):
            continue
        if adjacent and marker.family is Family.ARTICLE and _AFTER_REFERENCE.match(text, marker.end):
            continue
        out.append((marker, clear))
        label_end = marker.end
    return out
