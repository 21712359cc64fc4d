"""What is known of a fact, and what a rule can say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

Value = bool | Decimal | date | str | tuple[str, ...] | tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A value somebody gave: ``source`` says who (用户陈述, 事实表), ``as_of`` for which day, where that is known.

    ``month_only``: of a day only the month was said; ``value`` is its first.
    """

    value: Value
    source: str = "用户陈述"
    as_of: date | None = None
    month_only: bool = False


def items_of(value: Value) -> tuple[Decimal, ...] | None:
    """One figure or several as a tuple; None for anything else."""
    if isinstance(value, Decimal):
        return (value,)
    figures = tuple(v for v in value if isinstance(v, Decimal)) if isinstance(value, tuple) else ()
    return figures if figures and isinstance(value, tuple) and len(figures) == len(value) else None


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A figure of which only the lower end is known: 「3万是只多不少」. Decides what no higher figure could change."""

    low: Decimal
    source: str = "用户陈述"


@dataclass(frozen=True, slots=True)
class Below:
    """A figure known only to be less than ``high``: 「不到3件」."""

    high: Decimal
    source: str = "用户陈述"


@dataclass(frozen=True, slots=True)
class Between:
    """A figure known only to be at least ``low`` and less than ``high``: 290来万, 200万左右."""

    low: Decimal
    high: Decimal
    source: str = "用户陈述"


@dataclass(frozen=True, slots=True)
class Absent:
    """Known not to exist: 「一件专利都没有」. Counts as 0, as false and as no member of any list."""

    source: str = "用户陈述"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two sources disagree."""

    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody said anything about it; never zero, never false, never today."""


Fact = Known | AtLeast | Below | Between | Absent | Conflict | Unknown
UNKNOWN = Unknown()


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one case by key."""

    known: Mapping[str, Fact] = field(default_factory=dict)

    def get(self, key: str) -> Fact:
        """What is known of ``key``; Unknown by default."""
        return self.known.get(key, UNKNOWN)

    def with_(self, key: str, fact: Fact) -> Facts:
        """The same facts with one replaced."""
        return Facts({**self.known, key: fact})


class Verdict(StrEnum):
    """The three outcomes of strong Kleene logic."""

    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"


#: How a verdict is printed, everywhere.
MARKS: dict[str, str] = {Verdict.PASS: "✔", Verdict.FAIL: "✘", Verdict.UNKNOWN: "?"}


class Reason(StrEnum):
    """Why a verdict is unknown, or a fail is none of the applicant's making.

    ``not_reviewed``: the rule is a draft; ``informative``: it tells what to do and has nothing to decide;
    ``elsewhere``: the policy does not hold where the case is; ``above_ceiling``: more is wanted than it gives at most;
    ``paid_already``: the highest of several awards was paid, and none is paid beside it.
    """

    MISSING_FACT = "missing_fact"
    CONFLICT = "conflict"
    BOUNDARY = "boundary"
    NO_CALENDAR = "no_calendar"
    DISCRETIONARY = "discretionary"
    SOURCE_INCOMPLETE = "source_incomplete"
    TEXT_CHANGED = "text_changed"
    NOT_IN_FORCE = "not_in_force"
    NOT_REVIEWED = "not_reviewed"
    INFORMATIVE = "informative"
    ELSEWHERE = "elsewhere"
    ABOVE_CEILING = "above_ceiling"
    PAID_ALREADY = "paid_already"


@dataclass(frozen=True, slots=True)
class Trace:
    """One line of the reasoning: what was compared with what, on which clause, with which outcome."""

    what: str
    given: str
    required: str
    verdict: Verdict
    clause: str
    parts: tuple[Trace, ...] = ()

    def leaves(self) -> Iterator[Trace]:
        """What it rests on in the end, in order."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()

    def as_json(self) -> dict[str, object]:
        """Ready for the wire."""
        out: dict[str, object] = {
            "what": self.what,
            "given": self.given,
            "required": self.required,
            "verdict": self.verdict.value,
            "clause": self.clause,
        }
        if self.parts:
            out["parts"] = [p.as_json() for p in self.parts]
        return out


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of a condition: missing facts are exactly those that could still change it."""

    verdict: Verdict
    trace: Trace
    reason: Reason | None = None
    missing: tuple[str, ...] = ()
