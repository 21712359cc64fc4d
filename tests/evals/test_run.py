"""Running cases: nothing in one case stops the rest."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ceyin.evals.cases import Suite
from ceyin.evals.run import percentile, run

from .making import TODAY, Stub, answer, case


def test_an_exception_is_a_failed_case_and_the_rest_goes_on() -> None:
    suite = Suite("own", (case("A"), case("B"), case("C")), shared=False)
    answers: dict[str, dict[str, Any] | Exception] = {
        "A": answer(),
        "B": ValueError("坏了"),
        "C": answer(status="refused"),
    }
    done = run([suite], Stub(answers), today=TODAY)
    assert [r.judgement.ok for r in done.results] == [True, False, False]
    assert [r.error for r in done.results] == [None, "ValueError: 坏了", None]
    assert done.results[1].judgement.failed == ("error",)
    assert all(r.ms >= 0 for r in done.results)


def test_conversation_facts_and_dates_reach_the_assistant() -> None:
    stub = Stub({"A": answer(), "B": answer()})
    asked = case("A", turns=["先问", "再问"], facts={"学历": "大专"}, as_of=date(2025, 1, 2))
    run([Suite("own", (asked, case("B")), shared=False)], stub, today=TODAY)
    (first, today), (second, _) = stub.asked
    assert (first.turns, first.facts, first.as_of) == (["先问", "再问"], {"学历": "大专"}, "2025-01-02")
    assert today == TODAY
    assert (second.facts, second.as_of) == (None, None)


def test_the_answer_keeps_the_id_of_its_case() -> None:
    done = run([Suite("own", (case("A"),), shared=False)], Stub({"A": answer()}), today=TODAY)
    assert done.results[0].answer is not None
    assert done.results[0].answer["id"] == "A"


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([], 0.5, None),
        ([3.0], 0.95, 3.0),
        ([4, 1, 3, 2], 0.5, 2),
        (range(1, 101), 0.95, 95),
        ([1, 2], 0.95, 2),
    ],
)
def test_the_percentile_is_the_nearest_rank(
    values: list[float], share: float, expected: float | None
) -> None:
    assert percentile(values, share) == expected
