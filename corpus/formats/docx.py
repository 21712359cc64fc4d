"""A Word document (DOCX) as Word shows it: numbers resolved, tables in place, deleted and hidden words left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ceyin.corpus.errors import SourceError
from ceyin.corpus.formats import limits
from ceyin.corpus.formats.docx_numbering import Numbering
from ceyin.corpus.formats.docx_styles import Styles
from ceyin.corpus.formats.tables import Cell, table_lines
from ceyin.corpus.formats.wordxml import attribute, child, children, local, on, value

if TYPE_CHECKING:
    from lxml import etree

# What holds words of no own: walked through.
_DELETED = frozenset(("del", "moveFrom", "instrText", "delText", "delInstrText"))
_NO_WORDS = frozenset((
    "pPr", "rPr", "tblPr", "tblGrid", "tcPr", "trPr", "sectPr", "sdtPr", "sdtEndPr", "proofErr",
    "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference",
    "annotationRef", "rt", "Fallback", "fldData", "numberingChange",
))  # fmt: skip
_SYMBOLS = {
    0xF0A8: "□",
    0xF06F: "□",
    0xF071: "□",
    0xF0FE: "☑",
    0xF052: "☑",
    0xF0FC: "✓",
    0xF0B7: "•",
    0xF06C: "●",
}
_NOTES = (("footnoteReference", "footnotes"), ("endnoteReference", "endnotes"))


def read_docx(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The lines of a document, and what of it could not be read."""
    archive = limits.Archive(data, name)
    path = _main_part(archive, name)
    folder = path.rpartition("/")[0]

    def part(file: str) -> etree._Element | None:
        where = f"{folder}/{file}.xml" if folder else f"{file}.xml"
        return archive.xml(where) if where in archive else None

    root = archive.xml(path)
    body = child(root, "body")
    if body is None:
        raise limits.broken(name, path)
    reader = _Reader(Numbering(part("numbering")), Styles(part("styles")), limits.Clock(name))
    reader.blocks(body)
    reader.flush()
    for reference, file in _NOTES:
        if reader.notes[reference] and (notes := part(file)) is not None:
            reader.write_notes(notes, reference)
    notices = ("文中嵌入的另一份文档没有读,请单独导入。",) if reader.embedded else ()
    text = "\n".join(reader.lines)
    limits.check_chars(len(text), name)
    if not text.strip():
        pictures = any(part.lower().startswith(f"{folder}/media/") for part in archive.names())
        if pictures:
            raise SourceError(
                f"{name} 里只有图片,没有文字。请用文字识别(OCR)软件转成文字,或安装 ceyin[ocr] 后导入 PDF。"
            )
    return text, notices


def _main_part(archive: limits.Archive, name: str) -> str:
    usual = "word/document.xml"
    if "_rels/.rels" in archive:
        try:
            relations = list(archive.xml("_rels/.rels"))
        except SourceError:
            if usual not in archive:
                raise
            relations = []
        for relation in relations:
            kind = attribute(relation, "Type") or ""
            target = (attribute(relation, "Target") or "").lstrip("/")
            if kind.endswith("/officeDocument") and target in archive:
                return target
    if usual in archive:
        return usual
    raise limits.broken(name, usual)


