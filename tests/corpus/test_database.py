"""The store opens on what it can, refuses the rest in one line, and keeps its promises on both databases."""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Column, Connection, Text, delete, insert, inspect, select, text, update
from sqlalchemy.exc import IntegrityError

from ceyin.corpus import audit
from ceyin.corpus.database import Database, open_database
from ceyin.corpus.database.engine import dump_json
from ceyin.corpus.database.tables import REVISION, AuditRow, Base, ConversationRow, MessageRow, PersonRow
from ceyin.corpus.database.upgrade import known_revisions
from ceyin.corpus.errors import StoreError
from ceyin.corpus.library import Library

from .town import Draft, catalog, page

NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def postgres(postgres_programs: Path) -> Iterator[str]:
    """The address of a PostgreSQL of our own, on a socket in a temporary folder."""
    user = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    folder = Path(tempfile.mkdtemp(prefix="ceyin-pg-"))  # pytest's folders are closed to that user
    if user:
        shutil.chown(folder, user)
    data = folder / "data"
    commands = {
        "init": [
            "initdb",
            "-D",
            data,
            "-U",
            "ceyin",
            "--auth=trust",
            "-E",
            "UTF8",
            "--no-sync",
            "--locale=C",
        ],
        "start": ["pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", f"-k {folder} -h ''", "start"],
        "stop": ["pg_ctl", "-D", data, "-m", "immediate", "stop"],
    }

    def run(name: str) -> None:
        line = [str(postgres_programs / str(commands[name][0])), *map(str, commands[name][1:])]
        done = subprocess.run(line, user=user, cwd=folder, stdout=subprocess.DEVNULL, check=False)
        assert done.returncode == 0, f"{name}: see {folder}/log"

    run("init")
    run("start")
    try:
        yield f"postgresql://ceyin@/postgres?host={folder}"
    finally:
        run("stop")
        shutil.rmtree(folder)


def _emptied(address: str) -> str:
    """The same address with nothing in it."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return address


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where to open an empty store, on each database."""
    if request.param == "sqlite":
        return tmp_path / "家"
    return _emptied(request.getfixturevalue("postgres"))


@pytest.fixture
def database(where: Path | str) -> Iterator[Database]:
    with open_database(where, now=lambda: NOW) as opened:
        yield opened


# ---- the tables and their history ------------------------------------------------------------------


