"""Headers, footers and page numbers: taken off only where they provably repeat from page to page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ceyin.corpus.formats.layout import Line, PageText, rows_of

_ZONE = 0.16  # of the page's height, at the top and at the bottom
_EDGE_LINES = 3
_NEAR = 0.02  # of the page's height: how far the place may differ
_SHARE = 0.4
# 「— 3 —」, 「第3页」 as the last line of page 3: a page number even where there is one page only.
_SURE = re.compile(r"[-—–]+#[-—–]+|第#[页頁](?:[,\uff0c/]?共#[页頁])?")
_PAGE_NUMBER = re.compile(r"[\s#\-—–_/|.·~第共页頁Ppage]*#[\s#\-—–_/|.·~第共页頁Ppage]*")


@dataclass(frozen=True, slots=True)
class _Edge:
    page: int
    line: Line
    place: float
    numbers: tuple[int, ...]


def without_running_lines(pages: Sequence[PageText]) -> None:
    """Take running headers, footers and page numbers off the pages, in place."""
    groups: dict[tuple[bool, str], list[_Edge]] = defaultdict(list)
    for page in pages:
        rows = rows_of(page.stretches)
        for at_top, edge_rows in ((True, rows[:_EDGE_LINES]), (False, rows[-_EDGE_LINES:])):
            for line in edge_rows:
                place = line.top / page.height if at_top else line.bottom / page.height
                if line.rows or not (place < _ZONE if at_top else place > 1 - _ZONE):
                    continue
                text = re.sub(r"\s+", "", line.text)
                key = re.sub(r"\d+", "#", text)
                numbers = tuple(int(n) for n in re.findall(r"\d{1,6}", text))
                groups[at_top, key].append(_Edge(page.number, line, place, numbers))
    gone: dict[int, list[Line]] = defaultdict(list)
    for (at_top, key), edges in groups.items():
        if not at_top and _SURE.fullmatch(key):
            for edge in edges:
                if edge.numbers[0] == edge.page:
                    gone[edge.page].append(edge.line)
        for edge in _repeated(key, edges, len(pages)):
            gone[edge.page].append(edge.line)
    for page in pages:
        lines = gone.get(page.number)
        if lines:
            page.stretches = [s for s in page.stretches if not any(_within(s, line) for line in lines)]


def _repeated(key: str, edges: list[_Edge], pages: int) -> list[_Edge]:
    """Those lines of one wording that stand in the same place on many pages and count like page numbers."""
    if "#" in key and not all(e.numbers == edges[0].numbers for e in edges):
        # Digits differ: they must go up with the pages.
        shifts = [e.numbers[0] - e.page for e in edges if e.numbers]
        usual = max(set(shifts), key=shifts.count, default=0)
        edges = [e for e in edges if e.numbers and e.numbers[0] - e.page == usual]
        if not _PAGE_NUMBER.fullmatch(key) and len(edges) < 3:
            return []
    if not edges:
        return []
    places = sorted(e.place for e in edges)
    middle = places[len(places) // 2]
    edges = [e for e in edges if abs(e.place - middle) < _NEAR]
    # Left and right pages may have different ones.
    enough = len(edges) >= 2 and len(edges) >= _SHARE * pages
    return edges if enough else []


def _within(stretch: Line, line: Line) -> bool:
    middle = (stretch.top + stretch.bottom) / 2
    return not stretch.rows and line.top <= middle <= line.bottom
