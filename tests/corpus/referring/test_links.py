"""Links: what a policy of 示例市 does with the documents it names, said by the verb."""

import pytest

from ceyin.corpus.model import DamageKind, DocumentLink, LinkKind, ReferenceStatus
from ceyin.corpus.normalise import normalise
from ceyin.corpus.referring.directory import Directory, Entry
from ceyin.corpus.referring.links import links
from ceyin.corpus.wire import ParsedSourceView
from tests.corpus.town import Draft, Line, page


def linked(
    words: str, title: str = "示例市开门补贴办法", directory: Directory | None = None
) -> list[DocumentLink]:
    source = page(Draft(title, (Line(("第一条",), f"第一条 {words}"),), "示发〔2024〕9号"))
    policy = source.policies[0]
    found = links(policy, source.text, directory)[policy.span]
    for link in found:
        assert normalise(link.span.cut(source.text))
        assert link.clause_path in ((), ("第一条",))
    return list(found)


def said(words: str, title: str = "示例市开门补贴办法") -> list[tuple[str, str]]:
    return [(link.kind.value, link.title or link.doc_number or "") for link in linked(words, title)]


SENTENCES = {
    "the basis of a policy": ("根据《甲法》,制定本办法。", [("implements", "甲法")]),
    "one verb governs the list": (
        "根据《甲法》《乙条例》和《丙办法》(丙发〔2020〕1号)等有关规定,制定本办法。",
        [("implements", "甲法"), ("implements", "乙条例"), ("implements", "丙办法")],
    ),
    "two verbs, two lists": (
        "为贯彻落实《甲纲要》,参照《乙办法》,制定本办法。",
        [("implements", "甲纲要"), ("quotes", "乙办法")],
    ),
    "a plan carried out": (
        "为深入实施《甲纲要》和《乙规划》,加快推进开门。",
        [("implements", "甲纲要"), ("implements", "乙规划")],
    ),
    "who issued it does not matter": ("深入落实省政府印发的《甲意见》精神。", [("implements", "甲意见")]),
    "by its number alone": (
        "按照示府发〔2021〕7号要求,做好开门工作。",
        [("implements", "示府发〔2021〕7号")],
    ),
    "a law applied to a case": ("依照《甲法》处罚。", [("quotes", "甲法")]),
    "a law broken": ("违反《甲法》的,不予补贴。", [("quotes", "甲法")]),
    "an article defines": ("本办法所称小店,是指《甲法》第三条规定的商户。", [("quotes", "甲法")]),
    "repealed at the same time": (
        "本办法自2024年5月1日起施行。《甲办法》同时废止。",
        [("supersedes", "甲办法")],
    ),
    "a list repealed": (
        "《甲办法》(示发〔2019〕1号)和《乙细则》同时废止。",
        [("supersedes", "甲办法"), ("supersedes", "乙细则")],
    ),
    "no longer applied": ("《甲办法》自本办法施行之日起不再执行。", [("supersedes", "甲办法")]),
    "this one prevails": ("《甲办法》与本办法不一致的,以本办法为准。", [("supersedes", "甲办法")]),
    "kept in force": ("《甲办法》继续有效。", [("quotes", "甲办法")]),
    "not repealed": ("《甲办法》未废止的部分另行通知。", [("quotes", "甲办法")]),
    "its own forerunner": (
        "2015年1月1日发布的《示例市开门补贴办法》同时废止。",
        [("supersedes", "示例市开门补贴办法")],
    ),
    "amended": ("对《甲办法》作如下修改:", [("amends", "甲办法")]),
    "an article amended": ("将《甲办法》第三条修改为下列文字。", [("amends", "甲办法")]),
    "revision asked for by a plan": ("推动修订《甲条例》。", [("quotes", "甲条例")]),
    "a work is linked to nothing": ("领取《开门许可证》。", []),
    "itself is linked to nothing": ("《示例市开门补贴办法》由市局解释。", []),
    "a quotation beside something stronger is left out": (
        "根据《甲法》,制定本办法。小店的含义见《甲法》第二条。",
        [("implements", "甲法")],
    ),
}


@pytest.mark.parametrize(("words", "expected"), SENTENCES.values(), ids=SENTENCES.keys())
def test_the_verb_says_what_the_link_is(words: str, expected: list[tuple[str, str]]) -> None:
    assert said(words) == expected


TITLES = {
    "issues by title": ("示例市政府关于印发《甲办法》(试行)的通知", ("issues", "甲办法(试行)")),
    "issues without 《》": ("示例市政府关于印发示例市甲方案的通知", ("issues", "示例市甲方案")),
    "amends by title": ("示例市政府关于修改《甲办法》的决定", ("amends", "甲办法")),
    "supersedes by title": ("示例市政府关于废止《甲办法》的决定", ("supersedes", "甲办法")),
}


@pytest.mark.parametrize(("title", "expected"), TITLES.values(), ids=TITLES.keys())
def test_the_title_says_it_too(title: str, expected: tuple[str, str]) -> None:
    assert said("请遵照执行。", title) == [expected]


def test_a_known_policy_has_its_id() -> None:
    shelf = Directory.of([Entry("jia", "甲法", None, ())])
    (link,) = linked("根据《甲法》,制定本办法。", directory=shelf)
    assert (link.policy_id, link.status) == ("jia", ReferenceStatus.RESOLVED)


def test_what_a_cover_note_alone_issues_is_missing() -> None:
    cover = Draft(
        "关于印发《示例市年度计划》的通知",
        (Line(("通知",), "现将《示例市年度计划》印发给你们。"),),
        stub=True,
        damages=(DamageKind.STUB,),
    )
    source = page(cover)
    (link,) = links(source.policies[0], source.text)[source.policies[0].span]
    assert (link.kind, link.title, link.status) == (
        LinkKind.ISSUES,
        "示例市年度计划",
        ReferenceStatus.DAMAGED,
    )


def test_the_parse_object_carries_references_and_links() -> None:
    annex_draft = Draft(
        "示例市补助办法",
        (
            Line(("第一条",), "第一条 根据《甲法》第二条,制定本办法。"),
            Line(("第二条",), "第二条 补助按照第一条执行。"),
        ),
    )
    cover = Draft(
        "关于印发《示例市补助办法》的通知",
        (Line(("通知",), "现将《示例市补助办法》印发。"),),
        annexes=(annex_draft,),
    )
    parsed = page(cover)
    policy = ParsedSourceView.of(parsed).policies[0]
    assert [(link.kind, link.title, link.clause_path) for link in policy.links] == [
        ("issues", "示例市补助办法", [])
    ]
    (annex,) = policy.annexes
    assert [(link.kind, link.title) for link in annex.links] == [("implements", "甲法")]
    (last,) = annex.clauses[-1].references
    assert (last.text, last.kind, last.status) == ("第一条", "clause", "resolved")
    assert parsed.text[slice(*last.span)] == "第一条"
    assert [t.path for t in last.targets] == [["第一条"]]


def test_policies_of_one_source_know_each_other() -> None:
    drafts = (
        Draft("示例市灯箱办法", (Line(("第一条",), "第一条 灯箱应当明亮。"),), "示发〔2024〕1号"),
        Draft(
            "示例市灯箱细则",
            (Line(("第一条",), "第一条 根据《示例市灯箱办法》第一条,制定本细则。"),),
            "示发〔2024〕2号",
        ),
    )
    second = ParsedSourceView.of(page(*drafts)).policies[1]
    (link,) = second.links
    assert (link.kind, link.doc_number, link.status) == ("implements", "示发〔2024〕1号", "resolved")
