"""Rule candidates against sentences of real policies read by hand (``labels/drafting.yaml``): drawing and scoring."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import yaml

from ceyin.assistant.drafting.cues import Kind
from ceyin.assistant.drafting.finding import found_in, is_bibliographic
from ceyin.corpus.flatten import flatten
from ceyin.corpus.model import Clause
from ceyin.corpus.segment import parse
from ceyin.evals.labels import LABELS, Label
from ceyin.evals.metadata import Texts
from ceyin.evals.segmentation import Tally

#: Name of a sample → its seed and how many sentences of each source (gz, sc, re).
SAMPLES: dict[str, tuple[int, Mapping[str, int]]] = {
    "first": (20261125, {"gz": 34, "sc": 26, "re": 40}),
    "second": (20261126, {"gz": 14, "sc": 12, "re": 24}),
    "third": (20261127, {"gz": 14, "sc": 12, "re": 24}),
    "fourth": (20261128, {"gz": 14, "sc": 12, "re": 24}),
    "fifth": (20261129, {"gz": 14, "sc": 12, "re": 24}),
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
    for clause, _ in clauses_of(texts, name):
        for m in re.finditer(r"[^。;!?\n]+", clause.text):
            if re.search(
                r"\d|[一二两三四五六七八九十百千](?:个?月|年|日|天|倍|成|次|套|人|件|家|户"
                r"|元|万)|分之",
                m.group(),
            ):
                yield Drawn(name, clause.path, m.start(), m.end(), m.group(), heading_of(clause))


def clauses_of(texts: Texts, name: str) -> Iterator[tuple[Clause, int | None]]:
    """The clauses of a document as the store would hold them with its year, without title block and signature."""
    source = texts.source(name)
    for policy in parse(source).policies:
        issued = policy.issued or policy.published
        for clause in flatten(policy, source.text).clauses:
            if not is_bibliographic(clause.path):
                yield clause, issued.year if issued else None


def heading_of(clause: Clause) -> str:
    """What stands above a clause."""
    return "\n".join((*clause.heading_trail, clause.heading))


# -- the sample read by hand -------------------------------------------------------------------------


class FigureLabel(Label):
    """A figure that states a condition; any of ``kinds`` is right, an ``optional`` one is not scored."""

    at: int
    figure: str
    kinds: tuple[Kind, ...]
    optional: bool = False


class SentenceLabel(Label):
    """One sentence that was read; without figures it states no hard condition by a figure."""

    document: str
    path: tuple[str, ...]
    start: int
    end: int
    figures: tuple[FigureLabel, ...] = ()


def load_sample(name: str) -> tuple[SentenceLabel, ...]:
    """The labels of a sample."""
    rows = yaml.safe_load((LABELS / "drafting.yaml").read_text(encoding="utf-8"))
    return tuple(SentenceLabel.model_validate(row) for row in rows[name])


@dataclass(frozen=True, slots=True)
class SampleScore:
    """Found, labelled and agreeing figures, how many agreeing ones have a right kind; by kind; what differs."""

    name: str
    total: Tally
    kinds_right: int
    by_kind: Mapping[str, Tally]
    differences: tuple[str, ...]


def score_sample(texts: Texts, name: str, labels: Sequence[SentenceLabel] | None = None) -> SampleScore:
    """Find the conditions of each sentence in its clause and compare them with the labels, place by place."""
    total, right = Tally(0, 0, 0), 0
    by_kind: dict[str, Tally] = {}
    lines: list[str] = []
    for label in load_sample(name) if labels is None else labels:
        every = (pair for pair in clauses_of(texts, label.document) if pair[0].path == label.path)
        clause, issued = next(every)
        all_found = found_in(clause.text, heading_of(clause), issued)
        found = [f for f in all_found if label.start <= f.start < label.end]
        where = f"{label.document} {'/'.join(label.path)}"
        for figure in label.figures:
            match = next(
                (f for f in found if f.start < figure.at + len(figure.figure) and figure.at < f.end), None
            )
            found = [f for f in found if f is not match]
            if figure.optional:
                continue
            kind = match.kind if match and match.kind in figure.kinds else figure.kinds[0]
            add = Tally(int(match is not None), 1, int(match is not None))
            total += add
            by_kind[kind] = by_kind.get(kind, Tally(0, 0, 0)) + add
            if match is None:
                lines.append(f"没找到 {figure.figure}({figure.kinds[0]}) {where} @{figure.at}")
            elif match.kind in figure.kinds:
                right += 1
            else:
                lines.append(
                    f"类别 {figure.figure} 应为 {'/'.join(figure.kinds)},得 {match.kind} {where} @{figure.at}"
                )
        for extra in found:
            total += Tally(1, 0, 0)
            by_kind[extra.kind] = by_kind.get(extra.kind, Tally(0, 0, 0)) + Tally(1, 0, 0)
            lines.append(f"多找到 {extra.figure.text}({extra.kind}) {where} @{extra.start}")
    return SampleScore(name, total, right, by_kind, tuple(lines))
