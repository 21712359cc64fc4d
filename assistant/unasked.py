"""What a question does not ask: rules on a sum or a day that would answer another one."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ceyin.assistant.deciding import Decision
from ceyin.assistant.rules.model import AmountRule, DeadlineRule, Rule, TermRule
from ceyin.assistant.rules.values import Verdict
from ceyin.assistant.understand import Question
from ceyin.assistant.understanding.intents import Intent

#: Who asks about a sum or applies for one.
_OF_SUMS = re.compile(
    r"补|奖|助|贴|钱|[万元块]|多少|给不给|给[吗么]|报不报|报[吗么]|几成|领|申请|申报|享受|能报|可以报|拿|得到|经费|资金|费|优惠|减|免|贷|报销|扶持|支持|待遇|好处|额度|award|subsid|grant|fund|loan|eligib|qualif|apply|CNY|RMB|yuan|support|\bgive\b|\bpay|refund|reimburs|reward",
    re.IGNORECASE,
)
#: Asks for a number of things, not for a sum.
_COUNTED = re.compile(r"(?:多少|几)(?:[个家件项名种次所]|人(?!民币))|达到多少|占多少|覆盖")
#: 「公司要有几件发明」: what is asked of whoever applies.
_REQUIRED = re.compile(
    r"(?:公司|企业|单位|申请人?|申报|我们?)[^,。;?!]{0,6}(?:要|得|需|至少|起码|最少)[^,。;?!到成]{0,4}(?:几|多少)[件个项]"
)
#: An English question after a sum or who gets one; 「who may audit how we spend the grant」 is none.
_SUM_IN_ENGLISH = re.compile(
    r"how (?:much|large|big)|amount|eligib|qualif|entitle"
    r"|\b(?:gets?|receive|claim|gives?|pays?|cover|borrow|apply|fund)\b|reward|subsid|reimburs|refund|loan|share|percent|%|\bcap\b|maximum|\bmost\b|discount|exempt|reduc|waive|support|ceiling",
    re.IGNORECASE,
)


def no_sum_asked(question: Question, text: str, decision: Decision) -> bool:
    """Whether a rule on a sum would say yes to a question that speaks of none: 「项目中途换单位行吗」.

    Nor does a sum answer what asks for years or a target: 「一轮最多几年」, 「2025年合起来要多少个」.
    """
    if not isinstance(decision.rule, AmountRule):
        return False
    if _REQUIRED.search(text):
        return False
    counts = question.wants(Intent.TARGET) and bool(_COUNTED.search(text))
    if (counts or question.wants(Intent.DURATION)) and not question.wants(Intent.AMOUNT, Intent.ELIGIBLE):
        return True
    if decision.result.verdict is Verdict.FAIL:
        return False
    if question.english and not _SUM_IN_ENGLISH.search(question.message):
        return True
    return not question.wants(Intent.AMOUNT) and not _OF_SUMS.search(text)


#: Asks about something handed in, which a fixed day ends.
_HANDS_IN = re.compile(
    r"[报申交送寄递]|材料|截止|批|appl|submi|deadline|due|late|hand|send|file|batch", re.IGNORECASE
)


def no_day_asked(question: Question, text: str, decision: Decision) -> bool:
    """Whether a deadline would say late, or not yet, to a question that asks for no day: 「牌子到今天还能挂吗」."""
    rule = decision.rule
    asks_term = question.personal or question.wants(
        Intent.DEADLINE, Intent.DURATION, Intent.IN_FORCE, Intent.ELIGIBLE
    )
    if isinstance(rule, TermRule) and not asks_term:
        # nor does a term answer 「平常怎么自查、出什么报告」
        return decision.result.verdict is Verdict.UNKNOWN
    if isinstance(rule, DeadlineRule) and rule.on is not None and not _HANDS_IN.search(text):
        return True  # 「名头管到啥时候」
    return (
        isinstance(rule, DeadlineRule)
        and decision.result.verdict is not Verdict.UNKNOWN
        and not question.wants(Intent.DEADLINE, Intent.DURATION)
    )


def fixed_day(rule: Rule) -> bool:
    """Whether a rule has a day of its own, the same for every case: it is decided whatever is asked."""
    return isinstance(rule, DeadlineRule) and rule.on is not None


def unnamed(features: Mapping[str, float]) -> bool:
    """Whether no word calls a rule, not even one of its title."""
    return not (features["triggered"] or features["title"])
