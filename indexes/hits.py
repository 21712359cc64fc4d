"""What a search returns, and how two rankings become one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ceyin.corpus.model import ClauseRef

#: Reciprocal rank fusion's constant; small, since few candidates matter (Cormack, Clarke, Büttcher 2009 use 60).
RRF_K = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause found; ``source`` says by what (words, vectors, fused)."""

    ref: ClauseRef
    score: float
    rank: int
    source: str


def fuse(rankings: Mapping[str, Sequence[Hit]], weights: Mapping[str, float], top: int) -> list[Hit]:
    """Reciprocal rank fusion: the sum over rankings of weight / (k + rank); ties break by reference."""
    scores: dict[ClauseRef, float] = {}
    for name, hits in rankings.items():
        for hit in hits:
            scores[hit.ref] = scores.get(hit.ref, 0.0) + weights.get(name, 1.0) / (RRF_K + hit.rank)
    ordered = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:top]
    return [Hit(ref, score, rank, "fused") for rank, (ref, score) in enumerate(ordered, 1)]
