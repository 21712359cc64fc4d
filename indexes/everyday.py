"""Between everyday language and that of official texts, both ways; no model and no card needed.

``words/everyday.txt`` says which everyday words go with which official terms; figures (an amount, a time limit, an
age …) are asked for in ways of their own. A clause without a card is also indexed by the everyday words for what
stands in it, and a question is also searched for by the official terms its words may stand for. What either brings
is in the report of ``ceyin eval --suite retrieval``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from ceyin.corpus.errors import CeyinError
from ceyin.corpus.normalise import normalise
from ceyin.corpus.stored import StoredClause
from ceyin.indexes.tokens import WORDS_FOLDER, words

_T = TypeVar("_T")

FILE = "everyday.txt"
#: An everyday word that may stand for more official terms than these points nowhere in a question.
MOST_TERMS = 4

_NUMBER = r"(?:\d[\d,.]*|[零〇一二两三四五六七八九十百千]+)"
#: What a figure may be, by the name the list knows it under.
_FIGURES = {
    "@金额": re.compile(rf"{_NUMBER}[万亿]*元"),
    "@比例": re.compile(rf"\d[\d.]*%|百分之{_NUMBER}|{_NUMBER}分之{_NUMBER}|{_NUMBER}倍"),
    "@时限": re.compile(rf"{_NUMBER}个?(?:工作日|日|天|小时|月|年)(?:以内|之内|内|前|以前)"),
    "@年数": re.compile(rf"{_NUMBER}(?:个月|年)(?!\d|[前底内初度]|\d*月)"),
    "@日期": re.compile(r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?"),
    "@年龄": re.compile(rf"{_NUMBER}周?岁"),
    "@数量": re.compile(rf"{_NUMBER}[万亿]?[件个家项人名户条次批所](?![月人])"),
    "@联系": re.compile(r"https?://|www\.|\d{3,4}-\d{7,8}|电子邮箱|联系电话|联系人"),
}


class EverydayListError(CeyinError):
    """The list of everyday words cannot be read."""


@dataclass(frozen=True, slots=True)
class Bridge:
    """The list, read: what to look for in a clause and in a question, both by the first two characters.

    ``terms`` and ``figures`` carry the number of their line in ``everyday``; ``official`` leaves out everyday words
    for more than ``MOST_TERMS`` terms, and those of one character, which stand in too many others.
    """

    terms: Mapping[str, tuple[tuple[str, int], ...]]
    figures: tuple[tuple[re.Pattern[str], int], ...]
    everyday: tuple[tuple[str, ...], ...]
    official: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]


def asked_of(clause: StoredClause) -> tuple[str, ...]:
    """The everyday words for what stands in headings and text, each once, in the order of the list."""
    text = normalise(" ".join((*clause.heading_trail, clause.heading, clause.text)))
    bridge = _bridge()
    lines = set(_standing(text, bridge.terms))
    lines.update(line for pattern, line in bridge.figures if pattern.search(text))
    return tuple(dict.fromkeys(word for line in sorted(lines) for word in bridge.everyday[line]))


def asking_words(asked: Iterable[str]) -> list[str]:
    """The index tokens of everyday words, each once: how many lines of the list give one says little."""
    return list(dict.fromkeys(token for phrase in asked for token in _phrase_words(phrase)))


def official_words(question: str) -> list[str]:
    """The query tokens of the official terms a normalised question may mean, each once, those it names left out.

    Bigrams are left out: with them a question has twice the tokens and finds no more.
    """
    found = (
        term for terms in _standing(question, _bridge().official) for term in terms if term not in question
    )
    return [token for token in asking_words(dict.fromkeys(found)) if not token.startswith("_")]


def meanings(question: str) -> list[tuple[str, ...]]:
    """For each everyday word of a normalised question the official terms it may stand for, those it names left out."""
    found = dict.fromkeys(_standing(question, _bridge().official))
    left = (tuple(term for term in terms if term not in question) for terms in found)
    return [terms for terms in left if terms]


def _standing(text: str, known: Mapping[str, tuple[tuple[str, _T], ...]]) -> Iterator[_T]:
    """What goes with each known word of a text, wherever it stands."""
    for at in range(len(text) - 1):
        for word, belongs in known.get(text[at : at + 2], ()):
            if text.startswith(word, at):
                yield belongs


@lru_cache(maxsize=16384)
def _phrase_words(phrase: str) -> tuple[str, ...]:
    return tuple(words(phrase))


@lru_cache(maxsize=1)
def _bridge() -> Bridge:
    return read_bridge((WORDS_FOLDER / FILE).read_text(encoding="utf-8"))


def read_bridge(content: str) -> Bridge:
    """The list as it is written; raises EverydayListError naming the line that is none."""
    terms: dict[str, list[tuple[str, int]]] = {}
    figures: list[tuple[re.Pattern[str], int]] = []
    everyday: list[tuple[str, ...]] = []
    meant: dict[str, list[str]] = {}
    for number, line in enumerate(content.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        left, equals, right = line.partition(" = ")
        if not equals or not left.split() or not right.split():
            raise EverydayListError(f"{FILE} 第 {number} 行:应为「官方词 … = 口语词 …」;请改正")
        for term in left.split():
            if term.startswith("@"):
                if term not in _FIGURES:
                    known = "、".join(_FIGURES)
                    raise EverydayListError(f"{FILE} 第 {number} 行:没有 {term} 这种数字;可用 {known}")
                figures.append((_FIGURES[term], len(everyday)))
                continue
            if len(term) < 2:
                raise EverydayListError(f"{FILE} 第 {number} 行:「{term}」太短,处处都有;请写两个字以上")
            terms.setdefault(term[:2], []).append((term, len(everyday)))
            for word in right.split():
                meant.setdefault(word, []).append(term)
        everyday.append(tuple(right.split()))
    official: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for word, its in meant.items():
        if len(word) > 1 and len(its) <= MOST_TERMS:
            official.setdefault(word[:2], []).append((word, tuple(its)))
    return Bridge(
        {k: tuple(v) for k, v in terms.items()},
        tuple(figures),
        tuple(everyday),
        {k: tuple(v) for k, v in official.items()},
    )
