"""Counts in a row are each read with their own thing."""

from datetime import date

import pytest

from ceyin.assistant.contract import AskRequest
from ceyin.assistant.rules.values import Known
from ceyin.assistant.understanding.counts import parted
from ceyin.ui.app import App

ROWS = [
    ("2件实用新型1件商标", {"有效专利件数": 2, "注册商标件数": 1}),
    ("实用新型2件外观1件商标3件", {"有效专利件数": 3, "注册商标件数": 3}),
    ("1件发明2件实用新型1件商标", {"有效发明专利件数": 1, "有效专利件数": 3, "注册商标件数": 1}),
    ("发明1件实用新型2件", {"有效发明专利件数": 1, "有效专利件数": 3}),
    ("商标2件专利3件", {"注册商标件数": 2, "有效专利件数": 3}),
    ("发明专利3件商标1件", {"有效发明专利件数": 3, "注册商标件数": 1}),
]


@pytest.mark.parametrize(("told", "facts"), ROWS)
def test_each_count_belongs_to_its_own_thing(program: App, told: str, facts: dict[str, int]) -> None:
    ready = program.assistant.prepare(
        AskRequest(turns=[f"我们公司有{told},能补吗"]), today=date(2026, 11, 25)
    )
    known = {k: f.value for k, f in ready.material.facts.known.items() if isinstance(f, Known)}
    assert {k: known.get(k) for k in facts} == facts


def test_one_count_alone_is_left_as_it_is() -> None:
    assert parted("有3件专利,都是自己研发的") == "有3件专利,都是自己研发的"
