"""What is indexed of each clause: its words by field, and the texts that get a vector."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ceyin.corpus.library import StoredClause, StoredPolicy
from ceyin.corpus.model import ClauseRef
from ceyin.indexes.asking import asked_of, asking_words
from ceyin.indexes.tokens import words

#: How often the words of a field count.
_WEIGHTS = {"title": 1, "heading": 2, "trail": 1, "text": 1, "digest": 1, "questions": 1}


@dataclass(frozen=True, slots=True)
class Entry:
    """One clause as indexed."""

    ref: ClauseRef
    tokens: tuple[str, ...]
    passages: tuple[str, ...]
    own_words: frozenset[str]  # words of the policy's own text, our cards left out


def entries(policies: Iterable[StoredPolicy]) -> list[Entry]:
    """Every clause of every policy, ordered by reference; title block and signature too."""
    out = [_entry(policy, clause) for policy in policies for clause in policy.clauses]
    return sorted(out, key=lambda e: e.ref)


def _entry(policy: StoredPolicy, clause: StoredClause) -> Entry:
    card = clause.card
    fields = {
        "title": policy.title,
        "heading": clause.heading,
        "trail": " ".join(clause.heading_trail),
        "text": clause.text,
        "digest": card.digest if card and clause.text_kind == "official" else "",
        "questions": " ".join(card.questions) if card else "",
    }
    tokens = [t for name, text in fields.items() for t in words(text) * _WEIGHTS[name]]
    if card is None:  # a card asks better: beside one these words gain nothing
        tokens += asking_words(asked_of(clause))
    passages = [f"{clause.heading} {clause.text}"]
    if card:
        passages += [*card.questions] if clause.text_kind == "card" else [card.digest, *card.questions]
    own = frozenset(w for name in ("title", "heading", "trail", "text") for w in words(fields[name]))
    return Entry(clause.ref, tuple(tokens), tuple(p for p in passages if p.strip()), own)
