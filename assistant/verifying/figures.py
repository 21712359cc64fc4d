"""Every figure of a sentence as a typed value: sums, counts, rates, terms and days, and the numbers that name.

What a clause's figures are is read by ``rules.figures``; here is added what only an answer has to be held to:
numbers of documents, articles and standards, titles with years in them, ordinals, weekdays, and the shares and
multiples people write in words (六成, 半数, 翻一番).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from ceyin.assistant.rules.figures import HAN, NAMES, Figure, figures_in
from ceyin.assistant.rules.money import AMOUNT, amount_of
from ceyin.assistant.verifying.qualifiers import Qualifier, qualifier_at
from ceyin.corpus.numerals import to_int

Kind = Literal[
    "money", "number", "rate", "times", "period", "date", "weekday",
    "document", "clause", "ordinal", "code", "title",
]  # fmt: skip

_ANY = rf"[\d{HAN}]+"
_MONTHS = "[一二三四五六七八九十]{1,2}"
#: What ``rules.figures`` does not read, or reads in part; where both match, this holds.
_MORE = re.compile(
    r"(?P<title>《[^《》]*》)"
    r"|(?P<document>[一-鿿]{0,4}[〔\[(【]\s*(?:19|20)\d\d\s*[〕\])】]\s*第?\s*\d+\s*号)"
    rf"|(?P<clause>第\(?{_ANY}\)?(?:条|款|项|编|章|节)(?!目))"
    rf"|(?P<ordinal>第{_ANY}(?:个|[批届次期类轮年名位套号季档]))"
    rf"|(?P<percent>百分之[{HAN}]+(?:点[{HAN}]+)?)"
    rf"|(?P<tenths>[\d{HAN}]+成(?![员为立果本长交功熟就]))"
    r"|(?P<half>半数|一半|过半)"
    r"|(?P<doubling>翻[一二两三四\d]番)"
    r"|(?P<weekday>(?:周|星期|礼拜)[一二三四五六日天](?![年期岁]))"
    rf"|(?P<weeks>{_ANY}(?:个星期|周)(?![岁年期边转一二三四五六日]))"
    rf"|(?P<han_day>(?<![年\d{HAN}]){_MONTHS}月(?:[一二三四五六七八九十]{{1,3}}日|底))"
    rf"|(?P<mixed>[\d{HAN}][\d.{HAN}]*[万亿][{HAN}\d][\d{HAN}百千万]*(?:元|块)?)"
)
_FIGURE_INSIDE = re.compile(rf"[\d{HAN}]")
_CODE = re.compile(r"\d|[一二三四五六七八九十]")
_LABEL = re.compile(r"\d+[.、]")
_WEEKDAYS = "一二三四五六日"
#: 一家, 一件 as an article: 「每备案一件」 counts nothing, 「一件以上」 does.
_ARTICLE = re.compile(r"一[^年月日天]{1,3}")

#: 哪一天, 每一年, 同一日: which, not how many.
_WHICH = ("哪", "每", "同", "这", "那", "某", "任", "唯")


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure: its range in the text, its value in the smallest unit, and how it is bounded.

    ``value``: yuan, days, months or years, per cent, a count; a date as in ``rules.figures``; the text of a name.
    ``article``: 一 that counts nothing.
    """

    start: int
    end: int
    text: str
    kind: Kind
    value: Decimal | str
    unit: str = ""
    bound: Qualifier | None = None
    article: bool = False


