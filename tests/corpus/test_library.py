"""What was added is served word for word, under the right id, and nothing reported as stored is ever lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from ceyin.corpus import audit
from ceyin.corpus.catalog import Card, Catalog
from ceyin.corpus.database import Database, open_database
from ceyin.corpus.database.tables import ClauseRow, PolicyRow, SourceRow
from ceyin.corpus.library import Library
from ceyin.corpus.model import Block, BlockKind, ClauseRef, DamageKind, Span
from ceyin.corpus.normalise import normalise

from .town import Draft, Line, catalog, entry, page, read_again, ticking

OPENING = Draft(number="示府发〔2024〕7号", issued=date(2024, 1, 2))
ENTRY = entry(
    "shili-2024-7", "示例市小微企业开门补贴办法", doc_number="示府发〔2024〕7号", aliases=("小店开门钱",)
)
OPENING_CARD = Card(path=("第二条",), heading="金额", digest="开店补 3000 元", questions=("开店补多少?",))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path, now=ticking(datetime(2026, 11, 24, tzinfo=UTC))) as opened:
        yield opened


@pytest.fixture
def library(database: Database) -> Library:
    return Library(database, catalog())


def _count(database: Database, table: type[PolicyRow] | type[ClauseRow] | type[SourceRow]) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def _paths(library: Library, policy_id: str) -> list[tuple[str, ...]]:
    policy = library.policy(policy_id)
    assert policy is not None
    return [clause.ref.path for clause in policy.clauses]


# ---- what comes out is what went in ----------------------------------------------------------------


def test_every_clause_leads_back_to_its_words_in_the_source(library: Library) -> None:
    source = page(OPENING, replace(OPENING, title="示例市夜市管理办法", number=None))
    library.add(source)
    for policy in library.policies():
        text = library.source_text(policy.sha256 or "")
        assert text == source.text
        assert policy.source == "示例市.txt"
        assert [c.ordinal for c in policy.clauses] == list(range(len(policy.clauses)))
        for clause in policy.clauses:
            assert clause.span is not None
            assert clause.text == normalise(clause.span.cut(text))
            assert clause.text_kind == "official"


def test_title_block_and_signature_are_clauses_in_document_order(library: Library) -> None:
    library.add(page(OPENING))
    (policy,) = library.policies()
    words = {clause.ref.path: clause.text for clause in policy.clauses}
    assert list(words) == [("题头",), ("第一条",), ("第二条",), ("落款",)]
    assert words["题头",] == "示例市小微企业开门补贴办法示府发〔2024〕7号"
    assert words["落款",] == "示例市人民政府2024年1月2日"


def test_a_title_block_in_pieces_gives_its_longest_stretch(library: Library) -> None:
    source = page(OPENING)
    (policy,) = source.policies
    title, number, *rest = policy.blocks
    torn = replace(
        policy, blocks=(title, replace(number, span=Span(number.span.start + 1, number.span.end)), *rest)
    )
    library.add(replace(source, policies=(torn,)))
    assert library.policies()[0].clauses[0].text == normalise(title.span.cut(source.text))


def test_a_signature_after_the_annex_is_found(library: Library) -> None:
    annex = Draft(title="开门补贴细则", lines=(Line(("一",), "先填表。"),))
    library.add(page(Draft(signature=(), annexes=(annex,))))
    assert library.policies()[0].clauses[-1].ref.path == ("落款",)


def test_blocks_without_words_give_no_clause(library: Library) -> None:
    source = page(Draft(signature=("  ",)))
    library.add(source)
    assert ("落款",) not in _paths(library, library.policies()[0].policy_id)
    assert (
        Block(BlockKind.SIGNATURE, Span(len(source.text) - 3, len(source.text))) in source.policies[0].blocks
    )


def test_annexes_are_part_of_their_notice(library: Library) -> None:
    annex = Draft(
        title="示例市开门补贴办法",
        lines=(Line(("第一条",), "给钱。"), Line(("第二条",), "快给。", DamageKind.CUT_END)),
        signature=(),
        damages=(DamageKind.GAP,),
    )
    cover = Draft(
        "关于印发《示例市开门补贴办法》的通知", (Line(("通知",), "现印发给你们。"),), annexes=(annex,)
    )
    (added,) = library.add(page(cover)).policies
    assert _paths(library, added.policy_id) == [("题头",), ("通知",), ("落款",), ("第一条",), ("第二条",)]
    policy = library.policy(added.policy_id)
    assert policy is not None
    assert [d.kind for d in policy.damages] == [DamageKind.GAP]
    assert (added.clauses, added.damaged) == (5, 1)


def test_a_path_that_comes_again_is_told_apart(library: Library) -> None:
    twice = (
        Line(("二", "1"), "甲。"),
        Line(("二", "1"), "乙。"),
        Line(("二", "1"), "丙。"),
        Line(("落款",), "丁。"),
    )
    (added,) = library.add(page(Draft(lines=twice))).policies
    paths = _paths(library, added.policy_id)
    assert paths == [("题头",), ("二", "1"), ("二#2", "1"), ("二#3", "1"), ("落款",), ("落款#2",)]


def test_damage_of_a_clause_is_told(library: Library) -> None:
    library.add(page(Draft(lines=(Line(("一",), "给钱。"), Line(("二",), "给", DamageKind.CUT_END)))))
    clauses = [c for c in library.policies()[0].clauses if c.ref.path[0] in "一二"]
    assert [(c.damaged, c.damage_kind, c.damage) for c in clauses] == [
        (False, None, None),
        (True, DamageKind.CUT_END, "原文此处有缺字"),
    ]


def test_policies_are_ordered_by_id(library: Library) -> None:
    for number in (3, 1, 2):
        library.add(page(Draft(title=f"示例市第{number}号通告内容", number=f"示府发〔2024〕{number}号")))
    assert [p.policy_id for p in library.policies()] == ["示府发-2024-1", "示府发-2024-2", "示府发-2024-3"]


# ---- adding again ----------------------------------------------------------------------------------


def test_adding_the_same_source_again_changes_nothing(library: Library, database: Database) -> None:
    first = library.add(page(OPENING))
    mark, record = library.fingerprint(), audit.verify(database)
    again = library.add(page(OPENING))
    assert [p.status for p in first.policies + again.policies] == ["added", "unchanged"]
    assert (again.policies[0].version, again.policies[0].current, again.policies[0].clauses) == (1, True, 4)
    assert (library.fingerprint(), audit.verify(database)) == (mark, record)
    assert _count(database, PolicyRow) == 1


def test_a_changed_text_becomes_a_further_version_and_the_old_one_stays(library: Library) -> None:
    library.add(page(OPENING))
    richer = replace(OPENING, lines=(OPENING.lines[0], Line(("第二条",), "每家小店给予开门补贴 5000 元。")))
    (line,) = library.add(page(richer)).policies
    assert (line.status, line.version, line.current) == ("updated", 2, True)
    old, new = library.versions(line.policy_id)
    assert ["3000" in old.clauses[2].text, "5000" in new.clauses[2].text] == [True, True]
    assert [old.current, new.current] == [False, True]
    assert library.policies() == (new,)
    assert library.source_text(old.sha256 or "") == page(OPENING).text


def _version(kind: str) -> Draft:
    """The same policy as another page has it."""
    lines = {
        "sound": OPENING.lines,
        "sound too": OPENING.lines,
        "damaged": (OPENING.lines[0], replace(OPENING.lines[1], damage=DamageKind.CUT_END)),
        "worse": tuple(replace(line, damage=DamageKind.CUT_END) for line in OPENING.lines),
        "gap": OPENING.lines,
        "cover note": (Line(("通知",), "现印发给你们。"),),
    }[kind]
    damages = (DamageKind.GAP,) if kind == "gap" else ()
    return replace(OPENING, lines=lines, damages=damages, stub=kind == "cover note")


@pytest.mark.parametrize(
    ("order", "current"),
    [
        (("damaged", "sound"), "sound"),
        (("sound", "damaged"), "sound"),
        (("worse", "damaged"), "damaged"),
        (("damaged", "worse"), "damaged"),
        (("sound", "sound too"), "sound too"),
        (("gap", "sound"), "sound"),
        (("sound", "gap"), "sound"),
        (("cover note", "worse"), "worse"),
        (("worse", "cover note"), "worse"),
        (("damaged", "sound", "worse"), "sound"),
    ],
)
def test_the_least_damaged_text_is_current_and_of_equals_the_newest(
    library: Library, order: tuple[str, ...], current: str
) -> None:
    reports = [library.add(page(_version(kind), address=kind, furniture=f"{kind}\n")) for kind in order]
    policy_id = reports[0].policies[0].policy_id
    assert {r.policies[0].policy_id for r in reports} == {policy_id}
    assert [p.source for p in library.policies()] == [current]
    assert reports[-1].policies[0].current == (order[-1] == current)
    assert [p.source for p in library.versions(policy_id)] == list(order)


def test_one_loss_told_by_clause_and_document_counts_once(library: Library) -> None:
    source = page(_version("damaged"), address="一处", furniture="一处\n")
    (policy,) = source.policies
    damage = policy.clauses[1].damage
    assert damage is not None
    library.add(replace(source, policies=(replace(policy, damages=(damage,)),)))
    library.add(page(_version("damaged"), address="也是一处", furniture="也是一处\n"))
    assert [p.source for p in library.policies()] == ["也是一处"]  # as damaged, and newer


def test_a_cover_note_and_its_full_text_on_one_page_are_one_policy(library: Library) -> None:
    report = library.add(page(_version("cover note"), _version("sound")))
    assert [(p.status, p.version, p.current) for p in report.policies] == [
        ("added", 1, False),
        ("updated", 2, True),
    ]
    assert len(library.policies()) == 1


def test_a_better_reading_of_the_same_bytes_replaces_the_former(library: Library, database: Database) -> None:
    former = page(OPENING)
    library.add(former)
    (policy,) = former.policies
    better = replace(former, policies=(replace(policy, clauses=policy.clauses[:1]),))
    (line,) = library.add(better).policies
    assert (line.status, line.version, line.current, line.clauses) == ("updated", 2, True, 3)
    assert [p.version for p in library.versions(line.policy_id)] == [2]
    assert _count(database, ClauseRow) == 3


def test_a_policy_the_better_reading_does_not_find_is_withdrawn(library: Library) -> None:
    other = replace(OPENING, title="示例市夜市管理办法", number="示府发〔2024〕8号")
    former = page(OPENING, other)
    library.add(former)
    report = library.add(replace(former, policies=former.policies[:1]))
    assert [(p.policy_id, p.title, p.status) for p in report.policies] == [
        ("示府发-2024-7", OPENING.title, "unchanged"),
        ("示府发-2024-8", other.title, "withdrawn"),
    ]
    assert [p.policy_id for p in library.policies()] == ["示府发-2024-7"]


def test_a_reading_that_found_nothing_withdraws_nothing(library: Library) -> None:
    source = page(OPENING)
    library.add(source)
    assert library.add(replace(source, policies=())).policies == ()
    assert len(library.policies()) == 1


def test_another_text_from_the_same_bytes_takes_its_spans_along(library: Library) -> None:
    former = page(OPENING)
    library.add(former)
    better = read_again(
        former, page(OPENING, furniture="首页\n")
    )  # a reader that leaves more of the page out
    library.add(better)
    (policy,) = library.policies()
    assert library.source_text(former.sha256) == better.text
    assert all(c.span and c.text == normalise(c.span.cut(better.text)) for c in policy.clauses)
    assert len(library.versions(policy.policy_id)) == 1


def test_sources_can_be_read_again_in_the_order_they_came(library: Library) -> None:
    pages = [page(OPENING, address=f"{n}.txt", furniture=f"第{n}页\n") for n in (2, 1, 3)]
    for source in pages:
        library.add(source)
    assert [(s.address, s.sha256, s.text) for s in library.sources()] == [
        (s.source, s.sha256, s.text) for s in pages
    ]


# ---- the catalog laid over -------------------------------------------------------------------------


def test_facts_of_the_catalog_win_where_it_has_them(database: Database) -> None:
    known = entry(
        "shili-2024-7",
        "示例市开门补贴办法",
        doc_number="示府发〔2024〕7号",
        issuers=("示例市商务局",),
        effective_from=date(2024, 2, 1),
        repealed=date(2025, 1, 1),
        stub=True,
    )
    draft = replace(OPENING, effective_from=date(1999, 1, 1))
    library = Library(database, catalog(known))
    library.add(page(draft))
    (policy,) = library.policies()
    assert (policy.title, policy.issuers) == ("示例市开门补贴办法", ("示例市商务局",))
    assert (policy.effective_from, policy.repealed) == (date(2024, 2, 1), date(2025, 1, 1))
    assert policy.issued == date(2024, 1, 2)  # the catalog does not say: as parsed
    assert not policy.stub  # what the imported text is, not what the entry stands for
    assert (policy.entry, policy.text_kind, policy.version) == (known, "official", 1)


def test_cards_join_clauses_of_the_same_path(database: Database) -> None:
    loose = Card(path=("第九条",), digest="别的")
    library = Library(database, catalog(ENTRY.model_copy(update={"cards": (OPENING_CARD, loose)})))
    library.add(page(OPENING))
    (policy,) = library.policies()
    assert {c.ref.path: c.card for c in policy.clauses if c.card} == {("第二条",): OPENING_CARD}
    assert policy.loose_cards == (loose,)


def test_a_policy_that_was_not_imported_is_served_from_its_cards(database: Database) -> None:
    torn = Card(path=("第三条",), digest="原文只剩半句", damaged=True)
    known = ENTRY.model_copy(update={"cards": (OPENING_CARD, torn), "sources": ("示例市.gov/7", "别处")})
    (policy,) = Library(database, catalog(known)).policies()
    assert (policy.text_kind, policy.version, policy.sha256, policy.source) == (
        "card",
        0,
        None,
        "示例市.gov/7",
    )
    first, second = policy.clauses
    assert (first.ref, first.text, first.heading) == (
        ClauseRef("shili-2024-7", ("第二条",)),
        "开店补 3000 元",
        "金额",
    )
    assert (first.text_kind, first.span, first.damaged, first.card) == ("card", None, False, OPENING_CARD)
    assert (second.damaged, second.ordinal) == (True, 1)
    assert second.damage


# ---- removing --------------------------------------------------------------------------------------


def test_removing_takes_all_versions_and_leaves_the_cards(database: Database) -> None:
    library = Library(database, catalog(ENTRY))
    library.add(page(OPENING))
    library.add(page(OPENING, furniture="又一页\n"))
    assert library.remove("shili-2024-7")
    assert [p.text_kind for p in library.policies()] == ["card"]
    assert [_count(database, table) for table in (PolicyRow, ClauseRow, SourceRow)] == [0, 0, 0]
    assert not library.remove("shili-2024-7")


def test_a_source_stays_while_another_policy_stands_on_it(library: Library) -> None:
    source = page(OPENING, replace(OPENING, title="示例市夜市管理办法", number="示府发〔2024〕8号"))
    library.add(source)
    assert library.remove("示府发-2024-7")
    assert library.source_text(source.sha256) == source.text
    assert library.remove("示府发-2024-8")
    assert library.source_text(source.sha256) is None


def test_what_was_removed_can_be_added_again(library: Library) -> None:
    library.add(page(OPENING))
    library.remove("示府发-2024-7")
    assert [p.status for p in library.add(page(OPENING)).policies] == ["added"]


# ---- fingerprint, audit, threads -------------------------------------------------------------------


def _add(library: Library, _: Database) -> None:
    library.add(page(OPENING, furniture="又一页\n"))


def _remove(library: Library, _: Database) -> None:
    library.remove("示府发-2024-7")


def _read_only(library: Library, _: Database) -> None:
    library.policies()
    library.versions("示府发-2024-7")
    library.remove("nobody")


@pytest.mark.parametrize(("act", "changes"), [(_add, True), (_remove, True), (_read_only, False)])
def test_the_fingerprint_follows_what_is_served(
    library: Library, database: Database, act: object, changes: bool
) -> None:
    library.add(page(OPENING))
    before = library.fingerprint()
    assert callable(act)
    act(library, database)
    assert (library.fingerprint() != before) is changes


def test_the_fingerprint_follows_the_catalog(database: Database) -> None:
    catalogs: list[Catalog] = [
        catalog(),
        catalog(ENTRY),
        catalog(ENTRY.model_copy(update={"cards": (OPENING_CARD,)})),
    ]
    assert len({Library(database, c).fingerprint() for c in catalogs}) == 3


def test_policies_are_served_from_memory_until_another_process_changes_the_store(tmp_path: Path) -> None:
    with open_database(tmp_path) as mine, open_database(tmp_path) as other:
        library = Library(mine, catalog())
        assert library.policies() == ()
        Library(other, catalog()).add(page(OPENING))
        (first,) = library.policies()
        assert library.policies()[0] is first
        Library(other, catalog()).remove(first.policy_id)
        assert library.policies() == ()


def test_a_thread_that_holds_on_sees_the_policies_as_they_were(tmp_path: Path) -> None:
    with open_database(tmp_path) as mine, open_database(tmp_path) as other:
        library = Library(mine, catalog())
        with library.steady():
            before = library.fingerprint()
            Library(other, catalog()).add(page(OPENING))
            with library.steady():
                assert library.policies() == ()
            assert (library.policies(), library.some(["opening"]), library.fingerprint()) == ((), {}, before)
        (first,) = library.policies()
        assert library.fingerprint() != before
        assert library.some([first.policy_id]) == {first.policy_id: first}


def test_every_act_is_on_record_with_who_did_it(library: Library, database: Database) -> None:
    source = page(OPENING)
    library.add(source, actor="小李")
    library.remove("示府发-2024-7", actor="小王")
    removed, added = audit.entries(database)
    assert (added.action, added.actor, added.detail) == (
        "corpus.add",
        "小李",
        {"address": "示例市.txt", "sha256": source.sha256, "policies": [["示府发-2024-7", 1, "added"]]},
    )
    assert (removed.action, removed.actor, removed.detail["versions"]) == ("corpus.remove", "小王", 1)
    assert audit.verify(database).sound


def test_a_source_that_cannot_be_stored_leaves_nothing_behind(library: Library, database: Database) -> None:
    source = page(OPENING, replace(OPENING, title="示例市夜市管理办法", number=None))
    sound, broken = source.policies
    backwards = replace(broken, span=Span(9, 3))
    with pytest.raises(Exception, match="CHECK"):
        library.add(replace(source, policies=(sound, backwards)))
    assert [_count(database, table) for table in (PolicyRow, ClauseRow, SourceRow)] == [0, 0, 0]
    assert audit.verify(database).entries == 0


@pytest.mark.parametrize("act", [_add, _remove])
def test_an_act_that_cannot_be_recorded_does_not_happen(
    library: Library, database: Database, act: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add(page(OPENING))
    before = library.fingerprint()

    def fail(*_: object, **__: object) -> int:
        raise RuntimeError

    monkeypatch.setattr(audit, "append", fail)
    assert callable(act)
    with pytest.raises(RuntimeError):
        act(library, database)
    assert library.fingerprint() == before


def test_threads_add_and_read_side_by_side(library: Library) -> None:
    failures: list[BaseException] = []

    def work(k: int) -> None:
        try:
            for n in range(4):
                library.add(page(Draft(f"示例市第{k}区{n}号通告内容", number=f"示{k}发〔2024〕{n}号")))
                assert all(len(p.clauses) == 4 for p in library.policies())
        except BaseException as exc:
            failures.append(exc)

    threads = [threading.Thread(target=work, args=(k,)) for k in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(library.policies()) == 16
