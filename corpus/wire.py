"""The parse object of the contract (``ceyin corpus parse FILE --json``)."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict

from ceyin.corpus.model import BlockKind, Damage, ParsedPolicy, ParsedSource, Span

Range = tuple[int, int]


class _Wire(BaseModel):
    model_config = ConfigDict(extra="forbid")


class DamageView(_Wire):
    """One provable loss of words."""

    kind: str
    span: Range
    note: str


class ClauseView(_Wire):
    """One clause as parsed."""

    path: list[str]
    heading: str
    heading_trail: list[str]
    text: str
    span: Range
    damaged: bool
    damage: DamageView | None


class BlockView(_Wire):
    """A part of a policy that is no clause; a list of responsible bodies (责任单位) is an "other"."""

    kind: str
    span: Range


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

    @classmethod
    def of(cls, policy: ParsedPolicy) -> PolicyView:
        """The wire form of a parsed policy."""
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
                )
                for c in policy.clauses
            ],
            blocks=[BlockView(kind=_block_kind(b.kind), span=_range(b.span)) for b in policy.blocks],
            annexes=[cls.of(a) for a in policy.annexes],
            damages=[_damage(d) for d in policy.damages],
        )


class ParsedSourceView(_Wire):
    """Everything found in one source."""

    source: str
    sha256: str
    chars: int
    policies: list[PolicyView]
    furniture: list[Range]

    @classmethod
    def of(cls, parsed: ParsedSource) -> ParsedSourceView:
        """The wire form of a parse."""
        return cls(
            source=parsed.source,
            sha256=parsed.sha256,
            chars=len(parsed.text),
            policies=[PolicyView.of(p) for p in parsed.policies],
            furniture=[_range(s) for s in parsed.furniture],
        )


def _range(span: Span) -> Range:
    return span.start, span.end


def _damage(damage: Damage) -> DamageView:
    return DamageView(kind=damage.kind.value, span=_range(damage.span), note=damage.note)


def _block_kind(kind: BlockKind) -> str:
    return (BlockKind.OTHER if kind is BlockKind.RESPONSIBLE else kind).value
