"""Bar charts as inline SVG: no script, no outside request, colours from the page's style sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from ceyin.evals.markup import el
from ceyin.evals.summary import Tally

_ROW, _BAR, _LEFT, _WIDTH, _RIGHT = 26, 16, 150, 420, 90
#: The side of a square chart.
_SIDE = 320


def tally_chart(title: str, rows: Mapping[str, Tally]) -> Element:
    """One bar a row, as long as its count of cases, the right ones filled."""
    longest = max((tally.n for tally in rows.values()), default=0) or 1
    bars: list[Element] = []
    for row, (name, tally) in enumerate(rows.items()):
        right, whole = (_WIDTH * count / longest for count in (tally.ok, tally.n))
        bars += [
            _text(name, _LEFT - 8, row, anchor="end"),
            _bar(row, 0, right, "ok"),
            _bar(row, right, whole - right, "bad"),
            _text(f"{tally.ok}/{tally.n}", _LEFT + whole + 6, row),
        ]
    return _chart(title, len(rows), bars)


def count_chart(title: str, rows: Mapping[str, int]) -> Element:
    """One bar a row, as long as its count."""
    longest = max(rows.values(), default=0) or 1
    bars: list[Element] = []
    for row, (name, count) in enumerate(rows.items()):
        length = _WIDTH * count / longest
        bars += [
            _text(name, _LEFT - 8, row, anchor="end"),
            _bar(row, 0, length, "bad"),
            _text(str(count), _LEFT + length + 6, row),
        ]
    return _chart(title, len(rows), bars)


def share_chart(title: str, rows: Mapping[str, float]) -> Element:
    """One bar a row, as long as its share of one; the margin is as wide as the longest name."""
    left = max((sum(8 if ch.isascii() else 14 for ch in name) for name in rows), default=0) + 16
    bars: list[Element] = []
    for row, (name, share) in enumerate(rows.items()):
        length = _WIDTH * share
        bars += [
            _text(name, left - 8, row, anchor="end"),
            _bar(row, left - _LEFT, length, "ok"),
            _text(f"{share:.3f}", left + length + 6, row),
        ]
    return _chart(title, len(rows), bars, left)


def curve_chart(
    title: str,
    lines: Mapping[str, Sequence[tuple[float, float]]],
    marked: Mapping[str, tuple[float, float]],
) -> Element:
    """A line a name over the unit square, both axes shares from 0 to 1, with one point of each marked."""

    def at(x: float, y: float) -> tuple[float, float]:
        return round(40 + _SIDE * x, 1), round(10 + _SIDE * (1 - y), 1)

    parts: list[Element] = [
        el("rect", x=40, y=10, width=_SIDE, height=_SIDE, fill="none", stroke="currentColor")
    ]
    for tick in (0.0, 0.5, 1.0):
        x, y = at(tick, tick)
        parts.append(el("text", f"{tick:g}", x=x, y=_SIDE + 26, text_anchor="middle"))
        parts.append(el("text", f"{tick:g}", x=34, y=y, text_anchor="end"))
    for n, (name, points) in enumerate(lines.items()):
        path = " ".join(f"{x},{y}" for x, y in (at(*point) for point in points))
        dash = "none" if n == 0 else "6 4"
        parts.append(el("polyline", points=path, fill="none", stroke="currentColor", stroke_dasharray=dash))
        x, y = at(*marked[name])
        parts.append(el("circle", cx=x, cy=y, r=4))
        parts.append(el("text", f"{name}{'(实线)' if n == 0 else '(虚线)'}", x=_SIDE - 40, y=30 + 20 * n))
    size = f"0 0 {_SIDE + 60} {_SIDE + 40}"
    return el("svg", el("title", title), *parts, view_box=size, role="img", aria_label=title, class_="chart")


def _chart(title: str, rows: int, bars: list[Element], left: int = _LEFT) -> Element:
    size = f"0 0 {left + _WIDTH + _RIGHT} {rows * _ROW + 4}"
    return el("svg", el("title", title), *bars, view_box=size, role="img", aria_label=title, class_="chart")


def _bar(row: int, start: float, length: float, class_: str) -> Element:
    y = row * _ROW + (_ROW - _BAR) / 2
    return el("rect", x=round(_LEFT + start, 1), y=y, width=round(length, 1), height=_BAR, class_=class_)


def _text(text: str, x: float, row: int, *, anchor: str = "start") -> Element:
    return el("text", text, x=round(x, 1), y=row * _ROW + _ROW / 2, text_anchor=anchor)
