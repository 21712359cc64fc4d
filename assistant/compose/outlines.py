"""The lists of a policy as its headings show them: what belongs under what, and what each item is called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ceyin.corpus.library import StoredClause, StoredPolicy

#: Paths of the frame of a policy; they are no items of anything.
_FRAME = frozenset(("题头", "导语", "通知", "结语", "落款", "附件"))
_NUMBER = re.compile(r"[\d零一二三四五六七八九十百]+")
_LABEL = re.compile(
    r"^(?:第[^条]{1,6}条|[一二三四五六七八九十百]+、|[(][一二三四五六七八九十\d]+[)]|\d+[.、](?!\d)|——)\s*"
)
_FIRST = re.compile(r"[^。;:]{2,40}")


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: what it is called and its first clause."""

    label: str
    clause: StoredClause


@dataclass(frozen=True, slots=True)
class Outline:
    """A list of items side by side; ``stem`` is the clause they hang on, where it has words of its own."""

    policy: StoredPolicy
    path: tuple[str, ...]
    title: str
    stem: StoredClause | None
    items: tuple[Item, ...]


def outlines(policy: StoredPolicy) -> Iterator[Outline]:
    """Every list of a policy with two items or more, in the order of the document."""
    clauses = [c for c in policy.clauses if c.ref.path[0] not in _FRAME]
    by_path = {c.ref.path: c for c in clauses}
    titles: dict[tuple[str, ...], str] = {}
    children: dict[tuple[tuple[str, ...], str], list[tuple[str, ...]]] = {}
    for clause in clauses:
        path = clause.ref.path
        above = clause.heading_trail[max(0, len(clause.heading_trail) - len(path) + 1) :]
        for depth in range(1, len(path) + 1):
            node = path[:depth]
            if depth <= len(above):
                titles.setdefault(node, above[depth - 1])
            elif depth == len(path) - 1 and path[-1].endswith(
                "段"
            ):  # paragraphs share the heading above them
                titles.setdefault(node, clause.heading)
            siblings = children.setdefault((node[:-1], _kind(node[-1])), [])
            if node not in siblings:
                siblings.append(node)
    first = {
        path: next(c for c in clauses if c.ref.path[: len(path)] == path)
        for s in children.values()
        for path in s
    }
    for (parent, _), nodes in children.items():
        if len(nodes) < 2:
            continue
        items = tuple(Item(_called(node, titles, first[node]), first[node]) for node in nodes)
        stem = by_path.get(parent)
        title = titles.get(parent, stem.heading if stem else "")
        yield Outline(policy, parent, _bare(title), stem, items)


def _kind(label: str) -> str:
    """Labels of one kind count on: (一) and (二), 第一段 and 第二段."""
    return _NUMBER.sub("n", label.split("#")[0])


def _called(node: tuple[str, ...], titles: dict[tuple[str, ...], str], clause: StoredClause) -> str:
    if node in titles:
        return _bare(titles[node])
    own = clause.ref.path == node and clause.heading and not node[-1].endswith("段")
    if own:
        return _bare(clause.heading)
    words = _FIRST.search(_bare(clause.text))
    return words.group() if words else _bare(clause.text)[:40]


def _bare(text: str) -> str:
    return _LABEL.sub("", text).strip("。;:, ")


def labels(items: Sequence[Item]) -> str:
    """What the items are called, as one text."""
    return " ".join(item.label for item in items)
