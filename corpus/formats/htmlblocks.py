"""The lines of a page: blocks, numbered lists and tables, walked without recursion."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from ceyin.corpus.formats.htmlmain import SKIPPED
from ceyin.corpus.formats.limits import Clock
from ceyin.corpus.formats.ordinals import chinese, ordinal
from ceyin.corpus.formats.tables import Cell, table_lines

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hr", "html", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul",
))  # fmt: skip
_SPACE = re.compile(r"[ \t\r\n\f\v\xa0\u2000-\u200a\u202f\u3000\ufeff\u200b]+")
#: A list item whose words bring their label along: the list's own number is then switched off by the page.
_LABEL = re.compile(
    r"\s*(?:第[一二三四五六七八九十百零\d]+[条章节]|[一二三四五六七八九十]{1,3}、|[(\uff08][一二三四五六七八九十\d]{1,3}[)\uff09]"
    r"|\d{1,2}[.、\uff0e)](?!\d)|[①-⑳])"
)
_STYLES = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "decimal": "decimal", "decimal-leading-zero": "decimalZero", "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter", "upper-alpha": "upperLetter", "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman", "upper-roman": "upperRoman", "cjk-ideographic": "chinese",
    "simp-chinese-informal": "chinese", "trad-chinese-informal": "chinese", "cjk-heavenly-stem": "ideographTraditional",
    "none": "none", "disc": "none", "circle": "none", "square": "none",
}  # fmt: skip
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:([^;]*)", re.IGNORECASE)


@dataclass(slots=True)
class _Lines:
    """Lines as they are written; ``label`` waits for the first words of a list item."""

    done: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    label: str = ""

    def add(self, words: str | None) -> None:
        if words:
            self.open.append(words)

    def flush(self) -> None:
        line = _SPACE.sub(" ", "".join(self.open)).strip()
        self.open.clear()
        if not line:
            return
        if self.label and not _LABEL.match(line):
            line = self.label + line
        self.label = ""
        self.done.append(line)


def page_lines(parts: tuple[HtmlElement, frozenset[HtmlElement]], clock: Clock) -> list[str]:
    """The lines of an element without those below it that are to be left out."""
    top, left_out = parts
    return _Walk(left_out, clock).lines(top)


@dataclass(slots=True)
class _Walk:
    left_out: frozenset[HtmlElement]
    clock: Clock
    _steps: int = 0
    _numbers: dict[HtmlElement, str] = field(default_factory=dict)

    def lines(self, top: HtmlElement) -> list[str]:
        """Every word below ``top`` in order."""
        out, sizes = _Lines(), _sizes(top)
        # (element, where it was entered): a second visit closes the element.
        stack: list[tuple[HtmlElement, bool]] = [(top, False)]
        while stack:
            element, entered = stack.pop()
            self._tick()
            block = _is_block(element)
            if entered:
                if block:
                    out.flush()
                    if element.tag == "li":
                        out.label = ""
                if element is not top:
                    out.add(element.tail)
                continue
            if not isinstance(element.tag, str) or element.tag in SKIPPED or element in self.left_out:
                if element is not top:
                    out.add(element.tail)
                continue
            if block or element.tag == "br":
                out.flush()
            if element.tag == "ol":
                self._numbers |= _numbered(element)
            if element.tag == "li":
                out.label = self._numbers.get(element, "")
            if element.tag == "table":
                rows = _rows(element)
                if not _is_layout(rows, sizes):
                    out.done += self._table(element, rows)
                    if element is not top:
                        out.add(element.tail)
                    continue
            stack.append((element, True))
            out.add(element.text)
            stack.extend((child, False) for child in reversed(element))
        out.flush()
        return out.done

    def _table(self, table: HtmlElement, rows: list[list[HtmlElement]]) -> list[str]:
        captions = [line for c in table if c.tag == "caption" for line in self.lines(c)]
        cells = ([self._cell(c) for c in row] for row in rows)
        return captions + table_lines(cells)

    def _cell(self, cell: HtmlElement) -> Cell:
        # A table inside a cell of a data table: its rows follow each other in the cell.
        text = "" if cell in self.left_out else self._cell_text(cell)
        return Cell(text, _count(cell.get("colspan"), 1000), _count(cell.get("rowspan"), 65534, least=0))

    def _cell_text(self, cell: HtmlElement) -> str:
        out = _Lines()
        stack: list[tuple[HtmlElement, bool]] = [(cell, False)]
        while stack:
            element, entered = stack.pop()
            self._tick()
            shown = (
                isinstance(element.tag, str) and element.tag not in SKIPPED and element not in self.left_out
            )
            if shown and (_is_block(element) or element.tag == "br"):
                out.flush()
            if entered or not shown:
                if element is not cell:
                    out.add(element.tail)
                continue
            if element.tag == "ol":
                self._numbers |= _numbered(element)
            if element.tag == "li":
                out.label = self._numbers.get(element, "")
            stack.append((element, True))
            out.add(element.text)
            stack.extend((child, False) for child in reversed(element))
        out.flush()
        return " ".join(out.done)

    def _tick(self) -> None:
        self._steps += 1
        if self._steps % 5000 == 0:
            self.clock.check()


def _is_block(element: HtmlElement) -> bool:
    if element.tag in _BLOCKS:
        return True
    style = element.get("style") if isinstance(element.tag, str) else None
    return style is not None and "display:block" in style.replace(" ", "").lower()


def _rows(table: HtmlElement) -> list[list[HtmlElement]]:
    """The rows of a table's own, not of tables inside it: head, bodies, foot."""
    groups: dict[str, list[HtmlElement]] = {"thead": [], "tbody": [], "tfoot": []}
    for child in table:
        if child.tag == "tr":
            groups["tbody"].append(child)
        elif child.tag in groups:
            groups[child.tag] += [row for row in child if row.tag == "tr"]
    ordered = groups["thead"] + groups["tbody"] + groups["tfoot"]
    return [[cell for cell in row if cell.tag in ("td", "th")] for row in ordered]


