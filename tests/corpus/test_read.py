"""Reading sources: encodings, HTML, and what is no text."""

from pathlib import Path

import pytest

from ceyin.corpus.errors import SourceError
from ceyin.corpus.read import MAX_BYTES, decode_source, read_source

TEXT = "示例市补助办法\n第一条 为支持试点,制定本办法。\n"

ENCODINGS = {
    "utf-8": TEXT.encode(),
    "utf-8 with BOM": b"\xef\xbb\xbf" + TEXT.encode(),
    "gb18030": TEXT.encode("gb18030"),
    "utf-16": TEXT.encode("utf-16"),
}


@pytest.mark.parametrize("data", ENCODINGS.values(), ids=ENCODINGS.keys())
def test_encodings(data: bytes) -> None:
    assert decode_source(data, address="a.txt").text == TEXT


BAD = {
    "an empty file": (b"  \n", "空文件"),
    "a binary file": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "二进制"),
    "HTML without words": (b"<html><body><script>x</script></body></html>", "没有文字"),
}


@pytest.mark.parametrize(("data", "word"), BAD.values(), ids=BAD.keys())
def test_what_is_no_text(data: bytes, word: str) -> None:
    with pytest.raises(SourceError, match=word):
        decode_source(data, address="a.txt")


def test_html_keeps_paragraphs_and_leaves_scripts_out() -> None:
    page = "<html><head><title>x</title><script>var a=1</script></head><body><div class='nav'>首页</div><p>第一条&nbsp;甲</p><p>第二条<b>乙</b></p></body></html>"
    assert decode_source(page.encode(), address="a.html").text.split("\n") == [
        "首页",
        "第一条 甲",
        "第二条乙",
    ]


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="找不到"):
        read_source(tmp_path / "none.txt")
    with pytest.raises(SourceError, match="文件夹"):
        read_source(tmp_path)


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    big = tmp_path / "big.txt"
    with big.open("wb") as handle:
        handle.truncate(MAX_BYTES + 1)
    with pytest.raises(SourceError, match="上限"):
        read_source(big)


def test_an_unsupported_format_says_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"%PDF-1.4")
    with pytest.raises(SourceError, match="TXT 或 HTML"):
        read_source(file)
