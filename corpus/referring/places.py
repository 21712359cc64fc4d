"""Where an address leads inside one document: the clauses under it, or why there are none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ceyin.corpus.model import Clause
from ceyin.corpus.numerals import to_chinese, to_int
from ceyin.corpus.referring.addresses import UPPER, Address, Cited, Level, Step

Path = tuple[str, ...]
_ARTICLE = re.compile(r"^第(.+)条(之.+)?$")
_PARAGRAPH = re.compile(r"^第(.+)([款段])$")
_HEADED = re.compile(r"^第([〇零一二三四五六七八九十百千两]+|\d+)(分编|[编章节])")


@dataclass(frozen=True, slots=True)
class Found:
    """``path`` exists; ``leaves`` are the clauses at and under it."""

    path: Path
    leaves: tuple[Path, ...]


class Places:
    """The addresses of one document (or annex)."""

    def __init__(self, paths: Iterable[Path], trails: Sequence[tuple[str, ...]] = ()) -> None:
        self.paths: tuple[Path, ...] = tuple(paths)
        self.trails = tuple(trails) or ((),) * len(self.paths)
        self.under: dict[Path, list[int]] = {}
        for i, path in enumerate(self.paths):
            for k in range(1, len(path) + 1):
                self.under.setdefault(path[:k], []).append(i)
        self.articles = tuple(dict.fromkeys(p[0] for p in self.paths if p and _ARTICLE.match(p[0])))

    @classmethod
    def of(cls, clauses: Sequence[Clause]) -> Places:
        """The places of parsed clauses, with the headings above them."""
        return cls((c.path for c in clauses), [c.heading_trail for c in clauses])

    def at(self, path: Path) -> Found | None:
        """The place at exactly this path."""
        rows = self.under.get(path)
        return Found(path, tuple(self.paths[i] for i in rows)) if rows else None

    def children(self, path: Path) -> tuple[Path, ...]:
        """The addresses one step below ``path``, in document order."""
        n = len(path)
        rows = self.under.get(path, ()) if path else range(len(self.paths))
        return tuple(dict.fromkeys(self.paths[i][: n + 1] for i in rows if len(self.paths[i]) > n))

    # -- addresses ---------------------------------------------------------------------------------

    def locate(self, cited: Cited, base: Path = ()) -> tuple[Found, ...]:
        """The places an address (or range) under ``base`` names; empty where there is none."""
        if cited.last is None:
            return self._walk(cited.first, base) or self._loosely(cited.first, base)
        first, last = self._walk(cited.first, base), self._walk(cited.last, base)
        if len(first) != 1 or len(last) != 1:
            return ()
        a, b = first[0].path, last[0].path
        if not a or len(a) != len(b) or a[:-1] != b[:-1]:
            return self._between(first[0], last[0])
        kin = self.children(a[:-1])
        return tuple(f for p in kin[kin.index(a) : kin.index(b) + 1] if (f := self.at(p)))

    def _between(self, first: Found, last: Found) -> tuple[Found, ...]:
        """All from the first clause of one place to the last clause of the other."""
        start, end = self.paths.index(first.leaves[0]), self.paths.index(last.leaves[-1])
        rows = self.paths[start : end + 1]
        return (Found((), rows),) if rows else ()

    def _walk(self, address: Address, base: Path) -> tuple[Found, ...]:
        places: tuple[Path, ...] = (base,)
        rest = address
        if rest and rest[0].level in UPPER:
            return self._headed(rest)
        for step in rest:
            places = tuple(dict.fromkeys(p for place in places for p in self._step(step, place)))
            if not places:
                return ()
        return tuple(f for p in places if (f := self.at(p)))

    def _loosely(self, address: Address, base: Path) -> tuple[Found, ...]:
        """第三条第一款第(六)项 where (六) stands under another paragraph: drafters count paragraphs loosely."""
        short = tuple(step for step in address if step.level is not Level.PARAGRAPH)
        if len(short) == len(address) or not short or address[-1].level is Level.PARAGRAPH:
            return ()
        found = self._walk(short, base)
        return found if len(found) == 1 else ()

    def _step(self, step: Step, place: Path) -> tuple[Path, ...]:
        if step.level is Level.ARTICLE and place and not self._within_book(place):
            place = ()
        labels = _labels(step, bool(self.articles))
        for label in labels:
            if (*place, label) in self.under:
                return ((*place, label),)
        if step.level is Level.PARAGRAPH:
            # Of an article with one paragraph only, 第一款 is the article itself.
            alone = not any(_PARAGRAPH.match(p[-1]) for p in self.children(place))
            return (place,) if place and alone and step.number == 1 else ()
        if step.level in (Level.ITEM, Level.PAREN, Level.DOT, Level.POINT, Level.NUM):
            # 第九条第(二)项, the paragraph left out: wherever in the article there is one.
            return tuple(
                (*child, label)
                for child in self.children(place)
                for label in labels
                if (*child, label) in self.under and (place or not self.articles)
            )
        return ()

    def _within_book(self, place: Path) -> bool:
        return any(_ARTICLE.match(child[-1]) for child in self.children(place))

    # -- chapters ----------------------------------------------------------------------------------

    def _headed(self, address: Address) -> tuple[Found, ...]:
        heads = [s for s in address if s.level in UPPER]
        rows = [i for i, trail in enumerate(self.trails) if _runs_through(trail, heads)]
        if not rows and heads[0].level is Level.PART:
            found = self.at((to_chinese(heads[0].number),)) if len(heads) == 1 else None
            if found and len(heads) == len(address):
                return (found,)
            return self._walk(address[len(heads) :], found.path) if found else ()
        leaves = tuple(self.paths[i] for i in rows)
        if len(heads) < len(address):
            inside = Places(leaves, [self.trails[i] for i in rows])
            return inside._walk(address[len(heads) :], ())
        return (Found((), leaves),) if leaves else ()

    def within(self, leaves: Sequence[Path]) -> Places:
        """The places of some of the clauses only."""
        wanted = set(leaves)
        rows = [i for i, path in enumerate(self.paths) if path in wanted]
        return Places([self.paths[i] for i in rows], [self.trails[i] for i in rows])

    def around(self, path: Path, unit: str) -> Found | None:
        """The 编, 章 or 节 that the clause at ``path`` stands in."""
        if path not in self.paths:
            return None
        trail = self.trails[self.paths.index(path)]
        mine = next((k for k, head in enumerate(trail) if (m := _HEADED.match(head)) and m[2] == unit), None)
        if mine is None:
            return None
        wanted = trail[: mine + 1]
        return Found(
            (), tuple(p for p, t in zip(self.paths, self.trails, strict=True) if t[: mine + 1] == wanted)
        )


@lru_cache(maxsize=4096)
def _labels(step: Step, has_articles: bool) -> tuple[str, ...]:
    n, cn = step.number, to_chinese(step.number) if 0 < step.number < 10000 else "?"
    match step.level:
        case Level.ARTICLE:
            return (f"第{cn}条{step.suffix}",) if has_articles else (cn,)
        case Level.PARAGRAPH:
            return (f"第{cn}款", f"第{cn}段")
        case Level.CN | Level.PART:
            return (cn, f"第{cn}部分")
        case Level.ITEM | Level.PAREN | Level.DOT:
            return (f"({cn})", f"({n})", str(n), cn)
        case _:
            return (str(n), f"({n})", chr(0x245F + n) if n <= 20 else "?", f"({cn})")


def _runs_through(trail: tuple[str, ...], heads: Sequence[Step]) -> bool:
    at = 0
    for head in trail:
        m = _HEADED.match(head)
        step = heads[at]
        if m and m[2] == step.level.value and to_int(m[1]) == step.number:
            at += 1
            if at == len(heads):
                return True
    return False


def article_of(path: Path) -> Path:
    """The article (or the topmost part) a clause belongs to."""
    return path[:1]


def paragraph_index(path: Path) -> int | None:
    """Where in ``path`` the paragraph stands (第二款, 第二段)."""
    return next((k for k, label in enumerate(path) if k and _PARAGRAPH.match(label)), None)


def article_number(label: str) -> int | None:
    """The number of 第九条."""
    m = _ARTICLE.match(label)
    return to_int(m[1]) if m else None


def paragraph_number(label: str) -> int | None:
    """The number of 第二款 or 第二段."""
    m = _PARAGRAPH.match(label)
    return to_int(m[1]) if m else None
