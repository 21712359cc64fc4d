"""Which rule decides: one that answers what is asked, on the clause found, and none where a quotation is better."""

from datetime import date
from decimal import Decimal

import pytest

from ceyin.assistant.choosing import Candidate
from ceyin.assistant.contract import AskRequest
from ceyin.assistant.rules.model import AmountRule
from ceyin.assistant.rules.values import Verdict
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


ONE_FIGURE = {
    "the target named, not its neighbour of the same unit": (
        "江宁建成的国家专利导航服务基地有2家,算达标了吗?",
        ["jiangning/navigation"],
    ),
    "a target called by its words, the others are not": (
        "江宁试验区服务了1200家企业的转化、保护事项,达标没",
        ["jiangning/served-matters"],
    ),
    "a figure apart from the name of its target": (
        "我们抚州今年的案子整整办结了九成,试点方案的结案率算过线了吗?",
        ["fuzhou-pilot/closing-rate"],
    ),
}


@pytest.mark.parametrize(("text", "rules"), ONE_FIGURE.values(), ids=ONE_FIGURE.keys())
def test_one_figure_is_set_against_one_target(program: App, text: str, rules: list[str]) -> None:
    ready = program.assistant.prepare(AskRequest(question=text), today=TODAY)
    assert [d.rule.id for d in program.assistant.chooser.choose(ready.deciding)] == rules


def test_a_deadline_says_late_to_none_who_asks_for_no_day(program: App) -> None:
    of_plan = [
        c
        for c in candidates(program, "示范区的牌子2023年11月20日批的,到今天还能挂吗?")
        if "plan" in c.decision.rule.id
    ]
    assert of_plan == []


def test_a_fixed_day_is_no_answer_where_nothing_is_handed_in(program: App) -> None:
    of_day = [
        c for c in candidates(program, "示范区的名头管到啥时候?") if "first-batch" in c.decision.rule.id
    ]
    assert of_day == []


@pytest.mark.parametrize("text", ["专项资金的管理遵循什么原则?", "你好", "明天天气怎么样?"])
def test_none_is_chosen_where_nothing_is_to_be_decided(program: App, text: str) -> None:
    assert chosen(program, text) is None


PARTS = {
    "a firm is admitted, the rest is open": (
        "我们厂有十几件发明,强链护链补助够不够格?",
        "fuzhou-fund/chain-project",
        Verdict.UNKNOWN,
    ),
    "one condition met, another told of is not": (
        "市政府牵头,地方是省级经开区,从没挂过国家的牌子,底子和推进都平平,能不能报示范区?",
        "cnipa-28/which-zone",
        Verdict.FAIL,
    ),
    "one condition met, another told of is open": (
        "这个园是国家级高新区,原来是集聚发展试验区,能建成示范区吗?",
        "cnipa-28/which-zone",
        Verdict.UNKNOWN,
    ),
    "where it is built, the park is told to be of the city": (
        "以前是集聚发展示范区,市政府报示范区,但园区是市级的,行吗?",
        "cnipa-28/which-zone",
        Verdict.FAIL,
    ),
    "the standing told is no yes": (
        "以前就是集聚发展示范区,现在能报新的示范区吗?",
        "cnipa-28/which-zone",
        Verdict.UNKNOWN,
    ),
    "the standing alone is asked": (
        "光看身份,原集聚发展示范区能报示范区吗?",
        "cnipa-28/demonstration-identity",
        Verdict.PASS,
    ),
    "a school is not": ("我们学校够不够格拿强链护链补助?", "fuzhou-fund/chain-recipient", Verdict.FAIL),
    "more is wanted than there is": (
        "今年专项资金420万,想安排70万做宣传培训,行不行?",
        "fuzhou-fund/work-funds",
        Verdict.FAIL,
    ),
    "a sum for counties is none for a shop": (
        "我是个体户,国家地理标志保护产品资助我能享受吗?",
        "fuzhou-fund/gi-recipient",
        Verdict.FAIL,
    ),
    "less is wanted": (
        "今年专项资金420万,想安排60万做宣传培训,行不行?",
        "fuzhou-fund/work-funds",
        Verdict.PASS,
    ),
    "a grant worked out is due, whatever was hoped": (
        "公司主动告赢商标侵权,律师费5万,能报3万吗?",
        "fuzhou-fund/rights-protection",
        Verdict.PASS,
    ),
}


