"""A web page: its main text by structure, one line a block, tables as tables.

When in doubt words stay: the segmenter knows menus and footers when it sees them, but cannot bring back a
signature that was taken for one. Nothing here knows any particular site.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ceyin.corpus.errors import SourceError
from ceyin.corpus.formats import limits
from ceyin.corpus.formats.htmlblocks import page_lines
from ceyin.corpus.formats.htmlmain import main_part
from ceyin.corpus.formats.text import decode_text

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
# 「示例办法_示例市人民政府门户网站」: the name of the site is no part of the title.
_SITE = re.compile(
    r"\s*[-_|—–>]+\s*[^-_|—–>]{0,40}(?:网站?|政府|门户|平台|公报|频道|[局委厅部院办])[^-_|—–>]{0,12}\s*$"
)
_IS_SITE = re.compile(r"(?:网|网站|门户|平台|首页)$")
_TITLE_METAS = ("articletitle", "og:title", "title")


def read_html(data: bytes, name: str) -> str:
    """The lines of a page."""
    declared = _CHARSET.search(data[:4096])
    text = decode_text(data, name, declared.group(1).decode("ascii", "replace") if declared else None)
    return html_text(text, name)


def html_text(markup: str, name: str = "HTML") -> str:
    """The text of a page, one line per block; the title first where the main text does not have it."""
    clock = limits.Clock(name)
    root = _parsed(markup, name)
    parts = main_part(root, clock)
    lines = page_lines(parts, clock)
    text = "\n".join(lines)
    limits.check_chars(len(text), name)
    title = _title(root)
    if lines and title and _letters(title) not in _letters(text):
        text = f"{title}\n{text}"
    return text


def _parsed(markup: str, name: str) -> HtmlElement:
    from lxml import etree, html

    markup = _DECLARATION.sub("", markup).replace("\0", "")
    try:
        parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True)
        root = html.document_fromstring(markup, parser=parser)
        if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
            # Old pages with unclosed tags nest deeper than the parser's own 256 levels, and it would drop the rest.
            parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
            root = html.document_fromstring(markup, parser=parser)
            if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
                raise SourceError(f"{name} 的网页嵌套超过 2048 层的上限。请把正文复制到 TXT 文件再导入。")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as exc:
        if not re.sub(r"<[^>]*>", "", markup).strip():
            raise SourceError(f"{name} 里没有文字。请换一个文件。") from exc
        raise SourceError(f"{name} 的 HTML 无法解析,可能已损坏。请重新下载该网页。") from exc
    return root


def _title(root: HtmlElement) -> str:
    """What the page says its document is called: its only first heading, a meta element, the window title."""
    headings = [" ".join(h.itertext()).split() for h in root.iter("h1")]
    headings = [h for h in headings if h]
    if len(headings) == 1:
        return " ".join(headings[0])
    metas = {
        (m.get("name") or m.get("property") or "").lower(): m.get("content") or "" for m in root.iter("meta")
    }
    for key in _TITLE_METAS:
        if words := metas.get(key, "").split():
            return " ".join(words)
    title = _SITE.sub("", " ".join((root.findtext(".//title") or "").split()))
    # A page with headings of its own does not need it, and a site's name is no title.
    return "" if _IS_SITE.search(title) or next(root.iter("h2", "h3"), None) is not None else title


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text)
