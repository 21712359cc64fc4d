"""Models named in the settings: found, fetched once, told apart, and never silently exchanged."""

import hashlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from ceyin.corpus.catalog import Catalog
from ceyin.corpus.database import open_database
from ceyin.corpus.errors import IndexStateError
from ceyin.corpus.library import Library
from ceyin.corpus.read import read_source
from ceyin.corpus.segment import parse
from ceyin.indexes import build
from ceyin.indexes.embedding import (
    SHIPPED,
    Prompts,
    StaticEmbedder,
    embedder_in,
    sentence_transformers_embedder,
)
from ceyin.indexes.pretrained import model_folder
from ceyin.indexes.reranking.cross_encoder import CrossEncoderScorer
from ceyin.indexes.search import HybridSearch
from tests.indexes import tiny_models

POLICY = Path(__file__).parents[1] / "fixtures" / "shili.txt"
QUESTION = "厂房租金补贴多少"


# ---- a folder or a name ------------------------------------------------------------------------------


def test_a_folder_is_taken_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "组织" / "模型").mkdir(parents=True)
    assert model_folder(str(tmp_path)) == tmp_path
    monkeypatch.chdir(tmp_path)
    assert model_folder("组织/模型") == Path("组织/模型")


@pytest.mark.parametrize("setting", ["/nowhere/at/all", "./models/bge", "bge-small-zh", "C:\\models"])
def test_what_is_neither_folder_nor_name_is_refused_with_the_cure(setting: str) -> None:
    with pytest.raises(IndexStateError, match="BAAI/bge-small-zh") as caught:
        model_folder(setting)
    assert setting in str(caught.value)


