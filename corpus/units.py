"""Paragraphs of a text, whether it has line breaks or was glued into one line by the page it comes from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ceyin.corpus.dates import ANY_DATE
from ceyin.corpus.markers import HEADING_FAMILIES, Family, is_reference, marker_at

#: A line this long with white space between sentences is a whole document glued into one line.
_GLUED_LINE = 300
_DATE = re.compile(ANY_DATE)
_LINE = re.compile(r"[^\r\n]+")
_CHAINED = HEADING_FAMILIES | {Family.ARTICLE}
_GAP = re.compile(r"(?<=\S)\s+(?=\S)")
#: A document number and the first words, or the last words, a signer and the date, in one line.
_NUMBER_HEAD = re.compile(r"\S{2,16}[〔\[(]\d{4}[〕\])]\d{1,5}号\s+\S{10}")
_SIGNED_TAIL = re.compile(rf"。\s+[^。;]{{4,120}}{_DATE.pattern}\s*(?:\([^()]{{2,20}}\))?\s*$")
_SENTENCE_GAP = re.compile(r"[。;:!?]\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph: the range of its characters without the white space around them."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def cut(self, text: str) -> str:
        """The words of the paragraph."""
        return text[self.start : self.end]


def text_lines(view: str, start: int, end: int) -> list[tuple[int, int]]:
    """The ranges of the lines of ``view[start:end]`` that hold more than white space."""
    return [m.span() for m in _LINE.finditer(view, start, end) if not m.group().isspace()]


def split_units(view: str, start: int, end: int) -> list[Unit]:
    """The paragraphs of ``view[start:end]``, in order; offsets are those of ``view``."""
    lines = [_trim(view, *line) for line in text_lines(view, start, end)]
    half = sum(map(len, lines)) / 2
    units: list[Unit] = []
    for line in lines:
        if _is_glued(view, line, most=len(line) > half):
            units.extend(_split_line(view, line))
        else:
            units.append(line)
    return units


def _is_glued(view: str, line: Unit, *, most: bool) -> bool:
    """Whether a line holds several paragraphs; ``most``: it is more than half of the text."""
    if len(line) <= 30:
        return False
    if _chains_labels(view, line):
        return True
    if len(line) <= 60:
        return bool(_SIGNED_TAIL.search(view, line.start, line.end))
    if _NUMBER_HEAD.match(view, line.start, line.end) or _SIGNED_TAIL.search(view, line.start, line.end):
        return True
    if len(line) <= 120 and not most:
        return False
    sentence_gaps = len(_SENTENCE_GAP.findall(view, line.start, line.end))
    if sentence_gaps and (_DATE.search(view, line.start, line.end) or (most and sentence_gaps > 1)):
        return True
    if len(line) <= _GLUED_LINE and not most:
        return False
    labels = (marker_at(view, gap.end()) for gap in _GAP.finditer(view, line.start, line.end))
    return sum(1 for label in labels if label) >= (1 if most else 2)


def _chains_labels(view: str, line: Unit) -> bool:
    """Whether articles follow each other in a line: 「第一章 总则 第一条 …… 第二条 ……」."""
    lead = marker_at(view, line.start)
    behind = (
        marker_at(view, gap.end()) for gap in _GAP.finditer(view, line.start, min(line.end, line.start + 400))
    )
    chained = sum(
        1
        for m in behind
        if m and m.family in _CHAINED and not is_reference(view, m) and m.start != (lead.end if lead else -1)
    )
    return chained + (lead is not None and lead.family in _CHAINED) >= 2


def _split_line(view: str, line: Unit) -> list[Unit]:
    units: list[Unit] = []
    at = line.start
    for gap in _GAP.finditer(view, line.start, line.end):
        if _is_paragraph_break(view, at, gap.start(), gap.end()):
            units.append(Unit(at, gap.start()))
            at = gap.end()
    units.append(Unit(at, line.end))
    return units


def _is_paragraph_break(view: str, begin: int, left: int, right: int) -> bool:
    if _DATE.match(view, right):
        return True
    label, following = marker_at(view, begin), marker_at(view, right)
    if label is not None and label.end >= left:
        # 「第六条   专项资金…」: the label belongs to the words after it, unless these are a label too
        return label.end == left and following is not None and following.family is Family.ARTICLE
    if following:
        return True
    before, after = view[left - 1], view[right]
    if before.isdigit() and (after in "年月日号%" or after.isascii()):
        return False
    if after.isdigit():
        return right - left > 1 or before in "。;:〕"
    return True


def _trim(view: str, start: int, end: int) -> Unit:
    text = view[start:end]
    return Unit(start + len(text) - len(text.lstrip()), end - (len(text) - len(text.rstrip())))
