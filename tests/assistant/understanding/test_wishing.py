"""A sum that is wanted and asked about is a wish; one paid, had, heard of or asked for nothing is none."""

from decimal import Decimal

import pytest

from ceyin.assistant.understanding.reading import read
from ceyin.assistant.understanding.wishing import wished

WISHES = [
    ("想安排70万搞宣传,行不行", 700_000),
    ("工作经费列80万行吗", 800_000),
    ("打算拿40万做培训,超没超", 400_000),
    ("想贷三十万,能批吗", 300_000),
    ("最多能列多少,80万可以吗", 800_000),
    ("Could we get a loan of RMB 8 million?", 8_000_000),
    ("已经花了30万工作经费,还想再列20万,可以吗", 500_000),
    ("两个毕业生合伙能不能贷80万?", 800_000),
    ("想贷一百二十万,行不行", 1_200_000),
    ("800万的贷款能批吗", 8_000_000),
    ("贷款能贷3年吗", None),
    ("最多能贷多少?想贷50万", None),
    ("听说能补5万,对吧", None),
    ("招了十几个人,想贷六百五十万行吗", 6_500_000),
    ("可以贷35万不?", 350_000),
    ("能报20万的律师费吗", None),
    ("我们贷了50万,示范企业有奖励吗", None),
    ("想贷30万还是50万,能批吗", None),
    ("花了2万认证费,能补吗", None),
    ("交了3万保费,可以吗", None),
    ("想安排70万搞宣传", None),
    ("专项资金420万,最多能列多少", None),
    ("想要3件专利,行不行", None),
]


@pytest.mark.parametrize(("text", "amount"), WISHES)
def test_only_what_is_wanted_and_asked_about_is_a_wish(text: str, amount: int | None) -> None:
    assert wished(read(text), ()) == (None if amount is None else Decimal(amount))


def test_a_figure_of_the_case_is_no_wish() -> None:
    assert wished("专项资金安排420万,行不行", {Decimal(4_200_000)}) is None


LOANS = [
    ("想申25万创业担保贷款,批得下不?", 250_000),
    ("整个70万的贷款能成不", 700_000),
    ("45万给放不?", 450_000),
    ("25万的贷款有戏没?", 250_000),
    ("创业贷款放35万给我行不行?", 350_000),
    ("花了40万装修,贷款能批吗", None),
    ("一年营业额80万,贷款能贷吗", None),
    ("贷款最高600万,能批吗", None),
]


@pytest.mark.parametrize(("text", "amount"), LOANS)
def test_of_a_loan_the_one_sum_that_is_nothing_else_is_wanted(text: str, amount: int | None) -> None:
    assert wished(read(text), (), loan=True) == (None if amount is None else Decimal(amount))
