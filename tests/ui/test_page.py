"""The views as pure functions: what stands where, what is escaped, what looks different from what."""

from __future__ import annotations

import os
import re
from datetime import date
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceyin.assistant.contract import Answer, AskRequest, PolicyList, PolicySummary, PolicyView
from ceyin.corpus.errors import IndexStateError
from ceyin.ui.page import text as t
from ceyin.ui.page.answer_card import answer_card, meaning, plain_copy
from ceyin.ui.page.fields import Desk
from ceyin.ui.page.markup import typeset
from ceyin.ui.page.reader import gone_html, library_html, policy_html
from ceyin.ui.page.thread import Turn, notice_html, thread_html
from tests.ui.seen import Seen, check

NO_DESK = Desk({}, {})


def _answer(app: Any, fake: ModuleType, question: str) -> Answer:
    found: Answer = app.assistant.answer(AskRequest(turns=[question]), today=fake.TODAY)
    return found


QUESTIONS = {
    "首次认证能补多少?": "pass",
    "截止到什么时候?": "fail",
    "租厂房怎么补?": "unknown",
    "财政怎么分担?": "damaged",
    "措施现在还有效吗?": "lapsed",
    "月球基地补多少?": "refused",
    "称号能用几年?": "plain",
    "你好": "help",
}


@pytest.mark.parametrize(("question", "kind"), QUESTIONS.items())
def test_each_status_has_a_look_and_a_word_of_its_own(
    app: Any, fake: ModuleType, question: str, kind: str
) -> None:
    answer = _answer(app, fake, question)
    assert meaning(answer) == kind
    html = answer_card(answer, 0, NO_DESK)
    seen = check(html)
    assert f'class="cy-card cy-is-{kind}"' in html
    mark, word = t.MEANINGS[kind]
    assert mark + word in seen.words


def test_no_two_meanings_share_mark_and_word() -> None:
    said = [pair for pair in t.MEANINGS.values() if pair != ("", "")]
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("question", [*QUESTIONS, "坏话", "两个问题", "对比", "有哪些", "五年", "market"])
def test_nothing_in_an_answer_can_become_markup(app: Any, fake: ModuleType, question: str) -> None:
    turns = [Turn(question + fake.NASTY, _answer(app, fake, question)), Turn(fake.NASTY, error=fake.NASTY)]
    seen = check(thread_html([*turns, Turn(fake.NASTY)], Desk.of(app.book, {fake.NASTY: fake.NASTY})))
    assert fake.NASTY in seen.words


def test_nothing_in_a_document_can_become_markup(app: Any, fake: ModuleType) -> None:
    nasty = app.stored[3]
    cited = fake.cite(nasty, 1, ["一"], "正文")
    for html in (
        policy_html(nasty, cited, '"><b>'),
        gone_html(cited),
        library_html(app.policies(fake.TODAY), fake.TODAY),
        notice_html(fake.NASTY),
    ):
        assert fake.NASTY in check(html).words


def _shape(html: str) -> list[tuple[str, list[str]]]:
    return [(tag, sorted(attrs)) for tag, attrs in Seen(html).tags]


@given(st.text(alphabet=st.sampled_from("<>&\"'`=/{}$ an中,(")))
def test_no_text_whatever_changes_the_shape_of_a_card(words: str) -> None:
    def card(said: str) -> str:
        answer = Answer(question="q", as_of="2026-11-23", status="refused", answer="x", warnings=[said])
        return answer_card(answer, 0, NO_DESK)

    assert _shape(card(words)) == _shape(card("x"))


def test_chips_of_a_part_name_the_part(app: Any, fake: ModuleType) -> None:
    seen = check(answer_card(_answer(app, fake, "两个问题"), 0, NO_DESK))
    chips = [a for tag, a in seen.tags if tag == "button" and a.get("data-do") == "cite"]
    assert {c["data-part"] for c in chips} == {"0", "1"}
    turn = Turn("两个问题", _answer(app, fake, "两个问题"))
    found = [turn.citation(part, 1) for part in (0, 1)]
    assert [c.path for c in found if c] == [["第三条"], ["第七条"]]


