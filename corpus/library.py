"""The one way to stored policies and clauses: imported texts, with the catalog laid over and filling in.

A policy with an imported text is served word for word from it (``text_kind`` "official"); one without is
served from its catalog cards ("card"). Of several imported versions the least damaged is current.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from ceyin.corpus import audit
from ceyin.corpus.database.engine import Database
from ceyin.corpus.database.tables import ClauseRow, PolicyRow, SourceRow
from ceyin.corpus.flatten import FlatPolicy, flatten
from ceyin.corpus.joining import identify, known_entry, known_import
from ceyin.corpus.model import ParsedSource
from ceyin.corpus.normalise import NORMALISE_VERSION
from ceyin.corpus.shelving import Reading, shelve, unshelve
from ceyin.corpus.stored import (
    AddedPolicy,
    AddReport,
    StoredClause,
    StoredPolicy,
    StoredSource,
    from_cards,
    official,
)

if TYPE_CHECKING:
    from ceyin.corpus.catalog import Catalog

__all__ = ["AddReport", "AddedPolicy", "Library", "StoredClause", "StoredPolicy", "StoredSource"]

#: Who acts when nobody has signed in.
LOCAL = "本机"


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

    # -- reading ---------------------------------------------------------------------------------------

    def policies(self) -> tuple[StoredPolicy, ...]:
        """All policies in their current version, ordered by id."""
        return tuple(self._load().policies.values())

    def policy(self, policy_id: str) -> StoredPolicy | None:
        """One policy in its current version."""
        return self._load().policies.get(policy_id)

    def versions(self, policy_id: str) -> tuple[StoredPolicy, ...]:
        """Every imported version of a policy, oldest first."""
        with self._database.read() as session:
            return self._officials(session, PolicyRow.policy_id == policy_id)

    def source_text(self, sha256: str) -> str | None:
        """The whole source as read, for the reader's highlight."""
        with self._database.read() as session:
            return session.scalar(select(SourceRow.text).where(SourceRow.sha256 == sha256))

    def sources(self) -> tuple[StoredSource, ...]:
        """All sources in the order they came: parse and add them again after the segmenter has improved."""
        with self._database.read() as session:
            rows = session.scalars(select(SourceRow).order_by(SourceRow.read_at, SourceRow.sha256))
            return tuple(StoredSource(row.sha256, row.address, row.text, row.read_at) for row in rows)

    def fingerprint(self) -> str:
        """Changes whenever a policy, a clause or the catalog changes; the indexes compare it."""
        with self._database.read() as session:
            return self._fingerprint(session)

    def _fingerprint(self, session: Session) -> str:
        columns = (PolicyRow.policy_id, PolicyRow.version, PolicyRow.sha256, PolicyRow.content_sha256)
        rows = session.execute(select(*columns).where(PolicyRow.current).order_by(PolicyRow.policy_id))
        facts = (self._catalog.fingerprint, NORMALISE_VERSION, [tuple(row) for row in rows])
        return hashlib.sha256(repr(facts).encode()).hexdigest()

    def _load(self) -> _Snapshot:
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

    def _officials(self, session: Session, which: ColumnElement[bool]) -> tuple[StoredPolicy, ...]:
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
            official(row, address, clauses.get((row.policy_id, row.version), ()), entries.get(row.policy_id))
            for row, address in policies
        )

    # -- writing ---------------------------------------------------------------------------------------

    def add(self, parsed: ParsedSource, *, actor: str = LOCAL) -> AddReport:
        """Store every policy of a source in one transaction; raises StoreError.

        A reading that is stored already changes nothing. One that differs takes the place of the former
        reading of the same bytes; a text from other bytes becomes a further version of its policy.
        """
        if not parsed.policies:  # a parse that found nothing never withdraws what an earlier one found
            return AddReport(parsed.source, parsed.sha256, ())
        flats = [flatten(policy, parsed.text) for policy in parsed.policies]
        with self._database.write() as session:
            readings = self._identify(session, flats, parsed.text)
            now = self._database.now()
            report = AddReport(parsed.source, parsed.sha256, shelve(session, parsed, readings, now))
            if any(line.status != "unchanged" for line in report.policies):
                lines = [[line.policy_id, line.version, line.status] for line in report.policies]
                detail = {"address": parsed.source, "sha256": parsed.sha256, "policies": lines}
                audit.append(session, "corpus.add", actor=actor, at=now, detail=detail)
        return report

    def remove(self, policy_id: str, *, actor: str = LOCAL) -> bool:
        """Delete every imported version of a policy; false if it has none. Its catalog cards stay."""
        with self._database.write() as session:
            versions = unshelve(session, policy_id)
            if versions:
                detail = {"policy_id": policy_id, "versions": versions}
                audit.append(session, "corpus.remove", actor=actor, at=self._database.now(), detail=detail)
        return versions > 0

    def _identify(self, session: Session, flats: Sequence[FlatPolicy], text: str) -> list[Reading]:
        columns = (PolicyRow.policy_id, PolicyRow.doc_number, PolicyRow.title, PolicyRow.issued)
        imported = session.execute(select(*columns).where(PolicyRow.current).order_by(PolicyRow.policy_id))
        known = [known_entry(entry) for entry in self._catalog.policies]
        known += [known_import(*row) for row in imported if row.policy_id not in self._entries]
        readings = []
        for flat in flats:
            policy = flat.parsed
            policy_id = identify(policy, text, known)
            if policy_id not in self._entries:  # the next one may be the full text behind this cover note
                known.append(known_import(policy_id, policy.doc_number, policy.title, policy.issued))
            readings.append(Reading(policy_id, flat, flat.digest()))
        return readings
