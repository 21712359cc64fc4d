"""Gaps in numberings: the proof that parts are missing, and which unlabelled paragraphs are left of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ceyin.corpus.markers import Family, label_of
from ceyin.corpus.model import Damage, DamageKind, Span
from ceyin.corpus.outline import Node

#: Families whose parts are counted; 编 and 节 begin anew too freely to prove anything.
_COUNTED = frozenset(Family) - {Family.DASH, Family.BOOK, Family.SUBBOOK, Family.SECTION}
#: Families whose numbers may go on from one parent to the next: articles, chapters, or 一、(一)(二) 二、(三).
_RUNNING = (Family.ARTICLE, Family.CHAPTER, Family.PAREN_CN, Family.CN)
#: More missing numbers than this are named as a range.
_NAMED = 4


def numbering_gaps(root: Node) -> list[Damage]:
    """One loss per place where numbers of a sequence never come; its span is the place they should stand at."""
    running = frozenset(f for f in _RUNNING if _runs_on(root, f))
    found: list[Damage] = []
    for family in running:
        found += _sequence(family, [n for n in _walk(root) if n.family is family and n.number is not None])
    for node in (root, *_walk(root)):
        for family, children in _by_family(node).items():
            if family in _COUNTED and family not in running:
                found += _sequence(family, children)
    return found


def count_gaps(root: Node) -> int:
    """How many losses of labels the outline itself shows."""
    count = 0
    for node in (root, *_walk(root)):
        for children in _by_family(node).values():
            count += sum(1 for a, b in pairwise(children) if (b.number or 0) - (a.number or 0) > 1)
        count += node.lost
    return count


def mark_orphans(root: Node) -> None:
    """Mark unlabelled paragraphs between n and n+2: they are what is left of n+1."""
    for node in (root, *_walk(root)):
        for children in _by_family(node).values():
            for left, right in pairwise(children):
                if (right.number or 0) - (left.number or 0) < 2 or left.heading_only:
                    continue
                for p in left.paragraphs[1:]:
                    p.orphan = "beside"
                for p in node.paragraphs:
                    if left.start < p.start < right.start:
                        p.orphan = "under"


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


def _runs_on(root: Node, family: Family) -> bool:
    numbers = [n.number or 0 for n in _walk(root) if n.family is family and n.number is not None]
    if family is Family.ARTICLE:  # 第十条, 第十条之一
        return len(set(numbers)) > 1 and all(a <= b for a, b in pairwise(numbers))
    return len(numbers) > 1 and all(a < b for a, b in pairwise(numbers))


def _sequence(family: Family, nodes: Sequence[Node]) -> Iterator[Damage]:
    expected = 1
    for child in nodes:
        n = child.number or 0
        if n > expected:
            span = Span(max(0, child.start - 1), child.start)
            yield Damage(DamageKind.GAP, span, f"缺{_missing(family, expected, n - 1)}")
        expected = max(expected, n + 1)


def _missing(family: Family, first: int, last: int) -> str:
    if last - first >= _NAMED:
        return f"{_name(family, first)}至{_name(family, last)}"
    return "、".join(_name(family, k) for k in range(first, last + 1))


def _name(family: Family, number: int) -> str:
    label = label_of(family, number)
    return f"“{label}”" if family is Family.CN else label
