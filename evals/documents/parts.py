"""The outline of a generated document: numbered parts, their paragraphs, and the addresses that follow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from ceyin.corpus.numerals import to_chinese

Role = Literal[
    "title", "number", "salutation", "heading", "clause", "signature", "other", "furniture", "source"
]
Path = tuple[str, ...]


@dataclass(slots=True)
class Words:
    """A paragraph; ``kept_out`` is one that is no clause (a list of 责任单位)."""

    text: str
    kept_out: bool = False


@dataclass(slots=True)
class Part:
    """A numbered part: ``label`` as written, ``key`` as it stands in a path (None: 编, 章 and 节)."""

    family: str
    number: int
    label: str
    key: str | None
    gap: str = ""
    heading: str = ""
    own_line: bool = False  # the heading stands on a line of its own
    inline: bool = False  # begins in the line of what stands before it
    damage: str = ""  # what was done to it: gap (the sibling before is gone), cut, blank, empty
    content: list[Words | Part] = field(default_factory=list)

    @property
    def parts(self) -> list[Part]:
        """The numbered parts inside, in order."""
        return [c for c in self.content if isinstance(c, Part)]

    @property
    def words(self) -> list[Words]:
        """The paragraphs of its own that are clauses."""
        return [c for c in self.content if isinstance(c, Words) and not c.kept_out]


@dataclass(slots=True)
class Chunk:
    """A run of text that is one clause or one block; ``label`` is how many characters its label takes."""

    text: str
    role: Role
    path: Path = ()
    part: int = 0  # 0 the policy itself, k its k-th annex
    trail: Path = ()
    label: int = 0
    inline: bool = False
    damage: str = ""


def write_opening(paragraphs: list[Words], name: str) -> Iterator[Chunk]:
    """Unnumbered paragraphs above the first label: 导语, 导语/第二段."""
    yield from _numbered([p.text for p in paragraphs], (name,), "段", bare_first=True)


def write_closing(paragraphs: list[str]) -> Iterator[Chunk]:
    """Closing words of a document: 结语, or 结语/第一段 and 结语/第二段."""
    yield from _numbered(paragraphs, ("结语",), "段", bare_first=False)


def _numbered(texts: list[str], path: Path, unit: str, *, bare_first: bool) -> Iterator[Chunk]:
    for k, text in enumerate(texts):
        bare = len(texts) == 1 or (bare_first and k == 0)
        yield Chunk(text, "clause", path if bare else (*path, f"第{to_chinese(k + 1)}{unit}"))


def write_part(part: Part, above: Path = (), trail: Path = ()) -> Iterator[Chunk]:
    """The chunks of a part in the order of the document, each clause with its address."""
    path = above if part.key is None else (*above, part.key)
    lead = part.label + part.gap
    below = trail
    if part.own_line:
        yield Chunk(lead + part.heading, "heading", label=len(lead), inline=part.inline, damage=part.damage)
        below = (*trail, part.label + part.heading)
        lead = ""
    elif not part.content:
        yield Chunk(
            part.label,
            "clause",
            path,
            trail=trail,
            label=len(part.label),
            inline=part.inline,
            damage=part.damage,
        )
        return
    article = part.family == "条"
    several = len(part.words) > 1
    own_trail = trail
    count = 0
    for content in part.content:
        if isinstance(content, Part):
            under = path
            if article and several and count:
                under = (*path, f"第{to_chinese(count)}款")
            yield from write_part(content, under, below)
            continue
        if content.kept_out:
            yield Chunk(content.text, "other")
            continue
        count += 1
        at = path
        if article and several:
            at = (*path, f"第{to_chinese(count)}款")
        elif several and not (part.parts and count == 1):
            at = (*path, f"第{to_chinese(count)}段")
        head = part.heading + "。" if part.heading and lead else ""
        yield Chunk(
            lead + head + content.text,
            "clause",
            at,
            trail=own_trail,
            label=len(lead),
            inline=part.inline and bool(lead),
            damage=part.damage if lead else "",
        )
        lead = ""