@pytest.mark.parametrize(("part", "n"), [(-2, 1), (2, 1), (0, 2), (-1, 9)])
def test_a_chip_that_never_was_finds_nothing(app: Any, fake: ModuleType, part: int, n: int) -> None:
    assert Turn("两个问题", _answer(app, fake, "两个问题")).citation(part, n) is None


def test_a_copied_answer_carries_its_citations_and_the_reservation(app: Any, fake: ModuleType) -> None:
    copied = plain_copy(_answer(app, fake, "首次认证能补多少?"))
    assert "[1] 示例市河湾工坊扶持办法 示政办发〔2026〕7号 第三条" in copied
    assert copied.endswith(t.PREVAILS)


def test_the_cited_clause_is_marked_in_the_whole_document(app: Any, fake: ModuleType) -> None:
    whole = app.stored[0]
    html = policy_html(whole, fake.cite(whole, 1, ["第三条"], "一次性补贴1.5万元"))
    seen = check(html)
    assert re.findall(r"<mark>(.*?)</mark>", html) == ["一次性补贴1.5万元"]
    targets = [a for _, a in seen.tags if a.get("aria-current") == "true"]
    assert [a["data-path"] for a in targets] == ["第三条"]
    for clause in whole.document:
        assert typeset(clause.text) in seen.words
    goto = [a["data-goto"] for _, a in seen.tags if "data-goto" in a]
    ids = {a["id"] for _, a in seen.tags if "id" in a}
    assert len(goto) == 6 and set(goto) <= ids
    assert t.PREVAILS in seen.words


def test_a_stem_stands_below_its_own_heading(app: Any) -> None:
    base = app.stored[0].document[1]
    stem = base.model_copy(
        update={"path": ["二"], "heading": "怎么办", "heading_trail": [], "text": "按下面办。"}
    )
    leaf = base.model_copy(
        update={"path": ["二", "(一)"], "heading_trail": ["二、怎么办"], "text": "交材料。"}
    )
    html = policy_html(_changed(app.stored[0], document=[stem, leaf]), None)
    assert html.index("二、怎么办</h3>") < html.index("按下面办") < html.index("交材料")
    assert html.count("二、怎么办") == 1


def test_every_clause_address_can_be_copied(app: Any) -> None:
    seen = check(policy_html(app.stored[0], None))
    copied = [a["data-copy"] for _, a in seen.tags if "data-copy" in a]
    assert copied == [c.cite_as for c in app.stored[0].document]


def _changed(view: PolicyView, **facts: Any) -> PolicyView:
    return view.model_copy(update=facts)


def test_a_clause_that_changed_or_went_is_said_to_have(app: Any, fake: ModuleType) -> None:
    whole = app.stored[0]
    cited = fake.cite(whole, 1, ["第三条"], "1.5万元")
    other = [
        c.model_copy(update={"text": "第三条 改写了。"}) if c.path == ["第三条"] else c
        for c in whole.document
    ]
    changed = policy_html(_changed(whole, document=other), cited)
    assert t.CLAUSE_CHANGED in changed and "<mark>" not in changed
    without = [c for c in whole.document if c.path != ["第三条"]]
    gone = policy_html(_changed(whole, document=without), cited)
    assert t.CLAUSE_GONE in gone and "<mark>1.5万元</mark>" in gone
    assert t.POLICY_GONE in gone_html(cited) and "<mark>1.5万元</mark>" in gone_html(cited)


def test_of_two_clauses_at_one_path_the_cited_words_decide(app: Any, fake: ModuleType) -> None:
    whole = app.stored[0]
    twin = whole.document[3].model_copy(update={"text": "第三条 同一处的另一段。"})
    cited = fake.cite(whole, 1, ["第三条"], "1.5万元")
    html = policy_html(_changed(whole, document=[twin, *whole.document]), cited)
    assert t.CLAUSE_CHANGED not in html and "<mark>1.5万元</mark>" in html


