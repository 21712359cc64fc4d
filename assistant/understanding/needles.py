"""Words of which one must stand in a text before a pattern can match it: most patterns need no search at all.

The rule book has some 700 patterns for what people say; looking for a few words first makes reading a message ten
times faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

#: One of these must stand in the text; None where no such words are known.
Needles = frozenset[str] | None
_ESCAPED_KINDS = "SsDdWwBbAZ"


@lru_cache(maxsize=4096)
def needles_of(pattern: str) -> Needles:
    """The words of which every text that a regular expression matches has at least one."""
    return _Reader(pattern).alternatives()


def missing(needles: Needles, text: str) -> bool:
    """Whether none of the words stands in a text."""
    return needles is not None and not any(n in text for n in needles)


def _better(options: Iterable[Needles]) -> Needles:
    """Of the parts of a sequence, all of which must match, the one that is rarest: long words, few of them."""
    known = [o for o in options if o]
    return min(known, key=lambda o: (-min(map(len, o)), len(o)), default=None)


class _Reader:
    """A walk through a regular expression; understands as much of the notation as the rule book uses."""

    def __init__(self, pattern: str) -> None:
        self._text = pattern
        self._at = 0

    def alternatives(self) -> Needles:
        """Up to the end of the group: the words of all branches, None where one branch has none."""
        branches = [self._sequence()]
        while self._peek() == "|":
            self._at += 1
            branches.append(self._sequence())
        if any(b is None for b in branches):
            return None
        return frozenset().union(*(b for b in branches if b is not None))

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _sequence(self) -> Needles:
        parts: list[Needles] = []
        run = ""
        while (ch := self._peek()) and ch not in "|)":
            literal, needles = self._atom()
            optional = self._quantifier()
            if literal is not None and not optional:
                run += literal
                continue
            parts.append(frozenset({run}) if run else None)
            run = ""
            parts.append(None if optional else needles)
        parts.append(frozenset({run}) if run else None)
        return _better(parts)

    def _quantifier(self) -> bool:
        """Reads one; whether what stands before it may be left out."""
        m = re.compile(r"[*?]\??|\+\??|\{(\d+)(?:,\d*)?\}\??").match(self._text, self._at)
        if m is None:
            return False
        self._at = m.end()
        return m.group()[0] in "*?" or m.group(1) == "0"

    def _atom(self) -> tuple[str | None, Needles]:
        """One piece: a literal character, or the words a group or class needs."""
        ch = self._peek()
        self._at += 1
        if ch == "\\":
            escaped = self._peek()
            self._at += 1
            return (None, None) if escaped in _ESCAPED_KINDS else (escaped, None)
        if ch == "[":
            return None, self._class()
        if ch == "(":
            return None, self._group()
        return (None, None) if ch in ".^$" else (ch, None)

    def _group(self) -> Needles:
        m = re.compile(r"\?(?:P<\w+>|:|<?[=!])").match(self._text, self._at)
        self._at = m.end() if m else self._at
        inside = self.alternatives()
        self._at += 1  # the closing parenthesis
        looks = m is not None and m.group()[-1] in "=!"
        return None if looks else inside

    def _class(self) -> Needles:
        end = self._text.index("]", self._at + 1)
        members = self._text[self._at : end]
        self._at = end + 1
        plain = members[:1] != "^" and "\\" not in members and "-" not in members
        return frozenset(members) if plain else None
