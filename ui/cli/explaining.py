"""How an answer came about, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ceyin.assistant.contract import Answer, Check
    from ceyin.ui.page.card_words import Words

_MARKS = {"pass": "\u2714", "fail": "\u2718", "unknown": "?"}


def explained(answer: Answer) -> Iterator[str]:
    """The lines of an answer's explanation, indented below their headings; none without one."""
    from ceyin.assistant.contract import Timings
    from ceyin.ui.page.card_words import words_for

    told, words = answer.explanation, words_for(answer)
    if told is None:
        return
    yield f"— {words.how} —"
    yield f"{words.searched}:{told.searched}"
    if told.clauses:
        yield f"{words.found}:"
    for c in told.clauses:
        line = words.found_line.format(f"{c.score:.2f}", f"{c.coverage:.0%}")
        yield f"  {c.cite_as} ({line}{'; ' + words.cited if c.cited else ''})"
    if told.rules:
        yield f"{words.rules}:"
    for rule in told.rules:
        yield from _rule(rule, words)
    if told.removed:
        yield f"{words.removed}:"
    for removed in told.removed:
        yield f"  {removed.text} ← {removed.reason}"
    if answer.kind != "help":
        yield words.sure_line.format(f"{told.confidence:.0%}", f"{told.threshold:.0%}")
    for note in (words.fallbacks.get(told.fallback) if told.fallback else None, told.wording_note):
        if note:
            yield note
    spent = (
        f"{words.stages[name]} {words.milliseconds.format(f'{getattr(answer.timings_ms, name):,.1f}')}"
        for name in Timings.model_fields
    )
    yield f"{words.times}:{' · '.join(spent)}"


def _rule(rule: Check, words: Words) -> Iterator[str]:
    yield f"  {_MARKS[rule.verdict]} {rule.explanation} ({rule.rule_id})"
    yield from _below(rule.trace, words, "    ")


def _below(trace: Mapping[str, Any], words: Words, indent: str) -> Iterator[str]:
    from ceyin.ui.page.explained import conditions_of, said

    for part in conditions_of(trace):
        yield f"{indent}{_MARKS.get(str(part.get('verdict')), '·')} {said(part, words)}"
        yield from _below(part, words, indent + "  ")