def test_damage_stubs_and_cards_are_said_in_words(app: Any) -> None:
    whole, _, stub, _ = app.stored
    assert "这一条在“承担”之后中断" in policy_html(whole, None) and t.DAMAGED in policy_html(whole, None)
    assert t.STUB_ONLY in policy_html(stub, None)
    assert t.CARD_ONLY in policy_html(_changed(whole, text_kind="card"), None)
    assert t.NO_CLAUSES in policy_html(_changed(whole, document=[]), None)


def _summaries(count: int, **facts: Any) -> PolicyList:
    base: dict[str, Any] = {
        "doc_number": None, "issuers": [], "region": "示例市", "effective_from": None, "expires": None,
        "in_force": "in_force", "text_kind": "official", "stub": False, "clauses": 1, "damaged_clauses": 0,
        "source": None,
    }  # fmt: skip
    base.update(facts)
    day = date(2020, 1, 1).toordinal()
    return PolicyList(
        policies=[
            PolicySummary(
                policy_id=f"p{i}", title=f"第{i}号", issued=date.fromordinal(day + i).isoformat(), **base
            )
            for i in range(count)
        ]
    )


def test_the_library_shows_the_newest_first_and_folds_the_rest() -> None:
    html = library_html(_summaries(500), date(2026, 11, 23))
    listed = [a["data-policy"] for _, a in check(html).tags if "data-policy" in a]
    assert listed == [f"p{i}" for i in reversed(range(500))]
    assert t.library_rest(488) in html and t.LIBRARY_DUE not in html


@pytest.mark.parametrize(
    ("expires", "state", "due"),
    [
        ("2026-11-23", "in_force", "今天到期"),
        ("2026-12-01", "in_force", "还有 8 天"),
        ("2027-05-22", "in_force", "还有 180 天"),
        ("2027-05-23", "in_force", None),
        ("2026-11-22", "expired", None),
        ("2026-12-01", "repealed", None),
        ("不详", "in_force", None),
    ],
)
def test_what_falls_due_soon_is_at_the_top(expires: str, state: str, due: str | None) -> None:
    html = library_html(_summaries(1, expires=expires, in_force=state), date(2026, 11, 23))
    assert (t.LIBRARY_DUE in html) == (due is not None)
    assert due is None or due in html


def test_an_empty_library_says_how_to_fill_it() -> None:
    assert "ceyin corpus add" in library_html(PolicyList(policies=[]), date(2026, 11, 23))


def test_the_first_visit_offers_the_four_questions() -> None:
    seen = check(thread_html([], NO_DESK))
    assert [a["data-question"] for _, a in seen.tags if "data-question" in a] == list(t.EXAMPLES)
    assert len(t.EXAMPLES) == 4


def test_no_word_of_the_page_begs_or_shouts() -> None:
    words = [w for v in vars(t).values() if isinstance(v, str) for w in (v,)]
    for banned in ("\uff01", "!", "抱歉", "作为一个", "综上所述", "根据您提供"):
        assert [w for w in words if banned in w and not w.startswith("Every")] == []


@pytest.fixture
def talk(app: Any, fake: ModuleType) -> Any:
    from ceyin.ui.page.page import Talk

    return Talk(app, lambda: fake.TODAY)


def test_importing_the_page_turns_gradios_look_ups_off(talk: Any) -> None:
    assert os.environ["GRADIO_ANALYTICS_ENABLED"] == "False"


def test_a_question_first_shows_thinking_then_the_answer(talk: Any, app: Any) -> None:
    first, second = talk.ask(" 首次认证能补多少? ", [], None)
    assert t.THINKING in first[0] and first[1] == [] and first[2] == ""
    assert "cy-card" in second[0] and [turn.question for turn in second[1]] == ["首次认证能补多少?"]


