"""Facts of a case: given as key and value, or said in the conversation in everyday words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from ceyin.assistant.places import place_names
from ceyin.assistant.rules.book import RuleBook
from ceyin.assistant.rules.files import FactSpec
from ceyin.assistant.rules.money import AMOUNT, COUNTED, FIGURE, amount_of
from ceyin.assistant.rules.values import Absent, Conflict, Fact, Facts, Known, Unknown, Value
from ceyin.corpus.errors import FactError
from ceyin.corpus.normalise import normalise
from ceyin.corpus.numerals import ORDINAL_CHARS, to_int

_TRUE = {"是", "有", "true", "yes", "1", "对", "已", "符合"}
_FALSE = {"否", "没有", "无", "false", "no", "0", "不是", "未", "不符合"}
# Not from the middle of a figure: 「认证费一万二千五」 is not 2500, however much a pattern skips before it.
_START = rf"(?<![\d.{ORDINAL_CHARS}万亿])"
_COUNT = rf"{_START}(?:\d+(?:\.\d+)?|[{ORDINAL_CHARS}俩仨]+)"
# A sum in words has a unit (两万, 五千块), or 「交了一次」 would be one yuan; 「花了3个月」 is no sum either.
_MONEY = rf"{_START}(?:(?=\d|[{ORDINAL_CHARS}]*[百千万亿元块]){FIGURE}(?:元|块)?(?![\d.]|[{COUNTED}]))"
#: Said of a figure that is only roughly known: 不到3件, 三到五件; and of a sum, where every yuan counts, 2万多.
_ROUGH_BEFORE = re.compile(
    rf"(?:不到|不足|将近|接近)$|[\d{ORDINAL_CHARS}万][件个家人]?(?:[到至~—-]|或者?)$|[\d{ORDINAL_CHARS}]、$"
)
_ROUGH_SUM = re.compile(r"[多几余]|出头")
#: In front of a name it says that the case is not that: 不是企业, 没评上示范企业.
_NOT = re.compile(r"(?:(?<!是)不是|并非|不属于|不算|没有?评上|没有?获评|还没评上)(?:什么|任何)?$")
#: In front of a name it leaves open whether the case is that: 「是不是财政资助的项目我不清楚」.
_ASKED = re.compile(r"(?:是不是|是否(?:属于)?|算不算(?:是)?|属不属于|不知道是|不确定是|不清楚是)$")
_TOO_MUCH = Decimal(10) ** 15
_DATE = (
    r"(?:[12]\d{3}-\d{1,2}-\d{1,2}|[12]\d{3}年\d{1,2}月(?:\d{1,2}[日号])?|[12]\d{3}\.\d{1,2}\.\d{1,2}"
    r"|(?:前年|去年|今年|明年)\d{1,2}月(?:\d{1,2}[日号])?|今天|昨天|前天|\d{1,2}月\d{1,2}[日号])"
)
#: A city or province, and what is named below it: 南京, 江西省抚州市临川区. Longest names first.
_PLACE = (
    r"(?:" + "|".join(sorted(place_names() - {"全国"}, key=len, reverse=True)) + r")"
    r"(?:[\u4e00-\u9fff]{2,5}?[市区县](?![\u4e00-\u9fff]{0,2}(?:政府|局)))?"
)
_WHOLE_DAY = re.compile(r"[-月.]\d{1,2}[日号]?$|天$")
_RATE = r"(?:\d+(?:\.\d+)?%|百分之[一二三四五六七八九十百]+)"


def given_facts(raw: Mapping[str, Any] | None, book: RuleBook) -> tuple[Facts, list[str]]:
    """Facts given under keys or synonyms; what cannot be matched or read comes back as warnings."""
    facts: dict[str, Fact] = {}
    warnings: list[str] = []
    for name, value in (raw or {}).items():
        key = book.key_for(normalise(name))
        if key is None:
            warnings.append(f"没有用到“{name}”:规则里没有这项事实。")
            continue
        if value is None:
            continue
        try:
            fact = read_value(book.facts[key], value, "事实表")
            _check_choice(book, key, fact)
        except FactError as exc:
            warnings.append(str(exc))
            continue
        facts[key] = _agreed(facts[key], fact) if key in facts else fact
    return Facts(facts), warnings


def _check_choice(book: RuleBook, key: str, fact: Fact) -> None:
    """A name outside a closed list is no answer: nobody fails a condition for a word the rules do not know."""
    spec = book.facts[key]
    if not spec.values or not isinstance(fact, Known):
        return
    given = fact.value if isinstance(fact.value, tuple) else (fact.value,)
    strange = [str(v) for v in given if v not in spec.values and v not in book.words_of(key)]
    if strange:
        raise FactError(f"“{key}”没有“{'、'.join(strange)}”这一项,没有用到;可选:{'、'.join(spec.values)}。")


def _agreed(first: Fact, second: Fact) -> Fact:
    """What two statements of one fact come to: given under its key and under a synonym, say."""
    if first == second:
        return first
    return Conflict(tuple(dict.fromkeys([*_values(first), *_values(second)])))


def _values(fact: Fact) -> tuple[Value, ...]:
    match fact:
        case Known():
            return (fact.value,)
        case Conflict():
            return fact.values
        case Absent():
            return ("没有",)
        case Unknown():
            return ()


def read_value(spec: FactSpec, value: Any, source: str) -> Fact:
    """One given value as its type; raises FactError naming the fact and what it should look like."""
    if isinstance(value, str) and normalise(value) in ("没有", "无", "未获得"):
        return Absent(source)
    match spec.type:
        case "bool":
            if isinstance(value, bool):
                return Known(value, source)
            text = normalise(str(value)).lower()
            if text in _TRUE or text in _FALSE:
                return Known(text in _TRUE, source)
        case "count" | "money" | "number" | "rate":
            numbers = (
                [_number(v, spec.unit) for v in _several(value)]
                if spec.several
                else [_number(value, spec.unit)]
            )
            good = [n for n in numbers if n is not None and 0 <= n < _TOO_MUCH]
            if good and len(good) == len(numbers):
                return Known(good[0] if len(good) == 1 else tuple(good), source)
        case "date":
            day = value if isinstance(value, date) else _given_day(str(value))
            if day is not None:
                return Known(day, source)
        case "choice":
            items = _items(value)
            if len(items) == 1:
                return Known(_choice(spec, items[0]), source)
        case "choices":
            items = [part for item in _items(value) for part in re.split(r"[、,,;;]", item) if part.strip()]
            if items:
                return Known(tuple(dict.fromkeys(_choice(spec, item) for item in items)), source)
        case "text":
            if isinstance(value, str):
                return Known(normalise(value), source)
    kinds = {
        "bool": "是或否",
        "date": "日期,如 2026-11-23",
        "money": "金额,如 18000 或 1.8万",
        "choice": f"其中一项:{'、'.join(spec.values)}",
        "choices": f"其中几项:{'、'.join(spec.values)}",
        "text": "文字",
    }
    raise FactError(f"“{spec.key}”读不懂“{value}”,应是{kinds.get(spec.type, '数字')}。")


def _several(value: Any) -> list[Any]:
    """Figures of several items: a list, or separated by 、 or ; (a comma may stand inside a figure)."""
    if isinstance(value, list | tuple):
        return list(value)
    return [v for v in re.split(r"[、;;]", value) if v.strip()] if isinstance(value, str) else [value]


def _items(value: Any) -> list[str]:
    """One name or several; anything else is none."""
    items = value if isinstance(value, list | tuple) else [value]
    return [v for v in items if v.strip()] if all(isinstance(v, str) for v in items) else []


def _number(value: Any, unit: str) -> Decimal | None:
    """A figure given as number or text, in the unit of the fact: 12% is 12 where the unit is %, else 0.12."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float | Decimal):
        number = Decimal(str(value))
        return number if number.is_finite() else None
    text = normalise(str(value)).lstrip("¥").strip()
    if text.endswith("%"):
        share = _number(text[:-1], "")
        return share if share is None or unit == "%" else share / 100
    if unit[:1] in ("万", "亿"):
        text = text.removesuffix(unit).removesuffix(unit[0])
    text = text.removesuffix(unit).rstrip("件个家人名位次项份")
    m = AMOUNT.fullmatch(text)
    return amount_of(m) if m else None


