"""What a question sets side by side, and what it does not."""

from datetime import date

import pytest

from ceyin.assistant.rules.book import RuleBook
from ceyin.assistant.rules.files import FactSpec, RuleFile
from ceyin.assistant.sides import alone, sides, subjects_by_rule
from ceyin.assistant.understand import Question, understand
from tests.assistant.matching.town import policy

DAY = date(2026, 11, 25)
POLICIES = (
    policy("wool", "全国", "国家示例局关于加快建设示例毛线强市的指导意见", issued=date(2016, 5, 1)),
    policy("silk", "全国", "关于开展示例丝绸集聚示范区建设的通知", issued=date(2023, 5, 1)),
    policy("province", "江西省", "关于加强示例强省建设的行动方案(2022—2035年)"),
    policy("city", "抚州市", "抚州市示例强市行动方案(2023—2035年)"),
    policy("fund", "抚州市", "抚州市示例资金管理办法"),
    policy("district", "南京市", "南京市江宁区示例试验区建设工作方案"),
)


def asked(*turns: str) -> Question:
    return understand(turns, DAY, POLICIES)


def beside(*turns: str) -> list[tuple[str, set[str]]]:
    return [(side.name, set(side.policies or ())) for side in sides(asked(*turns), POLICIES)]


CITY = {"city", "fund"}
BY_POLICY = {
    "two regions": (
        "织布机的数量,江宁和抚州各定了几台?",
        [("江宁", {"district"}), ("抚州", CITY)],
    ),
    "a list of regions": (
        "织布机的数量,江宁、江西省、抚州市各定了几台?",
        [("江宁", {"district"}), ("江西省", {"province"}), ("抚州市", CITY)],
    ),
    "year and part of a name": (
        "纺纱车间,2016年毛线强市的指导意见和2023年集聚示范区建设的通知各自怎么说?",
        [("2016年毛线强市的指导意见", {"wool"}), ("2023年集聚示范区建设的通知", {"silk"})],
    ),
    "province and city by what the library holds": (
        "省里和市里对织布机分别有什么打算?",
        [("省里", {"province"}), ("市里", CITY)],
    ),
    "a region and the kind of its document": (
        "织布机,省的强省建设的行动方案列了哪些,抚州到2035年的强市行动方案又列了哪些?",
        [("省的强省建设的行动方案", {"province"}), ("抚州到2035年的强市行动方案", {"city"})],
    ),
    "most of a name in another order": (
        "纺纱车间,丝绸示范区集聚的通知和2016年毛线强市那个意见各自怎么说?",
        [("丝绸示范区集聚的通知", {"silk"}), ("2016年毛线强市那个意见", {"wool"})],
    ),
    "programmes": (
        "方案由谁印发,国家强市和集聚示范区两边规矩一样吗?",
        [("国家强市", {"wool"}), ("集聚示范区", {"silk"})],
    ),
    "two halves without a word of comparison": (
        "织布机的产量,国家局的集聚示范区建设的通知要求多少?江宁又定到多少?",
        [("国家局的集聚示范区建设的通知", {"silk"}), ("江宁", {"district"})],
    ),
    "a place the library has nothing of": (
        "织布机,江宁和兰州各定了几台?",
        [("江宁", {"district"}), ("兰州", set())],
    ),
    "a follow-up": ("织布机要几台?", "那江宁和抚州呢?", [("江宁", {"district"}), ("抚州", CITY)]),
}


@pytest.mark.parametrize("case", BY_POLICY.values(), ids=BY_POLICY.keys())
def test_the_policies_of_each_side(case: tuple[object, ...]) -> None:
    *turns, wanted = case
    assert beside(*(str(t) for t in turns)) == wanted


NO_SIDES = {
    "one region": "江宁的织布机各定了几台?",
    "a place within another": "江西省抚州市的织布机定了几台?",
    "a document of a region": "抚州的强市行动方案定了几台织布机?",
    "a case of one's own that names two texts": "我们在抚州,按国家局的集聚示范区建设的通知能申请吗?",
    "各 that is no 各自": "抚州各县区的织布机和纺纱车归谁管?",
    "two whom something is sent to": "我们的总结今天送织造局和纺纱局两边,赶得上吗?",
    "two things asked as one": "织布机和纺纱车能补多少?",
    "who receives it": "织布机的总结,今天分送国家局和省里两边,赶得上吧?",
}


@pytest.mark.parametrize("question", NO_SIDES.values(), ids=NO_SIDES.keys())
def test_what_is_no_comparison(question: str) -> None:
    assert beside(question) == []


