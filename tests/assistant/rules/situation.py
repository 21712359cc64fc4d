"""A situation file: rules of 示例市 with the facts they ask for, and what each rule must say in each situation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, Field, TypeAdapter, ValidationError, model_validator

from ceyin.assistant.deciding import Decision, decide_rule
from ceyin.assistant.rules.book import RuleBook, pin_hash
from ceyin.assistant.rules.conditions import Case
from ceyin.assistant.rules.evaluate import evaluate
from ceyin.assistant.rules.files import FactFile, FactSpec, RuleFile
from ceyin.assistant.rules.model import Entry, Figure, Pin, Rule
from ceyin.assistant.rules.result import PolicyTerm, Result
from ceyin.assistant.rules.soundness import check_files
from ceyin.assistant.rules.stacking import Share, exclude, share_of
from ceyin.assistant.rules.values import Absent, Conflict, Fact, Facts, Known, Trace
from ceyin.corpus.model import ClauseRef
from ceyin.corpus.stored import StoredClause, StoredPolicy
from ceyin.corpus.yamlfile import load_yaml


class Term(Entry):
    """When the policy itself is in force."""

    from_: date | None = Field(default=None, alias="from")
    until: date | None = None
    repealed: date | None = None


class Texts(Entry):
    """The clauses by number when the rules were reviewed, and as they are now."""

    reviewed: dict[str, str]
    now: dict[str, str]
    kind: Literal["official", "card"] = "official"


class Left(Entry):
    """What is left of an amount after the exclusions."""

    low: Figure
    high: Figure | Literal["open"]
    certain: bool


class Line(Entry):
    """One line of the trace."""

    what: str
    given: str
    required: str
    verdict: Literal["pass", "fail", "unknown"]


class Expected(Entry):
    """What the rule must say; what is not written must not be there (no reason, no amount, no day, nothing missing).

    ``amount`` is one exact sum; else ``low`` and ``high``, ``open`` where there is no upper end. ``steps``, ``notes``,
    ``trace`` and ``parts`` are compared where they are written.
    """

    verdict: Literal["pass", "fail", "unknown"]
    reason: str | None = None
    applies: bool = True
    amount: Figure | None = None
    low: Figure | None = None
    high: Figure | Literal["open"] | None = None
    at_most: bool | None = None
    day: date | None = None
    missing: tuple[str, ...] = ()
    steps: tuple[str, ...] | None = None
    notes: tuple[str, ...] | None = None
    trace: Line | None = None
    parts: tuple[tuple[str, str, str, str], ...] | None = None
    left: Left | None = None
    clause: str | None = None

    @model_validator(mode="after")
    def _one_sum(self) -> Expected:
        if self.amount is not None and (self.low is not None or self.high is not None):
            raise ValueError("write amount, or low and high")
        if (self.low is None) != (self.high is None):
            raise ValueError("low and high go together")
        return self


class Situation(Entry):
    """One case: which rule, on which facts, on which day, with which outcome.

    A fact is ``{absent: true}``, ``{conflict: [a, b]}`` or its value; ``without`` names exclusion rules applied to
    what the rule gives, in this order. With ``texts`` the pins carry the hash of the reviewed clause.
    """

    title: str
    rule: str
    facts: dict[str, Any] = Field(default_factory=dict)
    as_of: date
    term: Term = Term()
    without: tuple[str, ...] = ()
    texts: Texts | None = None
    expect: Expected


class SituationFile(Entry):
    """The rules of one file in the form of a rule file, with ``title``, ``pin`` and ``review`` filled in."""

    facts: dict[str, str] = Field(default_factory=dict)
    rules: tuple[dict[str, Any], ...]
    as_of: date = date(2026, 11, 24)
    situations: tuple[Situation, ...] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _common_day(cls, data: Any) -> Any:
        if isinstance(data, dict) and "as_of" in data:
            rows = [{"as_of": data["as_of"], **row} for row in data.get("situations") or ()]
            return {**data, "situations": rows}
        return data

    @model_validator(mode="after")
    def _names_are_known(self) -> SituationFile:
        ids = {rule.get("id") for rule in self.rules}
        titles: set[str] = set()
        for one in self.situations:
            unknown = {one.rule, *one.without} - ids
            if unknown:
                raise ValueError(f"“{one.title}” names no rule of this file: {sorted(map(str, unknown))}")
            if strange := set(one.facts) - set(self.facts):
                raise ValueError(f"“{one.title}” gives facts this file does not declare: {sorted(strange)}")
            if one.title in titles:
                raise ValueError(f"two situations are called “{one.title}”")
            titles.add(one.title)
        used = {name for one in self.situations for name in (one.rule, *one.without)}
        used |= {name for rule in self.rules for name in _named(rule)}
        if idle := ids - used:
            raise ValueError(f"no situation uses {sorted(map(str, idle))}")
        return self


def _named(node: Any) -> Iterator[str]:
    """The rules a rule names."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("rule", "during"):
                yield value
            elif key == "of" and isinstance(value, list):
                yield from (v for v in value if isinstance(v, str))
            yield from _named(value)
    elif isinstance(node, list):
        for item in node:
            yield from _named(item)


_DEFAULTS: dict[str, Any] = {
    "pin": {"policy": "shili", "path": ["第三条"]},
    "review": {"status": "reviewed", "by": "test", "on": date(2026, 11, 24)},
}


