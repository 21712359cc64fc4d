"""From pieces to an outline: what stands under what, and where a label must have been lost.

The outline is a tree of :class:`Node`; ``clauses.py`` turns it into clauses with addresses.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from ceyin.corpus.headings import is_heading, is_table_row, run_in_heading
from ceyin.corpus.markers import DEPTH, HEADING_FAMILIES, Family, Marker
from ceyin.corpus.pieces import Piece
from ceyin.corpus.responsible import responsible_list

_NEAREST = 40


@dataclass(slots=True)
class Paragraph:
    """Words of a node's own; ``orphan`` says, where their label is lost, beside or under which part they stood."""

    start: int
    end: int
    orphan: Literal["", "beside", "under"] = ""
    table: bool = False
    family: Family | None = None  # of an orphan: the kind of label it lost, where that is known


@dataclass(slots=True)
class Node:
    """One part; ``number`` is None for one without a label of its own, the root has no family either.

    ``heading_only``: it never stands in a path. ``lost``: a part that must have been here, its label is lost.
    """

    family: Family | None
    number: int | None
    label: str
    start: int
    heading_only: bool = False
    suffix: int = 0
    heading: str = ""
    heading_span: tuple[int, int] | None = None
    paragraphs: list[Paragraph] = field(default_factory=list)
    children: list[tuple[int, Node]] = field(default_factory=list)  # after how many own paragraphs, child
    lost: bool = False

    @property
    def is_container(self) -> bool:
        """Whether articles may stand in it: the root, 章, 节 and headings without a number."""
        return self.family is None or self.heading_only

    def last(self, family: Family) -> Node | None:
        """The latest child numbered in ``family``."""
        for _, child in reversed(self.children):
            if child.family is family:
                return child
        return None


@dataclass(frozen=True, slots=True)
class Outline:
    """The tree of a document; beside it headings that number nothing, lists of responsible bodies on a line of
    their own, and leftovers without a single word."""

    root: Node
    loose_headings: tuple[tuple[int, int], ...]
    responsible: tuple[tuple[int, int], ...]
    scraps: tuple[tuple[int, int], ...]


def build_outline(view: str, pieces: Sequence[Piece]) -> Outline:
    """Put all pieces of a document in their places; offsets are those of ``view``."""
    builder = _Builder(view, pieces)
    for i in range(len(pieces)):
        builder.add(i)
    return Outline(
        builder.root, tuple(builder.loose_headings), tuple(builder.responsible), tuple(builder.scraps)
    )


def _headings_above_articles(pieces: Sequence[Piece]) -> frozenset[Family]:
    """Families that only head groups of articles here: 「一、一般规定」 above 第一条, 「二、…」 above 第四条."""
    out = set(HEADING_FAMILIES)
    for family in (Family.PART, Family.CN):
        followed = [
            pieces[i + 1].marker if i + 1 < len(pieces) else None
            for i, p in enumerate(pieces)
            if p.marker and p.marker.family is family
        ]
        above = sum(1 for m in followed if m and (m.family is Family.ARTICLE or m.family in out))
        if above and above * 3 >= len(followed) * 2:
            out.add(family)
    return frozenset(out)


