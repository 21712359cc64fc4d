"""What a composer gets, and what it hands on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from ceyin.assistant.citing import Citations
from ceyin.assistant.contract import (
    AmountKind,
    Block,
    BlockKind,
    Check,
    Citation,
    MissingFact,
    Part,
    Status,
    Table,
    VerdictName,
)
from ceyin.assistant.deciding import Decision
from ceyin.assistant.evidence import Evidence
from ceyin.assistant.holding import Asked, holds, threshold
from ceyin.assistant.routing import Scope
from ceyin.assistant.rules.book import RuleBook
from ceyin.assistant.rules.values import Facts
from ceyin.assistant.sides import Side
from ceyin.assistant.understand import Question
from ceyin.corpus.library import StoredPolicy


@dataclass(frozen=True, slots=True)
class Compared:
    """One side of a comparison and all that its part of the answer can be made of."""

    side: Side
    material: Material


@dataclass(frozen=True, slots=True)
class Material:
    """Everything an answer can be made of; evidence and decisions are best first."""

    question: Question
    scope: Scope
    evidence: Sequence[Evidence]
    parts: Sequence[Sequence[Evidence]]  # evidence for each single question of the message
    decisions: Sequence[Decision]
    asked: Asked
    chance: float  # that the library answers it at all
    facts: Facts
    policies: Sequence[StoredPolicy]
    book: RuleBook
    idf: Callable[[str], float]
    compared: Sequence[Compared] = ()  # the sides of a comparison, in the order of the question

    def single(
        self, question: Question, evidence: Sequence[Evidence], decisions: Sequence[Decision], asked: Asked
    ) -> Material:
        """The material of one question of a message that asks several."""
        parts = [evidence]
        return replace(
            self,
            question=question,
            evidence=evidence,
            parts=parts,
            decisions=decisions,
            asked=asked,
            chance=holds(asked),
        )

    def held(self, times: float = 1.0) -> bool:
        """Whether the library answers the question: its score is the threshold, or so many times that."""
        return self.chance >= times * threshold()

    def policy(self, policy_id: str) -> StoredPolicy:
        """A policy of the library."""
        return next(p for p in self.policies if p.policy_id == policy_id)


def block(
    kind: BlockKind, text: str, *, verdict: VerdictName | None = None, table: Table | None = None
) -> Block:
    """A paragraph with the numbers of what it cites."""
    cited = list(dict.fromkeys(int(n) for n in re.findall(r"\[(\d+)\]", text)))
    return Block(kind=kind, text=text, verdict=verdict, citations=cited, table=table)


def row(cells: Sequence[str]) -> str:
    """A line of a table as text."""
    return "| " + " | ".join(c.replace("|", "/").replace("\n", " ") for c in cells) + " |"


def text_of(blocks: Iterable[Block]) -> str:
    """An answer as shown: its paragraphs, a line each."""
    return "\n".join(b.text for b in blocks)


@dataclass(slots=True)
class Draft:
    """An answer being written."""

    cites: Citations
    status: Status = "answered"
    kind: Literal["policy", "help"] = "policy"
    refusal: str | None = None
    verdict: VerdictName | None = None
    amount: Decimal | None = None
    amount_kind: AmountKind | None = None
    blocks: list[Block] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    missing: list[MissingFact] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    suggestions: list[str] = field(default_factory=list)

    def say(
        self, kind: BlockKind, text: str, *, verdict: VerdictName | None = None, first: bool = False
    ) -> None:
        """Add a paragraph at the end, or in front of all others."""
        if text:
            self.blocks.insert(0 if first else len(self.blocks), block(kind, text, verdict=verdict))

    @property
    def text(self) -> str:
        """The answer as shown."""
        return text_of(self.blocks)

    @property
    def citations(self) -> list[Citation]:
        """The citations of the contract."""
        return self.cites.build()
