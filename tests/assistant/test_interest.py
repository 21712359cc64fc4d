"""Whether interest is asked for and whether a clause tells it: the most of a loan is neither."""

import pytest

from ceyin.assistant.interest import asks_interest, tells_interest

ASKED = {
    "贷款年利率几个点": True,
    "创业贷款利息多少": True,
    "财政替我贴几成": True,
    "贴息比例怎么定": True,
    "利率几厘": True,
    "What is the interest rate?": True,
    "融资一年要涨几个点": False,
    "优惠利率贷款能申请吗": False,
    "贷款最多贷几年": False,
}
TOLD = {
    "可申请20万元的创业担保贷款,再提高不超过10%": False,
    "落实创业担保贷款及贴息政策": False,
    "按贷款利息的50%给予贴息": True,
    "贷款利率不高于3%": True,
}


@pytest.mark.parametrize(("question", "asked"), ASKED.items())
def test_interest_is_asked_for(question: str, asked: bool) -> None:
    assert asks_interest(question) is asked


@pytest.mark.parametrize(("clause", "told"), TOLD.items())
def test_a_clause_tells_interest(clause: str, told: bool) -> None:
    assert tells_interest(clause) is told
