"""A sum somebody wants, set against the most a rule allows: 想安排70万 of a fund whose ceiling is 63万元."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from ceyin.assistant.deciding import Decision
from ceyin.assistant.rules.model import AmountRule, Tiers
from ceyin.assistant.rules.money import AMOUNT, FIGURE, amount_of, yuan
from ceyin.assistant.rules.values import Facts, Known, Reason, Trace, Verdict, items_of
from ceyin.assistant.understanding.wishing import wished

#: Money nobody is owed: a limit to what may be lent or spent. A grant worked out in full is due, whatever was hoped.
LIMITS = ("loan", "fund")

_OF_LOAN = re.compile(r"贷|借|\b(?:loan|borrow)", re.IGNORECASE)


def against_wish(decision: Decision, text: str, facts: Facts) -> Decision:
    """The decision, turned into a no where more is wanted than the rule gives at most."""
    rule, result = decision.rule, decision.result
    most = result.amount.high if result.amount is not None else None
    if not isinstance(rule, AmountRule) or most is None or result.verdict is Verdict.FAIL:
        return decision
    if rule.nature not in LIMITS and not rule.base.at_most:
        return decision
    if rule.nature != "loan" and _OF_LOAN.search(text):
        return decision  # a loan of 300万 is none of what is paid on it
    wish = wished(text, _sums(facts), loan=rule.nature == "loan")
    if wish is None or wish <= most:
        return decision
    above = Trace("想要的数额", yuan(wish), f"≤{yuan(most)}", Verdict.FAIL, result.trace.clause)
    trace = replace(result.trace, verdict=Verdict.FAIL, parts=(*result.trace.parts, above))
    over = replace(result, verdict=Verdict.FAIL, reason=Reason.ABOVE_CEILING, trace=trace, missing=())
    return replace(decision, result=over)


_GOT = re.compile(
    rf"(?:拿|领|发|奖|给|补|兑现)(?:过|了|到了?|下来)(?:我们?|咱们?|俺们?|公司|市里|一笔|的)*(?P<v>{FIGURE})"
    r"|(?P<w>(?<!还能)\d+万)(?:元|块钱?)?(?:早就|已经?|都)(?:拿|领|到)"
)
_MORE = re.compile(r"还[能可要给有想]|再|又能|也能|接着")


def against_paid(decision: Decision, text: str) -> Decision:
    """The decision, turned into a no where the highest of several awards was paid and more is asked.

    Which awards bar each other is only written for those with a national one; of others it is open.
    """
    rule, amount = decision.rule, decision.result.amount
    if not isinstance(rule, AmountRule) or amount is None or amount.high is None:
        return decision
    base = rule.base
    if not isinstance(base, Tiers) or not (base.combine == "highest" or base.highest_with):
        return decision
    if not _MORE.search(text):
        return decision
    highest = (
        amount.low or amount.high
    )  # of several nobody says how they combine the least is the highest one
    found = (AMOUNT.search(m.group("v") or m.group("w")) for m in _GOT.finditer(text))
    paid = [v for m in found if m is not None and (v := amount_of(m)) is not None and v >= highest]
    if not paid:
        return decision
    national = any("国家" in step for step in decision.result.steps)
    verdict = Verdict.FAIL if national else Verdict.UNKNOWN
    due = Trace("已领最高一项", yuan(paid[0]), "没有领过", verdict, decision.result.trace.clause)
    trace = replace(decision.result.trace, verdict=verdict, parts=(*decision.result.trace.parts, due))
    reason = Reason.PAID_ALREADY if national else Reason.DISCRETIONARY
    gone = replace(decision.result, verdict=verdict, reason=reason, trace=trace, missing=())
    return replace(decision, result=gone)


def _sums(facts: Facts) -> set[Decimal]:
    """The figures the case itself has."""
    known = (fact.value for fact in facts.known.values() if isinstance(fact, Known))
    return {item for value in known for item in (items_of(value) or ())}
