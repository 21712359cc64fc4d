"""How much of the figures of the official texts the rule book carries, policy by policy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ceyin.assistant.rules.book import RuleBook
from ceyin.assistant.rules.figures import Figure, canonical, figures_in
from ceyin.assistant.rules.model import Pin
from ceyin.assistant.rules.uses import pins_of
from ceyin.corpus.library import StoredPolicy
from ceyin.corpus.model import ClauseRef
from ceyin.corpus.normalise import normalise

#: Title block, signature and the list of annexes name the document: its facts are those of the catalog.
_BIBLIOGRAPHIC = ("题头", "落款", "附件")


@dataclass(frozen=True, slots=True)
class OpenFigure:
    """A figure that no rule carries and nobody set aside."""

    ref: ClauseRef
    figure: Figure


@dataclass(frozen=True, slots=True)
class PolicyCoverage:
    """One line of the table: figures in the text, carried by a rule, set aside, open; clauses without card or rule."""

    policy_id: str
    title: str
    figures: int
    carried: int
    aside: int
    open: tuple[OpenFigure, ...]
    clauses: int
    without_card: tuple[ClauseRef, ...]

    @property
    def share(self) -> float:
        """Figures dealt with, 0–1."""
        return (self.carried + self.aside) / self.figures if self.figures else 1.0


def coverage(book: RuleBook, policies: Sequence[StoredPolicy]) -> list[PolicyCoverage]:
    """The table for every catalog policy with its official text, in the order given."""
    carried = _by_clause(pin for rule in book.rules for pin in pins_of(rule))
    aside = _by_clause([*(e.pin for e in book.set_aside), *(e.pin for e in book.untranslatable)])
    return [
        _of_policy(p, carried, aside) for p in policies if p.entry is not None and p.text_kind == "official"
    ]


def _by_clause(pins: Iterable[Pin]) -> dict[ClauseRef, list[str]]:
    out: dict[ClauseRef, list[str]] = {}
    for pin in pins:
        out.setdefault(ClauseRef(pin.policy, pin.path), []).extend(pin.figures)
    return out


def _of_policy(
    policy: StoredPolicy, carried: dict[ClauseRef, list[str]], aside: dict[ClauseRef, list[str]]
) -> PolicyCoverage:
    counts = {"carried": 0, "aside": 0}
    total = 0
    left: list[OpenFigure] = []
    bare: list[ClauseRef] = []
    clauses = [c for c in policy.clauses if c.ref.path[0] not in _BIBLIOGRAPHIC]
    for clause in clauses:
        if clause.card is None:
            bare.append(clause.ref)
        text = normalise(clause.text)
        for figure in figures_in(text):
            total += 1
            if _held(figure, text, carried.get(clause.ref, [])):
                counts["carried"] += 1
            elif _held(figure, text, aside.get(clause.ref, [])):
                counts["aside"] += 1
            else:
                left.append(OpenFigure(clause.ref, figure))
    return PolicyCoverage(
        policy.policy_id, policy.title, total, counts["carried"], counts["aside"], tuple(left),
        len(clauses), tuple(bare),
    )  # fmt: skip


def _held(figure: Figure, text: str, pinned: Sequence[str]) -> bool:
    """Whether a pinned figure covers this place of the text, or is the same figure in another script."""
    for words in pinned:
        words = normalise(words)
        at = text.find(words)
        while at >= 0:
            if at <= figure.start and figure.end <= at + len(words):
                return True
            if figure.start <= at and at + len(words) <= figure.end:
                return True
            at = text.find(words, at + 1)
        if canonical(words) == canonical(figure.text):
            return True
    return False
