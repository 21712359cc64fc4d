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
    #: The day it was issued (ISO); None where the text does not say.
    issued: str | None = None
    #: The day this text was last read from its source; None where only our card is there.
    checked_on: str | None = None


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


#: What a paragraph of an answer is: its conclusion, a premise put right, one condition, how a figure came about, the
#: ground of a day, the words of a clause, an item of a list, a comparison, what to do next, what is asked of the user,
#: what no text says, or a remark on the texts (expired, on trial, on cards).
BlockKind = Literal[
    "conclusion",
    "premise",
    "condition",
    "calculation",
    "basis",
    "quote",
    "item",
    "table",
    "next",
    "need",
    "unsaid",
    "note",
]


class Table(_Wire):
    """A comparison; every row has as many cells as there are columns, cells carry their ``[n]``."""

    columns: list[str]
    rows: list[list[str]]


class Block(_Wire):
    """A paragraph of an answer; ``answer`` is the texts of its blocks, a line each.

    ``verdict`` is that of a condition (✔ pass, ✘ fail, ? unknown); ``citations`` are the numbers its text carries.
    """

    kind: BlockKind
    text: str
    verdict: VerdictName | None = None
    citations: list[int] = []
    table: Table | None = None


class UnderstoodPolicy(_Wire):
    """A policy the question was taken to mean."""

    policy_id: str
    title: str


class UnderstoodFact(_Wire):
    """A fact the answer rests on: as shown to a reader, and where it is from."""

    key: str
    value: str
    source: Literal["said", "given"]


class Understood(_Wire):
    """What was made of the message: shown as chips, changed by asking again with ``policies``, ``region``, ``facts``, ``as_of``.

    ``region`` is null where none was named; ``intents`` are names of the kinds of answer wanted.
    """

    policies: list[UnderstoodPolicy] = []
    region: str | None = None
    facts: list[UnderstoodFact] = []
    as_of: str
    intents: list[str] = []
    language: Literal["zh", "en"] = "zh"


class FoundClause(_Wire):
    """A clause the search found; ``coverage`` is the share of the question it covers (0–1)."""

    policy_id: str
    path: list[str]
    cite_as: str
    score: float
    coverage: float
    cited: bool


class Removed(_Wire):
    """Words the verifier would not let through, and why."""

    text: str
    reason: str


class Explanation(_Wire):
    """How an answer came about; times per stage are in ``timings_ms``.

    ``confidence`` (0–1) is that the library answers the question at all, ``threshold`` where refusing begins.
    """

    searched: str
    clauses: list[FoundClause] = []
    rules: list[Check] = []
    removed: list[Removed] = []
    confidence: float
    threshold: float
    fallback: Literal["quoted", "pointed"] | None = None
    wording: Literal["rules", "model"] = "rules"
    wording_note: str | None = None


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
    blocks: list[Block] = []


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
    blocks: list[Block] = []
    #: Whose words these are; what is decided, cited and quoted is never the model's.
    worded_by: Literal["rules", "model"] = "rules"
    understood: Understood | None = None
    explanation: Explanation | None = None
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

    ``turns`` are the user's messages so far, the last one is answered; ``question`` may stand instead. ``policies``
    (``["*"]``: any) and ``region`` replace what would be read from the words, as do ``facts`` (null: not meant);
    ``explain`` asks for how the answer came about. Keys of the caller's own (a category, a note) are passed over.
    """

    model_config = ConfigDict(extra="ignore")

    id: str | None = None
    question: str | None = None
    turns: list[str] = []
    facts: dict[str, Any] | None = None
    as_of: str | None = None
    conversation_id: str | None = None
    policies: list[str] = []
    region: str | None = None
    explain: bool = False


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
