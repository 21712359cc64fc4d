"""``ceyin rules draft`` as its users meet it: it says that it decides nothing, and names place and cure when it cannot."""

import json
from pathlib import Path

import pytest

from tests.ui.running import ceyin


def test_one_line_per_candidate_and_a_plain_word_that_nothing_is_decided(home: Path) -> None:
    lines = ceyin(home, "rules", "draft", "河湾工坊").stdout.splitlines()
    assert "不作任何判断" in lines[1]
    assert "均待核定,不作判断" in lines[-1]
    (rent,) = [line for line in lines if "| 比例 |" in line]
    place, _, value, words, rule = rent.split(" | ")
    assert (place, value) == ("第四条", "40%")
    assert "实际租金" in words
    assert rule.startswith("草稿 ")
    assert any(line.endswith("仅提示") for line in lines)


def test_json_holds_candidates_rules_and_facts(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "draft.yaml"
    done = ceyin(home, "rules", "draft", "示政办发〔2026〕7号", "--json", "--out", str(out))
    drafted = json.loads(done.stdout)
    ids = {rule["id"] for rule in drafted["rules"]}
    assert ids
    assert all(c["rule"] is None or c["rule"] in ids for c in drafted["candidates"])
    assert all(rule["review"]["status"] == "drafted" for rule in drafted["rules"])
    assert out.exists()
    assert out.with_suffix(".facts.yaml").exists() is bool(drafted["facts"])


MISTAKES = {
    "a policy that is not there": ("没有的政策", "ceyin corpus"),
    "words that many titles have": ("知识产权", "请写 id"),
    "a policy of which only cards are there": ("fuzhou-geti-2023", "corpus add"),
}


@pytest.mark.parametrize(("name", "cure"), MISTAKES.values(), ids=MISTAKES.keys())
def test_mistakes_name_the_cure_in_one_line(home: Path, name: str, cure: str) -> None:
    done = ceyin(home, "rules", "draft", name)
    assert done.returncode == 1
    assert cure in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_file_that_cannot_be_written_is_one_line(home: Path, tmp_path: Path) -> None:
    done = ceyin(home, "rules", "draft", "河湾工坊", "--out", str(tmp_path / "no" / "draft.yaml"))
    assert done.returncode == 1
    assert "写不了" in done.stderr
