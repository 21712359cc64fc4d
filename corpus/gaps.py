"""Gaps in numberings: the proof that parts are missing, and which unlabelled paragraphs are left of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ceyin.corpus.markers import Family, label_of
from ceyin.corpus.model import Damage, DamageKind, Span
from ceyin.corpus.outline import Node, Paragraph

#: Families whose parts are counted; 编 and 节 begin anew too freely to prove anything.
_COUNTED = frozenset(Family) - {Family.DASH, Family.BOOK, Family.SUBBOOK, Family.SECTION}
#: Families whose numbers may go on from one parent to the next: articles, chapters, or 一、(一)(二) 二、(三).
_RUNNING = (Family.ARTICLE, Family.CHAPTER, Family.PAREN_CN, Family.CN)
#: More missing numbers than this are named as a range.
_NAMED = 4


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers ``first`` to ``last`` of a sequence never come between two parts (``left`` None: before the first)."""

    family: Family
    first: int
    last: int
    left: Node | None
    right: Node
    parent: Node | None  # that of ``right``; None where the numbers run on across parents

    @property
    def begin(self) -> int:
        """Where the missing parts may begin."""
        before = self.left or self.parent
        return before.start if before else -1


def find_gaps(root: Node) -> tuple[Gap, ...]:
    """Every gap of an outline, in no particular order."""
    nodes = list(_walk(root))
    by_family: dict[Family, list[Node]] = {}
    for node in nodes:
        if node.family is not None and node.number is not None:
            by_family.setdefault(node.family, []).append(node)
    running = frozenset(f for f in _RUNNING if _runs_on(f, by_family.get(f, [])))
    found: list[Gap] = []
    for family in running:
        found += _sequence(family, by_family[family], None)
    for node in (root, *nodes):
        if not node.children:
            continue
        for family, children in _by_family(node).items():
            if family in _COUNTED and family not in running:
                found += _sequence(family, children, node)
    return tuple(found)


def losses(root: Node) -> list[Damage]:
    """One loss per part whose label is gone and per place where numbers never come.

    Where as much is left of the missing parts as numbers are missing, what is left says it already. Call it
    after :func:`mark_orphans`.
    """
    lost = [node for node in _walk(root) if node.lost]
    out = [Damage(DamageKind.LOST_LABEL, Span(n.start, n.start), "编号缺失") for n in lost]
    left: dict[Family | None, list[int]] = {}  # per kind of label, where something is left of a part
    for node in lost:
        left.setdefault(node.family, []).append(node.start)
    for node in (root, *_walk(root)):
        for p in node.paragraphs:
            if p.orphan:
                left.setdefault(p.family, []).append(p.start)
    for starts in left.values():
        starts.sort()
    for gap in find_gaps(root):
        starts = left.get(gap.family, [])
        found = bisect_left(starts, gap.right.start) - bisect_left(starts, gap.begin)
        if found < gap.last - gap.first + 1:
            at = gap.right.start
            out.append(Damage(DamageKind.GAP, Span(at, at), f"缺{_missing(gap)}"))
    return out


def mark_orphans(root: Node) -> int:
    """Mark unlabelled paragraphs that are what is left of parts whose label is lost; how many labels are lost."""
    gaps = find_gaps(root)
    lost = [node for node in _walk(root) if node.lost]
    if not gaps and not lost:
        return 0
    parents = {id(child): node for node in (root, *_walk(root)) for _, child in node.children}
    stems = _has_stems(root, gaps)
    own_words, missing_parts = _words_of_parts(root), _missing_parts(gaps, lost)
    for gap in sorted(gaps, key=lambda g: g.parent is not None or g.family is not Family.PAREN_CN):
        if gap.right.heading_only:
            continue
        parent = parents[id(gap.right)]
        if gap.left is not None and parents[id(gap.left)] is parent:
            _mark_between(gap, parent)
        elif gap.family is Family.PAREN_CN and not stems and not _lacks_parent(gap, missing_parts):
            _mark_before_first(gap, own_words)
    for node in lost:
        if node.family is Family.ARTICLE and node.children:
            # Words after the list of an article whose own label is lost may be of any item that is lost.
            for p in node.paragraphs:
                if p.start > node.children[0][1].start:
                    p.orphan = "under"
    return len(lost) + sum(1 for gap in gaps if gap.left is not None)


def _has_stems(root: Node, gaps: Sequence[Gap]) -> bool:
    """Whether any part 一、 that lost nothing has words of its own before its (一)."""
    torn = {id(gap.right) for gap in gaps}
    return any(
        node.paragraphs and node.children and id(node) not in torn and id(node.children[0][1]) not in torn
        for node in _walk(root)
        if node.family is Family.CN
    )


