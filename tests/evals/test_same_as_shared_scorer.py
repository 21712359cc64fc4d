"""Our judge decides as the shared scorer, which scores the unseen cases."""

from __future__ import annotations

import importlib.util
import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ceyin.evals.cases import Case, read_cases
from ceyin.evals.judge import DANGERS, judge

STATUSES = ["answered", "needs_facts", "refused", "source_incomplete"]
ENDINGS = [
    "",
    "没有收录。",
    "共 1,500 元",
    "0.48万",
    "12345.0元",
    "[7]\n3. 三百二十件",
    "但不",
    "2026 年 11 月",
]


@pytest.fixture(scope="module")
def scorer(shared: Path) -> ModuleType:
    """``score.py`` as a module."""
    spec = importlib.util.spec_from_file_location("shared_score", shared / "evals" / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def cases(shared: Path) -> list[Case]:
    """The development cases."""
    return [case for _, case in read_cases(shared / "evals" / "dev_cases.jsonl")]


def _fitting(case: Case) -> dict[str, Any]:
    """An answer made from what the case expects, so that it should be right."""
    expect = case.expect
    wanted = [*expect.cite_any, *expect.cite_all]
    says = [item if isinstance(item, str) else item[0] for item in expect.must_contain]
    return {
        "status": expect.status.replace("damaged", "incomplete"),
        "verdict": expect.verdict,
        "amount_cny": None if expect.amount_cny is None else f"{expect.amount_cny}.00",
        "as_of": str(case.as_of),
        "answer": "。".join([*says, "见[1]"]),
        "citations": [
            {"title": w.doc, "doc_number": None, "cite_as": f"{w.doc} 第一条", "text": f"前{w.quote}后"}
            for w in wanted
        ],
        "checks": [],
    }


def _perturbed(case: Case, others: list[Case], dice: random.Random) -> dict[str, Any]:
    """The fitting answer of this or another case with some of its parts changed, dropped or spoilt."""
    made = _fitting(dice.choice([case, case, case, *others]))
    for key in dice.sample(
        ["status", "verdict", "amount_cny", "answer", "citations", "checks"], dice.randint(0, 4)
    ):
        if key == "status":
            made[key] = dice.choice(STATUSES)
        elif key == "verdict":
            made[key] = dice.choice(["pass", "fail", "unknown", None])
        elif key == "amount_cny":
            made[key] = dice.choice(["20000", "20000.00", "1", None, "没有"])
        elif key == "answer":
            banned = case.expect.must_not_contain or ["无"]
            words = [dice.choice(["不", "不得再", "可", ""]), dice.choice(banned), dice.choice(ENDINGS)]
            made[key] = dice.choice([made[key], ""]) + "".join(words)
        elif key == "citations":
            made[key] = dice.choice([made[key][1:], made[key][:1], [], None])
        else:
            made[key] = [{"trace": {"值": dice.choice([48, "1.5", "三百二十"])}}]
    for key in ("checks", "verdict", "citations", "answer"):
        if dice.random() < 0.05:
            del made[key]
    return made


def _answers(case: Case, others: list[Case]) -> Iterator[dict[str, Any]]:
    dice = random.Random(case.id)
    yield _fitting(case)
    yield {}
    yield {"answer": "没有状态", "verdict": "pass", "amount_cny": "3"}
    for _ in range(120):
        yield _perturbed(case, others, dice)


def _their_dangers(
    scorer: ModuleType, case: dict[str, Any], answer: dict[str, Any], tmp: Path
) -> Counter[str]:
    """The danger counts as the scorer's own command reports them for this one case."""
    files = [tmp / name for name in ("answers.jsonl", "cases.jsonl", "out.json")]
    files[0].write_text(json.dumps({**answer, "id": case["id"]}, ensure_ascii=False), encoding="utf-8")
    files[1].write_text(json.dumps(case, ensure_ascii=False), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["score.py", str(files[0]), str(files[1]), "--json", str(files[2])])
        scorer.main()
    return Counter(json.loads(files[2].read_text(encoding="utf-8"))["danger"])


@pytest.mark.shared
@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the scorer leaves closing its files to the collector
def test_both_judges_agree_on_every_development_case_for_right_wrong_and_spoilt_answers(
    scorer: ModuleType, cases: list[Case], shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = (shared / "evals" / "dev_cases.jsonl").read_text(encoding="utf-8").splitlines()
    outcomes: Counter[bool] = Counter()
    met: Counter[str] = Counter()
    for case, line in zip(cases, lines, strict=True):
        raw = json.loads(line)
        for number, answer in enumerate(_answers(case, cases)):
            ours = judge(case, answer)
            checks, failed = scorer.judge(raw, answer)
            assert dict(ours.checks) == checks, (case.id, answer)
            assert ours.ok is (not failed)
            if answer:
                assert list(ours.ungrounded) == scorer.grounded(raw, answer), (case.id, answer)
            # The scorer counts dangers only in its command, which is slow: every case, some of the answers.
            if answer and number < 12:
                theirs = _their_dangers(scorer, raw, answer, tmp_path)
                assert Counter(ours.dangers) == theirs, (case.id, answer)
            outcomes[ours.ok] += 1
            met.update(ours.dangers)
    capsys.readouterr()
    # Both sides were seen, and every danger: an agreement on nothing proves nothing.
    assert outcomes[True] > 200
    assert outcomes[False] > 400
    assert all(met[danger] > 20 for danger in DANGERS)
