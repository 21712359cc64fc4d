"""Putting the readings of one source into the store, inside the caller's transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from ceyin.corpus.database.tables import ClauseRow, PolicyRow, SourceRow
from ceyin.corpus.flatten import FlatPolicy
from ceyin.corpus.model import Clause, ParsedSource
from ceyin.corpus.stored import AddedPolicy, AddStatus

_Key = tuple[str, str]  # policy id and content digest


@dataclass(frozen=True, slots=True)
class Reading:
    """One policy of a source under its id."""

    policy_id: str
    flat: FlatPolicy
    digest: str

    @property
    def key(self) -> _Key:
        """What tells it from every other reading of the same source."""
        return self.policy_id, self.digest


def shelve(
    session: Session, parsed: ParsedSource, readings: Sequence[Reading], now: datetime
) -> tuple[AddedPolicy, ...]:
    """Store what is new in ``readings``, take away what the former reading of the same bytes had otherwise.

    Returns one line per reading in order, then the policies withdrawn.
    """
    _store_source(session, parsed, now)
    before = _readings_of(session, parsed.sha256)
    kept = {r.key for r in readings} & before.keys()
    stale = {key: row for key, row in before.items() if key not in kept}
    fresh = [r for r in readings if r.key not in kept]
    touched = {r.policy_id for r in fresh} | {policy_id for policy_id, _ in stale}

    versions = {key: before[key].version for key in kept}
    statuses: dict[_Key, AddStatus] = dict.fromkeys(kept, "unchanged")
    tops = _top_versions(session, touched)  # before deleting: a version number is not used twice
    for row in stale.values():
        _delete(session, row.policy_id, row.version)
    for reading in fresh:
        top = tops.get(reading.policy_id, 0)
        statuses[reading.key] = "updated" if top else "added"
        versions[reading.key] = tops[reading.policy_id] = top + 1
        _insert(session, reading, top + 1, parsed.sha256, now)
    for policy_id in sorted(touched):
        _choose_current(session, policy_id)

    current = _current_versions(session, {r.policy_id for r in readings})
    lines = [
        AddedPolicy(
            policy_id=r.policy_id,
            title=r.flat.parsed.title,
            status=statuses[r.key],
            version=versions[r.key],
            current=current.get(r.policy_id) == versions[r.key],
            clauses=len(r.flat.clauses),
            damaged=sum(clause.damaged for clause in r.flat.clauses),
            stub=r.flat.parsed.stub,
        )
        for r in readings
    ]
    gone = [row for row in stale.values() if row.policy_id not in current]
    lines += [AddedPolicy(o.policy_id, o.title, "withdrawn", o.version, False, 0, 0, o.stub) for o in gone]
    return tuple(lines)


def unshelve(session: Session, policy_id: str) -> int:
    """Delete all versions of a policy, and sources nothing refers to any more; returns how many versions."""
    shas = session.scalars(select(PolicyRow.sha256).where(PolicyRow.policy_id == policy_id)).all()
    session.execute(delete(PolicyRow).where(PolicyRow.policy_id == policy_id))
    orphaned = SourceRow.sha256.in_(set(shas)) & SourceRow.sha256.not_in(select(PolicyRow.sha256))
    session.execute(delete(SourceRow).where(orphaned))
    return len(shas)


@dataclass(frozen=True, slots=True)
class _Former:
    policy_id: str
    version: int
    title: str
    stub: bool


def _store_source(session: Session, parsed: ParsedSource, now: datetime) -> None:
    """Keep the source; a better reader may have got another text from the same bytes."""
    former = session.scalar(select(SourceRow.text).where(SourceRow.sha256 == parsed.sha256))
    if former is None:
        row = {"sha256": parsed.sha256, "address": parsed.source, "text": parsed.text, "read_at": now}
        session.execute(insert(SourceRow), [row])
    elif former != parsed.text:
        changed = update(SourceRow).where(SourceRow.sha256 == parsed.sha256)
        session.execute(changed.values(text=parsed.text, read_at=now))


def _readings_of(session: Session, sha256: str) -> dict[_Key, _Former]:
    rows = session.execute(
        select(
            PolicyRow.policy_id, PolicyRow.content_sha256, PolicyRow.version, PolicyRow.title, PolicyRow.stub
        ).where(PolicyRow.sha256 == sha256)
    )
    return {(r.policy_id, r.content_sha256): _Former(r.policy_id, r.version, r.title, r.stub) for r in rows}


def _top_versions(session: Session, policy_ids: Iterable[str]) -> dict[str, int]:
    rows = session.execute(
        select(PolicyRow.policy_id, func.max(PolicyRow.version))
        .where(PolicyRow.policy_id.in_(sorted(policy_ids)))
        .group_by(PolicyRow.policy_id)
    )
    return {row[0]: row[1] for row in rows}


def _current_versions(session: Session, policy_ids: Iterable[str]) -> dict[str, int]:
    rows = session.execute(
        select(PolicyRow.policy_id, PolicyRow.version).where(
            PolicyRow.policy_id.in_(sorted(policy_ids)), PolicyRow.current
        )
    )
    return {row[0]: row[1] for row in rows}


def _delete(session: Session, policy_id: str, version: int) -> None:
    one = delete(PolicyRow).where(PolicyRow.policy_id == policy_id, PolicyRow.version == version)
    session.execute(one)  # its clauses go with it


def _choose_current(session: Session, policy_id: str) -> None:
    """The fullest, least damaged version; of equals the newest."""
    mine = PolicyRow.policy_id == policy_id
    best = session.scalar(
        select(PolicyRow.version)
        .where(mine)
        .order_by(PolicyRow.stub, PolicyRow.damage_count, PolicyRow.version.desc())
        .limit(1)
    )
    session.execute(update(PolicyRow).where(mine, PolicyRow.current).values(current=False))
    session.execute(update(PolicyRow).where(mine, PolicyRow.version == best).values(current=True))


def _insert(session: Session, reading: Reading, version: int, sha256: str, now: datetime) -> None:
    parsed, flat = reading.flat.parsed, reading.flat
    policy = {
        "policy_id": reading.policy_id,
        "version": version,
        "current": False,
        "sha256": sha256,
        "title": parsed.title,
        "doc_number": parsed.doc_number,
        "issuers": parsed.issuers,
        "region": parsed.region,
        "issued": parsed.issued,
        "published": parsed.published,
        "effective_from": parsed.effective_from,
        "expires": parsed.expires,
        "stub": parsed.stub,
        "span_start": parsed.span.start,
        "span_end": parsed.span.end,
        "damages": [
            {"kind": d.kind.value, "span": [d.span.start, d.span.end], "note": d.note} for d in flat.damages
        ],
        "damage_count": flat.damage_count,
        "content_sha256": reading.digest,
        "added_at": now,
    }
    session.execute(insert(PolicyRow), [policy])
    rows = [
        {"policy_id": reading.policy_id, "version": version, "ordinal": n, **_clause_columns(clause)}
        for n, clause in enumerate(flat.clauses)
    ]
    if rows:
        session.execute(insert(ClauseRow), rows)


def _clause_columns(clause: Clause) -> dict[str, object]:
    damage = clause.damage
    return {
        "path": clause.path,
        "heading": clause.heading,
        "heading_trail": clause.heading_trail,
        "text": clause.text,
        "text_sha256": hashlib.sha256(clause.text.encode()).hexdigest(),
        "span_start": clause.span.start,
        "span_end": clause.span.end,
        "damage_kind": damage.kind.value if damage else None,
        "damage_note": damage.note if damage else None,
        "damage_start": damage.span.start if damage else None,
        "damage_end": damage.span.end if damage else None,
    }
