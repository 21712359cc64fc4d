"""The tables of the store, the one source of truth; every index can be rebuilt from them.

A change here needs a migration in ``migrations/versions`` (a test compares the two) and a new ``REVISION``.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

#: The migration these tables stand at; a store at this revision opens without loading Alembic.
REVISION = "0001"


class Labels(TypeDecorator[tuple[str, ...]]):
    """A tuple of strings as compact JSON text (a JSON column could not be part of a unique constraint)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        """Write the tuple as JSON text."""
        return None if value is None else json.dumps(list(value), ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: Any | None, dialect: Dialect) -> tuple[str, ...] | None:
        """Read the tuple back."""
        return None if value is None else tuple(json.loads(value))


class Moment(TypeDecorator[datetime]):
    """A moment in UTC as ISO 8601 text: SQLite would drop the time zone of a real one."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Write in UTC with microseconds, so that text order is time order."""
        return None if value is None else value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Read an aware datetime."""
        return None if value is None else datetime.fromisoformat(value)


class Base(DeclarativeBase):
    """Every constraint has a predictable name, so that migrations can name it on every database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class SourceRow(Base):
    """A source as read: its spans are code points of ``text``; ``sha256`` is of its bytes."""

    __tablename__ = "sources"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    address: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    read_at: Mapped[datetime] = mapped_column(Moment)


class PolicyRow(Base):
    """One version of an imported policy; facts as parsed, the catalog is laid over them on reading."""

    __tablename__ = "policies"
    __table_args__ = (
        CheckConstraint("span_start <= span_end", name="span"),
        Index(
            "uq_policies_current",
            "policy_id",
            unique=True,
            sqlite_where=text('"current"'),
            postgresql_where=text('"current"'),
        ),
    )

    policy_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    current: Mapped[bool]
    sha256: Mapped[str] = mapped_column(ForeignKey("sources.sha256"), index=True)
    title: Mapped[str] = mapped_column(Text)
    doc_number: Mapped[str | None] = mapped_column(Text)
    issuers: Mapped[tuple[str, ...]] = mapped_column(Labels)
    region: Mapped[str] = mapped_column(Text)
    issued: Mapped[date | None]
    published: Mapped[date | None]
    effective_from: Mapped[date | None]
    expires: Mapped[date | None]
    stub: Mapped[bool]
    span_start: Mapped[int]
    span_end: Mapped[int]
    damages: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    damage_count: Mapped[int]
    content_sha256: Mapped[str] = mapped_column(String(64))
    added_at: Mapped[datetime] = mapped_column(Moment)


class ClauseRow(Base):
    """One clause of one version of a policy; annexes are flattened into it."""

    __tablename__ = "clauses"
    __table_args__ = (
        ForeignKeyConstraint(
            ["policy_id", "version"], ["policies.policy_id", "policies.version"], ondelete="CASCADE"
        ),
        UniqueConstraint("policy_id", "version", "path"),
        CheckConstraint("span_start <= span_end", name="span"),
    )

    policy_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    path: Mapped[tuple[str, ...]] = mapped_column(Labels)
    heading: Mapped[str] = mapped_column(Text)
    heading_trail: Mapped[tuple[str, ...]] = mapped_column(Labels)
    text: Mapped[str] = mapped_column(Text)
    text_sha256: Mapped[str] = mapped_column(String(64))
    span_start: Mapped[int]
    span_end: Mapped[int]
    damage_kind: Mapped[str | None] = mapped_column(String(20))
    damage_note: Mapped[str | None] = mapped_column(Text)
    damage_start: Mapped[int | None]
    damage_end: Mapped[int | None]


class PersonRow(Base):
    """Somebody who asks or verifies."""

    __tablename__ = "people"

    person_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(Text, unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment)


class ConversationRow(Base):
    """A conversation; who knows its random id may read it."""

    __tablename__ = "conversations"

    conversation_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str | None] = mapped_column(
        ForeignKey("people.person_id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[datetime] = mapped_column(Moment)


class MessageRow(Base):
    """A question or the answer to it; both of one turn carry its number, counted from 1."""

    __tablename__ = "messages"
    __table_args__ = (CheckConstraint("role IN ('user', 'assistant')", name="role"),)

    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.conversation_id", ondelete="CASCADE"), primary_key=True
    )
    turn: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    role: Mapped[str] = mapped_column(String(10), primary_key=True)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(Moment)


class AuditRow(Base):
    """One act, chained to the one before; triggers refuse to change or delete it.

    All text, ``detail`` as JSON text: the hash is over exactly what is stored.
    """

    __tablename__ = "audit"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(32))
    actor: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(String(60))
    detail: Mapped[str] = mapped_column(Text)
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)