def test_migrations_and_tables_agree(database: Database) -> None:
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_the_comparison_would_notice_a_missing_column(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE people DROP COLUMN created_at"))
    with database.engine.connect() as connection:
        assert len(compare_metadata(MigrationContext.configure(connection), Base.metadata)) == 1


def test_the_tables_stand_at_the_newest_migration() -> None:
    assert known_revisions()[0] == REVISION


def test_check_constraints_of_tables_and_migrations_have_the_same_names(database: Database) -> None:
    # compare_metadata does not look at them
    declared = {
        str(c.name)
        for table in Base.metadata.tables.values()
        for c in table.constraints
        if c.name and str(c.name).startswith("ck_")
    }
    query = "SELECT conname FROM pg_constraint WHERE contype = 'c' AND conname LIKE 'ck%'"
    if database.engine.dialect.name == "sqlite":
        query = "SELECT sql FROM sqlite_master WHERE type = 'table'"
    with database.engine.connect() as connection:
        found = " ".join(str(row[0]) for row in connection.execute(text(query)))
    assert declared
    assert {name for name in declared if name not in found} == set()


def test_a_migration_that_recreates_a_table_loses_nothing_that_refers_to_it(
    where: Path | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_database(where) as database:
        Library(database, catalog()).add(page(Draft()))
        before = Library(database, catalog()).policies()
        with database.write() as session:
            session.execute(text("UPDATE alembic_version SET version_num = '0000'"))

    def later(connection: Connection) -> None:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("policies") as batch:
            batch.add_column(Column("level", Text()))
            batch.alter_column("region", nullable=True)  # on SQLite only by re-creating the table
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{REVISION}'"))

    monkeypatch.setattr("ceyin.corpus.database.upgrade.known_revisions", lambda: (REVISION, "0000"))
    monkeypatch.setattr("ceyin.corpus.database.upgrade.upgrade", later)
    with open_database(where) as database:
        assert "level" in {column["name"] for column in inspect(database.engine).get_columns("policies")}
        assert Library(database, catalog()).policies() == before
        with pytest.raises(IntegrityError), database.write() as session:  # and the keys are watched again
            session.execute(text("UPDATE clauses SET version = 7"))


def test_a_migration_that_fails_leaves_the_store_as_it_was(
    where: Path | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE half (done INTEGER)"))
        raise RuntimeError

    monkeypatch.setattr("ceyin.corpus.database.upgrade.upgrade", half)
    with pytest.raises(RuntimeError):
        open_database(where)
    monkeypatch.undo()
    with open_database(where) as database:
        assert "half" not in inspect(database.engine).get_table_names()


def test_opening_prints_nothing_and_leaves_logging_alone(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    root = logging.getLogger()
    before = (root.level, tuple(root.handlers), logging.getLogger("ceyin").disabled)
    open_database(tmp_path).close()
    assert capfd.readouterr() == ("", "")
    assert (root.level, tuple(root.handlers), logging.getLogger("ceyin").disabled) == before


def test_an_up_to_date_store_opens_without_alembic(tmp_path: Path) -> None:
    open_database(tmp_path).close()
    code = (
        "import sys, pathlib; from ceyin.corpus.database import open_database;"
        "open_database(pathlib.Path(sys.argv[1])).close(); print('alembic' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "False"


def test_two_processes_may_open_a_new_home_at_once(where: Path | str) -> None:
    code = (
        "import sys, pathlib; from ceyin.corpus.database import open_database;"
        "w = sys.argv[1]; open_database(w if '://' in w else pathlib.Path(w)).close()"
    )
    line = [sys.executable, "-c", code, str(where)]
    runs = [subprocess.Popen(line, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    assert [run.communicate()[1] for run in runs] == [""] * 4


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 20000)],
)
def test_sqlite_is_set_to_lose_nothing(tmp_path: Path, pragma: str, value: object) -> None:
    with open_database(tmp_path) as database, database.read() as session:
        assert session.execute(text(f"PRAGMA {pragma}")).scalar() == value


# ---- what it refuses, in one line, without touching it ---------------------------------------------


def _refusal(where: Path | str) -> str:
    with pytest.raises(StoreError) as caught:
        open_database(where, busy_s=0.2)
    line = str(caught.value)
    assert "\n" not in line
    return line


def _store_file(home: Path) -> Path:
    open_database(home).close()
    return home / "ceyin.db"


def test_a_home_under_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "档案").write_text("不是文件夹", encoding="utf-8")
    line = _refusal(tmp_path / "档案" / "家")
    assert str(tmp_path / "档案" / "家") in line
    assert "CEYIN_HOME" in line


@pytest.mark.parametrize("made_before", [False, True], ids=["new home", "home with a store"])
def test_a_home_that_may_not_be_written_is_refused(tmp_path: Path, made_before: bool) -> None:
    home = tmp_path / "家"
    home.mkdir()
    if made_before:
        _store_file(home)
    home.chmod(0o555)
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.geteuid() and folder != Path("/tmp") and "pytest" in str(folder):
            folder.chmod(0o755)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)  # nothing is forbidden to root
    try:
        line = _refusal(home)
    finally:
        if is_root:
            os.seteuid(0)
        home.chmod(0o755)
    assert str(home) in line
    assert "不能写" in line


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ceyin.db").mkdir()
    assert "是一个文件夹" in _refusal(tmp_path)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"<html>" * 2000,
        lambda data: data[:40] + b"\xff" * 500 + data[540:],
        lambda data: data[:5000],
    ],
    ids=["not a database", "broken header", "cut off"],
)
def test_a_broken_file_is_named_and_left_as_it_is(tmp_path: Path, spoil: object) -> None:
    file = _store_file(tmp_path)
    assert callable(spoil)
    file.write_bytes(spoil(file.read_bytes()))
    before = file.read_bytes()
    line = _refusal(tmp_path)
    assert str(file) in line
    assert "损坏" in line
    assert file.read_bytes() == before


