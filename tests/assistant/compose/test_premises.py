"""A wrong figure taken for granted is put right first; a right one, and what no text has, is left alone."""

import pytest

from tests.assistant.conftest import Ask

WRONG = {
    "a share": ("示例市工坊租用闲置厂房,听说按租金的60%补,是吗?", "不是60%,文件写的是40%"),
    "a sum": ("听说工坊第一次拿到河湾手艺认证能补5万元?", "不是5万元,文件写的是1.5万元"),
    "a term": ("河湾示范工坊的称号管五年,没错吧?", "不是五年,文件写的是三年"),
    "a ceiling keeps its bound": (
        "工坊租用闲置厂房,不是说每年最高补10万元吗?",
        "不是10万元,文件写的是最高不超过6万元",
    ),
}
RIGHT = {
    "the figure of the text": "示例市工坊租用闲置厂房,听说按租金的40%补,是吗?",
    "a figure of the user's own": "我们工坊租用闲置厂房,交了8万元租金,能补多少?",
    "no figure": "听说工坊租用闲置厂房有补贴,是吗?",
}


@pytest.mark.parametrize(("question", "words"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_figure_is_put_right_before_all_else(ask: Ask, question: str, words: str) -> None:
    answer = ask(question)
    assert answer.blocks[0].kind == "premise"
    assert answer.blocks[0].text.startswith(words)
    assert answer.blocks[0].citations


@pytest.mark.parametrize("question", RIGHT.values(), ids=RIGHT.keys())
def test_what_is_not_wrong_is_not_put_right(ask: Ask, question: str) -> None:
    assert all(b.kind != "premise" for b in ask(question).blocks)


def test_a_share_to_be_confirmed_is_answered_and_nothing_asked(ask: Ask) -> None:
    answer = ask("抚州专项资金里宣传培训的工作经费,我们按20%列没毛病吧?")
    assert answer.status == "answered"
    assert not answer.missing_facts
    assert "15%" in answer.answer


# -- what stands beside it in an answer ----------------------------------------------------------------


def test_an_orphan_item_says_nothing_of_what_follows(ask: Ask) -> None:
    answer = ask("示例市灯塔奖获奖单位没有保存奖牌会怎么处罚?")
    assert answer.status in ("refused", "source_incomplete", "answered")
    assert "罚款" not in answer.answer


def test_every_citation_says_when_its_text_was_read(ask: Ask) -> None:
    answer = ask("工坊第一次拿到河湾手艺认证补多少?")
    assert answer.citations and all(c.checked_on for c in answer.citations)


def test_the_explanation_names_clauses_rules_and_confidence(ask: Ask) -> None:
    answer = ask("工坊第一次拿到河湾手艺认证补多少?", explain=True)
    found = answer.explanation
    assert found is not None and found.wording == "rules" and found.confidence >= found.threshold
    assert any(c.cited for c in found.clauses)
    assert ask("工坊第一次拿到河湾手艺认证补多少?").explanation is None


def test_suggestions_are_of_other_clauses_than_the_one_cited(ask: Ask) -> None:
    answer = ask("企业首次通过知识产权管理体系认证能补多少?")
    assert 1 <= len(answer.suggestions) <= 3
    assert len(set(answer.suggestions)) == len(answer.suggestions)


def test_another_batch_is_not_held(ask: Ask) -> None:
    answer = ask("集聚示范区第二批什么时候截止收材料?")
    assert answer.status == "refused" and "第二批" in answer.answer
    assert ask("集聚示范区首批什么时候截止收材料?").status == "answered"


def test_several_targets_are_met_only_together(ask: Ask) -> None:
    both = ask("江宁试验区知识产权服务机构120家、执业专利代理师90人,2026年的目标都够了吗?")
    assert both.verdict in ("fail", None)
    assert ask("江宁试验区知识产权服务机构120家,2026年的目标够了吗?").verdict == "pass"


def test_a_fail_says_what_would_have_to_change(ask: Ask) -> None:
    answer = ask("我们公司第一次通过贯标,自己研发的专利只有2件,没有发明专利,认证费1万元,能补吗?")
    assert answer.verdict == "fail"
    advice = [b.text for b in answer.blocks if b.kind == "next"]
    assert any("有效专利件数要到3件" in text for text in advice)


def test_who_is_barred_in_general_is_told_no_papers(ask: Ask) -> None:
    answer = ask("抚州高价值专利培育项目没有通过验收,以后还能不能报知识产权项目?")
    assert "三年" in answer.answer
    assert not [b for b in answer.blocks if b.kind in ("next", "unsaid")]


def test_a_day_has_its_weekday_and_how_far_off_it_is(ask: Ask) -> None:
    answer = ask("2026年10月9日批准的示范区,建设方案最晚哪天印发?")
    basis = " ".join(b.text for b in answer.blocks if b.kind == "basis")
    assert "2027年1月11日(周一)" in basis or "2027年1月9日(周六)" in basis
    assert "还有" in basis


def test_after_an_award_was_paid_no_sum_is_exact(ask: Ask) -> None:
    before = ask("抚州的公司,去年领过省级优势企业的1万,今年评上国家知识产权示范企业,还能拿多少?")
    assert before.amount_kind == "at_most"
    assert ask("抚州的公司今年评上国家知识产权示范企业,能拿多少?").amount_kind == "exact"


def test_no_sum_is_granted_where_none_is_asked_for(ask: Ask) -> None:
    answer = ask("抚州高价值专利培育项目立项后半路换承担单位行吗")
    assert answer.verdict != "pass" and answer.amount_cny is None
