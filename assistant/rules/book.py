"""The rule book: every rule file and the fact schema, read once and checked against each other."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

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
    Pin,
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
        """What a ``ref`` points to."""
        rule = self.rule(rule_id)
        return rule.requires if rule else None

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
    ids = [r.id for r in rules]
    for rule in rules:
        if ids.count(rule.id) > 1:
            raise RuleError(f"规则 “{rule.id}” 写了两次。请改 id。")
        for key in facts_of(rule):
            if key not in specs:
                raise RuleError(f"规则 “{rule.id}” 用到未登记的事实 “{key}”。请先写进 facts.yaml。")
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


def facts_of(rule: Rule) -> Iterator[str]:
    """Every fact key a rule may ask for."""
    for condition in (rule.requires, rule.applies_when):
        if condition is not None:
            yield from _facts_in(condition)
    match rule:
        case AmountRule():
            if isinstance(rule.base, Tiers):
                yield rule.base.by
            elif not isinstance(rule.base, Fixed):
                yield rule.base.of
            for cap in rule.caps:
                if cap.when is not None:
                    yield from _facts_in(cap.when)
                if cap.used:
                    yield cap.used
            if rule.uplift:
                yield from _facts_in(rule.uplift.when)
        case DeadlineRule():
            yield from (k for k in (rule.event, rule.act) if k)
        case TermRule():
            yield rule.start
        case TargetRule():
            yield rule.fact
        case _:
            return


def _facts_in(condition: Condition) -> Iterator[str]:
    match condition:
        case Member() | Threshold() | Predicate():
            yield condition.fact
        case Lockout():
            yield condition.event
        case Not():
            yield from _facts_in(condition.of)
        case All() | AnyOf() | KOf():
            for part in condition.of:
                yield from _facts_in(part)
        case Ref():
            return
        case _:
            return


def _all_keys() -> Iterable[str]:
    seen: set[type[BaseModel]] = set()

    def visit(model: type[BaseModel]) -> Iterator[str]:
        if model in seen:
            return
        seen.add(model)
        for name, field in model.model_fields.items():
            yield field.alias or name

    for model in (AmountRule, DeadlineRule, TermRule, TargetRule, Pin, FactSpec, Member, Threshold, Tiers, Lockout):
        yield from visit(model)


_KEYS = tuple(dict.fromkeys(_all_keys()))
