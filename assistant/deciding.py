"""From a question to the outcome of the rules it asks: which rule, on which facts, with which result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ceyin.assistant.citing import short_title
from ceyin.assistant.contract import Check, MissingFact
from ceyin.assistant.matching.area import area_of
from ceyin.assistant.rules.amounts import in_words, unsaid
from ceyin.assistant.rules.book import RuleBook, pin_holds
from ceyin.assistant.rules.calendar import chinese
from ceyin.assistant.rules.conditions import Case
from ceyin.assistant.rules.evaluate import evaluate, withheld
from ceyin.assistant.rules.model import AmountRule, Pin, Rule
from ceyin.assistant.rules.money import plain, yuan
from ceyin.assistant.rules.result import PolicyTerm, Result, clause_of
from ceyin.assistant.rules.uses import facts_of
from ceyin.assistant.rules.values import AtLeast, Below, Between, Facts, Known, Reason, Trace, Verdict
from ceyin.corpus.library import StoredClause, StoredPolicy

#: Kinds of rule whose outcome is a verdict on the case; the others tell what the text says.
_DECIDING = {"amount", "eligibility", "deadline", "term", "validity"}
#: Said where a clause is known by our card alone: the rule was reviewed on an official text that is not here.
ON_CARDS = "没有导入官方原文,依据摘要卡片和核定过的规则判断。"


@dataclass(frozen=True, slots=True)
class Decision:
    """A rule decided: its result, and the clause it stands on."""

    result: Result
    policy: StoredPolicy
    clause: StoredClause
    known: bool  # whether at least one fact of the rule was given
    as_of: date

    @property
    def days_left(self) -> int | None:
        """Days from the day of the question to the day that follows (negative: past); None where there is none."""
        day = None if self.result.month_only else self.result.day
        return None if day is None else (day - self.as_of).days

    @property
    def rule(self) -> Rule:
        """The rule."""
        return self.result.rule


def decide_rules(
    rules: Sequence[Rule], facts: Facts, as_of: date, book: RuleBook, policies: Mapping[str, StoredPolicy]
) -> list[Decision]:
    """Evaluate rules whose clause is in the library, and leave out those that are not the case's."""
    found = (decide_rule(rule, facts, as_of, book, policies) for rule in rules)
    return [decision for decision in found if decision is not None and decision.result.applies]


def decide_rule(
    rule: Rule, facts: Facts, as_of: date, book: RuleBook, policies: Mapping[str, StoredPolicy]
) -> Decision | None:
    """Evaluate one rule; a clause changed since review gives unknown. None where its clause is not in the library."""
    policy = policies.get(rule.pin.policy)
    clause = pinned_clause(policy, rule.pin) if policy else None
    if policy is None or clause is None:
        return None
    elsewhere = _elsewhere(facts, policy)
    if elsewhere is not None:
        result = _not_here(rule, elsewhere, policy)
    else:
        # Where no text says from when it holds, nothing holds before it was issued.
        term = PolicyTerm(policy.effective_from or policy.issued, policy.expires, policy.repealed)
        result = evaluate(rule, Case(facts, as_of, book), term)
        if any(_changed_in(policies, pin) for pin in book.grounds(rule.id)) or _changed(rule.pin, clause):
            result = withheld(result, Reason.TEXT_CHANGED)
    known = any(isinstance(facts.get(k), Known | AtLeast | Below | Between) for k in facts_of(rule))
    return Decision(result, policy, clause, known, as_of)


#: The fact that says where an applicant is.
PLACE = "所在地"


def _elsewhere(facts: Facts, policy: StoredPolicy) -> str | None:
    """Where the applicant is, if the policy cannot hold there."""
    fact = facts.get(PLACE)
    area = area_of(fact.value) if isinstance(fact, Known) and isinstance(fact.value, str) else None
    return area.place.name if area is not None and not area.may_hold(policy.region) else None


def _not_here(rule: Rule, place: str, policy: StoredPolicy) -> Result:
    trace = Trace(PLACE, place, policy.region, Verdict.FAIL, clause_of(rule.pin))
    return Result(rule, Verdict.FAIL, Reason.ELSEWHERE, trace)


def pinned_clause(policy: StoredPolicy | None, pin: Pin) -> StoredClause | None:
    """The clause a pin names; renumbered with the same words it is found again by its hash.

    After an inserted clause another one stands under the old number: the words decide before the number does.
    """
    if policy is None:
        return None
    clause = next((c for c in policy.clauses if c.ref.path == pin.path), None)
    if pin.sha256 and (clause is None or _changed(pin, clause)):
        moved = next((c for c in policy.clauses if pin_holds(pin, c.text)), None)
        return moved or clause
    return clause


