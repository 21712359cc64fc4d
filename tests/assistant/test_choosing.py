"""Which rule decides: one that answers what is asked, on the clause found, and none where a quotation is better."""

from datetime import date

import pytest

from ceyin.assistant.choosing import Candidate
from ceyin.assistant.contract import AskRequest
from ceyin.assistant.rules.model import AmountRule
from ceyin.ui.app import App

TODAY = date(2026, 11, 24)


def candidates(app: App, text: str) -> list[Candidate]:
    ready = app.assistant.prepare(AskRequest(question=text), today=TODAY)
    return app.assistant.chooser.candidates(ready.deciding)


def chosen(app: App, text: str) -> str | None:
    ready = app.assistant.prepare(AskRequest(question=text), today=TODAY)
    decisions = app.assistant.chooser.choose(ready.deciding)
    return decisions[0].rule.id if decisions else None


CHOSEN = {
    "a subsidy asked in the words of its trigger": (
        "我们公司第一次通过贯标认证,交了1.2万认证费,有3件自己研发的专利,能补多少?",
        "fuzhou-fund/certification-subsidy",
    ),
    "a premium": ("我们投保专利执行险交了8000元,补多少?", "fuzhou-fund/patent-insurance"),
    "a day": ("2024年5月6日批准的示范区,建设方案最晚哪天印发?", "cnipa-28/plan-deadline"),
}


@pytest.mark.parametrize(("text", "rule"), CHOSEN.values(), ids=CHOSEN.keys())
def test_the_rule_that_answers_is_chosen(program: App, text: str, rule: str) -> None:
    assert chosen(program, text) == rule


@pytest.mark.parametrize("text", ["专项资金的管理遵循什么原则?", "你好", "明天天气怎么样?"])
def test_none_is_chosen_where_nothing_is_to_be_decided(program: App, text: str) -> None:
    assert chosen(program, text) is None


NO_SUM = {
    "years": "退役军人创业担保贷款一轮最多几年?",
    "a number of things": "2025年国家级的服务网点合起来要达到多少个?",
}


@pytest.mark.parametrize("text", NO_SUM.values(), ids=NO_SUM.keys())
def test_no_sum_answers_what_asks_for_years_or_a_target(program: App, text: str) -> None:
    assert not [c for c in candidates(program, text) if isinstance(c.decision.rule, AmountRule)]
    asked = text.replace("几年", "多少钱").replace("要达到多少个", "奖多少钱")
    assert [c for c in candidates(program, asked) if isinstance(c.decision.rule, AmountRule)]


def test_a_rule_triggered_twice_is_weighed_once(program: App) -> None:
    ids = [c.decision.rule.id for c in candidates(program, "贯标认证费补贴能补多少?贯标补多少?")]
    assert len(ids) == len(set(ids))


def test_what_speaks_against_a_rule_lowers_its_score(program: App) -> None:
    best = max(candidates(program, "我们投保专利执行险交了8000元,补多少?"), key=lambda c: c.score)
    for name in ("lost", "missing", "misfit"):
        worse = Candidate(best.decision, {**best.features, name: best.features[name] + 1.0})
        assert worse.score <= best.score, name
    for name in ("triggered", "top", "special"):
        better = Candidate(best.decision, {**best.features, name: best.features[name] + 1.0})
        assert better.score >= best.score, name


def test_the_same_question_is_decided_alike_twice(program: App) -> None:
    text = "我们投保专利执行险交了8000元,补多少?"
    first, second = (
        app_answer.model_copy(update={"timings_ms": None}).model_dump_json(exclude={"timings_ms"})
        for app_answer in (
            program.assistant.answer(AskRequest(question=text), today=TODAY),
            program.assistant.answer(AskRequest(question=text), today=TODAY),
        )
    )
    assert first == second
