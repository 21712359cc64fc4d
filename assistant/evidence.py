"""From found clauses to the sentences that answer: how much of the question each covers, and whether it does.

A question is covered when its rare words stand in the clause (or in what the clause is about) and, where it
asks for a figure, when the sentence has one of that kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ceyin.assistant.places import place_names
from ceyin.corpus.library import StoredClause, StoredPolicy
from ceyin.corpus.model import ClauseRef
from ceyin.corpus.normalise import normalise
from ceyin.indexes.coverage import share_in, word_weight
from ceyin.indexes.hits import Hit
from ceyin.indexes.tokens import content_words, in_chinese, synonyms

#: What the place in the search counts for, how much of the question the clause covers and its best sentence does,
#: and a figure of the kind asked for (fitted to the open questions with even numbers, checked on the others).
_FOUND, _COVERED, _SAID, _FIGURED = 0.45, 0.3, 0.2, 0.1
#: What it counts for when the question points to the policy of a clause.
_MEANT = 0.17
#: How much of an English question stands in the English digest of a clause.
_IN_ENGLISH = 0.3
#: What it counts for when the heading names the kind of answer wanted.
_HEADED = 0.06
#: What it counts for when it says what the word means that is asked for.
_DEFINED = 0.3
#: What it counts against a clause that words are missing: of two as near, the whole one answers.
_BROKEN = 0.06

#: What it counts against a clause that only says why and in what spirit the policy is: its words are those of the
#: title, so it looks near to any question on the policy.
_GENERAL = 0.08
#: A clause with less than this share of the words beside the name has little of the question.
_SOME = 0.5
_FRAME = frozenset(("题头", "导语", "通知", "结语", "落款"))
_SPIRIT = re.compile(r"^(?:指导思想|基本原则|总体(?:思路|要求))$")
#: Words that ask for the policy as a whole: its aim, its ground, who made it.
_OF_DOCUMENT = re.compile(
    r"思路|指导思想|原则|目的|宗旨|背景|为(?:什么|啥|何)|图个?啥|图什么|依据|根据|照着|参照|贯彻|上头|印发|发布|出台|谁发|谁出"
    r"|哪.{0,3}发|试行|正式|干什么的|个啥|是啥|讲什么|说什么|关系|一致|冲突|废止|有效|施行|附件|解释"
)

#: The first questions of a card say what its clause answers; the many after them only help the search to find it,
#: and would make any clause seem to cover any question.
_ASKED = 4

_SENTENCE = re.compile(r"[^。;!?]+[。;!?]?(?:[”』」])?")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a clause: its range in the clause's text and how much of the question it covers (0–1)."""

    start: int
    end: int
    score: float
    figure: bool
    words: frozenset[str] = frozenset()  # those of the question that stand in it, the policy's name left out

    def cut(self, text: str) -> str:
        """Its words."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A clause that may answer.

    ``coverage`` is the share of the question's rare words found there (0–1), ``near`` the cosine of the passage of
    it that is nearest to the question.
    """

    policy: StoredPolicy
    clause: StoredClause
    coverage: float
    score: float
    sentences: tuple[Sentence, ...]
    missing: tuple[str, ...]  # words of the question itself that the clause lacks
    asks_figure: bool
    near: float = 0.0

    @property
    def best(self) -> Sentence:
        """The sentence that covers most."""
        return max(self.sentences, key=lambda s: (s.score, -s.start))


@dataclass(frozen=True, slots=True)
class _Words:
    weights: Mapping[str, float]
    own: frozenset[str]  # those of the question itself; the others come from what was said around it
    idf: Callable[[str], float]

    @property
    def total(self) -> float:
        return sum(self.weights.values()) or 1.0

    def share(self, word: str, text: str) -> float:
        """How much of a word stands in a (lower-case) text."""
        return share_in(word, text, self.idf)


