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


def test_a_thing_lost_counts_and_a_verb_does_not(program: App) -> None:
    def lost(question: str) -> float:
        asked = program.assistant.prepare(AskRequest(question=question), today=DAY).material.asked
        return features(asked)["nouns_lost"]

    assert lost("工坊租用闲置厂房和潜水艇怎么补") > lost("工坊租用闲置厂房怎么补")
    assert lost("工坊租用闲置厂房,折腾折腾怎么补") == lost("工坊租用闲置厂房怎么补")


def test_one_question_of_two_holds_though_the_other_is_of_something_else(program: App) -> None:
    alone = chance(program, "示例市工坊租用闲置厂房能补多少?")
    both = chance(program, "示例市工坊租用闲置厂房能补多少?我养的鹦鹉去哪里打疫苗?")
    assert both == pytest.approx(alone, abs=0.1)


def test_what_is_told_of_oneself_is_not_what_is_asked(program: App) -> None:
    plain = chance(program, "领闲置厂房的租金补贴,最长补几年?")
    told = chance(program, "我在海鲜批发城卖带鱼,领闲置厂房的租金补贴,最长补几年?")
    assert told == pytest.approx(plain, abs=0.1)


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
