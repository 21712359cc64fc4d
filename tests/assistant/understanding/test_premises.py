"""What a question takes for granted, with its figure; and what is no such thing."""

from __future__ import annotations

import pytest

from ceyin.assistant.understanding.premises import premises_of
from ceyin.assistant.understanding.reading import read

TAKEN: dict[str, tuple[str, str, str]] = {
    "听说示范区称号管五年,是吗?": ("term", "5", "年"),
    "听说贷款最多三年": ("term", "3", "年"),
    "不是说三个月内印发吗": ("term", "3", "个月"),
    "听说半年就能批下来": ("term", "0.5", "年"),
    "据说15天就能办完": ("term", "15", "天"),
    "不是说要15%吗": ("rate", "15", "%"),
    "省里定的2025年要到15%,照抄可以吧?": ("rate", "15", "%"),
    "政策里写的保费报八成对吧": ("rate", "80", "%"),
    "我记得专利执行险补一半": ("rate", "50", "%"),
    "代理说研发投入要占5%以上才行,是吗": ("rate", "5", "%"),
    "上面说资助比例改为100%": ("rate", "100", "%"),
    "网上说截止到9月底,真的假的?": ("date", "9月底", ""),
    "据说第一批10月15号截止": ("date", "10月15号", ""),
    "通知说2023年9月30日前报送,对不对?": ("date", "2023年9月30日", ""),
    "我看到文件写的是每年1月底前交总结": ("date", "1月底", ""),
    "聽說認證最高補5萬": ("money", "50000", "元"),
    "听说驰名商标奖30万,到底给多少?": ("money", "300000", "元"),
    "群里说合作社也能拿2w": ("money", "20000", "元"),
    "一次性奖励5万,没错吧?": ("money", "50000", "元"),
    "示例方案定的成交额冲到1万亿,汇报里这么写没错吧?": ("money", "1000000000000", "元"),
    "办法规定有效发明要6件,我们有4件": ("count", "6", "件"),
    "意见说要建50个强市,这50个分布在哪些区域?": ("count", "50", "个"),
    "听说要两千平米才算,真的吗": ("count", "2000", "平米"),
    "有人说个转企要先办清税证明,是不是?": ("claim", "", ""),
    "朋友说试验区也能用示范区的牌子": ("claim", "", ""),
    "不是已经过期了吗?": ("claim", "", ""),
    "都说高校没专利也能补": ("claim", "", ""),
    "I heard the title is valid for 5 years, is it true?": ("term", "5", "年"),
}
NONE_TAKEN = [
    "那份意见定了两个年份的目标,早的那年要建成几座?",
    "方案定在12月28号发,来得及吗?",
    "认证补多少?",
    "我们有3件专利,能补吗?",
    "认证费交了1.8万能补多少",
    "示范区称号能用几年?",
    "听说有补贴,能补多少?",
    "2022年5月评上的,今年还算数吗?",
    "这个文件有几条?",
    "这三块牌子能一起拿钱吗?",
]


@pytest.mark.parametrize(("message", "premise"), TAKEN.items(), ids=TAKEN)
def test_a_claim_that_is_not_of_ones_own_case_is_a_premise(
    message: str, premise: tuple[str, str, str]
) -> None:
    assert premise in [(p.kind, p.value, p.unit) for p in premises_of(read(message))]


@pytest.mark.parametrize("message", NONE_TAKEN)
def test_a_plain_question_with_facts_of_ones_own_takes_no_figure_for_granted(message: str) -> None:
    assert not [p for p in premises_of(read(message)) if p.value]


def test_own_figures_beside_a_premise_are_none() -> None:
    (premise,) = premises_of(read("听说认证最高补5万,我们花了3万能补多少?"))
    assert (premise.text, premise.value) == ("听说认证最高补5万", "50000")
