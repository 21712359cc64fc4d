"""Comparisons from the question to the table, over two policies of our own: a town's and a county's in it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ceyin.assistant.answer import Assistant
from ceyin.assistant.contract import Answer, AskRequest, Table
from ceyin.assistant.rules.book import RuleBook, load_book, pin_hash
from ceyin.assistant.rules.files import Conflict
from ceyin.corpus.library import Library
from ceyin.corpus.read import read_source
from ceyin.corpus.segment import parse
from ceyin.ui.app import App, open_app
from ceyin.ui.settings import Settings
from tests.assistant.conftest import FIXTURES, TODAY
from tests.assistant.test_flow import assert_cited

TOWN, COUNTY = "示政办发〔2026〕7号", "示县办发〔2024〕3号"


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    app = open_app(Settings(home=tmp_path_factory.mktemp("two")))
    for name in ("shili.txt", "shili-county.txt"):
        app.library.add(parse(read_source(FIXTURES / name)))
    app.index()
    yield app
    app.close()


def said(app: App, question: str) -> Answer:
    answer = app.assistant.answer(AskRequest(question=question), today=TODAY)
    assert_cited(answer)
    return answer


def table_of(answer: Answer) -> Table:
    return next(b.table for b in answer.blocks if b.table is not None)


FOUND = {
    "by name, different sums": (
        "第一次拿到河湾手艺认证,工坊扶持办法和工坊补贴细则各补多少?",
        ("1.5万元", "8000元"),
    ),
    "by region": ("工坊租用闲置厂房,示例市和示例县各补多少?", ("6万元", "2万元")),
    "without a figure": ("工坊扶持办法和工坊补贴细则,租用闲置厂房各怎么说?", ("6万元", "2万元")),
}


@pytest.mark.parametrize(("question", "figures"), FOUND.values(), ids=FOUND.keys())
def test_each_side_has_its_own_words_and_its_own_citation(
    two: App, question: str, figures: tuple[str, str]
) -> None:
    answer = said(two, question)
    assert [c.doc_number for c in answer.citations[:2]] == [TOWN, COUNTY]
    first, second = table_of(answer).rows
    assert figures[0] in first[3] and "[1]" in first[3] and figures[1] not in first[3]
    assert figures[1] in second[3] and "[2]" in second[3] and figures[0] not in second[3]
    assert (first[4], second[4]) == ("有效", "已过期")
    assert answer.blocks[0].kind == "conclusion"
    assert [len(p.citations) > 0 for p in answer.parts] == [True, True]


def test_a_figure_is_said_first_with_what_it_is_of(two: App) -> None:
    first = said(two, FOUND["by region"][0]).blocks[0].text
    assert "示例市:" in first and "6万元[1]" in first and "示例县:" in first and "2万元[2]" in first


def test_a_side_that_says_nothing_is_said_so_and_not_filled_from_the_other(two: App) -> None:
    answer = said(two, "评定结果公示几天,工坊扶持办法和工坊补贴细则各怎么说?")
    assert [c.doc_number for c in answer.citations] == [TOWN]
    assert table_of(answer).rows[1][1:] == ["—", "—", "没有找到", "—"]
    assert any(b.kind == "unsaid" and "工坊补贴细则" in b.text for b in answer.blocks)


def test_nothing_on_any_side_is_refused(two: App) -> None:
    answer = said(two, "工坊扶持办法和工坊补贴细则对鹦鹉洗澡各怎么说?")
    assert (answer.status, answer.refusal_reason) == ("refused", "not_in_corpus")


def test_two_subjects_of_one_policy_are_both_answered(two: App) -> None:
    answer = said(two, "示例市工坊第一次拿到认证和通过复核,各补多少?")
    assert "1.5万元" in answer.answer and "3000元" in answer.answer


def test_a_subject_no_clause_has_is_said_not_to_be_found(two: App) -> None:
    answer = said(two, "工坊扶持办法里,厂房租金、鹦鹉洗澡分别怎么补?")
    assert "40%" in answer.answer and answer.citations[0].doc_number == TOWN
    assert any("鹦鹉洗澡" in b.text and "没有" in b.text for b in answer.blocks)


PLANS = {
    "示例市": "一、总体目标\n到2030年,全市织布机达到900台。\n二、主要任务\n(一)开办织布学堂。",
    "示例县": (
        "一、主要目标\n到2027年试点结束时,织布的名声传出去。\n(一)机器更多。全县织布机达到70台。\n"
        "(二)布更好。每年评一次好布。"
    ),
}


def test_by_which_year_is_told_of_each_side(tmp_path: Path) -> None:
    app = open_app(Settings(home=tmp_path / "home"))
    for place, text in PLANS.items():
        (tmp_path / f"{place}.txt").write_text(
            f"{place}织布行动方案\n\n{text}\n\n{place}人民政府\n2026年1月5日\n", encoding="utf-8"
        )
        app.library.add(parse(read_source(tmp_path / f"{place}.txt")))
    app.index()
    answer = said(app, "织布机,示例市和示例县各要达到几台?各是到哪年?")
    first = answer.blocks[0].text
    assert "900台[1],到2030年[1]" in first and "70台[2],到2027年试点结束时[3]" in first
    app.close()


# -- conflicts ---------------------------------------------------------------------------------------


def conflict(app: App, **more: Any) -> Conflict:
    """The town and the county on the rent of a hall."""
    places = []
    for number, label in ((TOWN, "第四条"), (COUNTY, "第三条")):
        policy = next(p for p in app.library.policies() if p.doc_number == number)
        clause = next(c for c in policy.clauses if c.ref.path == (label,))
        pin = {"policy": policy.policy_id, "path": [label], "sha256": pin_hash(clause.text)}
        places.append({"says": f"{policy.region}的上限", "pin": pin})
    content = {
        "id": "shili/rent", "title": "厂房租金补贴的上限", "triggers": [["租", "厂房"]], "places": places,
        "ask": "示例县工坊服务站", "review": {"status": "reviewed", "by": "test", "on": date(2026, 11, 25)},
    }  # fmt: skip
    return Conflict.model_validate(content | more)


def with_conflict(app: App, entry: Conflict, question: str) -> Answer:
    shipped = load_book()
    book = RuleBook(shipped.rules, shipped.facts, conflicts=(entry,))
    library: Library = app.library
    answer = Assistant(library, app.index, book).answer(AskRequest(question=question), today=TODAY)
    assert_cited(answer)
    return answer


ASKED = "示例县工坊租用闲置厂房,每年最高能补多少?"


def test_a_conflict_the_question_touches_is_shown_with_both_clauses(two: App) -> None:
    answer = with_conflict(two, conflict(two), ASKED)
    assert {c.doc_number for c in answer.citations} >= {TOWN, COUNTY}
    note = next(b.text for b in answer.blocks if b.kind == "note" and "出入" in b.text)
    assert "没有写明" in note and "示例县工坊服务站" in note


def test_a_text_that_settles_it_is_cited_for_that(two: App) -> None:
    by = conflict(two).places[1].pin.model_dump()
    answer = with_conflict(two, conflict(two, settled="以县里的为准", by=by), ASKED)
    note = next(b for b in answer.blocks if b.kind == "note" and "出入" in b.text)
    assert "以县里的为准[" in note.text and "没有写明" not in note.text and note.citations


def _changed(entry: Conflict) -> dict[str, Any]:
    places = [p.model_dump() for p in entry.places]
    places[0]["pin"]["sha256"] = pin_hash("另一段文字")
    return {"places": places}


NOT_SHOWN = {
    "a question about something else": (ASKED.replace("租用闲置厂房", "第一次拿到认证"), lambda _: {}),
    "a clause changed since review": (ASKED, _changed),
    "an entry nobody has reviewed": (
        ASKED,
        lambda e: {"review": e.review.model_dump() | {"status": "drafted"}},
    ),
}


@pytest.mark.parametrize(("question", "change"), NOT_SHOWN.values(), ids=NOT_SHOWN.keys())
def test_a_conflict_is_not_shown(two: App, question: str, change: Any) -> None:
    answer = with_conflict(two, conflict(two, **change(conflict(two))), question)
    assert not any("出入" in b.text for b in answer.blocks)


def test_what_settles_a_conflict_needs_its_clause(two: App) -> None:
    with pytest.raises(ValueError, match="settled"):
        conflict(two, settled="以县里的为准")
