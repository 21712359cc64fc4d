"""The baseline of llama-index as it comes: ``SentenceSplitter`` and ``VectorStoreIndex``, with our embedding.

A chunk is no clause. Each chunk takes one place and counts for every clause it touches, which favours this
baseline: a chunk of some 800 characters often holds five clauses and more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

from ceyin.corpus.library import StoredPolicy
from ceyin.corpus.model import ClauseRef
from ceyin.evals.retrieval.figures import Ranking
from ceyin.indexes.embedding import Embedder

if TYPE_CHECKING:
    from llama_index.core.retrievers import BaseRetriever

#: Said in every report: the pipeline's BM25 is a package of its own.
NO_BM25 = "llama-index 的 BM25 检索器是另一个包(llama-index-retrievers-bm25),没有安装,未比;两种 BM25 基线见上"
_Part = tuple[int, int, ClauseRef]


class LlamaDefault:
    """Chunks of each policy's text, nearest by cosine."""

    def __init__(self, retriever: BaseRetriever, parts: dict[str, list[_Part]]) -> None:
        self._retriever = retriever
        self._parts = parts

    @classmethod
    def over(cls, policies: Iterable[StoredPolicy], embedder: Embedder, top: int) -> LlamaDefault:
        """Split and embed; raises whatever llama-index does where it wants the network."""
        from llama_index.core import Document, VectorStoreIndex
        from llama_index.core.node_parser import SentenceSplitter

        from ceyin.indexes.llama import StaticTextEmbedding

        documents, parts = [], {}
        for policy in policies:
            text, parts[policy.policy_id] = joined(policy)
            documents.append(Document(text=text, id_=policy.policy_id))
        index = VectorStoreIndex.from_documents(
            documents, transformations=[SentenceSplitter()], embed_model=StaticTextEmbedding(embedder)
        )
        return cls(index.as_retriever(similarity_top_k=top), parts)

    def rank(self, question: str, top: int) -> Ranking:
        """See ``System.rank``: the clauses each chunk touches."""
        out = []
        for found in self._retriever.retrieve(question)[:top]:
            node = found.node
            start, end = getattr(node, "start_char_idx", None), getattr(node, "end_char_idx", None)
            if start is None or end is None:
                out.append(frozenset[ClauseRef]())
                continue
            out.append(touched(self._parts[node.ref_doc_id or ""], start, end))
        return out


def joined(policy: StoredPolicy) -> tuple[str, list[_Part]]:
    """The title and all clauses as one text, and where each clause stands in it."""
    text, parts = policy.title, []
    for clause in policy.clauses:
        start = len(text) + 1
        text = f"{text}\n{clause.text}"
        parts.append((start, len(text), clause.ref))
    return text, parts


def touched(parts: Sequence[_Part], start: int, end: int) -> frozenset[ClauseRef]:
    """The clauses with any letter between ``start`` and ``end``."""
    return frozenset(ref for a, b, ref in parts if a < end and start < b)


def bm25_missing() -> bool:
    """Whether llama-index's BM25 retriever is not installed."""
    try:
        return find_spec("llama_index.retrievers.bm25") is None
    except ModuleNotFoundError:
        return True
