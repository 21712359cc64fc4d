"""The retrieval suite over a town that does not exist: measures, corpora, systems, secrecy, the report."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ceyin.corpus.catalog import Card, Catalog, CatalogPolicy
from ceyin.corpus.model import ClauseRef
from ceyin.evals.cases import CaseError
from ceyin.evals.command import Options, evaluation
from ceyin.evals.retrieval import questions as asked
from ceyin.evals.retrieval.corpora import open_corpora
from ceyin.evals.retrieval.figures import Outcome, difference, figures, outcome
from ceyin.evals.retrieval.llama_default import touched
from ceyin.evals.retrieval.measure import Material, Retrieval, measure
from ceyin.evals.retrieval.output import print_retrieval, report_json, write_retrieval
from ceyin.evals.retrieval.questions import Question, dev_cases, load_questions
from ceyin.evals.retrieval.stard import load_stard, plain_policy
from ceyin.evals.retrieval.suite import material
from ceyin.evals.retrieval.systems import Ours, Silent
from ceyin.indexes.embedding import HashEmbedder

from .making import case

A, B, C = (ClauseRef("shili-deng", (label,)) for label in ("第一条", "第二条", "第三条"))
PAGE = """示例市灯塔看护办法
(示灯发〔2024〕3号)

第一条 为管好海边的灯塔,制定本办法。
第二条 看护人每座灯塔每年补助1万元。
第三条 灯塔损坏的,七日内报灯塔中心修理。