@dataclass(frozen=True, slots=True)
class Query:
    """What evidence is looked for.

    ``asked`` is the question, ``context`` what was said around it (its words count half). ``meant``: policies
    the words point to by name or place; theirs go before others as good. ``local``: names of the places the
    policies are for, which say where, not what. ``figure``, ``headed`` and ``defined``: what a figure, the heading
    of a clause or the meaning of a word looks like that gives this kind of answer. ``names``: those of the policies
    the question names, in lower case; a clause need not have their words. ``in_english``: how much of an English
    question the English digest of a clause has; ``digests``: what these say, in lower case.
    """

    asked: str
    context: str
    meant: frozenset[str]
    local: frozenset[str]
    figure: re.Pattern[str] | None
    headed: re.Pattern[str] | None
    defined: re.Pattern[str] | None = None
    names: str = ""
    in_english: Mapping[ClauseRef, float] = field(default_factory=dict)
    digests: Mapping[ClauseRef, str] = field(default_factory=dict)


def _only_named(wanted: _Words, policy: StoredPolicy, about: str, text: str) -> bool:
    """Whether a clause has little of a question but the words that name its policy."""
    name = as_one((policy.title, policy.region, *(policy.entry.nicknames if policy.entry else ())))
    rest = {w: weight for w, weight in wanted.weights.items() if w not in name}
    text = f"{about} {text.lower()}"
    got = sum(weight * wanted.share(w, text) for w, weight in rest.items())
    return got < _SOME * sum(rest.values())


def is_general(clause: StoredClause) -> bool:
    """Whether a clause belongs to the frame of a policy or says in what spirit it is, not what it rules."""
    return clause.ref.path[0] in _FRAME or bool(_SPIRIT.search(clause.heading))


def gather(
    query: Query,
    hits: Sequence[Hit],
    clauses: Mapping[ClauseRef, tuple[StoredPolicy, StoredClause]],
    idf: Callable[[str], float],
) -> list[Evidence]:
    """The evidence among the hits of a search, best first."""
    wanted = _wanted(query, idf)
    top = hits[0].score if hits else 1.0
    about_document = bool(_OF_DOCUMENT.search(query.asked))
    out = []
    for hit in hits:
        policy, clause = clauses[hit.ref]
        about = f"{_about(policy, clause)} {query.digests.get(hit.ref, '')}"
        sentences = _sentences(clause.text, wanted, about, as_one((policy.title,)), query)
        if not sentences:
            continue
        covered, lacking = _covered(wanted, f"{about} {clause.text}")
        missing = tuple(w for w in lacking if w not in query.names)
        best = max(s.score for s in sentences)
        has = any(s.figure for s in sentences)
        means = bool(query.defined and query.defined.search(clause.text))
        score = _FOUND * hit.score / top + _COVERED * covered + _SAID * best + (_FIGURED if has else 0.0)
        score += _MEANT if policy.policy_id in query.meant else 0.0
        score += _DEFINED if means else 0.0
        score += _HEADED if query.headed and query.headed.search(clause.heading) else 0.0
        score -= _BROKEN if clause.damaged else 0.0
        score += _IN_ENGLISH * query.in_english.get(clause.ref, 0.0)
        if is_general(clause) and not about_document and _only_named(wanted, policy, about, clause.text):
            score -= _GENERAL
        out.append(
            Evidence(
                policy, clause, covered, score, tuple(sentences), missing, query.figure is not None, hit.near
            )
        )
    return sorted(out, key=lambda e: (-e.score, e.clause.ref))


#: What an everyday phrase with a known meaning weighs (往国外卖 for 出口).
_PHRASE = 4.0
#: What a word counts for in a sentence where only what its clause is about has it.
_ABOUT, _DIGESTED = 0.35, 0.7
#: With this share of it a word of the question stands in a sentence.
_THERE = 0.6
_FIGURE = re.compile(r"\d[\d.]*%?")
_YEAR = re.compile(r"(?:19|20)\d\d")


