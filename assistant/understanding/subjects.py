"""The words that say what a text is about: terms of the field, less those of every other question."""

from __future__ import annotations

from functools import lru_cache

from ceyin.assistant.understanding.intents import WORDS
from ceyin.corpus.yamlfile import load_yaml
from ceyin.indexes.tokens import content_words, is_term


@lru_cache(maxsize=1)
def _lists() -> tuple[frozenset[str], frozenset[str]]:
    content = load_yaml((WORDS / "subjects.yaml").read_text(encoding="utf-8"))
    return frozenset(content["also"].lower().split()), frozenset(content["never"].split())


@lru_cache(maxsize=2048)
def subjects(text: str) -> frozenset[str]:
    """The subjects a normalised text names."""
    also, never = _lists()
    words = content_words(text)
    named = {w for w in words if len(w) > 1 and (is_term(w) or w in also) and w not in never}
    return frozenset(named | {w for w in also if len(w) > 2 and w in text})
