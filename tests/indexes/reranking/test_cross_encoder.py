"""The first candidates read again by a cross-encoder: what it may change, what not, and a real model behind it."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ceyin.corpus.catalog import Catalog
from ceyin.corpus.database import open_database
from ceyin.corpus.errors import IndexStateError
from ceyin.corpus.library import Library
from ceyin.corpus.model import ClauseRef
from ceyin.corpus.read import read_source
from ceyin.corpus.segment import parse
from ceyin.indexes import build
from ceyin.indexes.embedding import HashEmbedder
from ceyin.indexes.hits import Hit
from ceyin.indexes.llama import ClauseRetriever
from ceyin.indexes.reranking.candidates import Candidate, candidates_of
from ceyin.indexes.reranking.cross_encoder import (
    DEPTH,
    CrossEncoderReranker,
    CrossEncoderScorer,
    PairScorer,
)
from ceyin.indexes.search import HybridSearch
from tests.indexes import tiny_models

POLICY = Path(__file__).parents[2] / "fixtures" / "shili.txt"


class Knowing(PairScorer):
    """Sure of the texts with a word in them."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.read: list[str] = []

    @property
    def name(self) -> str:
        return "knowing"

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        self.read += texts
        return np.asarray([float(self.word in text) for text in texts], dtype=np.float32)


def hits(count: int) -> list[Hit]:
    return [Hit(ClauseRef("shili", (f"第{n:03}条",)), 2.0 - n / 100, n, "fused") for n in range(1, count + 1)]


def own_names(refs: Iterable[ClauseRef]) -> dict[ClauseRef, Candidate]:
    return {ref: Candidate("", ref.path[0], False, True) for ref in refs}


def idf(word: str) -> float:
    return 3.0


def test_the_clause_the_reader_is_sure_of_comes_first_and_the_others_keep_their_order() -> None:
    found = CrossEncoderReranker(Knowing("第004条"), own_names).rerank("问", hits(6), idf)
    assert [h.ref.path[0] for h in found] == [f"第{n:03}条" for n in (4, 1, 2, 3, 5, 6)]
    assert [h.rank for h in found] == [1, 2, 3, 4, 5, 6]
    assert [h.score for h in found] == sorted((h.score for h in found), reverse=True)


def test_only_the_first_are_read_and_no_hit_is_lost() -> None:
    reader = Knowing("条")
    given = hits(DEPTH + 5)
    found = CrossEncoderReranker(reader, own_names).rerank("问", given, idf)
    assert len(reader.read) == DEPTH
    assert [h.ref for h in found] == [h.ref for h in given]


def test_a_clause_that_is_gone_keeps_what_the_search_gave_it() -> None:
    given = hits(3)

    def without_the_first(refs: Iterable[ClauseRef]) -> dict[ClauseRef, Candidate]:
        return {ref: c for ref, c in own_names(refs).items() if ref != given[0].ref}

    found = CrossEncoderReranker(Knowing("条"), without_the_first).rerank("问", given, idf)
    assert [h.ref for h in found] == [given[1].ref, given[2].ref, given[0].ref]


def test_nothing_found_stays_nothing() -> None:
    assert CrossEncoderReranker(Knowing("条"), own_names).rerank("问", [], idf) == []


@pytest.fixture
def store(tmp_path: Path) -> Library:
    library = Library(open_database(tmp_path), Catalog(policies=(), fingerprint="none"))
    library.add(parse(read_source(POLICY)))
    return library


def test_search_and_llama_index_give_the_order_of_the_reader(tmp_path: Path, store: Library) -> None:
    folder = build.build(tmp_path / "indexes", store, HashEmbedder())
    question = "租用闲置厂房每年最高补多少"
    plain = HybridSearch.open(folder, HashEmbedder()).search(question, DEPTH)
    last = next(c for p in store.policies() for c in p.clauses if c.ref == plain[-1].ref)
    reader = Knowing(last.text)
    search = HybridSearch.open(folder, HashEmbedder(), [CrossEncoderReranker(reader, candidates_of(store))])
    assert search.search(question, 1)[0].ref == last.ref != plain[0].ref
    assert len(reader.read) == len(plain) > 1, "one hit is asked for, all candidates are read"
    assert ClauseRetriever(search, store, top=1).retrieve(question)[0].node.get_content() == last.text


@pytest.mark.neural
def test_a_model_that_gives_one_figure_is_a_reranker(tmp_path: Path, store: Library) -> None:
    scorer = CrossEncoderScorer.load(tiny_models.cross_encoder(tmp_path / "model"))
    texts = ["每年租金补贴一万元", "申请材料", "设备" * 500, ""]
    found = scorer.scores("租金補貼多少", texts)
    assert found.shape == (4,)
    assert np.all((found > 0) & (found < 1))
    assert len(set(found.tolist())) == 4
    np.testing.assert_allclose(found[:1], scorer.scores("租金补贴多少", texts[:1]), atol=1e-5)
    assert scorer.scores("租金", []).shape == (0,)
    folder = build.build(tmp_path / "indexes", store, HashEmbedder())
    search = HybridSearch.open(folder, HashEmbedder(), [CrossEncoderReranker(scorer, candidates_of(store))])
    assert {h.source for h in search.search("租金补贴多少", 3)} == {"reranked"}


@pytest.mark.neural
def test_a_model_that_sorts_into_classes_is_none(tmp_path: Path) -> None:
    with pytest.raises(IndexStateError, match="3 个分数"):
        CrossEncoderScorer.load(tiny_models.cross_encoder(tmp_path / "model", labels=3))
