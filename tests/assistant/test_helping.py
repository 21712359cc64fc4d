"""Which places and texts are held, asked in many ways; and questions that only sound like it."""

import pytest

from tests.assistant.conftest import Ask


@pytest.mark.parametrize(
    "question",
    [
        "你这肚子里都装着哪些地方的文件?",
        "除了全国的,你还收了哪几个省的文件",
        "这个助手覆盖几个城市?",
        "哪些地方的政策可以问你",
        "除了示例市,你还懂别处的不",
        "请问系统里收录了哪几个市的",
        "你手头有没有四川的",
        "Which documents do you have?",
    ],
)
def test_what_is_held_is_told(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert (answer.kind, answer.status) == ("help", "answered")
    assert "示例市" in answer.answer or "四川" in question


def test_all_places_are_told_where_some_are_named_too(ask: Ask) -> None:
    answer = ask("你装了哪些地方的文件?有没有四川的?").answer
    assert "四川省" in answer and "示例市" in answer


@pytest.mark.parametrize(
    "question",
    [
        "知识产权保护中心覆盖哪些城市",
        "公共服务普惠工程覆盖哪些地区",
        "你们江宁有哪些政策支持服务机构",
        "头一批示范区有哪些城市,给个名单",
    ],
)
def test_what_a_policy_covers_is_no_question_after_the_library(ask: Ask, question: str) -> None:
    assert ask(question).kind == "policy"