def test_all_answered_turns_go_along_and_failed_ones_do_not(talk: Any, app: Any) -> None:
    turns: list[Turn] = []
    for question in ("首次认证能补多少?", "崩溃", "坏索引", "称号能用几年?"):
        *_, (_, turns, _, _) = talk.ask(question, turns, "2026-12-01")
    asked = app.assistant.asked[-1]
    assert asked.turns == ["首次认证能补多少?", "称号能用几年?"] and asked.as_of == "2026-12-01"
    assert [turn.error for turn in turns] == [
        None,
        t.ASK_FAILED,
        "索引打不开,请运行 ceyin index build 重建。",
        None,
    ]


@pytest.mark.parametrize(
    ("question", "problem"),
    [("", t.QUESTION_EMPTY), ("  ", t.QUESTION_EMPTY), ("补" * 20_001, t.QUESTION_LONG)],
)
def test_a_question_that_cannot_be_asked_stays_in_the_box(
    talk: Any, app: Any, question: str, problem: str
) -> None:
    [(_, turns, box, notice)] = talk.ask(question, [], None)
    assert turns == [] and box == question and problem in notice and app.assistant.asked == []


@pytest.mark.parametrize(
    "event",
    [{}, {"turn": "0", "part": "-1", "n": "9"}, {"turn": "-1", "part": "-1", "n": "1"},
     {"turn": "5", "part": "-1", "n": "1"}, {"turn": "x", "part": "-1", "n": "1"},
     {"turn": None, "part": [], "n": {}}],
)  # fmt: skip
def test_a_click_the_browser_made_up_is_answered_politely(talk: Any, event: dict[str, Any]) -> None:
    *_, (_, turns, _, _) = talk.ask("首次认证能补多少?", [], None)
    assert t.STALE in talk.cite(turns, event, None)


def test_a_removed_policy_still_shows_the_cited_words(talk: Any, app: Any) -> None:
    *_, (_, turns, _, _) = talk.ask("首次认证能补多少?", [], None)
    click = {"turn": "0", "part": "-1", "n": "1"}
    assert "cy-target" in talk.cite(turns, click, None)
    del app.stored[0]
    assert t.POLICY_GONE in talk.cite(turns, click, None)
    assert t.POLICY_UNKNOWN.split("“")[0] in talk.open("shili-2026-7", None)


def test_two_clicks_on_one_chip_give_two_different_readers(talk: Any) -> None:
    *_, (_, turns, _, _) = talk.ask("首次认证能补多少?", [], None)
    click = {"turn": "0", "part": "-1", "n": "1"}
    assert talk.cite(turns, click, None) != talk.cite(turns, click, None)


def _changed_to(talk: Any, turns: list[Turn], what: str, **values: str) -> tuple[list[Turn], str]:
    """The turns and the notice after a form of the first turn was sent."""
    *_, (_, after, _, notice) = talk.again(turns, {"turn": "0", "what": what, "values": values})
    return after, notice


def test_a_form_asks_the_same_question_again_and_leaves_the_others(talk: Any, app: Any) -> None:
    turns: list[Turn] = []
    for question in ("租厂房怎么补?", "称号能用几年?"):
        *_, (_, turns, _, _) = talk.ask(question, turns, "2026-12-01")
    after, _ = _changed_to(talk, turns, "facts", rent="100000")
    asked = app.assistant.asked[-1]
    assert (asked.turns, asked.facts) == (["租厂房怎么补?"], {"rent": "100000"})
    assert (asked.as_of, asked.explain) == ("2026-12-01", True)
    assert after[0].answer is not None and after[0].answer.verdict == "pass" and after[1] == turns[1]
    after, _ = _changed_to(talk, after, "region", region="示例市")
    after, _ = _changed_to(talk, after, "policy", policy="shili-2026-7")
    after, _ = _changed_to(talk, after, "as_of", as_of="2027-05-01")
    asked = app.assistant.asked[-1]
    assert (asked.facts, asked.region, asked.policies) == ({"rent": "100000"}, "示例市", ["shili-2026-7"])
    assert asked.as_of == "2027-05-01"
    after, _ = _changed_to(talk, after, "no-fact", key="rent")
    assert app.assistant.asked[-1].facts == {"rent": None}


