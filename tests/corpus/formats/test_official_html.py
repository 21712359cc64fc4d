"""The government pages as served: nothing of the main text is lost, tables stay tables, furniture goes.

What the main text is, is told by the page itself in two ways that the reader does not use: the container its
template fills, and on some pages a hidden plain copy of the whole article.
"""

import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import html

from ceyin.corpus.read import read_source

pytestmark = pytest.mark.shared
PAGES = 33
CONTAINERS = (
    "//*[@id='zoomcon']", "//*[contains(@class,'article-content')]", "//*[contains(@class,'content_article')]",
    "//*[contains(@class,'newsMain')]", "//*[contains(@class,'info_cont')]", "//*[contains(@class,'nr')]",
)  # fmt: skip
# Buttons that templates put into the container.
BUTTONS = re.compile(r"扫一扫|打开当前页|分享|返回顶部|打印|关闭|字号|浏览次数|取消|回到|顶部|下载|相关附件")
FILE = re.compile(r"\.(?:docx?|pdf|xlsx?|ofd|wps|zip|rar)$", re.IGNORECASE)


@pytest.fixture(scope="module")
def pages(shared: Path) -> dict[Path, html.HtmlElement]:
    found = sorted((shared / "data" / "policy_guangzhou" / "sources").glob("*.html"))
    assert len(found) == PAGES
    return {path: html.document_fromstring(path.read_bytes().decode("utf-8")) for path in found}


def letters(text: str) -> str:
    return "".join(re.findall(r"[\u3400-\u9fff0-9A-Za-z]", text))


def visible(element: html.HtmlElement) -> list[str]:
    """The runs of text below an element, without scripts."""
    runs = element.xpath(".//text()[not(ancestor::script or ancestor::style or ancestor::select)]")
    return [str(run) for run in runs if letters(str(run))]


def container(root: html.HtmlElement) -> html.HtmlElement | None:
    found = [e for path in CONTAINERS for e in root.xpath(path) if "bbnr" not in (e.get("class") or "")]
    return max(found, key=lambda e: len(letters("".join(visible(e)))), default=None)


def test_every_run_of_the_main_text_is_there(pages: dict[Path, html.HtmlElement]) -> None:
    checked = 0
    for path, root in pages.items():
        main = container(root)
        if main is None:
            continue
        text = letters(read_source(path).text)
        runs = [letters(run) for run in visible(main) if not BUTTONS.search(run)]
        lost = [run for run in runs if run not in text]
        assert sum(map(len, lost)) <= 0.001 * sum(map(len, runs)), (path.name, lost[:5])
        at = 0
        for run in (run for run in runs if len(run) > 15 and run not in lost):
            at = text.find(run, max(0, at - 200))
            assert at >= 0, (path.name, run[:40])
        checked += 1
    assert checked >= 30


def test_the_hidden_copies_agree_and_are_not_read_twice(pages: dict[Path, html.HtmlElement]) -> None:
    checked = 0
    for path, root in pages.items():
        copies = root.xpath("//*[contains(@class,'bbnr')]")
        if not copies:
            continue
        copy, text = letters(copies[0].text_content()), letters(read_source(path).text)
        pieces = [copy[at : at + 12] for at in range(0, len(copy) - 12, 12)]
        # The copy runs cells and paragraphs together as the page does: pieces across a seam of ours may differ.
        kept = sum(1 for piece in pieces if piece in text)
        assert kept >= 0.95 * len(pieces), (path.name, kept, len(pieces))
        twice = Counter(text[at : at + 30] for at in range(len(text) - 30))
        assert sum(1 for count in twice.values() if count > 1) < 0.3 * len(twice), path.name
        checked += 1
    assert checked >= 9


def test_title_number_and_attachments_are_there(pages: dict[Path, html.HtmlElement]) -> None:
    for path, root in pages.items():
        source = read_source(path)
        text = letters(source.text)
        metas = {(m.get("name") or "").lower(): m.get("content") or "" for m in root.iter("meta")}
        title = letters(metas.get("articletitle", ""))
        assert title in text, path.name
        main = container(root)
        if main is None:
            continue
        for link in main.iter("a"):
            if FILE.search(link.get("href") or "") and letters(link.text_content()):
                assert letters(link.text_content()) in text, (path.name, link.text_content())
        for number in re.findall(r"[\u4e00-\u9fff]{2,8}〔\d{4}〕\d+号", "".join(visible(main))):
            assert letters(number) in text, (path.name, number)


def test_tables_have_a_line_for_each_of_their_rows(pages: dict[Path, html.HtmlElement]) -> None:
    checked = 0
    for path, root in pages.items():
        main = container(root)
        if main is None:
            continue
        lines = [letters(line) for line in read_source(path).text.split("\n")]
        for table in main.iter("table"):
            if table.xpath(".//table") or table.xpath("ancestor::table"):
                continue
            for row in table.iter("tr"):
                words = letters(row.text_content())
                cells = [c for c in row if letters(c.text_content())]
                if len(cells) > 1 and not row.xpath(".//script"):
                    assert any(words in line for line in lines), (path.name, words[:40])
                    checked += 1
    assert checked >= 150


def test_menus_and_footers_are_mostly_gone(pages: dict[Path, html.HtmlElement]) -> None:
    everything = kept = 0
    for path, root in pages.items():
        main = container(root)
        if main is None:
            continue
        inside = len(letters("".join(visible(main))))
        everything += len(letters("".join(visible(root.find("body"))))) - inside
        kept += max(0, len(letters(read_source(path).text)) - inside)
    assert kept < 0.35 * everything
