"""Facts of a case given as key and value; those told in words are read by ``understanding.saying``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from ceyin.assistant.rules.book import RuleBook
from ceyin.assistant.rules.files import FactSpec
from ceyin.assistant.rules.money import AMOUNT, amount_of
from ceyin.assistant.rules.values import (
    Absent,
    AtLeast,
    Below,
    Between,
    Conflict,
    Fact,
    Facts,
    Known,
    Unknown,
    Value,
)
from ceyin.corpus.errors import FactError
from ceyin.corpus.normalise import normalise

_TRUE = {"是", "有", "true", "yes", "1", "对", "已", "符合"}
_FALSE = {"否", "没有", "无", "false", "no", "0", "不是", "未", "不符合"}
_TOO_MUCH = Decimal(10) ** 15


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


def without_withdrawn(facts: Facts, raw: Mapping[str, Any] | None, book: RuleBook) -> Facts:
    """The facts but for those given as null: what the words seemed to say of them is not meant."""
    withdrawn = {book.key_for(normalise(name)) for name, value in (raw or {}).items() if value is None}
    return Facts({key: fact for key, fact in facts.known.items() if key not in withdrawn})


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
        case AtLeast():
            return (fact.low,)
        case Below():
            return (fact.high,)
        case Between():
            return (fact.low, fact.high)
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


#: What turns a name round or takes it back: 非国家级园区, 大专在读.
_NOT_IT = re.compile(r"非|不|未|没|无|以外|除|在读|肄业|拟|准备|[^\w()]")
#: What may follow a name without making it another: 大专毕业生, 国家级高新区内的产业园 (大学城 is no 大学).
_TAIL = re.compile(r"毕业生?|学历|文凭|证书?|资格|及?以上|老板|经营者|人员?|[内里的(]\S*")


def _choice(spec: FactSpec, value: str) -> str:
    """The member a name means; itself where it means none. 四级 is 四级职业资格, 市级产业园区 is a 市级产业园."""
    text = normalise(value)
    if text in spec.values:
        return text
    names = {word: name for name, others in spec.values.items() for word in (*others, name)}
    if text in names:
        return names[text]
    if _NOT_IT.search(text) or len(text) < 2:
        return text
    inside = [
        word
        for word in names
        if len(word) > 1
        and (text.endswith(word) or (text.startswith(word) and _TAIL.fullmatch(text[len(word) :])))
    ]
    longest = max(map(len, inside), default=0)
    found = {names[word] for word in inside if len(word) == longest}
    if not found:
        found = {name for name in spec.values if text in name}
    return found.pop() if len(found) == 1 else text


def implied(facts: Facts, book: RuleBook) -> Facts:
    """The facts with what their members mean beside: a patent that was bought is none of one's own research."""
    added: dict[str, Fact] = {}
    for key, fact in facts.known.items():
        if not isinstance(fact, Known) or not (spec := book.facts[key]).implies:
            continue
        members = fact.value if isinstance(fact.value, tuple) else (fact.value,)
        for member in members:
            for other, value in spec.implies.get(str(member), {}).items():
                if isinstance(facts.get(other), Unknown):
                    added[other] = Known(value, fact.source)
    return Facts({**facts.known, **added})
