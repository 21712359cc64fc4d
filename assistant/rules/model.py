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


class Entry(BaseModel):
    """What people write: no unknown keys, never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


#: Version of the normalisation under which clauses are hashed (see ``book.pin_hash``).
PIN_NORMALISATION: Literal[2] = 2


class Pin(Entry):
    """Where the words stand: clause, the figures relied on, and its hash when the rule was reviewed."""

    policy: str
    path: tuple[str, ...] = Field(min_length=1)
    figures: tuple[str, ...] = ()
    sha256: str | None = None
    normalisation: Literal[1, 2] = PIN_NORMALISATION


class Period(Entry):
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


class _Leaf(Entry):
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
    """No application within a period after an event; passes where the event is known not to have been.

    ``act`` is the fact that says when the application is to be made; without it the day of the question counts.
    """

    kind: Literal["lockout"]
    event: str
    period: Period
    act: str | None = None


class Elapsed(_Leaf):
    """More than a period has passed since an event (授权超过5年): fails where it never was, open on the day itself."""

    kind: Literal["elapsed"]
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
    Union[Member, Threshold, Predicate, Lockout, Elapsed, Discretionary, All, AnyOf, Not, KOf, Ref],  # noqa: UP007
    Field(discriminator="kind"),
]

# -- amounts ---------------------------------------------------------------------------------------


class Fixed(Entry):
    """A sum the text fixes; ``at_most`` where it says 不超过/最高 without a formula."""

    kind: Literal["fixed"]
    amount: Figure
    at_most: bool = False


class Ratio(Entry):
    """A share of a cost: 所缴保费的60%; a rate of 1 is the cost itself. Several costs are reckoned one by one."""

    kind: Literal["ratio"]
    rate: Figure
    of: str
    at_most: bool = False


class PerUnit(Entry):
    """So much for each: 每件不超过1000元, 每人 with ``unit: 人``."""

    kind: Literal["per_unit"]
    amount: Figure
    of: str
    unit: str = "件"
    at_most: bool = False


class Tiers(Entry):
    """A sum by the value of a fact; several values combine by ``combine``, ``unsaid`` where the text does not say how.

    ``highest_with``: with one of these among them only the highest counts (既获得国家级又获得省级的).
    """

    kind: Literal["tiers"]
    by: str
    tiers: dict[str, Figure] = Field(min_length=1)
    combine: Literal["highest", "sum", "unsaid"] = "highest"
    highest_with: tuple[str, ...] = ()
    at_most: bool = False


Base = Annotated[Union[Fixed, Ratio, PerUnit, Tiers], Field(discriminator="kind")]  # noqa: UP007


class Cap(Entry):
    """An upper end; ``when`` limits it to some applicants (法人, 自然人); ``used`` is what was received already."""

    amount: Figure
    per: Literal["item", "applicant", "applicant_year"] = "applicant"
    when: Condition | None = None
    used: str | None = None


class Rounding(Entry):
    """To which step a sum is rounded, where the text says so; without it nothing is rounded."""

    quantum: Figure
    mode: Literal["down", "half_up", "up"]


class Uplift(Entry):
    """A share on top of the base under a condition: 「再提高不超过10%」."""

    rate: Figure
    when: Condition


# -- rules -----------------------------------------------------------------------------------------


class Valid(Entry):
    """From when until when (inclusive) a rule holds; open where the text gives no day."""

    from_: date | None = Field(default=None, alias="from")
    until: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Valid:
        if self.from_ is not None and self.until is not None and self.from_ > self.until:
            raise ValueError("起始日在截止日之后,请核对 from 和 until")
        return self


class Reading(Entry):
    """Somebody read the official text against the rule; ``note`` says what was found and how it was settled."""

    by: str
    on: date
    note: str = ""


class Review(Entry):
    """Who vouches for the rule: who wrote it, and who read the text against it a second time.

    A drafted rule informs and never decides.
    """

    status: Literal["drafted", "reviewed"]
    by: str
    on: date
    second: Reading | None = None


class Say(Entry):
    """The conclusion in our own words per verdict; braces are filled from the result."""

    pass_: str | None = Field(default=None, alias="pass")
    fail: str | None = None
    unknown: str | None = None
    general: str | None = None


class _Rule(Entry):
    id: str = Field(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")
    title: str
    #: The programme of the same file it is part of; one without takes no part in matching.
    programme: str | None = None
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
    """How much.

    ``nature``: only a ``grant`` is money received and counts in a total; a loan has to be paid back, an interest
    subsidy, a tax relief or a fee waived is money saved, a fund is what a programme may spend in all.
    ``budget``: the sum depends on how much money there is (根据资金规模), so it is possible, never certain.
    """

    kind: Literal["amount"]
    base: Base
    uplift: Uplift | None = None
    caps: tuple[Cap, ...] = ()
    rounding: Rounding | None = None
    nature: Literal["grant", "loan", "interest", "tax", "fee", "fund"] = "grant"
    budget: bool = False


class StackRule(_Rule):
    """How the sums of several amount rules go together (不重复享受, 就高不就低, 补足差额).

    ``sum`` adds them up, ``highest`` leaves the highest, ``choose_one`` lets the applicant choose, ``top_up``
    leaves the highest less what was ``received`` for a lower one. The caps come after.
    """

    kind: Literal["stack"]
    of: tuple[str, ...] = Field(min_length=1)
    combine: Literal["sum", "highest", "choose_one", "top_up"]
    received: str | None = None
    caps: tuple[Cap, ...] = ()

    @model_validator(mode="after")
    def _top_up_has_received(self) -> StackRule:
        if (self.combine == "top_up") != (self.received is not None):
            raise ValueError("top_up 要写 received(已领的数额是哪项事实),别的 combine 不写")
        return self


class ExclusionRule(_Rule):
    """What is not paid, or not paid again: the sums of ``of`` fall away where ``when`` holds.

    With ``deduct`` only as much falls away as that fact says was paid already.
    """

    kind: Literal["exclusion"]
    of: tuple[str, ...] = Field(min_length=1)
    when: Condition
    deduct: str | None = None


class DeadlineRule(_Rule):
    """By when: a fixed day, a day each year, or a period from an event (negative: before it).

    ``boundary``: ``through`` counts the day itself (以前 with 月底, 之日起…内), ``open`` leaves it undecided (X日前).
    ``act`` is the fact that says when the act was done; without it the day of the question counts.
    ``batch`` and ``notice``: which call it belongs to; the first batch being closed says nothing of later ones.
    ``duty``: it binds who has been approved already, and is no condition of applying. A yearly duty begins after
    the event ``since`` and ends with the term rule ``during``; ``report_year`` is the fact that names the year
    reported on, whose report is due the year after.
    """

    kind: Literal["deadline"]
    on: date | None = None
    each_year: str | None = Field(default=None, pattern=r"^\d{2}-(\d{2}|end)$")
    event: str | None = None
    period: Period | None = None
    backwards: bool = False
    boundary: Literal["through", "open"] = "through"
    act: str | None = None
    batch: str = ""
    notice: str = ""
    duty: bool = False
    since: str | None = None
    during: str | None = None
    report_year: str | None = None

    @model_validator(mode="after")
    def _one_form(self) -> DeadlineRule:
        forms = (self.on is not None) + (self.each_year is not None) + (self.event is not None)
        if forms != 1 or (self.event is not None) != (self.period is not None):
            raise ValueError("期限要么写 on,要么写 each_year,要么写 event 和 period")
        if self.each_year is None and (self.since or self.during or self.report_year):
            raise ValueError("since、during、report_year 只用于每年的期限(each_year)")
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


class Paper(Entry):
    """One paper to hand in; ``when`` says for whom, where not for everybody."""

    name: str
    when: Condition | None = None
    note: str = ""


class PapersRule(_Rule):
    """Which papers are required; ``fact`` lists those at hand."""

    kind: Literal["papers"]
    papers: tuple[Paper, ...] = Field(min_length=1)
    fact: str = "已备材料"


class Step(Entry):
    """One step of a procedure: who does what, by when."""

    who: str
    does: str
    within: Period | None = None
    until: date | None = None


class ProcedureRule(_Rule):
    """The steps in their order; it informs and decides nothing."""

    kind: Literal["procedure"]
    steps: tuple[Step, ...] = Field(min_length=1)


class ConsequenceRule(_Rule):
    """What follows from a breach: it fails where the breach is known, passes where there was none.

    ``bars`` is how long the consequence lasts from the event ``since``; without it the text sets no end.
    """

    kind: Literal["consequence"]
    breach: Condition
    then: str
    bars: Period | None = None
    since: str | None = None

    @model_validator(mode="after")
    def _bar_has_event(self) -> ConsequenceRule:
        if (self.bars is None) != (self.since is None):
            raise ValueError("bars 和 since 要么都写,要么都不写")
        return self


class DiscretionaryRule(_Rule):
    """A person decides (择优, 视情况, 根据资金规模): never passed by the book."""

    kind: Literal["discretionary"]
    note: str


Rule = Annotated[
    Union[  # noqa: UP007
        EligibilityRule,
        AmountRule,
        StackRule,
        ExclusionRule,
        DeadlineRule,
        TermRule,
        ValidityRule,
        TargetRule,
        PapersRule,
        ProcedureRule,
        ConsequenceRule,
        DiscretionaryRule,
    ],
    Field(discriminator="kind"),
]


for _model in (All, AnyOf, Not, KOf, Cap, Uplift, Paper, ExclusionRule, ConsequenceRule):
    _model.model_rebuild()
