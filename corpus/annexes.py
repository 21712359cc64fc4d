"""Documents attached to a policy under a line of their own: 「附件1」, 「附件2:申报书」, 「附:目录」.

The list that names the attachments (「附件:1.评价指标 2.名单」) opens none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from ceyin.corpus.contents import is_contents_title
from ceyin.corpus.markers import marker_at
from ceyin.corpus.units import Unit

_LABEL = re.compile(
    r"附\s*(?P<word>[件表录])?\s*(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})?(?P<mark>\s*[::.、])?\s*"
)
_ITEM = re.compile(r"(?:\d{1,2}\s*[.、]|附\s*[件表]\s*\d{1,2}\s*[::.、]?)\s*[^。;]{2,80}$")
_TITLE_MAX = 60


@dataclass(frozen=True, slots=True)
class Attached:
    """One attached document: the line that opens it, the lines of its title, its paragraphs."""

    label: Unit
    title: tuple[Unit, ...]
    units: tuple[Unit, ...]

    def name_of_label(self, view: str) -> str:
        """「附件1」 without the title that may follow it."""
        m = _LABEL.match(self.label.cut(view))
        return re.sub(r"[\s::.、]+$", "", m.group()) if m else ""

    def title_in_label(self, view: str) -> bool:
        """Whether the line of the label bears the title too: 「附件2:申报书」."""
        return bool(_LABEL.sub("", self.label.cut(view), count=1).strip())


def split_annexes(view: str, units: list[Unit]) -> tuple[list[Unit], tuple[Attached, ...]]:
    """The paragraphs of the document itself, and what is attached to it; order and every paragraph are kept."""
    openings = [i for i in range(1, len(units)) if _opens(view, units, i)]
    if not openings:
        return units, ()
    attached = []
    for begin, end in pairwise([*openings, len(units)]):
        title_end = _title_end(view, units, begin, end)
        attached.append(
            Attached(units[begin], tuple(units[begin + 1 : title_end]), tuple(units[title_end:end]))
        )
    return units[: openings[0]], tuple(attached)


def _opens(view: str, units: list[Unit], i: int) -> bool:
    text = units[i].cut(view)
    if text[0] != "附" or len(text) > _TITLE_MAX or re.search(r"[。;]", text):
        return False
    m = _LABEL.match(text)
    if m is None or not (m["word"] or m["mark"]):
        return False
    name = text[m.end() :]
    if i + 1 >= len(units) or (name and not (m["mark"] or m["number"])):
        return False
    if name:
        return not re.match(r"1\s*[.、]", name) and not _in_list(view, units, i)
    # 「附件」 or 「附件1」 alone opens; 「附件:」 alone may head the list
    return bool(m["number"]) or not _ITEM.match(units[i + 1].cut(view))


def _in_list(view: str, units: list[Unit], i: int) -> bool:
    """Whether 「附件1:申报书」 is an entry of the list of attachments: another entry or the signature is next to it."""
    following = units[i + 1].cut(view)
    if _ITEM.match(following) and not marker_at(following, 0):
        return True
    before = units[i - 1].cut(view)
    if _ITEM.match(before) and before.startswith("附"):
        return True
    if re.match(r"[2二]\s*[.、]", following):
        return True
    return bool(
        re.match(r"[^。;:,]{2,120}(?:[12]\d{3}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)?$", following)
    ) and _signed(view, units, i + 1)


def _signed(view: str, units: list[Unit], at: int) -> bool:
    """Whether the next lines are a signature: names of bodies, then a date."""
    for unit in units[at : at + 6]:
        text = unit.cut(view)
        if re.search(r"(?:[12]\d{3}|[一二][〇○零一二三四五六七八九]{3})\s*年.{1,4}月.{1,4}日\s*$", text):
            return True
        if len(text) > 120 or re.search(r"[。;:]", text):
            return False
    return False


def _title_end(view: str, units: list[Unit], begin: int, end: int) -> int:
    """One past the lines of the title: short lines without a sentence, above the first label or longer line."""
    named = _LABEL.sub("", units[begin].cut(view), count=1)
    if named:
        return begin + 1
    at = begin + 1
    while at < end and at - begin <= 3:
        text = units[at].cut(view)
        if (
            len(text) > _TITLE_MAX
            or re.search(r"[。;:,]", text)
            or marker_at(text, 0)
            or "\t" in text
            or is_contents_title(text)
        ):
            break
        at += 1
    return at if at < end else begin + 1
