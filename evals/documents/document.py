"""Write one document of 示例市 and say what a reader finds in it: every clause with address and place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from ceyin.evals.documents.draft import Options, begin
from ceyin.evals.documents.layout import Placed, draw_layout, place
from ceyin.evals.documents.parts import Path
from ceyin.evals.documents.policies import KINDS, Written, write_policy


@dataclass(frozen=True, slots=True)
class ExpectedClause:
    """A clause: ``part`` 0 is the policy's own text, k its k-th annex; no white space at ``end``."""

    part: int
    path: Path
    start: int
    end: int
    trail: Path


@dataclass(frozen=True, slots=True)
class ExpectedDamage:
    """Damage that was done; for a gap the place is that of the part after it."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ExpectedPolicy:
    """What a policy of the document is."""

    title: str
    doc_number: str | None
    issued: date | None
    stub: bool
    clauses: tuple[ExpectedClause, ...]
    damages: tuple[ExpectedDamage, ...]


@dataclass(frozen=True, slots=True)
class Generated:
    """A document, what is in it, and which traits of the grammar it shows."""

    text: str
    expected: tuple[ExpectedPolicy, ...]
    kind: str
    traits: frozenset[str]


def document(rng: Random, options: Options | None = None) -> Generated:
    """One document; the same state of ``rng`` and the same options write the same one."""
    options = options or Options()
    draft = begin(rng, options)
    kind = options.kind or rng.choices(list(KINDS), list(KINDS.values()))[0]
    draft.traits.add(f"kind: {kind}")
    several = draft.pick(2, 4) if kind == "listing" else 1
    layout = draw_layout(draft, glued=kind == "listing")
    text = ""
    expected: list[ExpectedPolicy] = []
    for k in range(several):
        written = write_policy(draft, kind, first=k == 0, last=k == several - 1)
        more, placed = place(written.chunks, layout, rng, at=len(text))
        text += more
        expected.append(_expected(written, placed))
    return Generated(text, tuple(expected), kind, frozenset(draft.traits))


def _expected(written: Written, placed: Sequence[Placed]) -> ExpectedPolicy:
    clauses = tuple(
        ExpectedClause(p.chunk.part, p.chunk.path, p.start, p.end, p.chunk.trail)
        for p in placed
        if p.chunk.role == "clause"
    )
    damages = tuple(ExpectedDamage(p.chunk.damage, p.start, p.end) for p in placed if p.chunk.damage)
    return ExpectedPolicy(written.title, written.doc_number, written.issued, written.stub, clauses, damages)