def test_a_page_broken_further_back_is_named_when_it_is_read(tmp_path: Path) -> None:
    with open_database(tmp_path) as database:
        Library(database, catalog()).add(page(Draft()))
    file = tmp_path / "ceyin.db"
    data = bytearray(file.read_bytes())
    data[8192:] = b"\xee" * (len(data) - 8192)  # the schema stands on the first page and is still sound
    file.write_bytes(bytes(data))
    with pytest.raises(StoreError, match="损坏"), open_database(tmp_path) as database:
        Library(database, catalog()).policies()


def test_a_store_of_a_newer_version_is_refused_and_left_as_it_is(where: Path | str) -> None:
    with open_database(where) as database, database.write() as session:
        session.execute(insert(PersonRow), [{"person_id": "p1", "name": "小李", "created_at": NOW}])
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    line = _refusal(where)
    assert "9999" in line
    assert REVISION in line
    assert "升级" in line
    if isinstance(where, Path):
        with sqlite3.connect(where / "ceyin.db") as raw:
            assert raw.execute("SELECT name FROM people").fetchall() == [("小李",)]
        raw.close()


def test_the_database_of_another_program_is_refused(tmp_path: Path) -> None:
    raw = sqlite3.connect(tmp_path / "ceyin.db")
    raw.execute("CREATE TABLE bookmarks (url TEXT)")
    raw.close()
    assert "bookmarks" in _refusal(tmp_path)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("mysql://somebody:secret@localhost/db", "mysql"),
        ("postgresql://somebody:secret@localhost:notaport/db", "读不懂"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_its_password(address: str, says: str) -> None:
    line = _refusal(address)
    assert says in line
    assert "postgresql://" in line
    assert "secret" not in line


@pytest.mark.postgres
def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    line = _refusal("postgresql://somebody:secret@127.0.0.1:1/db")
    assert "127.0.0.1:1" in line
    assert "secret" not in line
    assert "CEYIN_DATABASE_URL" in line


def test_a_writer_that_waits_too_long_says_who_is_in_the_way(tmp_path: Path) -> None:
    with open_database(tmp_path) as first, open_database(tmp_path, busy_s=0.1) as second:
        with first.write(), pytest.raises(StoreError, match="另一个程序"), second.write():
            pass
        with second.write():  # and once the way is free it works
            pass


# ---- transactions ----------------------------------------------------------------------------------


def _start_conversation(database: Database, name: str) -> None:
    with database.write() as session:
        session.execute(insert(ConversationRow), [{"conversation_id": name, "created_at": NOW}])


def _conversations(database: Database) -> list[str]:
    with database.read() as session:
        return sorted(session.scalars(select(ConversationRow.conversation_id)))


def test_a_block_that_raises_stores_nothing(database: Database) -> None:
    _start_conversation(database, "one")
    with pytest.raises(RuntimeError), database.write() as session:
        session.execute(insert(ConversationRow), [{"conversation_id": "two", "created_at": NOW}])
        raise RuntimeError
    assert _conversations(database) == ["one"]


def test_a_reader_keeps_one_view_while_others_write(database: Database) -> None:
    _start_conversation(database, "one")
    with database.read() as session:
        first = session.scalars(select(ConversationRow.conversation_id)).all()
        _start_conversation(database, "two")
        assert session.scalars(select(ConversationRow.conversation_id)).all() == first
    assert _conversations(database) == ["one", "two"]


def test_writers_queue_and_none_loses_its_act(database: Database) -> None:
    failures: list[BaseException] = []

    def work(name: str) -> None:
        try:
            for n in range(10):
                with database.write() as session:
                    audit.append(session, "test", actor=name, at=NOW, detail={"n": n})
        except BaseException as exc:
            failures.append(exc)

    threads = [threading.Thread(target=work, args=(f"t{k}",)) for k in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    report = audit.verify(database)
    assert (report.entries, report.sound) == (40, True)


def test_messages_go_with_their_conversation(database: Database) -> None:
    _start_conversation(database, "one")
    row = {"conversation_id": "one", "turn": 1, "role": "user", "body": {}, "created_at": NOW}
    with database.write() as session:
        session.execute(insert(MessageRow), [row])
        session.execute(delete(ConversationRow))
        assert session.scalars(select(MessageRow.turn)).all() == []


@pytest.mark.parametrize(
    "row", [{"role": "robot"}, {"conversation_id": "nobody"}], ids=["an unknown role", "no such conversation"]
)
def test_a_row_that_cannot_be_is_our_own_bug_and_stays_visible(
    database: Database, row: dict[str, str]
) -> None:
    _start_conversation(database, "one")
    sound = {"conversation_id": "one", "turn": 1, "role": "user", "body": {}, "created_at": NOW}
    with pytest.raises(IntegrityError), database.write() as session:
        session.execute(insert(MessageRow), [sound | row])


@pytest.mark.parametrize(
    "statement",
    [
        update(AuditRow).values(actor="别人"),
        delete(AuditRow),
        text("INSERT INTO audit SELECT seq, at, '别人', action, detail, prev_hash, hash FROM audit"),
    ],
    ids=["update", "delete", "second entry of the same number"],
)
def test_the_database_itself_refuses_to_change_the_audit(database: Database, statement: object) -> None:
    with database.write() as session:
        audit.append(session, "test", actor="我", at=NOW, detail={})
    with pytest.raises(IntegrityError), database.write() as session:
        session.execute(statement)  # type: ignore[call-overload]
    assert [entry.actor for entry in audit.entries(database)] == ["我"]


def test_sqlite_refuses_to_replace_an_audit_entry(tmp_path: Path) -> None:
    with open_database(tmp_path) as database:
        with database.write() as session:
            audit.append(session, "test", actor="我", at=NOW, detail={})
        statement = text(
            "INSERT OR REPLACE INTO audit SELECT seq, at, '别人', action, detail, prev_hash, hash FROM audit"
        )
        with pytest.raises(IntegrityError, match="append-only"), database.write() as session:
            session.execute(statement)


def test_policies_come_back_from_either_database_as_they_went_in(database: Database) -> None:
    source = page(Draft(number="示府发〔2024〕7号"))
    library = Library(database, catalog())
    library.add(source)
    (policy,) = library.policies()
    assert library.source_text(source.sha256) == source.text
    assert [c.text for c in policy.clauses if c.ref.path[0].startswith("第")] == [
        c.text for c in source.policies[0].clauses
    ]
    assert library.remove(policy.policy_id)
    assert library.policies() == ()


# ---- values ----------------------------------------------------------------------------------------


def test_moments_come_back_in_utc(database: Database) -> None:
    shanghai = datetime(2026, 11, 24, 16, 30, tzinfo=timezone(timedelta(hours=8)))
    row = {"person_id": "p1", "name": "小李", "created_at": shanghai}
    with database.write() as session:
        session.execute(insert(PersonRow), [row])
    with database.read() as session:
        assert session.scalars(select(PersonRow.created_at)).one().isoformat() == "2026-11-24T08:30:00+00:00"


@pytest.mark.parametrize(
    "value", ["补贴 3000 元", "半个字符 \ud83d", "行\n与\u0000", ["〔2024〕", None, 1.5]]
)
def test_any_text_a_user_can_send_is_stored_as_json(database: Database, value: object) -> None:
    _start_conversation(database, "one")
    row = {"conversation_id": "one", "turn": 1, "role": "user", "body": {"message": value}, "created_at": NOW}
    with database.write() as session:
        session.execute(insert(MessageRow), [row])
    with database.read() as session:
        assert session.scalars(select(MessageRow.body)).one() == {"message": value}


def test_chinese_stays_readable_in_the_stored_json() -> None:
    assert dump_json({"问": "补贴"}) == '{"问": "补贴"}'
