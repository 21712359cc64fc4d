"""OFD (GB/T 33190): a zip of XML with every character and its place; the page layout is that of a PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ceyin.corpus.errors import SourceError
from ceyin.corpus.formats import limits
from ceyin.corpus.formats.layout import Glyph, PageText, flows, stretches
from ceyin.corpus.formats.paragraphs import paragraphs
from ceyin.corpus.formats.ruled import Box, cells_of, take_tables
from ceyin.corpus.formats.running import without_running_lines
from ceyin.corpus.formats.wordxml import child, children, local

if TYPE_CHECKING:
    from lxml import etree

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_A4 = (0.0, 0.0, 210.0, 297.0)  # millimetres
_MAX_RULES = 2000
Matrix = tuple[float, float, float, float, float, float]


@dataclass(slots=True)
class _Page:
    """What was found on a page."""

    glyphs: list[Glyph]
    rules: list[Box]
    images: int = 0


def read_ofd(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The lines of an OFD file, and notices about pages that could not be read."""
    archive = limits.Archive(data, name)
    clock = limits.Clock(name)
    if "OFD.xml" not in archive:
        raise limits.broken(name, "OFD.xml")
    roots = [_text_of(child(body, "DocRoot")) for body in children(archive.xml("OFD.xml"), "DocBody")]
    pages: list[PageText] = []
    failed: list[int] = []
    images = 0
    for root in filter(None, roots):
        if root.lstrip("/") not in archive:
            raise limits.broken(name, root)
        document = _Document(archive, root.lstrip("/"))
        limits.check_pages(len(pages) + len(document.pages), name)
        for path in document.pages:
            clock.check()
            number = len(pages) + len(failed) + 1
            try:
                text, pictures = document.page(path, number)
            except (SourceError, ValueError, KeyError, OverflowError):
                failed.append(number)
                continue
            images += pictures
            pages.append(text)
    total = len(pages) + len(failed)
    if not total:
        raise limits.broken(name, "没有一页")
    if 2 * len(failed) >= total:
        raise SourceError(
            f"{name} 已损坏:共 {total} 页,第 {'、'.join(map(str, failed[:12]))} 页读不出。请重新下载,或用 OFD 阅读器另存。"
        )
    if not any(page.stretches for page in pages) and images:
        raise SourceError(
            f"{name} 是扫描件,页面只有图像,没有文字。请用文字识别(OCR)软件转成 DOCX 或 TXT 再导入。"
        )
    used = max((s.bottom for page in pages for s in page.stretches), default=0.0)
    full = sum(len(page.stretches) for page in pages) >= 12 * len(pages)
    for page in pages:
        if full and used < 0.3 * page.height:  # some writers give the size in another unit
            page.width, page.height = page.width * used / page.height, used
    without_running_lines(pages)
    widths = {page.number: page.width for page in pages}
    lines = paragraphs(flows(pages), widths)
    notices = (f"第 {'、'.join(map(str, failed[:12]))} 页已损坏,没有读出。",) if failed else ()
    return "\n".join(lines), notices


class _Document:
    """One document of the package: its pages in order and the templates below them."""

    def __init__(self, archive: limits.Archive, path: str) -> None:
        self._archive = archive
        self._folder = path.rpartition("/")[0]
        root = archive.xml(path)
        common = child(root, "CommonData")
        self._area = _box(_text_of(child(common, "PageArea", "PhysicalBox"))) or _A4
        self._templates = {
            node.get("ID"): self._path(node.get("BaseLoc") or "", self._folder)
            for node in children(common, "TemplatePage")
        }
        self.pages = [
            self._path(node.get("BaseLoc") or "", self._folder)
            for node in children(child(root, "Pages"), "Page")
        ]

    def page(self, path: str, number: int) -> tuple[PageText, int]:
        """A page with its templates, and how many images it has."""
        root = self._archive.xml(path)
        found = _Page([], [])
        for node in children(root, "Template"):
            template = self._templates.get(node.get("TemplateID"))
            if template and template in self._archive:
                _collect(self._archive.xml(template), found)
        _collect(root, found)
        x0, top, x1, bottom = _box(_text_of(child(root, "Area", "PhysicalBox"))) or self._area
        text = PageText(number, x1 - x0 or 1.0, bottom - top or 1.0)
        tables = cells_of(found.rules) if 4 <= len(found.rules) <= _MAX_RULES else []
        glyphs, lines = take_tables(found.glyphs, tables)
        text.stretches = [*stretches(glyphs), *lines]
        return text, found.images

    def _path(self, given: str, folder: str) -> str:
        """A place in the package: from its root, from the document, or (some writers) from the root without a stroke."""
        if given.startswith("/"):
            return given.lstrip("/")
        parts: list[str] = []
        for part in f"{folder}/{given}".split("/"):
            if part == "..":
                del parts[-1:]
            elif part not in ("", "."):
                parts.append(part)
        path = "/".join(parts)
        return path if path in self._archive or given not in self._archive else given


