"""The whole story: understand → retrieve → check rules → compose → verify."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from ceyin.assistant import compose
from ceyin.assistant.choosing import Chooser, Setting
from ceyin.assistant.compose import Draft, Material
from ceyin.assistant.contract import Answer, AskRequest, Timings
from ceyin.assistant.deciding import Decision
from ceyin.assistant.evidence import Evidence, Query, gather
from ceyin.assistant.facts import given_facts, said_facts
from ceyin.assistant.holding import Asked, holds
from ceyin.assistant.routing import groups, local_names, meant, scope
from ceyin.assistant.rules.book import RuleBook
from ceyin.assistant.rules.values import Facts
from ceyin.assistant.understand import Intent, Question, heading_wanted, understand
from ceyin.assistant.verify import ungrounded
from ceyin.corpus.errors import CeyinError
from ceyin.corpus.library import Library
from ceyin.indexes.figures import figure_wanted
from ceyin.indexes.filters import Filter
from ceyin.indexes.search import HybridSearch

#: A longer message is refused before any work is done on it.
MAX_CHARS = 20_000
_POOL = 24


class QuestionError(CeyinError):
    """The request itself cannot be answered: empty, far too long, a date that is none."""


@dataclass(frozen=True, slots=True)
class _Clock:
    started: float

    def lap(self) -> float:
        return (time.perf_counter() - self.started) * 1000


@dataclass(frozen=True, slots=True)
class Ready:
    """All an answer is made of: the question whole and one by one; times in milliseconds since the start."""

    material: Material
    singles: list[Material]
    deciding: Setting  # what the rule was chosen on
    turns: list[str]
    warnings: list[str]
    understood: float
    retrieved: float
    decided: float


class Assistant:
    """Answers questions over a library; holds no state of any user."""

    def __init__(self, library: Library, index: Callable[[], HybridSearch], book: RuleBook) -> None:
        """``index`` gives the index in use: it may be replaced while the program runs."""
        self._library = library
        self._index = index
        self._book = book
        self._chooser = Chooser(book)

    def answer(self, request: AskRequest, *, today: date) -> Answer:
        """Answer the last turn; raises QuestionError for a request that is none."""
        return self.respond(self.prepare(request, today=today), request)

    @property
    def chooser(self) -> Chooser:
        """What chooses the rule that decides."""
        return self._chooser

    def respond(self, ready: Ready, request: AskRequest) -> Answer:
        """Write and check the answer to what was prepared for this request."""
        clock = _Clock(time.perf_counter())
        draft = compose.compose(ready.material, ready.singles)
        composed = clock.lap()
        answer = _finish(draft, request, ready)
        for weaker in (compose.without_figures, compose.bare):
            if not ungrounded(answer, _said(request, ready.turns)):
                break
            answer = _finish(weaker(ready.material), request, ready)
        total = clock.lap()
        timings = Timings(
            understand=ready.understood,
            retrieve=ready.retrieved - ready.understood,
            rules=ready.decided - ready.retrieved,
            compose=composed,
            verify=total - composed,
            total=ready.decided + total,
        )
        return answer.model_copy(update={"timings_ms": timings})

    def prepare(self, request: AskRequest, *, today: date) -> Ready:
        """What an answer would be made of; raises QuestionError for a request that is none."""
        clock = _Clock(time.perf_counter())
        turns, as_of = _read(request, today)
        policies = self._library.policies()
        question = understand(turns, as_of, policies)
        given, warnings = given_facts(request.facts, self._book)
        facts = _merge(given, said_facts([*question.history, question.said], self._book, as_of))
        understood = clock.lap()

        where = scope(question, policies)
        index = self._index()
        clauses = {c.ref: (p, c) for p in policies for c in p.clauses}

        places = local_names(policies)

        def found(asked: str, among: frozenset[str]) -> list[Evidence]:
            """Evidence among the clauses of some policies."""

            words = asked if asked == question.topic else f"{question.topic} {asked}"
            query = Query(
                asked=asked,
                context=question.topic,
                meant=meant(asked, policies),
                local=places,
                figure=figure_wanted(asked),
                headed=heading_wanted(asked),
            )
            hits = index.search(words, _POOL, Filter(policies=among))
            return gather(query, [hit for hit in hits if hit.ref in clauses], clauses, index.idf)

        def nearest(asked: str) -> list[Evidence]:
            """Evidence where the question points to first, then everywhere it may be answered from."""
            home = frozenset(where.focus) & where.allowed
            everywhere = found(asked, where.allowed)
            at_home = found(asked, home) if home and home != where.allowed else []
            if at_home and compose.covers(at_home[0]):
                refs = {e.clause.ref for e in at_home}
                return [*at_home, *(e for e in everywhere if e.clause.ref not in refs)]
            return everywhere

        sides = groups(question.said, policies) if question.wants(Intent.COMPARE) else []
        if len(sides) > 1:
            parts = [found(question.said, side) for side in sides]
            evidence = [e for part in parts for e in part[:3]]
        else:
            evidence = nearest(question.said)
            parts = [nearest(part) for part in question.parts] if len(question.parts) > 1 else [evidence]
        retrieved = clock.lap()

        by_id = {p.policy_id: p for p in policies if p.policy_id in where.allowed}

        def setting(text: str, asked: Question, nearby: list[Evidence]) -> Setting:
            return Setting(text, asked, nearby, meant(text, policies), facts, by_id, index.idf)

        def asked_of(text: str, nearby: list[Evidence], decisions: list[Decision]) -> Asked:
            return Asked(
                text=text,
                evidence=nearby,
                policies=policies,
                local=places,
                headed=heading_wanted(text),
                named=bool(question.policies),
                foreign=where.foreign is not None,
                ruled=bool(decisions),
                vector=index.vector(text),
                model=index.model,
            )

        deciding = setting(question.topic, question, evidence)
        decisions = self._chooser.choose(deciding)
        asked = max((asked_of(t, evidence, decisions) for t in _wordings(question.topic)), key=holds)
        material = Material(
            question=question,
            scope=where,
            evidence=evidence,
            parts=parts,
            decisions=decisions,
            asked=asked,
            chance=holds(asked),
            facts=facts,
            policies=policies,
            book=self._book,
            idf=index.idf,
        )
        singles = []
        for part, found_for in zip(question.parts, parts, strict=False):
            own = self._chooser.choose(setting(part, question.only(part), found_for))
            singles.append(material.single(part, found_for, own, asked_of(part, found_for, own)))
        return Ready(material, singles, deciding, turns, warnings, understood, retrieved, clock.lap())


#: A last sentence as long as this asks by itself.
_SENTENCE = 8


def _wordings(text: str) -> list[str]:
    """A message, and its last sentence where others go before it: what is told or pasted first is not asked."""
    pieces = [p for p in re.split(r"(?<=[。!?;])", text) if p.strip()]
    return [text, pieces[-1]] if len(pieces) > 1 and len(pieces[-1]) >= _SENTENCE else [text]


def _read(request: AskRequest, today: date) -> tuple[list[str], date]:
    turns = list(request.turns)
    if request.question is not None:
        turns.append(request.question)
    if not turns or not turns[-1].strip():
        raise QuestionError("问题是空的。请写下想问的内容。")
    if sum(len(t) for t in turns) > MAX_CHARS:
        raise QuestionError(f"内容太长(超过 {MAX_CHARS} 字)。请把问题缩短,文件请用 corpus add 导入。")
    if request.as_of is None:
        return turns, today
    try:
        return turns, date.fromisoformat(request.as_of)
    except ValueError as exc:
        raise QuestionError(f"日期“{request.as_of}”不对,应写成 2026-11-23 这样。") from exc


def _merge(given: Facts, said: Facts) -> Facts:
    """Facts given win over facts read from the words."""
    return Facts({**said.known, **given.known})


def _said(request: AskRequest, turns: list[str]) -> list[str]:
    return [*turns, *(f"{k} {v}" for k, v in (request.facts or {}).items())]


def _finish(draft: Draft, request: AskRequest, ready: Ready) -> Answer:
    question = ready.material.question
    return Answer(
        id=request.id,
        question=question.message,
        as_of=question.as_of.isoformat(),
        kind=draft.kind,
        status=draft.status,
        refusal_reason=draft.refusal,
        verdict=draft.verdict,
        amount_cny=draft.amount,
        amount_kind=draft.amount_kind,
        answer=draft.text,
        citations=draft.citations,
        checks=draft.checks,
        missing_facts=draft.missing,
        parts=draft.parts,
        warnings=[*ready.warnings, *draft.warnings],
        suggestions=draft.suggestions,
        blocks=draft.blocks,
    )
