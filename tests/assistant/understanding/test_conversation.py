"""What a message means after the earlier ones: what it leans on, what it replaces, where it starts anew."""

from __future__ import annotations

from datetime import date

import pytest

from ceyin.assistant.understand import Question, understand
from ceyin.assistant.understanding.intents import Intent
from ceyin.ui.app import App

NOW = date(2026, 11, 25)


def ask(*turns: str) -> Question:
    return understand(turns, NOW, [])


#: The turns, what the topic must have of them and what it must not have.
TOPICS: dict[str, tuple[list[str], list[str], list[str]]] = {
    "a pronoun leans on what it stands for": (["示范区称号有什么用?", "它管几年?"], ["示范区", "几年"], []),
    "那…呢 asks the same of another": (["企业首次认证补多少?", "那合作社呢?"], ["首次认证", "合作社"], []),
    "the one before it is over": (
        ["企业首次认证补多少?", "那高校呢?", "那合作社呢?"],
        ["首次认证", "合作社"],
        ["高校"],
    ),
    "the last one holds for what follows": (
        ["企业首次认证补多少?", "那高校呢?", "那合作社呢?", "要交什么材料?"],
        ["首次认证", "合作社", "材料"],
        ["高校"],
    ),
    "another year replaces the year": (
        ["2023年的总结什么时候交?", "那2024年的呢?"],
        ["总结", "2024年"],
        ["2023"],
    ),
    "another place replaces the place": (["江西强省的目标是什么?", "那四川呢?"], ["目标", "四川"], ["江西"]),
    "the second of two questions": (
        ["认证补多少?专利保险补多少?", "第二个怎么报?"],
        ["专利保险", "怎么报"],
        ["认证"],
    ),
    "the first of two questions": (["认证补多少?专利保险补多少?", "前者怎么报?"], ["认证"], ["保险"]),
    "the latter": (["认证补多少?专利保险补多少?", "后者呢?"], ["专利保险"], ["认证"]),
    "back to what was told before another question": (
        ["我们公司买了专利执行险,保费1.2万。", "歇业最长多久?", "再说回保险,能补多少?"],
        ["执行险", "1.2万", "能补多少"],
        ["歇业"],
    ),
    "back to the question before": (
        ["专利保险补几成?", "歇业最长几年?", "回到刚才那个问题,最多补多少?"],
        ["专利保险", "最多"],
        ["歇业"],
    ),
    "the first question of all": (
        ["歇业最长几年?", "专利保险补几成?", "刚才第一个问题,要什么条件?"],
        ["歇业"],
        ["保险"],
    ),
    "going back home is no going back to a subject": (
        ["认证补多少?", "要什么条件?", "回到老家办也行吗?"],
        ["认证", "条件", "老家"],
        [],
    ),
    "the third of numbered questions": (
        ["1.认证补多少 2.专利奖奖多少 3.歇业最长几年", "第三个怎么办?"],
        ["歇业"],
        ["专利奖", "认证"],
    ),
    "a told fact goes with the question before": (
        ["首次认证能补多少?", "有3件实用新型,花了1.8万"],
        ["首次认证", "1.8万"],
        [],
    ),
    "told facts go with the question after": (
        ["我们今年第一次做贯标,认证费2.2万。", "有3件实用新型,没有发明。", "那最后能补多少?"],
        ["贯标", "2.2万", "实用新型"],
        [],
    ),
    "a new subject starts a new topic": (["认证补多少?", "地理标志用标补多少?"], ["地理标志"], ["认证"]),
    "a short one too": (["专利保险补多少?", "认证补多少?"], ["认证"], ["保险"]),
    "and one that begins with 那": (
        ["认证补多少?", "那地理标志用标企业能拿多少钱?"],
        ["地理标志"],
        ["认证"],
    ),
    "a follow-up after the new subject leans on that": (
        ["认证补多少?", "地理标志用标补多少?", "什么时候截止?"],
        ["地理标志", "截止"],
        ["认证"],
    ),
    "six turns on, the subject is still there": (
        ["示范区称号怎么来的?", "它管几年?", "期满了怎么办?", "谁来验收?", "没过呢?", "还能用吗?"],
        ["示范区", "还能用吗"],
        [],
    ),
    "thanks in between change nothing": (["认证补多少?", "谢谢", "要什么材料?"], ["认证", "材料"], []),
    "inside it": (["示例专项资金办法还有效吗?", "里面贯标补多少?"], ["专项资金办法", "贯标"], []),
    "the ground of an answer": (["认证补多少?", "依据是哪一条?"], ["认证", "依据"], []),
    "a bare why": (["示范区申报截止了吗?", "为什么?"], ["示范区"], []),
    "a correction of the question": (["个转企免登记费吗?", "不对,我想问的是契税"], ["契税"], []),
    "the first message leans on nothing": (["那合作社呢?"], ["合作社"], []),
}