示例市灯塔中心
2024年3月1日
"""
CARDS = (
    Card(path=("第二条",), digest="看灯塔的人一座一年拿1万元", questions=("看灯塔一年给多少钱",)),
    Card(path=("第三条",), digest="坏了七天内上报", questions=("灯塔坏了几天内要上报",)),
)
CATALOG = Catalog(
    policies=(
        CatalogPolicy(
            id="shili-deng",
            title="示例市灯塔看护办法",
            doc_number="示灯发〔2024〕3号",
            issuers=("示例市灯塔中心",),
            region="示例市",
            level="city",
            issued=date(2024, 3, 1),
            cards=CARDS,
        ),
    ),
    fingerprint="shili",
)


def question(name: str, text: str, *gold: ClauseRef, note: str = "plain") -> Question:
    wanted = [{"policy": g.policy_id, "path": g.path} for g in gold]
    return Question.model_validate({"id": name, "question": text, "gold": wanted, "note": note})


QUESTIONS = (
    question("Q1", "看护灯塔每年补助多少", B),
    question("Q2", "灯塔损坏几日内报修", C, note="figure"),
    question("Q3", "为什么要有这个办法", A),
)


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "deng.txt").write_text(PAGE, encoding="utf-8")
    return folder


# ---- measures ------------------------------------------------------------------------------------

RANKINGS = {
    "one clause, first": ([(A,)], [A], (1.0, 1.0, 1.0, 1.0)),
    "one clause, second": ([(B,), (A,)], [A], (0.0, 1.0, 0.5, 0.6309)),
    "one of two, first": ([(A,), (C,)], [A, B], (0.5, 0.5, 1.0, 0.6131)),
    "nothing found": ([(C,)], [A], (0.0, 0.0, 0.0, 0.0)),
    "a chunk with both counts no more than all": ([(A, B)], [A, B], (1.0, 1.0, 1.0, 1.0)),
    "a clause twice counts where it came first": ([(A,), (A,), (B,)], [B], (0.0, 1.0, 1 / 3, 0.5)),
}


@pytest.mark.parametrize(("ranking", "gold", "wanted"), RANKINGS.values(), ids=RANKINGS.keys())
def test_the_measures_of(
    ranking: list[tuple[ClauseRef, ...]], gold: Sequence[ClauseRef], wanted: tuple[float, ...]
) -> None:
    got = outcome(ranking, gold, 1.0)
    assert (got.recall(1), got.recall(3), got.reciprocal, got.gain) == pytest.approx(wanted, abs=1e-4)


def test_ranks_beyond_ten_count_for_recall_but_not_for_mrr_and_ndcg() -> None:
    late = Outcome((11,), 1.0)
    assert (late.recall(50), late.reciprocal, late.gain) == (1.0, 0.0, 0.0)


def test_no_questions_make_no_figure() -> None:
    assert (figures([]).n, figures([]).mrr, figures([]).p95_ms) == (0, 0.0, 0.0)


def test_a_difference_is_clear_only_where_its_range_leaves_zero_out() -> None:
    found, lost = Outcome((1,), 1.0), Outcome((None,), 1.0)
    better = difference([found] * 30, [lost] * 30, lambda o: o.recall(3))
    mixed = difference([found, lost] * 15, [lost, found] * 15, lambda o: o.recall(3))
    assert (better.mean, better.clear) == (1.0, True)
    assert (mixed.mean, mixed.clear) == (0.0, False)


def test_a_chunk_touches_the_clauses_it_shares_letters_with() -> None:
    parts = [(5, 10, A), (11, 20, B), (21, 30, C)]
    assert touched(parts, 8, 11) == {A}
    assert touched(parts, 8, 22) == {A, B, C}


# ---- questions -----------------------------------------------------------------------------------


def test_a_broken_line_is_named_and_never_printed(tmp_path: Path) -> None:
    file = tmp_path / "held.jsonl"
    for line in ('{"id": "X", "question": "秘密"', '{"id": "X", "question": "秘密", "gold": []}'):
        file.write_text(f"\n{line}\n", encoding="utf-8")
        with pytest.raises(CaseError, match=r"held.jsonl 第 2 行") as caught:
            load_questions(file)
        assert "秘密" not in str(caught.value)


def test_an_id_may_stand_once(tmp_path: Path) -> None:
    line = QUESTIONS[0].model_dump_json()
    (tmp_path / "q.jsonl").write_text(f"{line}\n{line}\n", encoding="utf-8")
    with pytest.raises(CaseError, match="Q1 用了两次"):
        load_questions(tmp_path / "q.jsonl")


def test_the_open_questions_are_whole_and_point_to_policies_of_the_catalog() -> None:
    from ceyin.corpus.catalog import load_catalog

    known = {p.id for p in load_catalog().policies}
    found = load_questions(asked.FOLDER / asked.OPEN)
    assert len(found) >= 200
    assert {g.policy for q in found for g in q.gold} <= known


def test_a_dev_case_needs_each_quote_and_one_of_the_alternatives(tmp_path: Path, pages: Path) -> None:
    wanted = case(
        turns=["灯塔坏了?", "几天内报?"],
        cite_all=[{"doc": "〔2024〕3号", "quote": "七日内报"}],
        cite_any=[{"doc": "灯塔看护", "quote": "补助1万元"}, {"doc": "灯塔看护", "quote": "没有这句"}],
    )
    with open_corpora(tmp_path, CATALOG, pages) as corpora:
        assert corpora.official is not None
        [found] = dev_cases([wanted, case("T2")], corpora.official.policies())
    assert found.groups == (frozenset({C}), frozenset({B}))
    assert (found.question, found.unreachable) == ("灯塔坏了? 几天内报?", 0)


# ---- corpora and systems -------------------------------------------------------------------------


def test_the_corpora_differ_in_cards_alone(tmp_path: Path, pages: Path) -> None:
    seen, names = {}, set()
    with open_corpora(tmp_path, CATALOG, pages) as found:
        for name in ("official", "questionless", "bare", "cards"):
            [policy] = getattr(found, name).policies()
            clause = next(c for c in policy.clauses if c.ref == B)
            asking = clause.card and len(clause.card.questions)
            seen[name] = (policy.entry is not None, clause.text_kind, asking)
            names.add(getattr(found, name).fingerprint())
    assert seen == {
        "official": (True, "official", 1),
        "questionless": (True, "official", 0),
        "bare": (False, "official", None),
        "cards": (True, "card", 1),
    }
    assert len(names) == 4


def test_words_alone_find_by_words_and_nothing_else(tmp_path: Path, pages: Path) -> None:
    embedder = HashEmbedder()
    with open_corpora(tmp_path, CATALOG, pages) as found:
        assert found.official is not None
        whole, words = Ours.over(tmp_path / "indexes", found.official, embedder)
    assert (B,) in whole.rank("看护灯塔每年补助多少", 3)
    assert (B,) in words.rank("看护灯塔每年补助多少", 3)
    assert words.rank("xyzzy", 3) == []
    assert not Silent(embedder).embed_batch(["灯塔"]).any()


# ---- the whole run -------------------------------------------------------------------------------


@pytest.fixture
def stard(tmp_path: Path) -> Path:
    """Three articles and two dev questions; the first one's article was also asked for in training."""
    folder = tmp_path / "stard"
    folder.mkdir()
    rows = [
        {"id": 1, "name": "示例市灯塔法第一条", "content": "灯塔夜里应当点亮。"},
        {"id": 2, "name": "示例市灯塔法第二条", "content": "看护人应当每日擦拭灯具。"},
        {"id": 3, "name": "示例市渡船规定", "content": "渡船不得超载。"},
    ]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "corpus_rebuilt.jsonl").write_text(lines, encoding="utf-8")
    (folder / "dev.query.txt").write_text("7\t灯塔夜里要不要点亮?\n8\t渡船能不能超载?\n", encoding="utf-8")
    (folder / "qrels.dev.tsv").write_text("7\t1\n8\t3\n", encoding="utf-8")
    (folder / "qrels.train.tsv").write_text("5\t0\t1\t1\n", encoding="utf-8")
    return folder


