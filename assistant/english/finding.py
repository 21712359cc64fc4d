"""Clauses found by their English digests: the words of an English question need no Chinese ones to be found by."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ceyin.corpus.english import load_english
from ceyin.corpus.model import ClauseRef
from ceyin.indexes.hits import Hit
from ceyin.indexes.tokens import listed

_WORD = re.compile(r"[a-z]{2,}")
#: Endings that say nothing of the subject, longest first.
_ENDINGS = (
    "ations",
    "ation",
    "ments",
    "ment",
    "ingly",
    "ings",
    "ing",
    "ers",
    "ies",
    "ied",
    "ion",
    "ed",
    "es",
    "er",
    "ly",
    "s",
    "e",
    "y",
)
#: A clause whose digest has less than this share of the question is not found by it.
_SOME = 0.3
#: What a digest counts for beside the search by Chinese terms.
_DIGEST = 0.3
#: What the words of a policy's title count for beside those of a digest: they say which text, not what.
_TITLE = 0.5


@dataclass(frozen=True, slots=True)
class _Digests:
    stems: Mapping[ClauseRef, frozenset[str]]
    titles: Mapping[str, frozenset[str]]
    rarity: Mapping[str, float]

    def weight(self, stem: str) -> float:
        return self.rarity.get(stem, 0.0)


def with_digests(hits: Sequence[Hit], text: str, allowed: frozenset[str], top: int) -> list[Hit]:
    """The hits of a search and the clauses whose digests have most of an English question, best first.

    ``allowed`` are ids of policies. A clause counts as near as the share of the question's words its digest has.
    """
    shares = _shares(text, allowed)
    best, most = max((hit.score for hit in hits), default=1.0), max(shares.values(), default=1.0)
    known = {hit.ref: hit for hit in hits}
    out = []
    for ref in {*known, *shares}:
        old, share = known.get(ref, Hit(ref, 0.0, 0, "digest")), shares.get(ref, 0.0)
        score = (1 - _DIGEST) * old.score + _DIGEST * best * share / most
        out.append(replace(old, score=score, near=max(old.near, share)))
    ranked = sorted(out, key=lambda hit: (-hit.score, hit.ref))[:top]
    return [replace(hit, rank=rank) for rank, hit in enumerate(ranked, 1)]


@lru_cache(maxsize=1)
def digests() -> Mapping[ClauseRef, str]:
    """What the clauses say in English, with the titles of their policies, in lower case."""
    english = load_english()
    return {
        ref: f"{says} {english.titles.get(ref.policy_id, '')}".lower()
        for ref, says in english.clauses.items()
    }


def _shares(text: str, allowed: frozenset[str]) -> dict[ClauseRef, float]:
    known = _known()
    asked = {stem for stem in _stems(text) if known.weight(stem)}
    total = sum(known.weight(stem) for stem in asked) or 1.0
    out: dict[ClauseRef, float] = {}
    for ref, stems in known.stems.items():
        if ref.policy_id not in allowed:
            continue
        title = known.titles.get(ref.policy_id, frozenset())
        got = sum(
            known.weight(stem) * (1.0 if stem in stems else _TITLE)
            for stem in asked
            if stem in stems or stem in title
        )
        if got / total >= _SOME:
            out[ref] = got / total
    return out


@lru_cache(maxsize=1)
def _known() -> _Digests:
    english = load_english()
    stems = {ref: _stems(says) for ref, says in english.clauses.items()}
    titles = {policy: _stems(title) for policy, title in english.titles.items()}
    seen = Counter(stem for each in stems.values() for stem in each)
    for each in titles.values():
        for stem in each:
            seen.setdefault(stem, 1)
    count = len(stems)
    return _Digests(stems, titles, {stem: math.log(1 + count / n) for stem, n in seen.items()})


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: len(word) - len(ending)]
    return word


@lru_cache(maxsize=1)
def _function_words() -> frozenset[str]:
    return frozenset(listed("english_stopwords.txt"))


def _stems(text: str) -> frozenset[str]:
    return frozenset(_stem(w) for w in _WORD.findall(text.lower()) if w not in _function_words())
