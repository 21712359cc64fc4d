"""The rule book: every rule file and the fact schema, read once and checked against each other."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from ceyin.assistant.rules import model as _model
from ceyin.assistant.rules.model import (
    All,
    AmountRule,
    AnyOf,
    Condition,
    DeadlineRule,
    FactFile,
    FactSpec,
    Fixed,
    KOf,
    Lockout,
    Member,
    Not,
    PerUnit,
    Predicate,
    Ref,
    Rule,
    RuleFile,
    TargetRule,
    TermRule,
    Threshold,
    Tiers,
)
from ceyin.corpus.catalog import describe
from ceyin.corpus.errors import RuleError
from ceyin.corpus.normalise import normalise
from ceyin.corpus.yamlfile import load_yaml

_M = TypeVar("_M", bound=BaseModel)
BOOK_FOLDER = Path(__file__).parent / "book"

#: Version of the normalisation behind ``pin.sha256``: Han characters, digits and % of the normalised clause.
PIN_NORMALISATION = 1


def pin_hash(text: str) -> str:
    """SHA-256 over the Han characters, digits and % of a clause: another mirror's punctuation changes nothing."""
    kept = re.sub(r"[^\u4e00-\u9fff\d%]", "", normalise(text))
    return hashlib.sha256(kept.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All rules by id and all facts by key."""

    rules: tuple[Rule, ...]
    facts: dict[str, FactSpec]

    def rule(self, rule_id: str) -> Rule | None:
        """The rule with this id."""
        return next((r for r in self.rules if r.id == rule_id), None)

    def condition_of(self, rule_id: str) -> Condition | None:
        """What a ``ref`` points to, pinned to the clause of the rule it belongs to."""
        rule = self.rule(rule_id)
        if rule is None or rule.requires is None or rule.requires.pin is not None:
            return rule.requires if rule else None
        return rule.requires.model_copy(update={"pin": rule.pin})

    def of_policy(self, policy_id: str) -> tuple[Rule, ...]:
        """The rules pinned to one policy."""
        return tuple(r for r in self.rules if r.pin.policy == policy_id)

    def key_for(self, name: str) -> str | None:
        """The fact key a name means: the key itself or one of its synonyms."""
        if name in self.facts:
            return name
        return next((f.key for f in self.facts.values() if name in f.synonyms), None)


def load_book(folder: Path | None = None) -> RuleBook:
    """Read ``facts.yaml`` and every other ``*.yaml``; raises RuleError naming file, line, key and nearest key."""
    folder = folder or BOOK_FOLDER
    facts = _read(folder / "facts.yaml", FactFile)
    specs = {f.key: f for f in facts.facts}
    if len(specs) != len(facts.facts):
        keys = [f.key for f in facts.facts]
        twice = next(k for k in keys if keys.count(k) > 1)
        raise RuleError(f"facts.yaml:事实 “{twice}” 写了两次。请合并。")
    rules: list[Rule] = []
    for path in sorted(folder.glob("*.yaml")):
        if path.name == "facts.yaml":
            continue
        rules.extend(_read(path, RuleFile).rules)
    by_id = {r.id: r for r in rules}
    if len(by_id) != len(rules):
        ids = [r.id for r in rules]
        twice = next(i for i in ids if ids.count(i) > 1)
        raise RuleError(f"规则 “{twice}” 写了两次。请改 id。")
    for rule in rules:
        _check(rule, by_id, specs)
    return RuleBook(tuple(rules), specs)


def _read(path: Path, model: type[_M]) -> _M:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as exc:
        raise RuleError(f"读不了规则文件 {path}:{exc.strerror}。") from exc
    try:
        content: Any = load_yaml(text)
        return model.model_validate(content)
    except yaml.YAMLError as exc:
        mark = getattr(exc, "problem_mark", None)
        line = f" 第 {mark.line + 1} 行" if mark else ""
        raise RuleError(f"{path.name}{line}:YAML 写法有误({getattr(exc, 'problem', exc)})。") from exc
    except ValidationError as exc:
        raise RuleError(describe(path.name, exc, text, _KEYS)) from exc


def conditions_of(rule: Rule) -> Iterator[Condition]:
    """Every condition of a rule with all its parts, the outermost first."""
    for condition in (rule.requires, rule.applies_when):
        if condition is not None:
            yield from _walk(condition)
    if isinstance(rule, AmountRule):
        for when in [cap.when for cap in rule.caps] + [rule.uplift.when if rule.uplift else None]:
            if when is not None:
                yield from _walk(when)


def _walk(condition: Condition) -> Iterator[Condition]:
    yield condition
    match condition:
        case Not():
            yield from _walk(condition.of)
        case All() | AnyOf() | KOf():
            for part in condition.of:
                yield from _walk(part)
        case _:
            return


def facts_of(rule: Rule) -> Iterator[str]:
    """Every fact key a rule may ask for."""
    return (key for key, _ in _uses(rule))


_COUNTABLE = ("count", "money", "rate", "number")
_NAMED = ("choice", "choices", "text")


def _uses(rule: Rule) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every fact key a rule may ask for, with the types it can compare."""
    for condition in conditions_of(rule):
        match condition:
            case Member():
                yield condition.fact, _NAMED
            case Threshold():
                yield condition.fact, _COUNTABLE
            case Predicate():
                yield condition.fact, ("bool",)
            case Lockout():
                yield condition.event, ("date",)
            case _:
                pass
    match rule:
        case AmountRule():
            if isinstance(rule.base, Tiers):
                yield rule.base.by, _NAMED
            elif not isinstance(rule.base, Fixed):
                yield rule.base.of, _COUNTABLE
            yield from ((cap.used, _COUNTABLE) for cap in rule.caps if cap.used)
        case DeadlineRule():
            yield from ((k, ("date",)) for k in (rule.event, rule.act) if k)
        case TermRule():
            yield rule.start, ("date",)
        case TargetRule():
            yield rule.fact, _COUNTABLE
        case _:
            return


def _check(rule: Rule, rules: dict[str, Rule], specs: dict[str, FactSpec]) -> None:
    """What no schema sees; raises RuleError."""
    where = f"规则 “{rule.id}” "
    for key, types in _uses(rule):
        if key not in specs:
            near = difflib.get_close_matches(key, specs, 1)
            hint = f",是不是想写 “{near[0]}”?" if near else "。"
            raise RuleError(f"{where}用到未登记的事实 “{key}”{hint}请先写进 facts.yaml。")
        if specs[key].type not in types:
            raise RuleError(f"{where}把事实 “{key}” 当 {types[0]} 用,facts.yaml 里它是 {specs[key].type}。")
    for condition in conditions_of(rule):
        if isinstance(condition, KOf) and condition.k > len(condition.of):
            raise RuleError(f"{where}要求 {condition.k} 项,只列了 {len(condition.of)} 项。")
    for name in _refs(rule):
        if name not in rules:
            near = difflib.get_close_matches(name, rules, 1)
            hint = f",是不是想写 “{near[0]}”?" if near else "。"
            raise RuleError(f"{where}引用了没有的规则 “{name}”{hint}")
        if rules[name].requires is None:
            raise RuleError(f"{where}引用的规则 “{name}” 没有 requires。")
    seen, todo = set[str](), list(_refs(rule))
    while todo:
        name = todo.pop()
        if name == rule.id:
            raise RuleError(f"{where}绕回来引用了自己。")
        if name not in seen and name in rules:
            seen.add(name)
            todo += _refs(rules[name])
    if isinstance(rule, DeadlineRule) and rule.each_year and not _is_day(rule.each_year):
        raise RuleError(f"{where}的 each_year “{rule.each_year}” 不是一年里的日子。")
    written = isinstance(rule, AmountRule) and isinstance(rule.base, PerUnit | Tiers)
    if isinstance(rule, AmountRule) and written and any(cap.per == "item" for cap in rule.caps):
        raise RuleError(f"{where}每项的数额是写定的,每项的上限请直接写进 amount 或 tiers。")


def _refs(rule: Rule) -> list[str]:
    return [c.rule for c in conditions_of(rule) if isinstance(c, Ref)]


def _is_day(month_day: str) -> bool:
    month, day = month_day.split("-")
    try:
        date(2024, int(month), 1 if day == "end" else int(day))  # a leap year: 02-29 is a day
    except ValueError:
        return False
    return True


#: Every key a rule file or the fact schema may have, for naming the nearest to one that is none.
_KEYS = tuple(
    dict.fromkeys(
        field.alias or name
        for model in vars(_model).values()
        if isinstance(model, type) and issubclass(model, BaseModel)
        for name, field in model.model_fields.items()
    )
)
