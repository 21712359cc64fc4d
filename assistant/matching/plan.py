"""From an award or approval to dated duties: what falls due when, until the term is over and any bar has passed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ceyin.assistant.deciding import Decision
from ceyin.assistant.rules.calendar import period_end
from ceyin.assistant.rules.conditions import Case, decide
from ceyin.assistant.rules.due import last_day, yearly
from ceyin.assistant.rules.model import ConsequenceRule, DeadlineRule, Lockout, Period, Rule, TermRule
from ceyin.assistant.rules.uses import conditions_of
from ceyin.assistant.rules.values import Known, Reason, Verdict

#: How many years of a yearly duty are laid out where no term says when it ends.
_YEARS_AHEAD = 3

ItemKind = Literal["apply", "duty", "term_end", "bar_end"]


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One day: by when to apply or to do a duty, when a term ends, when a bar has passed. ``note``: what to mind."""

    day: date
    kind: ItemKind
    title: str
    decision: Decision
    note: str = ""


def plan(decisions: Iterable[Decision], case: Case) -> list[PlanItem]:
    """Every day that follows from the dates known of a case, in order; past days too."""
    items = [
        item
        for decision in decisions
        if decision.result.applies and decision.result.reason not in (Reason.TEXT_CHANGED, Reason.NOT_REVIEWED)
        for item in _of_rule(decision, case)
    ]  # fmt: skip
    return sorted(items, key=lambda i: (i.day, i.decision.rule.id, i.title))


def _of_rule(decision: Decision, case: Case) -> Iterator[PlanItem]:
    rule = decision.rule
    match rule:
        case DeadlineRule():
            kind: ItemKind = "duty" if rule.duty else "apply"
            for day, note in _deadlines(rule, case):
                yield PlanItem(day, kind, rule.title, decision, note)
        case TermRule():
            end = _end(rule.start, rule.period, case)
            if end is not None:
                yield PlanItem(end, "term_end", f"{rule.title}(届满)", decision)
        case ConsequenceRule() if rule.bars is not None and rule.since is not None:
            struck = decide(rule.breach, case, rule.pin).verdict is Verdict.PASS
            end = _end(rule.since, rule.bars, case)
            if struck and end is not None:
                yield PlanItem(end, "bar_end", f"{rule.title}(期满)", decision)
        case _:
            yield from _bars(rule, decision, case)


def _bars(rule: Rule, decision: Decision, case: Case) -> Iterator[PlanItem]:
    for condition in conditions_of(rule):
        if isinstance(condition, Lockout):
            end = _end(condition.event, condition.period, case)
            if end is not None:
                yield PlanItem(end, "bar_end", f"{rule.title}(期满)", decision, "期满之后才可以再申报")


def _known_day(key: str, case: Case) -> date | None:
    fact = case.facts.get(key)
    return fact.value if isinstance(fact, Known) and isinstance(fact.value, date) else None


def _end(event: str, period: Period, case: Case) -> date | None:
    start = _known_day(event, case)
    return period_end(start, period) if start is not None else None


def _deadlines(rule: DeadlineRule, case: Case) -> Iterator[tuple[date, str]]:
    if rule.on is not None:
        yield rule.on, f"{rule.batch}申报" if rule.batch else ""
    elif rule.event is not None:
        start = _known_day(rule.event, case)
        found = last_day(rule, start) if start is not None else None
        if found is not None:
            day, notes, _ = found
            yield day, " ".join(notes)
    elif rule.each_year is not None:
        yield from _each_year(rule, rule.each_year, case)


def _each_year(rule: DeadlineRule, month_day: str, case: Case) -> Iterator[tuple[date, str]]:
    """From the year after the approval until the term is over; without an approval date the next ones."""
    since = _known_day(rule.since, case) if rule.since else None
    if rule.since and since is None:
        return
    first = since.year + 1 if since is not None else case.as_of.year
    until = _term_end(rule, case)
    # The last year of the term is reported on once it is over.
    last = until.year + 1 if until is not None else max(first, case.as_of.year) + _YEARS_AHEAD - 1
    for year in range(first, min(last, date.max.year) + 1):
        yield yearly(month_day, year), f"{year - 1}年度" if rule.since else ""


def _term_end(rule: DeadlineRule, case: Case) -> date | None:
    term = case.rules.rule(rule.during) if rule.during else None
    return _end(term.start, term.period, case) if isinstance(term, TermRule) else None
