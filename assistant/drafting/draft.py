"""A policy without rules → what its text seems to lay down: candidates, each with a drafted rule where one holds it.

Drafted rules never decide. Each carries its pin with hash and figures and has passed the same check of figures
against the clause as a reviewed one; a candidate whose rule does not pass is kept as information only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from pydantic import TypeAdapter

from ceyin.assistant.drafting.applicants import APPLICANT_FACT, Applicants, applicants_in
from ceyin.assistant.drafting.comparing import Op
from ceyin.assistant.drafting.cues import Kind
from ceyin.assistant.drafting.finding import Found, found_in, is_bibliographic
from ceyin.assistant.drafting.measures import target_fields, threshold_condition, year_of
from ceyin.assistant.drafting.proposing import Proposals
from ceyin.assistant.drafting.subjects import title_of
from ceyin.assistant.drafting.sums import sums_of
from ceyin.assistant.drafting.times import day_of, deadline_fields, is_start, lockout_fields, term_fields
from ceyin.assistant.rules.book import RuleBook, pin_hash
from ceyin.assistant.rules.files import FactSpec, RuleFile
from ceyin.assistant.rules.model import Rule
from ceyin.assistant.rules.uses import facts_of
from ceyin.assistant.rules.verify import verify_book
from ceyin.corpus.library import StoredClause, StoredPolicy
from ceyin.corpus.model import ClauseRef

_RULE: TypeAdapter[Rule] = TypeAdapter(Rule)
_AUTHOR = "ceyin rules draft"


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a place of a clause seems to lay down; offsets are of the clause's text.

    ``value`` and ``unit`` as read (money in 元), ``op`` the comparison, ``words`` what it stands in, ``subject`` for
    whom or what. ``rule`` is the id of the drafted rule that carries it, None where it only informs.
    """

    ref: ClauseRef
    kind: Kind
    figure: str
    value: str
    unit: str
    op: Op | None
    start: int
    end: int
    words: str
    subject: str
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """The candidates of a policy in order, the drafted rules, and the facts they would need besides the known ones."""

    policy: str
    candidates: tuple[Candidate, ...]
    file: RuleFile
    facts: tuple[FactSpec, ...]


def draft_policy(policy: StoredPolicy, known: Mapping[str, FactSpec], today: date) -> Draft:
    """Read every clause of a policy; ``known`` is the fact schema, ``today`` the day the draft is dated."""
    facts = Proposals(known)
    drafted: list[tuple[list[Found | Applicants], StoredClause, Rule | None]] = []
    for clause in policy.clauses:
        if is_bibliographic(clause.ref.path):
            continue
        for carried, fields in _of_clause(clause, policy, facts):
            rule = None
            if fields is not None:
                number = 1 + sum(r is not None for *_, r in drafted)
                rule = _RULE.validate_python(_frame(policy, clause, carried, number, today) | fields)
            drafted.append((carried, clause, rule))
    kept = _holding([rule for *_, rule in drafted if rule is not None], policy)
    candidates = [
        _candidate(item, clause, rule.id if rule is not None and rule.id in kept else None)
        for carried, clause, rule in drafted
        for item in carried
    ]
    rules = tuple(rule for *_, rule in drafted if rule is not None and rule.id in kept)
    unique = {(c.ref, c.start, c.kind): c for c in reversed(candidates)}
    order = {clause.ref: n for n, clause in enumerate(policy.clauses)}
    ordered = sorted(unique.values(), key=lambda c: (order[c.ref], c.start, c.kind))
    used = {key for rule in rules for key in facts_of(rule)}
    return Draft(
        policy.policy_id,
        tuple(ordered),
        RuleFile(policy=policy.policy_id, rules=rules),
        tuple(spec for key, spec in facts.new.items() if key in used),
    )


_Fields = dict[str, Any] | None
_Drafted = tuple[list["Found | Applicants"], _Fields]


def _of_clause(clause: StoredClause, policy: StoredPolicy, facts: Proposals) -> Iterator[_Drafted]:
    heading = "\n".join((*clause.heading_trail, clause.heading))
    issued = policy.issued or policy.published
    found = list(found_in(clause.text, heading, issued.year if issued else None))
    for _, group in groupby(found, key=lambda f: f.sentence):
        yield from _of_sentence(clause.text, list(group), policy, facts, heading)
    for who in applicants_in(clause.text, facts.known):
        condition = {"kind": "member", "fact": APPLICANT_FACT, "any_of": who.kinds}
        yield [who], {"kind": "eligibility", "requires": condition}


