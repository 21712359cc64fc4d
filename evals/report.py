"""The report of a run: its JSON, the table on the screen, the files on disk."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ceyin.corpus.errors import CeyinError
from ceyin.evals.compare import Change, Comparison, compare, earlier_report
from ceyin.evals.files import write_whole
from ceyin.evals.names import CHECKS, DANGERS, check_labels, label, shown
from ceyin.evals.page import page
from ceyin.evals.run import CaseResult, Run
from ceyin.evals.summary import Summary, Tally, summarise


class ReportError(CeyinError):
    """The report cannot be written where it was asked for."""


def report_json(run: Run) -> dict[str, Any]:
    """The report without any question or answer text, so it may be committed and compared later."""
    summary = summarise(run.results)
    return {
        "version": 1,
        "run": {
            "started": run.started.isoformat(timespec="seconds"),
            "today": run.today.isoformat(),
            "seconds": round(run.seconds, 3),
            "suites": list(run.suites),
            "machine": asdict(run.machine),
        },
        "figures": {
            **_figures(summary),
            "suites": {
                name: _figures(summarise([r for r in run.results if r.suite == name])) for name in run.suites
            },
        },
        "cases": [_case(result) for result in run.results],
    }


def _figures(summary: Summary) -> dict[str, Any]:
    return {
        "correct": summary.total.ok,
        "total": summary.total.n,
        "percent": round(summary.total.percent, 1),
        "dangers": dict(summary.dangers),
        "categories": _tallies(summary.categories),
        "checks": _tallies(summary.checks),
        "p50_ms": _rounded(summary.p50_ms),
        "p95_ms": _rounded(summary.p95_ms),
        "citing": asdict(summary.citing) if summary.citing else None,
        "p50_chars": summary.p50_chars,
        "p95_chars": summary.p95_chars,
    }


def _tallies(tallies: Mapping[str, Tally]) -> dict[str, dict[str, int]]:
    return {name: asdict(tally) for name, tally in tallies.items()}


def _case(result: CaseResult) -> dict[str, Any]:
    answer = result.answer or {}
    return {
        "id": result.case.id,
        "suite": result.suite,
        "category": result.case.category,
        "ok": result.judgement.ok,
        "failed": list(result.judgement.failed),
        "dangers": list(result.judgement.dangers),
        "ungrounded": list(result.judgement.ungrounded),
        "status": answer.get("status"),
        "verdict": answer.get("verdict"),
        "amount_cny": answer.get("amount_cny"),
        "ms": _rounded(result.ms),
        "error": result.error,
    }


def _rounded(ms: float | None) -> float | None:
    return None if ms is None else round(ms, 1)


def write_report(run: Run, out: Path, *, history: Path, hidden: Set[str] | None) -> Comparison | None:
    """Writes ``report.json``, ``report.html`` and ``answers.jsonl`` into ``out``; returns what changed.

    The report that was there stays as ``last.json``; ``history`` holds the folders of earlier runs. With
    ``hidden`` the report may be committed: it shows only the ids of cases in those suites, and no
    ``answers.jsonl`` is written.
    """
    current = report_json(run)
    earlier = earlier_report(out, history, run.suites)
    comparison = compare(earlier, current) if earlier else None
    files = {
        "report.html": page(run, comparison, hidden=hidden or frozenset()),
        "report.json": json.dumps(current, ensure_ascii=False, indent=1) + "\n",
    }
    if hidden is None:
        answers = (r.answer or {"id": r.case.id, "error": r.error} for r in run.results)
        files["answers.jsonl"] = "".join(json.dumps(a, ensure_ascii=False) + "\n" for a in answers)
    try:
        if (out / "report.json").is_file():
            (out / "report.json").replace(out / "last.json")
        for name, text in files.items():
            write_whole(out / name, text)
        if hidden is not None:
            (out / "answers.jsonl").unlink(missing_ok=True)
    except OSError as exc:
        raise ReportError(f"写不了评测报告 {out}:{exc};请用 --out 另指一个可写的目录") from exc
    return comparison


def print_report(run: Run, comparison: Comparison | None, console: Console) -> None:
    """The table by category, the dangers, the changes, and last the one line that counts."""
    summary = summarise(run.results)
    table = Table(title="评测结果")
    table.add_column("类别")
    table.add_column("全对", justify="right")
    table.add_column("题数", justify="right")
    table.add_column("危险", overflow="fold")
    for name, tally in summary.categories.items():
        met = {d: n for d, n in summary.category_dangers[name].items() if n}
        table.add_row(
            escape(label(name)),
            str(tally.ok),
            str(tally.n),
            "、".join(f"{DANGERS[d]} {n}" for d, n in met.items()),
        )
    console.print(table)
    console.print("检查 " + "  ".join(f"{CHECKS[n]} {t.ok}/{t.n}" for n, t in summary.checks.items()))
    console.print("危险 " + "  ".join(f"{DANGERS[d]} {n}" for d, n in summary.dangers.items()))
    if summary.p50_ms is not None and summary.p95_ms is not None:
        console.print(f"用时 p50 {summary.p50_ms:.1f} 毫秒  p95 {summary.p95_ms:.1f} 毫秒")
    if summary.citing is not None and summary.p50_chars is not None and summary.p95_chars is not None:
        console.print(
            f"引用 查全 {summary.citing.recall:.3f}  查准(下限) {summary.citing.precision:.3f}  "
            f"答案字数 p50 {summary.p50_chars:.0f}  p95 {summary.p95_chars:.0f}"
        )
    for result in run.results:
        if result.error:
            console.print(escape(f"出错 {result.case.id} {result.error.splitlines()[0]}"), style="red")
    if comparison:
        _print_comparison(comparison, console)
    if len(run.suites) > 1:
        for suite in run.suites:
            tally = summarise([r for r in run.results if r.suite == suite]).total
            console.print(f"{suite} {tally.ok}/{tally.n} = {tally.percent:.1f}%")
    total = summary.total
    console.print(f"correct {total.ok}/{total.n} = {total.percent:.1f}%")


def _print_comparison(comparison: Comparison, console: Console) -> None:
    console.print(
        f"与上次({shown(comparison.earlier)})相比,共同的 {comparison.common} 题:"
        f"{comparison.before} → {comparison.now}"
    )
    _print_changes("变好", comparison.gains, "green", console)
    _print_changes("变坏", comparison.losses, "red", console)
    for danger, (before, now) in comparison.dangers.items():
        if before != now:
            style = "red" if now > before else "green"
            console.print(f"  危险 {label(danger)} {before} → {now}", style=style)


def _print_changes(title: str, changes: Sequence[Change], style: str, console: Console) -> None:
    for change in changes:
        line = f"  {title} {change.case_id}({label(change.category)}:{check_labels(change.failed)})"
        console.print(escape(line), style=style)
