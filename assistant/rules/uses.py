"""Which facts and conditions a rule uses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from ceyin.assistant.rules.model import (
    All,
    AmountRule,
    AnyOf,
    Condition,
    ConsequenceRule,
    DeadlineRule,
    Elapsed,
    ExclusionRule,
    Fixed,
    KOf,
    Lockout,
    Member,
    Not,
    PapersRule,
    Pin,
    Predicate,
    Ref,
    Rule,
    StackRule,
    TargetRule,
    TermRule,
    Threshold,
    Tiers,
)


def conditions_of(rule: Rule) -> Iterator[Condition]:
    """Every condition of a rule with all its parts, the outermost first."""
    for condition in (rule.requires, rule.applies_when, *_own_conditions(rule)):
        if condition is not None:
            yield from walk(condition)


def _own_conditions(rule: Rule) -> Iterator[Condition | None]:
    match rule:
        case AmountRule():
            yield from (cap.when for cap in rule.caps)
            yield rule.uplift.when if rule.uplift else None
        case StackRule():
            yield from (cap.when for cap in rule.caps)
        case ExclusionRule():
            yield rule.when
        case TermRule():
            yield rule.renewal
        case PapersRule():
            yield from (paper.when for paper in rule.papers)
        case ConsequenceRule():
            yield rule.breach
        case _:
            return


def walk(condition: Condition) -> Iterator[Condition]:
    """A condition with all its parts, the outermost first."""
    yield condition
    match condition:
        case Not():
            yield from walk(condition.of)
        case All() | AnyOf() | KOf():
            for part in condition.of:
                yield from walk(part)
        case _:
            return


def facts_of(rule: Rule) -> Iterator[str]:
    """Every fact key a rule may ask for."""
    return (key for key, _ in uses(rule))


_COUNTABLE = ("count", "money", "rate", "number")
_NAMED = ("choice", "choices", "text")


def uses(rule: Rule) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every fact key a rule may ask for, with the types it can compare."""
    for condition in conditions_of(rule):
        match condition:
            case Member():
                yield condition.fact, _NAMED
            case Threshold():
                yield condition.fact, _COUNTABLE
            case Predicate():
                yield condition.fact, ("bool",)
            case Elapsed():
                yield condition.event, ("date",)
            case Lockout():
                yield from ((k, ("date",)) for k in (condition.event, condition.act) if k)
            case _:
                pass
    match rule:
        case AmountRule():
            if isinstance(rule.base, Tiers):
                yield rule.base.by, _NAMED
            elif not isinstance(rule.base, Fixed):
                yield rule.base.of, _COUNTABLE
            yield from ((cap.used, _COUNTABLE) for cap in rule.caps if cap.used)
        case StackRule():
            yield from ((cap.used, _COUNTABLE) for cap in rule.caps if cap.used)
            if rule.received:
                yield rule.received, _COUNTABLE
        case ExclusionRule():
            if rule.deduct:
                yield rule.deduct, _COUNTABLE
        case PapersRule():
            yield rule.fact, _NAMED
        case ConsequenceRule():
            if rule.since:
                yield rule.since, ("date",)
        case DeadlineRule():
            yield from ((k, ("date",)) for k in (rule.event, rule.act, rule.since) if k)
            if rule.report_year:
                yield rule.report_year, _COUNTABLE
        case TermRule():
            yield rule.start, ("date",)
        case TargetRule():
            yield rule.fact, _COUNTABLE
        case _:
            return


def names_of(rule: Rule) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every fact a rule compares with names, and those names."""
    for condition in conditions_of(rule):
        if isinstance(condition, Member):
            yield condition.fact, condition.any_of
    if isinstance(rule, AmountRule) and isinstance(rule.base, Tiers):
        yield rule.base.by, tuple(rule.base.tiers)


def pins_of(rule: Rule) -> list[Pin]:
    """Every pin of a rule: its own, the further ones, and those of its conditions."""
    leaves = [c.pin for c in conditions_of(rule) if c.pin is not None]
    return list(dict.fromkeys((rule.pin, *rule.also_pins, *leaves)))


def refs_of(rule: Rule) -> list[str]:
    """The ids of the rules its conditions refer to."""
    return [c.rule for c in conditions_of(rule) if isinstance(c, Ref)]


def parts_of(node: Any) -> Iterator[BaseModel]:
    """Every model inside a rule, itself first."""
    if isinstance(node, BaseModel):
        yield node
        for name in type(node).model_fields:
            yield from parts_of(getattr(node, name))
    elif isinstance(node, tuple):
        for item in node:
            yield from parts_of(item)
