"""Words, spelling, BM25, building and searching, over policies of 示例市."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ceyin.corpus.catalog import Catalog
from ceyin.corpus.database import open_database
from ceyin.corpus.errors import IndexStateError
from ceyin.corpus.library import Library
from ceyin.corpus.model import ClauseRef
from ceyin.corpus.read import decode_source, read_source
from ceyin.corpus.segment import parse
from ceyin.indexes import build
from ceyin.indexes.embedding import HashEmbedder, Vectors, unit_rows
from ceyin.indexes.entries import Entry
from ceyin.indexes.hits import Found, Hit, best_of, fuse, spread
from ceyin.indexes.lexical import LexicalIndex, WordWriter
from ceyin.indexes.search import HybridSearch
from ceyin.indexes.spelling import correct
from ceyin.indexes.tokens import translate, words
from ceyin.indexes.vectors import VectorIndex, VectorWriter

POLICY = Path(__file__).parents[1] / "fixtures" / "shili.txt"


def library(home: Path) -> Library:
    return Library(open_database(home), Catalog(policies=(), fingerprint="none"))


SLIPS = {
    "江宁对搞非正长专利申情的代理": "江宁对搞非正常专利申请的代理",
    "贯表认证花了两万": "贯标认证花了两万",
    "俺公司有俩自己的发名专利": "俺公司有俩自己的发明专利",
}
SOUND = [
    "企业申请补贴要什么材料?",
    "示范区称号能用几年?",
    "证书到期以后怎么办",
    "补贴两万元批不批",
    "How long may we use the title?",
]


@pytest.mark.parametrize(("slip", "right"), SLIPS.items())
def test_a_term_that_sounds_right_is_put_right(slip: str, right: str) -> None:
    assert correct(slip) == right


@pytest.mark.parametrize("text", SOUND)
def test_sound_sentences_are_left_alone(text: str) -> None:
    assert correct(text) == text


def test_both_scripts_give_the_same_words() -> None:
    assert words("示例市知識產權補貼") == words("示例市知识产权补贴")
    assert "知识产权" in words("示例市知识产权补贴")


def test_word_search_drops_what_has_no_word_in_common(tmp_path: Path) -> None:
    texts = {"甲": "租金补贴", "乙": "租金补贴", "丙": "设备补助"}
    rows = [
        Entry(ClauseRef("shili", (k,)), tuple(words(t)), (t,), frozenset(words(t))) for k, t in texts.items()
    ]
    rows.sort(key=lambda e: e.ref)
    with WordWriter(tmp_path) as writer:
        for row, entry in enumerate(rows):
            writer.add(row, 0, entry)
    index = LexicalIndex.load(tmp_path)
    found = index.search(words("租金"), 10)
    assert sorted(found.rows.tolist()) == [r for r, e in enumerate(rows) if "租金补贴" in e.passages]
    assert found.scores[0] == found.scores[1] > 0
    assert index.idf("设备") > index.idf("租金")
    assert index.idf("") > index.idf("设备")
    assert len(index.search(words("飞船"), 10).rows) == 0


def found(scores: dict[int, float]) -> Found:
    return Found(np.array(list(scores), dtype=np.int64), np.array(list(scores.values()), dtype=np.float32))


def fused(rankings: dict[str, dict[int, float]], weights: dict[str, float]) -> dict[int, float]:
    got = fuse({name: found(scores) for name, scores in rankings.items()}, weights)
    return {int(row): round(float(score), 2) for row, score in zip(got.rows, got.scores, strict=True)}


def test_fusion_prefers_what_both_rankings_have() -> None:
    scores = fused({"words": {1: 9, 2: 8}, "vectors": {3: 1, 2: 0.5}}, {"words": 0.1, "vectors": 1.0})
    assert max(scores, key=lambda row: scores[row]) == 2


def test_fusion_knows_by_how_much_a_clause_is_better() -> None:
    weights = {"words": 0.025, "vectors": 1.0}
    assert fused({"words": {1: 40, 2: 10}, "vectors": {2: 0.52, 1: 0.5}}, weights) == {1: 1.5, 2: 0.77}
    assert fused({"words": {}, "vectors": {}}, weights) == {}


def test_no_clause_scores_more_than_a_question_is_worth(tmp_path: Path) -> None:
    said = ["租金 租金 租金 租金 租金 租金 租金 租金 设备", "租金", "补贴 设备"]
    with WordWriter(tmp_path) as writer:
        for row, text in enumerate(said):
            writer.add(row, 0, Entry(ClauseRef("p", (str(row),)), tuple(text.split()), (text,), frozenset()))
    index = LexicalIndex.load(tmp_path)
    for asked in (["租金"], ["租金", "设备"], ["租金", "飞船"], ["租金", "_飞船"]):
        assert 0 < index.search(asked, 10).scores.max() < index.whole(asked)
    assert index.whole(["租金", "飞船"]) > index.whole(["租金", "_飞船"]) == index.whole(["租金"])
    assert index.whole([]) > 0


class Deaf(HashEmbedder):
    """Questions come out nearly at right angles to every passage, as words no model knows do."""

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Almost all in a direction no passage has."""
        known = super().embed_queries(texts)
        strange = np.random.default_rng(0).standard_normal(known.shape)
        return unit_rows(0.1 * known + strange / np.linalg.norm(strange, axis=1, keepdims=True))