def _missing_parts(gaps: Sequence[Gap], lost: Sequence[Node]) -> list[int]:
    """Where whole parts (二、) are missing: the starts of the parts behind them, in order."""
    lost_at = sorted(n.start for n in lost if n.family is Family.CN)
    found = []
    for gap in gaps:
        if gap.family is Family.CN:
            left = bisect_left(lost_at, gap.right.start) - bisect_right(lost_at, gap.begin)
            if left < gap.last - gap.first + 1:
                found.append(gap.right.start)
    return sorted(found)


def _lacks_parent(gap: Gap, missing_parts: Sequence[int]) -> bool:
    """Whether a whole part is missing inside a gap of its items: these went with it."""
    return bisect_right(missing_parts, gap.begin) < bisect_right(missing_parts, gap.right.start)


def _mark_before_first(gap: Gap, own_words: Sequence[Paragraph]) -> None:
    """三、… paragraph, paragraph, (八): the labels (六) and (七) are gone."""
    after = bisect_right(own_words, gap.begin, key=lambda p: p.start)
    before = bisect_left(own_words, gap.right.start, key=lambda p: p.start)
    for p in own_words[max(after, before - (gap.last - gap.first + 1)) : before]:
        p.orphan, p.family = "under", gap.family


def _words_of_parts(root: Node) -> list[Paragraph]:
    """The words that the parts 一、二、 have of their own, in order."""
    parts = (node for node in _walk(root) if node.family is Family.CN and not node.lost)
    return sorted((p for node in parts for p in node.paragraphs), key=lambda p: p.start)


def _mark_between(gap: Gap, parent: Node) -> None:
    """Paragraphs between n and n+2 under one parent."""
    assert gap.left is not None
    lost = [c for _, c in parent.children if c.lost and gap.left.start < c.start < gap.right.start]
    if len(lost) > gap.last - gap.first:
        return  # as many labels without a number as numbers are missing: the rest is the words of these
    for node in (gap.left, *lost):
        last_child = node.children[-1][1].start if node.children else node.start
        own = [
            p
            for p in node.paragraphs
            if p.start > last_child or (not node.children and p.start == node.start)
        ]
        if not node.children and not _only_named(node):
            own = own[1:]
        for p in own:
            if not p.orphan:
                p.orphan, p.family = "beside", gap.family
    for p in parent.paragraphs:
        if gap.left.start < p.start < gap.right.start and not p.orphan:
            p.orphan, p.family = "under", gap.family


def _only_named(node: Node) -> bool:
    """A heading whose only words are short like a heading: 「加强组织领导。」 「加强落实保障。」."""
    return bool(node.heading_span) and len(node.paragraphs) == 1 and _length(node.paragraphs[0]) <= 12


def _length(p: Paragraph) -> int:
    return p.end - p.start


def has_articles(root: Node) -> bool:
    """Whether any part is an article."""
    return any(node.family is Family.ARTICLE for node in _walk(root))


def _walk(root: Node) -> Iterator[Node]:
    """Every part below ``root`` in the order of the document."""
    stack = [child for _, child in reversed(root.children)]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(child for _, child in reversed(node.children))


def _by_family(node: Node) -> dict[Family, list[Node]]:
    out: dict[Family, list[Node]] = {}
    for _, child in node.children:
        if child.family is not None and child.number is not None:
            out.setdefault(child.family, []).append(child)
    return out


def _runs_on(family: Family, nodes: Sequence[Node]) -> bool:
    numbers = [n.number or 0 for n in nodes]
    if family is Family.ARTICLE:  # 第十条, 第十条之一
        return len(set(numbers)) > 1 and all(a <= b for a, b in pairwise(numbers))
    return len(numbers) > 1 and all(a < b for a, b in pairwise(numbers))


def _sequence(family: Family, nodes: Sequence[Node], parent: Node | None) -> Iterator[Gap]:
    expected, left = 1, None
    for child in nodes:
        n = child.number or 0
        if n > expected:
            yield Gap(family, expected, n - 1, left, child, parent)
        expected, left = max(expected, n + 1), child


def _missing(gap: Gap) -> str:
    if gap.last - gap.first >= _NAMED:
        return f"{_name(gap.family, gap.first)}至{_name(gap.family, gap.last)}"
    return "、".join(_name(gap.family, k) for k in range(gap.first, gap.last + 1))


def _name(family: Family, number: int) -> str:
    label = label_of(family, number)
    return f"“{label}”" if family is Family.CN else label
