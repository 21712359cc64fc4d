"""Which figures of a clause state a condition, of which kind and with which comparison; and which only look so."""

import pytest

from ceyin.assistant.drafting.finding import found_in
from ceyin.assistant.drafting.look_alikes import LOOK_ALIKES

#: A clause of 示例市 → every figure that states a condition, its kind and its comparison.
CONDITIONS: dict[str, tuple[str, list[tuple[str, str, str | None]]]] = {
    "a sum given": ("对新开的小店给予3万元补贴。", [("3万元", "amount", None)]),
    "a sum up to": ("对新开的小店给予不超过3万元补贴。", [("3万元", "cap", "le")]),
    "a share and its cap": ("按房租的40%给予补贴,每年最高6万元。", [("40%", "rate", None), ("6万元", "cap", "le")]),
    "两 sums in a list": ("示范、优势小店分别奖励5万元、3万元。", [("5万元", "amount", None), ("3万元", "amount", None)]),
    "以上 includes": ("拥有商标3件以上的小店,可以申报。", [("3件", "threshold", "ge")]),
    "超过 excludes": ("店员超过30人的小店,不在此列。", [("30人", "threshold", "gt")]),
    "不超过 is no 超过": ("店员不超过30人的小店,可以申报。", [("30人", "threshold", "le")]),
    "the figure said again": ("拥有商标3件(含3件)以上的小店。", [("3件", "threshold", "ge"), ("3件", "threshold", "ge")]),
    "以上 without the figure itself": ("面积60平方米(不含)以上的小店。", [("60平方米", "threshold", "gt")]),
    "an age by its unit": ("店主须年满18周岁。", [("18周岁", "threshold", "ge")]),
    "a range": ("0-6岁的儿童可以申请。", [("0", "threshold", None), ("6岁", "threshold", None)]),
    "a fixed day": ("申请表请于2026年8月10日前交到服务站。", [("2026年8月10日", "deadline", None)]),
    "a stretch of days": ("每年5月1日至6月30日受理。", [("5月1日", "deadline", None), ("6月30日", "deadline", None)]),
    "a period from an event": ("自批准之日起三个月内开业。", [("三个月", "deadline", "le")]),
    "two periods in a list": ("初审、复审应当分别在5日、10日内完成。", [("5日", "deadline", "le"), ("10日", "deadline", "le")]),
    "a period backwards": ("称号期满前1个月提出续期。", [("1个月", "deadline", None)]),
    "a term": ("示范小店的称号有效期三年。", [("三年", "term", None)]),
    "a lockout": ("未通过验收的小店,三年内不得再次申报。", [("三年", "lockout", "le")]),
    "being told of a refusal is no lockout": ("不予批准的,应当在3个工作日内书面告知。", [("3个工作日", "deadline", "le")]),
    "from when the text holds": ("本办法自2026年4月1日起施行。", [("2026年4月1日", "validity", None)]),
    "until when the text holds": ("本办法自印发之日起施行,有效期5年。", [("5年", "validity", None)]),
    "the term of a title is not that of the text": ("小店称号有效期5年。", [("5年", "term", None)]),
    "a target and its year": ("到2030年,全市小店数量达到500家。", [("2030年", "target", None), ("500家", "target", "ge")]),
    "a condition in the same words is no target": ("小店数量达到5家的,给予奖励。", [("5家", "threshold", "ge")]),
    "the new value only": ("贷款最高额度由30万元提高到50万元。", [("50万元", "cap", "le")]),
    "points": ("每满1年计2分,最高不超过20分。", [("1年", "threshold", "ge"), ("2", "amount", None), ("20", "cap", "le")]),
    "a share in words": ("餐费的四分之一由财政补贴。", [("四分之一", "rate", None)]),
    "how often": ("每家小店只能享受一次补贴。", [("一次", "threshold", None)]),
}  # fmt: skip

#: Sentences whose figures decide nothing.
NONE = {
    "the number of a document": "根据《示例市小店办法》(示政发〔2023〕28号)制定。",
    "an article": "按照第三十五条办理。",
    "a label": "(2)填写申请表。",
    "a glued label": "2小店主的近亲属。",
    "a telephone number": "咨询电话:0791-88886666。",
    "a hotline": "请拨打示例12345。",
    "a time of day": "系统每天9:00开放。",
    "an address": "服务站在河湾路16号。",
    "a slogan": "深入开展“百店千人”活动。",
    "levels of government": "由市、县两级服务站负责。",
    "a count of what follows": "申报按以下3个步骤进行。",
    "which one": "购买二套住房的按此办理。",
    "the name of a year": "现公布2026年度安排。",
    "the day of a quoted paper": "《示例市条例》(2014年4月24日市人大常委会通过)。",
    "what was done": "去年全市新开小店500家。",
    "a state of things": "截至2025年底,全市共有小店3000家。",
    "what was found": "监测站在25公里范围内记录到567次。",
    "a meeting": "会议指出,要抓好4方面工作。",
    "an estimate": "预计每年可节约5000元。",
    "once and for all": "材料不齐的,一次性告知。",
    "a planning period": "落实小店计划(2023—2026年)。",
    "a company of one": "一人有限责任公司可以参加。",
    "a product name": "针对6G技术开展研究。",
}


def found(text: str, issued: int | None = None) -> list[tuple[str, str, str | None]]:
    return [(f.figure.text, f.kind, f.op) for f in found_in(text, issued=issued)]


@pytest.mark.parametrize(("text", "conditions"), CONDITIONS.values(), ids=CONDITIONS.keys())
def test_conditions(text: str, conditions: list[tuple[str, str, str | None]]) -> None:
    assert found(text) == conditions


@pytest.mark.parametrize("text", NONE.values(), ids=NONE.keys())
def test_look_alikes_are_left_out(text: str) -> None:
    assert found(text) == []


def test_what_was_before_the_policys_own_year_tells_how_things_were() -> None:
    text = "2003年全市小店开业率达到42%。"
    assert found(text, issued=2004) == []
    assert found(text, issued=2002) != []


def test_a_heading_of_aims_makes_targets_of_its_counts() -> None:
    text = "小店超过500家,店员超过2000人。"
    assert [f.kind for f in found_in(text)] == ["threshold", "threshold"]
    assert [f.kind for f in found_in(text, "主要目标")] == ["target", "target"]


def test_offsets_are_those_of_the_clause() -> None:
    text = "第三条 开业的,给予2万元补贴。复核通过的,再补3000元补贴。"
    for one in found_in(text):
        assert text[one.start : one.end] == one.figure.text
        assert one.words[0] <= one.start < one.end <= one.words[1]
        assert one.sentence[0] <= one.words[0] and one.words[1] <= one.sentence[1]


def test_every_look_alike_says_why() -> None:
    assert all(entry.why and entry.pattern.pattern for entry in LOOK_ALIKES)
