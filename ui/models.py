"""The models the settings name, opened."""

from __future__ import annotations

from dataclasses import dataclass

from ceyin.indexes.embedding import Embedder, Prompts, StaticEmbedder, embedder_in
from ceyin.indexes.pretrained import model_folder
from ceyin.indexes.reranking.cross_encoder import CrossEncoderScorer, PairScorer
from ceyin.ui.settings import Settings


@dataclass(frozen=True, slots=True)
class Models:
    """What turns texts into vectors, and what reads the first candidates again, where one is configured."""

    embedder: Embedder
    scorer: PairScorer | None


def open_models(settings: Settings) -> Models:
    """Fetch what is named and not there yet, then load; ``IndexStateError`` with the place and the cure."""
    # Both are settled before either is loaded: loading a model puts the process offline.
    embedding = model_folder(settings.embedding) if settings.embedding else None
    reranker = model_folder(settings.reranker) if settings.reranker else None
    query, passage = settings.embedding_query_prompt, settings.embedding_passage_prompt
    prompts = None if query is None and passage is None else Prompts(query, passage)
    return Models(
        StaticEmbedder.load() if embedding is None else embedder_in(embedding, prompts),
        None if reranker is None else CrossEncoderScorer.load(reranker),
    )
