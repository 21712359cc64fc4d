"""The one way to stored policies and clauses: imported texts, with the catalog laid over and filling in.

A policy with an imported text is served word for word from it (``text_kind`` "official"); one without is
served from its catalog cards ("card"). Of several imported versions the least damaged is current.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Row, and_, case, func, select
from sqlalchemy.orm import Session

from ceyin.corpus import audit
from ceyin.corpus.database.engine import Database
from ceyin.corpus.database.tables import AuditRow, ClauseRow, PolicyRow, SourceRow
from ceyin.corpus.flatten import FlatPolicy, flatten
from ceyin.corpus.joining import known_entry, known_import
from ceyin.corpus.model import ParsedSource
from ceyin.corpus.normalise import NORMALISE_VERSION
from ceyin.corpus.register import Register
from ceyin.corpus.shelving import Reading, shelve, unshelve
from ceyin.corpus.stored import (
    AddedPolicy,
    AddReport,
    StoredClause,
    StoredPolicy,
    StoredSource,
    from_cards,
    official,
    unchanged,
)

if TYPE_CHECKING:
    from ceyin.corpus.catalog import Catalog

__all__ = ["AddReport", "AddedPolicy", "Library", "StoredClause", "StoredPolicy", "StoredSource"]

#: Who acts when nobody has signed in.
LOCAL = "本机"
_STREAMED = 100


@dataclass(frozen=True, slots=True)
class _Snapshot:
    fingerprint: str
    policies: dict[str, StoredPolicy]


class Library:
    """The policies of a store under a catalog; may be shared between threads."""

    def __init__(self, database: Database, catalog: Catalog) -> None:
        self._database = database
        self._catalog = catalog
        self._entries = {entry.id: entry for entry in catalog.policies}
        self._snapshot: _Snapshot | None = None
        self._known: tuple[str | None, str] | None = None  # head of the record, fingerprint
        self._register: tuple[str | None, Register] | None = None  # with the head of the record it is as of
        self._held = threading.local()  # the snapshot this thread holds on to

    # -- reading ---------------------------------------------------------------------------------------

    @contextmanager
    def steady(self) -> Iterator[None]:
        """Within it this thread sees the policies as they are now, whatever others add or remove meanwhile."""
        before = self._steady()
        self._held.snapshot = self._load()
        try:
            yield
        finally:
            self._held.snapshot = before

    def policies(self) -> tuple[StoredPolicy, ...]:
        """All policies in their current version, ordered by id."""
        return tuple(self._load().policies.values())

    def policy(self, policy_id: str) -> StoredPolicy | None:
        """One policy in its current version."""
        return self._load().policies.get(policy_id)

    def some(self, policy_ids: Collection[str]) -> dict[str, StoredPolicy]:
        """Those of these policies that are there, by id; the others are not read for it."""
        snapshot = self._steady()
        if snapshot is None:
            with self._database.read() as session:
                kept = self._snapshot
                if kept is not None and kept.fingerprint == self._fingerprint(session):
                    snapshot = kept
        if snapshot is not None:
            return {i: snapshot.policies[i] for i in policy_ids if i in snapshot.policies}
        return {policy.policy_id: policy for policy in self.stream(policy_ids)}

    def stream(self, policy_ids: Collection[str]) -> Iterator[StoredPolicy]:
        """These policies by id, in their current version; of a store too large for memory some at a time."""
        ordered = sorted(policy_ids)
        for at in range(0, len(ordered), _STREAMED):
            some = ordered[at : at + _STREAMED]
            with self._database.read() as session:
                which = and_(PolicyRow.current.is_(True), PolicyRow.policy_id.in_(some))
                found = {p.policy_id: p for p in self._officials(session, which)}
            for policy_id in some:
                if policy_id in found:
                    yield found[policy_id]
                elif policy_id in self._entries:
                    yield from_cards(self._entries[policy_id])

    def stamps(self) -> dict[str, str]:
        """Of every policy by its id, what changes whenever its text, its facts or its catalog entry do."""
        with self._database.read() as session:
            rows = {row.policy_id: tuple(row) for row in self._current(session)}
        out = {}
        for policy_id in sorted(rows.keys() | self._entries.keys()):
            entry = self._entries.get(policy_id)
            facts = (NORMALISE_VERSION, rows.get(policy_id), entry and entry.model_dump_json())
            out[policy_id] = hashlib.sha256(repr(facts).encode()).hexdigest()[:20]
        return out

    def versions(self, policy_id: str) -> tuple[StoredPolicy, ...]:
        """Every imported version of a policy with the dates of its own text, oldest first."""
        with self._database.read() as session:
            return self._officials(session, PolicyRow.policy_id == policy_id, own_dates=True)

    def source_text(self, sha256: str) -> str | None:
        """The whole source as read, for the reader's highlight."""
        with self._database.read() as session:
            return session.scalar(select(SourceRow.text).where(SourceRow.sha256 == sha256))

    def complete_sources(self) -> frozenset[str]:
        """SHA-256 of every source whose policies are all still stored: such bytes need no reading again."""
        with self._database.read() as session:
            stored = set(session.scalars(select(SourceRow.sha256)))
            # A page of several policies of which some were removed: adding it again brings them back.
            removals = select(AuditRow.detail).where(
                AuditRow.action == "corpus.remove", AuditRow.detail.contains('"left"')
            )
            for detail in map(json.loads, session.scalars(removals).all()):
                back = select(PolicyRow.sha256).where(
                    PolicyRow.policy_id == detail["policy_id"], PolicyRow.sha256.in_(detail["left"])
                )
                stored -= set(detail["left"]) - set(session.scalars(back))
        return frozenset(stored)

    def readings(self, sha256s: Collection[str]) -> dict[str, tuple[AddedPolicy, ...]]:
        """What is stored of these sources, as adding them again would report it."""
        damaged = func.sum(case((ClauseRow.damage_kind.is_not(None), 1), else_=0))
        same_version = and_(
            PolicyRow.policy_id == ClauseRow.policy_id, PolicyRow.version == ClauseRow.version
        )
        query = (
            select(PolicyRow, func.count(ClauseRow.ordinal), func.coalesce(damaged, 0))
            .outerjoin(ClauseRow, same_version)
            .where(PolicyRow.sha256.in_(sorted(sha256s)))
            .group_by(PolicyRow.policy_id, PolicyRow.version)
            .order_by(PolicyRow.sha256, PolicyRow.span_start)
        )
        with self._database.read() as session:
            rows = session.execute(query).all()
        return {
            sha256: tuple(unchanged(row, clauses, int(losses)) for row, clauses, losses in group)
            for sha256, group in groupby(rows, key=lambda found: found[0].sha256)
        }

    def sources(self) -> tuple[StoredSource, ...]:
        """All sources in the order they came: parse and add them again after the segmenter has improved."""
        with self._database.read() as session:
            rows = session.scalars(select(SourceRow).order_by(SourceRow.read_at, SourceRow.sha256))
            return tuple(StoredSource(row.sha256, row.address, row.text, row.read_at) for row in rows)

    def fingerprint(self) -> str:
        """Changes whenever a policy, a clause or the catalog changes; the indexes compare it."""
        held = self._steady()
        if held is not None:
            return held.fingerprint
        with self._database.read() as session:
            return self._fingerprint(session)

    def _fingerprint(self, session: Session) -> str:
        """Worked out again only when the record has grown: whatever changes a policy leaves an entry there."""
        head = _head(session)
        if self._known is None or self._known[0] != head:
            facts = (
                self._catalog.fingerprint,
                NORMALISE_VERSION,
                [tuple(row) for row in self._current(session)],
            )
            self._known = head, hashlib.sha256(repr(facts).encode()).hexdigest()
        return self._known[1]

    def _current(self, session: Session) -> Sequence[Row[str, int, str, str]]:
        columns = (PolicyRow.policy_id, PolicyRow.version, PolicyRow.sha256, PolicyRow.content_sha256)
        return session.execute(select(*columns).where(PolicyRow.current).order_by(PolicyRow.policy_id)).all()

    def _steady(self) -> _Snapshot | None:
        held: _Snapshot | None = getattr(self._held, "snapshot", None)
        return held

    def _load(self) -> _Snapshot:
        held = self._steady()
        if held is not None:
            return held
        with self._database.read() as session:
            fingerprint = self._fingerprint(session)
            snapshot = self._snapshot
            if snapshot is None or snapshot.fingerprint != fingerprint:
                found = {
                    policy.policy_id: policy
                    for policy in self._officials(session, PolicyRow.current.is_(True))
                }
                cards = {e.id: from_cards(e) for e in self._catalog.policies if e.id not in found}
                snapshot = _Snapshot(fingerprint, dict(sorted((found | cards).items())))
                self._snapshot = snapshot
        return snapshot

    def _officials(
        self, session: Session, which: ColumnElement[bool], *, own_dates: bool = False
    ) -> tuple[StoredPolicy, ...]:
        policies = session.execute(
            select(PolicyRow, SourceRow.address)
            .join(SourceRow, SourceRow.sha256 == PolicyRow.sha256)
            .where(which)
            .order_by(PolicyRow.policy_id, PolicyRow.version)
        ).all()
        same_version = and_(
            PolicyRow.policy_id == ClauseRow.policy_id, PolicyRow.version == ClauseRow.version
        )
        ordered = select(ClauseRow).join(PolicyRow, same_version).where(which)
        ordered = ordered.order_by(ClauseRow.policy_id, ClauseRow.version, ClauseRow.ordinal)
        clauses = {
            key: tuple(rows)
            for key, rows in groupby(session.scalars(ordered), key=lambda c: (c.policy_id, c.version))
        }
        entries = self._entries
        return tuple(
            official(
                row,
                address,
                clauses.get((row.policy_id, row.version), ()),
                entries.get(row.policy_id),
                own_dates=own_dates,
            )
            for row, address in policies
        )

    # -- writing ---------------------------------------------------------------------------------------

    def add(self, parsed: ParsedSource, *, actor: str = LOCAL) -> AddReport:
        """Store every policy of a source in one transaction; raises StoreError.

        A reading that is stored already changes nothing. One that differs takes the place of the former
        reading of the same bytes; a text from other bytes becomes a further version of its policy.
        """
        return self.add_all([parsed], actor=actor)[0]

    def add_all(self, sources: Sequence[ParsedSource], *, actor: str = LOCAL) -> tuple[AddReport, ...]:
        """The same for several sources in one transaction: all are stored, or none if it raises."""
        # A parse that found nothing never withdraws what an earlier one found: it is left out altogether.
        flats = {n: [flatten(p, s.text) for p in s.policies] for n, s in enumerate(sources) if s.policies}
        if not flats:
            return tuple(AddReport(s.source, s.sha256, ()) for s in sources)
        with self._database.write() as session:
            register = self._take_register(session)
            reports = tuple(
                self._add(session, register, source, flats.get(n, []), actor)
                for n, source in enumerate(sources)
            )
            self._register = _head(session), register
        return reports

    def _add(
        self,
        session: Session,
        register: Register,
        parsed: ParsedSource,
        flats: Sequence[FlatPolicy],
        actor: str,
    ) -> AddReport:
        if not flats:
            return AddReport(parsed.source, parsed.sha256, ())
        readings = []
        for flat in flats:
            policy_id = register.identify(flat.parsed, parsed.text)
            if policy_id not in self._entries:  # the next one may be the full text behind this cover note
                policy = flat.parsed
                register.enter(known_import(policy_id, policy.doc_number, policy.title, policy.issued))
            readings.append(Reading(policy_id, flat, flat.digest()))
        now = self._database.now()
        report = AddReport(parsed.source, parsed.sha256, shelve(session, parsed, readings, now))
        self._enter_imported(session, register, {line.policy_id for line in report.policies})
        if report.changed:
            lines = [[line.policy_id, line.version, line.status] for line in report.policies]
            detail = {"address": parsed.source, "sha256": parsed.sha256, "policies": lines}
            audit.append(session, "corpus.add", actor=actor, at=now, detail=detail)
        return report

    def remove(self, policy_id: str, *, actor: str = LOCAL) -> bool:
        """Delete every imported version of a policy; false if it has none. Its catalog cards stay."""
        with self._database.write() as session:
            versions, left = unshelve(session, policy_id)
            if versions:
                detail: dict[str, object] = {"policy_id": policy_id, "versions": versions}
                if left:
                    detail["left"] = left
                audit.append(session, "corpus.remove", actor=actor, at=self._database.now(), detail=detail)
        return versions > 0

    def _take_register(self, session: Session) -> Register:
        """The register as of this transaction; put back only once all of it is done.

        Whatever changes the policies leaves an entry in the record, so an equal head means equal policies.
        """
        kept, self._register = self._register, None
        if kept is not None and kept[0] == _head(session):
            return kept[1]
        register = Register(known_entry(entry) for entry in self._catalog.policies)
        self._enter_imported(session, register, None)
        return register

    def _enter_imported(
        self, session: Session, register: Register, policy_ids: Collection[str] | None
    ) -> None:
        """Enter these policies (None: all) as they stand in their current version; the catalog's are there."""
        columns = (PolicyRow.policy_id, PolicyRow.doc_number, PolicyRow.title, PolicyRow.issued)
        query = select(*columns).where(PolicyRow.current)
        if policy_ids is not None:
            mine = sorted(policy_ids - self._entries.keys())
            for policy_id in mine:
                register.strike(policy_id)
            query = query.where(PolicyRow.policy_id.in_(mine))
        for row in session.execute(query.order_by(PolicyRow.policy_id)):
            if row.policy_id not in self._entries:
                register.enter(known_import(*row))


def _head(session: Session) -> str | None:
    return session.scalar(select(AuditRow.hash).order_by(AuditRow.seq.desc()).limit(1))
