"""The parse object of the contract (``ceyin corpus parse FILE --json``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from pydantic import BaseModel, ConfigDict

from ceyin.corpus.model import (
    BlockKind,
    Damage,
    DocumentLink,
    ParsedPolicy,
    ParsedSource,
    Reference,
    Span,
)
from ceyin.corpus.referring.directory import Directory, parsed_entry
from ceyin.corpus.referring.links import links
from ceyin.corpus.referring.references import references

Range = tuple[int, int]


class _Wire(BaseModel):
    model_config = ConfigDict(extra="forbid")


class DamageView(_Wire):
    """One provable loss of words."""

    kind: str
    span: Range
    note: str


class TargetView(_Wire):
    """A place a reference means: all below ``path`` of a document; ``leaves`` are the clauses there."""

    policy_id: str | None
    title: str
    doc_number: str | None
    path: list[str]
    leaves: list[list[str]]


class ReferenceView(_Wire):
    """Words that name a clause or a document; ``span`` counts in the source."""

    span: Range
    text: str
    kind: str
    targets: list[TargetView]
    status: str
    note: str

    @classmethod
    def of(cls, reference: Reference) -> ReferenceView:
        """The wire form of a reference."""
        targets = [
            TargetView(
                policy_id=t.policy_id,
                title=t.title,
                doc_number=t.doc_number,
                path=list(t.path),
                leaves=[list(leaf) for leaf in t.leaves],
            )
            for t in reference.targets
        ]
        return cls(
            span=_range(reference.span),
            text=reference.text,
            kind=reference.kind.value,
            targets=targets,
            status=reference.status.value,
            note=reference.note,
        )


class LinkView(_Wire):
    """A tie of a policy to another document; in the title ``clause_path`` is empty."""

    kind: str
    title: str
    doc_number: str | None
    policy_id: str | None
    span: Range
    clause_path: list[str]
    status: str

    @classmethod
    def of(cls, link: DocumentLink) -> LinkView:
        """The wire form of a link."""
        return cls(
            kind=link.kind.value,
            title=link.title,
            doc_number=link.doc_number,
            policy_id=link.policy_id,
            span=_range(link.span),
            clause_path=list(link.clause_path),
            status=link.status.value,
        )


class ClauseView(_Wire):
    """One clause as parsed."""

    path: list[str]
    heading: str
    heading_trail: list[str]
    text: str
    span: Range
    damaged: bool
    damage: DamageView | None
    references: list[ReferenceView]


class BlockView(_Wire):
    """A part of a policy that is no clause; a list of responsible bodies (责任单位) is an "other"."""

    kind: str
    span: Range


class NamedDocumentView(_Wire):
    """Another document as a policy names it."""

    title: str | None
    doc_number: str | None


class PolicyView(_Wire):
    """One policy (or annex) as parsed; ``damages`` are all losses found in it."""

    title: str
    doc_number: str | None
    issuers: list[str]
    region: str
    issued: date | None
    published: date | None
    effective_from: date | None
    expires: date | None
    stub: bool
    span: Range
    clauses: list[ClauseView]
    blocks: list[BlockView]
    annexes: list[PolicyView]
    damages: list[DamageView]
    label: str
    level: str | None
    recipients: list[str]
    trial: bool
    validity: str | None
    repeals: list[NamedDocumentView]
    status: str | None
    links: list[LinkView]

    @classmethod
    def of(
        cls,
        policy: ParsedPolicy,
        found: Mapping[Span, Sequence[Reference]],
        ties: Mapping[Span, Sequence[DocumentLink]],
    ) -> PolicyView:
        """The wire form of a parsed policy, with its references by clause and its links by part."""
        return cls(
            title=policy.title,
            doc_number=policy.doc_number,
            issuers=list(policy.issuers),
            region=policy.region,
            issued=policy.issued,
            published=policy.published,
            effective_from=policy.effective_from,
            expires=policy.expires,
            stub=policy.stub,
            span=_range(policy.span),
            clauses=[
                ClauseView(
                    path=list(c.path),
                    heading=c.heading,
                    heading_trail=list(c.heading_trail),
                    text=c.text,
                    span=_range(c.span),
                    damaged=c.damaged,
                    damage=_damage(c.damage) if c.damage else None,
                    references=[ReferenceView.of(r) for r in found.get(c.span, ())],
                )
                for c in policy.clauses
            ],
            blocks=[BlockView(kind=_block_kind(b.kind), span=_range(b.span)) for b in policy.blocks],
            annexes=[cls.of(a, found, ties) for a in policy.annexes],
            damages=[_damage(d) for d in policy.damages],
            label=policy.label,
            level=policy.level,
            recipients=list(policy.recipients),
            trial=policy.trial,
            validity=policy.validity,
            repeals=[NamedDocumentView(title=r.title, doc_number=r.doc_number) for r in policy.repeals],
            status=policy.status,
            links=[LinkView.of(link) for link in ties.get(policy.span, ())],
        )


class ParsedSourceView(_Wire):
    """Everything found in one source."""

    source: str
    sha256: str
    chars: int
    policies: list[PolicyView]
    furniture: list[Range]

    @classmethod
    def of(cls, parsed: ParsedSource, directory: Directory | None = None) -> ParsedSourceView:
        """The wire form of a parse; references may mean the policies of ``directory`` and of the same source."""
        return cls(
            source=parsed.source,
            sha256=parsed.sha256,
            chars=len(parsed.text),
            policies=[_policy(p, parsed, directory) for p in parsed.policies],
            furniture=[_range(s) for s in parsed.furniture],
        )


def _policy(policy: ParsedPolicy, parsed: ParsedSource, directory: Directory | None) -> PolicyView:
    known = directory.entries if directory else ()
    beside = Directory.of(parsed_entry(p) for p in parsed.policies if p is not policy)
    reach = Directory.of((*known, *beside.missing_from(directory))) if len(parsed.policies) > 1 else directory
    found = references(policy, parsed.text, reach)
    return PolicyView.of(policy, found, links(policy, parsed.text, found=found))


def _range(span: Span) -> Range:
    return span.start, span.end


def _damage(damage: Damage) -> DamageView:
    return DamageView(kind=damage.kind.value, span=_range(damage.span), note=damage.note)


def _block_kind(kind: BlockKind) -> str:
    return (BlockKind.OTHER if kind is BlockKind.RESPONSIBLE else kind).value
