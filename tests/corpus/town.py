"""Policies of 示例市, a town of our own, parsed by hand: text, spans and clauses always agree."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from ceyin.corpus.catalog import Card, Catalog, CatalogPolicy
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
from ceyin.corpus.normalise import normalise

FURNITURE = "首页 | 打印\n"


@dataclass(frozen=True)
class Line:
    """One clause of a draft: its path and words, and what is wrong with it."""

    path: tuple[str, ...]
    words: str
    damage: DamageKind | None = None


@dataclass(frozen=True)
class Draft:
    """A policy before it is pasted into a page."""

    title: str = "示例市小微企业开门补贴办法"
    lines: tuple[Line, ...] = (
        Line(("第一条",), "为了让小店开得起来,制定本办法。"),
        Line(("第二条",), "每家小店给予开门补贴 3000 元。"),
    )
    number: str | None = None
    issued: date | None = None
    effective_from: date | None = None
    signature: tuple[str, ...] = ("示例市人民政府", "2024 年 1 月 2 日")
    stub: bool = False
    annexes: tuple[Draft, ...] = ()
    damages: tuple[DamageKind, ...] = ()


class _Page:
    def __init__(self, text: str) -> None:
        self.text = text

    def put(self, words: str) -> Span:
        start = len(self.text)
        self.text += words + "\n"
        return Span(start, len(self.text))

    def policy(self, draft: Draft) -> ParsedPolicy:
        start = len(self.text)
        blocks = [Block(BlockKind.TITLE, self.put(draft.title))] if draft.title else []
        if draft.number:
            blocks.append(Block(BlockKind.TITLE, self.put(draft.number)))
        clauses = []
        for line in draft.lines:
            span = self.put(line.words)
            damage = Damage(line.damage, span, "原文此处有缺字") if line.damage else None
            clauses.append(Clause(line.path, "", (), normalise(line.words), span, damage))
        blocks += [Block(BlockKind.SIGNATURE, self.put(words)) for words in draft.signature]
        annexes = tuple(self.policy(annex) for annex in draft.annexes)
        span = Span(start, len(self.text))
        return ParsedPolicy(
            title=draft.title,
            doc_number=draft.number,
            issuers=("示例市人民政府",),
            region="示例市",
            issued=draft.issued,
            published=None,
            effective_from=draft.effective_from,
            expires=None,
            stub=draft.stub,
            span=span,
            clauses=tuple(clauses),
            blocks=tuple(blocks),
            annexes=annexes,
            damages=tuple(Damage(kind, Span(start, start), "此处有缺") for kind in draft.damages),
        )


def page(*drafts: Draft, address: str = "示例市.txt", furniture: str = FURNITURE) -> ParsedSource:
    """A source with these policies one after the other."""
    paper = _Page(furniture)
    policies = tuple(paper.policy(draft) for draft in drafts)
    sha256 = hashlib.sha256(paper.text.encode()).hexdigest()
    return ParsedSource(address, sha256, paper.text, policies, (Span(0, len(furniture)),))


def read_again(former: ParsedSource, later: ParsedSource) -> ParsedSource:
    """``later`` as if it had come from the very bytes of ``former``."""
    return replace(later, sha256=former.sha256)


def entry(policy_id: str, title: str, *, cards: Sequence[Card] = (), **facts: Any) -> CatalogPolicy:
    """A catalog entry of 示例市."""
    fixed = {"issuers": ("示例市人民政府",), "region": "示例市", "level": "city"}
    return CatalogPolicy(id=policy_id, title=title, cards=tuple(cards), **(fixed | facts))


def catalog(*entries: CatalogPolicy) -> Catalog:
    """A catalog of these entries; its fingerprint follows its content."""
    content = "\n".join(e.model_dump_json() for e in entries)
    return Catalog(policies=entries, fingerprint=hashlib.sha256(content.encode()).hexdigest()[:16])


def ticking(start: datetime) -> Callable[[], datetime]:
    """A clock that moves one second with every look at it."""
    seconds = iter(range(1_000_000))
    return lambda: start + timedelta(seconds=next(seconds))


def many(n: int) -> ParsedSource:
    """The n-th of any number of sources, two policies of forty clauses each."""
    drafts = (
        Draft(
            f"示例市第{n}号{kind}",
            tuple(Line((f"第{k}条",), f"第{n}号{kind}的第 {k} 件事。") for k in range(1, 41)),
            number=f"示{kind}〔2024〕{n}号",
        )
        for kind in ("通告", "办法")
    )
    return page(*drafts, address=f"{n}.txt")
