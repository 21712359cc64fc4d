"""Fits the score of :mod:`ceyin.assistant.holding`: ``python -m ceyin.evals.retrieval.calibrating`` writes its two files.

A logistic regression whose weights may not change their sign: more of a question found never makes an answer less
likely. Questions inside and outside count alike in sum. The threshold is the highest that refuses at most 35 in
a thousand of the inside questions it was fitted to.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ceyin.assistant import holding
from ceyin.assistant.rules.book import load_book
from ceyin.corpus.catalog import Catalog, load_catalog
from ceyin.corpus.normalise import normalise
from ceyin.evals.cases import CaseError, shared_folder
from ceyin.evals.files import write_whole
from ceyin.evals.retrieval.asked import Outcome, ask_all
from ceyin.indexes.coverage import share_in
from ceyin.indexes.embedding import StaticEmbedder
from ceyin.indexes.tokens import content_words, in_chinese

#: Which way a feature may count: 1 for an answer, -1 against one, 0 either way.
SIGNS = {
    "words": 0,
    "best_said": 1,
    "first_lost": -1,
    "first_asked": 1,
    "same_policy": 1,
    "headed": 1,
    "asks_figure": -1,
    "named": 1,
    "ruled": 1,
    "foreign": -1,
    "other_document": -1,
    "latin": 0,
}
#: The share of inside questions that may be refused in vain.
NEEDLESS = 0.035
_STEPS, _RATE, _RIDGE = 4000, 0.5, 0.003
_LINE = 14


def fit(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The content of ``holding.json`` from those outcomes that may be fitted to."""
    rows = [o for o in outcomes if o.asking.fits and o.features]
    names = list(SIGNS)
    signs = np.array([SIGNS[n] for n in names])
    raw = np.array([[o.features[n] for n in names] for o in rows])
    answered = np.array([bool(o.asking.gold) for o in rows], dtype=float)
    mean, spread = raw.mean(axis=0), raw.std(axis=0) + 1e-9
    scaled = (raw - mean) / spread
    share = answered.mean()
    counts = np.where(answered == 1, 0.5 / share, 0.5 / (1 - share))
    weights, bias = np.zeros(len(names)), 0.0
    for _ in range(_STEPS):
        error = counts * (_logistic(scaled @ weights + bias) - answered)
        weights = weights - _RATE * (scaled.T @ error / len(rows) + _RIDGE * weights)
        bias -= _RATE * float(error.mean())
        weights = np.where(signs > 0, np.maximum(weights, 0), weights)
        weights = np.where(signs < 0, np.minimum(weights, 0), weights)
    bias -= float((weights * mean / spread).sum())
    weights = weights / spread
    with_cards = np.array([o.asking.group in ("公开题", "卡片问法") for o in rows])
    threshold = float(np.quantile(_logistic(raw[with_cards] @ weights + bias), NEEDLESS))
    return {
        "threshold": round(threshold, 3),
        "bias": round(bias, 4),
        "weights": {n: round(float(w), 4) for n, w in zip(names, weights, strict=True)},
    }


def _logistic(values: Any) -> Any:
    return 1 / (1 + np.exp(-values))


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
        outcomes = ask_all(Path(home), catalog, shared / "corpus", StaticEmbedder.load(), load_book(), print)
    fitted = fit(outcomes)
    write_whole(folder / "holding.json", json.dumps(fitted, ensure_ascii=False, indent=1) + "\n")
    print(json.dumps(fitted, ensure_ascii=False))


if __name__ == "__main__":
    main()
