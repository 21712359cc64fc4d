"""Rule candidates against the reviewed rule book: which of the figures its rules stand on are found in the texts."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from ceyin.assistant.drafting.finding import Found, found_in, is_bibliographic
from ceyin.assistant.rules.book import RuleBook
from ceyin.assistant.rules.figures import Figure, figures_in
from ceyin.assistant.rules.model import Pin
from ceyin.assistant.rules.uses import pins_of
from ceyin.corpus.library import StoredPolicy
from ceyin.corpus.model import ClauseRef, cite_path
from ceyin.corpus.normalise import normalise
from ceyin.corpus.read import read_source
from ceyin.corpus.segment import parse
from ceyin.evals.segmentation import Tally

#: Which kinds of candidate answer to a kind of rule; a rule's pin also carries the figures of its conditions.
_ANSWERING: dict[str, frozenset[str]] = {
    "amount": frozenset({"amount", "cap", "rate", "threshold"}),
    "eligibility": frozenset({"threshold", "lockout", "rate", "term", "deadline", "cap"}),
    "deadline": frozenset({"deadline", "validity"}),
    "term": frozenset({"term", "validity"}),
    "validity": frozenset({"validity"}),
    "target": frozenset({"target"}),
    "consequence": frozenset({"lockout", "threshold", "amount", "cap"}),
    "procedure": frozenset({"deadline", "term"}),
}
_Value = tuple[ClauseRef, Decimal | str, str]


@dataclass(frozen=True, slots=True)
class BookScore:
    """Distinct (clause, value): found against carried by reviewed rules; ``unjudged`` are neither carried nor set aside.

    ``total`` leaves the unjudged out, ``strict`` counts each of them as wrongly found.
    """

    total: Tally
    strict: Tally
    unjudged: int
    kinds_right: int
    by_rule_kind: Mapping[str, Tally]
    differences: tuple[str, ...]


def score_book(book: RuleBook, policies: Sequence[StoredPolicy]) -> BookScore:
    """Find the conditions of every clause of the catalog's policies and hold them against the pins."""
    reviewed = [r for r in book.rules if r.review.status == "reviewed"]
    carried: dict[_Value, set[str]] = defaultdict(set)
    for rule in reviewed:
        for value in _values(pins_of(rule)):
            carried[value].add(rule.kind)
    left = [*(e.pin for e in book.set_aside), *(e.pin for e in book.untranslatable)]
    aside = set(_values(left)) - carried.keys()
    found = _found(policies)
    texts = {value for policy in policies for value in _in_text(policy)}
    wanted = {value for value in carried if value in texts}
    agreeing = wanted & found.keys()
    wrong = found.keys() & aside
    unjudged = found.keys() - wanted - aside
    kinds = {
        kind: Tally(0, len(values), len(values & found.keys()))
        for kind in sorted({k for v in wanted for k in carried[v]})
        for values in [{v for v in wanted if kind in carried[v]}]
    }
    right = sum(
        1 for v in agreeing if any(found[v].kind in _ANSWERING.get(k, frozenset()) for k in carried[v])
    )
    lines = [
        f"没找到 {_said(v)}({'/'.join(sorted(carried[v]))})" for v in sorted(wanted - found.keys(), key=str)
    ]
    lines += [f"多找到 {_said(v)}({found[v].kind})" for v in sorted(wrong, key=str)]
    lines += [f"规则库未表态 {_said(v)}({found[v].kind})" for v in sorted(unjudged, key=str)]
    return BookScore(
        Tally(len(agreeing) + len(wrong), len(wanted), len(agreeing)),
        Tally(len(found), len(wanted), len(agreeing)),
        len(unjudged),
        right,
        kinds,
        tuple(lines),
    )


@contextmanager
def official_policies(corpus: Path) -> Iterator[tuple[RuleBook, tuple[StoredPolicy, ...]]]:
    """The rule book and the catalog's policies with the texts of a folder, in a home that is gone afterwards."""
    from ceyin.ui.app import open_app
    from ceyin.ui.settings import Settings

    with tempfile.TemporaryDirectory() as home:
        app = open_app(Settings(home=Path(home)))
        try:
            for page in sorted(corpus.iterdir()):
                app.library.add(parse(read_source(page)))
            official = (
                p for p in app.library.policies() if p.entry is not None and p.text_kind == "official"
            )
            yield app.book, tuple(official)
        finally:
            app.close()


def _values(pins: Iterable[Pin]) -> Iterator[_Value]:
    for pin in pins:
        ref = ClauseRef(pin.policy, pin.path)
        for words in pin.figures:
            yield from (_value(ref, figure) for figure in figures_in(normalise(words)))


def _value(ref: ClauseRef, figure: Figure) -> _Value:
    return ref, figure.value, figure.unit


def _found(policies: Sequence[StoredPolicy]) -> dict[_Value, Found]:
    out: dict[_Value, Found] = {}
    for policy in policies:
        issued = policy.issued or policy.published
        for clause in policy.clauses:
            if not is_bibliographic(clause.ref.path):
                heading = "\n".join((*clause.heading_trail, clause.heading))
                for found in found_in(clause.text, heading, issued.year if issued else None):
                    out.setdefault(_value(clause.ref, found.figure), found)
    return out


def _in_text(policy: StoredPolicy) -> Iterator[_Value]:
    for clause in policy.clauses:
        yield from (_value(clause.ref, figure) for figure in figures_in(clause.text))


def _said(value: _Value) -> str:
    ref, figure, unit = value
    return f"{ref.policy_id} {cite_path(ref.path)}:{figure}{unit}"
