"""Texts as vectors: what every embedder must do, and the three there are.

``StaticEmbedder`` reads the folder that sentence-transformers writes for ``StaticEmbedding`` + ``Normalize``
with nothing but numpy: look up one row per token, take the mean, scale to length one.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from ceyin.corpus.errors import IndexStateError
from ceyin.corpus.normalise import NORMALISE_VERSION, normalise
from ceyin.indexes.pretrained import (
    broken,
    configured,
    go_offline,
    is_cross_encoder,
    neural_missing,
    weights_hash,
)

Vectors = NDArray[np.float32]

#: The model that ships with the package.
SHIPPED = Path(__file__).resolve().parent / "model"

_BATCH = 4096
_STATIC = ["StaticEmbedding", "Normalize"]


class Embedder(Protocol):
    """Turns texts into vectors; equal texts (also across scripts) always get equal vectors."""

    @property
    def dim(self) -> int:
        """Length of every vector."""

    @property
    def name(self) -> str:
        """Kind, length and a short hash of the weights: an index built under another name is out of date."""

    def embed_batch(self, texts: Sequence[str]) -> Vectors:
        """One row per text, shape ``(n, dim)``, float32, L2 norm 1; a text without any token is all zeros."""

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """The same for what is asked, where a model tells questions from passages by a prompt."""
        return self.embed_batch(texts)


def unit_rows(rows: NDArray[np.floating[Any]]) -> Vectors:
    """Rows scaled to L2 norm 1, float32; rows of zeros stay zeros."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Vectors = (rows / np.where(norms > 0, norms, 1)).astype(np.float32)
    return scaled


