"""Dates as people say them, written out: 去年五月 → 2025年5月, 上周五 → 2026年11月20日, 24年5月 → 2024年5月.

What is no day or month (去年, 前年底, 2024年春天) is left as it is: nobody can count from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from ceyin.corpus.numerals import to_int

_HAN = "一二三四五六七八九十"
_DIGITS = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {"〇": "0"}
_YEARS = {"大前年": -3, "前年": -2, "去年": -1, "上年": -1, "今年": 0, "本年": 0, "明年": 1}
_DAYS = {
    "大前天": -3,
    "前天": -2,
    "昨天": -1,
    "昨日": -1,
    "昨儿": -1,
    "今天": 0,
    "今日": 0,
    "今儿": 0,
    "明天": 1,
}
_DAYS |= {"后天": 2}
_WEEKS = {"上上": -14, "上": -7, "这": 0, "本": 0, "下": 7}

_HAN_YEAR = re.compile(r"([零〇一二三四五六七八九]{4})年")
_HAN_MONTH = re.compile(
    rf"(?<![个{_HAN}])([{_HAN}]{{1,3}})月(?=份|[{_HAN}\d]{{1,3}}[日号]|[^\u4e00-\u9fff]|[^个内])"
)
_HAN_DAY = re.compile(rf"(?<=月)(?:份)?([{_HAN}]{{1,3}})(?=[日号])")
_SHORT_YEAR = re.compile(r"(?<![\d.])([0-4]\d)年(?=\d{1,2}月)")
_SLASHED = re.compile(r"(?<!\d)([12]\d{3})[/.](\d{1,2})[/.](\d{1,2})(?![\d.])")
_YEAR_MONTH = re.compile(r"(?<!\d)([12]\d{3})[-/.](\d{1,2})(?![-/.\d%万])")
_NAMED_YEAR = re.compile(rf"({'|'.join(_YEARS)})的?(?=\d{{1,2}}月)")
_NAMED_MONTH = re.compile(r"(上上个?|上个?|本|这个?|当|下个?)月(?:的?(\d{1,2})[日号])?(?!\d)")
_NAMED_DAY = re.compile(rf"(?<![目今])({'|'.join(sorted(_DAYS, key=len, reverse=True))})")
_WEEKDAY = re.compile(r"(上上|上|这|本|下)个?(?:周|星期|礼拜)([一二三四五六日天])(?!\()")
_DAYS_AGO = re.compile(rf"(?:^|(?<=[,。;!?我们是就在才]))(\d{{1,3}}|[{_HAN}两]{{1,3}})天(?:以|之)?前")
_BARE_DAY = re.compile(r"(?<![年\d])(\d{1,2})月(\d{1,2})[日号]")
_FULL_DAY = re.compile(r"([12]\d{3})年(\d{1,2})月(?:(\d{1,2})[日号])?|([12]\d{3})-(\d{1,2})-(\d{1,2})")
#: Behind a day: what was done on it.
_DONE = re.compile(r"(?:(?![,。;?!前要想能才]|打算|准备|计划).){1,12}?(?:的|了|过|下来)(?=[,。;?!]|$)")
_NEXT_YEAR = re.compile(r"(?:次年|第二年|转年|来年)(?=\d{1,2}月)")


def written_out(text: str, as_of: date) -> str:
    """A normalised text with its dates in figures and with their year, as seen on a day."""
    text = _HAN_YEAR.sub(lambda m: "".join(_DIGITS[c] for c in m.group(1)) + "年", text)
    text = _HAN_MONTH.sub(lambda m: f"{_number(m.group(1), 12)}月", text)
    text = _HAN_DAY.sub(lambda m: _number(m.group(1), 31), text).replace("月份", "月")
    text = _SHORT_YEAR.sub(r"20\1年", text)
    text = _SLASHED.sub(r"\1年\2月\3日", text)
    text = _YEAR_MONTH.sub(
        lambda m: f"{m.group(1)}年{m.group(2)}月" if int(m.group(2)) <= 12 else m.group(), text
    )
    text = _NAMED_YEAR.sub(lambda m: f"{as_of.year + _YEARS[m.group(1)]}年", text)
    text = _NAMED_MONTH.sub(lambda m: _month(m, as_of), text)
    text = _WEEKDAY.sub(lambda m: _chinese(_weekday(m, as_of)), text)
    text = _DAYS_AGO.sub(lambda m: _chinese(as_of - timedelta(days=_count(m.group(1)))), text)
    text = _NAMED_DAY.sub(lambda m: _chinese(as_of + timedelta(days=_DAYS[m.group(1)])), text)
    return _BARE_DAY.sub(_with_year(text, as_of), text)


def with_next_years(messages: list[str]) -> list[str]:
    """「次年3月5日」 with its year: the one after the last year named before it, in this message or an earlier one."""
    out: list[str] = []
    year: int | None = None
    for message in messages:
        if year is None or re.search(r"[12]\d{3}年.*次年", message):
            named = re.search(r"([12]\d{3})年", message)
            year = int(named.group(1)) if named else year
        out.append(_NEXT_YEAR.sub(f"{year + 1}年", message) if year is not None else message)
        later = re.findall(r"([12]\d{3})年", message)
        year = int(later[-1]) if later else year
    return out


def day_of(text: str) -> date | None:
    """A date written out (2026-11-23, 2026年11月23日, 2026年11月: the first of it); None for one there is not."""
    m = _FULL_DAY.match(text)
    if m is None:
        return None
    year, month, day = m.group(1, 2, 3) if m.group(1) else m.group(4, 5, 6)
    try:
        return date(int(year), int(month), int(day or 1))
    except ValueError:
        return None


def _numbers(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day


def _number(han: str, most: int) -> str:
    value = to_int(han)
    return str(value) if value is not None and value <= most else han


def _count(text: str) -> int:
    return int(text) if text.isdigit() else (to_int(text.replace("两", "二")) or 0)


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _month(m: re.Match[str], as_of: date) -> str:
    shift = {"上上": -2, "上": -1, "下": 1}.get(m.group(1).removesuffix("个"), 0)
    months = as_of.year * 12 + as_of.month - 1 + shift
    day = f"{m.group(2)}日" if m.group(2) else ""
    return f"{months // 12}年{months % 12 + 1}月{day}"


def _weekday(m: re.Match[str], as_of: date) -> date:
    monday = as_of - timedelta(days=as_of.weekday())
    number = 6 if m.group(2) in "日天" else _HAN.index(m.group(2))
    return monday + timedelta(days=_WEEKS[m.group(1)] + number)


def _with_year(text: str, as_of: date) -> Callable[[re.Match[str]], str]:
    """A day without its year: the year of the whole date named before it, the next one where that is earlier.

    What is told as done (「9月30日拿到批复的」 after 「12月31日印发」) is not put into a year to come.
    """

    def written(m: re.Match[str]) -> str:
        month, day = int(m.group(1)), int(m.group(2))
        year = as_of.year
        before = [f for f in _FULL_DAY.finditer(text[: m.start()]) if f.group(3)]
        if before:
            year = int(before[-1].group(1))
            earlier = (month, day) < (int(before[-1].group(2)), int(before[-1].group(3)))
            if earlier and not (_DONE.match(text, m.end()) and (year + 1, month, day) > _numbers(as_of)):
                year += 1
        return f"{year}年{month}月{day}日"

    return written
