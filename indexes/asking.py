"""What somebody may ask that a clause answers, in everyday words, from what stands in it; no model, no card needed.

``words/everyday.txt`` says which everyday words go with which terms of official texts; figures (an amount, a time
limit, an age …) are asked for in ways of their own. On policies imported without cards these words put the right
clause into the first three for .74 instead of .67 of our own questions (``ceyin eval --suite retrieval``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from ceyin.corpus.errors import CeyinError
from ceyin.corpus.normalise import normalise
from ceyin.corpus.stored import StoredClause
from ceyin.indexes.tokens import WORDS_FOLDER, words

FILE = "everyday.txt"

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
    """Official terms (by their first two characters) and figures, each with the numbers of its lines; their words."""

    terms: dict[str, tuple[tuple[str, int], ...]]
    figures: tuple[tuple[re.Pattern[str], int], ...]
    everyday: tuple[tuple[str, ...], ...]


def asked_of(clause: StoredClause) -> tuple[str, ...]:
    """The everyday words and phrases for what stands in headings and text, each once, in the order of the list."""
    text = normalise(" ".join((*clause.heading_trail, clause.heading, clause.text)))
    bridge = _bridge()
    lines = sorted(set(_lines_of(text, bridge)))
    return tuple(dict.fromkeys(word for line in lines for word in bridge.everyday[line]))


def asking_words(asked: Iterable[str]) -> list[str]:
    """The index tokens of what is asked, each once: how many lines of the list give a word says little."""
    return list(dict.fromkeys(token for phrase in asked for token in _phrase_words(phrase)))


@lru_cache(maxsize=16384)
def _phrase_words(phrase: str) -> tuple[str, ...]:
    return tuple(words(phrase))


def _lines_of(text: str, bridge: Bridge) -> Iterator[int]:
    for at in range(len(text) - 1):
        for term, line in bridge.terms.get(text[at : at + 2], ()):
            if text.startswith(term, at):
                yield line
    for pattern, line in bridge.figures:
        if pattern.search(text):
            yield line


@lru_cache(maxsize=1)
def _bridge() -> Bridge:
    return read_bridge((WORDS_FOLDER / FILE).read_text(encoding="utf-8"))


def read_bridge(content: str) -> Bridge:
    """The list as it is written; raises EverydayListError naming the line that is none."""
    terms: dict[str, list[tuple[str, int]]] = {}
    figures: list[tuple[re.Pattern[str], int]] = []
    everyday: list[tuple[str, ...]] = []
    for number, line in enumerate(content.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        left, equals, right = line.partition(" = ")
        if not equals or not left.split() or not right.split():
            raise EverydayListError(f"{FILE} 第 {number} 行:应为「官方词 … = 口语词 …」;请改正")
        for term in left.split():
            if term.startswith("@"):
                if term not in _FIGURES:
                    raise EverydayListError(
                        f"{FILE} 第 {number} 行:没有 {term} 这种数字;可用 {'、'.join(_FIGURES)}"
                    )
                figures.append((_FIGURES[term], len(everyday)))
            elif len(term) < 2:
                raise EverydayListError(f"{FILE} 第 {number} 行:「{term}」太短,处处都有;请写两个字以上")
            else:
                terms.setdefault(term[:2], []).append((term, len(everyday)))
        everyday.append(tuple(right.split()))
    return Bridge({k: tuple(v) for k, v in terms.items()}, tuple(figures), tuple(everyday))
