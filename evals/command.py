"""``ceyin eval``: runs the evaluation suites and writes their report."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

if TYPE_CHECKING:  # `ceyin --help` imports this module: everything heavy waits until the command runs
    from collections.abc import Iterator

    from ceyin.evals.cases import Suite
    from ceyin.evals.run import Answerer, Run
    from ceyin.ui.models import Models

#: The suite that asks nothing: the segmenter against labels of the official pages.
SEGMENTATION = "segmentation"
#: As little: rule candidates against the reviewed rules and sentences read by hand; only where asked for.
DRAFTING = "drafting"
#: The search alone, over corpora of its own; only where asked for. The other one runs the questions set aside.
RETRIEVAL = "retrieval"
RETRIEVAL_HELD = "retrieval-held"
#: Whether the score that decides on refusing errs; asks a thousand questions, only where asked for.
CALIBRATION = "calibration"
#: Suites with a report of their own.
APART = (SEGMENTATION, DRAFTING, RETRIEVAL, RETRIEVAL_HELD, CALIBRATION)
#: Gives the assistant to measure and the home folder, and closes what it opened.
Opener = Callable[[], "AbstractContextManager[tuple[Answerer, Path]]"]


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asked for; ``suites`` empty means every suite that is present."""

    suites: tuple[str, ...] = ()
    out: Path | None = None
    as_of: date | None = None
    check_floor: bool = False
    raise_floor: bool = False
    public: bool = False
    floor: Path | None = None


def evaluate(
    suite: Annotated[
        list[str] | None,
        typer.Option(
            "--suite",
            help="题集:dev、own、open、held(留出题,只在最后跑)、segmentation(切分)、drafting(规则候选)、retrieval(检索)或 "
            "retrieval-held(检索留出题,只在最后跑)、calibration(拒答校准),可重复;不写则跑在场的题集",
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="报告写到这个目录", file_okay=False)] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], help="题目没有写日期时按这一天,默认今天"),
    ] = None,
    check_floor: Annotated[bool, typer.Option("--check-floor", help="低于下限时以 1 退出")] = False,
    raise_floor: Annotated[bool, typer.Option("--raise-floor", help="把下限提高到本次成绩")] = False,
    public: Annotated[bool, typer.Option("--public", help="报告里不印共享题目,可以提交")] = False,
) -> None:
    """跑评测题集,按类别列表,写出 JSON 与网页报告,并与上次逐题比较。"""
    from ceyin.corpus.errors import CeyinError
    from ceyin.evals.cases import SUITES

    chosen = tuple(dict.fromkeys(suite or ()))
    unknown = [name for name in chosen if name not in (*SUITES, *APART)]
    if unknown:
        choice = "、".join((*SUITES, *APART))
        raise typer.BadParameter(f"没有题集 {unknown[0]}(可选 {choice})", param_hint="--suite")
    options = Options(
        suites=chosen,
        out=out,
        as_of=as_of.date() if as_of else None,
        check_floor=check_floor,
        raise_floor=raise_floor,
        public=public,
    )
    try:
        code = evaluation(options, _open_assistant, os.environ)
    except CeyinError as exc:
        typer.echo(str(exc), err=True)
        code = 1
    raise typer.Exit(code)


def evaluation(options: Options, opener: Opener, environ: Mapping[str, str]) -> int:
    """Runs the chosen suites and returns the exit code; a ``CeyinError`` says what stopped it."""
    from rich.console import Console

    from ceyin.evals.report import print_report, write_report
    from ceyin.evals.run import run, with_progress

    answered = tuple(name for name in options.suites if name not in APART)
    if DRAFTING in options.suites:
        _measure_drafting(environ)
    for name in (RETRIEVAL, RETRIEVAL_HELD):
        if name in options.suites:
            _measure_retrieval(name, environ, options.out)
    if CALIBRATION in options.suites:
        _measure_calibration(environ, options.out)
    if not options.suites or SEGMENTATION in options.suites:
        _measure_segmentation(environ, options.out, asked=bool(options.suites))
    if options.suites and not answered:
        return 0
    suites = _suites(answered, environ)
    now = datetime.now(ZoneInfo("Asia/Shanghai"))
    with opener() as (answerer, home):
        done = run(suites, answerer, today=options.as_of or now.date(), track=with_progress)
    out = options.out or home / "evals" / now.strftime("%Y%m%d-%H%M%S")
    hidden = frozenset(s.name for s in suites if s.secret or (options.public and s.shared)) or None
    comparison = write_report(done, out, history=home / "evals", hidden=hidden)
    print_report(done, comparison, Console(soft_wrap=True))
    typer.echo(f"报告:{out / 'report.html'}")
    return _hold_floor(done, options)


