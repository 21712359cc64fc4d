"""Whether the articles of real laws (``CEYIN_SHARED/data``) come out complete and in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from ceyin.corpus.model import ParsedPolicy
from ceyin.corpus.numerals import to_int
from ceyin.corpus.read import read_source
from ceyin.corpus.segment import parse

_ARTICLE = re.compile(r"第(.+?)条(之.+)?$")


@dataclass(frozen=True, slots=True)
class LawScore:
    """One file: its articles, the places where the order breaks, and the number it begins with.

    ``first`` above 1 is a file that holds a part of a code.
    """

    name: str
    articles: int
    first: int
    breaks: tuple[str, ...]


def score_laws(data: Path, *, every: int = 1) -> tuple[LawScore, ...]:
    """Every ``every``-th file of the two law collections that holds articles."""
    files = sorted(
        [*(data / "laws_justlaws" / "md").rglob("*.md"), *(data / "laws_lawrefbook" / "md").rglob("*.md")]
    )
    scores = (_score(path, data) for path in files[::every])
    return tuple(score for score in scores if score.articles)


def print_laws(scores: Sequence[LawScore]) -> None:
    """The share in order, and every file that is not."""
    broken = [s for s in scores if s.breaks]
    parts = sum(1 for s in scores if s.first > 1 and not s.breaks)
    print(
        f"法律 {len(scores)} 份,条号完整且有序 {len(scores) - len(broken)} 份({1 - len(broken) / max(len(scores), 1):.2%}),"
        f"其中 {parts} 份是法典的一部分,不从第一条起"
    )
    for s in broken:
        print(f"  {s.name}:{';'.join(s.breaks[:5])}")


def _score(path: Path, data: Path) -> LawScore:
    articles, first, breaks = 0, 0, []
    for policy in parse(read_source(path)).policies:
        for part in (policy, *policy.annexes):
            labels = _top_labels(part)
            numbers = [(to_int(m[1]) or 0, m[2]) for label in labels if (m := _ARTICLE.match(label))]
            breaks += [label for label in labels if label.startswith("?")] if numbers else []
            breaks += _breaks(numbers)
            articles += len(numbers)
            first = first or (numbers[0][0] if numbers else 0)
    return LawScore(str(path.relative_to(data)), articles, first, tuple(breaks))


def _top_labels(part: ParsedPolicy) -> list[str]:
    labels: list[str] = []
    for clause in part.clauses:
        if not labels or labels[-1] != clause.path[0]:
            labels.append(clause.path[0])
    return labels


def _breaks(numbers: Sequence[tuple[int, str | None]]) -> list[str]:
    out = []
    for (before, _), (number, suffix) in pairwise(numbers):
        if number != (before if suffix else before + 1):
            out.append(f"{before} → {number}{suffix or ''}")
    return out
