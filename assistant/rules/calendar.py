"""Periods and days by the rules of the design notes (Asia/Shanghai, 民法典 第200条以下): months end on the
corresponding day or the month's last, always counted from the original start."""

from __future__ import annotations

import calendar as _calendar
from datetime import date, timedelta

from ceyin.assistant.rules.model import Period


def add_months(start: date, months: int) -> date:
    """``start`` plus calendar months (negative: backwards); 2023-11-30 + 3 → 2024-02-29."""
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    day = min(start.day, _calendar.monthrange(year, month + 1)[1])
    return date(year, month + 1, day)


def add_years(start: date, years: int) -> date:
    """``start`` plus years; 2024-02-29 + 1 → 2025-02-28."""
    return add_months(start, 12 * years)


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, _calendar.monthrange(year, month)[1])


def is_working_day(day: date) -> bool | None:
    """Whether a day is worked, 调休 included; None where the holiday calendar does not reach."""
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


def roll_forward(day: date) -> date | None:
    """The day itself, or the next working day; None where the calendar does not reach."""
    while True:
        working = is_working_day(day)
        if working is None:
            return None
        if working:
            return day
        day += timedelta(days=1)


def add_working_days(start: date, days: int) -> date | None:
    """The n-th working day after ``start`` (negative: before it); None where the calendar does not reach."""
    day, left = start, abs(days)
    while left > 0:
        day += timedelta(days=1 if days > 0 else -1)
        working = is_working_day(day)
        if working is None:
            return None
        left -= working
    return day


def period_end(start: date, period: Period, *, backwards: bool = False) -> date | None:
    """The last day of a period, its first not counted and not rolled; None where the calendar does not reach."""
    try:
        return _period_end(start, period, -1 if backwards else 1)
    except (OverflowError, ValueError):  # 9999-12-31, as people write 「长期」
        return None


def _period_end(start: date, period: Period, sign: int) -> date | None:
    if period.working_days:
        return add_working_days(start, sign * period.working_days)
    if period.days:
        return date.fromordinal(start.toordinal() + sign * period.days)
    return add_months(start, sign * (12 * period.years + period.months))


def length(period: Period) -> str:
    """3年, 5个工作日."""
    if period.years:
        return f"{period.years}年"
    if period.months:
        return f"{period.months}个月"
    return f"{period.days}日" if period.days else f"{period.working_days}个工作日"


def weekday(day: date) -> str:
    """周一 to 周日."""
    return "周" + "一二三四五六日"[day.weekday()]


def chinese(day: date) -> str:
    """2026年11月23日."""
    return f"{day.year}年{day.month}月{day.day}日"