def _changed(pin: Pin, clause: StoredClause) -> bool:
    return clause.text_kind == "official" and not pin_holds(pin, clause.text)


def _changed_in(policies: Mapping[str, StoredPolicy], pin: Pin) -> bool:
    clause = pinned_clause(policies.get(pin.policy), pin)
    return clause is not None and _changed(pin, clause)


def missing_facts(decision: Decision, book: RuleBook) -> list[MissingFact]:
    """The facts that could still change the outcome, with the question to ask."""
    return [
        MissingFact(key=k, question=book.facts[k].question)
        for k in decision.result.missing
        if k in book.facts
    ]


def check_of(decision: Decision, book: RuleBook, citation: int | None) -> Check:
    """The check of the contract."""
    result = decision.result
    value, unit = None, None
    if result.day is not None and not result.month_only:
        value, unit = result.day.isoformat(), "date"
    elif result.amount is not None and result.amount.high is not None and result.verdict is not Verdict.FAIL:
        value, unit = plain(result.amount.high), "CNY"
    return Check(
        rule_id=decision.rule.id,
        kind=decision.rule.kind,
        verdict=result.verdict.value,
        reason=result.reason.value if result.reason else None,
        value=value,
        unit=unit,
        explanation=conclusion(decision),
        trace=_trace_of(decision),
        missing_facts=missing_facts(decision, book),
        citation=citation,
    )


def _trace_of(decision: Decision) -> dict[str, object]:
    """The trace with what is to be minded, and how far off the day is."""
    trace = decision.result.trace.as_json()
    if decision.result.notes:
        trace["notes"] = list(decision.result.notes)
    if decision.days_left is not None:
        trace["days_left"] = decision.days_left
    if decision.result.steps:
        trace["steps"] = list(decision.result.steps)
    return trace


def day_words(result: Result) -> str:
    """The day that follows, or only its month where no more was told."""
    if result.day is None:
        return ""
    return f"{result.day.year}年{result.day.month}月" if result.month_only else chinese(result.day)


def conclusion(decision: Decision) -> str:
    """The outcome in one sentence, without a full stop."""
    result, rule = decision.result, decision.rule
    if result.reason is Reason.NOT_IN_FORCE and result.day is not None:
        if decision.policy.repealed == result.day:
            return f"这份文件已废止,自{chinese(result.day)}起废止"
        late = decision.policy.expires == result.day
        if late:
            return f"这份文件已过期,有效期至{chinese(result.day)}"
        return f"这份文件尚未施行,自{chinese(result.day)}起施行"
    if result.reason is Reason.ELSEWHERE:
        return f"不适用:《{short_title(decision.policy)}》只适用于{decision.policy.region},所说的所在地是{result.trace.given}"
    if result.reason is Reason.ABOVE_CEILING:
        above = result.trace.parts[-1]
        return f"不行,{above.given}超过了上限:最高{above.required.removeprefix('≤')}"
    if result.reason is Reason.PAID_ALREADY:
        return f"不能再领:只按最高一项奖励,不重复;已经领的{result.trace.parts[-1].given}就是最高一项"
    if not result.applies:
        return f"这条规则不适用于所说的情况:{rule.title}"
    if result.reason is Reason.NOT_REVIEWED:
        return f"“{rule.title}”还是待审的草稿,不作结论"
    if result.reason is Reason.TEXT_CHANGED:
        return f"“{rule.title}”所依据的条文已有变动,要重新核对后才能下结论"
    if result.reason is Reason.BOUNDARY and rule.say.unknown is None:
        return f"{rule.title}:正好是期限当天,文件没有写明当天是否算在内"
    amount = ""
    if result.amount is not None and result.amount.high is not None and not result.missing:
        most = "最高" if result.at_most else ""
        amount = in_words(result.amount) if unsaid(result) else f"{most}{yuan(result.amount.high)}"
    day = day_words(result)
    template = {Verdict.PASS: rule.say.pass_, Verdict.FAIL: rule.say.fail, Verdict.UNKNOWN: rule.say.unknown}[
        result.verdict
    ]
    if template:
        if not amount:
            bounded = result.amount is not None and result.amount.high is not None
            amount = in_words(result.amount) if bounded else "金额还要看实际情况"
        return template.replace("{amount}", amount).replace("{day}", day).rstrip("。")
    if rule.kind not in _DECIDING and rule.say.general:
        return rule.say.general.rstrip("。")
    words = {Verdict.PASS: "符合", Verdict.FAIL: "不符合", Verdict.UNKNOWN: "还不能确定"}[result.verdict]
    tail = f",{amount}" if isinstance(rule, AmountRule) and amount and result.verdict is Verdict.PASS else ""
    return f"{rule.title}:{words}{tail}" + (f",{day}" if day else "")
