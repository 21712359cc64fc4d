"""What a rule says of a case: the result all evaluating modules share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ceyin.assistant.rules.conditions import show
from ceyin.assistant.rules.model import Pin, Rule
from ceyin.assistant.rules.money import Interval
from ceyin.assistant.rules.values import Conflict, Facts, Known, Outcome, Reason, Trace, Verdict
from ceyin.corpus.model import cite_path


@dataclass(frozen=True, slots=True)
class PolicyTerm:
    """From when until when the policy a rule belongs to is in force; None where no text says."""

    start: date | None
    until: date | None
    repealed: date | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of a rule. ``amount`` is what follows on the facts, ``day`` the date that follows."""

    rule: Rule
    verdict: Verdict
    reason: Reason | None
    trace: Trace
    missing: tuple[str, ...] = ()
    amount: Interval | None = None
    at_most: bool = False
    day: date | None = None
    notes: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()  # how the figure came about, in words
    month_only: bool = False  # of ``day`` only the month is known; it is the first there can be
    applies: bool = True  # False: the case is none of this rule's (another award, another kind of applicant)


def of_outcome(rule: Rule, outcome: Outcome) -> Result:
    """A rule that says just what its condition says."""
    return Result(rule, outcome.verdict, outcome.reason, outcome.trace, outcome.missing)


def clause_of(pin: Pin) -> str:
    """The address of a pinned clause as officials write it."""
    return cite_path(pin.path)


def undecided(rule: Rule, given: str, required: str, reason: Reason, *missing: str) -> Result:
    """Unknown, for this reason and for want of these facts."""
    trace = Trace(rule.title, given, required, Verdict.UNKNOWN, clause_of(rule.pin))
    return Result(rule, Verdict.UNKNOWN, reason, trace, missing)


def day_of(rule: Rule, key: str, required: str, facts: Facts) -> date | Result:
    """The day a fact names, or the result where it names none."""
    fact = facts.get(key)
    if isinstance(fact, Known) and isinstance(fact.value, date):
        return fact.value
    if isinstance(fact, Conflict):
        given = "说法不一:" + "、".join(show(v) for v in fact.values)
        return undecided(rule, given, required, Reason.CONFLICT, key)
    return undecided(rule, "未说明", required, Reason.MISSING_FACT, key)
