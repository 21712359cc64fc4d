"""Parse a source: every policy in it, with its clauses, their addresses and spans, nothing lost.

page → regions → (cover note, annexes) → paragraphs → outline → clauses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from ceyin.corpus import metadata
from ceyin.corpus.clauses import ClauseWriter
from ceyin.corpus.doc_numbers import is_number_line
from ceyin.corpus.markers import marker_at
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
from ceyin.corpus.outline import OutlineBuilder, cut_pieces
from ceyin.corpus.page import FURNITURE, TAIL_NOTE, Region, find_policies, is_salutation
from ceyin.corpus.read import Source
from ceyin.corpus.signatures import PRINTED, is_seal, is_signature, is_signer
from ceyin.corpus.titles import TITLE_LINE
from ceyin.corpus.units import Unit

#: Raise when the reading of any page changes: stored sources are then read again.
SEGMENT_VERSION = 2

_ABRIDGED = re.compile(r"本文有删减|有删节|略有删改")
_YEARS = re.compile(r"^\((?:19|20)\d{2}[\s—─\-~]+(?:19|20)\d{2}年\)$|^\(试行\)$")
_NOTE = re.compile(r"^来源:|^\(?(?:此件|此文|联系|信息公开)[^。]{0,30}\)?$|^特此(?:通知|公告|函告)")
_ATTACHMENTS = re.compile(r"^附件?\s*\d*\s*[:：]")
_ISSUES = re.compile(
    r"(?:印发|发布|公布|制定|转发).{0,80}(?:印发|发布|执行|落实|实施|遵照|公布)|现将|已经.{2,20}(?:同意|审议)|现予"
)


@dataclass(slots=True)
class _Part:
    """A cover note or an annex while it is being taken apart."""

    units: list[Unit] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    title: list[Unit] = field(default_factory=list)


def parse(source: Source) -> ParsedSource:
    """Every policy of a source; policies and furniture cover its characters once, in order."""
    seen = view(source.text)
    policies = tuple(_policy(source.text, seen, region) for region in find_policies(seen))
    policies, furniture = _cover(policies, len(source.text))
    return ParsedSource(source.address, source.sha256, source.text, policies, furniture)


def _policy(text: str, seen: str, region: Region) -> ParsedPolicy:
    cover, annexes = _parts(seen, region)
    title = normalise("".join(u.cut(seen) for u in region.title))
    abridged = bool(_ABRIDGED.search(region.span.cut(seen)))
    issues_annex = bool(re.search(r"印发|发布.*的通知|转发", title)) or bool(annexes)
    opening = "通知" if issues_annex else ("导语" if _has_labels(seen, cover.units) else "正文")
    clauses, blocks, damages = _write(text, seen, cover, opening, abridged=abridged and not annexes)
    titled = [Block(BlockKind.TITLE, Span(u.start, u.end)) for u in (*region.head, *region.title)]
    blocks = sorted([*blocks, *titled], key=lambda b: b.span)
    parsed_annexes = tuple(_annex(text, seen, part, title, abridged=abridged) for part in annexes)
    facts = metadata.describe(_words(seen, region, title, blocks, clauses, parsed_annexes))
    own = " ".join(c.text for c in clauses)
    stub = not parsed_annexes and issues_annex and not _has_labels(seen, cover.units) and len(own) < 800
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


def _annex(text: str, seen: str, part: _Part, cover_title: str, *, abridged: bool) -> ParsedPolicy:
    clauses, blocks, damages = _write(text, seen, part, "导语", abridged=abridged)
    blocks = sorted(
        [*blocks, *(Block(BlockKind.TITLE, Span(u.start, u.end)) for u in part.title)], key=lambda b: b.span
    )
    title = re.sub(r"^附件\s*\d*[:、]?", "", normalise("".join(u.cut(seen) for u in part.title)))
    named = re.search(r"《(.+)》", cover_title)
    if not TITLE_LINE.match(title) and named:
        title = named.group(1)
    spans = [*(c.span for c in clauses), *(b.span for b in blocks)]
    return ParsedPolicy(
        title=title or cover_title,
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
    )


def _write(
    text: str, seen: str, part: _Part, opening: str, *, abridged: bool
) -> tuple[list[Clause], list[Block], list[Damage]]:
    builder = OutlineBuilder(seen)
    root = builder.build(cut_pieces(seen, part.units))
    writer = ClauseWriter(seen, text, opening, abridged=abridged)
    writer.scraps = builder.scraps
    harvest = writer.write(root)
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


def _has_labels(seen: str, units: list[Unit]) -> bool:
    return any(marker_at(seen, u.start) for u in units)


# -- cover note and annexes ------------------------------------------------------------------------


def _parts(seen: str, region: Region) -> tuple[_Part, list[_Part]]:
    """Sort a policy's paragraphs into its cover note and what is attached to it."""
    cover = _Part()
    annexes: list[_Part] = []
    part = cover
    title = "".join(u.cut(seen) for u in region.title)
    body = list(region.body)
    salutation_seen = False
    signed = False
    labelled, checked = False, (id(part), 0)  # whether the part so far has a label
    for i, unit in enumerate(body):
        words = unit.cut(seen)
        if checked != (id(part), len(part.units)):  # one look at each paragraph: a long text has thousands
            labelled = bool(part.units) and (labelled and checked[0] == id(part))
            labelled = labelled or bool(part.units and marker_at(seen, part.units[-1].start))
            checked = id(part), len(part.units)
        early = not labelled
        if not salutation_seen and part is cover and not part.units and is_salutation(words):
            part.blocks.append(Block(BlockKind.SALUTATION, Span(unit.start, unit.end)))
            salutation_seen = True
        elif _is_head_line(words, title) and early and part is cover and not signed:
            part.blocks.append(Block(BlockKind.TITLE, Span(unit.start, unit.end)))
        elif is_signature(words) or (
            (is_signer(words) or is_seal(words))
            and (_near_date(seen, body, i) or (early and part is cover and (part.units or salutation_seen)))
        ):
            part.blocks.append(Block(BlockKind.SIGNATURE, Span(unit.start, unit.end)))
            signed = signed or bool(part.units) or salutation_seen
        elif _is_note(words, seen, unit, part):
            part.blocks.append(Block(BlockKind.OTHER, Span(unit.start, unit.end)))
        elif part is cover and (signed or _YEARS.match(words)) and (cover.units or salutation_seen):
            part = _Part()
            annexes.append(part)
            signed = False
            (part.title if _is_annex_title(words) else part.units).append(unit)
        elif part is not cover and not part.units and _is_annex_title(words):
            part.title.append(unit)
        elif (part is not cover and not part.units and metadata.is_history(words)) or (
            part is cover and not salutation_seen and not part.units and is_signer(words) and region.published
        ):
            part.blocks.append(Block(BlockKind.TITLE, Span(unit.start, unit.end)))
        elif part is cover and not salutation_seen and not part.units and _above_body(words):
            part.blocks.append(Block(BlockKind.OTHER, Span(unit.start, unit.end)))
        else:
            part.units.append(unit)
    return cover, [a for a in annexes if a.units]


