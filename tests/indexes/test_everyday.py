"""Everyday words for what stands in a clause, on clauses of 示例市."""

from dataclasses import replace
from pathlib import Path

import pytest

from ceyin.corpus.catalog import Card, Catalog
from ceyin.corpus.database import open_database
from ceyin.corpus.library import Library
from ceyin.corpus.model import ClauseRef
from ceyin.corpus.read import decode_source
from ceyin.corpus.segment import parse
from ceyin.corpus.stored import StoredClause
from ceyin.indexes import build
from ceyin.indexes.embedding import HashEmbedder
from ceyin.indexes.entries import entries
from ceyin.indexes.everyday import (
    MOST_TERMS,
    EverydayListError,
    asked_of,
    asking_words,
    official_words,
    read_bridge,
)
from ceyin.indexes.search import HybridSearch
from ceyin.indexes.tokens import WORDS_FOLDER, word_parts, words


def clause(text: str, heading: str = "", trail: tuple[str, ...] = ()) -> StoredClause:
    ref = ClauseRef("shili", ("一",))
    return StoredClause(ref, 0, heading, trail, text, "official", None, False, None, None, None)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("示例市对首店给予一次性奖励。", "奖多少"),
        ("店铺每家补8万元。", "多少钱"),
        ("收到材料后十五个工作日内答复。", "几天"),
        ("按租金的40%计算。", "百分之几"),
        ("年满六十五周岁的店主。", "几岁"),
        ("本规定自2024年5月1日起施行。", "什么时候"),
        ("咨询请拨0799-1234567。", "电话"),
        ("店主可以解除劳动合同。", "辞退"),
        ("租客与出租人各执一份。", "房东"),
    ],
)
def test_everyday_words_come_from_terms_and_figures(text: str, word: str) -> None:
    assert word in asked_of(clause(text))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("示例市的集市每周开放。", "多少钱"),  # no amount, no term of money
        ("集市设在示例路12号。", "几天"),
        ("示例市有三条河。", "什么时候"),
    ],
)
def test_what_does_not_stand_there_is_not_asked(text: str, word: str) -> None:
    assert word not in asked_of(clause(text))


def test_headings_ask_too_and_traditional_script_asks_the_same() -> None:
    assert "门槛" in asked_of(clause("开店满一年。", heading="申报条件"))
    assert "门槛" in asked_of(clause("开店满一年。", trail=("申报条件",)))
    assert asked_of(clause("解除勞動合同的,應當書面告知。")) == asked_of(
        clause("解除劳动合同的,应当书面告知。")
    )


def test_each_word_and_each_token_counts_once() -> None:
    asked = asked_of(clause("给予奖励;奖励资金拨付后,再给予补助,补贴5万元。"))
    assert len(asked) == len(set(asked))
    tokens = asking_words(asked)
    assert tokens
    assert len(tokens) == len(set(tokens))


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("辞退 炒鱿鱼", "应为"),
        (" = 辞退", "应为"),
        ("解除劳动合同 = ", "应为"),
        ("@颜色 = 什么色", "没有 @颜色"),
        ("店 = 铺子", "太短"),
    ],
)
def test_a_wrong_line_is_named(line: str, complaint: str) -> None:
    with pytest.raises(EverydayListError, match=f"第 2 行.*{complaint}"):
        read_bridge(f"# a comment\n{line}\n")


def test_no_term_has_the_same_words_on_two_lines() -> None:
    """A line twice over would be one forgotten; the list as shipped can be read."""
    lines = (WORDS_FOLDER / "everyday.txt").read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if line and not line.startswith("#")]
    assert len(lines) == len(set(lines))


TEXT = """示例市店铺扶持规定
第一条 对首次开设的店铺,给予一次性资助,最高不超过8万元。
第二条 用人单位解除劳动合同的,应当提前三十日通知劳动者。
第三条 店铺应当悬挂统一的门头标识。
第四条 市集管理处每周公布摊位情况。
"""


def test_a_clause_without_a_card_is_found_by_everyday_words(tmp_path: Path) -> None:
    library = Library(open_database(tmp_path / "home"), Catalog(policies=(), fingerprint="none"))
    library.add_all([parse(decode_source(TEXT.encode(), address="shili.txt"))])
    embedder = HashEmbedder()
    search = HybridSearch.open(build.build(tmp_path / "index", library, embedder), embedder)
    assert search.search("干了两年被炒鱿鱼", 1)[0].ref.path[-1] == "第二条"


def test_a_clause_with_a_card_has_the_cards_words_alone(tmp_path: Path) -> None:
    library = Library(open_database(tmp_path / "home"), Catalog(policies=(), fingerprint="none"))
    library.add_all([parse(decode_source(TEXT.encode(), address="shili.txt"))])
    (policy,) = library.policies()
    card = Card(path=("第二条",), heading="通知", digest="先说一声再走", questions=("走之前要说一声吗",))
    carded = replace(
        policy,
        clauses=tuple(replace(c, card=card) if c.ref.path[-1] == "第二条" else c for c in policy.clauses),
    )
    bare_words = {e.ref.path[-1]: set(e.tokens) for e in entries(policy)}
    card_words = {e.ref.path[-1]: set(e.tokens) for e in entries(carded)}
    assert "炒鱿鱼" in bare_words["第二条"]
    assert "炒鱿鱼" not in card_words["第二条"]
    assert card_words["第一条"] == bare_words["第一条"]


def test_a_question_points_to_the_official_terms_its_words_may_mean() -> None:
    found = official_words("干了两年被炒鱿鱼")
    assert {"解除", "劳动合同"} <= {token for term in found for token in (term, *word_parts(term))}
    assert len(found) == len(set(found))
    assert not [token for token in found if token.startswith("_")]


def test_a_term_the_question_names_itself_is_not_added() -> None:
    assert "出租人" in official_words("房东不退钱")
    assert "出租人" not in official_words("房东就是出租人,他不退钱")


def test_a_word_that_may_mean_too_many_things_points_nowhere() -> None:
    few = read_bridge("甲乙 丙丁 = 铺子\n")
    many = read_bridge(f"{' '.join(f'甲乙{n}' for n in range(MOST_TERMS + 1))} = 铺子\n")
    assert [word for word, _ in few.official["铺子"]] == ["铺子"]
    assert not many.official
    assert not read_bridge("甲乙 = 店\n").official, "one character stands in too many words"


def test_every_clause_is_found_by_the_number_of_its_policy_in_any_form(tmp_path: Path) -> None:
    library = Library(open_database(tmp_path / "home"), Catalog(policies=(), fingerprint="none"))
    library.add_all([parse(decode_source(TEXT.encode(), address="shili.txt"))])
    (policy,) = library.policies()
    numbered = replace(policy, doc_number="示政发〔2026〕28号")
    for said in ("28号文", "示政发〔2026〕28号"):
        assert all(set(words(said)) <= set(e.tokens) for e in entries(numbered))
        assert not any(set(words(said)) <= set(e.tokens) for e in entries(policy))
