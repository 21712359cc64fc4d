"""Comparison with an earlier run."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ceyin.evals.compare import compare, earlier_report
from ceyin.evals.report import report_json

from .making import answer, case, finished, result

GOOD, BAD = answer(), answer(status="refused")


def _report(day: int, outcomes: dict[str, bool], suite: str = "own") -> dict[str, Any]:
    results = (result(case(i), GOOD if ok else BAD, suite=suite) for i, ok in outcomes.items())
    return report_json(finished(*results, started=datetime(2026, 1, day, tzinfo=UTC)))


def _put(folder: Path, name: str, report: dict[str, Any] | str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    text = report if isinstance(report, str) else json.dumps(report)
    (folder / name).write_text(text, encoding="utf-8")


def test_gains_and_losses_are_told_case_by_case_over_the_cases_both_have() -> None:
    earlier = _report(1, {"A": True, "B": False, "C": True, "gone": False})
    comparison = compare(earlier, _report(2, {"A": True, "B": True, "C": False, "new": False}))
    assert [(c.case_id, c.failed) for c in comparison.gains] == [("B", ("status",))]
    assert [(c.case_id, c.failed) for c in comparison.losses] == [("C", ("status",))]
    assert (comparison.common, comparison.before, comparison.now) == (3, 2, 2)


def test_dangers_are_compared_over_the_same_cases() -> None:
    comparison = compare(_report(1, {"A": False, "gone": False}), _report(2, {"A": True}))
    assert comparison.dangers["needless_refusal"] == (1, 0)


def test_there_is_nothing_to_compare_the_first_time(tmp_path: Path) -> None:
    assert earlier_report(tmp_path / "out", tmp_path / "home", ["own"]) is None


def test_the_folder_written_to_goes_before_the_history(tmp_path: Path) -> None:
    out, home = tmp_path / "out", tmp_path / "home"
    _put(home / "a", "report.json", _report(7, {"A": True}))
    _put(home / "b", "report.json", _report(8, {"A": True}))
    found = earlier_report(out, home, ["own"])
    assert found and found["run"]["started"].startswith("2026-01-08")
    _put(out, "last.json", _report(2, {"A": True}))
    found = earlier_report(out, home, ["own"])
    assert found and found["run"]["started"].startswith("2026-01-02")


def test_a_run_of_the_same_suites_goes_before_a_newer_one_of_others(tmp_path: Path) -> None:
    _put(tmp_path / "out", "last.json", _report(1, {"A": True}, suite="dev"))
    _put(tmp_path / "out", "report.json", _report(2, {"A": True}, suite="own"))
    found = earlier_report(tmp_path / "out", tmp_path, ["dev"])
    assert found and found["run"]["suites"] == ["dev"]


def test_a_broken_or_foreign_report_is_passed_over(tmp_path: Path) -> None:
    good = _report(1, {"A": True})
    without = {**good, "cases": [{"id": "A"}]}
    broken: list[dict[str, Any] | str] = ["{", "[]", "{}", {**good, "version": 2}, without]
    for number, bad in enumerate(broken):
        _put(tmp_path / str(number), "report.json", bad)
    assert earlier_report(tmp_path / "out", tmp_path, ["own"]) is None
    _put(tmp_path / "z", "report.json", good)
    assert earlier_report(tmp_path / "out", tmp_path, ["own"]) == good