def test_while_one_answer_is_worked_out_anew_only_that_one_waits(talk: Any) -> None:
    turns: list[Turn] = []
    for question in ("租厂房怎么补?", "称号能用几年?"):
        *_, (_, turns, _, _) = talk.ask(question, turns, None)
    waiting, done = talk.again(turns, {"turn": "0", "what": "region", "values": {"region": "示例市"}})
    assert waiting[0].count(t.THINKING) == 1 and waiting[0].count('class="cy-card ') == 1
    assert waiting[0].index(t.THINKING) < waiting[0].index("cy-card") and waiting[1] == turns
    assert done[0].count('class="cy-card ') == 2


@pytest.mark.parametrize(
    ("event", "problem"),
    [
        ({}, t.STALE),
        ({"turn": "7", "what": "facts", "values": {"rent": "1"}}, t.STALE),
        ({"turn": [], "what": "facts", "values": {"rent": "1"}}, t.STALE),
        ({"turn": "0", "what": "facts", "values": {"rent": ""}}, t.NOTHING_FILLED),
        ({"turn": "0", "what": "facts", "values": "rent"}, t.NOTHING_FILLED),
        ({"turn": "0"}, t.NOTHING_FILLED),
    ],
)
def test_a_form_that_never_was_changes_no_answer(
    talk: Any, app: Any, event: dict[str, Any], problem: str
) -> None:
    *_, (_, turns, _, _) = talk.ask("租厂房怎么补?", [], None)
    [(_, after, _, notice)] = talk.again(turns, event)
    assert after == turns and problem in notice and len(app.assistant.asked) == 1


def test_what_cannot_be_answered_anew_leaves_the_answer_as_it_was(
    talk: Any, app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    *_, (_, turns, _, _) = talk.ask("租厂房怎么补?", [], None)

    def refuse(request: AskRequest, *, today: date) -> Answer:
        raise IndexStateError("地区认不出来。")

    monkeypatch.setattr(app.assistant, "answer", refuse)
    after, notice = _changed_to(talk, turns, "region", region="火星")
    assert after == turns and "地区认不出来。" in notice


def test_what_was_filled_in_goes_along_until_the_words_say_otherwise(talk: Any, app: Any) -> None:
    app.book.facts["staff"] = app.book.facts["staff"].model_copy(update={"said": (r"(?P<v>\d+)名员工",)})
    *_, (_, turns, _, _) = talk.ask("租厂房怎么补?", [], None)
    turns, _ = _changed_to(talk, turns, "facts", rent="100000", staff="3")
    turns, _ = _changed_to(talk, turns, "region", region="南京市")
    *_, (_, turns, _, _) = talk.ask("称号能用几年?", turns, None)
    assert app.assistant.asked[-1].facts == {"rent": "100000", "staff": "3"}
    assert app.assistant.asked[-1].region == "南京市"
    talk_again = list(talk.ask("我们现在有5名员工,在抚州市呢?", turns, None))
    assert len(talk_again) == 2
    assert app.assistant.asked[-1].facts == {"rent": "100000"} and app.assistant.asked[-1].region is None


def test_a_library_that_cannot_be_read_does_not_keep_an_answer_back(
    talk: Any, app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(as_of: date) -> PolicyList:
        raise IndexStateError("坏了")

    monkeypatch.setattr(app, "policies", broken)
    *_, (html, _, _, _) = talk.ask("称号能用几年?", [], None)
    assert "cy-card" in html
