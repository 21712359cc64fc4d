"""The judge: both sides of every check and every danger."""

from __future__ import annotations

from typing import Any

import pytest

from ceyin.evals.cases import Case, Expect, WantedCitation
from ceyin.evals.judge import asserted, citing, figures, judge, loosen, ungrounded_figures

from .making import answer, case, citation

CITE = [{"doc": "茶艺人才补助", "quote": "按培训费的30%补助"}]
ELSEWHERE = [{"doc": "别的办法", "quote": "按培训费的30%补助"}]
ABSENT = [{"doc": "茶艺人才补助", "quote": "按培训费的40%补助"}]


@pytest.mark.parametrize(
    ("check", "expect", "right", "wrong"),
    [
        ("status", {"status": "refused"}, answer(status="refused"), answer()),
        ("status", {"status": "source_damaged"}, answer(status="source_incomplete"), answer()),
        (
            "status",
            {"status": "source_incomplete", "status_alt": "refused"},
            answer(status="refused"),
            answer(),
        ),
        ("status", {"status_alt": ["refused"]}, answer(status="refused"), answer(status="needs_facts")),
        ("verdict", {"verdict": "fail"}, answer(verdict="fail"), answer(verdict=None)),
        ("verdict", {"verdict": "pass"}, answer(verdict="pass"), answer(verdict="unknown")),
        ("amount", {"amount_cny": 20000}, answer(amount_cny="20000.00"), answer(amount_cny="20000.01")),
        ("amount", {"amount_cny": 20000}, answer(amount_cny="20000"), answer()),
        ("cite", {"cite_any": [*ABSENT, *CITE]}, answer(), answer(citations=[])),
        ("cite", {"cite_any": CITE}, answer(), answer(citations=[citation("另一条")])),
        ("cite_all", {"cite_all": CITE}, answer(), answer(citations=[])),
        ("contains", {"must_contain": ["2万", ["30%", "三成"]]}, answer("三成,2 万"), answer("2万")),
        ("contains", {"must_contain": ["1500"]}, answer("1,500"), answer("150")),
        ("avoids", {"must_not_contain": ["可领5万"]}, answer("不可领5万"), answer("可领 5 万")),
    ],
)
def test_a_check_holds_on_one_side_and_fails_on_the_other(
    check: str, expect: dict[str, Any], right: dict[str, Any], wrong: dict[str, Any]
) -> None:
    asked = case(**expect)
    assert judge(asked, right).checks[check]
    assert judge(asked, right).ok
    assert check in judge(asked, wrong).failed
    assert not judge(asked, wrong).ok


@pytest.mark.parametrize("wanted", [ELSEWHERE, ABSENT, [*CITE, *ABSENT]])
def test_a_citation_counts_only_with_its_document_and_its_words_and_all_means_all(wanted: Any) -> None:
    assert not judge(case(cite_all=wanted), answer()).ok


def test_a_check_nobody_asked_for_is_not_made() -> None:
    assert list(judge(case(), answer(verdict="pass", amount_cny="1")).checks) == ["status"]


@pytest.mark.parametrize("status", ["refused", "source_incomplete"])
def test_for_a_cover_note_both_ways_of_saying_so_are_right(status: str) -> None:
    asked = case(category="stub_document", status="source_incomplete")
    assert judge(asked, answer(status=status)).ok
    assert not judge(asked, answer()).ok


@pytest.mark.parametrize("nothing", [None, {}, {"answer": "没有状态"}])
def test_no_answer_object_is_an_error_and_not_right(nothing: dict[str, Any] | None) -> None:
    assert judge(case(), nothing).failed == ("error",)


