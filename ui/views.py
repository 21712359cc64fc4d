"""The public JSON of imports and versions (``ceyin corpus add --json``, ``corpus show POLICY --versions --json``)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict

from ceyin.assistant.contract import PolicyView
from ceyin.corpus.stored import AddedPolicy, StoredPolicy

if TYPE_CHECKING:  # it brings all readers of files along, which searching does without
    from ceyin.corpus.importing import ImportReport


class _View(BaseModel):
    model_config = ConfigDict(extra="forbid")


class DamageView(_View):
    """One provable loss of words; ``span`` is in the source as read."""

    kind: str
    span: tuple[int, int]
    note: str


class VersionView(_View):
    """One imported version of a policy, with the dates its own text gives; ``damages`` are all its losses."""

    version: int
    current: bool
    added_at: datetime
    source: str
    sha256: str
    issued: str | None
    published: str | None
    effective_from: str | None
    expires: str | None
    stub: bool
    clauses: int
    damaged_clauses: int
    damages: list[DamageView]

    @classmethod
    def of(cls, policy: StoredPolicy) -> VersionView:
        """The view of a version that was imported; cards have none."""
        assert policy.added_at and policy.source is not None and policy.sha256
        own = {(c.damage_kind, c.span): c.damage for c in policy.clauses if c.damaged}
        told = {(d.kind, d.span): d.note for d in policy.damages}
        return cls(
            version=policy.version,
            current=policy.current,
            added_at=policy.added_at,
            source=policy.source,
            sha256=policy.sha256,
            issued=_iso(policy.issued),
            published=_iso(policy.published),
            effective_from=_iso(policy.effective_from),
            expires=_iso(policy.expires),
            stub=policy.stub,
            clauses=len(policy.clauses),
            damaged_clauses=sum(c.damaged for c in policy.clauses),
            damages=[
                DamageView(kind=kind.value, span=(span.start, span.end), note=note or "")
                for (kind, span), note in (own | told).items()
                if kind and span
            ],
        )


class VersionList(_View):
    """``ceyin corpus show POLICY --versions --json``: every imported version, oldest first."""

    policy_id: str
    title: str
    versions: list[VersionView]


class VersionedPolicyView(PolicyView):
    """``ceyin corpus show POLICY --version N --json``: a policy as one version has it."""

    version: int
    current: bool
    added_at: datetime
    sha256: str
    published: str | None
    damages: list[DamageView]


class ImportedPolicyView(_View):
    """What became of one policy of a file; ``in_use`` is the version that is served now."""

    policy_id: str
    title: str
    status: Literal["added", "updated", "unchanged", "withdrawn"]
    version: int
    current: bool
    in_use: int | None
    clauses: int
    damaged_clauses: int
    stub: bool

    @classmethod
    def of(cls, line: AddedPolicy) -> ImportedPolicyView:
        """The view of one line of the report."""
        standing = line.in_use.version if line.in_use else None
        return cls(
            policy_id=line.policy_id,
            title=line.title,
            status=line.status,
            version=line.version,
            current=line.current,
            in_use=line.version if line.current else standing,
            clauses=line.clauses,
            damaged_clauses=line.damaged,
            stub=line.stub,
        )


class ImportedFileView(_View):
    """What became of one file; ``reason`` says why it was skipped, or names the file it is a duplicate of."""

    source: str
    outcome: Literal["stored", "unchanged", "duplicate", "skipped"]
    reason: str | None
    policies: list[ImportedPolicyView]


class ImportView(_View):
    """``ceyin corpus add --json``: every file in order, then the totals over versions found."""

    files: list[ImportedFileView]
    passed_over: dict[str, int]
    found: int
    skipped: int
    policies: int
    clauses: int
    damaged_clauses: int
    stubs: int
    interrupted: bool

    @classmethod
    def of(cls, report: ImportReport) -> ImportView:
        """The view of a whole import."""
        lines = list(report.lines())
        return cls(
            files=[
                ImportedFileView(
                    source=file.address,
                    outcome=file.outcome.value,
                    reason=file.reason,
                    policies=[ImportedPolicyView.of(line) for line in file.policies],
                )
                for file in report.files
            ],
            passed_over=dict(report.passed_over),
            found=report.found,
            skipped=len(report.skipped),
            policies=len({line.policy_id for line in lines}),
            clauses=sum(line.clauses for line in lines),
            damaged_clauses=sum(line.damaged for line in lines),
            stubs=sum(line.stub for line in lines),
            interrupted=report.interrupted,
        )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
