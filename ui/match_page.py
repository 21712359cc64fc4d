"""The report of a match as one self-contained page, to read or to print."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ceyin.assistant.matching.wire import MatchReport
from ceyin.assistant.matching.words import sum_words, totals_words
from ceyin.assistant.rules.values import MARKS
from ceyin.corpus.errors import CeyinError

_FOLDER = Path(__file__).parent / "templates"
_NAMES = {"pass": "符合", "unknown": "还不能确定", "fail": "不符合"}
#: Kinds of rule that are conditions or sums; papers, steps and duties have their own places.
_SHOWN = ("eligibility", "amount", "stack", "exclusion", "deadline", "discretionary")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_FOLDER, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def match_page(report: MatchReport) -> str:
    """The whole page; it loads nothing and runs nothing."""
    applying = [p for p in report.programmes if p.applies]
    groups = [
        (name, verdict, chosen)
        for verdict, name in _NAMES.items()
        if (chosen := [p for p in applying if p.verdict == verdict])
    ]
    return _environment().get_template("match.html").render(
        report=report,
        style=(_FOLDER / "match.css").read_text(encoding="utf-8"),
        totals=totals_words(report.totals),
        groups=groups,
        words={p.programme: sum_words(p) for p in report.programmes},
        marks=MARKS,
        shown_kinds=_SHOWN,
        others=[p.title for p in report.programmes if not p.applies],
    )  # fmt: skip


def save_report(report: MatchReport, path: Path) -> None:
    """Write the page, whole or not at all; raises CeyinError where it cannot be written."""
    draft = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(match_page(report), encoding="utf-8")
        draft.replace(path)
    except OSError as exc:
        raise CeyinError(f"报告存不到 {path}:{exc.strerror}。请换一个能写的位置。") from exc
