"""English names of facts, rules and conditions: ``rules/book/english/*.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError
from yaml import YAMLError

from ceyin.assistant.rules.book import BOOK_FOLDER
from ceyin.corpus.errors import RuleError
from ceyin.corpus.faults import schema_fault, yaml_fault
from ceyin.corpus.yamlfile import load_yaml


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Fact(_Strict):
    """A fact in English: its name, how to ask for it, the names of its values."""

    key: str
    label: str
    question: str
    values: dict[str, str] = {}


class _Title(_Strict):
    id: str
    title: str


class _Leaf(_Strict):
    what: str
    label: str


class _File(_Strict):
    facts: tuple[Fact, ...] = ()
    rules: tuple[_Title, ...] = ()
    leaves: tuple[_Leaf, ...] = ()


@dataclass(frozen=True, slots=True)
class Glossary:
    """English by key: facts, titles of rules, what a condition is called."""

    facts: Mapping[str, Fact]
    rules: Mapping[str, str]
    leaves: Mapping[str, str]

    def word(self, text: str) -> str:
        """The English of a condition's name, a fact's name or one of its values; as it is where there is none."""
        if text in self.leaves:
            return self.leaves[text]
        if text in self.facts:
            return self.facts[text].label
        return next((f.values[text] for f in self.facts.values() if text in f.values), text)


@lru_cache(maxsize=1)
def load_glossary(folder: Path = BOOK_FOLDER / "english") -> Glossary:
    """Read every file of the folder; raises RuleError naming file, place and cure."""
    files = [_read(path) for path in sorted(folder.glob("*.yaml"))]
    return Glossary(
        {fact.key: fact for f in files for fact in f.facts},
        {rule.id: rule.title for f in files for rule in f.rules},
        {leaf.what: leaf.label for f in files for leaf in f.leaves},
    )


def _read(path: Path) -> _File:
    text = path.read_text(encoding="utf-8")
    try:
        return _File.model_validate(load_yaml(text))
    except YAMLError as exc:
        raise RuleError(yaml_fault(path.name, exc, text)) from exc
    except ValidationError as exc:
        raise RuleError(schema_fault(path.name, exc, text, _File)) from exc
