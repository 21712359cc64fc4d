"""What a text only names is not answered from it: papers still to be made, counts never told, awards of another place."""

import pytest

from tests.assistant.conftest import Ask

POLICY = """示例市雨棚产业行动方案
示例市人民政府
2026年3月1日
一、重点任务
(一)市雨棚局牵头制定雨棚搭建工作指引,修订《示例市雨棚专项资金管理办法》(示财雨〔2022〕7号),推广好的经验。
(二)围绕全市“3+5+N”雨棚产业,开展选型定级,形成一批雨棚样板。
(三)按照“一站两廊”的思路布局,在河东建立雨棚服务站(即“一站”),在河西改建南廊、北廊(即“两廊”)。
(四)对雨棚企业的厂房改造,按投入的20%给予补助,每家最高不超过8万元。
二、保障措施
(一)加强雨棚行业自律,支持企业开展雨棚质量认证。
"""


@pytest.mark.parametrize(
    ("question", "paper"),
    [
        ("示例市那个雨棚搭建工作指引,里面教人分几步搭?", "工作指引"),
        ("示财雨〔2022〕7号给雨棚补多少钱?", "示财雨〔2022〕7号"),
        ("示例市雨棚专项资金办法里,买一个雨棚补多少?", "《示例市雨棚专项资金"),
        ("示例市雨棚专项资金管理办法里规定买一个雨棚补多少钱?", "《示例市雨棚专项资金管理办法》"),
    ],
)
def test_the_content_of_a_paper_only_named_is_refused_with_the_clause_that_names_it(
    ask_town: Ask, question: str, paper: str
) -> None:
    answer = ask_town(question)
    assert (answer.status, answer.refusal_reason) == ("refused", "not_in_corpus")
    assert paper in answer.blocks[0].text
    assert len(answer.citations) == 1


def test_who_makes_such_a_paper_is_answered(ask_town: Ask) -> None:
    answer = ask_town("示例市雨棚搭建工作指引由谁牵头制定?")
    assert answer.status == "answered" and "市雨棚局" in answer.answer


def test_a_count_that_is_only_used_is_not_told(ask_town: Ask) -> None:
    answer = ask_town("示例市的“3+5+N”雨棚产业,3是哪3个?")
    assert (answer.status, answer.refusal_reason) == ("refused", "not_in_corpus")


def test_a_name_of_several_pieces_is_told_piece_by_piece(ask_town: Ask) -> None:
    answer = ask_town("示例市的“一站两廊”指啥?")
    assert answer.status == "answered" and "河东" in answer.answer


def test_whether_money_is_given_is_not_answered_by_a_clause_that_gives_none(ask_town: Ask) -> None:
    assert ask_town("我厂在示例市做雨棚质量认证花了2万,市里给报吗?").status == "refused"
    assert "8万元" in ask_town("我厂在示例市给雨棚厂房改造花了20万,市里有补助吗?").answer
