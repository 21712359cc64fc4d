"""The parts as llama-index knows them, each usable alone in another llama-index program.

``ClauseNodeParser`` turns documents into one node per clause, ``StaticTextEmbedding`` wraps an embedder,
``ClauseRetriever`` is the hybrid search.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.callbacks import CallbackManager
from llama_index.core.node_parser import NodeParser
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import BaseNode, NodeWithScore, QueryBundle, TextNode
from pydantic import PrivateAttr

from ceyin.corpus.library import Library
from ceyin.corpus.model import ParsedPolicy, cite_path
from ceyin.corpus.neighbours import read_with
from ceyin.corpus.read import Source
from ceyin.corpus.segment import parse
from ceyin.indexes.embedding import Embedder
from ceyin.indexes.search import HybridSearch


class ClauseNodeParser(NodeParser):
    """One node per clause; metadata: title, doc_number, path, cite_as, heading, span, damaged."""

    def _parse_nodes(
        self, nodes: Sequence[BaseNode], show_progress: bool = False, **kwargs: Any
    ) -> list[BaseNode]:
        out: list[BaseNode] = []
        for node in nodes:
            text = node.get_content()
            source = Source(node.node_id, hashlib.sha256(text.encode()).hexdigest(), text, "txt")
            for policy in parse(source).policies:
                out.extend(_nodes(policy, policy, node))
        return out


def _nodes(policy: ParsedPolicy, part: ParsedPolicy, origin: BaseNode) -> list[BaseNode]:
    out: list[BaseNode] = [
        TextNode(
            text=clause.text,
            start_char_idx=clause.span.start,
            end_char_idx=clause.span.end,
            metadata={
                **origin.metadata,
                "title": policy.title,
                "doc_number": policy.doc_number,
                "path": "/".join(clause.path),
                "cite_as": f"{policy.doc_number or policy.title} {cite_path(clause.path)}",
                "heading": clause.heading,
                "damaged": clause.damaged,
            },
        )
        for clause in part.clauses
    ]
    for annex in part.annexes:
        out.extend(_nodes(policy, annex, origin))
    return out


class StaticTextEmbedding(BaseEmbedding):
    """An embedder of ours behind llama-index's interface."""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(model_name=embedder.name, callback_manager=CallbackManager())
        self._embedder = embedder

    def _get_query_embedding(self, query: str) -> list[float]:
        return [float(v) for v in self._embedder.embed_queries([query])[0]]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return [float(v) for v in self._embedder.embed_batch([text])[0]]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [[float(v) for v in row] for row in self._embedder.embed_batch(texts)]


class ClauseRetriever(BaseRetriever):
    """Hybrid search over the library; nodes carry the clause's reference and citation."""

    def __init__(self, search: HybridSearch, library: Library, top: int = 10) -> None:
        super().__init__()
        self._search = search
        self._library = library
        self._top = top

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self._search.search(query_bundle.query_str, self._top)
        policies = self._library.some({hit.ref.policy_id for hit in hits})
        clauses = {c.ref: (p, c) for p in policies.values() for c in p.clauses}
        out = []
        for hit in hits:
            if hit.ref not in clauses:  # taken out since the index was opened
                continue
            policy, clause = clauses[hit.ref]
            node = TextNode(
                text=clause.text,
                metadata={
                    "policy_id": policy.policy_id,
                    "title": policy.title,
                    "path": "/".join(hit.ref.path),
                    "cite_as": f"{policy.doc_number or policy.title} {cite_path(hit.ref.path)}",
                    "context": "\n".join(c.text for c in read_with(policy, clause)),
                },
            )
            out.append(NodeWithScore(node=node, score=hit.score))
        return out
