"""Fits the weights of the light reranker, and says whether they help on policies they were not fitted on.

``python -m ceyin.evals.retrieval.fit_reranker [--write]`` (``CEYIN_SHARED`` names the official pages; minutes).

The policies are dealt into folds. For each fold there is a store in which its policies have no cards, as just
imported, and all others have theirs: asked are the questions about the fold (open ones and some of its cards')
and some about the others, so that what lifts an import is paid for where it displaces others. A last store
has no cards at all. Weights are judged on the fold left out, and written as fitted on all.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ceyin.corpus.catalog import load_catalog
from ceyin.corpus.errors import CeyinError
from ceyin.corpus.library import Library
from ceyin.corpus.model import ClauseRef
from ceyin.corpus.normalise import normalise
from ceyin.evals.cases import shared_folder
from ceyin.evals.files import write_whole
from ceyin.evals.retrieval.corpora import open_corpora
from ceyin.evals.retrieval.figures import Outcome, difference, mean, outcome
from ceyin.evals.retrieval.questions import FOLDER, OPEN, load_questions
from ceyin.indexes import build
from ceyin.indexes.embedding import Embedder, StaticEmbedder
from ceyin.indexes.hits import Hit
from ceyin.indexes.reranking.candidates import Candidates, Reranker, candidates_of
from ceyin.indexes.reranking.light import DEPTH, FEATURES, WEIGHTS, features
from ceyin.indexes.search import HybridSearch
from ceyin.indexes.spelling import correct

_FOLDS = 6
#: Questions of cards about the policies of a fold, and open questions about the others, asked of its store.
_CARDS, _OTHERS = 120, 120
#: Pull of every weight to zero, as in a sum over all questions.
_RIDGE = 20.0
_STEPS = 400
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question over one store: share of the best score and features of each candidate, which ones are right."""

    setting: str
    open: bool
    gold: tuple[ClauseRef, ...]
    refs: tuple[ClauseRef, ...]
    columns: Matrix  # (candidates, 1 + features)

    @property
    def right(self) -> NDArray[np.bool_]:
        """Of each candidate, whether it answers."""
        return np.array([ref in self.gold for ref in self.refs])


class _Recorder(Reranker):
    """Changes nothing and keeps what the features of the hits were."""

    def __init__(self, candidates: Candidates) -> None:
        self._candidates = candidates
        self.columns: Matrix = np.zeros((0, 1 + len(FEATURES)))

    @property
    def depth(self) -> int:
        return DEPTH

    def rerank(self, question: str, hits: Sequence[Hit], idf: Callable[[str], float]) -> list[Hit]:
        known = self._candidates(hit.ref for hit in hits[:DEPTH])
        scores = np.array([[hit.score / hits[0].score] for hit in hits[:DEPTH]])
        self.columns = np.hstack([scores, features(question, hits[:DEPTH], known, idf)])
        return list(hits)


def dealt(gold: Sequence[str]) -> list[frozenset[str]]:
    """The policies in folds of about as many questions each; ``gold``: the policy of every question."""
    policies = sorted(set(gold))
    random.Random(0).shuffle(policies)  # seeded: no secret is drawn
    folds: list[set[str]] = [set() for _ in range(_FOLDS)]
    for policy in sorted(policies, key=lambda p: -gold.count(p)):
        min(folds, key=lambda fold: sum(gold.count(p) for p in fold)).add(policy)
    return [frozenset(fold) for fold in folds]


def collect(
    pages: Path, folds: Sequence[frozenset[str]], embedder: Embedder, tell: Callable[[str], None]
) -> list[Asked]:
    """Ask everything of every store."""
    catalog, draw = load_catalog(), random.Random(1)
    opened = [(q.question, q.refs, True) for q in load_questions(FOLDER / OPEN)]
    out: list[Asked] = []
    with (
        tempfile.TemporaryDirectory(prefix="ceyin-fit-") as home,
        open_corpora(Path(home), catalog, pages) as corpora,
    ):
        if corpora.bare is None or corpora.imported is None:
            raise CeyinError(f"没有官方页面:{pages}")
        for number, fold in enumerate(folds):
            tell(f"第 {number + 1}/{len(folds)} 份")
            about = [q for q in opened if q[1][0].policy_id in fold]
            others = [q for q in opened if not any(ref.policy_id in fold for ref in q[1])]
            cards = [
                (question, (ClauseRef(p.id, card.path),), False)
                for p in catalog.policies
                if p.id in fold
                for card in p.cards
                for question in card.questions
            ]
            run = _Run(corpora.imported(fold), Path(home) / f"index-{number}", embedder)
            out += run.ask("import", [*about, *draw.sample(cards, min(_CARDS, len(cards)))])
            out += run.ask("others", draw.sample(others, min(_OTHERS, len(others))))
        tell("没有任何卡片")
        out += _Run(corpora.bare, Path(home) / "index-bare", embedder).ask("bare", opened)
    return out


