"""The segmenter against labels and real texts: what was reached is held; and the scorer itself can fail."""

from dataclasses import replace
from pathlib import Path

import pytest

from ceyin.evals.labels import load_labels
from ceyin.evals.laws import score_laws
from ceyin.evals.metadata import score_metadata
from ceyin.evals.segmentation import report_json, score_pages

pytestmark = pytest.mark.shared


def test_every_clause_of_the_five_pages_is_at_its_address_and_no_loss_is_invented(shared: Path) -> None:
    total = report_json(score_pages(load_labels(), shared / "corpus"))["total"]
    assert (total["clauses"]["precision"], total["clauses"]["recall"]) == (1.0, 1.0)
    assert total["damages"]["precision"] == 1.0
    assert total["damages"]["recall"] >= 0.96


def test_a_wrong_label_is_noticed(shared: Path) -> None:
    page = next(page for page in load_labels() if page.page.startswith("cnipa-2023-28"))
    (policy,) = page.policies
    wrong = policy.clauses[0].model_copy(update={"path": "第九条"})
    page = page.model_copy(
        update={"policies": (policy.model_copy(update={"clauses": (wrong, *policy.clauses[1:])}),)}
    )
    (score,) = score_pages([page], shared / "corpus")
    assert score.clauses.agreeing == score.clauses.labelled - 1
    assert replace(score.clauses, agreeing=0).recall == 0


def test_titles_and_numbers_of_the_samples_are_right(shared: Path) -> None:
    for score in score_metadata(shared / "data"):
        if score.fact in ("title", "doc_number"):
            assert score.right >= 38, (score.sample, score.fact, score.wrong)


def test_the_articles_of_laws_are_complete_and_in_order(shared: Path) -> None:
    scores = score_laws(shared / "data", every=5)
    broken = [s for s in scores if s.breaks]
    assert len(scores) > 300
    assert len(broken) <= len(scores) * 0.005, broken
