"""The second stage of training: each question against its right document and many wrong ones of the whole collection.

In-batch negatives teach what belongs together; they are too few and too easy to teach which of some 59,000
articles answers. Wrong documents are those the model itself ranks high (mined anew before every round, after
ANCE, Xiong et al., 2021) and some drawn at random.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, normalize
from transformers import TrainerCallback

from ceyin.indexes.training.collection import Collection

if TYPE_CHECKING:
    from ceyin.indexes.training.train_embedding import Settings

_CHUNK = 2048


class DroppingEmbedding(StaticEmbedding):  # type: ignore[misc]  # the neural extra is never typed
    """A static embedding that leaves out some tokens while it is trained, so that no single word decides."""

    def __init__(self, *args: Any, share: float, **kwargs: Any) -> None:
        """``share`` of the tokens is left out at random in training."""
        super().__init__(*args, **kwargs)
        self.share = share

    def forward(self, features: dict[str, Tensor], **kwargs: Any) -> dict[str, Tensor]:
        """As the parent; in training over the tokens that are left."""
        if self.training and self.share:
            ids, offsets = features["input_ids"], features["offsets"]
            kept = torch.rand(len(ids)) >= self.share
            before = torch.cat([torch.zeros(1, dtype=torch.long), kept.cumsum(0)])
            features = {**features, "input_ids": ids[kept], "offsets": before[offsets]}
        out: dict[str, Tensor] = super().forward(features, **kwargs)
        return out


class CollectionLoss(nn.Module):  # type: ignore[misc]
    """Cross entropy of the right document among those of the batch, mined ones and random ones."""

    def __init__(self, model: SentenceTransformer, given: Collection, settings: Settings) -> None:
        super().__init__()
        self.model = model
        self._settings = settings
        self._rng = random.Random(settings.seed)
        self._right = [j.right for j in given.judged]
        self._documents = _tokens(model, given.documents)
        self._questions = _tokens(model, [j.question for j in given.judged])
        #: One (question, right document) a row of the training data; a row's label is its place here.
        self.rows = [
            (q, d) for q, j in enumerate(given.judged) for _ in range(j.times) for d in self._right[q]
        ]
        self._mined: list[list[int]] = []

    def mine(self) -> None:
        """Rank all documents for every question and keep the best wrong ones."""
        documents = self._vectors(self._documents)
        self._mined = []
        for start in range(0, len(self._questions), _CHUNK):
            scores = self._vectors(self._questions[start : start + _CHUNK]) @ documents.T
            best = torch.topk(scores, min(self._settings.mined_from, len(documents)), dim=1).indices.tolist()
            for at, row in enumerate(best, start):
                self._mined.append([d for d in row if d not in self._right[at]])

    def forward(self, features: Iterable[dict[str, Tensor]], labels: Tensor) -> Tensor:
        """``features`` holds the questions of the batch, ``labels`` the places of their rows."""
        [questions] = list(features)
        rows = [self.rows[int(label)] for label in labels]
        wrong = [d for q, _ in rows for d in self._few(self._mined[q])]
        drawn = [self._rng.randrange(len(self._documents)) for _ in range(self._settings.drawn)]
        candidates = list(dict.fromkeys([*(d for _, d in rows), *wrong, *drawn]))
        column = {d: at for at, d in enumerate(candidates)}
        vectors = self.model(_features([self._documents[d] for d in candidates]))["sentence_embedding"]
        scores = self.model(questions)["sentence_embedding"] @ vectors.T * self._settings.scale
        others = torch.zeros_like(scores)  # another right document of the same question is no wrong one
        for at, (q, right) in enumerate(rows):
            for d in self._right[q]:
                if d != right and d in column:
                    others[at, column[d]] = float("-inf")
        return cross_entropy(scores + others, torch.tensor([column[d] for _, d in rows]))

    def _few(self, documents: list[int]) -> list[int]:
        return self._rng.sample(documents, min(self._settings.mined, len(documents)))

    def _vectors(self, texts: Sequence[Sequence[int]]) -> Tensor:
        embedding = self.model[0].embedding
        with torch.no_grad():
            parts = [_features(texts[at : at + _CHUNK]) for at in range(0, len(texts), _CHUNK)]
            return torch.cat([normalize(embedding(p["input_ids"], p["offsets"])) for p in parts])


class Mining(TrainerCallback):  # type: ignore[misc]
    """Mines anew before every round."""

    def __init__(self, loss: CollectionLoss) -> None:
        self._loss = loss

    def on_epoch_begin(self, *args: Any, **kwargs: Any) -> None:
        """See ``CollectionLoss.mine``."""
        self._loss.mine()


def _tokens(model: SentenceTransformer, texts: Sequence[str]) -> list[list[int]]:
    return [e.ids for e in model[0].tokenizer.encode_batch(list(texts), add_special_tokens=False)]


def _features(texts: Sequence[Sequence[int]]) -> dict[str, Tensor]:
    offsets = np.cumsum([0, *(len(ids) for ids in texts[:-1])])
    return {
        "input_ids": torch.tensor([i for ids in texts for i in ids], dtype=torch.long),
        "offsets": torch.from_numpy(offsets),
    }
