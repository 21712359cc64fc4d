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


UNCLEAR = [
    ["维权花了代理费8万,其中3万是公证费"],
    ["专利执行险保费1.2万,两家公司合买,我们出一半"],
    ["专利执行险保费1万", "后来退了5000"],
]


@pytest.mark.parametrize("turns", UNCLEAR)
def test_a_sum_that_is_partly_for_something_else_is_not_known(program: App, turns: list[str]) -> None:
    ready = program.assistant.prepare(AskRequest(turns=[*turns, "能补多少"]), today=date(2026, 11, 25))
    assert not {"维权代理费", "所缴保费"} & set(ready.material.facts.known)


def test_a_part_named_as_the_thing_itself_is_its_sum(program: App) -> None:
    said = "我们打官司一共花了8万,其中代理费5万,能补多少"
    ready = program.assistant.prepare(AskRequest(turns=[said]), today=date(2026, 11, 25))
    assert ready.material.facts.known["维权代理费"] == Known(50_000)


def test_what_it_really_is_replaces_what_was_told(program: App) -> None:
    turns = ["专利执行险保费5000", "其实是1.5万", "我们是企业,能补多少"]
    ready = program.assistant.prepare(AskRequest(turns=turns), today=date(2026, 11, 25))
    assert ready.material.facts.known["所缴保费"] == Known(15_000)


def test_a_title_taken_away_is_none(program: App) -> None:
    said = "我们是国家知识产权示范企业但已经摘牌了,今年能拿多少"
    ready = program.assistant.prepare(AskRequest(turns=[said]), today=date(2026, 11, 25))
    assert "所获称号" not in ready.material.facts.known
