"""From the clauses of a policy to its candidates: every figure that states a condition, with kind and comparison."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ceyin.assistant.drafting.comparing import Op, comparison
from ceyin.assistant.drafting.cues import Kind, kind_of
from ceyin.assistant.drafting.look_alikes import look_alike
from ceyin.assistant.drafting.sentences import part_around, places_of, sentences_of
from ceyin.assistant.rules.figures import Figure
from ceyin.corpus.flatten import ATTACHMENTS_PATH, SIGNATURE_PATH, TITLE_PATH

#: Title block, signature and list of annexes name the document; their dates are those of the catalog.
BIBLIOGRAPHIC = frozenset(path[0] for path in (TITLE_PATH, SIGNATURE_PATH, ATTACHMENTS_PATH))


@dataclass(frozen=True, slots=True)
class Found:
    """A figure that states a condition; all offsets are of the clause.

    ``words`` is the part between commas it stands in, ``sentence`` the sentence; ``value`` the figure as read.
    """

    kind: Kind
    figure: Figure
    start: int
    end: int
    words: tuple[int, int]
    sentence: tuple[int, int]
    op: Op | None


def found_in(text: str, heading: str = "", issued: int | None = None) -> Iterator[Found]:
    """The conditions of one normalised clause; ``heading`` stands above it, ``issued`` is the year of the policy."""
    for sentence in sentences_of(text):
        at = sentence.start
        for place in places_of(sentence, text[:at], heading, issued):
            if look_alike(place):
                continue
            kind = kind_of(place)
            if kind is None:
                continue
            figure = place.figure
            a, b = part_around(sentence.text, figure.start, figure.end)
            yield Found(
                kind,
                figure,
                at + figure.start,
                at + figure.end,
                (at + a, at + b),
                (at, at + len(sentence.text)),
                comparison(place) or ("le" if kind == "cap" else None),
            )


def is_bibliographic(path: Sequence[str]) -> bool:
    """Whether a clause names the document instead of saying something."""
    return path[0] in BIBLIOGRAPHIC
