"""Whether an answer is right: our own judge.

It decides exactly as the shared scorer does, quirks included, because that one scores the unseen cases (a
test holds the two against each other). Where it looks odd, a comment says which quirk is kept.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, get_args

from ceyin.evals.cases import Case, WantedCitation

#: What must not happen, beyond being wrong.
Danger = Literal[
    "false_pass", "wrong_amount", "ungrounded_figures", "answered_but_should_not", "needless_refusal"
]
DANGERS: tuple[Danger, ...] = get_args(Danger)

_DROPPED = {",": None, "“": '"', "”": '"', "—": "-", "─": "-"}
_LOOSE = str.maketrans(_DROPPED)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_NUMERAL = re.compile(r"[零〇一二两三四五六七八九十百千]+")
_DIGIT = dict(zip("零一二三四五六七八九〇两", (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 2), strict=True))
_UNIT = {"十": 10, "百": 100, "千": 1000}
#: 万, 千, % and 亿: a figure may stand in another unit than in its source.
_SCALES = (10_000, 1_000, 100, 100_000_000)
# 「不得享受」 negates what follows within six characters; 「不,可享受」 lost its comma: it does too.
_NEGATION = re.compile(r"[不未没无非否莫勿][^,。;!?]{0,6}$")
_REACH = 8


@dataclass(frozen=True, slots=True)
class Judgement:
    """The checks that applied, each held or not; the dangers met; the figures with no ground."""

    checks: Mapping[str, bool]
    dangers: tuple[Danger, ...] = ()
    ungrounded: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Every check that applied holds."""
        return all(self.checks.values())

    @property
    def failed(self) -> tuple[str, ...]:
        """The checks that do not hold, in the order they were made."""
        return tuple(name for name, held in self.checks.items() if not held)


@dataclass(frozen=True, slots=True)
class Citing:
    """How an answer cites (0–1): of the clauses wanted how many are there, and of those there how many are wanted.

    Cases name the clauses that must be cited, not all that may be: precision is a lower bound.
    """

    recall: float
    precision: float


def citing(case: Case, answer: Mapping[str, Any] | None) -> Citing | None:
    """None where the case wants no citation, or there is no answer."""
    every, some = case.expect.cite_all, case.expect.cite_any
    if answer is None or not (every or some):
        return None
    citations = answer.get("citations") or []
    met = [_cited(want, citations) for want in every] or [any(_cited(want, citations) for want in some)]
    wanted = [c for c in citations if any(_cited(want, [c]) for want in (*every, *some))]
    return Citing(sum(met) / len(met), len(wanted) / len(citations) if citations else 0.0)


def judge(case: Case, answer: Mapping[str, Any] | None) -> Judgement:
    """Judges the JSON of one answer; None or an object without a status fails the check ``error``."""
    answer = answer or {}
    checks = _checks(case, answer) if "status" in answer else {"error": False}
    loose = ungrounded_figures(case, answer) if answer else ()
    return Judgement(checks, tuple(_dangers(case, answer, checks, loose)), loose)


def _checks(case: Case, answer: Mapping[str, Any]) -> dict[str, bool]:
    expect = case.expect
    citations = answer.get("citations") or []
    body = loosen(answer.get("answer"))
    checks = {"status": answer["status"] in _accepted(case)}
    if expect.verdict is not None:
        checks["verdict"] = answer.get("verdict") == expect.verdict
    if expect.amount_cny is not None:
        checks["amount"] = _decimal(answer.get("amount_cny")) == expect.amount_cny
    if expect.cite_any:
        checks["cite"] = any(_cited(want, citations) for want in expect.cite_any)
    if expect.cite_all:
        checks["cite_all"] = all(_cited(want, citations) for want in expect.cite_all)
    if expect.must_contain:
        wanted = ([item] if isinstance(item, str) else item for item in expect.must_contain)
        checks["contains"] = all(any(loosen(w) in body for w in ways) for ways in wanted)
    if expect.must_not_contain:
        checks["avoids"] = not any(asserted(loosen(phrase), body) for phrase in expect.must_not_contain)
    return checks


