"""Texts as vectors: what every embedder must do, and the three that ship.

``StaticEmbedder`` reads the folder that sentence-transformers writes for ``StaticEmbedding`` + ``Normalize``
with nothing but numpy: look up one row per token, take the mean, scale to length one.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from ceyin.corpus.errors import IndexStateError
from ceyin.corpus.normalise import NORMALISE_VERSION, normalise

Vectors = NDArray[np.float32]

#: The model that ships with the package.
SHIPPED = Path(__file__).resolve().parent / "model"

_WEIGHT_SUFFIXES = {".safetensors", ".bin"}
_BATCH = 4096


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


def unit_rows(rows: NDArray[np.floating[Any]]) -> Vectors:
    """Rows scaled to L2 norm 1, float32; rows of zeros stay zeros."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Vectors = (rows / np.where(norms > 0, norms, 1)).astype(np.float32)
    return scaled


class StaticEmbedder:
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
            raise _broken(folder) from exc
        except Exception as exc:  # tokenizers raises bare Exception for a missing or cut-off file
            raise _broken(folder) from exc
        table = tensors.get("embeddings", tensors.get("embedding.weight"))
        if table is None or table.ndim != 2 or len(table) != tokenizer.get_vocab_size():
            raise _broken(folder)
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


class HashEmbedder:
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


class SentenceTransformersEmbedder:
    """Any sentence-transformers model that lies in a local folder (needs the ``neural`` extra)."""

    def __init__(self, model: Any, name: str) -> None:
        self._model = model
        self._name = name

    @property
    def dim(self) -> int:
        return int(self._model.get_embedding_dimension())

    @property
    def name(self) -> str:
        return self._name

    def embed_batch(self, texts: Sequence[str]) -> Vectors:
        """See ``Embedder.embed_batch``."""
        out = np.zeros((len(texts), self.dim), dtype=np.float32)
        cleaned = [normalise(text) for text in texts]
        # A transformer gives its special tokens a vector even when there is no text: keep those rows zero.
        filled = [at for at, text in enumerate(cleaned) if text]
        if filled:
            out[filled] = self._model.encode(
                [cleaned[at] for at in filled], convert_to_numpy=True, show_progress_bar=False
            )
        return unit_rows(out)


def sentence_transformers_embedder(folder: Path) -> SentenceTransformersEmbedder:
    """The sentence-transformers model saved in ``folder``, never asking the network.

    ``IndexStateError`` when the folder holds no model or the ``neural`` extra is not installed.
    """
    if not (folder / "modules.json").is_file() and not (folder / "config.json").is_file():
        raise _broken(folder)
    os.environ["HF_HUB_OFFLINE"] = "1"
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as exc:
        raise IndexStateError(
            f"用 {folder} 中的模型需要 neural 组件:请运行 pip install 'ceyin[neural]'"
        ) from exc
    try:
        model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    except Exception as exc:  # whatever a broken folder makes torch, transformers or json raise
        raise _broken(folder) from exc
    # The numpy reader gives the same vectors, so a static model keeps one name under both.
    kind = "static" if type(model[0]).__name__ == "StaticEmbedding" else "st"
    return SentenceTransformersEmbedder(
        model, f"{kind}-{model.get_embedding_dimension()}-{weights_hash(folder)}"
    )


def weights_hash(folder: Path) -> str:
    """Twelve hex digits over weights, tokenizer and version of ``normalise``: all that shapes a vector."""
    digest = hashlib.sha256(f"normalise {NORMALISE_VERSION}".encode())
    for path in sorted(folder.rglob("*")):
        if path.suffix in _WEIGHT_SUFFIXES or path.name in {"tokenizer.json", "modules.json"}:
            digest.update(path.relative_to(folder).as_posix().encode("utf-8"))
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:12]


def _static_part(folder: Path) -> Path:
    """The subfolder of the StaticEmbedding module, as ``modules.json`` tells."""
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        kinds = [str(module["type"]).rsplit(".", 1)[-1] for module in modules]
        if kinds != ["StaticEmbedding", "Normalize"]:
            raise IndexStateError(
                f"模型文件夹 {folder} 不是静态词向量模型:用它需要 neural 组件(pip install 'ceyin[neural]')"
            )
        return folder / str(modules[0]["path"])
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise _broken(folder) from exc


def _broken(folder: Path) -> IndexStateError:
    return IndexStateError(f"向量模型文件夹 {folder} 缺失或不完整:请重新安装 ceyin,或换一个完整的模型文件夹")
