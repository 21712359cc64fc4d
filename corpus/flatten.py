"""A parsed policy as the store keeps it: one list of clauses in document order, each path once.

Annexes are part of the notice that issues them, so their clauses and damages join the policy's own. Title
block and signature become clauses too: dates, number and issuer are quoted from there.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from itertools import pairwise

from ceyin.corpus.model import Block, BlockKind, Clause, Damage, ParsedPolicy, Span
from ceyin.corpus.normalise import normalise

TITLE_PATH = ("题头",)
SIGNATURE_PATH = ("落款",)
ATTACHMENTS_PATH = ("附件",)
_CITABLE = ((BlockKind.TITLE, TITLE_PATH), (BlockKind.SIGNATURE, SIGNATURE_PATH))


@dataclass(frozen=True, slots=True)
class FlatPolicy:
    """A policy without nesting; ``damages`` are those of the document, clauses carry their own besides."""

    parsed: ParsedPolicy
    clauses: tuple[Clause, ...]
    damages: tuple[Damage, ...]

    @property
    def damage_count(self) -> int:
        """How many losses there are; one that a clause and the document both report counts once."""
        own = {(c.damage.kind, c.damage.span) for c in self.clauses if c.damage}
        return len(own | {(d.kind, d.span) for d in self.damages})

    def digest(self) -> str:
        """SHA-256 of all that is stored of it: equal for two readings that found the same."""
        stored = replace(self.parsed, clauses=self.clauses, damages=self.damages, blocks=(), annexes=())
        return hashlib.sha256(json.dumps(stored, default=_plain, sort_keys=True).encode()).hexdigest()


def _plain(value: object) -> object:
    """What JSON does not know: a date as text, one of our values as its fields (``asdict`` copies all: slow)."""
    if isinstance(value, date):
        return str(value)
    return {field.name: getattr(value, field.name) for field in fields(value)}  # type: ignore[arg-type]


def flatten(policy: ParsedPolicy, text: str) -> FlatPolicy:
    """Join annexes, title block and signature into one list; ``text`` is the source the spans refer to."""
    found: list[Clause] = []
    damages: list[Damage] = []
    for part in _parts(policy):
        clauses = list(_with_responsible(part, text))
        taken = {clause.path for clause in found}
        if part.label and any(clause.path in taken for clause in clauses):
            # 第一条 of 附件2 beside that of 附件1: the address says which
            clauses = [replace(clause, path=(part.label, *clause.path)) for clause in clauses]
        found += clauses
        damages += part.damages
    for kind, path in _CITABLE:
        # A signature that stands after the annex belongs to the annex's blocks: the first part that has one.
        span = next(filter(None, (_block_span(part.blocks, kind) for part in _parts(policy))), None)
        words = normalise(span.cut(text)) if span else ""
        if span and words:
            found.append(Clause(path, path[0], (), words, span))
    for part in _parts(policy):
        listed = _attachments(part.blocks, text)
        if listed:
            found.append(
                Clause(ATTACHMENTS_PATH, ATTACHMENTS_PATH[0], (), normalise(listed.cut(text)), listed)
            )
    found.sort(key=lambda clause: clause.span)
    return FlatPolicy(policy, _with_unique_paths(found), tuple(dict.fromkeys(damages)))


def _with_responsible(part: ParsedPolicy, text: str) -> Iterator[Clause]:
    """The clauses with the lists of responsible bodies right behind them: who sees to it is asked, and cited, too."""
    behind = {block.span.start: block for block in part.blocks if block.kind is BlockKind.RESPONSIBLE}
    for clause in part.clauses:
        block = behind.get(clause.span.end)
        if block is None:
            yield clause
        else:
            span = Span(clause.span.start, block.span.end)
            yield replace(clause, span=span, text=normalise(span.cut(text)))


def _parts(policy: ParsedPolicy) -> Iterator[ParsedPolicy]:
    yield policy
    for annex in policy.annexes:
        yield from _parts(annex)


def _attachments(blocks: tuple[Block, ...], text: str) -> Span | None:
    """The list of attachments a document closes with; their names are all there is of them."""
    spans = sorted(block.span for block in blocks if block.kind is BlockKind.OTHER)
    start = next((k for k, span in enumerate(spans) if re.match(r"附件?\s*\d*\s*[::]", span.cut(text))), None)
    if start is None:
        return None
    end = start
    while end + 1 < len(spans) and spans[end].end == spans[end + 1].start:
        end += 1
    return Span(spans[start].start, spans[end].end)


def _block_span(blocks: tuple[Block, ...], kind: BlockKind) -> Span | None:
    """The longest stretch of touching blocks of one kind: a quotation needs one span."""
    spans = sorted(block.span for block in blocks if block.kind is kind)
    if not spans:
        return None
    runs = [spans[0]]
    for before, after in pairwise(spans):
        if before.end == after.start:
            runs[-1] = Span(runs[-1].start, after.end)
        else:
            runs.append(after)
    return max(runs, key=len)


def _with_unique_paths(clauses: list[Clause]) -> tuple[Clause, ...]:
    """A path that comes again gets ``#2``, ``#3`` on its first label: damage ate what told them apart."""
    seen: set[tuple[str, ...]] = set()
    out = []
    for clause in clauses:
        path, turn = clause.path, 1
        while path in seen:
            turn += 1
            path = (f"{clause.path[0]}#{turn}", *clause.path[1:])
        seen.add(path)
        out.append(clause if path == clause.path else replace(clause, path=path))
    return tuple(out)
