"""A sum somebody wishes for, held against the most that a rule gives: 「两个人合伙能贷80万吗」."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from ceyin.assistant.deciding import Decision
from ceyin.assistant.rules.model import AmountRule
from ceyin.assistant.rules.money import AMOUNT, FIGURE, amount_of, yuan
from ceyin.assistant.rules.values import Reason, Trace, Verdict
from ceyin.assistant.understand import Question
from ceyin.corpus.numerals import ORDINAL_CHARS


@dataclass(frozen=True, slots=True)
class Wish:
    """A sum asked for, in CNY; ``loan``: to be borrowed, not to be given."""

    sum: Decimal
    loan: bool


#: With a unit, or a figure of money by its size: 「贷3年」 and 「补2件」 name no sum; nor does one paid for something.
_SUM = (
    rf"(?P<v>(?<![\d.{ORDINAL_CHARS}])(?=[\d.,{ORDINAL_CHARS}]*\s*[百千万亿元块]|\d{{3,}}(?:吗|么|不|行)){FIGURE})"
    rf"(?![\d十百千万亿{ORDINAL_CHARS}]|[.,]\d)(?:元|块钱?)?(?![件个家人项次年月])(?!的?[\u4e00-\u9fff]{{0,4}}(?:费|合同|投入|设备))"
)
_OVER = r"(?:到|下来?|个|出|得|我们?|你们?|款|一笔|创业|担保|贷款|的|差不多|大概|够|满|上|它|他|笔|完)*"
_MAY = (
    r"(?:能不能|可不可以|能否|可否|可以|能|想|要|打算|准备|够|敢|希望|计划|需要|一次|直接|合起来|一共|总共)"
)
_LOANS = (
    re.compile(rf"(?:贷|借){_OVER}{_SUM}"),
    re.compile(rf"{_SUM}的?(?:创业|担保)*(?:贷款|款)[^,。;?!]{{0,8}}?(?:行|可以|能|批|够|成)"),
    re.compile(rf"{_MAY}[^,。;?!\d]{{0,10}}?(?:申请|批|放|要){_OVER}{_SUM}的?(?:创业|担保)*贷款"),
)
_AWARDS = (
    re.compile(
        rf"{_MAY}[^,。;?!\d]{{0,10}}?(?:申请|批|拿|领|补|奖|报|给|得|申){_OVER}{_SUM}(?!的?\S{{0,4}}贷)"
    ),
    re.compile(rf"{_SUM}的?(?:补贴|资助|奖励)[^,。;?!]{{0,8}}?(?:行|可以|能|批|够|成)"),
)
#: Only who asks whether wishes; who asks how much is told the most.
_WHETHER = re.compile(
    r"吗|么[?。]?$|能不能|可不可以|能否|可否|行不|成不|够不|批不|中不中|可以不|允许|(?:不|没)[?。!]?$|超没超|超不超|合不合规|吧[?。]?$"
    r"|\b(?:can|could|may|is it possible|would)\b",
    re.IGNORECASE,
)
_HOW_MUCH = re.compile(r"多少|(?<![十百千好多])几[万十百]|几多|how much", re.IGNORECASE)


def wished(text: str, question: Question) -> Wish | None:
    """The sum a message asks for whether it can be had, the last one named; None where it asks for none."""
    if not _WHETHER.search(question.said) or _HOW_MUCH.search(question.said):
        return None
    if any(p.kind == "money" for p in question.premises):
        return None  # what is only heard of is put right, not refused
    found = [
        (m.start("v"), loan, m.group("v"))
        for loan, patterns in ((True, _LOANS), (False, _AWARDS))
        for pattern in patterns
        for m in pattern.finditer(text)
    ]
    if not found:
        return None
    _, loan, words = max(found)
    amount = AMOUNT.search(words)
    value = amount_of(amount) if amount else None
    return None if value is None else Wish(value, loan)


def held_to_most(decision: Decision, wish: Wish) -> Decision:
    """A decision on a sum that says no where more is wished for than can come of it; else as it is."""
    result = decision.result
    most = result.amount.high if result.amount is not None else None
    rule = decision.rule
    if not isinstance(rule, AmountRule) or most is None or result.verdict is Verdict.FAIL:
        return decision
    if wish.sum <= most or (
        wish.loan and rule.nature != "loan"
    ):  # a loan of 300万 is none of what is paid on it
        return decision
    line = Trace("想要的数额", yuan(wish.sum), f"≤{yuan(most)}", Verdict.FAIL, result.trace.clause)
    trace = replace(result.trace, verdict=Verdict.FAIL, parts=(*result.trace.parts, line))
    above = replace(result, verdict=Verdict.FAIL, reason=Reason.ABOVE_MOST, trace=trace, missing=())
    return replace(decision, result=above)