@contextmanager
def hub(files: dict[str, bytes]) -> Iterator[tuple[str, list[str]]]:
    """A hub on this machine with the one repository 示例's ``shili/tiny``; its address and what it was asked."""
    commit = "1" * 40
    asked: list[str] = []

    class Hub(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            path = self.path.split("?")[0]
            if path == "/api/models/shili/tiny/revision/main":
                self.give(json.dumps({"id": "shili/tiny", "sha": commit}).encode())
            elif path.startswith(f"/api/models/shili/tiny/tree/{commit}"):
                listed = [
                    {
                        "type": "file",
                        "path": name,
                        "size": len(raw),
                        "oid": hashlib.sha1(raw, usedforsecurity=False).hexdigest(),
                    }
                    for name, raw in files.items()
                ]
                self.give(json.dumps(listed).encode())
            elif (name := path.removeprefix(f"/shili/tiny/resolve/{commit}/")) in files:
                self.give(files[name])
            else:
                self.send_response(404)
                self.send_header("X-Error-Code", "RepoNotFound")
                self.send_header("Content-Length", "0")
                self.end_headers()

        do_HEAD = do_GET  # noqa: N815 - the name http.server calls

        def give(self, raw: bytes) -> None:
            self.send_response(200)
            self.send_header("ETag", f'"{hashlib.sha1(raw, usedforsecurity=False).hexdigest()}"')
            self.send_header("X-Repo-Commit", commit)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(raw)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def fetched(name: str, address: str, home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """``model_folder(name)`` in a process of its own, against the hub at ``address``."""
    code = "import sys; from ceyin.indexes.pretrained import model_folder; print(model_folder(sys.argv[1]))"
    environ = {k: v for k, v in os.environ.items() if not k.startswith("HF_")}
    environ |= {"HF_ENDPOINT": address, "HF_HOME": str(home), **more}
    return subprocess.run(
        [sys.executable, "-c", code, name], env=environ, capture_output=True, text=True, timeout=120
    )


def test_a_hub_name_is_fetched_once_and_then_read_from_the_disk(tmp_path: Path) -> None:
    files = {"modules.json": b"[]", "weights.safetensors": b"0123", "onnx/model.onnx": b"not needed"}
    with hub(files) as (address, asked):
        done = fetched("shili/tiny", address, tmp_path)
        assert done.returncode == 0, done.stderr
        folder = Path(done.stdout.strip())
        assert {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} == {
            "modules.json",
            "weights.safetensors",
        }
        assert all("shili/tiny" in path for path in asked), "nothing else is asked, nothing reported"
        asked.clear()
        again = fetched("shili/tiny", address, tmp_path)
        assert again.stdout == done.stdout
        assert asked == []


FAILURES = {
    "a name nobody has": ("shili/none", {}, "那里没有这个模型"),
    "a revision nobody has": ("shili/tiny@v9", {}, "那里没有这个模型"),
    "not allowed to ask": ("shili/tiny", {"HF_HUB_OFFLINE": "1"}, "HF_HUB_OFFLINE"),
}


@pytest.mark.parametrize(("name", "more", "reason"), FAILURES.values(), ids=FAILURES.keys())
def test_what_cannot_be_fetched_is_said_with_place_and_cure(
    tmp_path: Path, name: str, more: dict[str, str], reason: str
) -> None:
    with hub({}) as (address, _):
        done = fetched(name, address, tmp_path, **more)
    last = done.stderr.strip().splitlines()[-1]
    assert "IndexStateError" in last
    assert all(part in last for part in (name, address, reason, "文件夹"))


def test_a_hub_that_does_not_answer_is_named(tmp_path: Path) -> None:
    with hub({}) as (address, _):
        pass
    last = fetched("shili/tiny", address, tmp_path).stderr.strip().splitlines()[-1]
    assert address in last
    assert "连不上" in last


# ---- kinds of models ---------------------------------------------------------------------------------


def test_a_static_model_is_read_without_torch(tmp_path: Path) -> None:
    assert isinstance(embedder_in(SHIPPED), StaticEmbedder)


@pytest.mark.parametrize("load", [sentence_transformers_embedder, CrossEncoderScorer.load])
def test_without_the_neural_extra_the_command_that_adds_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, load: Callable[[Path], object]
) -> None:
    kind = "BertModel" if load is sentence_transformers_embedder else "BertForSequenceClassification"
    (tmp_path / "config.json").write_text(json.dumps({"architectures": [kind]}), encoding="utf-8")
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(IndexStateError, match=r"ceyin\[neural\]") as caught:
        load(tmp_path)
    assert str(tmp_path) in str(caught.value)


SWAPPED = {
    "a reranker that should give vectors": (
        sentence_transformers_embedder,
        {"architectures": ["XLMRobertaForSequenceClassification"]},
        "reranker",
    ),
    "vectors that should rerank": (CrossEncoderScorer.load, {"architectures": ["BertModel"]}, "embedding"),
    "a list where settings should be": (CrossEncoderScorer.load, [], "不完整"),
}


@pytest.mark.parametrize(("load", "config", "cure"), SWAPPED.values(), ids=SWAPPED.keys())
def test_a_model_of_the_other_kind_is_refused(
    tmp_path: Path, load: Callable[[Path], object], config: object, cure: str
) -> None:
    (tmp_path / "config.json").write_text(json.dumps(config), encoding="utf-8")
    with pytest.raises(IndexStateError, match=cure) as caught:
        load(tmp_path)
    assert str(tmp_path) in str(caught.value)


# ---- prompts -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_models.embedding(tmp_path_factory.mktemp("models") / "plain")


@pytest.fixture(scope="module")
def prompted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "prompted"
    return tiny_models.embedding(folder, prompts={"query": "问:", "passage": "材料:"})


@pytest.mark.neural
def test_without_prompts_question_and_passage_are_alike(plain: Path) -> None:
    embedder = embedder_in(plain)
    np.testing.assert_array_equal(embedder.embed_queries([QUESTION]), embedder.embed_batch([QUESTION]))
    assert embedder.embed_queries([""]).tolist() == [[0.0] * embedder.dim]


@pytest.mark.neural
def test_the_prompts_of_the_model_are_put_before_question_and_passage(plain: Path, prompted: Path) -> None:
    without, own = embedder_in(plain), embedder_in(prompted)
    np.testing.assert_allclose(
        own.embed_queries([QUESTION]), without.embed_batch([f"问:{QUESTION}"]), atol=1e-6
    )
    np.testing.assert_allclose(
        own.embed_batch([QUESTION]), without.embed_batch([f"材料:{QUESTION}"]), atol=1e-6
    )


@pytest.mark.neural
def test_prompts_of_the_settings_go_before_those_of_the_model(plain: Path, prompted: Path) -> None:
    without, given = embedder_in(plain), embedder_in(prompted, Prompts("多少", ""))
    np.testing.assert_allclose(
        given.embed_queries([QUESTION]), without.embed_batch([f"多少{QUESTION}"]), atol=1e-6
    )
    np.testing.assert_allclose(given.embed_batch([QUESTION]), without.embed_batch([QUESTION]), atol=1e-6)


@pytest.mark.neural
def test_only_a_prompt_of_passages_makes_the_stored_vectors_others(plain: Path) -> None:
    name = embedder_in(plain).name
    assert embedder_in(plain, Prompts("问:", None)).name == name
    assert embedder_in(plain, Prompts(None, "材料:")).name != name


@pytest.mark.neural
def test_a_static_model_with_prompts_of_its_own_keeps_them(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(SHIPPED), device="cpu", prompts={"query": "申请"}, local_files_only=True)
    model.save(str(tmp_path / "prompted"), create_model_card=False)
    embedder = embedder_in(tmp_path / "prompted")
    np.testing.assert_allclose(
        embedder.embed_queries([QUESTION]), StaticEmbedder.load().embed_batch([f"申请{QUESTION}"]), atol=1e-6
    )


# ---- an index knows its model ------------------------------------------------------------------------


@pytest.mark.neural
def test_another_model_builds_the_index_anew_and_never_mixes(tmp_path: Path, plain: Path) -> None:
    other = tiny_models.embedding(tmp_path / "other", seed=1)
    store = Library(open_database(tmp_path), Catalog(policies=(), fingerprint="none"))
    store.add(parse(read_source(POLICY)))
    indexes = tmp_path / "indexes"
    folders = {}
    for folder in (plain, other, SHIPPED):
        embedder = embedder_in(folder)
        assert not build.status(indexes, store, embedder).fresh
        folders[folder] = build.build(indexes, store, embedder)
        assert build.status(indexes, store, embedder).fresh
        assert HybridSearch.open(folders[folder], embedder).search(QUESTION, 3)
    assert len(set(folders.values())) == 3
    assert not build.status(indexes, store, embedder_in(plain)).fresh
