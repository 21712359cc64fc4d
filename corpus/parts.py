"""What the paragraphs of a policy are: its own words, salutation, signature, notes, and the documents attached to it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ceyin.corpus import metadata
from ceyin.corpus.annexes import Attached, split_annexes
from ceyin.corpus.contents import is_contents_title
from ceyin.corpus.doc_numbers import is_number_line
from ceyin.corpus.markers import is_cited, marker_at
from ceyin.corpus.model import Block, BlockKind, Span
from ceyin.corpus.page import FURNITURE, TAIL_NOTE, Region, is_salutation
from ceyin.corpus.signatures import PRINTED, is_seal, is_signature, is_signer
from ceyin.corpus.units import Unit

#: All that damage may leave of the title of an enclosed document.
YEARS_ONLY = re.compile(r"\((?:19|20)\d{2}[\s—─\-~]+(?:19|20)\d{2}年\)$|\(试行\)$")
#: The last addressee of a salutation whose beginning and colon are gone, glued to the first words.
_TORN_GREETING = re.compile(
    r"((?:[县区](?:\)|))?[\u4e00-\u9fff]{2,12}(?:局|委|办|政府|单位|管委会))(?=经研究|现将《)"
)
_NOTE = re.compile(r"来源:|\(?(?:此件|此文|联系|信息公开)[^。]{0,30}\)?$|特此(?:通知|公告|函告|通告)")
_ATTACHMENTS = re.compile(r"附\s*件?\s*\d*\s*[::]")
_LISTED = re.compile(r"(?:\d{1,2}\s*[.、]|附\s*件\s*\d{1,2}\s*[::.、]?)\s*[^。;]{2,80}$")
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|zip|rar|ofd)$", re.IGNORECASE)


@dataclass(slots=True)
class Part:
    """The policy's own words, or one attached document; ``label`` is its address where several are attached."""

    units: list[Unit] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    title: list[Unit] = field(default_factory=list)
    label: str = ""

    def block(self, kind: BlockKind, unit: Unit) -> None:
        """Put a paragraph among what is no clause."""
        self.blocks.append(Block(kind, Span(unit.start, unit.end)))


def sort_parts(view: str, region: Region) -> tuple[Part, list[Part]]:
    """The policy's own part and its annexes, in order; every paragraph of the region's body is in exactly one."""
    own, attached = split_annexes(view, list(region.body))
    sorter = _Sorter(view, region)
    own = sorter.without_torn_greeting(own)
    for i in range(len(own)):
        sorter.add(own, i)
    annexes = [a for a in sorter.annexes if a.units]
    return sorter.cover, annexes + [_attached_part(view, a) for a in attached]


class _Sorter:
    """Goes through the paragraphs above the first line 「附件1」."""

    def __init__(self, view: str, region: Region) -> None:
        self.view = view
        self.region = region
        self.title = re.sub(r"\s", "", "".join(u.cut(view) for u in region.title))
        self.cover = Part()
        self.annexes: list[Part] = []
        self.part = self.cover
        self.greeted = False
        self.signed = False
        self.labelled = False

    def without_torn_greeting(self, units: list[Unit]) -> list[Unit]:
        """Cut off what damage left of the salutation in front of the first words: 「县商务局经研究,现将……」."""
        for i, unit in enumerate(units[:6]):
            m = _TORN_GREETING.match(self.view, unit.start, unit.end)
            if m and not self.title.startswith(m.group(1)):
                self.cover.block(BlockKind.SALUTATION, Unit(unit.start, m.end()))
                self.greeted = True
                return [*units[:i], Unit(m.end(), unit.end), *units[i + 1 :]]
        return units

    def add(self, units: list[Unit], i: int) -> None:
        """Sort one paragraph."""
        unit, part = units[i], self.part
        words = unit.cut(self.view)
        in_cover = part is self.cover
        label = marker_at(self.view, unit.start)
        if label is not None and not is_cited(self.view, label):
            if _lists_attachment(self.view, part, words):
                part.block(BlockKind.OTHER, unit)
            else:
                self._add_words(unit, words)
                self.labelled = True
        elif in_cover and not self.greeted and not part.units and is_salutation(words):
            part.block(BlockKind.SALUTATION, unit)
            self.greeted = True
        elif in_cover and not self.labelled and not self.signed and self._is_head_line(words):
            part.block(BlockKind.TITLE, unit)
        elif self._is_signature(units, i, words):
            part.block(BlockKind.SIGNATURE, unit)
            self.signed = self.signed or bool(part.units) or self.greeted
        elif is_note(self.view, part, words):
            part.block(BlockKind.OTHER, unit)
        elif not part.units and self._stands_above_words(words, in_cover=in_cover):
            kind = (
                BlockKind.OTHER
                if not metadata.is_history(words) and not is_signer(words)
                else BlockKind.TITLE
            )
            part.block(kind, unit)
        else:
            self._add_words(unit, words)

    def _add_words(self, unit: Unit, words: str) -> None:
        if (
            self.part is self.cover
            and (self.signed or YEARS_ONLY.match(words))
            and (self.cover.units or self.greeted)
        ):
            self.part = Part()
            self.annexes.append(self.part)
            self.signed = self.labelled = False
        if self.part is not self.cover and not self.part.units and _is_title_line(words):
            self.part.title.append(unit)
        else:
            self.part.units.append(unit)

    def _is_head_line(self, words: str) -> bool:
        """The number line, or the title (or a line of it) once more, above the body."""
        if is_number_line(words) or metadata.is_history(words):
            return True
        if len(words) > 90 or re.search(r"[。;]", words):
            return False
        flat = re.sub(r"\s", "", words)
        if flat == "的通知" or (len(flat) > 5 and flat == self.title):
            return True
        return bool(re.search(r"关于(?:印发|转发|发布|公布|开展|做好|加强)", flat)) and (
            flat.endswith(("的通知", "》", "印发")) or flat in self.title
        )

    def _is_signature(self, units: list[Unit], i: int, words: str) -> bool:
        if len(words) > 200:
            return False
        if is_signature(words):
            return True
        if not (is_signer(words) or is_seal(words)):
            return False
        begun = bool(self.part.units) or self.greeted
        return (begun and self.part is self.cover and not self.labelled) or _date_follows(self.view, units, i)

    def _stands_above_words(self, words: str, *, in_cover: bool) -> bool:
        """Lines between title and words: status tables, dates, share buttons, the history of a law."""
        if not in_cover:
            return metadata.is_history(words)
        if self.greeted or is_contents_title(words):
            return False
        if is_signer(words) and self.region.published:
            return True
        return (len(words) < 80 and not words.endswith(("。", ";", ":"))) or words.startswith("核心提示")


