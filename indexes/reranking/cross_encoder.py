"""The first candidates read again by a cross-encoder, for who has configured one.

It reads question and clause together, which no index can, and takes its time: tens of milliseconds a clause.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ceyin.corpus.errors import IndexStateError
from ceyin.corpus.normalise import normalise
from ceyin.indexes.hits import Hit
from ceyin.indexes.pretrained import broken, go_offline, is_cross_encoder, neural_missing, weights_hash
from ceyin.indexes.reranking.candidates import Candidates, Reranker, ordered

#: So many candidates are read; the others stay behind them unless the reading finds nothing in these.
DEPTH = 30
#: Tokens of question and clause together; some models would read thousands, and take as long.
_LONGEST = 512
#: A clause the reader is sure of gains as much as the best candidate had before.
_WEIGHT = 1.0


class PairScorer(Protocol):
    """Anything that says how well a text answers a question."""

    @property
    def name(self) -> str:
        """Kind and a short hash of the weights."""

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """One figure between 0 and 1 per text."""


class CrossEncoderScorer(PairScorer):
    """A sentence-transformers ``CrossEncoder`` with one output, from a local folder (needs the ``neural`` extra)."""

    def __init__(self, model: Any, name: str) -> None:
        self._model = model
        self._name = name

    @classmethod
    def load(cls, folder: Path) -> CrossEncoderScorer:
        """The model in ``folder``, never asking the network; ``IndexStateError`` where there is no such model."""
        if not is_cross_encoder(folder):
            raise IndexStateError(
                f"{folder} 不是重排模型(CrossEncoder):请换一个,如 BAAI/bge-reranker-base;向量模型填在设置 embedding"
            )
        go_offline()
        try:
            from sentence_transformers import CrossEncoder
        except ImportError as exc:
            raise neural_missing(folder) from exc
        try:
            model = CrossEncoder(str(folder), device="cpu", local_files_only=True)
        except Exception as exc:  # whatever a broken folder makes torch, transformers or json raise
            raise broken(folder) from exc
        if model.num_labels != 1:
            raise IndexStateError(f"{folder} 给出 {model.num_labels} 个分数,不是重排模型:重排模型只给一个")
        model.max_seq_length = min(_LONGEST, model.max_seq_length or _LONGEST)
        return cls(model, f"cross-encoder-{weights_hash(folder)}")

    @property
    def name(self) -> str:
        return self._name

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """See ``PairScorer.scores``; texts are normalised here, what is too long for the model is cut off."""
        if not texts:
            return np.zeros(0, dtype=np.float32)
        from torch.nn import Sigmoid

        asked = normalise(question)
        pairs = [(asked, normalise(text)) for text in texts]
        # Some models are saved to give their raw output: a figure between 0 and 1 is asked for here.
        found = self._model.predict(
            pairs, activation_fn=Sigmoid(), convert_to_numpy=True, show_progress_bar=False
        )
        return np.asarray(found, dtype=np.float32)


class CrossEncoderReranker(Reranker):
    """Puts the candidates of a search in the order in which they answer, as a reader of pairs sees it."""

    def __init__(self, scorer: PairScorer, candidates: Candidates) -> None:
        self._scorer = scorer
        self._candidates = candidates

    @property
    def depth(self) -> int:
        return DEPTH

    def rerank(self, question: str, hits: Sequence[Hit], idf: Callable[[str], float]) -> list[Hit]:
        """See ``Reranker.rerank``; only the first ``DEPTH`` are read.

        The reader's figure is added to the score of the search (as a share of the best), it does not replace
        it: the reader sees one clause and no card, policy name or validity, and was trained on other texts.
        """
        best = max((hit.score for hit in hits), default=0.0)
        if best <= 0:
            return list(hits)
        known = self._candidates(hit.ref for hit in hits[:DEPTH])
        texts = [f"{clause.headings} {clause.text}" for clause in known.values()]
        gains = dict(zip(known, self._scorer.scores(question, texts).tolist(), strict=True))
        return ordered({hit.ref: hit.score / best + _WEIGHT * gains.get(hit.ref, 0.0) for hit in hits})
