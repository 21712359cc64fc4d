"""The rule file as people write it: every figure a string, every leaf pinned to a clause."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Union

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator


def _exact(value: Any) -> Any:
    if isinstance(value, float):
        raise ValueError("小数要加引号写成字符串")
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


#: A figure: a string in the file, Decimal in memory; a float literal is an error.
Figure = Annotated[Decimal, BeforeValidator(_exact)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Pin(_Entry):
    """Where the words stand: clause, the figures relied on, and its hash when the rule was reviewed."""

    policy: str
    path: tuple[str, ...] = Field(min_length=1)
    figures: tuple[str, ...] = ()
    sha256: str | None = None
    normalisation: int = 1


class Period(_Entry):
    """A length of time; working days only where the text says so."""

    years: int = 0
    months: int = 0
    days: int = 0
    working_days: int = 0

    @model_validator(mode="after")
    def _one_unit(self) -> Period:
        if sum(v != 0 for v in (self.years, self.months, self.days, self.working_days)) != 1:
            raise ValueError("期间只能写一种单位(years / months / days / working_days)")
        return self


# -- conditions ------------------------------------------------------------------------------------


class _Leaf(_Entry):
    what: str = ""
    pin: Pin | None = None


class Member(_Leaf):
    """The fact is one of a list: applicant types, honours, results."""

    kind: Literal["member"]
    fact: str
    any_of: tuple[str, ...] = Field(min_length=1)


class Threshold(_Leaf):
    """The fact compares with a figure: 以上 is ``ge``, 超过 is ``gt``, 以下/以内 ``le``, 不满 ``lt``."""

    kind: Literal["threshold"]
    fact: str
    op: Literal["ge", "gt", "le", "lt", "eq"]
    value: Figure
    unit: str = ""


class Predicate(_Leaf):
    """The fact is true (or, with ``is_: false``, false)."""

    kind: Literal["predicate"]
    fact: str
    is_: bool = Field(default=True, alias="is")


class Lockout(_Leaf):
    """No application within a period after an event; passes where the event is known not to have been."""

    kind: Literal["lockout"]
    event: str
    period: Period


class Discretionary(_Leaf):
    """A person decides: 择优, 情节严重, 特别突出."""

    kind: Literal["discretionary"]
    note: str


class All(_Leaf):
    """Every part holds."""

    kind: Literal["all"]
    of: tuple[Condition, ...] = Field(min_length=1)


class AnyOf(_Leaf):
    """One part at least holds."""

    kind: Literal["any"]
    of: tuple[Condition, ...] = Field(min_length=1)


class Not(_Leaf):
    """The part does not hold."""

    kind: Literal["not"]
    of: Condition


class KOf(_Leaf):
    """At least ``k`` parts hold."""

    kind: Literal["k_of"]
    k: int = Field(ge=1)
    of: tuple[Condition, ...] = Field(min_length=1)


class Ref(_Leaf):
    """The condition of another rule of the same book."""

    kind: Literal["ref"]
    rule: str


Condition = Annotated[
    Union[Member, Threshold, Predicate, Lockout, Discretionary, All, AnyOf, Not, KOf, Ref],  # noqa: UP007
    Field(discriminator="kind"),
]

# -- amounts ---------------------------------------------------------------------------------------


class Fixed(_Entry):
    """A sum the text fixes; ``at_most`` where it says 不超过/最高 without a formula."""

    kind: Literal["fixed"]
    amount: Figure
    at_most: bool = False


class Ratio(_Entry):
    """A share of a cost: 所缴保费的60%; a rate of 1 is the cost itself."""

    kind: Literal["ratio"]
    rate: Figure
    of: str
    at_most: bool = False


class PerUnit(_Entry):
    """So much for each: 每件不超过1000元."""

    kind: Literal["per_unit"]
    amount: Figure
    of: str
    at_most: bool = False


class Tiers(_Entry):
    """A sum by the value of a fact; several values combine by ``combine``."""

    kind: Literal["tiers"]
    by: str
    tiers: dict[str, Figure] = Field(min_length=1)
    combine: Literal["highest", "sum"] = "highest"
    at_most: bool = False


Base = Annotated[Union[Fixed, Ratio, PerUnit, Tiers], Field(discriminator="kind")]  # noqa: UP007


class Cap(_Entry):
    """An upper end; ``when`` limits it to some applicants (法人, 自然人); ``used`` is what was received already."""

    amount: Figure
    per: Literal["item", "applicant", "applicant_year"] = "applicant"
    when: Condition | None = None
    used: str | None = None


class Uplift(_Entry):
    """A share on top of the base under a condition: 「再提高不超过10%」."""

    rate: Figure
    when: Condition


# -- rules -----------------------------------------------------------------------------------------


class Valid(_Entry):
    """From when until when (inclusive) a rule holds; open where the text gives no day."""

    from_: date | None = Field(default=None, alias="from")
    until: date | None = None


class Review(_Entry):
    """Who vouches for the rule."""

    status: Literal["drafted", "reviewed"]
    by: str
    on: date


class Say(_Entry):
    """The conclusion in our own words per verdict; braces are filled from the result."""

    pass_: str | None = Field(default=None, alias="pass")
    fail: str | None = None
    unknown: str | None = None
    general: str | None = None


class _Rule(_Entry):
    id: str = Field(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")
    title: str
    pin: Pin
    also_pins: tuple[Pin, ...] = ()
    #: Each group lists patterns that must all occur in the question (or conversation) for the rule to be asked.
    triggers: tuple[tuple[str, ...], ...] = ()
    unless: tuple[str, ...] = ()
    priority: int = 0
    requires: Condition | None = None
    applies_when: Condition | None = None
    valid: Valid = Valid()
    say: Say = Say()
    next_steps: str = ""
    review: Review


class EligibilityRule(_Rule):
    """Who may, or what must hold: only the condition."""

    kind: Literal["eligibility"]
    requires: Condition


class AmountRule(_Rule):
    """How much."""

    kind: Literal["amount"]
    base: Base
    uplift: Uplift | None = None
    caps: tuple[Cap, ...] = ()
    stacking: str = ""


class DeadlineRule(_Rule):
    """By when: a fixed day, a day each year, or a period from an event (negative: before it).

    ``boundary``: ``through`` counts the day itself (以前 with 月底, 之日起…内), ``open`` leaves it undecided (X日前).
    ``act`` is the fact that says when the act was done; without it the day of the question counts.
    """

    kind: Literal["deadline"]
    on: date | None = None
    each_year: str | None = Field(default=None, pattern=r"^\d{2}-(\d{2}|end)$")
    event: str | None = None
    period: Period | None = None
    backwards: bool = False
    boundary: Literal["through", "open"] = "through"
    act: str | None = None
    duty: bool = False

    @model_validator(mode="after")
    def _one_form(self) -> DeadlineRule:
        forms = (self.on is not None) + (self.each_year is not None) + (self.event is not None)
        if forms != 1 or (self.event is not None) != (self.period is not None):
            raise ValueError("期限要么写 on,要么写 each_year,要么写 event 和 period")
        return self


class TermRule(_Rule):
    """How long something lasts from an event: a title, a construction period, a loan.

    ``renewal`` is what lets it last beyond its end.
    """

    kind: Literal["term"]
    start: str
    period: Period
    renewal: Condition | None = None
    holder: str = ""


class ValidityRule(_Rule):
    """Whether the policy itself is in force on a day."""

    kind: Literal["validity"]


class TargetRule(_Rule):
    """A planned figure by a year, comparable with one the user gives."""

    kind: Literal["target"]
    fact: str
    op: Literal["ge", "gt", "le", "lt", "eq"]
    value: Figure
    unit: str
    year: int | None = None


Rule = Annotated[
    Union[EligibilityRule, AmountRule, DeadlineRule, TermRule, ValidityRule, TargetRule],  # noqa: UP007
    Field(discriminator="kind"),
]


class Untranslatable(_Entry):
    """A hard sentence that cannot be coded, written down so that coverage is known."""

    pin: Pin
    why: str


class RuleFile(_Entry):
    """One file of the rule book: the rules of one policy."""

    policy: str
    rules: tuple[Rule, ...]
    untranslatable: tuple[Untranslatable, ...] = ()


# -- fact schema -----------------------------------------------------------------------------------


class FactSpec(_Entry):
    """One fact: its type, what else it is called, how to ask for it, and how people say it.

    ``said`` are patterns; a group named ``v`` holds the value, without one a match means true.
    ``denied`` patterns mean false or none; ``values`` gives the names of each member of a choice.
    """

    key: str
    type: Literal["bool", "count", "money", "rate", "date", "choice", "choices", "text", "number"]
    unit: str = ""
    synonyms: tuple[str, ...] = ()
    question: str
    evidence: str = ""
    changeable: bool = True
    said: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    values: dict[str, tuple[str, ...]] = {}


class FactFile(_Entry):
    """``facts.yaml``."""

    facts: tuple[FactSpec, ...]


for _model in (All, AnyOf, Not, KOf, Cap, Uplift):
    _model.model_rebuild()
