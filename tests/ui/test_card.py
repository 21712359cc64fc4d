"""The card of an answer: each kind of paragraph, chips and forms, details, both languages."""

from __future__ import annotations

import re
from types import ModuleType
from typing import Any

import pytest

from ceyin.assistant.compose.draft import block
from ceyin.assistant.contract import Answer, AskRequest, Block, Citation, MissingFact, Table, Understood
from ceyin.assistant.rules.files import FactSpec
from ceyin.assistant.understood import ANY_POLICY
from ceyin.ui.page.answer_card import answer_card, plain_copy
from ceyin.ui.page.blocks import blocks_html, blocks_of
from ceyin.ui.page.card_words import EN, ZH
from ceyin.ui.page.cited import Cited, checked_line
from ceyin.ui.page.corrections import Corrections, corrected
from ceyin.ui.page.fields import Desk, as_given
from ceyin.ui.page.reader import policy_html
from ceyin.ui.page.thread import Turn, thread_html
from tests.ui.seen import Seen, check


@pytest.fixture
def desk(app: Any) -> Desk:
    return Desk.of(app.book, {v.policy_id: v.title for v in app.stored})


def _answer(app: Any, fake: ModuleType, question: str, **asked: Any) -> Answer:
    found: Answer = app.assistant.answer(AskRequest(turns=[question], **asked), today=fake.TODAY)
    return found


def _cited(app: Any, fake: ModuleType, words: Any = ZH) -> Cited:
    return Cited([fake.cite(app.stored[0], 1, ["第四条"], "40%")], 7, -1, words)


def _names(html: str, tag: str, attr: str) -> list[str | None]:
    return [attrs[attr] for name, attrs in Seen(html).tags if name == tag and attr in attrs]


def test_chips_stand_only_where_a_citation_is(app: Any, fake: ModuleType) -> None:
    seen = check(_cited(app, fake).html("四成[1][2],另见 [3] 和 [x]。"))
    chips = [attrs for tag, attrs in seen.tags if tag == "button"]
    assert [(c["data-turn"], c["data-part"], c["data-n"]) for c in chips] == [("7", "-1", "1")]
    assert "第四条" in (chips[0]["aria-label"] or "")
    assert "[2]" in seen.words and "[3]" in seen.words and "[x]" in seen.words


def test_a_chip_stays_with_the_words_before_it_and_the_point_after(app: Any, fake: ModuleType) -> None:
    html = _cited(app, fake).html("按四成补贴 [1]。还有别的")
    assert re.search(r'按四成补<span class="cy-keep">贴<button.*</button>。</span>还有别的$', html)


@pytest.mark.parametrize(
    ("kind", "text", "wanted"),
    [
        ("conclusion", "可以申请[1]。", '<p class="cy-conclusion">'),
        ("premise", "不是五年[1]。", f'<p class="cy-premise"><b>{ZH.correction}</b>'),
        ("calculation", "计算:四成[1]。", '<p class="cy-sum">'),
        ("basis", "依据:四成[1]。", '<p class="cy-sum">'),
        ("item", "· 申请表[1]", '<ul class="cy-items"><li>申请<span'),
        ("next", "交到服务站[1]。", f'<section class="cy-next"><h4>{ZH.next}</h4><p>'),
        ("unsaid", "文件没有写明发放时间[1]。", f"<h4>{ZH.unsaid}</h4><p>发放时<span"),
        ("unsaid", "没有找到别的条文[1]。", f"<h4>{ZH.unsaid}</h4><p>没有找到别的条"),
        ("need", "还差一项[1]。", "<p>还差一"),
        ("note", "期满可以复评[1]。", "<p>期满可以复"),
        ("table", "没有表格[1]", "<p>没有表"),
    ],
)
def test_each_kind_of_paragraph_has_its_look(
    app: Any, fake: ModuleType, kind: Any, text: str, wanted: str
) -> None:
    html = blocks_html([block(kind, text)], _cited(app, fake))
    check(html)
    assert wanted in html and html.count('data-do="cite"') == 1


