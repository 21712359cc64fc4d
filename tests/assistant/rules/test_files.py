"""Mistakes in rule files: each is refused with file, line (where there is one), place and cure."""

from pathlib import Path

import pytest

from ceyin.assistant.rules.book import load_book
from ceyin.corpus.errors import RuleError

FACTS = """\
facts:
  - {key: 件数, type: count, unit: 件, question: "请问有几件?"}
  - {key: 有证书, type: bool, question: "请问有证书吗?"}
  - {key: 认证费用, type: money, unit: 元, question: "请问费用多少?"}
  - {key: 获证日期, type: date, question: "请问哪天获证?"}
  - {key: 类型, type: choice, question: "请问是哪一类?", values: {企业: [公司], 高校: [大学]}}
"""
HEAD = """\
policy: shili
programmes:
  - {id: shili/award, title: 示例补助, gives: money, who: 企业, pin: {policy: shili, path: [第三条]}}
rules:
"""
COMMON = "    title: 示例\n    pin: {policy: shili, path: [第三条]}\n    review: {status: reviewed, by: test, on: 2026-11-24}\n"


def rule(name: str, kind: str, *lines: str) -> str:
    """A rule of the file: its id on the first line, what is its own at its end."""
    return f"  - id: shili/{name}\n    kind: {kind}\n{COMMON}" + "".join(f"    {line}\n" for line in lines)


def needs(condition: str, name: str = "rule") -> str:
    return rule(name, "eligibility", f"requires: {condition}")


def pays(*lines: str, name: str = "rule") -> str:
    return rule(name, "amount", *lines)


FIXED = "base: {kind: fixed, amount: '100'}"
BOTH = "{kind: all, of: [%s, %s]}"
AT_LEAST = "{kind: threshold, fact: 件数, op: %s, value: '%s'}"
YES = "{kind: predicate, fact: 有证书}"
NO = "{kind: predicate, fact: 有证书, is: false}"

