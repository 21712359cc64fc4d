"""``python -m ceyin.evals.mutation``: the share of mutants of the rule engine that its tests find out.

Needs a checkout: the tests are no part of the wheel.
"""

from __future__ import annotations

import argparse
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
    started = time.monotonic()
    found: dict[str, list[Mutant]] = {"killed": [], "timeout": [], "survived": []}
    for n, (mutant, outcome) in enumerate(run_all(chosen, texts, TESTS, _ROOT, options.parallel), 1):
        found[outcome].append(mutant)
        if outcome == "survived":
            print(f"\n{_place(mutant)}: {mutant.change}", file=sys.stderr)
        print(f"\r{n}/{len(chosen)},未发现 {len(found['survived'])}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    report = _report(every, chosen, found, reasons, time.monotonic() - started)
    report["sample"] = None if options.sample is None else {"size": options.sample, "seed": options.seed}
    print(f"变异 {len(chosen)} 处,发现 {report['score']:.1%};等价而不计的 {report['equivalent']} 处")
    for line in report["survivors"]:
        print(f"  未发现 {line}")
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
    tried, left = Counter(m.module for m in chosen), Counter(m.module for m in found["survived"])
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
        "modules": {
            name.removeprefix(f"{PACKAGE}."): {"mutants": n, "survived": left[name]}
            for name, n in tried.items()
        },
        "survivors": [f"{_place(m)}: {m.change}" for m in found["survived"]],
    }


if __name__ == "__main__":
    main()
