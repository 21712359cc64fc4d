"""How an answer came about, folded away: what was searched, found, tried, removed, and the time it took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ceyin.assistant.contract import Answer, Check, Explanation, FoundClause, Removed, Timings
from ceyin.ui.page import text as t
from ceyin.ui.page.card_words import Words
from ceyin.ui.page.markup import esc, show


def how_html(answer: Answer, words: Words) -> str:
    """The folded details of one answer; without an explanation the rules and times alone."""
    told = answer.explanation
    parts = [
        _part(words.searched, f"<p>{show(told.searched)}</p>") if told else "",
        _clauses(told.clauses, words) if told else "",
        _rules(told.rules if told else answer.checks, words),
        _removed(told.removed, words) if told else "",
        _sure(told, words) if told and answer.kind != "help" else "",
        _part(words.times, _times(answer.timings_ms, words)),
    ]
    return f'<details class="cy-how"><summary>{words.how}</summary>{"".join(parts)}</details>'


def _part(title: str, inner: str) -> str:
    return f'<section class="cy-how-part"><h5>{esc(title)}</h5>{inner}</section>'


def _clauses(clauses: Sequence[FoundClause], words: Words) -> str:
    if not clauses:
        return ""
    rows = []
    for c in clauses:
        line = words.found_line.format(f"{c.score:.2f}", f"{c.coverage:.0%}")
        cited = f'<span class="cy-tag cy-here">{words.cited}</span>' if c.cited else ""
        rows.append(
            f'<li><span>{show(c.cite_as)}</span>{cited}<span class="cy-soft">{show(line)}</span></li>'
        )
    return _part(words.found, f"<ul>{''.join(rows)}</ul>")


def _rules(rules: Sequence[Check], words: Words) -> str:
    rows = [
        f"<li>{_verdict(r.verdict, words)} {show(r.explanation)}{_below(r.trace, words)}</li>" for r in rules
    ]
    return _part(words.rules, f'<ul class="cy-trace">{"".join(rows)}</ul>') if rows else ""


def _verdict(verdict: str, words: Words) -> str:
    mark, _ = t.MEANINGS.get(verdict, ("", ""))
    return (
        f'<span class="cy-is-{esc(verdict)} cy-word"><span aria-hidden="true">{mark}</span> '
        f"{words.checks.get(verdict, '')}</span>"
    )


def _below(trace: Mapping[str, Any], words: Words) -> str:
    """The conditions of a trace, as deep as they go."""
    rows = [
        f"<li>{_verdict(str(p.get('verdict', '')), words)} {show(said(p, words))}{_below(p, words)}</li>"
        for p in conditions_of(trace)
    ]
    return f"<ul>{''.join(rows)}</ul>" if rows else ""


def conditions_of(trace: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The conditions right below one; a group that is alone and has no name of its own is passed over."""
    parts = [p for p in trace.get("parts") or [] if isinstance(p, Mapping)]
    if len(parts) == 1 and parts[0].get("parts") and parts[0].get("what") == parts[0].get("required"):
        return conditions_of(parts[0])
    return parts


def said(part: Mapping[str, Any], words: Words) -> str:
    """One line of a trace: what, what is known of it, what is required."""
    what, given, required = (str(part.get(key) or "") for key in ("what", "given", "required"))
    if part.get("parts"):  # how many of several are met says less than the several themselves
        return f"{what}({required})" if required and required != what else what
    if required and required != what:
        return words.given_required.format(what, given, required)
    return f"{what}:{given}" if given else what


def _removed(removed: Sequence[Removed], words: Words) -> str:
    rows = [f'<li>{show(r.text)}<span class="cy-soft">{show(r.reason)}</span></li>' for r in removed]
    return _part(words.removed, f"<ul>{''.join(rows)}</ul>") if rows else ""


def _sure(told: Explanation, words: Words) -> str:
    line = words.sure_line.format(f"{told.confidence:.0%}", f"{told.threshold:.0%}")
    notes = [words.fallbacks.get(told.fallback, "") if told.fallback else "", told.wording_note or ""]
    more = "".join(f"<p>{show(n)}</p>" for n in notes if n)
    return _part(words.sure, f"<p>{show(line)}</p>{more}")


def _times(spent: Timings, words: Words) -> str:
    rows = "".join(
        f"<dt>{words.stages[name]}</dt><dd>{words.milliseconds.format(f'{getattr(spent, name):,.1f}')}</dd>"
        for name in Timings.model_fields
    )
    return f"<dl>{rows}</dl>"
