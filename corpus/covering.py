"""Giving every character of a source to exactly one clause, block, annex or stretch of furniture."""

from __future__ import annotations

from dataclasses import replace

from ceyin.corpus.model import Block, BlockKind, Clause, ParsedPolicy, Span
from ceyin.corpus.normalise import normalise

_Item = Clause | Block | ParsedPolicy


def cover(text: str, policies: tuple[ParsedPolicy, ...]) -> tuple[tuple[ParsedPolicy, ...], tuple[Span, ...]]:
    """Policies whose parts cover their spans, and the furniture: what stands between and around the policies."""
    out: list[ParsedPolicy] = []
    furniture: list[Span] = []
    at = 0
    for policy in policies:
        if policy.span.start > at:
            furniture.append(Span(at, policy.span.start))
        out.append(_fill(text, policy, policy.span))
        at = policy.span.end
    if at < len(text):
        furniture.append(Span(at, len(text)))
    return tuple(out), tuple(furniture)


def _fill(text: str, policy: ParsedPolicy, span: Span) -> ParsedPolicy:
    """Stretch the parts of a policy over the white space behind them; what else lies between becomes a block."""
    items: list[_Item] = [*policy.clauses, *policy.blocks, *policy.annexes]
    items.sort(key=lambda item: item.span)
    if not items:
        return replace(policy, span=span, blocks=(Block(BlockKind.OTHER, span),))
    out: list[_Item] = []
    if items[0].span.start > span.start:
        items[0] = _with_span(text, items[0], Span(span.start, items[0].span.end))
    for item, following in zip(items, [*items[1:], None], strict=True):
        limit = following.span.start if following else span.end
        end = _end_of_space(text, item.span.end, limit)
        if end < limit and "\n" not in text[item.span.end : end]:
            # Markup that closes the line (a bold word at its end) belongs to it.
            line = text.find("\n", end, limit)
            end = _end_of_space(text, line if line >= 0 else limit, limit)
        out.append(_with_span(text, item, Span(item.span.start, end)))
        if end < limit:
            out.append(Block(BlockKind.OTHER, Span(end, limit)))
    return replace(
        policy,
        span=span,
        clauses=tuple(x for x in out if isinstance(x, Clause)),
        blocks=tuple(x for x in out if isinstance(x, Block)),
        annexes=tuple(x for x in out if isinstance(x, ParsedPolicy)),
    )


def _end_of_space(text: str, at: int, limit: int) -> int:
    while at < limit and text[at].isspace():
        at += 1
    return at


def _with_span(text: str, item: _Item, span: Span) -> _Item:
    if isinstance(item, ParsedPolicy):
        return _fill(text, item, span)
    if isinstance(item, Clause) and text[item.span.end : span.end].strip():
        return replace(item, span=span, text=normalise(span.cut(text)))
    return replace(item, span=span)
