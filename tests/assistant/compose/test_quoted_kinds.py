"""What a quotation must have by the kind of question: the consequence, both aims, the ground, what leads to an item."""

import pytest

from tests.assistant.conftest import Ask

POLICY = """示例市人民政府关于印发《示例市灯坊专项资金管理办法》的通知
示政发〔2026〕21号

各县(区)人民政府,市直有关部门:
现将参照《示例省灯坊资金管理办法》(示省财〔2025〕3号)制定的《示例市灯坊专项资金管理办法》印发给你们,请照此办理。

示例市人民政府
2026年6月1日

示例市灯坊专项资金管理办法

第一章 目标
第一条 到2027年,在河湾、东岭和老码头建成12个灯坊村,灯匠有固定的铺面可用。
第二条 到2032年,全市每个镇都有灯坊村,灯会办成有名的节庆。
第二章 使用
第三条 灯坊专项资金的使用范围包括:
(一)灯坊借款的担保、灯匠保险等金融工作;
(二)灯会的场地布置;
(三)灯匠学徒的课堂。
第三章 管理
第四条 市灯坊办公室建立灯坊村评价办法,每年对各灯坊村的工作进展考核一次,考核结果作为分配灯坊专项资金的重要参考,并向社会公开。灯坊办公室建立扩大和退出机制,做得出色的灯坊村向全市介绍办法,由市里挂牌并给予宣传。对工作长期没有起色的灯坊村,先督促整改,整改后仍无起色的取消灯坊村称号。灯坊办公室加强对灯坊村的走访和指导,组织灯坊村之间互相学习,定期编印灯坊村的故事。
第五条 本办法自2026年7月1日起施行。
"""


ANSWERED = {
    "the consequence, wherever it stands in a long clause": (
        "灯坊办法说,工作没有起色的灯坊村当场摘牌、不给改的机会,没记错吧?",
        ["整改", "取消灯坊村称号"],
    ),
    "the aims of both years": (
        "灯坊办法定了两个年份的目标,早的那年建成几个灯坊村?晚的又是哪一年?",
        ["12个灯坊村", "2032年"],
    ),
    "what it was made after": (
        "灯坊专项资金管理办法是参照哪个文件写的?文号多少?",
        ["示例省灯坊资金管理办法", "示省财〔2025〕3号"],
    ),
    "what leads to an item": (
        "灯坊专项资金能不能花在灯匠保险、担保这类金融工作上?",
        ["使用范围包括", "灯匠保险"],
    ),
}


@pytest.mark.parametrize(("question", "words"), ANSWERED.values(), ids=ANSWERED.keys())
def test_the_words_asked_for_are_quoted(ask_town: Ask, question: str, words: list[str]) -> None:
    answer = ask_town(question)
    assert answer.status == "answered"
    assert [w for w in words if w not in answer.answer] == []


def test_no_sentence_that_says_neither_yes_nor_no_is_said_first(ask_town: Ask) -> None:
    answer = ask_town("做得出色的灯坊村,灯匠能不能免税?")
    assert not [b.text for b in answer.blocks if b.kind == "conclusion" and "介绍办法" in b.text]


def test_a_plain_count_is_not_put_right(ask_town: Ask) -> None:
    answer = ask_town("灯坊办法定了两个年份的目标,早的那年建成几个灯坊村?")
    assert [b for b in answer.blocks if b.kind == "premise"] == []