class _Builder:
    """Takes the pieces in order; keeps the stack of open parts."""

    def __init__(self, view: str, pieces: Sequence[Piece]) -> None:
        self.view = view
        self.pieces = pieces
        self.root = Node(None, None, "", 0)
        self.stack: list[Node] = [self.root]
        articles = [p for p in pieces if p.marker and p.marker.family is Family.ARTICLE]
        self.article_mode = len(articles) >= 2 or any(not p.glued for p in articles)
        self.headings = _headings_above_articles(pieces) if self.article_mode else HEADING_FAMILIES
        self.has_chapters = any(p.marker and p.marker.family is Family.CHAPTER for p in pieces)
        self.latest: dict[Family, int] = {}
        self.pending_heading: Node | None = None
        self.loose_headings: list[tuple[int, int]] = []
        self.scraps: list[tuple[int, int]] = []
        self.responsible: list[tuple[int, int]] = []
        self.places: dict[Family, list[int]] = {}
        self.at = 0
        for i, p in enumerate(pieces):
            if p.marker:
                self.places.setdefault(p.marker.family, []).append(i)

    def add(self, i: int) -> None:
        """Put piece ``i`` where it belongs."""
        self.at = i
        piece = self.pieces[i]
        following = self.pieces[i + 1] if i + 1 < len(self.pieces) else None
        if piece.marker is None:
            self._add_unlabelled(i, piece, following)
        else:
            self._add_labelled(piece, piece.marker, following)

    # -- unlabelled paragraphs ---------------------------------------------------------------------

    def _add_unlabelled(self, i: int, piece: Piece, following: Piece | None) -> None:
        text = piece.cut(self.view).strip()
        if responsible_list(self.view, piece.start, piece.end) == piece.start:
            self.responsible.append((piece.start, piece.end))
        elif is_table_row(text) and self._extends_table(piece):
            self.stack[-1].paragraphs[-1].end = piece.end
        elif not re.search(r"\w", text):
            self.scraps.append((piece.start, piece.end))
        elif self._continues_heading(piece, text, following):
            self._extend_heading(piece, text)
        elif self._is_bare_heading(text, following):
            assert following is not None and following.marker is not None
            self.pending_heading = None
            self._open_bare_heading(i, piece, text, following.marker)
        else:
            self.pending_heading = None
            self._add_words(piece, text)

    def _extends_table(self, piece: Piece) -> bool:
        """Whether a row stands right below another one."""
        paragraphs = self.stack[-1].paragraphs
        if not paragraphs or not paragraphs[-1].table:
            return False
        return not self.view[paragraphs[-1].end : piece.start].strip()

    def _add_words(self, piece: Piece, text: str) -> None:
        table = is_table_row(text)
        if not table and self._is_wrapped(piece):
            self.stack[-1].paragraphs[-1].end = piece.end
            return
        self._close_lists(text)
        top = self.stack[-1]
        stray = self.article_mode and top.heading_only
        top.paragraphs.append(Paragraph(piece.start, piece.end, "under" if stray else "", table))

    def _is_wrapped(self, piece: Piece) -> bool:
        """Whether a line goes on with the sentence of the line before, which ends with a comma."""
        top = self.stack[-1]
        if not top.paragraphs or top.children:
            return False
        end = top.paragraphs[-1].end
        between = self.view[end : piece.start]
        return self.view[end - 1] in ",、" and "\n" in between and not between.strip()

    def _continues_heading(self, piece: Piece, text: str, following: Piece | None) -> bool:
        """「第五章」 and its name in the next paragraph, or the second line of a long name."""
        node = self.pending_heading or self.stack[-1]
        if node.heading_span and self.view[node.heading_span[1] : piece.start].strip():
            return False
        if self.pending_heading is not None:
            return len(text) <= 30 and not re.search(r"[。;:,]", text)
        if len(text) > 40 or re.search(r"[。;:]", text):
            return False
        top = self.stack[-1]
        return (
            self.article_mode
            and top.heading_only
            and top.family is not None
            and not top.paragraphs
            and not top.children
            and following is not None
            and following.marker is not None
            and following.marker.family in (Family.ARTICLE, Family.SECTION)
        )

    def _extend_heading(self, piece: Piece, text: str) -> None:
        node = self.pending_heading or self.stack[-1]
        node.heading += text
        node.heading_span = (node.start, piece.end)
        self.pending_heading = None

    def _is_bare_heading(self, text: str, following: Piece | None) -> bool:
        """A short line without punctuation before a label: a heading without a number, or one that lost it."""
        return (
            following is not None
            and following.marker is not None
            and not (following.glued and following.marker.number is not None)
            and len(text) <= 16
            and not re.search(r"[。;:,、!?\d()《》“”=×÷+/|<>]", text)
            and bool(re.search(r"[\u4e00-\u9fff]{4}", text))
            and len(self.stack) > 1
        )

    def _open_bare_heading(self, i: int, piece: Piece, text: str, following: Marker) -> None:
        family = Family.ARTICLE if self.article_mode else Family.CN
        if self.has_chapters and following.family is Family.ARTICLE:
            family = Family.CHAPTER
        lost = self._number_is_missing(family, following)
        if not lost and not self._restarts(following):
            # It groups what follows without changing any address.
            self.loose_headings.append((piece.start, piece.end))
            return
        keep = HEADING_FAMILIES if family is not Family.CHAPTER else {Family.BOOK, Family.SUBBOOK}
        self.stack = [n for n in self.stack if n.family is None or n.family in keep]
        parent = self.stack[-1]
        label = "?" if lost else re.sub(r"\s", "", text)
        node = Node(
            family, None, label, piece.start, heading=text, heading_span=(piece.start, piece.end), lost=lost
        )
        node.heading_only = family in HEADING_FAMILIES
        parent.children.append((len(parent.paragraphs), node))
        self.stack.append(node)

    def _number_is_missing(self, family: Family, following: Marker) -> bool:
        """Whether the numbers around a bare heading prove that its own number is lost."""
        if following.family not in (family, Family.ARTICLE) and (following.number or 0) != 1:
            return True
        before = self.latest.get(family)
        after = self._next_number(family)
        if before is None or after is None:
            return before is not None and family is Family.CHAPTER
        return after - before > 1

    def _next_number(self, family: Family) -> int | None:
        """The number of the next label of a family, None where none follows."""
        places = self.places.get(family, [])
        k = bisect_right(places, self.at)
        marker = self.pieces[places[k]].marker if k < len(places) else None
        return marker.number if marker else None

    def _restarts(self, following: Marker) -> bool:
        return following.number == 1 and any(n.last(following.family) for n in self.stack)

    def _close_lists(self, text: str) -> None:
        """Close the lists that an unlabelled paragraph ends."""
        if self.article_mode and any(n.family is Family.ARTICLE for n in self.stack):
            floor = Family.PAREN_CN if text.startswith(("本项", "前项")) else Family.ARTICLE
            while DEPTH[self.stack[-1].family] > DEPTH[floor]:
                self.stack.pop()
            return
        while self.stack[-1].family is Family.DASH or self._ends_list(self.stack[-1]):
            self.stack.pop()

    def _ends_list(self, item: Node) -> bool:
        """An item closed by a full stop after others closed by semicolons is the last of its list."""
        if len(item.paragraphs) != 1 or len(self.stack) < 2 or self.stack[-2].is_container:
            return False
        # The nearest ones show what list it is; a list of thousands must not be walked for each of its items.
        siblings = [c for _, c in self.stack[-2].children[-_NEAREST:] if c.family is item.family]
        if len(siblings) < 2:
            return False
        last = item
        while last.children:
            last = last.children[-1][1]
        announced = self._ends_with(self.stack[-2], ":")
        if not announced and not any(self._ends_with(s, ";") for s in siblings):
            return False
        return self._ends_with(last, "。") and not any(self._ends_with(s, "。") for s in siblings[:-1])

    def _ends_with(self, node: Node, mark: str) -> bool:
        return bool(node.paragraphs) and self.view[node.paragraphs[-1].end - 1] == mark

    # -- labelled parts ----------------------------------------------------------------------------

    def _add_labelled(self, piece: Piece, marker: Marker, following: Piece | None) -> None:
        self.pending_heading = None
        heading_only = marker.family in self.headings or self._heads_articles(piece, marker, following)
        self._close_for(marker, heading_only=heading_only)
        parent = self.stack[-1]
        label = marker.label
        if marker.family is Family.DASH:
            before = parent.last(Family.DASH)
            label = f"——{int(before.label[2:]) + 1 if before else 1}"
        node = Node(marker.family, marker.number, label, piece.start, heading_only, marker.suffix)
        node.lost = marker.number is None and marker.family is not Family.DASH
        parent.children.append((len(parent.paragraphs), node))
        self.stack.append(node)
        if marker.number is not None:
            self.latest[marker.family] = marker.number
        self._fill(node, piece, following)

    def _heads_articles(self, piece: Piece, marker: Marker, following: Piece | None) -> bool:
        """「(二)权利质押」 above 第九十七条 is a heading and no item of the article before."""
        if (
            not self.article_mode
            or marker.family not in (Family.CN, Family.PAREN_CN)
            or following is None
            or following.marker is None
            or following.marker.family is not Family.ARTICLE
        ):
            return False
        body = piece.body(self.view)
        if not body or len(body) > 30 or re.search(r"[。;:,]", body):
            return False
        return marker.number == 1 or self._level_before(marker.family, marker.number or 0) is None

    def _close_for(self, marker: Marker, *, heading_only: bool) -> None:
        """Close the open parts the label ends, and open an unknown one where its parent's label is lost."""
        family, number = marker.family, marker.number
        if heading_only:
            while len(self.stack) > 1 and not (
                self.stack[-1].heading_only and DEPTH[self.stack[-1].family] < DEPTH[family]
            ):
                self.stack.pop()
        elif family is Family.ARTICLE:
            while not self.stack[-1].is_container:
                self.stack.pop()
        elif number is None:
            self._close_to_family(family)
        elif number > 1 and (level := self._level_before(family, number)) is not None:
            del self.stack[level + 1 :]
        elif number > 1 and self.latest.get(family) == number - 1:
            self._close_by_depth(family)  # numbers running on across the parts above: 一、(一)(二) 二、(三)
        elif number > 1 and (level := self._level_below(family, number)) is not None:
            del self.stack[level + 1 :]  # some numbers are missing
        else:
            self._open_list(marker)

    def _close_to_family(self, family: Family) -> None:
        levels = [i for i, n in enumerate(self.stack) if n.last(family)]
        if family is not Family.DASH and levels and levels[-1] >= self._article_level():
            del self.stack[levels[-1] + 1 :]
        else:
            self._close_by_depth(family)

    def _article_level(self) -> int:
        """The level of the open article: a list never reaches out of it."""
        return next((i for i, n in enumerate(self.stack) if n.family is Family.ARTICLE), 0)

    def _level_before(self, family: Family, number: int) -> int | None:
        """The deepest open part whose list of this family stands at the number before."""
        for i in range(len(self.stack) - 1, self._article_level() - 1, -1):
            last = self.stack[i].last(family)
            if last is not None and last.number == number - 1:
                return i
        return None

    def _level_below(self, family: Family, number: int) -> int | None:
        for i in range(len(self.stack) - 1, self._article_level() - 1, -1):
            last = self.stack[i].last(family)
            if last is not None and (last.number or number) < number:
                return i
        return None

    def _close_by_depth(self, family: Family) -> None:
        while not self.stack[-1].is_container and DEPTH[self.stack[-1].family] >= DEPTH[family]:
            self.stack.pop()

    def _open_list(self, marker: Marker) -> None:
        """A list begins: under the words that announce it, else under the nearest part of a higher kind."""
        family, number = marker.family, marker.number
        top = self.stack[-1]
        announced = self._ends_with(top, ":") and top.family is not family and not top.is_container
        empty_heading = bool(top.heading_span) and not top.paragraphs and not top.children
        if not announced and not (empty_heading and family is Family.STAGE):
            self._close_by_depth(family)
        parent = self.stack[-1]
        before = parent.last(family)
        if before is not None and before.number is not None and (number or 0) <= before.number:
            stood = next(count for count, c in reversed(parent.children) if c is before)
            announced = not parent.lost or self._ends_with(parent, ":")
            if len(parent.paragraphs) > stood and announced:
                return  # a new paragraph of the same part announces a list of its own
            self._lost_parent(marker)
        elif self._has_lost_its_parent(parent, family):
            self._lost_parent(marker)

    def _has_lost_its_parent(self, parent: Node, family: Family) -> bool:
        """Whether a list stands under the wrong part, because the label of its own is gone."""
        if family is not Family.PAREN_CN:
            return False
        if self.article_mode and parent.is_container:
            return True
        above = Family.ARTICLE if self.article_mode else Family.CN
        following = self._next_number(above)
        if following is None:
            return False
        if parent is self.root:  # (一) above 三、: the label 一、 is gone
            return not self.article_mode and above not in self.latest and following > 1
        # Words that announce no list, and the next number of their kind is missing: the list is what is left of it.
        unannounced = bool(parent.paragraphs) and not self._ends_with(parent, ":")
        skipped = parent.number is not None and following - parent.number > 1
        return parent.family is above and unannounced and skipped and parent.last(family) is None

    def _lost_parent(self, marker: Marker) -> None:
        """A numbering that starts again under the same parent: the label above it is gone."""
        if not self.article_mode and marker.number == 1 and marker.family is not Family.PAREN_CN:
            return  # 1. begins anew under a heading without a number
        if self.article_mode and Family.ARTICLE not in self.latest and len(self.stack) == 1:
            return  # a list above the first article
        while len(self.stack) > 1 and not self.stack[-1].heading_only:
            self.stack.pop()
        parent = self.stack[-1]
        node = Node(Family.ARTICLE if self.article_mode else Family.CN, None, "?", marker.start, lost=True)
        parent.children.append((len(parent.paragraphs), node))
        self.stack.append(node)

    # -- heading or words ----------------------------------------------------------------------------

    def _fill(self, node: Node, piece: Piece, following: Piece | None) -> None:
        body = piece.body(self.view)
        if node.heading_only:
            self._fill_chapter(node, piece, body)
        elif is_heading(
            node.family,
            body,
            following,
            self.view,
            article_mode=self.article_mode,
            in_list=self._is_in_list(node),
        ):
            node.heading = body.rstrip("。:;")
            node.heading_span = (piece.start, piece.end)
        elif not body:
            node.heading_span = (piece.start, piece.end)
        else:
            node.heading = run_in_heading(node.family, body, terse=self.article_mode)
            node.paragraphs.append(Paragraph(piece.start, piece.end))

    def _is_in_list(self, node: Node) -> bool:
        """Whether a part just opened stands in an announced list, or behind an item that ends with a semicolon."""
        parent = self.stack[-2]
        siblings = (c for _, c in reversed(parent.children) if c.family is node.family and c is not node)
        before = next(siblings, None)
        if before is not None and self._ends_with(before, ";"):
            return True
        return not parent.is_container and self._ends_with(parent, ":")

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
