"""The score for holding an answer: what raises it, what lowers it, what it decides."""

from datetime import date

import pytest

from ceyin.assistant.contract import AskRequest
from ceyin.assistant.holding import features, holds, talk
from ceyin.assistant.places import find_places
from ceyin.assistant.understanding.intents import Intent, intents_of
from ceyin.indexes.figures import figure_wanted
from ceyin.ui.app import App
from tests.assistant.conftest import Ask

DAY = date(2026, 11, 24)


def chance(program: App, question: str) -> float:
    ready = program.assistant.prepare(AskRequest(question=question), today=DAY)
    return ready.material.chance


def test_an_object_no_text_speaks_of_lowers_the_score(program: App) -> None:
    held = chance(program, "示例市工坊租用闲置厂房能补多少")
    lost = chance(program, "示例市鹦鹉租用游泳池能补多少")
    assert held > lost


def test_small_talk_around_a_question_does_not_count_as_words_lost(program: App) -> None:
    plain = program.assistant.prepare(AskRequest(question="工坊租用闲置厂房怎么补"), today=DAY)
    word = next(w for w in sorted(talk()) if len(w) == 2 and not w.isascii())
    wordy = program.assistant.prepare(AskRequest(question=f"工坊租用闲置厂房怎么补,{word}"), today=DAY)
    ours, theirs = features(plain.material.asked), features(wordy.material.asked)
    assert ours["first_lost"] == theirs["first_lost"]


def test_a_document_the_library_lacks_is_noticed(program: App) -> None:
    def other(question: str) -> float:
        asked = program.assistant.prepare(AskRequest(question=question), today=DAY).material.asked
        return features(asked)["other_document"]

    assert other("《示例省游泳池管理条例》里工坊怎么补") == 1.0
    assert other("示例市工坊租用闲置厂房怎么补") == 0.0


def test_the_score_is_a_probability_and_zero_without_evidence(program: App) -> None:
    asked = program.assistant.prepare(AskRequest(question="工坊租用闲置厂房怎么补"), today=DAY).material.asked
    assert 0.0 < holds(asked) < 1.0


def test_a_question_about_something_else_is_refused_though_words_are_shared(ask: Ask) -> None:
    answer = ask("示例市哪里能给鹦鹉买游泳圈")
    assert (answer.status, answer.citations) == ("refused", [])


@pytest.mark.parametrize("text", ["写得四平八稳过得了吗", "四平八稳的方案", "保费六成都能报吗"])
def test_a_saying_names_no_place(text: str) -> None:
    assert find_places(text) == []


def test_a_city_that_begins_a_saying_is_still_a_place() -> None:
    assert [p.name for p in find_places("我在四平市开店")] == ["四平"]


def test_many_years_ask_for_no_figure() -> None:
    assert figure_wanted("攒了好几年的数据能不能保护") is None
    assert Intent.DURATION not in intents_of("攒了好几年的数据")
    assert Intent.DURATION in intents_of("这个称号能用几年")
