"""Small pure helpers that every view shares: escaping, marks, dates, money, marker-pen highlights."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from html import escape

from ceyin.ui.page import text as t

_WEEKDAYS = "一二三四五六日"
_WAN = Decimal(10_000)
_FULL = {",": "\uff0c", ":": "\uff1a", ";": "\uff1b", "?": "\uff1f", "!": "\uff01"}
_PAIR = {"(": "\uff08", ")": "\uff09"}
#: Normalising drops the space after it.
_LABEL = re.compile(r"第[零〇一二三四五六七八九十百千]+[编章节条](?![、,。的第])(?=\S)")
_ASCII_INSIDE = re.compile(r"[\x20-\x7e]*")


def esc(value: str) -> str:
    """Escape for element content and for double-quoted attributes alike."""
    return escape(value, quote=True)


def typeset(words: str) -> str:
    """Chinese punctuation for the eye: the half-width marks that normalising made become full-width again.

    Same length and every other character as it was, so spans stay valid; ``15,000``, ``10:30`` and ``(2023)``
    in Latin surroundings keep theirs. What is copied is never typeset.
    """
    out = list(words)
    open_at: list[int] = []
    for i, ch in enumerate(words):
        before, after = words[i - 1 : i], words[i + 1 : i + 2]
        if ch in _FULL and (_chinese(before) or _chinese(after)):
            out[i] = _FULL[ch]
        elif ch == "(":
            open_at.append(i)
        elif ch == ")" and open_at:
            start = open_at.pop()
            inside = words[start + 1 : i]
            if _chinese(words[start - 1 : start] if start else "") or not _ASCII_INSIDE.fullmatch(inside):
                out[start], out[i] = _PAIR["("], _PAIR[")"]
    return "".join(out)


def show(words: str) -> str:
    """Running text for element content: typeset, then escaped."""
    return esc(typeset(words))


def _chinese(ch: str) -> bool:
    return bool(ch) and (
        "\u3000" <= ch <= "\u303f" or "\u3400" <= ch <= "\u9fff" or ch in "\u201c\u201d\u2014)"
    )


def badge(meaning: str, word: str | None = None) -> str:
    """A mark and a word for one of the meanings of :data:`text.MEANINGS`; never colour alone."""
    mark, default = t.MEANINGS[meaning]
    return (
        f'<span class="cy-badge cy-is-{meaning}"><span class="cy-mark" aria-hidden="true">{mark}</span>'
        f"{esc(word or default)}</span>"
    )


def in_force_badge(state: str) -> str:
    """The validity of a policy: grey-violet where not in force, else plain."""
    word = t.IN_FORCE[state]
    if state in ("in_force", "unknown"):
        return f'<span class="cy-tag">{word}</span>'
    return badge("lapsed", word)


def long_day(iso: str | None) -> str:
    """``2026 年 11 月 23 日(周一)``; what is no date is shown as it came."""
    if not iso:
        return ""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.year} 年 {day.month} 月 {day.day} 日(周{_WEEKDAYS[day.weekday()]})"


def short_day(iso: str | None) -> str:
    """``2026-11-23`` in a ``<time>`` whose title is the long form; empty without a date."""
    if not iso:
        return ""
    return f'<time datetime="{esc(iso)}" title="{esc(long_day(iso))}">{esc(iso)}</time>'


def money(amount: Decimal) -> str:
    """``1.5 万元`` with ``15,000 元`` beside it; amounts that are not round in 万 only exactly."""
    exact = f"{amount:,.2f}".removesuffix(".00") + " 元"
    wan = (amount / _WAN).normalize()
    exponent = wan.as_tuple().exponent
    if amount < _WAN or not isinstance(exponent, int) or exponent < -2:
        return f'<span class="cy-money">{exact}</span>'
    return (
        f'<span class="cy-money" title="{exact}">{wan:,f} 万元</span>'
        f' <span class="cy-money-exact">{exact}</span>'
    )


def marked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Typeset and escape ``text``, ``<mark>`` around ``spans`` (code points; clipped, sorted, merged)."""
    text = typeset(text)
    merged: list[tuple[int, int]] = []
    for start, end in sorted((max(0, a), min(len(text), b)) for a, b in spans):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    out: list[str] = []
    at = 0
    for start, end in merged:
        out.append(f"{esc(text[at:start])}<mark>{esc(text[start:end])}</mark>")
        at = end
    return "".join(out) + esc(text[at:])


def labelled(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Like :func:`marked`; the number a clause or heading opens with (第四条) gets its gap back."""
    found = _LABEL.match(text)
    if found is None:
        return marked(text, spans)
    at = found.end()
    before = [(a, min(b, at)) for a, b in spans if a < at]
    after = [(max(a, at) - at, b - at) for a, b in spans if b > at]
    return f'<span class="cy-label">{marked(text[:at], before)}</span>{marked(text[at:], after)}'


def source_link(source: str | None) -> str:
    """A link to the published page; only for http(s), so that no stored address can run a script."""
    if source is None or not source.lower().startswith(("http://", "https://")):
        return ""
    return (
        f'<a class="cy-link" href="{esc(source)}" target="_blank" rel="noopener noreferrer">{t.ORIGINAL}</a>'
    )


def copy_button(words: str, label: str, shown: str, css: str) -> str:
    """A button that copies ``words``; the script says 已复制 beside it."""
    return (
        f'<button type="button" class="{css}" data-copy="{esc(words)}" data-copied="{t.COPIED}" '
        f'aria-label="{esc(label)}" title="{esc(label)}">{esc(shown)}</button>'
    )
