"""Vector search: one row per passage of a clause, the best passage counts; plain arrays, and chromadb when many.

Comparing all of 100,000 vectors takes 3.5 ms, of 500,000 21 (measured, see the design notes); chromadb's index
answers in 4, but takes most of a second to load. The folder is built aside, opened once in another process and
only then swapped in: a store killed while it is written may crash whoever opens it next (measured likewise).
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ceyin.corpus.errors import IndexStateError
from ceyin.corpus.model import ClauseRef
from ceyin.indexes.embedding import Embedder
from ceyin.indexes.entries import Entry
from ceyin.indexes.hits import Hit, best_of

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

_COLLECTION = "clauses"
_BATCH = 4000
#: More passages than these are searched in the store.
EXACT_UP_TO = 200_000


def _client(folder: Path) -> ClientAPI:
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False, is_persistent=True, persist_directory=str(folder))
    return chromadb.PersistentClient(path=str(folder), settings=settings)


class VectorIndex:
    """Passages of clauses as vectors.

    Up to ``EXACT_UP_TO`` passages every one is compared (a file of plain arrays, open at once, no error of an
    approximate index); above, the store is asked, which is loaded only then.
    """

    def __init__(
        self, refs: Sequence[ClauseRef], rows: NDArray[np.int32], vectors: NDArray[np.float32], store: Path
    ) -> None:
        """``rows``: of each passage, which entry of ``refs`` it belongs to; ``vectors``: one unit vector each."""
        self._refs = tuple(refs)
        self._rows = rows
        self._vectors = vectors
        self._store = store

    @classmethod
    def build(cls, entries: Sequence[Entry], embedder: Embedder, folder: Path) -> None:
        """Embed every passage and write arrays, store and references to ``folder``."""
        folder.mkdir(parents=True, exist_ok=True)
        passages = [(i, p) for i, e in enumerate(entries) for p in e.passages]
        collection = _client(folder / "chroma").create_collection(
            _COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )
        kept: list[NDArray[np.float32]] = []
        rows: list[int] = []
        for at in range(0, len(passages), _BATCH):
            batch = passages[at : at + _BATCH]
            vectors = embedder.embed_batch([p for _, p in batch])
            keep = [k for k in range(len(batch)) if np.any(vectors[k])]
            if keep:
                collection.add(
                    ids=[str(at + k) for k in keep],
                    embeddings=vectors[keep],
                    metadatas=[{"entry": batch[k][0]} for k in keep],
                )
                kept.append(np.asarray(vectors[keep], dtype=np.float32))
                rows += [batch[k][0] for k in keep]
        whole = np.concatenate(kept) if kept else np.zeros((0, 1), dtype=np.float32)
        lengths = np.linalg.norm(whole, axis=1, keepdims=True)
        np.save(folder / "vectors.npy", whole / np.where(lengths > 0, lengths, 1.0))
        np.save(folder / "rows.npy", np.asarray(rows, dtype=np.int32))
        refs = [[e.ref.policy_id, list(e.ref.path)] for e in entries]
        (folder / "refs.json").write_text(json.dumps(refs, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> VectorIndex:
        """Open what ``build`` wrote; raises IndexStateError when it is missing or broken."""
        try:
            refs = json.loads((folder / "refs.json").read_text(encoding="utf-8"))
            rows = np.load(folder / "rows.npy")
            vectors = np.load(folder / "vectors.npy", mmap_mode="r")
        except (OSError, ValueError, EOFError) as exc:
            raise IndexStateError(f"向量索引打不开:{folder}。请运行 ceyin index build 重建。") from exc
        if len(rows) != len(vectors) or (len(rows) and int(rows.max()) >= len(refs)):
            raise IndexStateError(f"向量索引不完整:{folder}。请运行 ceyin index build 重建。")
        return cls([ClauseRef(p, tuple(path)) for p, path in refs], rows, vectors, folder / "chroma")

    def search(self, vector: np.ndarray, top: int) -> list[Hit]:
        """The clauses of the nearest passages, by cosine similarity, best first."""
        if not len(self._rows) or not np.any(vector):
            return []
        near = self._exact(vector, top) if len(self._rows) <= EXACT_UP_TO else self._approximate(vector, top)
        best: dict[ClauseRef, float] = {}
        for row, score in near:
            ref = self._refs[row]
            best[ref] = max(best.get(ref, -1.0), score)
        ordered = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))[:top]
        return [Hit(ref, score, rank, "vectors") for rank, (ref, score) in enumerate(ordered, 1)]

    def _exact(self, vector: np.ndarray, top: int) -> Iterator[tuple[int, float]]:
        """The best passages of the nearest clauses."""
        unit = np.asarray(vector, dtype=np.float32) / float(np.linalg.norm(vector))
        best = np.full(len(self._refs), -1.0, dtype=np.float32)
        np.maximum.at(best, self._rows, self._vectors @ unit)
        return ((int(row), float(best[row])) for row in best_of(best, top))

    def _approximate(self, vector: np.ndarray, top: int) -> Iterator[tuple[int, float]]:
        found = self._collection.query(
            query_embeddings=[vector],
            n_results=min(len(self._rows), top * 4),
            include=["metadatas", "distances"],
        )
        pairs = zip(found["metadatas"][0], found["distances"][0], strict=True)
        return ((int(meta["entry"]), 1.0 - float(distance)) for meta, distance in pairs)

    @cached_property
    def _collection(self) -> Any:
        try:
            return _client(self._store).get_collection(_COLLECTION, embedding_function=None)
        except Exception as exc:  # chromadb raises many kinds; all mean the same here
            raise IndexStateError(f"向量库打不开:{self._store}。请运行 ceyin index build 重建。") from exc


def opens_elsewhere(folder: Path) -> bool:
    """Whether a store opens and answers in a process of its own; a crash there harms nobody."""
    code = (
        "import sys; from pathlib import Path; from ceyin.indexes.vectors import VectorIndex;"
        "i = VectorIndex.load(Path(sys.argv[1])); i._collection.count()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, timeout=120, check=False
    )
    return done.returncode == 0