@dataclass(frozen=True)
class Loaded:
    """A situation file with its rules made into a book that is sound."""

    path: Path
    file: SituationFile

    @cached_property
    def book(self) -> RuleBook:
        """The rules of the file, checked as a rule book is."""
        facts = FactFile(
            facts=tuple(
                FactSpec.model_validate({"key": key, "question": f"请问{key}?", **_spec(text)})
                for key, text in self.file.facts.items()
            )
        )
        rules = RuleFile.model_validate(
            {"policy": "shili", "rules": [{"title": r["id"], **_DEFAULTS, **r} for r in self.file.rules]}
        )
        check_files({self.path: facts}, {self.path: rules})
        return RuleBook(rules.rules, {spec.key: spec for spec in facts.facts})

    def rule(self, name: str) -> Rule:
        """A rule of the file."""
        found = self.book.rule(name)
        assert found is not None, name
        return found

    def case(self, one: Situation) -> Case:
        """The facts of a situation, each as the type the file declares."""
        facts = {key: _fact(self.book.facts[key], value) for key, value in one.facts.items()}
        return Case(Facts(facts), one.as_of, self.book)

    def result(self, one: Situation) -> Result:
        """What the rule says."""
        return evaluate(self.rule(one.rule), self.case(one), _term(one))

    def decision(self, one: Situation, texts: Texts) -> Decision:
        """What the rule says in a library that holds the clauses of now, and which clause it stands on."""
        rule = _hashed(self.rule(one.rule), texts.reviewed)
        book = RuleBook((rule,), self.book.facts)
        policies = {"shili": _policy(texts, one.term)}
        decision = decide_rule(rule, self.case(one).facts, one.as_of, book, policies)
        assert decision is not None, "no such clause"
        return decision

    def left(self, one: Situation, result: Result) -> Share | None:
        """What the exclusions leave of it."""
        share = share_of(result)
        case = self.case(one)
        shares = {} if share is None else {one.rule: share}
        excluded = [evaluate(self.rule(name), case, _term(one)) for name in one.without]
        return exclude(shares, excluded, case)[0].get(one.rule)


def _hashed(node: Any, reviewed: dict[str, str]) -> Any:
    """A rule with the hash of the reviewed clause in every pin."""
    if isinstance(node, Pin):
        return node.model_copy(update={"sha256": pin_hash(reviewed[node.path[0]])})
    if isinstance(node, tuple):
        return tuple(_hashed(item, reviewed) for item in node)
    if isinstance(node, BaseModel):
        update = {name: _hashed(getattr(node, name), reviewed) for name in type(node).model_fields}
        return node.model_copy(update=update)
    return node


def _policy(texts: Texts, term: Term) -> StoredPolicy:
    clauses = tuple(
        StoredClause(ClauseRef("shili", (path,)), n, "", (), text, texts.kind, None, False, None, None, None)
        for n, (path, text) in enumerate(texts.now.items())
    )
    return StoredPolicy(
        policy_id="shili", title="示例办法", doc_number=None, issuers=("示例局",), region="示例市",
        issued=None, published=None, effective_from=term.from_, expires=term.until, repealed=term.repealed,
        text_kind=texts.kind, stub=False, source=None, sha256=None, version=1, current=True, added_at=None,
        clauses=clauses, damages=(), entry=None, loose_cards=(),
    )  # fmt: skip


def _term(one: Situation) -> PolicyTerm:
    return PolicyTerm(one.term.from_, one.term.until, one.term.repealed)


def _spec(text: str) -> dict[str, str]:
    kind, _, unit = text.partition(" ")
    return {"type": kind, "unit": unit}


_TYPES: dict[str, Any] = {"bool": bool, "date": date, "choice": str, "text": str}


def _fact(spec: FactSpec, given: Any) -> Fact:
    if isinstance(given, dict):
        if given == {"absent": True}:
            return Absent()
        assert given.keys() == {"conflict"}, f"{spec.key}: absent, conflict or a value, not {given}"
        return Conflict(tuple(_value(spec, v) for v in given["conflict"]))
    return Known(_value(spec, given))


def _value(spec: FactSpec, given: Any) -> Any:
    if isinstance(given, list):
        return tuple(_value(spec, item) for item in given)
    number = isinstance(given, int) and not isinstance(given, bool)
    wanted = _TYPES.get(spec.type, str if spec.type == "choices" else Decimal)
    return TypeAdapter(wanted).validate_python(str(given) if number else given)


def read_situations(path: Path) -> Loaded:
    """One file; an error names the file, the line where there is one, and the situation."""
    try:
        content = load_yaml(path.read_text(encoding="utf-8"))
        loaded = Loaded(path, SituationFile.model_validate(content))
        assert loaded.book
        return loaded
    except yaml.YAMLError as exc:
        raise ValueError(f"{path.name}: {exc}") from exc
    except ValidationError as exc:
        lines = []
        for error in exc.errors():
            at = error["loc"]
            rows = content.get("situations") or [] if isinstance(content, dict) else []
            row = rows[at[1]] if at[:1] == ("situations",) and len(at) > 1 and isinstance(at[1], int) else {}
            named = f" “{row['title']}”" if isinstance(row, dict) and "title" in row else ""
            lines.append(f"{path.name}{named}: {'.'.join(map(str, at))}: {error['msg']}")
        raise ValueError("\n".join(lines)) from exc


def lines_of(trace: Trace) -> tuple[tuple[str, str, str, str], ...]:
    """The parts of a trace, one line each."""
    return tuple((p.what, p.given, p.required, p.verdict.value) for p in trace.parts)
