"""Putting the readings of one source into the store, inside the caller's transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from ceyin.corpus.database.tables import ClauseRow, PolicyRow, SourceRow
from ceyin.corpus.flatten import FlatPolicy
from ceyin.corpus.model import Clause, ParsedSource
from ceyin.corpus.stored import AddedPolicy, AddStatus, Standing

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
    shelves = _shelves(session, {r.policy_id for r in readings} | {policy_id for policy_id, _ in stale})
    former = {policy_id: shelf.in_use for policy_id, shelf in shelves.items()}

    versions = {key: before[key].version for key in kept}
    statuses: dict[_Key, AddStatus] = dict.fromkeys(kept, "unchanged")
    for row in stale.values():
        _delete(session, row.policy_id, row.version)
        del shelves[row.policy_id].versions[row.version]
    for reading in fresh:
        shelf = shelves[reading.policy_id]
        statuses[reading.key] = "updated" if shelf.top else "added"
        versions[reading.key] = shelf.put(reading.flat).version
    chosen = {policy_id: shelf.best() for policy_id, shelf in shelves.items()}
    for policy_id, shelf in shelves.items():
        best, current = chosen[policy_id], shelf.in_use
        if current and current.version in shelf.versions and current != best:
            _set_aside(session, policy_id)  # first: two current versions are refused
        if best and best != current and best.version not in shelf.added:
            _use(session, policy_id, best.version)
    for reading in fresh:
        version = versions[reading.key]
        _insert(session, reading, version, chosen[reading.policy_id], parsed.sha256, now)

    lines = [
        AddedPolicy(
            policy_id=r.policy_id,
            title=r.flat.parsed.title,
            status=statuses[r.key],
            version=versions[r.key],
            current=in_use is not None and in_use.version == versions[r.key],
            clauses=len(r.flat.clauses),
            damaged=sum(clause.damaged for clause in r.flat.clauses),
            stub=r.flat.parsed.stub,
            before=former[r.policy_id],
            in_use=in_use,
        )
        for r in readings
        for in_use in (chosen[r.policy_id],)
    ]
    found = {r.policy_id for r in readings}
    gone = [row for row in stale.values() if row.policy_id not in found]
    lines += [AddedPolicy(o.policy_id, o.title, "withdrawn", o.version, False, 0, 0, o.stub) for o in gone]
    return tuple(lines)


def unshelve(session: Session, policy_id: str) -> tuple[int, list[str]]:
    """Delete all versions of a policy, and the sources nothing refers to any more.

    Returns how many versions, and the SHA-256 of the sources that stay for other policies' sake.
    """
    shas = session.scalars(select(PolicyRow.sha256).where(PolicyRow.policy_id == policy_id)).all()
    session.execute(delete(PolicyRow).where(PolicyRow.policy_id == policy_id))
    orphaned = SourceRow.sha256.in_(set(shas)) & SourceRow.sha256.not_in(select(PolicyRow.sha256))
    session.execute(delete(SourceRow).where(orphaned))
    left = session.scalars(select(SourceRow.sha256).where(SourceRow.sha256.in_(set(shas))))
    return len(shas), sorted(left)


@dataclass(slots=True)
class _Shelf:
    """The versions of one policy; a number is not used twice, even of a version that is deleted."""

    versions: dict[int, Standing] = field(default_factory=dict)
    top: int = 0
    in_use: Standing | None = None
    added: set[int] = field(default_factory=set)

    def put(self, flat: FlatPolicy) -> Standing:
        """A further version."""
        self.top += 1
        standing = Standing(flat.parsed.stub, flat.damage_count, self.top)
        self.versions[self.top] = standing
        self.added.add(self.top)
        return standing

    def best(self) -> Standing | None:
        """The fullest, least damaged version; of equals the newest."""
        return min(self.versions.values(), key=lambda v: (v.stub, v.losses, -v.version), default=None)


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


def _shelves(session: Session, policy_ids: Iterable[str]) -> dict[str, _Shelf]:
    columns = (
        PolicyRow.policy_id,
        PolicyRow.stub,
        PolicyRow.damage_count,
        PolicyRow.version,
        PolicyRow.current,
    )
    wanted = sorted(policy_ids)
    shelves = {policy_id: _Shelf() for policy_id in wanted}
    for row in session.execute(select(*columns).where(PolicyRow.policy_id.in_(wanted))):
        standing = Standing(row.stub, row.damage_count, row.version)
        shelf = shelves[row.policy_id]
        shelf.versions[row.version] = standing
        shelf.top = max(shelf.top, row.version)
        shelf.in_use = standing if row.current else shelf.in_use
    return shelves


def _delete(session: Session, policy_id: str, version: int) -> None:
    one = delete(PolicyRow).where(PolicyRow.policy_id == policy_id, PolicyRow.version == version)
    session.execute(one)  # its clauses go with it


def _set_aside(session: Session, policy_id: str) -> None:
    current = update(PolicyRow).where(PolicyRow.policy_id == policy_id, PolicyRow.current)
    session.execute(current.values(current=False), execution_options={"synchronize_session": False})


def _use(session: Session, policy_id: str, version: int) -> None:
    one = update(PolicyRow).where(PolicyRow.policy_id == policy_id, PolicyRow.version == version)
    session.execute(one.values(current=True), execution_options={"synchronize_session": False})


def _insert(
    session: Session, reading: Reading, version: int, chosen: Standing | None, sha256: str, now: datetime
) -> None:
    parsed, flat = reading.flat.parsed, reading.flat
    policy = {
        "policy_id": reading.policy_id,
        "version": version,
        "current": chosen is not None and chosen.version == version,
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
