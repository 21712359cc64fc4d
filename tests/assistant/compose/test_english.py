"""English answers keep the decision and the citations, in English words."""

from datetime import date
from decimal import Decimal

import pytest

from ceyin.assistant.english.compose import day, money
from ceyin.assistant.english.glossary import load_glossary
from ceyin.assistant.rules.book import load_book
from ceyin.assistant.rules.uses import conditions_of
from ceyin.corpus.catalog import load_catalog
from ceyin.corpus.english import load_english
from ceyin.corpus.model import ClauseRef


@pytest.mark.parametrize(
    ("amount", "words"),
    [("20000", "CNY 20,000"), ("4800.50", "CNY 4,800.50"), ("600", "CNY 600"), ("1500000", "CNY 1,500,000")],
)
def test_money(amount: str, words: str) -> None:
    assert money(Decimal(amount)) == words


def test_day() -> None:
    assert day(date(2024, 2, 29)) == "29 February 2024"


def test_every_card_has_an_english_digest() -> None:
    cards = {ClauseRef(p.id, c.path) for p in load_catalog().policies for c in p.cards}
    assert cards == set(load_english().clauses)


def test_every_fact_rule_and_condition_has_an_english_name() -> None:
    book, glossary = load_book(), load_glossary()
    assert set(book.facts) == set(glossary.facts)
    assert {r.id for r in book.rules} == set(glossary.rules)
    named = {c.what for r in book.rules for c in conditions_of(r) if c.what}
    assert named <= set(glossary.leaves)
    for key, spec in book.facts.items():
        assert set(spec.values) == set(glossary.facts[key].values), key
