"""Fits the choice of a rule: ``python -m ceyin.evals.choosing [--write]`` prints, and with ``--write`` replaces, its weights.

For every open case, and every question that lies outside the library and is to be refused, each candidate, and
quoting with no rule at all, is let to answer and judged. A conditional logit then learns which of them to let; what
would be dangerous (a false yes, a wrong sum) counts threefold. The figures printed are cross-validated by case; cases
that no candidate gets right are left out.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from ceyin.assistant import choosing
from ceyin.assistant.answer import Assistant
from ceyin.assistant.contract import AskRequest
from ceyin.assistant.deciding import Decision
from ceyin.assistant.preparing import Ready
from ceyin.evals.cases import Case, Expect, load_suite, suite_files
from ceyin.evals.files import write_whole
from ceyin.evals.judge import judge
from ceyin.evals.retrieval.asked import OUTSIDE, load_outside
from ceyin.evals.retrieval.questions import FOLDER

_FILE = Path(choosing.__file__).parent / "words" / "choosing.json"
_SUITES = ("dev", "own", "open")
_FOLDS, _STEPS, _RATE, _RIDGE = 10, 3000, 0.3, 0.01
_DANGER = 3.0
#: Which way a feature may count: what speaks for a rule never counts against it. The others may go either way.
_FOR = (
    "triggered",
    "first",
    "priority",
    "place",
    "top",
    "cover",
    "said",
    "title",
    "special",
    "fits",
    "fits_own",
    "meant",
)
_AGAINST = (
    "unheard_uncalled",
    "decided_thinly",
    "missing",
    "elsewhere",
    "strange",
    "lost",
    "rarest_lost",
    "misfit",
)


@dataclass(frozen=True, slots=True)
class Trial:
    """One case: the features of its options (a row each, the last one quoting), which are right, which dangerous."""

    case: Case
    rules: tuple[str, ...]
    rows: Sequence[dict[str, float]]
    right: tuple[bool, ...]
    danger: tuple[bool, ...]


def trials(assistant: Assistant, cases: Sequence[Case], today: date) -> list[Trial]:
    """Every case with one question, each of its options tried."""
    out = []
    for case in cases:
        request = AskRequest(
            turns=case.turns, facts=case.facts, as_of=case.as_of.isoformat() if case.as_of else None
        )
        ready = assistant.prepare(request, today=today)
        if len(ready.singles) > 1:
            continue
        options = assistant.chooser.candidates(ready.deciding)
        judged = [_judged(assistant, case, request, ready, [o.decision]) for o in options]
        judged.append(_judged(assistant, case, request, ready, []))
        out.append(
            Trial(
                case,
                (*(o.decision.rule.id for o in options), "-"),
                [*(dict(o.features) for o in options), {}],
                tuple(right for right, _ in judged),
                tuple(danger for _, danger in judged),
            )
        )
    return out


def _judged(
    assistant: Assistant, case: Case, request: AskRequest, ready: Ready, decisions: list[Decision]
) -> tuple[bool, bool]:
    material = replace(ready.material, decisions=decisions)
    singles = [replace(single, decisions=decisions) for single in ready.singles]
    answer = assistant.respond(replace(ready, material=material, singles=singles), request)
    found = judge(case, answer.model_dump(mode="json"))
    return found.ok, bool(found.dangers)


def fit(known: Sequence[Trial]) -> dict[str, float]:
    """Weights by feature."""
    names = sorted({name for t in known for row in t.rows for name in row})
    at = {name: k for k, name in enumerate(names)}
    batch = []
    for trial in known:
        if not any(trial.right) or all(trial.right):
            continue
        rows = np.zeros((len(trial.rows), len(names)))
        for i, row in enumerate(trial.rows):
            for name, value in row.items():
                rows[i, at[name]] = value
        cost = np.where(trial.danger, np.log(_DANGER), 0.0)
        batch.append((rows, np.array(trial.right, dtype=float), cost))
    low = np.array([0.0 if name in _FOR else -np.inf for name in names])
    high = np.array([0.0 if name in _AGAINST else np.inf for name in names])
    weights = np.zeros(len(names))
    for _ in range(_STEPS):
        slope = _RIDGE * weights * len(batch)
        for rows, right, cost in batch:
            scores = rows @ weights + cost  # what is dangerous must be beaten by a margin
            every = np.exp(scores - scores.max())
            good = every * right
            slope += rows.T @ (every / every.sum() - good / good.sum())
        weights -= _RATE * slope / len(batch)
        weights = np.clip(weights, low, high)
    return {name: round(float(weights[k]), 4) for name, k in at.items()}


def chosen(trial: Trial, weights: dict[str, float]) -> int:
    """The option the weights choose."""
    scores = [sum(weights.get(n, 0.0) * v for n, v in row.items()) for row in trial.rows]
    return max(range(len(scores)), key=lambda k: (scores[k], -k))


def main() -> None:
    """Try every option, fit, and print how often the choice is right on cases not fitted to."""
    from ceyin.ui.app import open_app
    from ceyin.ui.settings import load_settings

    files = suite_files(os.environ)
    cases = [c for name in _SUITES if files[name] for c in load_suite(name, files[name]).cases]
    cases += [
        Case(id=q.id, category="outside", turns=[q.text], expect=Expect(status="refused"))
        for q in load_outside(FOLDER / OUTSIDE)
    ]
    app = open_app(load_settings())
    try:
        known = trials(app.assistant, cases, date(2026, 11, 25))
    finally:
        app.close()
    able = [t for t in known if any(t.right)]
    hit = danger = 0
    wrong = []
    for fold in range(_FOLDS):
        weights = fit([t for k, t in enumerate(known) if k % _FOLDS != fold])
        for trial in known[fold::_FOLDS]:
            pick = chosen(trial, weights)
            hit += trial.right[pick]
            danger += trial.danger[pick]
            if any(trial.right) and not trial.right[pick]:
                wrong.append(
                    (
                        trial.case.id,
                        trial.rules[pick],
                        [r for r, ok in zip(trial.rules, trial.right, strict=True) if ok],
                    )
                )
    print(
        f"{len(known)} cases with one question; an option is right in {len(able)}; chosen unseen: {hit}, dangers {danger}"
    )
    for line in wrong:
        print(" ", *line)
    weights = fit(known)
    print(json.dumps(weights, indent=1))
    seen = sum(t.right[chosen(t, weights)] for t in known)
    print(f"chosen on all it was fitted to: {seen}")
    if "--write" in sys.argv:
        content: dict[str, Any] = {"weights": weights}
        write_whole(_FILE, json.dumps(content, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
