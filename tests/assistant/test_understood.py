"""What was understood is shown with the answer, and replaced by what the caller chooses."""

from __future__ import annotations

import pytest

from ceyin.assistant.understood import QuestionError
from tests.assistant.conftest import Ask


def test_the_facts_told_and_given_are_shown_with_their_units(ask: Ask) -> None:
    answer = ask(
        "我们公司第一次认证,去年5月评上示范企业,有3件实用新型、没有发明,花了1.5万,能补多少?",
        facts={"注册商标件数": 2},
    )
    assert answer.understood is not None
    shown = {f.key: (f.value, f.source) for f in answer.understood.facts}
    assert shown["有效专利件数"] == ("3件", "said")
    assert shown["有效发明专利件数"] == ("0件", "said")
    assert shown["实际认证费用"] == ("15000元", "said")
    assert shown["首次通过认证"] == ("是", "said")
    assert shown["认定日期"] == ("2025-05", "said")
    assert shown["注册商标件数"] == ("2件", "given")
    assert [f.value for f in answer.understood.facts].count("企业") == 1


def test_policy_region_day_intents_and_language_are_shown(ask: Ask) -> None:
    shown = ask("抚州的专项资金办法里贯标补多少?", as_of="2026-02-03").understood
    assert shown is not None
    assert [p.policy_id for p in shown.policies] == ["fuzhou-ip-fund-2023"]
    assert (shown.region, shown.as_of, shown.language) == ("抚州", "2026-02-03", "zh")
    assert "amount" in shown.intents


def test_an_english_question_is_known_as_one(ask: Ask) -> None:
    shown = ask("Is the Fuzhou special fund still in force?").understood
    assert shown is not None
    assert (shown.language, shown.region) == ("en", "抚州")


def test_where_nothing_is_named_nothing_is_shown(ask: Ask) -> None:
    shown = ask("贯标补多少?").understood
    assert shown is not None
    assert (shown.policies, shown.region, shown.facts) == ([], None, [])


def test_chosen_policies_stand_for_those_in_the_words(ask: Ask) -> None:
    answer = ask("28号文里贯标补多少?", policies=["fuzhou-ip-fund-2023"])
    assert answer.understood is not None
    assert [p.policy_id for p in answer.understood.policies] == ["fuzhou-ip-fund-2023"]
    assert {c.policy_id for c in answer.citations} == {"fuzhou-ip-fund-2023"}


def test_a_chosen_region_stands_for_the_one_in_the_words(ask: Ask) -> None:
    answer = ask("赣州的企业贯标补多少?", region="抚州市")
    assert answer.understood is not None
    assert answer.understood.region == "抚州市"
    assert answer.refusal_reason != "other_region"


def test_an_unknown_policy_is_named_with_the_nearest(ask: Ask) -> None:
    with pytest.raises(QuestionError, match=r"fuzhou-ip-fund-2032.*fuzhou-ip-fund-2023"):
        ask("贯标补多少?", policies=["fuzhou-ip-fund-2032"])


def test_a_region_that_is_none_is_refused(ask: Ask) -> None:
    with pytest.raises(QuestionError, match="火星"):
        ask("贯标补多少?", region="火星")


def test_any_policy_may_answer_though_the_words_name_one(ask: Ask) -> None:
    named = ask("28号文里贯标补多少?").understood
    assert named is not None and [p.policy_id for p in named.policies] == ["cnipa-2023-28"]
    answer = ask("28号文里贯标补多少?", policies=["*"])
    assert answer.understood is not None and answer.understood.policies == []


def test_a_fact_given_as_null_is_not_what_the_words_say(ask: Ask) -> None:
    told = ask("我们公司有3件自主研发的实用新型,首次贯标花了1.5万,能补多少?")
    assert told.understood is not None and told.verdict == "pass"
    answer = ask("我们公司有3件自主研发的实用新型,首次贯标花了1.5万,能补多少?", facts={"有效专利件数": None})
    assert answer.understood is not None
    assert "有效专利件数" not in {f.key for f in answer.understood.facts}
    assert answer.verdict == "unknown" and "有效专利件数" in {m.key for m in answer.missing_facts}
