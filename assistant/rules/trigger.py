"""Which rules a question asks: every pattern of one trigger group occurs, none of the ``unless`` does."""

from __future__ import annotations

import re
from functools import lru_cache

from ceyin.assistant.rules.book import RuleBook
from ceyin.assistant.rules.files import Conflict
from ceyin.assistant.rules.model import Rule


def triggered(book: RuleBook, text: str) -> list[Rule]:
    """Rules asked by a normalised text, by priority, then by how much of a trigger matched; ties by id."""
    found: list[tuple[int, int, str, Rule]] = []
    for rule in book.rules:
        if barred(rule, text):
            continue
        sizes = [len(group) for group in rule.triggers if all(_compiled(p).search(text) for p in group)]
        if sizes:
            found.append((-rule.priority, -max(sizes), rule.id, rule))
    return [rule for *_, rule in sorted(found, key=lambda f: f[:3])]


def touched(book: RuleBook, text: str) -> list[Conflict]:
    """The conflicts between texts that a normalised text touches."""
    return [
        c
        for c in book.conflicts
        if any(all(_compiled(p).search(text) for p in group) for group in c.triggers)
    ]


def barred(rule: Rule, text: str) -> bool:
    """Whether a word says that the question is not this rule's."""
    return any(_compiled(p).search(text) for p in rule.unless)


@lru_cache(maxsize=2048)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