def _is_head_line(words: str, title: str) -> bool:
    """The number line, or the title (or a line of it) once more, above the body."""
    if is_number_line(words) or metadata.is_history(words):
        return True
    flat, flat_title = re.sub(r"\s", "", words), re.sub(r"\s", "", title)
    if len(words) > 90 or re.search(r"[。;]", words):
        return False
    if flat == "的通知" or (len(flat) > 5 and flat == flat_title):
        return True
    return bool(re.search(r"关于(?:印发|转发|发布|公布|开展|做好|加强)", flat)) and (
        flat.endswith(("的通知", "》", "印发")) or flat in flat_title
    )


def _near_date(seen: str, body: list[Unit], at: int) -> bool:
    """Whether a body's name stands in a signature: a date follows within the next few names."""
    for unit in body[at + 1 : at + 24]:
        words = unit.cut(seen)
        if is_signature(words):
            return True
        if is_signer(words) or is_seal(words):
            continue
        if len(words) > 40 or not re.match(r"^[\u4e00-\u9fff\s]{2,30}$", words):
            return False
    return False


def _is_note(words: str, seen: str, unit: Unit, part: _Part) -> bool:
    if TAIL_NOTE.match(words) and (len(words) < 60 or words.startswith("抄送")):
        return True
    if (
        PRINTED.match(words)
        or _NOTE.match(words)
        or _ATTACHMENTS.match(words)
        or (FURNITURE.search(words) and len(words) < 60)
    ):
        return True
    listed = part.blocks and part.blocks[-1].kind is BlockKind.OTHER
    if listed and re.match(r"^\d+\.\s*[^。]{4,80}(?:\.(?:pdf|docx?|xlsx?|wps|zip))?$", words):
        return bool(
            _ATTACHMENTS.match(part.blocks[-1].span.cut(seen)) or words.endswith(("pdf", "doc", "docx"))
        )
    return bool(re.fullmatch(r"[•·>∥\s].*|[^\u4e00-\u9fff]{1,3}", words)) and not marker_at(seen, unit.start)


