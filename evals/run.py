"""Running cases through the assistant and judging what comes back."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Protocol

from ceyin.assistant.contract import Answer, AskRequest
from ceyin.evals.cases import Case, Suite
from ceyin.evals.judge import Judgement, judge
from ceyin.evals.machine import Machine, machine


class Answerer(Protocol):
    """What is measured: the assistant, or a stand-in."""

    def answer(self, request: AskRequest, *, today: date) -> Answer:
        """The answer to the last turn of the request."""
        ...


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case as it went: the answer's JSON (None where it raised ``error``), judged, with its wall time."""

    suite: str
    case: Case
    answer: dict[str, Any] | None
    error: str | None
    judgement: Judgement
    ms: float


@dataclass(frozen=True, slots=True)
class Run:
    """All results of one evaluation, in the order of the cases, and where and when it was done."""

    results: tuple[CaseResult, ...]
    suites: tuple[str, ...]
    today: date
    started: datetime
    seconds: float
    machine: Machine


Tracker = Callable[[Sequence[tuple[str, Case]]], Iterable[tuple[str, Case]]]


def run(suites: Sequence[Suite], answerer: Answerer, *, today: date, track: Tracker | None = None) -> Run:
    """Answers and judges every case; one that raises is recorded as failed and never stops the rest."""
    started, clock = datetime.now(UTC), time.perf_counter()
    work = [(suite.name, case) for suite in suites for case in suite.cases]
    results = tuple(_one(suite, case, answerer, today) for suite, case in (track or iter)(work))
    return Run(
        results=results,
        suites=tuple(suite.name for suite in suites),
        today=today,
        started=started,
        seconds=time.perf_counter() - clock,
        machine=machine(),
    )


def _one(suite: str, case: Case, answerer: Answerer, today: date) -> CaseResult:
    request = AskRequest(
        id=case.id,
        turns=list(case.turns),
        facts=case.facts,
        as_of=case.as_of.isoformat() if case.as_of else None,
    )
    answer: dict[str, Any] | None = None
    error: str | None = None
    clock = time.perf_counter()
    try:
        answer = {**answerer.answer(request, today=today).model_dump(mode="json"), "id": case.id}
    except Exception as exc:
        error = f"{type(exc).__name__}: {exc}"
    ms = (time.perf_counter() - clock) * 1000
    return CaseResult(suite, case, answer, error, judge(case, answer), ms)


def with_progress(work: Sequence[tuple[str, Case]]) -> Iterable[tuple[str, Case]]:
    """The same cases, with a bar on standard error while they are worked through."""
    from rich.console import Console
    from rich.progress import track

    yield from track(work, description="评测", console=Console(stderr=True), transient=True)


def percentile(values: Iterable[float], share: float) -> float | None:
    """The nearest-rank percentile (``share`` in 0..1]; None for no values."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else None