def test_vectors_that_are_near_to_nothing_do_not_rank(tmp_path: Path, shelf: Any) -> None:
    shelf.put("shili", ["码头减免租金", "仓库补贴电费", "渔船补贴柴油"], title="示例市补贴办法")
    built = build.build(tmp_path, shelf, HashEmbedder())
    said = "渔船柴油"
    deaf = HybridSearch.open(built, Deaf()).search(said, 3)
    assert deaf[0].ref.path == HybridSearch.open(built, HashEmbedder()).search(said, 3)[0].ref.path
    words_alone = [h for h in deaf if h.score > 0]
    assert len(words_alone) < 3  # a clause without any of the words is not dragged in by the vectors


def hits(*policies: str) -> list[Hit]:
    return [Hit(ClauseRef(p, (str(n),)), 1 / n, n, "fused") for n, p in enumerate(policies, 1)]


@pytest.mark.parametrize(
    ("found_in", "top", "shown"),
    [
        ("aaaaaab", 5, "aaaab"),
        ("aaaaaabc", 10, "aaaaaabc"),
        ("aaaaaaaaaabca", 10, "aaaaaaaabc"),
        ("abaaaaac", 5, "abaaa"),
        ("aaaab", 4, "aaaa"),
        ("aaaaaa", 5, "aaaaa"),
        ("", 5, ""),
    ],
)
def test_one_long_policy_does_not_fill_the_list(found_in: str, top: int, shown: str) -> None:
    kept = spread(hits(*found_in), top)
    assert "".join(hit.ref.policy_id for hit in kept) == shown
    assert [hit.rank for hit in kept] == list(range(1, len(shown) + 1))


def test_ties_break_by_reference(tmp_path: Path, shelf: Any) -> None:
    for policy_id in ("shili-b", "shili-a"):
        shelf.put(policy_id, ["每座码头减免1万元"] * 2, title="示例市码头办法")
    search = HybridSearch.open(build.build(tmp_path, shelf, HashEmbedder()), HashEmbedder())
    four = search.search("每座码头减免1万元", 4)
    assert len({hit.score for hit in four}) == 1
    assert [hit.ref for hit in four] == sorted(hit.ref for hit in four)
    assert {hit.ref.policy_id for hit in four} == {"shili-a", "shili-b"}


QUERIES = {
    "its own words": "租用闲置厂房每年最高补多少",
    "traditional characters": "租用閒置廠房補貼多少",
    "an everyday word": "租厂子能贴多少租金",
}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
def test_the_clause_is_found_by(tmp_path: Path, query: str) -> None:
    store = library(tmp_path)
    store.add(parse(read_source(POLICY)))
    folder = build.build(tmp_path / "indexes", store, HashEmbedder())
    hits = HybridSearch.open(folder, HashEmbedder()).search(query, 3)
    assert ("第四条",) in [h.ref.path for h in hits]