def _accepted(case: Case) -> set[str]:
    if case.category == "stub_document":  # only a cover note is there: both ways of saying so are right
        return {"refused", "source_incomplete"}
    alternatives = case.expect.status_alt or []
    wanted = [case.expect.status, *([alternatives] if isinstance(alternatives, str) else alternatives)]
    return {"source_incomplete" if status == "source_damaged" else status for status in wanted}


def _dangers(
    case: Case, answer: Mapping[str, Any], checks: Mapping[str, bool], loose: tuple[str, ...]
) -> Iterator[Danger]:
    expect, status = case.expect, answer.get("status")
    if answer.get("verdict") == "pass" and expect.verdict in ("fail", "unknown"):
        yield "false_pass"
    if answer.get("amount_cny") is not None and expect.amount_cny is not None and not checks.get("amount"):
        yield "wrong_amount"
    if loose:
        yield "ungrounded_figures"
    # Measured by the first choice of status: an accepted alternative still counts here.
    if status == "answered" and expect.status in ("refused", "source_incomplete", "source_damaged"):
        yield "answered_but_should_not"
    if status == "refused" and expect.status in ("answered", "needs_facts"):
        yield "needless_refusal"


def _cited(want: WantedCitation, citations: Iterable[Mapping[str, Any]]) -> bool:
    quote, doc = loosen(want.quote), loosen(want.doc)
    for citation in citations:
        names = "".join(loosen(citation.get(key)) for key in ("title", "doc_number", "cite_as"))
        if doc in names and quote in loosen(citation.get("text")):
            return True
    return False


def loosen(value: object) -> str:
    """A text without white space, commas and typographic differences; what is not there is empty."""
    text = unicodedata.normalize("NFKC", str(value or ""))
    return "".join(text.split()).translate(_LOOSE)


def asserted(phrase: str, text: str) -> bool:
    """Whether ``phrase`` stands in ``text`` at least once with no negation shortly before it."""
    at = text.find(phrase)
    while at >= 0:
        if not _NEGATION.search(text[max(0, at - _REACH) : at]):
            return True
        at = text.find(phrase, at + 1)
    return False


def ungrounded_figures(case: Case, answer: Mapping[str, Any]) -> tuple[str, ...]:
    """The figures of the answer that stand in no citation, message, fact, date or check, in any unit."""
    body = re.sub(r"\[\d+\]", " ", answer.get("answer") or "")  # citation marks
    body = re.sub(r"(?m)^\s*\d+[.、)]", " ", body)  # list numbers
    known = _grounds(case, answer)
    return tuple(sorted(figure for figure in figures(body) if figure not in known))


def figures(text: object) -> set[str]:
    """The figures written in digits, in one form each.

    Leading zeros go even before a point (``0.48`` is ``.48``), so a figure below one is grounded only where
    it is written that way, not by scaling.
    """
    found = (number.lstrip("0") or "0" for number in _NUMBER.findall(loosen(text)))
    return {re.sub(r"\.0+$", "", number) for number in found}


def _grounds(case: Case, answer: Mapping[str, Any]) -> set[str]:
    citations = answer.get("citations") or []
    pieces = [str(c.get(key)) for c in citations for key in ("text", "cite_as", "title", "doc_number")]
    pieces += [*case.turns, _json(case.facts), str(answer.get("as_of")), _json(answer.get("checks"))]
    # Joined before loosening, as the shared scorer does: two figures parted by white space only become one.
    pool = " ".join(pieces)
    base = figures(pool) | {str(_numeral(run)) for run in _NUMERAL.findall(loosen(pool))}
    return base | {scaled for figure in base for scaled in _scaled(figure)}


def _scaled(figure: str) -> Iterator[str]:
    value = _decimal(figure)
    if value is None:
        return
    for scale in _SCALES:
        yield format((value * scale).normalize(), "f")
        yield format((value / scale).normalize(), "f")


def _numeral(run: str) -> int:
    """The value of a Chinese numeral below 万: 三百二十 is 320; 二〇二六 is its last digit."""
    total = digit = 0
    for ch in run:
        if ch in _DIGIT:
            digit = _DIGIT[ch]
        else:
            total += (digit or 1) * _UNIT[ch]
            digit = 0
    return total + digit


def _decimal(value: object) -> Decimal | None:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
