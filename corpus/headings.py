"""Headings: a labelled line that only names what follows, and a name run in before the words."""

from __future__ import annotations

import re

from ceyin.corpus.markers import DEPTH, Family
from ceyin.corpus.normalise import normalise
from ceyin.corpus.pieces import Piece

_HEADING_MAX = 48
#: 「有下列情形之一的,不予补贴:」 announces a list; 「申报条件:」 names it.
_STEM = re.compile(r"下列|如下|以下|之一|[,;]|应当|不得|不予|可以|是指|包括|按照|的$")
#: Closing words of a document, never the words under a heading.
_CLOSING = re.compile(
    r"(?:特此|此前|以往|局以往|原[^,。]{2,30},按照本|各[^,。]{2,20}(?:请|可)[^。]{0,40}(?:贯彻|执行|落实)"
    r"|(?:本|以上)(?:通知|办法|意见|措施|方案|规定|细则|条例|计划|政策)[^。]{0,16}(?:自|由|有效期|施行|实施|解释|试行))"
)


def is_closing(view: str, start: int) -> bool:
    """Whether the paragraph that starts here closes a document: 「本办法自印发之日起施行」, 「各地可以结合实际……」."""
    return bool(_CLOSING.match(re.sub(r"\s", "", view[start : start + 120])))


def is_heading(
    family: Family | None, body: str, following: Piece | None, view: str, *, article_mode: bool, in_list: bool
) -> bool:
    """Whether a labelled paragraph is a heading alone; ``body`` is its words without the label.

    ``in_list``: it stands in a list that was announced (「……材料:」), or behind an item that ends with a semicolon.
    """
    if article_mode and family in (Family.CN, Family.PAREN_CN, Family.NUM, Family.PAREN_NUM):
        return False
    if family in (Family.ARTICLE, Family.DASH) or len(body) > _HEADING_MAX or not body or following is None:
        return False
    if re.search(r"[。;!?]", body.rstrip("。:")):
        return False
    if in_list and body.endswith((":", "。")):
        return False
    if body.endswith(":") and (len(body) > 24 or _STEM.search(re.sub(r"\s", "", body[:-1]))):
        return False
    if following.marker is None:
        if body.endswith("。") and is_closing(view, following.start):
            return False
        return not body.endswith((";", ",")) and not re.search(r"[,;]\S*。$", body)
    return DEPTH[following.marker.family] > DEPTH[family] and not body.endswith(";")


def run_in_heading(family: Family | None, body: str, *, terse: bool) -> str:
    """The heading glued before the words: up to the first full stop, or up to the lost one; "" where there is none."""
    if family in (Family.ARTICLE, Family.PAREN_NUM, Family.CIRCLED):
        m = re.match(r"[(【\[]([^)】\]]{2,20})[)】\]]", body)
        return m.group(1) if m else ""
    m = re.match(r"(?:[::]\s*)?([^。;:]{2,40})[。:]\s*\S", body)
    if m:
        words = re.sub(r"\s", "", m.group(1))
        return "" if terse and (len(words) > 24 or re.search(r"[,《\d]", words)) else words
    m = None if terse else re.match(r"(\S{2,20}(?:\s\S{2,20})?)\s+[\u4e00-\u9fff]", body)
    return re.sub(r"\s", "", m.group(1)) if m and not re.search(r"[,;。\d]", m.group(1)) else ""


def full_heading(family: Family | None, label: str, heading: str, *, heading_only: bool, lost: bool) -> str:
    """A heading as it stands in a trail: 「二、推进实施」, 「第一章 总则」; "" for a part without one."""
    if not heading and not heading_only:
        return ""
    if lost or label == heading:
        return normalise(heading)
    if family is Family.CN:
        return normalise(f"{label}、{heading}")
    if family is Family.NUM:
        return normalise(f"{label}.{heading}")
    return normalise(f"{label} {heading}" if heading_only else f"{label}{heading}")


def is_table_row(text: str) -> bool:
    """Whether a paragraph is a row of a table: cells between tabs or bars, or a tag of one."""
    return (
        "\t" in text
        or (text[:1] == "|" and text[-1:] == "|")
        or bool(re.match(r"</?t(?:able|head|body|r|d|h)\b", text))
    )
