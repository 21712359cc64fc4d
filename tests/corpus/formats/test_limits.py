"""Bombs and damaged files: refused in time, with the limit and the cure, and never by another error."""

import io
import random
import time
import zipfile
import zlib
from collections.abc import Callable

import pytest

from ceyin.corpus.errors import SourceError
from ceyin.corpus.formats import limits
from ceyin.corpus.formats.pdf import read_pdf
from ceyin.corpus.read import decode_source

from .writers import RULES, as_docx, as_html, as_ofd, as_pdf, as_text, zipped

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: str, head: str = "") -> bytes:
    return zipped({"word/document.xml": f"{head}<w:document {W}><w:body>{body}</w:body></w:document>"})


def entries(count: int) -> bytes:
    return zipped({"word/document.xml": "<x/>", **{f"word/{k}.xml": "" for k in range(count)}})


def false_size() -> bytes:
    """A part that says it is small and unpacks to much more."""
    data = bytearray(zipped({"word/document.xml": b"<x>" + b" " * (70 * 1024 * 1024)}))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        size = archive.getinfo("word/document.xml").file_size.to_bytes(4, "little")
    return bytes(data.replace(size, (1000).to_bytes(4, "little")))


def pdf_bomb(megabytes: int) -> bytes:
    """A page whose content is little in the file and much when unpacked."""
    # A block that is flushed whole can be repeated as it is: no need to pack gigabytes here.
    packer, block = zlib.compressobj(9), b"% " + b"0" * (1024 * 1024 - 2)
    first, again = (packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    content = first + again * megabytes + packer.flush()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(content), content),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 5\n0000000000 65535 f \n%strailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (table, len(out))
    )


LAUGHS = '<!DOCTYPE l [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
BOMBS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a part that unpacks to a thousand times its size": ("a.docx", lambda: docx("<w:p/>" * 2_000_000), "压缩炸弹"),
    "a part with a false size": ("a.docx", false_size, "压缩炸弹|已损坏"),
    "a template too large": ("a.ofd", lambda: zipped({"OFD.xml": b" " * 100_000_000}), "压缩炸弹"),
    "too many parts": ("a.docx", lambda: entries(limits.MAX_ENTRIES + 1), "个部件"),
    "entities": ("a.docx", lambda: docx("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", LAUGHS), "实体声明"),
    "an outside entity": ("a.docx", lambda: docx("", '<!DOCTYPE x SYSTEM "file:///etc/passwd">'), "实体声明"),
    "elements nested too deep": ("a.docx", lambda: docx("<w:sdt>" * 5000 + "</w:sdt>" * 5000), "256 层"),
    "a page description of gigabytes": ("a.pdf", lambda: pdf_bomb(4000), "内存|已损坏|没有文字"),
    "a file too large": ("a.txt", lambda: b"a" * (limits.MAX_BYTES + 1), "20 MB 的上限"),
    "text too long": ("a.txt", lambda: b"a" * (limits.MAX_CHARS + 1), "万字的上限"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "made", "words"), BOMBS.values(), ids=BOMBS.keys())
def test_a_bomb_is_refused_naming_limit_and_file(name: str, made: Callable[[], bytes], words: str) -> None:
    data = made()
    start = time.monotonic()
    with pytest.raises(SourceError, match=words) as caught:
        decode_source(data, address=name)
    assert name in str(caught.value)
    assert time.monotonic() - start < 30


def test_tables_nested_as_deep_as_the_parser_allows_are_read() -> None:
    cell = "<w:p><w:r><w:t>甲</w:t></w:r></w:p>"
    for _ in range(60):
        cell = f"<w:tbl><w:tr><w:tc>{cell}</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p/>"
    assert decode_source(docx(cell), address="a.docx").text == "甲"


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_PAGES", 1)
    with pytest.raises(SourceError, match="1 页的上限"):
        read_pdf(as_pdf(RULES), "a.pdf")
    with pytest.raises(SourceError, match="1 页的上限"):
        decode_source(as_ofd(RULES), address="a.ofd")


def test_too_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_SECONDS", 0.01)
    with pytest.raises(SourceError, match="还没读完"):
        decode_source(as_pdf(RULES), address="a.pdf")
    with pytest.raises(SourceError, match="还没读完"):
        limits.Clock("a.docx", seconds=-1).check()


FILES: dict[str, Callable[[], bytes]] = {
    "a.txt": lambda: as_text(RULES).encode("gb18030"),
    "a.html": lambda: as_html(RULES).encode(),
    "a.docx": lambda: as_docx(RULES),
    "a.ofd": lambda: as_ofd(RULES),
}


def damaged(data: bytes, seed: int) -> bytes:
    """Cut, bytes turned, a piece doubled or taken out."""
    chance = random.Random(seed)
    out = bytearray(data)
    match seed % 4:
        case 0:
            return bytes(out[: chance.randrange(len(out))])
        case 1:
            for _ in range(chance.randrange(1, 20)):
                out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
        case 2:
            at = chance.randrange(len(out))
            del out[at : at + chance.randrange(1, 200)]
        case 3:
            at = chance.randrange(len(out))
            out[at:at] = out[at : at + chance.randrange(1, 200)]
    return bytes(out)


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_gives_text_or_a_refusal_and_nothing_else(name: str) -> None:
    whole = FILES[name]()
    for seed in range(150):
        try:
            assert decode_source(damaged(whole, seed), address=name).text
        except SourceError as exc:
            assert name in str(exc)


@pytest.mark.parametrize("name", ["a.docx", "a.ofd"])
def test_damage_inside_the_parts_of_an_archive_is_a_refusal_too(name: str) -> None:
    """Bytes turned in a zip are mostly caught by its checksums: here the parts are damaged before they are packed."""
    with zipfile.ZipFile(io.BytesIO(FILES[name]())) as archive:
        parts: dict[str, str | bytes] = {part: archive.read(part) for part in archive.namelist()}
    for seed in range(150):
        part = random.Random(seed).choice(sorted(parts))
        content = parts[part]
        assert isinstance(content, bytes)
        try:
            assert decode_source(zipped({**parts, part: damaged(content, seed)}), address=name).text
        except SourceError as exc:
            assert name in str(exc)


@pytest.mark.parametrize("compressed", [True, False])
def test_a_damaged_pdf_gives_text_or_a_refusal_and_nothing_else(compressed: bool) -> None:
    whole = as_pdf(RULES, pageCompression=int(compressed))
    for seed in range(60):
        try:
            assert isinstance(read_pdf(damaged(whole, seed), "a.pdf")[0], str)
        except SourceError as exc:
            assert "a.pdf" in str(exc)
