"""The page in headless Chromium: question, chip, highlighted clause; desktop and phone."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

# The server runs in this process: Gradio's own statistics of its queue use an option that pandas deprecates.
pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore:.*no_silent_downcasting")]

# Flags that keep Chromium from calling home or looking for a GPU.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield found
        found.close()


class Visit:
    """One tab, with everything it asked for and complained about."""

    def __init__(self, browser: Any, address: str, size: dict[str, int]) -> None:
        self.context = browser.new_context(viewport=size, locale="zh-CN", reduced_motion="reduce")
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.complaints: list[str] = []
        self.outside: list[str] = []
        self.page.on("pageerror", lambda e: self.complaints.append(str(e)))
        self.page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
        self.page.on("request", lambda r: self._asked(r.url, address))
        self.page.goto(address)
        self.page.wait_for_selector(".cy-policy", state="attached")

    def _asked(self, url: str, address: str) -> None:
        if not url.startswith((address, "data:", "blob:")):
            self.outside.append(url)

    def ask(self, question: str) -> None:
        before = self.page.locator(".cy-turn").count()
        self.page.fill("#cy-box textarea", question)
        self.page.keyboard.press("Enter")
        self.settled(before + 1)

    def settled(self, turns: int) -> None:
        self.page.wait_for_function(
            "n => { const all = document.querySelectorAll('.cy-turn');"
            " return all.length === n && all[n - 1].querySelector('.cy-card, .cy-error'); }",
            arg=turns,
        )

    def again(self, wanted: str) -> None:
        """Wait for the answer that a form has asked for anew."""
        self.page.wait_for_selector(wanted)
        self.page.wait_for_function("() => !document.querySelector('.cy-thinking, .html-container.pending')")

    def sideways(self) -> list[str]:
        """What makes the page or the conversation wider than it is."""
        found: list[str] = self.page.evaluate(
            """() => [document.documentElement, document.querySelector('#cy-thread')]
            .filter(e => e.scrollWidth > e.clientWidth).map(e => e.id || e.tagName)"""
        )
        return found

    def in_view(self, selector: str) -> bool:
        self.page.wait_for_function("() => !document.querySelector('.html-container.pending')")
        found: bool = self.page.evaluate(
            """s => { const e = document.querySelector(s); if (!e) return false;
            const b = e.getBoundingClientRect();
            return b.top >= 0 && b.top < innerHeight && b.left >= 0 && b.right <= innerWidth + 1
              && getComputedStyle(e).visibility === 'visible'; }""",
            selector,
        )
        return found


@pytest.fixture
def visit(browser: Any, served: tuple[str, Any], request: pytest.FixtureRequest) -> Iterator[Visit]:
    address, _ = served
    one = Visit(browser, address, getattr(request, "param", DESKTOP))
    yield one
    one.context.close()


@pytest.mark.parametrize("visit", [DESKTOP, PHONE], indirect=True, ids=["desktop", "phone"])
def test_a_question_leads_to_the_highlighted_clause(visit: Visit) -> None:
    page = visit.page
    visit.ask("首次认证能补多少?")
    assert "符合" in page.inner_text(".cy-verdict-head")
    page.click(".cy-blocks .cy-chip")
    page.wait_for_selector(".cy-target mark")
    assert page.inner_text(".cy-target mark") == "一次性补贴1.5万元"
    assert page.get_attribute(".cy-target", "data-path") == "第三条"
    page.wait_for_timeout(250)
    assert visit.in_view(".cy-target mark")
    # The whole document is there, not the clause alone.
    assert page.locator(".cy-clause").count() == 18
    # A later clause scrolls there; so does the same chip again.
    if page.viewport_size["width"] > 500:
        page.evaluate("document.querySelector('.cy-reader-scroll').scrollTo(0, 99999)")
        assert not visit.in_view(".cy-target mark")
        page.click(".cy-blocks .cy-chip")
        page.wait_for_timeout(600)
        assert visit.in_view(".cy-target mark")
    assert visit.complaints == [] and visit.outside == []


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
def test_on_a_phone_the_sheet_keeps_the_place_in_the_conversation(visit: Visit) -> None:
    page = visit.page
    assert not visit.in_view(".cy-reader h2")
    visit.ask("首次认证能补多少?")
    page.evaluate("document.querySelector('#cy-thread').scrollTo(0, 60)")
    page.click(".cy-cites .cy-chip >> nth=1")
    page.wait_for_selector(".cy-target")
    page.wait_for_timeout(250)
    assert visit.in_view(".cy-reader h2")
    place = page.evaluate("document.querySelector('#cy-thread').scrollTop")
    page.keyboard.press("Escape")
    page.wait_for_timeout(250)
    assert not visit.in_view(".cy-reader h2")
    assert page.evaluate("document.querySelector('#cy-thread').scrollTop") == place
    # Focus is back on the chip that opened the sheet.
    assert page.evaluate("document.activeElement.dataset.n") == "2"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
def test_on_a_phone_what_can_be_touched_is_large_enough(visit: Visit) -> None:
    visit.ask("租厂房怎么补?")
    small = visit.page.evaluate(
        """() => [...document.querySelectorAll(
          '#cy-talk button, #cy-talk summary, #cy-talk select, #cy-talk input:not([type=radio], [type=checkbox]),'
          + '.cy-options label, .cy-nav button, #cy-rail input')]
        .filter(e => e.checkVisibility() && !e.classList.contains('cy-chip'))
        .filter(e => e.getBoundingClientRect().height < 43.5).map(e => e.className + ' ' + e.innerText)"""
    )
    assert small == []


def test_examples_and_suggestions_are_asked_with_one_click(visit: Visit, served: tuple[str, Any]) -> None:
    visit.page.click(".cy-example >> nth=2")
    visit.settled(1)
    visit.page.click(".cy-nav-item:has-text('新对话')")
    visit.page.wait_for_selector(".cy-welcome")
    visit.ask("首次认证能补多少?")
    visit.page.click(".cy-suggest >> nth=1")
    visit.settled(2)
    assert served[1].assistant.asked[-1].turns == ["首次认证能补多少?", "示范区称号能用几年?"]


def test_the_keyboard_alone_is_enough(visit: Visit) -> None:
    page = visit.page
    page.focus("#cy-box textarea")
    page.keyboard.type("首次认证能补多少?")
    page.keyboard.press("Shift+Enter")
    assert page.input_value("#cy-box textarea").endswith("\n")
    page.keyboard.press("Enter")
    visit.settled(1)
    page.focus(".cy-blocks .cy-chip")
    page.keyboard.press("Enter")
    page.wait_for_selector(".cy-target mark")


def test_while_thinking_the_page_says_so(visit: Visit, served: tuple[str, Any]) -> None:
    served[1].assistant.delay = 1.5
    try:
        visit.page.fill("#cy-box textarea", "首次认证能补多少?")
        visit.page.click("#cy-send")
        visit.page.wait_for_selector(".cy-thinking")
        visit.settled(1)
    finally:
        served[1].assistant.delay = 0.0
    assert visit.page.locator(".cy-thinking").count() == 0


def test_hostile_words_run_nowhere(visit: Visit, fake: ModuleType) -> None:
    visit.ask("坏话" + fake.NASTY)
    visit.page.click(".cy-card .cy-chip >> nth=0")
    visit.page.wait_for_selector(".cy-target mark")
    assert fake.NASTY in visit.page.inner_text(".cy-asked")
    assert fake.NASTY in visit.page.inner_text(".cy-paper")
    assert visit.page.evaluate("window.hacked") is None
    assert visit.page.locator(".cy-thread img, .cy-thread script, .cy-reader img").count() == 0
    assert visit.complaints == []


def test_a_failed_question_says_what_is_safe_and_the_next_one_works(visit: Visit) -> None:
    visit.ask("首次认证能补多少?")
    visit.ask("坏索引")
    assert "ceyin index build" in visit.page.inner_text(".cy-error")
    visit.ask("称号能用几年?")
    assert visit.page.locator(".cy-card").count() == 2


def test_in_a_long_conversation_the_newest_answer_is_in_view(visit: Visit) -> None:
    for question in ["首次认证能补多少?", "租厂房怎么补?", "月球基地补多少?"] * 4:
        visit.ask(question)
    visit.page.wait_for_timeout(300)
    assert visit.in_view(".cy-turn:last-child .cy-badge")
    assert visit.page.locator(".cy-card").count() == 12


def test_without_a_network_the_page_says_what_still_works(visit: Visit) -> None:
    visit.ask("首次认证能补多少?")
    visit.context.set_offline(True)
    visit.page.wait_for_selector(".cy-offline", state="visible")
    assert visit.page.is_visible(".cy-card")
    visit.context.set_offline(False)
    visit.page.wait_for_selector(".cy-offline", state="hidden")
    visit.complaints.clear()


def test_another_day_of_judgement_reaches_library_and_assistant(
    visit: Visit, served: tuple[str, Any]
) -> None:
    visit.page.fill(".cy-asof input", "2027-02-01")
    visit.page.wait_for_selector(".cy-count:has-text('2027 年 2 月 1 日')")
    visit.ask("称号能用几年?")
    assert served[1].assistant.asked[-1].as_of == "2027-02-01"


def test_a_policy_of_the_library_opens_and_leads_back(visit: Visit) -> None:
    visit.page.click(".cy-policy:has-text('河湾工坊')")
    visit.page.wait_for_selector(".cy-doc-title")
    assert visit.page.locator(".cy-target").count() == 0
    heading = visit.page.locator(".cy-heading:has-text('附则')")
    below = heading.bounding_box()["y"]
    visit.page.click(".cy-outline button:has-text('附则')")
    visit.page.wait_for_timeout(300)
    assert heading.bounding_box()["y"] < min(below, 900)
    visit.page.click(".cy-reader-bar button:has-text('返回政策库')")
    visit.page.wait_for_selector(".cy-library")


def test_gradios_own_furniture_is_gone(visit: Visit) -> None:
    assert visit.page.locator("footer:not(.cy-card-foot):visible").count() == 0
    words = visit.page.inner_text("body")
    assert "Gradio" not in words and "API" not in words
    assert visit.page.evaluate("document.documentElement.lang") == "zh-CN"
    assert (
        visit.page.get_attribute("#cy-box textarea", "aria-label")
        or visit.page.locator("#cy-box label span").count()
    )