@pytest.mark.parametrize(("turns", "has", "lacks"), TOPICS.values(), ids=TOPICS)
def test_the_topic_has_what_the_message_leans_on_and_nothing_else(
    turns: list[str], has: list[str], lacks: list[str]
) -> None:
    topic = ask(*turns).topic
    assert [w for w in has if w not in topic] == []
    assert [w for w in lacks if w in topic] == []


def test_what_is_asked_of_another_is_asked_in_the_same_way() -> None:
    question = ask("企业首次认证补多少?", "那合作社呢?")
    assert question.wants(Intent.AMOUNT) and question.figure is not None


def test_where_the_applicant_is_holds_for_later_questions() -> None:
    assert [p.name for p in ask("我们公司在赣州。", "谢谢", "认证补贴有多少?").places] == ["赣州"]


def test_a_place_named_later_counts_before_the_one_told() -> None:
    assert [p.name for p in ask("我们公司在赣州。", "四川给服务机构补多少?").places] == ["四川"]


def test_another_client_is_not_where_the_first_one_was() -> None:
    assert ask("我们公司在赣州。", "另一家公司想做贯标认证", "贯标补多少?").places == ()


def test_a_county_is_in_its_city() -> None:
    (place,) = ask("我们临川区的企业贯标补多少?").places
    assert (place.city, place.district) == ("抚州", "临川")


def test_an_english_message_names_its_places_and_questions() -> None:
    question = ask("How much does Ganzhou pay for certification? Which documents are needed for the loan?")
    assert [p.name for p in question.places] == ["赣州"]
    assert len(question.parts) == 2


def test_a_policy_named_before_is_the_one_a_follow_up_means(program: App) -> None:
    policies = program.library.policies()
    assert understand(["28号文是哪年的?", "它管几年?"], NOW, policies).policies == ("cnipa-2023-28",)
    assert understand(["28号文是哪年的?", "四川18条说了啥?"], NOW, policies).policies == (
        "sichuan-ip-services-2023",
    )


DIALECT: dict[str, str] = {
    "咋个申请": "怎么申请",
    "补几多": "补多少",
    "么子材料": "什么材料",
    "边个发嘅": "哪个发的",
    "唔使交": "不用交",
    "係咪有效": "是不是有效",
    "在哪嘎办": "在哪里办",
    "阿拉公司": "我们公司",
    "交了1.8w": "交了1.8万",
    "非正长专利": "非正常专利",
    "專項資金": "专项资金",
}


@pytest.mark.parametrize(("said", "standard"), DIALECT.items(), ids=DIALECT)
def test_a_message_is_read_in_standard_words(said: str, standard: str) -> None:
    assert ask(said).said == standard


def test_the_same_conversation_is_understood_in_the_same_way_twice() -> None:
    turns = ["企业首次认证补多少?", "那高校呢?", "听说管五年,是吗?"]
    first, second = ask(*turns), ask(*turns)
    assert first == second