@pytest.mark.parametrize("verdict", ["pass", "fail", "unknown"])
def test_a_condition_has_its_mark_once_and_its_word(app: Any, fake: ModuleType, verdict: Any) -> None:
    mark = {"pass": "\u2714", "fail": "\u2718", "unknown": "?"}[verdict]
    html = blocks_html([block("condition", f"{mark} 在示例市登记[1]", verdict=verdict)], _cited(app, fake))
    seen = check(html)
    assert seen.words.count(mark) == 1 and ZH.checks[verdict] in seen.words
    assert f'class="cy-check cy-is-{verdict}"' in html


def test_a_quotation_stands_apart_from_its_address(app: Any, fake: ModuleType) -> None:
    cited = _cited(app, fake)
    at = cited.citations[0].cite_as
    html = blocks_html([block("quote", f"租金,另见{at}:按实际租金的40%补贴[1]。")], cited)
    assert f'<p class="cy-quote"><span class="cy-quote-at">租金,另见{at}</span>按实际租金的40%补' in html
    card = Cited([cited.citations[0].model_copy(update={"text_kind": "card"})], 0, -1, ZH)
    assert "cy-from-card" in blocks_html([block("quote", f"{at}:补贴[1]。")], card)
    assert 'lang="zh-CN"' in blocks_html([block("quote", f"{at}:补贴[1]。")], _cited(app, fake, EN))


def test_neighbours_of_one_kind_are_one_list(app: Any, fake: ModuleType) -> None:
    blocks = [
        block("condition", "\u2714 甲", verdict="pass"),
        block("condition", "\u2718 乙", verdict="fail"),
        block("item", "· 丙"),
        block("next", "交表。"),
        block("next", "等公示。"),
    ]
    html = blocks_html(blocks, _cited(app, fake))
    assert re.findall(r'<ul class="cy-(\w+)">', html) == ["conditions", "items"]
    assert html.count(f"<h4>{ZH.next}</h4>") == 1 and "<ul><li>交表。</li><li>等公示。</li></ul>" in html


def test_a_comparison_is_a_table_that_scrolls_in_its_own_box(app: Any, fake: ModuleType) -> None:
    table = Table(columns=["各方", "怎么写"], rows=[["示例市", "四成[1]"], ["别处", "没有<b>"]])
    html = blocks_html([block("table", "| |", table=table)], _cited(app, fake))
    seen = check(html)
    assert [tag for tag, _ in seen.tags if tag in ("th", "td")] == ["th", "th", "th", "td", "th", "td"]
    box = next(attrs for tag, attrs in seen.tags if attrs.get("class") == "cy-table")
    assert box["tabindex"] == "0" and box["role"] == "region" and box["aria-label"] == "各方 · 怎么写"
    assert html.count('data-do="cite"') == 1 and "没有&lt;b&gt;" in html


def test_an_answer_stored_without_blocks_is_its_lines() -> None:
    old = Answer(question="q", as_of="2026-11-23", status="answered", answer="可以。\n\n还要交表。")
    assert blocks_of(old) == [Block(kind="conclusion", text="可以。"), Block(kind="note", text="还要交表。")]
    assert "还要交表。" in check(answer_card(old, 0, Desk({}, {}))).words


def test_questions_one_by_one_stand_open_and_are_said_once(app: Any, fake: ModuleType, desk: Desk) -> None:
    two = _answer(app, fake, "两个问题")
    parts = [p.model_copy(update={"blocks": [block("conclusion", p.answer)]}) for p in two.parts]
    whole = [block("conclusion", p.answer.replace("[1]", f"[{i}]")) for i, p in enumerate(two.parts, 1)]
    html = answer_card(two.model_copy(update={"parts": parts, "blocks": whole}), 0, desk)
    assert html.count('<section class="cy-part">') == 2 and "cy-fold" not in html
    assert Seen(html).words.count("首次认证补1.5万") == 1