def run(given: Material, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Retrieval:
    monkeypatch.setattr("ceyin.evals.retrieval.measure.cache_folder", lambda: tmp_path / "cache")
    return measure(given, HashEmbedder())


def test_a_run_has_every_corpus_and_says_what_it_left_out(
    tmp_path: Path,
    pages: Path,
    stard: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    wanted = case(turns=["灯塔损坏几日内报修"], cite_all=[{"doc": "灯塔", "quote": "七日内报"}])
    given = Material("retrieval", QUESTIONS, pages=pages, cases=(wanted,), stard=stard, catalog=CATALOG)
    done = run(given, tmp_path, monkeypatch)
    assert [s.key for s in done.sections] == [
        "official",
        "bare",
        "cards",
        "stard",
        "stard-seen",
        "stard-unseen",
    ]
    official, bare, cards, *laws = done.sections
    assert official.rows[0].figures.recall[3] == 1.0
    assert (official.unreachable, bare.unreachable, cards.unreachable) == (0, 0, 1)
    assert {row.system for row in official.rows} >= {
        "只用词",
        "只用向量",
        "卡片不带问法",
        "基线:BM25 单字",
        "基线:BM25 结巴词",
        "基线:llama-index 默认",
    }
    assert [s.rows[0].figures.n for s in laws] == [2, 1, 1]
    assert laws[0].rows[0].figures.recall[1] == 1.0
    assert done.dev is not None
    assert (done.dev.n, done.dev.every["策引(混合)"][5], done.dev.missed) == (1, 1.0, ())
    page = write_retrieval(done, tmp_path / "out")
    assert "llama-index" in page.read_text(encoding="utf-8")
    assert json.loads((tmp_path / "out" / "retrieval.json").read_text(encoding="utf-8")) == report_json(done)
    print_retrieval(done)
    shown = capsys.readouterr().out
    assert "已发表:BM25" in shown
    assert "figure 100%(1)" in shown


def test_without_pages_and_data_the_cards_are_measured_and_the_reasons_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = run(Material("retrieval", QUESTIONS, catalog=CATALOG), tmp_path, monkeypatch)
    assert [s.key for s in done.sections] == ["cards"]
    assert done.dev is None
    assert any("corpus/" in line for line in done.skipped)
    assert any("data/stard/" in line for line in done.skipped)


def test_questions_set_aside_leave_no_id_and_no_word_in_any_report(
    tmp_path: Path, pages: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lost = question("SECRET-1", "飞船票价如何核定", ClauseRef("shili-none", ("第九条",)))
    given = Material("retrieval-held", (*QUESTIONS, lost), secret=True, pages=pages, catalog=CATALOG)
    done = run(given, tmp_path, monkeypatch)
    write_retrieval(done, tmp_path / "out")
    print_retrieval(done)
    written = [p.read_text(encoding="utf-8") for p in sorted((tmp_path / "out").iterdir())]
    for text in (*written, capsys.readouterr().out):
        assert "SECRET" not in text
        assert "飞船" not in text
    assert done.sections[0].missed == ()
    assert done.sections[0].rows[0].figures.n == 4


def test_the_set_aside_questions_are_read_only_by_their_own_suite(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def recording(path: Path) -> tuple[Question, ...]:
        read.append(path.name)
        return QUESTIONS

    monkeypatch.setattr("ceyin.evals.retrieval.suite.load_questions", recording)
    nowhere: dict[str, Any] = {"CEYIN_SHARED": "/nonexistent"}
    assert not material("retrieval", nowhere, secret=False).secret
    assert material("retrieval-held", nowhere, secret=True).secret
    assert read == ["open.jsonl", "held.jsonl"]


def test_broken_benchmark_data_say_where(stard: Path) -> None:
    (stard / "qrels.dev.tsv").write_text("7\t99\n", encoding="utf-8")
    with pytest.raises(CaseError, match="STARD"):
        load_stard(stard)


def test_two_articles_of_one_number_keep_a_place_each(stard: Path) -> None:
    row = {"id": 4, "name": "示例市灯塔法第一条", "content": "另一部同名的规定。"}
    with (stard / "corpus_rebuilt.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
    refs = [c.ref.path for p in load_stard(stard).library.policies() for c in p.clauses]
    assert sorted(refs) == sorted([("第一条",), ("第二条",), ("第一条#2",), ("全文",)])


def test_a_plain_policy_claims_nothing() -> None:
    policy = plain_policy("law-1", "示例市灯塔法", ())
    assert (policy.entry, policy.issued, policy.doc_number) == (None, None, None)


@pytest.mark.parametrize("suite", ["retrieval", "retrieval-held"])
def test_the_command_runs_the_suite_without_opening_the_assistant(
    suite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opener() -> Any:
        raise AssertionError("the assistant is not needed")

    monkeypatch.setattr("ceyin.evals.retrieval.suite.load_questions", lambda _: QUESTIONS)
    monkeypatch.setattr("ceyin.evals.retrieval.measure.load_catalog", lambda: CATALOG)
    options = Options(suites=(suite,), out=tmp_path / "out")
    assert evaluation(options, opener, {"CEYIN_SHARED": "/nonexistent"}) == 0
    written = json.loads((tmp_path / "out" / f"{suite}.json").read_text(encoding="utf-8"))
    assert [s["key"] for s in written["sections"]] == ["cards"]
    assert bool(written["sections"][0]["missed"]) is (suite == "retrieval")
