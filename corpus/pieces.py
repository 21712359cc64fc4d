"""Paragraphs cut at the labels that begin a clause; labels that continue no numbering are words like others."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

from ceyin.corpus.markers import (
    DEPTH,
    HEADING_FAMILIES,
    Family,
    Marker,
    inline_markers,
    is_cited,
    marker_at,
    may_be_cited,
)
from ceyin.corpus.numerals import to_int
from ceyin.corpus.units import Unit


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that begins with a label or is an unlabelled paragraph."""

    start: int
    end: int
    marker: Marker | None
    glued: bool = False  # began in the middle of a paragraph, with no sentence end before it
    inline: bool = False  # began in the middle of a paragraph

    def cut(self, view: str) -> str:
        """The words of the piece, label included."""
        return view[self.start : self.end]

    def body(self, view: str) -> str:
        """The words after the label."""
        return view[self.marker.end if self.marker else self.start : self.end].strip()


def cut_pieces(view: str, units: list[Unit]) -> list[Piece]:
    """Split paragraphs at the labels inside them that begin a clause; every unit is covered by its pieces."""
    raw: list[Piece] = []
    quoted = _quoted_units(view, units)
    for k, unit in enumerate(units):
        if k in quoted:
            raw.append(Piece(unit.start, unit.end, None))
            continue
        lead = marker_at(view, unit.start)
        if lead and is_cited(view, lead):
            lead = None
        at, current, glued, inline = unit.start, lead, False, False
        cuts = inline_markers(view, unit.start, unit.end, lead)
        if cuts:
            one_line = _shares_line(view, units, k)
            for marker, clear in cuts:
                if not clear and not one_line:
                    continue
                if marker.start > at:
                    raw.append(Piece(at, marker.start, current, glued, inline))
                at, current, glued, inline = marker.start, marker, not clear, True
        raw.append(Piece(at, unit.end, current, glued, inline))
    return _with_bare_numerals(view, _joined(_with_real_numbering(_with_real_articles(view, raw))))


def _shares_line(view: str, units: list[Unit], k: int) -> bool:
    """Whether the page glued this paragraph to another one in the same line."""
    before = k > 0 and "\n" not in view[units[k - 1].end : units[k].start]
    after = k + 1 < len(units) and "\n" not in view[units[k].end : units[k + 1].start]
    return before or after


# -- quoted wording of an amendment ------------------------------------------------------------------

_QUOTE_OPENS = re.compile(
    r"(?:修改为|增加[^。“]{0,40}|作为[^。“]{0,30}|改为|内容如下|表述为|全文为)\s*[:,]?\s*“"
)


def _quoted_units(view: str, units: list[Unit]) -> frozenset[int]:
    """The paragraphs, after its first, of wording that an amendment quotes: labels in it are those of another text."""
    quoted: set[int] = set()
    for k, unit in enumerate(units):
        if k in quoted or not (opening := _QUOTE_OPENS.search(view, unit.start, unit.end)):
            continue
        if "”" in view[opening.end() : unit.end]:
            continue
        for j in range(k + 1, min(k + 60, len(units))):
            if "”" in view[units[j].start : units[j].end]:
                quoted.update(range(k + 1, j + 1))
                break
    return frozenset(quoted)


# -- articles ----------------------------------------------------------------------------------------


def _with_real_articles(view: str, raw: list[Piece]) -> list[Piece]:
    """Take the label off every piece whose 第X条 is a reference.

    A real article continues the numbering; one that reads on like a reference, stands in the middle of a
    sentence or skips numbers is real only where no better place for its number follows.
    """
    places = [i for i, p in enumerate(raw) if p.marker and p.marker.family is Family.ARTICLE]
    if not places:
        return raw
    markers = [raw[i].marker for i in places]
    weak = [raw[i].glued or may_be_cited(view, m) for i, m in zip(places, markers, strict=True) if m]
    restarts = _restarts(markers, weak)
    real: set[int] = set()
    for begin, end in zip([0, *restarts], [*restarts, len(places)], strict=True):
        real |= _increasing(markers, weak, begin, end)
    out = list(raw)
    for k, i in enumerate(places):
        if k not in real:
            out[i] = replace(raw[i], marker=None)
    return out


def _restarts(markers: list[Marker | None], weak: list[bool]) -> list[int]:
    """Where the numbering begins anew (another rule follows): 第一条 after higher ones, and 第二条 after it."""
    strong = [k for k in range(len(markers)) if not weak[k]]
    found = []
    for n, k in enumerate(strong[:-1]):
        here, following = markers[k], markers[strong[n + 1]]
        if n and here and following and here.number == 1 and not here.suffix and following.number == 2:
            found.append(k)
    return found


