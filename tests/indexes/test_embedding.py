"""Every embedder keeps one contract, both readers of a model agree, and broken folders are named."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from ceyin.corpus.errors import IndexStateError
from ceyin.indexes.embedding import (
    SHIPPED,
    Embedder,
    HashEmbedder,
    StaticEmbedder,
    sentence_transformers_embedder,
    weights_hash,
)

TEXTS = [
    "示例市对首次通过认证的企业给予一次性补助2万元。",
    "专利转化专项资金的申报截止时间",
    "养老金怎么领?",
    "ISO 27001 认证 30%",
]


def _sentence_transformers() -> Embedder:
    return sentence_transformers_embedder(SHIPPED)


EMBEDDERS = [
    pytest.param(StaticEmbedder.load, id="static"),
    pytest.param(HashEmbedder, id="hash"),
    pytest.param(_sentence_transformers, id="sentence-transformers", marks=pytest.mark.neural),
]


@pytest.fixture(scope="module", params=EMBEDDERS)
def embedder(request: pytest.FixtureRequest) -> Embedder:
    make: Callable[[], Embedder] = request.param
    return make()


# ---- the contract of every embedder ----------------------------------------------------------------


def test_vectors_are_float32_rows_of_length_one(embedder: Embedder) -> None:
    vectors = embedder.embed_batch(TEXTS)
    assert vectors.shape == (len(TEXTS), embedder.dim)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_the_same_text_always_gets_the_same_vector(embedder: Embedder) -> None:
    np.testing.assert_array_equal(embedder.embed_batch(TEXTS), embedder.embed_batch(TEXTS))


def test_a_batch_gives_what_single_texts_give(embedder: Embedder) -> None:
    singles = np.concatenate([embedder.embed_batch([text]) for text in TEXTS])
    np.testing.assert_allclose(embedder.embed_batch(TEXTS), singles, atol=1e-6)


@pytest.mark.parametrize("empty", ["", "  \n\u3000", "\u200b"])
def test_an_empty_text_is_a_zero_vector_and_disturbs_no_neighbour(embedder: Embedder, empty: str) -> None:
    vectors = embedder.embed_batch([TEXTS[0], empty, TEXTS[1]])
    assert not vectors[1].any()
    np.testing.assert_allclose(vectors[[0, 2]], embedder.embed_batch(TEXTS[:2]), atol=1e-6)


def test_no_texts_give_no_rows(embedder: Embedder) -> None:
    assert embedder.embed_batch([]).shape == (0, embedder.dim)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("專利轉化專項資金什麼時候截止申報?", "专利转化专项资金什么时候截止申报?"),
        ("补助２万元（一次性）", "补助2万元(一次性)"),
        ("知识 产权\n保护", "知识产权保护"),
    ],
    ids=["traditional", "full width", "white space"],
)
def test_spelling_variants_of_one_text_get_one_vector(embedder: Embedder, one: str, other: str) -> None:
    first, second = embedder.embed_batch([one, other])
    np.testing.assert_array_equal(first, second)


def test_different_texts_get_different_vectors(embedder: Embedder) -> None:
    vectors = embedder.embed_batch(TEXTS)
    assert np.max(vectors @ vectors.T - np.eye(len(TEXTS))) < 0.9


# ---- what the shipped model knows --------------------------------------------------------------------


LAY_QUESTIONS = {
    "公司拖欠工资怎么办": "用人单位应当按月足额支付工资,不得克扣或者拖欠劳动者的劳动报酬。",
    "怎样才算侵犯商标": "未经许可使用注册商标的,构成侵权。",
    "孩子归谁养": "离婚后由父母一方抚养的未成年子女。",
    "小公司能拿多少补助": "对中小企业给予一次性奖励。",
}


@pytest.mark.parametrize("question", LAY_QUESTIONS)
def test_the_shipped_model_puts_the_matching_rule_first_for_a_lay_question(question: str) -> None:
    rules = [*LAY_QUESTIONS.values(), "申请人应当提交身份证明。", "专利申请应当提交说明书。"]
    vectors = StaticEmbedder.load().embed_batch([question, *rules])
    assert rules[int(np.argmax(vectors[1:] @ vectors[0]))] == LAY_QUESTIONS[question]


def test_the_report_beside_the_weights_describes_them() -> None:
    report = json.loads((SHIPPED / "report.json").read_text(encoding="utf-8"))
    shipped = StaticEmbedder.load()
    assert report["settings"]["dims"] == shipped.dim
    assert report["stard_dev"]["R@50"] >= report["stard_dev_float32"]["R@50"] - 0.01, "8 bits cost recall"
    assert sum(p.stat().st_size for p in SHIPPED.rglob("*") if p.is_file()) < 10_000_000


@pytest.mark.neural
def test_the_numpy_reader_and_sentence_transformers_give_the_same_vectors() -> None:
    torch_reader, numpy_reader = _sentence_transformers(), StaticEmbedder.load()
    texts = [
        *TEXTS,
        "",
        "法" * 5000,
        "䲜䲜",
        *(f"第{n}条 申报材料应当在{n}个工作日内提交" for n in range(50)),
    ]
    np.testing.assert_allclose(
        torch_reader.embed_batch(texts), numpy_reader.embed_batch(texts), atol=1e-6, rtol=0
    )
    assert torch_reader.name == numpy_reader.name, "an index stays good when the reader changes"


# ---- names and failures ------------------------------------------------------------------------------


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "model"))


def test_the_name_changes_with_one_weight_and_not_with_the_report(model: Path) -> None:
    before = weights_hash(model)
    assert before in StaticEmbedder.load(model).name
    (model / "report.json").write_text("{}", encoding="utf-8")
    assert weights_hash(model) == before
    raw = bytearray((model / "model.safetensors").read_bytes())
    raw[-1] ^= 1
    (model / "model.safetensors").write_bytes(raw)
    assert weights_hash(model) != before


def _cut(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def _foreign(path: Path) -> None:
    path.write_text('[{"type": "sentence_transformers.models.Transformer", "path": ""}]', encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "harm", "cure"),
    [
        ("modules.json", Path.unlink, "重新安装"),
        ("modules.json", _cut, "重新安装"),
        ("modules.json", _foreign, "neural"),
        ("tokenizer.json", Path.unlink, "重新安装"),
        ("tokenizer.json", _cut, "重新安装"),
        ("model.safetensors", Path.unlink, "重新安装"),
        ("model.safetensors", _cut, "重新安装"),
    ],
)
def test_a_broken_folder_is_named_with_its_cure(
    model: Path, file: str, harm: Callable[[Path], None], cure: str
) -> None:
    harm(model / file)
    with pytest.raises(IndexStateError, match=cure) as caught:
        StaticEmbedder.load(model)
    assert str(model) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_weights_of_another_tokenizer_are_refused(model: Path) -> None:
    tokenizer = json.loads((model / "tokenizer.json").read_text(encoding="utf-8"))
    last = tokenizer["model"]["merges"].pop()
    del tokenizer["model"]["vocab"]["".join(last)]
    (model / "tokenizer.json").write_text(json.dumps(tokenizer), encoding="utf-8")
    with pytest.raises(IndexStateError, match="不完整"):
        StaticEmbedder.load(model)


@pytest.mark.parametrize("load", [StaticEmbedder.load, sentence_transformers_embedder])
def test_a_missing_folder_is_named(tmp_path: Path, load: Callable[[Path], Embedder]) -> None:
    with pytest.raises(IndexStateError, match="nowhere"):
        load(tmp_path / "nowhere")


@pytest.mark.neural
def test_a_half_written_folder_is_named_by_the_torch_reader_too(model: Path) -> None:
    _cut(model / "model.safetensors")
    with pytest.raises(IndexStateError, match="不完整"):
        sentence_transformers_embedder(model)


def test_reading_the_shipped_model_never_imports_torch() -> None:
    code = (
        "import sys; from ceyin.indexes.embedding import StaticEmbedder;"
        "StaticEmbedder.load().embed_batch(['法']);"
        "sys.exit(any(m in sys.modules for m in ('torch', 'sentence_transformers', 'transformers')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
