"""All sums of one applicant together: what is certain, up to what, and what is only possible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ceyin.assistant.matching.programmes import Judged
from ceyin.assistant.rules.conditions import Case
from ceyin.assistant.rules.model import AmountRule, ExclusionRule, StackRule
from ceyin.assistant.rules.money import Interval
from ceyin.assistant.rules.stacking import Share, exclude, share_of, stacked
from ceyin.assistant.rules.values import Verdict

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Totals:
    """Grants only, in CNY, after caps and stacking.

    ``certain``: what is due for sure; ``at_most``: up to what where the applicant is entitled, ceilings counted in
    full; ``possible``: everything that is not ruled out. None: no upper end is known. ``open_ended`` names the
    programmes for which it is not.
    """

    certain: Decimal
    at_most: Decimal | None
    possible: Decimal | None
    open_ended: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """The sums of every programme by its id, by nature (grant, loan, tax…), and the totals of the grants."""

    by_programme: Mapping[str, Mapping[str, Share]]
    totals: Totals


def settle(judged: Sequence[Judged], case: Case) -> Settled:
    """Base and caps are in the results; here come exclusion, combining, the caps on the whole, the totals."""
    shares: dict[str, Share] = {}
    owner: dict[str, str] = {}
    nature: dict[str, str] = {}
    assumed: list[str] = []
    for one in judged:
        for decision in one.decisions:
            rule = decision.rule
            share = share_of(decision.result) if isinstance(rule, AmountRule) else None
            if share is None or not isinstance(rule, AmountRule) or one.verdict is Verdict.FAIL:
                continue
            if one.verdict is Verdict.UNKNOWN:  # the rest of the programme's conditions is still open
                share = replace(share, interval=Interval(_ZERO, share.interval.high), certain=False)
            shares[rule.id], owner[rule.id], nature[rule.id] = share, one.programme.id, rule.nature
            if share.certain:  # what a certain sum takes for granted: that nothing was received yet
                assumed += decision.result.notes
    decisions = [d for one in judged for d in one.decisions]
    exclusions = [d.result for d in decisions if isinstance(d.rule, ExclusionRule)]
    shares, notes = exclude(shares, exclusions, case)
    stacks = [d.rule for d in decisions if isinstance(d.rule, StackRule) and d.result.applies]
    # A programme shows its own sums; what several programmes only give once is seen in the totals.
    inner = [s for s in stacks if len({owner[name] for name in s.of if name in shares}) == 1]
    own_shares, _ = _stack(shares, inner, case, owner, nature)
    shares, more = _stack(shares, stacks, case, owner, nature)
    by_programme: dict[str, dict[str, Share]] = {}
    for rule_id, share in own_shares.items():
        own = by_programme.setdefault(owner[rule_id], {})
        own[nature[rule_id]] = _plus(own.get(nature[rule_id]), share)
    grants = [(owner[r], share) for r, share in shares.items() if nature[r] == "grant"]
    return Settled(by_programme, _totals(grants, (*notes, *more, *assumed)))


def _stack(
    shares: Mapping[str, Share],
    stacks: Sequence[StackRule],
    case: Case,
    owner: dict[str, str],
    nature: dict[str, str],
) -> tuple[dict[str, Share], list[str]]:
    """The members of a stack give way to one share; it goes to the programme of the member with the most."""
    left, notes = dict(shares), list[str]()
    for rule in stacks:
        members = [left.pop(name) for name in rule.of if name in left]
        if not members:
            continue
        interval = stacked(rule, members, case).interval
        best = max(members, key=lambda s: (s.interval.high is None, s.interval.high or _ZERO, s.interval.low))
        certain = any(m.certain for m in members)
        left[rule.id] = Share(rule.id, interval or best.interval, certain)
        owner[rule.id], nature[rule.id] = owner[best.rule_id], nature[best.rule_id]
        if len(members) > 1:
            notes.append(rule.title)
    return left, notes


def _plus(first: Share | None, second: Share) -> Share:
    if first is None:
        return second
    interval = first.interval.plus(second.interval)
    return Share(first.rule_id, interval, first.certain and second.certain)


def _totals(grants: Sequence[tuple[str, Share]], notes: Sequence[str]) -> Totals:
    return Totals(
        sum((share.interval.low for _, share in grants if share.certain), _ZERO),
        _upper([share.interval for _, share in grants if share.certain]),
        _upper([share.interval for _, share in grants]),
        tuple(dict.fromkeys(name for name, share in grants if share.interval.high is None)),
        tuple(dict.fromkeys(notes)),
    )


def _upper(intervals: Sequence[Interval]) -> Decimal | None:
    highs = [i.high for i in intervals]
    return None if None in highs else sum((h for h in highs if h is not None), _ZERO)
