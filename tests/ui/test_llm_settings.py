"""A language model by configuration: off unless named, its key never shown, a wrong setting is one clear line."""

import importlib.util
from pathlib import Path

import pytest

from ceyin.corpus.errors import CeyinError
from ceyin.ui.models import open_writer
from ceyin.ui.settings import Settings, load_settings

KEY = "sk-secret-0123456789"
ON = {"llm_url": "http://127.0.0.1:1/v1", "llm_model": "m"}


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def settings(tmp_path: Path, **fields: object) -> Settings:
    return Settings.model_validate({"home": tmp_path, **fields})


@pytest.mark.parametrize(
    "fields",
    [{}, {"llm_model": "m", "llm_key": KEY}, {**ON, "llm_word": False}],
    ids=["nothing", "no address", "both off"],
)
def test_no_model_is_asked_unless_one_is_named_and_wanted(tmp_path: Path, fields: dict[str, object]) -> None:
    assert open_writer(settings(tmp_path, **fields)) is None


def test_a_model_that_is_named_is_opened(tmp_path: Path) -> None:
    pytest.importorskip("llama_index.llms.openai_like")
    assert open_writer(settings(tmp_path, **ON, llm_tokens_per_day=1000)) is not None


WRONG = {
    "no model": ({"llm_url": ON["llm_url"]}, "CEYIN_LLM_MODEL"),
    "a budget without a price": ({**ON, "llm_budget_cny_per_day": 3}, "CEYIN_LLM_TOKENS_PER_DAY"),
    "a key of two lines": ({**ON, "llm_key": f"{KEY}\n{KEY}"}, "CEYIN_LLM_KEY"),
    "a key with Chinese in it": ({**ON, "llm_key": f"{KEY}密钥"}, "CEYIN_LLM_KEY"),
    "a file that is not there": ({**ON, "llm_key_file": "/nowhere/key"}, "/nowhere/key"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_setting_is_one_line_with_the_cure(tmp_path: Path, name: str) -> None:
    pytest.importorskip("llama_index.llms.openai_like")
    fields, cure = WRONG[name]
    with pytest.raises(CeyinError) as raised:
        open_writer(settings(tmp_path, **fields))
    assert cure in str(raised.value)
    assert "\n" not in str(raised.value)
    assert KEY not in repr(raised.value)


def test_without_the_extra_the_error_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(CeyinError, match=r"pip install 'ceyin\[llm\]'"):
        open_writer(settings(tmp_path, **ON))


@pytest.mark.parametrize(
    "address",
    [
        f"http://user:{KEY}@host/v1",
        f"https://host/v1?key={KEY}",
        f"ftp://{KEY}/v1",
        f"{KEY}",
        f"http://host:{KEY}/v1",
    ],
)
def test_a_wrong_address_is_refused_without_being_repeated(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CEYIN_LLM_URL", address)
    with pytest.raises(CeyinError) as raised:
        load_settings()
    assert "CEYIN_LLM_URL" in str(raised.value)
    assert KEY not in str(raised.value)


def test_a_key_comes_from_the_environment_or_a_file_and_is_never_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("llama_index.llms.openai_like")
    (tmp_path / "key").write_text(f"{KEY}-of-file\n")
    for fields, expected in (({"llm_key_file": tmp_path / "key"}, f"{KEY}-of-file"), ({}, None)):
        writer = open_writer(settings(tmp_path, **ON, **fields))
        assert writer is not None
        assert writer._caller._model.endpoint.key == expected
    monkeypatch.setenv("CEYIN_LLM_KEY", KEY)
    loaded = load_settings(tmp_path)
    assert loaded.llm_key is not None and loaded.llm_key.get_secret_value() == KEY
    assert KEY not in repr(loaded) + str(loaded) + loaded.model_dump_json()
