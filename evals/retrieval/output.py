"""The retrieval report: tables on the screen, ``NAME.json`` and ``NAME.html`` in the report folder."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from ceyin.evals.charts import share_chart
from ceyin.evals.files import write_whole
from ceyin.evals.markup import document, el
from ceyin.evals.names import shown
from ceyin.evals.report import ReportError
from ceyin.evals.retrieval.figures import CUTS, Figures
from ceyin.evals.retrieval.measure import DevFigures, Retrieval, Row, Section

_STYLE = Path(__file__).resolve().parent.parent / "templates" / "report.css"
#: The tables need so many columns; a narrower terminal wraps the lines, not the cells.
_WIDE = 150
_HEAD = (*(f"召回@{cut}" for cut in CUTS), "MRR@10", "nDCG@10", "任一@3", "p50/p95 毫秒")


def report_json(done: Retrieval) -> dict[str, Any]:
    """Every figure; no question and no text of a policy."""
    return {
        "version": 1,
        "suite": done.suite,
        "started": done.started.isoformat(timespec="seconds"),
        "seconds": round(done.seconds, 1),
        "embedder": done.embedder,
        "machine": asdict(done.machine),
        "sections": [_section_json(section) for section in done.sections],
        "dev": _dev_json(done.dev) if done.dev else None,
        "skipped": list(done.skipped),
    }


def _section_json(section: Section) -> dict[str, Any]:
    return {
        "key": section.key,
        "title": section.title,
        "unreachable": section.unreachable,
        "systems": [
            {
                "system": row.system,
                **_figures_json(row.figures),
                "over": {k: round(v, 4) for k, v in asdict(row.over).items()} if row.over else None,
            }
            for row in section.rows
        ],
        "groups": [{"kind": g.kind, "name": g.name, **_figures_json(g.figures)} for g in section.groups],
        "missed": list(section.missed),
        "published": [list(line) for line in section.published],
    }


def _dev_json(dev: DevFigures) -> dict[str, Any]:
    every = {name: _shares(shares) for name, shares in dev.every.items()}
    return {"n": dev.n, "unreachable": dev.unreachable, "every": every, "missed": list(dev.missed)}


def _shares(shares: Mapping[int, float]) -> dict[str, float]:
    return {str(cut): round(value, 4) for cut, value in shares.items()}


def _figures_json(found: Figures) -> dict[str, Any]:
    return {
        "n": found.n,
        "recall": _shares(found.recall),
        "success": _shares(found.success),
        "mrr10": round(found.mrr, 4),
        "ndcg10": round(found.ndcg, 4),
        "p50_ms": round(found.p50_ms, 2),
        "p95_ms": round(found.p95_ms, 2),
    }


def write_retrieval(done: Retrieval, out: Path) -> Path:
    """Writes both files and returns the page; raises ``ReportError``."""
    page = out / f"{done.suite}.html"
    try:
        text = json.dumps(report_json(done), ensure_ascii=False, indent=1) + "\n"
        write_whole(out / f"{done.suite}.json", text)
        write_whole(page, _page(done))
    except OSError as exc:
        raise ReportError(f"写不了评测报告 {out}:{exc};请用 --out 另指一个可写的目录") from exc
    return page


def print_retrieval(done: Retrieval) -> None:
    """The tables, and what was left out."""
    from rich.console import Console
    from rich.table import Table

    console = Console(soft_wrap=True)
    console = Console(soft_wrap=True, width=max(console.width, _WIDE))
    for section in done.sections:
        table = Table("系统", *_HEAD, "领先(95% 区间)", title=_title(section))
        for row in section.rows:
            table.add_row(row.system, *_cells(row.figures), _over(row))
        for name, recall, mrr in section.published:
            table.add_row(name, *_published(recall, mrr), "")
        console.print(table)
        for kind in dict.fromkeys(g.kind for g in section.groups):
            parts = (
                f"{g.name} {g.figures.recall[section.main]:.0%}({g.figures.n})"
                for g in section.groups
                if g.kind == kind
            )
            console.print(f"按{kind},召回@{section.main}:" + "  ".join(parts), highlight=False)
        if section.missed:
            console.print(f"前 {section.main} 条未找全:{' '.join(section.missed)}", highlight=False)
    if done.dev:
        console.print(f"开发题 {done.dev.n} 道,所需条文都在前几条的占比:", highlight=False)
        for name, every in done.dev.every.items():
            line = "  ".join(f"前{cut} {value:.1%}" for cut, value in every.items())
            console.print(f"  {name}:{line}", highlight=False)
        if done.dev.missed:
            console.print(f"  前 5 条未找全:{' '.join(done.dev.missed)}", highlight=False)
    for line in done.skipped:
        console.print(f"未跑:{line}", highlight=False)


def _title(section: Section) -> str:
    n = section.rows[0].figures.n if section.rows else 0
    lost = f";{section.unreachable} 题的依据不全在此库" if section.unreachable else ""
    return f"{section.title}({n} 题{lost})"


def _cells(found: Figures) -> tuple[str, ...]:
    return (
        *(f"{found.recall[cut]:.3f}" for cut in CUTS),
        f"{found.mrr:.3f}",
        f"{found.ndcg:.3f}",
        f"{found.success[3]:.3f}",
        f"{found.p50_ms:.1f}/{found.p95_ms:.1f}",
    )


def _published(recall: float, mrr: float | None) -> tuple[str, ...]:
    known = {"召回@10": f"{recall:.3f}", "MRR@10": "" if mrr is None else f"{mrr:.3f}"}
    return tuple(known.get(name, "") for name in _HEAD)


def _over(row: Row) -> str:
    gap = row.over
    return f"{gap.mean:+.3f}({gap.low:+.3f} 至 {gap.high:+.3f})" if gap else ""


def _page(done: Retrieval) -> str:
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("title", "策引检索评测"),
        el("style", _STYLE.read_text(encoding="utf-8")),
    )
    here = done.machine
    facts = (
        f"题集 {done.suite};向量 {done.embedder};运行于 {shown(done.started)},共 {done.seconds:.0f} 秒;"
        f"Python {here.python},{here.platform},{here.cores} 核"
    )
    notes = (
        "召回@k 是应有条文在前 k 条里的平均占比;任一@3 是前 3 条里至少有一条应有条文的题的占比。",
        "领先是第一行比该行高多少(每张图所示的召回),括号里是成对自助法的 95% 区间。",
        "基线只看标题、各级标题与条文,不看卡片。llama-index 的一块含好几条,碰到哪条都算找到,对它有利。",
    )
    body = el(
        "body",
        el("h1", "策引检索评测"),
        el("p", facts),
        *(el("p", note) for note in notes),
        *(part for section in done.sections for part in _section(section)),
        *_dev(done),
        el("h2", "没有跑的"),
        el("ul", *(el("li", line) for line in done.skipped or ("无",))),
    )
    return document(el("html", head, body, lang="zh-CN"))


def _section(section: Section) -> Iterator[Element]:
    yield el("h2", _title(section))
    shares = {row.system: row.figures.recall[section.main] for row in section.rows}
    shares |= {name: recall for name, recall, _ in section.published}
    yield share_chart(f"召回@{section.main}", shares)
    lines = [_line(row.system, *_cells(row.figures), _over(row)) for row in section.rows] + [
        _line(name, *_published(recall, mrr), "") for name, recall, mrr in section.published
    ]
    header = el("tr", *(el("th", name) for name in ("系统", *_HEAD, "领先")))
    yield el("div", el("table", header, *lines), class_="wide")
    for kind in dict.fromkeys(g.kind for g in section.groups):
        groups = {
            f"{g.name}({g.figures.n})": g.figures.recall[section.main]
            for g in section.groups
            if g.kind == kind
        }
        yield el("h3", f"按{kind}")
        yield share_chart(f"按{kind},召回@{section.main}", groups)
    if section.missed:
        yield el("p", f"前 {section.main} 条未找全:{' '.join(section.missed)}")


def _dev(done: Retrieval) -> Iterator[Element]:
    if done.dev is None:
        return
    yield el("h2", f"开发题({done.dev.n} 题;{done.dev.unreachable} 题的引文不在任何一条里)")
    yield share_chart("所需条文都在前 5 条", {name: every[5] for name, every in done.dev.every.items()})
    header = el("tr", el("th", "系统"), *(el("th", f"前 {cut}") for cut in CUTS))
    yield el(
        "table",
        header,
        *(_line(name, *(f"{v:.3f}" for v in every.values())) for name, every in done.dev.every.items()),
    )
    yield el("p", f"前 5 条未找全:{' '.join(done.dev.missed) or '无'}")


def _line(name: str, *cells: str) -> Element:
    return el("tr", el("td", name), *(el("td", cell, class_="n") for cell in cells))
