"""Sentences held against clauses of 示例市: every kind of figure, what it belongs to, denials and citations."""

import pytest

from ceyin.assistant.contract import Check

from .town import AWARDS, findings

RIGHT = {
    # awards
    "the award of the town": "示例市示范工坊一次性奖励3万元[1]。",
    "the other award of the town": "示例市优势工坊一次性奖励2万元[1]。",
    "the award of the province": "省级示范工坊奖励8万元[1]。",
    "the other award of the province": "省级优势工坊奖励6万元[1]。",
    "both in one sentence": "市级示范工坊3万元、优势工坊2万元[1]。",
    "the award before its sum": "优势工坊可以拿到的市级奖励是2万元[1]。",
    "the sum in yuan": "示例市示范工坊奖励30000元[1]。",
    "the sum in Chinese numerals": "示例市示范工坊奖励三万元[1]。",
    "the sum in full width": "示例市示范工坊奖励3万元[1]。",
    "the award one comma before": "被认定为示例市优势工坊的,一次性奖励2万元[1]。",
    # ceilings, thresholds
    "a ceiling said as one": "每家企业每年补贴最高5万元[2]。",
    "a ceiling in other words": "每家每年补贴不超过5万元[2]。",
    "a rate": "按实际租金的60%补贴[2]。",
    "a rate in words": "按实际租金的百分之六十补贴[2]。",
    "a rate in tenths": "按实际租金的六成补贴[2]。",
    "a threshold": "企业要有3件以上有效发明专利[2]。",
    "a threshold in other words": "有效发明专利不少于3件[2]。",
    "a threshold as a sign": "有效发明专利≥3件[2]。",
    "a second threshold": "还要有1件以上注册商标[2]。",
    "people": "职工不少于20人[2]。",
    "people in Chinese numerals": "职工要有二十人以上[2]。",
    "a term": "补贴期限为3年[2]。",
    "a term in Chinese numerals": "补贴期限三年[2]。",
    "a term in months": "补贴期限为36个月[2]。",
    # days
    "a day": "申请材料要在2026年8月10日前报市科技局[3]。",
    "a day as numbers": "申请材料要在2026-08-10前报市科技局[3]。",
    "a day in Chinese numerals": "申请材料要在二〇二六年八月十日前报市科技局[3]。",
    "a day without its year": "申请材料8月10日前报市科技局[3]。",
    "a month": "申请材料要在2026年8月报市科技局[3]。",
    "a day with its weekday": "申请材料要在2026年8月10日(星期一)前报市科技局[3]。",
    "working days": "市科技局在20个工作日内审核完毕[3]。",
    "working days in words": "市科技局二十个工作日内审核完毕[3]。",
    "days": "审核后公示7天[3]。",
    "days in the other word": "审核后公示7日[3]。",
    "a week": "审核后公示一周[3]。",
    # aims
    "doubling": "到2028年全市工坊总数翻一番[4]。",
    "doubling as a multiple": "到2028年全市工坊总数达到2倍[4]。",
    "tenths": "60%的工坊接入平台[4]。",
    "half": "50%以上工坊设立服务窗口[4]。",
    "about": "培训2500人次左右[4]。",
    "a fraction": "三分之一的工坊建立台账[4]。",
    "an ordinal": "第一批选定12家[4]。",
    "an ordinal in digits": "第1批选定12家[4]。",
    "a number of a document": "依据示政办发〔2025〕31号执行[4]。",
    "an article": "依据第八条第(二)项执行[4]。",
    "its own number": "示政办发〔2026〕7号 第六条:到2028年,全市工坊总数翻一番[4]。",
    # denial
    "a denial kept": "未通过审核的不得重复申报[3]。",
    "an allowance kept": "对结果有异议的可以在公示期内书面提出[3]。",
    "two clauses": "示例市示范工坊奖励3万元[1],租用闲置厂房的补贴每年最高5万元[2]。",
    "what no text says": "申请表从哪里下载,文件没有写[3]。",
}
WRONG: dict[str, tuple[str, str]] = {
    "another award's sum": ("示例市优势工坊一次性奖励3万元[1]。", "figure"),
    "and the other way": ("示例市示范工坊一次性奖励2万元[1]。", "figure"),
    "another level's sum": ("省级示范工坊奖励3万元[1]。", "figure"),
    "and the level below": ("市级示范工坊奖励8万元[1]。", "figure"),
    "the other award of that level": ("省级优势工坊奖励8万元[1]。", "figure"),
    "swapped in one sentence": ("市级示范工坊2万元、优势工坊3万元[1]。", "figure"),
    "swapped, one comma before": ("被认定为示例市优势工坊的,一次性奖励3万元[1]。", "figure"),
    "a sum of nobody": ("示例市示范工坊奖励4万元[1]。", "figure"),
    "a power of ten": ("示例市示范工坊奖励30万元[1]。", "figure"),
    "thousands": ("示例市示范工坊奖励3千元[1]。", "figure"),
    "a sum in Chinese numerals": ("示例市示范工坊奖励五万元[1]。", "figure"),
    "a count for a sum": ("示例市示范工坊奖励3件[1]。", "figure"),
    "a ceiling said as exact": ("每家企业每年补贴5万元[2]。", "figure"),
    "a ceiling said as a floor": ("每家企业每年补贴不少于5万元[2]。", "figure"),
    "an exact sum said as a ceiling": ("示例市示范工坊奖励最高3万元[1]。", "figure"),
    "another ceiling": ("每家企业每年补贴最高6万元[2]。", "figure"),
    "another rate": ("按实际租金的50%补贴[2]。", "figure"),
    "another rate in words": ("按实际租金的百分之五十补贴[2]。", "figure"),
    "another rate in tenths": ("按实际租金的五成补贴[2]。", "figure"),
    "a term as a rate": ("按实际租金的3%补贴[2]。", "figure"),
    "a threshold lost": ("企业要有3件有效发明专利[2]。", "figure"),
    "a threshold turned": ("有效发明专利不超过3件[2]。", "figure"),
    "a threshold with its bound shifted": ("有效发明专利超过3件[2]。", "figure"),
    "thresholds swapped": ("企业要有1件以上有效发明专利、3件以上注册商标[2]。", "figure"),
    "the other's threshold": ("企业要有3件以上注册商标[2]。", "figure"),
    "another threshold": ("企业要有4件以上有效发明专利[2]。", "figure"),
    "fewer people": ("职工不少于10人[2]。", "figure"),
    "people turned": ("职工少于20人[2]。", "figure"),
    "people as households": ("职工不少于20件[2]。", "figure"),
    "another term": ("补贴期限为5年[2]。", "figure"),
    "another term in Chinese numerals": ("补贴期限为两年[2]。", "figure"),
    "months for years": ("补贴期限为3个月[2]。", "figure"),
    "another day": ("申请材料要在2026年8月11日前报市科技局[3]。", "figure"),
    "another month": ("申请材料要在2026年9月10日前报市科技局[3]。", "figure"),
    "another year": ("申请材料要在2025年8月10日前报市科技局[3]。", "figure"),
    "another day as numbers": ("申请材料要在2026-08-01前报市科技局[3]。", "figure"),
    "another day in Chinese numerals": ("申请材料要在二〇二六年八月二十日前报市科技局[3]。", "figure"),
    "another day without its year": ("申请材料8月20日前报市科技局[3]。", "figure"),
    "a day turned": ("申请材料自2026年8月10日起报市科技局[3]。", "figure"),
    "a wrong weekday": ("申请材料要在2026年8月10日(星期五)前报市科技局[3]。", "figure"),
    "days for working days": ("市科技局在20天内审核完毕[3]。", "figure"),
    "other working days": ("市科技局在30个工作日内审核完毕[3]。", "figure"),
    "other days": ("审核后公示10天[3]。", "figure"),
    "two weeks": ("审核后公示两周[3]。", "figure"),
    "another year of an aim": ("到2030年全市工坊总数翻一番[4]。", "figure"),
    "doubling twice": ("到2028年全市工坊总数翻两番[4]。", "figure"),
    "a multiple": ("到2028年全市工坊总数达到3倍[4]。", "figure"),
    "other tenths": ("八成工坊接入平台[4]。", "figure"),
    "a rate of another thing": ("60%以上工坊设立服务窗口[4]。", "figure"),
    "about lost": ("培训2500人次[4]。", "figure"),
    "another count": ("培训3500人次左右[4]。", "figure"),
    "another fraction": ("四分之一的工坊建立台账[4]。", "figure"),
    "another ordinal": ("第二批选定12家[4]。", "figure"),
    "another number of those chosen": ("第一批选定15家[4]。", "figure"),
    "another number of a document": ("依据示政办发〔2025〕32号执行[4]。", "figure"),
    "another series of a document": ("依据示府办字〔2025〕31号执行[4]。", "figure"),
    "another year of a document": ("依据示政办发〔2024〕31号执行[4]。", "figure"),
    "another article": ("依据第九条第(二)项执行[4]。", "figure"),
    "another item": ("依据第八条第(三)项执行[4]。", "figure"),
    "another address": ("示政办发〔2026〕7号 第五条:到2028年,全市工坊总数翻一番[4]。", "figure"),
    "a sum that does not hold": ("按租金50000元×60%=35000元补贴[2]。", "figure"),
    "the right sum with the wrong clause": ("示例市示范工坊奖励3万元[3]。", "figure"),
    "the right day with the wrong clause": ("申请材料要在2026年8月10日前报市科技局[1]。", "figure"),
    "a denial turned": ("未通过审核的可以重复申报[3]。", "negation"),
    "a denial dropped": ("未通过审核的重复申报[3]。", "negation"),
    "an allowance turned": ("对结果有异议的不得在公示期内书面提出[3]。", "negation"),
    "something else altogether": ("平台每周派专人上门辅导纳税申报流程[1]。", "support"),
    "nothing cited": ("示范工坊优先获得贷款贴息支持。", "support"),
    "a mark without its citation": ("示例市示范工坊奖励3万元[7]。", "mark"),
    "a citation that bears nothing": ("示例市示范工坊一次性奖励3万元[1][3]。", "citation"),
}


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT.keys())
def test_may_be_said(text: str) -> None:
    assert findings(text) == ()


