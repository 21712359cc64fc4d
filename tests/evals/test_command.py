"""The command: exit codes, absent suites, the floor."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from ceyin.evals.cases import CaseError, load_suite, suite_files
from ceyin.evals.command import Opener, Options, evaluate, evaluation
from ceyin.evals.floor import Floor, read_floor, write_floor

from .making import Stub, answer

OWN_IDS = [case.id for case in load_suite("own", suite_files({})["own"]).cases]
NO_SHARED: Mapping[str, str] = {"CEYIN_SHARED": "/nonexistent"}
NO_CEILING = {"false_pass": None, "wrong_amount": None, "ungrounded_figures": None}


def _opener(home: Path, answers: Mapping[str, dict[str, Any]]) -> Opener:
    @contextmanager
    def opened() -> Iterator[tuple[Stub, Path]]:
        yield Stub(answers), home

    return opened


@pytest.fixture
def environ(tmp_path: Path) -> Mapping[str, str]:
    """A shared folder with two development cases of our own making."""
    folder = tmp_path / "shared" / "evals"
    folder.mkdir(parents=True)
    lines = (
        {"id": f"D{n}", "category": "term", "turns": ["几年?"], "expect": {"status": "answered"}}
        for n in (1, 2)
    )
    text = "\n".join(json.dumps(line) for line in lines)
    (folder / "dev_cases.jsonl").write_text(text, encoding="utf-8")
    return {"CEYIN_SHARED": str(tmp_path / "shared")}


def _dev(right: int) -> dict[str, dict[str, Any]]:
    return {f"D{n}": answer(status="answered" if n <= right else "refused") for n in (1, 2)}


def _floor_file(folder: Path, correct: int) -> Path:
    path = folder / "floor.json"
    write_floor(Floor.model_validate({"cases": 2, "correct": correct, "ceilings": NO_CEILING}), path)
    return path


def test_all_present_suites_run_and_the_report_lands_under_home(tmp_path: Path, environ: Any) -> None:
    answers = {**_dev(2), **{case_id: answer() for case_id in OWN_IDS}}
    assert evaluation(Options(), _opener(tmp_path, answers), environ) == 0
    [report] = (tmp_path / "evals").glob("*/report.json")
    written = json.loads(report.read_text(encoding="utf-8"))
    assert written["run"]["suites"] == ["dev", "own", "open"]  # never the set aside
    assert written["figures"]["suites"]["dev"]["correct"] == 2
    assert report.with_name("report.html").is_file()


def test_the_set_aside_runs_by_name_and_shows_no_text(tmp_path: Path, environ: Any) -> None:
    out = tmp_path / "out"
    assert evaluation(Options(suites=("held",), out=out), _opener(tmp_path, {}), environ) == 0
    assert not (out / "answers.jsonl").exists()
    cases = load_suite("held", suite_files(environ)["held"]).cases
    page = (out / "report.html").read_text(encoding="utf-8")
    assert cases and not any(case.turns[-1] in page for case in cases)


def test_an_absent_dev_suite_is_said_and_does_not_fail(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = {case_id: answer() for case_id in OWN_IDS}
    options = Options(out=tmp_path / "out", check_floor=True)
    assert evaluation(options, _opener(tmp_path, answers), NO_SHARED) == 0
    err = capsys.readouterr().err
    assert "题集 dev 不在,跳过" in err
    assert "未比较" in err


def test_a_suite_asked_for_by_name_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="CEYIN_SHARED"):
        evaluation(Options(suites=("dev",)), _opener(tmp_path, {}), NO_SHARED)


@pytest.mark.parametrize(("right", "code"), [(2, 0), (1, 0), (0, 1)])
def test_the_floor_fails_below_it_and_not_at_or_above_it(
    tmp_path: Path, environ: Any, right: int, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    floor = _floor_file(tmp_path, correct=1)
    options = Options(suites=("dev",), out=tmp_path / "out", check_floor=True, floor=floor)
    assert evaluation(options, _opener(tmp_path, _dev(right)), environ) == code
    assert ("低于下限(floor.json):全对 0 题,下限 1 题" in capsys.readouterr().err) is bool(code)


@pytest.mark.parametrize(("right", "code", "held"), [(2, 0, 2), (0, 1, 1)])
def test_raising_the_floor_lifts_it_and_never_lowers_it(
    tmp_path: Path, environ: Any, right: int, code: int, held: int
) -> None:
    floor = _floor_file(tmp_path, correct=1)
    options = Options(suites=("dev",), out=tmp_path / "out", raise_floor=True, floor=floor)
    assert evaluation(options, _opener(tmp_path, _dev(right)), environ) == code
    assert read_floor(floor).correct == held


def test_the_floor_is_not_raised_by_a_run_without_its_suite(tmp_path: Path) -> None:
    floor = _floor_file(tmp_path, correct=1)
    answers = {case_id: answer() for case_id in OWN_IDS}
    options = Options(suites=("own",), out=tmp_path / "out", raise_floor=True, floor=floor)
    assert evaluation(options, _opener(tmp_path, answers), NO_SHARED) == 1
    assert read_floor(floor).correct == 1


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--suite", "nope"], 2, "没有题集 nope"),
        (["--nope"], 2, ""),
        (["--as-of", "昨天"], 2, ""),
        (["--suite", "dev"], 1, "题集 dev 不在"),
    ],
)
def test_a_wrong_command_line_is_2_and_failed_work_is_1(
    arguments: list[str], code: int, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CEYIN_SHARED", "/nonexistent")
    cli = typer.Typer()
    cli.command("eval")(evaluate)
    outcome = CliRunner().invoke(cli, arguments)
    assert outcome.exit_code == code
    assert says in outcome.output
    assert "Traceback" not in outcome.output


def test_importing_the_command_pulls_in_nothing_heavy() -> None:
    heavy = "pydantic, torch, gradio, chromadb, llama_index, jieba, opencc"
    code = f"import sys, ceyin.evals.command; print([m for m in '{heavy}'.split(', ') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
