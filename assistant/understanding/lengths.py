"""How long something lasts, in years: 三年半, 一年零三个月, 18个月, 半年, 三年多."""

from __future__ import annotations

import re
from decimal import Decimal

from ceyin.assistant.rules.money import plain
from ceyin.corpus.numerals import ORDINAL_CHARS, to_int

_N = rf"(?:\d+(?:\.\d+)?|[{ORDINAL_CHARS}]+)"
#: Not of a calendar (2025年6月), an order (第三年) or the middle of a figure.
_START = rf"(?<![\d.第{ORDINAL_CHARS}])(?!(?:19|20)\d\d年)"
_AND = r"[,]?(?:零|又|加|外加|带|另)?"
_YEARS = re.compile(
    rf"{_START}(?P<y>{_N})年(?:{_AND}(?:(?P<half>半)(?![天路个载])|(?P<m>{_N})个(?P<mh>半)?月|(?P<d>{_N})天))"
)
_MONTHS = re.compile(rf"{_START}(?P<m>{_N})个(?P<mh>半)?月")
_HALF = re.compile(r"(?<![上下前后大小多每一\d年])半年(?!报|度)")
_MORE = re.compile(rf"{_START}(?P<y>{_N})年(?:多(?!少)|出头|以上|往上|开外|有余|有多)")
_TWELVE = Decimal(12)
#: A day over is over.
_A_DAY = Decimal("0.01")


def in_years(text: str) -> str:
    """A text with each length of time in years alone (3.5年, 1.25年, 1.5年); 三年多 is 三多年."""
    text = _YEARS.sub(_years, text)
    text = _MONTHS.sub(lambda m: _as_years(_months(m), m), text)
    text = _HALF.sub("0.5年", text)
    return _MORE.sub(r"\g<y>多年", text)


def _years(m: re.Match[str]) -> str:
    years = _number(m.group("y"))
    if years is None:
        return m.group()
    if m.group("half"):
        return _as_years(years + Decimal("0.5"), m)
    if m.group("d"):
        return _as_years(years + _A_DAY, m)
    months = _months(m)
    return m.group() if months is None else _as_years(years + months, m)


def _months(m: re.Match[str]) -> Decimal | None:
    """Months in years, to the hundredth: no number of months comes by that to a whole year that is none."""
    number = _number(m.group("m"))
    if number is None:
        return None
    return ((number + (Decimal("0.5") if m.group("mh") else 0)) / _TWELVE).quantize(Decimal("0.01"))


def _as_years(value: Decimal | None, m: re.Match[str]) -> str:
    return m.group() if value is None else f"{plain(value)}年"


def _number(text: str) -> Decimal | None:
    if text[0].isdigit():
        return Decimal(text)
    if re.search(r"[一二两三四五六七八九]{2}", text):
        return None  # 三四年
    value = to_int(text)
    return None if value is None else Decimal(value)
