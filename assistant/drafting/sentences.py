"""Sentences and their parts between commas, with offsets, and one figure looked at in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ceyin.assistant.rules.figures import Figure, figures_in
from ceyin.assistant.rules.figures import Kind as FigureKind

#: The figure looked at, and every other one, in a marked text: patterns need not know how figures are written.
THIS, OTHER = "◆", "◇"
_SENTENCE = re.compile(r"[^。;!?\n]+")
#: 40日、20日内: what is said of the last figure of a list or range is said of each.
_JOIN = r"(?:[、/和或及与至到~―—-]|以上、)"
_LIST = re.compile(rf"(?:{OTHER}{_JOIN}){{0,8}}{THIS}(?:{_JOIN}{OTHER}){{0,8}}")
_BRACKETS = re.compile(r"[(][^()]{0,16}[)]")
_PART_END = re.compile(r"[,:](?!\d{3}(?!\d))")  # no comma of 1,000


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a clause: where it starts in the clause, its words and its figures (offsets of the sentence)."""

    start: int
    text: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """One figure in its sentence, marked: ``part`` between commas, ``whole`` the sentence.

    ``earlier`` is the clause before the sentence, ``heading`` everything that stands above the clause.
    """

    figure: Figure
    part: str
    whole: str
    earlier: str
    heading: str
    whole_words: str  # the sentence as it is
    kind: (
        FigureKind  # of the figure, or where it has no unit that of the list or range it begins (20-200万元)
    )
    unit: str
    issued: int | None  # the year of the policy, where known


def sentences_of(text: str) -> Iterator[Sentence]:
    """The sentences of a normalised clause, in order."""
    for m in _SENTENCE.finditer(text):
        yield Sentence(m.start(), m.group(), tuple(figures_in(m.group())))


def places_of(
    sentence: Sentence, earlier: str = "", heading: str = "", issued: int | None = None
) -> Iterator[Place]:
    """Each figure of a sentence in its place."""
    for figure in sentence.figures:
        start, end = part_around(sentence.text, figure.start, figure.end)
        whole = figure if figure.unit or figure.kind == "date" else _unit_behind(sentence, figure)
        yield Place(
            figure,
            _marked(sentence.text, sentence.figures, figure, start, end),
            _marked(sentence.text, sentence.figures, figure, 0, len(sentence.text)),
            earlier,
            heading,
            sentence.text,
            whole.kind,
            whole.unit,
            issued,
        )


def _unit_behind(sentence: Sentence, figure: Figure) -> Figure:
    """The figure with a unit that ends the list or range this one begins, else itself."""
    at = figure.end
    for other in sentence.figures:
        if other.start < at:
            continue
        if not re.fullmatch(_JOIN, sentence.text[at : other.start]):
            return figure
        if other.unit:
            return other
        at = other.end
    return figure


def part_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The range between the commas (or colons) around a range."""
    text = _BRACKETS.sub(lambda m: "·" * len(m.group()), text)  # no part ends inside (含当日,下同)
    before = [m.end() for m in _PART_END.finditer(text, 0, start)]
    after = _PART_END.search(text, end)
    return (before[-1] if before else 0), (after.start() if after else len(text))


def _marked(text: str, figures: Sequence[Figure], this: Figure, start: int, end: int) -> str:
    out, at = [], start
    for figure in figures:
        if figure.start < start or figure.end > end:
            continue
        out += [text[at : figure.start], THIS if figure is this else OTHER]
        at = figure.end
    marked = "".join((*out, text[at:end]))
    return marked if this.kind == "date" else _LIST.sub(THIS, marked)
