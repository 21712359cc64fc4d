"""One policy of 示例市 written in every format with real tools: python-docx, reportlab, LibreOffice, our own OFD."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

TITLE = "示例市企业技术改造补助办法"


_FULL = str.maketrans({c: chr(ord(c) + 0xFEE0) for c in ",:;()"})  # as official texts are set


@dataclass(frozen=True)
class P:
    """A paragraph: its label, the level of the label (None: not numbered), its words."""

    label: str
    level: int | None
    words: str
    style: str = "body"  # title | number | body | right

    def __post_init__(self) -> None:
        object.__setattr__(self, "label", self.label.translate(_FULL))
        object.__setattr__(self, "words", self.words.translate(_FULL))


ARTICLES = (
    P("", None, TITLE, "title"),
    P("", None, "示工信规〔2023〕8号", "number"),
    P("第一条", 0, "为鼓励本市企业实施技术改造,提高装备水平,根据示例省有关规定,结合本市实际,制定本办法。"),
    P("第二条", 0, "申请补助的企业应当同时符合下列条件:"),
    P("(一)", 1, "在示例市登记注册并具有独立法人资格,依法纳税,近三年内没有严重失信记录的;"),
    P("(二)", 1, "上一年度技术改造投入在100万元以上,项目已经完工并通过验收的。"),
    P("第三条", 0, "补助按照项目实际投入的百分之十计算,单个项目最高50万元,同一企业每年最多获得两项补助。"),
    P("第四条", 0, "补助分为下列档次:"),
)
PLAN = (
    P("", None, "示例市夜间经济工作方案", "title"),
    P("一、", 0, "总体要求"),
    P(
        "",
        None,
        "坚持因地制宜、分步推进,到2025年建成三个夜间消费街区,全市夜间消费规模比2022年增长百分之二十以上。",
    ),
    P("二、", 0, "主要任务"),
    P("(一)", 1, "完善配套设施"),
    P("1.", 2, "改善照明和停车条件,在重点街区新增停车位不少于300个,延长公共交通运营时间至23时30分。"),
    P("2.", 2, "设置统一的标识标牌,方便市民和游客辨认方向,并在每个出入口公布投诉电话。"),
    P("(二)", 1, "丰富活动内容"),
    P("1.", 2, "每季度组织一次主题活动,由示例市商务局会同有关部门制定计划并提前十日向社会公布。"),
    P("三、", 0, "组织保障"),
    P("", None, "各有关部门按照职责分工抓好落实,示例市商务局负责统筹协调,重大事项及时报告市人民政府。"),
)
TABLE = (("档次", "投入", "补助"), ("一档", "100万元至300万元", "20万元"), ("二档", "300万元以上", "50万元"))
ENDING = (
    P("第五条", 0, "本办法自2023年7月1日起施行,有效期三年。"),
    P("", None, "示例市工业和信息化局", "right"),
    P("", None, "2023年6月1日", "right"),
)
Piece = P | Sequence[Sequence[str]]
RULES: tuple[Piece, ...] = (*ARTICLES, TABLE, *ENDING)
Policy = Sequence[Piece]


def as_text(policy: Policy) -> str:
    return "\n".join(
        f"{p.label}{' ' if p.label.startswith('第') else ''}{p.words}"
        if isinstance(p, P)
        else "\n".join(map("\t".join, p))
        for p in policy
    )


def as_html(policy: Policy) -> str:
    rows = []
    for p in policy:
        if isinstance(p, P):
            tag = "h1" if p.style == "title" else "p"
            rows.append(f"<{tag}>&emsp;&emsp;{escape(p.label)}&nbsp;{escape(p.words)}</{tag}>")
        else:
            cells = ("".join(f"<td><p>{escape(c)}</p></td>" for c in row) for row in p)
            rows.append("<table>" + "".join(f"<tr>{line}</tr>" for line in cells) + "</table>")
    menu = "<div class='nav'><ul><li><a href='/a'>首页</a></li><li><a href='/b'>政务公开</a></li></ul></div>"
    return (
        f"<html><head><meta charset='utf-8'><title>示例市政府网</title></head><body>{menu}<div id='zoom'>"
        + "\n".join(rows)
        + "</div><div class='footer'>版权所有 示例市人民政府</div></body></html>"
    )


# ---- DOCX ----------------------------------------------------------------------------------------

_WORD = {
    "条": (
        ("chineseCountingThousand", "第%1条"),
        ("chineseCounting", "(%2)".translate(_FULL)),
        ("decimal", "%3."),
    ),
    "、": (
        ("japaneseCounting", "%1、"),
        ("chineseCountingThousand", "(%2)".translate(_FULL)),
        ("decimal", "%3."),
    ),
}


def numbering(
    document: Any, levels: Iterable[tuple[str, str]], number: int, extra: str = "", inner: str = ""
) -> None:
    """Add a list definition and an instance with the id ``number`` to a python-docx document."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    w = nsdecls("w")
    root = document.part.numbering_part.element
    parts = "".join(
        f'<w:lvl w:ilvl="{k}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{inner}<w:lvlText w:val="{text}"/></w:lvl>'
        for k, (form, text) in enumerate(levels)
    )
    root.insert(
        0,
        parse_xml(
            f'<w:abstractNum {w} w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{parts}</w:abstractNum>'
        ),
    )
    root.append(
        parse_xml(f'<w:num {w} w:numId="{number}"><w:abstractNumId w:val="{number}"/>{extra}</w:num>')
    )


