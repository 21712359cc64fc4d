"""Dates as policies write them: 2023年6月29日, 二〇二三年六月二十九日, 2023-06-29."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

_ZERO = "〇○◯零OoΟО0"
_YEAR_DIGITS = {**dict.fromkeys(_ZERO, 0), **{d: n for n, d in enumerate("一二三四五六七八九", 1)}}
_SMALL = "一二三四五六七八九十"
#: A full date, groups year, month, day; digits may be Chinese and spaced: 二○一四年 三月 五日.
DATE = re.compile(
    rf"((?:19|20)\d\s?\d|[一二][{_ZERO}一二三四五六七八九]{{3}})\s*年\s*(\d{{1,2}}|[{_SMALL}]{{1,2}})\s*月"
    rf"\s*(\d{{1,2}}|[{_SMALL}]{{1,3}})\s*日"
)
#: The same without groups, to stand inside other patterns.
ANY_DATE = re.sub(r"\((?!\?)", "(?:", DATE.pattern)
#: A date as a web page writes it: 2023-06-29, 2023/6/29, 2023.06.29; a time may be glued on (2023-05-0614:00).
PAGE_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d{2})[-/.](0[1-9]|1[0-2]|[1-9](?!\d))[-/.](0[1-9]|[12]\d|3[01]|[1-9](?!\d))"
)


def small_number(text: str) -> int | None:
    """「12」, 「十二」, 「二十九」, 「两」 as a number below 100; None for anything else."""
    if text.isascii() and text.isdigit():
        return int(text)
    if text == "两":
        return 2
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _SMALL.index(text) + 1 if text in _SMALL and len(text) == 1 else None
    if len(tens) > 1 or len(ones) > 1:
        return None
    high = _SMALL.index(tens) + 1 if tens else 1
    return high * 10 + (_SMALL.index(ones) + 1 if ones else 0)


def day_of(match: re.Match[str]) -> date | None:
    """The day that a match of DATE or PAGE_DATE names, None when the calendar has no such day."""
    year_text = re.sub(r"\s", "", match.group(1))
    if year_text.isascii() and year_text.isdigit():
        year = int(year_text)
    else:
        year = int("".join(str(_YEAR_DIGITS[c]) for c in year_text))
    month, day = small_number(match.group(2)), small_number(match.group(3))
    if month is None or day is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_date(text: str) -> date | None:
    """The first full date in a text, None when there is none or it is no day of the calendar."""
    found = [m for m in (DATE.search(text), PAGE_DATE.search(text)) if m]
    return day_of(min(found, key=lambda m: m.start())) if found else None


def last_of_month(year: int, month: int) -> date | None:
    """The last day of a month, None when there is no such month."""
    return date(year, month, monthrange(year, month)[1]) if 1 <= month <= 12 and year > 0 else None


def after(start: date, *, years: int = 0, months: int = 0) -> date | None:
    """The last day of a term that begins on ``start``: three years from 2023-10-10 end on 2026-10-09."""
    count = start.year * 12 + start.month - 1 + years * 12 + months
    year, month = divmod(count, 12)
    if not 1 <= year <= 9999:
        return None
    last = monthrange(year, month + 1)[1]
    if start.day > last:  # a year from 29 February ends on 28 February
        return date(year, month + 1, last)
    return date(year, month + 1, start.day) - timedelta(days=1)
