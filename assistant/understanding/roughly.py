"""Figures said only roughly, and what of them is certain: 至少3万, 300多平, 不到10人, 290来万, 200万左右."""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from ceyin.assistant.rules.files import FactSpec
from ceyin.assistant.rules.values import AtLeast, Below, Between, Value
from ceyin.assistant.understanding.sums import at_least
from ceyin.corpus.numerals import ORDINAL_CHARS

#: Said of a figure that is only roughly known: 不到3件, 三到五件; and of a sum, where every yuan counts, 2万多.
_ROUGH_BEFORE = re.compile(
    rf"(?:不到|不足|最多|顶多|不超过|不会超过|撑死|将近|接近|大约|大概|差不多|差不离|约|近|快|超过|起码|至少)有?$"
    rf"|[\d{ORDINAL_CHARS}万][件个家人]?(?:[到至~—-]|或者?)$|[\d{ORDINAL_CHARS}]、$"
)
_ROUGH_SUM = re.compile(r"钱?(?:[多几余来]|出头|左右|上下|不到|以上|往上|以内)")
_ROUGH_COUNT = re.compile(r"[件个家人项名位]{0,2}(?:多(?!少)|出头|左右|上下|不到|以上|往上|来[件个家人])")
_FIGURE_DENIED = re.compile(r"(?:不是|并非|没有?|不止|不只|不到)$")
_LESS = re.compile(r"(?:不到|不足|没到|未到|未满|不满|没满|少于|低于|小于)(?:有|过)?$")
#: 将近300平: somewhat less. 大概300平: somewhat more or less.
_NEARLY = re.compile(r"(?:将近|接近|快要?|(?<!附|最|远)近)(?:有|到)?$")
_ABOUT = re.compile(r"(?:大约|大概|大致|差不多|差不离|约摸?|约莫)(?:有|是|在)?$")
_OR_SO = re.compile(
    r"(?:万|亿|平方米|平方|平米|平|年|[件个家人项名位号]){0,3}(?:元|块钱?)?(?:左右|上下|的样子)"
)
_ODD = re.compile(r"来(?=[万平个件家人名位号年])")
#: By how much of itself a figure said roughly may be off.
_OFF = Decimal("0.2")
_MORE_THAN = Decimal("0.01")


def about(text: str, start: int, end: int) -> bool:
    """Whether a figure may be somewhat more or less: 大概300平, 100家左右."""
    return bool(_OR_SO.match(text, end) or _ABOUT.search(text[max(0, start - 6) : start]))


def more(spec: FactSpec, text: str, end: int) -> bool:
    """Whether more than the figure is told: 300多平, 十多个, 290来万."""
    return (
        spec.type in ("count", "number")
        and (text.startswith("多", end) or _ODD.match(text, end) is not None)
        and not text.startswith("多少", end)
    )


def ends_of(
    spec: FactSpec, value: Value, text: str, start: int, end: int
) -> AtLeast | Below | Between | None:
    """Of a figure said roughly what is certain; None where nothing is."""
    if not isinstance(value, Decimal):
        return None
    before = text[max(0, start - 6) : start]
    if spec.type == "money":
        return AtLeast(value) if at_least(text, start, end) else None
    if _LESS.search(before):
        return Below(value)
    if _ODD.match(text, end):
        return Between(value, value + _step(value))
    if _NEARLY.search(before):
        return Between(_floor(value * (1 - _OFF)), value)
    if about(text, start, end):
        return Between(_floor(value * (1 - _OFF)), _ceil(value * (1 + _OFF)))
    if spec.unit == "年" and text.startswith("多", end):
        return AtLeast(value + _MORE_THAN)  # 三年多 is over three years
    return AtLeast(value) if at_least(text, start, end) else None


def _floor(value: Decimal) -> Decimal:
    """The whole number at or below a figure: nobody counts in fractions what he tells roughly."""
    return value.to_integral_value(ROUND_FLOOR)


def _ceil(value: Decimal) -> Decimal:
    """The whole number at or above a figure."""
    return value.to_integral_value(ROUND_CEILING)


def pair_of(spec: FactSpec, text: str) -> Between | None:
    """六七个 and 两三年: from the one to the other; None for any other words."""
    digits = ["零一二三四五六七八九".find(c) for c in text.replace("两", "二")]
    if (
        spec.type not in ("count", "number")
        or len(digits) != 2
        or digits[0] < 1
        or digits[1] != digits[0] + 1
    ):
        return None
    return Between(Decimal(digits[0]), Decimal(digits[1] + 1))


def _step(value: Decimal) -> Decimal:
    """What 来 leaves open: 290来万 is less than 300, 300来平 less than 400."""
    step = Decimal(1)
    while value and value % (step * 10) == 0:
        step *= 10
    return step


def rough(spec: FactSpec, text: str, start: int, end: int) -> bool:
    """Whether a figure is denied or said only roughly: what is asked of it then needs the exact one."""
    if spec.type in ("date", "text"):
        return False
    if spec.type == "money" and _ROUGH_SUM.match(text, end):
        return True
    if spec.type == "count" and rough_count(text, start, end):
        return True
    if spec.type == "number" and _OR_SO.match(text, end):
        return True
    return bool(_ROUGH_BEFORE.search(text[:start]) or _FIGURE_DENIED.search(text[:start]))


def rough_count(text: str, start: int, end: int) -> bool:
    """Whether a count is denied or said only roughly."""
    before = text[max(0, start - 12) : start]
    return bool(
        _ROUGH_COUNT.match(text, end) or _ROUGH_BEFORE.search(before) or _FIGURE_DENIED.search(before)
    )
