"""Typing slips: words that sound like one of our terms but are none (「非正长」, 「申情」, 「贯表」)."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from itertools import islice, product

from ceyin.indexes.tokens import cutter, listed, terms

#: 「批不批」 asks and is no slip for 批复.
_WHETHER = re.compile(r"([\u4e00-\u9fff])[不没]\1")
_HAN_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")


@lru_cache(maxsize=512)  # a question is looked at several times: whole, by its parts, for its facts
def correct(text: str) -> str:
    """``text`` with misspelt terms put right; words of the dictionary are never touched."""
    if not _HAN_RUN.search(text):
        return text
    out = list(text)
    for run in _HAN_RUN.finditer(text):
        _correct_run(out, run.start(), run.group())
    return "".join(out)


def _correct_run(out: list[str], base: int, run: str) -> None:
    sounds = _sounds(run)
    known = _known_positions(run)
    asked = [m.span() for m in _WHETHER.finditer(run)]
    i = 0
    while i < len(run):
        for size in (6, 5, 4, 3, 2):
            piece = run[i : i + size]
            if len(piece) < size:
                continue
            target = _term_for(sounds[i : i + size])
            if target is None or piece == target or (i, i + size) in known:
                continue
            if any(i < end and start < i + size for start, end in asked):
                continue
            same = sum(a == b for a, b in zip(piece, target, strict=True))
            # At least half of the letters must stand; a word that is one in its own right stays.
            if same * 2 < size or cutter().has_word(piece) or _breaks_word(known, i, i + size):
                continue
            out[base + i : base + i + size] = list(target)
            i += size - 1
            break
        i += 1


def _known_positions(run: str) -> set[tuple[int, int]]:
    """Where the cutter finds words of two or more characters."""
    return {(a, b) for _, a, b in cutter().tokenize(run, "default", False) if b - a > 1}


def _breaks_word(known: set[tuple[int, int]], start: int, end: int) -> bool:
    """Whether changing ``[start, end)`` would cut through a word of the dictionary."""
    return any((a < start < b) or (a < end < b) for a, b in known)


def _sounds(text: str) -> list[list[str]]:
    """The readings of each character, tones left out; the usual one first."""
    # Readings of single characters are enough, term and question being read alike; the phrases take 0.2 s to load.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, pinyin

    return [list(dict.fromkeys(r)) for r in pinyin(text, style=Style.NORMAL, heteronym=True)]


def _term_for(sounds: list[list[str]]) -> str | None:
    """The term that sounds like this in any reading."""
    combinations = islice(product(*(s[:3] for s in sounds)), 32)
    return next((t for c in combinations if (t := _by_sound().get(" ".join(c)))), None)


@lru_cache(maxsize=1)
def _by_sound() -> dict[str, str]:
    out: dict[str, str] = {}
    for term in (*listed("common.txt"), *(t for t in terms() if 2 <= len(t) <= 6 and _HAN_RUN.fullmatch(t))):
        out.setdefault(" ".join(s[0] for s in _sounds(term)), term)
    return out
