"""The command line as its users meet it: outputs, exit codes, one line for every mistake."""

import contextlib
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.ui.running import POLICY, ceyin


def test_ask_gives_one_json_object_and_nothing_else(home: Path) -> None:
    done = ceyin(home, "ask", "首批示范区申报截止到什么时候?", "--as-of", "2023-08-11", "--json")
    answer = json.loads(done.stdout)
    assert (answer["status"], answer["verdict"]) == ("answered", "fail")
    assert answer["citations"][0]["path"] == ["二", "(一)", "4"]


def test_a_batch_keeps_its_order_and_survives_a_bad_line(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    lines = [
        '{"id": "b", "turns": ["示范区称号能用几年?"], "note": "mine"}',
        "not json",
        '{"id": "a", "turns": ["你好"]}',
        '{"id": "c", "turns": []}',
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    out = [json.loads(line) for line in ceyin(home, "ask", "--batch", str(file)).stdout.splitlines()]
    assert [o["id"] for o in out] == ["b", None, "a", "c"]
    assert [("error" in o) for o in out] == [False, True, False, True]


def test_ask_prints_paragraphs_then_clauses_then_when_they_were_checked(home: Path) -> None:
    printed = ceyin(home, "ask", "示例市工坊租用闲置厂房,每年最高能补多少?").stdout
    assert re.search(r"^\[1\] 示政办发〔2026〕7号 第四条$", printed, re.MULTILINE)
    assert len(re.findall(r"^文本核对日期 \d{4}-\d{2}-\d{2}$", printed, re.MULTILINE)) == 1
    assert printed.index("[1] 示政办发") < printed.index("文本核对日期")
    assert "怎么得出的" not in printed


def test_ask_explains_how_it_came_about(home: Path) -> None:
    question = "企业首次通过知识产权管理体系认证能补多少?"
    printed = ceyin(home, "ask", question, "--explain").stdout
    told = printed[printed.index("怎么得出的") :]
    assert question in told and "已引用" in told and "毫秒" in told
    assert re.search(
        r"^ {4}\? 首次通过国家标准认证|^ +. 首次通过国家标准认证:是\(要求:是\)$", told, re.MULTILINE
    )
    explanation = json.loads(ceyin(home, "ask", question, "--explain", "--json").stdout)["explanation"]
    assert any(clause["cited"] for clause in explanation["clauses"])
    assert json.loads(ceyin(home, "ask", question, "--json").stdout)["explanation"] is None


def test_search_and_show_and_parse(home: Path) -> None:
    hits = json.loads(ceyin(home, "search", "租用闲置厂房", "--top", "3", "--json").stdout)["hits"]
    assert hits[0]["path"] == ["第四条"]
    listed = json.loads(ceyin(home, "corpus", "list", "--json").stdout)["policies"]
    policy = next(p for p in listed if p["doc_number"] == "示政办发〔2026〕7号")
    assert "第五条第(二)项" in ceyin(home, "corpus", "show", policy["policy_id"], "第五条/(二)").stdout
    parsed = json.loads(ceyin(home, "corpus", "parse", str(POLICY), "--json").stdout)
    assert set(parsed) == {"source", "sha256", "chars", "policies", "furniture"}
    assert parsed["policies"][0]["annexes"][0]["clauses"][0]["path"]


def test_a_search_is_kept_to_what_holds_in_a_place(home: Path) -> None:
    def titles(*options: str) -> set[str]:
        found = json.loads(ceyin(home, "search", "租用闲置厂房", "--json", *options).stdout)["hits"]
        return {hit["title"] for hit in found}

    ours = "示例市河湾工坊扶持办法"
    assert any(ours in title for title in titles("--region", "示例市"))
    assert not any(ours in title for title in titles("--region", "抚州"))
    assert not any(ours in title for title in titles("--level", "国家"))
    assert not any(ours in title for title in titles("--in-force", "--as-of", "2020-01-01"))


def test_a_rule_is_checked_with_its_trace(home: Path) -> None:
    facts = ["--fact", "首次通过认证=是", "--fact", "企业类型=高校", "--fact", "实际认证费用=1.8万"]
    check = json.loads(ceyin(home, "check", "fuzhou-fund/certification-subsidy", *facts, "--json").stdout)
    assert (check["verdict"], check["value"]) == ("pass", "18000")


def test_a_folder_with_bad_files_is_imported_and_told_file_by_file(tmp_path: Path) -> None:
    folder, home = tmp_path / "原文", tmp_path / "家"
    folder.mkdir()
    text = POLICY.read_text(encoding="utf-8")
    (folder / "a.txt").write_text(text, encoding="utf-8")
    (folder / "b.txt").write_text(text, encoding="utf-8")
    (folder / "空.html").touch()
    (folder / "图.jpg").write_bytes(b"x")
    done = ceyin(home, "corpus", "add", str(folder))
    assert done.returncode == 0
    for words in (
        "新增",
        "与 a.txt 内容相同",
        "跳过:空.html 是空文件",
        "合计:3 个文件,1 份政策",
        "跳过 1 个",
        ".jpg 1 个",
    ):
        assert words in done.stdout
    assert "┃" not in done.stderr
    before = {f: f.read_bytes() for f in home.rglob("*") if f.is_file()}
    again = ceyin(home, "corpus", "add", str(folder))
    assert ("未变" in again.stdout, again.stderr) == (True, "")
    assert {f: f.read_bytes() for f in home.rglob("*") if f.is_file()} == before
    told = json.loads(ceyin(home, "corpus", "add", str(folder), "--json").stdout)
    assert [f["outcome"] for f in told["files"]] == ["unchanged", "duplicate", "skipped"]
    assert (told["policies"], told["skipped"], told["passed_over"]) == (1, 1, {".jpg": 1})


def test_a_changed_file_is_a_version_and_the_old_one_is_shown_with_its_dates(tmp_path: Path) -> None:
    file, home = tmp_path / "a.txt", tmp_path / "家"
    text = POLICY.read_text(encoding="utf-8")
    file.write_text(text, encoding="utf-8")
    ceyin(home, "corpus", "add", str(file))
    file.write_text(
        text.replace("3000元", "4000元").replace("2026年3月2日", "2026年3月9日"), encoding="utf-8"
    )
    assert "更新为第 2 版" in ceyin(home, "corpus", "add", str(file)).stdout
    show = ("corpus", "show", "示政办发-2026-7")
    listed = json.loads(ceyin(home, *show, "--versions", "--json").stdout)["versions"]
    assert [(v["version"], v["current"], v["issued"]) for v in listed] == [
        (1, False, "2026-03-02"),
        (2, True, "2026-03-09"),
    ]
    assert "第 2 版  现用" in ceyin(home, *show, "--versions").stdout
    assert "3000元" in ceyin(home, *show, "--version", "1", "第三条").stdout
    assert "4000元" in ceyin(home, *show, "第三条").stdout
    old = json.loads(ceyin(home, *show, "--version", "1", "--json").stdout)
    assert (old["version"], old["current"], old["issued"]) == (1, False, "2026-03-02")
    missing = ceyin(home, *show, "--version", "9")
    assert (missing.returncode, "--versions" in missing.stderr) == (1, True)


def test_an_interrupted_import_says_how_much_is_done_and_goes_on_from_there(tmp_path: Path) -> None:
    folder, home = tmp_path / "原文", tmp_path / "家"
    folder.mkdir()
    text = POLICY.read_text(encoding="utf-8")
    for n in range(3000):
        (folder / f"{n:04}.txt").write_text(
            text.replace("〔2026〕7号", f"〔2026〕{n + 1}号"), encoding="utf-8"
        )
    env = {**os.environ, "CEYIN_HOME": str(home)}
    command = [sys.executable, "-m", "ceyin", "corpus", "add", str(folder)]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env)
    while stored(home) == 0:
        assert run.poll() is None
        time.sleep(0.05)
    run.send_signal(signal.SIGINT)
    _, errors = run.communicate()
    assert run.returncode == 130
    told = re.search(r"已中断:3000 个文件做完 (\d+) 个", errors)
    assert told
    assert 0 < int(told[1]) <= stored(home) < 3000
    assert "Traceback" not in errors


def stored(home: Path) -> int:
    """How many sources are on disk."""
    try:
        with contextlib.closing(sqlite3.connect(f"file:{home / 'ceyin.db'}?mode=ro", uri=True)) as store:
            return int(store.execute("SELECT count(*) FROM sources").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


MISTAKES = {
    "an empty question": (["ask", " "], 2),
    "a question of 100,000 characters": (["ask", "啊" * 30_000], 1),
    "a missing folder": (["corpus", "add", "/nowhere/at/all"], 1),
    "a folder with nothing to import": (["corpus", "add", str(Path(__file__).parent)], 1),
    "an unknown policy": (["corpus", "show", "nope"], 1),
    "the versions of an unknown policy": (["corpus", "show", "nope", "--versions"], 1),
    "the versions of a policy that has cards only": (["corpus", "show", "cnipa-2023-28", "--versions"], 1),
    "versions and one version": (["corpus", "show", "nope", "--versions", "--version", "1"], 2),
    "an unknown rule": (["check", "nope"], 1),
    "a day that is none": (["ask", "你好", "--as-of", "2026-13-01"], 2),
    "a fact without a value": (["ask", "你好", "--fact", "企业类型"], 2),
    "a policy that is none": (["ask", "你好", "--policy", "fuzhou-ip-fund-2032"], 1),
    "a region that is none": (["ask", "你好", "--region", "火星"], 1),
    "an unknown command": (["fly"], 2),
}


@pytest.mark.parametrize(("words", "code"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_gives_one_line_and_no_traceback(home: Path, words: list[str], code: int) -> None:
    done = ceyin(home, *words)
    assert done.returncode == code
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_a_binary_file_is_skipped_with_the_reason(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"\x89PNG\0\0\0" * 50)
    done = ceyin(home, "corpus", "add", str(file))
    assert done.returncode == 1
    assert "跳过" in done.stderr


def test_a_taken_port_and_a_home_that_is_a_file(home: Path, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = ceyin(home, "serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert "--port" in done.stderr
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    assert ceyin(file, "ask", "你好").returncode == 1


def test_match_prints_a_report_saves_a_page_and_gives_json(home: Path, tmp_path: Path) -> None:
    facts = ("--fact", "企业类型=企业", "--region", "抚州市", "--as-of", "2024-06-01")
    page = tmp_path / "new" / "report.html"
    saved = ceyin(home, "match", *facts, "--out", str(page))
    html = page.read_text(encoding="utf-8")
    assert saved.returncode == 0 and str(page) in saved.stderr
    assert "政策对照报告" in html and "<script" not in html and "http" not in html.split("</style>")[0]
    report = json.loads(ceyin(home, "match", *facts, "--json").stdout)
    assert {p["verdict"] for p in report["programmes"]} >= {"unknown"}
    assert report["region"] == "抚州市" and report["programmes"][0]["rules"][0]["trace"]
    printed = ceyin(home, "match", *facts).stdout
    assert "奖补合计" in printed and "本次查对的范围" in printed


def test_match_refuses_a_place_that_is_none_and_a_file_it_cannot_write(home: Path, tmp_path: Path) -> None:
    nowhere = ceyin(home, "match", "--region", "火星基地")
    assert (nowhere.returncode, nowhere.stdout) == (1, "") and "火星基地" in nowhere.stderr
    (tmp_path / "file").write_text("", encoding="utf-8")
    blocked = ceyin(home, "match", "--out", str(tmp_path / "file" / "report.html"))
    assert blocked.returncode == 1 and "report.html" in blocked.stderr


def test_check_prints_the_trace_and_names_the_nearest_rule(home: Path) -> None:
    done = ceyin(home, "check", "fuzhou-fund/certification-subsidy", "--fact", "企业类型=企业")
    assert "✔ 申请人是企业" in done.stdout and "还需要:" in done.stdout
    wrong = ceyin(home, "check", "fuzhou-fund/certification-subsidi")
    assert wrong.returncode == 1 and "fuzhou-fund/certification-subsidy" in wrong.stderr


def test_plan_lays_out_days_and_refuses_an_unknown_programme(home: Path) -> None:
    assert ceyin(home, "plan", "--as-of", "2026-01-01").returncode == 0
    assert ceyin(home, "plan", "no/such").returncode == 1


BAD_FACTS = {
    "half a surrogate pair": '{"\\ud800": "x"}',
    "lists in lists without end": '{"x": ' + "[" * 100_000,
    "a figure of thousands of digits": '{"x": ' + "9" * 5000 + "}",
}


@pytest.mark.parametrize("text", BAD_FACTS.values(), ids=BAD_FACTS.keys())
def test_facts_that_cannot_be_read_are_one_line_and_no_traceback(
    home: Path, tmp_path: Path, text: str
) -> None:
    file = tmp_path / "facts.json"
    file.write_text(text, encoding="utf-8")
    done = ceyin(home, "match", "--facts", str(file))
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)


def test_a_day_in_another_form_is_wrong_usage_and_an_unknown_rule_names_the_nearest(home: Path) -> None:
    assert ceyin(home, "match", "--as-of", "20261123").returncode == 2
    assert "是不是“strong-city/applicant”" in ceyin(home, "rules", "show", "strong-city/aplicant").stderr
