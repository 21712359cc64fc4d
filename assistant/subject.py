"""What a question is about that the texts do not speak of, named in its own words."""

from __future__ import annotations

import re

from ceyin.assistant.holding import Asked, telling, whole
from ceyin.indexes.coverage import share_in
from ceyin.indexes.tokens import cutter

#: Kinds of word (of the cutter's dictionary) a subject is made of, and those of which it needs one: nouns, and verbs as
#: nouns; our own terms have no kind.
_PART, _NOUN = re.compile(r"n(?!r)|v$|vn|j|l|$"), re.compile(r"n(?!r)|vn|j|$")
_LONGEST = 12


def lost_subject(asked: Asked) -> str | None:
    """The longest run of words with a noun of which the best clause has nothing; None where nothing is worth naming."""
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
    named = ["".join(w for w, _ in run) for run in runs if any(_NOUN.match(k) and len(w) > 1 for w, k in run)]
    named = [n for n in named if 2 <= len(n) <= _LONGEST and re.fullmatch(r"[\u4e00-\u9fff]+", n)]
    return max(named, key=len, default=None)