def _of_sentence(
    text: str, group: list[Found], policy: StoredPolicy, facts: Proposals, heading: str
) -> Iterator[_Drafted]:
    done: set[Found] = set()
    repeated = [f for f in group if re.search(r"[(]不?含$", text[: f.start])]  # 3件(含3件)以上
    group = [f for f in group if f not in repeated]
    thresholds = [f for f in group if f.kind == "threshold"]
    if repeated:
        yield list(repeated), None
    conditions = {f: threshold_condition(text, f, facts, heading) for f in thresholds}
    before: list[Found] = []
    since = 0
    for drafted in sums_of(text, group, facts) if group else ():
        start = drafted.carried[0].start
        if not re.fullmatch(r"[、和或/]", text[since:start]):  # 5万元、3万元 stand under the same conditions
            before = _before(thresholds, conditions, since, start)
        since = drafted.carried[-1].end
        fields: dict[str, Any] = {"kind": "amount", "title": title_of(text, drafted.carried[0], heading)}
        fields |= drafted.fields
        if before:
            fields["requires"] = _joined(text, before, [conditions[f] for f in before])
        yield [*before, *drafted.carried], fields
        done |= {*before, *drafted.carried}
    for found in group:
        if found not in done:
            fields_or_none = _alone(text, found, group, conditions.get(found), policy, facts, heading)
            yield [found], fields_or_none


def _before(
    thresholds: Sequence[Found], conditions: Mapping[Found, dict[str, Any] | None], since: int, until: int
) -> list[Found]:
    """The thresholds between a sum and the next; none where two measure the same fact: they are steps of a scale."""
    found = [f for f in thresholds if since <= f.start < until and conditions[f] is not None]
    keys = [(conditions[f] or {})["fact"] for f in found]
    return found if len(set(keys)) == len(keys) else []


def _alone(
    text: str,
    found: Found,
    group: Sequence[Found],
    condition: dict[str, Any] | None,
    policy: StoredPolicy,
    facts: Proposals,
    heading: str,
) -> _Fields:
    fields: _Fields = None
    match found.kind:
        case "threshold" | "rate":
            condition = condition or threshold_condition(text, found, facts, heading)
            return {"kind": "eligibility", "requires": condition} if condition else None
        case "target" if found.figure.kind != "date":
            fields = target_fields(text, found, facts, heading)
        case "deadline" if not (found.figure.kind == "date" and is_start(text, found, group)):
            fields = deadline_fields(text, found, facts)
        case "term":
            fields = term_fields(text, found, facts, heading)
        case "validity":
            fields = _validity(found, policy)
        case "lockout":
            fields = lockout_fields(text, found, facts, heading)
            return {"kind": "eligibility", **fields} if fields else None
        case _:
            return None
    return {"kind": found.kind, **fields} if fields else None


def _validity(found: Found, policy: StoredPolicy) -> _Fields:
    """From when and until when the policy itself holds, as its record says; a day of a provision only informs."""
    if found.figure.kind == "period":
        return {} if policy.expires is not None else None
    day = day_of(str(found.figure.value))
    if day is not None and day == policy.effective_from:
        return {"valid": {"from": day.isoformat()}}
    if day is not None and day == policy.expires:
        return {"valid": {"until": day.isoformat()}}
    return None


def _joined(
    text: str, before: Sequence[Found], conditions: Sequence[dict[str, Any] | None]
) -> dict[str, Any]:
    """All of them; any of them where 或 stands between the first and the last."""
    if len(conditions) == 1:
        return conditions[0] or {}
    between = text[before[0].end : before[-1].start]
    return {"kind": "any" if "或" in between else "all", "of": list(conditions)}


def _frame(
    policy: StoredPolicy,
    clause: StoredClause,
    carried: Sequence[Found | Applicants],
    number: int,
    today: date,
) -> dict[str, Any]:
    figures = [item.figure.text for item in carried if isinstance(item, Found)]
    years = [year_of(clause.text, f) for f in carried if isinstance(f, Found) and f.kind == "target"]
    figures += [f"{year}年" for year in years if year and f"{year}年" in clause.text]
    heading = "\n".join((*clause.heading_trail, clause.heading))
    first = carried[-1]
    title = title_of(clause.text, first, heading) if isinstance(first, Found) else "谁可以申报"
    pin = {
        "policy": policy.policy_id,
        "path": clause.ref.path,
        "figures": tuple(dict.fromkeys(figures)),
        "sha256": pin_hash(clause.text),
    }
    return {
        "id": f"{_slug(policy.policy_id)}/draft-{number:03d}",
        "title": title,
        "pin": pin,
        "review": {"status": "drafted", "by": _AUTHOR, "on": today.isoformat()},
    }


def _slug(policy_id: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", policy_id.lower()).strip("-") or "policy"


def _holding(rules: Sequence[Rule], policy: StoredPolicy) -> set[str]:
    """The ids of the rules all of whose figures the pinned clauses state (the check of ``rules verify``)."""
    out = set()
    for rule in rules:
        problems, _ = verify_book(RuleBook((rule,), {}), [policy])
        if not problems:
            out.add(rule.id)
    return out


def _candidate(item: Found | Applicants, clause: StoredClause, rule: str | None) -> Candidate:
    text = clause.text
    if isinstance(item, Applicants):
        words = text[item.start : item.end]
        return Candidate(
            clause.ref,
            "applicant",
            "",
            "、".join(item.kinds),
            "",
            None,
            item.start,
            item.end,
            words,
            "谁可以申报",
            rule,
        )
    heading = "\n".join((*clause.heading_trail, clause.heading))
    figure = item.figure
    return Candidate(
        clause.ref,
        item.kind,
        figure.text,
        str(figure.value),
        figure.unit,
        item.op,
        item.start,
        item.end,
        text[slice(*item.words)].strip(),
        title_of(text, item, heading),
        rule,
    )
