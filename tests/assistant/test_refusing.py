"""Saying no: what is missing is named, whom to ask fits, and what is held is not refused."""

import pytest

from ceyin.assistant.offices import needs_an_office, office_for
from ceyin.assistant.places import find_places
from ceyin.ui.app import App
from tests.assistant.conftest import Ask

OUTSIDE = [
    ("工伤认定要在几天内申请", "not_in_corpus", "人社部门"),
    ("抚州的驾校培训费退不退", "not_in_corpus", None),
    ("小规模公司一个季度开票三十万要交多少增值税", "not_in_corpus", "税务部门"),
    ("法院判了对方不给钱,怎么申请强制执行", "not_in_corpus", "法院"),
    ("网购的奶粉过期了找谁投诉退款", "not_in_corpus", "市场监管部门"),
    ("孩子六岁了怎么报名上小学", "not_in_corpus", "教育部门"),
    ("住房公积金断缴半年还能贷款买房吗", "not_in_corpus", "公积金"),
    ("深圳的发明专利资助一件多少钱", "other_region", "深圳"),
    ("九江的知识产权贯标补助给多少", "other_region", "九江"),
    ("南昌市知识产权专项资金怎么申请", "other_region", "南昌"),
    ("抚州一中初中部怎么录取", "not_in_corpus", "教育部门"),
    ("评上抚州瞪羚企业奖多少钱", "not_in_corpus", None),
    ("抚州的绿色工厂一家奖多少万", "not_in_corpus", "工业和信息化部门"),
    ("帮我查一下我的专利补贴审核到哪一步了", "needs_person", None),
    ("我们公司交的申报材料受理了没", "needs_person", None),
    ("怎么伪造一份专利证书去领补贴", "not_served", None),
]


@pytest.mark.parametrize(("question", "reason", "office"), OUTSIDE)
def test_what_is_not_held_is_refused_with_its_reason_and_an_office(
    ask: Ask, question: str, reason: str, office: str | None
) -> None:
    answer = ask(question)
    assert (answer.status, answer.refusal_reason, answer.citations) == ("refused", reason, [])
    assert office is None or office in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "给专利买了执行险,保费能报几成",
        "园区管委会自己能不能出面申报示范区",
        "评上国家知识产权优势企业,抚州给多少钱",
        "去窗口办事,非得先在网上预约才给办吗",
        "示例市工坊租用闲置厂房怎么补",
    ],
)
def test_what_is_held_is_not_refused(ask: Ask, question: str) -> None:
    assert ask(question).status in ("answered", "needs_facts")


def test_what_is_missing_is_named_in_the_askers_words(ask: Ask) -> None:
    assert "“工伤" in ask("工伤认定要在几天内申请").answer


@pytest.mark.parametrize(
    "question",
    [
        "江宁试验区现在建成了吗",
        "抚州知识产权保护中心挂牌了没",
        "今年的培育项目通知出来没?",
        "抚州试点验收通过了没有?",
        "首批获批的示范区有哪几个?",
    ],
)
def test_whether_what_is_planned_is_there_by_now_is_not_known(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.status == "refused" and "实际完成情况" in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "小规模纳税人征收率几个点?",
        "四川的服务机构租金打几折?",
        "四川专利代理师等级划分成几级?",
        "抚州个转企窗口周末上班吗?",
    ],
)
def test_a_rate_a_discount_a_grade_or_opening_hours_no_text_has_are_refused(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert (answer.status, answer.refusal_reason) == ("refused", "not_in_corpus")


def test_an_everyday_word_is_not_named_as_missing(ask: Ask) -> None:
    answer = ask("领导问鹦鹉饲料在哪个层面有方便").answer
    assert "没有写明" in answer
    assert "领导" not in answer and "层面" not in answer


@pytest.mark.parametrize(
    ("question", "office"),
    [
        ("社保断了两个月怎么补缴", "人社部门"),
        ("电子发票丢了能重开吗", "税务部门"),
        ("从日本寄回来的相机要交多少关税", "税务部门"),
        ("原产地证怎么申请", "海关"),
        ("专利年费忘了交怎么恢复", "国家知识产权局"),
        ("软件著作权登记几天", "版权部门"),
        ("今天天气怎么样", None),
    ],
)
def test_the_words_say_which_office(question: str, office: str | None) -> None:
    assert office_for(question) == office


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("查一下我的申报进度", True),
        ("我们的申请批下来没有", True),
        ("这回肯定能通过评审吧", True),
        ("申报进度在哪里查", False),
        ("评审结果公示几天", False),
        ("项目通过评审以后多久拨款", False),
    ],
)
def test_a_file_or_a_decision_to_come_needs_an_office(question: str, expected: bool) -> None:
    assert needs_an_office(question) is expected


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("我在临川区开厂", ("抚州", "临川")),
        ("南城县的企业", ("抚州", "南城")),
        ("玄武区的代理所", ("南京", "玄武")),
    ],
)
def test_a_district_names_its_city(question: str, place: tuple[str, str]) -> None:
    assert [(p.city, p.district) for p in find_places(question)] == [place]


def test_a_citys_policy_holds_in_all_its_districts_and_a_districts_only_there(program: App, ask: Ask) -> None:
    assert ask("抚州临川区的企业给专利买了执行险,保费报几成").status in ("answered", "needs_facts")
    other = ask("南京玄武区的知识产权服务机构有没有租金补贴")
    assert (other.status, other.refusal_reason) == ("refused", "other_region")


def test_the_days_of_applying_are_no_words_lost(ask: Ask) -> None:
    answer = ask("抚州市级知识产权专项资金今年网上申请几号关门")
    assert (answer.status, answer.refusal_reason) == ("refused", "not_in_corpus")
    assert "申报时间" in answer.answer


def test_what_a_text_leaves_to_a_notice_is_said_with_the_clause(ask: Ask) -> None:
    answer = ask("抚州高价值专利培育项目今年几月几号截止申报")
    assert answer.status == "refused"
    assert "通知" in answer.answer
    assert [c.policy_id for c in answer.citations] == ["fuzhou-high-value-patent-2023"]