# The mistake: the rules, and every word the error must have. The first own line of a rule is line 10 of the file.
MISTAKES: dict[str, tuple[str, tuple[str, ...]]] = {
    # -- keys and values ---------------------------------------------------------------------------------
    "a float literal": (
        pays("base: {kind: fixed, amount: 1.5}"),
        ("第 10 行", "小数 1.5", "加引号"),
    ),
    "an unknown key with the nearest that may stand there": (
        pays("base: {kind: fixed, amont: '15000'}"),
        ("第 10 行", "不认识的键 “rules.0.base.amont”", "是不是想写 “amount”?"),
    ),
    "an unknown key of a rule": (
        pays(FIXED, "cap: [{amount: '1'}]"),
        ("第 11 行", "不认识的键 “rules.0.cap”", "“caps”"),
    ),
    "an unknown key of a condition within conditions": (
        needs("{kind: any, of: [{kind: not, of: {kind: predicate, fakt: 有证书}}]}"),
        ("第 10 行", "“rules.0.requires.of.0.of.fakt”", "“fact”"),
    ),
    "an unknown key like none": (
        pays(FIXED, "备注: 无"),
        ("第 11 行", "不认识的键 “rules.0.备注”", "请删去"),
    ),
    "a key that another place has is not the nearest here": (
        rule("rule", "deadline", "on: 2026-12-31", "tier: x"),
        ("第 11 行", "不认识的键 “rules.0.tier”"),
    ),
    "an unknown key of a fact": (
        "FACTS" + FACTS.replace("type: bool", "typ: bool"),
        ("facts.yaml 第 3 行", "不认识的键 “facts.1.typ”", "“type”"),
    ),
    "a missing key": (
        rule("rule", "term", "start: 获证日期"),
        ("第 5 行", "缺少键 “rules.0.period”", "补上"),
    ),
    "an unknown kind of rule": (
        rule("rule", "amonut", FIXED),
        ("第 5 行", "rules.0.kind", "没有 “amonut” 这一种", "“amount”"),
    ),
    "a rule without a kind": (
        pays(FIXED).replace("    kind: amount\n", ""),
        ("第 5 行", "rules.0", "缺少键 “kind”"),
    ),
    "an unknown kind of condition": (
        needs("{kind: treshold, fact: 件数}"),
        ("第 10 行", "rules.0.requires.kind", "“threshold”"),
    ),
    "an unknown comparison": (
        needs(AT_LEAST % ("gte", 3)),
        ("第 10 行", "rules.0.requires.op", "没有 “gte” 这一种", "ge、gt、le、lt、eq"),
    ),
    "a kind of money there is not": (
        pays(FIXED, "nature: gift"),
        ("第 11 行", "rules.0.nature", "没有 “gift” 这一种", "grant、loan"),
    ),
    "a figure that is none": (
        pays("base: {kind: fixed, amount: 两万}"),
        ("第 10 行", "rules.0.base.amount", "应是数字", "两万"),
    ),
    "a figure that is yes": (
        pays("base: {kind: fixed, amount: true}"),
        ("第 10 行", "rules.0.base.amount", "应是数字"),
    ),
    "a figure without end": (pays("base: {kind: fixed, amount: 'Infinity'}"), ("第 10 行", "应是有限的数字")),
    "a figure as a list": (pays("base: {kind: fixed, amount: ['1']}"), ("第 10 行", "应是数字")),
    "a count of years that is half": (
        rule("rule", "term", "start: 获证日期", "period: {years: 两}"),
        ("第 11 行", "rules.0.period.years", "应是整数"),
    ),
    "neither yes nor no": (
        needs("{kind: predicate, fact: 有证书, is: 也许}"),
        ("第 10 行", "rules.0.requires.is", "true 或 false"),
    ),
    "a number for a text": (
        pays(FIXED).replace("title: 示例\n", "title: 7\n"),
        ("第 7 行", "rules.0.title", "加引号"),
    ),
    "an id in capitals": (
        pays(FIXED).replace("shili/rule", "Shili"),
        ("第 5 行", "rules.0.id", "要写成", "Shili"),
    ),
    "a list where one word is due": (
        needs("{kind: member, fact: 类型, any_of: 企业}"),
        ("第 10 行", "any_of", "应是列表"),
    ),
    "an empty list": (needs("{kind: member, fact: 类型, any_of: []}"), ("第 10 行", "any_of", "不能是空的")),
    "none of several": (
        needs("{kind: k_of, k: 0, of: [" + YES + "]}"),
        ("第 10 行", "rules.0.requires.k", "不能小于 1"),
    ),
    "a word where keys are due": (needs("有证书"), ("第 10 行", "rules.0.requires", "“键: 值”")),
    "a number as a key": (pays(FIXED, "7: x"), ("第 11 行", "键要写成文字")),
    # -- days and periods --------------------------------------------------------------------------------
    "a day that does not exist": (
        rule("rule", "deadline", "on: 2023-02-30"),
        ("第 10 行", "日期 2023-02-30 不存在", "核对"),
    ),
    "a day in quotes that does not exist": (
        rule("rule", "deadline", "on: '2023-02-30'"),
        ("第 10 行", "rules.0.on", "真有的一天", "2023-02-30"),
    ),
    "from after until": (
        pays(FIXED, "valid: {from: 2026-01-01, until: 2025-12-31}"),
        ("第 11 行", "rules.0.valid", "起始日在截止日之后", "核对"),
    ),
    "a day no year has": (
        rule("rule", "deadline", "each_year: 02-30"),
        ("第 5 行", "shili/rule", "02-30", "请写成"),
    ),
    "a month no year has": (rule("rule", "deadline", "each_year: 13-01"), ("第 5 行", "13-01", "请写成")),
    "a yearly day written short": (
        rule("rule", "deadline", "each_year: 3-31"),
        ("第 10 行", "rules.0.each_year", "要写成", "3-31"),
    ),
    "a deadline in two forms": (
        rule("rule", "deadline", "on: 2026-01-01", "each_year: 03-31"),
        ("第 5 行", "rules.0", "要么写 on,要么写 each_year"),
    ),
    "a deadline without any": (rule("rule", "deadline", "batch: 第一批"), ("第 5 行", "要么写 on")),
    "a yearly duty without a year's day": (
        rule("rule", "deadline", "on: 2026-01-01", "since: 获证日期"),
        ("第 5 行", "只用于每年的期限"),
    ),
    "a period in two units": (
        rule("rule", "term", "start: 获证日期", "period: {years: 1, months: 6}"),
        ("第 11 行", "rules.0.period", "只能写一种单位"),
    ),
    "a negative period": (
        rule("rule", "term", "start: 获证日期", "period: {years: -1}"),
        ("第 5 行", "期间是负数", "backwards"),
    ),
    "two closing days for one batch": (
        rule("one", "deadline", "programme: shili/award", "batch: 第一批", "on: 2026-03-31")
        + rule("two", "deadline", "programme: shili/award", "batch: 第一批", "on: 2026-04-30"),
        ("第 13 行", "shili/two", "shili/one", "同一批", "batch"),
    ),
    # -- facts -------------------------------------------------------------------------------------------
    "an unknown fact with the nearest": (
        needs("{kind: predicate, fact: 有证}"),
        ("第 5 行", "shili/rule", "未登记的事实 “有证”", "“有证书”"),
    ),
    "an unknown fact like none": (
        needs("{kind: predicate, fact: 天气好}"),
        ("第 5 行", "未登记的事实 “天气好”", "facts/"),
    ),
    "a fact of another type": (
        needs("{kind: predicate, fact: 件数}"),
        ("第 5 行", "shili/rule", "“件数” 当是否用", "count", "事实表"),
    ),
    "a share of a count": (
        pays("base: {kind: ratio, rate: '0.5', of: 件数}"),
        ("第 5 行", "“件数” 当金额用"),
    ),
    "so much for each yuan": (
        pays("base: {kind: per_unit, amount: '5', of: 认证费用}"),
        ("第 5 行", "“认证费用” 当件数、数字用"),
    ),
    "a sum received that is a count": (
        pays(FIXED, "caps: [{amount: '5', used: 件数}]"),
        ("第 5 行", "“件数” 当金额用"),
    ),
    "a deducted sum that is a count": (
        pays(FIXED, name="sum")
        + rule("rule", "exclusion", "of: [shili/sum]", f"when: {YES}", "deduct: 件数"),
        ("第 11 行", "“件数” 当金额用"),
    ),
    "a received sum that is a count": (
        pays(FIXED, name="sum")
        + rule("rule", "stack", "of: [shili/sum]", "combine: top_up", "received: 件数"),
        ("第 11 行", "“件数” 当金额用"),
    ),
    "a wrong unit": (
        needs("{kind: threshold, fact: 件数, op: ge, value: '3', unit: 万件}"),
        ("第 5 行", "“件数”", "“万件”", "“件”", "换算"),
    ),
    "a wrong unit of a planned figure": (
        rule("rule", "target", "fact: 件数", "op: ge", "value: '3'", "unit: 项"),
        ("第 5 行", "“件数”", "“项”", "换算"),
    ),
    "a misspelt value of a fact": (
        needs("{kind: member, fact: 类型, any_of: [企业们]}"),
        ("第 5 行", "“企业们” 不是事实 “类型” 的值", "“企业”"),
    ),
    "values a fact does not have": (
        pays("base: {kind: tiers, by: 类型, tiers: {省级: '5'}}"),
        ("第 5 行", "“省级” 不是事实 “类型” 的值", "企业、高校"),
    ),
    # -- other rules -------------------------------------------------------------------------------------
    "an unknown rule with the nearest": (
        needs(YES, name="certified") + needs("{kind: ref, rule: shili/certifed}"),
        ("第 11 行", "没有的规则 “shili/certifed”", "“shili/certified”"),
    ),
    "an unknown rule like none": (
        needs("{kind: ref, rule: xyz/q}"),
        ("第 5 行", "没有的规则 “xyz/q”", "请先写出"),
    ),
    "a rule referred to that has no condition": (
        pays(FIXED, name="sum") + needs("{kind: ref, rule: shili/sum}"),
        ("第 11 行", "“shili/sum” 没有 requires", "写上"),
    ),
    "a rule that refers to itself": (needs("{kind: ref, rule: shili/rule}"), ("第 5 行", "绕回", "ref")),
    "rules that refer to each other": (
        needs("{kind: ref, rule: shili/two}", "one") + needs("{kind: ref, rule: shili/one}", "two"),
        ("第 5 行", "shili/one", "绕回", "ref"),
    ),
    "an unknown programme": (
        pays(FIXED, "programme: shili/awards"),
        ("第 5 行", "programme “shili/awards” 不在本文件里", "“shili/award”"),
    ),
    "a programme like none": (
        pays(FIXED, "programme: xyz/q"),
        ("第 5 行", "“xyz/q” 不在本文件里", "programmes"),
    ),
    "an id used twice": (
        pays(FIXED) + pays(FIXED),
        ("第 11 行", "id “shili/rule” 写了两次", "另一处在 shili.yaml 第 5 行", "唯一"),
    ),
    "an id of a programme used for a rule": (
        pays(FIXED, name="award"),
        ("第 5 行", "id “shili/award” 写了两次", "唯一"),
    ),
    "a fact written twice": (
        "FACTS" + FACTS + "  - {key: 件数, type: count, question: 请问}\n",
        ("facts.yaml 第 7 行", "事实 “件数” 写了两次", "第 2 行", "合并"),
    ),
    "a stack of a rule that is no amount": (
        needs(YES, "certified") + rule("rule", "stack", "of: [shili/certified]", "combine: sum"),
        ("第 11 行", "“shili/certified” 不是金额规则", "kind: amount"),
    ),
    "an exclusion of a misspelt amount": (
        pays(FIXED, name="sum") + rule("rule", "exclusion", "of: [shili/summ]", f"when: {YES}"),
        ("第 11 行", "“shili/summ” 不是金额规则", "“shili/sum”"),
    ),
    "a duty during a rule that is no term": (
        pays(FIXED, name="sum") + rule("rule", "deadline", "each_year: 03-31", "during: shili/sum"),
        ("第 11 行", "during “shili/sum” 不是期限规则", "请先写出"),
    ),
    "the difference to what nobody names": (
        pays(FIXED, name="sum") + rule("rule", "stack", "of: [shili/sum]", "combine: top_up"),
        ("第 11 行", "top_up 要写 received"),
    ),
    "a bar without its event": (
        rule("rule", "consequence", f"breach: {YES}", "then: 追回", "bars: {years: 2}"),
        ("第 5 行", "bars 和 since"),
    ),
    "figures set aside that are not named": (
        pays(FIXED) + "set_aside:\n  - {pin: {policy: shili, path: [第三条]}, why: 年份}\n",
        ("第 12 行", "set_aside.0", "哪些数字"),
    ),
    # -- what nobody can meet ----------------------------------------------------------------------------
    "contradictory thresholds": (
        needs(BOTH % (AT_LEAST % ("ge", 3), AT_LEAST % ("le", 2))),
        ("第 5 行", "“件数” 的要求自相矛盾", "没有一个数", "核对"),
    ),
    "more than three and up to three": (
        needs(BOTH % (AT_LEAST % ("gt", 3), AT_LEAST % ("le", 3))),
        ("“件数” 的要求自相矛盾",),
    ),
    "at least three and under three": (
        needs(BOTH % (AT_LEAST % ("ge", 3), AT_LEAST % ("lt", 3))),
        ("“件数” 的要求自相矛盾",),
    ),
    "between two whole numbers": (
        needs(BOTH % (AT_LEAST % ("gt", 3), AT_LEAST % ("lt", 4))),
        ("“件数” 的要求自相矛盾",),
    ),
    "exactly two numbers": (
        needs(BOTH % (AT_LEAST % ("eq", 3), AT_LEAST % ("eq", 4))),
        ("“件数” 的要求自相矛盾",),
    ),
    "at least three and not at least two": (
        needs(BOTH % (AT_LEAST % ("ge", 3), "{kind: not, of: " + AT_LEAST % ("ge", 2) + "}")),
        ("“件数” 的要求自相矛盾",),
    ),
    "contradictory thresholds in nested parts": (
        needs(BOTH % (AT_LEAST % ("ge", 3), BOTH % (YES, AT_LEAST % ("lt", 3)))),
        ("“件数” 的要求自相矛盾",),
    ),
    "a condition of the rule against whom it is for": (
        rule("rule", "eligibility", f"requires: {YES}", f"applies_when: {NO}"),
        ("“有证书” 的要求自相矛盾",),
    ),
    "是 and 否 together": (
        needs(BOTH % (YES, NO)),
        ("第 5 行", "“有证书” 的要求自相矛盾", "又要是又要否", "核对"),
    ),
    "是 and not 是": (
        needs(BOTH % (YES, "{kind: not, of: " + YES + "}")),
        ("“有证书” 的要求自相矛盾", "又要是又要否"),
    ),
    "neither of two that are opposites": (
        needs("{kind: not, of: {kind: any, of: [" + YES + ", " + NO + "]}}"),
        ("“有证书” 的要求自相矛盾",),
    ),
    "two kinds of applicant at once": (
        needs(
            BOTH
            % ("{kind: member, fact: 类型, any_of: [企业]}", "{kind: member, fact: 类型, any_of: [高校]}")
        ),
        ("第 5 行", "“类型” 的要求自相矛盾", "没有一项"),
    ),
    "a kind of applicant that is left out again": (
        needs(
            BOTH
            % (
                "{kind: member, fact: 类型, any_of: [企业]}",
                "{kind: not, of: {kind: member, fact: 类型, any_of: [企业]}}",
            )
        ),
        ("“类型” 的要求自相矛盾",),
    ),
    "k larger than the parts": (
        needs("{kind: k_of, k: 3, of: [" + YES + ", " + (AT_LEAST % ("ge", 3)) + "]}"),
        ("第 5 行", "要求 3 项,只列了 2 项", "k"),
    ),
    "a part that can never hold, though not required": (
        needs("{kind: not, of: {kind: all, of: [" + YES + ", " + NO + "]}}"),
        ("“有证书” 的要求自相矛盾",),
    ),
    # -- figures that are slips --------------------------------------------------------------------------
    "sixty for sixty per cent": (
        pays("base: {kind: ratio, rate: '60', of: 认证费用}"),
        ("第 5 行", "rate 60", '"0.60"'),
    ),
    "a rate of nothing": (pays("base: {kind: ratio, rate: '0', of: 认证费用}"), ("rate 0",)),
    "ten for ten per cent more": (
        pays(FIXED, "uplift: {rate: '10', when: " + YES + "}"),
        ("rate 10", '"0.60"'),
    ),
    "a negative sum": (pays("base: {kind: fixed, amount: '-5'}"), ("第 5 行", "-5", "不是正数", "核对")),
    "a sum of nothing for each": (pays("base: {kind: per_unit, amount: '0', of: 件数}"), ("不是正数",)),
    "a negative cap": (pays(FIXED, "caps: [{amount: '-1'}]"), ("第 5 行", "上限 -1 是负数")),
    "a negative tier": (
        pays("base: {kind: tiers, by: 类型, tiers: {企业: '-1', 高校: '5'}}"),
        ("tiers", "负数"),
    ),
    "rounding to nothing": (pays(FIXED, "rounding: {quantum: '0', mode: down}"), ("quantum 0", "不是正数")),
    "a cap per item where each is fixed": (
        pays("base: {kind: per_unit, amount: '5', of: 件数}", "caps: [{amount: '3', per: item}]"),
        ("第 5 行", "每项的上限请直接写进"),
    ),
    # -- no YAML -----------------------------------------------------------------------------------------
    "a tab": (pays("base:\n\t  kind: fixed"), ("第 11 行", "YAML 写法有误", "制表符", "空格")),
    "a colon in a text": (
        pays(FIXED, "next_steps: 注意: 先报名"),
        ("第 11 行", "YAML 写法有误", "冒号", "引号"),
    ),
    "a quote that is never closed": (pays(FIXED, "next_steps: '先报名"), ("第 11 行", "引号没有配对")),
    "a bracket that is never closed": (pays("base: {kind: fixed, amount: '5'"), ("第 10 行", "括号没有配对")),
    "a line out of line": (pays(FIXED) + "   title: x\n", ("第 11 行", "YAML 写法有误", "缩进")),
    "a text that begins with a sign": (pays(FIXED, "next_steps: @局"), ("第 11 行", "引号")),
    "a name of nothing": (pays(FIXED, "next_steps: *局"), ("第 11 行", "引号")),
    "a tag": (pays(FIXED, "next_steps: !x 局"), ("第 11 行", "标签")),
    "a backslash": (pays(FIXED, 'next_steps: "\\d"'), ("第 11 行", "反斜杠", "单引号")),
    "a blank that is not filled": (
        pays(FIXED, "next_steps: {{amount}}"),
        ("第 11 行", "键只能是文字", "引号"),
    ),
    "two documents": (pays(FIXED) + "---\nx: 1\n", ("第 11 行", "一个文件只能有一份内容", "---")),
    "a control character": (pays(FIXED, "next_steps: a\x07b"), ("第 11 行", "控制字符", "删去")),
    "a key written twice": (pays(FIXED, FIXED), ("第 11 行", "键 “base” 重复")),
    "something that holds itself": (
        "WHOLEpolicy: shili\nrules: &r [*r]\n",
        ("第 2 行", "绕回来引用了自己", "*"),
    ),
    "an empty file": ("WHOLE", ("文件是空的", "写上内容")),
    "only remarks": ("WHOLE# 还没写\n", ("文件是空的",)),
    "a list where keys are due": ("WHOLE- a\n", ("“键: 值”",)),
}


