"""Two things of one policy: what sets them apart, what two sums differ by, a question that goes on in one clause."""

import pytest

from tests.assistant.conftest import Ask
from tests.assistant.test_flow import assert_cited


def test_the_rule_that_speaks_of_each_alone_sets_two_things_apart(ask: Ask) -> None:
    answer = ask("示范区和试验区有什么区别?")
    assert_cited(answer)
    assert answer.blocks[0].text == "文件把示范区和试验区分开写的是下面的规定[1]。"
    (quote,) = [b.text for b in answer.blocks if b.kind == "quote"]
    assert "示范区可申报示范区" in quote and "可申报试验区" in quote


def test_one_thing_is_not_set_apart(ask: Ask) -> None:
    assert "分开写的" not in ask("示范区的建设期是几年?").answer


SUMS = {
    "what they differ by": (
        "国家级示范企业和省级优势企业,抚州各奖多少,差多少?",
        "国家知识产权示范企业3万元[1];江西省知识产权优势企业1万元[1];差2万元。",
    ),
    "that they are the same": (
        "国家级优势企业和省级示范企业,抚州各奖多少,一样吗?",
        "一样:国家知识产权优势企业2万元[1];江西省知识产权示范企业2万元[1]。",
    ),
}


@pytest.mark.parametrize(("question", "first"), SUMS.values(), ids=SUMS.keys())
def test_two_sums_of_one_clause_are_compared_first(ask: Ask, question: str, first: str) -> None:
    answer = ask(question)
    assert answer.blocks[0].text == first
    assert [p.amount_cny is not None for p in answer.parts] == [True, True]
    assert answer.amount_cny is None


def test_a_question_that_goes_on_is_answered_from_the_same_clause(ask: Ask) -> None:
    answer = ask("工坊租用闲置厂房补贴几成?最长几年呢?")
    assert_cited(answer)
    assert len(answer.citations) == 1 and "40%" in answer.answer and "三年" in answer.answer
    assert [p.status for p in answer.parts] == ["answered", "answered"]
