"""Resolving: what every reference in a policy means: clauses of the same document, of another one, or none.

Find → resolve → annotate, as in eyecite (https://github.com/freelawproject/eyecite): ``citations.find`` sees the
words of one clause; here they get their place, their document and their span in the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ceyin.corpus.model import Clause, ParsedPolicy, Reference, ReferenceKind, ReferenceStatus, Span
from ceyin.corpus.normalise import normalise_mapped
from ceyin.corpus.referring.addresses import UPPER, Cited, Level, Step
from ceyin.corpus.referring.citations import Anchor, Mention, find
from ceyin.corpus.referring.directory import Directory
from ceyin.corpus.referring.naming import Names, bare_short_names
from ceyin.corpus.referring.ownlabels import own_label_end
from ceyin.corpus.referring.parts import Meaning, Part, parts_of
from ceyin.corpus.referring.titles import is_policy

_CLAUSE_WORDS = ("条款", "条", "款", "项")
_OF = re.compile(r"(?:规定的?|所列的?|所述的?|所称的?|中的?|的|项下的?|之)?")
_STOP = re.compile(r"[。;!?]")


def references(
    policy: ParsedPolicy, text: str, directory: Directory | None = None, policy_id: str | None = None
) -> Mapping[Span, tuple[Reference, ...]]:
    """The references of every clause of a policy and its annexes, by the span of the clause.

    ``text`` is the source the spans count in, ``directory`` the policies that can be meant besides,
    ``policy_id`` that of the policy itself where it has one.
    """
    parts = parts_of(policy, text, policy_id)
    names = Names(parts, directory or Directory())
    out: dict[Span, tuple[Reference, ...]] = {}
    for part in parts:
        for clause in part.policy.clauses:
            found = mentions(clause, names)
            if found:
                out[clause.span] = tuple(_Reader(part, parts, clause, names).read(found, text))
    return out


def mentions(clause: Clause, names: Names | None = None) -> list[Mention]:
    """What ``citations.find`` sees in a clause, less its own label, and the short names known by then."""
    start = own_label_end(clause.text, clause.path)
    found = [m for m in find(clause.text) if m.end > start and m.start >= start]
    if names is None:
        return found
    for mention in found:
        names.learn(mention)
    return sorted([*found, *bare_short_names(clause.text, start, found, names)], key=lambda m: m.start)


class _Reader:
    """Resolves the mentions of one clause in their order; later ones may lean on earlier ones."""

    def __init__(self, part: Part, parts: tuple[Part, ...], clause: Clause, names: Names) -> None:
        self.part = part
        self.parts = parts
        self.clause = clause
        self.names = names
        self.cited: tuple[Mention, ReferenceKind, Meaning] | None = (
            None  # the last address cited in this clause
        )
        self.upper: Mention | None = None  # the last article or paragraph cited in this clause
        self.outside: tuple[Mention, Meaning] | None = None  # the last other document of this clause

    def read(self, found: list[Mention], text: str) -> Iterator[Reference]:
        mapped = normalise_mapped(self.clause.span.cut(text))
        base = self.clause.span.start
        before: Mention | None = None
        for mention in found:
            mention = self.names.trim(mention)
            kind, meaning = self._resolve(mention, before)
            start, end = mapped.to_source(mention.start, mention.end)
            yield Reference(
                span=Span(base + start, base + end),
                within=Span(mention.start, mention.end),
                text=self.clause.text[mention.start : mention.end],
                kind=kind,
                status=meaning.status,
                targets=meaning.targets,
                note=meaning.note,
            )
            before = mention
            if mention.chain:
                self.cited = (mention, kind, meaning)
            relative = mention.anchor is Anchor.BEFORE and mention.chain
            if relative or (mention.chain and mention.chain[-1].first[0].rank < Step(Level.ITEM, 1).rank):
                self.upper = mention

    def _resolve(self, m: Mention, before: Mention | None) -> tuple[ReferenceKind, Meaning]:
        match m.anchor:
            case Anchor.THAT if m.word in _CLAUSE_WORDS:
                return self._those(m)
            case Anchor.TITLE | Anchor.NUMBER | Anchor.NAME | Anchor.THAT:
                return self._document(m)
            case Anchor.ANNEX:
                glued = before and self.clause.text[before.end : m.start] in ("", "的")
                if before and glued and self.outside and self.outside[0] is before:
                    return ReferenceKind.ANNEX, self.names.annex_of(self.outside[1], m)
                return ReferenceKind.ANNEX, self.names.annex(m)
            case Anchor.SELF:
                part = self.names.part_called(m.word, self.part)
                if not m.chain:
                    return ReferenceKind.SELF, part.whole()
                own = part.locate(m.chain, ())
                return self._or_subject(ReferenceKind.CLAUSE, own, m, self.names.amended(self.part))
            case Anchor.HERE | Anchor.BEFORE:
                kind = ReferenceKind.PART if m.word in "章节编" else ReferenceKind.RELATIVE
                return kind, self.part.relative(m, self.clause.path)
            case _:
                return self._bare(m, before)

    def _those(self, m: Mention) -> tuple[ReferenceKind, Meaning]:
        """上述条款, 该条: what the clause cited last, with the addresses behind."""
        if self.cited is None:
            return ReferenceKind.RELATIVE, Meaning(ReferenceStatus.AMBIGUOUS, (), f"所指的{m.word}无法确定")
        upper, kind, meaning = self.cited
        kind = ReferenceKind.POLICY if kind is ReferenceKind.POLICY else ReferenceKind.RELATIVE
        return kind, self._below(upper, m) if m.chain else meaning

    def _document(self, m: Mention) -> tuple[ReferenceKind, Meaning]:
        words = self.clause.text
        if m.anchor is Anchor.THAT:
            meaning = self.names.that(m, self.outside[0] if self.outside else None)
        else:
            sentence = _STOP.split(words[: m.start])[-1]
            meaning = self.names.document(m, sentence, words[m.end : m.end + 24])
            known = meaning.status is not ReferenceStatus.NOT_IN_CORPUS or m.number or m.chain
            if m.anchor is Anchor.TITLE and not known:
                title = self.names.full_title(m.title or "")
                if not is_policy(title, sentence, words[m.end : m.end + 24]):
                    outside = tuple(replace(t, policy_id=None) for t in meaning.targets)
                    return ReferenceKind.WORK, Meaning(ReferenceStatus.EXTERNAL, outside)
        self.outside = (m, meaning)
        if m.anchor is not Anchor.THAT:
            self.names.last = m
        return ReferenceKind.POLICY, meaning

    def _bare(self, m: Mention, before: Mention | None) -> tuple[ReferenceKind, Meaning]:
        """第五条, (二), 上述第(二)项 with no document named."""
        level = m.chain[0].first[0].level
        kind = ReferenceKind.RELATIVE if m.anchor is Anchor.ABOVE else ReferenceKind.CLAUSE
        if level in (Level.ARTICLE, *UPPER):
            kind = ReferenceKind.PART if level in UPPER else kind
            lent = self._lent(m)
            if lent is not None:
                return ReferenceKind.POLICY, lent
            own = self.part.locate(m.chain, ())
            if own.status is ReferenceStatus.AMBIGUOUS and not own.targets and m.anchor is Anchor.NONE:
                others = [
                    o for p in self.parts if p is not self.part and (o := p.locate(m.chain, ())).targets
                ]
                if len(others) == 1:
                    return kind, others[0]
            return self._or_subject(kind, own, m, self.names.explained(self.part))
        if before and before.chain and _OF.fullmatch(self.clause.text[before.end : m.start]):
            return kind, self._below(before, m)
        if self.outside and self.names.amended(self.part) and self.outside[0].chain:
            return ReferenceKind.POLICY, self._below(self.outside[0], m)
        near = self.part.near(m.chain, self.clause.path)
        if not near.targets and self.upper:
            below = self._below(self.upper, m)
            return kind, below if below.targets else near
        return kind, near

    def _below(self, upper: Mention, m: Mention) -> Meaning:
        """「第一条所列第二项」: the item of that article, wherever the article is."""
        above = upper.chain[-1].last or upper.chain[-1].first
        rank = m.chain[0].first[0].rank
        base = tuple(step for step in above if step.rank < rank)
        chain = tuple(
            Cited((*base, *c.first), (*base, *c.last) if c.last is not None else None) for c in m.chain
        )
        if upper.anchor in (Anchor.TITLE, Anchor.NUMBER, Anchor.NAME, Anchor.THAT):
            return self.names.document(replace(upper, chain=chain))
        if upper.anchor in (Anchor.HERE, Anchor.BEFORE):
            return self.part.relative(replace(upper, chain=chain), self.clause.path)
        part = self.names.part_called(upper.word, self.part) if upper.anchor is Anchor.SELF else self.part
        return part.locate(chain, ())

    def _lent(self, m: Mention) -> Meaning | None:
        """The meaning as an article of the document named before in the sentence, or of the one amended."""
        subject = self.names.amended(self.part)
        if subject and not self.part.places.articles:
            return self.names.document(replace(subject, chain=m.chain))
        if self.outside is None or not self.outside[0].chain:
            return None
        if _STOP.search(self.clause.text[self.outside[0].end : m.start]):
            return None
        own = self.part.locate(m.chain, ())
        if own.targets and not self.names.says_own_articles(self.part):
            return None
        return self.names.document(replace(self.outside[0], chain=m.chain))

    def _or_subject(
        self, kind: ReferenceKind, own: Meaning, m: Mention, subject: Mention | None
    ) -> tuple[ReferenceKind, Meaning]:
        """What is not in an amendment or interpretation is in the law it is about."""
        if subject is None or own.targets:
            return kind, own
        if own.status is ReferenceStatus.DAMAGED and not self.names.amended(self.part):
            return kind, own
        return ReferenceKind.POLICY, self.names.document(replace(subject, chain=m.chain))
