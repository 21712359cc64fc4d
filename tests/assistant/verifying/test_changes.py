"""A figure of a clause changed in any way is found; and so are the faults put into real answers."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceyin.assistant.contract import AskRequest
from ceyin.assistant.verifying import Known
from ceyin.assistant.verifying.figures import quantities
from ceyin.evals.verifying import measure
from ceyin.ui.app import App

from .town import CLAUSES, findings

SENTENCES = [
    (n, sentence)
    for n, (_, text) in CLAUSES.items()
    for sentence in re.split("。", re.sub(r"^第.条 ", "", text))
    if any(q.kind != "clause" for q in quantities(sentence))
]


@pytest.mark.parametrize(("n", "sentence"), SENTENCES)
def test_a_clause_said_as_it_stands_passes(n: int, sentence: str) -> None:
    assert findings(f"{sentence}[{n}]。") == ()


@given(st.sampled_from(SENTENCES), st.data(), st.integers(min_value=1, max_value=99_999))
def test_any_other_figure_in_its_place_is_found(
    place: tuple[int, str], data: st.DataObject, value: int
) -> None:
    n, sentence = place
    digits = [m for m in re.finditer(r"\d+", sentence) if int(m.group()) != value]
    if not digits:
        return
    m = data.draw(st.sampled_from(digits))
    changed = sentence[: m.start()] + str(value) + sentence[m.end() :]
    assert findings(f"{changed}[{n}]。") != ()


ASKED = (
    "示例市工坊租用闲置厂房,每年最高能补多少?",
    "示例市的工坊扶持办法什么时候开始施行?",
    "示例市工坊申请补助要交哪些材料?",
    "示例市工坊补助的申请截止到哪天?",
)


def test_faults_put_into_answers_are_caught(program: App) -> None:
    requests = [AskRequest(question=q, turns=[]) for q in ASKED]
    known = Known(program.library.policies(), program.book)
    result = measure(program.assistant, requests, known, date(2026, 11, 24))
    assert result.made["figure"] >= 3
    assert result.share >= 0.95, [m.text for m in result.missed]
