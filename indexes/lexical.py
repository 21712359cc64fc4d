"""Word search: BM25 over the tokens of :mod:`ceyin.indexes.tokens`, kept by tantivy.

Its BM25 is Lucene's (k1 1.2, b 0.75, the length of a clause rounded). The files of an index are never changed,
only added to, so a build starts from hard links of the one before. Statistics of the ranking (how rare a word is)
still count clauses taken out since the base was built, as in Lucene; ``idf`` does not.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import numpy as np

from ceyin.corpus.errors import IndexStateError
from ceyin.indexes.entries import Entry
from ceyin.indexes.hits import Found
from ceyin.indexes.rows import Selection

if TYPE_CHECKING:
    import tantivy

#: What the writer may hold in memory before it writes to disk.
_HEAP_BYTES = 256_000_000
#: A filter that leaves a larger share is met by asking for more and leaving out the others: below it, by letting
#: tantivy look only at the policies it leaves (measured at a million clauses: both cost what the search costs).
_WIDE = 0.05
#: How rare a word in no clause is taken to be, as the logarithm that ``idf`` is.
_UNKNOWN_WORD = 5.0
#: tantivy's BM25 has no settings.
_K1 = 1.2
_MOST = 20_000


def _schema() -> tantivy.Schema:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("own", tokenizer_name="whitespace", index_option="basic")
    builder.add_unsigned_field("first", indexed=True)  # the first row of the policy: its name in this index
    builder.add_unsigned_field("row", fast=True)
    return builder.build()


class WordWriter:
    """Adds clauses to an index, or takes out all of a policy; nothing is seen before the block has ended."""

    def __init__(self, folder: Path) -> None:
        """Go on with the index in ``folder``, or begin one."""
        import tantivy

        folder.mkdir(parents=True, exist_ok=True)
        self._schema = _schema()
        self._writer = tantivy.Index(self._schema, path=str(folder)).writer(_HEAP_BYTES, num_threads=1)

    def add(self, row: int, first: int, entry: Entry) -> None:
        """One clause; ``first`` is the first row of its policy."""
        import tantivy

        document = tantivy.Document()
        document.add_text("words", " ".join(entry.tokens))
        document.add_text("own", " ".join(entry.own_words))
        document.add_unsigned("first", first)
        document.add_unsigned("row", row)
        self._writer.add_document(document)

    def remove(self, first: int) -> None:
        """All clauses of the policy that began at this row."""
        import tantivy

        # By query: delete_documents_by_term takes a number for a signed one and deletes nothing (tantivy 0.27).
        self._writer.delete_documents_by_query(tantivy.Query.term_query(self._schema, "first", first))

    def __enter__(self) -> WordWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._writer.commit()
        self._writer.wait_merging_threads()


class LexicalIndex:
    """BM25 over clauses."""

    def __init__(self, index: tantivy.Index, folder: Path) -> None:
        self._searcher = index.searcher()
        self._schema = index.schema
        self._folder = folder
        self.idf = lru_cache(maxsize=65536)(self._idf)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Open what a ``WordWriter`` wrote; raises IndexStateError when it is missing or broken."""
        import tantivy

        try:
            return cls(tantivy.Index.open(str(folder)), folder)
        except (OSError, ValueError) as exc:
            raise _broken(folder) from exc

    def search(self, tokens: Sequence[str], top: int, within: Selection | None = None) -> Found:
        """The ``top`` best clauses for query tokens, a token said twice counting twice."""
        import tantivy

        if not tokens or (within is not None and not within.count):
            return Found.none()
        asked = self._any_of(tokens)
        if within is None:
            return self._rows(asked, top)
        share = within.count / len(within.rows)
        limit = math.ceil(top / share * 1.5)
        while share > _WIDE and limit <= _MOST:
            found = self._rows(asked, limit)
            kept = within.rows[found.rows]
            if kept.sum() >= top or len(found.rows) < limit:
                best = np.flatnonzero(kept)[:top]
                return Found(found.rows[best], found.scores[best])
            limit *= 4
        both = [(tantivy.Occur.Must, asked), (tantivy.Occur.Must, self._only(within))]
        return self._rows(tantivy.Query.boolean_query(both), top)

    def whole(self, tokens: Sequence[str]) -> float:
        """The most a clause can score for these tokens: what it has over and over counts k1 + 1 times its rarity.

        A word no clause has counts as a rare one (a bigram of letters does not): of a question about other things
        every clause has little.
        """
        total = 0.0
        for token in tokens:
            found = self._searcher.doc_freq("words", token)
            if found:
                total += math.log(1.0 + (self._searcher.num_docs - found + 0.5) / (found + 0.5))
            elif not token.startswith("_"):
                total += _UNKNOWN_WORD
        return (_K1 + 1.0) * max(1.0, total)

    def _any_of(self, tokens: Iterable[str]) -> tantivy.Query:
        """Terms, never text to parse: what people write would be read as operators."""
        import tantivy

        parts = []
        for token, times in Counter(tokens).items():
            term = tantivy.Query.term_query(self._schema, "words", token, "freq")
            query = term if times == 1 else tantivy.Query.boost_query(term, float(times))
            parts.append((tantivy.Occur.Should, query))
        return tantivy.Query.boolean_query(parts)

    def _only(self, within: Selection) -> tantivy.Query:
        """The policies a filter leaves, adding nothing to a score."""
        import tantivy

        if "words" not in within.kept:
            policies = tantivy.Query.term_set_query(self._schema, "first", within.firsts)
            within.kept["words"] = tantivy.Query.const_score_query(policies, 0.0)
        made: tantivy.Query = within.kept["words"]
        return made

    def _rows(self, query: tantivy.Query, top: int) -> Found:
        """Best first."""
        hits = self._ask(query, top).hits
        rows = self._searcher.fast_field_values("row", [address for _, address in hits])
        return Found(np.array(rows, dtype=np.int64), np.array([score for score, _ in hits], dtype=np.float32))

    def _ask(self, query: tantivy.Query, top: int, *, count: bool = False) -> Any:
        try:
            return self._searcher.search(query, top, count=count)
        except ValueError as exc:
            raise _broken(self._folder) from exc

    def _idf(self, token: str) -> float:
        """How rare a word is in the policies' own text, ``ln(1 + N/(df+1))``; one found nowhere is the rarest."""
        import tantivy

        found = 0
        if token:
            query = tantivy.Query.term_query(self._schema, "own", token, "basic")
            found = (
                self._ask(query, 1, count=True).count or 0
            )  # unlike doc_freq it leaves out what was removed
        return math.log(1.0 + self._searcher.num_docs / (found + 1.0))


def _broken(folder: Path) -> IndexStateError:
    return IndexStateError(f"词索引打不开:{folder}。请运行 ceyin index build --force 重建。")
