"""What would have to change: the smallest sets of facts that turn a fail into a pass, each tried on the engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, islice, product

from ceyin.assistant.rules.conditions import Case, decide
from ceyin.assistant.rules.files import FactSpec
from ceyin.assistant.rules.model import (
    All,
    AnyOf,
    Condition,
    KOf,
    Member,
    Not,
    Pin,
    Predicate,
    Ref,
    Threshold,
)
from ceyin.assistant.rules.values import Facts, Known, Value, Verdict

#: More changes at once are no advice.
MAX_CHANGES = 3
#: How many candidate sets are looked at; a condition with more ways than that is advised on its first ones.
_MAX_TRIED = 400
#: Smallest step of a figure: one piece, one fen.
_STEPS = {"count": Decimal(1), "money": Decimal("0.01")}

Changes = dict[str, Value]


def changes_to_pass(
    conditions: Sequence[tuple[Condition, Pin]], case: Case, specs: Mapping[str, FactSpec]
) -> list[Changes]:
    """The smallest sets, at most three facts each, smallest first, under which all conditions pass.

    Facts nobody can change (founding date, a past award) are never proposed.
    """
    found: list[Changes] = []
    tried: list[Changes] = []
    waiting: list[Changes] = [{}]
    while waiting and len(tried) < _MAX_TRIED:
        waiting.sort(key=len)
        changes = waiting.pop(0)
        if changes in tried or any(earlier.items() <= changes.items() for earlier in found):
            continue
        tried.append(changes)
        changed = replace(case, facts=_with(case.facts, changes))
        if all(decide(c, changed, pin).verdict is Verdict.PASS for c, pin in conditions):
            found.append(changes)
            continue
        # What one part needs may have undone another: go on from here.
        further = _each(
            [list(islice(_ways(c, pin, changed, specs, wanted=True), 12)) for c, pin in conditions]
        )
        for more in islice(further, _MAX_TRIED):
            if more and all(changes.get(key, value) == value for key, value in more.items()):
                merged = changes | more
                if len(changes) < len(merged) <= MAX_CHANGES:
                    waiting.append(merged)
    return [c for c in found if c and not any(set(o) < set(c) for o in found)][:MAX_CHANGES]


def _with(facts: Facts, changes: Changes) -> Facts:
    return Facts({**facts.known, **{key: Known(value, "假设") for key, value in changes.items()}})


def _ways(
    condition: Condition, pin: Pin, case: Case, specs: Mapping[str, FactSpec], *, wanted: bool
) -> Iterator[Changes]:
    """Every set of changes that makes a condition pass (or, not ``wanted``, fail); the empty one where it does."""
    goal = Verdict.PASS if wanted else Verdict.FAIL
    if decide(condition, case, pin).verdict is goal:
        yield {}
        return
    match condition:
        case Threshold() | Member() | Predicate():
            spec = specs.get(condition.fact)
            if spec is not None and spec.changeable:
                yield from ({condition.fact: value} for value in _values(condition, spec, wanted=wanted))
        case Not():
            yield from _ways(condition.of, pin, case, specs, wanted=not wanted)
        case Ref():
            target = case.rules.condition_of(condition.rule)
            if target is not None:
                yield from _ways(target, pin, case, specs, wanted=wanted)
        case All() | AnyOf() | KOf():
            parts = [list(islice(_ways(p, pin, case, specs, wanted=wanted), 12)) for p in condition.of]
            needed = {"all": len(parts), "any": 1}.get(condition.kind, getattr(condition, "k", 1))
            if not wanted:  # so many parts have to fail that fewer than needed are left
                needed = len(parts) - needed + 1
            for chosen in combinations(parts, needed):
                yield from _each(list(chosen))
        case _:  # a bar, or what a person decides: nothing the applicant could change
            return


def _each(parts: Sequence[Sequence[Changes]]) -> Iterator[Changes]:
    """One way for each part, taken together where they do not contradict each other."""
    for ways in islice(product(*parts), _MAX_TRIED):
        merged: Changes = {}
        for way in ways:
            if any(key in merged and merged[key] != value for key, value in way.items()):
                break
            merged |= way
        else:
            if len(merged) <= MAX_CHANGES:
                yield merged


def _values(leaf: Threshold | Member | Predicate, spec: FactSpec, *, wanted: bool) -> Iterator[Value]:
    match leaf:
        case Predicate():
            yield leaf.is_ if wanted else not leaf.is_
        case Member():
            names = leaf.any_of if wanted else tuple(v for v in spec.values if v not in leaf.any_of)
            yield from ((name,) if spec.type == "choices" else name for name in names)
        case Threshold():
            step = _STEPS.get(spec.type, Decimal("0.01"))
            low, high = leaf.value - step, leaf.value + step
            if wanted:
                near = {"ge": leaf.value, "gt": high, "le": leaf.value, "lt": low, "eq": leaf.value}[leaf.op]
            else:
                near = {"ge": low, "gt": leaf.value, "le": high, "lt": leaf.value, "eq": high}[leaf.op]
            if near >= 0:
                yield near
