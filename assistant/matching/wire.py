"""The public JSON of a match; it only grows."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from ceyin.assistant.contract import AmountKind, Check, MissingFact, Money, VerdictName


class _Wire(BaseModel):
    model_config = ConfigDict(extra="forbid")


class MatchRequest(_Wire):
    """The body of ``POST /api/v1/match``: facts by key or synonym, the place, the day."""

    facts: dict[str, Any] | None = None
    region: str | None = None
    as_of: str | None = None


class MatchedClause(_Wire):
    """Where it stands."""

    policy_id: str
    path: list[str]
    cite_as: str
    text: str
    text_kind: Literal["official", "card"]
    damaged: bool
    source: str | None


class MatchedRule(Check):
    """One rule on this applicant; ``programme`` is None for a rule of no programme (a target, a validity)."""

    title: str
    policy_id: str
    programme: str | None
    amount_cny: Money | None = None
    amount_kind: AmountKind | None = None
    amount_low_cny: Money | None = None
    nature: str | None = None
    deadline: str | None = None
    duty: bool = False
    clause: MatchedClause


class Change(_Wire):
    """One fact that would have to be otherwise."""

    key: str
    now: str | None
    wanted: str


class ProgrammeSum(_Wire):
    """What a programme brings in: ``nature`` grant, loan, interest, tax, fee or fund; only grants are totalled."""

    nature: str
    low_cny: Money
    high_cny: Money | None
    certain: bool


class MatchedProgramme(_Wire):
    """One programme: its verdict, money, dates, what is missing, what would have to change."""

    programme: str
    title: str
    gives: str
    who: str
    policy_id: str
    policy_title: str
    level: str
    region: str
    verdict: VerdictName
    reason: str | None
    applies: bool
    amount_cny: Money | None = None
    amount_kind: AmountKind | None = None
    sums: list[ProgrammeSum] = []
    deadline: str | None = None
    missing_facts: list[MissingFact] = []
    changes: list[list[Change]] = []
    notes: list[str] = []
    doubt: str | None = None
    rules: list[MatchedRule] = []
    clause: MatchedClause


class NextFact(_Wire):
    """A fact worth telling next: how many programmes turn on it, and up to how much money."""

    key: str
    question: str
    type: str
    unit: str
    evidence: str
    choices: list[str] = []
    programmes: int
    up_to_cny: Money | None


class MatchDay(_Wire):
    """A day of the plan: by when to apply or to do a duty, when a term ends, when a bar has passed."""

    day: str
    kind: Literal["apply", "duty", "term_end", "bar_end"]
    title: str
    note: str
    programme: str | None
    rule_id: str
    cite_as: str


class PlanReport(_Wire):
    """``ceyin plan --json``: every day that follows from the dates given, in order."""

    as_of: str
    days: list[MatchDay]
    warnings: list[str] = []


class MatchTotals(_Wire):
    """Grants only: due for sure, up to what where entitled, and everything that is not ruled out (None: unbounded)."""

    certain_cny: Money
    at_most_cny: Money | None
    possible_cny: Money | None
    open_ended: list[str] = []
    notes: list[str] = []


class PolicyAside(_Wire):
    """A policy that is not counted, or to be checked: expired, not yet in force, plan period over, 时效待核."""

    policy_id: str
    title: str
    state: Literal["expired", "repealed", "not_yet", "plan_over", "doubtful"]
    note: str


class NamedPolicy(_Wire):
    """A policy by its id and title."""

    policy_id: str
    title: str


class LevelCover(_Wire):
    """What of one level was looked at."""

    level: str
    place: str | None
    policies: list[str]


class OutsideDocument(_Wire):
    """A document the texts name that is not in the library."""

    title: str | None
    doc_number: str | None
    named_in: str


class MatchCoverage(_Wire):
    """What the match covered, and what it could not."""

    levels: list[LevelCover]
    without_rules: list[NamedPolicy] = Field(default=[], description="policies here without a reviewed rule")
    outside: list[OutsideDocument] = []


class MatchReport(_Wire):
    """``ceyin match --json`` and ``POST /api/v1/match``."""

    as_of: str
    region: str | None
    region_assumed: bool
    facts: dict[str, str]
    totals: MatchTotals
    programmes: list[MatchedProgramme]
    rules: list[MatchedRule]
    next_facts: list[NextFact]
    days: list[MatchDay]
    policies_aside: list[PolicyAside]
    coverage: MatchCoverage
    warnings: list[str] = []
