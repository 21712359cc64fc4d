"""The floor: it is held on every figure, and only ever raised."""

from __future__ import annotations

from pathlib import Path

import pytest

from ceyin.evals.floor import Floor, FloorError, raised, read_floor, shortfalls, write_floor
from ceyin.evals.summary import Summary, summarise

from .making import answer, case, result

FREE = {"false_pass": None, "wrong_amount": None, "ungrounded_figures": None}


def _summary(right: int, wrong: int, ungrounded: int = 0) -> Summary:
    """Cases right and wrong; the first ``ungrounded`` of them hold a figure from nowhere."""
    results = []
    for number in range(right + wrong):
        text = "补 77 元" if number < ungrounded else "可"
        status = "answered" if number < right else "refused"
        results.append(result(case(f"T{number}"), answer(text, status=status)))
    return summarise(results)


def _floor(correct: int, cases: int = 4, **ceilings: int) -> Floor:
    return Floor.model_validate({"cases": cases, "correct": correct, "ceilings": {**FREE, **ceilings}})


@pytest.mark.parametrize(
    ("floor", "summary", "says"),
    [
        (_floor(2), _summary(2, 2), []),
        (_floor(2), _summary(3, 1), []),
        (_floor(2), _summary(1, 3), ["全对 1 题,下限 2 题"]),
        (_floor(2), _summary(2, 1), ["题数 3,下限按 4 题"]),
        (_floor(0), _summary(2, 2, ungrounded=3), []),
        (_floor(0, ungrounded_figures=1), _summary(2, 2, ungrounded=1), []),
        (
            _floor(0, ungrounded_figures=0),
            _summary(2, 2, ungrounded=1),
            ["ungrounded_figures 1 次,上限 0 次"],
        ),
    ],
)
def test_a_result_below_the_floor_is_said_figure_by_figure(
    floor: Floor, summary: Summary, says: list[str]
) -> None:
    assert shortfalls(floor, summary) == says


def test_raising_takes_the_better_score_and_the_counts_met() -> None:
    lifted = raised(_floor(2, ungrounded_figures=3), _summary(3, 1, ungrounded=1))
    assert (lifted.cases, lifted.correct) == (4, 3)
    assert dict(lifted.ceilings) == {"false_pass": 0, "wrong_amount": 0, "ungrounded_figures": 1}


def test_a_better_score_with_a_worse_count_raises_nothing() -> None:
    with pytest.raises(FloorError, match="ungrounded_figures 1 次"):
        raised(_floor(2, ungrounded_figures=0), _summary(4, 0, ungrounded=1))


def test_a_floor_written_is_the_floor_read(tmp_path: Path) -> None:
    path = tmp_path / "floor.json"
    write_floor(_floor(3, false_pass=0), path)
    assert read_floor(path) == _floor(3, false_pass=0)


@pytest.mark.parametrize(
    "text", ["{", '{"cases": 1}', '{"cases": 1, "correct": -1, "ceilings": {}}', '{"ceilings": {"x": 1}}']
)
def test_a_broken_floor_file_is_one_clear_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "floor.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FloorError, match=r"floor\.json"):
        read_floor(path)
    with pytest.raises(FloorError, match=r"none\.json"):
        read_floor(tmp_path / "none.json")


def test_the_floor_that_ships_can_be_read() -> None:
    assert read_floor().correct >= 0
