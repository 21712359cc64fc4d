"""Vector search in chromadb: one row per passage of a clause, the best passage counts.

The folder is built aside, opened once in another process and only then swapped in: a store killed while it is
written may crash whoever opens it next (measured, see the design notes).
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ceyin.corpus.errors import IndexStateError
from ceyin.corpus.model import ClauseRef
from ceyin.indexes.embedding import Embedder
from ceyin.indexes.entries import Entry
from ceyin.indexes.hits import Hit

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

_COLLECTION = "clauses"
_BATCH = 4000


def _client(folder: Path) -> ClientAPI:
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False, is_persistent=True, persist_directory=str(folder))
    return chromadb.PersistentClient(path=str(folder), settings=settings)


class VectorIndex:
    """Passages of clauses as vectors."""

    def __init__(self, collection: Any, refs: Sequence[ClauseRef]) -> None:
        self._collection = collection
        self._refs = tuple(refs)

    @classmethod
    def build(cls, entries: Sequence[Entry], embedder: Embedder, folder: Path) -> None:
        """Embed every passage and write the store and its references to ``folder``."""
        folder.mkdir(parents=True, exist_ok=True)
        passages = [(i, p) for i, e in enumerate(entries) for p in e.passages]
        client = _client(folder / "chroma")
        collection = client.create_collection(
            _COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )
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
        refs = [[e.ref.policy_id, list(e.ref.path)] for e in entries]
        (folder / "refs.json").write_text(json.dumps(refs, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> VectorIndex:
        """Open a store; raises IndexStateError when it is missing or will not open."""
        try:
            refs = json.loads((folder / "refs.json").read_text(encoding="utf-8"))
            collection = _client(folder / "chroma").get_collection(_COLLECTION, embedding_function=None)
        except Exception as exc:  # chromadb raises many kinds; all mean the same here
            raise IndexStateError(f"向量索引打不开:{folder}。请运行 ceyin index build 重建。") from exc
        return cls(collection, [ClauseRef(p, tuple(path)) for p, path in refs])

    def search(self, vector: np.ndarray, top: int) -> list[Hit]:
        """The clauses of the nearest passages, by cosine similarity, best first."""
        total = self._collection.count()
        if not total or not np.any(vector):
            return []
        found = self._collection.query(
            query_embeddings=[vector], n_results=min(total, top * 4), include=["metadatas", "distances"]
        )
        best: dict[ClauseRef, float] = {}
        for meta, distance in zip(found["metadatas"][0], found["distances"][0], strict=True):
            ref = self._refs[int(meta["entry"])]
            best[ref] = max(best.get(ref, -1.0), 1.0 - float(distance))
        ordered = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))[:top]
        return [Hit(ref, score, rank, "vectors") for rank, (ref, score) in enumerate(ordered, 1)]


def opens_elsewhere(folder: Path) -> bool:
    """Whether a store opens and answers in a process of its own; a crash there harms nobody."""
    code = (
        "import sys; from pathlib import Path; from ceyin.indexes.vectors import VectorIndex;"
        "i = VectorIndex.load(Path(sys.argv[1])); i._collection.peek(1)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, timeout=120, check=False
    )
    return done.returncode == 0
