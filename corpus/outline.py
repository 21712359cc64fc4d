"""From paragraphs to an outline: which label begins which clause, what stands under what, what is missing.

The outline is a tree of :class:`Node`; ``clauses.py`` turns it into clauses with addresses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from ceyin.corpus.markers import Family, Marker, inline_markers, marker_at
from ceyin.corpus.units import Unit


@dataclass(slots=True)
class Piece:
    """A stretch of text that begins with a label or is an unlabelled paragraph."""

    start: int
    end: int
    marker: Marker | None
    glued: bool = False  # began in the middle of a paragraph, with no sentence end before it

    def cut(self, view: str) -> str:
        """The words of the piece, label included."""
        return view[self.start : self.end]

    def body(self, view: str) -> str:
        """The words after the label."""
        return view[self.marker.end if self.marker else self.start : self.end].strip()


@dataclass(slots=True)
class Paragraph:
    """Words of a node's own; ``orphan`` says, where their label is lost, beside or under which part they stood."""

    start: int
    end: int
    orphan: Literal["", "beside", "under"] = ""


@dataclass(slots=True)
class Node:
    """One numbered part; ``number`` None for a part whose label the damage took, the root has no family."""

    family: Family | None
    number: int | None
    label: str
    start: int
    heading: str = ""
    heading_span: tuple[int, int] | None = None
    paragraphs: list[Paragraph] = field(default_factory=list)
    children: list[tuple[int, Node]] = field(default_factory=list)  # after how many own paragraphs, child
    lost: bool = False  # a part that must have been here: its own label is lost

    def last(self, family: Family) -> Node | None:
        """The latest child numbered in ``family``."""
        return next((c for _, c in reversed(self.children) if c.family is family), None)


_HEADING_MAX = 48


def cut_pieces(view: str, units: list[Unit]) -> list[Piece]:
    """Split paragraphs at the labels inside them that may begin a clause."""
    pieces: list[Piece] = []
    for k, unit in enumerate(units):
        lead = marker_at(view, unit.start)
        if lead and lead.family is Family.ARTICLE and _is_sentence_reference(view, lead):
            lead = None
        glued_line = _shares_line(view, units, k)
        cuts: list[tuple[Marker, bool]] = []
        for marker, clear in inline_markers(view, unit.start, unit.end, lead):
            if clear or (glued_line and marker.family in (Family.ARTICLE, Family.CHAPTER, Family.PAREN_CN)):
                cuts.append((marker, clear))
        at, current, glued = unit.start, lead, False
        for marker, clear in cuts:
            if marker.start > at:
                pieces.append(Piece(at, marker.start, current, glued))
            at, current, glued = marker.start, marker, not clear
        pieces.append(Piece(at, unit.end, current, glued))
    return pieces


def _shares_line(view: str, units: list[Unit], k: int) -> bool:
    """Whether the page glued this paragraph to another one in the same line."""
    before = k > 0 and "\n" not in view[units[k - 1].end : units[k].start]
    after = k + 1 < len(units) and "\n" not in view[units[k].end : units[k + 1].start]
    return before or after


def _is_sentence_reference(view: str, marker: Marker) -> bool:
    """「第五条规定的标准减半」 at the beginning of a paragraph still is a reference."""
    return bool(
        re.match(
            r"(?:规定的|所列|所称|第[一二三四五六七八九十]+款)", view[marker.end : marker.end + 6].lstrip()
        )
    )


