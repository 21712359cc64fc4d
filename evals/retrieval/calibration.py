"""``ceyin eval --suite calibration``: how often the score for holding an answer errs, and what the answers cite."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from ceyin.assistant.holding import threshold
from ceyin.assistant.rules.book import load_book
from ceyin.corpus.catalog import load_catalog
from ceyin.evals.cases import CaseError, shared_folder
from ceyin.evals.charts import curve_chart
from ceyin.evals.files import write_whole
from ceyin.evals.markup import document, el
from ceyin.evals.report import ReportError
from ceyin.evals.retrieval.asked import Group, Outcome, ask_all
from ceyin.indexes.embedding import Embedder

_STYLE = Path(__file__).resolve().parent.parent / "templates" / "report.css"
_BINS = 10
#: The curves: which groups are inside, which outside.
_CURVES = {
    "拟合": ((Group.OPEN, Group.CARDS), (Group.OUTSIDE,)),
    "核对": ((Group.OPEN_CHECK,), (Group.OUTSIDE_CHECK,)),
    "无卡片": ((Group.BARE,), (Group.BARE_OUTSIDE,)),
}


@dataclass(frozen=True, slots=True)
class Curve:
    """(share of inside questions refused, share of outside ones passed) over thresholds, AUC and ECE."""

    points: tuple[tuple[float, float], ...]
    needless: float
    passed: float
    auc: float
    ece: float


@dataclass(frozen=True, slots=True)
class Share:
    """What came of one group; ``cited`` is the share whose answer cites a right clause."""

    n: int
    refused: float
    answered: float
    cited: float


def curve(inside: Sequence[float], outside: Sequence[float], at: float) -> Curve:
    """The curve of the scores of both kinds, and where the threshold stands on it; neither may be empty."""
    cuts = sorted({0.0, 1.01, *inside, *outside})
    points = tuple((_below(inside, c), 1 - _below(outside, c)) for c in cuts)
    wins = sum((a > b) + 0.5 * (a == b) for a in inside for b in outside)
    auc = wins / (len(inside) * len(outside))
    return Curve(points, _below(inside, at), 1 - _below(outside, at), auc, _ece(inside, outside))


def _below(scores: Sequence[float], cut: float) -> float:
    return sum(s < cut for s in scores) / len(scores)


def _ece(inside: Sequence[float], outside: Sequence[float]) -> float:
    """The expected calibration error, both kinds weighing alike as they did when the weights were fitted."""
    total = 0.0
    for k in range(_BINS):
        low, high = k / _BINS, (k + 1) / _BINS + (k == _BINS - 1)
        right = [s / len(inside) for s in inside if low <= s < high]
        wrong = [s / len(outside) for s in outside if low <= s < high]
        mass = sum(low <= s < high for s in inside) / len(inside)
        total += abs(sum(right) + sum(wrong) - mass)
    return total / 2


def figures(outcomes: Sequence[Outcome]) -> tuple[dict[str, Curve], dict[str, Share]]:
    """The curve of those fitted to, of those for checking and of texts without cards; what came of every group."""
    curves, shares = {}, {}
    for name, (inner, outer) in _CURVES.items():
        inside = [o.held for o in outcomes if o.asking.group in inner]
        outside = [o.held for o in outcomes if o.asking.group in outer]
        if inside and outside:
            curves[name] = curve(inside, outside, threshold())
    for group in dict.fromkeys(o.asking.group for o in outcomes):
        shares[str(group)] = _share([o for o in outcomes if o.asking.group == group])
    return curves, shares


def _share(outcomes: Sequence[Outcome]) -> Share:
    n = len(outcomes)
    counts = (sum(getattr(o, key) for o in outcomes) / n for key in ("refused", "answered", "cited"))
    return Share(n, *counts)


def run_calibration(
    environ: Mapping[str, str], embedder: Embedder, out: Path, tell: Callable[[str], None]
) -> None:
    """Ask, print, and write ``calibration.json`` and ``calibration.html``, ids only."""
    shared = shared_folder(environ)
    if shared is None or not (shared / "corpus").is_dir():
        raise CaseError("题集 calibration 不在:官方页面在 CEYIN_SHARED 所指目录的 corpus/ 里")
    with TemporaryDirectory(prefix="ceyin-calibration-") as home:
        outcomes = ask_all(Path(home), load_catalog(), shared / "corpus", embedder, load_book(), tell)
    curves, shares = figures(outcomes)
    for line in _lines(curves, shares):
        print(line)
    content = {
        "threshold": threshold(),
        "curves": {k: _curve_json(c) for k, c in curves.items()},
        "shares": {
            k: {"n": s.n, "refused": s.refused, "answered": s.answered, "cited": s.cited}
            for k, s in shares.items()
        },
        "needless": [o.asking.id for o in outcomes if o.asking.gold and o.refused],
        "answered_outside": [o.asking.id for o in outcomes if not o.asking.gold and o.answered],
    }
    try:
        write_whole(out / "calibration.json", json.dumps(content, ensure_ascii=False, indent=1) + "\n")
        write_whole(out / "calibration.html", _page(curves, shares))
    except OSError as exc:
        raise ReportError(f"写不了评测报告 {out}:{exc};请用 --out 另指一个可写的目录") from exc
    tell(f"报告:{out / 'calibration.html'}")


def _curve_json(found: Curve) -> dict[str, object]:
    return {
        "auc": round(found.auc, 4),
        "ece": round(found.ece, 4),
        "inside_below": round(found.needless, 4),
        "outside_above": round(found.passed, 4),
        "points": [[round(a, 4), round(b, 4)] for a, b in found.points],
    }


def _lines(curves: Mapping[str, Curve], shares: Mapping[str, Share]) -> list[str]:
    lines = [
        f"{name}:AUC {c.auc:.3f},校准误差 {c.ece:.3f};阈值 {threshold():.3f} 处库内低于 {c.needless:.1%},"
        f"库外高于 {c.passed:.1%}"
        for name, c in curves.items()
    ]
    return lines + [
        f"{name}({s.n} 题):拒答 {s.refused:.1%},作答 {s.answered:.1%},引到应引条文 {s.cited:.1%}"
        for name, s in shares.items()
    ]


def _page(curves: Mapping[str, Curve], shares: Mapping[str, Share]) -> str:
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("title", "策引拒答校准"),
        el("style", _STYLE.read_text(encoding="utf-8")),
    )
    chart = curve_chart(
        "横轴:库内题被拒的占比;纵轴:库外题被答的占比",
        {name: c.points for name, c in curves.items()},
        {name: (c.needless, c.passed) for name, c in curves.items()},
    )
    note = "曲线只看分数;列表是整个回答的结果。点是所选阈值。库外题与库内题各算一半。拟合用的题,分数偏好看;核对题从不用来拟合。"
    lines = (el("li", line) for line in _lines(curves, shares))
    body = el("body", el("h1", "策引拒答校准"), el("p", note), chart, el("ul", *lines))
    return document(el("html", head, body, lang="zh-CN"))
