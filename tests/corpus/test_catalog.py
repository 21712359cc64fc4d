"""The catalog refuses what a slip of the pen would hide, and the shipped cards say what the pages say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ceyin.corpus.catalog import Catalog, CatalogPolicy, load_catalog
from ceyin.corpus.errors import CatalogError
from ceyin.corpus.joining import number_key, title_keys
from ceyin.corpus.model import Clause, ParsedPolicy
from ceyin.corpus.normalise import normalise
from ceyin.corpus.read import read_source
from ceyin.corpus.segment import parse

SHIPPED = {
    "cnipa-2016-86",
    "cnipa-2023-28",
    "cnipa-2024-31",
    "cnipa-2024-33",
    "cnipa-2024-5",
    "cnipa-2025-5",
    "cnipa-inclusive-service-2023",
    "fuzhou-geti-2023",
    "fuzhou-high-value-patent-2023",
    "fuzhou-ip-fund-2023",
    "fuzhou-pilot-city-2024",
    "fuzhou-strong-city-plan-2023",
    "ip-power-plan-2024",
    "jiangxi-strong-province-2022",
    "miit-2023-48",
    "nanjing-2024-11",
    "sichuan-ip-services-2023",
    "state-council-patent-2023",
}
STUBS = {"cnipa-2024-5", "ip-power-plan-2024", "miit-2023-48"}

GOOD = """\
id: shili-2024-7
title: 示例市小店开门补贴办法
issuers: [示例市人民政府]
region: 示例市
level: city
issued: 2024-01-02
cards:
  - path: ["第一条"]
    heading: 目的
    digest: 为了让小店开得起来。
  - path: ["第二条"]
    heading: 标准
    digest: "每家小店一次性给 3000 元。"
    questions: ["开个小店能拿多少钱?"]
