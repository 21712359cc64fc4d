"""How a sum or a day came about, as one would tell it: only real arithmetic, only the cap that counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ceyin.assistant.deciding import Decision, day_words
from ceyin.assistant.rules.amounts import in_words
from ceyin.assistant.rules.calendar import chinese, weekday
from ceyin.assistant.rules.model import AmountRule, DeadlineRule, PerUnit, TermRule
from ceyin.assistant.rules.result import Result
from ceyin.assistant.rules.values import Reason, Verdict

#: A step that is reckoned, not only named.
_RECKONED = re.compile(r"[×=+]|合计|超过上限,按|扣除|只按最高|提高|取整")
_BITES, _SPARES = "超过上限,按", "未超过上限"
#: What was received before is told, or asked about.
_RECEIVED = re.compile(
    r"还能再?[拿领得享申]|再[拿领]|已经?(?:领|拿|得|享受|奖)|[奖领拿给]了|去年|前年|之前|以前"
)
_STILL = re.compile(r"还能再?[拿领得享]|还可以再?[拿领得享]")
_PAID_BEFORE = re.compile(
    r"(?<!没)(?<!没有)(?<!未)(?<!从)(?:已经?|去年|前年|之前|早就?|以前)?(?:领|补|奖|发|兑现|申领)(?:过|了)(?!没|吗|多少|几)(?!\S{0,3}?证)"
)
_PAID = re.compile(r"[奖领拿给]了|已经?[领拿得奖]|[领拿]过")
_HOW_MUCH = re.compile(r"[、和]能[补拿得]多少")
_ONLY_ONCE = re.compile(r"[^。;]*(?:不重复|不得重复|不再重复|不可重复|不叠加|不得叠加|不能重复)[^。;]*[。;]?")


def reckoned(result: Result) -> str:
    """「维权代理费50000元×30%=15000元,超过上限,按1万元计」; empty where nothing was reckoned."""
    steps = list(_steps(result))
    if not any(_RECKONED.search(step) for step in steps if not step.startswith(_SPARES)):
        return ""
    return ",".join(steps)


def _steps(result: Result) -> Sequence[str]:
    rule, steps = result.rule, result.steps
    if any(step.startswith(_BITES) for step in steps):  # of two caps the one that lowers the sum
        steps = tuple(step for step in steps if not step.startswith(_SPARES))
    base = rule.base if isinstance(rule, AmountRule) else None
    if isinstance(base, PerUnit) and base.at_most:
        each = f"每{base.unit}"
        steps = tuple(step.replace(each, f"{each}不超过", 1) for step in steps)
    return steps


def with_sum(words: str, result: Result) -> str:
    """A conclusion that is no yes, with the sum that these figures come to in front of it where it has none."""
    amount = result.amount
    if not isinstance(result.rule, AmountRule) or amount is None or amount.high is None:
        return words
    if result.verdict is Verdict.FAIL or not (amount.exact or reckoned(result)):
        return words
    told = in_words(amount)
    if not told.startswith("最高") and (result.at_most or not amount.exact):
        told = f"最高{told}" if amount.exact else told
    if told.removeprefix("最高") in words and not reckoned(result):
        return words
    if result.verdict is Verdict.PASS:
        return words if told.removeprefix("最高") in words else f"可得{told};{words}"
    words = _HOW_MUCH.sub("", words)  # the sum is told, what is open is whether
    return f"符合条件的,{'' if told.startswith('最高') else '可得'}{told};{words}"


def day_ground(decision: Decision) -> str:
    """「截止日是2023年8月10日(周四),到今天已过1203天」; empty where no day follows."""
    result, rule = decision.result, decision.rule
    day, left = result.day, decision.days_left
    if day is None or left is None or result.month_only or result.reason is Reason.NOT_IN_FORCE:
        return ""
    away = f"还有{left}天" if left > 0 else f"到今天已过{-left}天" if left < 0 else "就是今天"
    last = f"{day_words(result)}({weekday(day)})"
    if isinstance(rule, TermRule):
        start = result.trace.given.partition(",查询日")[0]
        length = result.trace.required.partition(",到")[0]
        return f"{start},{length},到{last}为止,{away}"
    if not isinstance(rule, DeadlineRule):
        return ""
    given = result.trace.given
    acted = f";说的是{given}办" if given[:1].isdigit() and given != chinese(decision.as_of) else ""
    return f"截止日是{last},{away}{acted}"


def only_once(said: str, clause: str) -> tuple[int, int] | None:
    """Where a clause says that nobody is paid twice, when something received before is told or asked about."""
    m = _ONLY_ONCE.search(clause)
    return m.span() if m is not None and _RECEIVED.search(said) else None


def paid_before(said: str) -> bool:
    """Whether an award is told to have been paid already: 去年领过1万, 奖了5000."""
    return _PAID_BEFORE.search(said) is not None


def unsettled(said: str, decision: Decision) -> bool:
    """Whether it is asked what is left after an award was paid, and no clause of the policy says how that counts."""
    rule = decision.rule
    if not isinstance(rule, AmountRule) or any(cap.used for cap in rule.caps):
        return False
    asked = _STILL.search(said) is not None and _PAID.search(said) is not None
    return asked and not any(_ONLY_ONCE.search(clause.text) for clause in decision.policy.clauses)
