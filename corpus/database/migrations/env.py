"""Run by Alembic: migrates on the connection the store hands over.

To write a new migration: ``alembic -x home=DIR revision --autogenerate -m "what changes"`` in the project
(``[tool.alembic]`` in pyproject.toml names this folder); DIR holds a store at the revision before.
"""

from __future__ import annotations

from pathlib import Path

from alembic import context
from sqlalchemy import Connection

from ceyin.corpus.database.tables import Base


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",  # SQLite cannot alter most of a table in place
    )
    with context.begin_transaction():
        context.run_migrations()


def _open_for_developer() -> None:
    from ceyin.corpus.database.engine import open_database

    home = context.get_x_argument(as_dictionary=True)["home"]
    if not isinstance(home, str):
        raise SystemExit("one -x home=DIR only")
    with open_database(Path(home)) as database, database.engine.connect() as connection:
        _run(connection)


_given: Connection | None = context.config.attributes.get("connection")
if _given is not None:
    _run(_given)
else:
    _open_for_developer()
