"""Plain text: every encoding a policy comes in, and damage that must cost no more than the damaged characters."""

import pytest

from ceyin.corpus.errors import SourceError
from ceyin.corpus.formats.text import decode_text

SIMPLE = "示例市补助办法\n第一条 为支持试点,制定本办法。企业可以申请补助,最高5万元。\n"
FULL = "示例市補助辦法\n第一條 為支持試點,制定本辦法。企業可以申請補助,最高五萬元。\n"
ENGLISH = "Example City: Article 1. Grants are paid once a year.\n"

CASES = {
    f"{script} in {encoding}": (text, encoding)
    for script, text, encodings in (
        (
            "simplified",
            SIMPLE,
            ("utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"),
        ),
        ("traditional", FULL, ("utf-8", "big5", "big5hkscs", "gb18030", "utf-16-le", "utf-16-be")),
        ("English", ENGLISH, ("ascii", "utf-16-le")),
    )
    for encoding in encodings
}


@pytest.mark.parametrize(("text", "encoding"), CASES.values(), ids=CASES.keys())
def test_every_encoding_gives_the_text(text: str, encoding: str) -> None:
    assert decode_text(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16-le"])
def test_a_text_cut_in_the_middle_of_a_character_loses_only_that(encoding: str) -> None:
    whole = FULL * 3
    assert decode_text(whole.encode(encoding)[:-2], "a.txt").startswith(whole[:-2])


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
def test_a_few_bad_bytes_cost_only_the_characters_they_are_in(encoding: str) -> None:
    whole = FULL * 20
    data = bytearray(whole.encode(encoding))
    for at in (100, 500, 900):
        data[at] = 0xFF
    got = decode_text(bytes(data), "a.txt")
    assert "\ufffd" in got
    assert got.count("第一條") >= 17
    assert got.endswith(FULL * 3)


@pytest.mark.parametrize("declared", ["gb2312", "iso-8859-1", "big5", "no-such-encoding", "utf-8"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_declared_encoding_is_believed_only_where_it_reads_well(declared: str, encoding: str) -> None:
    assert decode_text((SIMPLE * 5).encode(encoding), "a.html", declared) == SIMPLE * 5


def test_line_ends_and_indents_stay_as_they_are() -> None:
    text = "\u3000\u3000第一条 甲。\r\n\u3000\u3000第二条 乙。\r"
    assert decode_text(text.encode(), "a.txt") == text


@pytest.mark.parametrize("data", [b"\0\1\2\3" * 50, bytes(range(256)) * 20], ids=["zeros", "all bytes"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"不是文本文件|认不出来"):
        decode_text(data, "a.txt")
