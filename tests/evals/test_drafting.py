"""Rule candidates against the reviewed rules and the sentences read by hand: what was reached is held."""

from pathlib import Path

import pytest

from ceyin.evals.drafting_book import official_policies, score_book
from ceyin.evals.drafting_sample import (
    SAMPLES,
    FigureLabel,
    draw,
    load_sample,
    score_sample,
)
from ceyin.evals.metadata import Texts

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def texts(shared: Path) -> Texts:
    return Texts(shared / "data")


@pytest.mark.parametrize("name", SAMPLES)
def test_the_labels_are_of_the_sentences_drawn(texts: Texts, name: str) -> None:
    drawn = draw(texts, name)
    labels = load_sample(name)
    assert [(d.document, d.path, d.start, d.end) for d in drawn] == [
        (x.document, x.path, x.start, x.end) for x in labels
    ]
    for one, label in zip(drawn, labels, strict=True):
        for figure in label.figures:
            assert one.text[figure.at - one.start :].startswith(figure.figure)


def test_the_samples_share_no_sentence() -> None:
    places = [(x.document, x.path, x.start) for name in SAMPLES for x in load_sample(name)]
    assert len(places) == len(set(places)) == sum(sum(counts.values()) for _, counts in SAMPLES.values())


@pytest.mark.parametrize("name", SAMPLES)
def test_conditions_of_real_policies_are_found(texts: Texts, name: str) -> None:
    score = score_sample(texts, name)
    assert score.total.precision >= 0.95, score.differences
    assert score.total.recall >= 0.95, score.differences
    assert score.kinds_right >= score.total.agreeing * 0.95, score.differences


def test_a_wrong_label_is_noticed(texts: Texts) -> None:
    label = next(x for x in load_sample("first") if not x.figures)
    wrong = label.model_copy(
        update={"figures": (FigureLabel(at=label.start, figure="9", kinds=("amount",)),)}
    )
    score = score_sample(texts, "first", [wrong])
    assert (score.total.labelled, score.total.agreeing) == (1, 0)
    assert score.differences


def test_the_figures_of_reviewed_rules_are_found(shared: Path) -> None:
    with official_policies(shared / "corpus") as (book, policies):
        score = score_book(book, policies)
    assert score.total.labelled > 80
    assert score.total.precision >= 0.9, score.differences
    assert score.total.recall >= 0.9, score.differences
    assert score.kinds_right >= score.total.agreeing * 0.9
