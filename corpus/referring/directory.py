"""The policies that references are resolved against, found by document number, title or short title."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ceyin.corpus.joining import number_key, title_keys
from ceyin.corpus.model import ParsedPolicy

if TYPE_CHECKING:
    from ceyin.corpus.stored import StoredPolicy

_NATION = re.compile(r"^(?:中华人民共和国|我国|国家)")
_ISSUED = re.compile(r"(?:印发|转发|发布|公布)[《〈<](.{4,}?)(?:的通知)?[》〉>]")
_EDITION = re.compile(r"(?:试行|暂行|[12]\d{3}年?(?:修[订正].?|版|本))+$")


@dataclass(frozen=True, slots=True)
class Entry:
    """A known policy; ``policy_id`` is None for one that is only in the same source, not stored."""

    policy_id: str | None
    title: str
    doc_number: str | None
    paths: tuple[tuple[str, ...], ...]
    aliases: tuple[str, ...] = ()


def stored_entry(policy: StoredPolicy) -> Entry:
    """The entry of a stored policy, with the aliases of the catalog."""
    aliases = tuple(policy.entry.aliases) if policy.entry else ()
    paths = tuple(clause.ref.path for clause in policy.clauses)
    return Entry(policy.policy_id, policy.title, policy.doc_number, paths, aliases)


def parsed_entry(policy: ParsedPolicy) -> Entry:
    """The entry of a policy of the same source."""
    annexes = tuple(annex.title for annex in policy.annexes)
    paths = tuple(c.path for part in (policy, *policy.annexes) for c in part.clauses)
    return Entry(None, policy.title, policy.doc_number, paths, annexes if len(annexes) == 1 else ())


@dataclass(frozen=True, slots=True)
class Directory:
    """Known policies by key; build it with :meth:`of`."""

    entries: tuple[Entry, ...] = ()
    by_number: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    by_title: dict[str, tuple[Entry, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Directory:
        """Index these entries."""
        known = tuple(entries)
        numbers: dict[str, tuple[Entry, ...]] = {}
        titles: dict[str, tuple[Entry, ...]] = {}
        for entry in known:
            if key := number_key(entry.doc_number):
                numbers[key] = (*numbers.get(key, ()), entry)
            for key in {k for name in (entry.title, *entry.aliases) for k in loose_keys(name)}:
                titles[key] = (*titles.get(key, ()), entry)
        return cls(known, numbers, titles)

    def find(self, title: str | None, number: str | None) -> tuple[Entry, ...]:
        """The entries of a number; without one, or with an unknown one, those of a title.

        A title whose number speaks against the number asked for is another policy. Several
        answers: the name alone does not tell.
        """
        key = number_key(number)
        if key and key in self.by_number:
            return _once(self.by_number[key])
        if not title:
            return _once(e for k, es in self.by_number.items() if _ends(k, key) for e in es) if key else ()
        hits = _once(
            e for k in sorted(loose_keys(title), key=len, reverse=True) for e in self.by_title.get(k, ())
        )
        exact = tuple(e for e in hits if title_keys(title) & title_keys(e.title)) or hits
        return tuple(e for e in exact if not (key and e.doc_number and number_key(e.doc_number) != key))

    def missing_from(self, other: Directory | None) -> tuple[Entry, ...]:
        """The entries that ``other`` does not have."""
        if other is None:
            return self.entries
        return tuple(e for e in self.entries if not other.find(e.title, e.doc_number))


def loose_keys(title: str) -> frozenset[str]:
    """The keys of joining.py, also without 中华人民共和国 before and 试行 or the year of an edition behind."""
    keys = set(title_keys(title))
    if inner := _ISSUED.search(title):  # 《甲省委印发〈乙方案〉的通知》 goes by the name of 乙方案 too
        keys |= title_keys(inner[1])
    for key in tuple(keys):
        keys.add(_NATION.sub("", key))
        keys.add(_EDITION.sub("", key))
        keys.add(_EDITION.sub("", _NATION.sub("", key)))
    return frozenset(k for k in keys if len(k) > 1)


def _ends(known: str, asked: str | None) -> bool:
    """Whether 「28号」, 「国发28号」 can be short for a full number."""
    m = re.fullmatch(r"([\u4e00-\u9fff]*)(\d+号)", asked or "")
    return bool(m) and known.split("|")[-1] == m[2] and known.startswith(m[1]) if m else False


def _once(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(dict.fromkeys(entries))
