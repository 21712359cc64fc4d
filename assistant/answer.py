"""The whole story: understand → retrieve → check rules → compose → verify."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from typing import Literal

from ceyin.assistant import compose
from ceyin.assistant.choosing import Chooser
from ceyin.assistant.compose import Draft, Material
from ceyin.assistant.contract import Answer, AskRequest, Removed, Timings
from ceyin.assistant.english import in_english, supported
from ceyin.assistant.explaining import explain
from ceyin.assistant.preparing import Clock, Preparing, Ready, read
from ceyin.assistant.rules.book import RuleBook
from ceyin.assistant.verifying import Counts, Known, verified
from ceyin.assistant.wording import Case, Writer
from ceyin.corpus.library import Library
from ceyin.indexes.search import HybridSearch


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
        clock = Clock(time.perf_counter())
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
        return english if supported(english, _said(request, ready.read.turns)) else answer

    def _worded(self, writer: Writer, answer: Answer, request: AskRequest, ready: Ready) -> Answer:
        """The answer in a model's words where they say the same; else as it is, with why."""
        material = ready.material
        known = Known(material.policies, self._book)
        case = Case.of(material.question.message, material.facts, _said(request, ready.read.turns))
        outcome = writer.worded(
            answer,
            case,
            lambda worded: [r.reason for r in verified(worded, request, ready.read.turns, known).removed],
        )
        explanation = outcome.answer.explanation
        if explanation is None:
            return outcome.answer
        wording = {"wording": outcome.answer.worded_by, "wording_note": outcome.note}
        return outcome.answer.model_copy(update={"explanation": explanation.model_copy(update=wording)})

    def _verified(self, draft: Draft, request: AskRequest, ready: Ready) -> Answer:
        """The draft without what cannot stand; what says less where too little of it is left."""
        known = Known(ready.material.policies, self._book)
        said = ready.read.turns
        removed: list[Removed] = []
        shown = verified(_finish(draft, request, ready), request, said, known)
        self.verified.add(["answers", *shown.counted])
        fallback: Literal["quoted", "pointed"] | None = None
        weaker_ones: tuple[tuple[Literal["quoted", "pointed"], Callable[[Material], Draft]], ...] = (
            ("quoted", compose.without_figures),
            ("pointed", compose.bare),
        )
        for name, weaker in weaker_ones:
            if shown.stands:
                break
            removed += shown.removed
            fallback = name
            shown = verified(_finish(weaker(ready.material), request, ready), request, said, known)
            self.verified.add(["weaker", *shown.counted])
        removed += shown.removed
        if not removed or shown.answer.explanation is None:
            return shown.answer
        found = {"removed": removed, "fallback": fallback}
        explanation = shown.answer.explanation.model_copy(update=found)
        return shown.answer.model_copy(update={"explanation": explanation})

    def prepare(self, request: AskRequest, *, today: date) -> Ready:
        """What an answer would be made of; raises QuestionError for a request that is none."""
        clock = Clock(time.perf_counter())
        with self._library.steady():
            policies = self._library.policies()
            asked = read(request, today, policies, self._book)
            work = Preparing(asked, policies, self._index(), self._book, self._chooser, self._writer)
            return work.ready(clock)


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
        warnings=[*ready.read.warnings, *draft.warnings],
        suggestions=draft.suggestions,
        blocks=draft.blocks,
        understood=ready.read.shown,
    )
    if not request.explain:
        return answer
    return answer.model_copy(update={"explanation": explain(ready.material, answer)})
