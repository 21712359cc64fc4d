"""The real program in headless Chromium: a question, a click on its citation, the marked clause."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.ui.test_e2e import FLAGS, Visit

pytestmark = pytest.mark.browser
POLICY = Path(__file__).parents[1] / "fixtures" / "shili.txt"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    env = {**os.environ, "CEYIN_HOME": str(tmp_path_factory.mktemp("home"))}
    command = [sys.executable, "-m", "ceyin"]
    subprocess.run([*command, "corpus", "add", str(POLICY)], env=env, check=True, capture_output=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    found = f"http://127.0.0.1:{port}"
    with subprocess.Popen(
        [*command, "serve", "--port", str(port)], env=env, stderr=subprocess.DEVNULL
    ) as running:
        for _ in range(600):
            assert running.poll() is None, "the server stopped"
            try:
                urllib.request.urlopen(f"{found}/healthz", timeout=2).close()
                break
            except OSError:
                time.sleep(0.1)
        yield found
        running.terminate()


@pytest.fixture(scope="module")
def visit(address: str, chromium: str) -> Iterator[Visit]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser: Any = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield Visit(browser, address, {"width": 1440, "height": 900})
        browser.close()


def test_a_question_leads_to_the_marked_clause(visit: Visit) -> None:
    visit.ask("示例市工坊租用闲置厂房,每年最高能补多少?")
    card = visit.page.locator(".cy-turn").last
    assert "6" in card.inner_text() and "第四条" in card.inner_text()
    card.locator("button.cy-chip").first.click()
    visit.page.wait_for_selector(".cy-target mark")
    assert "40" in "".join(visit.page.locator(".cy-target mark").all_inner_texts())
    assert visit.complaints == []
    assert visit.outside == []


def test_a_fact_filled_in_decides_the_answer_and_is_counted(visit: Visit, address: str) -> None:
    page = visit.page
    page.click(".cy-nav-item:has-text('新对话')")
    page.wait_for_selector(".cy-welcome")
    visit.ask("企业首次通过知识产权管理体系认证,交了1.5万元认证费,能补多少?")
    card = page.locator(".cy-card")
    assert "cy-is-unknown" in (card.get_attribute("class") or "")
    page.click(".cy-missing label:has-text('是') >> nth=0")
    page.fill(".cy-missing [name=有效专利件数]", "4")
    page.click(".cy-missing .cy-go")
    visit.again(".cy-card.cy-is-pass")
    assert "1.5 万元" in card.inner_text() and "4件" in page.inner_text(".cy-understood")
    page.click(".cy-how summary")
    assert "有效专利件数" in page.inner_text(".cy-trace")
    with urllib.request.urlopen(f"{address}/metrics", timeout=10) as told:
        counted = re.search(
            r'^ceyin_verified_total\{what="answers"\} (\d+)$', told.read().decode(), re.MULTILINE
        )
    assert counted is not None and int(counted[1]) >= 2
    assert visit.complaints == [] and visit.outside == []
