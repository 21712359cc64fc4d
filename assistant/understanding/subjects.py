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
    named = {w for w in content_words(text) if len(w) > 1 and is_term(w)} | {w for w in also if w in text}
    # 创业担保贷款 is one subject, not two
    return frozenset(
        w for w in named if w not in never and not any(w != other and w in other for other in named)
    )
