"""Segmenting: policies of our own (示例市), written to hold what real pages do to their text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceyin.corpus.model import ParsedPolicy, ParsedSource, Span
from ceyin.corpus.normalise import normalise
from ceyin.corpus.read import Source
from ceyin.corpus.segment import parse

FIXTURE = Path(__file__).parents[1] / "fixtures" / "shili.txt"


def parsed(text: str) -> ParsedSource:
    return parse(Source("示例.txt", "0" * 64, text, "txt"))


def spans(policy: ParsedPolicy) -> list[Span]:
    own = [c.span for c in policy.clauses] + [b.span for b in policy.blocks]
    return own + [s for annex in policy.annexes for s in spans(annex)]


def assert_lossless(source: ParsedSource) -> None:
    """Every character is covered once, in order, and each clause is what its span says."""
    covered = sorted([s for p in source.policies for s in spans(p)] + list(source.furniture))
    at = 0
    for span in covered:
        assert span.start == at, f"hole or overlap at {at}"
        at = span.end
    assert at == len(source.text)
    for policy in source.policies:
        for part in (policy, *policy.annexes):
            for clause in part.clauses:
                assert clause.text == normalise(clause.span.cut(source.text))


def paths(part: ParsedPolicy) -> list[str]:
    return ["/".join(c.path) for c in part.clauses]


def test_a_notice_with_an_attached_measure() -> None:
    source = parsed(FIXTURE.read_text(encoding="utf-8"))
    assert_lossless(source)
    (policy,) = source.policies
    assert policy.doc_number == "示政办发〔2026〕7号"
    assert policy.issuers == ("示例市人民政府办公室",)
    assert str(policy.issued) == "2026-03-02"
    assert paths(policy) == ["通知"]
    (annex,) = policy.annexes
    assert annex.title == "示例市河湾工坊扶持办法"
    assert "第五条/(二)" in paths(annex)
    assert str(policy.expires) == "2028-12-31"
    assert not policy.stub


GLUED = (
    "示例市政策汇编\n\n示例市试点工作方案\n\n"
    "示市发〔2026〕3号 各县(区)人民政府: 为做好试点工作,制定本方案。 一、总体要求 到2028年,建成试点10个。 二、主要任务 "
    "(一)加强引导。安排资金200万元支持试点单位,每家不超过5万元。(二)强化服务。设立窗口30个,按照(一)的要求办理。 三、保障措施 "
    "(三)落实责任。各县(区)按照第五条规定的标准执行,逐级压实责任。 示例市人民政府 2026年5月6日 \n\n来源:示例市 2026-05-08\n\n"
    "关于印发《示例市补助办法》的通知\n\n"
    "各县(区): 现将《示例市补助办法》印发给你们,请遵照执行。 2026年6月1日 第一章 总则 第一条 为规范补助,制定本办法。 第二条 市财政局负责管理。 "
    "县级财政配合做好管理。 第五条第二章 补助标准 第六条  补助包括: (一)租金补助。 (三)设备补助,每台补助 3万元。 研发补助 "
    "(二)对首次认定的企业,一次性补助 2万元,最高不超第三章 附则 第九条 本办法由市财政局解释。 \n\n来源:示例市财政局 2026-06-03\n"
)


def test_a_listing_page_with_one_line_per_policy() -> None:
    source = parsed(GLUED)
    assert_lossless(source)
    plan, measure = source.policies
    assert plan.title == "示例市试点工作方案"
    assert plan.doc_number == "示市发〔2026〕3号"
    assert paths(plan) == ["导语", "一", "二/(一)", "二/(二)", "三/(三)"]
    assert not any(c.damaged for c in plan.clauses)
    assert normalise(source.furniture[0].cut(source.text)) == "示例市政策汇编"
    assert measure.title == "关于印发《示例市补助办法》的通知"


def test_damage_is_named_at_its_place() -> None:
    measure = parsed(GLUED).policies[1].annexes[0]
    by_path = {"/".join(c.path): c for c in measure.clauses}
    notes = {d.note for d in measure.damages}
    assert "缺第三条、第四条" in notes
    assert by_path["?"].damage is not None and by_path["?"].damage.kind == "lost_label"
    assert by_path["第五条"].damage is not None and by_path["第五条"].damage.kind == "empty"
    assert "缺(二)" in notes
    assert by_path["第六条/(三)"].damage is None, "the intact item beside a break is intact"
    lost = by_path["?#2/(二)"]
    assert lost.heading_trail[-1] == "研发补助"
    assert lost.damage is not None and lost.damage.kind == "cut_end"


REFERENCES = {
    "an article cited by another": "第一条 为支持试点,制定本办法。\n第二条 试点单位按第五条规定的标准减半补助。\n第三条 违反第二条的,退回补助。\n",
    "a reference at the beginning of a paragraph": "第一条 为支持试点,制定本办法。\n第二条 补助如下。\n第五条规定的标准减半执行。\n第三条 本办法由市局解释。\n",
}


@pytest.mark.parametrize("body", REFERENCES.values(), ids=REFERENCES.keys())
def test_a_reference_begins_no_clause(body: str) -> None:
    (policy,) = parsed(f"示例市试点办法\n\n{body}").policies
    assert [p for p in paths(policy) if "五" in p] == []
    assert sum(p.startswith("第三条") for p in paths(policy)) == 1


def test_dash_paragraphs_and_a_stem_share_their_parent() -> None:
    text = (
        "关于开展示例试点的通知\n\n各县(区)人民政府:\n\n为开展试点,现通知如下:\n\n一、总体要求\n\n(一)目标\n\n到2028年,建成20个左右具备下列特征的试点:\n\n"
        "——服务集聚。机构超过10家。\n\n——品牌引领。品牌超过3个。\n\n到2030年,形成规模。\n\n二、组织实施\n\n1. 申报主体。县级人民政府申报。\n\n2. 申报时间。请于2026年9月10日前报送。\n\n"
        "特此通知。\n\n示例市人民政府\n\n2026年3月1日\n"
    )
    source = parsed(text)
    assert_lossless(source)
    assert paths(source.policies[0]) == [
        "导语", "一/(一)", "一/(一)/——1", "一/(一)/——2", "一/(一)/第二段", "二/1", "二/2",
    ]  # fmt: skip


def test_a_cover_note_alone_is_a_stub() -> None:
    text = (
        "关于印发《示例市年度计划》的通知\n\n示办〔2026〕6号\n\n各成员单位:\n\n经同意,现将《示例市年度计划》印发,请认真组织实施。\n\n"
        "特此通知。\n\n示例市联席会议办公室\n\n2026年5月11日\n"
    )
    (policy,) = parsed(text).policies
    assert policy.stub
    assert paths(policy) == ["通知"]


ARTICLES = st.integers(min_value=1, max_value=12)
WORDS = st.text(alphabet="本市企业申报补助资金管理使用监督检查应当按时", min_size=6, max_size=30)


@given(ARTICLES, st.lists(WORDS, min_size=12, max_size=12), st.booleans(), st.booleans())
def test_generated_articles_come_back(count: int, words: list[str], spaced: bool, glued: bool) -> None:
    from ceyin.corpus.numerals import to_chinese

    gap = " " if spaced else ""
    rows = [f"第{gap}{to_chinese(k)}{gap}条 {words[k - 1]}。" for k in range(1, count + 1)]
    text = "示例市补助管理办法\n\n" + (" " if glued else "\n").join(rows) + "\n"
    source = parsed(text)
    assert_lossless(source)
    if not glued:
        assert paths(source.policies[0]) == [f"第{to_chinese(k)}条" for k in range(1, count + 1)]


@given(st.text(alphabet="示例市关于通知第一二三条章、(一)1.——。;:\n 办法2026年3月1日", max_size=200))
def test_no_text_is_lost_whatever_it_is(text: str) -> None:
    assert_lossless(parsed(text))