def _measure_segmentation(environ: Mapping[str, str], out: Path | None, *, asked: bool) -> None:
    """Hold the segmenter against the hand-made labels, where the official pages are present."""
    import json

    from ceyin.evals.cases import CaseError, shared_folder
    from ceyin.evals.files import write_whole
    from ceyin.evals.labels import load_labels
    from ceyin.evals.laws import print_laws, score_laws
    from ceyin.evals.metadata import print_metadata, score_metadata
    from ceyin.evals.segmentation import print_scores, report_json, score_pages

    shared = shared_folder(environ)
    if shared is None or not (shared / "corpus").is_dir():
        if asked:
            raise CaseError("题集 segmentation 不在:官方页面在 CEYIN_SHARED 所指目录的 corpus/ 里")
        return
    scores = score_pages(load_labels(), shared / "corpus")
    print_scores(scores, details=asked)
    if asked and (shared / "data").is_dir():
        print_metadata(score_metadata(shared / "data"))
        print_laws(score_laws(shared / "data"))
    if out is not None:
        write_whole(
            out / "segmentation.json", json.dumps(report_json(scores), ensure_ascii=False, indent=1) + "\n"
        )


def _measure_drafting(environ: Mapping[str, str]) -> None:
    """Hold the rule candidates against what was reviewed and read, where the official pages are present."""
    from ceyin.evals.cases import CaseError, shared_folder
    from ceyin.evals.drafting import measure_drafting

    shared = shared_folder(environ)
    if shared is None or not (shared / "corpus").is_dir():
        raise CaseError("题集 drafting 不在:官方页面在 CEYIN_SHARED 所指目录的 corpus/ 里")
    measure_drafting(shared)


def _measure_retrieval(suite: str, environ: Mapping[str, str], out: Path | None) -> None:
    """Measure the search with the models that are configured; only the report goes to the home folder."""
    from ceyin.evals.retrieval.suite import material, run_suite

    models, folder = _models_and_folder(out)
    given = material(suite, environ, secret=suite == RETRIEVAL_HELD)
    run_suite(given, models.embedder, models.scorer, folder, lambda line: typer.echo(line, err=True))


def _measure_calibration(environ: Mapping[str, str], out: Path | None) -> None:
    """Measure how the score for holding an answer errs, with the models that are configured."""
    from ceyin.evals.retrieval.calibration import run_calibration

    models, folder = _models_and_folder(out)
    run_calibration(environ, models.embedder, folder, lambda line: typer.echo(line, err=True))


def _models_and_folder(out: Path | None) -> tuple[Models, Path]:
    from ceyin.ui.models import open_models
    from ceyin.ui.settings import load_settings

    settings = load_settings()
    now = datetime.now(ZoneInfo("Asia/Shanghai"))
    return open_models(settings), out or settings.home / "evals" / now.strftime("%Y%m%d-%H%M%S")


def _suites(chosen: Sequence[str], environ: Mapping[str, str]) -> list[Suite]:
    from ceyin.evals.cases import HELD_SUITE, SUITES, CaseError, load_suite, suite_files

    files = suite_files(environ)
    wanted = chosen or tuple(name for name in SUITES if name != HELD_SUITE)
    absent = [name for name in wanted if not files[name]]
    cure = "开发题集在 CEYIN_SHARED 所指目录的 evals/ 里"
    if chosen and absent:
        raise CaseError(f"题集 {absent[0]} 不在:{cure}")
    for name in absent:
        typer.echo(f"题集 {name} 不在,跳过:{cure}", err=True)
    suites = [load_suite(name, files[name]) for name in wanted if files[name]]
    if not any(suite.cases for suite in suites):
        raise CaseError("没有可跑的题目")
    return suites


def _hold_floor(done: Run, options: Options) -> int:
    from ceyin.evals.floor import FLOOR_FILE, FLOOR_SUITE, raised, read_floor, shortfalls, write_floor
    from ceyin.evals.summary import summarise

    if not (options.check_floor or options.raise_floor):
        return 0
    if FLOOR_SUITE not in done.suites:
        typer.echo(f"下限只看题集 {FLOOR_SUITE},这次没有跑到它,未比较", err=True)
        return 1 if options.raise_floor else 0
    path = options.floor or FLOOR_FILE
    floor = read_floor(path)
    summary = summarise([result for result in done.results if result.suite == FLOOR_SUITE])
    worse = shortfalls(floor, summary)
    if worse:
        typer.echo(f"低于下限({path.name}):{';'.join(worse)}", err=True)
        return 1
    if options.raise_floor:
        write_floor(raised(floor, summary), path)
        typer.echo(f"下限已提高到 {summary.total.ok}/{summary.total.n}({path.name})")
    return 0


@contextmanager
def _open_assistant() -> Iterator[tuple[Answerer, Path]]:
    from ceyin.ui.app import open_app
    from ceyin.ui.settings import Settings

    settings = Settings()
    app = open_app(settings)
    try:
        yield app.assistant, settings.home
    finally:
        app.close()
