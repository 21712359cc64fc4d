"""Whether the library holds the answer at all: a calibrated probability from what a question and its best clause share.

Two logistic regressions. Of a policy of our catalog: words shared, how near the clauses are, and what kind of matter
is asked about (``field``: one weight for each dimension of the shipped embedding, learnt from questions about our
policies and questions about other matters). Of an imported policy, or with another embedding: words alone, for
nobody knows what an imported policy may be about. Weights stand in ``words/holding.json``, fitted by
``python -m ceyin.evals.retrieval.calibrating``; both have the same threshold.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from ceyin.assistant.evidence import Evidence, as_one, everyday_phrases, is_figure
from ceyin.assistant.places import place_names
from ceyin.corpus.library import StoredPolicy
from ceyin.corpus.normalise import normalise
from ceyin.indexes.coverage import share_in
from ceyin.indexes.embedding import Vectors
from ceyin.indexes.tokens import content_words, cutter, in_chinese

_FOLDER = Path(__file__).parent / "words"
#: So many of the best clauses are looked at for one that says more of the question than the first.
_LOOKED_AT = 5
#: What a question word begins with: 几年, 哪家, 多久.
_ASKING = "几哪多什怎啥咋"
_LATIN = re.compile(r"[A-Za-z]")
#: With more letters than this a question is in English, and many of its words have no counterpart in the texts.
_ENGLISH = 12
#: A document called by its title or number.
_DOCUMENT = re.compile(r"《([^》]{3,40})》|(?:\(|〔|\[)20\d\d(?:\)|〕|\])\s*\d+号")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the score is about: a question, its evidence best first, and what else was understood of it."""

    text: str
    evidence: Sequence[Evidence]
    policies: Sequence[StoredPolicy]
    local: frozenset[str]
    headed: re.Pattern[str] | None
    named: bool
    foreign: bool
    ruled: bool
    vector: Vectors  # the question, shape (dim,)
    model: str  # that made the vector


@dataclass(frozen=True, slots=True)
class _Weights:
    threshold: float
    words: Mapping[str, float]
    known: Mapping[str, float]
    model: str
    field: Vectors  # one weight a dimension, and the bias


@lru_cache(maxsize=1)
def _weights() -> _Weights:
    content = json.loads((_FOLDER / "holding.json").read_text(encoding="utf-8"))
    return _Weights(
        float(content["threshold"]),
        content["words"],
        content["known"],
        content["model"],
        np.array(content["field"], dtype=np.float32),
    )


