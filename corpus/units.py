"""Paragraphs of a text, whether it has line breaks or was glued into one line by the page it comes from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ceyin.corpus.markers import marker_at

#: A line this long with white space between sentences is a whole document glued into one line.
_GLUED_LINE = 300
_DATE = re.compile(r"[12]\d{3}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")


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


def split_units(view: str, start: int, end: int) -> list[Unit]:
    """The paragraphs of ``view[start:end]``, in order; offsets are those of ``view``."""
    units: list[Unit] = []
    for m in re.finditer(r"[^\r\n]+", view[start:end]):
        units.extend(_split_line(view, start + m.start(), start + m.end()))
    return units


def _split_line(view: str, start: int, end: int) -> list[Unit]:
    line = view[start:end]
    if not line.strip():
        return []
    labels = sum(1 for gap in re.finditer(r"(?<=\S)\s+(?=\S)", line) if marker_at(view, start + gap.end()))
    glued = len(line) > _GLUED_LINE and labels >= 2
    glued = glued or (
        len(line) > 120 and _DATE.search(line) is not None and bool(re.search(r"[。:]\s+\S", line))
    )
    if not glued:
        return [_trim(view, start, end)]
    units: list[Unit] = []
    at = start
    for gap in re.finditer(r"\s+", line):
        left, right = start + gap.start(), start + gap.end()
        if left <= at or right >= end:
            continue
        if _is_paragraph_break(view, at, left, right, end):
            units.append(_trim(view, at, left))
            at = right
    units.append(_trim(view, at, end))
    return [u for u in units if u.end > u.start]


def _is_paragraph_break(view: str, begin: int, left: int, right: int, end: int) -> bool:
    before, after = view[left - 1], view[right]
    if _DATE.match(view, right):
        return True
    label = marker_at(view, begin)
    if label is not None and label.end >= left:
        return False  # 「第六条   专项资金…」: the label belongs to the words after it
    if marker_at(view, right):
        return True
    if before.isdigit() and (after in "年月日号%" or after.isascii()):
        return False
    if after.isdigit():
        return right - left > 1 or before in "。;:〕"
    return True


def _trim(view: str, start: int, end: int) -> Unit:
    text = view[start:end]
    return Unit(start + len(text) - len(text.lstrip()), end - (len(text) - len(text.rstrip())))