@dataclass(slots=True)
class _Reader:
    numbering: Numbering
    styles: Styles
    clock: limits.Clock
    lines: list[str] = field(default_factory=list)
    notes: dict[str, list[str]] = field(default_factory=lambda: {reference: [] for reference, _ in _NOTES})
    embedded: bool = False
    _carried: str = ""  # words of a paragraph whose mark was deleted: they run on in the next

    def blocks(self, parent: etree._Element) -> None:
        """Paragraphs and tables in document order."""
        for node in parent:
            match local(node):
                case "p":
                    self._paragraph(node)
                case "tbl":
                    self._table(node)
                case "altChunk":
                    self.embedded = True
                case "sdt":
                    if (content := child(node, "sdtContent")) is not None:
                        self.blocks(content)
                case "AlternateContent":
                    self.blocks(_chosen(node))
                case "customXml" | "smartTag" | "ins" | "moveTo":
                    self.blocks(node)

    def flush(self) -> None:
        """Write what is still open at the end."""
        if self._carried:
            self.lines.append(self._carried)
            self._carried = ""

    def write_notes(self, root: etree._Element, reference: str) -> None:
        """Footnotes at the end, each with the mark its reference has in the text."""
        kept = {attribute(note, "id"): note for note in root if attribute(note, "type") in (None, "normal")}
        for identifier in list(self.notes[reference]):
            note = kept.get(identifier)
            if note is None:
                continue
            inner = _Reader(self.numbering, self.styles, self.clock)
            inner.blocks(note)
            inner.flush()
            if words := " ".join(line.strip() for line in inner.lines if line.strip()):
                self.lines.append(f"{self._mark(reference, identifier)}{words}")

    def _paragraph(self, node: etree._Element) -> None:
        self.clock.check()
        properties = child(node, "pPr")
        style = value(child(properties, "pStyle"))
        boxes: list[etree._Element] = []
        words = self._words(node, style, boxes)
        for box in boxes:
            self.blocks(box)
        mark = child(properties, "rPr")
        if child(mark, "del") is not None or child(mark, "moveFrom") is not None:
            self._carried += words
            return
        words = self._carried + words
        self._carried = ""
        label = self._label(properties, style)  # Word counts an empty paragraph too
        if words.strip():
            self.lines += [line.strip() for line in (label + words.strip()).split("\n") if line.strip()]

    def _label(self, properties: etree._Element | None, style: str | None) -> str:
        own = child(properties, "numPr")
        instance = value(child(own, "numId"))
        level = value(child(own, "ilvl"))
        if instance is None:
            by_style = self.styles.numbering(style)
            if by_style is None:
                return ""
            instance, default, names = by_style
            if level is None:
                linked = (self.numbering.level_of_style(instance, each) for each in names)
                found = next((at for at in linked if at is not None), None)
                level = str(found) if found is not None else default
        if instance == "0":
            return ""
        return self.numbering.label(instance, int(level) if level and level.isdecimal() else 0)

    def _words(self, node: etree._Element, style: str | None, boxes: list[etree._Element]) -> str:
        """The words of a paragraph; text boxes anchored in it are handed out in ``boxes``."""
        out: list[str] = []
        hidden_by_style = self.styles.hides(style)
        fields: list[bool] = []  # per open field: whether its result has begun
        stack = list(reversed(node))
        while stack:
            at = stack.pop()
            name = local(at)
            if name in _DELETED or name in _NO_WORDS or not name:
                continue
            in_code = bool(fields) and not all(fields)
            match name:
                case "t":
                    out.append("" if in_code else at.text or "")
                case "tab" | "ptab":
                    out.append(" ")
                case "br" | "cr":
                    out.append("\n")
                case "noBreakHyphen":
                    out.append("-")
                case "sym":
                    out.append(_symbol(attribute(at, "char")))
                case "fldChar":
                    kind = attribute(at, "fldCharType")
                    if kind == "begin":
                        fields.append(False)
                    elif kind == "separate" and fields:
                        fields[-1] = True
                    elif kind == "end" and fields:
                        fields.pop()
                case "footnoteReference" | "endnoteReference":
                    out.append(self._noted(name, attribute(at, "id") or ""))
                case "txbxContent":
                    boxes.append(at)
                case "AlternateContent":
                    stack.extend(reversed(_chosen(at)))
                case "r":
                    properties = child(at, "rPr")
                    vanish = child(properties, "vanish")
                    by_style = hidden_by_style or self.styles.hides(value(child(properties, "rStyle")))
                    hidden = on(vanish) if vanish is not None else by_style
                    if hidden:
                        # Field marks inside hidden runs still open and close fields.
                        stack.extend(reversed(list(children(at, "fldChar"))))
                    else:
                        stack.extend(reversed(at))
                case "p" | "tbl":
                    continue
                case _:
                    stack.extend(reversed(at))
        return "".join(out)

    def _noted(self, reference: str, identifier: str) -> str:
        if identifier not in self.notes[reference]:
            self.notes[reference].append(identifier)
        return self._mark(reference, identifier)

    def _mark(self, reference: str, identifier: str | None) -> str:
        number = self.notes[reference].index(identifier or "") + 1
        return f"[{number}]" if reference == "footnoteReference" else f"[尾注{number}]"

    def _table(self, table: etree._Element) -> None:
        self.flush()
        rows = [row for row in _through(table, "tr") if child(row, "trPr", "del") is None]
        grid = [_through(row, "tc") for row in rows]
        if all(len(row) <= 1 for row in grid):
            # One cell a row only frames its words.
            for row in grid:
                for cell in row:
                    self.blocks(cell)
                    self.flush()
            return
        spans = _merged(grid)
        lines: list[list[Cell]] = []
        for row, cells in zip(rows, grid, strict=True):
            line = [Cell("")] * _count(value(child(row, "trPr", "gridBefore")), 0)
            for cell in cells:
                if id(cell) in spans:  # a cell that continues the one above has no entry
                    line.append(Cell(self._cell(cell), _columns(cell), spans[id(cell)]))
            lines.append(line)
        self.lines += table_lines(lines)

    def _cell(self, cell: etree._Element) -> str:
        inner = _Reader(self.numbering, self.styles, self.clock, notes=self.notes)
        inner.blocks(cell)
        inner.flush()
        return " ".join(line.strip() for line in inner.lines)


def _merged(grid: list[list[etree._Element]]) -> dict[int, int]:
    """For every cell that begins one, the rows it covers, by the identity of its element."""
    spans: dict[int, int] = {}
    above: dict[int, int] = {}  # column -> identity of the cell that may be continued there
    for row in grid:
        column, seen = 0, {}
        for cell in row:
            merge = child(cell, "tcPr", "vMerge")
            continued = merge is not None and (value(merge) or "continue") == "continue"
            if continued and column in above:
                spans[above[column]] += 1
                seen[column] = above[column]
            else:
                spans[id(cell)] = 1
                if merge is not None:
                    seen[column] = id(cell)
            column += _columns(cell)
        above = seen
    return spans


def _through(parent: etree._Element, name: str) -> list[etree._Element]:
    """Rows or cells, also those inside content controls."""
    out: list[etree._Element] = []
    stack = list(reversed(parent))
    while stack:
        node = stack.pop()
        if local(node) == name:
            out.append(node)
        elif local(node) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            stack.extend(reversed(node))
    return out


def _columns(cell: etree._Element) -> int:
    return _count(value(child(cell, "tcPr", "gridSpan")), 1)


def _count(given: str | None, otherwise: int) -> int:
    return min(int(given), 256) if given and given.isdecimal() and len(given) < 6 else otherwise


def _chosen(node: etree._Element) -> etree._Element:
    """One branch of an alternative: the first choice, else the fallback; never both."""
    choice = child(node, "Choice")
    if choice is not None:
        return choice
    fallback = child(node, "Fallback")
    return node if fallback is None else fallback


def _symbol(code: str | None) -> str:
    try:
        number = int(code or "", 16)
    except ValueError:
        return ""
    if 0xE000 <= number <= 0xF8FF:
        return _SYMBOLS.get(number, "")
    return chr(number) if 0x20 <= number < 0xD800 else ""