def _increasing(markers: list[Marker | None], weak: list[bool], begin: int, end: int) -> set[int]:
    strong_at: dict[int, list[int]] = {}
    for k in range(begin, end):
        m = markers[k]
        if m and m.number and not weak[k]:
            strong_at.setdefault(m.number, []).append(k)
    real: set[int] = set()
    previous, suffix = 0, 0
    for k in range(begin, end):
        m = markers[k]
        assert m is not None and m.number is not None
        if m.suffix and m.number == previous:
            real_here = m.suffix > suffix and not weak[k]
        elif m.number > previous:
            wanted = range(previous + 1, min(m.number + 1 if weak[k] else m.number, previous + 40))
            better = any(_follows(strong_at.get(n), k) for n in wanted)
            gap = m.number - previous
            real_here = not better and (not weak[k] or gap <= 6 or previous == 0)
        else:
            real_here = False
        if real_here:
            real.add(k)
            previous, suffix = m.number, m.suffix
    return real


def _follows(places: list[int] | None, k: int) -> bool:
    return places is not None and bisect_right(places, k) < len(places)


# -- all other numbering -----------------------------------------------------------------------------


def _with_real_numbering(raw: list[Piece]) -> list[Piece]:
    """Take the label off every piece inside a paragraph that continues no numbering."""
    out: list[Piece] = []
    last: dict[Family, int] = {}
    ever: dict[Family, int] = {}  # numbering may run on across higher labels: 一、(一)(二) 二、(三)
    ahead = _numbers_ahead(raw)
    for i, piece in enumerate(raw):
        marker = piece.marker
        if marker is not None and piece.inline and marker.family is not Family.ARTICLE:
            real = _continues(marker, last, piece.glued) or _continues(marker, ever, piece.glued)
            if real and marker.number == 1 and not piece.glued:
                real = _has_second(ahead, marker.family, i)
            if not real:
                piece, marker = replace(piece, marker=None), None
        if marker is not None and marker.number is not None:
            last[marker.family] = ever[marker.family] = marker.number
            for family in _DEEPER[marker.family]:
                last.pop(family, None)
        out.append(piece)
    return out


def _numbers_ahead(raw: list[Piece]) -> dict[Family, list[int]]:
    """Per family the places of its pieces numbered two, or with their number lost: a list has at least two items."""
    out: dict[Family, list[int]] = {}
    for i, piece in enumerate(raw):
        if piece.marker is not None and piece.marker.number in (2, None):
            out.setdefault(piece.marker.family, []).append(i)
    return out


def _has_second(ahead: dict[Family, list[int]], family: Family, i: int) -> bool:
    places = ahead.get(family, [])
    return bisect_left(places, i) < len(places)


def _continues(marker: Marker, last: dict[Family, int], glued: bool) -> bool:
    if marker.number is None:
        return True
    previous = last.get(marker.family, 0)
    step = marker.number - previous
    if not glued:
        return step > 0 or marker.number == 1
    if marker.family in HEADING_FAMILIES:
        return 0 < step <= 6 or previous == 0
    return step == 1 or (previous > 0 and 0 < step <= 3)


_DEEPER: dict[Family, tuple[Family, ...]] = {
    family: tuple(
        f
        for f in Family
        if DEPTH[f] > DEPTH[family] and not (family in HEADING_FAMILIES and f is Family.ARTICLE)
    )
    for family in Family
}


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Put a piece that lost its label back to the piece it was cut from."""
    out: list[Piece] = []
    for piece in pieces:
        if piece.marker is None and piece.inline and out:
            out[-1] = replace(out[-1], end=piece.end)
        else:
            out.append(piece)
    return out


# -- numbers that lost their brackets ----------------------------------------------------------------

_BARE_NUMERAL = re.compile(
    r"[一二三四五六七八九十]{1,3}(?=[\u4e00-\u9fff])(?![是批类级方体年月日个项次定些般致律旦切直时])"
)


def _with_bare_numerals(view: str, pieces: list[Piece]) -> list[Piece]:
    """Mark paragraphs whose (十三) was cut down to 十三 or 三: the numbers around them must prove it."""
    numbers = [p.marker.number if p.marker and p.marker.family is Family.PAREN_CN else None for p in pieces]
    following: list[int | None] = [None] * len(pieces)
    later: int | None = None
    for i in range(len(pieces) - 1, -1, -1):
        following[i] = later
        later = numbers[i] or later
    out, before = [], 0
    for i, piece in enumerate(pieces):
        after = following[i]
        if piece.marker is None and not piece.inline and after is not None and after - before > 1:
            m = _BARE_NUMERAL.match(view, piece.start, piece.end)
            value = _completed(m.group(), before) if m else None
            if m and value is not None and before < value < after:
                marker = Marker(Family.PAREN_CN, None, "?", piece.start, m.end())
                out.append(replace(piece, marker=marker))
                before = value
                continue
        before = numbers[i] or before
        out.append(piece)
    return out


def _completed(numeral: str, before: int) -> int | None:
    """The number a bare numeral was: itself, or with the tens that were cut off (三 after 十二 is 十三)."""
    value = to_int(numeral)
    if value is None or value > before or value > 9:
        return value
    return before - before % 10 + value if before % 10 < value else value
