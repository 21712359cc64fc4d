"""Opening the store: SQLite in the home folder by default, PostgreSQL by address; migrated on the way.

SQLite runs with WAL and ``synchronous=FULL``: what a transaction has committed survives a kill and a power
cut. Writers queue (SQLite ``BEGIN IMMEDIATE``, PostgreSQL an advisory lock), so a writer that has begun sees
everything written before it and cannot fail halfway on a lock.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from ceyin.corpus.database.tables import REVISION, Base
from ceyin.corpus.database.trouble import as_store_error
from ceyin.corpus.errors import StoreError

FILE_NAME = "ceyin.db"
_LOCK = 0x6365_7969_6E  # "ceyin": the advisory lock all our PostgreSQL writers queue for


@dataclass(frozen=True, slots=True)
class Database:
    """An open, migrated store; ``name`` is how to speak of it, without a password."""

    engine: Engine
    name: str
    now: Callable[[], datetime]

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One consistent view of the store; raises StoreError."""
        options: dict[str, Any] = {}
        if self.engine.dialect.name == "postgresql":
            options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self._session(options) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction: all of it is on disk after the block, nothing if it raises; raises StoreError."""
        with self._session({"ceyin_begin": "BEGIN IMMEDIATE"}) as session:
            _queue_writer(session.connection())
            yield session
            session.commit()

    @contextmanager
    def _session(self, options: dict[str, Any]) -> Iterator[Session]:
        try:
            with Session(self.engine.execution_options(**options), expire_on_commit=False) as session:
                yield session
        except DBAPIError as exc:
            ours = as_store_error(exc, self.name)
            if ours is None:
                raise
            raise ours from exc

    def close(self) -> None:
        """Close all connections; SQLite then folds its WAL back into the file."""
        self.engine.dispose()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_database(
    where: Path | str, *, now: Callable[[], datetime] = lambda: datetime.now(UTC), busy_s: float = 20.0
) -> Database:
    """Open the store and bring its tables up to date.

    ``where`` is a home folder (made if missing, the file in it is ``ceyin.db``) or a database address
    (``postgresql://...``). Raises StoreError for a home that cannot be written, a broken file, a store of a
    newer version, an address that does not answer; none of these changes a byte of what is there.
    """
    if isinstance(where, str) and "://" in where:
        url, name = _parse_address(where)
    else:
        file = _prepare_home(Path(where))
        url, name = URL.create("sqlite", database=str(file)), str(file)
    engine = _create_engine(url, busy_s)
    try:
        _migrate(engine, name)
    except BaseException as exc:
        engine.dispose()
        ours = as_store_error(exc, name)
        if ours is None:
            raise
        raise ours from exc
    return Database(engine, name, now)


def _prepare_home(home: Path) -> Path:
    home = home.expanduser().absolute()
    cure = "请改好它的权限,或用 --home(CEYIN_HOME)换一个能写的目录"
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)  # conversations are private
    except OSError as exc:
        raise StoreError(f"数据目录 {home} 建不了({exc.strerror});{cure}") from exc
    file = home / FILE_NAME
    if file.is_dir():
        raise StoreError(f"{file} 是一个文件夹,数据库放不进去;请移走它,或用 --home(CEYIN_HOME)换一个目录")
    effective = os.access in os.supports_effective_ids
    for kind, path in (("数据目录", home), ("数据库", file)):
        if path.exists() and not os.access(path, os.W_OK, effective_ids=effective):
            raise StoreError(f"{kind} {path} 不能写;{cure}")
    return file


def _parse_address(address: str) -> tuple[URL, str]:
    wanted = "请写成 postgresql://用户:密码@主机:端口/库名"
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as exc:  # the address itself may hold a password: not repeated
        raise StoreError(f"数据库地址(CEYIN_DATABASE_URL)读不懂;{wanted}") from exc
    backend = url.drivername.split("+")[0]
    if backend not in ("postgresql", "postgres"):
        raise StoreError(f"数据库地址(CEYIN_DATABASE_URL)的种类 {backend} 不支持;{wanted}")
    url = url.set(drivername="postgresql+psycopg")
    return url, url.set(drivername="postgresql").render_as_string(hide_password=True)


def _create_engine(url: URL, busy_s: float) -> Engine:
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, json_serializer=dump_json, connect_args={"timeout": busy_s})
        event.listen(engine, "connect", _configure_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    try:
        return create_engine(url, json_serializer=dump_json, pool_pre_ping=True)
    except (ModuleNotFoundError, NoSuchModuleError) as exc:
        raise StoreError("缺少 PostgreSQL 的驱动;请运行 pip install 'ceyin[postgres]' 后再试") from exc


def _configure_sqlite(connection: Any, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves: the driver would leave DDL outside
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("ceyin_begin", "BEGIN"))


def _queue_writer(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})


def dump_json(value: Any) -> str:
    """JSON with readable Chinese; escaped where a user sent a lone surrogate, which no database stores."""
    readable = json.dumps(value, ensure_ascii=False, allow_nan=False)
    try:
        readable.encode()
    except UnicodeEncodeError:
        return json.dumps(value, allow_nan=False)
    return readable


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _migrate(engine: Engine, name: str) -> None:
    with engine.connect() as connection:
        if _revision(connection) == REVISION:
            return
    # Migrating on SQLite re-creates tables; with foreign keys on, that would delete what refers to them.
    connection = engine.execution_options(ceyin_begin="BEGIN IMMEDIATE").connect()
    with connection, _foreign_keys_off(connection), connection.begin():
        _queue_writer(connection)  # two processes may open a new home at once: the second finds it done
        found = _revision(connection)
        if found == REVISION:
            return
        _refuse_foreign(connection, name, found)

        from ceyin.corpus.database.upgrade import known_revisions, upgrade  # Alembic takes long to import

        if found is not None and found not in known_revisions():
            raise StoreError(
                f"数据库 {name} 由更新版本的策引写成(结构 {found},本程序只到 {REVISION}),没有改动它;"
                "请升级策引,或用 --home(CEYIN_HOME)换一个目录"
            )
        upgrade(connection)


@contextmanager
def _foreign_keys_off(connection: Connection) -> Iterator[None]:
    """SQLite ignores this pragma in a transaction, and SQLAlchemy would begin one: go around it."""
    raw = connection.connection.driver_connection
    if connection.dialect.name != "sqlite" or raw is None:
        yield
        return
    raw.execute("PRAGMA foreign_keys=OFF").close()
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON").close()


def _refuse_foreign(connection: Connection, name: str, revision: str | None) -> None:
    """Tables that another program made are not ours to migrate."""
    there = set(inspect(connection).get_table_names())
    ours = there if connection.dialect.name == "sqlite" else there & set(Base.metadata.tables)
    if revision is None and ours - {"alembic_version"}:
        raise StoreError(
            f"数据库 {name} 里有别的程序的表({'、'.join(sorted(ours)[:3])}),没有改动它;请换一个目录或一个空库"
        )
