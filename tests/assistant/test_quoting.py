"""Answers that quote: the clause and the words that answer, lists, meanings, the imprint, what is in the library."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from ceyin.assistant.compose.outlines import labels, outlines
from ceyin.assistant.compose.quoting import quote
from ceyin.assistant.contract import Answer, AskRequest
from ceyin.assistant.defining import definition_wanted
from ceyin.assistant.understanding.beside import beside_name, blended
from ceyin.corpus.library import StoredPolicy
from ceyin.corpus.model import ClauseRef
from ceyin.corpus.read import read_source
from ceyin.corpus.segment import parse
from ceyin.indexes.hits import Hit
from ceyin.ui.app import App, open_app
from ceyin.ui.settings import Settings

FIXTURES = Path(__file__).parents[1] / "fixtures"
TODAY = date(2026, 11, 24)
PLAN = "示例市染坊街提升行动方案"

Ask = Callable[[str], Answer]


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    app = open_app(Settings(home=tmp_path_factory.mktemp("home")))
    for name in ("shili.txt", "shili-street.txt"):
        app.library.add(parse(read_source(FIXTURES / name)))
    app.index()
    yield app
    app.close()


@pytest.fixture
def ask(street: App) -> Ask:
    def answer(question: str) -> Answer:
        return street.assistant.answer(AskRequest(turns=[question]), today=TODAY)

    return answer


@pytest.fixture
def plan(street: App) -> StoredPolicy:
    return next(p for p in street.library.policies() if PLAN in p.title)


CLAUSES = {
    "the name of the policy does not choose its preamble": (
        "染坊街提升行动方案说要跟外头哪几个市多走动?",
        ["三", "(二)"],
        ["河西", "东岭", "南浦"],
    ),
    "a word in the text's other form": (
        "染坊街提升行动方案想让染艺网点铺到什么程度?",
        ["二", "(三)", "2"],
        ["全覆盖"],
    ),
    "how often": ("染坊街提升行动方案的落实情况隔多久查一回?", ["三", "(一)"], ["季度"]),
    "a great matter is not the word 大事": (
        "染坊街提升行动方案落实中碰到大事,要往哪里报?",
        ["三", "(一)"],
        ["市政府"],
    ),
    "what a word means": (
        "染坊街方案里的「三界」究竟指什么?",
        ["一", "(二)", "——1"],
        ["河界", "墙界", "路界"],
    ),
    "a general clause where it is asked for": (
        "染坊街提升行动方案的指导思想是什么?",
        ["一", "(一)"],
        ["主线"],
    ),
}


@pytest.mark.parametrize(("question", "path", "words"), CLAUSES.values(), ids=CLAUSES.keys())
def test_the_clause_that_answers_comes_first(
    ask: Ask, question: str, path: list[str], words: list[str]
) -> None:
    answer = ask(question)
    assert answer.status == "answered"
    assert answer.citations[0].path == path
    assert all(word in answer.answer for word in words)


def test_a_word_that_no_text_explains_is_said_to_be_unexplained_and_shown_in_use(ask: Ask) -> None:
    answer = ask("染坊街方案里的“清水染料”是什么意思?")
    assert answer.status == "answered" and "没有专门给这个说法下定义" in answer.answer and answer.citations
    assert ask("染坊街方案里的“三界”究竟指什么?").status == "answered"


def test_no_general_clause_is_added_to_one_that_answers(ask: Ask) -> None:
    answer = ask("染坊街提升行动方案落实中碰到大事,要往哪里报?")
    assert not [c.path for c in answer.citations if c.path[0] == "导语" or c.heading == "指导思想"]


LISTS = {
    "works by name": (
        "染坊街提升行动方案的三大工程分别叫什么?",
        ["晾场扩容", "匠人培育", "铺面焕新"],
        "三项工程",
    ),
    "aspects by number": (
        "染坊街提升要在哪四个方面下功夫?",
        ["水色鲜亮", "铺面齐整", "手艺在线", "夜市有序"],
        "四个方面",
    ),
    "parts of the whole": (
        "染坊街提升行动方案分哪三个部分?",
        ["总体要求", "重点任务", "保障措施"],
        "三个部分",
    ),
}


@pytest.mark.parametrize(("question", "names", "counted"), LISTS.values(), ids=LISTS.keys())
def test_a_list_is_named_whole(ask: Ask, question: str, names: list[str], counted: str) -> None:
    answer = ask(question)
    assert counted in answer.answer
    assert all(name in answer.answer for name in names)
    assert len(answer.citations) == len(names)


def test_a_list_is_named_by_what_its_items_are_called(ask: Ask) -> None:
    answer = ask("染坊街提升行动方案安排了哪几个工程?挨个报一下名字")
    assert "三项工程" in answer.answer
    assert all(name in answer.answer for name in ("晾场扩容", "匠人培育", "铺面焕新"))


NOWHERE = {
    "a sum": ("染坊街提升行动方案规定换清水染料的奖20万元,是第几条?", "没有写20万元"),
    "a rate": ("染坊街提升行动方案里说沿街铺面要修缮98%,是第几条?", "没有写98%"),
}


@pytest.mark.parametrize(("question", "words"), NOWHERE.values(), ids=NOWHERE.keys())
def test_a_figure_that_the_text_has_nowhere_is_denied(ask: Ask, question: str, words: str) -> None:
    answer = ask(question)
    assert answer.blocks[0].kind == "premise" and words in answer.blocks[0].text


SEVERAL = {
    "two clauses": (
        "染坊街提升行动方案里,老字号的招牌谁出图样?夜市摊位怎么管?",
        [["二", "(三)", "1"], ["一", "(二)", "——4"]],
    ),
    "what was said before it": (
        "染坊街提升行动方案对水渠怎么说?对夜市又怎么说?",
        [["二", "(一)", "2"], ["一", "(二)", "——4"]],
    ),
    "things named one by one": (
        "染坊街提升行动方案对招牌、水渠、夜市分别怎么说?",
        [["二", "(三)", "1"], ["二", "(一)", "2"], ["一", "(二)", "——4"]],
    ),
}


@pytest.mark.parametrize(("question", "paths"), SEVERAL.values(), ids=SEVERAL.keys())
def test_each_question_is_answered_by_its_own_clause_and_few_others(
    ask: Ask, question: str, paths: list[list[str]]
) -> None:
    cited = [c.path for c in ask(question).citations]
    assert all(path in cited for path in paths)
    assert len(cited) <= len(paths) + 1


@pytest.mark.parametrize("question", ["染坊街提升要在哪七个方面下功夫?", "染坊街要报给哪两家?"])
def test_no_list_is_made_up_for_a_number_none_has(ask: Ask, question: str) -> None:
    assert "列了" not in ask(question).answer


def test_outlines_have_every_item_once(plan: StoredPolicy) -> None:
    found = {o.path: o for o in outlines(plan)}
    assert [len(found[p].items) for p in ((), ("一", "(二)"), ("二",), ("三",))] == [3, 4, 3, 2]
    assert labels(found[("三",)].items) == "加强督查 加强协作"
    assert found[("一", "(二)")].title == "建设要求"


IMPRINTS = {
    "day and body": (f"{PLAN}是哪个单位哪天印的?", None),
    "a wrong month is put right": (f"{PLAN}是2026年3月印的吧?", "不是2026年3月"),
    "a right month is not": (f"{PLAN}是2026年5月印的吧?", None),
    "a wrong body is put right": (f"{PLAN}是省财政厅印发的吗?", "不是省财政厅"),
}


@pytest.mark.parametrize(("question", "put_right"), IMPRINTS.values(), ids=IMPRINTS.keys())
def test_the_imprint_and_its_premises(ask: Ask, question: str, put_right: str | None) -> None:
    answer = ask(question)
    assert "2026年5月8日" in answer.answer
    assert ["落款"] in [c.path for c in answer.citations]
    premises = [b.text for b in answer.blocks if b.kind == "premise"]
    assert [put_right in p for p in premises] == [True] if put_right else not premises


def test_a_wide_overview_says_no_figure_that_nothing_supports(ask: Ask) -> None:
    answer = ask("抚州企业能申请的名目有哪些?")
    assert len({c.policy_id for p in answer.parts for c in p.citations}) > 1


def test_another_paper_s_issuer_is_no_imprint(ask: Ask) -> None:
    assert "印发,2026年5月8日" not in ask("染坊街的修缮方案由谁印发?").answer


HELP = {
    "which places": ("你这儿能查到哪些省市的政策?", ["示例市", "四川省", "南京市"]),
    "places asked for": ("你这儿有没有示例市和四川的文件?", ["示例市", "四川省", "染坊街"]),
    "asked of the library": ("政策库里有示例市的文件吗", ["示例市", "染坊街"]),
    "a place that is lacking": ("你这儿有深圳的文件吗?", ["没有收录深圳"]),
    "who speaks": ("你是谁做的?", ["策引"]),
    "how to ask": ("怎么用", ["直接用平常的话问"]),
    "since when": ("数据什么时候更新的?", ["入库"]),
}


@pytest.mark.parametrize(("question", "words"), HELP.values(), ids=HELP.keys())
def test_help_names_what_is_there(ask: Ask, question: str, words: list[str]) -> None:
    answer = ask(question)
    assert (answer.kind, answer.status, answer.citations) == ("help", "answered", [])
    assert all(word in answer.answer for word in words)


def test_help_for_one_place_leaves_the_others_out(ask: Ask) -> None:
    assert "抚州" not in ask("你这儿有没有四川的文件?").answer


OVERVIEWS = {
    "a title's holder": ("评上集聚示范区有什么好处?一样样列给我", "cnipa-2023-28"),
    "one applicant in one province": ("四川给知识产权服务机构哪些扶持?", "sichuan-ip-services-2023"),
    "a city's money": ("抚州这笔知识产权资金,企业能申请的名目有哪些?", "fuzhou-ip-fund-2023"),
}


@pytest.mark.parametrize(("question", "policy"), OVERVIEWS.values(), ids=OVERVIEWS.keys())
def test_an_overview_keeps_to_what_is_meant(ask: Ask, question: str, policy: str) -> None:
    answer = ask(question)
    assert len(answer.parts) > 1
    assert {c.policy_id for p in answer.parts for c in p.citations} == {policy}
    assert all(len(p.citations) <= 5 for p in answer.parts)


MEANINGS = {
    "“三界”究竟指什么": "划定“三界”(河界、墙界)",
    "什么是河湾工坊?": "河湾工坊,是指在本市登记的",
    "TISC是什么意思": "支持中心(TISC)建设",
    "市级部门指的是谁?": "各市主管部门(以下简称市级部门)",
}


@pytest.mark.parametrize(("question", "sentence"), MEANINGS.items())
def test_a_sentence_that_gives_a_meaning_is_known(question: str, sentence: str) -> None:
    wanted = definition_wanted(question)
    assert wanted is not None
    assert wanted.search(sentence)
    assert not wanted.search("明确“三界”范围,扶持河湾工坊,建设TISC,市级部门配合")


def test_no_meaning_is_asked_by_a_sum() -> None:
    assert definition_wanted("租厂房一年最多补多少?") is None


def test_the_name_is_taken_from_the_question(plan: StoredPolicy) -> None:
    places = frozenset({"示例市"})
    rest = beside_name("示例市染坊街提升行动方案要把夜市摊位怎么管", [plan], places)
    assert "夜市" in rest
    assert "染坊街" not in rest
    assert beside_name("染坊街提升行动方案是什么", [plan], places) == "染坊街提升行动方案是什么"


def test_two_rankings_become_one() -> None:
    refs = [ClauseRef("p", (label,)) for label in "一二三"]
    whole = [Hit(refs[0], 9.0, 1, "fused"), Hit(refs[1], 8.0, 2, "fused")]
    asked = [Hit(refs[1], 4.0, 1, "fused"), Hit(refs[2], 1.0, 2, "fused")]
    found = blended(whole, asked, 2)
    assert [(h.ref, h.rank) for h in found] == [(refs[1], 1), (refs[0], 2)]


def test_a_list_of_the_responsible_with_brackets_inside_is_left_out_whole() -> None:
    text = "推广染艺。〔责任单位:市工信局,各县(区)人民政府,染坊街管委会〕"
    assert quote(text) == "推广染艺。"
    assert quote("推广染艺。(责任单位:各县(区)政府、市工信局)") == "推广染艺。"
