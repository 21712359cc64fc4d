"""The writer: asks a model to word an answer or rephrase a question, and lets through what can be held to be the same."""

from __future__ import annotations

import hashlib
import re
import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from ceyin.assistant.contract import Answer, Block
from ceyin.assistant.places import find_places
from ceyin.assistant.rules.conditions import show
from ceyin.assistant.rules.values import Absent, Facts, Known
from ceyin.assistant.wording.failing import NotUsedError, Reason, note
from ceyin.assistant.wording.keeping import Grounds, changed, summarised
from ceyin.assistant.wording.prompting import (
    WORDED,
    WrittenAnswer,
    WrittenPart,
    WrittenQuery,
    read_reply,
    rephrasing_prompt,
    wording_prompt,
)
from ceyin.assistant.wording.quantities import quantities, unmarked, within
from ceyin.assistant.wording.speech import forbidden, mostly_latin

if TYPE_CHECKING:  # without a model its client is not imported
    from ceyin.assistant.wording.calling import Caller

#: How many wordings, and how many rephrasings, are kept.
_KEPT = 512
#: What part of the time a rephrasing may take where both are asked for.
_FOR_REPHRASING = 0.35
_TEXT_MARK = re.compile(r"\[(\d+)\]")
_ENDS = "。!?;"


class Reviewer(Protocol):
    """The last gate of every answer: what it finds wrong with one; nothing where it may be shown."""

    def __call__(self, answer: Answer, /) -> Sequence[object]:
        """Hold an answer against its citations, its checks and the user's words."""
        ...


@dataclass(frozen=True, slots=True)
class Case:
    """What an answer was given to: the last message, the facts as shown to a reader, all the user said."""

    question: str
    facts: Mapping[str, str]
    said: Sequence[str]

    @classmethod
    def of(cls, question: str, facts: Facts, said: Sequence[str]) -> Case:
        """A case with the facts that are known."""
        values = {
            key: show(fact.value) if isinstance(fact, Known) else "没有"
            for key, fact in facts.known.items()
            if isinstance(fact, Known | Absent)
        }
        return cls(question, values, said)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to show, and why it is not in the model's words, where it is not."""

    answer: Answer
    reason: Reason | None = None

    @property
    def note(self) -> str | None:
        """The reason as a reader is told."""
        return None if self.reason is None else note(self.reason)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What came of a request once: paragraphs, or the reason there are none."""

    blocks: tuple[Block, ...] = ()
    reason: Reason | None = None


_T = TypeVar("_T")


class _Memory(Generic[_T]):
    """The latest outcomes by what they were asked for; of two that come at once the first stays."""

    def __init__(self) -> None:
        self._items: OrderedDict[str, _T] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> _T | None:
        with self._lock:
            if key in self._items:
                self._items.move_to_end(key)
            return self._items.get(key)

    def keep(self, key: str, item: _T) -> _T:
        with self._lock:
            kept = self._items.setdefault(key, item)
            while len(self._items) > _KEPT:
                self._items.popitem(last=False)
            return kept


class Writer:
    """Words answers and rephrases questions; safe to share between threads, remembers no user."""

    def __init__(
        self,
        caller: Caller,
        *,
        word: bool = True,
        rephrase: bool = False,
        load: Callable[[], None] = lambda: None,
    ) -> None:
        """``load`` imports what the first call needs."""
        self._caller = caller
        self._word = word
        self._rephrase = rephrase
        self.load = load
        self._worded: _Memory[_Kept] = _Memory()
        self._rephrased: _Memory[str] = _Memory()
        self._counts: Counter[str] = Counter()
        self._lock = threading.Lock()

    def counts(self) -> dict[str, int]:
        """How often a wording was used (``worded.used``) or not, by reason (``worded.figures``); likewise ``rephrased.…``."""
        with self._lock:
            return dict(self._counts)

    def _count(self, what: str, outcome: Reason | None) -> None:
        with self._lock:
            self._counts[f"{what}.{outcome.value if outcome else 'used'}"] += 1

    def worded(self, answer: Answer, case: Case, review: Reviewer) -> Outcome:
        """The answer in the model's words, or as it is; never raises for what a model does.

        ``review`` sees the worded answer as it sees every other.
        """
        if not self._word:
            return Outcome(answer)
        outcome = self._outcome(answer, case, review)
        self._count("worded", outcome.reason)
        return outcome

    def _outcome(self, answer: Answer, case: Case, review: Reviewer) -> Outcome:
        blocks = [b for b in answer.blocks if b.kind in WORDED]
        decided = answer.status != "answered" or answer.verdict is not None
        quoted = not decided and any(b.kind == "quote" for b in answer.blocks)
        plain = answer.kind == "policy" and answer.status in ("answered", "needs_facts") and not answer.parts
        if not plain or not answer.citations or not (blocks or quoted):
            return Outcome(answer, Reason.NOT_FOR_MODEL)
        key = self._key(answer, case)
        kept = self._worded.get(key)
        if kept is None:
            share = 1 - _FOR_REPHRASING if self._rephrase else 1.0
            prompt = wording_prompt(case.question, case.facts, answer, blocks)
            try:
                text = self._caller.ask(prompt, self._caller.patience.timeout_s * share)
            except NotUsedError as exc:  # a call that failed may succeed next time: not kept
                return Outcome(answer, exc.reason)
            kept = self._worded.keep(key, _held(text, blocks, answer, case, review))
        if kept.reason is not None:
            return Outcome(answer, kept.reason)
        return Outcome(_with(answer, kept.blocks))

    def _key(self, answer: Answer, case: Case) -> str:
        material = [
            self._caller.name,
            case.question,
            sorted(case.facts.items()),
            list(case.said),
            answer.as_of,
            answer.verdict,
            [b.model_dump() for b in answer.blocks],
            [(c.cite_as, hashlib.sha256(c.text.encode()).hexdigest()) for c in answer.citations],
        ]
        return hashlib.sha256(repr(material).encode(errors="surrogatepass")).hexdigest()

    def rephrased(self, question: str) -> str | None:
        """The question in other words, to search with besides its own; None where there are none that add nothing."""
        if not self._rephrase or not question.strip():
            return None
        key = f"{self._caller.name}\0{question}"
        kept = self._rephrased.get(key)
        if kept is None:
            seconds = self._caller.patience.timeout_s * (_FOR_REPHRASING if self._word else 1.0)
            try:
                text = self._caller.ask(rephrasing_prompt(question), seconds)
            except NotUsedError as exc:
                self._count("rephrased", exc.reason)
                return None
            words, reason = _search_words(text, question)
            self._count("rephrased", reason)
            kept = self._rephrased.keep(key, words)
        return kept or None


def _held(text: str, blocks: Sequence[Block], answer: Answer, case: Case, review: Reviewer) -> _Kept:
    try:
        parts = read_reply(text, WrittenAnswer).parts
        new = _replaced(parts, blocks, answer, case) if blocks else _summary(parts, answer, case)
    except NotUsedError as exc:
        return _Kept(reason=exc.reason)
    if review(_with(answer, new)):
        return _Kept(reason=Reason.UNGROUNDED)
    return _Kept(tuple(new))


def _with(answer: Answer, blocks: Sequence[Block]) -> Answer:
    """The same answer in other words: what it decides stays."""
    text = "\n".join(b.text for b in blocks)
    return answer.model_copy(update={"blocks": list(blocks), "answer": text, "worded_by": "model"})


def _grounds(answer: Answer, case: Case) -> Grounds:
    worded = " ".join(b.text for b in answer.blocks if b.kind != "quote")
    return Grounds(case.question, worded)


def _replaced(
    parts: Sequence[WrittenPart], blocks: Sequence[Block], answer: Answer, case: Case
) -> list[Block]:
    """The blocks of an answer with the worded ones in the model's words; raises NotUsedError."""
    if [p.kind for p in parts] != [b.kind for b in blocks]:
        raise NotUsedError(Reason.SHAPE)
    grounds = _grounds(answer, case)
    new = []
    for part, block in zip(parts, blocks, strict=True):
        text = _marked(part)
        reason = changed(block, text, part.clauses, grounds)
        if reason is not None:
            raise NotUsedError(reason)
        new.append(block.model_copy(update={"text": text}))
    words = iter(new)
    return [next(words) if b.kind in WORDED else b for b in answer.blocks]