def numbered(document: Any, words: str, number: int, level: int) -> Any:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    paragraph = document.add_paragraph(words)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    )
    return paragraph


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_docx(policy: Policy) -> bytes:
    """The labels are Word's own numbers: none is stored with a paragraph."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document = docx.Document()
    normal = document.styles["Normal"]
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "Noto Serif CJK SC")
    normal.font.size = Pt(12)
    kind = next("条" if "条" in p.label else "、" for p in policy if isinstance(p, P) and p.level == 0)
    numbering(document, _WORD[kind], 77)
    document.sections[0].header.paragraphs[0].text = "示例市人民政府公报"
    for p in policy:
        if not isinstance(p, P):
            table = document.add_table(len(p), len(p[0]), style="Table Grid")
            for row, line in zip(table.rows, p, strict=True):
                for cell, words in zip(row.cells, line, strict=True):
                    cell.text = words
            continue
        if p.level is not None:
            numbered(document, p.words, 77, p.level)
            continue
        paragraph = document.add_paragraph(p.words)
        if p.style in ("title", "number"):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif p.style == "right":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        else:
            paragraph.paragraph_format.first_line_indent = Pt(24)
    return saved(document)


# ---- PDF -----------------------------------------------------------------------------------------

FONT = "STSong-Light"


def font() -> str:
    """A Chinese font that needs no file: one of the standard CID fonts."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    return FONT


