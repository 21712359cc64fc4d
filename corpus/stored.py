"""Policies and clauses as served: rows of the store under the catalog, or catalog cards alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from ceyin.corpus.database.tables import ClauseRow, PolicyRow
from ceyin.corpus.model import ClauseRef, Damage, DamageKind, Span

if TYPE_CHECKING:
    from ceyin.corpus.catalog import Card, CatalogPolicy

TextKind = Literal["official", "card"]
AddStatus = Literal["added", "updated", "unchanged", "withdrawn"]
_CARD_DAMAGE = "目录注明:原文此处残缺"


@dataclass(frozen=True, slots=True)
class StoredClause:
    """A clause as served; ``text == normalise(source[span])`` for official text, a card has no span."""

    ref: ClauseRef
    ordinal: int
    heading: str
    heading_trail: tuple[str, ...]
    text: str
    text_kind: TextKind
    span: Span | None
    damaged: bool
    damage: str | None
    damage_kind: DamageKind | None
    card: Card | None


@dataclass(frozen=True, slots=True)
class StoredPolicy:
    """A policy as served; the facts are the catalog's where it has them, else as parsed.

    ``version`` is 0 for a policy served from cards. ``loose_cards`` have no official clause at their path.
    """

    policy_id: str
    title: str
    doc_number: str | None
    issuers: tuple[str, ...]
    region: str
    issued: date | None
    published: date | None
    effective_from: date | None
    expires: date | None
    repealed: date | None
    text_kind: TextKind
    stub: bool
    source: str | None
    sha256: str | None
    version: int
    current: bool
    added_at: datetime | None
    clauses: tuple[StoredClause, ...]
    damages: tuple[Damage, ...]
    entry: CatalogPolicy | None
    loose_cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class StoredSource:
    """A source as read."""

    sha256: str
    address: str
    text: str
    read_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """How sound a version is."""

    stub: bool
    losses: int
    version: int

    def worse_than(self, other: Standing) -> bool:
        """Whether more of the text is missing than in another version."""
        return (self.stub, self.losses) > (other.stub, other.losses)


@dataclass(frozen=True, slots=True)
class AddedPolicy:
    """What became of one policy of a source; ``current`` is false where a less damaged text stays in use.

    "withdrawn": an earlier reading of the same source had found it, this one does not. ``before`` is the
    version that was current until now, ``in_use`` the one that is now; None where there is none.
    """

    policy_id: str
    title: str
    status: AddStatus
    version: int
    current: bool
    clauses: int
    damaged: int
    stub: bool
    before: Standing | None = None
    in_use: Standing | None = None


@dataclass(frozen=True, slots=True)
class AddReport:
    """What adding a source did; once returned, all of it is on disk."""

    address: str
    sha256: str
    policies: tuple[AddedPolicy, ...]

    @property
    def changed(self) -> bool:
        """Whether the store is another one now."""
        return any(line.status != "unchanged" for line in self.policies)


def unchanged(row: PolicyRow, clauses: int, damaged: int) -> AddedPolicy:
    """The line of a policy that is stored already."""
    return AddedPolicy(
        row.policy_id, row.title, "unchanged", row.version, row.current, clauses, damaged, row.stub
    )


def official(
    row: PolicyRow,
    address: str,
    clauses: Sequence[ClauseRow],
    entry: CatalogPolicy | None,
    *,
    own_dates: bool = False,
) -> StoredPolicy:
    """An imported policy; the facts of its catalog ``entry`` win, its cards join by equal path.

    With ``own_dates`` the dates its text gives win: of several versions each has its own.
    """
    facts = [f for f in ((row, entry) if own_dates else (entry, row)) if f is not None]
    cards = {card.path: card for card in entry.cards} if entry else {}
    paths = {clause.path for clause in clauses}
    return StoredPolicy(
        policy_id=row.policy_id,
        title=(entry and entry.title) or row.title,
        doc_number=(entry and entry.doc_number) or row.doc_number,
        issuers=tuple(entry.issuers) if entry and entry.issuers else row.issuers,
        region=(entry and entry.region) or row.region,
        issued=next((f.issued for f in facts if f.issued), None),
        published=next((f.published for f in facts if f.published), None),
        effective_from=next((f.effective_from for f in facts if f.effective_from), None),
        expires=next((f.expires for f in facts if f.expires), None),
        repealed=entry.repealed if entry else None,
        text_kind="official",
        stub=row.stub,
        source=address,
        sha256=row.sha256,
        version=row.version,
        current=row.current,
        added_at=row.added_at,
        clauses=tuple(_official_clause(clause, cards.get(clause.path)) for clause in clauses),
        damages=tuple(Damage(DamageKind(d["kind"]), Span(*d["span"]), d["note"]) for d in row.damages),
        entry=entry,
        loose_cards=tuple(card for path, card in cards.items() if path not in paths),
    )


def from_cards(entry: CatalogPolicy) -> StoredPolicy:
    """A policy that was not imported: its clauses are the digests of its cards."""
    return StoredPolicy(
        policy_id=entry.id,
        title=entry.title,
        doc_number=entry.doc_number,
        issuers=tuple(entry.issuers),
        region=entry.region,
        issued=entry.issued,
        published=entry.published,
        effective_from=entry.effective_from,
        expires=entry.expires,
        repealed=entry.repealed,
        text_kind="card",
        stub=entry.stub,
        source=entry.sources[0] if entry.sources else None,
        sha256=None,
        version=0,
        current=True,
        added_at=None,
        clauses=tuple(_card_clause(entry.id, n, card) for n, card in enumerate(entry.cards)),
        damages=(),
        entry=entry,
        loose_cards=(),
    )


def _official_clause(row: ClauseRow, card: Card | None) -> StoredClause:
    return StoredClause(
        ref=ClauseRef(row.policy_id, row.path),
        ordinal=row.ordinal,
        heading=row.heading,
        heading_trail=row.heading_trail,
        text=row.text,
        text_kind="official",
        span=Span(row.span_start, row.span_end),
        damaged=row.damage_kind is not None,
        damage=row.damage_note,
        damage_kind=DamageKind(row.damage_kind) if row.damage_kind else None,
        card=card,
    )


def _card_clause(policy_id: str, ordinal: int, card: Card) -> StoredClause:
    return StoredClause(
        ref=ClauseRef(policy_id, card.path),
        ordinal=ordinal,
        heading=card.heading,
        heading_trail=(),
        text=card.digest,
        text_kind="card",
        span=None,
        damaged=card.damaged,
        damage=_CARD_DAMAGE if card.damaged else None,
        damage_kind=None,
        card=card,
    )
