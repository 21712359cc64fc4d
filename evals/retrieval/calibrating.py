"""Fits the score of :mod:`ceyin.assistant.holding`: ``python -m ceyin.evals.retrieval.calibrating`` writes its two files.

Two logistic regressions, whose weights may not change their sign: more of a question found never makes an answer less
likely. ``words`` is fitted to our own questions inside and outside; ``known`` also to lay questions about law, with one
feature more: what kind of matter is asked about, itself a regression over the question's vector. For fitting,
that feature comes from the questions of four other fifths, so that it promises no more than it does for a
question never seen. The threshold is the highest that refuses at most 35 in a thousand of the open
questions, each scored by weights that have not seen it.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ceyin.assistant import holding
from ceyin.assistant.rules.book import load_book
from ceyin.corpus.catalog import Catalog, load_catalog
from ceyin.corpus.normalise import normalise
from ceyin.evals.cases import CaseError, shared_folder
from ceyin.evals.files import write_whole
from ceyin.evals.retrieval.asked import (
    Group,
    Outcome,
    answer_cases,
    ask_all,
    lay_questions,
    without_some_questions,
)
from ceyin.indexes.coverage import share_in
from ceyin.indexes.embedding import StaticEmbedder
from ceyin.indexes.tokens import content_words, in_chinese

Rows = NDArray[np.float64]

#: Which way a feature may count: 1 for an answer, -1 against one, 0 either way.
SIGNS = {
    "words": 0,
    "best_said": 1,
    "first_lost": -1,
    "nouns_lost": -1,
    "first_asked": 1,
    "same_policy": 1,
    "headed": 1,
    "asks_figure": -1,
    "figure_said": 1,
    "named": 1,
    "ruled": 1,
    "foreign": -1,
    "other_document": -1,
    "latin": 0,
}
#: Those of vectors, for our own policies alone.
NEAR_SIGNS = {"near_first": 1, "near_nearest": 1, "field": 1}
#: What the questions of a group weigh together, for the words alone and for our own policies.
_WORDS = {
    Group.OPEN: 1.0,
    Group.CASES: 1.0,
    Group.CARDS: 1.0,
    Group.OUTSIDE: 2.0,
    Group.CASES_OUTSIDE: 0.5,
    Group.ALONE: 0.5,
    Group.ALONE_OUTSIDE: 0.5,
}
_KNOWN = {
    Group.OPEN: 1.0,
    Group.CARDS: 0.7,
    Group.OUTSIDE: 1.0,
    Group.LAW: 0.7,
    Group.CASES: 1.0,
    Group.CASES_OUTSIDE: 0.4,
    Group.ALONE: 0.6,
    Group.ALONE_OUTSIDE: 0.6,
}
#: What the questions left on the cards weigh together where the kind of matter is learnt.
_SPOKEN = 0.3
#: The share of open questions that may be refused in vain.
NEEDLESS = 0.035
_FOLDS = 5
_RIDGE, _FIELD_RIDGE = 0.003, 1.0
_STEPS, _STILL = 50, 1e-7
_LINE = 14


@dataclass(frozen=True, slots=True)
class _Fitted:
    """A regression over raw features; ``weights`` ends with the bias."""

    weights: Rows

    def total(self, rows: Rows) -> Rows:
        """The sums before the logistic, one a row."""
        return np.asarray(rows @ self.weights[:-1] + self.weights[-1])


def _regress(rows: Rows, answered: Rows, counts: Rows, ridge: float, signs: Rows) -> _Fitted:
    """A ridge regression on scaled features; ``signs`` (1, -1 or 0 a feature) hold weights on their side.

    Newton's steps; a weight on the wrong side is held at nothing and the rest fitted again.
    """
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    scaled = np.column_stack([(rows - mean) / spread, np.ones(len(rows))])
    counts = counts / counts.sum()
    free = np.ones(scaled.shape[1], dtype=bool)
    bounds, ridges = np.append(signs, 0.0), np.append(np.full(rows.shape[1], ridge), 0.0)
    while True:
        weights = np.zeros(scaled.shape[1])
        weights[free] = _newton(scaled[:, free], answered, counts, ridges[free])
        wrong = bounds * weights < 0
        if not wrong.any():
            break
        free &= ~wrong
    slopes = weights[:-1] / spread
    return _Fitted(np.append(slopes, weights[-1] - float(slopes @ mean)))


def _newton(rows: Rows, answered: Rows, counts: Rows, ridges: Rows) -> Rows:
    weights = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        chance = _logistic(rows @ weights)
        slope = rows.T @ (counts * (chance - answered)) + ridges * weights
        bend = (rows * (counts * chance * (1 - chance))[:, None]).T @ rows + np.diag(ridges + 1e-9)
        step = np.linalg.solve(bend, slope)
        weights = weights - step
        if float(np.abs(step).max()) < _STILL:
            break
    return weights


def _logistic(values: Any) -> Any:
    return 1 / (1 + np.exp(-values))


def _counts(outcomes: Sequence[Outcome], shares: Mapping[Group, float]) -> Rows:
    """What each question weighs: its group's share over the size of the group."""
    sizes = {g: sum(o.asking.group == g for o in outcomes) for g in shares}
    return np.array(
        [shares.get(o.asking.group, 0.0) / max(1, sizes.get(o.asking.group, 1)) for o in outcomes]
    )