SUBJECTS = {
    "two kinds of applicant": (
        "一个证书都没有的织工,和毕业的学徒,各自开店,贷款多少?",
        ["织工", "毕业的学徒"],
    ),
    "a head that belongs to both": ("企业在纺纱和染布上各打算怎么帮?", ["纺纱", "染布"]),
    "a tail that belongs to both": ("示范户和试点户的条件有什么不同?", ["示范户", "试点户"]),
    "three things to be told": (
        "抚州要求各村都有哪几样?织布机、纺纱车、染缸的都说说。",
        ["织布机", "纺纱车", "染缸"],
    ),
    "which is given more": ("织布机和纺纱车,抚州给的哪个厚?", ["织布机", "纺纱车"]),
    "the question a clause later": ("织布机和纺纱车这两样,抚州分别怎么说?", ["织布机", "纺纱车"]),
}


@pytest.mark.parametrize(("question", "names"), SUBJECTS.values(), ids=SUBJECTS.keys())
def test_two_subjects_of_one_question(question: str, names: list[str]) -> None:
    found = sides(asked(question), POLICIES)
    assert [side.policies for side in found] == [None] * len(names)
    for side, name in zip(found, names, strict=True):
        assert name.endswith(side.name)
        assert name in side.asked and not any(other in side.asked for other in names if other != name)


def test_a_side_is_asked_with_the_words_all_share_and_not_with_the_others() -> None:
    first, second = sides(
        asked("织布机的产量,国家局的集聚示范区建设的通知要求跟什么比?江宁又定到多少?"), POLICIES
    )
    assert "织布机的产量" in first.asked and "织布机的产量" in second.asked
    assert "跟什么比" in first.asked and "跟什么比" not in second.asked
    assert "跟什么比" in second.around  # what is left out may be what the first half said


@pytest.mark.parametrize(("question", "found"), [("各定了几台", True), ("各怎么说", False)])
def test_a_number_asked_for_is_looked_for(question: str, found: bool) -> None:
    question_of_all = asked(f"织布机,江宁和抚州{question}?")
    side = sides(question_of_all, POLICIES)[0]
    figure = alone(question_of_all, side).figure
    assert bool(figure and figure.search("达65台")) is found


def _rule(name: str, word: str) -> dict[str, object]:
    return {
        "id": f"fund/{name}", "kind": "amount", "title": name, "triggers": [[word, "多少"]],
        "pin": {"policy": "fund", "path": ["第一条"]}, "base": {"kind": "fixed", "amount": "2000"},
        "review": {"status": "reviewed", "by": "test", "on": date(2026, 11, 25)},
    }  # fmt: skip


FILE = RuleFile.model_validate(
    {"policy": "fund", "rules": [_rule("loom", "织布机"), _rule("wheel", "纺纱车")]}
)
BOOK = RuleBook(FILE.rules, {})

TOLD = {
    "two things told": ("买了织布机,花了3万,又修了纺纱车,花了1万,一共能拿多少?", 2),
    "one thing told with its cost": ("买了织布机,花了3万,又交了税,能拿多少?", 0),
    "two things told and no word that they go together": ("买了织布机,修了纺纱车,能拿多少?", 0),
}


@pytest.mark.parametrize(("question", "count"), TOLD.values(), ids=TOLD.keys())
def test_what_is_told_one_after_the_other_is_asked_rule_by_rule(question: str, count: int) -> None:
    found = subjects_by_rule(asked(question), BOOK)
    assert len(found) == count
    if count:
        assert ("3万" in found[0].asked, "1万" in found[0].asked) == (True, False)
        assert ("3万" in found[1].asked, "1万" in found[1].asked) == (False, True)


def test_of_two_honours_that_bar_each_other_neither_is_asked_alone() -> None:
    names = {"kind": "member", "fact": "奖项"}
    gold = _rule("loom", "织布机金奖") | {"requires": names | {"any_of": ["金奖"]}}
    silver = _rule("wheel", "纺纱车银奖") | {
        "requires": {"kind": "not", "of": names | {"any_of": ["金奖", "铜奖"]}}
    }
    fact = FactSpec.model_validate({"key": "奖项", "type": "choices", "question": "哪个奖?"})
    file = RuleFile.model_validate({"policy": "fund", "rules": [gold, silver]})
    question = asked("得了织布机金奖,又得了纺纱车银奖,一共能拿多少?")
    assert subjects_by_rule(question, RuleBook(file.rules, {fact.key: fact})) == []
