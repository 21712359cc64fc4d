"""A PDF with text: reading order, running lines off, paragraphs joined, ruled tables as rows.

Runs in a process of its own (``apart``): a damaged or hostile file may take any time and memory.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ceyin.corpus.errors import SourceError
from ceyin.corpus.formats import limits
from ceyin.corpus.formats.layout import Glyph, PageText, flows, stretches
from ceyin.corpus.formats.paragraphs import paragraphs
from ceyin.corpus.formats.ruled import take_tables
from ceyin.corpus.formats.running import without_running_lines

if TYPE_CHECKING:
    from pdfplumber.page import Page

#: More rules than this are a drawing.
_MAX_RULES = 2000
_FEW_CHARACTERS = 50
_OCR_CURE = (
    "请用文字识别(OCR)软件转成带文字的 PDF 或 DOCX 再导入,或运行 pip install 'ceyin[ocr]' 后重新导入。"
)


class Scanned(SourceError):  # noqa: N818 - a finding rather than a fault
    """The pages are images without text."""


def read_pdf(
    data: bytes, name: str, recognise: Callable[[int], PageText] | None = None
) -> tuple[str, tuple[str, ...]]:
    """The lines of a PDF, and notices about pages that could not be read.

    ``recognise`` reads the image of a page (its index) where there is no text.
    """
    import pdfplumber

    logging.disable(logging.CRITICAL)  # pdfminer logs every oddity of a font
    try:
        document = pdfplumber.open(io.BytesIO(data))
        pages = document.pages
    except Exception as exc:  # pdfminer lets many kinds through
        raise _unopened(exc, name) from exc
    limits.check_pages(len(pages), name)
    if not pages:
        raise limits.broken(name, "没有一页读得出")
    texts: list[PageText] = []
    failed: list[int] = []
    scanned: list[int] = []
    recognised: list[int] = []
    unknown = total = 0
    for number, page in enumerate(pages, start=1):
        try:
            glyphs = _glyphs(page)
            text = PageText(number, float(page.width) or 1.0, float(page.height) or 1.0)
            if 5 * _unknown(glyphs) > len(glyphs):
                glyphs = _second_reading(data, number - 1) or glyphs
            unknown += _unknown(glyphs)
            total += len(glyphs)
            limits.check_chars(total, name)
            # A stamp or a page number over the picture of a page is not its text.
            picture = _is_picture(page) and sum(1 for g in glyphs if g.text.strip()) < _FEW_CHARACTERS
            if picture and recognise is not None:
                text = recognise(number - 1)
                recognised.append(number)
            else:
                if picture:
                    scanned.append(number)
                glyphs, tables = take_tables(glyphs, _tables(page))
                text.stretches = [*stretches(glyphs), *tables]
            page.close()
        except SourceError:
            raise
        except Exception:  # one page must not cost the others
            failed.append(number)
            continue
        texts.append(text)
    if failed and 2 * len(failed) >= len(pages):
        raise SourceError(
            f"{name} 已损坏:共 {len(pages)} 页,第 {_listed(failed)} 页读不出。请重新下载,或用 WPS、浏览器打开后另存为 PDF。"
        )
    if scanned and 2 * len(scanned) >= len(pages):
        where = "" if len(scanned) == len(pages) else f"(第 {_listed(scanned)} 页)"
        raise Scanned(f"{name} 是扫描件{where},页面只有图像,没有文字。{_OCR_CURE}")
    if total and unknown > 0.2 * total:
        raise SourceError(
            f"{name} 的字体没有文字对照表,读出来是乱码。请用 WPS 或浏览器打印成新的 PDF,或用 OCR 转换。"
        )
    without_running_lines(texts)
    widths = {page.number: page.width for page in texts}
    lines = paragraphs(flows(texts), widths)
    notices = []
    if failed:
        notices.append(f"第 {_listed(failed)} 页已损坏,没有读出。")
    if scanned:
        notices.append(f"第 {_listed(scanned)} 页是扫描图像,没有读出。{_OCR_CURE}")
    if recognised:
        notices.append(f"第 {_listed(recognised)} 页是扫描图像,文字由机器识别,可能有错,请与原件核对。")
    return "\n".join(lines), tuple(notices)


def _unopened(exc: Exception, name: str) -> SourceError:
    kinds = {type(e).__name__ for e in (exc, *exc.args, exc.__cause__, exc.__context__) if e is not None}
    if kinds & {"PDFPasswordIncorrect", "PDFEncryptionError"}:
        return SourceError(f"{name} 加了密码。请取消密码(如用浏览器打开后打印成 PDF)再导入。")
    return limits.broken(name)


def _glyphs(page: Page) -> list[Glyph]:
    """The characters of a page, doubled ones (shadows, false bold) once, slanted watermarks left out."""
    chars: list[dict[str, Any]] = page.chars
    upright = [c for c in chars if c["upright"]]
    if 2 * len(upright) >= len(chars):
        chars = upright
    glyphs: list[Glyph] = []
    seen: dict[tuple[str, int, int], None] = {}
    for c in chars:
        size = float(c["bottom"]) - float(c["top"])
        if size <= 0:
            continue
        if c["text"].strip():
            place = (c["text"], round(c["x0"] / (0.2 * size)), round(c["top"] / (0.2 * size)))
            if place in seen:
                continue
            seen[place] = None
        glyphs.append(
            Glyph(
                _readable(c["text"]),
                float(c["x0"]),
                float(c["x1"]),
                float(c["top"]),
                float(c["bottom"]),
                size,
            )
        )
    return glyphs


def _unknown(glyphs: Sequence[Glyph]) -> int:
    return sum(1 for g in glyphs if g.text.startswith("(cid:") or g.text in ("•", "\ufffd"))


def _second_reading(data: bytes, index: int) -> list[Glyph]:
    """The characters of a page by PDFium, which knows more fonts; slower, and without rules and images."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    page = document[index]
    height, text = page.get_height(), page.get_textpage()
    glyphs: list[Glyph] = []
    for k in range(text.count_chars()):
        ch = text.get_text_range(k, 1)
        x0, bottom, x1, top = text.get_charbox(k, loose=True)
        if ch.strip() and top > bottom:
            glyphs.append(Glyph(_readable(ch), x0, x1, height - top, height - bottom, top - bottom))
    return glyphs if 5 * _unknown(glyphs) <= len(glyphs) else []


def _readable(text: str) -> str:
    """Bullets of symbol fonts lie in the private area."""
    return "•" if "\ue000" <= text <= "\uf8ff" else text


def _is_picture(page: Page) -> bool:
    """Whether pictures cover most of a page."""
    whole = float(page.width) * float(page.height)
    return sum(float(i["width"]) * float(i["height"]) for i in page.images) > 0.5 * whole


def _tables(page: Page) -> list[Sequence[tuple[float, float, float, float]]]:
    if not 4 <= len(page.edges) <= _MAX_RULES:
        return []
    return [table.cells for table in page.find_tables()]


def _listed(numbers: Sequence[int]) -> str:
    shown = "、".join(map(str, numbers[:12]))
    return f"{shown} 等 {len(numbers)}" if len(numbers) > 12 else shown
