"""How much of an English question stands in the English digest of a clause (``corpus.english``).

The terms of the lexicon lead an English question to Chinese words; what it says besides (fails, banned, audited) only
the digests know.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log

from ceyin.corpus.english import load_english
from ceyin.corpus.model import ClauseRef
from ceyin.indexes.tokens import ENGLISH_STOP_WORDS

_WORD = re.compile(r"[a-z]{2,}|\d+(?:\.\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ENDING = re.compile(r"(?:ies|ied|ings?|edly|ed|(?<=[sxz])es|(?<!s)s|ations?|ments?|e|ly)$")
#: What a word no digest has weighs, as beside those they have.
_UNKNOWN = 1.5
#: A word of the policy's title says which policy, hardly which clause.
_IN_TITLE = 0.4


def shares(question: str) -> Mapping[ClauseRef, float]:
    """Of every clause with an English digest how much of the question's English words it has (0–1), none left out."""
    words = stems(question)
    book = _digests()
    weights = {w: book.weight(w) for w in words}
    total = sum(weights.values())
    if not total:
        return {}
    out = {}
    for ref, said in book.said.items():
        title = book.titles[ref.policy_id]
        got = sum(
            weight if w in said else _IN_TITLE * weight
            for w, weight in weights.items()
            if w in said or w in title
        )
        if got:
            out[ref] = got / total
    return out


def stems(text: str) -> frozenset[str]:
    """The English words of a text without endings, function words and figures that are no years."""
    found = (w for w in _WORD.findall(text.lower()) if w not in ENGLISH_STOP_WORDS)
    return frozenset(_stem(w) for w in found if not w[0].isdigit() or _YEAR.fullmatch(w))


def _stem(word: str) -> str:
    """A word without its ending, where enough is left: fails, failed, failing → fail."""
    short = _ENDING.sub("", word)
    return short if len(short) > 2 else word


@lru_cache(maxsize=1)
def digests() -> Mapping[ClauseRef, str]:
    """What the clauses say in English, with the titles of their policies, in lower case."""
    english = load_english()
    return {
        ref: f"{says} {english.titles.get(ref.policy_id, '')}".lower()
        for ref, says in english.clauses.items()
    }


@dataclass(frozen=True, slots=True)
class _Digests:
    said: Mapping[ClauseRef, frozenset[str]]
    titles: Mapping[str, frozenset[str]]
    in_digests: Mapping[str, int]

    def weight(self, stem: str) -> float:
        """How rare a word is among the digests."""
        n = self.in_digests.get(stem, 0)
        return log(1 + (len(self.said) - n + 0.5) / (n + 0.5)) if n else _UNKNOWN


@lru_cache(maxsize=1)
def _digests() -> _Digests:
    english = load_english()
    said = {ref: stems(text) for ref, text in english.clauses.items()}
    titles = {policy: stems(title) for policy, title in english.titles.items()}
    count: dict[str, int] = {}
    for words in said.values():
        for word in words:
            count[word] = count.get(word, 0) + 1
    return _Digests(said, titles, count)
