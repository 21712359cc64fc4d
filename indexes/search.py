"""Hybrid search: words and vectors, fused; the same object answers ``ceyin search`` and the assistant."""

from __future__ import annotations

from pathlib import Path

from ceyin.corpus.normalise import normalise
from ceyin.indexes.embedding import Embedder
from ceyin.indexes.filters import Filter
from ceyin.indexes.hits import Found, Hit, best_of, fuse
from ceyin.indexes.lexical import LexicalIndex
from ceyin.indexes.rows import Rows
from ceyin.indexes.spelling import correct
from ceyin.indexes.tokens import expand, words
from ceyin.indexes.vectors import VectorIndex

#: Words rank; vectors add candidates and decide between near ones (chosen on the open questions of ``evals/questions``).
_WEIGHTS = {"words": 1.0, "synonyms": 0.4, "vectors": 0.6}
_SCALED = ("words", "synonyms")
_POOL = 100

#: Where the parts of an index stand in its folder: what stays, and what was added since.
WORDS, BASE, DELTA = "words", "base", "delta"


class HybridSearch:
    """Finds clauses for a question."""

    def __init__(self, rows: Rows, lexical: LexicalIndex, vectors: VectorIndex, embedder: Embedder) -> None:
        self._rows = rows
        self._lexical = lexical
        self._vectors = vectors
        self._embedder = embedder

    @classmethod
    def open(cls, folder: Path, embedder: Embedder) -> HybridSearch:
        """Open one build of the indexes; raises IndexStateError where a part is missing or broken."""
        base, delta = folder / BASE, folder / DELTA
        return cls(
            Rows.load(folder, base, delta),
            LexicalIndex.load(folder / WORDS),
            VectorIndex.load((base, delta), embedder.dim),
            embedder,
        )

    def idf(self, token: str) -> float:
        """How rare a token is among all clauses."""
        return self._lexical.idf(token)

    def search(self, question: str, top: int, within: Filter | None = None) -> list[Hit]:
        """The best clauses for a question in any script, of those the filter leaves; ties break by reference.

        Raises RegionError for a filter with a region that is none.
        """
        rows = self._rows.select(within)
        text = correct(normalise(question))
        tokens = words(text)
        others = [t for phrase in expand(text) for t in words(phrase)]
        vector = self._embedder.embed_batch([text])[0]
        by_words = self._lexical.search(tokens, _POOL * 4, rows)
        rankings = {
            "words": by_words,
            "synonyms": self._lexical.search([*tokens, *others], _POOL * 4, rows) if others else by_words,
            "vectors": self._vectors.search(vector, _POOL, rows),
        }
        return self._hits(fuse(rankings, _WEIGHTS, _SCALED), top)

    def _hits(self, found: Found, top: int) -> list[Hit]:
        """The best of them as clauses, best first."""
        best = best_of(found.scores, top)
        scored = [(-float(found.scores[n]), self._rows.ref(int(found.rows[n]))) for n in best]
        return [Hit(ref, -score, rank, "fused") for rank, (score, ref) in enumerate(sorted(scored)[:top], 1)]
