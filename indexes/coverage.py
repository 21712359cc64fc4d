"""How much of a question's words stands in a text."""

from __future__ import annotations

from collections.abc import Callable

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
    if any(other in text for other in synonyms().get(word, ())):
        return 0.8
    parts = word_parts(word)
    if not parts:
        return 0.0
    return 0.8 * sum(weigh(p) for p in parts if p in text) / sum(weigh(p) for p in parts)
