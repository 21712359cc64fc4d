"""Reading cases: what is wrong is named by file, line and key."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ceyin.evals.cases import CaseError, load_suite, read_cases, shared_folder, suite_files

GOOD: dict[str, Any] = {"id": "T1", "category": "term", "turns": ["几年?"], "expect": {"status": "answered"}}


def _file(folder: Path, *lines: str | dict[str, Any]) -> Path:
    path = folder / "题.jsonl"
    texts = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


def test_a_case_is_read_with_its_date_and_exact_amount(tmp_path: Path) -> None:
    expect = '{"status": "answered", "amount_cny": 0.1}'
    line = f'{{"id": "T", "category": "c", "turns": ["问"], "as_of": "2025-02-01", "expect": {expect}}}'
    [(number, case)] = read_cases(_file(tmp_path, "", line))
    assert number == 2
    assert case.as_of == date(2025, 2, 1)
    assert case.expect.amount_cny == Decimal("0.1")


@pytest.mark.parametrize(
    ("bad", "named"),
    [
        ("{", "不是一行 JSON"),
        ("[]", "(整行)"),
        ({**GOOD, "categroy": "x"}, "不认识的键 categroy;是不是 category?"),
        ({**GOOD, "expect": {"status": "answered", "verdit": "pass"}}, "expect.verdit;是不是 verdict?"),
        (
            {**GOOD, "expect": {"status": "answered", "cite_any": [{"doc": "x"}]}},
            "缺少键 expect.cite_any.0.quote",
        ),
        ({k: v for k, v in GOOD.items() if k != "turns"}, "缺少键 turns"),
        ({**GOOD, "turns": []}, "turns 的值不对"),
        ({**GOOD, "as_of": "去年"}, "as_of 的值不对"),
        ({**GOOD, "expect": {"status": "maybe"}}, "expect.status 的值不对"),
    ],
)
def test_a_bad_line_is_named_with_its_file_line_and_key(tmp_path: Path, bad: Any, named: str) -> None:
    path = _file(tmp_path, GOOD, bad)
    with pytest.raises(CaseError) as caught:
        read_cases(path)
    message = str(caught.value)
    assert message.startswith("题.jsonl 第 2 行:")
    assert named in message
    assert "\n" not in message


def test_an_id_used_twice_names_both_places(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"第 3 行:编号 T1 在 题\.jsonl 第 1 行 已经用过"):
        load_suite("own", [_file(tmp_path, GOOD, "", GOOD)])


def test_a_missing_or_binary_file_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "b.jsonl").write_bytes(b"\xff\xfe\x00")
    for name in ("a.jsonl", "b.jsonl"):
        with pytest.raises(CaseError, match=name):
            read_cases(tmp_path / name)


def test_the_shared_suite_is_where_the_environment_says_and_absent_where_there_is_none(
    tmp_path: Path,
) -> None:
    assert shared_folder({"CEYIN_SHARED": str(tmp_path)}) == tmp_path
    assert suite_files({"CEYIN_SHARED": str(tmp_path)})["dev"] == ()
    (tmp_path / "evals").mkdir()
    (tmp_path / "evals" / "dev_cases.jsonl").write_text(json.dumps(GOOD), encoding="utf-8")
    assert len(suite_files({"CEYIN_SHARED": str(tmp_path)})["dev"]) == 1


def test_our_own_cases_are_well_formed_and_cover_every_status() -> None:
    suite = load_suite("own", suite_files({})["own"])
    assert len(suite.cases) >= 25
    assert not suite.shared
    assert {"answered", "refused", "source_incomplete"} <= {case.expect.status for case in suite.cases}
    assert all(case.note for case in suite.cases)


@pytest.mark.shared
def test_every_clause_our_cases_ask_for_stands_in_a_page_and_is_no_question_of_the_shared_cases(
    shared: Path,
) -> None:
    from ceyin.corpus.normalise import normalise
    from ceyin.evals.judge import loosen

    texts = (path.read_text(encoding="utf-8") for path in sorted((shared / "corpus").glob("*.txt")))
    pages = [loosen(normalise(text)) for text in texts]
    own = load_suite("own", suite_files({})["own"])
    for case in own.cases:
        for want in [*case.expect.cite_any, *case.expect.cite_all]:
            assert any(loosen(want.quote) in page and loosen(want.doc) in page for page in pages), (
                case.id,
                want,
            )
    dev = load_suite("dev", [shared / "evals" / "dev_cases.jsonl"])
    asked = {loosen(turn) for case in dev.cases for turn in case.turns}
    assert not asked & {loosen(turn) for case in own.cases for turn in case.turns}
