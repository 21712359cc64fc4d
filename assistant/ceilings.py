"""A sum somebody wants, set against the most a rule allows: 想安排70万 of a fund whose ceiling is 63万元."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from ceyin.assistant.deciding import Decision
from ceyin.assistant.rules.model import AmountRule
from ceyin.assistant.rules.money import yuan
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


def _sums(facts: Facts) -> set[Decimal]:
    """The figures the case itself has."""
    known = (fact.value for fact in facts.known.values() if isinstance(fact, Known))
    return {item for value in known for item in (items_of(value) or ())}
