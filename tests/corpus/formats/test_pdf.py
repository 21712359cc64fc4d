"""PDF: reading order, running lines, paragraphs, and what is said of files that cannot be read whole."""

import io
from collections.abc import Callable

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from ceyin.corpus.errors import SourceError
from ceyin.corpus.formats.paragraphs import joined
from ceyin.corpus.formats.pdf import read_pdf
from ceyin.corpus.read import decode_source

from .writers import PLAN, RULES, as_pdf, as_text, font, scanned_pdf

WORDS = "示例市各有关部门应当按照职责分工做好本项工作并且定期向社会公布进展情况接受监督"


def drawn(*pages: Callable[[Canvas], None]) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for page in pages:
        canvas.setFont(font(), 12)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def text(data: bytes) -> list[str]:
    return read_pdf(data, "a.pdf")[0].split("\n")


def paragraph(canvas: Canvas, y: float, *lines: str, indent: float = 24, x: float = 72) -> None:
    for k, line in enumerate(lines):
        canvas.drawString(x + (indent if k == 0 else 0), y - 20 * k, line)


LINE = WORDS[:37]  # fills a line of 444 points


def test_lines_of_a_paragraph_are_joined_without_spaces_and_a_new_one_is_seen_by_its_indent() -> None:
    def page(c: Canvas) -> None:
        paragraph(c, 700, LINE[:35], LINE, "。")
        paragraph(c, 640, LINE[:35], LINE[:10] + "。")

    data = drawn(page)
    assert text(data) == [LINE[:35] + LINE + "。", LINE[:35] + LINE[:10] + "。"]


def test_without_indents_a_paragraph_ends_with_a_short_line_or_before_a_label() -> None:
    def page(c: Canvas) -> None:
        paragraph(
            c, 700, LINE, LINE[:20] + "。", LINE, LINE[:36] + "。", "第二条" + LINE[:34], "完。", indent=0
        )

    assert text(drawn(page)) == [
        LINE + LINE[:20] + "。",
        LINE + LINE[:36] + "。",
        "第二条" + LINE[:34] + "完。",
    ]


def test_a_reference_at_the_start_of_a_line_begins_no_paragraph() -> None:
    data = drawn(lambda c: paragraph(c, 700, LINE[:33] + "依照", "第五条规定的标准减半。", LINE, indent=24))
    assert text(data)[0] == LINE[:33] + "依照第五条规定的标准减半。"


JOINS = [
    ("补助", "资金", "补助资金"),
    ("20", "23年", "2023年"),
    ("apply", "for", "apply for"),
    ("imple-", "ment", "implement"),
    ("", "甲", "甲"),
]


@pytest.mark.parametrize(("before", "after", "expected"), JOINS)
def test_joining_two_lines(before: str, after: str, expected: str) -> None:
    assert joined(before, after) == expected


def test_a_paragraph_goes_on_over_the_page_and_running_lines_go() -> None:
    long = as_pdf(RULES * 3, height=300)
    lines = text(long)
    assert [line for line in lines if "公报" in line or "—" in line] == []
    assert lines == text(as_pdf(RULES * 3, height=4000, running=""))


def test_a_line_that_does_not_repeat_in_its_place_stays() -> None:
    def page(number: int) -> Callable[[Canvas], None]:
        def draw(c: Canvas) -> None:
            c.drawString(72, 800, f"第{number}章 各页不同的标题{'甲乙丙'[number - 1]}")
            c.drawString(72, 400, WORDS[:20] + "。")
            c.drawString(280, 30, f"{number + 6}")

        return draw

    lines = text(drawn(*map(page, (1, 2, 3))))
    assert [line[:3] for line in lines if line.startswith("第")] == ["第1章", "第2章", "第3章"]
    assert not any(line in ("7", "8", "9") for line in lines)


def test_a_number_alone_on_a_single_page_stays_but_a_page_number_between_dashes_goes() -> None:
    def page(foot: str) -> Callable[[Canvas], None]:
        def draw(c: Canvas) -> None:
            c.drawString(72, 400, WORDS)
            c.drawString(280, 30, foot)

        return draw

    assert text(drawn(page("5"))) == [WORDS, "5"]
    assert text(drawn(page("— 1 —"))) == [WORDS]


def test_two_columns_are_read_one_after_the_other() -> None:
    def page(c: Canvas) -> None:
        c.setFont(font(), 18)
        c.drawCentredString(297, 780, "示例市科技创新与产业发展若干政策措施")
        c.setFont(font(), 12)
        for side in (0, 1):
            for k in range(12):
                head = f"{'左右'[side]}{k + 1:02d}"
                c.drawString(
                    72 + 255 * side + (24 if k % 4 == 0 else 0),
                    740 - 20 * k,
                    head + WORDS[: 15 if k % 4 == 0 else 17],
                )

    lines = text(drawn(page))
    assert lines[0].startswith("示例市科技创新")
    assert [line[:3] for line in lines[1:]] == ["左01", "左05", "左09", "右01", "右05", "右09"]


