"""Word documents: numbers as Word shows them, words in order, nothing that is deleted or hidden."""

from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ceyin.corpus.errors import SourceError
from ceyin.corpus.formats.ordinals import ordinal
from ceyin.corpus.read import decode_source

from .writers import numbered, numbering, saved, zipped

W = nsdecls("w")


def lines(data: bytes) -> list[str]:
    return decode_source(data, address="a.docx").text.split("\n")


def document(body: str, **parts: str) -> bytes:
    """A package with the parts Word cannot do without; ``body`` is XML."""
    kinds = {"footnotes": "footnotes", "numbering": "numbering", "styles": "styles"}
    return zipped(
        {
            "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
            "word/document.xml": f"<w:document {W} xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
            f"<w:body>{body}</w:body></w:document>",
            **{
                f"word/{name}.xml": f"<w:{kinds[name]} {W}>{xml}</w:{kinds[name]}>"
                for name, xml in parts.items()
            },
        }
    )


def p(words: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}<w:r><w:t>{words}</w:t></w:r></w:p>"


ORDINALS = [
    ("chineseCounting", 1, "一"), ("chineseCounting", 10, "十"), ("chineseCounting", 21, "二十一"),
    ("chineseCountingThousand", 110, "一百一十"), ("chineseCountingThousand", 205, "二百零五"),
    ("chineseCountingThousand", 1010, "一千零一十"), ("japaneseCounting", 12, "十二"),
    ("ideographTraditional", 3, "丙"), ("ideographTraditional", 11, "甲"), ("ideographZodiac", 12, "亥"),
    ("decimalEnclosedCircle", 20, "⑳"), ("decimalEnclosedCircleChinese", 21, "㉑"), ("decimalEnclosedParen", 2, "⑵"),
    ("decimalFullWidth", 12, "\uff11\uff12"), ("decimalZero", 7, "07"), ("chineseLegalSimplified", 15, "壹拾伍"),
    ("ideographDigital", 20, "二〇"), ("upperLetter", 28, "BB"), ("lowerRoman", 14, "xiv"), ("unknown", 4, "4"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "number", "expected"), ORDINALS)
def test_number_formats(form: str, number: int, expected: str) -> None:
    assert ordinal(number, form) == expected


def _counted(levels: list[tuple[str, str]], order: list[int], extra: str = "", inner: str = "") -> list[str]:
    made = docx.Document()
    numbering(made, levels, 60, extra, inner)
    for level in order:
        numbered(made, "甲", 60, level)
    return [line.removesuffix("甲").strip() for line in lines(saved(made))]


