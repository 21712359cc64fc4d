"""A policy as references see it: its cover and its annexes, each with its places and what is lost from it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ceyin.corpus.model import (
    BlockKind,
    DamageKind,
    ParsedPolicy,
    ReferenceStatus,
    ReferenceTarget,
)
from ceyin.corpus.normalise import normalise
from ceyin.corpus.numerals import to_chinese
from ceyin.corpus.referring.addresses import Cited, Level
from ceyin.corpus.referring.citations import Anchor, Mention
from ceyin.corpus.referring.places import (
    Found,
    Path,
    Places,
    article_number,
    article_of,
    paragraph_index,
    paragraph_number,
)
from ceyin.corpus.referring.spoken import spoken

_LISTED = re.compile(r"附件?\s*(\d{0,2})\s*[:.]\s*(?=\S)")
_ITEM = re.compile(r"(?<!\d)(\d{1,2})\s*[.、]\s*(?=\D)")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a mention was found to mean."""

    status: ReferenceStatus
    targets: tuple[ReferenceTarget, ...] = ()
    note: str = ""


@dataclass(slots=True)
class Part:
    """The cover or an annex; ``number`` is that of the whole policy."""

    policy: ParsedPolicy
    policy_id: str | None
    number: str | None
    places: Places
    is_annex: bool
    listed: dict[int, str] = field(default_factory=dict)  # names in the list of annexes, by number

    @property
    def title(self) -> str:
        """The title as printed."""
        return self.policy.title

    @property
    def incomplete(self) -> bool:
        """Whether words of this part are provably missing."""
        own = self.policy.damages or any(c.damage for c in self.policy.clauses)
        return bool(own) or self.policy.stub

    def target(self, found: Found | None = None) -> ReferenceTarget:
        """The whole part, or a place in it."""
        path, leaves = (found.path, found.leaves) if found else ((), ())
        return ReferenceTarget(self.policy_id, self.title, self.number, path, leaves)

    def whole(self) -> Meaning:
        """The part itself."""
        return Meaning(ReferenceStatus.RESOLVED, (self.target(),))

    def locate(self, chain: Sequence[Cited], base: Path) -> Meaning:
        """The addresses of a chain under ``base``."""
        targets: list[ReferenceTarget] = []
        worst, notes = ReferenceStatus.RESOLVED, []
        for cited in chain:
            found = self.places.locate(cited, base)
            if len(found) == 1 or (found and cited.last is not None):
                targets += map(self.target, found)
                if self._emptied(found):
                    worst, note = ReferenceStatus.DAMAGED, "所指条文在本文中残缺"
                    notes.append(note)
            elif found:
                targets += map(self.target, found)
                worst = _worse(worst, ReferenceStatus.AMBIGUOUS)
                notes.append(f"{spoken(cited)}在本文中有{len(found)}处")
            elif self._lost(cited, base):
                worst = _worse(worst, ReferenceStatus.DAMAGED)
                notes.append(f"{spoken(cited)}在本文中缺失(原文有缺)")
            else:
                worst = _worse(worst, ReferenceStatus.AMBIGUOUS)
                notes.append(f"本文中没有{spoken(cited)}")
        return Meaning(worst, tuple(dict.fromkeys(targets)), ";".join(dict.fromkeys(notes)))

    def _lost(self, cited: Cited, base: Path) -> bool:
        """Whether words are missing where an address that is not there would stand."""
        if not self.incomplete:
            return False
        whole = {DamageKind.STUB, DamageKind.ABRIDGED}
        if self.policy.stub or any(d.kind in whole for d in self.policy.damages):
            return True
        address = cited.last or cited.first
        article = next((s.number for s in address if s.level is Level.ARTICLE), None)
        if article is not None and (f"第{to_chinese(article)}条",) not in self.places.under:
            numbers = [n for label in self.places.articles if (n := article_number(label))]
            return bool(numbers) and article <= max(numbers)
        top = (f"第{to_chinese(article)}条",) if article is not None else base[:1]
        spans = [c.span for c in self.policy.clauses if c.path[:1] == top] if top else [self.policy.span]
        lost = [
            *(d.span for d in self.policy.damages),
            *(c.damage.span for c in self.policy.clauses if c.damage),
        ]
        return any(s.start - 1 <= d.start <= s.end for s in spans for d in lost)

    def _emptied(self, found: Sequence[Found]) -> bool:
        paths = {leaf for f in found for leaf in f.leaves}
        lost = [
            c.damage is not None and c.damage.kind is DamageKind.EMPTY
            for c in self.policy.clauses
            if c.path in paths
        ]
        return bool(lost) and all(lost)

    def near(self, chain: Sequence[Cited], path: Path) -> Meaning:
        """第二款, (三) said in the clause at ``path``: under it, beside it, or beside what it stands in."""
        level = chain[0].first[0].level
        start = 1 if level is Level.PARAGRAPH and self.places.articles else len(path)
        for k in range(start, -1, -1):
            if any(self.places.locate(cited, path[:k]) for cited in chain):
                return self.locate(chain, path[:k])
        return self.locate(chain, path[:1])

    def relative(self, m: Mention, path: Path) -> Meaning:
        """本条, 前款, 前两条, 本章 said in the clause at ``path``, with the addresses behind."""
        if m.word in "章节编":
            return (
                self._around(m, path) if m.anchor is Anchor.HERE else self._nothing(f"前面的{m.word}无法确定")
            )
        bases = self._here(m.word, path) if m.anchor is Anchor.HERE else self._before(m.word, m.count, path)
        if not bases:
            return self._nothing(f"前面没有所指的{m.word}")
        if not m.chain:
            return Meaning(ReferenceStatus.RESOLVED, tuple(map(self.target, bases)))
        meanings = [self.locate(m.chain, base.path) for base in bases]
        good = [x for x in meanings if x.status is ReferenceStatus.RESOLVED]
        return good[0] if len(good) == 1 else meanings[0]

    def _around(self, m: Mention, path: Path) -> Meaning:
        """本章, 本章第二节, 本节第三条."""
        around = self.places.around(path, m.word)
        if around is None and m.word == "编" and re.search(r"编$|^#?第.{1,3}编", self.title):
            around = Found((), self.places.paths)
        if around is None:
            return self.locate(m.chain, ()) if m.chain else self._nothing(f"本文中找不到所指的{m.word}")
        if not m.chain:
            return Meaning(ReferenceStatus.RESOLVED, (self.target(around),))
        inside = self.places.within(around.leaves)
        found = [f for cited in m.chain for f in inside.locate(cited)]
        if len(found) < len(m.chain):
            return self.locate(m.chain, ())
        return Meaning(ReferenceStatus.RESOLVED, tuple(map(self.target, found)))

    def _nothing(self, note: str) -> Meaning:
        if self.incomplete:
            return Meaning(ReferenceStatus.DAMAGED, (), f"{note}(原文有缺)")
        return Meaning(ReferenceStatus.AMBIGUOUS, (), note)

    def _here(self, unit: str, path: Path) -> list[Found]:
        at = paragraph_index(path)
        if unit == "条":
            wanted = article_of(path)
        elif unit == "款":
            wanted = path[: at + 1] if at is not None else article_of(path)
        elif unit == "项":
            wanted = path[: (at or 0) + 2]
        else:
            wanted = path
        found = self.places.at(wanted)
        return [found] if found else []

    def _before(self, unit: str, count: int, path: Path) -> list[Found]:
        if unit == "条":
            kin, mine = self.places.children(()), article_of(path)
        elif unit == "款":
            return self._paragraphs_before(count, path)
        else:
            at = paragraph_index(path)
            mine = path[: (at or 0) + 2] if unit == "项" else path
            kin = tuple(p for p in self.places.children(mine[:-1]) if paragraph_number(p[-1]) is None)
        if mine not in kin or kin.index(mine) < count:
            return []
        here = kin.index(mine)
        return [f for p in kin[here - count : here] if (f := self.places.at(p))]

    def _paragraphs_before(self, count: int, path: Path) -> list[Found]:
        at = paragraph_index(path)
        if at is None:
            return []
        unit = path[at][-1]
        mine = paragraph_number(path[at]) or 0
        out = []
        for n in range(mine - count, mine):
            found = self.places.at((*path[:at], f"第{to_chinese(n)}{unit}")) if n > 0 else None
            if found is None and n == 1 and path[:at] in self.places.paths:
                found = Found(path[:at], (path[:at],))  # the first paragraph is the stem at the parent's path
            if found is None:
                return []
            out.append(found)
        return out