def is_figure(word: str) -> bool:
    """Whether a word is a figure that is no year."""
    return bool(_FIGURE.fullmatch(word)) and not _YEAR.fullmatch(word)


def everyday_phrases(text: str) -> list[str]:
    """The longest phrases of a text that have a known meaning as a whole: 往国外卖."""
    found = [phrase for phrase in synonyms() if len(phrase) > 2 and phrase in text]
    return [phrase for phrase in found if not any(phrase != other and phrase in other for other in found)]


def _wanted(query: Query, idf: Callable[[str], float]) -> _Words:
    """The words looked for; figures of the question are premises or facts, only its years are looked for."""
    unknown = idf("")  # what a token found nowhere weighs
    places = place_names() | query.local
    own = content_words(in_chinese(query.asked))
    weights: dict[str, float] = {}
    for found, share in (
        (content_words(in_chinese(query.context)), 0.5 if len(own) > 2 else 1.0),
        (own, 1.0),
    ):
        for word in found:
            if word in places or is_figure(word):
                continue
            weights[word] = share * word_weight(word, idf)
    for phrase in everyday_phrases(query.asked):
        for word in content_words(phrase):
            weights.pop(word, None)
        weights[phrase] = max(_PHRASE, idf(phrase) if idf(phrase) < unknown else 0.0)
    phrases = {p for p in weights if p in query.asked}
    return _Words(weights, frozenset(own) | phrases, idf)


def _about(policy: StoredPolicy, clause: StoredClause) -> str:
    """What a clause is about, in lower case: names of the policy, headings, our card."""
    card = clause.card
    own = (card.digest, *card.questions[:_ASKED]) if card else ()
    names = policy.entry.nicknames if policy.entry else ()
    return as_one((policy.title, policy.region, *names, *clause.heading_trail, clause.heading, *own))


@lru_cache(maxsize=8192)
def as_one(texts: tuple[str, ...]) -> str:
    """Texts as one, normalised and in lower case; the same for every question, so done once."""
    return normalise(" ".join(texts)).lower()


def _covered(wanted: _Words, text: str) -> tuple[float, tuple[str, ...]]:
    text = text.lower()
    got = 0.0
    missing = []
    for word, weight in wanted.weights.items():
        share = wanted.share(word, text)
        got += weight * share
        if share < 0.5 and word in wanted.own:
            missing.append(word)
    return got / wanted.total, tuple(missing)


def _sentences(text: str, wanted: _Words, about: str, title: str, query: Query) -> list[Sentence]:
    """The sentences of a clause; words of the policy's title count alike for all of them."""
    out = []
    # a digest says what the whole clause says; no sentence of it has the words of an English question
    near = _DIGESTED if query.digests else _ABOUT
    floor = {w: 0.5 if w in title else near * wanted.share(w, about) for w in wanted.weights}
    sought = [(w, weight, w in title, floor[w], w in wanted.own) for w, weight in wanted.weights.items()]
    for start, end, words in _spans(text):
        got = 0.0
        said = set()
        for word, weight, titled, least, own in sought:
            here = 0.0 if titled else share_in(word, words, wanted.idf)
            got += weight * max(here, least)
            if own and here >= _THERE:
                said.add(word)
        has = bool(query.figure and query.figure.search(words))
        means = bool(query.defined and query.defined.search(words))
        score = got / wanted.total + (0.15 if has else 0.0) + (_DEFINED if means else 0.0)
        out.append(Sentence(start, end, score, has, frozenset(said)))
    return out


@lru_cache(maxsize=4096)
def _spans(text: str) -> tuple[tuple[int, int, str], ...]:
    """Where the sentences of a clause stand, each in lower case; the same for every question, so done once."""
    found = ((m.start(), m.end(), m.group().lower()) for m in _SENTENCE.finditer(text))
    return tuple(span for span in found if len(span[2].strip()) >= 4)
