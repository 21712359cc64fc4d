"""Word search: BM25 (Lucene's form) over the tokens of :mod:`ceyin.indexes.tokens`, kept as plain arrays."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ceyin.corpus.errors import IndexStateError
from ceyin.corpus.model import ClauseRef
from ceyin.indexes.entries import Entry
from ceyin.indexes.hits import Hit, best_of

_K1, _B = 1.2, 0.6


class LexicalIndex:
    """BM25 over clauses; built once, read from disk as arrays."""

    def __init__(self, refs: Sequence[ClauseRef], retriever: object, own: Mapping[str, int]) -> None:
        """``own``: in how many clauses a word stands in the policies' own text."""
        self._refs = tuple(refs)
        self._retriever = retriever
        self._own = own

    @classmethod
    def build(cls, entries: Sequence[Entry], folder: Path) -> LexicalIndex:
        """Index the entries and write the arrays to ``folder``."""
        import bm25s

        retriever = bm25s.BM25(method="lucene", k1=_K1, b=_B)
        retriever.index([list(e.tokens) or ["_"] for e in entries], show_progress=False)
        folder.mkdir(parents=True, exist_ok=True)
        retriever.save(str(folder))
        refs = [[e.ref.policy_id, list(e.ref.path)] for e in entries]
        own = Counter(word for e in entries for word in e.own_words)
        for name, content in (("refs.json", refs), ("own_words.json", own)):
            (folder / name).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        return cls([e.ref for e in entries], retriever, own)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Open what ``build`` wrote; raises IndexStateError when it is missing or broken."""
        import bm25s

        try:
            refs = json.loads((folder / "refs.json").read_text(encoding="utf-8"))
            own = json.loads((folder / "own_words.json").read_text(encoding="utf-8"))
            retriever = bm25s.BM25.load(str(folder), load_corpus=False)
        except (OSError, ValueError, KeyError) as exc:
            raise IndexStateError(f"词索引打不开:{folder}。请运行 ceyin index build 重建。") from exc
        return cls([ClauseRef(p, tuple(path)) for p, path in refs], retriever, own)

    def search(self, tokens: Sequence[str], top: int) -> list[Hit]:
        """The best clauses for query tokens; zero scores are dropped, ties break by reference."""
        scores = self.scores(tokens)
        order = sorted(best_of(scores, top), key=lambda i: (-scores[i], self._refs[i]))[:top]
        return [Hit(self._refs[i], float(scores[i]), rank, "words") for rank, i in enumerate(order, 1)]

    def idf(self, token: str) -> float:
        """How rare a word is in the policies' own text, ``ln(1 + N/(df+1))``; one found nowhere is the rarest."""
        return float(np.log(1.0 + len(self._refs) / (self._own.get(token, 0) + 1.0)))

    def _df(self, token: str) -> int:
        column = self._retriever.vocab_dict.get(token)  # type: ignore[attr-defined]
        pointers = self._retriever.scores["indptr"]  # type: ignore[attr-defined]
        if column is None or column + 1 >= len(pointers):  # bm25s adds the empty token to its vocabulary
            return 0
        return int(pointers[column + 1] - pointers[column])

    def scores(self, tokens: Sequence[str]) -> NDArray[np.float32]:
        """BM25 of every clause, in the order of the references."""
        retriever = self._retriever
        known = [t for t in tokens if self._df(t) > 0]
        if not known or not self._refs:
            return np.zeros(len(self._refs), dtype=np.float32)
        return np.asarray(retriever.get_scores(known), dtype=np.float32)  # type: ignore[attr-defined]
