"""Writing the files of an index: of all policies, or of those that changed beside a base that stays."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ceyin.corpus.library import StoredPolicy
from ceyin.indexes.embedding import Embedder
from ceyin.indexes.entries import entries
from ceyin.indexes.lexical import WordWriter
from ceyin.indexes.rows import IndexedPolicy, PathWriter, write_policies
from ceyin.indexes.search import BASE, DELTA, WORDS
from ceyin.indexes.vectors import VectorWriter

#: When the rows added or given up since the base was written are a larger share of it, it is written anew.
_STALE = 0.1
_TELL_EVERY_S = 5.0
Tell = Callable[[str], None]


class Shelf(Protocol):
    """What the indexes ask of a library."""

    def fingerprint(self) -> str:
        """Changes whenever any policy does."""

    def stamps(self) -> Mapping[str, str]:
        """Of every policy by its id, what changes whenever it does."""

    def stream(self, policy_ids: Collection[str]) -> Iterator[StoredPolicy]:
        """These policies by id, a few in memory at a time."""


@dataclass(frozen=True, slots=True)
class Made:
    """What stands in a build; the first ``base_rows`` of all ``rows`` are in the base."""

    clauses: int
    rows: int
    base_rows: int


@dataclass(frozen=True, slots=True)
class Making:
    """Writes to ``folder``, which nobody reads yet."""

    folder: Path
    library: Shelf
    embedder: Embedder
    tell: Tell

    def whole(self) -> Made:
        """All policies as a base."""
        policies, rows = self._write(BASE, self.library.stamps(), 0, ())
        self._write(DELTA, {}, rows, ())
        return self._finish(policies, rows, rows)

    def added_to(self, old: Path, made: Made, policies: Collection[IndexedPolicy]) -> Made | None:
        """What is in ``old`` with what changed since; None where that is so much that all should be written."""
        stamps = self.library.stamps()
        kept = [p for p in policies if stamps.get(p.policy_id) == p.stamp]
        still = {p.policy_id for p in kept}
        new = {policy_id: stamp for policy_id, stamp in stamps.items() if policy_id not in still}
        left = sum(p.count for p in kept if p.first < made.base_rows)
        added = made.rows - made.base_rows + len(new) * made.rows / max(len(policies), 1)
        if made.base_rows - left + added > _STALE * made.base_rows:
            return None
        _link(old / WORDS, self.folder / WORDS)
        _link(old / BASE, self.folder / BASE)
        shutil.copytree(old / DELTA, self.folder / DELTA)
        gone = [p.first for p in policies if stamps.get(p.policy_id) != p.stamp]
        added_now, rows = self._write(DELTA, new, made.rows, gone)
        return self._finish([*kept, *added_now], rows, made.base_rows)

    def _write(
        self, part: str, stamps: Mapping[str, str], row: int, gone: Collection[int]
    ) -> tuple[list[IndexedPolicy], int]:
        """Append these policies to the files of a part, from ``row`` on; take those out that began in ``gone``.

        Returns them, and the row after the last.
        """
        out: list[IndexedPolicy] = []
        told, began = time.monotonic(), row
        with ExitStack() as open_files:
            paths = open_files.enter_context(PathWriter(self.folder / part))
            vectors = open_files.enter_context(VectorWriter(self.folder / part, self.embedder))
            words = open_files.enter_context(WordWriter(self.folder / WORDS))
            for first in gone:
                words.remove(first)
            for policy in self.library.stream(stamps.keys()):
                out.append(IndexedPolicy.of(policy, stamps[policy.policy_id], row))
                for entry in entries(policy):
                    paths.add(entry.ref.path)
                    vectors.add(row, entry.passages)
                    words.add(row, out[-1].first, entry)
                    row += 1
                if time.monotonic() - told > _TELL_EVERY_S:
                    told = time.monotonic()
                    self.tell(f"建索引:{len(out)}/{len(stamps)} 份政策,{row - began} 条")
        return out, row

    def _finish(self, policies: list[IndexedPolicy], rows: int, base_rows: int) -> Made:
        write_policies(self.folder, policies)
        return Made(sum(p.count for p in policies), rows, base_rows)


def _link(old: Path, new: Path) -> None:
    """The files of a folder under a second name: neither build ever changes one, only adds some or drops some."""
    new.mkdir(parents=True)
    for file in old.iterdir():
        if not file.name.endswith(".lock"):
            os.link(file, new / file.name)
