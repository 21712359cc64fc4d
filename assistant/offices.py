"""Whom to ask about what no text here answers, and what only an office can answer: ``words/offices.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ceyin.corpus.yamlfile import load_yaml

_FILE = Path(__file__).parent / "words" / "offices.yaml"


@dataclass(frozen=True, slots=True)
class _Table:
    offices: tuple[tuple[str, re.Pattern[str]], ...]
    only_an_office: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=1)
def _table() -> _Table:
    content = load_yaml(_FILE.read_text(encoding="utf-8"))
    return _Table(
        tuple((row["office"], re.compile(row["words"], re.IGNORECASE)) for row in content["offices"]),
        tuple(re.compile(pattern) for pattern in content["only_an_office"]),
    )


def office_for(question: str) -> str | None:
    """The kind of office that deals with what a normalised question asks; None where no word tells."""
    return next((office for office, words in _table().offices if words.search(question)), None)


def of_other_matter(question: str, texts: Iterable[str]) -> bool:
    """Whether the words that tell an office (工伤, 录取) are of a matter that none of the texts found speaks of."""
    words = next((words for _, words in _table().offices if words.search(question)), None)
    return words is not None and not any(words.search(text) for text in texts)


def needs_an_office(question: str) -> bool:
    """Whether a normalised question asks for the state of a file, or for a decision that is still to be made."""
    return any(pattern.search(question) for pattern in _table().only_an_office)
