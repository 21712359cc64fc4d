"""Rule candidates against what people found: the reviewed rule book, and sentences read by hand.

``python -m ceyin.evals.drafting`` prints both tables; ``--draw NAME`` prints the sentences of a sample for reading.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ceyin.assistant.drafting.finding import Found, found_in, is_bibliographic
from ceyin.corpus.flatten import flatten
from ceyin.corpus.model import Clause
from ceyin.corpus.segment import parse
from ceyin.evals.metadata import Texts

#: Name of a sample → its seed and how many sentences of each source (gz, sc, re).
SAMPLES: dict[str, tuple[int, Mapping[str, int]]] = {
    "first": (20261125, {"gz": 34, "sc": 26, "re": 40}),
    "fresh": (20261126, {"gz": 14, "sc": 12, "re": 24}),
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sentence drawn for reading: document, clause, range in the clause, and the words (never written down)."""

    document: str
    path: tuple[str, ...]
    start: int
    end: int
    text: str
    heading: str


def read_half(name: str) -> bool:
    """Whether a document is one to read by hand; the cues were developed on the others only."""
    return hashlib.sha256(name.encode()).digest()[0] % 2 == 1


def draw(texts: Texts, sample: str) -> tuple[Drawn, ...]:
    """The sentences of a sample, the same at every call; those of samples before it are left out."""
    before: set[tuple[str, tuple[str, ...], int]] = set()
    for name, (seed, wanted) in SAMPLES.items():
        drawn = tuple(_draw(texts, random.Random(seed), wanted, before))
        if name == sample:
            return drawn
        before |= {(d.document, d.path, d.start) for d in drawn}
    raise KeyError(sample)


def _draw(
    texts: Texts,
    dice: random.Random,
    wanted: Mapping[str, int],
    before: set[tuple[str, tuple[str, ...], int]],
) -> Iterator[Drawn]:
    for source, count in wanted.items():
        names = [n for n in texts.names(source) if read_half(n)]
        dice.shuffle(names)
        left = count
        taken = set(before)
        while left:  # one sentence of each document, then round again
            for name in names:
                found = [d for d in sentences(texts, name) if (d.document, d.path, d.start) not in taken]
                if found and left:
                    one = dice.choice(found)
                    taken.add((one.document, one.path, one.start))
                    left -= 1
                    yield one
                if not left:
                    break


def sentences(texts: Texts, name: str) -> Iterator[Drawn]:
    """The sentences of a document with a digit or a figure in Chinese numerals."""
    for clause in clauses_of(texts, name):
        for m in re.finditer(r"[^。;!?\n]+", clause.text):
            if re.search(r"\d|[一二两三四五六七八九十百千](?:个?月|年|日|天|倍|成|次|套|人|件|家|户|元|万)|分之", m.group()):
                yield Drawn(name, clause.path, m.start(), m.end(), m.group(), heading_of(clause))


def clauses_of(texts: Texts, name: str) -> Iterator[Clause]:
    """The clauses of a document as the store would hold them, without title block and signature."""
    source = texts.source(name)
    for policy in parse(source).policies:
        yield from (c for c in flatten(policy, source.text).clauses if not is_bibliographic(c.path))


def heading_of(clause: Clause) -> str:
    """What stands above a clause."""
    return "\n".join((*clause.heading_trail, clause.heading))
