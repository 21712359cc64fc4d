"""``python -m ceyin.evals.mutation``: the share of mutants of the rule engine that its tests find out.

Needs a checkout: the tests are no part of the wheel.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import yaml

from ceyin.evals.files import write_whole
from ceyin.evals.mutation.operators import Mutant, mutants
from ceyin.evals.mutation.running import run_all

#: What decides: a wrong sign here is a wrong yes or a wrong sum.
MODULES = ("conditions", "evaluate", "amounts", "due", "stacking", "telling", "calendar", "money")
PACKAGE = "ceyin.assistant.rules"
TESTS = (
    "tests/assistant/rules/test_situations.py",
    "tests/assistant/rules/test_money.py",
    "tests/assistant/rules/test_unchecked.py",
    "tests/assistant/rules/test_properties.py",
)
HERE = Path(__file__).parent
_ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Run all mutants, or a sample, and write the report."""
    parser = argparse.ArgumentParser(description="变异测试:规则引擎里改错一处,测试能不能发现")
    parser.add_argument("--module", choices=MODULES, action="append", help="只改这个模块(可多次)")
    parser.add_argument("--sample", type=int, help="只随机取几处")
    parser.add_argument("--seed", type=int, default=0, help="随机取时的种子")
    parser.add_argument("--parallel", type=int, default=2, help="同时运行几个")
    parser.add_argument("--again", type=Path, help="上一份报告:没有改动的模块只再试上次未发现的")
    parser.add_argument("--out", type=Path, help="报告写到哪里(JSON)")
    options = parser.parse_args()
    if not (_ROOT / TESTS[0]).is_file():
        sys.exit("变异测试要在源码目录里运行:找不到 tests/assistant/rules。")
    texts = {
        f"{PACKAGE}.{name}": (_ROOT / "assistant" / "rules" / f"{name}.py").read_text(encoding="utf-8")
        for name in options.module or MODULES
    }
    every = [m for module, text in texts.items() for m in mutants(module, text)]
    reasons = equivalents()
    chosen = [m for m in every if m.key not in reasons]
    if options.sample is not None and options.sample < len(chosen):
        chosen = sorted(
            Random(options.seed).sample(chosen, options.sample), key=lambda m: (m.module, m.number)
        )
    before = json.loads(options.again.read_text(encoding="utf-8")) if options.again else None
    known = [m for m in chosen if before is not None and _found_before(m, texts, before)]
    waiting = [m for m in chosen if m not in known]
    started = time.monotonic()
    found: dict[str, list[Mutant]] = {"killed": known, "timeout": [], "survived": []}
    for n, (mutant, outcome) in enumerate(run_all(waiting, texts, TESTS, _ROOT, options.parallel), 1):
        found[outcome].append(mutant)
        if outcome == "survived":
            print(f"\n{_place(mutant)}: {mutant.change}", file=sys.stderr)
        print(f"\r{n}/{len(waiting)},未发现 {len(found['survived'])}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    found["survived"].sort(key=lambda m: (m.module, m.number))
    report = _report(every, chosen, found, reasons, time.monotonic() - started)
    report["modules"] = _modules(chosen, found["survived"], texts)
    report["sample"] = None if options.sample is None else {"size": options.sample, "seed": options.seed}
    print(f"变异 {len(chosen)} 处,发现 {report['score']:.1%};等价而不计的 {report['equivalent']} 处")
    for mutant in found["survived"]:
        print(f"  未发现 {_place(mutant)}: {mutant.change}")
    if options.out is not None:
        write_whole(options.out, json.dumps(report, ensure_ascii=False, indent=2) + "\n")


def equivalents() -> dict[tuple[str, str, str], str]:
    """The changes that change nothing anybody can see, each with the reason."""
    rows = yaml.safe_load((HERE / "equivalent.yaml").read_text(encoding="utf-8")) or []
    return {(f"{PACKAGE}.{row['module']}", row["source"], row["change"]): row["why"] for row in rows}


def _place(mutant: Mutant) -> str:
    return f"{mutant.module.removeprefix('ceyin.').replace('.', '/')}.py:{mutant.line}"


def _report(
    every: Sequence[Mutant],
    chosen: Sequence[Mutant],
    found: dict[str, list[Mutant]],
    reasons: dict[tuple[str, str, str], str],
    seconds: float,
) -> dict[str, Any]:
    caught = len(found["killed"]) + len(found["timeout"])
    return {
        "run": datetime.now(UTC).isoformat(timespec="seconds"),
        "tests": list(TESTS),
        "mutants": len(chosen),
        "killed": len(found["killed"]),
        "timeout": len(found["timeout"]),
        "survived": len(found["survived"]),
        "score": round(caught / len(chosen), 4) if chosen else 1.0,
        "equivalent": sum(m.key in reasons for m in every),
        "seconds": round(seconds),
        "survivors": [
            {"module": _short(m.module), "line": m.line, "source": m.source, "change": m.change}
            for m in found["survived"]
        ],
    }


def _modules(
    chosen: Sequence[Mutant], left: Sequence[Mutant], texts: dict[str, str]
) -> dict[str, dict[str, Any]]:
    tried, survived = Counter(m.module for m in chosen), Counter(m.module for m in left)
    return {
        _short(name): {"mutants": n, "survived": survived[name], "sha256": _hash(texts[name])}
        for name, n in tried.items()
    }


def _found_before(mutant: Mutant, texts: dict[str, str], before: dict[str, Any]) -> bool:
    """Whether an earlier run of all mutants of the same text found it out; tests are only ever added to."""
    module = before["modules"].get(_short(mutant.module))
    if before["sample"] is not None or module is None or module["sha256"] != _hash(texts[mutant.module]):
        return False
    left = {(row["module"], row["source"], row["change"]) for row in before["survivors"]}
    return (_short(mutant.module), mutant.source, mutant.change) not in left


def _short(module: str) -> str:
    return module.removeprefix(f"{PACKAGE}.")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


if __name__ == "__main__":
    main()
