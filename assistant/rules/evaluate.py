"""One rule on one case: verdict, figure, missing facts and the trace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ceyin.assistant.rules.amounts import amount_of, decide_amount, why_open
from ceyin.assistant.rules.calendar import chinese, month_end
from ceyin.assistant.rules.conditions import Case, decide, show
from ceyin.assistant.rules.due import decide_deadline, decide_term
from ceyin.assistant.rules.model import (
    AmountRule,
    ConsequenceRule,
    DeadlineRule,
    DiscretionaryRule,
    EligibilityRule,
    ExclusionRule,
    PapersRule,
    ProcedureRule,
    Rule,
    StackRule,
    TargetRule,
    TermRule,
    Valid,
    ValidityRule,
)
from ceyin.assistant.rules.money import plain
from ceyin.assistant.rules.result import PolicyTerm, Result, clause_of, of_outcome, undecided
from ceyin.assistant.rules.stacking import decide_exclusion, decide_stack
from ceyin.assistant.rules.telling import decide_consequence, decide_papers, tell_steps
from ceyin.assistant.rules.uses import facts_of
from ceyin.assistant.rules.values import Fact, Facts, Known, Outcome, Reason, Trace, Verdict


def evaluate(rule: Rule, case: Case, term: PolicyTerm) -> Result:
    """Decide one rule; where only the month of a day is known, on its first and its last day.

    What both agree on holds; the day itself is then not named.
    """
    vague = _months(case.facts)
    vague = [key for key in facts_of(rule) if key in vague] if vague else []
    if not vague:
        return _evaluated(rule, case, term)
    first = _evaluated(rule, case, term)
    last = _evaluated(rule, replace(case, facts=_month_ends(case.facts, vague)), term)
    if first.verdict is last.verdict and first.reason is last.reason and first.applies is last.applies:
        trace = replace(first.trace, given="只说到几月", required="整月里哪一天都是这个结论")
        return replace(first, month_only=True, trace=trace, notes=(*first.notes, *_VAGUE))
    trace = replace(first.trace, verdict=Verdict.UNKNOWN)
    return Result(rule, Verdict.UNKNOWN, Reason.MISSING_FACT, trace, tuple(vague), notes=_VAGUE)


_VAGUE = ("只说到几月,没有说是哪一天;具体日期要看是哪一天。",)


def _months(facts: Facts) -> list[str]:
    """The days of which only the month was said; hardly ever any."""
    return [key for key, fact in facts.known.items() if isinstance(fact, Known) and fact.month_only]


def _month_ends(facts: Facts, keys: Sequence[str]) -> Facts:
    ends: dict[str, Fact] = {}
    for key in keys:
        fact = facts.get(key)
        if isinstance(fact, Known) and isinstance(fact.value, date):
            ends[key] = replace(fact, value=month_end(fact.value.year, fact.value.month))
    return Facts({**facts.known, **ends})


def _evaluated(rule: Rule, case: Case, term: PolicyTerm) -> Result:
    """Before commencement or after expiry a rule fails with ``not_in_force`` and no amount.

    A drafted rule is shown and never decides.
    """
    out = _in_force(rule, case, term)
    result = out if out is not None else _applied(rule, case, term)
    if rule.review.status == "drafted" and _in_force(rule, case, term, of_policy=True) is None:
        return withheld(result, Reason.NOT_REVIEWED)
    return result


def _applied(rule: Rule, case: Case, term: PolicyTerm) -> Result:
    held = decide(rule.applies_when, case, rule.pin) if rule.applies_when is not None else None
    if held is not None and held.verdict is Verdict.FAIL:
        return replace(of_outcome(rule, held), applies=False)
    result = _decided(rule, case, term)
    if held is not None and held.verdict is Verdict.UNKNOWN:
        result = _weakened(result, held)
    return result


def _decided(rule: Rule, case: Case, term: PolicyTerm) -> Result:
    match rule:
        case AmountRule():
            return decide_amount(rule, case)
        case EligibilityRule():
            return of_outcome(rule, decide(rule.requires, case, rule.pin))
        case StackRule():
            result = decide_stack(rule, case, lambda member: evaluate(member, case, term))
        case ExclusionRule():
            result = decide_exclusion(rule, case)
        case DeadlineRule():
            result = decide_deadline(rule, case)
        case TermRule():
            result = decide_term(rule, case)
        case ValidityRule():
            result = _validity(rule, case, term)
        case TargetRule():
            result = _target(rule, case)
        case PapersRule():
            result = decide_papers(rule, case)
        case ProcedureRule():
            result = tell_steps(rule)
        case ConsequenceRule():
            result = decide_consequence(rule, case)
        case DiscretionaryRule():
            result = undecided(rule, "由主管部门认定", rule.note, Reason.DISCRETIONARY)
    if rule.requires is None or not result.applies:
        return result
    # A day or a figure is nobody's but theirs who meet the condition it is written for.
    held = decide(rule.requires, case, rule.pin)
    if held.verdict is Verdict.FAIL:
        return replace(of_outcome(rule, held), applies=False)
    if held.verdict is Verdict.UNKNOWN and result.verdict is not Verdict.FAIL:
        return _weakened(result, held)
    return result


def _weakened(result: Result, held: Outcome) -> Result:
    """The result while it is open whether the case is one of this rule at all."""
    return replace(
        result,
        verdict=Verdict.UNKNOWN,
        reason=Reason.MISSING_FACT if Reason.MISSING_FACT in (held.reason, result.reason) else held.reason,
        trace=replace(result.trace, verdict=Verdict.UNKNOWN, parts=(*result.trace.parts, held.trace)),
        missing=tuple(dict.fromkeys([*held.missing, *result.missing])),
    )


def _in_force(rule: Rule, case: Case, term: PolicyTerm, *, of_policy: bool = False) -> Result | None:
    """The result where the rule does not hold on the day; ``of_policy``: by the term of the policy alone."""
    if isinstance(rule, ValidityRule):
        return None
    out = _outside(Valid() if of_policy else rule.valid, case, term)
    if out is None:
        return None
    bound, required = out
    trace = Trace("文件是否有效", chinese(case.as_of), required, Verdict.FAIL, clause_of(rule.pin))
    return Result(rule, Verdict.FAIL, Reason.NOT_IN_FORCE, trace, day=bound)


def _outside(valid: Valid, case: Case, term: PolicyTerm) -> tuple[date, str] | None:
    """The day before or after which a rule does not hold, and how the text says so; None while it holds."""
    start = valid.from_ or term.start
    until = valid.until or term.until
    if (
        term.repealed is not None
        and case.as_of >= term.repealed
        and (until is None or term.repealed <= until)
    ):
        return term.repealed, f"{chinese(term.repealed)}起废止"
    if until is not None and case.as_of > until:
        return until, f"有效期至{chinese(until)}"
    if start is not None and case.as_of < start:
        return start, f"自{chinese(start)}起施行"
    return None


def _validity(rule: ValidityRule, case: Case, term: PolicyTerm) -> Result:
    start, until = rule.valid.from_ or term.start, rule.valid.until or term.until
    required = f"自{chinese(start) if start else '未注明'}起,至{chinese(until) if until else '未注明'}"
    out = _outside(rule.valid, case, term)
    verdict, reason, day = (
        (Verdict.PASS, None, until) if out is None else (Verdict.FAIL, Reason.NOT_IN_FORCE, out[0])
    )
    trace = Trace(
        rule.title, chinese(case.as_of), required if out is None else out[1], verdict, clause_of(rule.pin)
    )
    return Result(rule, verdict, reason, trace, day=day)


def _target(rule: TargetRule, case: Case) -> Result:
    fact = case.facts.get(rule.fact)
    signs = {"ge": "≥", "gt": "超过", "le": "≤", "lt": "低于", "eq": ""}
    required = f"{f'到{rule.year}年' if rule.year else ''}{signs[rule.op]}{plain(rule.value)}{rule.unit}"
    value = amount_of(case.facts, rule.fact)
    if value is None:
        given = show(fact.value) if isinstance(fact, Known) else "未说明"
        return undecided(rule, given, required, why_open(case.facts, [rule.fact]), rule.fact)
    held = {
        "ge": value >= rule.value,
        "gt": value > rule.value,
        "le": value <= rule.value,
        "lt": value < rule.value,
        "eq": value == rule.value,
    }[rule.op]
    verdict = Verdict.PASS if held else Verdict.FAIL
    trace = Trace(rule.title, f"{plain(value)}{rule.unit}", required, verdict, clause_of(rule.pin))
    return Result(rule, verdict, None, trace)


def withheld(result: Result, reason: Reason) -> Result:
    """The same rule when nobody may rely on it: its clause has changed since review, or it was never reviewed."""
    return replace(
        result,
        verdict=Verdict.UNKNOWN,
        reason=reason,
        trace=replace(result.trace, verdict=Verdict.UNKNOWN),
        amount=None,
        day=None,
        missing=(),
        steps=(),
        applies=True,
    )