def parts_of(policy: ParsedPolicy, text: str, policy_id: str | None = None) -> tuple[Part, ...]:
    """The cover and every annex of a policy, in order."""

    def walk(part: ParsedPolicy, *, is_annex: bool) -> list[Part]:
        own = Part(part, policy_id, policy.doc_number, Places.of(part.clauses), is_annex, _listed(part, text))
        return [own, *(p for annex in part.annexes for p in walk(annex, is_annex=True))]

    return tuple(walk(policy, is_annex=False))


def _listed(policy: ParsedPolicy, text: str) -> dict[int, str]:
    """「附件:1.甲表 2.乙表」 at the end of a notice: the names by number (1 for a single one)."""
    words = " ".join(normalise(b.span.cut(text)) for b in policy.blocks if b.kind is BlockKind.OTHER)
    m = _LISTED.search(words)
    if not m:
        return {}
    rest = words[m.end() :] if not m[1] else f"{m[1]}.{words[m.end() :]}"
    pieces = _ITEM.split(" " + rest)
    if len(pieces) < 3:
        return {1: rest.split()[0] if rest.split() else ""}
    return {int(n): name.strip(" ;。") for n, name in zip(pieces[1::2], pieces[2::2], strict=True)}


def _worse(a: ReferenceStatus, b: ReferenceStatus) -> ReferenceStatus:
    return b if a is ReferenceStatus.RESOLVED else a