def _sizes(top: HtmlElement) -> dict[HtmlElement, int]:
    """How many characters, without white space, stand below each element."""
    from lxml import etree

    sizes: dict[HtmlElement, int] = {}
    for _, element in etree.iterwalk(top, events=("end",)):
        own = len("".join((element.text or "").split())) if element.tag not in SKIPPED else 0
        sizes[element] = own + sum(
            sizes[child] + len("".join((child.tail or "").split())) for child in element
        )
    return sizes


def _is_layout(rows: list[list[HtmlElement]], sizes: dict[HtmlElement, int]) -> bool:
    """Whether a table only places things on the page: no two filled cells side by side, or one with nearly all."""
    if not any(sum(1 for cell in row if sizes[cell]) >= 2 for row in rows):
        return True
    cells = [cell for row in rows for cell in row]
    largest = max(cells, key=lambda cell: sizes[cell])
    if sizes[largest] <= 500 or sizes[largest] <= 0.7 * sum(sizes[cell] for cell in cells):
        return False
    blocks = islice(largest.iter("p", "div", "br", "li", "tr", "h1", "h2"), 4)
    return sum(1 for _ in blocks) == 4


def _numbered(parent: HtmlElement) -> dict[HtmlElement, str]:
    """The number a browser shows before each item of an ``<ol>``; none where the page switches it off."""
    common = _STYLES.get((parent.get("type") or "1").strip(), "decimal")
    common = _list_style(parent, common)
    items = [c for c in parent if c.tag == "li"]
    backwards = parent.get("reversed") is not None
    number = _integer(parent.get("start"), len(items) if backwards else 1)
    labels: dict[HtmlElement, str] = {}
    for item in items:
        number = _integer(item.get("value"), number)
        style = _list_style(item, common)
        if style != "none":
            labels[item] = f"{chinese(number)}、" if style == "chinese" else f"{ordinal(number, style)}. "
        number += -1 if backwards else 1
    return labels


def _list_style(element: HtmlElement, otherwise: str) -> str:
    m = _LIST_STYLE.search(element.get("style") or "")
    return (
        next((_STYLES[w] for w in m.group(1).lower().split() if w in _STYLES), otherwise) if m else otherwise
    )


def _integer(given: str | None, otherwise: int) -> int:
    return int(given) if given and re.fullmatch(r"\s*-?\d{1,6}\s*", given) else otherwise


def _count(given: str | None, most: int, least: int = 1) -> int:
    return max(least, min(_integer(given, 1), most))
