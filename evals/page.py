"""The report as one self-contained page: charts, changes, every failure with what was expected and got."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from ceyin.evals.cases import Expect
from ceyin.evals.charts import count_chart, tally_chart
from ceyin.evals.compare import Change, Comparison
from ceyin.evals.markup import document, el
from ceyin.evals.names import CHECKS, DANGERS, check_labels, label, shown
from ceyin.evals.run import CaseResult, Run
from ceyin.evals.summary import Summary, summarise

_STYLE = Path(__file__).parent / "templates" / "report.css"


def page(run: Run, comparison: Comparison | None, *, hidden: Set[str] = frozenset()) -> str:
    """The whole page; of cases in a ``hidden`` suite only the id and the failed checks are shown."""
    summary = summarise(run.results)
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("title", "策引评测报告"),
        el("style", _STYLE.read_text(encoding="utf-8")),
    )
    body = el(
        "body",
        el("h1", "策引评测报告"),
        *_overview(run, summary),
        el("h2", "按类别"),
        tally_chart("按类别:全对 / 题数", {label(name): t for name, t in summary.categories.items()}),
        el("h2", "危险"),
        count_chart("危险次数", {DANGERS[name]: n for name, n in summary.dangers.items()}),
        *(_comparison(comparison) if comparison else ()),
        *_failures(run.results, hidden),
    )
    return document(el("html", head, body, lang="zh-CN"))


def _overview(run: Run, summary: Summary) -> Iterator[Element]:
    total, here = summary.total, run.machine
    yield el("p", f"全对 {total.ok}/{total.n} = {total.percent:.1f}%", class_="score")
    if summary.p50_ms is not None and summary.p95_ms is not None:
        yield el("p", f"每题用时:p50 {summary.p50_ms:.1f} 毫秒,p95 {summary.p95_ms:.1f} 毫秒")
    yield el(
        "p",
        f"题集 {'、'.join(run.suites)};基准日 {run.today};"
        f"运行于 {shown(run.started)},共 {run.seconds:.1f} 秒;"
        f"Python {here.python},{here.platform},{here.cores} 核",
    )
    rows = (
        el("tr", el("td", CHECKS[name]), el("td", f"{tally.ok}/{tally.n}", class_="n"))
        for name, tally in summary.checks.items()
    )
    yield el("table", el("tr", el("th", "检查"), el("th", "通过")), *rows)


def _comparison(comparison: Comparison) -> Iterator[Element]:
    yield el("h2", "与上次相比")
    yield el(
        "p",
        f"上次运行于 {shown(comparison.earlier)};共同的 {comparison.common} 题:"
        f"{comparison.before} → {comparison.now}",
    )
    yield el("h3", f"变好 {len(comparison.gains)} 题", class_="gain")
    yield _changes(comparison.gains)
    yield el("h3", f"变坏 {len(comparison.losses)} 题", class_="loss")
    yield _changes(comparison.losses)
    moved = {name: pair for name, pair in comparison.dangers.items() if pair[0] != pair[1]}
    if moved:
        yield el("p", "危险:" + ";".join(f"{label(n)} {was} → {now}" for n, (was, now) in moved.items()))


def _changes(changes: Iterable[Change]) -> Element:
    lines = (f"{c.case_id}({label(c.category)}:{check_labels(c.failed)})" for c in changes)
    return el("ul", *(el("li", line) for line in lines))


def _failures(results: Iterable[CaseResult], hidden: Set[str]) -> Iterator[Element]:
    # A case may be right by its checks and still meet a danger (an ungrounded figure): it is shown too.
    shown = [r for r in results if not r.judgement.ok or r.judgement.dangers]
    yield el("h2", f"未全对或有危险的题({len(shown)})")
    for result in shown:
        rows = _marks(result) if result.suite in hidden else {**_marks(result), **_details(result)}
        title = f"{result.case.id} · {label(result.case.category)} · {result.suite}"
        pairs = [item for name, value in rows.items() for item in (el("dt", name), el("dd", *_parts(value)))]
        yield el("article", el("h3", title), el("dl", *pairs), id=f"case-{result.case.id}")


def _parts(value: str | list[Element]) -> list[Element] | list[str]:
    return [value] if isinstance(value, str) else value


def _marks(result: CaseResult) -> dict[str, str | list[Element]]:
    judged = result.judgement
    rows: dict[str, str | list[Element]] = {}
    if judged.failed:
        rows["未过"] = check_labels(judged.failed)
    if judged.dangers:
        rows["危险"] = "、".join(DANGERS[name] for name in judged.dangers)
    if judged.ungrounded:
        rows["无据数字"] = "、".join(judged.ungrounded)
    return rows


def _details(result: CaseResult) -> dict[str, str | list[Element]]:
    case, answer = result.case, result.answer
    rows: dict[str, str | list[Element]] = {"问": "\n".join(case.turns)}
    if case.as_of:
        rows["日期"] = case.as_of.isoformat()
    if case.facts:
        rows["事实"] = json.dumps(case.facts, ensure_ascii=False, default=str)
    rows["应为"] = _expected(case.expect)
    if answer is None:
        rows["出错"] = result.error or "没有回答"
    else:
        rows["得到"] = _got(answer)
        rows["回答"] = [el("blockquote", str(answer.get("answer") or ""))]
        if answer.get("citations"):
            rows["引用"] = [_citation(citation) for citation in answer["citations"]]
    if case.note:
        rows["理由"] = case.note
    return rows


def _expected(expect: Expect) -> str:
    also = expect.status_alt or []
    alternatives = [also] if isinstance(also, str) else also
    lines = ["状态 " + " 或 ".join([expect.status, *alternatives])]
    if expect.verdict is not None:
        lines.append(f"结论 {expect.verdict}")
    if expect.amount_cny is not None:
        lines.append(f"金额 {expect.amount_cny} 元")
    lines += [f"引用其一 {want.doc}:{want.quote}" for want in expect.cite_any]
    lines += [f"必须引用 {want.doc}:{want.quote}" for want in expect.cite_all]
    ways = ([item] if isinstance(item, str) else item for item in expect.must_contain)
    lines += ["应含 " + " / ".join(way) for way in ways]
    lines += [f"不应含 {phrase}" for phrase in expect.must_not_contain]
    return "\n".join(lines)


def _got(answer: Mapping[str, Any]) -> str:
    lines = [f"状态 {answer.get('status')}", f"结论 {answer.get('verdict') or '无'}"]
    if answer.get("refusal_reason"):
        lines.append(f"拒答原因 {answer['refusal_reason']}")
    if answer.get("amount_cny") is not None:
        lines.append(f"金额 {answer['amount_cny']} 元({answer.get('amount_kind')})")
    return "\n".join(lines)


def _citation(citation: Mapping[str, Any]) -> Element:
    return el("blockquote", f"[{citation.get('n')}] {citation.get('cite_as')}\n{citation.get('text')}")
