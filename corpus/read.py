"""Reading a source: bytes of a file to the text everything else counts its offsets in."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from ceyin.corpus.errors import SourceError

#: Larger files are refused: a policy page is a few hundred kilobytes at most.
MAX_BYTES = 20 * 1024 * 1024
SUFFIXES = {".txt": "txt", ".md": "txt", ".text": "txt", ".html": "html", ".htm": "html", ".xhtml": "html"}
_HTML = re.compile(rb"<(?:!doctype html|html|head|body|meta|div|p)[\s>]", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "tr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "section",
        "article",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "header",
        "footer",
        "nav",
        "main",
        "aside",
        "title",
    ]
)
_SKIP = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "svg",
        "head",
        "select",
        "button",
        "form",
        "textarea",
    ]
)


@dataclass(frozen=True, slots=True)
class Source:
    """A source as read: ``text`` is what spans count in, ``sha256`` that of the bytes."""

    address: str
    sha256: str
    text: str
    kind: str


def read_source(path: Path) -> Source:
    """Read one file. Raises SourceError for anything that is no readable text, naming file and cure."""
    if not path.exists():
        raise SourceError(f"找不到文件:{path}。请检查路径。")
    if path.is_dir():
        raise SourceError(f"{path} 是文件夹,请给出文件,或用 corpus add 导入整个文件夹。")
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise SourceError(
                f"{path.name} 有 {size / 1048576:.0f} MB,超过 {MAX_BYTES // 1048576} MB 的上限。请拆分后再导入。"
            )
        data = path.read_bytes()
    except OSError as exc:
        raise SourceError(f"读不了 {path}:{exc.strerror}。请检查权限。") from exc
    kind = SUFFIXES.get(path.suffix.lower())
    if kind is None and path.suffix.lower() in (".pdf", ".docx", ".doc", ".ofd", ".xls", ".xlsx", ".zip"):
        raise SourceError(f"{path.name}:还不支持 {path.suffix} 格式。请先另存为 TXT 或 HTML。")
    return decode_source(data, address=str(path), kind=kind)


def decode_source(data: bytes, *, address: str, kind: str | None = None) -> Source:
    """Bytes to a source; ``kind`` is guessed from the content when None."""
    if kind is None:
        kind = "html" if _HTML.search(data[:4096]) else "txt"
    name = Path(address).name or address
    if not data.strip():
        raise SourceError(f"{name} 是空文件。请换一个文件。")
    text = _decode(data, name, html=kind == "html")
    if kind == "html":
        text = html_text(text)
    if not text.strip():
        raise SourceError(f"{name} 里没有文字。请换一个文件。")
    return Source(address, hashlib.sha256(data).hexdigest(), text, kind)


def _decode(data: bytes, name: str, *, html: bool) -> str:
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8", errors="replace")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data[:65536]:
        raise SourceError(f"{name} 不是文本文件(含二进制内容)。请用 TXT 或 HTML。")
    declared = _CHARSET.search(data[:4096]) if html else None
    candidates = [declared.group(1).decode("ascii").lower()] if declared else []
    for encoding in [*candidates, "utf-8", "gb18030"]:
        try:
            text = data.decode("gb18030" if encoding in ("gb2312", "gbk") else encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if _readable(text):
            return text
    raise SourceError(f"{name} 的文字编码认不出来。请另存为 UTF-8 再导入。")


def _readable(text: str) -> bool:
    sample = text[:20000]
    odd = sum(1 for c in sample if (ord(c) < 32 and c not in "\t\n\r\f\x1b") or 0xE000 <= ord(c) <= 0xF8FF)
    return odd <= len(sample) * 0.02


def html_text(markup: str) -> str:
    """The text of a page, one line per block element; the main part alone where the page marks it."""
    from lxml import etree, html

    try:
        root = html.document_fromstring(markup)
    except (etree.ParserError, ValueError) as exc:
        raise SourceError("HTML 无法解析,可能已损坏。请重新下载该网页。") from exc
    main = root.xpath(
        "//*[self::article or self::main or contains(@id,'zoom') or contains(@class,'TRS_Editor')"
        " or contains(@class,'article-content') or contains(@class,'pages_content')]"
    )
    largest = max(main, key=lambda e: len(e.text_content()), default=None)
    whole = len(root.text_content()) or 1
    body = root.find("body")
    chosen = (
        largest
        if largest is not None and len(largest.text_content()) > 0.2 * whole
        else (body if body is not None else root)
    )
    lines: list[str] = []
    current: list[str] = []

    def flush() -> None:
        line = re.sub(r"[ \t\xa0\u3000\r\n]+", " ", "".join(current)).strip()
        current.clear()
        if line:
            lines.append(line)

    def walk(element: html.HtmlElement) -> None:
        tag = element.tag if isinstance(element.tag, str) else None
        if tag is None or tag in _SKIP:
            if element.tail:
                current.append(element.tail)
            return
        if tag in _BLOCKS:
            flush()
        if element.text:
            current.append(element.text)
        for child in element:
            walk(child)
        if tag in _BLOCKS:
            flush()
        elif tag in ("td", "th"):
            current.append("\t")
        if element.tail:
            current.append(element.tail)

    title = root.findtext(".//title")
    if title and largest is not None and chosen is largest:
        heading = root.xpath("//h1")
        words = (heading[0].text_content() if heading else title).strip()
        if words and words not in chosen.text_content():
            lines.append(re.sub(r"\s+", " ", words))
    walk(chosen)
    flush()
    return "\n".join(lines)
