"""The figures of a text with their units, in order: 1.5万元 and 15000元 are one figure, 3件 and 3项 are two."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from ceyin.corpus.normalise import normalise
from ceyin.corpus.numerals import to_int

_UNITS = (
    r"元|美元|个工作日|工作日|个自然日|自然日|个月|小时|分钟|平方米|百分点|年|月|日|天|周|件|项|家|人|名|位|次|倍|成|折|"
    r"个|条|款|章|节|户|份|批|期|级|等奖|等|类|号|岁|届|轮|%|‰"
)
_DAY = re.compile(r"(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})日?")
_FIGURE = re.compile(
    rf"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<scale>[百千万亿]*)(?P<unit>{_UNITS})?"
    rf"|(?P<words>[〇零一二两三四五六七八九十百千万亿]+)(?P<words_unit>{_UNITS})"
    r"|(?P<share>半数|一半|翻一番|翻番|过半|百分之[〇零一二两三四五六七八九十百点]+)"
)
_SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_MARK = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure: its value, its unit (empty where none stands behind it), its range in the text read."""

    value: str
    unit: str
    start: int
    end: int

    def same(self, other: Quantity) -> bool:
        """Whether two figures say the same; a unit left out is no other unit."""
        return self.value == other.value and (self.unit == other.unit or not self.unit or not other.unit)


def unmarked(text: str) -> str:
    """A text as it is compared: normalised, without the numbers of citations."""
    return _MARK.sub("", normalise(text))


def quantities(text: str) -> list[Quantity]:
    """The figures of an ``unmarked`` text."""
    found = [
        Quantity(f"{m[1]}-{int(m[2]):02}-{int(m[3]):02}", "day", m.start(), m.end())
        for m in _DAY.finditer(text)
    ]
    rest = _DAY.sub(lambda m: "\0" * len(m.group()), text)
    for m in _FIGURE.finditer(rest):
        if m["share"]:
            found.append(Quantity(m["share"], "", m.start(), m.end()))
        elif m["words"]:
            value = to_int(m["words"])
            written = m["words"] if value is None else str(value)
            found.append(Quantity(written, m["words_unit"], m.start(), m.end()))
        else:
            found.append(Quantity(_value(m["number"], m["scale"]), m["unit"] or "", m.start(), m.end()))
    return sorted(found, key=lambda q: q.start)


def _value(number: str, scale: str) -> str:
    try:
        value = Decimal(number.replace(",", ""))
    except InvalidOperation:
        return number
    for sign in scale:
        value *= _SCALES[sign]
    return format(value.normalize(), "f")


def within(some: Collection[Quantity], others: Collection[Quantity]) -> bool:
    """Whether each of some figures is among the others."""
    return all(any(q.same(o) for o in others) for q in some)
