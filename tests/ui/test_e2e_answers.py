"""The page in headless Chromium: what was understood, what is missing, tables, details, English; both sizes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.ui.test_e2e import DESKTOP, FLAGS, PHONE, Visit

# The server runs in this process: Gradio's own statistics of its queue use an option that pandas deprecates.
pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore:.*no_silent_downcasting")]


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield found
        found.close()


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def visit(browser: Any, served: tuple[str, Any], request: pytest.FixtureRequest) -> Iterator[Visit]:
    one = Visit(browser, served[0], request.param)
    yield one
    assert one.complaints == [] and one.outside == []
    one.context.close()


def test_a_missing_fact_is_filled_in_and_the_answer_is_replaced(
    visit: Visit, served: tuple[str, Any]
) -> None:
    page = visit.page
    visit.ask("租厂房怎么补?")
    visit.ask("称号能用几年?")
    page.fill(".cy-missing [name=rent]", "10万")
    page.click(".cy-missing .cy-options label:has-text('否')")
    page.click(".cy-missing .cy-options label:has-text('申请表')")
    page.click(".cy-missing .cy-options label:has-text('执照')")
    page.select_option(".cy-missing [name=kind]", "企业")
    page.fill("#cy-box textarea", "还没问完的话")
    page.click(".cy-missing .cy-go")
    visit.again(".cy-card.cy-is-pass")
    asked = served[1].assistant.asked[-1]
    assert asked.turns == ["租厂房怎么补?"]
    assert asked.facts == {"rent": "10万", "wages": "否", "papers": ["申请表", "执照"], "kind": "企业"}
    # The other answer and what was typed are still there; the answer is in view and has the focus.
    assert page.locator(".cy-card").count() == 2
    assert page.input_value("#cy-box textarea") == "还没问完的话"
    assert page.evaluate("document.activeElement.classList.contains('cy-is-pass')")
    assert visit.in_view(".cy-card.cy-is-pass .cy-verdict-head")
    assert visit.sideways() == []


def test_nothing_filled_in_is_said_and_nothing_is_lost(visit: Visit, served: tuple[str, Any]) -> None:
    visit.ask("租厂房怎么补?")
    count = len(served[1].assistant.asked)
    visit.page.click(".cy-missing .cy-go")
    visit.page.wait_for_selector(".cy-problem")
    assert len(served[1].assistant.asked) == count and visit.page.locator(".cy-missing").count() == 1


def test_chips_are_changed_in_place_with_the_keyboard_alone(visit: Visit, served: tuple[str, Any]) -> None:
    page, assistant = visit.page, served[1].assistant
    visit.ask("称号能用几年?")
    page.focus(".cy-known:has-text('地区') summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("示例市")
    page.keyboard.press("Enter")
    visit.again(".cy-known-value:has-text('示例市')")
    assert assistant.asked[-1].region == "示例市"
    # The day, then the policy: each keeps what was set before.
    page.click(".cy-known:has-text('判断日期') summary")
    page.fill(".cy-known[open] input[type=date]", "2027-05-01")
    page.keyboard.press("Enter")
    visit.again(".cy-known-value:has-text('2027-05-01')")
    page.click(".cy-known:has-text('文件') summary")
    page.select_option(".cy-known[open] select", label="示例市河湾工坊扶持办法")
    page.click(".cy-known[open] .cy-go")
    visit.again(".cy-known-value:has-text('河湾工坊')")
    asked = assistant.asked[-1]
    assert (asked.turns, asked.region, asked.as_of) == (["称号能用几年?"], "示例市", "2027-05-01")
    assert asked.policies == ["shili-2026-7"]
    assert visit.sideways() == []
    page.click(".cy-known:has-text('河湾工坊') summary")
    page.click(".cy-known[open] button:has-text('去掉')")
    visit.again(".cy-known-value:has-text('不限')")
    assert assistant.asked[-1].policies == ["*"]


def test_a_fact_is_changed_and_taken_away(visit: Visit, served: tuple[str, Any]) -> None:
    page, assistant = visit.page, served[1].assistant
    visit.ask("租厂房怎么补?")
    page.fill(".cy-missing [name=staff]", "12")
    page.keyboard.press("Enter")
    visit.again(".cy-known:has-text('staff')")
    page.click(".cy-known:has-text('staff') summary")
    page.fill(".cy-known[open] input[name=staff]", "15")
    page.click(".cy-known[open] .cy-go")
    visit.again(".cy-known-value:has-text('15')")
    assert assistant.asked[-1].facts == {"staff": "15"}
    page.click(".cy-known:has-text('staff') summary")
    page.click(".cy-known[open] button:has-text('去掉')")
    page.wait_for_selector(".cy-known:has-text('staff')", state="detached")
    assert assistant.asked[-1].facts == {"staff": None}


def test_the_details_open_and_tell_how_it_came_about(visit: Visit) -> None:
    visit.ask("租厂房怎么补?")
    assert not visit.page.is_visible(".cy-how-part >> nth=0")
    visit.page.focus(".cy-how summary")
    visit.page.keyboard.press("Enter")
    told = visit.page.inner_text(".cy-how")
    for words in ("厂房 租金", "已引用", "在示例市登记", "每年补8万元。", "90%", "毫秒"):
        assert words in told
    assert visit.sideways() == []


def test_a_table_scrolls_in_its_own_box(visit: Visit) -> None:
    visit.ask("对比一下")
    assert visit.sideways() == []
    box = visit.page.locator(".cy-table")
    wide = box.evaluate("e => e.scrollWidth > e.clientWidth")
    assert wide == (visit.page.viewport_size["width"] < 500)
    visit.page.click(".cy-table .cy-chip >> nth=0")
    visit.page.wait_for_selector(".cy-target mark")
    assert "文本核对日期" in visit.page.inner_text(".cy-target")


def test_an_overview_opens_part_by_part(visit: Visit) -> None:
    visit.ask("有哪些补贴?")
    assert not visit.page.is_visible(".cy-fold .cy-chip >> nth=0")
    visit.page.click(".cy-fold:has-text('租金补贴') summary")
    visit.page.click(".cy-fold[open] .cy-blocks .cy-chip")
    visit.page.wait_for_selector(".cy-target")
    assert visit.page.get_attribute(".cy-target", "data-path") == "第四条"


def test_an_english_answer_speaks_english_around_the_chinese_clause(
    visit: Visit, served: tuple[str, Any]
) -> None:
    page = visit.page
    visit.ask("Is there a subsidy for the market workshop?")
    assert page.get_attribute(".cy-card", "lang") == "en"
    assert page.get_attribute(".cy-quote", "lang") == "zh-CN"
    assert "More facts needed" in page.inner_text(".cy-verdict-head")
    page.click(".cy-missing label:has-text('No')")
    page.click(".cy-missing .cy-go")
    visit.again(".cy-known:has-text('wages')")
    assert served[1].assistant.asked[-1].facts == {"wages": "否"}


def test_words_stand_out_enough_from_what_is_behind_them(visit: Visit) -> None:
    """Contrast AA (4.5:1) of every word of the card, open forms and details included."""
    for scheme in ("light", "dark"):
        visit.page.emulate_media(color_scheme=scheme)
        visit.ask("租厂房怎么补?")
        visit.page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
        visit.page.wait_for_timeout(200)
        assert visit.page.evaluate(FAINT) == [], scheme


#: Text below 4.5:1 against the nearest background that is not see-through.
FAINT = """() => {
  const rgb = c => c.match(/[\\d.]+/g).map(Number);
  const lum = c => { const [r, g, b] = rgb(c).map(v => { v /= 255;
    return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; }); return .2126 * r + .7152 * g + .0722 * b; };
  const behind = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor;
    if (rgb(c).length < 4 || rgb(c)[3] === 1) return c; } return 'rgb(255, 255, 255)'; };
  const bad = [];
  for (const e of document.querySelectorAll('.cy-turn *')) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || !e.checkVisibility() || e.closest('.cy-sr')) continue;
    const a = lum(getComputedStyle(e).color), b = lum(behind(e));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) bad.push(`${e.className || e.tagName} ${ratio.toFixed(2)} ${e.textContent.slice(0, 20)}`);
  }
  return bad;
}"""