def _fold(outcome: Outcome) -> int:
    return int(hashlib.sha256(outcome.asking.id.encode()).hexdigest(), 16) % _FOLDS


def _features(outcomes: Sequence[Outcome], names: Sequence[str]) -> Rows:
    return np.array([[o.features[n] for n in names] for o in outcomes])


def _across(rows: Rows, answered: Rows, counts: Rows, folds: Rows, ridge: float, signs: Rows) -> Rows:
    """The sum for each question, of a regression over the questions of the other folds."""
    out = np.zeros(len(rows))
    for k in range(_FOLDS):
        others = folds != k
        if others.all():
            continue
        fitted = _regress(rows[others], answered[others], counts[others], ridge, signs)
        out[~others] = fitted.total(rows[~others])
    return out


@dataclass(frozen=True, slots=True)
class Fit:
    """The content of ``holding.json``, and what each question (group and id) scores by weights that have not seen it."""

    content: dict[str, Any]
    unseen: dict[str, float]


def fit(outcomes: Sequence[Outcome], model: str, spoken: Rows) -> Fit:
    """Fit to those outcomes that may be fitted to.

    ``model`` is the name of the embedding of their vectors, ``spoken`` (n, dim) are the vectors of the cards' questions,
    from which the kind of matter is learnt too.
    """
    rows = [o for o in outcomes if o.asking.fits and o.features]
    answered = np.array([bool(o.asking.gold) for o in rows], dtype=float)
    folds = np.array([_fold(o) for o in rows])
    own = np.array([o.asking.group in (Group.OPEN, Group.CASES, Group.ALONE) for o in rows])

    names = list(SIGNS)
    signs = np.array(list(SIGNS.values()), dtype=float)
    counts = _counts(rows, _WORDS)
    plain = _features(rows, names)
    words = _regress(plain, answered, counts, _RIDGE, signs)
    words_cut = float(np.quantile(_across(plain, answered, counts, folds, _RIDGE, signs)[own], NEEDLESS))

    counts = _counts(rows, _KNOWN)
    # The cards' questions belong to no fold: the kind of matter is learnt from them in every one.
    vectors = np.concatenate([np.array([o.vector for o in rows], dtype=float), spoken])
    with_cards = np.append(answered, np.ones(len(spoken)))
    all_counts = np.append(counts, np.full(len(spoken), _SPOKEN / max(1, len(spoken))))
    either = np.zeros(vectors.shape[1])
    field = _regress(vectors, with_cards, all_counts, _FIELD_RIDGE, either)
    nobody = np.full(len(spoken), -1)
    kind = _across(vectors, with_cards, all_counts, np.append(folds, nobody), _FIELD_RIDGE, either)[
        : len(rows)
    ]
    near = [n for n in NEAR_SIGNS if n != "field"]
    whole = np.column_stack([plain, _features(rows, near), kind])
    signs = np.array([*SIGNS.values(), *NEAR_SIGNS.values()], dtype=float)
    known = _regress(whole, answered, counts, _RIDGE, signs)
    unseen = _across(whole, answered, counts, folds, _RIDGE, signs)
    cut = float(np.quantile(unseen[own], NEEDLESS))

    # One threshold for both: the sums of the words are moved so that theirs lies where that of the others does.
    moved = words.weights + np.append(np.zeros(len(names)), cut - words_cut)
    content = {
        "threshold": round(float(_logistic(cut)), 3),
        "words": _named([*names, "bias"], moved),
        "known": _named([*names, *near, "field", "bias"], known.weights),
        "model": model,
        "field": [round(float(w), 3) for w in field.weights],
    }
    scores = _logistic(unseen)
    keys = (f"{o.asking.group} {o.asking.id}" for o in rows)
    return Fit(content, dict(zip(keys, map(float, scores), strict=True)))


