"""Training pairs never hold a held-out question, come out the same twice, and bad data folders are named."""

import json
import random
from pathlib import Path

import numpy as np
import pytest

from ceyin.corpus.errors import SourceError
from ceyin.corpus.normalise import normalise
from ceyin.indexes.training.pairs import DevGuard, law_pairs, read_articles, read_lines, training_data
from ceyin.indexes.training.train_embedding import main, quantise

LAW = """# 示例市企业服务条例

2020年1月1日 通过

<!-- INFO END -->

## 第一章 总则

第一条 为了服务企业，制定本条例。

## 第二章 补助

### 第一节 申报

**第二条**　企业可以申报补助；申报时应当提交营业执照。

申报不收取任何费用，也不得变相收取。

第三条 本条例自公布之日起施行，旧条例同时废止。
"""


@pytest.fixture
def laws(tmp_path: Path) -> Path:
    folder = tmp_path / "laws_lawrefbook" / "md" / "DLC"
    folder.mkdir(parents=True)
    (folder / "示例市企业服务条例(2020-01-01).md").write_text(LAW, encoding="utf-8")
    (folder / "示例市企业服务条例(2019-01-01).md").write_text(LAW.replace("补助", "补贴"), encoding="utf-8")
    return tmp_path


def test_only_the_newest_version_of_a_law_is_read_with_headings_and_all_paragraphs(laws: Path) -> None:
    first, second, third = read_articles(laws)
    assert (first.law, first.headings) == ("示例市企业服务条例", ("总则",))
    assert second.headings == ("补助", "申报")
    assert second.text == normalise(
        "企业可以申报补助；申报时应当提交营业执照。申报不收取任何费用，也不得变相收取。"
    )
    assert third.headings == ("补助", "申报")


def test_a_sentence_is_paired_with_its_article_without_that_sentence(laws: Path) -> None:
    for sentence, rest in law_pairs(read_articles(laws), random.Random(0))["law_sentence_rest"]:
        assert sentence not in rest


@pytest.mark.parametrize(
    ("question", "allowed"),
    [
        ("公司拖欠工资怎么办?", False),
        ("公司拖欠工资怎么办", False),
        ("我想问一下公司拖欠工资怎么办才好", False),
        ("公司拖欠货款能不能起诉", True),
        ("商标被别人抢注了", True),
        ("", True),
    ],
)
def test_a_question_that_repeats_a_held_out_one_is_dropped(question: str, allowed: bool) -> None:
    guard = DevGuard(["公司拖欠工资怎么办?"])
    assert guard.allows(question) is allowed
    assert guard.dropped == (not allowed)


@pytest.mark.parametrize("scale", [1e-4, 1.0, 300.0])
def test_eight_bits_keep_every_value_within_half_a_step(scale: float) -> None:
    rows = (np.random.default_rng(1).standard_normal((20, 8)) * scale).astype(np.float32)
    rows[3] = 0
    table, scales = quantise(rows)
    assert table.dtype == np.int8
    assert not table[3].any()
    assert np.all(np.abs(table * scales[:, None] - rows) <= scales[:, None] * 0.5001)


def test_a_missing_data_folder_is_one_line_and_exit_code_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--shared", str(tmp_path / "nowhere"), "--out", str(tmp_path / "out")]) == 1
    said = capsys.readouterr().err.strip().splitlines()
    assert "nowhere" in said[-1] and "--shared" in said[-1]
    assert not (tmp_path / "out").exists()


def test_a_missing_file_in_the_data_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with pytest.raises(SourceError, match=r"dev\.query\.txt"):
        training_data(tmp_path, seed=0)


def test_no_pair_holds_a_stard_dev_question_and_the_seed_decides_all(shared: Path) -> None:
    data = training_data(shared, seed=0)
    held_out = {
        normalise(line.split("\t", 1)[1]) for line in read_lines(shared / "data" / "stard" / "dev.query.txt")
    }
    assert len(held_out) > 300
    anchors = {anchor for rows in data.pairs.values() for anchor, _ in rows}
    assert not anchors & held_out
    assert not held_out.intersection(data.texts)
    answers = json.loads((shared / "data" / "lecoqa" / "queries.json").read_text(encoding="utf-8"))
    dev_answers = {normalise(r["答案文本"]) for r in answers if normalise(r["问题"]) in held_out}
    assert not dev_answers & {answer for _, answer in data.pairs["lecoqa_answer"]}
    assert training_data(shared, seed=0).pairs == data.pairs
