"""How much of a question's words stands in a text."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from ceyin.indexes.tokens import synonyms, word_parts

#: A word no clause has says little: people's everyday words are many, and the texts know few of them.
_UNKNOWN_WORD = 1.5


def word_weight(word: str, idf: Callable[[str], float]) -> float:
    """What a word of a question weighs: its rarity, little where no text has it."""
    rare = idf(word)
    return _UNKNOWN_WORD if rare >= idf("") else rare


def share_in(word: str, text: str, weigh: Callable[[str], float] = lambda _: 1.0) -> float:
    """How much of a word stands in a (lower-case) text, 0–1: itself, a synonym, or its parts as they weigh."""
    if word in text:
        return 1.0
    others, parts = _forms(word)
    for other in others:
        if other in text:
            return 0.8
    if not parts:
        return 0.0
    held = total = 0.0
    for part in parts:
        weight = weigh(part)
        total += weight
        if part in text:
            held += weight
    return 0.8 * held / total


@lru_cache(maxsize=8192)
def _forms(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The synonyms of a word and its parts."""
    return synonyms().get(word, ()), word_parts(word)
