"""The audit chain shows every change to what was written, and where it begins."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceyin.corpus import audit
from ceyin.corpus.database import Database, open_database

NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
GUARDS = ("audit_no_update", "audit_no_delete", "audit_no_replace")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path, now=lambda: NOW) as opened:
        yield opened


def _write(database: Database, *actions: str) -> None:
    for action in actions:
        with database.write() as session:
            audit.append(session, action, actor="小李", at=NOW, detail={"原因": action})


def _tamper(database: Database, *statements: str) -> None:
    """What somebody with the file in hand can do."""
    with sqlite3.connect(database.name) as raw:
        for guard in GUARDS:
            raw.execute(f"DROP TRIGGER {guard}")
        for statement in statements:
            raw.execute(statement)
    raw.close()


def test_an_empty_record_is_sound(database: Database) -> None:
    assert audit.verify(database) == audit.AuditReport(0, audit.GENESIS)


def test_entries_are_numbered_from_one_and_read_newest_first(database: Database) -> None:
    _write(database, "a", "b", "c")
    newest = audit.entries(database, limit=2)
    assert [(e.seq, e.action, e.actor, e.detail, e.at) for e in newest] == [
        (3, "c", "小李", {"原因": "c"}, NOW),
        (2, "b", "小李", {"原因": "b"}, NOW),
    ]
    assert [e.seq for e in audit.entries(database, before=2)] == [1]
    assert audit.verify(database).entries == 3


def test_moments_are_written_in_utc(database: Database) -> None:
    shanghai = datetime(2026, 11, 24, 16, 30, tzinfo=timezone(timedelta(hours=8)))
    with database.write() as session:
        audit.append(session, "a", actor="我", at=shanghai, detail={})
    assert audit.entries(database)[0].at.isoformat() == "2026-11-24T08:30:00+00:00"


def test_an_act_that_fails_leaves_no_entry(database: Database) -> None:
    _write(database, "a")
    with pytest.raises(RuntimeError), database.write() as session:
        audit.append(session, "b", actor="我", at=NOW, detail={})
        raise RuntimeError
    _write(database, "c")
    assert [e.action for e in audit.entries(database)] == ["c", "a"]
    assert audit.verify(database).sound


@pytest.mark.parametrize(
    ("statements", "broken", "says"),
    [
        (["UPDATE audit SET actor = '别人' WHERE seq = 2"], 2, "改动"),
        (["UPDATE audit SET detail = detail || ' ' WHERE seq = 2"], 2, "改动"),
        (["UPDATE audit SET detail = x'00ff' WHERE seq = 3"], 3, "改动"),
        (["UPDATE audit SET at = '2020-01-01' WHERE seq = 1"], 1, "改动"),
        (["UPDATE audit SET hash = 'x' WHERE seq = 4"], 4, "改动"),
        (["DELETE FROM audit WHERE seq = 3"], 3, "缺失"),
        (["DELETE FROM audit WHERE seq = 1"], 1, "缺失"),
        (["DELETE FROM audit WHERE seq = 2", "UPDATE audit SET seq = seq - 1 WHERE seq > 2"], 2, "接不上"),
        (["UPDATE audit SET seq = 9 WHERE seq = 2", "UPDATE audit SET seq = 2 WHERE seq = 3"], 2, "接不上"),
        (
            ["INSERT INTO audit SELECT 0, at, actor, action, detail, prev_hash, 'y' FROM audit LIMIT 1"],
            0,
            "编号",
        ),
    ],
)
def test_the_first_entry_that_was_tampered_with_is_named(
    database: Database, statements: list[str], broken: int, says: str
) -> None:
    _write(database, "a", "b", "c", "d")
    _tamper(database, *statements)
    report = audit.verify(database)
    assert report.broken == broken
    assert not report.sound
    assert report.note is not None
    assert f"第 {broken} 条" in report.note
    assert says in report.note


def test_entries_cut_off_at_the_end_show_against_a_kept_head(database: Database) -> None:
    _write(database, "a", "b", "c")
    kept = audit.verify(database)
    _tamper(database, "DELETE FROM audit WHERE seq = 3")
    assert audit.verify(database).sound  # the chain alone cannot know
    report = audit.verify(database, expect=(kept.entries, kept.head))
    assert report.broken == 3


def test_a_kept_head_still_fits_after_more_was_written(database: Database) -> None:
    start = audit.verify(database)
    _write(database, "a")
    kept = audit.verify(database)
    _write(database, "b")
    for report in (start, kept):
        assert audit.verify(database, expect=(report.entries, report.head)).sound


def test_a_rewritten_record_does_not_fit_a_kept_head(database: Database) -> None:
    _write(database, "a")
    kept = audit.verify(database)
    _tamper(database, "DELETE FROM audit")
    _write(database, "x", "y")  # a chain of its own, sound in itself
    report = audit.verify(database, expect=(kept.entries, kept.head))
    assert report.broken == 1


@given(
    st.dictionaries(
        st.text(),
        st.one_of(st.none(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()),
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
)
def test_whatever_is_written_verifies(
    tmp_path_factory: pytest.TempPathFactory, detail: dict[str, object], actor: str
) -> None:
    home = tmp_path_factory.getbasetemp() / "one-chain"
    with open_database(home) as database:
        with database.write() as session:
            seq = audit.append(session, "test", actor=actor.replace("\0", ""), at=NOW, detail=detail)
        report = audit.verify(database)
        assert (report.entries, report.sound) == (seq, True)
        assert audit.entries(database, limit=1)[0].detail == detail
