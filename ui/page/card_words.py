"""The fixed words of an answer's card, in the language of the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ceyin.assistant.contract import Answer
from ceyin.ui.page import text as t


@dataclass(frozen=True, slots=True)
class Words:
    """One language; ``{}`` stands for a number or a name."""

    lang: str
    meanings: Mapping[str, str]
    checks: Mapping[str, str]
    in_force: Mapping[str, str]
    damaged: str
    card: str
    at_most: str
    correction: str
    next: str
    unsaid: str
    need: str
    need_send: str
    warnings: str
    suggestions: str
    cites: str
    chip: str
    checked_on: str
    cards_only: str
    worded: str
    prevails: str
    copy: str
    # what was understood
    understood: str
    policy: str
    region: str
    as_of: str
    any_policy: str
    no_region: str
    change: str
    remove: str
    said: str
    beside: str
    given: str
    yes: str
    no: str
    choose: str
    several: str
    money_hint: str
    # how it came about
    how: str
    searched: str
    found: str
    found_line: str
    rules: str
    given_required: str
    cited: str
    removed: str
    fallbacks: Mapping[str, str]
    sure: str
    sure_line: str
    times: str
    stages: Mapping[str, str]
    milliseconds: str


ZH = Words(
    lang="zh-CN",
    meanings={kind: word for kind, (_, word) in t.MEANINGS.items()},
    checks={"pass": "符合", "fail": "不符合", "unknown": "待补充"},
    in_force=t.IN_FORCE,
    damaged=t.DAMAGED,
    card=t.CARD,
    at_most="最多",
    correction="更正",
    next="下一步",
    unsaid="文件没有写明",
    need="还差的信息",
    need_send="填好再答",
    warnings="说明",
    suggestions="接着问",
    cites="依据 {} 条",
    chip="引文 {}：{}，打开原文",
    checked_on="文本核对日期 {}",
    cards_only="依据摘要,未导入原文",
    worded="由语言模型改写表述,结论与引用来自规则和条文",
    prevails=t.PREVAILS,
    copy="复制回答",
    understood="按这些情况回答，可以改",
    policy="文件",
    region="地区",
    as_of=t.AS_OF_LABEL,
    any_policy="不限",
    no_region="未说明",
    change="改好再答",
    remove="去掉",
    said="您说的",
    beside="{}({})",
    given="您填的",
    yes="是",
    no="否",
    choose="请选择",
    several="有几项就用“、”隔开",
    money_hint="如 18000 或 1.8万",
    how="怎么得出的",
    searched="查找用语",
    found="找到的条文",
    found_line="相关度 {},含问题词语 {}",
    rules="试过的规则",
    given_required="{}:{}(要求:{})",
    cited="已引用",
    removed="核对时去掉的话",
    fallbacks={"quoted": "核对后改为只引原文。", "pointed": "核对后改为只指出条文位置。"},
    sure="能不能答",
    sure_line="库里有答案的把握 {},低于 {} 就不作答",
    times="用时",
    stages={
        "understand": "理解问题",
        "retrieve": "查找条款",
        "rules": "套用规则",
        "compose": "写出回答",
        "verify": "核对数字",
        "total": "合计",
    },
    milliseconds="{} 毫秒",
)

EN = Words(
    lang="en",
    meanings={
        "pass": "Yes",
        "fail": "No",
        "unknown": "More facts needed",
        "damaged": "Source damaged",
        "lapsed": "Not in force",
        "refused": "No answer",
        "plain": "As the text says",
        "help": "",
    },
    checks={"pass": "Met", "fail": "Not met", "unknown": "Open"},
    in_force={
        "in_force": "in force",
        "expired": "expired",
        "not_yet": "not yet in force",
        "repealed": "repealed",
        "unknown": "no term stated",
    },
    damaged="words missing here",
    card="digest, not the original",
    at_most="at most",
    correction="Correction",
    next="Next steps",
    unsaid="Not stated in the text",
    need="Still needed",
    need_send="Answer again",
    warnings="Notes",
    suggestions="Ask next",
    cites="Based on {}",
    chip="Citation {}: {}, open the original",
    checked_on="Text checked on {}",
    cards_only="Based on a digest; the original text is not imported",
    worded="Worded by a language model; the decision and the citations come from rules and clauses",
    prevails="The official document in Chinese prevails.",
    copy="Copy answer",
    understood="Answered for this case; each can be changed",
    policy="Document",
    region="Place",
    as_of="As of",
    any_policy="any",
    no_region="not told",
    change="Answer again",
    remove="Remove",
    said="you said",
    beside="{} ({})",
    given="you entered",
    yes="Yes",
    no="No",
    choose="Choose",
    several="several: separate them with “;”",
    money_hint="e.g. 18000",
    how="How this came about",
    searched="Searched for",
    found="Clauses found",
    found_line="score {}, covers {} of the question",
    rules="Rules tried",
    given_required="{}: {} (required: {})",
    cited="cited",
    removed="Removed on checking",
    fallbacks={
        "quoted": "After checking, only the original is quoted.",
        "pointed": "After checking, only the clauses are pointed to.",
    },
    sure="Answerable",
    sure_line="{} sure that the library has the answer; below {} it declines",
    times="Time",
    stages={
        "understand": "understand",
        "retrieve": "search",
        "rules": "rules",
        "compose": "write",
        "verify": "verify",
        "total": "total",
    },
    milliseconds="{} ms",
)


def words_for(answer: Answer) -> Words:
    """The words of the language the answer is in."""
    return EN if answer.understood is not None and answer.understood.language == "en" else ZH