def _collect(root: etree._Element, found: _Page) -> None:
    """Text, rules and images of a page, in any order: the layout sorts them by place."""
    # Each with the matrix of the blocks around it; a block's boundary moves what is in it.
    stack: list[etree._Element] = list(reversed(root))
    while stack:
        node = stack.pop()
        if node.get("Visible") == "false":
            continue
        match local(node):
            case "TextObject":
                found.glyphs.extend(_glyphs(node))
            case "PathObject":
                found.rules.extend(_rules(node))
            case "ImageObject":
                found.images += 1
            case "Content" | "Layer" | "PageBlock" | "CompositeObject":
                stack.extend(reversed(node))


def _glyphs(node: etree._Element) -> Iterator[Glyph]:
    left, top, matrix = _placed(node)
    size = _first(node.get("Size") or node.get("size")) or 4.0  # some writers use a small letter
    wide = _first(node.get("HScale")) or 1.0
    scale_x = abs(matrix[0]) or abs(matrix[1]) or 1.0
    scale_y = abs(matrix[3]) or abs(matrix[2]) or 1.0
    x = y = 0.0
    for code in children(node, "TextCode"):
        text = "".join(code.itertext()).strip("\r\n\t")
        x = _first(code.get("X")) if code.get("X") else x
        y = _first(code.get("Y")) if code.get("Y") else y
        steps_x, steps_y = _steps(code.get("DeltaX")), _steps(code.get("DeltaY"))
        at_x, at_y = x, y
        for k, ch in enumerate(text):
            step = steps_x[k] if k < len(steps_x) else None
            # The last character has no step; others usually have one.
            width = (0.5 if ch.isascii() else 1.0) * size * wide
            if step is not None and 0 < step <= 1.3 * size * wide:
                width = step
            px = left + matrix[0] * at_x + matrix[2] * at_y + matrix[4]
            py = top + matrix[1] * at_x + matrix[3] * at_y + matrix[5]
            height = size * scale_y
            yield Glyph(ch, px, px + width * scale_x, py - 0.85 * height, py + 0.15 * height, height)
            at_x += step if step is not None else (0.0 if steps_y else width)
            at_y += steps_y[k] if k < len(steps_y) else 0.0


def _rules(node: etree._Element) -> Iterator[Box]:
    """The straight level and upright strokes of a path, also those of rectangles."""
    left, top, matrix = _placed(node)
    tokens = re.findall(rf"[A-Za-z]|{_NUMBER.pattern}", _text_of(child(node, "AbbreviatedData")))
    if len(tokens) > 400:  # a drawing
        return
    at = start = (0.0, 0.0)
    k = 0
    while k < len(tokens):
        command = tokens[k]
        k += 1
        taken = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}.get(command)
        if taken is None:
            continue
        values = tokens[k : k + taken]
        k += taken
        if command == "C":
            end = start
        elif len(values) == taken and not any(v.isalpha() for v in values):
            x, y = float(values[-2]), float(values[-1])
            end = (
                left + matrix[0] * x + matrix[2] * y + matrix[4],
                top + matrix[1] * x + matrix[3] * y + matrix[5],
            )
        else:
            return
        if command in "LC" and (abs(end[0] - at[0]) < 0.2 or abs(end[1] - at[1]) < 0.2) and end != at:
            yield min(at[0], end[0]), min(at[1], end[1]), max(at[0], end[0]), max(at[1], end[1])
        if command in "SM":
            start = end
        at = end


def _placed(node: etree._Element) -> tuple[float, float, Matrix]:
    box = _numbers(node.get("Boundary")) or [0.0, 0.0]
    given = _numbers(node.get("CTM"))
    a, b, c, d, e, f = given if len(given) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return box[0], box[1] if len(box) > 1 else 0.0, (a, b, c, d, e, f)


def _steps(given: str | None) -> list[float]:
    """DeltaX and DeltaY, also shortened: ``g 3 4.2`` stands for three times 4.2."""
    out: list[float] = []
    tokens = (given or "").split()
    k = 0
    while k < len(tokens):
        if tokens[k].lower() == "g" and k + 2 < len(tokens):
            count = int(_first(tokens[k + 1]) or 0)
            out += [_first(tokens[k + 2]) or 0.0] * max(0, min(count, 10_000))
            k += 3
        else:
            out += [_first(tokens[k]) or 0.0]
            k += 1
    return out


def _box(given: str) -> Box | None:
    numbers = _numbers(given)
    if len(numbers) != 4 or numbers[2] <= 0 or numbers[3] <= 0:
        return None
    return numbers[0], numbers[1], numbers[0] + numbers[2], numbers[1] + numbers[3]


def _numbers(given: str | None) -> list[float]:
    return [float(n) for n in _NUMBER.findall(given or "")]


def _first(given: str | None) -> float:
    return next(iter(_numbers(given)), 0.0)


def _text_of(node: etree._Element | None) -> str:
    return "" if node is None else "".join(node.itertext()).strip()