NUMBERINGS: dict[str, tuple[Callable[[], list[str]], list[str]]] = {
    "articles": (lambda: _counted([("chineseCountingThousand", "第%1条")], [0] * 11), ["第一条", "第二条", "第三条", "第四条", "第五条", "第六条", "第七条", "第八条", "第九条", "第十条", "第十一条"]),
    "a lower level starts anew under each higher one": (
        lambda: _counted([("japaneseCounting", "%1、"), ("chineseCounting", "(%2)"), ("decimal", "%3.")], [0, 1, 1, 2, 0, 1, 2, 2]),
        ["一、", "(一)", "(二)", "1.", "二、", "(一)", "1.", "2."],
    ),
    "numbers of higher levels in the label": (
        lambda: _counted([("decimal", "%1"), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3")], [0, 1, 2, 2, 1, 0, 1]),
        ["1", "1.1", "1.1.1", "1.1.2", "1.2", "2", "2.1"],
    ),
    "a level never used counts as at its start": (
        lambda: _counted([("decimal", "%1"), ("decimal", "%1.%2")], [1, 1, 0]), ["1.1", "1.2", "2"],
    ),
    "legal numbering writes higher levels in digits": (
        lambda: _counted([("chineseCounting", "第%1章"), ("decimal", "%1.%2")], [0, 1], inner="<w:isLgl/>"), ["第1章", "1.1"],
    ),
    "never restarting": (
        lambda: _counted([("decimal", "%1."), ("decimal", "(%2)")], [0, 1, 1, 0, 1], inner='<w:lvlRestart w:val="0"/>'),
        ["1.", "(1)", "(2)", "2.", "(3)"],
    ),
    "a start of its own": (
        lambda: _counted([("decimal", "%1.")], [0, 0], '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'),
        ["5.", "6."],
    ),
    "a level of its own": (
        lambda: _counted([("decimal", "%1.")], [0, 0], '<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimalEnclosedCircle"/><w:lvlText w:val="%1"/></w:lvl></w:lvlOverride>'),
        ["③", "④"],
    ),
    "bullets of a symbol font": (lambda: _counted([("bullet", "\uf0b7")], [0]), ["•"]),
    "dashes": (lambda: _counted([("bullet", "——")], [0]), ["——"]),
    "no number": (lambda: _counted([("none", "")], [0]), [""]),
}  # fmt: skip


@pytest.mark.parametrize(("made", "expected"), NUMBERINGS.values(), ids=NUMBERINGS.keys())
def test_automatic_numbers_are_those_that_word_shows(
    made: Callable[[], list[str]], expected: list[str]
) -> None:
    assert made() == expected


def test_numbering_by_style_and_its_end() -> None:
    made = docx.Document()
    numbering(made, [("chineseCountingThousand", "第%1条"), ("chineseCounting", "(%2)")], 61)
    for name, level, base in (("条", 0, "Normal"), ("项", 1, "条")):
        style = made.styles.add_style(name, 1)
        style.base_style = made.styles[base]
        style.element.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="61"/></w:numPr>')
        )
    for words, name in (("甲", "条"), ("子", "项"), ("丑", "项"), ("乙", "条")):
        made.add_paragraph(words, style=name)
    numbered(made, "无号", 0, 0).style = made.styles["条"]
    made.add_paragraph("丙", style="条")
    assert lines(saved(made)) == ["第一条 甲", "(一) 子", "(二) 丑", "第二条 乙", "无号", "第三条 丙"]


def test_styles_linked_to_levels_and_list_styles() -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{k}"><w:numFmt w:val="decimal"/><w:pStyle w:val="H{k}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for k, text in enumerate(("%1", "%1.%2"))
    )
    numbers = (
        f'<w:abstractNum w:abstractNumId="1">{levels}<w:styleLink w:val="L"/></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="L"/></w:abstractNum>'
        '<w:num w:numId="9"><w:abstractNumId w:val="2"/></w:num>'
    )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="H{k}"><w:pPr><w:numPr><w:numId w:val="9"/></w:numPr></w:pPr></w:style>'
        for k in range(2)
    )
    body = "".join(p("甲", f'<w:pStyle w:val="H{k}"/>') for k in (0, 1, 1, 0))
    assert lines(document(body, numbering=numbers, styles=styles)) == ["1 甲", "1.1 甲", "1.2 甲", "2 甲"]


