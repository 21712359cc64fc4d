"""Counts that come to one told before, or go off it: 「借过一轮,后来2023、2024又各续了一轮」 is three rounds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal

#: For each of the years named just before: 2023、2024又各续了一轮.
_EACH = re.compile(r"各|每年|都")
_YEAR = re.compile(r"20\d\d")
_BEFORE = 16


def counted_in(
    patterns: Iterable[re.Pattern[str]], text: str, number: Callable[[str], Decimal | None]
) -> tuple[Decimal, int]:
    """How much the matches of patterns with a group ``v`` come to, and where the last of them begins (-1: none)."""
    taken: dict[int, Decimal] = {}
    for pattern in patterns:
        for m in pattern.finditer(text):
            value = number(m.group("v"))
            if value is None:
                continue
            years = set(_YEAR.findall(text[max(0, m.start() - _BEFORE) : m.end()]))
            times = max(1, len(years)) if _EACH.search(m.group()) else 1
            taken.setdefault(m.start("v"), value * times)
    return sum(taken.values(), Decimal(0)), max(taken, default=-1)
