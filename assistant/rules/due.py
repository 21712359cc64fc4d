"""Deadlines and terms on a case (Asia/Shanghai); the calendar rules themselves are in ``calendar``."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from ceyin.assistant.rules.calendar import chinese, length, month_end, period_end, roll_forward
from ceyin.assistant.rules.conditions import Case, decide
from ceyin.assistant.rules.model import DeadlineRule, TermRule
from ceyin.assistant.rules.result import Result, clause_of, day_of, undecided
from ceyin.assistant.rules.values import Conflict, Facts, Known, Reason, Trace, Verdict

#: Longer than any run of rest days in the calendar so far.
_LONGEST_REST = timedelta(days=12)


def decide_deadline(rule: DeadlineRule, case: Case) -> Result:
    """Whether the act is in time: done on the day of the ``act`` fact, else on the day of the question."""
    act_day = case.as_of
    notes: tuple[str, ...] = ()
    doubtful: date | None = None
    if rule.act and isinstance(case.facts.get(rule.act), Known | Conflict):
        acted = day_of(rule, rule.act, rule.title, case.facts)
        if isinstance(acted, Result):
            return acted
        act_day = acted
    if rule.on is not None:
        due = rule.on
    elif rule.each_year is not None:
        if rule.report_year and isinstance(case.facts.get(rule.report_year), Conflict):
            return undecided(rule, "说法不一", f"每年{rule.each_year}", Reason.CONFLICT, rule.report_year)
        due = yearly(rule.each_year, _year_due(rule, case.facts, act_day.year))
        if act_day > due and (told := _untold_year(rule, case.facts)):
            return _next_year(rule, rule.each_year, due, act_day, told)
    else:
        assert rule.event is not None and rule.period is not None
        event = day_of(rule, rule.event, f"{rule.event}起{length(rule.period)}", case.facts)
        if isinstance(event, Result):
            return event
        found = last_day(rule, event)
        if found is None:
            return undecided(rule, chinese(event), length(rule.period), Reason.NO_CALENDAR)
        due, notes, doubtful = found
    if act_day < due or (act_day == due and rule.boundary == "through"):
        verdict, reason = Verdict.PASS, None
    elif act_day == due:
        verdict, reason = Verdict.UNKNOWN, Reason.BOUNDARY
    elif doubtful is not None and act_day <= doubtful:
        verdict, reason = Verdict.UNKNOWN, Reason.NO_CALENDAR
    else:
        verdict, reason = Verdict.FAIL, None
    trace = Trace(rule.title, chinese(act_day), f"不晚于{chinese(due)}", verdict, clause_of(rule.pin))
    return Result(rule, verdict, reason, trace, day=due, notes=notes)


def last_day(rule: DeadlineRule, event: date) -> tuple[date, tuple[str, ...], date | None] | None:
    """The last day of a period from an event, what to say of it, and until when it may yet move.

    None where the holiday calendar that counts its working days does not reach.
    """
    assert rule.period is not None
    end = period_end(event, rule.period, backwards=rule.backwards)
    if end is None:
        return None
    if rule.backwards or rule.period.working_days:
        return end, (), None
    due = roll_forward(end)
    if due is None:
        latest = date.max if end > date.max - _LONGEST_REST else end + _LONGEST_REST
        return end, ("节假日安排尚未公布,遇休息日顺延的情况未计入。",), latest
    return due, (() if due == end else (f"{chinese(end)}为休息日,顺延至{chinese(due)}。",)), None


def yearly(month_day: str, year: int) -> date:
    """The day ``01-end`` or ``03-31`` means in a year; 02-29 is the last of February in a common one."""
    month, day = month_day.split("-")
    last = month_end(year, int(month))
    return last if day == "end" else last.replace(day=min(int(day), last.day))


def _untold_year(rule: DeadlineRule, facts: Facts) -> str | None:
    """The fact that would say which year's duty is meant, where neither it nor the day of the act is told."""
    if not rule.duty or rule.report_year is None or isinstance(facts.get(rule.report_year), Known):
        return None
    return None if rule.act and isinstance(facts.get(rule.act), Known) else rule.report_year


def _next_year(rule: DeadlineRule, month_day: str, due: date, act_day: date, year: str) -> Result:
    """This year's day has passed, and nobody said that this year's is meant: the next one is to come."""
    coming = yearly(month_day, due.year + 1)
    found = undecided(
        rule, chinese(act_day), f"每年不晚于{due.month}月{due.day}日", Reason.MISSING_FACT, year
    )
    return replace(found, day=coming, notes=(f"今年的{chinese(due)}已过;下一次是{chinese(coming)}。",))


def _year_due(rule: DeadlineRule, facts: Facts, this_year: int) -> int:
    """The year after the one reported on, where that is told; else this one, a duty's first not before the year
    after the event it begins with."""
    fact = facts.get(rule.report_year) if rule.report_year else None
    if isinstance(fact, Known) and isinstance(fact.value, Decimal) and fact.value % 1 == 0:
        year = int(fact.value) + 1
        if date.min.year <= year <= date.max.year:
            return year
    since = facts.get(rule.since) if rule.since else None
    if isinstance(since, Known) and isinstance(since.value, date):
        return max(this_year, min(since.value.year + 1, date.max.year))
    return this_year


def decide_term(rule: TermRule, case: Case) -> Result:
    """Whether a title, a construction period or a loan still runs on the day of the question."""
    start = day_of(rule, rule.start, f"{rule.start}起{length(rule.period)}", case.facts)
    if isinstance(start, Result):
        return start
    end = period_end(start, rule.period)
    if end is None:
        return undecided(rule, chinese(start), length(rule.period), Reason.NO_CALENDAR)
    if case.as_of < end:
        verdict, reason = Verdict.PASS, None
    elif case.as_of == end:
        verdict, reason = Verdict.UNKNOWN, Reason.BOUNDARY
    else:
        verdict, reason = Verdict.FAIL, None
    given = f"{rule.start}{chinese(start)},查询日{chinese(case.as_of)}"
    required = f"{length(rule.period)},到{chinese(end)}"
    parts: tuple[Trace, ...] = ()
    missing: tuple[str, ...] = ()
    if verdict is Verdict.FAIL and rule.renewal is not None:
        renewed = decide(rule.renewal, case, rule.pin)
        verdict, reason, missing, parts = renewed.verdict, renewed.reason, renewed.missing, (renewed.trace,)
    trace = Trace(rule.title, given, required, verdict, clause_of(rule.pin), parts)
    note = "文件没有写明期限从哪天算到哪天,按对应日算。"
    return Result(rule, verdict, reason, trace, missing, day=end, notes=(note,))
