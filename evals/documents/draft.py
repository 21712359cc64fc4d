"""What one document being written shares: chance, traits, and how its labels are written."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from ceyin.corpus.numerals import to_chinese
from ceyin.evals.documents.parts import Part


@dataclass(frozen=True, slots=True)
class Options:
    """What may be generated: ``without`` names traits never to appear, ``kind`` fixes the kind of document."""

    kind: str | None = None
    damage: bool = False
    without: frozenset[str] = frozenset()


@dataclass(slots=True)
class Draft:
    """A document being written; ``traits`` collects what it turned out to contain."""

    rng: Random
    options: Options
    traits: set[str] = field(default_factory=set)
    size: int = 1
    spaced: str = ""  # between the characters of 第 二 条
    gap: str = " "  # after 第二条
    dot: str = "."  # after 1
    arabic: bool = False  # 第2条

    def may(self, trait: str, chance: float) -> bool:
        """Whether a trait is taken this time; noted when it is."""
        taken = self.rng.random() < chance and trait not in self.options.without
        if taken:
            self.traits.add(trait)
        return taken

    def pick(self, low: int, high: int) -> int:
        """A number between the two, both included."""
        return self.rng.randint(low, high)

    def part(self, family: str, number: int, *, suffix: int = 0) -> Part:
        """An empty part of a family (条, 章, 一、, (一), 1., (1), ①, 阶段, ——) with its label as written here."""
        cn = to_chinese(number)
        s = self.spaced
        if family == "条":
            shown = str(number) if self.arabic else s.join(cn)
            tail = f"{s}之{s}{to_chinese(suffix)}" if suffix else ""
            key = f"第{cn}条" + (f"之{to_chinese(suffix)}" if suffix else "")
            return Part(family, number, f"第{s}{shown}{s}条{tail}", key, self.gap)
        if family in ("编", "章", "节"):
            return Part(
                family, number, f"第{s}{s.join(cn)}{s}{family}", None, self.gap.strip("\n") or " ", own_line=True
            )
        if family == "一、":
            return Part(family, number, f"{cn}、", cn)
        if family == "(一)":
            return Part(family, number, f"({cn})", f"({cn})")
        if family == "1.":
            return Part(family, number, f"{number}{self.dot}", str(number))
        if family == "(1)":
            return Part(family, number, f"({number})", f"({number})")
        if family == "①":
            sign = chr(0x245F + number)
            return Part(family, number, sign, sign)
        if family == "阶段":
            return Part(family, number, f"第{cn}阶段:", f"第{cn}阶段")
        return Part("——", number, "——", f"——{number}")


def begin(rng: Random, options: Options) -> Draft:
    """A draft with its size and its way of writing labels drawn."""
    draft = Draft(rng, options)
    draft.size = rng.choices((1, 2, 4), (6, 3, 1))[0]
    if draft.may("spaced labels", 0.12):
        draft.spaced = rng.choice((" ", "\u3000"))
    draft.gap = rng.choice((" ", "\u3000", "  "))
    if draft.may("no gap after label", 0.12):
        draft.gap = ""
    draft.dot = rng.choice((".", ".", "、", "\uff0e"))
    if draft.may("arabic articles", 0.06):
        draft.arabic = True
    return draft