class StaticEmbedder(Embedder):
    """Mean of one trained vector per token, read without torch."""

    def __init__(
        self, tokenizer: Tokenizer, table: NDArray[Any], scales: NDArray[Any] | None, name: str
    ) -> None:
        """``table`` is (vocabulary, dim); ``scales`` (vocabulary,) multiply its rows if it is quantised."""
        self._tokenizer = tokenizer
        rows = table.astype(np.float32)
        self._rows: Vectors = rows if scales is None else rows * scales.astype(np.float32)[:, None]
        self._name = name

    @classmethod
    def load(cls, folder: Path | None = None) -> StaticEmbedder:
        """The model in ``folder``, the shipped one by default; ``IndexStateError`` when it is not whole."""
        folder = SHIPPED if folder is None else folder
        part = _static_part(folder)
        try:
            tokenizer = Tokenizer.from_file(str(part / "tokenizer.json"))
            tensors = load_file(part / "model.safetensors")
        except (OSError, ValueError, SafetensorError) as exc:
            raise broken(folder) from exc
        except Exception as exc:  # tokenizers raises bare Exception for a missing or cut-off file
            raise broken(folder) from exc
        table = tensors.get("embeddings", tensors.get("embedding.weight"))
        if table is None or table.ndim != 2 or len(table) != tokenizer.get_vocab_size():
            raise broken(folder)
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return cls(
            tokenizer, table, tensors.get("weights"), f"static-{table.shape[1]}-{weights_hash(folder)}"
        )

    @property
    def dim(self) -> int:
        return int(self._rows.shape[1])

    @property
    def name(self) -> str:
        return self._name

    def embed_batch(self, texts: Sequence[str]) -> Vectors:
        """See ``Embedder.embed_batch``; texts are normalised here."""
        out = np.zeros((len(texts), self.dim), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            cleaned = [normalise(text) for text in texts[start : start + _BATCH]]
            for at, encoding in enumerate(self._tokenizer.encode_batch(cleaned, add_special_tokens=False)):
                if encoding.ids:
                    out[start + at] = self._rows[encoding.ids].mean(axis=0)
        return unit_rows(out)


class HashEmbedder(Embedder):
    """Character n-grams hashed into signed buckets: no model, no training, the same everywhere.

    Weighs every n-gram by 1 + log(count) (feature hashing after Weinberger et al., 2009).
    """

    def __init__(self, dim: int = 256, sizes: tuple[int, ...] = (1, 2, 3)) -> None:
        self._dim = dim
        self._sizes = sizes

    @property
    def dim(self) -> int:
        return self._dim

    @property
    def name(self) -> str:
        return f"hash-{self._dim}-{''.join(map(str, self._sizes))}v{NORMALISE_VERSION}"

    def embed_batch(self, texts: Sequence[str]) -> Vectors:
        """See ``Embedder.embed_batch``."""
        out = np.zeros((len(texts), self._dim), dtype=np.float32)
        for row, text in zip(out, texts, strict=True):
            kept = "".join(ch for ch in normalise(text).lower() if ch.isalnum())
            counts: dict[str, int] = {}
            for size in self._sizes:
                for at in range(len(kept) - size + 1):
                    gram = kept[at : at + size]
                    counts[gram] = counts.get(gram, 0) + 1
            for gram, count in counts.items():
                digest = zlib.crc32(gram.encode("utf-8"))
                sign = 1.0 if digest & 1 else -1.0
                row[(digest >> 1) % self._dim] += sign * (1.0 + np.log(count))
        return unit_rows(out)


@dataclass(frozen=True, slots=True)
class Prompts:
    """What is put before a question and before a passage; None: as the model's own configuration says."""

    query: str | None = None
    passage: str | None = None


class SentenceTransformersEmbedder(Embedder):
    """Any sentence-transformers model that lies in a local folder (needs the ``neural`` extra)."""

    def __init__(self, model: Any, name: str, prompts: Prompts) -> None:
        self._model = model
        self._name = name
        self._prompts = prompts

    @property
    def dim(self) -> int:
        return int(self._model.get_embedding_dimension())

    @property
    def name(self) -> str:
        return self._name

    def embed_batch(self, texts: Sequence[str]) -> Vectors:
        """See ``Embedder.embed_batch``."""
        prompt = self._prompts.passage
        if (
            prompt is None
        ):  # sentence-transformers 6.2 takes an empty "document" for the prompt meant, whatever else is there
            own = (self._model.prompts.get(name) for name in ("document", "passage", "corpus"))
            prompt = next(filter(None, own), "")
        return self._encoded(self._model.encode_document, texts, prompt)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """See ``Embedder.embed_queries``."""
        return self._encoded(self._model.encode_query, texts, self._prompts.query)

    def _encoded(self, encode: Callable[..., Any], texts: Sequence[str], prompt: str | None) -> Vectors:
        out = np.zeros((len(texts), self.dim), dtype=np.float32)
        cleaned = [normalise(text) for text in texts]
        # A transformer gives its special tokens a vector even when there is no text: keep those rows zero.
        filled = [at for at, text in enumerate(cleaned) if text]
        if filled:
            out[filled] = encode(
                [cleaned[at] for at in filled], prompt=prompt, convert_to_numpy=True, show_progress_bar=False
            )
        return unit_rows(out)


def embedder_in(folder: Path, prompts: Prompts | None = None) -> Embedder:
    """The model in a folder: a static one is read without torch, any other by sentence-transformers."""
    if prompts is None and _is_plain_static(folder):
        return StaticEmbedder.load(folder)
    return sentence_transformers_embedder(folder, prompts)


def sentence_transformers_embedder(
    folder: Path, prompts: Prompts | None = None
) -> SentenceTransformersEmbedder:
    """The sentence-transformers model saved in ``folder``, never asking the network nor running code from there.

    ``IndexStateError`` when the folder holds no such model or the ``neural`` extra is not installed.
    """
    if is_cross_encoder(folder):
        raise IndexStateError(f"{folder} 是重排模型,不给向量:请把它填到设置 reranker,embedding 另选一个")
    go_offline()
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as exc:
        raise neural_missing(folder) from exc
    try:
        model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    except Exception as exc:  # whatever a broken folder makes torch, transformers or json raise
        raise broken(folder) from exc
    prompts = prompts or Prompts()
    # The numpy reader gives the same vectors, so a static model keeps one name under both.
    kind = "static" if type(model[0]).__name__ == "StaticEmbedding" else "st"
    name = f"{kind}-{model.get_embedding_dimension()}-{weights_hash(folder)}"
    if prompts.passage is not None:  # what is put before questions only does not touch the stored vectors
        name += f"-{zlib.crc32(prompts.passage.encode('utf-8')):08x}"
    return SentenceTransformersEmbedder(model, name, prompts)


def _kinds(folder: Path) -> list[tuple[str, str]]:
    """Kind and subfolder of each module, as ``modules.json`` tells."""
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        return [(str(module["type"]).rsplit(".", 1)[-1], str(module["path"])) for module in modules]
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise broken(folder) from exc


def _is_plain_static(folder: Path) -> bool:
    """Whether the numpy reader gives what sentence-transformers gives: a static model with no prompts of its own."""
    if not (folder / "modules.json").is_file() or [kind for kind, _ in _kinds(folder)] != _STATIC:
        return False
    return not any(configured(folder, "config_sentence_transformers.json").get("prompts", {}).values())


def _static_part(folder: Path) -> Path:
    """The subfolder of the StaticEmbedding module."""
    kinds = _kinds(folder)
    if [kind for kind, _ in kinds] != _STATIC:
        raise neural_missing(folder)
    return folder / kinds[0][1]
