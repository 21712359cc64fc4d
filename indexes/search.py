"""Hybrid search: words and vectors, fused; the same object answers ``ceyin search`` and the assistant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from ceyin.corpus.normalise import normalise
from ceyin.indexes.embedding import Embedder, Vectors
from ceyin.indexes.everyday import official_words
from ceyin.indexes.filters import Filter
from ceyin.indexes.hits import Found, Hit, best_of, fuse, spread
from ceyin.indexes.lexical import LexicalIndex
from ceyin.indexes.reranking.candidates import Reranker
from ceyin.indexes.rows import Rows
from ceyin.indexes.spelling import correct
from ceyin.indexes.tokens import expand, words
from ceyin.indexes.vectors import VectorIndex

#: What the share of the question's words, the same with what else it may say, and the cosine count for (chosen on
#: the open questions of ``evals/questions``, the dev cases and STARD; ``docs/searching.md`` says what others gave).
_WEIGHTS = {"words": 0.7, "synonyms": 0.3, "vectors": 0.9}
#: Vectors count in full when the nearest passage is so near, not at all when none comes near: the model knows the
#: words of questions and texts like those it was trained on (best cosine mostly 0.6), and little of others (0.35), where
#: words alone rank better. Measured on imported policies under a model that never saw our cards.
_STRANGE, _KNOWN = 0.4, 0.6
_POOL = 400

#: Where the parts of an index stand in its folder: what stays, and what was added since.
WORDS, BASE, DELTA = "words", "base", "delta"


#: The vectors of so many questions are kept.
_REMEMBERED = 64


class HybridSearch:
    """Finds clauses for a question."""

    def __init__(
        self,
        rows: Rows,
        lexical: LexicalIndex,
        vectors: VectorIndex,
        embedder: Embedder,
        rerankers: Sequence[Reranker] = (),
    ) -> None:
        self._rows = rows
        self._lexical = lexical
        self._vectors = vectors
        self._embedder = embedder
        self._rerankers = tuple(rerankers)
        # one question is searched for among several sets of policies and scored besides
        self._embed = lru_cache(maxsize=_REMEMBERED)(lambda text: embedder.embed_queries([text])[0])

    @classmethod
    def open(cls, folder: Path, embedder: Embedder, rerankers: Sequence[Reranker] = ()) -> HybridSearch:
        """Open one build of the indexes; raises IndexStateError where a part is missing or broken.

        Each reranker sees what the one before made of the hits.
        """
        base, delta = folder / BASE, folder / DELTA
        return cls(
            Rows.load(folder, base, delta),
            LexicalIndex.load(folder / WORDS),
            VectorIndex.load((base, delta), embedder.dim),
            embedder,
            rerankers,
        )

    def idf(self, token: str) -> float:
        """How rare a token is among all clauses."""
        return self._lexical.idf(token)

    @property
    def model(self) -> str:
        """The name of the embedding."""
        return self._embedder.name

    def vector(self, question: str) -> Vectors:
        """A question as the embedding sees it, shape ``(dim,)``, L2 norm 1."""
        vector: Vectors = self._embed(correct(normalise(question)))
        return vector

    def search(self, question: str, top: int, within: Filter | None = None) -> list[Hit]:
        """The best clauses for a question in any script, of those the filter leaves; ties break by reference.

        Raises RegionError for a filter with a region that is none.
        """
        rows = self._rows.select(within)
        text = correct(normalise(question))
        tokens = words(text)
        others = [*(t for phrase in expand(text) for t in words(phrase)), *official_words(text)]
        vector = self._embed(text)
        by_words = self._lexical.search(tokens, _POOL, rows)
        near = self._vectors.search(vector, _POOL, rows)
        rankings = {
            "words": by_words,
            "synonyms": self._lexical.search([*tokens, *others], _POOL, rows) if others else by_words,
            "vectors": near,
        }
        # Words count by how much of the question a clause has, not by how it compares with the best of them: where
        # none has much, the vectors decide.
        whole = self._lexical.whole(tokens)
        weights = {
            "words": _WEIGHTS["words"] / whole,
            "synonyms": _WEIGHTS["synonyms"] / whole,
            "vectors": _WEIGHTS["vectors"] * _trust(near),
        }
        hits = self._hits(fuse(rankings, weights), near, max([2 * top, *(r.depth for r in self._rerankers)]))
        cosines = {hit.ref: hit.near for hit in hits}
        for reranker in self._rerankers if hits else ():
            hits = reranker.rerank(text, hits, self.idf)
        return [replace(hit, near=cosines[hit.ref]) for hit in spread(hits, top)]

    def _hits(self, found: Found, near: Found, top: int) -> list[Hit]:
        """The best of them as clauses, best first."""
        best = best_of(found.scores, top)
        # A row that is not among so many nearest is no nearer than the last of them.
        floor = float(near.scores.min()) if len(near.rows) >= _POOL else 0.0
        cosines = dict(zip(near.rows.tolist(), near.scores.tolist(), strict=True))
        scored = [
            (
                -float(found.scores[n]),
                self._rows.ref(int(found.rows[n])),
                cosines.get(int(found.rows[n]), floor),
            )
            for n in best
        ]
        return [
            Hit(ref, -score, rank, "fused", cosine)
            for rank, (score, ref, cosine) in enumerate(sorted(scored)[:top], 1)
        ]


def _trust(near: Found) -> float:
    """How far vectors can be believed for a question (0–1), by how near the nearest passage is."""
    best = float(near.scores.max(initial=0.0))
    return min(1.0, max(0.0, (best - _STRANGE) / (_KNOWN - _STRANGE)))
