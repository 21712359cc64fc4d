"""What a search returns, and how several rankings become one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ceyin.corpus.model import ClauseRef


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause found; ``source`` says by what (words, vectors, fused), ``near`` the cosine of its nearest passage."""

    ref: ClauseRef
    score: float
    rank: int
    source: str
    near: float = 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """Rows of the index and their scores above zero, each row once, in no order."""

    rows: NDArray[np.int64]
    scores: NDArray[np.float32]

    @classmethod
    def none(cls) -> Found:
        """Nothing found."""
        return cls(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32))


def best_of(scores: NDArray[np.floating[Any]], top: int) -> NDArray[np.intp]:
    """Where the ``top`` best of many scores above zero stand, in no order; all that tie with the last of them too."""
    above = np.flatnonzero(scores > 0)
    if len(above) <= top:
        return above
    floor = np.partition(scores[above], len(above) - top)[len(above) - top]
    return np.asarray(above[scores[above] >= floor])


def fuse(rankings: Mapping[str, Found], weights: Mapping[str, float]) -> Found:
    """The weighted sum of the scores of several rankings; a clause that a ranking lacks gets nothing from it.

    On our own questions this puts the right clause in the first three more often than reciprocal ranks do, which
    forget by how much one clause is better than the next (``ceyin eval --suite retrieval``).
    """
    filled = {name: found for name, found in rankings.items() if len(found.rows)}
    if not filled:
        return Found.none()
    rows, where = np.unique(np.concatenate([f.rows for f in filled.values()]), return_inverse=True)
    parts = [f.scores.astype(np.float64) * weights[name] for name, f in filled.items()]
    total = np.bincount(where, weights=np.concatenate(parts), minlength=len(rows))
    return Found(rows, total.astype(np.float32))


def spread(hits: Sequence[Hit], top: int) -> list[Hit]:
    """The first ``top`` hits; where all would be of one policy, the last places go to the best of others.

    One place in five, none of fewer than five: a long policy must not hide that others say something too.
    """
    kept = list(hits[:top])
    if len({hit.ref.policy_id for hit in kept}) == 1:
        others = [hit for hit in hits[top:] if hit.ref.policy_id != kept[0].ref.policy_id][: top // 5]
        kept[len(kept) - len(others) :] = others
    return [replace(hit, rank=rank) for rank, hit in enumerate(kept, 1)]


def merged(hits: Sequence[Hit], more: Sequence[Hit]) -> list[Hit]:
    """The hits of two searches, each clause once: those of the first as they are, then what only the second found."""
    known = {hit.ref for hit in hits}
    added = [hit for hit in more if hit.ref not in known]
    floor = min((hit.score for hit in hits), default=1.0)
    top = max((hit.score for hit in more), default=1.0)
    # A clause of the second search alone never comes before one that the user's own words found.
    behind = [
        replace(hit, score=floor * hit.score / top, rank=len(hits) + n) for n, hit in enumerate(added, 1)
    ]
    return [*hits, *behind]