@pytest.mark.parametrize(
    ("danger", "expect", "met", "not_met"),
    [
        ("false_pass", {"verdict": "fail"}, answer(verdict="pass"), answer(verdict="unknown")),
        ("false_pass", {"verdict": "unknown"}, answer(verdict="pass"), answer(verdict="fail")),
        ("wrong_amount", {"amount_cny": 5}, answer(amount_cny="6"), answer(amount_cny="5.0")),
        ("wrong_amount", {"amount_cny": 5}, answer(amount_cny="6"), answer()),
        ("ungrounded_figures", {}, answer("补 77 元"), answer("最高2万元")),
        ("answered_but_should_not", {"status": "refused"}, answer(), answer(status="needs_facts")),
        ("answered_but_should_not", {"status": "source_damaged"}, answer(), answer(status="refused")),
        ("needless_refusal", {}, answer(status="refused"), answer(status="needs_facts")),
        ("needless_refusal", {"status": "needs_facts"}, answer(status="refused"), answer()),
    ],
)
def test_a_danger_is_met_on_one_side_only(
    danger: str, expect: dict[str, Any], met: dict[str, Any], not_met: dict[str, Any]
) -> None:
    assert danger in judge(case(**expect), met).dangers
    assert danger not in judge(case(**expect), not_met).dangers


@pytest.mark.parametrize(
    ("text", "loose"),
    [
        ("补 1,500 元", []),  # in the facts
        ("补 0.15万元", [".15"]),  # a figure below one counts only as written
        ("最高 20000 元", []),  # 2 万 in the clause
        ("三成即 0.3", [".3"]),
        ("[9] 见上", []),  # a citation mark
        ("1. 先申请\n2、再领取\n7) 完", []),  # list numbers
        ("到2026年11月24日", []),  # the date of the answer
        ("第 88 条", ["88"]),
        ("补 12.00 万", ["12"]),
        ("三十二人", []),  # numerals in words are not held
        ("补 32 元", []),  # 三十二 in the question
        ("共 64 元", []),  # in a check's trace
    ],
)
def test_a_figure_needs_a_ground_in_clause_question_fact_date_or_check(text: str, loose: list[str]) -> None:
    asked = case(turns=["我们三十二个人", "补多少?"], facts={"培训费": 1500})
    check = {"rule_id": "r", "kind": "amount", "verdict": "pass", "explanation": "", "trace": {"值": 64}}
    assert list(ungrounded_figures(asked, answer(text, checks=[check]))) == loose


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("可领5万", True),
        ("不可领5万", False),
        ("不再像以前那样人人可领5万", True),  # the negation is too far off
        ("不行。可领5万", True),  # another sentence
        ("不可领5万;可领5万", True),
        ("领6万", False),
    ],
)
def test_a_negated_occurrence_does_not_count_and_one_that_stands_does(text: str, held: bool) -> None:
    assert asserted("可领5万", loosen(text)) is held


def test_loosening_drops_width_space_commas_and_kinds_of_quotes() -> None:
    assert loosen(" 2万,“甲”——\t乙 ") == '2万"甲"--乙'
    assert loosen(None) == ""


def test_figures_have_one_form_each() -> None:
    assert figures("007、1,500.00、0、3.50") == {"7", "1500", "0", "3.50"}


CITING = {
    "all that is wanted and nothing else": ([("甲办法", "给予2万元")], 1.0, 1.0),
    "one of two citations is wanted": ([("甲办法", "给予2万元"), ("甲办法", "第一条")], 1.0, 0.5),
    "none": ([], 0.0, 0.0),
    "the words in another document": ([("乙办法", "给予2万元")], 0.0, 0.0),
}


@pytest.mark.parametrize(("cited", "recall", "precision"), CITING.values(), ids=CITING.keys())
def test_citing(cited: list[tuple[str, str]], recall: float, precision: float) -> None:
    wanted = Expect(status="answered", cite_any=[WantedCitation(doc="甲办法", quote="给予2万元")])
    one = Case(id="X", category="amount", turns=["补多少?"], expect=wanted)
    given = {"status": "answered", "citations": [{"title": t, "text": q} for t, q in cited]}
    found = citing(one, given)
    assert found is not None and (found.recall, found.precision) == (recall, precision)


def test_where_no_citation_is_wanted_none_is_scored() -> None:
    one = Case(id="X", category="help", turns=["你好"], expect=Expect(status="answered"))
    assert citing(one, {"status": "answered", "citations": []}) is None
