"""The report: its JSON, its page, the table."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from ceyin.evals.page import page
from ceyin.evals.report import ReportError, print_report, report_json, write_report

from .making import answer, case, citation, finished, result

VOID = {"meta", "br", "hr", "img", "link", "input"}


class _Strict(HTMLParser):
    """Fails on tags that do not nest, and keeps what the page is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def _parsed(html: str) -> _Strict:
    parser = _Strict()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    return parser


def test_the_page_is_well_formed_and_asks_nothing_of_the_outside() -> None:
    run = finished(result(case("A"), answer()), result(case("B", category="term"), answer(status="refused")))
    html = page(run, None)
    parsed = _parsed(html)
    assert "script" not in parsed.tags
    assert parsed.tags.count("svg") == 2
    assert {name for name, _ in parsed.attributes}.isdisjoint({"src", "href", "onclick", "onload"})
    assert "url(" not in html
    assert "全对 1/2 = 50.0%" in parsed.text


def test_what_an_answer_or_question_holds_is_text_never_markup() -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>&amp;\x00"
    asked = case("<b>X</b>", turns=[evil], note=evil, must_contain=["没有"], must_not_contain=[evil])
    given = answer(evil, citations=[citation(evil)])
    parsed = _parsed(page(finished(result(asked, given)), None))
    assert "script" not in parsed.tags
    assert "img" not in parsed.tags
    assert "b" not in parsed.tags
    assert (
        "<script>alert(1)</script><img src=x onerror=alert(2)>&amp;\N{REPLACEMENT CHARACTER}" in parsed.text
    )


def test_every_failure_shows_question_expectation_and_answer_and_a_right_case_does_not() -> None:
    right = result(case("A", turns=["对的问题?"]), answer("对的回答"))
    wrong = result(
        case(
            "B", turns=["错的问题?"], verdict="fail", amount_cny=5, must_contain=["应有的话"], note="为什么"
        ),
        answer("错的回答 77", verdict="pass", amount_cny="6"),
    )
    broken = result(case("C", turns=["断的问题?"]), None)
    text = _parsed(page(finished(right, wrong, broken), None)).text
    for expected in (
        "错的问题?",
        "结论 fail",
        "金额 5 元",
        "应有的话",
        "错的回答",
        "金额 6.00 元",
        "为什么",
        "断了",
    ):
        assert expected in text
    for danger in ("误判通过", "金额错误", "无据数字"):
        assert danger in text
    assert "对的问题?" not in text


def test_a_right_answer_with_a_danger_is_shown() -> None:
    text = _parsed(page(finished(result(case("A", turns=["带数的问题?"]), answer("补 77 元"))), None)).text
    assert "带数的问题?" in text


def test_a_page_to_be_committed_shows_only_the_id_of_shared_cases() -> None:
    run = finished(
        result(
            case("D9", turns=["别人的题?"], note="别人的话"), answer("答了 77", status="refused"), suite="dev"
        ),
        result(case("O9", turns=["自己的题?"]), answer(status="refused"), suite="own"),
    )
    text = _parsed(page(run, None, hidden={"dev"})).text
    assert "D9" in text
    assert "自己的题?" in text
    for secret in ("别人的题?", "别人的话", "答了 77"):
        assert secret not in text
        assert secret in page(run, None)


def test_the_json_has_every_case_and_the_figures_but_no_text() -> None:
    run = finished(
        result(case("A", amount_cny=6), answer("机密的回答 77", verdict="pass", amount_cny="6"), ms=10),
        result(case("B", category="term"), None, ms=30),
    )
    report = report_json(run)
    assert report["figures"]["correct"] == 1
    assert report["figures"]["total"] == 2
    assert report["figures"]["categories"] == {"amount": {"ok": 1, "n": 1}, "term": {"ok": 0, "n": 1}}
    assert (report["figures"]["p50_ms"], report["figures"]["p95_ms"]) == (10, 30)
    assert report["figures"]["suites"]["own"]["correct"] == 1
    first, second = report["cases"]
    assert (first["id"], first["ok"], first["verdict"], first["amount_cny"]) == ("A", True, "pass", "6.00")
    assert first["dangers"] == ["ungrounded_figures"]
    assert (second["failed"], second["status"], second["error"]) == (["error"], None, "RuntimeError: 断了")
    assert "机密" not in json.dumps(report, ensure_ascii=False)


def test_a_second_run_keeps_the_first_and_is_compared_with_it(tmp_path: Path) -> None:
    out, history = tmp_path / "out", tmp_path / "home"
    before = finished(result(case("A"), answer()), started=datetime(2026, 1, 1, tzinfo=UTC))
    after = finished(result(case("A"), answer(status="refused")), started=datetime(2026, 1, 2, tzinfo=UTC))
    assert write_report(before, out, history=history, hidden=None) is None
    comparison = write_report(after, out, history=history, hidden=None)
    assert comparison is not None
    assert [change.case_id for change in comparison.losses] == ["A"]
    assert json.loads((out / "last.json").read_text(encoding="utf-8")) == report_json(before)
    assert json.loads((out / "report.json").read_text(encoding="utf-8")) == report_json(after)
    assert "变坏 1 题" in (out / "report.html").read_text(encoding="utf-8")
    assert json.loads((out / "answers.jsonl").read_text(encoding="utf-8"))["status"] == "refused"


def test_a_report_to_be_committed_leaves_no_answers_behind(tmp_path: Path) -> None:
    run = finished(result(case("A"), answer()))
    write_report(run, tmp_path, history=tmp_path / "h", hidden=None)
    assert (tmp_path / "answers.jsonl").exists()
    write_report(run, tmp_path, history=tmp_path / "h", hidden=frozenset({"dev"}))
    assert not (tmp_path / "answers.jsonl").exists()


def test_a_lone_surrogate_in_an_answer_does_not_cost_the_report(tmp_path: Path) -> None:
    given = {**answer(status="refused"), "answer": "半个字符\ud800"}
    write_report(finished(result(case("A"), given)), tmp_path, history=tmp_path / "h", hidden=None)
    assert "半个字符?" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    run = finished(result(case("A"), answer()))
    with pytest.raises(ReportError, match="--out"):
        write_report(run, tmp_path / "file" / "out", history=tmp_path, hidden=None)


def test_the_screen_ends_with_the_score_and_names_errors_and_changes(tmp_path: Path) -> None:
    before = finished(result(case("A"), answer(status="refused")), started=datetime(2026, 1, 1, tzinfo=UTC))
    write_report(before, tmp_path, history=tmp_path / "h", hidden=None)
    after = finished(result(case("A"), answer()), result(case("[B]"), None))
    comparison = write_report(after, tmp_path, history=tmp_path / "h", hidden=None)
    screen = StringIO()
    print_report(after, comparison, Console(file=screen, soft_wrap=True))
    lines = screen.getvalue().splitlines()
    assert lines[-1] == "correct 1/2 = 50.0%"
    assert "出错 [B] RuntimeError: 断了" in lines
    assert "  变好 A(金额:状态)" in lines
    assert any("不必要的拒答 1 → 0" in line for line in lines)
