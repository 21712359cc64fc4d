"""The facts drafted rules would ask for: a known key where the words name one, else a new one proposed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ceyin.assistant.rules.files import FactSpec

FactType = Literal["bool", "count", "money", "rate", "date", "choice", "number"]
_COUNTABLE = ("count", "money", "rate", "number")
#: Shorter names stand inside too many words to tell which fact is meant.
_SHORTEST = 3
_QUESTIONS: dict[str, str] = {
    "money": "请问{name}是多少元?",
    "rate": "请问{name}是百分之几?",
    "date": "请问{name}是哪一天?",
    "bool": "请问{name}吗?",
}


@dataclass(slots=True)
class Proposals:
    """The fact schema there is, and what is proposed on top of it while a policy is drafted."""

    known: Mapping[str, FactSpec]
    new: dict[str, FactSpec] = field(default_factory=dict)

    def key_for(self, name: str, kind: FactType, unit: str = "") -> str:
        """The key of a fact of this name, type and unit; proposed where there is none yet."""
        name = re.sub(r"[^\w一-鿿]", "", name) or "所述数额"
        for spec in self._named(name):
            if _fits(spec, kind, unit):
                return spec.key
        key = name
        while (other := self.new.get(key) or self.known.get(key)) is not None:
            if _fits(other, kind, unit):
                return key
            key = f"{name}{unit or kind}" if key == name else f"{key}另"
        question = _QUESTIONS.get(kind, "请问{name}是多少{unit}?").format(name=name, unit=unit)
        self.new[key] = FactSpec(key=key, type=kind, unit=unit, question=question)
        return key

    def _named(self, name: str) -> list[FactSpec]:
        """Known facts whose key or a synonym is the name, or stands in it; the longest first."""
        found = [
            (len(word), spec)
            for spec in self.known.values()
            for word in (spec.key, *spec.synonyms)
            if word == name or (len(word) >= _SHORTEST and name.endswith(word))
        ]
        return [spec for _, spec in sorted(found, key=lambda f: (-f[0], f[1].key))]


def _fits(spec: FactSpec, kind: FactType, unit: str) -> bool:
    """Same type, and of the same unit: a drafted rule never compares 人 with 件."""
    same = spec.type == kind or (kind == "count" and spec.type == "number")
    return same and spec.unit == unit
