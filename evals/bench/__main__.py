"""``make bench``: every benchmark, printed and written to ``evals/out/bench/``."""

from __future__ import annotations

import argparse
from pathlib import Path

from ceyin.evals.bench.answering import answering
from ceyin.evals.bench.harness import print_bench, write_bench
from ceyin.evals.bench.ruling import ruling
from ceyin.evals.bench.segmenting import segmenting

_BENCHMARKS = {"segmenting": segmenting, "answering": answering, "rules": ruling}


def main() -> None:
    """Run the benchmarks named, or all."""
    parser = argparse.ArgumentParser(description="测量速度")
    parser.add_argument("names", nargs="*", choices=[*_BENCHMARKS, []], help="只运行这几项")
    parser.add_argument("--runs", type=int, default=5, help="每项运行几次")
    parser.add_argument("--out", type=Path, default=Path("evals/out/bench"), help="结果写到哪里")
    options = parser.parse_args()
    for name in options.names or _BENCHMARKS:
        result = _BENCHMARKS[name](options.runs)
        print_bench(result)
        write_bench(result, options.out / f"{name}.json")


if __name__ == "__main__":
    main()
