"""The figures of a clause: sums, counts, rates, periods and days, in Arabic and Chinese numerals."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from ceyin.assistant.rules.calendar import month_end
from ceyin.corpus.normalise import normalise
from ceyin.corpus.numerals import to_int

Kind = Literal["date", "money", "rate", "period", "number"]

_HAN = "〇零一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟"
_CAPITAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_SCALES = {
    "": 1,
    "百": 100,
    "千": 1000,
    "万": 10_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
}
_MONEY_UNIT = "元|块|人民币|美元|美金"
_PERIOD_UNIT = "个?工作日|周年|年|个月|日|天"
_COUNTED = (
    r"平方米|平方公里|公里|人次|批次|轮次|余|多?[件项个家户人名次轮批种类款篇所处条期场组支座只台套倍成位级]"
)
#: A Chinese numeral is a figure only with a unit; 一个, 一批, 一项 are articles, 两个 and 三项 are not.
_HAN_FIGURE = (
    rf"(?:(?<!零)(?!零部)[{_HAN}]+(?:万|亿)?(?:{_MONEY_UNIT}|{_PERIOD_UNIT}|(?<!新一)[件倍成轮])"
    rf"|(?!一(?:次性|公里|[项个批种类款条支套轮级]))[{_HAN}]+(?:{_COUNTED})(?!性))"
)
_FIGURE = re.compile(
    r"(?P<date>(?:19|20)\d\d(?:年\d{1,2}月(?:\d{1,2}日|底)?|-\d{1,2}-\d{1,2})|\d{1,2}月(?:\d{1,2}日|底))"
    r"|(?P<year>(?<!\d)(?:19|20)\d\d(?:年|(?=[-—~至]\s*(?:19|20)\d\d年)))"
    rf"|(?P<percent>\d+(?:\.\d+)?%|百分之[{_HAN}]+)"
    rf"|(?P<arabic>\d[\d,]*(?:\.\d+)?(?:百万|千万|[百千万亿])?(?:余|多)?(?:{_MONEY_UNIT}|{_PERIOD_UNIT}|{_COUNTED})?)"
    rf"|(?P<scale>(?<![\d{_HAN}万亿])(?:[百千]?万亿|[百千]亿|[百千]万|亿)元)"
    rf"|(?P<han>{_HAN_FIGURE})"
)
#: Figures that name a document or a place in one, no condition: 〔2023〕28号, 第三条, 《…2021—2035年…》, 附件1.
_NAMES = re.compile(
    r"[〔\[(【]\s*(?:19|20)\d\d\s*[〕\])】]\s*(?:第?\s*\d+\s*号)?|《[^《》]*》"
    rf"|第[\d{_HAN}]+(?:条|章|节|款|项|届|次|号|期|编)|附件\s*\d+|(?:党的)?[{_HAN}]+大(?:精神)?|https?://\S+"
    r"|“?十[三四五]五”?|\d+[.、](?=\D)|[A-Za-z/]+\s?\d[\d.-]*(?![\d年月])|“\d(?:[+x]\d)+\S{0,3}”"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its range in the normalised text, as written, and its value.

    ``unit``: 元 for money (the value is in yuan), years/months/days/working_days for a period, else as written.
    A date is its text with the parts it names (2023-08-10, 2023-08, 2023, 08-10, 01-end).
    """

    start: int
    end: int
    text: str
    kind: Kind
    value: Decimal | str
    unit: str = ""


def figures_in(text: str) -> list[Figure]:
    """Every figure of a normalised text; numbers of documents, articles and annexes are left out."""
    named = [m.span() for m in _NAMES.finditer(text)]
    out = []
    for m in _FIGURE.finditer(text):
        if any(a <= m.start() < b for a, b in named):
            continue
        figure = _read(m)
        if figure is not None:
            out.append(figure)
    return out


def canonical(text: str) -> str:
    """The normalised text with every Chinese figure in Arabic numerals, so that 三年 and 3年 compare."""
    text = normalise(text).translate(_CAPITAL)
    return re.sub(
        rf"百分之([{_HAN}]+)|({_HAN_FIGURE})",
        lambda m: f"{to_int(m.group(1))}%" if m.group(1) else _arabic(m.group(2)),
        text,
    )


def _arabic(word: str) -> str:
    m = re.match(rf"[{_HAN}]+", word)
    value = to_int(m.group()) if m else None
    return word if m is None or value is None else f"{value}{word[m.end() :]}"


def _read(m: re.Match[str]) -> Figure | None:
    text = m.group()
    span = m.span()
    if m.group("date") or m.group("year"):
        return Figure(*span, text, "date", _day_text(text))
    if m.group("percent"):
        digits = text.rstrip("%") if text.endswith("%") else str(to_int(text.removeprefix("百分之")) or "")
        return Figure(*span, text, "rate", Decimal(digits), "%") if digits else None
    if m.group("scale"):  # 超万亿元: one of it
        return Figure(*span, text, "money", Decimal(math.prod(_SCALES[c] for c in text[:-1])), "元")
    number, scale, unit = _parts(text.translate(_CAPITAL))
    if number is None:
        return None
    value = number * scale
    if re.fullmatch(r"元|块|人民币", unit):
        return Figure(*span, text, "money", value, "元")
    period = {"年": "years", "周年": "years", "个月": "months", "日": "days", "天": "days"}.get(unit)
    if period is None and unit.endswith("工作日"):
        period = "working_days"
    if period is not None:
        return Figure(*span, text, "period", value, period)
    return Figure(*span, text, "number", value, unit)


def _parts(text: str) -> tuple[Decimal | None, int, str]:
    m = re.match(rf"(?P<n>\d[\d,]*(?:\.\d+)?|[{_HAN}]+)(?P<s>百万|千万|[百千万亿])?(?:余|多)?(?P<u>.*)", text)
    if m is None:
        return None, 1, ""
    digits = m.group("n")
    value = Decimal(digits.replace(",", "")) if digits[0].isdigit() else None
    if value is None:
        number = to_int(digits)
        value = Decimal(number) if number is not None else None
    return value, _SCALES[m.group("s") or ""], m.group("u")


def _day_text(text: str) -> str:
    parts = re.findall(r"\d+|底", text)
    return "-".join("end" if p == "底" else p.zfill(2) for p in parts)


def day_texts(day: date) -> set[str]:
    """How a text may write a day: in full, without its year; the last of a month as its end, or by the month alone."""
    texts = {day.isoformat(), f"{day:%m-%d}"}
    if day == month_end(day.year, day.month):
        texts |= {f"{day:%Y-%m}-end", f"{day:%m}-end", f"{day:%Y-%m}"}
    return texts
