"""What a search returns, and how two rankings become one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ceyin.corpus.model import ClauseRef


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause found; ``source`` says by what (words, vectors, fused)."""

    ref: ClauseRef
    score: float
    rank: int
    source: str


def best_of(scores: NDArray[np.float32], top: int) -> NDArray[np.intp]:
    """Where the ``top`` best of many scores above zero stand, in no order; all that tie with the last of them too."""
    above = np.flatnonzero(scores > 0)
    if len(above) <= top:
        return above
    floor = np.partition(scores[above], len(above) - top)[len(above) - top]
    return np.asarray(above[scores[above] >= floor])


def fuse(
    rankings: Mapping[str, Sequence[Hit]],
    weights: Mapping[str, float],
    top: int,
    scaled: Collection[str] = (),
) -> list[Hit]:
    """The weighted sum of the scores of several rankings; ties break by reference.

    A ranking named in ``scaled`` is first divided by its best score, so that sums of word weights become
    comparable with a cosine; a clause that a ranking lacks gets nothing from it. On our own questions this
    puts the right clause in the first three more often than reciprocal ranks do, which forget by how much
    one clause is better than the next (``ceyin eval --suite retrieval``).
    """
    scores: dict[ClauseRef, float] = {}
    for name, hits in rankings.items():
        best = max((hit.score for hit in hits), default=0.0) if name in scaled else 1.0
        for hit in hits if best > 0 else ():
            scores[hit.ref] = scores.get(hit.ref, 0.0) + weights.get(name, 1.0) * hit.score / best
    ordered = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:top]
    return [Hit(ref, score, rank, "fused") for rank, (ref, score) in enumerate(ordered, 1)]