def test_an_overview_is_folded_and_its_items_are_not_said_twice(
    app: Any, fake: ModuleType, desk: Desk
) -> None:
    html = answer_card(_answer(app, fake, "有哪些"), 0, desk)
    seen = check(html)
    assert html.count('<details class="cy-fold">') == 2 and "一次性1.5万元" not in seen.words
    chips = [(a["data-part"], a["data-n"]) for _, a in seen.tags if a.get("data-do") == "cite"]
    assert set(chips) == {("0", "1"), ("1", "1")}
    assert seen.words.count("租金补贴") == 1  # the title above is not repeated at the head of its text


def test_a_comparison_keeps_its_own_words_above_its_parts(app: Any, fake: ModuleType, desk: Desk) -> None:
    html = answer_card(_answer(app, fake, "对比"), 0, desk)
    assert html.index("cy-conclusion") < html.index("<table>") < html.index('<details class="cy-fold">')
    chips = [(a["data-part"], a["data-n"]) for _, a in Seen(html).tags if a.get("data-do") == "cite"]
    assert {("-1", "1"), ("-1", "2"), ("0", "1")} == set(chips)


def test_what_is_missing_is_asked_in_fields_of_its_type(app: Any, fake: ModuleType, desk: Desk) -> None:
    html = answer_card(_answer(app, fake, "租厂房怎么补?"), 3, desk)
    check(html)
    form = html[html.index('<form class="cy-missing"') :].split("</form>")[0]
    kinds = {(a["name"], a["type"]) for tag, a in Seen(form + "</form>").tags if tag == "input"}
    assert kinds == {
        ("rent", "text"), ("wages", "radio"), ("staff", "number"), ("share", "text"),
        ("since", "date"), ("papers", "checkbox"), ("site", "text"),
    }  # fmt: skip
    assert _names(form + "</form>", "select", "name") == ["kind"]
    assert [u for u in ("元", "人", "%") if f">{u}</span>" not in form] == []
    assert 'data-what="facts" data-turn="3"' in form
    labels = set(_names(form + "</form>", "label", "for"))
    fields = {a["id"] for tag, a in Seen(form + "</form>").tags if tag in ("input", "select") and "id" in a}
    assert labels == fields
    # The paragraph that asks the same is left out.
    assert "还差:" not in Seen(html).words


def test_a_fact_that_no_rule_knows_is_asked_as_text(desk: Desk) -> None:
    answer = Answer(
        question="q", as_of="2026-11-23", status="needs_facts", answer="看情况。",
        missing_facts=[MissingFact(key="no-such", question="请问在哪?")],
    )  # fmt: skip
    html = answer_card(answer, 0, desk)
    assert 'type="text"' in html and "在哪?" not in html.split("cy-missing")[0]
    assert "请问" not in html


def test_every_chip_opens_into_a_form_with_what_is_known(app: Any, fake: ModuleType, desk: Desk) -> None:
    facts = {"staff": "12人", "wages": "否", "kind": "个体户", "rent": "50000元"}
    answer = _answer(app, fake, "称号能用几年?", facts=facts, region="示例市", policies=["shili-2026-7"])
    html = answer_card(answer, 2, desk)
    chips = html.split('<article class="cy-card')[0]
    check(chips)
    names = re.findall(r'cy-known-name">(.*?)</span>', chips)
    assert names == [ZH.policy, ZH.region, "staff", "wages", "kind", "rent", ZH.as_of]
    inputs = {a["name"]: a.get("value") for tag, a in Seen(chips).tags if tag == "input" and "id" in a}
    assert inputs == {"region": "示例市", "staff": "12", "rent": "50000", "as_of": "2026-11-23"}
    assert 'value="否" checked' in chips and '<option value="个体户" selected>' in chips
    whats = _names(chips, "form", "data-what")
    assert whats == ["policy", "region", "facts", "facts", "facts", "facts", "as_of"]
    drops = [(a["data-what"], a["data-key"]) for _, a in Seen(chips).tags if a.get("data-do") == "again"]
    assert drops == [("no-policy", "shili-2026-7"), *(("no-fact", key) for key in facts)]