@pytest.mark.parametrize(("text", "what"), WRONG.values(), ids=WRONG.keys())
def test_must_not_be_said(text: str, what: str) -> None:
    assert what in {f.what for f in findings(text)}


def test_the_users_own_figure_is_no_claim() -> None:
    said = "听说优势工坊能奖励9万元?"
    assert findings("不是9万元,市级优势工坊奖励2万元[1]。", kind="premise", said=said) == ()
    assert [f.what for f in findings("优势工坊奖励9万元[1]。", said=said)] == ["figure"]


def test_a_computed_sum_comes_from_a_check() -> None:
    check = Check(
        rule_id="shili/lease", kind="amount", verdict="pass", value="9000", unit="CNY", citation=2,
        explanation="可以申请,租金补贴9000元",
        trace={"what": "租金补贴", "given": "实际租金15000元×60%=9000元", "required": "9000元"},
    )  # fmt: skip
    said = "租金一共15000元"
    assert findings("租金补贴可以得到9000元[2]。", checks=(check,), said=said) == ()
    assert (
        findings("计算:实际租金15000元×60%=9000元[2]。", kind="calculation", checks=(check,), said=said) == ()
    )
    assert findings("租金补贴可以得到9000元[2]。", said=said) != ()
    assert findings("租金补贴可以得到9000元[1]。", checks=(check,), said=said) != ()
    assert findings("不可以申请,租金补贴9000元[2]。", checks=(check,), said=said) != ()