@lru_cache(maxsize=1)
def talk() -> frozenset[str]:
    """Words people say around what they ask; they say nothing about it."""
    lines = (_FOLDER / "talk.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def threshold() -> float:
    """Below this score a question is refused; chosen on data, see the report."""
    return _weights().threshold


def holds(asked: Asked) -> float:
    """The probability that the library answers (0–1); 0 where nothing was found."""
    if not asked.evidence:
        return 0.0
    found, chosen = features(asked), _weights()
    weights = chosen.known if _is_known(asked) else chosen.words
    if "field" in weights:
        found["field"] = float(asked.vector @ chosen.field[:-1] + chosen.field[-1])
    total = sum(weight * found[name] for name, weight in weights.items())
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def _is_known(asked: Asked) -> bool:
    """Whether the weights for our own policies may be used: fitted to this embedding and to these texts."""
    return asked.model == _weights().model and asked.evidence[0].policy.entry is not None


def features(asked: Asked) -> dict[str, float]:
    """The features by name; shares are 0–1, counts are logarithms of one more. Evidence must not be empty.

    ``first`` is the best clause, ``best`` the one of the five best that says most of the question, ``nearest`` the one
    nearest to it by vectors.
    """
    wanted, things = telling(asked), nouns(asked.text)
    items = asked.evidence[:_LOOKED_AT]
    top = items[0]
    said = [[share_in(word, whole(item)) for word in wanted] for item in items]
    n = len(wanted) or 1
    return {
        "bias": 1.0,
        "words": math.log1p(len(wanted)),
        "best_said": max(sum(shares) for shares in said) / n,
        "first_lost": math.log1p(len(wanted) - sum(said[0])),
        "nouns_lost": math.log1p(sum(1 - s for w, s in zip(wanted, said[0], strict=True) if w in things)),
        "first_asked": max((sum(share_in(w, q) for w in wanted) / n for q in _questions(top)), default=0.0),
        "same_policy": sum(item.policy.policy_id == top.policy.policy_id for item in items) / _LOOKED_AT,
        "headed": float(bool(asked.headed and asked.headed.search(top.clause.heading))),
        "asks_figure": float(top.asks_figure),
        "figure_said": _beside_figure(top, wanted) if top.asks_figure else 0.0,
        "named": float(asked.named),
        "ruled": float(asked.ruled),
        "foreign": float(asked.foreign),
        "other_document": float(other_document(asked)),
        "latin": float(len(_LATIN.findall(asked.text)) > _ENGLISH),
        "near_first": top.near,
        "near_nearest": max(item.near for item in items),
    }


def telling(asked: Asked) -> list[str]:
    """The words that say what is asked about: no places, no figures, nothing that is only talk."""
    text = in_chinese(normalise(asked.text))
    phrases = everyday_phrases(text)
    left_out = place_names() | asked.local | talk() | {w for p in phrases for w in content_words(p)}
    words = [w for w in content_words(text) if w not in left_out and not is_figure(w) and w[0] not in _ASKING]
    return list(dict.fromkeys([*words, *phrases]))


#: Kinds of word (of the cutter's dictionary) that name a thing; our own terms and phrases have no kind.
NOUN = re.compile(r"n(?!r)|vn|j|l|$")


def nouns(text: str) -> frozenset[str]:
    """The words of a question that name a thing: a verb or an adverb may be said in any other way."""
    text = in_chinese(normalise(text))
    others = {word for word, kind in cutter().tag(text, False) if not NOUN.match(kind)}
    return frozenset((*content_words(text), *everyday_phrases(text))) - others


def whole(item: Evidence) -> str:
    """All that is known of a clause, in lower case: titles, headings, text, and what our card says and asks."""
    policy, clause, card = item.policy, item.clause, item.clause.card
    names = policy.entry.nicknames if policy.entry else ()
    own = [policy.title, policy.region, *names, *clause.heading_trail, clause.heading]
    said = [card.digest, *card.questions] if card else []
    return as_one((*own, *said)) + " " + clause.text.lower()


def _beside_figure(item: Evidence, wanted: Sequence[str]) -> float:
    """The most of the wanted words that one sentence with a figure has."""
    said = (
        sum(share_in(w, s.cut(item.clause.text).lower()) for w in wanted) for s in item.sentences if s.figure
    )
    return max(said, default=0.0) / (len(wanted) or 1)


def _questions(item: Evidence) -> list[str]:
    card = item.clause.card
    return [as_one((q,)) for q in card.questions] if card else []


#: A form is named after its policy when so many characters in a row stand in the title.
_AFTER = 4


def other_document(asked: Asked) -> bool:
    """Whether the question calls a document by title or number that is none of the library's."""
    held = [normalise(f"{p.title} {p.doc_number or ''}") for p in asked.policies]
    text = normalise(asked.text)
    names = (m.group(1) or m.group() for m in _DOCUMENT.finditer(text))
    return any(not any(name in h for h in held) and not _own_form(name, asked) for name in names)


def _own_form(name: str, asked: Asked) -> bool:
    """Whether it is a form of a policy found, named after it: 《培育项目申报书》 of the 培育项目管理办法."""
    for item in asked.evidence[:_LOOKED_AT]:
        title = normalise(item.policy.title)
        named_after = any(name[i : i + _AFTER] in title for i in range(len(name) - _AFTER + 1))
        if named_after and name in item.clause.text:
            return True
    return False
