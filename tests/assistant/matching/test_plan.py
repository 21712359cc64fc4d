"""From an award to dated duties: each day once, in order, to the end of the term."""

from dataclasses import replace
from datetime import date

import pytest

from ceyin.assistant.facts import given_facts
from ceyin.assistant.matching.match import plan_for
from ceyin.corpus.errors import RuleError
from tests.assistant.matching.town import BOOK, NOW, POLICIES


def days(facts: dict[str, str], programme: str | None = "shili/project") -> list[tuple[date, str, str]]:
    known, _ = given_facts(facts, BOOK)
    items = plan_for(known, NOW, BOOK, POLICIES, programme)
    return [(i.day, i.kind, i.decision.rule.id.removeprefix("shili/project-")) for i in items]


def test_a_project_is_laid_out_from_the_day_it_was_approved() -> None:
    assert days({"立项日期": "2024-06-30"}) == [
        (date(2024, 9, 30), "duty", "plan"),
        (date(2025, 1, 31), "duty", "report"),
        (date(2026, 1, 31), "duty", "report"),
        (date(2026, 3, 31), "apply", "first"),
        (date(2026, 6, 30), "term_end", "term"),
        (date(2027, 1, 31), "duty", "report"),
    ]


def test_a_last_day_on_a_rest_day_moves_and_says_so() -> None:
    known, _ = given_facts({"立项日期": "2025-07-01"}, BOOK)
    item = next(i for i in plan_for(known, NOW, BOOK, POLICIES, "shili/project") if i.kind == "duty")
    assert (item.day, "顺延" in item.note) == (date(2025, 10, 9), True)


def test_a_bar_ends_three_years_on() -> None:
    assert (date(2027, 5, 6), "bar_end", "bar") in days({"未过日期": "2024-05-06"})


def test_without_a_date_only_the_fixed_days_are_left() -> None:
    assert days({}) == [(date(2026, 3, 31), "apply", "first")]


def test_a_programme_that_is_not_there_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(RuleError, match="shili/project"):
        days({}, "shili/projekt")


def test_a_yearly_duty_without_end_stops_where_the_calendar_does() -> None:
    rules = tuple(
        r.model_copy(update={"during": None}) if r.id == "shili/project-report" else r for r in BOOK.rules
    )
    known, _ = given_facts({"立项日期": "2024-06-30"}, BOOK)
    items = plan_for(known, date.max, replace(BOOK, rules=rules), POLICIES, "shili/project")
    assert max(i.day for i in items) == date(9999, 1, 31)
