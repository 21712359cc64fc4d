"""What changed since the last run, case by case."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Change:
    """A case whose outcome is not what it was; ``failed`` are the checks failing now, or failing before."""

    case_id: str
    category: str
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """This run against an earlier one, over the cases both have."""

    earlier: datetime
    common: int
    before: int
    now: int
    gains: tuple[Change, ...]
    losses: tuple[Change, ...]
    dangers: Mapping[str, tuple[int, int]]


def compare(earlier: Mapping[str, Any], current: Mapping[str, Any]) -> Comparison:
    """Compares two reports as written to ``report.json``."""
    old = {case["id"]: case for case in earlier["cases"]}
    pairs = [(old[case["id"]], case) for case in current["cases"] if case["id"] in old]
    names = list(current["figures"]["dangers"])
    return Comparison(
        earlier=datetime.fromisoformat(earlier["run"]["started"]),
        common=len(pairs),
        before=sum(was["ok"] for was, _ in pairs),
        now=sum(new["ok"] for _, new in pairs),
        gains=tuple(_change(new, was["failed"]) for was, new in pairs if new["ok"] and not was["ok"]),
        losses=tuple(_change(new, new["failed"]) for was, new in pairs if was["ok"] and not new["ok"]),
        dangers={
            name: (_met(name, (was for was, _ in pairs)), _met(name, (new for _, new in pairs)))
            for name in names
        },
    )


def _met(danger: str, cases: Iterable[Mapping[str, Any]]) -> int:
    return sum(danger in case["dangers"] for case in cases)


def _change(case: Mapping[str, Any], failed: Iterable[str]) -> Change:
    return Change(case["id"], case["category"], tuple(failed))


def earlier_report(out: Path, history: Path, suites: Iterable[str]) -> dict[str, Any] | None:
    """The newest report in ``out``, else in a folder of ``history``; None for the first run.

    One that ran all of ``suites`` goes before a newer one that did not. A file that is no report of ours (cut
    short, another version) is passed over: a broken old report must not stop a new run.
    """
    wanted = set(suites)

    def rank(report: dict[str, Any]) -> tuple[bool, str]:
        return wanted <= set(report["run"]["suites"]), report["run"]["started"]

    for paths in ([out / "report.json", out / "last.json"], sorted(history.glob("*/report.json"))):
        reports = [report for path in paths if (report := _read(path)) is not None]
        if reports:
            return max(reports, key=rank)
    return None


def _read(path: Path) -> dict[str, Any] | None:
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
        compare(report, report)
        usable = report["version"] == 1 and isinstance(report["run"]["suites"], list)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return report if usable else None
