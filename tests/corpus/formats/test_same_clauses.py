"""One policy, one set of clauses, whatever the format it comes in."""

from pathlib import Path

import pytest

from ceyin.corpus.model import ParsedSource
from ceyin.corpus.read import Source, decode_source
from ceyin.corpus.segment import parse

from .writers import ARTICLES, ENDING, PLAN, RULES, Policy, as_docx, as_html, as_ofd, as_pdf, as_text, convert

WRITERS = {
    "a.txt": lambda policy: as_text(policy).encode("gb18030"),
    "a.html": lambda policy: as_html(policy).encode(),
    "a.docx": as_docx,
    "a.pdf": as_pdf,
    "columns.pdf": lambda policy: as_pdf(policy, columns=2),
    "a.ofd": as_ofd,
}
POLICIES = {"articles and a table": RULES, "一、(一)1.": PLAN}


def clauses(source: Source) -> list[tuple[str, str]]:
    """Paths with texts of every policy; white space is dropped by the normal form already."""
    parsed: ParsedSource = parse(source)
    return [
        ("/".join(c.path), c.text) for p in parsed.policies for part in (p, *p.annexes) for c in part.clauses
    ]


def expected(policy: Policy) -> list[tuple[str, str]]:
    return clauses(Source("a.txt", "0" * 64, as_text(policy), "txt"))


def test_the_policies_have_the_clauses_they_were_written_with() -> None:
    paths = [path for path, _ in expected((*ARTICLES, *ENDING))]
    assert paths == ["第一条", "第二条", "第二条/(一)", "第二条/(二)", "第三条", "第四条", "第五条"]
    plan = {path for path, _ in expected(PLAN)}
    assert {"二/(一)/1", "二/(一)/2", "二/(二)/1"} <= plan


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES.keys())
@pytest.mark.parametrize("name", WRITERS)
def test_every_format_gives_the_same_clauses(name: str, policy: Policy) -> None:
    source = decode_source(WRITERS[name](policy), address=name)
    assert clauses(source) == expected(policy)
    assert "公报" not in source.text or name == "a.txt"


@pytest.mark.parametrize("name", ["a.html", "a.docx", "a.pdf", "columns.pdf", "a.ofd"])
def test_a_table_is_one_line_a_row(name: str) -> None:
    lines = decode_source(WRITERS[name](RULES), address=name).text.split("\n")
    at = lines.index("档次\t投入\t补助")
    assert lines[at + 1 : at + 3] == ["一档\t100万元至300万元\t20万元", "二档\t300万元以上\t50万元"]


@pytest.mark.libreoffice
@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES.keys())
@pytest.mark.parametrize("target", ["pdf", "docx"])
def test_what_libreoffice_makes_of_our_docx_has_the_same_clauses(
    target: str, policy: Policy, tmp_path: Path
) -> None:
    made = convert(as_docx(policy), "docx", target, tmp_path)
    assert clauses(decode_source(made, address=f"a.{target}")) == expected(policy)


@pytest.mark.libreoffice
def test_the_labels_are_those_that_libreoffice_writes_into_a_text_file(tmp_path: Path) -> None:
    text = convert(as_docx(PLAN), "docx", "txt:Text (encoded):UTF8", tmp_path).decode("utf-8-sig")
    ours = decode_source(as_docx(PLAN), address="a.docx").text
    assert "".join(text.split()) == "".join(ours.split())


@pytest.mark.libreoffice
def test_libreoffice_by_way_of_odt_has_the_same_clauses(tmp_path: Path) -> None:
    odt = convert(as_docx(PLAN), "docx", "odt", tmp_path)
    for target in ("docx", "pdf"):
        folder = tmp_path / target
        folder.mkdir()
        assert clauses(decode_source(convert(odt, "odt", target, folder), address=f"a.{target}")) == expected(
            PLAN
        )
