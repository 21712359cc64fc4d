"""A text finds its catalog entry, and its own other versions, by number or title and by nothing weaker."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ceyin.corpus.database import Database, open_database
from ceyin.corpus.joining import number_key, title_keys
from ceyin.corpus.library import Library

from .town import Draft, Line, catalog, entry, page, ticking


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path, now=ticking(datetime(2026, 11, 24, tzinfo=UTC))) as opened:
        yield opened


@pytest.fixture
def library(database: Database) -> Library:
    return Library(database, catalog())


@pytest.mark.parametrize(
    ("written", "same_as", "same"),
    [
        ("示府发〔2024〕7号", "示府发[2024]7号", True),
        ("示府发〔2024〕7号", "示府发 (2024) 第 7 号", True),
        ("示府發〔２０２４〕７號", "示府发〔2024〕7号", True),
        ("示府发〔2024〕7号", "示府发〔2024〕17号", False),
        ("示府发〔2024〕7号", "示府办发〔2024〕7号", False),
        ("示府发〔2024〕11号", "示府发〔20241〕1号", False),
    ],
)
def test_document_numbers_are_compared_without_their_dress(written: str, same_as: str, same: bool) -> None:
    assert (number_key(written) == number_key(same_as)) is same


@pytest.mark.parametrize(
    ("written", "same_as", "same"),
    [
        ("示例市开门补贴办法", "示例市 开门补贴办法", True),
        ("示例市人民政府关于印发《示例市开门补贴办法》的通知", "示例市开门补贴办法", True),
        ("关于印发示例市开门补贴办法的通知", "《示例市开门补贴办法》", True),
        ("示例市關於印發《示例市開門補貼辦法》的通知", "示例市开门补贴办法", True),
        ("示例市开门补贴办法(试行)", "示例市开门补贴办法(试行)", True),
        ("示例市开门补贴办法(试行)", "示例市开门补贴办法", False),
        ("关于做好示例市开门补贴工作的通知", "示例市开门补贴工作", False),
        ("示例市开门补贴办法", "示例县开门补贴办法", False),
        ("通知", "通知", False),
        ("关于印发实施办法的通知", "实施办法", False),
        ("科创十条", "科创十条", True),
    ],
)
def test_titles_are_compared_without_their_dress_and_generic_ones_not_at_all(
    written: str, same_as: str, same: bool
) -> None:
    assert bool(title_keys(written) & title_keys(same_as)) is same


ENTRY = entry(
    "shili-2024-7", "示例市小微企业开门补贴办法", doc_number="示府发〔2024〕7号", aliases=("小店开门钱",)
)


@pytest.mark.parametrize(
    ("draft", "joined"),
    [
        (Draft("另一个名字的通告", number="示府发[2024]7号"), True),
        (Draft("关于印发《示例市小微企业开门补贴办法》的通知"), True),
        (Draft("小店开门钱"), True),
        (Draft("示例市小微企业开门补贴办法", number="示府发〔2021〕3号"), False),
        (Draft("示例市夜市管理办法"), False),
        (Draft("通知", annexes=(Draft("示例市小微企业开门补贴办法"),)), True),
        (Draft("通知", annexes=(Draft("示例市小微企业开门补贴办法"), Draft("申请表"))), False),
    ],
    ids=[
        "number",
        "wrapped title",
        "alias",
        "same title, other number",
        "other",
        "sole annex",
        "one annex of two",
    ],
)
def test_a_text_joins_its_catalog_entry(database: Database, draft: Draft, joined: bool) -> None:
    (line,) = Library(database, catalog(ENTRY)).add(page(draft)).policies
    assert (line.policy_id == "shili-2024-7") is joined


@pytest.mark.parametrize(
    ("issued", "wanted"), [(date(2024, 5, 1), "b"), (date(2021, 5, 1), "a"), (None, None)]
)
def test_of_entries_with_one_title_the_date_of_issue_decides(
    database: Database, issued: date | None, wanted: str | None
) -> None:
    both = [entry(n, "示例市夜市管理办法", issued=date(y, 5, 1)) for n, y in (("a", 2021), ("b", 2024))]
    (line,) = Library(database, catalog(*both)).add(page(Draft("示例市夜市管理办法", issued=issued))).policies
    assert (line.policy_id if line.policy_id in "ab" else None) == wanted


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (Draft(number="示府发〔2024〕7号"), Draft(), True),
        (Draft(), Draft(number="示府发〔2024〕7号"), True),
        (Draft(), Draft("关于印发《示例市小微企业开门补贴办法》的通知"), True),
        (Draft(issued=date(2021, 1, 1)), Draft(issued=date(2024, 1, 1)), False),
        (Draft(number="示府发〔2021〕3号"), Draft(number="示府发〔2024〕7号"), False),
        (Draft(title=""), Draft(title="", lines=(Line(("一",), "别的话。"),)), False),
        (Draft("通知"), Draft("通知", lines=(Line(("一",), "别的话。"),)), False),
    ],
)
def test_texts_without_an_entry_join_each_other_by_the_same_rule(
    library: Library, first: Draft, second: Draft, same: bool
) -> None:
    ids = {
        library.add(page(draft, furniture=f"第{n}页\n")).policies[0].policy_id
        for n, draft in enumerate((first, second))
    }
    assert (len(ids) == 1) is same


def test_a_text_moves_to_the_entry_the_catalog_gains_when_it_is_read_again(database: Database) -> None:
    (before,) = (
        Library(database, catalog())
        .add(page(Draft(number="示府发〔2024〕7号", issued=date(2024, 1, 2))))
        .policies
    )
    library = Library(database, catalog(ENTRY))
    assert {p.policy_id for p in library.policies()} == {before.policy_id, "shili-2024-7"}
    assert [
        p.status
        for p in library.add(page(Draft(number="示府发〔2024〕7号", issued=date(2024, 1, 2)))).policies
    ] == ["added", "withdrawn"]
    assert [(p.policy_id, p.text_kind) for p in library.policies()] == [("shili-2024-7", "official")]
