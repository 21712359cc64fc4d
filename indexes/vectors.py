"""Vector search: one vector per passage of a clause, the best passage counts.

Plain arrays, read in place: a byte per dimension and a scale per vector (a quarter of the size; recall is the
same within noise), and the signs of the dimensions as bits. A few thousand passages are all compared. Of more,
the nearest by signs are (binary quantisation with rescoring, as in Yamada et al. 2021): over 100,000 passages it
looks at 2% of them, filtered or not, and finds 94% of the first hundred and 99% of the first ten; cells of near
vectors (k-means) found 70% and 78% so (see ``docs/searching.md``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ceyin.corpus.errors import IndexStateError
from ceyin.indexes.arrays import mapped
from ceyin.indexes.embedding import Embedder
from ceyin.indexes.hits import Found, best_of
from ceyin.indexes.rows import Selection

#: So many passages are compared, or this share of all: the nearest by signs.
_COMPARED, _SHARE = 10_000, 0.02
_BATCH = 4096
_BLOCK = 512  # compared at a time: it stays in the cache, and is too little for threads to be put on it
_VECTORS, _SCALES, _OWNERS = "vectors.i8", "scales.f32", "owners.i32"
_SIGNS = "signs.u64"


class VectorWriter:
    """Embeds passages and appends them to the arrays of a folder."""

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._embedder = embedder
        self._files = [(folder / name).open("ab") for name in (_VECTORS, _SCALES, _OWNERS)]
        self._texts: list[str] = []
        self._rows: list[int] = []

    def add(self, row: int, passages: Sequence[str]) -> None:
        """The passages of the clause in a row."""
        self._texts += passages
        self._rows += [row] * len(passages)
        if len(self._texts) >= _BATCH:
            self._write()

    def __enter__(self) -> VectorWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None and self._texts:
            self._write()
        for file in self._files:
            file.close()
        if kind is None:
            _write_signs(self._folder, self._embedder.dim)

    def _write(self) -> None:
        vectors = self._embedder.embed_batch(self._texts)
        filled = np.any(vectors, axis=1)  # a text without any token is near to nothing
        vectors, rows = vectors[filled], np.array(self._rows, dtype=np.int32)[filled]
        scales = np.abs(vectors).max(axis=1, initial=0.0).astype(np.float32) / 127
        small = np.rint(vectors / scales[:, None]).astype(np.int8)
        for file, array in zip(self._files, (small, scales, rows), strict=True):
            file.write(array.tobytes())
        self._texts, self._rows = [], []


@dataclass(frozen=True, slots=True)
class _Part:
    """The arrays of one folder: of each passage its vector, the scale of it and the row of its clause.

    ``signs`` has a line for every 64 dimensions and in it 64 bits of each passage: above zero or not.
    """

    name: str
    vectors: NDArray[np.int8]
    scales: NDArray[np.float32]
    owners: NDArray[np.int32]
    signs: NDArray[np.uint64]

    @classmethod
    def load(cls, folder: Path, dim: int) -> _Part:
        """Raises IndexStateError where arrays are missing or do not belong together."""
        try:
            vectors = mapped(folder / _VECTORS, np.int8).reshape(-1, dim)
            scales = mapped(folder / _SCALES, np.float32)
            owners = mapped(folder / _OWNERS, np.int32)
            signs = mapped(folder / _SIGNS, np.uint64).reshape(-(-dim // 64), -1)
        except (OSError, ValueError) as exc:
            raise _broken(folder) from exc
        if not len(vectors) == len(scales) == len(owners) == signs.shape[1]:
            raise _broken(folder)
        return cls(folder.name, vectors, scales, owners, signs)

    def near(self, vector: NDArray[np.float32], within: Selection | None) -> Found:
        """Passages by the rows they belong to (one row may come more than once), with their similarity."""
        places = self._allowed(within) if within is not None else None
        count = len(self.owners) if places is None else len(places)
        compared = max(_COMPARED, int(_SHARE * count))
        if count > compared:
            places = self._nearest_by_signs(vector, places, compared)
        return self._compare(np.arange(count) if places is None else places, vector)

    def _nearest_by_signs(
        self, vector: NDArray[np.float32], places: NDArray[np.intp] | None, wanted: int
    ) -> NDArray[np.intp]:
        """At least ``wanted`` of the places (None: all), those in which the fewest signs differ."""
        apart = np.zeros(len(self.owners), dtype=np.uint16)
        for line, own in zip(self.signs, _signs(vector[None])[:, 0], strict=True):
            apart += np.bitwise_count(line ^ own)
        if places is not None:
            apart = apart[places]
        limit = np.searchsorted(np.cumsum(np.bincount(apart)), wanted)
        near = np.flatnonzero(apart <= limit)
        return near if places is None else places[near]

    def _allowed(self, within: Selection) -> NDArray[np.intp]:
        """Where the passages of a selection stand; worked out once for each."""
        if self.name not in within.kept:
            within.kept[self.name] = np.flatnonzero(within.rows[self.owners])
        made: NDArray[np.intp] = within.kept[self.name]
        return made

    def _compare(self, places: NDArray[np.intp], vector: NDArray[np.float32]) -> Found:
        scores = np.empty(len(places), dtype=np.float32)
        for at in range(0, len(places), _BLOCK):
            scores[at : at + _BLOCK] = self.vectors[places[at : at + _BLOCK]].astype(np.float32) @ vector
        return Found(self.owners[places].astype(np.int64), scores * self.scales[places])


class VectorIndex:
    """Passages of clauses as vectors: a base that stays and what was added since."""

    def __init__(self, parts: Sequence[_Part]) -> None:
        self._parts = parts

    @classmethod
    def load(cls, folders: Sequence[Path], dim: int) -> VectorIndex:
        """Open what ``VectorWriter`` wrote; raises IndexStateError when it is missing or broken."""
        return cls([_Part.load(folder, dim) for folder in folders])

    def search(self, vector: NDArray[np.float32], top: int, within: Selection | None = None) -> Found:
        """The clauses of the nearest passages, by cosine similarity."""
        if not np.any(vector):
            return Found.none()
        unit = np.asarray(vector, dtype=np.float32) / np.float32(np.linalg.norm(vector))
        found = [part.near(unit, within) for part in self._parts]
        scores = np.concatenate([f.scores for f in found])
        return _of_each_row(np.concatenate([f.rows for f in found]), scores, top)


def _of_each_row(rows: NDArray[np.int64], scores: NDArray[np.float32], top: int) -> Found:
    """The best score of every row, for at least the ``top`` best of them."""
    take = top * 4
    while True:
        near = best_of(scores, take)
        order = near[np.lexsort((-scores[near], rows[near]))]
        own, first = np.unique(rows[order], return_index=True)
        if len(own) >= top or len(near) < take:
            best = scores[order][first]
            chosen = best_of(best, top)
            return Found(own[chosen], best[chosen])
        take *= 4


def _write_signs(folder: Path, dim: int) -> None:
    vectors = mapped(folder / _VECTORS, np.int8).reshape(-1, dim)
    signs = np.empty((-(-dim // 64), len(vectors)), dtype=np.uint64)
    for at in range(0, len(vectors), _BATCH):
        signs[:, at : at + _BATCH] = _signs(vectors[at : at + _BATCH])
    signs.tofile(folder / _SIGNS)


def _signs(vectors: NDArray[Any]) -> NDArray[np.uint64]:
    """One column a vector, 64 dimensions a line."""
    bits = np.packbits(vectors > 0, axis=1)
    padded = np.pad(bits, ((0, 0), (0, -bits.shape[1] % 8)))
    return np.ascontiguousarray(padded.view(np.uint64).T)


def _broken(folder: Path) -> IndexStateError:
    return IndexStateError(f"向量索引打不开:{folder}。请运行 ceyin index build --force 重建。")
