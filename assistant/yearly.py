"""Costs of several years under a cap that holds for each: 24年代理费5万,25年代理费6万 are two sums, not one.

Every year is reckoned by itself and the sums are added; a year whose award was paid already, or that is not asked
about, is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from ceyin.assistant.rules.book import RuleBook
from ceyin.assistant.rules.model import AmountRule, PerUnit, Ratio, Rule
from ceyin.assistant.rules.money import Interval, yuan
from ceyin.assistant.rules.result import Result
from ceyin.assistant.rules.values import Facts, Known
from ceyin.assistant.understanding.conversation import CORRECTING
from ceyin.assistant.understanding.saying import said_facts

_YEAR = re.compile(
    r"(?<!\d)(?P<full>20\d\d)(?:年|-\d)|(?<![\d.])(?P<short>[12]\d)年(?![期前后以来内多半])|(?P<named>大前年|前年|去年|上年|今年|本年)"
)
_BACK = {"大前年": 3, "前年": 2, "去年": 1, "上年": 1, "今年": 0, "本年": 0}
_PAID = re.compile(r"(?:已经?|都|也)?(?:补|领|拿|给|报|兑现|到账)(?:过|了)(?!吗|没|多少|几)")
_SENTENCE = re.compile(r"[^。;?!]+[。;?!]?")
_ASKED = re.compile(r"多少|几[万千]|吗|能不能|还能|怎么算")


def over_years(
    result: Result,
    text: str,
    facts: Facts,
    as_of: date,
    book: RuleBook,
    evaluate: Callable[[Rule, Facts], Result | None],
) -> Result:
    """The result with each year's cost capped by itself; as it is where the text does not tell costs of several."""
    rule = result.rule
    if not isinstance(rule, AmountRule) or not isinstance(rule.base, Ratio | PerUnit):
        return result
    if result.amount is None or not any(cap.per == "applicant_year" for cap in rule.caps):
        return result
    key, whole = rule.base.of, facts.get(rule.base.of)
    told = _costs(text, key, as_of, book)
    costs = [cost for cost, _ in told.values()]
    if len(told) < 2 or CORRECTING.search(text) or not isinstance(whole, Known):
        return result
    if whole.value not in (sum(costs), *costs):  # something else was paid besides
        return result
    asked = _asked_years(text, as_of, told)
    counted = {year: cost for year, (cost, paid) in sorted(told.items()) if not paid and year in asked}
    each = {year: evaluate(rule, facts.with_(key, Known(cost))) for year, cost in counted.items()}
    total, steps = Interval(Decimal(0), Decimal(0)), list[str]()
    last = result
    for year, one in each.items():
        if one is None or one.amount is None:
            return result
        total, last = total.plus(one.amount), one
        steps += [f"{year}年{one.steps[0]}", *one.steps[1:]] if one.steps else []
    if not each:
        return result
    if len(each) > 1 and total.high is not None:
        steps.append(f"合计{'' if total.exact else '最高'}{yuan(total.high)}")
    trace = replace(last.trace, given=";".join(steps))
    return replace(last, amount=total, steps=tuple(steps), trace=trace)


def _costs(text: str, key: str, as_of: date, book: RuleBook) -> dict[int, tuple[Decimal, bool]]:
    """The cost told of each year, and whether what it brings in was paid already."""
    out: dict[int, tuple[Decimal, bool]] = {}
    for year, piece in _pieces(text, as_of):
        fact = said_facts([piece], book, as_of).get(key)
        if isinstance(fact, Known) and isinstance(fact.value, Decimal):
            cost, paid = out.get(year, (Decimal(0), False))
            out[year] = (cost + fact.value, paid or _PAID.search(piece) is not None)
    return out


def _pieces(text: str, as_of: date) -> Iterator[tuple[int, str]]:
    """The text cut in front of each year it names."""
    found = list(_YEAR.finditer(text))
    for k, m in enumerate(found):
        end = found[k + 1].start() if k + 1 < len(found) else len(text)
        yield _year(m, as_of), text[m.end() : end]


def _year(m: re.Match[str], as_of: date) -> int:
    if m.group("named"):
        return as_of.year - _BACK[m.group("named")]
    return int(m.group("full") or f"20{m.group('short')}")


def _asked_years(text: str, as_of: date, told: dict[int, tuple[Decimal, bool]]) -> set[int]:
    """The years asked about: those the last question names and tells no cost of, else all."""
    last = next((s for s in reversed(_SENTENCE.findall(text)) if _ASKED.search(s)), "")
    named = {_year(m, as_of) for m in _YEAR.finditer(last)} & set(told)
    return (
        named
        if named and not re.search(r"\d[万千百]?元?|[一二两三四五六七八九]万", _YEAR.sub("", last))
        else set(told)
    )
