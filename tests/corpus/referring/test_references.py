"""References: found where they stand and nowhere else, and resolved to the clauses of 示例市's own policies."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ceyin.corpus.model import ParsedPolicy, Reference, ReferenceKind, ReferenceStatus
from ceyin.corpus.normalise import normalise
from ceyin.corpus.read import Source, read_source
from ceyin.corpus.referring.citations import Anchor, find
from ceyin.corpus.referring.directory import Directory, Entry, stored_entry
from ceyin.corpus.referring.references import references
from ceyin.corpus.segment import parse
from ceyin.corpus.stored import from_cards
from tests.corpus.town import Draft, Line, entry, page

LABELS = Path(__file__).parents[3] / "evals" / "labels" / "references.yaml"

# -- finding ------------------------------------------------------------------------------------------

FOUND = {
    "an article whose rule is used": ("第五条规定的标准减半", ["第五条"]),
    "article, paragraph and item are one": ("按照第九条第一款第(二)项执行", ["第九条第一款第(二)项"]),
    "an inserted article": ("依照第二十条之一第二款处理", ["第二十条之一第二款"]),
    "digits for numerals": ("见第12条第2款", ["第12条第2款"]),
    "a point below an item": ("符合第三条第(一)项第2目的", ["第三条第(一)项第2目"]),
    "the paragraph before": ("依照前款处理", ["前款"]),
    "the two paragraphs before": ("有前两款行为的", ["前两款"]),
    "an item of the paragraph before": ("前款第(三)项所列材料", ["前款第(三)项"]),
    "the article before and its own": ("前条和本条第二款", ["前条", "本条第二款"]),
    "an item above": ("上述第(二)项", ["上述第(二)项"]),
    "a bare item behind a cue": ("按照(二)执行", ["(二)"]),
    "a part and its section": ("按照二、(三)的要求", ["二、(三)"]),
    "a range of articles": ("第三条至第五条", ["第三条至第五条"]),
    "a range within one 项": ("第(一)至(三)项情形", ["第(一)至(三)项"]),
    "a list of articles is one": ("第三条、第五条和第七条规定", ["第三条、第五条和第七条"]),
    "a list within one 条": ("第三、四、五条规定", ["第三、四、五条"]),
    "this document": ("本办法、本通知和本实施细则所称", ["本办法", "本通知", "本实施细则"]),
    "an article of this document": ("违反本办法第八条的", ["本办法第八条"]),
    "a chapter": ("适用本章规定,并按照第三章办理", ["本章", "第三章"]),
    "a part of a plan": ("按照第二部分安排", ["第二部分"]),
    "annexes": ("填写附件2(见附表)", ["附件2", "附表"]),
    "an article of an annex": ("违反本办法附录第二条规定", ["本办法", "附录第二条"]),
    "a law by title": ("《示例法》第三条第一款", ["《示例法》第三条第一款"]),
    "a law without 《》": ("依照示例商铺法第十三条规定", ["示例商铺法第十三条"]),
    "a law without article": ("依照示例商铺法的有关规定处理", ["示例商铺法"]),
    "two laws in one breath": (
        "依照示例法第三条、第四条和本条例第五条",
        ["示例法第三条、第四条", "本条例第五条"],
    ),
    "a title with its number": ("《甲办法》(示发〔2024〕3号)", ["《甲办法》(示发〔2024〕3号)"]),
    "a nested title": ("《关于印发〈甲办法〉的通知》", ["《关于印发〈甲办法〉的通知》"]),
    "the year before the letters": ("〔1996〕示字第82号收悉", ["〔1996〕示字第82号"]),
    "the short name where it is given": ("《甲方案》(以下简称《方案》)已经同意", ["《甲方案》"]),
    "a number in round brackets": ("根据示政办发(2024)3号", ["示政办发(2024)3号"]),
    "a number in square brackets and spaces": ("按照示政办发[2024] 3 号要求", ["示政办发[2024] 3 号"]),
    "a number in black brackets": ("示财行【2024】12号文件", ["示财行【2024】12号文件"]),
    "a number for short": ("按28号文执行", ["28号文"]),
    "an order": ("示例市人民政府令第20号公布", ["示例市人民政府令第20号"]),
    "that document": ("该办法第三条", ["该办法第三条"]),
    "a treaty": ("《示例公约》第五条", ["《示例公约》第五条"]),
    "the clauses above": ("违反示例法第三条的,依照上述条款处理", ["示例法第三条", "上述条款"]),
    "that article": ("示例法第三条有除外的,依照该条规定", ["示例法第三条", "该条"]),
    "a title whose end is lost": (
        "《关于支持示例小店的行动方案(高价值,支撑",
        ["《关于支持示例小店的行动方案"],
    ),
    "two policies side by side": ("《甲办法》《乙规定》", ["《甲办法》", "《乙规定》"]),
}

NOT_FOUND = [
    "建成第一条生产线", "第一条跨江隧道", "第三款国产车型", "第一批名单", "第三方机构", "第二产业", "第十四届会议",
    "第三季度完成", "一条龙服务", "实现第一目标", "完成第三项任务", "第一项工作", "前三项指标均达标", "目前款项到位",
    "当前项目进展", "日本法律", "基本办法", "企业法人", "本法人", "成本计划", "样本规范", "资本规划", "支持方向:(一)改造;(二)扩建",
    "合同第三条款项", "有关附件材料", "附件第一批名单", "第二部分学生", "第一章程序", "第二目的", "第三节课", "万元以上条件的", "2024年第一季度", "号称第一", "同法人机构",
    "上述情形", "以上款项", "本条件", "前条件", "依照国家司法规定", "按照合法规定", "违反税法规定",  "该条例", "该条款", "该款产品", "《未完的话",
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), FOUND.values(), ids=FOUND.keys())
def test_a_reference_is_found(words: str, expected: list[str]) -> None:
    text = normalise(words)
    assert [text[m.start : m.end] for m in find(text)] == [normalise(e) for e in expected]


@pytest.mark.parametrize("words", NOT_FOUND)
def test_what_only_looks_like_a_reference_is_none(words: str) -> None:
    text = normalise(words)
    assert [text[m.start : m.end] for m in find(text)] == []


LAWS = [
    "数据安全法",
    "民用航空法",
    "人口与计划生育法",
    "对外贸易法",
    "科学技术普及法",
    "企业所得税法",
    "中华人民共和国公司法",
    "刑法",
    "民法典",
]


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("lead", ["依照", "违反", "以及", "符合", "或者", "和", "对", ""])
def test_a_law_is_named_whole_whatever_stands_before(law: str, lead: str) -> None:
    (mention,) = find(f"单位{lead}{law}第三条的" if lead else f"{law}第三条的")
    assert mention.title == law


def test_a_short_name_is_read_with_its_title() -> None:
    (mention,) = find("《示例商铺条例》(示发〔2024〕3号,以下简称《条例》)")
    assert (mention.anchor, mention.short, mention.number) == (Anchor.TITLE, "条例", "示发〔2024〕3号")


# -- resolving in one document ------------------------------------------------------------------------

RULES = Draft(
    title="示例市开门补贴办法",
    number="示政发〔2024〕9号",
    lines=(
        Line(("第一条",), "第一条 根据《示例商铺法》(以下简称商铺法),制定本办法。"),
        Line(("第二条", "第一款"), "第二条 小店可以申请补贴。"),
        Line(("第二条", "第二款"), "前款所称小店不含连锁店。"),
        Line(("第三条",), "第三条 申请应当提交下列材料:"),
        Line(("第三条", "(一)"), "(一) 本人证件;"),
        Line(("第三条", "(二)"), "(二) 前项证件的复印件;"),
        Line(("第四条",), "第四条 {}"),
        Line(("第十条之一",), "第十条之一 本条由市财政局解释。"),
    ),
)


def rules(words: str) -> tuple[ParsedPolicy, str]:
    lines = tuple(Line(line.path, line.words.format(words)) for line in RULES.lines)
    source = page(Draft(RULES.title, lines, RULES.number))
    return source.policies[0], source.text


def said(words: str, path: str = "第四条", directory: Directory | None = None) -> list[Reference]:
    """The references of the clause at ``path`` of the rules, whose fourth article says ``words``."""
    policy, text = rules(words)
    found = references(policy, text, directory)
    return [r for c in policy.clauses if "/".join(c.path) == path for r in found.get(c.span, ())]


def places(reference: Reference) -> list[str]:
    return ["/".join(t.path) for t in reference.targets]


RESOLVED = {
    "an article": ("第三条规定的材料", ["第三条"]),
    "an article with one paragraph is its own first": ("第三条第一款规定的材料", ["第三条"]),
    "an item with its paragraph left out": ("第三条第二项", ["第三条/(二)"]),
    "a paragraph": ("本办法第二条第二款", ["第二条/第二款"]),
    "a list of items": ("第三条第(一)、(二)项", ["第三条/(一)", "第三条/(二)"]),
    "a list that comes back up": ("第二条第一款和第三条", ["第二条/第一款", "第三条"]),
    "a range": ("第二条至第四条", ["第二条", "第三条", "第四条"]),
    "a range over an inserted article": ("第四条至第十条之一", ["第四条", "第十条之一"]),
    "an inserted article": ("第十条之一", ["第十条之一"]),
    "the article before": ("前条规定的材料", ["第三条"]),
    "the two articles before": ("前两条规定的材料", ["第二条", "第三条"]),
    "an item of the article before": ("前条第(一)项规定的材料", ["第三条/(一)"]),
    "its own article": ("本条规定的期限", ["第四条"]),
    "the whole document": ("本办法所称小店", [""]),
    "an item named by the article before it": ("第三条所列第二项材料", ["第三条/(二)"]),
    "itself by number": ("示政发〔2024〕9号第三条", ["第三条"]),
    "itself by title": ("《示例市开门补贴办法》第三条", ["第三条"]),
}


@pytest.mark.parametrize(("words", "expected"), RESOLVED.values(), ids=RESOLVED.keys())
def test_a_reference_leads_to_its_clause(words: str, expected: list[str]) -> None:
    reference = said(words)[-1]
    assert (reference.status, places(reference)) == (ReferenceStatus.RESOLVED, expected)


def test_a_target_names_the_leaves_below_it() -> None:
    (reference,) = said("第三条规定的材料")
    assert reference.targets[0].leaves == (("第三条",), ("第三条", "(一)"), ("第三条", "(二)"))


def test_the_paragraph_before_counts_from_where_it_is_said() -> None:
    (reference,) = said("无", "第二条/第二款")
    assert (reference.kind, places(reference)) == (ReferenceKind.RELATIVE, ["第二条/第一款"])


def test_the_item_before_counts_from_where_it_is_said() -> None:
    (reference,) = said("无", "第三条/(二)")
    assert places(reference) == ["第三条/(一)"]


def test_the_number_of_a_clause_is_no_reference() -> None:
    assert said("补贴一次付清。") == []


def test_an_article_that_is_not_there_is_ambiguous_and_says_so() -> None:
    (reference,) = said("第三十条规定的材料")
    assert (reference.status, reference.targets) == (ReferenceStatus.AMBIGUOUS, ())
    assert "没有第三十条" in reference.note


def test_an_article_that_the_damage_took_is_damaged() -> None:
    text = "示例市补助办法\n\n第一条 为支持小店,制定本办法。\n第二条 补助包括租金。\n第五条 按照第三条的标准执行。\n"
    source = parse(Source("示例.txt", "0" * 64, text, "txt"))
    (policy,) = source.policies
    (reference,) = [r for rs in references(policy, text).values() for r in rs if r.text == "第三条"]
    assert reference.status is ReferenceStatus.DAMAGED


def test_a_plan_is_cited_by_its_parts() -> None:
    lines = (
        Line(("一", "(一)"), "(一)目标。建成示范店20家。"),
        Line(("二", "(一)", "1"), "1.申报。按照第三部分要求办理。"),
        Line(("二", "(一)", "2"), "2.评审。依照一、(一)执行,并按1执行。"),
        Line(("三",), "三、组织实施。按照第二部分第(一)项办理。"),
    )
    source = page(Draft("示例市开门方案", lines))
    found = references(source.policies[0], source.text)
    by_text = {r.text: (r.status.value, places(r)) for rs in found.values() for r in rs}
    assert by_text == {
        "第三部分": ("resolved", ["三"]),
        "一、(一)": ("resolved", ["一/(一)"]),
        "第二部分第(一)项": ("resolved", ["二/(一)"]),
    }


def test_an_annex_is_its_own_document_and_its_notice_the_other() -> None:
    annex = Draft("示例市开门补贴办法", (Line(("第一条",), "第一条 本办法与本通知一并施行。"),))
    cover = Draft(
        "示例市人民政府关于印发《示例市开门补贴办法》的通知",
        (Line(("通知",), "现将《示例市开门补贴办法》印发给你们(见附件),违反第一条的退回补贴。"),),
        "示政发〔2024〕9号",
        annexes=(annex,),
    )
    source = page(cover)
    found = references(source.policies[0], source.text, policy_id="shi-9")
    meant = [(r.text, r.targets[0].title, places(r)) for rs in found.values() for r in rs]
    assert meant == [
        ("《示例市开门补贴办法》", annex.title, [""]),
        ("附件", annex.title, [""]),
        ("第一条", annex.title, ["第一条"]),
        ("本办法", annex.title, [""]),
        ("本通知", cover.title, [""]),
    ]
    assert {r.targets[0].policy_id for rs in found.values() for r in rs} == {"shi-9"}


# -- resolving between documents ----------------------------------------------------------------------

SHELF = Directory.of(
    [
        Entry("shang-pu-fa", "示例商铺法", None, (("第一条",), ("第二条", "第一款"), ("第二条", "第二款"))),
        Entry("shi-28", "关于印发《示例市门脸方案》的通知", "示发〔2023〕28号", (("一", "(一)"),)),
        Entry("old", "示例市灯箱办法", "示灯〔2019〕1号", ()),
        Entry("new", "示例市灯箱办法", "示灯〔2022〕2号", ()),
    ]
)

ELSEWHERE = {
    "by its title": ("《示例商铺法》第二条第二款", "resolved", "shang-pu-fa", ["第二条/第二款"]),
    "by its full title": ("《中华人民共和国示例商铺法》", "resolved", "shang-pu-fa", [""]),
    "by the short name given above": ("依照商铺法第一条", "resolved", "shang-pu-fa", ["第一条"]),
    "by the short name alone": ("商铺法所称小店", "resolved", "shang-pu-fa", [""]),
    "by its number in other brackets": ("示发[2023] 28号一、(一)", "resolved", "shi-28", ["一/(一)"]),
    "by its number for short": ("28号文", "resolved", "shi-28", [""]),
    "by what it issues": ("《示例市门脸方案》", "resolved", "shi-28", [""]),
    "an article it does not have": ("《示例商铺法》第九条", "ambiguous", "shang-pu-fa", [""]),
    "a title two policies bear": ("《示例市灯箱办法》", "ambiguous", "new", ["", ""]),
    "a number tells them apart": ("《示例市灯箱办法》(示灯〔2022〕2号)", "resolved", "new", [""]),
    "an unknown number under a known title": (
        "《示例市灯箱办法》(示灯〔2024〕7号)",
        "not_in_corpus",
        None,
        [""],
    ),
    "unknown by title": (
        "《示例市路灯办法》第三条至第五条",
        "not_in_corpus",
        None,
        ["第三条", "第四条", "第五条"],
    ),
}


@pytest.mark.parametrize(("words", "status", "policy_id", "paths"), ELSEWHERE.values(), ids=ELSEWHERE.keys())
def test_another_document(words: str, status: str, policy_id: str | None, paths: list[str]) -> None:
    (reference,) = said(words, directory=SHELF)
    assert (reference.kind, reference.status.value, places(reference)) == (
        ReferenceKind.POLICY,
        status,
        paths,
    )
    assert policy_id in {t.policy_id for t in reference.targets}


def test_the_clauses_of_a_known_policy_are_named_by_their_ids() -> None:
    (reference,) = said("依照《示例商铺法》第二条", directory=SHELF)
    assert [str(ref) for ref in reference.targets[0].refs] == [
        "shang-pu-fa 第二条第一款",
        "shang-pu-fa 第二条第二款",
    ]


def test_a_stored_policy_is_known_by_its_title_number_and_aliases() -> None:
    stored = from_cards(
        entry("shi-hui", "示例市实惠办法", doc_number="示惠〔2024〕5号", aliases=("实惠十条",))
    )
    shelf = Directory.of([stored_entry(stored)])
    for words in ("《示例市实惠办法》", "示惠〔2024〕5号", "《实惠十条》"):
        (reference,) = said(words, directory=shelf)
        assert reference.targets[0].policy_id == "shi-hui", words


WORKS = [
    "领取《开门许可证》",
    "通过《小店管理规范》国家标准认证",
    "登上《示例日报》",
    "填写《开门补贴申报书》",
    "推广《小店收银指南》",
]


@pytest.mark.parametrize("words", WORKS)
def test_a_work_is_no_policy(words: str) -> None:
    (reference,) = said(words)
    assert (reference.kind, reference.status) == (ReferenceKind.WORK, ReferenceStatus.EXTERNAL)


def test_a_guide_that_has_to_be_followed_is_a_policy() -> None:
    (reference,) = said("严格按照《小店评价指标》打分")
    assert reference.kind is ReferenceKind.POLICY


def test_an_earlier_text_of_the_same_name_is_another_document() -> None:
    (reference,) = said("2015年3月1日发布的《示例市开门补贴办法》同时废止")
    assert (reference.status, reference.targets[0].policy_id) == (ReferenceStatus.NOT_IN_CORPUS, None)


def test_a_bare_article_behind_another_law_belongs_to_it_where_own_ones_are_named_in_full() -> None:
    policy, text = rules("违反本办法第二条或者《示例商铺法》第一条规定,以及第三条规定的")
    last = [r for rs in references(policy, text, SHELF).values() for r in rs if r.text == "第三条"]
    assert last[0].targets[0].title == "示例商铺法"


# -- spans --------------------------------------------------------------------------------------------

TOKENS = st.sampled_from(
    ["第", "一", "二", "三", "条", "款", "项", "(", ")", "（", "）", "《", "》", "法", "本", "办法", "前", "附件", "1", "〔2024〕", "号",
     "、", "和", "至", "按照", " ", "\u3000", "\n", "，", "。", "示发", "規定", "ⅱ", "①", "以下简称", "e\u0301", "文", "之", "部分", "該", "令第"]
)  # fmt: skip


@given(st.lists(TOKENS, max_size=60))
def test_every_reference_lies_in_its_clause_and_is_what_its_span_says(tokens: list[str]) -> None:
    body = "".join(tokens)
    lines = (Line(("第一条",), f"第一条 {body}"), Line(("第二条", "(一)"), body))
    source = page(Draft("示例市随便办法", lines))
    (policy,) = source.policies
    found = references(policy, source.text)
    assert_spans_hold(policy, source.text, found)


def assert_spans_hold(policy: ParsedPolicy, text: str, found: object) -> None:
    assert isinstance(found, dict)
    for clause in policy.clauses:
        end = 0
        for reference in found.get(clause.span, ()):
            assert clause.span.start <= reference.span.start < reference.span.end <= clause.span.end
            assert normalise(reference.span.cut(text)) == reference.text == reference.within.cut(clause.text)
            assert reference.within.start >= end, "no two overlap"
            end = reference.within.end


@pytest.mark.shared
@pytest.mark.parametrize("script", ["cnipa-2016-86.govcn-big5.txt", "fuzhou-policy-listing.jxpisp.txt"])
def test_spans_hold_on_the_official_pages(shared: Path, script: str) -> None:
    source = parse(read_source(shared / "corpus" / script))
    for policy in source.policies:
        found = references(policy, source.text)
        for part in (policy, *policy.annexes):
            assert_spans_hold(part, source.text, found)


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "unit", ["第一、", "第一条、", "《", "《关于", "(", "本", "〔2024〕", "法规定", "附件", "前款"]
)
def test_nothing_repeated_takes_long(unit: str) -> None:
    find(unit * 20_000)


# -- measured on texts labelled by hand ---------------------------------------------------------------


def labelled() -> dict[str, list[tuple[int, int, str, list[str]]]]:
    """The labels by file: start, end, document, addresses (see the head of the file)."""
    files = yaml.safe_load(LABELS.read_text(encoding="utf-8"))["files"]
    return {file["file"]: [tuple(row) for row in file["references"]] for file in files}


def read_plain(path: Path) -> Source:
    """A file with the marks of Markdown blanked, so that offsets stay."""
    source = read_source(path)
    if path.suffix != ".md":
        return source
    blank = re.sub(r"<!--.*?-->|^#+|\*\*", lambda m: " " * len(m.group()), source.text, flags=re.S | re.M)
    return replace(source, text=blank)


def meant(policy: ParsedPolicy, reference: Reference) -> tuple[str, list[str]]:
    own = {part.title for part in (policy, *policy.annexes)}
    document = "self" if reference.targets and reference.targets[0].title in own else "other"
    if reference.kind is ReferenceKind.WORK:
        document = "work"
    elif reference.status is ReferenceStatus.DAMAGED:
        document = "lost"
    return document, [path for path in places(reference) if path]


@pytest.mark.shared
def test_labelled_references_are_found_and_resolved(shared: Path) -> None:
    """Over the five pages and two regulations: at least 98% found, 98% of those found right, 98% resolved."""
    hits = wanted = given = right = 0
    for name, rows in labelled().items():
        source = read_plain(shared / name)
        found = {
            (r.span.start, r.span.end): meant(policy, r)
            for policy in parse(source).policies
            for rs in references(policy, source.text).values()
            for r in rs
        }
        expected = {(start, end): (document, paths) for start, end, document, paths in rows}
        both = found.keys() & expected.keys()
        hits, wanted, given = hits + len(both), wanted + len(expected), given + len(found)
        right += sum(found[at] == expected[at] for at in both)
    assert hits / wanted >= 0.98, f"recall {hits}/{wanted}"
    assert hits / given >= 0.98, f"precision {hits}/{given}"
    assert right / hits >= 0.98, f"resolved {right}/{hits}"