@pytest.mark.parametrize(("text", "words"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_names_file_line_place_and_cure(tmp_path: Path, text: str, words: tuple[str, ...]) -> None:
    facts, file = (text[5:], HEAD + pays(FIXED)) if text.startswith("FACTS") else (FACTS, HEAD + text)
    message = refused(tmp_path, facts.encode(), (text[5:] if text.startswith("WHOLE") else file).encode())
    assert message.startswith("facts.yaml" if text.startswith("FACTS") else "shili.yaml"), message
    assert [word for word in words if word not in message] == [], message
    assert "\n" not in message and message.endswith(("。", "?")), message
    assert not {"Input", "should", "valid ", "found "} & set(message.split()), message


def test_a_file_that_is_not_utf_8_names_the_line(tmp_path: Path) -> None:
    text = HEAD + pays(FIXED)
    message = refused(
        tmp_path, FACTS.encode(), text.encode().replace("示例\n".encode(), "示例\n".encode("gbk"))
    )
    assert "shili.yaml 第 7 行:不是 UTF-8 编码。请另存为 UTF-8。" in message


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "shili.yaml").mkdir()
    with pytest.raises(RuleError, match=r"读不了规则文件 .*shili\.yaml"):
        load_book(tmp_path)


def refused(folder: Path, facts: bytes, rules: bytes) -> str:
    """The error of a book with these two files."""
    (folder / "facts").mkdir()
    (folder / "facts" / "facts.yaml").write_bytes(facts)
    (folder / "shili.yaml").write_bytes(rules)
    with pytest.raises(RuleError) as caught:
        load_book(folder)
    return str(caught.value)


SOUND = {
    "a range with room": needs(BOTH % (AT_LEAST % ("ge", 3), AT_LEAST % ("le", 3))),
    "between two numbers with one between them": needs(BOTH % (AT_LEAST % ("gt", 3), AT_LEAST % ("lt", 5))),
    "alternatives that exclude each other": needs("{kind: any, of: [" + YES + ", " + NO + "]}"),
    "one of two opposites": needs("{kind: k_of, k: 1, of: [" + YES + ", " + NO + "]}"),
    "not both of two": needs(BOTH % (YES, "{kind: not, of: " + BOTH % (YES, AT_LEAST % ("ge", 3)) + "}")),
    "not exactly a number": needs(
        BOTH % ("{kind: not, of: " + AT_LEAST % ("eq", 3) + "}", AT_LEAST % ("ge", 3))
    ),
    "as many as there are": needs("{kind: k_of, k: 2, of: [" + YES + ", " + (AT_LEAST % ("ge", 3)) + "]}"),
    "a list beside one that overlaps": needs(
        BOTH
        % ("{kind: member, fact: 类型, any_of: [企业, 高校]}", "{kind: member, fact: 类型, any_of: [高校]}")
    ),
    "the last day of February in leap years": rule("rule", "deadline", "each_year: 02-29"),
    "the end of a month": rule("rule", "deadline", "each_year: 04-end"),
    "the whole cost": pays("base: {kind: ratio, rate: '1', of: 认证费用}"),
    "two batches": rule("one", "deadline", "programme: shili/award", "batch: 第一批", "on: 2026-03-31")
    + rule("two", "deadline", "programme: shili/award", "batch: 第二批", "on: 2026-04-30"),
    "two days of one batch of which one is a duty": rule(
        "one", "deadline", "programme: shili/award", "on: 2026-03-31"
    )
    + rule("two", "deadline", "programme: shili/award", "on: 2026-04-30", "duty: true"),
    "a rule that two others refer to": needs(YES, "base")
    + needs("{kind: ref, rule: shili/base}", "one")
    + needs(BOTH % ("{kind: ref, rule: shili/base}", "{kind: ref, rule: shili/one}"), "two"),
}


@pytest.mark.parametrize("text", SOUND.values(), ids=SOUND.keys())
def test_what_is_sound_is_not_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "facts.yaml").write_text(FACTS, encoding="utf-8")
    (tmp_path / "shili.yaml").write_text(HEAD + text, encoding="utf-8")
    assert load_book(tmp_path).rules
