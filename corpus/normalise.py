"""The one text form everything is compared, indexed and quoted in.

``normalise`` converts to mainland simplified characters (OpenCC ``t2s``, never ``tw2sp``, which rewrites
vocabulary), applies NFKC and drops white space inside Chinese text. The mapped form keeps, for every
character of the result, where it came from, so a position in a clause always leads back to the source.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from opencc import OpenCC

#: Raise when the result of ``normalise`` changes for any text: pins and stored clauses depend on it.
NORMALISE_VERSION = 1

_SPACE = r"[\s\u200b\ufeff\u2060]"
_PLAIN = r"[\x00-\x08\x0e-\x1b\x21-\x7f]"
#: White space between two Latin words, and all other.
_SEPARATING = re.compile(rf"(?<={_PLAIN}){_SPACE}+(?={_PLAIN})")
_NEEDLESS = re.compile(rf"{_SPACE}+(?!{_PLAIN})|(?<!{_PLAIN}){_SPACE}+")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\ufeff\u2060\u200e\u200f"), " ")
#: Markdown: front matter, comments, headings, bold words, quotation marks and rules of dashes.
_MARKUP_SIGN = re.compile(r"^ {0,3}#{1,6} |\*\*|<!--|^---$", re.MULTILINE)
_MARKUP = re.compile(
    r"\A---\r?\n(?:[^\r\n]*\r?\n){0,30}?---(?=\r?\n)|<!--(?s:.{0,2000}?)-->|^ {0,3}#{1,6}(?= )|\*\*|^ {0,3}>(?= )|^-{3,}$",
    re.MULTILINE,
)


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("t2s")


@dataclass(frozen=True, slots=True)
class Normalised:
    """A normalised text and, per character, the offset of its origin in the source."""

    text: str
    offsets: tuple[int, ...]
    source_length: int

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The source range behind ``text[start:end]``."""
        if start >= end:
            at = self.offsets[start] if start < len(self.offsets) else self.source_length
            return at, at
        last = self.offsets[end - 1]
        following = self.offsets[end] if end < len(self.offsets) else self.source_length
        return self.offsets[start], max(last + 1, min(following, last + 1))

    def from_source(self, at: int) -> int:
        """The first position of ``text`` whose origin is at or after ``at``."""
        return bisect_left(self.offsets, at)


def simplify(text: str) -> str:
    """Mainland simplified characters, one for one: the result is as long as ``text``."""
    converted: str = _converter().convert(text)
    if len(converted) == len(text):
        return converted
    # A phrase conversion changed the length; per character it never does for the pages measured.
    parts = (str(_converter().convert(ch)) for ch in text)
    return "".join(c if len(c) == 1 else ch for c, ch in zip(parts, text, strict=True))


def _is_plain(ch: str) -> bool:
    """Latin letters, ASCII digits and ASCII punctuation: white space between two of them separates words."""
    return ch.isascii() and not ch.isspace()


def _clusters(text: str) -> list[tuple[int, str]]:
    """Base characters with their combining marks, each with its offset."""
    out: list[tuple[int, str]] = []
    for i, ch in enumerate(text):
        if out and unicodedata.combining(ch):
            start, cluster = out[-1]
            out[-1] = (start, cluster + ch)
        else:
            out.append((i, ch))
    return out


def normalise_mapped(text: str) -> Normalised:
    """``normalise`` with the origin of every character of the result."""
    converted = simplify(text)
    chars: list[str] = []
    offsets: list[int] = []
    pending: int | None = None  # offset of the first white space since the last kept character
    previous = ""
    for start, cluster in _clusters(converted):
        if cluster.isspace() or cluster in "\u200b\ufeff\u2060":
            if pending is None:
                pending = start
            continue
        if pending is not None:
            if previous and _is_plain(previous) and _is_plain(cluster[0]):
                chars.append(" ")
                offsets.append(pending)
            pending = None
        previous = cluster[-1]
        for ch in unicodedata.normalize("NFKC", cluster):
            chars.append(ch)
            offsets.append(start)
    return Normalised("".join(chars), tuple(offsets), len(text))


def normalise(text: str) -> str:
    """Simplified characters, NFKC, no white space inside Chinese text and none at the ends."""
    return _short(text) if len(text) <= _SHORT else _normalised(text)


#: Titles, names and questions are normalised again and again; longer texts are not kept.
_SHORT = 120


@lru_cache(maxsize=4096)
def _short(text: str) -> str:
    return _normalised(text)


def _normalised(text: str) -> str:
    converted = simplify(text)
    if not _composes_alone(set(converted)):
        return normalise_mapped(text).text
    return unicodedata.normalize("NFKC", _NEEDLESS.sub("", _SEPARATING.sub(" ", converted)))


#: Characters known to be normalised each for itself: the common case, found out once per character.
_ALONE: set[str] = set()


def _composes_alone(alphabet: set[str]) -> bool:
    """Whether NFKC treats every character of a text on its own: no combining mark, nothing that turns into one."""
    unknown = alphabet - _ALONE
    for ch in unknown:
        folded = unicodedata.normalize("NFKC", ch)
        if any(map(unicodedata.combining, folded)) or any(0x1100 <= ord(c) <= 0x11FF for c in folded):
            return False
    _ALONE.update(unknown)
    return True


def view(text: str) -> str:
    """``text`` in simplified characters and NFKC wherever that keeps one character for one.

    Patterns run on this view; every offset in it is an offset in ``text``. Markup of Markdown and invisible
    characters read as blanks.
    """
    converted = simplify(text)
    # Circled digits are labels of their own and must not look like plain ones.
    folding = {
        code: folded
        for code, folded in _folding(set(converted)).items()
        if len(folded) == 1 and not 0x2460 <= code <= 0x24FF
    }
    folded = converted.translate(folding | _INVISIBLE)
    return _MARKUP.sub(_blank, folded) if _MARKUP_SIGN.search(folded) else folded


def _folding(alphabet: set[str]) -> dict[int, str]:
    """What NFKC makes of each character that it changes."""
    return {ord(ch): folded for ch in alphabet if (folded := unicodedata.normalize("NFKC", ch)) != ch}


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\r\n]", " ", match.group())