def _given_day(text: str) -> date | None:
    """A whole day: who gives a month alone has not said which day."""
    m = re.fullmatch(
        r"([12]\d{3})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?(?:[T ].*)?", normalise(text.strip())
    )
    if m is None:
        return None
    try:
        return date(int(m.group(1)), int(m.group(2)), int(m.group(3)))
    except ValueError:
        return None


def _choice(spec: FactSpec, value: str) -> str:
    text = normalise(value)
    if text in spec.values:
        return text
    for name, others in spec.values.items():
        if text in others:
            return name
    return text


# -- what people say -------------------------------------------------------------------------------


def said_facts(messages: Sequence[str], book: RuleBook, as_of: date) -> Facts:
    """Facts said in a conversation, normalised messages in order; a later one replaces an earlier one."""
    facts: dict[str, Fact] = {}
    for message in _with_years(messages):
        for spec in book.facts.values():
            fact = _said(spec, message, as_of)
            if fact is not None:
                facts[spec.key] = _with_earlier(spec, facts.get(spec.key), fact)
    return Facts(facts)


def _with_earlier(spec: FactSpec, earlier: Fact | None, fact: Fact) -> Fact:
    """Of a fact with several values (honours) each message may add one; else the later word replaces the earlier."""
    if spec.type != "choices" or not isinstance(earlier, Known) or not isinstance(fact, Known):
        return fact
    if isinstance(earlier.value, tuple) and isinstance(fact.value, tuple):
        return Known(tuple(dict.fromkeys([*earlier.value, *fact.value])))
    return fact


def _with_years(messages: Sequence[str]) -> list[str]:
    """「次年3月5日」 with its year: the one after the last year named before it."""
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


