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