def r(words: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{words}</w:t></w:r>"


SHOWN = '<w:vanish w:val="0"/>'
BOX = "<w:txbxContent>" + p("框内") + "</w:txbxContent>"
RUNS = {
    "deleted and inserted": (f"<w:p>{r('甲')}<w:del>{r('乙').replace('w:t', 'w:delText')}</w:del><w:ins>{r('丙')}</w:ins></w:p>", ["甲丙"]),
    "moved away": (f"<w:p>{r('甲')}<w:moveFrom>{r('乙')}</w:moveFrom></w:p><w:p><w:moveTo>{r('乙')}</w:moveTo></w:p>", ["甲", "乙"]),
    "a deleted paragraph mark": (f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('甲')}</w:p>{p('乙')}", ["甲乙"]),
    "hidden": (f"<w:p>{r('甲')}{r('乙', '<w:vanish/>')}{r('丙', SHOWN)}</w:p>", ["甲丙"]),
    "line breaks and tabs": ("<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t><w:cr/><w:t>丁</w:t></w:r></w:p>", ["甲", "乙 丙", "丁"]),
    "fields show their result": (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>3</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        f"{r('页')}</w:p>", ["3页"],
    ),
    "links and content controls": (f"<w:sdt><w:sdtContent><w:p><w:hyperlink>{r('甲')}</w:hyperlink><w:smartTag>{r('乙')}</w:smartTag></w:p></w:sdtContent></w:sdt>", ["甲乙"]),
    "a text box, once": (
        f"<w:p><w:r><mc:AlternateContent><mc:Choice>{BOX}</mc:Choice><mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent></w:r>{r('甲')}</w:p>",
        ["框内", "甲"],
    ),
    "ruby text": (f"<w:p><w:r><w:ruby><w:rt>{r('yi')}</w:rt><w:rubyBase>{r('一')}</w:rubyBase></w:ruby></w:r></w:p>", ["一"]),
    "symbols": ('<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + r("是") + "</w:p>", ["☑是"]),
    "comments": (f"<w:p>{r('甲')}<w:r><w:commentReference w:id='1'/></w:r></w:p>", ["甲"]),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), RUNS.values(), ids=RUNS.keys())
def test_words_as_word_shows_them(body: str, expected: list[str]) -> None:
    assert lines(document(body)) == expected


def test_headers_and_footers_stay_out_and_notes_come_last() -> None:
    notes = f'<w:footnote w:id="0" w:type="separator">{p("—")}</w:footnote><w:footnote w:id="7">{p("见市统计局公报。")}</w:footnote>'
    body = "<w:p><w:r><w:t>甲</w:t></w:r><w:r><w:footnoteReference w:id='7'/></w:r></w:p>" + p("乙")
    assert lines(document(body, footnotes=notes)) == ["甲[1]", "乙", "[1]见市统计局公报。"]
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "页眉"
    made.sections[0].footer.paragraphs[0].text = "页脚"
    made.add_paragraph("正文")
    assert lines(saved(made)) == ["正文"]


def _merged(table: Any) -> None:
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(1, 0).merge(table.cell(2, 0))


def test_tables_stand_where_they_are_with_merged_cells() -> None:
    made = docx.Document()
    made.add_paragraph("表前")
    table = made.add_table(3, 3)
    for k, words in enumerate(("项目", "金额", "", "甲", "5", "6", "", "7", "8")):
        table.cell(k // 3, k % 3).text = words
    _merged(table)
    table.cell(1, 1).text = "5\n万元"
    numbering(made, [("decimal", "%1.")], 62)
    made.add_paragraph("表后")
    assert lines(saved(made)) == ["表前", "项目\t金额", "甲\t5 万元\t6", "甲\t7\t8", "表后"]


def test_a_frame_of_one_cell_is_no_table_and_numbers_count_inside_cells() -> None:
    made = docx.Document()
    numbering(made, [("decimal", "%1.")], 63)
    numbered(made, "甲", 63, 0)
    frame = made.add_table(1, 1)
    frame.cell(0, 0).text = "框内一段"
    frame.cell(0, 0).add_paragraph("框内二段")
    table = made.add_table(1, 2)
    for cell in table.rows[0].cells:
        cell._tc.append(numbered(made, "格", 63, 0)._p)
    numbered(made, "乙", 63, 0)
    assert lines(saved(made)) == ["1. 甲", "框内一段", "框内二段", "2. 格\t3. 格", "4. 乙"]


def test_the_strict_form_of_the_format_is_read_as_well() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    xml = f"<w:document xmlns:w='{strict}'><w:body>{p('甲')}</w:body></w:document>"
    assert lines(zipped({"word/document.xml": xml})) == ["甲"]


def test_an_embedded_document_is_said_not_dropped_silently() -> None:
    source = decode_source(document(p("甲") + "<w:altChunk/>"), address="a.docx")
    assert source.notices
    assert "嵌入" in source.notices[0]


def test_a_document_of_pictures_alone_names_ocr() -> None:
    data = zipped(
        {
            "word/document.xml": f"<w:document {W}><w:body><w:p/></w:body></w:document>",
            "word/media/1.png": b"x",
        }
    )
    with pytest.raises(SourceError, match="图片"):
        decode_source(data, address="a.docx")
