"""What cannot stand is not shown: the clause in its place, or one paragraph less, and it is counted."""

from collections.abc import Callable
from datetime import date

import pytest

from ceyin.assistant import compose
from ceyin.assistant.compose import Draft, Material
from ceyin.assistant.compose.draft import block
from ceyin.assistant.contract import Answer, AskRequest, Part, Table
from ceyin.assistant.verifying import mend, verified
from ceyin.ui.app import App

from .town import answer, citation, ground, known

ASKED = AskRequest(question="示例市工坊租用闲置厂房,每年最高能补多少?")
TODAY = date(2026, 11, 24)
Compose = Callable[[Material, list[Material]], Draft]


def _spoiled(monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Draft], None]) -> None:
    real: Compose = compose.compose

    def spoiling(material: Material, singles: list[Material]) -> Draft:
        draft = real(material, singles)
        spoil(draft)
        return draft

    monkeypatch.setattr(compose, "compose", spoiling)


def _counted(program: App, name: str) -> int:
    return program.assistant.verified.read().get(name, 0)


def test_a_right_answer_is_shown_as_it_is(program: App) -> None:
    before = _counted(program, "answers"), _counted(program, "weaker")
    shown = program.assistant.answer(ASKED, today=TODAY)
    assert shown.citations
    assert (_counted(program, "answers"), _counted(program, "weaker")) == (before[0] + 1, before[1])


def test_a_made_up_sum_is_dropped_and_counted(program: App, monkeypatch: pytest.MonkeyPatch) -> None:
    right = program.assistant.answer(ASKED, today=TODAY)
    dropped = _counted(program, "dropped")
    _spoiled(monkeypatch, lambda draft: draft.say("conclusion", "另可再领777777元[1]。"))
    shown = program.assistant.answer(ASKED, today=TODAY)
    assert "777777" not in shown.answer
    assert shown.blocks == right.blocks
    assert shown.citations == right.citations
    assert _counted(program, "dropped") == dropped + 1


def test_with_nothing_left_the_clause_is_quoted(program: App, monkeypatch: pytest.MonkeyPatch) -> None:
    def spoil(draft: Draft) -> None:
        draft.blocks = [block("conclusion", "每年最高能补777777元[1]。")]

    _spoiled(monkeypatch, spoil)
    shown = program.assistant.answer(ASKED, today=TODAY)
    assert "777777" not in shown.answer
    assert [b.kind for b in shown.blocks] == ["quote"]
    assert shown.answer.endswith("[1]。")


def test_with_nothing_cited_either_the_answer_says_less(
    program: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    weaker = _counted(program, "weaker")

    def spoil(draft: Draft) -> None:
        draft.blocks = [block("conclusion", "每年最高能补777777元。")]

    _spoiled(monkeypatch, spoil)
    shown = program.assistant.answer(ASKED, today=TODAY)
    assert "777777" not in shown.answer
    assert shown.citations
    assert _counted(program, "weaker") == weaker + 1


def _two(first: str, second: str) -> Answer:
    blocks = [block("conclusion", first), block("quote", second)]
    return answer(first).model_copy(update={"blocks": blocks})


def test_a_citation_that_fell_away_leaves_no_gap_in_the_numbers() -> None:
    given = _two("示范工坊奖励9万元。", "公示7天[3]。")
    mended = mend(given, ground(given))
    assert [b.text for b in mended.shown.blocks] == ["公示7天[1]。"]
    assert [(c.n, c.path) for c in mended.shown.citations] == [(1, ["第五条"])]
    assert [r.text for r in mended.removed] == ["示范工坊奖励9万元。"]


def test_a_citation_that_bears_nothing_loses_its_mark() -> None:
    given = answer("示例市示范工坊一次性奖励3万元[1][3]。")
    mended = mend(given, ground(given))
    assert mended.shown.answer == "示例市示范工坊一次性奖励3万元[1]。"
    assert [c.n for c in mended.shown.citations] == [1]


def test_a_sum_of_nobody_is_no_amount_of_the_answer() -> None:
    given = answer("示例市示范工坊一次性奖励3万元[1]。")
    given = given.model_copy(update={"amount_cny": 70_000, "amount_kind": "exact"})
    assert mend(given, ground(given)).shown.amount_cny is None


def test_a_table_is_read_cell_by_cell() -> None:
    columns = ["", "市级奖励"]
    right = Table(columns=columns, rows=[["示范工坊", "3万元[1]"], ["优势工坊", "2万元[1]"]])
    wrong = Table(columns=columns, rows=[["示范工坊", "2万元[1]"], ["优势工坊", "3万元[1]"]])
    for table, holds in ((right, True), (wrong, False)):
        given = answer("对比如下[1]。", kind="table")
        given = given.model_copy(update={"blocks": [given.blocks[0].model_copy(update={"table": table})]})
        assert bool(mend(given, ground(given)).removed) is not holds


def test_a_part_is_held_against_its_own_citations() -> None:
    given = answer("示例市示范工坊一次性奖励3万元[1]。")
    good = Part(
        title="示范工坊", status="answered", answer="示例市示范工坊奖励3万元[1]。", citations=[citation(1)]
    )
    bad = Part(
        title="优势工坊", status="answered", answer="示例市优势工坊奖励3万元[1]。", citations=[citation(1)]
    )
    request = AskRequest(question="能拿多少?")
    shown = verified(given.model_copy(update={"parts": [good, bad]}), request, ["能拿多少?"], known())
    assert shown.answer.parts[0] == good
    assert shown.answer.parts[1].answer.startswith("示政办发〔2026〕7号 第三条:")
    assert "finding_figure" in shown.counted
