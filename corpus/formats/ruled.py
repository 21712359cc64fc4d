"""Tables with ruled lines: cells found by the rules, their words by the places of the characters."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from ceyin.corpus.formats.layout import Glyph, Line, rows_of, stretches
from ceyin.corpus.formats.paragraphs import joined
from ceyin.corpus.formats.tables import Cell, table_lines

#: Two edges nearer than this are one: half a millimetre, more than a point.
_NEAR = 0.6
Box = tuple[float, float, float, float]  # x0, top, x1, bottom


def cells_of(rules: Sequence[Box]) -> list[list[Box]]:
    """The cells that level and upright rules enclose, table by table."""
    from pdfplumber import table

    edges = [
        {
            "x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top,
            "object_type": "line", "orientation": "h" if x1 - x0 >= bottom - top else "v",
        }
        for x0, top, x1, bottom in rules
    ]  # fmt: skip
    merged = table.merge_edges(edges, 1, 1, 1, 1)
    cells = table.intersections_to_cells(table.edges_to_intersections(merged, 1, 1))
    return [list(group) for group in table.cells_to_tables(cells)] if cells else []


def take_tables(glyphs: list[Glyph], tables: Sequence[Sequence[Box]]) -> tuple[list[Glyph], list[Line]]:
    """The glyphs outside the tables, and a line for each table with its rows."""
    found: list[Line] = []
    for boxes in tables:
        if len(boxes) < 2:
            continue
        inside = [[g for g in glyphs if _holds(box, g)] for box in boxes]
        counts = [len(cell) for cell in inside]
        filled = sum(1 for count in counts if count)
        # A frame around running text is no table.
        if filled < 2 or (max(counts) > 300 and max(counts) > 0.7 * sum(counts)):
            continue
        texts = [_text(cell) for cell in inside]
        rows = table_lines(_grid(boxes, texts))
        if not any("\t" in row for row in rows):
            continue
        taken = {id(g) for cell in inside for g in cell}
        glyphs = [g for g in glyphs if id(g) not in taken]
        size = max((g.size for cell in inside for g in cell), default=1.0)
        x0, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
        x1, bottom = max(b[2] for b in boxes), max(b[3] for b in boxes)
        found.append(Line("", x0, x1, top, bottom, size, tuple(rows)))
    return glyphs, found


def _holds(box: Box, glyph: Glyph) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    return box[0] <= x < box[2] and box[1] <= y < box[3]


def _text(glyphs: Sequence[Glyph]) -> str:
    text = ""
    for line in rows_of(stretches(glyphs)):
        text = joined(text, line.text)
    return text


def _grid(boxes: Sequence[Box], texts: Sequence[str]) -> list[list[Cell]]:
    xs, ys = _edges([b[0] for b in boxes]), _edges([b[1] for b in boxes])
    rows: list[list[tuple[int, Cell]]] = [[] for _ in ys]
    for box, text in zip(boxes, texts, strict=True):
        column, row = _index(xs, box[0]), _index(ys, box[1])
        columns = max(1, bisect_left(xs, box[2] - _NEAR) - column)
        down = max(1, bisect_left(ys, box[3] - _NEAR) - row)
        rows[row].append((column, Cell(text, columns, down)))
    return [[cell for _, cell in sorted(row, key=lambda pair: pair[0])] for row in rows]


def _edges(values: list[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > _NEAR:
            out.append(value)
    return out


def _index(edges: list[float], value: float) -> int:
    return max(0, bisect_left(edges, value + _NEAR) - 1)
