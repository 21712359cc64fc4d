"""The rule book: every rule file and the fact schema, read once and checked against each other."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from ceyin.assistant.rules.files import (
    Conflict,
    FactFile,
    FactSpec,
    Programme,
    RuleFile,
    SetAside,
    Untranslatable,
)
from ceyin.assistant.rules.model import PIN_NORMALISATION, Condition, Pin, Rule, StackRule
from ceyin.assistant.rules.soundness import check_files
from ceyin.assistant.rules.uses import names_of, pins_of, refs_of
from ceyin.corpus.errors import RuleError
from ceyin.corpus.faults import schema_fault, yaml_fault
from ceyin.corpus.normalise import normalise
from ceyin.corpus.yamlfile import load_yaml

_M = TypeVar("_M", bound=BaseModel)
BOOK_FOLDER = Path(__file__).parent / "book"

#: What the normalisation behind ``pin.sha256`` keeps of a clause, by its version. The first lost the point of
#: 1.5万, which then read as 15万; what was pinned under it is still held against it.
_KEPT = {1: r"[^\u4e00-\u9fff\d%]", 2: r"[^\u4e00-\u9fff\d%.]|(?<!\d)\.|\.(?!\d)"}


@lru_cache(maxsize=8192)  # every clause is hashed once, not once for each rule on it
def pin_hash(text: str, normalisation: int = PIN_NORMALISATION) -> str:
    """SHA-256 over the Han characters, figures and % of a clause: another mirror's punctuation changes nothing."""
    kept = re.sub(_KEPT[normalisation], "", normalise(text))
    return hashlib.sha256(kept.encode()).hexdigest()


def pin_holds(pin: Pin, text: str) -> bool:
    """Whether a clause still has the words it had when the pin was reviewed; true where none were recorded."""
    return pin.sha256 is None or pin_hash(text, pin.normalisation) == pin.sha256


@dataclass(frozen=True)
class RuleBook:
    """All rules and programmes, all facts by key, and what the rules leave aside."""

    rules: tuple[Rule, ...]
    facts: Mapping[str, FactSpec]
    programmes: tuple[Programme, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    untranslatable: tuple[Untranslatable, ...] = ()
    set_aside: tuple[SetAside, ...] = field(default=())

    @cached_property
    def _by_id(self) -> dict[str, Rule]:
        return {r.id: r for r in self.rules}

    @cached_property
    def _keys(self) -> dict[str, str]:
        synonyms = {name: spec.key for spec in self.facts.values() for name in spec.synonyms}
        return synonyms | {key: key for key in self.facts}

    @cached_property
    def _words(self) -> dict[str, frozenset[str]]:
        words: dict[str, set[str]] = {}
        for rule in self.rules:
            for key, names in names_of(rule):
                words.setdefault(key, set()).update(names)
        return {key: frozenset(names) for key, names in words.items()}

    def words_of(self, key: str) -> frozenset[str]:
        """The names the rules themselves compare a fact with, beside those the fact offers (三级)."""
        return self._words.get(key, frozenset())

    def rule(self, rule_id: str) -> Rule | None:
        """The rule with this id."""
        return self._by_id.get(rule_id)

    @cached_property
    def _on(self) -> dict[tuple[str, tuple[str, ...]], list[Rule]]:
        found: dict[tuple[str, tuple[str, ...]], list[Rule]] = {}
        for rule in self.rules:
            for place in dict.fromkeys((p.policy, p.path) for p in (rule.pin, *rule.also_pins)):
                found.setdefault(place, []).append(rule)
        return found

    def on_clause(self, policy_id: str, path: tuple[str, ...]) -> tuple[Rule, ...]:
        """The rules pinned to a clause, in the order of the book."""
        return tuple(self._on.get((policy_id, path), ()))

    @cached_property
    def _grounds(self) -> dict[str, tuple[Pin, ...]]:
        return {rule.id: tuple(self._pins_under(rule)) for rule in self.rules}

    def _pins_under(self, rule: Rule) -> Iterator[Pin]:
        found, open_ = {rule.id}, [rule]
        while open_:
            one = open_.pop()
            yield from pins_of(one)
            for name in (*refs_of(one), *(one.of if isinstance(one, StackRule) else ())):
                named = self.rule(name)
                if name not in found and named is not None:
                    found.add(name)
                    open_.append(named)

    def grounds(self, rule_id: str) -> tuple[Pin, ...]:
        """The pins a rule's outcome rests on: its own, and those of what it refers to and adds up."""
        return self._grounds.get(rule_id, ())

    def condition_of(self, rule_id: str) -> Condition | None:
        """What a ``ref`` points to, pinned to the clause of the rule it belongs to."""
        rule = self.rule(rule_id)
        if rule is None or rule.requires is None or rule.requires.pin is not None:
            return rule.requires if rule else None
        return rule.requires.model_copy(update={"pin": rule.pin})

    def of_policy(self, policy_id: str) -> tuple[Rule, ...]:
        """The rules pinned to one policy."""
        return tuple(r for r in self.rules if r.pin.policy == policy_id)

    def of_programme(self, programme_id: str) -> tuple[Rule, ...]:
        """The rules of one programme, in the order of the file."""
        return tuple(r for r in self.rules if r.programme == programme_id)

    def key_for(self, name: str) -> str | None:
        """The fact key a name means: the key itself or one of its synonyms."""
        return self._keys.get(name)


def load_book(folder: Path | None = None) -> RuleBook:
    """Read ``facts/*.yaml`` and every ``*.yaml`` beside it; raises RuleError naming file, line and cure."""
    folder = folder or BOOK_FOLDER
    facts = {p: _read(p, FactFile) for p in sorted(folder.glob("facts/*.yaml"))}
    files = {p: _read(p, RuleFile) for p in sorted(folder.glob("*.yaml"))}
    check_files(facts, files)
    return RuleBook(
        tuple(rule for file in files.values() for rule in file.rules),
        {spec.key: spec for file in facts.values() for spec in file.facts},
        tuple(programme for file in files.values() for programme in file.programmes),
        tuple(conflict for file in files.values() for conflict in file.conflicts),
        tuple(entry for file in files.values() for entry in file.untranslatable),
        tuple(entry for file in files.values() for entry in file.set_aside),
    )


def _read(path: Path, model: type[_M]) -> _M:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as exc:
        line = exc.object[: exc.start].count(b"\n") + 1
        raise RuleError(f"{path.name} 第 {line} 行:不是 UTF-8 编码。请另存为 UTF-8。") from exc
    except OSError as exc:
        raise RuleError(f"读不了规则文件 {path}:{exc.strerror}。") from exc
    try:
        content: Any = load_yaml(text)
        return model.model_validate(content)
    except yaml.YAMLError as exc:
        raise RuleError(yaml_fault(path.name, exc, text)) from exc
    except ValidationError as exc:
        raise RuleError(schema_fault(path.name, exc, text, model)) from exc