def as_pdf(
    policy: Policy,
    *,
    columns: int = 1,
    height: float = 330,
    running: str = "示例市人民政府公报 2023年第6期",
    **options: Any,
) -> bytes:
    """Low pages by default: what runs over from one to the next is the hard part."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Table

    page = (595.0, height)
    body = ParagraphStyle(
        "body", fontName=font(), fontSize=12, leading=20, wordWrap="CJK", firstLineIndent=24
    )
    styles = {
        "body": body,
        "title": ParagraphStyle(
            "title", parent=body, fontSize=18, leading=30, alignment=1, firstLineIndent=0
        ),
        "number": ParagraphStyle("number", parent=body, alignment=1, firstLineIndent=0),
        "right": ParagraphStyle("right", parent=body, alignment=2, firstLineIndent=0),
    }
    story: list[Any] = []
    for p in policy:
        if isinstance(p, P):
            words = f"{p.label}{'&nbsp;' if p.label.startswith('第') else ''}{escape(p.words)}"
            story.append(Paragraph(words, styles[p.style]))
        else:
            story.append(
                Table(
                    [list(r) for r in p],
                    style=[("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), FONT, 11)],
                )
            )

    def edges(canvas: Any, document: Any) -> None:
        canvas.setFont(FONT, 9)
        canvas.drawString(72, height - 40, running)
        canvas.drawCentredString(page[0] / 2, 30, f"— {canvas.getPageNumber()} —")

    out = io.BytesIO()
    gap, width = 24, page[0] - 144
    each = (width - gap * (columns - 1)) / columns
    frames = [
        Frame(72 + k * (each + gap), 72, each, height - 144, 0, 0, 0, 0, id=str(k)) for k in range(columns)
    ]
    template = BaseDocTemplate(
        out, pagesize=page, pageTemplates=[PageTemplate("page", frames, onPage=edges)], **options
    )
    template.build(story)
    return out.getvalue()


def scanned_pdf(words: Sequence[str] = ()) -> bytes:
    """Pages that are pictures; of ``words`` where a font file is given by the machine, else blank."""
    from PIL import Image, ImageDraw, ImageFont
    from reportlab.pdfgen.canvas import Canvas

    picture = Image.new("RGB", (1240, 1754), "white")
    draw = ImageDraw.Draw(picture)
    fonts = sorted(Path("/usr/share/fonts").rglob("NotoSansCJK-Regular*"))
    for k, line in enumerate(words):
        draw.text(
            (150, 150 + 70 * k), line, fill="black", font=ImageFont.truetype(str(fonts[0]), 40, index=2)
        )
    from reportlab.lib.utils import ImageReader

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.drawImage(ImageReader(picture), 0, 0, 595, 842)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


# ---- OFD -----------------------------------------------------------------------------------------

_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_LINE = 34  # characters a line
_SIZE = 4.5  # millimetres


def as_ofd(policy: Policy) -> bytes:
    """A package by GB/T 33190 with lines as a word processor breaks them, a template, and rules for the table."""
    pages: list[list[str]] = [[]]
    y = 40.0

    def text(words: str, x: float, size: float = _SIZE) -> None:
        steps = f"g {len(words) - 1} {size}" if len(words) > 1 else ""
        pages[-1].append(
            f'<ofd:TextObject ID="{len(pages[-1]) + 100 * len(pages)}" Boundary="{x} {y} 180 {size}" Font="1" Size="{size}">'
            f'<ofd:TextCode X="0" Y="{size * 0.85}" DeltaX="{steps}">{escape(words)}</ofd:TextCode></ofd:TextObject>'
        )

    def next_line(step: float) -> None:
        nonlocal y
        y += step
        if y > 120:
            pages.append([])
            y = 40.0

    for p in policy:
        if not isinstance(p, P):
            top = y - 1
            for row in p:
                for k, words in enumerate(row):
                    text(words, 30 + 50 * k)
                y += 8
            rules = [f"M 0 {8 * k} L 150 {8 * k} " for k in range(len(p) + 1)]
            rules += [f"M {50 * k} 0 L {50 * k} {8 * len(p)} " for k in range(len(p[0]) + 1)]
            pages[-1].append(
                f'<ofd:PathObject ID="9{len(pages)}" Boundary="28 {top} 151 {8 * len(p) + 1}">'
                f"<ofd:AbbreviatedData>{''.join(rules)}</ofd:AbbreviatedData></ofd:PathObject>"
            )
            next_line(4)
            continue
        words = f"{p.label}{' ' if p.label.startswith('第') else ''}{p.words}"
        if p.style in ("title", "number"):
            size = 7.0 if p.style == "title" else _SIZE
            text(words, 105 - len(words) * size / 2, size)
            next_line(12)
        elif p.style == "right":
            text(words, 28 + _LINE * _SIZE - len(words) * _SIZE)
            next_line(8)
        else:
            first = _LINE - 2
            text(words[:first], 28 + 2 * _SIZE)
            next_line(8)
            for at in range(first, len(words), _LINE):
                text(words[at : at + _LINE], 28)
                next_line(8)
    parts = {
        "OFD.xml": f'<ofd:OFD {_OFD} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo/>'
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {_OFD}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 160"
        '</ofd:PhysicalBox></ofd:PageArea><ofd:TemplatePage ID="5" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData>'
        "<ofd:Pages>"
        + "".join(f'<ofd:Page ID="{k}" BaseLoc="Pages/Page_{k}/Content.xml"/>' for k in range(len(pages)))
        + "</ofd:Pages></ofd:Document>",
        "Doc_0/Tpls/Tpl_0/Content.xml": f'<ofd:Page {_OFD}><ofd:Content><ofd:Layer><ofd:TextObject Boundary="28 15 100 4"'
        ' Size="3"><ofd:TextCode X="0" Y="2.5" DeltaX="g 8 3">示例市人民政府公报</ofd:TextCode></ofd:TextObject>'
        "</ofd:Layer></ofd:Content></ofd:Page>",
    }
    for k, page in enumerate(pages):
        number = (
            f'<ofd:TextObject Boundary="100 148 20 4" Size="3"><ofd:TextCode X="0" Y="2.5">—{k + 1}—</ofd:TextCode>'
            "</ofd:TextObject>"
        )
        parts[f"Doc_0/Pages/Page_{k}/Content.xml"] = (
            f'<ofd:Page {_OFD}><ofd:Template TemplateID="5" ZOrder="Background"/><ofd:Content><ofd:Layer>'
            + "".join(page)
            + number
            + "</ofd:Layer></ofd:Content></ofd:Page>"
        )
    return zipped(parts)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


# ---- LibreOffice ---------------------------------------------------------------------------------


def convert(data: bytes, suffix: str, target: str, folder: Path) -> bytes:
    """One file to another format by LibreOffice without its window, under a profile of its own."""
    source = folder / f"source.{suffix}"
    source.write_bytes(data)
    out = folder / "out"
    done = subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", target,
         "--outdir", str(out), str(source)],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    made = list(out.glob("source.*"))
    assert made, done.stdout + done.stderr
    return made[0].read_bytes()
