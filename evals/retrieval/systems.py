"""What is measured: our search whole and in parts, and plain baselines over the same clauses.

The baselines see title, headings and text of a clause but no card, as a program without our catalog would.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from ceyin.corpus.library import Library, StoredClause, StoredPolicy
from ceyin.corpus.model import ClauseRef
from ceyin.corpus.normalise import normalise
from ceyin.evals.retrieval.figures import Ranking
from ceyin.indexes import build
from ceyin.indexes.embedding import Embedder, Vectors
from ceyin.indexes.reranking.candidates import candidates_of
from ceyin.indexes.reranking.cross_encoder import CrossEncoderReranker, PairScorer
from ceyin.indexes.reranking.light import LightReranker
from ceyin.indexes.search import HybridSearch


class System(Protocol):
    """Anything that ranks clauses for a question."""

    def rank(self, question: str, top: int) -> Ranking:
        """The best ``top`` places, best first."""
        ...


class Silent(Embedder):
    """An embedder that finds no token in any text: under it a search has its words alone."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    @property
    def dim(self) -> int:
        """As the embedder the index was built with."""
        return self._embedder.dim

    @property
    def name(self) -> str:
        """The same name, so that an index of the other opens under it."""
        return self._embedder.name

    def embed_batch(self, texts: Sequence[str]) -> Vectors:
        """All zeros."""
        return np.zeros((len(texts), self.dim), dtype=np.float32)


class Ours:
    """The search that ships, through its public entry."""

    def __init__(self, search: HybridSearch) -> None:
        self._search = search

    @classmethod
    def over(cls, folder: Path, library: Library, embedder: Embedder) -> tuple[Ours, Ours]:
        """The whole search and, on the same index, its words alone."""
        built = build.build(folder, library, embedder)
        light = LightReranker(candidates_of(library))
        whole = HybridSearch.open(built, embedder, [light])
        return cls(whole), cls(HybridSearch.open(built, Silent(embedder)))

    @classmethod
    def as_found(cls, folder: Path, library: Library, embedder: Embedder) -> Ours:
        """The search with nothing reranked."""
        return cls(HybridSearch.open(build.build(folder, library, embedder), embedder))

    @classmethod
    def read_again(cls, folder: Path, library: Library, embedder: Embedder, scorer: PairScorer) -> Ours:
        """The whole search with its first candidates read again by a cross-encoder."""
        clauses = candidates_of(library)
        rerankers = [LightReranker(clauses), CrossEncoderReranker(scorer, clauses)]
        return cls(HybridSearch.open(build.build(folder, library, embedder), embedder, rerankers))

    def rank(self, question: str, top: int) -> Ranking:
        """See ``System.rank``."""
        return [(hit.ref,) for hit in self._search.search(question, top)]


class VectorsOnly:
    """Exhaustive cosine over the passages of every clause (text, digest, questions); the best passage counts."""

    def __init__(self, policies: Iterable[StoredPolicy], embedder: Embedder) -> None:
        self._embedder = embedder
        self._refs: list[ClauseRef] = []
        owners: list[int] = []
        passages: list[str] = []
        for policy in policies:
            for clause in policy.clauses:
                mine = _passages(clause)
                owners += [len(self._refs)] * len(mine)
                passages += mine
                self._refs.append(clause.ref)
        self._owners = np.array(owners, dtype=np.int64)
        self._rows = embedder.embed_batch(passages)

    def rank(self, question: str, top: int) -> Ranking:
        """See ``System.rank``."""
        near = self._rows @ self._embedder.embed_queries([question])[0]
        best = np.full(len(self._refs), -1.0, dtype=np.float32)
        np.maximum.at(best, self._owners, near)
        return [(self._refs[i],) for i in np.argsort(-best, kind="stable")[:top]]


def _passages(clause: StoredClause) -> list[str]:
    card = clause.card
    extra = [card.digest, *card.questions] if card else []
    return [f"{clause.heading} {clause.text}", *extra]


class PlainBM25:
    """BM25 as it comes (bm25s, Lucene's form) over tokens of some kind."""

    def __init__(self, policies: Iterable[StoredPolicy], tokens: Callable[[str], list[str]]) -> None:
        import bm25s

        self._tokens = tokens
        rows = [(c.ref, tokens(_words_of(p, c))) for p in policies for c in p.clauses]
        self._refs = [ref for ref, _ in rows]
        self._known = {token for _, row in rows for token in row}
        self._index = bm25s.BM25(method="lucene")
        self._index.index([row or ["_"] for _, row in rows], show_progress=False)

    def rank(self, question: str, top: int) -> Ranking:
        """See ``System.rank``; clauses without any word of the question are left out."""
        tokens = [t for t in self._tokens(question) if t in self._known]
        if not tokens:
            return []
        scores = self._index.get_scores(tokens)
        return [(self._refs[i],) for i in np.argsort(-scores, kind="stable")[:top] if scores[i] > 0]


def _words_of(policy: StoredPolicy, clause: StoredClause) -> str:
    return " ".join((policy.title, *clause.heading_trail, clause.heading, clause.text))


def characters(text: str) -> list[str]:
    """Every letter, figure and character by itself."""
    return [ch for ch in normalise(text).lower() if ch.isalnum()]


def jieba_words() -> Callable[[str], list[str]]:
    """jieba as it comes, with its own dictionary only."""
    import jieba

    jieba.setLogLevel(logging.ERROR)
    cutter = jieba.Tokenizer()

    def cut(text: str) -> list[str]:
        return [w for w in cutter.lcut(normalise(text).lower()) if any(ch.isalnum() for ch in w)]

    return cut
