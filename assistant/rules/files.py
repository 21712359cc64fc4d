"""What the files of the rule book hold: programmes and rules of one policy, or a part of the fact schema."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from ceyin.assistant.rules.model import Entry, Pin, Review, Rule


class Programme(Entry):
    """What one can apply for, or come under: its rules are matched together.

    ``gives``: money, a loan, a tax or fee relief, a title, a service, an easing of a procedure, or a task laid
    on an authority. ``who`` says for whom in plain words.
    """

    id: str = Field(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")
    title: str
    gives: Literal["money", "loan", "tax", "fee", "title", "service", "ease", "task"]
    who: str
    pin: Pin


class Untranslatable(Entry):
    """A hard sentence that cannot be coded, written down so that coverage is known."""

    pin: Pin
    why: str


class SetAside(Entry):
    """Figures of a clause that decide nothing (the date of a cited document, the number of an annex), and why."""

    pin: Pin
    why: str

    @model_validator(mode="after")
    def _names_figures(self) -> SetAside:
        if not self.pin.figures:
            raise ValueError("set_aside 要在 pin.figures 里写明是哪些数字")
        return self


class Place(Entry):
    """One of the places that say different things: what it says in our words, and its clause."""

    says: str
    pin: Pin


class Conflict(Entry):
    """A point on which two texts, or two places of one, say different things.

    ``triggers``: as of a rule. ``settled``: which holds, in our words, by the clause ``by``; without it no text says.
    ``ask``: whom to ask then.
    """

    id: str = Field(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")
    title: str
    triggers: tuple[tuple[str, ...], ...] = Field(min_length=1)
    places: tuple[Place, ...] = Field(min_length=2)
    settled: str | None = None
    by: Pin | None = None
    ask: str
    review: Review

    @model_validator(mode="after")
    def _decided_by_a_text(self) -> Conflict:
        if (self.settled is None) != (self.by is None):
            raise ValueError("settled 和 by 要一起写:哪一处为准,只有条文说了才算")
        return self

    @property
    def pins(self) -> tuple[Pin, ...]:
        """Every clause it names."""
        return (*(place.pin for place in self.places), *((self.by,) if self.by else ()))


class RuleFile(Entry):
    """One file of the rule book: the programmes and rules of one policy, and where it differs from others."""

    policy: str
    programmes: tuple[Programme, ...] = ()
    rules: tuple[Rule, ...]
    conflicts: tuple[Conflict, ...] = ()
    untranslatable: tuple[Untranslatable, ...] = ()
    set_aside: tuple[SetAside, ...] = ()


class FactSpec(Entry):
    """One fact: its type, what else it is called, how to ask for it, and how people say it.

    ``said`` are patterns; a group named ``v`` holds the value, without one a match means true.
    ``denied`` patterns mean false or none; ``values`` gives the names of each member of a choice, ``ways`` patterns
    for members that are told without a name, ``implies`` what else a member means. A number that is not told itself
    is counted from its kinds: ``parts`` are patterns of them, ``and_parts`` other facts that add to it where one of
    ``parts`` is told. ``things`` are words for what a sum of money is paid for; ``general`` are words of the
    programme whose conditions 「别的条件都符合」 means; ``added`` are patterns of a count that comes to the one told before
    (又续了一轮), ``dropped`` of one that goes off it (一个退出了). The names of the ``unheard`` members count where they are
    given; in words only their ways tell them.
    """

    key: str
    type: Literal["bool", "count", "money", "rate", "date", "choice", "choices", "text", "number"]
    unit: str = ""
    synonyms: tuple[str, ...] = ()
    question: str
    evidence: str = ""
    changeable: bool = True
    several: bool = False  # a sum or count that may be given as a list, one for each item
    said: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    and_parts: tuple[str, ...] = ()
    values: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    ways: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    unheard: tuple[str, ...] = ()
    implies: dict[str, dict[str, bool]] = Field(default_factory=dict)
    things: tuple[str, ...] = ()
    general: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _names_its_members(self) -> FactSpec:
        strange = [name for name in (*self.ways, *self.implies, *self.unheard) if name not in self.values]
        if strange:
            raise ValueError(
                f"“{self.key}”的 ways、implies 和 unheard 只能写 values 里有的项,没有:{'、'.join(strange)}"
            )
        return self


class FactFile(Entry):
    """``facts.yaml``."""

    facts: tuple[FactSpec, ...]
