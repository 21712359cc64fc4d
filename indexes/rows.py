"""Which clause stands in which row of the indexes, and what filters ask of the policy it belongs to.

The rows of a policy follow one another. Rows are never moved: a policy that changes gets new ones at the end,
its old ones belong to nobody any more.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ceyin.corpus.errors import IndexStateError
from ceyin.corpus.library import StoredPolicy
from ceyin.corpus.model import ClauseRef
from ceyin.indexes.arrays import mapped
from ceyin.indexes.filters import Filter, keeps

_PATHS, _ENDS, _POLICIES = "paths.txt", "paths.u64", "policies.json"
_SEPARATOR = "\x1f"  # between the labels of a path: no text we keep has control characters
_DATES = ("issued", "effective_from", "expires", "repealed")
_COLUMNS = ("policy_id", "stamp", "first", "count", "region", *_DATES)


@dataclass(frozen=True, slots=True)
class IndexedPolicy:
    """A policy as indexed: its rows are ``first`` and the ``count - 1`` after it."""

    policy_id: str
    stamp: str
    first: int
    count: int
    region: str
    issued: date | None
    effective_from: date | None
    expires: date | None
    repealed: date | None

    @classmethod
    def of(cls, policy: StoredPolicy, stamp: str, first: int) -> IndexedPolicy:
        """As it is stored now; ``stamp`` changes when it does."""
        dates = {name: getattr(policy, name) for name in _DATES}
        return cls(policy.policy_id, stamp, first, len(policy.clauses), policy.region, **dates)


class PathWriter:
    """Appends the paths of clauses to the files of a folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._paths, self._ends = (folder / _PATHS).open("ab"), (folder / _ENDS).open("ab")

    def add(self, path: Sequence[str]) -> None:
        """The next row."""
        self._paths.write(_SEPARATOR.join(path).encode())
        self._ends.write(np.uint64(self._paths.tell()).tobytes())

    def __enter__(self) -> PathWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self._paths.close()
        self._ends.close()


def write_policies(folder: Path, policies: Iterable[IndexedPolicy]) -> None:
    """Which policy has which rows."""
    chosen = list(policies)
    columns = {name: [getattr(p, name) for p in chosen] for name in _COLUMNS}
    (folder / _POLICIES).write_text(json.dumps(columns, ensure_ascii=False, default=str), encoding="utf-8")


def read_policies(folder: Path) -> list[IndexedPolicy]:
    """What ``write_policies`` wrote; raises IndexStateError."""
    try:
        columns = json.loads((folder / _POLICIES).read_text(encoding="utf-8"))
        for name in _DATES:
            columns[name] = [day and date.fromisoformat(day) for day in columns[name]]
        return [IndexedPolicy(*row) for row in zip(*(columns[name] for name in _COLUMNS), strict=True)]
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise IndexStateError(
            f"索引的政策表打不开:{folder / _POLICIES}。请运行 ceyin index build --force 重建。"
        ) from exc


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """The rows a filter leaves, and the first row of each policy they belong to."""

    rows: NDArray[np.bool_]
    count: int
    firsts: tuple[int, ...]
    kept: dict[str, Any] = field(default_factory=dict)  # what each index has worked out for this selection


class _Paths:
    """What a ``PathWriter`` wrote."""

    def __init__(self, folder: Path) -> None:
        self._ends = mapped(folder / _ENDS, np.uint64)
        self._letters = mapped(folder / _PATHS, np.uint8)
        if len(self._ends) and int(self._ends[-1]) != len(self._letters):
            raise ValueError(f"{folder / _PATHS} was cut off")

    def __len__(self) -> int:
        return len(self._ends)

    def path(self, at: int) -> tuple[str, ...]:
        start, end = int(self._ends[at - 1]) if at else 0, int(self._ends[at])
        return tuple(self._letters[start:end].tobytes().decode().split(_SEPARATOR))


class Rows:
    """Row → clause, filter → rows."""

    def __init__(self, policies: Iterable[IndexedPolicy], base: _Paths, delta: _Paths) -> None:
        """``base`` holds the paths of the first rows, ``delta`` those after them."""
        self._policies = sorted(policies, key=lambda p: (p.first, p.count))  # one without clauses goes before
        self._firsts = [p.first for p in self._policies]
        self._base, self._delta = base, delta
        self._total = len(base) + len(delta)
        self._live = sum(p.count for p in self._policies)
        self.select = lru_cache(maxsize=64)(self._select)

    @classmethod
    def load(cls, folder: Path, base: Path, delta: Path) -> Rows:
        """Open what was written; raises IndexStateError when it is missing or broken."""
        policies = read_policies(folder)
        try:
            rows = cls(policies, _Paths(base), _Paths(delta))
        except (OSError, ValueError) as exc:
            raise _broken(folder) from exc
        if any(p.first + p.count > rows._total for p in policies):
            raise _broken(folder)
        return rows

    def ref(self, row: int) -> ClauseRef:
        """The clause that stands in a row."""
        policy = self._policies[bisect_right(self._firsts, row) - 1]
        inside = row < len(self._base)
        path = self._base.path(row) if inside else self._delta.path(row - len(self._base))
        return ClauseRef(policy.policy_id, path)

    def _select(self, asked: Filter | None) -> Selection | None:
        """The rows a filter leaves, None for all there are; worked out once. Raises RegionError."""
        kept = keeps(asked) if asked is not None else None
        chosen = [p for p in self._policies if kept is None or kept(p)]
        count = sum(p.count for p in chosen)
        if count == self._total:
            return None
        rows = np.zeros(self._total, dtype=bool)
        for policy in chosen:
            rows[policy.first : policy.first + policy.count] = True
        return Selection(rows, count, tuple(p.first for p in chosen))


def _broken(folder: Path) -> IndexStateError:
    return IndexStateError(f"索引的条文表打不开:{folder}。请运行 ceyin index build --force 重建。")
