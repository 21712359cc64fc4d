"""One condition met is no yes to a whole application: the rule that has it among others decides."""

from __future__ import annotations

from collections.abc import Collection

from ceyin.assistant.deciding import Decision
from ceyin.assistant.rules.book import RuleBook
from ceyin.assistant.rules.model import AmountRule, EligibilityRule, Rule, Threshold
from ceyin.assistant.rules.uses import facts_of
from ceyin.assistant.rules.values import Verdict


def wider_than(met: Decision, told: Collection[str], book: RuleBook) -> list[EligibilityRule]:
    """The rules on the same clause with all conditions of one that is met, and another on a fact ``told``.

    「省级经开区」 is where a zone may be; with 「从没挂过牌子」 told, that alone is no yes. The one that asks for least
    comes first.
    """
    rule, own = met.rule, set(facts_of(met.rule))
    if not isinstance(rule, EligibilityRule) or met.result.verdict is not Verdict.PASS:
        return []
    wider = [
        r
        for r in book.on_clause(rule.pin.policy, rule.pin.path)
        if isinstance(r, EligibilityRule) and own < set(facts_of(r)) and (set(facts_of(r)) - own) & set(told)
    ]
    return sorted(wider, key=lambda r: (len(set(facts_of(r))), r.id))


def is_limit(rule: Rule) -> bool:
    """Whether a rule is nothing but a limit that no case may pass: 歇业最长3年, 一轮最长2年."""
    return (
        isinstance(rule, EligibilityRule)
        and isinstance(rule.requires, Threshold)
        and rule.requires.op in ("le", "lt")
    )


def given_beside(denied: Decision, book: RuleBook) -> list[AmountRule]:
    """The other sums of a programme one of whose sums is not due: 「我们是TISC」 is no matter of provincial sites."""
    rule = denied.rule
    if (
        not isinstance(rule, AmountRule)
        or denied.result.verdict is not Verdict.FAIL
        or rule.programme is None
    ):
        return []
    return [
        r
        for r in book.rules
        if r.programme == rule.programme and r.id != rule.id and isinstance(r, AmountRule)
    ]
