"""The whole rule book on one applicant: judge every programme, settle the money, say what it covered."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

from ceyin.assistant.citing import cite_as
from ceyin.assistant.deciding import ON_CARDS, PLACE, decide_rule, decide_rules
from ceyin.assistant.matching.area import LEVELS, Area, area_of, assumed_area, level_of
from ceyin.assistant.matching.money import settle
from ceyin.assistant.matching.plan import PlanItem, plan
from ceyin.assistant.matching.programmes import Judged, judge
from ceyin.assistant.matching.views import doubt_words, next_facts, plan_view, programme_view, rule_view, told
from ceyin.assistant.matching.wire import (
    LevelCover,
    MatchCoverage,
    MatchReport,
    MatchTotals,
    NamedPolicy,
    OutsideDocument,
    PolicyAside,
)
from ceyin.assistant.rules.book import RuleBook
from ceyin.assistant.rules.calendar import chinese
from ceyin.assistant.rules.conditions import Case
from ceyin.assistant.rules.values import Facts, Known, Reason, Verdict
from ceyin.corpus.errors import FactError, RuleError
from ceyin.corpus.library import StoredPolicy
from ceyin.corpus.model import InForce
from ceyin.corpus.referring.outside import outside_documents
from ceyin.corpus.validity import in_force, plan_over

_ORDER = {Verdict.PASS: 0, Verdict.UNKNOWN: 1, Verdict.FAIL: 2}


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who is matched: the facts, the place (None where nobody stated it), and the day."""

    facts: Facts
    area: Area | None
    assumed: bool
    as_of: date


def applicant(
    facts: Facts, region: str | None, as_of: date, policies: Sequence[StoredPolicy]
) -> tuple[Applicant, list[str]]:
    """The applicant with his place: as given, as the fact 所在地 says, or assumed where only one is possible.

    Raises FactError for a region that names no place.
    """
    fact = facts.get(PLACE)
    told = fact.value if isinstance(fact, Known) and isinstance(fact.value, str) else None
    name = region or told
    if name:
        area = area_of(name)
        if area is None:
            raise FactError(f"认不出地区“{name[:40]}”。请写成“抚州市”“江西省抚州市临川区”这样。")
        warnings = []
        if region and told and area_of(told) != area:
            warnings.append(f"地区写的是“{region}”,所在地写的是“{told}”,这里按{region}计算。")
            facts = facts.with_(PLACE, Known(region))
        return Applicant(facts, area, False, as_of), warnings
    area = assumed_area(policies)
    if area is None:
        return Applicant(facts, None, False, as_of), ["没有说明所在地,地方政策能否适用还不能确定。"]
    return Applicant(facts, area, True, as_of), [f"没有说明所在地,这里按{area.place.name}计算。"]


def match(
    who: Applicant, book: RuleBook, policies: Sequence[StoredPolicy], warnings: Iterable[str]
) -> MatchReport:
    """Every programme that holds where the applicant is, or may hold; policies not in force are listed apart."""
    here = [p for p in policies if who.area is None or who.area.may_hold(p.region)]
    by_id = {p.policy_id: p for p in here}
    current = {p.policy_id for p in here if in_force(p, who.as_of) in (InForce.IN_FORCE, InForce.UNKNOWN)}
    live = [_placed(one, by_id, who) for one in _judge_all(who, book, by_id, current)]
    case = Case(who.facts, who.as_of, book)
    settled = settle(live, case)
    single = [r for r in book.rules if r.programme is None and r.pin.policy in current]
    loose = decide_rules(single, who.facts, who.as_of, book, by_id)
    programmes = sorted(
        (programme_view(one, settled, book, by_id, case) for one in live),
        key=lambda p: (not p.applies, _ORDER[Verdict(p.verdict)], -(p.amount_cny or 0), p.programme),
    )
    ahead = [d for one in live if one.applies for d in one.decisions]
    shown = [r for p in programmes if p.applies for r in p.rules]
    return MatchReport(
        as_of=who.as_of.isoformat(),
        region=who.area.place.name if who.area else None,
        region_assumed=who.assumed,
        facts={key: told(fact) for key, fact in who.facts.known.items()},
        totals=MatchTotals(
            certain_cny=settled.totals.certain,
            at_most_cny=settled.totals.at_most,
            possible_cny=settled.totals.possible,
            open_ended=list(settled.totals.open_ended),
            notes=list(settled.totals.notes),
        ),
        programmes=programmes,
        rules=shown + [rule_view(d, book) for d in loose],
        next_facts=next_facts(programmes, book),
        days=plan_view(i for i in plan(ahead, case) if i.day >= who.as_of),
        policies_aside=[a for p in here if (a := _aside(p, who.as_of)) is not None],
        coverage=_coverage(who, book, here, policies),
        warnings=[*warnings, *([ON_CARDS] if any(p.text_kind == "card" for p in here) else [])],
    )


