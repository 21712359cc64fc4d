"""Printed text from the places of its characters: rows, columns, reading order. PDF and OFD share it.

Lengths are in the page's own unit; everything is judged in multiples of the character size.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

_PAST_END = 1.5  # a wider gap, in character sizes, parts a row
#: Labels that begin a clause: 第X条, 一、, (一), 1., ①, 附件1:
LABEL = re.compile(
    r"\s*(?:第\s*[一二三四五六七八九十百千零〇\d]{1,6}\s*[编章节条]|[一二三四五六七八九十]{1,3}\s*、"
    r"|[(\uff08]\s*[一二三四五六七八九十\d]{1,3}\s*[)\uff09]|\d{1,2}\s*[.、\uff0e](?!\d)|[①-⑳•]|——|附件?\s*\d*\s*[:\uff1a])"
)
_MAX_DEPTH = 3  # columns inside columns


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and its box; ``top`` grows downwards."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of text on one row; ``rows`` are the lines of a table that stands here instead of text."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    rows: tuple[str, ...] = ()
    parts: int = 1  # stretches with wide gaps between them, a label apart from its words not counted


@dataclass(frozen=True, slots=True)
class Flow:
    """Lines read one below the other: column ``column`` of ``columns`` on a page."""

    page: int
    columns: int
    column: int
    lines: tuple[Line, ...]


@dataclass(slots=True)
class PageText:
    """A page before its running lines are taken off: stretches of text and tables, unordered."""

    number: int
    width: float
    height: float
    stretches: list[Line] = field(default_factory=list)


def stretches(glyphs: Sequence[Glyph]) -> list[Line]:
    """Characters to stretches: those on one base line with no wide gap between them."""
    out: list[Line] = []
    for row in _rows(glyphs):
        row.sort(key=lambda g: g.x0)
        start = 0
        for k in range(1, len(row) + 1):
            if k == len(row) or row[k].x0 - row[k - 1].x1 > _PAST_END * max(row[k].size, row[k - 1].size):
                if line := _stretch(row[start:k]):
                    out.append(line)
                start = k
    return out


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    rows: list[list[Glyph]] = []
    base = height = 0.0
    for glyph in sorted(glyphs, key=lambda g: (g.bottom, g.x0)):
        if rows and glyph.bottom - base <= 0.35 * min(height, glyph.size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            base, height = glyph.bottom, glyph.size
    return rows


def _stretch(glyphs: Sequence[Glyph]) -> Line | None:
    parts: list[str] = []
    for k, glyph in enumerate(glyphs):
        if k:
            before = glyphs[k - 1]
            gap = glyph.x0 - before.x1
            narrow = before.text[-1:].isascii() and glyph.text[:1].isascii()
            wide = gap > (0.22 if narrow else 0.7) * glyph.size
            if wide and not before.text.endswith(" ") and not glyph.text.startswith(" "):
                parts.append(" ")
        parts.append(glyph.text)
    text = re.sub(r"[ \u3000\xa0\t]+", " ", "".join(parts)).strip()
    if not text:
        return None
    solid = [g for g in glyphs if g.text.strip()]
    return Line(
        text,
        solid[0].x0,
        max(g.x1 for g in solid),
        min(g.top for g in solid),
        max(g.bottom for g in solid),
        median(g.size for g in solid),
    )


def rows_of(lines: Iterable[Line]) -> list[Line]:
    """Stretches on one row joined to lines, from the top down."""
    out: list[list[Line]] = []
    for line in sorted(lines, key=lambda s: (s.bottom if not s.rows else s.top, s.x0)):
        last = out[-1] if out else None
        same = (
            last is not None
            and not line.rows
            and not last[0].rows
            and line.bottom - last[0].bottom <= 0.35 * min(line.size, last[0].size)
        )
        if same and last is not None:
            last.append(line)
        else:
            out.append([line])
    return [_joined(sorted(row, key=lambda s: s.x0)) for row in out]


def _joined(row: Sequence[Line]) -> Line:
    if len(row) == 1:
        return row[0]
    # A label and its words, with the gap of a tab between them, are one; other words side by side are cells.
    label = LABEL.fullmatch(row[0].text)
    words = "\t".join(s.text for s in row[1:])
    return Line(
        f"{row[0].text}{' ' if label else chr(9)}{words}",
        row[0].x0,
        max(s.x1 for s in row),
        min(s.top for s in row),
        max(s.bottom for s in row),
        max(s.size for s in row),
        parts=len(row) - (1 if label else 0),
    )


def flows(pages: Sequence[PageText]) -> list[Flow]:
    """The pages in reading order: full-width parts and columns between them."""
    gutters = {page.number: _gutter(page.stretches) for page in pages}
    found = [gutter for gutter in gutters.values() if gutter is not None]
    out: list[Flow] = []
    for page in pages:
        gutter = gutters[page.number]
        if gutter is None and found and 3 * len(found) >= len(pages):
            # A page with little on it follows the others of its document.
            gutter = _shared_gutter(page.stretches, median(found))
        out += [
            Flow(page.number, columns, column, tuple(rows_of(part)))
            for columns, column, part in _ordered(page.stretches, 1, 0, 0, gutter)
            if part
        ]
    return out


def _ordered(
    parts: list[Line], columns: int, column: int, depth: int, gutter: float | None
) -> list[tuple[int, int, list[Line]]]:
    if gutter is None:
        return [(columns, column, parts)]
    out: list[tuple[int, int, list[Line]]] = []
    left: list[Line] = []
    right: list[Line] = []
    across: list[Line] = []

    def close_columns() -> None:
        for side, k in ((left, 0), (right, 1)):
            if side:
                inner = _gutter(side) if depth < _MAX_DEPTH else None
                out.extend(_ordered(side.copy(), 2 * columns, 2 * column + k, depth + 1, inner))
            side.clear()

    for part in sorted(parts, key=lambda s: (s.top, s.x0)):
        if part.x0 < gutter < part.x1:
            if left or right:
                close_columns()
            across.append(part)
            continue
        if across:
            out.append((columns, column, across.copy()))
            across.clear()
        (left if part.x1 <= gutter else right).append(part)
    close_columns()
    if across:
        out.append((columns, column, across))
    return out


def _gutter(parts: Sequence[Line]) -> float | None:
    """Where a page is parted into two columns of running text; None where it is not.

    Columns are full: most lines of the left one end at its edge. A list of names and dates side by side, or a table
    without rules, has a gap too, but ragged edges.
    """
    text = [p for p in parts if not p.rows]
    if len(text) < 12:
        return None
    em = median(p.size for p in text)
    low, high = min(p.x0 for p in text), max(p.x1 for p in text)
    width = high - low
    if width < 24 * em:
        return None
    best: tuple[int, float] | None = None
    # A gutter begins where some stretch of the left column ends.
    for end in sorted({round(p.x1, 1) for p in text if 0.25 * width < p.x1 - low < 0.75 * width}):
        at = end + 0.4 * em
        left = [p for p in text if p.x1 < at]
        right = [p for p in text if p.x0 > at]
        across = len(parts) - len(left) - len(right)
        if len(left) < 5 or len(right) < 5 or across > 0.5 * len(parts):
            continue
        edge, begin = max(p.x1 for p in left), min(p.x0 for p in right)
        if begin - edge < 0.6 * em:
            continue
        full_left = sum(1 for p in left if p.x1 > edge - 2 * em and p.x1 - p.x0 > 6 * em)
        at_begin = sum(1 for p in right if p.x0 < begin + 2.6 * em)
        together = min(p.bottom for p in left) < max(p.top for p in right) and min(
            p.bottom for p in right
        ) < max(p.top for p in left)
        if full_left < 0.4 * len(left) or at_begin < 0.7 * len(right) or not together:
            continue
        score = len(left) + len(right) - 2 * across
        if best is None or score > best[0]:
            best = (score, (edge + begin) / 2)
    return best[1] if best else None


def _shared_gutter(parts: Sequence[Line], gutter: float) -> float | None:
    """The gutter of a document, where a page has nothing that speaks against it."""
    across = sum(1 for p in parts if p.x0 < gutter < p.x1)
    beyond = [p for p in parts if p.x0 > gutter]
    near = all(p.x0 - gutter < 4 * p.size for p in beyond[:3])
    return gutter if near and (2 * across <= len(parts) if beyond else not across) else None
