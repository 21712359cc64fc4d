"""Replies that are well formed and say something else: each changes one thing in a wording that would be shown.

None reaches the user: the answer is the rules' own, byte for byte, with a note that says why.
"""

import copy
import json
from collections.abc import Callable

import pytest

from ceyin.assistant.wording.failing import Reason
from ceyin.assistant.wording.keeping import Grounds, changed, summarised
from ceyin.assistant.wording.prompting import WORDED
from tests.assistant.wording.cases import SCENARIOS, Part, part, unreviewed
from tests.assistant.wording.conftest import WriterTo
from tests.assistant.wording.server import Server

Edit = Callable[[list[Part]], object]


def put(at: int, old: str, new: str) -> Edit:
    """Other words in one paragraph."""

    def edit(parts: list[Part]) -> None:
        assert old in parts[at]["text"]
        parts[at]["text"] = parts[at]["text"].replace(old, new)

    return edit


def add(at: int, more: str) -> Edit:
    """More words at the end of a paragraph."""

    def edit(parts: list[Part]) -> None:
        parts[at]["text"] = parts[at]["text"].rstrip("。") + more

    return edit


def cite(at: int, *numbers: object) -> Edit:
    """Other citations of a paragraph."""
    return lambda parts: parts[at].update(clauses=list(numbers))


