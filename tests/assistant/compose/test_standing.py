"""Whether a policy stands: one with an end, one without, one that is over."""

import pytest

from tests.assistant.conftest import Ask


@pytest.mark.parametrize(
    ("question", "as_of", "verdict", "says"),
    [
        ("示例市河湾工坊扶持办法现在还有效吗?", "2026-11-24", "pass", "2028年12月31日"),
        ("河湾工坊扶持办法过期了没?", "2029-01-01", "fail", "这份文件已过期,有效期至2028年12月31日[1]"),
        ("河湾工坊扶持办法还作数不?", "2026-03-10", "fail", "这份文件尚未施行,自2026年4月1日起施行[1]"),
    ],
)
def test_its_own_days_say_whether_it_stands(
    ask: Ask, question: str, as_of: str, verdict: str, says: str
) -> None:
    answer = ask(question, as_of=as_of)
    assert (answer.status, answer.verdict) == ("answered", verdict)
    assert says in answer.answer
    assert "有效期至2028年12月31日" in answer.citations[0].text


def test_what_an_expired_policy_said_is_said_after_that_it_expired(ask: Ask) -> None:
    answer = ask("示例市工坊租用闲置厂房,每年最高能补多少?", as_of="2029-02-01")
    first = answer.blocks[0].text
    assert first == "这份文件已过期,有效期至2028年12月31日[1]。下面是到期前的规定。"
    assert "有效期至2028年12月31日" in answer.citations[0].text
    assert answer.answer.count("有效期至") == 1


@pytest.mark.parametrize("asked", ["还有效吗", "废止了没有", "现在还能用吗", "过期了没", "还在执行吗"])
def test_a_policy_without_an_end_is_no_sure_yes(ask: Ask, asked: str) -> None:
    answer = ask(f"高价值专利培育项目办法{asked}?")
    assert (answer.status, answer.verdict) == ("answered", "unknown")
    assert "没有写有效期" in answer.blocks[0].text
    assert "核实" in answer.blocks[0].text


def test_an_honour_that_may_be_over_is_no_policy(ask: Ask) -> None:
    assert "没有写有效期" not in ask("2024年3月15日评上的抚州市知识产权优势企业,牌子过期没有?").answer


def test_an_expired_policy_for_those_who_ask_is_not_passed_over(ask: Ask) -> None:
    answer = ask("抚州个体户转成公司有什么好处?")
    assert answer.blocks[0].text.startswith("这份文件已过期")
    assert {c.policy_id for c in answer.citations} == {"fuzhou-geti-2023"}
    assert all("[" in b.text for b in answer.blocks if b.kind == "item")