def _named(names: Sequence[str], weights: Rows) -> dict[str, float]:
    return {n: round(float(w), 4) for n, w in zip(names, weights, strict=True)}


def talk_words(catalog: Catalog) -> list[str]:
    """Words in questions of the cards of two policies or more that oftener stand beside their clause than in one."""
    beside: dict[str, set[str]] = defaultdict(set)
    within: dict[str, set[str]] = defaultdict(set)
    spoken: dict[str, set[str]] = defaultdict(set)
    for policy in catalog.policies:
        for card in policy.cards:
            key = "/".join((policy.id, *card.path))
            text = normalise(f"{policy.title} {card.heading} {card.digest}").lower()
            for word in content_words(text):
                within[word].add(key)
            for question in card.questions:
                for word in content_words(in_chinese(normalise(question).lower())):
                    if share_in(word, text) == 0:
                        beside[word].add(key)
                        spoken[word].add(policy.id)
    return sorted(
        w
        for w, keys in beside.items()
        if len(spoken[w]) >= 2 and len(keys) > len(within[w]) and not w[0].isdigit()
    )


def _write_talk(words: Sequence[str], path: Path) -> None:
    head = "# Words people say around what they ask, found in the cards' questions by\n"
    head += "# python -m ceyin.evals.retrieval.calibrating\n"
    lines = (" ".join(words[n : n + _LINE]) + "\n" for n in range(0, len(words), _LINE))
    write_whole(path, head + "".join(lines))


def main() -> None:
    """Write the words of talk, ask everything, fit, write the weights."""
    shared = shared_folder(os.environ)
    if shared is None or not (shared / "corpus").is_dir():
        raise CaseError("拟合要官方页面:在 CEYIN_SHARED 所指目录的 corpus/ 里")
    catalog, folder = load_catalog(), Path(holding.__file__).parent / "words"
    _write_talk(talk_words(catalog), folder / "talk.txt")
    holding.talk.cache_clear()
    with tempfile.TemporaryDirectory(prefix="ceyin-calibrating-") as home:
        embedder = StaticEmbedder.load()
        more = [*lay_questions(shared), *answer_cases(os.environ)]
        outcomes = ask_all(Path(home), catalog, shared / "corpus", embedder, load_book(), print, more=more)
    less, _ = without_some_questions(catalog)
    left = [q for p in less.policies for card in p.cards for q in card.questions]
    fitted = fit(outcomes, embedder.name, np.array(embedder.embed_queries(left), dtype=float))
    write_whole(folder / "holding.json", _as_json(fitted.content))
    print(_report(fitted, outcomes))


def _as_json(content: Mapping[str, Any]) -> str:
    """A line a key: the weights of the field are many and nobody reads them."""
    lines = (f" {json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in content.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _report(fitted: Fit, outcomes: Sequence[Outcome]) -> str:
    """How many of each group lie below the threshold, each scored by weights that have not seen it."""
    scores: dict[str, list[float]] = defaultdict(list)
    for outcome in outcomes:
        key = f"{outcome.asking.group} {outcome.asking.id}"
        if key in fitted.unseen:
            scores[outcome.asking.group].append(fitted.unseen[key])
    cut = fitted.content["threshold"]
    parts = (f"{g} {sum(s < cut for s in found) / len(found):.1%}" for g, found in scores.items())
    return f"阈值 {cut},未见过的题低于阈值:{','.join(parts)}"


if __name__ == "__main__":
    main()
