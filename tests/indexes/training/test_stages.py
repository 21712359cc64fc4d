"""The second stage: right documents are found by their letters, learnt against all others; members merge into one."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceyin.indexes.training.collection import Collection, Judged, collection
from ceyin.indexes.training.train_embedding import Settings, merge, train_tokenizer

ARTICLES = [
    {"id": 7, "name": "示例法第一条", "content": "企业应当按月支付工资。"},
    {"id": 9, "name": "示例法第二条", "content": "仓库应当配备灭火器。"},
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "stard"
    folder.mkdir()
    lines = [json.dumps(row, ensure_ascii=False) for row in ARTICLES]
    (folder / "corpus_rebuilt.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def test_a_right_document_is_known_with_its_name_without_it_and_with_other_marks(data: Path) -> None:
    pairs = {
        "asked": [
            ("发工资", "示例法第一条 企业应当按月支付工资"),
            ("发工资", "仓库,应当配备灭火器."),
            ("别的", "没有这一条。"),
        ],
        "card": [("去哪办", "窗口 到政务中心办")],
        "unused": [("不问", "企业应当按月支付工资。")],
    }
    found = collection(data, pairs, {"asked": 3, "card": 2})
    assert len(found.documents) == 3
    assert found.judged == [Judged("发工资", (0, 1), 3), Judged("去哪办", (2,), 2)]


@given(st.integers(2, 4), st.integers(0, 10_000))
def test_merging_one_model_with_itself_turned_keeps_every_angle(times: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows = rng.standard_normal((30, 6)).astype(np.float32)
    turns = [np.linalg.qr(rng.standard_normal((6, 6)))[0].astype(np.float32) for _ in range(times)]
    merged = merge([rows @ turn for turn in turns], 6)
    assert merged.shape == (30, 6)
    assert np.allclose(_cosines(merged), _cosines(rows), atol=1e-3)


def test_a_single_member_is_kept_as_it_is_but_for_its_length() -> None:
    rows = np.random.default_rng(0).standard_normal((5, 3)).astype(np.float32)
    assert np.allclose(_cosines(merge([rows], 3)), _cosines(rows), atol=1e-5)


def _cosines(rows: Any) -> Any:
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit @ unit.T


@pytest.mark.neural
def test_tokens_are_left_out_in_training_alone() -> None:
    import torch

    from ceyin.indexes.training.sharpening import DroppingEmbedding

    tokenizer = train_tokenizer(["企业应当按月支付工资"] * 3, Settings(vocabulary=50))
    module = DroppingEmbedding(tokenizer, embedding_dim=4, share=0.5)
    texts = ["企业应当按月支付工资" * 30, "工资"]
    whole = module.eval()(module.preprocess(texts))["sentence_embedding"]
    assert torch.equal(whole, module(module.preprocess(texts))["sentence_embedding"])
    torch.manual_seed(0)
    module.train()
    less = module(module.preprocess(texts))["sentence_embedding"]
    assert less.shape == whole.shape
    assert not torch.equal(less, whole)


@pytest.mark.neural
def test_the_loss_falls_when_the_right_document_is_nearer_and_ignores_other_right_ones() -> None:
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding

    from ceyin.indexes.training.sharpening import CollectionLoss

    words = ["甲", "乙", "丙", "丁"]
    tokenizer = train_tokenizer(["甲 乙 丙 丁 甲 乙 丙 丁"] * 3, Settings(vocabulary=8))
    rows = np.zeros((tokenizer.get_vocab_size(), 2), dtype=np.float32)
    places = {word: tokenizer.token_to_id(word) for word in words}
    for word, row in zip(words, ([1, 0], [1, 0], [1, 0.1], [0, 1]), strict=True):
        rows[places[word]] = row
    model = SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_weights=rows), Normalize()], device="cpu"
    )
    settings = replace(Settings(), mined=2, mined_from=3, drawn=3)

    def loss(right: tuple[int, ...]) -> float:
        made = CollectionLoss(model, Collection(["乙", "丙", "丁"], [Judged("甲", right, 1)]), settings)
        made.mine()
        return float(made([model.preprocess(["甲"])], torch.tensor([0])).detach())

    assert loss((0,)) < loss((2,))
    assert loss((0, 1)) < loss((0,))  # the second document, almost as near, counts as right too
