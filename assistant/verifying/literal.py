"""Whether words stand in a source as they are, from one break to the next: 「超过2万元」 is not 「不超过2万元」."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from ceyin.assistant.verifying.grounds import Source, quotable

_BREAK = ",。;:、!?()《》“”〔〕[]…—\n "
#: ``normalise`` makes …… six full stops.
_LEFT_OUT = re.compile(r"…+|\.{6}")
_LABEL = re.compile(
    r"(?:^|[。;])(?:第[^条]{1,6}条|[一二三四五六七八九十百]+、|\([一二三四五六七八九十百\d]+\)|\d+[.、]|——)?\s*$"
)


def stands(words: str, source: Source) -> bool:
    """Whether words stand whole in a source."""
    texts = _quotable(source.text) if source.origin == "clause" else (source.text,)
    return any(_stands_in(words, text) for text in texts)


@lru_cache(maxsize=4096)
def _quotable(text: str) -> tuple[str, ...]:
    return quotable(text)


def _stands_in(words: str, text: str) -> bool:
    words = words.strip("。;,!? ")
    at = text.find(words)
    while at >= 0:
        end = at + len(words)
        opens = at == 0 or text[at - 1] in _BREAK or bool(_LABEL.search(text[:at]))
        if opens and (end == len(text) or text[end] in _BREAK):
            return True
        at = text.find(words, at + 1)
    return False


def quoted(words: str, sources: Iterable[Source]) -> bool:
    """Whether all pieces of a quotation, which ``……`` parts, stand in one clause."""
    pieces = [p for p in _LEFT_OUT.split(words) if p.strip("。;, ")]
    return any(s.origin == "clause" and all(stands(p, s) for p in pieces) for s in sources)
