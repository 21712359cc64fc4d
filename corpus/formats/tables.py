"""Tables as text: one line a row, a tab between cells, so that a row is read and quoted as one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

#: A cell over several rows is repeated in each, so that every row can be understood by itself; a longer one is not.
REPEATED = 60
_MAX_COLUMNS = 256


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell and how many columns and rows it covers (0 rows: all that follow)."""

    text: str
    columns: int = 1
    rows: int = 1


def table_lines(rows: Iterable[Iterable[Cell]]) -> list[str]:
    """The lines of a table.

    A cell over several columns stands in the first, the others stay blank; one over several rows is repeated where it
    is short (REPEATED), else blank below. Rows without words are left out.
    """
    lines: list[str] = []
    pending: dict[int, tuple[int, str]] = {}  # column -> rows still covered, text there
    for row in rows:
        out: list[str] = []
        own = False  # whether the row has words of its own

        def fill(out: list[str] = out) -> None:
            while len(out) < _MAX_COLUMNS and (over := pending.get(len(out))):
                left, text = over
                if left == 1:
                    del pending[len(out)]
                elif left > 1:
                    pending[len(out)] = (left - 1, text)
                out.append(text)

        for cell in row:
            fill()
            if len(out) >= _MAX_COLUMNS:
                out[-1] = f"{out[-1]} {cell.text}".strip()
                continue
            text = " ".join(cell.text.split())
            own = own or bool(text)
            below = text if len(text) <= REPEATED else ""
            for k in range(max(1, min(cell.columns, _MAX_COLUMNS - len(out)))):
                if cell.rows != 1:
                    pending[len(out)] = (cell.rows - 1 if cell.rows > 1 else -1, below if k == 0 else "")
                out.append(text if k == 0 else "")
        fill()
        if own:
            lines.append("\t".join(out).rstrip("\t"))
    return lines
