"""A sum wished for is held against the most there is; who asks how much is told it."""

from datetime import date
from decimal import Decimal

import pytest

from ceyin.assistant.contract import Answer, AskRequest
from ceyin.assistant.understand import understand
from ceyin.assistant.wishing import wished
from ceyin.ui.app import App

DAY = date(2025, 3, 10)

WISHES = [
    ("两个毕业生合伙能不能贷80万?", 800_000),
    ("想贷一百二十万,行不行", 1_200_000),
    ("800万的贷款能批吗", 8_000_000),
    ("贷款能贷3年吗", None),
    ("最多能贷多少?想贷50万", None),
    ("听说能补5万,对吧", None),
    ("招了十几个人,想贷六百五十万行吗", 6_500_000),
    ("可以贷35万不?", 350_000),
    ("备案了3件产品,能补5000吗", 5000),
    ("能报20万的律师费吗", None),
    ("我们贷了50万,示范企业有奖励吗", None),
]


@pytest.mark.parametrize(("text", "sum_"), WISHES)
def test_only_who_asks_whether_a_sum_can_be_had_wishes_for_it(text: str, sum_: int | None) -> None:
    question = understand([text], DAY, [])
    wish = wished(question.said, question)
    assert (None if wish is None else wish.sum) == (None if sum_ is None else Decimal(sum_))


def test_a_loan_is_not_held_against_what_is_paid_on_it() -> None:
    question = understand(["质押贷款300万能申请贴息吗"], DAY, [])
    wish = wished(question.said, question)
    assert wish is None or wish.loan


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
    assert answer.checks[0].reason == "above_most"


def test_up_to_the_most_it_is_a_yes(program: App) -> None:
    answer = answered(program, "毕业生办的小微企业想贷600万可以吗?")
    assert answer.verdict == "pass" and answer.amount_cny == Decimal(6_000_000)
