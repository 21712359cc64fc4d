"""Alembic, run from inside the installed package: no ini file, no printing, no change to logging."""

from __future__ import annotations

import io
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

_MIGRATIONS = Path(__file__).resolve().parent / "migrations"


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings; the migrations run on ``connection``, inside its transaction."""
    settings = Config(stdout=io.StringIO(), output_buffer=io.StringIO())
    settings.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    settings.attributes["connection"] = connection
    return settings


def known_revisions() -> tuple[str, ...]:
    """All revisions this version knows, newest first."""
    return tuple(s.revision for s in ScriptDirectory.from_config(config()).walk_revisions())


def upgrade(connection: Connection) -> None:
    """Bring the tables to the newest revision; the caller commits."""
    command.upgrade(config(connection), "head")
