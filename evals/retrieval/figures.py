"""The measures: recall, success, MRR and nDCG over the ranks at which the right clauses were found."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ceyin.corpus.model import ClauseRef

#: What is at each rank: one clause; the chunk of a baseline may cover several, and then counts for each.
Ranking = Sequence[Collection[ClauseRef]]
CUTS = (1, 3, 5, 10, 50)
#: The depth of MRR and nDCG.
_DEPTH = 10
_DRAWS = 1000


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question: the rank of each right clause (None where it was not found), and the time it took."""

    ranks: tuple[int | None, ...]
    ms: float

    def recall(self, cut: int) -> float:
        """The share of the right clauses within the first ``cut``."""
        return sum(1 for r in self.ranks if r is not None and r <= cut) / len(self.ranks)

    def success(self, cut: int) -> float:
        """1 where any right clause is within the first ``cut``."""
        return float(any(r is not None and r <= cut for r in self.ranks))

    def every(self, cut: int) -> float:
        """1 where all right clauses are within the first ``cut``."""
        return float(all(r is not None and r <= cut for r in self.ranks))

    @property
    def reciprocal(self) -> float:
        """One over the rank of the first right clause, within the first ten."""
        best = min((r for r in self.ranks if r is not None and r <= _DEPTH), default=None)
        return 1 / best if best else 0.0

    @property
    def gain(self) -> float:
        """nDCG within the first ten, every right clause worth the same."""
        found = sum(1 / math.log2(r + 1) for r in self.ranks if r is not None and r <= _DEPTH)
        ideal = sum(1 / math.log2(n + 1) for n in range(1, min(len(self.ranks), _DEPTH) + 1))
        return min(1.0, found / ideal)  # a chunk that covers two right clauses has both at one rank


@dataclass(frozen=True, slots=True)
class Figures:
    """The means over some questions; ``success`` counts a question once any right clause is there."""

    n: int
    recall: Mapping[int, float]
    success: Mapping[int, float]
    mrr: float
    ndcg: float
    p50_ms: float
    p95_ms: float


def outcome(ranking: Ranking, gold: Sequence[ClauseRef], ms: float) -> Outcome:
    """Where each right clause stands in a ranking."""
    first: dict[ClauseRef, int] = {}
    for rank, refs in enumerate(ranking, 1):
        for ref in refs:
            first.setdefault(ref, rank)
    return Outcome(tuple(first.get(ref) for ref in gold), ms)


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """The means; all zero for no questions."""
    times = sorted(o.ms for o in outcomes) or [0.0]
    return Figures(
        n=len(outcomes),
        recall={cut: mean(o.recall(cut) for o in outcomes) for cut in CUTS},
        success={cut: mean(o.success(cut) for o in outcomes) for cut in CUTS},
        mrr=mean(o.reciprocal for o in outcomes),
        ndcg=mean(o.gain for o in outcomes),
        p50_ms=times[max(0, math.ceil(0.5 * len(times)) - 1)],
        p95_ms=times[max(0, math.ceil(0.95 * len(times)) - 1)],
    )


def mean(values: Iterable[float]) -> float:
    """The mean; 0 of nothing."""
    known = list(values)
    return sum(known) / len(known) if known else 0.0


@dataclass(frozen=True, slots=True)
class Difference:
    """How much one system is above another on the same questions, with the 95% range of a paired bootstrap."""

    mean: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        """Whether the range leaves zero out."""
        return self.low > 0 or self.high < 0


def difference(
    ours: Sequence[Outcome], theirs: Sequence[Outcome], measure: Callable[[Outcome], float]
) -> Difference:
    """Paired by position; the draws are seeded, so the range is the same at every run."""
    gaps = [measure(a) - measure(b) for a, b in zip(ours, theirs, strict=True)]
    if not gaps:
        return Difference(0.0, 0.0, 0.0)
    draw = random.Random(0)  # seeded: no secret is drawn
    means = sorted(mean(draw.choices(gaps, k=len(gaps))) for _ in range(_DRAWS))
    return Difference(mean(gaps), means[int(0.025 * _DRAWS)], means[int(0.975 * _DRAWS) - 1])
