"""The figures of a run: counts by category, check and suite, dangers, times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ceyin.evals.judge import DANGERS, Citing, Danger, citing
from ceyin.evals.run import CaseResult, percentile

#: The dangers the floor holds at their best count.
FloorDanger = Literal["false_pass", "wrong_amount", "ungrounded_figures"]


@dataclass(frozen=True, slots=True)
class Tally:
    """``ok`` of ``n``."""

    ok: int
    n: int

    @property
    def percent(self) -> float:
        """0..100; 0 where there is nothing."""
        return 100 * self.ok / self.n if self.n else 0.0


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of some results; categories by name, dangers in fixed order, times in milliseconds, lengths in characters."""

    total: Tally
    categories: Mapping[str, Tally]
    category_dangers: Mapping[str, Mapping[Danger, int]]
    checks: Mapping[str, Tally]
    dangers: Mapping[Danger, int]
    p50_ms: float | None
    p95_ms: float | None
    citing: Citing | None
    p50_chars: float | None
    p95_chars: float | None


def summarise(results: Sequence[CaseResult]) -> Summary:
    """Counts the results."""
    by_category: dict[str, list[CaseResult]] = {}
    for result in results:
        by_category.setdefault(result.case.category, []).append(result)
    # "error" is no check: where it stands, none was made.
    made = [pair for r in results for pair in r.judgement.checks.items() if pair[0] != "error"]
    names = list(dict.fromkeys(name for name, _ in made))
    return Summary(
        total=_tally(r.judgement.ok for r in results),
        categories={name: _tally(r.judgement.ok for r in by_category[name]) for name in sorted(by_category)},
        category_dangers={name: _dangers(by_category[name]) for name in sorted(by_category)},
        checks={name: _tally(held for made_name, held in made if made_name == name) for name in names},
        dangers=_dangers(results),
        p50_ms=percentile((r.ms for r in results), 0.50),
        p95_ms=percentile((r.ms for r in results), 0.95),
        citing=_citing(results),
        p50_chars=percentile(_lengths(results), 0.50),
        p95_chars=percentile(_lengths(results), 0.95),
    )


def _citing(results: Sequence[CaseResult]) -> Citing | None:
    found = [c for r in results if (c := citing(r.case, r.answer)) is not None]
    if not found:
        return None
    n = len(found)
    return Citing(sum(c.recall for c in found) / n, sum(c.precision for c in found) / n)


def _lengths(results: Sequence[CaseResult]) -> list[float]:
    return [float(len(r.answer.get("answer") or "")) for r in results if r.answer is not None]


def _tally(held: Iterable[bool]) -> Tally:
    outcomes = list(held)
    return Tally(sum(outcomes), len(outcomes))


def _dangers(results: Iterable[CaseResult]) -> dict[Danger, int]:
    met = Counter(danger for result in results for danger in result.judgement.dangers)
    return {danger: met[danger] for danger in DANGERS}
