"""What a question is about that the texts do not speak of, named in its own words."""

from __future__ import annotations

import re

from ceyin.assistant.holding import Asked, telling, whole
from ceyin.assistant.understanding.intents import ASKING
from ceyin.indexes.coverage import share_in
from ceyin.indexes.tokens import cutter

#: Kinds of word (of the cutter's dictionary) a subject is made of, and those of which it needs one: nouns, and verbs as
#: nouns; our own terms have no kind.
_PART, _NOUN = re.compile(r"n(?!r)|v$|vn|j|l|$"), re.compile(r"n(?!r)|vn|j|$")
_LONGEST = 12
#: Words oftener than this in jieba's list of words are everyday language: 领导, 方便, 层面.
_EVERYDAY = 900


def lost_subject(asked: Asked) -> str | None:
    """The run of words with a noun, of which the best clause has nothing, that stands nearest to what is asked.

    None where nothing is worth naming: an everyday word is none that a text would have to speak of.
    """
    if not asked.evidence:
        return None
    text = whole(asked.evidence[0])
    lost = {w for w in telling(asked) if share_in(w, text) < 0.5}
    runs: list[list[tuple[str, str]]] = [[]]
    for word, kind in cutter().tag(asked.text, False):
        if word in lost and _PART.match(kind):
            runs[-1].append((word, kind))
        elif runs[-1]:
            runs.append([])
    named = ["".join(w for w, _ in _thing(run)) for run in runs if any(_tells(w, k) for w, k in run)]
    named = [n for n in named if 2 <= len(n) <= _LONGEST and re.fullmatch(r"[\u4e00-\u9fff]+", n)]
    asks = ASKING.search(asked.text)
    at = asks.start() if asks else len(asked.text)
    return min(named, key=lambda n: abs(asked.text.find(n) - at), default=None)


def _thing(run: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """A run without the verbs it ends with: 饭馆, of 「饭馆换成」."""
    while run and run[-1][1] == "v":
        run = run[:-1]
    return run


def _tells(word: str, kind: str) -> bool:
    return bool(_NOUN.match(kind)) and len(word) > 1 and cutter().suggest_freq(word) < _EVERYDAY