@pytest.mark.parametrize(("text", "rule", "verdict"), PARTS.values(), ids=PARTS.keys())
def test_no_yes_is_given_to_a_part_or_to_more_than_the_most(
    program: App, text: str, rule: str, verdict: Verdict
) -> None:
    ready = program.assistant.prepare(AskRequest(question=text), today=TODAY)
    first = program.assistant.chooser.choose(ready.deciding)[0]
    assert (first.rule.id, first.result.verdict) == (rule, verdict)


YEARS = {
    "each year has its own cap": (
        "公司24年主动告赢商标侵权,代理费5万;25年又告赢一场,代理费6万,两年共补多少?",
        "33000",
    ),
    "the cap of one year bites": (
        "公司去年主动告赢商标侵权,律师费8万;今年又告赢一场,律师费3万,一共补多少?",
        "29000",
    ),
    "what was paid is left out": (
        "公司24年主动告赢商标侵权,代理费5万,已经补过了;25年又告赢一场,代理费6万,能补多少?",
        "18000",
    ),
    "two of one year share its cap": ("公司今年主动告赢两场商标侵权,代理费一场5万一场6万,补多少?", "20000"),
}


@pytest.mark.parametrize(("text", "amount"), YEARS.values(), ids=YEARS.keys())
def test_a_yearly_cap_holds_for_each_year(program: App, text: str, amount: str) -> None:
    answer = program.assistant.answer(AskRequest(question=text), today=TODAY)
    assert answer.amount_cny is not None
    assert Decimal(answer.amount_cny) == Decimal(amount)


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


def test_what_partners_of_another_kind_get_is_no_answer_to_the_asker(program: App) -> None:
    text = "我们五个应届毕业生合伙开店,创业担保贷款合起来最多能贷多少?"
    ready = program.assistant.prepare(AskRequest(question=text), today=date(2025, 3, 10))
    ids = {c.decision.rule.id for c in program.assistant.chooser.candidates(ready.deciding)}
    assert "geti/graduate-partnership" in ids and "geti/veteran-joint-total" not in ids


def test_another_award_of_the_clause_found_is_not_told_as_the_one_asked_for(program: App) -> None:
    assert chosen(program, "抚州的个体户一转成公司,财政一次性发几千块奖金,到底发多少?") is None


def test_a_limit_of_the_clause_outranks_a_yes(program: App) -> None:
    turns = ["山洪把店冲了,想歇业,员工都谈妥了", "路要修很久,那我停四年行不行?"]
    ready = program.assistant.prepare(AskRequest(turns=turns, as_of="2025-07-01"), today=TODAY)
    first = program.assistant.chooser.choose(ready.deciding)[0]
    assert (first.rule.id, first.result.verdict) == ("geti/closure-length", Verdict.FAIL)


def test_a_word_that_calls_a_rule_is_not_lost_to_it(program: App) -> None:
    """贯标 stands neither in the clause nor in what the rule says; everybody calls the certification so."""
    assert chosen(program, "贯标认证能补多少钱") == "fuzhou-fund/certification-subsidy"


def test_several_titles_of_one_firm_are_one_case(program: App) -> None:
    text = "企业同时交来国家优势企业和抚州市示范企业两份证,该打几笔、打多少钱?"
    answer = program.assistant.answer(AskRequest(question=text), today=TODAY)
    assert answer.amount_cny == Decimal(20000)
