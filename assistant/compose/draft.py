"""What a composer gets, and what it hands on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from ceyin.assistant.citing import Citations
from ceyin.assistant.contract import AmountKind, Check, Citation, MissingFact, Part, Status, VerdictName
from ceyin.assistant.deciding import Decision
from ceyin.assistant.evidence import Evidence
from ceyin.assistant.holding import Asked, holds, threshold
from ceyin.assistant.routing import Scope
from ceyin.assistant.rules.book import RuleBook
from ceyin.assistant.rules.values import Facts
from ceyin.assistant.understand import Question
from ceyin.corpus.library import StoredPolicy


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

    def single(
        self, part: str, evidence: Sequence[Evidence], decisions: Sequence[Decision], asked: Asked
    ) -> Material:
        """The material of one question of a message that asks several."""
        question = self.question.only(part)
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


@dataclass(slots=True)
class Draft:
    """An answer being written; ``lines`` are its paragraphs."""

    cites: Citations
    status: Status = "answered"
    kind: Literal["policy", "help"] = "policy"
    refusal: str | None = None
    verdict: VerdictName | None = None
    amount: Decimal | None = None
    amount_kind: AmountKind | None = None
    lines: list[str] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    missing: list[MissingFact] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    suggestions: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The answer as shown."""
        return "\n".join(line for line in self.lines if line)

    @property
    def citations(self) -> list[Citation]:
        """The citations of the contract."""
        return self.cites.build()