_NEXT_YEAR = re.compile(r"(?:次年|第二年|转年|来年)(?=\d{1,2}月)")


def _said(spec: FactSpec, message: str, as_of: date) -> Fact | None:
    for pattern in _compiled(spec.denied):
        if pattern.search(message):
            return Absent() if spec.type not in ("bool",) else Known(False)
    if spec.values:
        return _named(spec, message)
    for pattern in _compiled(spec.said):
        m = pattern.search(message)
        if not m:
            continue
        if spec.type == "bool":
            return Known(True)
        if "v" not in pattern.groupindex or _rough(spec, message, *m.span("v")):
            continue
        value = _value(spec, m.group("v"), as_of)
        if value is None:
            continue
        if spec.type == "money" and isinstance(value, Decimal):
            value += _further_sums(message[m.end("v") :])
        return Known(value, month_only=spec.type == "date" and not _WHOLE_DAY.search(m.group("v")))
    return None


_FURTHER = re.compile(rf"(?:另|还有|又)一?[场笔个家次件张外]?\D{{0,6}}(?P<v>{_MONEY})")


def _further_sums(rest: str) -> Decimal:
    """「一场代理费3万,另一场5万」: what is added to the sum named first."""
    amounts = (amount_of(found) for m in _FURTHER.finditer(rest) if (found := AMOUNT.search(m.group("v"))))
    return sum((a for a in amounts if a is not None), Decimal(0))


def _rough(spec: FactSpec, message: str, start: int, end: int) -> bool:
    """Whether a figure is said only roughly: what is asked of it then needs the exact one."""
    if spec.type == "date":
        return False
    rough_sum = spec.type == "money" and _ROUGH_SUM.match(message, end)
    return bool(rough_sum or _ROUGH_BEFORE.search(message[:start]))


def _named(spec: FactSpec, message: str) -> Fact | None:
    found: list[tuple[int, int, str]] = []
    for name, others in spec.values.items():
        for word in (name, *others):
            found += [(m.start(), len(word), name) for m in re.finditer(re.escape(word), message)]
    longest = [f for f in _longest(found) if not _NOT.search(message[: f[0]])]
    found = [f for f in longest if not _ASKED.search(message[: f[0]])]
    if not found:
        return None
    if spec.type == "choices":
        return Known(tuple(dict.fromkeys(name for _, _, name in found)))
    return Known(found[0][2])


def _longest(found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Of overlapping mentions the longest: 国家知识产权示范企业 is not also 示范企业."""
    kept: list[tuple[int, int, str]] = []
    for at, size, name in sorted(found, key=lambda f: (-f[1], f[0])):
        if all(at + size <= a or at >= a + s for a, s, _ in kept):
            kept.append((at, size, name))
    return sorted(kept)


@lru_cache(maxsize=512)
def _compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    places = {
        "(?P<v>N)": _COUNT,
        "(?P<v>M)": _MONEY,
        "(?P<v>D)": _DATE,
        "(?P<v>R)": _RATE,
        "(?P<v>P)": _PLACE,
    }
    out = []
    for pattern in patterns:
        for mark, body in places.items():
            pattern = pattern.replace(mark, f"(?P<v>{body})")
        out.append(re.compile(pattern))
    return tuple(out)


def _value(spec: FactSpec, text: str, as_of: date) -> Value | None:
    if spec.type == "text":
        return text
    if spec.type == "date":
        return _day(text, as_of)
    if spec.type == "rate":
        return _rate(text)
    if spec.type == "count":
        text = text.replace("俩", "二").replace("仨", "三")
        if re.fullmatch(r"\d+(?:\.\d+)?", text):
            return Decimal(text)
        if re.search(r"[一二两三四五六七八九]{2}", text):  # 两三件
            return None
        number = to_int(text)
        return Decimal(number) if number is not None else None
    m = AMOUNT.search(text)
    return amount_of(m) if m else None


def _rate(text: str) -> Decimal | None:
    if text.endswith("%"):
        return Decimal(text[:-1]) / 100
    number = to_int(text.removeprefix("百分之"))
    return Decimal(number) / 100 if number is not None else None


def _day(text: str, as_of: date | None) -> date | None:
    text = normalise(text)
    if as_of is not None:
        relative = {"今天": 0, "昨天": 1, "前天": 2}
        if text in relative:
            return as_of - timedelta(days=relative[text])
        for word, shift in {"前年": -2, "去年": -1, "今年": 0, "明年": 1}.items():
            if text.startswith(word):
                text = f"{as_of.year + shift}年{text[len(word) :]}"
        if re.match(r"^\d{1,2}月", text):
            text = f"{as_of.year}年{text}"
    m = re.match(r"([12]\d{3})[-年.](\d{1,2})(?:[-月.](?:(\d{1,2})[日号]?)?)?", text)
    if not m:
        return None
    try:
        return date(int(m.group(1)), int(m.group(2)), int(m.group(3) or 1))
    except ValueError:
        return None
