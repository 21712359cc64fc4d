"""The whole story: understand → retrieve → check rules → compose → verify."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from ceyin.assistant import compose
from ceyin.assistant.choosing import Chooser, Setting
from ceyin.assistant.compose import Compared, Draft, Material
from ceyin.assistant.contract import Answer, AskRequest, Removed, Timings, Understood
from ceyin.assistant.deciding import Decision
from ceyin.assistant.defining import definition_wanted
from ceyin.assistant.english import in_english, supported
from ceyin.assistant.evidence import Evidence, Query, gather
from ceyin.assistant.explaining import explain
from ceyin.assistant.facts import given_facts, implied
from ceyin.assistant.holding import Asked, holds
from ceyin.assistant.routing import local_names, meant, scope
from ceyin.assistant.rules.book import RuleBook
from ceyin.assistant.rules.values import Facts
from ceyin.assistant.sides import Side, alone, sides, subjects_by_rule
from ceyin.assistant.understand import Question, understand
from ceyin.assistant.understanding.beside import beside_name, blended, names_of
from ceyin.assistant.understanding.intents import heading_wanted
from ceyin.assistant.understanding.saying import said_facts
from ceyin.assistant.understood import QuestionError, chosen_policies, chosen_region, understood
from ceyin.assistant.verifying import Counts, Known, verified
from ceyin.assistant.wording import Case, Writer
from ceyin.corpus.library import Library
from ceyin.indexes.figures import figure_wanted
from ceyin.indexes.filters import Filter
from ceyin.indexes.hits import merged
from ceyin.indexes.search import HybridSearch

#: A longer message is refused before any work is done on it.
MAX_CHARS = 20_000
_POOL = 24


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
    read_as: Understood
    understood: float
    retrieved: float
    decided: float


class Assistant:
    """Answers questions over a library; holds no state of any user."""

    def __init__(
        self,
        library: Library,
        index: Callable[[], HybridSearch],
        book: RuleBook,
        writer: Writer | None = None,
    ) -> None:
        """``index`` gives the index in use: it may be replaced while the program runs; ``writer`` asks a model."""
        self._library = library
        self._index = index
        self._book = book
        self._chooser = Chooser(book)
        self._writer = writer
        self.verified = Counts()  # what the verifier took out, since the program started

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
        answer = self._verified(draft, request, ready)
        if ready.material.question.english:
            answer = self._in_english(draft, answer, request, ready)
        if self._writer is not None:
            answer = self._worded(self._writer, answer, request, ready)
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

    def _in_english(self, draft: Draft, answer: Answer, request: AskRequest, ready: Ready) -> Answer:
        """The same answer in English, where the verifier left the Chinese one whole."""
        if answer.blocks != draft.blocks:
            return answer
        english = _finish(in_english(draft, ready.material), request, ready)
        return english if supported(english, _said(request, ready.turns)) else answer

    def _worded(self, writer: Writer, answer: Answer, request: AskRequest, ready: Ready) -> Answer:
        """The answer in a model's words where they say the same; else as it is, with why."""
        material = ready.material
        known = Known(material.policies, self._book)
        case = Case.of(material.question.message, material.facts, _said(request, ready.turns))
        outcome = writer.worded(
            answer,
            case,
            lambda worded: [r.reason for r in verified(worded, request, ready.turns, known).removed],
        )
        explanation = outcome.answer.explanation
        if explanation is None:
            return outcome.answer
        wording = {"wording": outcome.answer.worded_by, "wording_note": outcome.note}
        return outcome.answer.model_copy(update={"explanation": explanation.model_copy(update=wording)})

    def _verified(self, draft: Draft, request: AskRequest, ready: Ready) -> Answer:
        """The draft without what cannot stand; what says less where too little of it is left."""
        known = Known(ready.material.policies, self._book)
        said = ready.turns
        removed: list[Removed] = []
        shown = verified(_finish(draft, request, ready), request, said, known)
        self.verified.add(["answers", *shown.counted])
        for weaker in (compose.without_figures, compose.bare):
            if shown.stands:
                break
            removed += shown.removed
            shown = verified(_finish(weaker(ready.material), request, ready), request, said, known)
            self.verified.add(["weaker", *shown.counted])
        removed += shown.removed
        if not removed or shown.answer.explanation is None:
            return shown.answer
        explanation = shown.answer.explanation.model_copy(update={"removed": removed})
        return shown.answer.model_copy(update={"explanation": explanation})

    def prepare(self, request: AskRequest, *, today: date) -> Ready:
        """What an answer would be made of; raises QuestionError for a request that is none."""
        clock = _Clock(time.perf_counter())
        turns, as_of = _read(request, today)
        policies = self._library.policies()
        chosen = chosen_policies(request.policies, policies)
        question = understand(turns, as_of, policies, chosen=chosen, region=chosen_region(request.region))
        given, warnings = given_facts(request.facts, self._book)
        said = said_facts([*question.history, question.said], self._book, as_of)
        facts = implied(_merge(implied(given, self._book), said), self._book)
        read_as = understood(question, facts, given.known, policies, self._book)
        read_by = clock.lap()

        where = scope(question, policies)
        index = self._index()
        clauses = {c.ref: (p, c) for p in policies for c in p.clauses}

        places = local_names(policies)
        rephrased = None
        if self._writer is not None and question.topic == question.said and not question.help:
            rephrased = self._writer.rephrased(question.message)  # the last message alone, no conversation
        named = [p for p in policies if p.policy_id in question.policies]
        names = names_of(named)

        def found(asked: str, among: frozenset[str], around: str = question.topic) -> list[Evidence]:
            """Evidence among the clauses of some policies."""

            words = asked if asked == around else f"{around} {asked}"
            query = Query(
                asked=asked,
                context=around,
                meant=meant(asked, policies),
                local=places,
                figure=figure_wanted(asked),
                headed=heading_wanted(asked),
                defined=definition_wanted(asked),
                names=names,
            )
            hits = index.search(words, _POOL, Filter(policies=among))
            if rephrased is not None and asked == question.said:
                hits = merged(hits, index.search(rephrased, _POOL, Filter(policies=among)))
            rest = beside_name(words, named, places)
            if rest != words and among == {p.policy_id for p in named}:
                hits = blended(hits, index.search(rest, _POOL, Filter(policies=among)), _POOL)
            return gather(query, [hit for hit in hits if hit.ref in clauses], clauses, index.idf)

        def nearest(asked: str, around: str = question.topic) -> list[Evidence]:
            """Evidence where the question points to first, then everywhere it may be answered from."""
            home = frozenset(question.policies or where.focus) & where.allowed
            everywhere = found(asked, where.allowed, around)
            at_home = found(asked, home, around) if home and home != where.allowed else []
            if at_home and compose.covers(at_home[0]):
                refs = {e.clause.ref for e in at_home}
                return [*at_home, *(e for e in everywhere if e.clause.ref not in refs)]
            return everywhere

        def of_side(side: Side) -> list[Evidence]:
            """Evidence for one side of a comparison, from its own policies alone where it has any."""
            if side.policies is None:
                return nearest(side.asked, side.around)
            return found(side.asked, side.policies, side.around) if side.policies else []

        beside = sides(question, policies) or subjects_by_rule(question, self._book)
        evidence = nearest(question.said)
        found_beside = [of_side(side) for side in beside]
        if len(question.parts) > 1:
            parts = [nearest(part) for part in question.parts]
        else:
            parts = found_beside if beside and beside[0].policies is None else [evidence]
        retrieved = clock.lap()

        by_id = {p.policy_id: p for p in policies if p.policy_id in where.allowed}

        def setting(text: str, asked: Question, nearby: list[Evidence], case: Facts = facts) -> Setting:
            return Setting(text, asked, nearby, meant(text, policies), case, by_id, index.idf)

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
            singles.append(
                material.single(question.only(part), found_for, own, asked_of(part, found_for, own))
            )
        compared = []
        for side, found_for in zip(beside, found_beside, strict=True):
            # 「法人和自然人各补多少」: each is a case of its own
            told = said_facts([*question.history, side.asked], self._book, as_of)
            one = alone(question, side)
            own = self._chooser.choose(setting(side.told, one, found_for, _merge(given, _merge(told, facts))))
            if side.policies is not None:
                own = [d for d in own if d.policy.policy_id in side.policies]
            compared.append(
                Compared(side, material.single(one, found_for, own, asked_of(side.asked, found_for, own)))
            )
        material = replace(material, compared=compared)
        return Ready(material, singles, deciding, turns, warnings, read_as, read_by, retrieved, clock.lap())


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
    answer = Answer(
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
        understood=ready.read_as,
    )
    if not request.explain:
        return answer
    return answer.model_copy(update={"explanation": explain(ready.material, answer)})
