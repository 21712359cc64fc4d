"""How long the rules take: fifty of them, the whole book for one applicant, matching, and reading the book.

The baseline reads each rule out of its file's form again for every question, as a program without a loaded book would.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from ceyin.assistant.facts import given_facts
from ceyin.assistant.matching.wire import MatchRequest
from ceyin.assistant.rules.book import RuleBook, load_book
from ceyin.assistant.rules.conditions import Case
from ceyin.assistant.rules.evaluate import evaluate
from ceyin.assistant.rules.model import Rule
from ceyin.assistant.rules.result import PolicyTerm
from ceyin.assistant.rules.values import Facts
from ceyin.evals.bench.harness import Benchmark, bench
from ceyin.ui.app import open_app
from ceyin.ui.settings import Settings

_FIFTY = 50
_TODAY = date(2026, 11, 24)
_OPEN = PolicyTerm(None, None)
#: One of each type: more than a person would give at once, so that rules get past their first condition.
_GIVEN = {"bool": True, "count": 5, "money": 30000, "rate": 20, "number": 2025, "date": date(2024, 9, 1)}


def ruling(runs: int) -> Benchmark:
    """The median times; the first is fifty rules read anew for one question."""
    book = load_book()
    facts = _applicant(book)
    fifty = (book.rules * (_FIFTY // len(book.rules) + 1))[:_FIFTY]
    written = [rule.model_dump(by_alias=True) for rule in fifty]
    adapter: TypeAdapter[Rule] = TypeAdapter(Rule)
    with tempfile.TemporaryDirectory(prefix="ceyin-bench-") as home:
        app = open_app(Settings(home=Path(home)))
        request = MatchRequest(facts=_asked(book), region="江西省抚州市")
        variants: dict[str, Callable[[], object]] = {
            f"{_FIFTY} 条,每次重新校验": lambda: _decide(_read(adapter, written), facts, book),
            f"{_FIFTY} 条": lambda: _decide(fifty, facts, book),
            f"整本 {len(book.rules)} 条": lambda: _decide(book.rules, facts, book),
            f"匹配 {len(book.programmes)} 个项目": lambda: app.match(request, _TODAY),
            "读入规则文件": load_book,
        }
        try:
            return bench(f"规则 {len(book.rules)} 条,事实 {len(facts.known)} 项", variants, runs=runs)
        finally:
            app.close()


def _decide(rules: Sequence[Rule], facts: Facts, book: RuleBook) -> None:
    case = Case(facts, _TODAY, book)
    for rule in rules:
        evaluate(rule, case, _OPEN)


def _read(adapter: TypeAdapter[Rule], written: Sequence[dict[str, Any]]) -> list[Rule]:
    return [adapter.validate_python(rule) for rule in written]


def _asked(book: RuleBook) -> dict[str, Any]:
    """A value for every fact whose kind has one."""
    given: dict[str, Any] = {}
    for key, spec in book.facts.items():
        value = _GIVEN.get(spec.type, next(iter(spec.values), None))
        if value is not None:
            given[key] = value.isoformat() if isinstance(value, date) else value
    return given


def _applicant(book: RuleBook) -> Facts:
    given: Mapping[str, Any] = _asked(book)
    return given_facts(given, book)[0]
