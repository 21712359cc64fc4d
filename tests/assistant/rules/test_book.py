"""The shipped rule book: it loads, stands on the texts, says no figure of its own, and hears what people ask."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from ceyin.assistant.facts import given_facts
from ceyin.assistant.rules.book import RuleBook, load_book, pin_hash
from ceyin.assistant.rules.conditions import Case
from ceyin.assistant.rules.evaluate import evaluate
from ceyin.assistant.rules.files import RuleFile
from ceyin.assistant.rules.model import Discretionary, Pin, Rule
from ceyin.assistant.rules.result import PolicyTerm, Result
from ceyin.assistant.rules.trigger import triggered
from ceyin.assistant.rules.values import Facts
from ceyin.assistant.understand import understand
from ceyin.assistant.understanding.saying import said_facts
from ceyin.corpus.flatten import flatten
from ceyin.corpus.joining import identify, known_entry
from ceyin.corpus.model import ParsedPolicy
from ceyin.corpus.normalise import normalise
from ceyin.corpus.read import read_source
from ceyin.corpus.segment import parse
from ceyin.corpus.yamlfile import load_yaml

BOOK = load_book()
FOLDER = Path(__file__).parents[3] / "assistant" / "rules" / "book"
TABLE: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "questions.yaml").read_text("utf-8"))
ROWS: list[dict[str, Any]] = TABLE["rows"]
TERMS = {"fuzhou-geti-2023": PolicyTerm(date(2023, 10, 10), date(2025, 12, 31))}
NUMBER = re.compile(r"\d+(?:\.\d+)?")


# ---- the texts -----------------------------------------------------------------------------------


def clauses_of(policy: ParsedPolicy, text: str) -> dict[tuple[str, ...], str]:
    return {clause.path: clause.text for clause in flatten(policy, text).clauses}


@dataclass(frozen=True)
class Texts:
    clauses: dict[str, dict[tuple[str, ...], str]]

    def of(self, pin: Pin) -> str:
        assert pin.policy in self.clauses, f"{pin.policy} is in none of the official pages"
        assert pin.path in self.clauses[pin.policy], f"{pin.policy} has no clause {'/'.join(pin.path)}"
        return self.clauses[pin.policy][pin.path]


@lru_cache(maxsize=1)
def read_all(folder: Path) -> Texts:
    from ceyin.corpus.catalog import load_catalog

    known = [known_entry(entry) for entry in load_catalog().policies]
    found: dict[str, dict[tuple[str, ...], str]] = {}
    for page in sorted((folder / "corpus").glob("*.txt")):
        source = read_source(page)
        for policy in parse(source).policies:
            found[identify(policy, source.text, known)] = clauses_of(policy, source.text)
    return Texts(found)


@pytest.fixture(scope="session")
def texts(shared: Path) -> Texts:
    return read_all(shared)


def pins(rule: Rule) -> tuple[Pin, ...]:
    return (rule.pin, *rule.also_pins)


def sentences(rule: Rule) -> dict[str, str]:
    said = {
        "pass": rule.say.pass_,
        "fail": rule.say.fail,
        "unknown": rule.say.unknown,
        "general": rule.say.general,
    }
    return {name: text for name, text in said.items() if text}


every_rule = pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.id)


def test_every_kind_of_rule_the_texts_need_is_in_the_book() -> None:
    assert len(BOOK.rules) >= 200
    kinds = {r.kind for r in BOOK.rules}
    assert kinds >= {"eligibility", "amount", "deadline", "term", "validity", "target"}
    assert kinds >= {"papers", "procedure", "consequence", "discretionary"}


@every_rule
def test_every_pin_names_a_clause_and_every_figure_stands_in_it(rule: Rule, texts: Texts) -> None:
    for pin in pins(rule):
        text = normalise(texts.of(pin))
        for figure in pin.figures:
            assert normalise(figure) in text, f"{'/'.join(pin.path)} does not say {figure}"


@every_rule
def test_no_pinned_clause_has_changed_since_it_was_reviewed(rule: Rule, texts: Texts) -> None:
    for pin in pins(rule):
        assert pin.sha256 == pin_hash(texts.of(pin)), (
            f"review {rule.id} again: {'/'.join(pin.path)} reads differently"
        )


@every_rule
def test_a_rule_says_no_figure_that_its_clause_does_not_say(rule: Rule, texts: Texts) -> None:
    numbers = set(NUMBER.findall(normalise(" ".join(texts.of(pin) for pin in pins(rule)))))
    for name, words in sentences(rule).items():
        own = set(NUMBER.findall(normalise(words.replace("{amount}", "").replace("{day}", ""))))
        assert own <= numbers, f"say.{name} of {rule.id} has {sorted(own - numbers)}"


def test_what_cannot_be_coded_is_written_down_with_a_clause_that_exists(texts: Texts) -> None:
    written = 0
    for path in sorted(FOLDER.glob("*.yaml")):
        if path.name == "facts.yaml":
            continue
        for entry in RuleFile.model_validate(load_yaml(path.read_text("utf-8"))).untranslatable:
            assert texts.of(entry.pin), entry.pin
            written += 1
    assert written >= 15


# ---- the book by itself --------------------------------------------------------------------------


@every_rule
def test_every_pin_carries_the_hash_of_the_reviewed_clause(rule: Rule) -> None:
    assert all(pin.sha256 and re.fullmatch(r"[0-9a-f]{64}", pin.sha256) for pin in pins(rule))


DECIDING = ("eligibility", "amount", "deadline", "term", "target")


@every_rule
def test_a_rule_says_something_in_every_outcome_it_can_have(rule: Rule) -> None:
    assert "general" in sentences(rule)
    if rule.kind in DECIDING:
        assert {"pass", "fail"} <= set(sentences(rule))
    assert all(group for group in rule.triggers)
    for pattern in (*(p for group in rule.triggers for p in group), *rule.unless):
        assert not re.compile(pattern, re.IGNORECASE).search(""), f"{pattern!r} matches anything"


@every_rule
def test_a_programme_names_a_clause_and_belongs_to_its_rules_policy(rule: Rule) -> None:
    if rule.programme is not None:
        programme = next(p for p in BOOK.programmes if p.id == rule.programme)
        assert programme.pin.policy == rule.pin.policy


def test_a_sentence_uses_only_the_blanks_its_kind_fills() -> None:
    for rule in BOOK.rules:
        blanks = {b for text in sentences(rule).values() for b in re.findall(r"\{(\w+)\}", text)}
        assert blanks <= (
            {"amount"} if rule.kind == "amount" else {"day"} if rule.kind in ("deadline", "term") else set()
        )


def test_every_fact_of_the_evaluation_is_known_by_key_or_synonym(shared: Path) -> None:
    keys = (shared / "evals" / "fact_keys.txt").read_text("utf-8").split()
    assert [key for key in keys if BOOK.key_for(key) is None] == []


def test_no_name_means_two_facts_and_no_word_two_values() -> None:
    names = [name for spec in BOOK.facts.values() for name in (spec.key, *spec.synonyms)]
    assert sorted({n for n in names if names.count(n) > 1}) == []
    for spec in BOOK.facts.values():
        words = [word for name, others in spec.values.items() for word in {name, *others}]
        assert sorted({w for w in words if words.count(w) > 1}) == [], spec.key


def test_every_pattern_of_a_fact_compiles_and_one_with_a_value_names_it() -> None:
    for spec in BOOK.facts.values():
        for pattern in (*spec.said, *spec.denied):
            re.compile(pattern)
        if spec.type not in ("bool", "choice", "choices", "text"):
            assert all("(?P<v>" in pattern for pattern in spec.said), spec.key
        assert spec.question.startswith("请问") and spec.question.endswith("?"), spec.key


def test_a_choice_a_rule_asks_for_is_one_the_fact_offers() -> None:
    """A misspelt member would fail everyone; a plain word beside it (「三级」) is what a fact table may hold."""
    for rule in BOOK.rules:
        for member in members(rule):
            spec = BOOK.facts[member["fact"]]
            if spec.values:
                assert set(member["any_of"]) & set(spec.values), f"{rule.id}: {member}"


def members(rule: Rule) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []

    def visit(node: Any) -> None:
        if isinstance(node, dict):
            if node.get("kind") == "member":
                found.append(node)
            if node.get("kind") == "tiers":
                found.append({"fact": node["by"], "any_of": tuple(node["tiers"])})
            for value in node.values():
                visit(value)
        elif isinstance(node, list | tuple):
            for value in node:
                visit(value)

    visit(rule.model_dump())
    return found


# ---- what people ask -----------------------------------------------------------------------------


def heard(row: dict[str, Any]) -> tuple[list[Rule], Facts, date]:
    """The rules a question asks and the facts in it, by the same steps as an answer."""
    as_of = row.get("as_of", TABLE["as_of"])
    question = understand([row["q"]], as_of, [])
    given, warnings = given_facts(row.get("facts"), BOOK)
    assert warnings == []
    facts = Facts({**said_facts([question.said], BOOK, as_of).known, **given.known})
    return triggered(BOOK, question.topic), facts, as_of


def named(rows: list[dict[str, Any]]) -> Any:
    return pytest.mark.parametrize(
        "row", rows, ids=[f"{n}-{r.get('asks', 'none')}" for n, r in enumerate(rows)]
    )


@named(ROWS)
def test_a_question_asks_its_rule_first_and_no_wrong_one(row: dict[str, Any]) -> None:
    asked = [rule.id for rule in heard(row)[0]]
    if "asks" in row:
        assert asked[:1] == [row["asks"]], row["q"]
    else:
        assert row["never"]
    for name in row.get("never", ()):
        assert (asked == []) if name == "*" else (name not in asked), row["q"]


@named([row for row in ROWS if {"verdict", "amount", "day"} & row.keys()])
def test_the_rule_decides_on_what_the_question_says(row: dict[str, Any]) -> None:
    result = decided(row)
    if "verdict" in row:
        assert result.verdict.value == row["verdict"], (row["q"], result.trace)
    if "amount" in row:
        assert result.amount is not None and result.amount.high == Decimal(row["amount"]), row["q"]
    if "day" in row:
        assert result.day == row["day"], row["q"]


def decided(row: dict[str, Any]) -> Result:
    asked, facts, as_of = heard(row)
    rule = asked[0]
    return evaluate(rule, Case(facts, as_of, BOOK), TERMS.get(rule.pin.policy, PolicyTerm(None, None)))


def test_the_table_asks_every_rule_that_listens_for_words() -> None:
    asked = {row["asks"] for row in ROWS if "asks" in row}
    assert [rule.id for rule in BOOK.rules if rule.triggers and rule.id not in asked] == []
    assert len(ROWS) >= 80


def test_a_rule_with_the_same_words_comes_by_priority_then_by_how_much_of_it_matched() -> None:
    def rule(name: str, triggers: tuple[tuple[str, ...], ...], **more: Any) -> Rule:
        return BOOK.rules[0].model_copy(
            update={"id": name, "triggers": triggers, "unless": (), "priority": 0, **more}
        )

    rules = (
        rule("t/b-short", (("补贴",),)),
        rule("t/a-short", (("补贴",), ("没有这个词", "补贴"))),
        rule("t/long", (("补贴", "农机"),)),
        rule("t/first", (("补贴",),), priority=1),
        rule("t/not", (("补贴",),), unless=("农机",)),
        rule("t/english", (("SUBSIDY",),)),
    )
    book = RuleBook(rules, {})
    assert [r.id for r in triggered(book, "农机补贴")] == ["t/first", "t/long", "t/a-short", "t/b-short"]
    assert [r.id for r in triggered(book, "a subsidy")] == ["t/english"]
    assert triggered(book, "别的话") == []


def test_what_a_person_decides_is_never_passed_by_the_book() -> None:
    """择优: with every other condition met the outcome stays open."""
    row = {"q": "公司2件产品被认定为专利密集型产品,能拿多少"}
    result = decided(row)
    assert any(isinstance(part, Discretionary) for part in result.rule.requires.of)  # type: ignore[union-attr]
    assert result.verdict.value == "unknown" and result.missing == ()
