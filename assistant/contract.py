"""The public JSON of answers and searches (see docs/contract in the design); it only grows."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

Status = Literal["answered", "needs_facts", "source_incomplete", "refused"]
VerdictName = Literal["pass", "fail", "unknown"]
AmountKind = Literal["exact", "at_most"]
InForceName = Literal["in_force", "expired", "not_yet", "repealed", "unknown"]


def _money(value: Decimal) -> str:
    """At least two places, more where they are not zero: 15000.00, 999.999."""
    cents = value.quantize(Decimal("0.01")) if value == value.quantize(Decimal("0.01")) else value.normalize()
    return format(cents, "f")


#: Money on the wire is a decimal string, never a float.
Money = Annotated[Decimal, PlainSerializer(_money, return_type=str, when_used="json")]


class _Wire(BaseModel):
    model_config = ConfigDict(extra="forbid")


class MissingFact(_Wire):
    """A fact that could still change the outcome, and how to ask for it."""

    key: str
    question: str


class Citation(_Wire):
    """One cited clause; ``quote_spans`` mark, inside ``text``, the words that carry the claim."""

    n: int = Field(ge=1)
    policy_id: str
    title: str
    doc_number: str | None
    issuer: str
    region: str
    path: list[str]
    cite_as: str
    heading: str
    text: str
    text_kind: Literal["official", "card"]
    span: tuple[int, int] | None
    quote_spans: list[tuple[int, int]] = []
    source: str | None
    sha256: str | None
    in_force: InForceName
    damaged: bool = False


class Check(_Wire):
    """The outcome of one rule, with its trace ready to print."""

    rule_id: str
    kind: str
    verdict: VerdictName
    reason: str | None = None
    value: str | None = None
    unit: str | None = None
    explanation: str
    trace: dict[str, Any] = {}
    missing_facts: list[MissingFact] = []
    citation: int | None = None


class Timings(_Wire):
    """Milliseconds per stage."""

    understand: float = 0.0
    retrieve: float = 0.0
    rules: float = 0.0
    compose: float = 0.0
    verify: float = 0.0
    total: float = 0.0


class Part(_Wire):
    """One of several questions in a message, or one programme of an overview."""

    title: str
    status: Status
    verdict: VerdictName | None = None
    amount_cny: Money | None = None
    amount_kind: AmountKind | None = None
    answer: str
    citations: list[Citation] = []
    checks: list[Check] = []


class Answer(_Wire):
    """The answer object of the contract."""

    id: str | None = None
    question: str
    as_of: str
    kind: Literal["policy", "help"] = "policy"
    status: Status
    refusal_reason: str | None = None
    verdict: VerdictName | None = None
    amount_cny: Money | None = None
    amount_kind: AmountKind | None = None
    answer: str
    citations: list[Citation] = []
    checks: list[Check] = []
    missing_facts: list[MissingFact] = []
    parts: list[Part] = []
    warnings: list[str] = []
    suggestions: list[str] = []
    timings_ms: Timings = Timings()


class ContextClause(_Wire):
    """A clause a hit has to be read with: its lead-in, or the one it points back to."""

    path: list[str]
    cite_as: str
    text: str


class SearchHit(_Wire):
    """One hit of ``ceyin search``; ``context`` is empty for a clause that stands by itself."""

    rank: int
    score: float
    policy_id: str
    title: str
    doc_number: str | None
    path: list[str]
    cite_as: str
    text: str
    text_kind: Literal["official", "card"]
    in_force: InForceName
    context: list[ContextClause] = Field(default_factory=list)


class SearchResult(_Wire):
    """``ceyin search --json`` and ``GET /api/v1/search``."""

    hits: list[SearchHit]


class AskRequest(_Wire):
    """One line of ``ceyin ask --batch`` and the body of ``POST /api/v1/ask``.

    ``turns`` are the user's messages so far, the last one is answered; ``question`` may stand instead. Keys
    of the caller's own (a category, a note) are passed over.
    """

    model_config = ConfigDict(extra="ignore")

    id: str | None = None
    question: str | None = None
    turns: list[str] = []
    facts: dict[str, Any] | None = None
    as_of: str | None = None
    conversation_id: str | None = None


class CheckRequest(_Wire):
    """The body of ``POST /api/v1/check``: one rule on the facts of one case."""

    rule_id: str
    facts: dict[str, Any] | None = None
    as_of: str | None = None


class CheckReport(Check):
    """The outcome of one rule with what to know of the facts given (unknown keys, unreadable values)."""

    warnings: list[str] = []


class PolicySummary(_Wire):
    """One policy of ``GET /api/v1/policies`` and ``ceyin corpus list --json``."""

    policy_id: str
    title: str
    doc_number: str | None
    issuers: list[str]
    region: str
    issued: str | None
    effective_from: str | None
    expires: str | None
    in_force: InForceName
    text_kind: Literal["official", "card"]
    stub: bool
    clauses: int
    damaged_clauses: int
    source: str | None


class ClauseView(_Wire):
    """One clause of ``GET /api/v1/policies/{id}``; ``card`` is our plain-language digest where there is one."""

    path: list[str]
    cite_as: str
    heading: str
    heading_trail: list[str]
    text: str
    text_kind: Literal["official", "card"]
    span: tuple[int, int] | None
    damaged: bool
    damage: str | None
    card: str | None


class PolicyView(PolicySummary):
    """A policy with its clauses, in the order of the document."""

    document: list[ClauseView]


class PolicyList(_Wire):
    """``GET /api/v1/policies``."""

    policies: list[PolicySummary]
