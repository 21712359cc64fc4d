"""The append-only record of what was done to the store, each entry chained to the one before by its hash.

An entry is written in the transaction of the act itself: there is no act without its entry and no entry
without its act. Triggers refuse to change it; whoever goes around them breaks the chain.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ceyin.corpus.database.engine import Database, dump_json
from ceyin.corpus.database.tables import AuditRow

#: The ``prev_hash`` of the first entry.
GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act: who did what, when (UTC), with ``detail`` as written."""

    seq: int
    at: datetime
    actor: str
    action: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AuditReport:
    """The outcome of walking the chain; ``broken`` is the number of the first entry that does not fit.

    ``head`` is the hash of the last sound entry. Keep ``(entries, head)`` elsewhere to prove later, with
    ``verify(expect=...)``, that no entry was cut off at the end: a chain alone cannot show that.
    """

    entries: int
    head: str
    broken: int | None = None
    note: str | None = None

    @property
    def sound(self) -> bool:
        """Whether every entry is as it was written."""
        return self.broken is None


def append(session: Session, action: str, *, actor: str, at: datetime, detail: Mapping[str, Any]) -> int:
    """Add an entry inside the caller's ``Database.write`` transaction; returns its number, counted from 1."""
    last = session.execute(select(AuditRow.seq, AuditRow.hash).order_by(AuditRow.seq.desc()).limit(1)).first()
    seq, prev_hash = (last.seq + 1, last.hash) if last else (1, GENESIS)
    row = AuditRow(
        seq=seq,
        at=at.astimezone(UTC).isoformat(timespec="microseconds"),
        actor=actor,
        action=action,
        detail=dump_json(dict(detail)),
        prev_hash=prev_hash,
    )
    row.hash = _digest(seq, row.at, actor, action, row.detail, prev_hash)
    session.add(row)
    session.flush()
    return seq


def verify(database: Database, *, expect: tuple[int, str] | None = None) -> AuditReport:
    """Walk the chain from the first entry and name the first broken one.

    ``expect`` is ``(entries, head)`` of an earlier report; the chain must still hold that entry.
    """
    head, count = GENESIS, 0
    kept = expect is None or expect == (0, GENESIS)
    with database.read() as session:
        rows = session.execute(select(AuditRow).order_by(AuditRow.seq).execution_options(yield_per=500))
        for row in rows.scalars():
            note = _flaw(row, count + 1, head)
            if note:
                broken = count + 1 if row.seq > count + 1 else row.seq
                return AuditReport(count, head, broken, f"审计记录第 {broken} 条{note}")
            head, count = row.hash, count + 1
            kept = kept or expect == (count, head)
    if not kept and expect is not None:
        gone = min(expect[0], count + 1)
        return AuditReport(count, head, gone, f"审计记录第 {gone} 条起与另存的校验值不符:被截断或重写过")
    return AuditReport(count, head)


def entries(database: Database, *, limit: int = 100, before: int | None = None) -> tuple[AuditEntry, ...]:
    """The newest ``limit`` entries with a number below ``before``, newest first."""
    query = select(AuditRow).order_by(AuditRow.seq.desc()).limit(limit)
    if before is not None:
        query = query.where(AuditRow.seq < before)
    with database.read() as session:
        return tuple(
            AuditEntry(row.seq, datetime.fromisoformat(row.at), row.actor, row.action, json.loads(row.detail))
            for row in session.execute(query).scalars()
        )


def _flaw(row: AuditRow, seq: int, prev_hash: str) -> str | None:
    if row.seq != seq:
        return "缺失" if row.seq > seq else "的编号不对"
    if row.prev_hash != prev_hash:
        return "接不上前一条:前一条被改写过,或这一条是插入的"
    if row.hash != _digest(row.seq, row.at, row.actor, row.action, row.detail, row.prev_hash):
        return "的内容与校验值不符:被改动过"
    return None


def _digest(seq: int, at: str, actor: str, action: str, detail: str, prev_hash: str) -> str:
    """SHA-256 over the stored fields; a JSON array keeps each apart from the next."""
    fields = [seq, at, actor, action, detail, prev_hash]  # repr: a tampered field may be no text at all
    return hashlib.sha256(json.dumps(fields, default=repr).encode()).hexdigest()
