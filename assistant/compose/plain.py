"""A quotation said plainly first: the words of our card on the clause that fit the question."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ceyin.assistant.evidence import Evidence
from ceyin.corpus.normalise import normalise
from ceyin.indexes.coverage import share_in, word_weight
from ceyin.indexes.tokens import content_words, in_chinese

#: Longer is no plain word any more.
_LONGEST = 64
_SHORTEST = 8
#: So much of what is said must stand in the clause: a card may explain more than its clause says.
_GROUNDED = 0.75
#: So many of its pairs of characters in the quotation, and it would only say the same again.
_SAME = 0.85
#: So much of the question's words it must have to be an answer.
_FITS = 0.3
_SEGMENT = re.compile(r"[^。;!?]+")
_LABEL = re.compile(r"^[^:,。]{1,14}:")
#: What a card remarks about the text instead of saying it.
_REMARK = re.compile(r"没有写|没写|未写|残缺|缺失|缺了|看不到|不见|页面|无法|原文|条号|本项|此段|[(](?:属|注)")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_NO = re.compile(r"不得|不能|不可|不再|不予|无需|免|未|没有|不超过|不低于")


def plain_words(item: Evidence, quoted: str, asked: str, idf: Callable[[str], float]) -> str | None:
    """The segment of a card's digest that answers, without its full stop; None where none fits or says anything new.

    Every figure and every "not" of it stands in the clause, and nearly all of its words do.
    """
    card = item.clause.card
    if card is None or item.clause.text_kind != "official" or item.clause.damaged:
        return None
    words = {w: word_weight(w, idf) for w in content_words(in_chinese(asked))}
    name = normalise(item.policy.title).lower()
    words = {w: weight for w, weight in words.items() if w not in name}
    total = sum(words.values())
    if not total:
        return None
    best: tuple[float, str] | None = None
    for m in _SEGMENT.finditer(normalise(card.digest)):
        segment = _LABEL.sub("", m.group().strip(), count=1).strip()
        if not _SHORTEST <= len(segment) <= _LONGEST or _REMARK.search(segment):
            continue
        fits = sum(weight * share_in(w, segment.lower(), idf) for w, weight in words.items()) / total
        if item.asks_figure and not _FIGURE.search(segment):
            fits -= 0.2
        if (best is None or fits > best[0]) and fits >= _FITS and _grounded(segment, item.clause.text):
            best = (fits, segment)
    if best is None or _same(best[1], quoted):
        return None
    return best[1]


def _grounded(segment: str, text: str) -> bool:
    figures = set(_FIGURE.findall(text))
    if any(f not in figures for f in _FIGURE.findall(segment)):
        return False
    if any(no not in text for no in _NO.findall(segment)):
        return False
    words: Sequence[str] = content_words(segment)
    return bool(words) and sum(share_in(w, text.lower()) for w in words) >= _GROUNDED * len(words)


def _same(segment: str, quoted: str) -> bool:
    """Whether a quotation has the same words already."""
    pairs = [segment[i : i + 2] for i in range(len(segment) - 1)]
    return sum(p in quoted for p in pairs) >= _SAME * len(pairs)
