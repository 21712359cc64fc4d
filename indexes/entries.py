"""What is indexed of each clause: its words by field, and the texts that get a vector."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ceyin.corpus.library import StoredClause, StoredPolicy
from ceyin.corpus.model import ClauseRef
from ceyin.indexes.everyday import asked_of, asking_words
from ceyin.indexes.tokens import words

#: How often the words of a field count.
_WEIGHTS = {"title": 1, "names": 1, "heading": 2, "trail": 1, "text": 1, "digest": 1, "questions": 1}
#: The fields of the policy's own text; the others are ours.
_OWN = ("title", "heading", "trail", "text")


_SHORT_NUMBER = re.compile(r"\d+号$")


@dataclass(frozen=True, slots=True)
class Entry:
    """One clause as indexed."""

    ref: ClauseRef
    tokens: tuple[str, ...]
    passages: tuple[str, ...]
    own_words: frozenset[str]  # words of the policy's own text, our cards left out


def entries(policy: StoredPolicy) -> list[Entry]:
    """Every clause of a policy, ordered by reference; title block and signature too."""
    return sorted((_entry(policy, clause) for clause in policy.clauses), key=lambda e: e.ref)


def _entry(policy: StoredPolicy, clause: StoredClause) -> Entry:
    card = clause.card
    found = {
        "title": _words_above(policy.title),
        "names": _words_above(_names(policy)),
        "heading": words(clause.heading),
        "trail": _words_above(" ".join(clause.heading_trail)),
        "text": words(clause.text),
        "digest": words(card.digest) if card and clause.text_kind == "official" else [],
        "questions": words(" ".join(card.questions)) if card else [],
    }
    tokens = [t for name, field in found.items() for t in field * _WEIGHTS[name]]
    if card is None:  # a card asks better: beside one these words gain nothing
        tokens += asking_words(asked_of(clause))
    passages = [f"{clause.heading} {clause.text}"]
    if card:
        passages += [*card.questions] if clause.text_kind == "card" else [card.digest, *card.questions]
    own = frozenset(w for name in _OWN for w in found[name])
    return Entry(clause.ref, tuple(tokens), tuple(p for p in passages if p.strip()), own)


def _names(policy: StoredPolicy) -> str:
    """What a policy is called beside its title: its number, in full and as people say it, and its nicknames."""
    number = policy.doc_number or ""
    short = _SHORT_NUMBER.search(number)
    names = policy.entry.nicknames if policy.entry else ()
    return " ".join([number, *([f"{short.group()}文"] if short else []), *names])


@lru_cache(maxsize=64)
def _words_above(text: str) -> list[str]:
    """The words of a title or of headings, which many clauses share."""
    return words(text)
