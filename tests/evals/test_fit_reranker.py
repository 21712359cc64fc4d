"""Fitting the light reranker: folds that keep policies whole, and weights that find what tells right from wrong."""

import numpy as np

from ceyin.corpus.model import ClauseRef
from ceyin.evals.retrieval.fit_reranker import Asked, cross_validated, dealt, fit, judged
from ceyin.indexes.reranking.light import FEATURES


def asked(policy: str, seed: int) -> Asked:
    """Ten candidates of a policy: the search finds no order, the feature "figure" marks the right one."""
    draw = np.random.default_rng(seed)
    refs = tuple(ClauseRef(policy, (str(n),)) for n in range(10))
    right = int(draw.integers(10))
    columns = np.zeros((10, 1 + len(FEATURES)))
    columns[:, 0] = draw.uniform(0.5, 1.0, 10)
    columns[right, 0] += 0.1
    columns[:, 1 + FEATURES.index("words")] = draw.uniform(0, 1, 10)
    columns[right, 1 + FEATURES.index("figure")] = 1.0
    return Asked("bare", True, (refs[right],), refs, columns)


MATERIAL = [asked(f"p{n % 8}", n) for n in range(160)]


def test_folds_keep_a_policy_whole_and_are_about_equal() -> None:
    gold = [a.gold[0].policy_id for a in MATERIAL]
    folds = dealt(gold)
    assert sorted(p for fold in folds for p in fold) == sorted(set(gold))
    assert dealt(gold) == folds


def test_the_feature_that_tells_gets_the_weight() -> None:
    weights = dict(zip(FEATURES, fit(MATERIAL).tolist(), strict=True))
    assert weights["figure"] > 0.3
    assert all(abs(weights[name]) < weights["figure"] / 5 for name in FEATURES if name != "figure")


def test_judging_puts_the_candidates_in_their_new_order() -> None:
    weights = np.zeros(len(FEATURES))
    weights[FEATURES.index("figure")] = 1.0
    assert {judged(a, weights).ranks for a in MATERIAL} == {(1,)}


def test_the_report_counts_each_open_question_once_and_sees_the_gain() -> None:
    folds = dealt([a.gold[0].policy_id for a in MATERIAL])
    row = cross_validated(MATERIAL, folds)["bare"]
    assert row["questions"] == len(MATERIAL)
    measured = row["any@3"]
    assert isinstance(measured, list)
    before, after, low, _ = measured
    assert after > before + 0.2
    assert low > 0
