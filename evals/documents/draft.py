"""What one document being written shares: chance, traits, and how its labels are written."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random

from ceyin.corpus.numerals import to_chinese
from ceyin.evals.documents.parts import Part

#: Everything that a document may show and may be forbidden to show.
TRAITS = (
    "CRLF",
    "arabic articles",
    "blank lines",
    "books",
    "bracketed article titles",
    "chapters",
    "closing words",
    "contact line",
    "dash paragraphs",
    "date in Chinese numerals",
    "full width",
    "full-width digits",
    "glued into one line",
    "headed 1. below (一)",
    "headings of 1. on their own line",
    "headings of dash paragraphs",
    "hundred articles",
    "inserted articles",
    "items (1) below 1.",
    "items 1. below (一)",
    "items below a stem",
    "items in one line",
    "items of an article",
    "items under a later paragraph",
    "items ① below (1)",
    "list of attachments",
    "list of 责任单位",
    "long",
    "measures without headings",
    "mentions",
    "mentions at the beginning of a line",
    "mixed width",
    "no gap after label",
    "note of adoption",
    "note of disclosure",
    "number line",
    "paragraph after dashes",
    "paragraph after items",
    "paragraphs of (一)",
    "paragraphs of a measure",
    "paragraphs of an article",
    "preamble",
    "preamble above articles",
    "printing lines",
    "run-in headings of (一)",
    "running (一)",
    "salutation",
    "sections",
    "several paragraphs below a heading",
    "several signers",
    "short salutation",
    "signature",
    "signer and date in one line",
    "signers in one line",
    "site furniture",
    "spaced labels",
    "square brackets in the number",
    "stages",
    "stray blanks",
    "table of contents",
    "title broken over lines",
    "traditional",
    "two annexes",
    "two closing paragraphs",
    "two paragraphs of cover note",
    "two paragraphs of preamble",
    "words between 一、 and (一)",
    "years in the title",
    "特此通知",
)


@dataclass(frozen=True, slots=True)
class Options:
    """What may be generated: ``kind`` fixes the kind of document, ``traits`` are those that may appear."""

    kind: str | None = None
    damage: bool = False
    traits: frozenset[str] = frozenset(TRAITS)

    def without(self, *traits: str) -> Options:
        """The same without some traits; an unknown one is a ``ValueError``."""
        if unknown := set(traits) - set(TRAITS):
            raise ValueError(f"unknown traits: {', '.join(sorted(unknown))}")
        return replace(self, traits=self.traits - set(traits))


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
        """Whether a trait is taken this time; noted when it is. Chance is drawn all the same, so that a
        document without a trait otherwise stays much the same."""
        taken = self.rng.random() < chance and trait in self.options.traits
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
                family,
                number,
                f"第{s}{s.join(cn)}{s}{family}",
                None,
                self.gap.strip("\n") or " ",
                own_line=True,
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
    if draft.may("long", 0.4):
        draft.size = rng.choice((2, 2, 2, 4))
    if draft.may("spaced labels", 0.12):
        draft.spaced = rng.choice((" ", "\u3000"))
    draft.gap = rng.choice((" ", "\u3000", "  "))
    if draft.may("no gap after label", 0.12):
        draft.gap = ""
    draft.dot = rng.choice((".", ".", "、", "\uff0e"))
    if draft.may("arabic articles", 0.06):
        draft.arabic = True
    return draft
