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

HAN = "〇零一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟"
_CAPITAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_SCALES = {
    "": 1,
    "百": 100,
    "千": 1000,
    "万": 10_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
    "百亿": 10_000_000_000,
    "千亿": 100_000_000_000,
    "万亿": 1_000_000_000_000,
}
_SCALE = "[百千万]亿|百万|千万|[百千万亿]"
_MONEY_UNIT = "元|块|人民币|美元|美金"
_PERIOD_UNIT = "个?工作日|周年|年|个月|日|天"
_COUNTED = (
    r"平方米|平方公里|公里|米|公斤|公顷|人次|批次|轮次|周岁|岁|个?学时|个?小时"
    r"|分钟|吨|亩|(?:个)?百分点|余"
    r"|多?[件项个家户人名次轮批种类款篇所处条期场组支座只台套倍成位级层]"
)
#: A Chinese numeral is a figure only with a unit; 一个, 一批, 一项 are articles, 两个 and 三项 are not.
_HAN_FIGURE = (
    rf"(?:(?<!零)(?!零部)[{HAN}]+(?:万|亿)?(?:{_MONEY_UNIT}|{_PERIOD_UNIT}"
    rf"|(?<!新一)[件倍成轮])"
    rf"|(?!一(?:次性|公里"
    rf"|[项个批种类款条支套轮级]))[{HAN}]+(?:{_COUNTED})(?!性))"
)
#: 二〇二四年三月五日; a year alone is one too.
_SMALL = "[一二三四五六七八九十]{1,3}"
_HAN_DATE = (
    rf"(?:一九"
    rf"|二[〇零○])[〇零○一二三四五六七八九]{{2}}年(?:{_SMALL}月(?:{_SMALL}日"
    rf"|底)?)?"
)
#: 10.2025年度: the label 10 and a year.
_FULL_YEAR = r"(?:19|20)\d\d年"
_FIGURE = re.compile(
    rf"(?P<han_date>{_HAN_DATE})"
    r"|(?P<date>(?:19|20)\d\d(?:年\d{1,2}月(?:\d{1,2}日|底)?|-\d{1,2}-\d{1,2})"
    r"|\d{1,2}月(?:\d{1,2}日|底)|(?<=日[至到~―—-])\d{1,2}日)"
    r"|(?P<year>(?<!\d)(?:19|20)\d\d(?:年|(?=[-—~至]\s*(?:19|20)\d\d年)))"
    r"|(?P<half>(?<![上下前后多])半年(?!度|报|来))"
    rf"|(?P<percent>\d+(?:\.\d+)?%|百分之[{HAN}]+)"
    rf"|(?P<part>[{HAN}]+分之[{HAN}]+)"
    rf"|(?P<arabic>\d[\d,]*(?:\.(?!{_FULL_YEAR})\d+)?(?:余|多)?(?:{_SCALE})?(?:余"
    rf"|多)?(?:{_MONEY_UNIT}|{_PERIOD_UNIT}|{_COUNTED})?)"
    rf"|(?P<scale>(?<![\d{HAN}万亿])(?:[百千]?万亿|[百千]亿|[百千]万|亿)元)"
    rf"|(?P<han>{_HAN_FIGURE})"
)
#: Figures that name a document or a place in one, no condition: 〔2023〕28号, 第三条, 《…2021—2035年…》, 附件1.
NAMES = re.compile(
    r"[〔\[(【]\s*(?:19|20)\d\d\s*[〕\])】]\s*(?:第?\s*\d+\s*号)?|《[^《》]*》"
    rf"|第[\d{HAN}]+(?:条|章|节|款|项|届|次|号|期|编|套|类|轮)|附件\s*\d+"
    rf"|\d+(?:\.\d+){{2,}}|(?:党的)?[{HAN}]+大(?:精神)?|https?://\S+"
    r"|“?十[三四五]五”?|\d+[.、](?=\D|(?:19|20)\d\d年)"
    r"|[A-Za-z][A-Za-z/]*\s?\d[\d.-]*(?![\d年月])|“\d(?:[+x]\d)+\S{0,3}”"
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
    named = [m.span() for m in NAMES.finditer(text)]
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
        rf"百分之([{HAN}]+)|({_HAN_FIGURE})",
        lambda m: f"{to_int(m.group(1))}%" if m.group(1) else _arabic(m.group(2)),
        text,
    )


def _arabic(word: str) -> str:
    m = re.match(rf"[{HAN}]+", word)
    value = to_int(m.group()) if m else None
    return word if m is None or value is None else f"{value}{word[m.end() :]}"


def _read(m: re.Match[str]) -> Figure | None:
    text = m.group()
    span = m.span()
    if m.group("han_date"):
        return Figure(*span, text, "date", _day_text(_digits(text)))
    if m.group("date") or m.group("year"):
        return Figure(*span, text, "date", _day_text(text))
    if m.group("half"):
        return Figure(*span, text, "period", Decimal(6), "months")
    if m.group("percent"):
        digits = text.rstrip("%") if text.endswith("%") else str(to_int(text.removeprefix("百分之")) or "")
        return Figure(*span, text, "rate", Decimal(digits), "%") if digits else None
    if m.group("scale"):  # 超万亿元: one of it
        return Figure(*span, text, "money", Decimal(math.prod(_SCALES[c] for c in text[:-1])), "元")
    if m.group("part"):
        below, above = (to_int(word) for word in text.split("分之"))
        share = Decimal(above) / Decimal(below) * 100 if above and below else None
        return Figure(*span, text, "rate", share, "%") if share is not None else None
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


def _digits(text: str) -> str:
    """二〇二四年三月五日 as 2024年3月5日."""
    text = text.replace("○", "〇")
    return re.sub(r"[〇零一二三四五六七八九十]+", lambda w: str(to_int(w.group())), text)


def _parts(text: str) -> tuple[Decimal | None, int, str]:
    m = re.match(
        rf"(?P<n>\d[\d,]*(?:\.\d+)?|[{HAN}]+)(?:余|多)?(?P<s>{_SCALE})?(?:余"
        rf"|多)?(?P<u>.*)",
        text,
    )
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
