"""Fitting the score, the curve in the report, and the questions put."""

from pathlib import Path

import numpy as np
import pytest

from ceyin.corpus.catalog import load_catalog
from ceyin.corpus.model import ClauseRef
from ceyin.evals.cases import CaseError
from ceyin.evals.retrieval.asked import (
    OPEN_CHECK,
    OUTSIDE,
    OUTSIDE_CHECK,
    Asking,
    Group,
    Outcome,
    load_inside,
    load_outside,
    without_some_questions,
)
from ceyin.evals.retrieval.calibrating import NEAR_SIGNS, SIGNS, fit, talk_words
from ceyin.evals.retrieval.calibration import curve, figures
from ceyin.evals.retrieval.questions import FOLDER, OPEN

GOLD = (ClauseRef("示例", ("一",)),)
#: No card asks anything.
NOTHING = np.zeros((0, 2))


def outcome(n: int, said: float, *, inside: bool, group: Group | None = None, kind: float = 0.0) -> Outcome:
    group = group or (Group.OPEN if inside else Group.OUTSIDE)
    asking = Asking(
        f"Q{n}-{inside}", "问", GOLD if inside else (), group, group in (Group.OPEN, Group.OUTSIDE)
    )
    features = dict.fromkeys([*SIGNS, *NEAR_SIGNS], 0.0) | {"best_said": said}
    return Outcome(asking, np.array([kind, 0.1]), features, said, not inside, inside, inside)


def test_the_fit_learns_what_separates_and_keeps_its_sign() -> None:
    rows = [outcome(n, 0.6 + n / 100, inside=True) for n in range(40)]
    rows += [outcome(n, n / 100, inside=False) for n in range(40)]
    fitted = fit(rows, "model", NOTHING).content
    assert min(fitted[k]["best_said"] for k in ("words", "known")) > 0
    upside_down = [outcome(n, n / 100, inside=True) for n in range(40)]
    upside_down += [outcome(n, 0.6 + n / 100, inside=False) for n in range(40)]
    fitted = fit(upside_down, "model", NOTHING).content
    assert {fitted[k]["best_said"] for k in ("words", "known")} == {0}


def test_questions_for_checking_change_no_weight() -> None:
    rows = [outcome(n, 0.6 + n / 100, inside=True) for n in range(40)]
    rows += [outcome(n, n / 100, inside=False) for n in range(40)]
    others = [outcome(n, 0.0, inside=True, group=Group.OPEN_CHECK) for n in range(40)]
    assert fit([*rows, *others], "model", NOTHING) == fit(rows, "model", NOTHING)


def test_the_kind_of_matter_is_learnt_from_the_vectors() -> None:
    rows = [outcome(n, 0.5, inside=True, kind=1.0) for n in range(40)]
    rows += [outcome(n, 0.5, inside=False, kind=-1.0) for n in range(40)]
    fitted = fit(rows, "model", NOTHING)
    assert fitted.content["known"]["field"] > 0
    assert len(fitted.content["field"]) == 3
    inside = [fitted.unseen[f"{Group.OPEN} Q{n}-True"] for n in range(40)]
    assert min(inside) > max(fitted.unseen[f"{Group.OUTSIDE} Q{n}-False"] for n in range(40))


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


def test_fitted_and_checking_questions_are_reported_apart() -> None:
    rows = [outcome(1, 0.9, inside=True), outcome(2, 0.1, inside=False)]
    rows += [outcome(3, 0.2, inside=True, group=Group.OPEN_CHECK)]
    rows += [outcome(4, 0.6, inside=False, group=Group.OUTSIDE_CHECK)]
    curves, shares = figures(rows)
    assert (curves["拟合"].auc, curves["核对"].auc) == (1.0, 0.0)
    assert shares["核对题"].cited == 1.0
    assert shares["核对库外"].refused == 1.0


def test_the_check_files_hold_what_they_say_and_share_nothing_with_what_is_fitted() -> None:
    inside, outside = load_inside(FOLDER / OPEN_CHECK), load_outside(FOLDER / OUTSIDE_CHECK)
    assert (len(inside), len(outside)) == (40, 60)
    known = {a.text for a in (*load_inside(FOLDER / OPEN), *load_outside(FOLDER / OUTSIDE))}
    assert not known & {a.text for a in (*inside, *outside)}
    catalog = {(p.id, c.path) for p in load_catalog().policies for c in p.cards}
    assert {(g.policy_id, g.path) for a in inside for g in a.gold} <= catalog


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
        load_outside(path)
