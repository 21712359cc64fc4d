"""What an answer may rest on: the clauses it cites with their names, the checks, and what the user said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from ceyin.assistant.compose.quoting import quote
from ceyin.assistant.contract import Answer, AskRequest, Check, Citation, Part
from ceyin.assistant.rules.book import RuleBook
from ceyin.assistant.rules.money import read_amount
from ceyin.corpus.library import StoredPolicy
from ceyin.corpus.normalise import normalise

#: Where words come from: the clause itself, its names, our card, a check, what its rule says in general, the user.
Origin = Literal["clause", "name", "card", "check", "saying", "said"]

#: 9月10号 is 9月10日; 28号文 is no day.
_DAY = re.compile(r"(?<=月\d)号|(?<=月\d\d)号")
#: What a citation says of its policy on the day asked about.
_IN_FORCE = {"expired": "这份文件已过期", "repealed": "这份文件已废止", "not_yet": "这份文件尚未施行"}


@dataclass(frozen=True, slots=True)
class Source:
    """One text a sentence may rest on; ``ceiling``: the sum its check gives as no more than a ceiling."""

    text: str
    origin: Origin
    ceiling: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Leaf:
    """One condition of a check: ✔, ✘ or ? is its verdict."""

    what: str
    text: str
    verdict: str


@dataclass(frozen=True, slots=True)
class CheckGround:
    """The texts of a check, and its conditions one by one."""

    citation: int | None
    verdict: str
    sources: tuple[Source, ...]
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What the verifier has to know beside the answer: our cards, the rules' sayings, the titles."""

    policies: Sequence[StoredPolicy]
    book: RuleBook

    def digest(self, citation: Citation) -> str:
        """What our card says of a cited clause; empty where there is none."""
        policy = next((p for p in self.policies if p.policy_id == citation.policy_id), None)
        path = tuple(citation.path)
        for clause in policy.clauses if policy else ():
            if clause.ref.path == path and clause.text == citation.text:
                return normalise(clause.card.digest) if clause.card else ""
        return ""

    def lost(self, policy_ids: Iterable[str]) -> list[str]:
        """What is lost in these policies: 缺第七条、第八条."""
        wanted = set(policy_ids)
        return [normalise(d.note) for p in self.policies if p.policy_id in wanted for d in p.damages]

    def is_title(self, name: str) -> bool:
        """Whether a policy of the library is called so: its title may be named where nothing is cited."""
        return any(name in normalise(p.title) for p in self.policies)

    def sayings(self, citation: Citation) -> list[str]:
        """What the rules on a cited clause say in general."""
        policy_id, path = citation.policy_id, tuple(citation.path)
        rules = self.book.on_clause(policy_id, path)
        told = [
            p.says
            for c in self.book.conflicts
            for p in c.places
            if (p.pin.policy, p.pin.path) == (policy_id, path)
        ]
        return [saying for rule in rules if (saying := self.saying(rule.id))] + [normalise(t) for t in told]

    def beside(self, citation: Citation) -> Iterator[str]:
        """The headings around a cited clause, and what is lost in its policy."""
        policy = next((p for p in self.policies if p.policy_id == citation.policy_id), None)
        if policy is None:
            return
        path = tuple(citation.path)
        trails = [
            c.heading_trail if c.heading in ("", *c.heading_trail) else (*c.heading_trail, c.heading)
            for c in policy.clauses
            if c.ref.path[:-1] in (path[:-1], path) or path[:-1] == c.ref.path or path[:1] == c.ref.path[:1]
        ]
        yield normalise(";".join(dict.fromkeys(h for trail in trails for h in trail if h)))

    def saying(self, rule_id: str) -> str:
        """The title of a rule and what it says in general."""
        rule = self.book.rule(rule_id)
        return "" if rule is None else normalise(f"{rule.title}。{rule.say.general or ''}")


@dataclass(frozen=True, slots=True)
class Grounds:
    """All an answer, or a part of one, may rest on; ``cited`` are the texts of each citation by its number."""

    as_of: date
    cited: Mapping[int, tuple[Source, ...]]
    addresses: Mapping[int, str]
    documents: frozenset[str]  # what the addresses begin with
    checks: tuple[CheckGround, ...]
    said: tuple[Source, ...]
    known: Known
    refused: bool = False
    counts: frozenset[int] = frozenset()  # how many items, quotes, … the answer lists

    def of(self, numbers: Sequence[int]) -> list[Source]:
        """What a sentence that cites these may rest on."""
        out = [s for n in numbers for s in self.cited.get(n, ())]
        for check in self.checks_of(numbers):
            out += check.sources
        return out

    def checks_of(self, numbers: Sequence[int]) -> list[CheckGround]:
        """The checks that rest on one of these citations, or on none that found a place; all where none is cited."""
        return [c for c in self.checks if not numbers or c.citation is None or c.citation in numbers]


