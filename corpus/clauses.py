"""From an outline to clauses with addresses, headings as blocks, and every provable loss of words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from ceyin.corpus.damage import sentence_damages
from ceyin.corpus.gaps import has_articles, losses, mark_orphans
from ceyin.corpus.headings import full_heading, is_closing
from ceyin.corpus.markers import Family
from ceyin.corpus.model import Block, BlockKind, Clause, Damage, DamageKind, Span
from ceyin.corpus.normalise import normalise
from ceyin.corpus.numerals import to_chinese
from ceyin.corpus.outline import Node, Outline, Paragraph
from ceyin.corpus.responsible import responsible_list


@dataclass(slots=True)
class Harvest:
    """What an outline yields."""

    clauses: list[Clause] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    damages: list[Damage] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a node stands: the labels above it and the headings above it."""

    path: tuple[str, ...]
    trail: tuple[str, ...]


class ClauseWriter:
    """Walks an outline once and writes its clauses in the order of the document."""

    def __init__(self, view: str, source: str, opening: str, *, abridged: bool) -> None:
        self.view = view
        self.source = source
        self.opening = opening
        self.abridged = abridged
        self.harvest = Harvest()
        self.has_gaps = False
        self.only_named = False  # whether an item of few words is a heading that lost its text: in torn plans

    def write(self, outline: Outline) -> Harvest:
        """All clauses, heading blocks and damages of an outline."""
        root = outline.root
        closing = self._take_closing(root)
        self.has_gaps = mark_orphans(root) >= 2 or self.abridged
        self.only_named = self.has_gaps and not has_articles(root)
        self._own_words(root, (self.opening,), (), self.opening, "段", bare_first=True)
        self._children(root, _Place((), ()))
        self.harvest.damages += losses(root)
        for k, p in enumerate(closing):
            path = ("结语",) if len(closing) == 1 else ("结语", f"第{to_chinese(k + 1)}段")
            self._clause(path, "", (), p)
        self.harvest.blocks += [Block(BlockKind.HEADING, Span(*s)) for s in outline.loose_headings]
        self.harvest.blocks += [Block(BlockKind.RESPONSIBLE, Span(*s)) for s in outline.responsible]
        self.harvest.blocks += [Block(BlockKind.OTHER, Span(*s)) for s in outline.scraps]
        self.harvest.clauses = _number_lost(sorted(self.harvest.clauses, key=lambda c: c.span))
        self.harvest.blocks.sort(key=lambda b: b.span)
        self.harvest.damages.sort(key=lambda d: d.span)
        return self.harvest

    # -- walking -----------------------------------------------------------------------------------

    def _node(self, node: Node, place: _Place) -> None:
        label = _lost(node.start) if node.lost else node.label
        path = place.path if node.heading_only else (*place.path, label)
        title = full_heading(
            node.family, node.label, node.heading, heading_only=node.heading_only, lost=node.lost
        )
        empty = not node.children and all(p.orphan == "beside" for p in node.paragraphs)
        if empty:
            self._empty(node, path, place)
        if (
            node.heading_span
            and node.heading_span[1] > node.heading_span[0]
            and (node.heading_only or not empty)
        ):
            self.harvest.blocks.append(Block(BlockKind.HEADING, Span(*node.heading_span)))
        article = node.family is Family.ARTICLE
        unit = "款" if article else "段"
        bare_first = bool(node.children) and not (article and len(_regular(node)) > 1)
        if node.heading_only:
            self._own_words(
                node, (*path, title or node.label), place.trail, node.heading, "段", bare_first=True
            )
        else:
            first = len(self.harvest.clauses)
            self._own_words(node, path, place.trail, node.heading, unit, bare_first=bare_first)
            self._judge_part(node, first)
        if article and not node.paragraphs and node.children and not node.lost:
            self._damage(
                DamageKind.EMPTY, node.start, node.start + len(node.label), f"{node.label}只剩条号,条文缺失"
            )
        trail = (*place.trail, title) if title else place.trail
        self._children(node, _Place(path, trail))

    def _judge_part(self, node: Node, first: int) -> None:
        """Proof of loss that only the part as a whole gives: its lost label, a list announced that never comes."""
        clauses = self.harvest.clauses
        if first == len(clauses):
            return
        if node.lost and node.family not in (Family.ARTICLE, Family.CN) and not clauses[first].damage:
            damage = Damage(DamageKind.LOST_LABEL, Span(node.start, node.start), "编号缺失")
            clauses[first] = replace(clauses[first], damage=damage)
        last = clauses[-1]
        if self.only_named and node.family is Family.PAREN_CN and _only_names(node, last.text):
            damage = Damage(DamageKind.EMPTY, last.span, "只剩编号或标题,内容缺失")
            self.harvest.damages.append(damage)
            clauses[-1] = replace(last, damage=damage)
        if self.has_gaps and not node.children and last.text.endswith(":"):
            damage = Damage(DamageKind.CUT_END, Span(last.span.end, last.span.end), "冒号后的内容缺失")
            self.harvest.damages.append(damage)
            clauses[-1] = replace(last, damage=last.damage or damage)

    def _children(self, node: Node, place: _Place) -> None:
        several = len(_regular(node)) > 1 and node.family is Family.ARTICLE
        for count, child in node.children:
            under = place
            after = sum(1 for p in node.paragraphs[:count] if not p.orphan)
            if several and after:
                under = _Place((*place.path, f"第{to_chinese(after)}款"), place.trail)
            self._node(child, under)

    def _own_words(
        self,
        node: Node,
        path: tuple[str, ...],
        trail: tuple[str, ...],
        heading: str,
        unit: str,
        *,
        bare_first: bool,
    ) -> None:
        regular = _regular(node)
        for k, p in enumerate(regular):
            numbered = len(regular) > 1 and not (bare_first and k == 0)
            at = (*path, f"第{to_chinese(k + 1)}{unit}") if numbered else path
            self._clause(at, heading, trail, p)
        for p in node.paragraphs:
            if p.orphan:
                self._orphan(p, path if p.orphan == "under" and not node.heading_only else path[:-1], trail)

    def _clause(self, path: tuple[str, ...], heading: str, trail: tuple[str, ...], p: Paragraph) -> None:
        span = self._own_span(p)
        text = normalise(span.cut(self.source))
        damages = sentence_damages(text, self.source, span, strict=self.has_gaps)
        if (
            not damages
            and self.abridged
            and len(text) <= 40
            and re.match(r"\([一二三四五六七八九十]+\)", text)
        ):
            damages = (Damage(DamageKind.EMPTY, span, "原文有删减,此处只剩标题"),)
        self.harvest.damages += damages
        damage = damages[0] if damages else None
        self.harvest.clauses.append(Clause(path, heading, trail, text, span, damage))

    def _own_span(self, p: Paragraph) -> Span:
        """A paragraph without the list of responsible bodies at its end, which becomes a block."""
        at = responsible_list(self.view, p.start, p.end)
        if at is None or at == p.start:
            return Span(p.start, p.end)
        self.harvest.blocks.append(Block(BlockKind.RESPONSIBLE, Span(at, p.end)))
        return Span(p.start, at)

    def _orphan(self, p: Paragraph, above: tuple[str, ...], trail: tuple[str, ...]) -> None:
        span = self._own_span(p)
        text = normalise(span.cut(self.source))
        damage = Damage(DamageKind.LOST_LABEL, span, "编号缺失的残段,所属条项无法确定")
        self.harvest.damages.append(damage)
        self.harvest.damages += sentence_damages(text, self.source, span, strict=True)
        self.harvest.clauses.append(Clause((*above, _lost(p.start)), "", trail, text, span, damage))

    # -- damage ------------------------------------------------------------------------------------

    def _empty(self, node: Node, path: tuple[str, ...], place: _Place) -> None:
        end = node.heading_span[1] if node.heading_span else node.start + len(node.label)
        span = Span(node.start, end)
        if node.heading_only:
            self.harvest.damages.append(Damage(DamageKind.EMPTY, span, f"{node.label}只剩标题,内容缺失"))
            return
        damage = Damage(DamageKind.EMPTY, span, "只剩编号或标题,内容缺失")
        self.harvest.damages.append(damage)
        self.harvest.clauses.append(
            Clause(path, node.heading, place.trail, normalise(span.cut(self.source)), span, damage)
        )

    def _damage(self, kind: DamageKind, start: int, end: int, note: str) -> None:
        self.harvest.damages.append(Damage(kind, Span(start, end), note))

    # -- closing words -----------------------------------------------------------------------------

    def _take_closing(self, root: Node) -> list[Paragraph]:
        """Cut the paragraphs that close the whole document off its last numbered parts."""
        chain = [root]
        while chain[-1].children:
            chain.append(chain[-1].children[-1][1])
        if len(chain) == 1 or any(node.family is Family.ARTICLE for node in chain):
            return []
        last = chain[-1]
        after = [
            (p.start, node)
            for node in chain
            for k, p in enumerate(node.paragraphs)
            if p.start > last.start and (node is not last or k > 0)
        ]
        first = next((at for at, _ in sorted(after, key=lambda x: x[0]) if is_closing(self.view, at)), None)
        if first is None:
            return []
        closing = []
        for node in chain:
            closing += [p for p in node.paragraphs if p.start >= first]
            node.paragraphs = [p for p in node.paragraphs if p.start < first]
        return sorted(closing, key=lambda p: p.start)


def _only_names(node: Node, text: str) -> bool:
    """Whether an item is but a name of what it was about: 「(八)强化协同保护力度。」."""
    words = re.sub(r"^\([^()]*\)", "", text).rstrip("。")
    return (
        not node.children
        and len(_regular(node)) == 1
        and len(words) <= 14
        and not re.search(r"[,。;:\d]", words)
    )


def _regular(node: Node) -> list[Paragraph]:
    return [p for p in node.paragraphs if not p.orphan]


def _lost(start: int) -> str:
    """A lost label before it is numbered: each stands for the part that began at ``start``."""
    return f"?@{start}"


def _number_lost(clauses: list[Clause]) -> list[Clause]:
    """Count lost labels under each parent in the order of the document: ``?``, ``?#2``, …"""
    counted: dict[tuple[str, ...], dict[str, str]] = {}
    out = []
    for clause in clauses:
        path: tuple[str, ...] = ()
        for label in clause.path:
            if label.startswith("?@"):
                known = counted.setdefault(path, {})
                label = known.setdefault(label, f"?#{len(known) + 1}" if known else "?")
            path = (*path, label)
        out.append(clause if path == clause.path else replace(clause, path=path))
    return out
