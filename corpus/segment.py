"""Parse a source: every policy in it, with its clauses, their addresses and spans, nothing lost.

page → regions → parts (own words, annexes) → paragraphs → pieces → outline → clauses.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ceyin.corpus import metadata
from ceyin.corpus.clauses import ClauseWriter
from ceyin.corpus.contents import table_of_contents
from ceyin.corpus.covering import cover
from ceyin.corpus.model import (
    Block,
    BlockKind,
    Clause,
    Damage,
    DamageKind,
    ParsedPolicy,
    ParsedSource,
    Span,
)
from ceyin.corpus.normalise import normalise, view
from ceyin.corpus.outline import build_outline
from ceyin.corpus.page import Region, find_policies
from ceyin.corpus.parts import YEARS_ONLY, Part, has_labels, sort_parts
from ceyin.corpus.pieces import cut_pieces
from ceyin.corpus.read import Source
from ceyin.corpus.signatures import repair

_ABRIDGED = re.compile(r"本文有删减|有删节|略有删改")


def parse(source: Source) -> ParsedSource:
    """Every policy of a source; policies and furniture cover its characters once, in order."""
    seen = view(source.text)
    policies = tuple(_policy(source.text, seen, region) for region in find_policies(seen))
    policies, furniture = cover(source.text, policies)
    return ParsedSource(source.address, source.sha256, source.text, policies, furniture)


def _policy(text: str, seen: str, region: Region) -> ParsedPolicy:
    cover, annexes = sort_parts(seen, region)
    title = normalise("".join(u.cut(seen) for u in region.title))
    abridged = bool(_ABRIDGED.search(region.span.cut(seen)))
    labelled = has_labels(seen, cover.units)
    issues_annex = bool(re.search(r"印发|发布.*的通知|转发", title)) or (bool(annexes) and not labelled)
    opening = "通知" if issues_annex else ("导语" if labelled else "正文")
    clauses, blocks, damages = _write(text, seen, cover, opening, abridged=abridged and not annexes)
    titled = [Block(BlockKind.TITLE, Span(u.start, u.end)) for u in (*region.head, *region.title)]
    blocks = sorted([*blocks, *titled], key=lambda b: b.span)
    named = re.findall(r"《([^《》]+(?:《[^《》]+》[^《》]*)?)》", title)
    parsed_annexes = tuple(
        _annex(text, seen, part, named[k] if k < len(named) else title, abridged=abridged)
        for k, part in enumerate(annexes)
    )
    facts = metadata.describe(_words(seen, region, title, blocks, clauses, parsed_annexes))
    own = " ".join(c.text for c in clauses)
    damages += _torn_frame(text, cover, annexes, title, clauses)
    stub = not parsed_annexes and issues_annex and not labelled and len(own) < 800
    if stub:
        damages.append(Damage(DamageKind.STUB, region.span, "只有印发通知,所印发的文件正文未收录"))
    if abridged:
        m = _ABRIDGED.search(seen, region.span.start, region.span.end)
        if m:
            damages.append(Damage(DamageKind.ABRIDGED, Span(m.start(), m.end()), "页面注明本文有删减"))
    return ParsedPolicy(
        title=facts.title,
        doc_number=facts.doc_number,
        issuers=facts.issuers,
        region=facts.region,
        issued=facts.issued,
        published=facts.published,
        effective_from=facts.effective_from,
        expires=facts.expires,
        stub=stub,
        span=region.span,
        clauses=tuple(clauses),
        blocks=tuple(blocks),
        annexes=parsed_annexes,
        damages=tuple(damages),
        level=facts.level,
        recipients=facts.recipients,
        trial=facts.trial,
        validity=facts.validity,
        repeals=facts.repeals,
        status=facts.status,
    )


def _words(
    seen: str,
    region: Region,
    title: str,
    blocks: list[Block],
    clauses: list[Clause],
    annexes: tuple[ParsedPolicy, ...],
) -> metadata.Words:
    """What the bibliographic facts are read from."""
    body_at = min((c.span.start for c in clauses), default=region.span.end)
    title_lines = {u.start for u in region.title}

    def lines(part: list[Block] | tuple[Block, ...], *kinds: BlockKind) -> list[str]:
        return [b.span.cut(seen).strip() for b in part if b.kind in kinds]

    head = [b for b in blocks if b.span.start < body_at and b.span.start not in title_lines]
    signature = lines(blocks, BlockKind.SIGNATURE)
    for annex in annexes:
        # A notice whose own signature the page lost, or that is signed below its annex.
        signature = signature or lines(annex.blocks, BlockKind.SIGNATURE)
    notes = lines(blocks, BlockKind.OTHER) + [n for a in annexes for n in lines(a.blocks, BlockKind.OTHER)]
    return metadata.Words(
        title=title,
        above=region.above,
        head=tuple(lines(head, BlockKind.TITLE, BlockKind.OTHER)),
        salutation=tuple(lines(blocks, BlockKind.SALUTATION)),
        signature=tuple(signature),
        notes=tuple(notes),
        own=tuple(c.text for c in clauses),
        attached=tuple((a.title, tuple(c.text for c in a.clauses)) for a in annexes),
        page_date=region.published,
    )


def _torn_frame(text: str, own: Part, annexes: list[Part], title: str, clauses: list[Clause]) -> list[Damage]:
    """Losses around the words: a notice without a word, the name of a signer or a title cut at its beginning."""
    found = []
    blocks = {kind: [b for b in own.blocks if b.kind is kind] for kind in BlockKind}
    greeted = blocks[BlockKind.SALUTATION]
    if annexes and greeted and not clauses and re.search(r"印发|发布|转发", title):
        after = [b.span.start for b in own.blocks if b.span.start >= greeted[-1].span.end]
        at = min(after, default=greeted[-1].span.end)
        found.append(Damage(DamageKind.EMPTY, Span(at, at), "通知的正文缺失"))
    for block in greeted:
        if not normalise(block.span.cut(text)).endswith(":"):
            at = block.span.start
            found.append(Damage(DamageKind.CUT_START, Span(at, at), "称谓残缺"))
    for block in blocks[BlockKind.SIGNATURE]:
        name = normalise(block.span.cut(text))
        if repair(name) != name:
            at = block.span.start
            found.append(Damage(DamageKind.CUT_START, Span(at, at), "落款单位的名称残缺"))
    for part in annexes:
        for unit in part.title[:1]:
            if YEARS_ONLY.match(normalise(unit.cut(text))):
                found.append(Damage(DamageKind.CUT_START, Span(unit.start, unit.start), "标题残缺"))
    return found


def _annex(text: str, seen: str, part: Part, named: str, *, abridged: bool) -> ParsedPolicy:
    clauses, blocks, damages = _write(text, seen, part, "导语", abridged=abridged)
    blocks = sorted(
        [*blocks, *(Block(BlockKind.TITLE, Span(u.start, u.end)) for u in part.title)], key=lambda b: b.span
    )
    title = re.sub(r"^附件?\d*[:、]?", "", normalise("".join(u.cut(seen) for u in part.title)))
    if not title or YEARS_ONLY.match(title):
        title = named
    spans = [*(c.span for c in clauses), *(b.span for b in blocks)]
    return ParsedPolicy(
        title=title,
        doc_number=None,
        issuers=(),
        region="",
        issued=None,
        published=None,
        effective_from=None,
        expires=None,
        stub=False,
        span=Span(min(s.start for s in spans), max(s.end for s in spans)),
        clauses=tuple(clauses),
        blocks=tuple(blocks),
        damages=tuple(damages),
        label=part.label,
    )


def _write(
    text: str, seen: str, part: Part, opening: str, *, abridged: bool
) -> tuple[list[Clause], list[Block], list[Damage]]:
    contents = table_of_contents(seen, part.units)
    part.blocks += [
        Block(BlockKind.OTHER, Span(u.start, u.end)) for u in part.units[contents.start : contents.stop]
    ]
    units = part.units[: contents.start] + part.units[contents.stop :]
    outline = build_outline(seen, cut_pieces(seen, units))
    harvest = ClauseWriter(seen, text, opening, abridged=abridged).write(outline)
    return _unique(harvest.clauses), [*harvest.blocks, *part.blocks], harvest.damages


def _unique(clauses: list[Clause]) -> list[Clause]:
    """Make addresses unique: where the damage took two labels, the later ones read ``?#2``."""
    seen: dict[tuple[str, ...], int] = {}
    out: list[Clause] = []
    for clause in clauses:
        count = seen[clause.path] = seen.get(clause.path, 0) + 1
        if count > 1:
            at = clause.path.index("?") if "?" in clause.path else len(clause.path) - 1
            path = (*clause.path[:at], f"{clause.path[at]}#{count}", *clause.path[at + 1 :])
            clause = replace(clause, path=path)
        out.append(clause)
    return out