def test_a_ceiling_of_a_check_is_no_exact_sum() -> None:
    check = Check(
        rule_id="shili/lease", kind="amount", verdict="pass", value="50000", unit="CNY", citation=2,
        explanation="可以申请,租金补贴最高5万元",
        trace={"what": "租金补贴", "given": "超过上限,按5万元计", "required": "最高5万元"},
    )  # fmt: skip
    assert findings("租金补贴最高5万元[2]。", checks=(check,)) == ()
    assert findings("租金补贴可得5万元[2]。", checks=(check,)) != ()


CONDITION = Check(
    rule_id="shili/lease", kind="eligibility", verdict="fail", citation=2, explanation="条件不够",
    trace={
        "what": "同时具备", "given": "已具备1项", "required": "同时具备",
        "parts": [
            {"what": "有效发明专利", "given": "2", "required": "≥3件", "verdict": "fail"},
            {"what": "注册商标", "given": "4", "required": "≥1件", "verdict": "pass"},
        ],
    },
)  # fmt: skip
CONDITIONS = {
    "as the check says": ("✘ 有效发明专利:2(要求:≥3件)[2]", True),
    "in other words": ("✘ 有效发明专利:2件(要求:3件以上)[2]", True),
    "the other sign": ("✔ 有效发明专利:2(要求:≥3件)[2]", False),
    "the other's figure": ("✘ 有效发明专利:4(要求:≥3件)[2]", False),
    "another requirement": ("✘ 有效发明专利:2(要求:≥1件)[2]", False),
}


@pytest.mark.parametrize(("text", "right"), CONDITIONS.values(), ids=CONDITIONS.keys())
def test_conditions(text: str, right: bool) -> None:
    found = findings(text, kind="condition", checks=(CONDITION,), said="有2件发明专利、4件商标")
    assert (found == ()) is right


QUOTES = {
    "a sentence": ("示政办发〔2026〕7号 第五条:未通过审核的,不得重复申报[3]。", True),
    "two with words left out": (f"第三条:{AWARDS.split('条 ')[1].split('。')[0]}……优势工坊一次性给予6万元奖励[1]。", True),
    "half of a bound": ("第四条:超过5万元[2]。", False),
    "one figure changed": ("第五条:公示8天[3]。", False),
    "one word changed": ("第五条:未通过审核的,可以重复申报[3]。", False),
    "another clause's words": ("第四条:公示7天[2]。", False),
}  # fmt: skip


@pytest.mark.parametrize(("text", "right"), QUOTES.values(), ids=QUOTES.keys())
def test_quotations_are_literal(text: str, right: bool) -> None:
    assert (findings(text, kind="quote") == ()) is right