def test_names_and_dates_side_by_side_are_no_columns() -> None:
    def page(c: Canvas) -> None:
        for k in range(14):
            c.drawString(72, 740 - 20 * k, f"第{k + 1}家企业"[: 4 + k % 3])
            c.drawString(330, 740 - 20 * k, f"{k + 1}万元")

    assert text(drawn(page))[:2] == ["第1家企\t1万元", "第2家企业\t2万元"]


@pytest.mark.parametrize("columns", [1, 2])
def test_the_whole_policy_comes_back_word_for_word(columns: int) -> None:
    got = decode_source(as_pdf(PLAN * 4, columns=columns), address="a.pdf").text
    assert "".join(got.split()) == "".join(as_text(PLAN * 4).split())


def test_a_password_is_named_and_an_owner_password_alone_is_no_hindrance() -> None:
    locked = as_pdf(PLAN, encrypt=StandardEncryption("secret", canPrint=0))
    with pytest.raises(SourceError, match=r"a\.pdf 加了密码"):
        decode_source(locked, address="a.pdf")
    open_to_readers = as_pdf(PLAN, encrypt=StandardEncryption("", ownerPassword="secret", canCopy=0))
    assert "夜间经济" in decode_source(open_to_readers, address="a.pdf").text


def test_a_scanned_pdf_is_said_to_be_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ceyin.corpus.formats.ocr.available", lambda: False)
    with pytest.raises(SourceError, match=r"扫描件.*OCR"):
        decode_source(scanned_pdf(), address="a.pdf")


def test_a_stamp_over_scanned_pages_does_not_make_them_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ceyin.corpus.formats.ocr.available", lambda: False)

    def page(c: Canvas) -> None:
        from PIL import Image
        from reportlab.lib.utils import ImageReader

        c.drawImage(ImageReader(Image.new("RGB", (50, 50))), 0, 0, 595, 842)
        c.drawString(200, 30, "示例扫描软件")

    with pytest.raises(SourceError, match="扫描件"):
        decode_source(drawn(page, page), address="a.pdf")


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(turn: int) -> None:
    def page(c: Canvas) -> None:
        c.setPageRotation(turn)
        x, y = {90: (0, 595), 180: (595, 842), 270: (842, 0)}[turn]
        c.translate(x if turn == 180 else (595 if turn == 90 else 0), 0 if turn == 90 else y)
        c.rotate({90: 90, 180: 180, 270: -90}[turn])
        paragraph(c, 400, LINE[:35], LINE[:10] + "。")

    assert text(drawn(page)) == [LINE[:35] + LINE[:10] + "。"]


def test_a_few_scanned_pages_are_named_in_a_notice() -> None:
    def with_picture(c: Canvas) -> None:
        from PIL import Image
        from reportlab.lib.utils import ImageReader

        c.drawImage(ImageReader(Image.new("RGB", (50, 50))), 0, 0, 595, 842)

    pages = [lambda c: c.drawString(72, 400, WORDS)] * 3
    words, notices = read_pdf(drawn(*pages, with_picture), "a.pdf")
    assert words.count(WORDS) == 3
    assert notices[0].startswith("第 4 页是扫描图像")


def test_a_broken_page_costs_only_itself_and_most_pages_broken_is_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import ceyin.corpus.formats.pdf as pdf

    real = pdf._glyphs

    def failing(*numbers: int) -> Callable[..., object]:
        def glyphs(page):  # type: ignore[no-untyped-def]
            if page.page_number in numbers:
                raise KeyError("damaged")
            return real(page)

        return glyphs

    data = drawn(*[lambda c: c.drawString(72, 400, WORDS)] * 3)
    monkeypatch.setattr(pdf, "_glyphs", failing(2))
    words, notices = read_pdf(data, "a.pdf")
    assert (words.count(WORDS), notices) == (2, ("第 2 页已损坏,没有读出。",))
    monkeypatch.setattr(pdf, "_glyphs", failing(1, 3))
    with pytest.raises(SourceError, match="第 1、3 页读不出"):
        read_pdf(data, "a.pdf")


@pytest.mark.ocr
def test_a_scanned_pdf_is_read_by_ocr_where_the_extra_is_installed() -> None:
    source = decode_source(
        scanned_pdf(["第一条 示例市支持企业开展技术改造。", "第二条 单个项目最高补助50万元。"]),
        address="a.pdf",
    )
    assert "".join(source.text.split()) == "第一条示例市支持企业开展技术改造。第二条单个项目最高补助50万元。"
    assert "识别" in source.notices[0]