def _is_annex_title(words: str) -> bool:
    return len(words) <= 60 and not re.search(r"[。;:,]", words) and not marker_at(words, 0)


def _above_body(words: str) -> bool:
    """Lines a web page puts between title and body: status tables, dates, share buttons."""
    return (len(words) < 80 and not words.endswith(("。", ";", ":"))) or words.startswith("核心提示")


# -- covering every character ----------------------------------------------------------------------


def _cover(
    policies: tuple[ParsedPolicy, ...], length: int
) -> tuple[tuple[ParsedPolicy, ...], tuple[Span, ...]]:
    """Stretch spans over the white space behind them, so that everything is covered once."""
    out: list[ParsedPolicy] = []
    furniture: list[Span] = []
    at = 0
    for i, policy in enumerate(policies):
        if policy.span.start > at:
            furniture.append(Span(at, policy.span.start))
        limit = policies[i + 1].span.start if i + 1 < len(policies) else length
        end = policy.span.end
        out.append(_stretch(policy, Span(policy.span.start, end)))
        at = end
        del limit
    if at < length:
        furniture.append(Span(at, length))
    return tuple(out), tuple(furniture)


def _stretch(policy: ParsedPolicy, span: Span) -> ParsedPolicy:
    """Give every character of ``span`` to exactly one clause, block or annex."""
    items: list[tuple[Span, object]] = [(c.span, c) for c in policy.clauses]
    items += [(b.span, b) for b in policy.blocks]
    items += [(a.span, a) for a in policy.annexes]
    items.sort(key=lambda pair: (pair[0].start, pair[0].end))
    clauses: list[Clause] = []
    blocks: list[Block] = []
    annexes: list[ParsedPolicy] = []
    if not items:
        return replace(policy, span=span, blocks=(Block(BlockKind.OTHER, span),))
    for k, (own, item) in enumerate(items):
        start = span.start if k == 0 else max(own.start, items[k - 1][0].start)
        end = items[k + 1][0].start if k + 1 < len(items) else span.end
        wide = Span(start, end)
        if isinstance(item, Clause):
            clauses.append(replace(item, span=wide))
        elif isinstance(item, Block):
            blocks.append(replace(item, span=wide))
        elif isinstance(item, ParsedPolicy):
            annexes.append(_stretch(item, wide))
    return replace(policy, span=span, clauses=tuple(clauses), blocks=tuple(blocks), annexes=tuple(annexes))
