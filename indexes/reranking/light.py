"""The light reranker: a handful of weights over what question and clause have in common.

It moves only clauses of policies whose cards ask nothing (an import nobody has written cards for): beside clauses
that hundreds of questions lead to, such a clause is never found by its words alone. Where questions stand,
the search ranks better than any of these features (measured), so the scores of those clauses stay as they are.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ceyin.corpus.model import ClauseRef
from ceyin.indexes.coverage import share_in, word_weight
from ceyin.indexes.figures import figure_wanted
from ceyin.indexes.hits import Hit
from ceyin.indexes.reranking.candidates import Candidate, Candidates, Reranker, ordered
from ceyin.indexes.tokens import content_words, in_chinese

#: Fitted by ``python -m ceyin.evals.retrieval.fit_reranker``; the file says on what and with what result.
WEIGHTS = Path(__file__).with_name("weights.json")
DEPTH = 50
#: One column each, in this order; all but the first are taken from the mean over the candidates of a question.
FEATURES = ("unasked", "words", "sentence", "figure", "general", "length", "policy")

_SENTENCE = re.compile(r"[^。;!?]+")


def features(
    question: str,
    hits: Sequence[Hit],
    known: Mapping[ClauseRef, Candidate],
    idf: Callable[[str], float],
) -> NDArray[np.float64]:
    """A row per hit, ``(n, len(FEATURES))``; all zeros where the policy has questions or the clause is gone.

    words: share of the question's words in the clause, those few candidates have counting most; sentence: the
    same in its best sentence, rare words of the corpus counting most; figure: that sentence has a figure of
    the kind asked for; length: logarithm of the characters; policy: share of the scores its policy has.
    """
    own = list(dict.fromkeys(content_words(in_chinese(question))))
    weights = {w: word_weight(w, idf) for w in own}
    clauses = [known.get(hit.ref) for hit in hits]
    texts = [f"{c.headings} {c.text}".lower() if c else "" for c in clauses]
    shares = np.array([[share_in(w, t, idf) for w in own] for t in texts]).reshape(len(hits), len(own))
    holding = (shares >= 0.5).sum(axis=0)
    telling = np.where(holding > 0, np.log((len(hits) + 1) / (holding + 0.5)), 0.0)
    figure = figure_wanted(question)
    policies: dict[str, float] = {}
    for hit in hits:
        policies[hit.ref.policy_id] = policies.get(hit.ref.policy_id, 0.0) + hit.score
    total = sum(policies.values()) or 1.0
    rows = np.zeros((len(hits), len(FEATURES)))
    for at, (hit, clause) in enumerate(zip(hits, clauses, strict=True)):
        if clause is not None:
            here = {w: weights[w] for w, found in zip(own, shares[at], strict=True) if found > 0}
            covered, sentence = _best_sentence(clause.text.lower(), here, idf)
            rows[at] = (
                1.0,
                float(shares[at] @ telling) / (float(telling.sum()) or 1.0),
                covered / (sum(weights.values()) or 1.0),
                float(bool(figure and figure.search(sentence))),
                float(clause.general),
                math.log(1 + len(clause.text)),
                policies[hit.ref.policy_id] / total,
            )
    rows[:, 1:] -= rows[:, 1:].mean(axis=0)
    rows[[clause is None or clause.asked for clause in clauses]] = 0.0
    return rows


def _best_sentence(text: str, weights: Mapping[str, float], idf: Callable[[str], float]) -> tuple[float, str]:
    """How much of the weights the best sentence holds, and the sentence; the first where none holds any."""
    best, found = 0.0, ""
    for sentence in _SENTENCE.findall(text):
        covered = sum(weight * share_in(w, sentence, idf) for w, weight in weights.items())
        if covered > best or not found:
            best, found = covered, sentence
    return best, found


class LightReranker(Reranker):
    """Adds to each score what the features say, in shares of the best one."""

    def __init__(self, candidates: Candidates) -> None:
        self._candidates = candidates

    @property
    def depth(self) -> int:
        return DEPTH

    def rerank(self, question: str, hits: Sequence[Hit], idf: Callable[[str], float]) -> list[Hit]:
        """See ``Reranker.rerank``."""
        first = hits[:DEPTH]
        known = self._candidates(hit.ref for hit in first)
        if all(candidate.asked for candidate in known.values()):
            return list(hits)
        gains = first[0].score * (features(question, first, known, idf) @ _weights())
        scores = {hit.ref: hit.score for hit in hits}
        for hit, gain in zip(first, gains.tolist(), strict=True):
            scores[hit.ref] += gain
        return ordered(scores)


@lru_cache(maxsize=1)
def _weights() -> NDArray[np.float64]:
    content = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return np.array([content["weights"][name] for name in FEATURES])