def _attached_part(view: str, attached: Attached) -> Part:
    """A document attached under a line of its own."""
    part = Part(title=list(attached.title), label=re.sub(r"\s", "", attached.name_of_label(view)))
    if attached.title_in_label(view):
        part.title.insert(0, attached.label)
    else:
        part.block(BlockKind.OTHER, attached.label)
    units = list(attached.units)
    for i, unit in enumerate(units):
        words = unit.cut(view)
        label = marker_at(view, unit.start)
        if label is not None and not is_cited(view, label):
            part.units.append(unit)
        elif is_signature(words) or ((is_signer(words) or is_seal(words)) and _date_follows(view, units, i)):
            part.block(BlockKind.SIGNATURE, unit)
        elif is_note(view, part, words):
            part.block(BlockKind.OTHER, unit)
        else:
            part.units.append(unit)
    return part


def is_note(view: str, part: Part, words: str) -> bool:
    """Lines that are no words of the policy: 特此通知, where to ask, to whom it is copied, the list of attachments."""
    if len(words) > 400:
        return False
    if TAIL_NOTE.match(words) and (len(words) < 60 or words.startswith("抄送")):
        return True
    if PRINTED.match(words) or _NOTE.match(words) or _ATTACHMENTS.match(words):
        return True
    if FURNITURE.search(words) and len(words) < 60 and not words.endswith(("。", ";")):
        return True
    return _lists_attachment(view, part, words) or bool(
        re.fullmatch(r"[•·>∥\s].*|[^\u4e00-\u9fff]{1,3}", words)
    )


def _lists_attachment(view: str, part: Part, words: str) -> bool:
    """Whether a line goes on with the list of attachments that the line before began."""
    if not part.blocks or part.blocks[-1].kind is not BlockKind.OTHER or not _LISTED.match(words):
        return False
    before = part.blocks[-1].span
    if part.units and part.units[-1].start > before.start:
        return False
    return bool(
        _ATTACHMENTS.match(before.cut(view)) or _LISTED.match(before.cut(view)) or _FILE.search(words)
    )


def _date_follows(view: str, units: list[Unit], at: int) -> bool:
    """Whether a body's name stands in a signature: a date follows within the next few names."""
    for unit in units[at + 1 : at + 24]:
        words = unit.cut(view)
        if len(words) > 200:
            return False
        if is_signature(words):
            return True
        if not (is_signer(words) or is_seal(words)) and not re.match(r"[\u4e00-\u9fff\s]{2,30}$", words):
            return False
    return False


def _is_title_line(words: str) -> bool:
    if len(words) > 60 or is_contents_title(words):
        return False
    return not re.search(r"[。;:,]", words) and not marker_at(words, 0)


def has_labels(view: str, units: Iterable[Unit]) -> bool:
    """Whether any paragraph begins with a label that is no reference."""
    return any((label := marker_at(view, u.start)) and not is_cited(view, label) for u in units)