class _Run:
    def __init__(self, store: Library, folder: Path, embedder: Embedder) -> None:
        self._held = {c.ref for p in store.policies() for c in p.clauses}
        self._recorder = _Recorder(candidates_of(store))
        self._search = HybridSearch.open(build.build(folder, store, embedder), embedder, [self._recorder])

    def ask(self, setting: str, questions: Sequence[tuple[str, tuple[ClauseRef, ...], bool]]) -> list[Asked]:
        out = []
        for question, gold, is_open in questions:
            if self._held.issuperset(gold):
                hits = self._search.search(correct(normalise(question)), DEPTH)
                refs = tuple(hit.ref for hit in hits)
                out.append(Asked(setting, is_open, gold, refs, self._recorder.columns[: len(refs)]))
        return out


def fit(asked: Sequence[Asked]) -> Matrix:
    """Weights in shares of the best score: the logistic loss of a right clause among all candidates, with a ridge."""
    usable = [a for a in asked if a.right.any() and not a.right.all()]
    spread = np.concatenate([a.columns for a in usable]).std(axis=0) + 1e-6
    depth = max(len(a.refs) for a in usable)
    x = np.zeros((len(usable), depth, len(spread)))
    right, there = np.zeros((2, len(usable), depth), dtype=bool)
    for n, a in enumerate(usable):
        x[n, : len(a.refs)] = a.columns / spread
        right[n, : len(a.refs)] = a.right
        there[n, : len(a.refs)] = True
    w = np.zeros(len(spread))
    moment, square = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, _STEPS + 1):  # Adam (Kingma and Ba, 2015); the loss is smooth and small
        scores = np.where(there, x @ w, -np.inf)
        chance = np.exp(scores - scores.max(axis=1, keepdims=True))
        chance /= chance.sum(axis=1, keepdims=True)
        among = np.where(right, chance, 0.0)
        among /= np.maximum(among.sum(axis=1, keepdims=True), 1e-12)
        slope = np.einsum("nd,ndf->f", chance - among, x) + _RIDGE * w
        moment = 0.9 * moment + 0.1 * slope
        square = 0.999 * square + 0.001 * slope**2
        w -= 0.05 * (moment / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-9)
    w /= spread
    return np.asarray(w[1:] / w[0])


def judged(asked: Asked, weights: Matrix) -> Outcome:
    """Where the right clauses stand under some weights; ``zeros``: as the search found them."""
    order = np.argsort(-(asked.columns[:, 0] + asked.columns[:, 1:] @ weights), kind="stable")
    return outcome([(asked.refs[i],) for i in order], asked.gold, 0.0)


def cross_validated(asked: Sequence[Asked], folds: Sequence[frozenset[str]]) -> dict[str, dict[str, object]]:
    """Per setting, over open questions alone: the search, the reranked search, and the gap with its 95% range."""
    before: dict[str, list[Outcome]] = {}
    after: dict[str, list[Outcome]] = {}
    for fold in folds:
        weights = fit([a for a in asked if not any(ref.policy_id in fold for ref in a.gold)])
        for a in asked:
            if a.open and a.gold[0].policy_id in fold:
                before.setdefault(a.setting, []).append(judged(a, np.zeros(len(FEATURES))))
                after.setdefault(a.setting, []).append(judged(a, weights))
    measures: dict[str, Callable[[Outcome], float]] = {
        "any@3": lambda o: o.success(3),
        "recall@3": lambda o: o.recall(3),
        "mrr": lambda o: o.reciprocal,
    }
    report: dict[str, dict[str, object]] = {}
    for setting in before:
        rows: dict[str, object] = {"questions": len(before[setting])}
        for name, measure in measures.items():
            gap = difference(after[setting], before[setting], measure)
            rows[name] = [
                round(v, 3)
                for v in (
                    mean(map(measure, before[setting])),
                    mean(map(measure, after[setting])),
                    gap.low,
                    gap.high,
                )
            ]
        report[setting] = rows
    return report


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0 done, 1 failed with one line on standard error."""
    parser = argparse.ArgumentParser(prog="fit_reranker", description="拟合轻量重排的权重")
    parser.add_argument("--write", action="store_true", help=f"写入 {WEIGHTS.name}")
    parser.add_argument(
        "--embedding",
        type=Path,
        help="没有见过卡片的向量模型(train_embedding --without-cards),省去则用自带的",
    )
    given = parser.parse_args(arguments)

    def tell(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    try:
        shared = shared_folder(os.environ)
        if shared is None or not (shared / "corpus").is_dir():
            raise CeyinError("拟合要用官方页面:它们在 CEYIN_SHARED 所指目录的 corpus/ 里")
        folds = dealt([q.refs[0].policy_id for q in load_questions(FOLDER / OPEN)])
        embedder = StaticEmbedder.load(given.embedding)
        asked = collect(shared / "corpus", folds, embedder, tell)
        weights = fit(asked)
        content = {
            "fitted": datetime.now(UTC).date().isoformat(),
            "by": "python -m ceyin.evals.retrieval.fit_reranker --write",
            "embedding": embedder.name,
            "questions": len(asked),
            "cross_validated": cross_validated(asked, folds),
            "columns_of_a_measure": ["search", "reranked", "gap low", "gap high"],
            "weights": {name: round(float(w), 4) for name, w in zip(FEATURES, weights, strict=True)},
        }
        text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
        print(text)
        if given.write:
            write_whole(WEIGHTS, text)
    except CeyinError as exc:
        tell(str(exc))
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
