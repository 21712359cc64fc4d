"""Hybrid search: words and vectors, fused; the same object answers ``ceyin search`` and the assistant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from ceyin.corpus.model import ClauseRef
from ceyin.corpus.normalise import normalise
from ceyin.indexes.asking import official_words
from ceyin.indexes.embedding import Embedder
from ceyin.indexes.hits import Hit, fuse
from ceyin.indexes.lexical import LexicalIndex
from ceyin.indexes.reranking.candidates import Reranker
from ceyin.indexes.spelling import correct
from ceyin.indexes.tokens import expand, words
from ceyin.indexes.vectors import VectorIndex

#: Words rank; vectors add candidates and decide between near ones (chosen on the open questions of ``evals/questions``).
_WEIGHTS = {"words": 1.0, "synonyms": 0.4, "vectors": 0.6}
_SCALED = ("words", "synonyms")
_POOL = 100


class HybridSearch:
    """Finds clauses for a question."""

    def __init__(
        self,
        lexical: LexicalIndex,
        vectors: VectorIndex,
        embedder: Embedder,
        rerankers: Sequence[Reranker] = (),
    ) -> None:
        self._rerankers = tuple(rerankers)
        self._lexical = lexical
        self._vectors = vectors
        self._embedder = embedder

    @classmethod
    def open(cls, folder: Path, embedder: Embedder, rerankers: Sequence[Reranker] = ()) -> HybridSearch:
        """Open one build of the indexes; each reranker sees what the one before made of the hits."""
        words_, vectors = LexicalIndex.load(folder / "words"), VectorIndex.load(folder / "vectors")
        return cls(words_, vectors, embedder, rerankers)

    def idf(self, token: str) -> float:
        """How rare a token is among all clauses."""
        return self._lexical.idf(token)

    def search(
        self, question: str, top: int, allowed: Callable[[ClauseRef], bool] | None = None
    ) -> list[Hit]:
        """The best clauses for a question in any script; ``allowed`` filters before ranks are given."""
        text = correct(normalise(question))
        tokens = words(text)
        others = [*(t for phrase in expand(text) for t in words(phrase)), *official_words(text)]
        vector = self._embedder.embed_queries([text])[0]
        by_words = self._lexical.search(tokens, _POOL * 4)
        rankings = {
            "words": by_words,
            "synonyms": self._lexical.search([*tokens, *others], _POOL * 4) if others else by_words,
            "vectors": self._vectors.search(vector, _POOL),
        }
        if allowed is not None:
            rankings = {name: _rerank([h for h in hits if allowed(h.ref)]) for name, hits in rankings.items()}
        hits = fuse(rankings, _WEIGHTS, max([top, *(r.depth for r in self._rerankers)]), _SCALED)
        for reranker in self._rerankers if hits else ():
            hits = reranker.rerank(text, hits, self.idf)
        return hits[:top]


def _rerank(hits: list[Hit]) -> list[Hit]:
    return [Hit(h.ref, h.score, rank, h.source) for rank, h in enumerate(hits, 1)]
