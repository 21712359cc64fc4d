"""Models by configuration: what the settings name is what searches, and a wrong name is one clear line."""

from pathlib import Path

import pytest

from ceyin.corpus.read import read_source
from ceyin.corpus.segment import parse
from ceyin.indexes.embedding import SHIPPED, StaticEmbedder
from ceyin.ui.app import open_app
from ceyin.ui.cli import main
from ceyin.ui.models import open_models
from ceyin.ui.settings import Settings, load_settings
from tests.indexes import tiny_models
from tests.ui.running import POLICY


def test_nothing_named_is_the_shipped_embedding_and_no_reranker(tmp_path: Path) -> None:
    models = open_models(Settings(home=tmp_path))
    assert models.embedder.name == StaticEmbedder.load().name
    assert models.scorer is None


@pytest.mark.parametrize("setting", ["CEYIN_EMBEDDING", "CEYIN_RERANKER"])
def test_a_model_that_is_not_there_ends_a_search_with_place_and_cure(
    setting: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(setting, "/nowhere/bge")
    monkeypatch.setattr("sys.argv", ["ceyin", "search", "租金补贴"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    line = capsys.readouterr().err.strip()
    assert "\n" not in line
    assert all(part in line for part in ("/nowhere/bge", "BAAI/bge-small-zh"))


@pytest.mark.neural
def test_what_the_environment_names_is_what_searches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CEYIN_EMBEDDING", str(tiny_models.embedding(tmp_path / "embedding")))
    monkeypatch.setenv("CEYIN_EMBEDDING_QUERY_PROMPT", "问:")
    monkeypatch.setenv("CEYIN_RERANKER", str(tiny_models.cross_encoder(tmp_path / "reranker")))
    settings = load_settings(tmp_path / "home")
    models = open_models(settings)
    assert models.embedder.dim == 16
    assert models.embedder.embed_queries(["租金"]).tolist() != models.embedder.embed_batch(["租金"]).tolist()
    app = open_app(settings)
    try:
        app.library.add(parse(read_source(POLICY)))
        assert {hit.source for hit in app.index().search("租用闲置厂房", 3)} == {"reranked"}
        first = app.index_status().folder
    finally:
        app.close()
    monkeypatch.setenv("CEYIN_EMBEDDING", str(SHIPPED))
    monkeypatch.delenv("CEYIN_EMBEDDING_QUERY_PROMPT")
    app = open_app(load_settings(tmp_path / "home"))
    try:
        assert not app.index_status().fresh, "another model: the vectors are another's"
        app.index()
        assert app.index_status().fresh
        assert app.index_status().folder != first
    finally:
        app.close()
