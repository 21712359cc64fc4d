"""``make bench``: every benchmark, printed and written to ``evals/out/bench/``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from ceyin.evals.bench.answering import answering
from ceyin.evals.bench.harness import print_bench, write_bench
from ceyin.evals.bench.ruling import ruling
from ceyin.evals.bench.searching import searching, write_searching
from ceyin.evals.bench.segmenting import segmenting
from ceyin.evals.cases import shared_folder

_TIMED = {"segmenting": segmenting, "answering": answering, "rules": ruling}
#: Takes from minutes to an hour, so it runs only when named.
_SEARCHING = "searching"


def _run_searching(sizes: Sequence[int], runs: int, out: Path) -> None:
    shared = shared_folder(os.environ)
    if shared is None:
        sys.exit("searching 要用 CEYIN_SHARED 所指目录的 data/stard/:请设置后再运行")
    result = searching(shared / "data", sizes, runs, print)
    write_searching(result, out / f"{_SEARCHING}.json")


def main() -> None:
    """Run the benchmarks named, or all."""
    parser = argparse.ArgumentParser(description="测量速度")
    parser.add_argument("names", nargs="*", choices=[*_TIMED, _SEARCHING, []], help="只运行这几项")
    parser.add_argument("--runs", type=int, default=5, help="每项运行几次")
    parser.add_argument("--out", type=Path, default=Path("evals/out/bench"), help="结果写到哪里")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000], help="searching:在多少条里检索")
    options = parser.parse_args()
    for name in options.names or _TIMED:
        if name == _SEARCHING:
            _run_searching(options.sizes, options.runs, options.out)
            continue
        result = _TIMED[name](options.runs)
        print_bench(result)
        write_bench(result, options.out / f"{name}.json")


if __name__ == "__main__":
    main()
