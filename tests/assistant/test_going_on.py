"""Second questions without a subject of their own, and two figures compared."""

import pytest

from ceyin.assistant.compose.differing import of_words
from ceyin.assistant.sides import sides
from ceyin.assistant.understanding.splitting import parts_of, told_until
from tests.assistant.test_sides import POLICIES, asked

GOES_ON = {
    "a grade": ("评上省级织布网点奖多少?国家级的呢?", "评上国家级织布网点奖多少?"),
    "a year": ("示例县2025年的织布机目标是多少?2035年呢?", "示例县2035年的织布机目标是多少?"),
    "a word of its kind": ("拿了织布金奖奖多少钱?银奖呢?", "拿了织布银奖奖多少钱?"),
    "another applicant": ("个人买织布机能补多少?以公司名义呢?", "以公司名义,买织布机能补多少?"),
}


@pytest.mark.parametrize(("message", "second"), GOES_ON.values(), ids=GOES_ON.keys())
def test_what_goes_on_is_asked_of_the_other_thing(message: str, second: str) -> None:
    assert parts_of(message)[1] == second


def test_what_a_later_question_supposes_is_not_told_in_the_first() -> None:
    message = "个人买织布机能补多少?以公司名义呢?"
    assert "公司" not in told_until(message, 0)
    assert "公司" in told_until(message, 1)


@pytest.mark.parametrize("question", ["抚州的省级织布网点奖多少?", "抚州省级织布网点和市级织布网点各奖多少?"])
def test_a_grade_of_an_honour_is_no_side(question: str) -> None:
    assert all(side.policies is None for side in sides(asked(question), POLICIES))


def test_two_parties_have_each_what_is_told_of_them() -> None:
    county, works = sides(asked("我县新评了织布镇,我们厂是织布大户,县里和我厂各得多少钱?"), POLICIES)
    assert "织布镇" in county.asked and "织布大户" not in county.asked
    assert "织布大户" in works.asked and "织布镇" not in works.asked


COMPARED = {
    "more": (("织布机达3台", "织布机达5台"), "哪个高?", "乙更高"),
    "same": (("织布机达3台", "织布机达3台"), "一样多吗?", "一样"),
    "as asked": (("每三年评一次", "期限三年"), "都是三年吗?", "都是"),
}


@pytest.mark.parametrize(("words", "said", "told"), COMPARED.values(), ids=COMPARED.keys())
def test_two_figures_are_compared(words: tuple[str, str], said: str, told: str) -> None:
    assert told in of_words(["甲", "乙"], words, [1, 2], words, said)


def test_figures_of_different_kinds_are_not_compared() -> None:
    words = ("织布机达3台", "补贴3万元")
    assert of_words(["甲", "乙"], words, [1, 2], words, "哪个高?") == ""