@lru_cache(maxsize=8192)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Every figure of a normalised text, in order."""
    found = [q for m in _MORE.finditer(text) if (q := _more(m)) is not None]
    taken = [(q.start, q.end) for q in found]
    for name in NAMES.finditer(text):
        if not _covered(name.start(), name.end(), taken) and (q := _name(name)) is not None:
            found.append(q)
            taken.append((q.start, q.end))
    for figure in figures_in(text):
        if not _covered(figure.start, figure.end, taken):
            found.append(_plain(figure, text))
    found.sort(key=lambda q: q.start)
    return tuple(_bounded(q, text) for q in found)


def _covered(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return any(start < b and a < end for a, b in taken)


def _bounded(q: Quantity, text: str) -> Quantity:
    bound = qualifier_at(text, q.start, q.end, q.kind)
    article = q.kind == "number" and bound is None and bool(_ARTICLE.fullmatch(q.text))
    article = article or (q.text[0] == "一" and text[q.start - 1 : q.start] in _WHICH)
    return Quantity(q.start, q.end, q.text, q.kind, q.value, q.unit, bound, article)


def _plain(figure: Figure, text: str) -> Quantity:
    start, end, words = figure.start, figure.end, figure.text
    value = figure.value
    if figure.kind == "period" and figure.unit == "years" and isinstance(value, Decimal):
        return Quantity(start, end, words, "period", value * 12, "months")
    if figure.kind == "number" and figure.unit == "个百分点":
        return Quantity(start, end, words, "number", value, "百分点")
    if figure.kind == "number" and figure.unit == "倍":
        return Quantity(start, end, words, "times", value, "倍")
    unit = re.sub(r"^[个多余]+(?=.)", "", figure.unit)
    return Quantity(start, end, words, figure.kind, value, unit)


def _more(m: re.Match[str]) -> Quantity | None:
    kind, text = m.lastgroup, m.group()
    start, end = m.span()

    def quantity(kind: Kind, value: Decimal | str, unit: str = "") -> Quantity:
        return Quantity(start, end, text, kind, value, unit)

    if kind == "title":
        return quantity("title", text[1:-1]) if _FIGURE_INSIDE.search(text) else None
    if kind == "document":
        year, number = re.findall(r"\d+", text)[:2]
        head = text[: re.search(r"[〔\[(【]", text).start()]  # type: ignore[union-attr]  # the pattern has one
        return quantity("document", f"{year}-{int(number)}", head)
    if kind in ("clause", "ordinal"):
        value = to_int(re.sub(r"[第()条款项编章节个批届次期类轮年名位套号季档]", "", text))
        unit = text[-1]
        return (
            None if value is None else quantity("clause" if kind == "clause" else "ordinal", str(value), unit)
        )
    if kind == "percent":
        whole, _, part = text.removeprefix("百分之").partition("点")
        value = to_int(whole)
        digits = "".join(str(to_int(c)) for c in part)
        return None if value is None else quantity("rate", Decimal(f"{value}.{digits or 0}"), "%")
    if kind == "tenths":
        value = to_int(text[:-1])
        return None if value is None else quantity("rate", Decimal(value * 10), "%")
    if kind == "half":
        return quantity("rate", Decimal(50), "%")
    if kind == "doubling":
        value = to_int(text[1])
        return None if value is None else quantity("times", Decimal(2**value), "倍")
    if kind == "weekday":
        return quantity("weekday", str(_WEEKDAYS.index(text[-1].replace("天", "日"))))
    if kind == "weeks":
        value = to_int(re.sub(r"个星期|周", "", text))
        return None if value is None else quantity("period", Decimal(value * 7), "days")
    if kind == "han_day":
        month, day = re.split("月", text)
        last = "end" if day == "底" else f"{to_int(day[:-1]):02}"
        return quantity("date", f"{to_int(month):02}-{last}")
    amount = AMOUNT.fullmatch(text)
    total = amount_of(amount) if amount else None
    if total is None:
        return None
    return quantity("money", total, "元") if text[-1] in "元块" else quantity("number", total)


def _name(m: re.Match[str]) -> Quantity | None:
    """What else names a document or a place in one: 附件1, 十四五, a standard, an address on the web."""
    text = m.group()
    if _LABEL.fullmatch(text) or not _CODE.search(text):
        return None
    if re.fullmatch(r"[〔\[(【]\s*\d+\s*[〕\])】]", text):  # 〔2023〕 alone
        return Quantity(*m.span(), text, "date", re.sub(r"\D", "", text))
    return Quantity(*m.span(), text, "code", re.sub(r"[“”\s]", "", text))


def days_of(value: str) -> Iterator[str]:
    """What else a day is called: 2026-08-10 also as 08-10, 2026-08 and 2026."""
    parts = value.split("-")
    if len(parts[0]) == 4:
        yield parts[0]
        if len(parts) > 1:
            yield "-".join(parts[:2])
            yield "-".join(parts[1:])
    if parts[-1].isdigit() and len(parts) > 1:
        yield parts[-1]
