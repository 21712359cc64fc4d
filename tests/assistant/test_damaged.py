"""A text with holes: the answer points to the hole that matters, and no hole is a guess for something else."""

import pytest

from tests.assistant.conftest import Ask

POLICY = """示例市灯塔专利贴息与奖励办法
示例市市场监督管理局
2025年3月1日
第一条 为鼓励灯塔产业创新,制定本办法。
第二条 示例市对下列事项给予资助:
(一)对购买灯塔险的企业,按保费的40%给予补助,每家企业最高不超过2万元。
(二)对评上示例市灯塔企业的,一次性奖励3万元。
奖励9万元;获得示例市灯塔设计银奖的,一次性奖励4万元。
贷款,并按期还款付息的,予以灯塔贷款贴息补助,贴息金额为已付万元。
(五)对开办灯塔学校的单位,一次性奖励6万元。
(七)资助灯塔培育项目,每项不超过8万元。
(八)建立以照明和导航为导向
第三条 灯塔服务站面向全市开放,站内设咨询、受理、培训、展示四个区域,由各县区按照实际情况布置,做到人员、场地、设备三落实。服务站应当公开服务清单、办理流程和收费标准,并在显著位置张贴。服务站上门办理灯塔登记的,不得另外向灯塔工人收取路费。服务站每季度汇总各类意见建议,交市市场监督管理局研究处理,处理情况向社会公布。
第四条 本办法由示例市市场监督管理局负责解释。
"""


def test_a_torn_clause_is_itself_the_broken_place(ask_town: Ask) -> None:
    answer = ask_town("示例市灯塔贷款按期还款付息,贴息补助最多多少万元?")
    assert answer.status == "source_incomplete"
    first = answer.blocks[0].text
    assert "金额缺失" in first and "缺(六)" not in first
    assert "贴息金额为已付万元" in answer.answer


def test_a_hole_is_no_guess_for_what_the_text_never_speaks_of(ask_town: Ask) -> None:
    answer = ask_town("示例市专精特新企业奖励多少万?")
    assert (answer.status, answer.refusal_reason) == ("refused", "not_in_corpus")
    assert "专精特新" in answer.answer


@pytest.mark.parametrize("question", ["示例市驾校开业补贴多少?", "示例市开宠物医院有没有奖励?"])
def test_a_hole_is_no_guess_for_a_subject_of_another_kind(ask_town: Ask, question: str) -> None:
    assert ask_town(question).status == "refused"


def test_a_sum_whose_award_is_lost_may_be_that_of_its_neighbour(ask_town: Ask) -> None:
    answer = ask_town("示例市灯塔设计金奖奖多少?")
    assert answer.status == "source_incomplete" and answer.amount_cny is None
    assert "9万" not in answer.blocks[0].text
    assert ask_town("示例市灯塔设计银奖奖多少?").status == "answered"


def test_a_day_that_is_not_written_is_said_to_and_the_day_of_issue_given(ask_town: Ask) -> None:
    answer = ask_town("示例市灯塔专利贴息与奖励办法从哪天起施行?")
    assert answer.status == "answered" and "没有写从哪天起施行" in answer.answer
    assert "2025年3月1日" in answer.answer and answer.citations


def test_an_item_that_is_there_is_answered_beside_the_hole(ask_town: Ask) -> None:
    answer = ask_town("评上示例市灯塔企业奖多少?")
    assert answer.status == "answered" and "3万元" in answer.answer


def test_a_sentence_that_breaks_off_at_the_words_asked_for_is_said_to(ask_town: Ask) -> None:
    answer = ask_town("示例市灯塔办法说“以照明和导航为导向”,后面接的是要建立啥?")
    assert answer.status == "source_incomplete" and "导航为导向" in answer.answer


def test_another_place_in_no_list_gets_its_own_policy(ask_town: Ask) -> None:
    cited = {c.title for c in ask_town("示例市贷款贴息最多贴多少万元?").citations}
    assert cited <= {"示例市灯塔专利贴息与奖励办法"}


def test_a_namesake_of_another_city_is_not_answered_from_ours(ask_town: Ask) -> None:
    answer = ask_town("南昌市灯塔专利贴息与奖励办法怎么申请?")
    assert (answer.status, answer.refusal_reason) == ("refused", "other_region")
    assert "南昌" in answer.answer


def test_a_long_quotation_is_led_by_the_sentence_that_answers(ask_town: Ask) -> None:
    answer = ask_town("示例市灯塔服务站上门办登记,非要向工人收路费,合规吗?")
    assert [b.kind for b in answer.blocks][:2] == ["conclusion", "quote"]
    assert answer.blocks[0].text == "服务站上门办理灯塔登记的,不得另外向灯塔工人收取路费[1]。"


@pytest.mark.parametrize(
    "question",
    ["灯塔专利贴息与奖励办法第二条第六项写了什么?", "示例市灯塔专利贴息与奖励办法第二条(六)是什么?"],
)
def test_an_item_asked_for_by_a_number_that_is_lost_is_the_gap(ask_town: Ask, question: str) -> None:
    answer = ask_town(question)
    assert (answer.status, answer.refusal_reason) == ("source_incomplete", "source_incomplete")
    assert "缺(六)" in answer.answer and "断口之前" in answer.answer


def test_an_article_that_is_there_is_no_gap(ask_town: Ask) -> None:
    assert "缺" not in ask_town("灯塔专利贴息与奖励办法第四条写了什么?").blocks[0].text