def grounds(
    answer: Answer | Part, request: AskRequest, as_of: date, turns: Sequence[str], known: Known
) -> Grounds:
    """The grounds of an answer or of one of its parts."""
    said = [*turns, *(_fact(k, v) for k, v in (request.facts or {}).items())]
    return Grounds(
        as_of=as_of,
        cited={c.n: tuple(_of_citation(c, known)) for c in answer.citations},
        addresses={c.n: normalise(c.cite_as) for c in answer.citations},
        documents=frozenset(normalise(c.cite_as.rsplit(" ", 1)[0]) for c in answer.citations),
        checks=tuple(_of_check(c, known) for c in answer.checks),
        said=(
            *(Source(_DAY.sub("日", normalise(t)), "said") for t in said),
            *_asked(answer),
            *(Source(note, "check") for note in known.lost(c.policy_id for c in answer.citations)),
        ),
        known=known,
        refused=answer.status in ("refused", "source_incomplete") or getattr(answer, "kind", "") == "help",
        counts=frozenset(_counts(answer)),
    )


def _asked(answer: Answer | Part) -> Iterator[Source]:
    """What is asked of the user may name figures of the rule: 20万元还是30万元?"""
    asked = [*getattr(answer, "missing_facts", ()), *(m for c in answer.checks for m in c.missing_facts)]
    yield from (Source(normalise(m.question), "check") for m in asked)


def _counts(answer: Answer | Part) -> Iterator[int]:
    kinds = [b.kind for b in answer.blocks]
    yield from (kinds.count(kind) for kind in set(kinds))
    yield len(answer.citations)
    yield len(getattr(answer, "parts", ()))
    yield len(getattr(answer, "missing_facts", ()))
    yield from (len(check.missing_facts) for check in answer.checks)


def _fact(key: str, value: object) -> str:
    """「年营业额万元 180」 counts 万元: the unit goes behind the figure."""
    unit = next((u for u in ("万元", "亿元") if key.endswith(u)), "")
    values = value if isinstance(value, list | tuple) else [value]
    return f"{key} " + "、".join(f"{v}{unit}" for v in values)


def _of_citation(citation: Citation, known: Known) -> Iterator[Source]:
    yield Source(citation.text, "clause")
    names = (citation.heading, citation.title, citation.doc_number or "", citation.cite_as, citation.issuer)
    yield Source(normalise("。".join([*names, citation.region])), "name")
    yield from (Source(words, "name") for words in known.beside(citation) if words)
    if citation.in_force in _IN_FORCE:
        yield Source(_IN_FORCE[citation.in_force], "check")
    if citation.checked_on:
        yield Source(citation.checked_on, "name")
    yield from (Source(saying, "saying") for saying in known.sayings(citation))
    digest = known.digest(citation)
    if digest:
        yield Source(digest, "card")


def _of_check(check: Check, known: Known) -> CheckGround:
    texts = [check.explanation]
    trace = check.trace
    given, required = str(trace.get("given", "")), str(trace.get("required", ""))
    texts += [given, required, f"{given},{required}", str(trace.get("what", ""))]
    texts += [str(note) for note in trace.get("notes", ())]
    texts += [str(trace.get("changes", ""))]
    leaves = tuple(_leaves(trace.get("parts") or [trace]))
    texts += [leaf.text for leaf in leaves]
    if check.value is not None and not required.startswith("最高"):  # a ceiling is said as one
        texts.append(f"{check.value}元" if check.unit == "CNY" else check.value)
    texts += [str(trace.get("clause", ""))]
    ceiling = read_amount(required) if required.startswith("最高") else None
    sources = [Source(normalise(t), "check", ceiling) for t in dict.fromkeys(texts) if t]
    saying = known.saying(check.rule_id)
    if saying:
        sources.append(Source(saying, "saying"))
    return CheckGround(check.citation, check.verdict, tuple(sources), leaves)


def _leaves(parts: Iterable[Any]) -> Iterator[Leaf]:
    for part in parts:
        what, verdict = normalise(str(part.get("what", ""))), str(part.get("verdict", ""))
        text = f"{what}:{part.get('given', '')}(要求:{part.get('required', '')})"
        yield Leaf(what, normalise(text), verdict)
        yield from _leaves(part.get("parts", ()))


def quotable(text: str) -> tuple[str, ...]:
    """A clause as it may be quoted: as it stands, without its label, without who is responsible."""
    return tuple(dict.fromkeys((text, quote(text, whole=True), quote(text))))
