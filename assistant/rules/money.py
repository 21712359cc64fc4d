"""Money in CNY as Decimal: reading 1.8万, writing 18000元, and intervals for what is not known yet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from ceyin.corpus.numerals import ORDINAL_CHARS

_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN = "一二两三四五六七八九"
#: What is counted by the figure before it is no part of a sum: 「2万3件」 is 2万 and 3件.
COUNTED = "件个家人名位次年月日天号份条项%"
_ARABIC = r"\d[\d,]*(?:\.\d+)?"
_TAIL = rf"(?:零?\d[\d,]*|零?[{_HAN}])(?![\d.{_HAN}{COUNTED}场起笔回趟审])"
#: A figure of a sum: 1.8万, 2万8, 18,000, 两万, 一万二千五, 3百万. 「千万」 alone is no figure.
FIGURE = rf"(?:{_ARABIC}|[{_HAN}十][{ORDINAL_CHARS}]*)(?:\s*[十百千万亿](?:{_TAIL})?)*"
AMOUNT = re.compile(rf"(?P<n>{FIGURE})\s*(?:元整?|块钱?|人民币)?")
_TOKEN = re.compile(rf"{_ARABIC}|[{ORDINAL_CHARS}万亿]")


def read_amount(text: str) -> Decimal | None:
    """The first sum of money in a text, exact; None when there is none."""
    m = AMOUNT.search(text)
    return amount_of(m) if m else None


def amount_of(m: re.Match[str]) -> Decimal | None:
    """The value of a match of AMOUNT: 2万8 is 28,000, 两百五 is 250; None for a vague one (两三万)."""
    total = section = Decimal(0)  # what stands before 万 and 亿; what is counted since then
    pending: Decimal | None = None  # a figure whose unit is still to come
    unit, fraction = 0, False
    zero = False
    for token in _TOKEN.findall(m.group("n")):
        scale = _UNITS.get(token, 0)
        if not scale:
            if pending is not None or (unit and fraction):
                return None
            value = Decimal(_DIGITS[token] if token in _DIGITS else token.replace(",", ""))
            fraction = fraction or "." in token
            zero, pending = (True, None) if unit and token in "零〇" else (zero, value)
            continue
        if scale >= 10_000:
            section += pending or 0
            total = total * scale if section == 0 else total + section * scale
            section = Decimal(0)
        elif pending is None and (scale > 10 or unit == 10):
            return None
        else:
            section += (Decimal(1) if pending is None else pending) * scale
        unit, zero, pending = scale, False, None
    if pending is None or not unit:
        return total + section + (pending or 0)
    short = (
        not zero and unit > 10 and pending < 10
    )  # 2万8, 三千五: the last figure is a tenth of the unit before it
    return total + section + pending * (unit // 10 if short else 1)


def plain(value: Decimal) -> str:
    """A decimal without exponent and without trailing zeros: 18000, 999.999."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def yuan(value: Decimal) -> str:
    """18000元, and 2万元 where that is exact and shorter."""
    if value and value % 10_000 == 0:
        return f"{plain(value / 10_000)}万元"
    return f"{plain(value)}元"


@dataclass(frozen=True, slots=True)
class Interval:
    """A sum between ``low`` and ``high`` (None: no upper end known)."""

    low: Decimal
    high: Decimal | None

    @property
    def exact(self) -> bool:
        """Whether only one sum is left."""
        return self.high is not None and self.low == self.high

    def times(self, factor: Decimal) -> Interval:
        """Both ends multiplied by a rate that is not negative."""
        return Interval(self.low * factor, None if self.high is None else self.high * factor)

    def capped(self, cap: Decimal) -> Interval:
        """At most ``cap``."""
        return Interval(min(self.low, cap), cap if self.high is None else min(self.high, cap))

    def less(self, paid: Decimal) -> Interval:
        """What is left after ``paid``, never below nothing."""
        zero = Decimal(0)
        return Interval(
            max(zero, self.low - paid), None if self.high is None else max(zero, self.high - paid)
        )

    def plus(self, other: Interval) -> Interval:
        """The sum of two intervals."""
        high = None if self.high is None or other.high is None else self.high + other.high
        return Interval(self.low + other.low, high)


def exactly(value: Decimal) -> Interval:
    """The interval of one sum."""
    return Interval(value, value)


def at_most(value: Decimal) -> Interval:
    """「不超过 X」 without a formula: anything from nothing to X."""
    return Interval(Decimal(0), value)
