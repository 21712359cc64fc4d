"""A quotation said plainly first: the words of our card on the clause that fit the question."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from ceyin.assistant.evidence import Evidence
from ceyin.assistant.understand import Question
from ceyin.assistant.understanding.intents import Intent
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
_FITS = 0.45
_SEGMENT = re.compile(r"[^。;!?]+")
_LABEL = re.compile(r"^[^:,。]{1,14}:")
#: Words that lean on the segment before.
_LEANS = re.compile(
    r"^(?:届时|其中|另|同时|并|但|也|还|又|再|[一二三四五]是|[两三四五]个|[两三四五]样|接受|期满|反之|否则|否|此外|都|均|才|就)|[(][甲乙丙丁][)]"
)
#: A premise to be checked, a day to be counted from.
_CONFIRMS = re.compile(
    r"对吧|对吗|没错|对不|是不是|是吗|吧[?。!]|属实|听说|\d月|各[自打有定怎]|分别|两[份个地边头]|第[二三四五]批"
)
#: What a card remarks about the text instead of saying it.
_REMARK = re.compile(
    r"没有写|没写|未写|残缺|缺失|缺了|看不到|不见|页面|无法|原文|条号|本项|此段|[(](?:属|注)"
)
#: Asked for a yes or no: a segment near to the question may say neither, and would be taken for the answer.
_YES_OR_NO = re.compile(
    r"[吗么嘛][?。!]?$|(?P<a>[\u4e00-\u9fff])不(?P=a)|能否|是否|有没有|(?<=[\u4e00-\u9fff])不[?。]?$|没有?[?。]?$"
)
#: So much of such a question it must have.
_SAYS_IT = 0.7
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_NO = re.compile(r"不得|不能|不可|不再|不予|无需|免|未|没有|不超过|不低于")


def plain_words(item: Evidence, quoted: str, question: Question, idf: Callable[[str], float]) -> str | None:
    """The segment of a card's digest that answers, without its full stop; None where none fits or says anything new.

    Every figure and every "not" of it stands in the clause, and nearly all of its words do.
    """
    card = item.clause.card
    if card is None or item.clause.text_kind != "official" or item.clause.damaged:
        return None
    if question.history or question.wants(Intent.ELIGIBLE, Intent.IN_FORCE, Intent.WHO, Intent.COMPARE):
        return None  # a verdict, a body or two sides are more than a segment can give
    if _CONFIRMS.search(question.said):
        return None  # a segment would seem to say yes to all that is taken for granted
    words = {w: word_weight(w, idf) for w in content_words(in_chinese(question.said))}
    name = normalise(item.policy.title).lower()
    words = {w: weight for w, weight in words.items() if w not in name}
    total = sum(words.values())
    if not total:
        return None
    best: tuple[float, str] | None = None
    enough = _SAYS_IT if asks_whether(question.said) else _FITS
    least = max(enough, _fit(words, total, item.best.cut(item.clause.text).lower(), idf))
    for m in _SEGMENT.finditer(normalise(card.digest)):
        segment = _LABEL.sub("", m.group().strip(), count=1).strip()
        if not _SHORTEST <= len(segment) <= _LONGEST or _REMARK.search(segment) or _LEANS.search(segment):
            continue
        if question.figure and not question.figure.search(segment):
            continue
        fits = _fit(words, total, segment.lower(), idf)
        if (best is None or fits > best[0]) and fits >= least and _grounded(segment, item.clause.text):
            best = (fits, segment)
    if best is None or _same(best[1], quoted):
        return None
    return best[1]


def asks_whether(said: str) -> bool:
    """Whether a question is after a yes or no."""
    return bool(_YES_OR_NO.search(said))


def says_enough(words: str, said: str, idf: Callable[[str], float]) -> bool:
    """Whether a sentence has enough of a question to be said first; of one after a yes or no, nearly all."""
    asked = {w: word_weight(w, idf) for w in content_words(in_chinese(said))}
    total = sum(asked.values())
    return not asks_whether(said) or (total > 0 and _fit(asked, total, words.lower(), idf) >= _SAYS_IT)


def _fit(words: Mapping[str, float], total: float, text: str, idf: Callable[[str], float]) -> float:
    """How much of what is asked a text has (0–1)."""
    return sum(weight * share_in(w, text, idf) for w, weight in words.items()) / total


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
