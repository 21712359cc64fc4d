"""Parse a source: every policy in it, with its clauses, their addresses and spans, nothing lost.

page → regions → (cover note, annexes) → paragraphs → outline → clauses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from ceyin.corpus import metadata
from ceyin.corpus.clauses import ClauseWriter
from ceyin.corpus.contents import table_of_contents
from ceyin.corpus.covering import cover
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
from ceyin.corpus.outline import build_outline
from ceyin.corpus.page import (
    DOC_NUMBER,
    FURNITURE,
    TITLE_LINE,
    Region,
    find_policies,
    is_signature,
    is_signer,
)
from ceyin.corpus.pieces import cut_pieces
from ceyin.corpus.read import Source
from ceyin.corpus.units import Unit

#: Raise when the reading of any page changes: stored sources are then read again.
SEGMENT_VERSION = 1

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
    policies, furniture = cover(source.text, policies)
    return ParsedSource(source.address, source.sha256, source.text, policies, furniture)


def _policy(text: str, seen: str, region: Region) -> ParsedPolicy:
    cover, annexes = _parts(seen, region)
    title = normalise("".join(u.cut(seen) for u in region.title))
    number = metadata.doc_number(title)
    title = re.sub(r"\([^()]*〔\d{4}〕\d+号\)$", "", title)
    abridged = bool(_ABRIDGED.search(region.span.cut(seen)))
    issues_annex = bool(re.search(r"印发|发布.*的通知|转发", title)) or bool(annexes)
    opening = "通知" if issues_annex else ("导语" if _has_labels(seen, cover.units) else "正文")
    clauses, blocks, damages = _write(text, seen, cover, opening, abridged=abridged and not annexes)
    blocks = sorted(
        [*blocks, *(Block(BlockKind.TITLE, Span(u.start, u.end)) for u in region.title)], key=lambda b: b.span
    )
    heads = [seen[b.span.start : b.span.end] for b in blocks if b.kind in (BlockKind.TITLE, BlockKind.OTHER)]
    number = number or next((n for h in heads if len(h) < 60 and (n := metadata.doc_number(h))), None)
    signature = [seen[b.span.start : b.span.end] for b in blocks if b.kind is BlockKind.SIGNATURE]
    parsed_annexes: list[ParsedPolicy] = []
    for part in annexes:
        parsed_annexes.append(_annex(text, seen, part, title, abridged=abridged))
    if parsed_annexes and not signature:
        signature = [
            seen[b.span.start : b.span.end]
            for b in parsed_annexes[-1].blocks
            if b.kind is BlockKind.SIGNATURE
        ]
    issuers = _issuers(signature, title)
    issued = next((d for s in reversed(signature) if (d := metadata.read_date(s))), None)
    own = " ".join(c.text for c in clauses)
    endings = [c.text for p in (*parsed_annexes,) for c in p.clauses[-6:]] + [c.text for c in clauses[-8:]]
    status = " ".join(heads)
    effective = _labelled_date(status, "生效日期") or metadata.effective_from(endings, issued)
    stub = not parsed_annexes and issues_annex and not _has_labels(seen, cover.units) and len(own) < 800
    if stub:
        damages.append(Damage(DamageKind.STUB, region.span, "只有印发通知,所印发的文件正文未收录"))
    if abridged:
        m = _ABRIDGED.search(seen, region.span.start, region.span.end)
        if m:
            damages.append(Damage(DamageKind.ABRIDGED, Span(m.start(), m.end()), "页面注明本文有删减"))
    published = metadata.read_date(region.published or "") or _labelled_date(status, "发布日期")
    return ParsedPolicy(
        title=title,
        doc_number=number,
        issuers=issuers,
        region=metadata.region(title, issuers, " ".join(heads) + own),
        issued=issued,
        published=published,
        effective_from=effective,
        expires=metadata.expires(endings, effective or issued),
        stub=stub,
        span=region.span,
        clauses=tuple(clauses),
        blocks=tuple(blocks),
        annexes=tuple(parsed_annexes),
        damages=tuple(damages),
    )


def _annex(text: str, seen: str, part: _Part, cover_title: str, *, abridged: bool) -> ParsedPolicy:
    clauses, blocks, damages = _write(text, seen, part, "导语", abridged=abridged)
    blocks = sorted(
        [*blocks, *(Block(BlockKind.TITLE, Span(u.start, u.end)) for u in part.title)], key=lambda b: b.span
    )
    title = normalise("".join(u.cut(seen) for u in part.title))
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
    for i, unit in enumerate(body):
        words = unit.cut(seen)
        early = not any(marker_at(seen, u.start) for u in part.units)
        if not salutation_seen and part is cover and not part.units and _is_salutation(words):
            part.blocks.append(Block(BlockKind.SALUTATION, Span(unit.start, unit.end)))
            salutation_seen = True
        elif _is_head_line(words, title) and early and part is cover and not signed:
            part.blocks.append(Block(BlockKind.TITLE, Span(unit.start, unit.end)))
        elif is_signature(words) or (
            is_signer(words)
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
        elif (
            part is cover and not salutation_seen and not part.units and is_signer(words) and region.published
        ):
            part.blocks.append(Block(BlockKind.TITLE, Span(unit.start, unit.end)))
        elif (
            part is cover
            and not salutation_seen
            and not part.units
            and _above_body(words)
            and not marker_at(seen, unit.start)
        ):
            part.blocks.append(Block(BlockKind.OTHER, Span(unit.start, unit.end)))
        else:
            part.units.append(unit)
    return cover, [a for a in annexes if a.units]


def _is_salutation(words: str) -> bool:
    return (
        words.endswith(":")
        and bool(re.search(r"[各区市县省局厅部委府司位员]", words))
        and not words.startswith(("一、", "(一)"))
    )


def _is_head_line(words: str, title: str) -> bool:
    """The number line, or the title (or a line of it) once more, above the body."""
    if DOC_NUMBER.fullmatch(words.strip("() ")):
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
        if not is_signer(words) and len(words) > 40:
            return False
        if not is_signer(words) and not re.match(r"^[\u4e00-\u9fff\s]{2,30}$", words):
            return False
    return False


def _is_note(words: str, seen: str, unit: Unit, part: _Part) -> bool:
    if _NOTE.match(words) or _ATTACHMENTS.match(words):
        return True
    if (
        FURNITURE.search(words)
        and len(words) < 60
        and not words.endswith(("。", ";"))
        and not marker_at(seen, unit.start)
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


def _issuers(signature: list[str], title: str) -> tuple[str, ...]:
    names: list[str] = []
    for line in signature:
        line = re.sub(r"[12]\d{3}\s*年.*$", "", line)
        wide = bool(re.search(r"\S\s{2,}\S", line))
        for name in re.split(r"\s{2,}" if wide else r"\s+(?=[\u4e00-\u9fff]{4,})", line):
            name = normalise(name)
            if len(name) >= 3 and name not in names:
                names.append(name)
    if not names:
        m = re.match(r"^(.{2,30}?)关于", title)
        if m and not m.group(1).endswith(("印发", "转发")):
            names.append(m.group(1))
    return tuple(names)


def _labelled_date(text: str, label: str):  # type: ignore[no-untyped-def]
    m = re.search(rf"{label}\s*[:：]?\s*([12]\d{{3}}-\d{{1,2}}-\d{{1,2}})", text)
    return metadata.read_date(m.group(1)) if m else None
