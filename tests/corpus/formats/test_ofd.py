"""OFD: characters by their places, by GB/T 33190 and as real writers do it."""

from pathlib import Path

import pytest

from ceyin.corpus.errors import SourceError
from ceyin.corpus.read import decode_source, read_source

from .writers import PLAN, RULES, as_ofd, as_text, zipped

FIXTURES = Path(__file__).parents[2] / "fixtures"
NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def package(*pages: str, document: str = "Doc_0/Document.xml", base: str = "Pages/P{}.xml") -> bytes:
    folder = document.rpartition("/")[0]
    refs = "".join(f'<ofd:Page ID="{k}" BaseLoc="{base.format(k)}"/>' for k in range(len(pages)))
    parts: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {NS}><ofd:DocBody><ofd:DocRoot>/{document}</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        document: f"<ofd:Document {NS}><ofd:Pages>{refs}</ofd:Pages></ofd:Document>",
    }
    for k, page in enumerate(pages):
        path = base.format(k).lstrip("/")
        path = path if base.startswith("/") else f"{folder}/{path}"
        parts[path] = f"<ofd:Page {NS}><ofd:Content><ofd:Layer>{page}</ofd:Layer></ofd:Content></ofd:Page>"
    return zipped(parts)


def text(words: str, x: float = 30, y: float = 40, extra: str = "", delta: str = "", size: float = 5) -> str:
    return (
        f'<ofd:TextObject Boundary="{x} {y} 100 {size}" Size="{size}" {extra}>'
        f'<ofd:TextCode X="0" Y="4" {delta}>{words}</ofd:TextCode></ofd:TextObject>'
    )


def lines(data: bytes) -> list[str]:
    return decode_source(data, address="a.ofd").text.split("\n")


CASES = {
    "steps written one by one": (text("甲乙丙", delta='DeltaX="5 5"'), ["甲乙丙"]),
    "steps written short": (text("甲乙丙丁", delta='DeltaX="g 2 5 5"'), ["甲乙丙丁"]),
    "no steps": (text("甲乙丙"), ["甲乙丙"]),
    "each character an object": ("".join(text(c, x=30 + 5 * k) for k, c in enumerate("甲乙丙")), ["甲乙丙"]),
    "objects out of order": (text("后", x=30, y=80) + text("前", x=30, y=40), ["前", "后"]),
    "a matrix that doubles": (text("甲乙", extra='CTM="2 0 0 2 0 0"', delta='DeltaX="5"'), ["甲乙"]),
    "digits narrow and wide": (text("补助50万元", delta='DeltaX="5 5 2.5 2.5 5"'), ["补助50万元"]),
    "several codes in one object": (
        '<ofd:TextObject Boundary="30 40 90 20" Size="5"><ofd:TextCode X="0" Y="4">甲</ofd:TextCode>'
        '<ofd:TextCode X="0" Y="14">乙</ofd:TextCode></ofd:TextObject>', ["甲", "乙"],
    ),
    "blocks inside blocks": (f"<ofd:PageBlock><ofd:PageBlock>{text('甲')}</ofd:PageBlock></ofd:PageBlock>", ["甲"]),
    "invisible": (text("甲") + text("乙", y=60, extra='Visible="false"'), ["甲"]),
    "escaped signs": (text("&lt;甲&gt;&amp;"), ["<甲>&"]),
}  # fmt: skip


@pytest.mark.parametrize(("page", "expected"), CASES.values(), ids=CASES.keys())
def test_text_objects_in_all_their_forms(page: str, expected: list[str]) -> None:
    assert lines(package(page)) == expected


@pytest.mark.parametrize("base", ["Pages/P{}.xml", "/Doc_0/Pages/P{}.xml", "../Doc_0/Pages/P{}.xml"])
def test_places_in_the_package_may_be_absolute_or_relative(base: str) -> None:
    parts = package(text("甲"), base="Pages/P{}.xml")
    assert lines(parts) == ["甲"]
    if base.startswith("/"):
        assert lines(package(text("甲"), base=base)) == ["甲"]


@pytest.mark.parametrize("policy", [RULES, PLAN], ids=["articles", "plan"])
def test_the_words_are_exact_and_running_lines_go(policy) -> None:  # type: ignore[no-untyped-def]
    got = decode_source(as_ofd(policy), address="a.ofd").text
    assert "".join(got.split()) == "".join(as_text(policy).split())


def test_a_file_made_by_easyofd_reads_like_the_pdf_it_was_made_from() -> None:
    got = read_source(FIXTURES / "easyofd.ofd").text
    assert "".join(got.split()) == "".join(as_text(PLAN).split())


def test_pages_of_pictures_are_said_to_be_a_scan() -> None:
    with pytest.raises(SourceError, match="扫描件"):
        lines(package('<ofd:ImageObject Boundary="0 0 210 297" ResourceID="1"/>'))


def test_a_damaged_page_is_named_in_a_notice() -> None:
    source = decode_source(package(text("甲"), "<broken", text("丙")), address="a.ofd")
    assert source.text.split("\n") == ["甲", "丙"]
    assert source.notices == ("第 2 页已损坏,没有读出。",)
