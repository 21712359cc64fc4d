"""Fitting the score, the curve in the report, and the questions put."""

from pathlib import Path

import pytest

from ceyin.corpus.catalog import load_catalog
from ceyin.corpus.model import ClauseRef
from ceyin.evals.cases import CaseError
from ceyin.evals.retrieval.asked import Asking, Outcome, load_outside, without_some_questions
from ceyin.evals.retrieval.calibrating import SIGNS, fit, talk_words
from ceyin.evals.retrieval.calibration import curve, figures

GOLD = (ClauseRef("示例", ("一",)),)


def outcome(n: int, said: float, *, inside: bool, fits: bool = True) -> Outcome:
    asking = Asking(f"Q{n}", "问", GOLD if inside else (), "公开题" if inside else "库外", fits)
    return Outcome(asking, dict.fromkeys(SIGNS, 0.0) | {"best_said": said}, said, not inside, inside, inside)


def test_the_fit_learns_what_separates_and_keeps_its_sign() -> None:
    rows = [outcome(n, 0.6 + n / 100, inside=True) for n in range(40)]
    rows += [outcome(n, n / 100, inside=False) for n in range(40)]
    fitted = fit(rows)
    assert fitted["weights"]["best_said"] > 0
    upside_down = [outcome(n, n / 100, inside=True) for n in range(40)]
    upside_down += [outcome(n, 0.6 + n / 100, inside=False) for n in range(40)]
    assert fit(upside_down)["weights"]["best_said"] == 0


def test_questions_for_checking_change_no_weight() -> None:
    rows = [outcome(n, 0.6 + n / 100, inside=True) for n in range(40)]
    rows += [outcome(n, n / 100, inside=False) for n in range(40)]
    others = [outcome(n, 0.0, inside=True, fits=False) for n in range(40)]
    assert fit([*rows, *others]) == fit(rows)


def test_the_curve_runs_from_all_passed_to_all_refused() -> None:
    found = curve([0.9, 0.8, 0.3], [0.4, 0.1], 0.35)
    assert found.points[0] == (0.0, 1.0)
    assert found.points[-1] == (1.0, 0.0)
    assert (found.needless, found.passed) == (pytest.approx(1 / 3), pytest.approx(0.5))
    assert found.auc == pytest.approx(5 / 6)


def test_a_score_that_tells_the_share_is_calibrated() -> None:
    inside = [0.75] * 3 + [0.25]
    outside = [0.25] * 3 + [0.75]
    assert curve(inside, outside, 0.5).ece == pytest.approx(0.0)
    assert curve([0.9] * 4, [0.9] * 4, 0.5).ece == pytest.approx(0.4)


def test_each_half_is_reported_by_itself() -> None:
    rows = [outcome(1, 0.9, inside=True), outcome(2, 0.1, inside=False)]
    rows += [outcome(3, 0.2, inside=True, fits=False), outcome(4, 0.6, inside=False, fits=False)]
    curves, shares = figures(rows)
    assert (curves["拟合"].auc, curves["核对"].auc) == (1.0, 0.0)
    assert shares["公开题,核对"].cited == 1.0


def test_a_question_taken_from_a_card_is_no_longer_on_it() -> None:
    catalog = load_catalog()
    less, taken = without_some_questions(catalog)
    asked = sum(len(c.questions) for p in catalog.policies for c in p.cards)
    assert taken
    assert asked == len(taken) + sum(len(c.questions) for p in less.policies for c in p.cards)


def test_talk_is_said_about_more_than_one_policy() -> None:
    words = talk_words(load_catalog())
    assert words == sorted(set(words))
    assert "公积金" not in words


def test_a_line_that_is_no_outside_question_is_named(tmp_path: Path) -> None:
    path = tmp_path / "outside.jsonl"
    path.write_text('{"id": "X-1", "question": "问"}\n', encoding="utf-8")
    with pytest.raises(CaseError, match=r"outside\.jsonl 第 1 行"):
        load_outside(path, fits=True)
