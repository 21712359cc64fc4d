"""Money in CNY as Decimal: reading 1.8万, writing 18000元, and intervals for what is not known yet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from ceyin.corpus.numerals import ORDINAL_CHARS, to_int

_UNITS = {"": Decimal(1), "元": Decimal(1), "千": Decimal(1000), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
#: 1.8万元, 2万8, 18,000元, 两万, 五千块, 3百万
AMOUNT = re.compile(
    rf"(?P<n>\d[\d,]*(?:\.\d+)?|[{ORDINAL_CHARS}]+)\s*(?P<u>百万|千万|万|千|亿)?(?P<t>[1-9](?!\d))?\s*(?P<y>元|块|块钱|人民币)?"
)


def read_amount(text: str) -> Decimal | None:
    """The first sum of money in a text, exact; None when there is none."""
    m = AMOUNT.search(text)
    return amount_of(m) if m else None


def amount_of(m: re.Match[str]) -> Decimal | None:
    """The value of a match of AMOUNT: 2万8 is 28,000."""
    raw = m.group("n").replace(",", "")
    unit = m.group("u") or ""
    if raw[0].isdigit():
        try:
            number = Decimal(raw)
        except InvalidOperation:
            return None
    else:
        whole = to_int(raw)
        if whole is None:
            return None
        number = Decimal(whole)
    factor = Decimal(1)
    for ch in unit:
        factor *= Decimal(100) if ch == "百" else _UNITS[ch]
    value = number * factor
    if m.group("t") and unit in ("万", "千"):
        value += Decimal(m.group("t")) * factor / 10
    return value


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

    def plus(self, other: Interval) -> Interval:
        """The sum of two intervals."""
        high = None if self.high is None or other.high is None else self.high + other.high
        return Interval(self.low + other.low, high)


def exactly(value: Decimal) -> Interval:
    """The interval of one sum."""
    return Interval(value, value)