def _summary(parts: Sequence[WrittenPart], answer: Answer, case: Case) -> list[Block]:
    """An answer of quotes with one sentence in front; raises NotUsedError."""
    if [p.kind for p in parts] != ["conclusion"]:
        raise NotUsedError(Reason.SHAPE)
    part = parts[0]
    text = _marked(part)
    quotes = [_words_of(b, answer) for b in answer.blocks if b.kind == "quote"]
    reason = summarised(text, quotes, part.clauses, _grounds(answer, case))
    if reason is not None:
        raise NotUsedError(reason)
    return [Block(kind="conclusion", text=text, citations=sorted(part.clauses)), *answer.blocks]


def _words_of(quote: Block, answer: Answer) -> Block:
    """A quote without the address in front of it."""
    for citation in answer.citations:
        if quote.text.startswith(f"{citation.cite_as}:"):
            return quote.model_copy(update={"text": quote.text[len(citation.cite_as) + 1 :]})
    return quote


def _marked(part: WrittenPart) -> str:
    """The paragraph with the numbers of its clauses; raises NotUsedError where its own are others."""
    text = part.text.strip()
    inside = {int(n) for n in _TEXT_MARK.findall(text)}
    if "\n" in text or (inside and inside != set(part.clauses)):
        raise NotUsedError(Reason.CITATIONS if inside else Reason.SHAPE)
    if inside or not part.clauses:
        return text
    marks = "".join(f"[{n}]" for n in sorted(set(part.clauses)))
    return f"{text[:-1]}{marks}{text[-1]}" if text[-1] in _ENDS else f"{text}{marks}"


def _search_words(text: str, question: str) -> tuple[str, Reason | None]:
    """The words of a reply to search with; none, and why, where they bring in what the question does not have."""
    try:
        query = read_reply(text, WrittenQuery).query.strip()
    except NotUsedError as exc:
        return "", exc.reason
    own = unmarked(question)
    # A question in English may be searched for in Chinese.
    reason = forbidden(query, question, "" if mostly_latin(question) else question)
    if reason is None and not within(quantities(unmarked(query)), quantities(own)):
        reason = Reason.FIGURES
    if reason is None and {p.name for p in find_places(query)} - {p.name for p in find_places(own)}:
        reason = Reason.ADDED
    return ("", reason) if reason else (query, None)
