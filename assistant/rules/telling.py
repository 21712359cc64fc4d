"""Rules that tell what to do or what follows: papers, steps, consequences of a breach."""

from __future__ import annotations

from ceyin.assistant.rules.calendar import chinese, length, period_end
from ceyin.assistant.rules.conditions import Case, decide
from ceyin.assistant.rules.model import ConsequenceRule, PapersRule, ProcedureRule
from ceyin.assistant.rules.result import Result, clause_of, day_of, of_outcome, undecided
from ceyin.assistant.rules.values import Absent, Conflict, Known, Reason, Trace, Verdict


def decide_papers(rule: PapersRule, case: Case) -> Result:
    """Complete where every paper this applicant needs is among those at hand."""
    fact = case.facts.get(rule.fact)
    held: tuple[object, ...] = ()
    if isinstance(fact, Known):
        held = fact.value if isinstance(fact.value, tuple) else (fact.value,)
    parts: list[Trace] = []
    asked: list[str] = []
    reasons: list[Reason] = []
    lacking = False
    for paper in rule.papers:
        needed = decide(paper.when, case, rule.pin) if paper.when is not None else None
        if needed is not None and needed.verdict is Verdict.FAIL:
            continue
        if paper.name in held:
            verdict = Verdict.PASS
        elif isinstance(fact, Known | Absent) and (needed is None or needed.verdict is Verdict.PASS):
            verdict, lacking = Verdict.FAIL, True
        else:
            verdict = Verdict.UNKNOWN
            if needed is not None and needed.reason is not None:
                asked += needed.missing
                reasons.append(needed.reason)
            if not isinstance(fact, Known | Absent):
                asked.append(rule.fact)
                reasons.append(Reason.CONFLICT if isinstance(fact, Conflict) else Reason.MISSING_FACT)
        given = {Verdict.PASS: "已备", Verdict.FAIL: "还没有", Verdict.UNKNOWN: "未说明"}[verdict]
        note = paper.note or ("" if needed is None or needed.verdict is Verdict.PASS else "视情况提交")
        parts.append(Trace(paper.name, given, note or "要提交", verdict, clause_of(rule.pin)))
    reason: Reason | None = None
    if lacking:
        verdict = Verdict.FAIL
    elif reasons:
        verdict = Verdict.UNKNOWN
        reason = Reason.MISSING_FACT if Reason.MISSING_FACT in reasons else reasons[0]
    else:
        verdict = Verdict.PASS
    done = sum(p.verdict is Verdict.PASS for p in parts)
    trace = Trace(
        rule.title, f"已备{done}项", f"共{len(parts)}项", verdict, clause_of(rule.pin), tuple(parts)
    )
    missing = tuple(dict.fromkeys(asked)) if verdict is Verdict.UNKNOWN else ()
    return Result(rule, verdict, reason, trace, missing)


def tell_steps(rule: ProcedureRule) -> Result:
    """The steps in order; there is nothing to decide."""
    parts = []
    for step in rule.steps:
        by = (
            f"{length(step.within)}内"
            if step.within
            else f"不晚于{chinese(step.until)}"
            if step.until
            else ""
        )
        parts.append(Trace(step.does, step.who, by, Verdict.UNKNOWN, clause_of(rule.pin)))
    trace = Trace(rule.title, "", f"共{len(parts)}步", Verdict.UNKNOWN, clause_of(rule.pin), tuple(parts))
    return Result(rule, Verdict.UNKNOWN, Reason.INFORMATIVE, trace)


def decide_consequence(rule: ConsequenceRule, case: Case) -> Result:
    """Fails where there was a breach, as long as what follows from it lasts; passes where there was none."""
    breach = decide(rule.breach, case, rule.pin)
    if breach.verdict is not Verdict.FAIL:
        if breach.verdict is Verdict.UNKNOWN:
            return of_outcome(rule, breach)
        return _struck(rule, case, breach.trace)
    trace = Trace(rule.title, "没有这种情形", rule.then, Verdict.PASS, clause_of(rule.pin), (breach.trace,))
    return Result(rule, Verdict.PASS, None, trace)


def _struck(rule: ConsequenceRule, case: Case, because: Trace) -> Result:
    if rule.bars is None or rule.since is None:
        trace = Trace(rule.title, "有这种情形", rule.then, Verdict.FAIL, clause_of(rule.pin), (because,))
        return Result(rule, Verdict.FAIL, None, trace)
    lasts = f"{rule.then},{length(rule.bars)}"
    since = day_of(rule, rule.since, lasts, case.facts)
    if isinstance(since, Result):
        return since
    end = period_end(since, rule.bars)
    if end is None:
        return undecided(rule, chinese(since), lasts, Reason.NO_CALENDAR)
    if case.as_of == end:
        verdict, reason = Verdict.UNKNOWN, Reason.BOUNDARY
    else:
        verdict, reason = (Verdict.PASS if case.as_of > end else Verdict.FAIL), None
    required = f"{lasts},到{chinese(end)}"
    trace = Trace(
        rule.title, f"{rule.since}{chinese(since)}", required, verdict, clause_of(rule.pin), (because,)
    )
    return Result(rule, verdict, reason, trace, day=end)
