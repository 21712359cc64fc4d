"""Models a user names in the settings: a folder, or a name on the Hugging Face hub; no model of ours is here.

A configured hub name is the user's word that this one address may be asked; it is fetched once into the hub's
usual cache and from then on read from there, so a model never changes between two starts. Everything else is
offline, and nothing is ever reported to anybody.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path
from typing import Any

from ceyin.corpus.errors import IndexStateError
from ceyin.corpus.normalise import NORMALISE_VERSION

_HUB_NAME = re.compile(r"(?P<repo>[\w.-]+/[\w.-]+)(?:@(?P<revision>[\w./-]+))?", re.ASCII)
#: What sentence-transformers needs of a repository: no copies of the weights for other programs.
_NOT_NEEDED = [
    "onnx/*",
    "openvino/*",
    "*.onnx",
    "*.msgpack",
    "*.h5",
    "*.ot",
    "*.gguf",
    "*.png",
    "*.jpg",
    "*.pdf",
]
_SHAPING = {".safetensors", ".bin", ".json", ".txt", ".model"}


def model_folder(setting: str) -> Path:
    """The folder of a model: the one named, or that of a hub name ("组织/名称", "@版本" may follow), fetched if need be.

    ``IndexStateError`` where there is neither, saying what was tried and what to do.
    """
    folder = Path(setting).expanduser()
    if folder.is_dir():
        return folder
    name = _HUB_NAME.fullmatch(setting)
    if name is None or setting.startswith("."):
        raise IndexStateError(
            f"没有模型文件夹 {setting}。请改成存在的文件夹,或 Hugging Face 上的全名(组织/名称,如 BAAI/bge-small-zh-v1.5)。"
        )
    _tell_nobody()
    try:
        from huggingface_hub import is_offline_mode, snapshot_download
        from huggingface_hub.errors import LocalEntryNotFoundError
    except ImportError as exc:
        raise neural_missing(setting) from exc
    wanted: dict[str, Any] = {"revision": name["revision"], "ignore_patterns": _NOT_NEEDED}
    try:
        return Path(snapshot_download(name["repo"], local_files_only=True, **wanted))
    except LocalEntryNotFoundError:  # never fetched, or not to the end
        pass
    place = os.environ.get("HF_ENDPOINT", "https://huggingface.co")
    try:
        return Path(snapshot_download(name["repo"], **wanted))
    except Exception as exc:  # the hub's library and the one that carries its requests raise many kinds
        if is_offline_mode():
            reason = "环境变量 HF_HUB_OFFLINE 不让联网"
        else:
            reason = "那里没有这个模型或版本" if _not_there(exc) else "连不上"
        raise IndexStateError(
            f"既没有文件夹 {setting},也没能从 {place} 取到它({reason})。请核对名称和网络,"
            "或在能上网的机器上下载后把文件夹拷来,在设置里写它的路径。"
        ) from exc


def go_offline() -> None:
    """Before sentence-transformers is first loaded: folders are read, no address is asked, nothing is reported."""
    _tell_nobody()
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["HF_HUB_DISABLE_PROGRESS_BARS"] = "1"  # reading a folder takes a moment, its bar would stay


def neural_missing(setting: str | Path) -> IndexStateError:
    """For a model that only sentence-transformers can read, where that is not installed."""
    return IndexStateError(f"用模型 {setting} 需要 neural 组件:请运行 pip install 'ceyin[neural]'")


def broken(folder: Path) -> IndexStateError:
    """For a folder that holds no model, or not all of it."""
    return IndexStateError(f"模型文件夹 {folder} 缺失或不完整:请重新安装 ceyin,或换一个完整的模型文件夹")


def is_cross_encoder(folder: Path) -> bool:
    """Whether a model scores pairs of texts (a reranker) and gives no vectors; raises where there is no model.

    The one would be loaded as the other without complaint, with random weights where its own do not fit.
    """
    kind = configured(folder, "config_sentence_transformers.json").get("model_type")
    config = configured(folder, "config.json")
    if not config and not (folder / "modules.json").is_file():
        raise broken(folder)
    architectures = config.get("architectures") or ()
    return kind == "CrossEncoder" or any(str(a).endswith("ForSequenceClassification") for a in architectures)


def configured(folder: Path, file: str) -> dict[str, Any]:
    """What a configuration file of a model says; nothing where there is none, ``IndexStateError`` for a broken one."""
    path = folder / file
    try:
        found = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except (OSError, ValueError) as exc:
        raise broken(folder) from exc
    if not isinstance(found, dict):
        raise broken(folder)
    return found


def weights_hash(folder: Path) -> str:
    """Twelve hex digits over weights, tokenizer, settings and version of ``normalise``: all that shapes a result."""
    digest = hashlib.sha256(f"normalise {NORMALISE_VERSION}".encode())
    for path in sorted(folder.rglob("*")):
        if path.suffix in _SHAPING and path.name != "report.json" and path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode("utf-8"))
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:12]


def _tell_nobody() -> None:
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    os.environ["DO_NOT_TRACK"] = "1"


def _not_there(exc: BaseException) -> bool:
    from huggingface_hub.errors import RepositoryNotFoundError, RevisionNotFoundError

    return isinstance(exc, RepositoryNotFoundError | RevisionNotFoundError)
