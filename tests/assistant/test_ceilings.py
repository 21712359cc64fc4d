"""A sum wished for is held against the most there is; up to it the answer is yes."""

from datetime import date
from decimal import Decimal

import pytest

from ceyin.assistant.contract import Answer, AskRequest
from ceyin.ui.app import App

DAY = date(2025, 3, 10)


def answered(program: App, text: str) -> Answer:
    return program.assistant.answer(AskRequest(question=text), today=DAY)


ABOVE = {
    "alone": "我大学毕业自己开店,创业担保贷款能贷50万吗?",
    "with a partner": "两个大学毕业生合伙,创业担保贷款能不能贷80万?",
    "a company": "毕业生办的小微企业想贷700万可以吗?",
    "in English": "I graduated last year and run a small company in Fuzhou, Jiangxi. Could we borrow 7 million yuan?",
}


@pytest.mark.parametrize("text", ABOVE.values(), ids=ABOVE.keys())
def test_more_than_the_most_is_refused_and_no_sum_is_promised(program: App, text: str) -> None:
    answer = answered(program, text)
    assert answer.verdict == "fail" and answer.amount_cny is None
    assert answer.checks[0].reason == "above_ceiling"


def test_up_to_the_most_it_is_a_yes(program: App) -> None:
    answer = answered(program, "毕业生办的小微企业想贷600万可以吗?")
    assert answer.verdict == "pass" and answer.amount_cny == Decimal(6_000_000)


PAID = {
    "我公司国家级优势企业的奖领了2万,又评上市级示范企业,抚州还给1万不?": "fail",
    "省级示范企业的奖领了2万,我们又评上市级优势企业,抚州还能领5000吗?": "unknown",
    "省级优势企业的奖去年领过1万,我们今年评上国家示范企业,抚州还能拿多少?": "pass",
}


@pytest.mark.parametrize(("text", "verdict"), PAID.items())
def test_the_highest_of_several_awards_is_not_paid_twice(program: App, text: str, verdict: str) -> None:
    assert answered(program, text).verdict == verdict


def test_of_partners_who_differ_no_ceiling_is_told_as_theirs(program: App) -> None:
    answer = answered(program, "三个退伍兵合伙,一个大专两个高中没职称没证,创业担保贷款最多贷多少?")
    assert answer.status == "needs_facts" and answer.amount_cny is None


def test_a_student_who_names_the_loan_is_no_graduate(program: App) -> None:
    answer = answered(program, "我是在校大三学生,想申请大学生创业担保贷款30万,能批吗?")
    assert answer.verdict != "pass"