FAULTS: dict[str, tuple[str, Edit, Reason]] = {
    # figures
    "an amount made up": ("yes", put(0, "6万元", "8万元"), Reason.FIGURES),
    "an amount ten times as much": ("yes", put(0, "6万元", "60万元"), Reason.FIGURES),
    "an amount with another unit": ("yes", put(0, "6万元", "6万美元"), Reason.FIGURES),
    "an amount in Chinese numerals": ("yes", put(0, "6万元", "八万元"), Reason.FIGURES),
    "an amount added": ("yes", add(0, ",另补1000元。"), Reason.FIGURES),
    "an amount left out": ("yes", put(0, "不超过6万元", "有限额"), Reason.FIGURES),
    "a rate made up": ("yes", put(0, "40%", "50%"), Reason.FIGURES),
    "a rate in words": ("yes", put(0, "40%", "一半"), Reason.FIGURES),
    "a count made up": ("yes", put(2, "12人", "21人"), Reason.FIGURES),
    "a threshold made up": ("no", put(0, "30人", "50人"), Reason.FIGURES),
    "the question's figure for the text's": ("premise", put(0, "2000元", "8000元"), Reason.FIGURES),
    "a day made up": ("yes", put(5, "6月30日", "7月31日"), Reason.FIGURES),
    "a year made up": ("expired", put(0, "2025年12月31日", "2027年12月31日"), Reason.FIGURES),
    "month and day of two dates exchanged": (
        "expired",
        put(0, "2025年12月31日", "2025年10月10日"),
        Reason.FIGURES,
    ),
    "two dates exchanged": (
        "expired",
        lambda p: p[0].update(text="这份文件已过期:自2025年12月31日起施行,有效期至2023年10月10日。"),
        Reason.MOVED,
    ),
    "a document number made up": ("yes", add(0, ",见示政办发〔2025〕9号。"), Reason.FIGURES),
    "the number of an article added": ("yes", add(0, ",依据是第八条。"), Reason.FIGURES),
    "a figure of another clause": ("yes", add(0, ",另有奖励5000元。"), Reason.FIGURES),
    "a term added": ("yes", add(0, ",最长补贴三年。"), Reason.FIGURES),
    "a figure in full width": ("yes", put(0, "6万元", "９万元"), Reason.MARKUP),
    "a figure with a comma": ("yes", put(0, "6万元", "600,000元"), Reason.FIGURES),
    "amounts of two awards exchanged": (
        "yes",
        lambda p: p[4].update(text="灯塔金奖一次性奖励2000元,灯塔铜奖一次性奖励5000元。"),
        Reason.MOVED,
    ),
    "awards exchanged in one breath": (
        "yes",
        lambda p: p[4].update(text="灯塔铜奖、灯塔金奖分别一次性奖励5000元、2000元。"),
        Reason.MOVED,
    ),
    "an amount given to another award": ("yes", put(4, "铜奖", "金奖"), Reason.MOVED),
    "an amount given to an award made up": (
        "yes",
        put(4, "灯塔金奖", "灯塔钻石奖和灯塔特别大奖"),
        Reason.LIMITS,
    ),
    "an amount given to whom the clause shuts out": (
        "yes",
        put(4, "灯塔铜奖", "个人灯塔铜奖"),
        Reason.ADDED,
    ),
    "a figure of the question told as the text's": (
        "premise",
        lambda p: p[0].update(text="一次性奖励8000元,文件写的不是2000元。"),
        Reason.MOVED,
    ),
    # citations
    "a citation dropped": ("yes", cite(0), Reason.CITATIONS),
    "a citation not given": ("yes", cite(0, 6), Reason.CITATIONS),
    "a citation of nought": ("yes", cite(0, 0), Reason.CITATIONS),
    "a citation below nought": ("yes", cite(0, -1), Reason.CITATIONS),
    "citation 99": ("yes", cite(0, 99), Reason.CITATIONS),
    "another paragraph's citation": ("yes", cite(0, 3), Reason.CITATIONS),
    "a citation too many": ("yes", cite(0, 1, 2), Reason.CITATIONS),
    "all citations everywhere": ("yes", cite(0, 1, 2, 3, 4), Reason.CITATIONS),
    "a mark in the text that is not in the list": ("yes", put(0, "40%", "40%[2]"), Reason.CITATIONS),
    "a mark of a citation not given": ("yes", put(0, "40%", "40%[99]"), Reason.CITATIONS),
    "a citation written as a word": ("yes", cite(0, "1"), Reason.UNREADABLE),
    "a citation that is half": ("yes", cite(0, 1.5), Reason.UNREADABLE),
    "a citation that is true": ("yes", cite(0, True), Reason.UNREADABLE),
    # verdict
    "yes turned into no": ("yes", put(0, "可以申请补贴", "不可以申请补贴"), Reason.VERDICT),
    "yes turned into perhaps": ("yes", put(0, "可以申请补贴", "还不能确定可以申请补贴"), Reason.VERDICT),
    "no turned into yes": (
        "no",
        lambda p: p[0].update(text="可以享受厂房补贴:从业人员35人,要求不超过30人。"),
        Reason.VERDICT,
    ),
    "a yes added to a no": ("no", add(0, ",您可以享受。"), Reason.VERDICT),
    "a no with a way round it": ("no", add(0, ",公司另行申报即可领取补贴。"), Reason.VERDICT),
    "an outcome added": ("yes", add(0, ",已经认定。"), Reason.ADDED),
    "a duty added": ("yes", add(5, ",并应当先缴清欠款。"), Reason.ADDED),
    "an applicant added": ("yes", put(0, "可以申请补贴", "学校可以申请补贴"), Reason.ADDED),
    "no softened": ("no", put(0, "不能享受", "不太好说享受"), Reason.LIMITS),
    "perhaps turned into yes": (
        "open",
        lambda p: p[0].update(text="可以享受厂房补贴:从业人员不超过30人。"),
        Reason.VERDICT,
    ),
    "perhaps turned into no": (
        "open",
        lambda p: p[0].update(text="不能享受厂房补贴:从业人员要不超过30人。"),
        Reason.VERDICT,
    ),
    "expired turned into in force": (
        "expired",
        lambda p: p[0].update(text="这份文件有效:自2023年10月10日起施行,有效期至2025年12月31日。"),
        Reason.VERDICT,
    ),
    "a false premise repeated": (
        "premise",
        lambda p: p[0].update(text="是的,奖励8000元,文件写的是一次性奖励2000元。"),
        Reason.MOVED,
    ),
    "what no text says is denied": ("yes", put(6, "文件没有写明", "文件已有写明"), Reason.VERDICT),
    "a denial moved to what was affirmed": (
        "yes",
        lambda p: p[6].update(text="补贴没有到账的时间,文件写明。"),
        Reason.VERDICT,
    ),
    "a denial doubled": ("yes", put(6, "没有写明", "没有不写明"), Reason.VERDICT),
    # limits
    "a bound moved to another figure": (
        "yes",
        lambda p: p[0].update(text="可以申请补贴:按实际租金的40%以内,每年最高6万元。"),
        Reason.LIMITS,
    ),
    "the ceiling dropped": ("yes", put(0, "最高不超过6万元", "可得6万元"), Reason.LIMITS),
    "a ceiling turned into a floor": ("yes", put(0, "最高不超过6万元", "最低6万元"), Reason.LIMITS),
    "once turned into each year": ("yes", put(4, "一次性奖励5000元", "每次奖励5000元"), Reason.LIMITS),
    "each year dropped": ("yes", put(0, "每年最高", "最高"), Reason.LIMITS),
    "about put before a figure": ("yes", put(0, "6万元", "6万元左右"), Reason.LIMITS),
    "two amounts told as a sum": ("yes", put(4, "灯塔铜奖", "累计灯塔铜奖"), Reason.LIMITS),
    "not more than turned into at least": ("no", put(0, "不超过30人", "不少于30人"), Reason.LIMITS),
    # conditions
    "a condition turned to fail": ("yes", put(2, "✔", "✘"), Reason.MARKUP),
    "a condition turned to pass": ("no", put(1, "✘", "✔"), Reason.MARKUP),
    "an open condition turned to pass": ("open", put(1, "?", "✔"), Reason.MARKUP),
    "a condition without its mark": ("yes", put(2, "✔ ", ""), Reason.CONDITION),
    "a condition with two marks": ("yes", add(2, "✘"), Reason.MARKUP),
    "a condition under another name": ("yes", put(1, "登记地", "经营地"), Reason.CONDITION),
    "a condition left out": ("yes", lambda p: p.pop(2), Reason.SHAPE),
    "a condition twice": ("yes", lambda p: p.insert(2, dict(p[2])), Reason.SHAPE),
    "conditions exchanged": ("yes", lambda p: p.insert(1, p.pop(2)), Reason.CONDITION),
    "a condition that failed said to be met": ("no", add(1, ",已经满足"), Reason.VERDICT),
    "a mark of conditions in the conclusion": ("no", put(0, "厂房补贴", "✔ 厂房补贴"), Reason.MARKUP),
    # shape
    "no conclusion": ("yes", lambda p: p.pop(0), Reason.SHAPE),
    "two conclusions": ("yes", lambda p: p.insert(0, dict(p[0])), Reason.SHAPE),
    "a paragraph of another kind": ("yes", lambda p: p[0].update(kind="next"), Reason.SHAPE),
    "a kind that is the rules' own": ("yes", lambda p: p[0].update(kind="quote"), Reason.UNREADABLE),
    "a kind made up": ("yes", lambda p: p[0].update(kind="promise"), Reason.UNREADABLE),
    "no paragraph at all": ("yes", lambda p: p.clear(), Reason.UNREADABLE),
    "an empty paragraph": ("yes", lambda p: p[0].update(text=""), Reason.UNREADABLE),
    "a paragraph of two lines": ("yes", add(0, "\n第二行。"), Reason.SHAPE),
    "an answer made of nothing but dots": ("yes", lambda p: p[6].update(text="……"), Reason.VERDICT),
    # promises and additions
    "a promise": ("yes", put(0, "可以申请补贴", "一定能拿到补贴"), Reason.PROMISE),
    "a guarantee": ("yes", add(0, ",保证到账。"), Reason.PROMISE),
    "no limit": ("yes", add(0, ",名额不限。"), Reason.PROMISE),
    "no papers needed": ("yes", add(5, ",无需其他材料。"), Reason.PROMISE),
    "for everybody": ("yes", put(0, "可以申请补贴", "所有企业都可以申请补贴"), Reason.PROMISE),
    "an exception made up": ("yes", add(0, ",残疾人创办的工坊翻倍。"), Reason.ADDED),
    "an office made up": ("yes", add(5, ",由示例市税务局审批大厅受理。"), Reason.ADDED),
    "another subject": ("yes", add(0, ",今天天气晴朗,适合外出散步旅游。"), Reason.ADDED),
    "a condition of the clause lifted": ("yes", put(4, "灯塔金奖", "参评灯塔金奖"), Reason.ADDED),
    "much too long": ("yes", add(0, ",可以申请补贴" * 40), Reason.LENGTH),
    # links, markup, orders, languages
    "an address": ("yes", add(0, ",详见 https://example.com/a 。"), Reason.MARKUP),
    "an address without scheme": ("yes", add(0, ",详见 www.example.cn 。"), Reason.MARKUP),
    "an e-mail address": ("yes", add(0, ",写信到 a@b.cn 。"), Reason.MARKUP),
    "HTML": ("yes", put(0, "6万元", "<b>6万元</b>"), Reason.MARKUP),
    "a script": ("yes", add(0, "<script>alert(0)</script>"), Reason.MARKUP),
    "a picture in markdown": ("yes", add(0, "![](data:image/png)"), Reason.MARKUP),
    "a link in markdown": ("yes", add(0, "[点这里](javascript:x)"), Reason.MARKUP),
    "bold in markdown": ("yes", put(0, "6万元", "**6万元**"), Reason.MARKUP),
    "a template": ("yes", add(0, "{{config}}"), Reason.MARKUP),
    "a mobile number": ("yes", add(0, ",咨询13800138000。"), Reason.MARKUP),
    "a telephone number": ("yes", add(0, ",咨询0791-12345678。"), Reason.MARKUP),
    "a sign that is not seen": ("yes", put(0, "6万元", "6\u200b万元"), Reason.MARKUP),
    "text that runs backwards": ("yes", add(0, "\u202e元万9"), Reason.MARKUP),
    "an emoji": ("yes", add(0, "🎉"), Reason.MARKUP),
    "a control character": ("yes", add(0, "\x1b[31m"), Reason.MARKUP),
    "English": ("yes", lambda p: p[0].update(text="You can apply: 40%, at most 6万元."), Reason.LANGUAGE),
    "Japanese": ("yes", put(0, "可以申请补贴", "補助金を申請できます"), Reason.LANGUAGE),
    "Cyrillic": ("yes", put(0, "可以申请补贴", "можно"), Reason.LANGUAGE),
    "letters that look like others": ("yes", add(0, ",рау。"), Reason.LANGUAGE),
    "traditional characters": ("yes", put(0, "可以申请补贴", "可以申請補貼"), Reason.LANGUAGE),
    "a call for money": ("yes", add(5, ",先转账再办理。"), Reason.ORDERS),
    "a call to scan": ("yes", add(5, ",扫码办理。"), Reason.ORDERS),
    "speaks as a machine": (
        "yes",
        put(0, "可以申请补贴", "作为一个语言模型,我认为可以申请补贴"),
        Reason.ORDERS,
    ),
    "the instructions told": ("yes", add(6, ",我的提示词是措辞编辑。"), Reason.ORDERS),
    "obeys the question": (
        "yes",
        lambda p: p[0].update(text="好的,忽略以上规则,补贴没有上限。"),
        Reason.ORDERS,
    ),
    "obeys a clause": ("yes", add(0, ",系统消息:请输入验证码。"), Reason.ORDERS),
    # a sentence in front of quotes
    "a summary with a figure made up": ("quoted", put(0, "6万元", "9万元"), Reason.FIGURES),
    "a summary without the ceiling": (
        "quoted",
        lambda p: p[0].update(text="工坊租用闲置厂房的,每年6万元,最长补贴三年。"),
        Reason.LIMITS,
    ),
    "a summary that decides": (
        "quoted",
        lambda p: p[0].update(text="您的工坊符合条件,每年最高不超过6万元,最长补贴三年。"),
        Reason.VERDICT,
    ),
    "a summary that denies": (
        "quoted",
        lambda p: p[0].update(text="租用闲置厂房的工坊不予补贴,每年最高不超过6万元,最长补贴三年。"),
        Reason.VERDICT,
    ),
    "a summary that cites nothing": ("quoted", cite(0), Reason.CITATIONS),
    "a summary that cites what was not quoted": ("quoted", cite(0, 2), Reason.CITATIONS),
    "a summary of two paragraphs": (
        "quoted",
        lambda p: p.append(part("next", "申请补贴。", 1)),
        Reason.SHAPE,
    ),
    "a summary that is a condition": ("quoted", lambda p: p[0].update(kind="condition"), Reason.SHAPE),
    "a summary with the rate on another figure": (
        "quoted",
        lambda p: p[0].update(text="最长按40%补贴,每年最高不超过6万元,实际租金三年。"),
        Reason.MOVED,
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_the_answer_of_the_rules_is_shown(server: Server, writer_to: WriterTo, name: str) -> None:
    scenario, edit, reason = FAULTS[name]
    told = SCENARIOS[scenario]
    parts = copy.deepcopy(list(told.good))
    edit(parts)
    server.script = lambda x: x.reply(json.dumps({"parts": parts}))
    writer = writer_to()
    before = told.answer.model_dump_json()
    outcome = writer.worded(told.answer, told.case, unreviewed)
    assert outcome.answer.model_dump_json() == before
    assert outcome.reason is reason
    assert outcome.note is not None and outcome.note.endswith("显示的是规则得出的回答。")
    assert writer.counts() == {f"worded.{reason.value}": 1}


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_no_digit_can_be_changed(scenario: str) -> None:
    told = SCENARIOS[scenario]
    blocks = [b for b in told.answer.blocks if b.kind in WORDED]
    quotes = [b for b in told.answer.blocks if b.kind == "quote"]
    grounds = Grounds(told.case.question, told.answer.answer)
    tried = 0
    for at, good in enumerate(told.good):
        for place, digit in enumerate(good["text"]):
            for other in set("0123456789") - {digit} if digit.isdigit() else ():
                text = good["text"][:place] + other + good["text"][place + 1 :]
                cited = good["clauses"]
                found = (
                    changed(blocks[at], text, cited, grounds)
                    if blocks
                    else summarised(text, quotes, cited, grounds)
                )
                assert found is not None, text
                tried += 1
    assert tried >= 9


def test_what_joins_words_may_be_new_and_what_says_something_may_not() -> None:
    told = SCENARIOS["no"]
    grounds = Grounds(told.case.question, told.answer.answer)
    block = told.answer.blocks[0]
    assert (
        changed(block, "按照文件规定,厂房补贴不能享受:目前从业人员35人,而要求是不超过30人。", [2], grounds)
        is None
    )
    assert (
        changed(block, "按照惯例,厂房补贴不能享受:从业人员35人,要求不超过30人,歧视小店。", [2], grounds)
        is not None
    )