def test_an_index_is_built_once_and_again_when_the_store_changes(tmp_path: Path) -> None:
    store = library(tmp_path)
    store.add(parse(read_source(POLICY)))
    first = build.build(tmp_path / "indexes", store, HashEmbedder())
    assert build.build(tmp_path / "indexes", store, HashEmbedder()) == first
    more = "示例市灯塔办法\n\n第一条 每座灯塔补助1万元。\n第二条 本办法由灯塔中心解释。\n"
    store.add(parse(decode_source(more.encode(), address="more.txt")))
    assert not build.status(tmp_path / "indexes", store, HashEmbedder()).fresh
    second = build.build(tmp_path / "indexes", store, HashEmbedder())
    assert second != first
    assert build.status(tmp_path / "indexes", store, HashEmbedder()).fresh


def test_a_build_that_breaks_leaves_the_last_one_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = library(tmp_path)
    store.add(parse(read_source(POLICY)))
    good = build.build(tmp_path / "indexes", store, HashEmbedder())

    def broken(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(VectorWriter, "add", broken)
    with pytest.raises(OSError, match="disk full"):
        build.build(tmp_path / "indexes", store, HashEmbedder(), force=True)
    assert build.status(tmp_path / "indexes", store, HashEmbedder()).folder == good
    assert [p for p in (tmp_path / "indexes").iterdir() if p.name.startswith(".") and p.is_dir()] == []


def test_a_broken_index_says_how_to_mend_it(tmp_path: Path) -> None:
    with pytest.raises(IndexStateError, match="ceyin index build"):
        LexicalIndex.load(tmp_path / "none")
    with pytest.raises(IndexStateError, match="ceyin index build"):
        VectorIndex.load([tmp_path / "none"], 256)
    with pytest.raises(IndexStateError, match="ceyin index build"):
        HybridSearch.open(tmp_path / "none", HashEmbedder())


ENGLISH = {
    "a term": ("pledge financing for patents", ("质押融资", "专利")),
    "the longer term, not the shorter in it": ("geographical indication", ("地理标志",)),
    "several, and capital letters": (
        "Which Subsidies for SMEs",
        ("补贴", "资助", "补助", "中小企业", "小微企业"),
    ),
    "no part of another word": ("a taxonomy of grantees", ()),
    "nothing in Chinese": ("示例市的补贴", ()),
}


@pytest.mark.parametrize(("text", "found"), ENGLISH.values(), ids=ENGLISH.keys())
def test_english_terms_are_looked_for_by_what_the_texts_call_them(text: str, found: tuple[str, ...]) -> None:
    assert translate(text) == list(found)


BEST = {
    "the best two": ([1.0, 3.0, 2.0, 0.5], 2, [1, 2]),
    "a tie with the last keeps both": ([1.0, 3.0, 1.0, 0.5], 2, [0, 1, 2]),
    "nothing at zero or below": ([0.0, -1.0, 2.0], 3, [2]),
    "fewer than asked for": ([1.0, 2.0], 5, [0, 1]),
}


@pytest.mark.parametrize(("scores", "top", "places"), BEST.values(), ids=BEST.keys())
def test_the_best_of_many_scores(scores: list[float], top: int, places: list[int]) -> None:
    assert sorted(best_of(np.asarray(scores, dtype=np.float32), top).tolist()) == places


@pytest.mark.parametrize("dim", [100, 256])
def test_looking_by_signs_first_finds_what_comparing_every_passage_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dim: int
) -> None:
    embedder, rng = HashEmbedder(dim), np.random.default_rng(0)
    texts = ["".join(rng.choice(list("租金补贴设备人才落户展会参减免申请"), 12)) for _ in range(600)]
    with VectorWriter(tmp_path, embedder) as writer:
        for row, text in enumerate(texts):
            writer.add(row, (text, text[:3]))
    vectors = embedder.embed_batch(texts)
    index = VectorIndex.load([tmp_path], dim)
    exact = index.search(vectors[7], 5)
    near = np.maximum(vectors @ vectors[7], embedder.embed_batch([t[:3] for t in texts]) @ vectors[7])
    assert np.sort(exact.scores)[-5:] == pytest.approx(np.sort(near)[-5:], abs=0.01)
    assert exact.scores.max() == pytest.approx(1, abs=0.01)
    monkeypatch.setattr("ceyin.indexes.vectors._COMPARED", 200)
    monkeypatch.setattr("ceyin.indexes.vectors._SHARE", 0)
    by_signs = VectorIndex.load([tmp_path], dim).search(vectors[7], 5)
    assert len(set(by_signs.rows.tolist()) & set(exact.rows.tolist())) >= 4
