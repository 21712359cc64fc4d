"""Words, spelling, BM25, building and searching, over policies of 示例市."""

from pathlib import Path

import numpy as np
import pytest

from ceyin.corpus.catalog import Catalog
from ceyin.corpus.database import open_database
from ceyin.corpus.errors import IndexStateError
from ceyin.corpus.library import Library
from ceyin.corpus.model import ClauseRef
from ceyin.corpus.read import decode_source, read_source
from ceyin.corpus.segment import parse
from ceyin.indexes import build, vectors
from ceyin.indexes.embedding import HashEmbedder
from ceyin.indexes.entries import Entry
from ceyin.indexes.hits import Hit, best_of, fuse
from ceyin.indexes.lexical import LexicalIndex
from ceyin.indexes.search import HybridSearch
from ceyin.indexes.spelling import correct
from ceyin.indexes.tokens import translate, words
from ceyin.indexes.vectors import VectorIndex

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


def test_ranking_drops_what_has_no_word_in_common_and_breaks_ties_by_reference(tmp_path: Path) -> None:
    texts = {"甲": "租金补贴", "乙": "租金补贴", "丙": "设备补助"}
    rows = [
        Entry(ClauseRef("shili", (k,)), tuple(words(t)), (t,), frozenset(words(t))) for k, t in texts.items()
    ]
    rows.sort(key=lambda e: e.ref)
    LexicalIndex.build(rows, tmp_path)
    index = LexicalIndex.load(tmp_path)
    found = index.search(words("租金"), 10)
    assert [h.ref.path for h in found] == sorted((("甲",), ("乙",)))
    assert index.idf("设备") > index.idf("租金")
    assert index.search(words("飞船"), 10) == []


def test_fusion_prefers_what_both_rankings_have() -> None:
    a, b, c = (ClauseRef("shili", (k,)) for k in "甲乙丙")
    first = [Hit(a, 9, 1, "words"), Hit(b, 8, 2, "words")]
    second = [Hit(c, 1, 1, "vectors"), Hit(b, 0.5, 2, "vectors")]
    assert fuse({"words": first, "vectors": second}, {}, 3, ("words",))[0].ref == b


def test_fusion_knows_by_how_much_a_clause_is_better() -> None:
    a, b = (ClauseRef("shili", (k,)) for k in "甲乙")
    words_ = [Hit(a, 40, 1, "words"), Hit(b, 10, 2, "words")]
    near = [Hit(b, 0.52, 1, "vectors"), Hit(a, 0.5, 2, "vectors")]
    fused = fuse({"words": words_, "vectors": near}, {}, 2, ("words",))
    assert [(h.ref, round(h.score, 2), h.rank) for h in fused] == [(a, 1.5, 1), (b, 0.77, 2)]
    assert fuse({"words": [], "vectors": []}, {}, 2, ("words",)) == []
    tied = fuse({"words": [Hit(a, 3, 1, "words"), Hit(b, 3, 2, "words")]}, {}, 2, ("words",))
    assert [h.ref for h in tied] == sorted((a, b))


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

    monkeypatch.setattr(VectorIndex, "build", broken)
    with pytest.raises(OSError, match="disk full"):
        build.build(tmp_path / "indexes", store, HashEmbedder(), force=True)
    assert build.status(tmp_path / "indexes", store, HashEmbedder()).folder == good
    assert [p for p in (tmp_path / "indexes").iterdir() if p.name.startswith(".") and p.is_dir()] == []


def test_a_broken_index_says_how_to_mend_it(tmp_path: Path) -> None:
    for kind in (LexicalIndex, VectorIndex):
        with pytest.raises(IndexStateError, match="ceyin index build"):
            kind.load(tmp_path / "none")


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


def test_the_store_finds_what_comparing_every_passage_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ["租金补贴每年一次", "设备补助", "人才落户", "展会参展补助", "租金减免"]
    rows = [
        Entry(ClauseRef("shili", (f"第{n}条",)), tuple(words(t)), (t, t[:3]), frozenset(words(t)))
        for n, t in enumerate(texts)
    ]
    VectorIndex.build(rows, HashEmbedder(), tmp_path)
    vector = HashEmbedder().embed_batch(["租金补贴"])[0]
    exact = VectorIndex.load(tmp_path).search(vector, 3)
    monkeypatch.setattr(vectors, "EXACT_UP_TO", 0)
    stored = VectorIndex.load(tmp_path).search(vector, 3)
    assert [h.ref for h in exact][:2] == [h.ref for h in stored][:2]
    assert exact[0].score == pytest.approx(stored[0].score, abs=1e-4)
