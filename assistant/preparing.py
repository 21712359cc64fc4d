"""What an answer is made of: the message read, evidence found, rules decided, for the whole and for each question in it."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from ceyin.assistant.choosing import Chooser, Setting
from ceyin.assistant.compose import Compared, Material
from ceyin.assistant.contract import AskRequest, Understood
from ceyin.assistant.deciding import Decision
from ceyin.assistant.evidence import Evidence
from ceyin.assistant.facts import given_facts, implied, without_withdrawn
from ceyin.assistant.holding import holds, threshold
from ceyin.assistant.routing import meant, scope
from ceyin.assistant.rules.book import RuleBook
from ceyin.assistant.rules.values import Facts
from ceyin.assistant.seeking import Seeker
from ceyin.assistant.sides import Side, alone, sides, subjects_by_rule
from ceyin.assistant.understand import Question, understand
from ceyin.assistant.understanding.intents import ASKING
from ceyin.assistant.understanding.saying import said_facts
from ceyin.assistant.understanding.splitting import context_of, told_before, told_until
from ceyin.assistant.understood import QuestionError, chosen_policies, chosen_region, understood
from ceyin.assistant.wording import Writer
from ceyin.corpus.library import StoredPolicy
from ceyin.indexes.coverage import share_in
from ceyin.indexes.search import HybridSearch
from ceyin.indexes.tokens import content_words, synonyms

#: A longer message is refused before any work is done on it.
MAX_CHARS = 20_000
#: So much of the threshold one side at least must reach for the others to be looked at.
_ON_A_SIDE = 0.4
#: A last sentence as long as this asks by itself.
_SENTENCE = 8


@dataclass(frozen=True, slots=True)
class Clock:
    """Milliseconds since ``started``, a reading of ``time.perf_counter``."""

    started: float

    def lap(self) -> float:
        """Milliseconds so far."""
        return (time.perf_counter() - self.started) * 1000


@dataclass(frozen=True, slots=True)
class Read:
    """A request as read: the question, the facts given and all facts, what to warn of, what to show of it."""

    request: AskRequest
    question: Question
    given: Facts
    facts: Facts
    turns: list[str]
    warnings: list[str]
    shown: Understood


@dataclass(frozen=True, slots=True)
class Ready:
    """All an answer is made of: the question whole and one by one; times in milliseconds since the start."""

    material: Material
    singles: list[Material]
    deciding: Setting  # what the rule was chosen on
    read: Read
    understood: float
    retrieved: float
    decided: float


def read(request: AskRequest, today: date, policies: Sequence[StoredPolicy], book: RuleBook) -> Read:
    """Read a request; raises QuestionError for one that is none."""
    turns, as_of = _turns(request, today)
    chosen = chosen_policies(request.policies, policies)
    question = understand(turns, as_of, policies, chosen=chosen, region=chosen_region(request.region))
    given, warnings = given_facts(request.facts, book)
    said = said_facts([*question.history, question.said], book, as_of)
    facts = without_withdrawn(implied(_merge(implied(given, book), said), book), request.facts, book)
    shown = understood(question, facts, given.known, policies, book)
    return Read(request, question, given, facts, turns, warnings, shown)


class Preparing:
    """One message on its way to its answer."""

    def __init__(
        self,
        asked: Read,
        policies: Sequence[StoredPolicy],
        index: HybridSearch,
        book: RuleBook,
        chooser: Chooser,
        writer: Writer | None,
    ) -> None:
        question = asked.question
        rephrased = None
        if writer is not None and question.topic == question.said and not question.help:
            rephrased = writer.rephrased(question.message)  # the last message alone, no conversation
        self._read = asked
        self._question = question
        self._policies = policies
        self._book = book
        self._chooser = chooser
        self._idf = index.idf
        self._where = scope(question, policies)
        self._seeker = Seeker(question, self._where, policies, index, rephrased)
        self._by_id = {p.policy_id: p for p in policies if p.policy_id in self._where.allowed}

    def ready(self, clock: Clock) -> Ready:
        """Find and decide all the answer may need."""
        understood_at = clock.lap()
        question, seeker = self._question, self._seeker
        beside = sides(question, self._policies) or subjects_by_rule(question, self._book)
        evidence = seeker.nearest(question.said)
        found_beside = [seeker.of_side(side) for side in beside]
        parts = self._parts(evidence, beside, found_beside)
        retrieved_at = clock.lap()

        deciding = self._setting(question.topic, question, evidence)
        decisions = self._chooser.choose(deciding)
        wordings = [seeker.asked(t, evidence, ruled=bool(decisions)) for t in _wordings(question.topic)]
        if len(question.parts) > 1:  # words of the other question are none that this one lost
            each = zip(question.parts, parts, strict=False)
            wordings += [seeker.asked(part, found, ruled=False) for part, found in each]
        asked = max(wordings, key=holds)
        whole = Material(
            question=question,
            scope=self._where,
            evidence=evidence,
            parts=parts,
            decisions=decisions,
            asked=asked,
            chance=holds(asked),
            facts=self._read.facts,
            policies=self._policies,
            book=self._book,
            idf=self._idf,
        )
        singles = [
            self._single(whole, k, part, found)
            for k, (part, found) in enumerate(zip(question.parts, parts, strict=False))
        ]
        compared = [self._side(whole, *pair) for pair in zip(beside, found_beside, strict=True)]
        best = max((c.material.chance for c in compared), default=0.0)
        if best >= _ON_A_SIDE * threshold():
            # one side holds the matter: whether another does is seen in its own clauses
            held = max(whole.chance, best if best >= threshold() else 0.0)
            compared = [
                Compared(c.side, replace(c.material, chance=max(c.material.chance, held)))
                if c.material.chance
                else c
                for c in compared
            ]
        material = replace(whole, compared=compared)
        return Ready(material, singles, deciding, self._read, understood_at, retrieved_at, clock.lap())

    def _parts(
        self, evidence: list[Evidence], beside: Sequence[Side], found_beside: list[list[Evidence]]
    ) -> list[list[Evidence]]:
        """Evidence for each single question of the message."""
        question = self._question
        if len(question.parts) > 1:
            return [self._of_part(k, part) for k, part in enumerate(question.parts)]
        return found_beside if beside and beside[0].policies is None else [evidence]

    def _of_part(self, k: int, part: str) -> list[Evidence]:
        """Evidence for one question of several; in the light of those before where by itself nothing answers it."""
        found = self._seeker.nearest(part, self._around(k))
        if k == 0 or holds(self._seeker.asked(part, found, ruled=False)) >= threshold():
            return found
        told = told_before(self._question.said, self._question.parts, k)
        return self._seeker.nearest(part, told)

    def _around(self, k: int) -> str | None:
        """What was said around one question of several: of the same message, or the whole conversation."""
        question = self._question
        return context_of(question.said, question.parts, k) if question.topic == question.said else None

    def _single(self, whole: Material, k: int, part: str, found: list[Evidence]) -> Material:
        """The material of one question of the message."""
        one = self._question.only(part)
        if part == self._question.topic and found is whole.evidence:  # one question: it is the whole
            return whole.single(one, found, whole.decisions, whole.asked)
        setting = self._setting(part, one, found)
        if len(self._question.parts) > 1:
            told = said_facts([part], self._book, self._question.as_of)
            before = told_before(self._question.said, self._question.parts, k)
            setting = replace(
                setting,
                told=frozenset(told.known),
                facts=self._case(k, told),
                meant=setting.meant or meant(before, self._policies),
            )
        own = self._chooser.choose(setting)
        wordings = (self._seeker.asked(t, found, ruled=bool(own)) for t in (part, self._around(k) or part))
        single = whole.single(one, found, own, max(wordings, key=holds))
        if part not in self._question.said:  # 「换成个人呢?」, with the words of the question before it
            single = replace(single, chance=max(single.chance, whole.chance))
        return replace(single, facts=setting.facts)

    def _case(self, k: int, told: Facts) -> Facts:
        """The facts of one question of several: its own first, and none that only a later one supposes."""
        question = self._question
        until = told_until(question.said, k)
        if until == question.said and not told.known:
            return self._read.facts
        before = said_facts([*question.history, until], self._book, question.as_of)
        case = implied(_merge(implied(self._read.given, self._book), _merge(told, before)), self._book)
        return without_withdrawn(case, self._read.request.facts, self._book)

    def _side(self, whole: Material, side: Side, found: list[Evidence]) -> Compared:
        """One side of a comparison: 「法人和自然人各补多少」, each is a case of its own."""
        history = self._question.history
        told = said_facts([*history, side.asked], self._book, self._question.as_of)
        case = without_withdrawn(
            _merge(self._read.given, _merge(told, self._read.facts)), self._read.request.facts, self._book
        )
        one = alone(self._question, side)
        own = self._chooser.choose(self._setting(side.told, one, found, case))
        if side.policies is not None:
            own = [d for d in own if d.policy.policy_id in side.policies]
        else:
            own = [d for d in own if not _of_another(side.name, d, found)]
        single = whole.single(one, found, own, self._seeker.asked(side.asked, found, ruled=bool(own)))
        who = said_facts([side.name], self._book, self._question.as_of)
        if side.policies is None and not who.known and _unheard_of(side.name, found):
            single = replace(single, decisions=[], chance=0.0)
        return Compared(side, single)

    def _setting(
        self, text: str, asked: Question, nearby: list[Evidence], case: Facts | None = None
    ) -> Setting:
        facts = self._read.facts if case is None else case
        return Setting(text, asked, nearby, meant(text, self._policies), facts, self._by_id, self._idf)


def _of_another(name: str, decision: Decision, found: Sequence[Evidence]) -> bool:
    """Whether a rule has nothing of the subject asked about that the best clause found has: 登记费 is not 必须转."""
    if not found or decision.clause.ref == found[0].clause.ref:
        return False
    own = f"{decision.rule.title} {decision.rule.say.general or ''} {decision.clause.text}"
    return any(
        w in found[0].clause.text and not any(o in own for o in (w, *synonyms().get(w, ())))
        for w in content_words(name)
    )


def _unheard_of(name: str, found: Sequence[Evidence]) -> bool:
    """Whether none of the clauses found has anything of the subject asked about: 社保 beside 商标 and 税."""
    words = content_words(name)
    texts = [f"{e.clause.heading} {e.clause.text}" for e in found]
    return bool(words) and not any(share_in(w, text) for w in words for text in texts)


#: What people tell of themselves before they ask: 「我在街道上班,」「我们是做玩具的,」.
_OF_ONESELF = re.compile(
    r"^(?:(?:我|俺|咱|本人|本公司|本企业|我们|咱们|俺们)[\u4e00-\u9fff]{0,4}?(?:是|在|做|干|开|办|搞|当|刚|负责)[^,。?!;]{1,20}[,。;]){1,2}"
)


def _wordings(text: str) -> list[str]:
    """A message, its last sentence, and it without what is told of oneself: what is told or pasted first is not asked."""
    pieces = [p for p in re.split(r"(?<=[。!?;])", text) if p.strip()]
    out = [text, pieces[-1]] if len(pieces) > 1 and len(pieces[-1]) >= _SENTENCE else [text]
    rest = _OF_ONESELF.sub("", text)
    return [*out, rest] if rest != text and len(rest) >= _SENTENCE and ASKING.search(rest) else out


def _turns(request: AskRequest, today: date) -> tuple[list[str], date]:
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
