"""Run by Alembic: migrates on the connection the store hands over.

To write a new migration: ``alembic -x home=DIR revision --autogenerate -m "what changes"`` in the project
(``[tool.alembic]`` in pyproject.toml names this folder); DIR holds a store at the revision before.
SQLite re-creates a table that a batch operation changes: triggers on it (audit has some) must be made again.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from alembic import context
from sqlalchemy import URL, Connection, create_engine

from ceyin.corpus.database.engine import FILE_NAME
from ceyin.corpus.database.tables import Base, Labels, Moment


def _plain_type(kind: str, item: object, _context: object) -> str | Literal[False]:
    """A migration must not change when our own column types do: it names what they are stored as."""
    return f"sa.{item.impl!r}" if kind == "type" and isinstance(item, Labels | Moment) else False


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_item=_plain_type,
        render_as_batch=connection.dialect.name == "sqlite",  # SQLite cannot alter most of a table in place
    )
    with context.begin_transaction():
        context.run_migrations()


def _open_for_developer() -> None:
    home = context.get_x_argument(as_dictionary=True).get("home")
    if not isinstance(home, str) or not (file := Path(home) / FILE_NAME).is_file():
        raise SystemExit("name the folder of a store: alembic -x home=DIR ...")
    # Not open_database: that would run the migrations inside this run of Alembic.
    with create_engine(URL.create("sqlite", database=str(file))).connect() as connection:
        _run(connection)


_given: Connection | None = context.config.attributes.get("connection")
if _given is not None:
    _run(_given)
else:
    _open_for_developer()
