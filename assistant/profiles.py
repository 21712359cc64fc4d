"""What a rule is about, in words: what choosing it weighs a question against."""

from __future__ import annotations

from dataclasses import dataclass

from ceyin.assistant.evidence import is_figure
from ceyin.assistant.rules.book import RuleBook
from ceyin.assistant.rules.model import Rule
from ceyin.assistant.rules.uses import conditions_of, facts_of, names_of
from ceyin.corpus.normalise import normalise
from ceyin.indexes.tokens import content_words


@dataclass(frozen=True, slots=True)
class Profile:
    """What a rule is about in words: its title and sentences, its conditions, its facts and what these are called."""

    text: str
    title: tuple[str, ...]
    facts: tuple[str, ...]


def profile_of(rule: Rule, book: RuleBook) -> Profile:
    """The profile of a rule of a book."""
    facts = tuple(dict.fromkeys(facts_of(rule)))
    specs = [book.facts[k] for k in facts if k in book.facts]
    texts = [
        rule.title,
        *(s for s in (rule.say.general, rule.say.pass_, rule.say.fail, rule.say.unknown) if s),
        *(c.what for c in conditions_of(rule)),
        *(word for spec in specs for word in (spec.key, *spec.synonyms)),
        *(word for _, names in names_of(rule) for word in names),
    ]
    title = tuple(w for w in content_words(rule.title) if not is_figure(w))
    return Profile(normalise(" ".join(texts)).lower(), title, facts)
