"""The light reranker: whom it lifts, whom it leaves alone, and that its weights are what the file says."""

import json
from collections.abc import Iterable, Mapping

import numpy as np
import pytest

from ceyin.corpus.model import ClauseRef
from ceyin.indexes.hits import Hit
from ceyin.indexes.reranking.candidates import Candidate
from ceyin.indexes.reranking.light import DEPTH, FEATURES, WEIGHTS, LightReranker, features

QUESTION = "灯塔修缮补助多少钱"
ASKED = ClauseRef("asked", ("第一条",))
MONEY, TIME, OTHER = (ClauseRef("import", (f"第{n}条",)) for n in "一二三")
CLAUSES = {
    ASKED: Candidate("补助", "灯塔修缮补助每座2万元。", False, True),
    MONEY: Candidate("补助", "本条说明用途。灯塔修缮每座补助3万元。", False, False),
    TIME: Candidate("时间", "灯塔修缮应在三月完成。", False, False),
    OTHER: Candidate("通知", "各有关单位遵照执行。", True, False),
}


def idf(word: str) -> float:
    return {"": 9.0}.get(word, 3.0)


def known(refs: Iterable[ClauseRef]) -> dict[ClauseRef, Candidate]:
    return {ref: CLAUSES[ref] for ref in refs if ref in CLAUSES}


def hits(scores: Mapping[ClauseRef, float]) -> list[Hit]:
    return [Hit(ref, score, rank, "fused") for rank, (ref, score) in enumerate(scores.items(), 1)]


def rows(scores: Mapping[ClauseRef, float]) -> dict[ClauseRef, dict[str, float]]:
    found = features(QUESTION, hits(scores), known(scores), idf)
    assert found.shape == (len(scores), len(FEATURES))
    return {
        ref: dict(zip(FEATURES, row, strict=True)) for ref, row in zip(scores, found.tolist(), strict=True)
    }


def test_a_clause_nobody_asked_anything_of_comes_before_one_with_questions_that_is_little_better() -> None:
    found = LightReranker(known).rerank(QUESTION, hits({ASKED: 2.0, MONEY: 1.5, OTHER: 0.2}), idf)
    assert [h.ref for h in found] == [MONEY, ASKED, OTHER]
    assert [h.rank for h in found] == [1, 2, 3]
    assert found[1].score == 2.0, "the score of a clause with questions stays"


def test_where_all_have_questions_nothing_changes() -> None:
    given = hits({ASKED: 2.0})
    assert LightReranker(known).rerank(QUESTION, given, idf) == given


def test_hits_beyond_the_depth_and_clauses_that_are_gone_are_kept() -> None:
    gone = {ClauseRef("gone", (f"{n:03}",)): 1.0 - n / 1000 for n in range(DEPTH + 3)}
    given = hits({MONEY: 2.0, **gone})
    found = LightReranker(known).rerank(QUESTION, given, idf)
    assert [h.ref for h in found] == [h.ref for h in given]
    assert {h.ref: h.score for h in found if h.ref in gone} == gone


def test_features_tell_the_clause_that_answers() -> None:
    found = rows({MONEY: 1.0, TIME: 1.0, OTHER: 1.0})
    assert all(row["unasked"] == 1 for row in found.values())
    assert found[MONEY]["figure"] > found[TIME]["figure"] == found[OTHER]["figure"]
    assert found[MONEY]["words"] > found[TIME]["words"] > found[OTHER]["words"]
    assert found[MONEY]["sentence"] > found[OTHER]["sentence"]
    assert found[OTHER]["general"] > found[MONEY]["general"]


def test_features_count_from_the_mean_and_not_for_clauses_with_questions() -> None:
    found = rows({MONEY: 1.0, TIME: 1.0, OTHER: 1.0})
    for name in FEATURES[1:]:
        assert sum(row[name] for row in found.values()) == pytest.approx(0.0)
    assert not any(rows({ASKED: 1.0, MONEY: 1.0})[ASKED].values())


def test_a_question_without_words_disturbs_nothing() -> None:
    found = features("?", hits({MONEY: 1.0, TIME: 0.5}), known([MONEY, TIME]), idf)
    assert np.isfinite(found).all()


def test_the_weights_file_names_every_feature_and_what_it_was_judged_on() -> None:
    content = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    assert set(content["weights"]) == set(FEATURES)
    for setting in ("import", "bare"):
        _, _, low, _ = content["cross_validated"][setting]["any@3"]
        assert low > 0, f"{setting}: no clear gain on policies it was not fitted on, so it must not ship"