def test_the_titles_of_the_library_stand_in_the_page_once(app: Any, fake: ModuleType, desk: Desk) -> None:
    turns = [Turn("问", _answer(app, fake, "称号能用几年?")) for _ in range(3)]
    html = thread_html(turns, desk)
    assert html.count('value="shili-2023-3"') == 1
    newest = [i for i, attrs in enumerate(a for _, a in Seen(html).tags if a.get("class") == "cy-turn")
              if "data-newest" in attrs]  # fmt: skip
    assert newest == [2]
    again = thread_html(turns, desk, 0)
    assert again.index("data-newest") < again.index("cy-card")


SPECS = {
    "share": FactSpec(key="share", type="rate", question="?"),
    "staff": FactSpec(key="staff", type="count", unit="人", question="?"),
}
READ = Understood.model_validate(
    {
        "as_of": "2026-11-23",
        "policies": [{"policy_id": "a", "title": "甲"}, {"policy_id": "b", "title": "乙"}],
    }
)


@pytest.mark.parametrize(
    ("what", "values", "wanted"),
    [
        (
            "facts",
            {"staff": "3", "share": "30", "site": " "},
            {"facts": {"old": 1, "staff": "3", "share": "30%"}},
        ),
        ("facts", {"papers": ["甲", "乙"]}, {"facts": {"old": 1, "papers": ["甲", "乙"]}}),
        ("no-fact", {"key": "old"}, {"facts": {"old": None}}),
        ("policy", {"policy": "c"}, {"policies": ("c",)}),
        ("no-policy", {"key": "a"}, {"policies": ("b",)}),
        ("region", {"region": " 抚州 "}, {"region": "抚州"}),
        ("as_of", {"as_of": "2027-01-02"}, {"as_of": "2027-01-02"}),
    ],
)
def test_a_form_changes_what_it_is_for_and_nothing_else(
    what: str, values: dict[str, Any], wanted: dict[str, Any]
) -> None:
    now = Corrections(facts={"old": 1}, policies=("x",), region="甲地", as_of="2026-01-01")
    new = corrected(now, READ, what, values, SPECS)
    assert new is not None
    same = {"facts": now.facts, "policies": now.policies, "region": now.region, "as_of": now.as_of}
    assert new == Corrections(**{**same, **wanted})


def test_the_last_policy_taken_away_leaves_any() -> None:
    one = READ.model_copy(update={"policies": READ.policies[:1]})
    new = corrected(Corrections(), one, "no-policy", {"key": "a"}, SPECS)
    assert new is not None and new.policies == (ANY_POLICY,)


@pytest.mark.parametrize(
    ("what", "values"),
    [
        ("facts", {}), ("facts", {"staff": ""}), ("facts", {"staff": {"a": 1}}), ("facts", {"staff": ["", 3]}),
        ("facts", {"staff": "9" * 401}), ("as_of", {"as_of": "morgen"}), ("region", {"region": "  "}),
        ("no-fact", {}), ("policy", {"policy": []}), ("whatever", {"x": "1"}), ("None", {"x": "1"}),
    ],
)  # fmt: skip
def test_a_form_the_browser_made_up_changes_nothing(what: str, values: dict[str, Any]) -> None:
    assert corrected(Corrections(), READ, what, values, SPECS) is None


def test_a_share_without_its_sign_is_in_percent() -> None:
    assert [as_given(SPECS["share"], v) for v in ("30", "30%", " ")] == ["30%", "30%", ""]
    assert as_given(SPECS["staff"], " 3 ") == "3" and as_given(None, "x") == "x"


