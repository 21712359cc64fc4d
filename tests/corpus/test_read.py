"""Reading sources: what a file is, by its content before its name, and what is refused with which cure."""

import dataclasses
from pathlib import Path

import pytest

from ceyin.corpus.errors import SourceError
from ceyin.corpus.read import MAX_BYTES, SUFFIXES, Source, decode_source, read_source

from .formats.writers import PLAN, as_docx, as_html, as_ofd, as_pdf, as_text, zipped

TEXT = as_text(PLAN)
KINDS = {
    "txt": TEXT.encode(),
    "html": as_html(PLAN).encode(),
    "docx": as_docx(PLAN),
    "pdf": as_pdf(PLAN),
    "ofd": as_ofd(PLAN),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".bin", ""])
def test_the_content_tells_the_kind_whatever_the_name(kind: str, suffix: str) -> None:
    if kind in ("txt", "html") and suffix in (".pdf", ".docx"):
        with pytest.raises(SourceError, match="不是有效的"):
            decode_source(KINDS[kind], address=f"a{suffix}")
        return
    source = decode_source(KINDS[kind], address=f"a{suffix}")
    assert (source.kind, "夜间经济工作方案" in source.text) == (kind, True)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_on_disk_is_read_with_its_address_and_sum(kind: str, tmp_path: Path) -> None:
    file = tmp_path / f"方案.{kind}"
    file.write_bytes(KINDS[kind])
    source = read_source(file)
    assert (source.address, source.kind, source.notices) == (str(file), kind, ())
    assert len(source.sha256) == 64


def test_reading_is_the_same_every_time() -> None:
    for kind, data in KINDS.items():
        assert decode_source(data, address=f"a.{kind}") == decode_source(data, address=f"a.{kind}")


def test_a_source_is_a_frozen_value_and_a_text_file_is_read_as_it_stands() -> None:
    source = decode_source(TEXT.encode("gb18030"), address="a.txt")
    assert source.text == TEXT
    with pytest.raises(dataclasses.FrozenInstanceError):
        source.text = ""  # type: ignore[misc]
    assert Source("a", "0", "甲", "txt").notices == ()


def test_an_address_without_suffix_and_a_given_kind() -> None:
    assert decode_source(b"<p>a b c</p>", address="https://example.org/x").kind == "html"
    assert decode_source(b"Article 1", address="https://example.org/x").kind == "txt"
    assert decode_source(b"<!DOCTYPE html><p>a b c", address="saved.txt").kind == "html"
    assert decode_source(b"plain", address="x", kind="html").kind == "html"


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
REFUSED = {
    "an empty file": ("a.txt", b"  \n", "空文件"),
    "HTML without words": ("a.html", b"<html><body><script>x</script></body></html>", "没有文字"),
    "a Word document of before 2007": ("a.doc", OLE, "另存为 DOCX"),
    "a WPS document": ("a.wps", OLE, "另存为 DOCX"),
    "an old document with the wrong name": ("a.docx", OLE, "另存为 DOCX"),
    "an old table": ("a.xls", OLE, "表格"),
    "an old presentation": ("a.ppt", OLE, "演示文稿"),
    "a document under a password": ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "a table": ("a.xlsx", zipped({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "表格"),
    "a presentation": ("a.pptx", zipped({"[Content_Types].xml": "", "ppt/presentation.xml": ""}), "演示文稿"),
    "an ODT": (
        "a.odt",
        zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}),
        "另存为 DOCX",
    ),
    "an archive": ("a.zip", zipped({"a.txt": "甲"}), "解压"),
    "a broken archive": ("a.docx", KINDS["docx"][:2000], "已损坏"),
    "another archive": ("a.rar", b"Rar!\x1a\x07\0" + b"x" * 99, "解压"),
    "rich text": ("a.rtf", b"{\\rtf1\\ansi abc}", "另存为 DOCX"),
    "a picture": ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "OCR"),
    "a photograph": ("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF", "OCR"),
    "a WebP picture": ("a.webp", b"RIFF\0\0\0\0WEBPVP8 ", "OCR"),
    "a web archive": ("a.mht", b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n", "仅 HTML"),
    "a binary file": ("a.bin", bytes(range(256)) * 10, "二进制"),
    "a PDF that is none": ("a.pdf", b"hello world", "不是有效的 PDF"),
    "a PDF cut short": ("a.pdf", b"%PDF-1.4", "已损坏"),
    "an OFD that is none": ("a.ofd", b"<OFD/>", "不是有效的 OFD"),
    "an OFD without a document": ("a.ofd", zipped({"OFD.xml": "<OFD/>"}), "已损坏"),
    "a DOCX without words": ("a.docx", zipped({"word/document.xml": "<w xmlns='x'><body/></w>"}), "没有文字"),
}


@pytest.mark.parametrize(("name", "data", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_read_is_refused_by_name_with_the_cure(name: str, data: bytes, words: str) -> None:
    with pytest.raises(SourceError, match=words) as caught:
        decode_source(data, address=f"/tmp/{name}")
    message = str(caught.value)
    assert message.startswith(name)
    assert "。" in message[:-1] or "," in message
    assert "\n" not in message


def test_a_missing_file_a_folder_and_a_bad_path_are_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="找不到"):
        read_source(tmp_path / "none.txt")
    with pytest.raises(SourceError, match="文件夹"):
        read_source(tmp_path)
    with pytest.raises(SourceError, match="检查路径"):
        read_source(Path("a\0b"))


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    big = tmp_path / "big.txt"
    with big.open("wb") as handle:
        handle.truncate(MAX_BYTES + 1)
    with pytest.raises(SourceError, match="上限"):
        read_source(big)


def test_the_suffixes_of_a_folder_import_are_those_that_can_be_read() -> None:
    assert {".txt", ".html", ".pdf", ".docx", ".ofd"} <= set(SUFFIXES)
    assert not {".doc", ".zip", ".png"} & set(SUFFIXES)
