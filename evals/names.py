"""Chinese names, and times, for what a report shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from ceyin.evals.judge import Danger

DANGERS: Mapping[Danger, str] = {
    "false_pass": "误判通过",
    "wrong_amount": "金额错误",
    "ungrounded_figures": "无据数字",
    "answered_but_should_not": "不该答而答",
    "needless_refusal": "不必要的拒答",
}
CHECKS: Mapping[str, str] = {
    "error": "出错",
    "status": "状态",
    "verdict": "结论",
    "amount": "金额",
    "cite": "引用",
    "cite_all": "引用齐全",
    "contains": "应有内容",
    "avoids": "不应有内容",
}
_CATEGORIES: Mapping[str, str] = {
    "amount": "金额",
    "amount_calc": "金额计算",
    "comparison": "比较",
    "damaged_source": "原文残缺",
    "deadline": "期限",
    "eligibility": "资格",
    "english_query": "英文提问",
    "fact_lookup": "查事实",
    "false_premise": "错误前提",
    "help": "使用帮助",
    "injection": "夹带指令",
    "lockout": "限制申报",
    "materials": "材料",
    "multi_clause": "多条款",
    "multi_turn": "多轮",
    "procedure": "程序",
    "refusal_other_region": "拒答:外地",
    "refusal_out_of_corpus": "拒答:未收录",
    "stacking": "重复奖励",
    "stub_document": "只有印发通知",
    "target_figure": "目标数字",
    "term": "年限",
    "threshold": "门槛",
    "traditional_query": "繁体提问",
    "typo_or_colloquial": "错字与口语",
    "validity_expired": "失效",
}


def label(name: str) -> str:
    """The Chinese name of a category or danger, or the name itself where none is known."""
    known = _CATEGORIES.get(name)
    return known or next((text for danger, text in DANGERS.items() if danger == name), name)


def check_labels(names: Iterable[str]) -> str:
    """The Chinese names of some checks; one of another version keeps its own name."""
    return "、".join(CHECKS.get(name, name) for name in names)


def shown(moment: datetime) -> str:
    """A moment as a reader in China says it, to the second."""
    return moment.astimezone(ZoneInfo("Asia/Shanghai")).strftime("%Y-%m-%d %H:%M:%S")