class OutlineBuilder:
    """Feeds pieces in order; keeps the stack of open parts."""

    def __init__(self, view: str) -> None:
        self.view = view
        self.root = Node(None, None, "", 0)
        self.stack: list[Node] = [self.root]
        self.article_mode = False
        self.pending_heading: Node | None = None
        self.has_chapters = False
        self.scraps: list[tuple[int, int]] = []  # leftovers without a single word

    def build(self, pieces: list[Piece]) -> Node:
        """The tree of all pieces."""
        self.article_mode = (
            any(p.marker and p.marker.family is Family.ARTICLE and not p.glued for p in pieces)
            or sum(1 for p in pieces if p.marker and p.marker.family is Family.ARTICLE) >= 2
        )
        merged = self._merge_rejected(pieces)
        self.has_chapters = any(p.marker and p.marker.family is Family.CHAPTER for p in merged)
        for i, piece in enumerate(merged):
            following = merged[i + 1] if i + 1 < len(merged) else None
            if piece.marker is None:
                self._add_unlabelled(piece, following)
            else:
                self._add_labelled(piece, following)
        return self.root

    # -- which labels count ------------------------------------------------------------------------

    def _merge_rejected(self, pieces: list[Piece]) -> list[Piece]:
        """Drop labels that continue no sequence, joining their words to the piece before."""
        kept: list[Piece] = []
        last: dict[Family, int] = {}
        ever: dict[Family, int] = {}  # numbering may run on across higher labels: 一、(一)(二) 二、(三)
        for piece in pieces:
            marker = piece.marker
            inline = bool(kept) and not self._starts_paragraph(piece)
            if (
                marker
                and inline
                and not (
                    self._continues(marker, last, piece.glued) or self._continues(marker, ever, piece.glued)
                )
            ):
                kept[-1] = Piece(kept[-1].start, piece.end, kept[-1].marker, kept[-1].glued)
                continue
            if marker and marker.number is not None:
                last[marker.family] = ever[marker.family] = marker.number
                for family in _deeper(marker.family):
                    last.pop(family, None)
            kept.append(piece)
        return kept

    def _starts_paragraph(self, piece: Piece) -> bool:
        before = self.view[max(0, piece.start - 2) : piece.start]
        return piece.start == 0 or before[-1:].isspace() or not before

    def _continues(self, marker: Marker, last: dict[Family, int], glued: bool) -> bool:
        if marker.number is None:
            return True
        previous = last.get(marker.family, 0)
        step = marker.number - previous
        if not glued:
            return step > 0 or marker.number == 1
        if marker.family in (Family.ARTICLE, Family.CHAPTER):
            return 0 < step <= 6 or previous == 0
        return step == 1 or (previous > 0 and 0 < step <= 3)

    # -- unlabelled paragraphs ---------------------------------------------------------------------

    def _add_unlabelled(self, piece: Piece, following: Piece | None) -> None:
        text = piece.cut(self.view).strip()
        top = self.stack[-1]
        if not re.search(r"\w", text):
            self.scraps.append((piece.start, piece.end))
            return
        if self.pending_heading is not None and len(text) <= 30 and not re.search(r"[。;:,]", text):
            # 「第五章」 and its name in the next paragraph
            node = self.pending_heading
            node.heading = text
            node.heading_span = (node.start, piece.end)
            self.pending_heading = None
            return
        self.pending_heading = None
        if self._is_bare_heading(text, following):
            assert following is not None and following.marker is not None
            self._open_bare_heading(piece, text, following.marker)
            return
        while top.family in (Family.DASH,) or (
            self.article_mode
            and top.family in (Family.PAREN_CN, Family.NUM, Family.PAREN_NUM, Family.CIRCLED)
        ):
            self.stack.pop()
            top = self.stack[-1]
        stray = self.article_mode and top.family is not None and top.family.heading_only
        top.paragraphs.append(Paragraph(piece.start, piece.end, "under" if stray else ""))

    def _is_bare_heading(self, text: str, following: Piece | None) -> bool:
        """A short line without punctuation, standing where a numbered heading lost its number."""
        return (
            following is not None
            and following.marker is not None
            and not following.glued
            and len(text) <= 16
            and not re.search(r"[。;:,、!?\d()《》“”]", text)
            and bool(re.search(r"[\u4e00-\u9fff]{4}", text))
            and len(self.stack) > 1
        )

    def _open_bare_heading(self, piece: Piece, text: str, following: Marker) -> None:
        family = Family.ARTICLE if self.article_mode else Family.CN
        if self.has_chapters and following.family is Family.ARTICLE:
            family = Family.CHAPTER
        self.stack = [
            n
            for n in self.stack
            if n.family is None or (n.family.heading_only and family is not Family.CHAPTER)
        ]
        parent = self.stack[-1]
        node = Node(family, None, "?", piece.start, text, (piece.start, piece.end), lost=True)
        parent.children.append((len(parent.paragraphs), node))
        self.stack.append(node)

    # -- labelled parts ----------------------------------------------------------------------------

    def _add_labelled(self, piece: Piece, following: Piece | None) -> None:
        marker = piece.marker
        assert marker is not None
        self.pending_heading = None
        self._close_for(marker)
        parent = self.stack[-1]
        label = marker.label
        if marker.family is Family.DASH:
            count = sum(1 for _, c in parent.children if c.family is Family.DASH)
            label = f"——{count + 1}"
        node = Node(marker.family, marker.number, label, piece.start)
        parent.children.append((len(parent.paragraphs), node))
        self.stack.append(node)
        self._fill(node, piece, following)

    def _close_for(self, marker: Marker) -> None:
        """Close the open parts the label ends, and open an unknown one where its parent's label is lost."""
        family = marker.family
        open_families = [n.family for n in self.stack]
        if family.heading_only:
            rank = _HEADING_RANK[family]
            while len(self.stack) > 1 and not (
                self.stack[-1].family in _HEADING_RANK and _HEADING_RANK[self.stack[-1].family] < rank
            ):
                self.stack.pop()
            return
        if family is Family.ARTICLE:
            while self.stack[-1].family is not None and not self.stack[-1].family.heading_only:
                self.stack.pop()
            return
        if family in open_families:
            while self.stack[-1].family is not family:
                self.stack.pop()
            sibling = self.stack.pop()
            if (
                marker.number is not None
                and sibling.number is not None
                and marker.number <= sibling.number
                and marker.number >= 1
            ):
                self._lost_parent(marker)
            return
        parent = self.stack[-1]
        if (
            self.article_mode
            and family is Family.PAREN_CN
            and (parent.family is None or parent.family.heading_only)
        ):
            self._lost_parent(marker)
        elif family is Family.CN and not self.article_mode:
            while self.stack[-1].family is not None and not self.stack[-1].family.heading_only:
                self.stack.pop()

    def _lost_parent(self, marker: Marker) -> None:
        """A numbering that starts again under the same parent: the label above it is gone."""
        if not self.article_mode and marker.number == 1 and marker.family is not Family.PAREN_CN:
            return
        while len(self.stack) > 1 and not (self.stack[-1].family and self.stack[-1].family.heading_only):
            self.stack.pop()
        parent = self.stack[-1]
        node = Node(Family.ARTICLE if self.article_mode else Family.CN, None, "?", marker.start, lost=True)
        parent.children.append((len(parent.paragraphs), node))
        self.stack.append(node)

    def _fill(self, node: Node, piece: Piece, following: Piece | None) -> None:
        view = self.view
        body = piece.body(view)
        if node.family is not None and node.family.heading_only:
            self._fill_chapter(node, piece, body)
            return
        if self._is_heading(node, body, following):
            node.heading = body.rstrip("。:;")
            node.heading_span = (piece.start, piece.end)
            return
        if not body:
            node.heading_span = (piece.start, piece.end)
            return
        node.heading = _run_in_heading(node, body, terse=self.article_mode)
        node.paragraphs.append(Paragraph(piece.start, piece.end))

    def _fill_chapter(self, node: Node, piece: Piece, body: str) -> None:
        split = re.match(r"\S{2,24}(?=\s+\S)", body)
        if not body:
            self.pending_heading = node
            node.heading_span = (piece.start, piece.end)
        elif split and len(body) > 40:
            at = self.view.index(split.group(), piece.start) + len(split.group())
            node.heading, node.heading_span = split.group(), (piece.start, at)
            rest = at + len(self.view[at : piece.end]) - len(self.view[at : piece.end].lstrip())
            node.paragraphs.append(Paragraph(rest, piece.end, "under" if self.article_mode else ""))
        else:
            node.heading, node.heading_span = body, (piece.start, piece.end)

    def _is_heading(self, node: Node, body: str, following: Piece | None) -> bool:
        if self.article_mode and node.family in (Family.PAREN_CN, Family.NUM, Family.PAREN_NUM):
            return False
        if node.family in (Family.ARTICLE, Family.DASH) or len(body) > _HEADING_MAX or not body:
            return False
        inner = body.rstrip("。:")
        if re.search(r"[。;!?]", inner):
            return False
        if body.endswith(":") and len(body) > 24:
            return False  # a stem: 「有下列情形之一的:」
        if following is None:
            return False
        if following.marker is None:
            return not body.endswith((";", ",")) and not re.search(r"[,;]\S*。$", body)
        assert node.family is not None
        return _DEPTH[following.marker.family] > _DEPTH[node.family] and not body.endswith(";")