"""

SLIPS = {
    "an unknown key of the policy": (
        "issued:",
        "isued:",
        ("shili-2024-7.yaml", "第 6 行", "isued", "是不是想写 “issued”"),
    ),
    "an unknown key of a card": (
        "    questions:",
        "    question:",
        ("shili-2024-7.yaml", "第 14 行", "cards.1.question", "是不是想写 “questions”"),
    ),
    "a key like no other": (
        "    questions:",
        "    zzzz:",
        ("shili-2024-7.yaml", "第 14 行", "cards.1.zzzz", "请删去"),
    ),
    "a key that is missing": ("region: 示例市\n", "", ("shili-2024-7.yaml", "缺少键 “region”")),
    "a key misspelt that must be there": (
        "region:",
        "regoin:",
        ("shili-2024-7.yaml", "第 4 行", "regoin", "是不是想写 “region”"),
    ),
    "a key that a card is missing": (
        '    digest: "每家小店一次性给 3000 元。"\n',
        "",
        ("shili-2024-7.yaml", "第 11 行", "缺少键 “cards.1.digest”"),
    ),
    "a value that is wrong in the second card only": (
        "heading: 标准",
        "heading: 7",
        ("shili-2024-7.yaml", "第 12 行", "cards.1.heading"),
    ),
    "a day that does not exist": (
        "2024-01-02",
        "2024-02-30",
        ("shili-2024-7.yaml", "第 6 行", "日期 2024-02-30 不存在"),
    ),
    "a control character": ("目的", "\x07", ("shili-2024-7.yaml", "YAML 写法有误")),
    "a level that does not exist": ("level: city", "level: town", ("shili-2024-7.yaml", "第 5 行", "level")),
    "a decimal without quotes": (
        "issued: 2024-01-02",
        "doc_number: 3.19",
        ("shili-2024-7.yaml", "第 6 行", "小数 3.19 要加引号"),
    ),
    "a key written twice": (
        "level: city",
        "region: 示例县",
        ("shili-2024-7.yaml", "第 5 行", "键 “region” 重复"),
    ),
    "a key of a card written twice": (
        "    heading: 标准",
        "    digest: 别的",
        ("shili-2024-7.yaml", "第 13 行", "键 “digest” 重复"),
    ),
    "two cards of one clause": (
        '["第二条"]',
        '["第一条"]',
        ("shili-2024-7.yaml", "卡片地址 第一条 重复"),
    ),
    "a card without an address": ('["第二条"]', "[]", ("shili-2024-7.yaml", "cards.1.path")),
    "an id with capitals": ("id: shili-2024-7", "id: Shili", ("shili-2024-7.yaml", "第 1 行", "id")),
    "an id that is not the file's name": (
        "id: shili-2024-7",
        "id: shili-2024-8",
        ("shili-2024-7.yaml", "shili-2024-8.yaml"),
    ),
    "a quote that is never closed": ('元。"', "元。", ("shili-2024-7.yaml", "第 ")),
    "a list where keys are due": (GOOD, "- id: x\n", ("shili-2024-7.yaml", "键: 值")),
}


def write(folder: Path, text: str, name: str = "shili-2024-7") -> Path:
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_well_written_entry_is_read(tmp_path: Path) -> None:
    (policy,) = load_catalog(write(tmp_path, GOOD)).policies
    assert [card.path for card in policy.cards] == [("第一条",), ("第二条",)]
    found = policy.card(("第二条",))
    assert found is not None
    assert found.questions == ("开个小店能拿多少钱?",)
    assert policy.card(("第三条",)) is None


@pytest.mark.parametrize(("good", "slip", "named"), SLIPS.values(), ids=list(SLIPS))
def test_a_slip_is_refused_in_one_line_that_names_the_place(
    tmp_path: Path, good: str, slip: str, named: tuple[str, ...]
) -> None:
    text = GOOD.replace(good, slip, 1)
    assert text != GOOD
    with pytest.raises(CatalogError) as refused:
        load_catalog(write(tmp_path, text))
    message = str(refused.value)
    assert [part for part in named if part not in message] == [], message
    assert "\n" not in message


def test_two_files_cannot_share_an_id(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "another")
    with pytest.raises(CatalogError, match=r"“shili-2024-7” 重复"):
        load_catalog(write(tmp_path, GOOD))


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="nowhere"):
        load_catalog(tmp_path / "nowhere")


def test_the_fingerprint_changes_with_any_word_and_with_nothing_else(tmp_path: Path) -> None:
    first = load_catalog(write(tmp_path, GOOD)).fingerprint
    assert load_catalog(tmp_path).fingerprint == first
    assert load_catalog(write(tmp_path, GOOD.replace("3000", "3001"))).fingerprint != first


# ---- the shipped catalog -------------------------------------------------------------------------


def test_the_shipped_catalog_has_its_18_policies() -> None:
    catalog = load_catalog()
    assert {policy.id for policy in catalog.policies} == SHIPPED
    assert {policy.id for policy in catalog.policies if policy.stub} == STUBS


def test_no_two_shipped_policies_answer_to_one_number_or_title() -> None:
    owners: dict[str, set[str]] = {}
    for policy in load_catalog().policies:
        for key in keys_of(policy):
            owners.setdefault(key, set()).add(policy.id)
    assert {key: ids for key, ids in owners.items() if len(ids) > 1} == {}


def test_every_id_a_shipped_policy_refers_to_is_shipped() -> None:
    named = {
        name
        for policy in load_catalog().policies
        for name in (*policy.implements, *policy.supersedes)
        if re.fullmatch(r"[a-z0-9-]+", name)
    }
    assert named
    assert named <= SHIPPED


# ---- the shipped cards beside the official pages -------------------------------------------------

_LABEL = re.compile(r"^(?:第[^条]{1,6}条|\([^)]{1,4}\)|\d{1,2}\.|——)")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")


def figures(text: str) -> set[str]:
    """Every figure in digits, without the number of the clause itself."""
    return set(_FIGURE.findall(_LABEL.sub("", normalise(text)).replace(",", "")))


@pytest.mark.parametrize(
    ("clause", "digest", "lost"),
    [
        ("第二条 每家小店给予补贴 3000 元。", "每家小店 3000 元。", set()),
        ("第二条 每家小店给予补贴 3000 元。", "每家小店有补贴。", {"3000"}),
        ("(2)不超过 80%、60 天。", "不超过 60 天。", {"80"}),
        ("2.按 3.5 万元计算。", "按 3 万元算。", {"3.5"}),
        ("12.2024年1月底以前报送。", "2024年1月底前报。", set()),
    ],
)
def test_a_figure_left_out_of_a_digest_is_noticed(clause: str, digest: str, lost: set[str]) -> None:
    assert figures(clause) - figures(digest) == lost


def keys_of(policy: CatalogPolicy) -> set[str]:
    titles = {key for name in (policy.title, *policy.aliases) for key in title_keys(name)}
    return titles | ({key} if (key := number_key(policy.doc_number)) else set())


def clauses_of(policy: ParsedPolicy) -> Iterator[Clause]:
    yield from policy.clauses
    for annex in policy.annexes:
        yield from clauses_of(annex)


def blocks_of(policy: ParsedPolicy, text: str) -> Iterator[str]:
    yield from (block.span.cut(text) for block in policy.blocks)
    for annex in policy.annexes:
        yield from blocks_of(annex, text)


class Pages:
    """The official pages, parsed, and what stands outside their clauses (titles, dates of signature)."""

    def __init__(self, folder: Path) -> None:
        self.found: dict[str, tuple[dict[tuple[str, ...], Clause], str]] = {}
        for path in sorted(folder.glob("*.txt")):
            source = read_source(path)
            for policy in parse(source).policies:
                clauses = {clause.path: clause for clause in clauses_of(policy)}
                around = "\n".join(blocks_of(policy, source.text))
                for key in {*title_keys(policy.title), number_key(policy.doc_number)} - {None}:
                    self.found[str(key)] = (clauses, around)

    def of(self, policy: CatalogPolicy) -> tuple[dict[tuple[str, ...], Clause], str]:
        return next(self.found[key] for key in sorted(keys_of(policy)) if key in self.found)


@pytest.fixture(scope="module")
def pages(shared: Path) -> Pages:
    return Pages(shared / "corpus")


@pytest.fixture(scope="module")
def carded() -> list[CatalogPolicy]:
    catalog: Catalog = load_catalog()
    policies = [policy for policy in catalog.policies if policy.cards]
    assert {"cnipa-2023-28", "fuzhou-ip-fund-2023"} <= {policy.id for policy in policies}
    return policies


def test_every_card_has_its_clause_and_every_clause_its_card(
    pages: Pages, carded: list[CatalogPolicy]
) -> None:
    for policy in carded:
        clauses, _ = pages.of(policy)
        cards = {card.path for card in policy.cards}
        assert (policy.id, cards - clauses.keys(), clauses.keys() - cards) == (policy.id, set(), set())


def test_every_figure_of_a_clause_stands_in_its_card(pages: Pages, carded: list[CatalogPolicy]) -> None:
    compared = 0
    lost = []
    for policy in carded:
        clauses, _ = pages.of(policy)
        for card in policy.cards:
            official = figures(clauses[card.path].text)
            compared += len(official)
            lost += [(policy.id, "/".join(card.path), figure) for figure in official - figures(card.digest)]
    assert lost == []
    assert compared > 100


def test_no_card_has_a_figure_of_its_own(pages: Pages, carded: list[CatalogPolicy]) -> None:
    added = []
    for policy in carded:
        clauses, around = pages.of(policy)
        for card in policy.cards:
            known = figures(clauses[card.path].text) | figures(around)
            added += [(policy.id, "/".join(card.path), f) for f in figures(card.digest) - known]
    assert added == []


def test_a_card_of_a_damaged_clause_says_so(pages: Pages, carded: list[CatalogPolicy]) -> None:
    silent = []
    damaged = 0
    for policy in carded:
        clauses, _ = pages.of(policy)
        for card in policy.cards:
            damaged += clauses[card.path].damaged
            if clauses[card.path].damaged and not card.damaged:
                silent.append((policy.id, "/".join(card.path)))
    assert silent == []
    assert damaged > 10