def test_details_tell_what_was_searched_found_tried_removed_and_how_sure(
    app: Any, fake: ModuleType, desk: Desk
) -> None:
    html = answer_card(_answer(app, fake, "租厂房怎么补?", explain=True), 0, desk)
    how = html[html.index('<details class="cy-how">') :]
    words = Seen(how.split("</details>")[0] + "</details>").words
    for told in ("厂房 租金", "示政办发〔2026〕7号 第四条", "相关度 0.81", "50%", ZH.cited, "在示例市登记",
                 "拖欠工资：未说明（要求：没有）", "每年补8万元。", "不在引用的条文里", "90%", "37%",
                 ZH.fallbacks["quoted"], "11.5 毫秒"):  # fmt: skip
        assert told in words, told
    assert "同时具备" not in words  # a group without a name is passed over
    plain = answer_card(_answer(app, fake, "租厂房怎么补?"), 0, desk)
    assert ZH.searched not in plain and "11.5 毫秒" in plain


def test_a_models_wording_is_labelled_on_the_page_and_in_what_is_copied(
    app: Any, fake: ModuleType, desk: Desk
) -> None:
    answer = _answer(app, fake, "五年")
    assert ZH.worded in plain_copy(answer)
    assert "由语言模型改写表述，结论与引用来自规则和条文" in check(answer_card(answer, 0, desk)).words
    own = answer.model_copy(update={"worded_by": "rules"})
    assert "cy-worded" not in answer_card(own, 0, desk) and ZH.worded not in plain_copy(own)


def _card(citation: Citation) -> Citation:
    return citation.model_copy(update={"text_kind": "card", "checked_on": None})


def test_the_day_a_text_was_checked_is_said_once_and_cards_are_named(app: Any, fake: ModuleType) -> None:
    first, second = (fake.cite(app.stored[0], n, [path]) for n, path in ((1, "第三条"), (2, "第四条")))
    assert checked_line([first, second], ZH) == "文本核对日期 2026-11-20"
    later = second.model_copy(update={"checked_on": "2026-11-22"})
    assert checked_line([later, first], ZH) == "文本核对日期 2026-11-20 – 2026-11-22"
    assert checked_line([_card(first)], ZH) == "依据摘要,未导入原文"
    assert checked_line([first, _card(second)], ZH) == "文本核对日期 2026-11-20"
    assert checked_line([], ZH) == ""


def test_the_reader_says_when_the_cited_text_was_checked(app: Any, fake: ModuleType) -> None:
    whole = app.stored[0]
    html = policy_html(whole, fake.cite(whole, 1, ["第三条"]))
    assert html.count("文本核对日期 2026-11-20") == 1
    assert html.index("cy-target") < html.index("文本核对日期") < html.index("河湾手艺认证的")


def test_an_english_answer_has_english_words_around_it(app: Any, fake: ModuleType, desk: Desk) -> None:
    answer = _answer(app, fake, "market stall subsidy?")
    html = answer_card(answer, 0, desk)
    seen = check(html)
    for word in (
        EN.meanings["unknown"],
        EN.checks["unknown"],
        EN.need,
        EN.need_send,
        EN.how,
        EN.copy,
        EN.as_of,
    ):
        assert word in seen.words, word
    assert '<article class="cy-card cy-is-unknown" lang="en"' in html
    chinese = [
        word
        for word in (ZH.need, ZH.need_send, ZH.how, ZH.copy, ZH.region, ZH.change, ZH.times)
        if word in seen.words
    ]
    assert chinese == []
    assert plain_copy(answer).endswith(EN.prevails)


def test_both_languages_say_everything() -> None:
    for words in (ZH, EN):
        for name in words.__slots__:
            said = getattr(words, name)
            assert said, name
    for name in ("meanings", "checks", "in_force", "fallbacks", "stages"):
        assert set(getattr(ZH, name)) == set(getattr(EN, name)), name
    for name in ("cites", "chip", "checked_on", "found_line", "given_required", "sure_line", "beside"):
        assert getattr(ZH, name).count("{}") == getattr(EN, name).count("{}"), name
