"""From decisions to the public JSON: programmes, rules, clauses, the facts to tell next, the days ahead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from ceyin.assistant.citing import cite_as
from ceyin.assistant.contract import AmountKind, MissingFact
from ceyin.assistant.deciding import Decision, check_of
from ceyin.assistant.matching.area import level_of
from ceyin.assistant.matching.money import Settled
from ceyin.assistant.matching.plan import PlanItem
from ceyin.assistant.matching.programmes import Judged
from ceyin.assistant.matching.wire import (
    Change,
    MatchDay,
    MatchedClause,
    MatchedProgramme,
    MatchedRule,
    NextFact,
    ProgrammeSum,
)
from ceyin.assistant.rules.book import RuleBook
from ceyin.assistant.rules.conditions import Case, show
from ceyin.assistant.rules.counterfactual import changes_to_pass
from ceyin.assistant.rules.model import AmountRule, DeadlineRule
from ceyin.assistant.rules.values import Conflict, Fact, Known, Unknown, Verdict
from ceyin.corpus.library import StoredPolicy
from ceyin.corpus.validity import doubtful, plan_over


def programme_view(
    one: Judged, settled: Settled, book: RuleBook, by_id: Mapping[str, StoredPolicy], case: Case
) -> MatchedProgramme:
    """One programme with its money, what is missing, and what would have to change."""
    policy = by_id[one.programme.pin.policy]
    sums = [
        ProgrammeSum(nature=n, low_cny=s.interval.low, high_cny=s.interval.high, certain=s.certain)
        for n, s in settled.by_programme.get(one.programme.id, {}).items()
    ]
    main = next((s for s in sums if s.nature == "grant"), sums[0] if sums else None)
    amount = main.high_cny if main is not None else None
    exact = main is not None and main.certain and main.low_cny == main.high_cny
    changes = changes_to_pass(one.failing, case, book.facts) if one.failing else []
    first = one.decisions[0]
    return MatchedProgramme(
        programme=one.programme.id,
        title=one.programme.title,
        gives=one.programme.gives,
        who=one.programme.who,
        policy_id=policy.policy_id,
        policy_title=policy.title,
        level=level_of(policy),
        region=policy.region,
        verdict=one.verdict.value,
        reason=one.reason.value if one.reason else None,
        applies=one.applies,
        amount_cny=amount,
        amount_kind=None if amount is None else ("exact" if exact else "at_most"),
        sums=sums,
        deadline=one.closing.isoformat() if one.closing else None,
        missing_facts=_missing(one.missing, book),
        changes=[
            [Change(key=k, now=_now(case.facts.get(k)), wanted=show(v)) for k, v in c.items()]
            for c in changes
        ],
        notes=list(one.notes),
        doubt=doubt_words(policy, case.as_of),
        rules=[rule_view(d, book) for d in one.decisions if d.result.applies or not one.applies],
        clause=_clause(first),
    )


def doubt_words(policy: StoredPolicy, as_of: date) -> str | None:
    """What to mind of a policy's validity, in words; None where nothing is to be minded."""
    last = plan_over(policy, as_of)
    if last is not None:
        return f"规划期到{last}年,已届满;文件没有写明失效"
    doubt = doubtful(policy, as_of)
    return f"时效待核:{doubt}" if doubt else None


def _missing(keys: Iterable[str], book: RuleBook) -> list[MissingFact]:
    return [MissingFact(key=k, question=book.facts[k].question) for k in keys if k in book.facts]


def rule_view(decision: Decision, book: RuleBook) -> MatchedRule:
    """One rule as decided."""
    result, rule = decision.result, decision.rule
    given = result.amount if result.verdict is not Verdict.FAIL and result.applies else None
    kind: AmountKind | None = "at_most" if result.at_most else "exact"
    return MatchedRule(
        **check_of(decision, book, None).model_dump(),
        title=rule.title,
        policy_id=rule.pin.policy,
        programme=rule.programme,
        amount_cny=given.high if given else None,
        amount_kind=kind if given is not None and given.high is not None else None,
        amount_low_cny=given.low if given else None,
        nature=rule.nature if isinstance(rule, AmountRule) else None,
        deadline=result.day.isoformat() if isinstance(rule, DeadlineRule) and result.day else None,
        duty=isinstance(rule, DeadlineRule) and rule.duty,
        clause=_clause(decision),
    )


def _clause(decision: Decision) -> MatchedClause:
    policy, clause = decision.policy, decision.clause
    return MatchedClause(
        policy_id=policy.policy_id,
        path=list(clause.ref.path),
        cite_as=cite_as(policy, clause.ref.path),
        text=clause.text,
        text_kind=clause.text_kind,
        damaged=clause.damaged,
        source=policy.source,
    )


def told(fact: Fact) -> str:
    """A fact as people read it."""
    if isinstance(fact, Known):
        return show(fact.value)
    return "说法不一:" + "、".join(show(v) for v in fact.values) if isinstance(fact, Conflict) else "没有"


def _now(fact: Fact) -> str | None:
    return None if isinstance(fact, Unknown) else told(fact)


def next_facts(programmes: Sequence[MatchedProgramme], book: RuleBook) -> list[NextFact]:
    """What to tell next: first the facts on which most money turns, then those on which most programmes do."""
    found: dict[str, list[MatchedProgramme]] = {}
    for programme in programmes:
        if programme.verdict == Verdict.FAIL.value or not programme.applies:
            continue
        for missing in programme.missing_facts:
            found.setdefault(missing.key, []).append(programme)
    out = []
    for key, turning in found.items():
        spec = book.facts[key]
        sums = [s for p in turning for s in p.sums if s.nature == "grant"]
        bounded = [s.high_cny for s in sums if s.high_cny is not None]
        out.append(
            NextFact(
                key=key,
                question=spec.question,
                type=spec.type,
                unit=spec.unit,
                evidence=spec.evidence,
                choices=list(spec.values),
                programmes=len(turning),
                up_to_cny=sum(bounded, Decimal(0)) if bounded else None,
            )
        )
    return sorted(out, key=lambda n: (-(n.up_to_cny or 0), -n.programmes, n.key))


def plan_view(items: Iterable[PlanItem]) -> list[MatchDay]:
    """Days of a plan on the wire."""
    return [
        MatchDay(
            day=item.day.isoformat(),
            kind=item.kind,
            title=item.title,
            note=item.note,
            programme=item.decision.rule.programme,
            rule_id=item.decision.rule.id,
            cite_as=cite_as(item.decision.policy, item.decision.clause.ref.path),
        )
        for item in items
    ]