def plan_for(
    facts: Facts, as_of: date, book: RuleBook, policies: Sequence[StoredPolicy], programme: str | None = None
) -> list[PlanItem]:
    """The dated plan of a case: of one programme, or of every one whose dates are known.

    Raises RuleError for a programme that is not in the book.
    """
    known = [p.id for p in book.programmes]
    if programme is not None and programme not in known:
        near = difflib.get_close_matches(programme, known, 1)
        raise RuleError(f"没有项目“{programme}”。" + (f"是不是“{near[0]}”?" if near else ""))
    by_id = {p.policy_id: p for p in policies}
    chosen = [r for r in book.rules if (r.programme == programme if programme else r.programme is not None)]
    decisions = [d for r in chosen if (d := decide_rule(r, facts, as_of, book, by_id)) is not None]
    return plan(decisions, Case(facts, as_of, book))


def _judge_all(
    who: Applicant, book: RuleBook, by_id: Mapping[str, StoredPolicy], current: Set[str]
) -> list[Judged]:
    out = []
    for programme in book.programmes:
        if programme.pin.policy not in current:
            continue
        decided = (decide_rule(r, who.facts, who.as_of, book, by_id) for r in book.of_programme(programme.id))
        decisions = [d for d in decided if d is not None]
        if decisions:
            out.append(judge(programme, decisions, who.as_of))
    return out


def _placed(one: Judged, by_id: Mapping[str, StoredPolicy], who: Applicant) -> Judged:
    """A local programme stays open while nobody has said where the applicant is, or only in which province."""
    policy = by_id[one.programme.pin.policy]
    if level_of(policy) == LEVELS[0] or (who.area is not None and who.area.holds(policy.region)):
        return one
    if one.verdict is Verdict.FAIL:
        return one
    missing = tuple(dict.fromkeys([PLACE, *one.missing]))
    return replace(one, verdict=Verdict.UNKNOWN, reason=Reason.MISSING_FACT, missing=missing)


def _aside(policy: StoredPolicy, as_of: date) -> PolicyAside | None:
    def aside(state: str, note: str) -> PolicyAside:
        return PolicyAside.model_validate(
            {"policy_id": policy.policy_id, "title": policy.title, "state": state, "note": note}
        )

    match in_force(policy, as_of):
        case InForce.EXPIRED:
            assert policy.expires is not None
            return aside("expired", f"有效期至{chinese(policy.expires)},已过期,没有计入")
        case InForce.REPEALED:
            assert policy.repealed is not None
            return aside("repealed", f"{chinese(policy.repealed)}起废止,没有计入")
        case InForce.NOT_YET:
            start = policy.effective_from or policy.issued
            assert start is not None
            return aside("not_yet", f"自{chinese(start)}起施行,还没有计入")
        case _:
            pass
    words = doubt_words(policy, as_of)
    if words is None:
        return None
    return aside("plan_over" if plan_over(policy, as_of) is not None else "doubtful", words)


def _coverage(
    who: Applicant, book: RuleBook, here: Sequence[StoredPolicy], library: Sequence[StoredPolicy]
) -> MatchCoverage:
    ruled = {r.pin.policy for r in book.rules if r.review.status == "reviewed"}
    place = who.area.place if who.area else None
    names = {
        "国家": "全国",
        "省": place.province if place else "",
        "市": place.city if place else "",
        "县区": place.county if place else "",
        "园区": place.zone if place else "",
    }
    levels = [
        LevelCover(
            level=level,
            place=names[level] or None,
            policies=[p.policy_id for p in here if level_of(p) == level],
        )
        for level in LEVELS
    ]
    outside = [
        OutsideDocument(
            title=o.title,
            doc_number=o.doc_number,
            named_in=cite_as(next(p for p in here if p.policy_id == o.named_in.policy_id), o.named_in.path),
        )
        for o in outside_documents(here, library)
    ]
    return MatchCoverage(
        levels=levels,
        without_rules=[
            NamedPolicy(policy_id=p.policy_id, title=p.title) for p in here if p.policy_id not in ruled
        ],
        outside=outside,
    )
