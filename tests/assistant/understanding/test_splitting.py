"""Several questions in one message, and what belongs together."""

from __future__ import annotations

import pytest

from ceyin.assistant.understanding.reading import read
from ceyin.assistant.understanding.splitting import context_of, parts_of, told_before

SPLIT: dict[str, tuple[str, ...]] = {
    "认证补多少,还有专利保险补不补?": ("认证补多少", "专利保险补不补?"),
    "认证补多少,另外专利执行险补多少?": ("认证补多少", "专利执行险补多少?"),
    "认证补多少,顺便问一下地理标志补多少?": ("认证补多少", "地理标志补多少?"),
    "认证补贴有多少,顺便问下质押贴息有没有?": ("认证补贴有多少", "质押贴息有没有?"),
    "专利保险补多少以及质押贷款有没有贴息?": ("专利保险补多少", "质押贷款有没有贴息?"),
    "认证能补多少,再问一下歇业怎么备案?": ("认证能补多少", "歇业怎么备案?"),
    "示范区称号管几年,同时想问驰名商标奖多少?": ("示范区称号管几年", "驰名商标奖多少?"),
    "认证补多少?专利保险补多少?": ("认证补多少?", "专利保险补多少?"),
    "认证补多少,专利奖补多少?": ("认证补多少", "专利奖补多少?"),
    "示范区谁来批,歇业最长几年?": ("示范区谁来批", "歇业最长几年?"),
    "1.认证补多少 2.示范区称号管几年 3.材料有哪些": ("认证补多少", "示范区称号管几年", "材料有哪些"),
    "1、认证补多少;2、保险补多少": ("认证补多少", "保险补多少"),
    "(1)认证补多少;(2)专利奖奖多少": ("认证补多少", "专利奖奖多少"),
    "一、谁能申报?二、什么时候截止?": ("谁能申报?", "什么时候截止?"),
    "第一,认证补多少;第二,保险补多少": ("认证补多少", "保险补多少"),
    "染坊方案里:一是晾场能不能夜里开,二是铺面漏水归谁修?": ("晾场能不能夜里开", "铺面漏水归谁修?"),
    "染坊方案里,铺面上讲了啥,夜市上又讲了啥?": ("染坊方案里,铺面上讲了啥", "夜市上又讲了啥?"),
    "示例方案到2025年要几件,到2035年又是怎么说的?": (
        "示例方案到2025年要几件",
        "到2035年又是怎么说的?",
    ),
    "我想问两个问题:1、示范区称号管几年?2、验收没过还能用吗?": ("示范区称号管几年?", "验收没过还能用吗?"),
    "申报示范区要什么材料,什么时候截止?": ("申报示范区要什么材料", "示范区什么时候截止?"),
    "首批示范区什么时候截止?交什么材料?": ("首批示范区什么时候截止?", "首批示范区交什么材料?"),
    "我们第一次认证,花了2万,能补多少,另外专利执行险交了8000能补多少?": (
        "我们第一次认证,花了2万,能补多少",
        "专利执行险交了8000能补多少?",
    ),
}
TOGETHER = [
    "我们是高校,没有专利。第一次认证能补多少?",
    "那个申报用的方案要写几块?每块大概写啥?",
    "我有3件专利,还有2件商标,能补吗?",
    "还有多少件没完成?",
    "顺便问一下,地理标志用标企业补多少?",
    "另外,认证补多少?",
    "听说能补2万,还有这事吗?",
    "2023年11月30日批的,建设方案最晚哪天印发,晚了会怎样?",
    "评职称这类事,还能拿专利数量当主要条件吗?把两份文件的说法都给我。",
    "行动方案到底是2021到2035还是2023到2035?我看两个文件写得不一样。",
    "28号文第1条和第2条说了啥?",
    "9.1号前交行不行?",
    "2024年3.5万认证费能补多少?",
    "国家优势、省示范、市示范三块牌子都拿齐了,2万加2万再加1万,申请5万行吧?",
    "我们企业第一次过的贯标,费用1.9万,帮我算算能补多少?",
    "个体户要注销转公司,从没领过发票,也不欠税,符合简易注销,还要先去税务开清税证明不?",
    "认证补多少",
    "你好",
    "企业和高校的认证补贴一样吗?",
    "第一次认证和第二次认证都补吗?",
    "谢谢,还有一个公司没有专利",
]


@pytest.mark.parametrize(("message", "parts"), SPLIT.items(), ids=SPLIT)
def test_questions_joined_by_words_commas_or_numbers_are_told_apart(
    message: str, parts: tuple[str, ...]
) -> None:
    assert parts_of(read(message)) == parts


@pytest.mark.parametrize("message", TOGETHER)
def test_what_belongs_to_one_question_stays_with_it(message: str) -> None:
    assert parts_of(read(message)) == (read(message),)


LEANING = {
    "points back": ("认证补贴要交哪些材料?其中哪份要盖章?", "认证补贴要交哪些材料?其中哪份要盖章?"),
    "asks the same again": (
        "染坊方案里,铺面上讲了啥,夜市上又讲了啥?",
        "染坊方案里,铺面上讲了啥,夜市上又讲了啥?",
    ),
    "a lead before all of them": (
        "染坊方案里:一是晾场能不能夜里开,二是铺面漏水归谁修?",
        "染坊方案里:一是 铺面漏水归谁修?",
    ),
    "has all it needs": ("认证补多少?专利保险补多少?", "专利保险补多少?"),
}


@pytest.mark.parametrize(("message", "context"), LEANING.values(), ids=LEANING.keys())
def test_the_second_question_is_read_with_what_it_leans_on(message: str, context: str) -> None:
    parts = parts_of(read(message))
    assert context_of(read(message), parts, 1) == context


def test_another_year_leaves_out_the_one_before() -> None:
    message = "示例方案到2025年要几件,到2035年又是怎么说的?"
    assert "2025" not in told_before(message, parts_of(message), 1)


@pytest.mark.parametrize(
    ("other", "whole"),
    [("要是用个人名义借呢?", "以个人名义"), ("换成公司贷呢?", "以公司名义")],
)
def test_another_applicant_takes_the_place_of_the_first(other: str, whole: str) -> None:
    first, second = parts_of(read(f"织工贷款一轮顶多几年?{other}"))
    assert first in second and second.startswith(whole)


def test_a_question_of_two_who_are_told_of_is_asked_of_each() -> None:
    assert parts_of("小贩虚报摊位骗走补贴,市场管理员又收好处放行,两边各担什么责任?") == (
        "小贩虚报摊位骗走补贴,担什么责任?",
        "市场管理员又收好处放行,担什么责任?",
    )


def test_two_things_told_of_are_asked_of_each() -> None:
    assert parts_of(read("一头是修补屋顶,一头是挖深水井,这两头各补几成?")) == (
        "修补屋顶,这两头各补几成?",
        "挖深水井,这两头各补几成?",
    )


def test_how_long_is_asked_of_the_subject_before() -> None:
    first, second = parts_of("想上高价值专利培育项目,能给多少经费?前后做几年?")
    assert first.endswith("经费?") and "培育" in second and second.endswith("几年?")