def _run_in_heading(node: Node, body: str, *, terse: bool) -> str:
    """The heading glued before the words: up to the first full stop, or up to the lost one."""
    if node.family in (Family.ARTICLE, Family.PAREN_NUM, Family.CIRCLED):
        m = re.match(r"[(【]([^)】]{2,20})[)】]", body)
        return m.group(1) if m else ""
    m = re.match(r"(?:[::]\s*)?([^。;:]{2,40})[。:]\s*\S", body)
    if m:
        words = re.sub(r"\s", "", m.group(1))
        return "" if terse and (len(words) > 24 or re.search(r"[,《\d]", words)) else words
    m = None if terse else re.match(r"(\S{2,20}(?:\s\S{2,20})?)\s+[\u4e00-\u9fff]", body)
    return re.sub(r"\s", "", m.group(1)) if m and not re.search(r"[,;。\d]", m.group(1)) else ""


_HEADING_RANK: dict[Family | None, int] = {Family.BOOK: 0, Family.CHAPTER: 1, Family.SECTION: 2}
_ORDER = (
    Family.BOOK, Family.CHAPTER, Family.SECTION, Family.ARTICLE, Family.CN, Family.STAGE,
    Family.PAREN_CN, Family.NUM, Family.PAREN_NUM, Family.CIRCLED, Family.DASH,
)  # fmt: skip
_DEPTH: dict[Family, int] = {f: i for i, f in enumerate(_ORDER)}


def _deeper(family: Family) -> tuple[Family, ...]:
    if family.heading_only:
        return tuple(f for f in _ORDER if _DEPTH[f] > _DEPTH[family] and f is not Family.ARTICLE)
    return tuple(f for f in _ORDER if _DEPTH[f] > _DEPTH[family])
