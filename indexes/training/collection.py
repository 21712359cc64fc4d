"""The documents a question is to be told apart from, and the questions whose right documents are known."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ceyin.corpus.catalog import Catalog
from ceyin.corpus.normalise import normalise
from ceyin.indexes.training.pairs import Pair, read_lines

_LETTERS = re.compile(r"\W")


@dataclass(frozen=True, slots=True)
class Judged:
    """A question, the places of its right documents in the collection, and how often it is asked in a round."""

    question: str
    right: tuple[int, ...]
    times: int


@dataclass(frozen=True, slots=True)
class Collection:
    """All documents, and the judged questions over them."""

    documents: list[str]
    judged: list[Judged]


def card_pairs(catalog: Catalog) -> list[Pair]:
    """The questions of our own cards, each with what the card says."""
    return [
        (normalise(question), normalise(f"{card.heading} {card.digest}"))
        for policy in catalog.policies
        for card in policy.cards
        for question in card.questions
    ]


def collection(data: Path, pairs: Mapping[str, list[Pair]], times: Mapping[str, int]) -> Collection:
    """The articles of STARD's corpus and our cards, with the pairs of the kinds in ``times`` judged over them.

    A right document is found by its letters alone: the sources write one article with and without its name
    and with other punctuation. Pairs whose text is no document of the collection are left out.
    """
    rows = [json.loads(line) for line in read_lines(data / "stard" / "corpus_rebuilt.jsonl")]
    documents = [normalise(f"{row['name']} {row['content']}") for row in rows]
    places: dict[str, int] = {}
    for place, row in enumerate(rows):
        for text in (documents[place], normalise(row["content"])):
            places.setdefault(_letters(text), place)
    for text in dict.fromkeys(text for _, text in pairs["card"]):
        places.setdefault(_letters(text), len(documents))
        documents.append(text)
    return Collection(documents, [j for kind, n in times.items() for j in _judged(pairs[kind], places, n)])


def _judged(pairs: Sequence[Pair], places: Mapping[str, int], times: int) -> Iterable[Judged]:
    right: dict[str, set[int]] = {}
    for question, text in pairs:
        place = places.get(_letters(text))
        if place is not None:
            right.setdefault(question, set()).add(place)
    return (Judged(question, tuple(sorted(found)), times) for question, found in right.items())


def _letters(text: str) -> str:
    return _LETTERS.sub("", text)
