"""Counts that come to one told before: 「借过一轮,后来2023、2024又各续了一轮」 is three rounds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal

#: For each of the years named just before: 2023、2024又各续了一轮.
_EACH = re.compile(r"各|每年|都")
_YEAR = re.compile(r"20\d\d")
_BEFORE = 16


def added_in(
    patterns: Iterable[re.Pattern[str]], text: str, number: Callable[[str], Decimal | None]
) -> Decimal:
    """How much a text adds to a count, by patterns with a group ``v``; nothing where it adds none."""
    taken: dict[int, Decimal] = {}
    for pattern in patterns:
        for m in pattern.finditer(text):
            value = number(m.group("v"))
            if value is None:
                continue
            years = set(_YEAR.findall(text[max(0, m.start() - _BEFORE) : m.end()]))
            times = max(1, len(years)) if _EACH.search(m.group()) else 1
            taken.setdefault(m.start("v"), value * times)
    return sum(taken.values(), Decimal(0))
