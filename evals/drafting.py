"""``ceyin eval --suite drafting``: how well rule candidates are found in policies.

``python -m ceyin.evals.drafting [--draw NAME]`` does the same by itself; with ``--draw`` it prints the sentences of a
sample for reading (official words: on the screen only).
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from pathlib import Path

from ceyin.evals.drafting_book import BookScore, official_policies, score_book
from ceyin.evals.drafting_sample import SAMPLES, SampleScore, draw, score_sample
from ceyin.evals.metadata import Texts
from ceyin.evals.segmentation import Tally


def measure_drafting(shared: Path, *, details: bool = True) -> None:
    """Print both measures; ``shared`` holds the official pages and the data."""
    with official_policies(shared / "corpus") as (book, policies):
        _print_book(score_book(book, policies), details=details)
    if (shared / "data").is_dir():
        texts = Texts(shared / "data")
        for name in SAMPLES:
            _print_sample(score_sample(texts, name), details=details)


def _print_book(score: BookScore, *, details: bool) -> None:
    print(
        f"规则候选与核定规则对照(条文、数值):{_line(score.total)};类别相符 {score.kinds_right}/{score.total.agreeing}"
    )
    print(f"  规则库尚未表态的 {score.unjudged} 处;全算错时准确率 {score.strict.precision:.1%}")
    for kind, tally in score.by_rule_kind.items():
        print(f"  {kind:<12} 召回 {tally.agreeing}/{tally.labelled}")
    _print_lines(score.differences if details else ())


def _print_sample(score: SampleScore, *, details: bool) -> None:
    print(f"人工样本 {score.name}:{_line(score.total)};类别相符 {score.kinds_right}/{score.total.agreeing}")
    for kind, tally in sorted(score.by_kind.items()):
        print(f"  {kind:<12} 找到 {tally.found} 标注 {tally.labelled} 相符 {tally.agreeing}")
    _print_lines(score.differences if details else ())


def _line(tally: Tally) -> str:
    return (
        f"找到 {tally.found},应有 {tally.labelled},相符 {tally.agreeing},"
        f"准确率 {tally.precision:.1%},召回率 {tally.recall:.1%}"
    )


def _print_lines(lines: tuple[str, ...]) -> None:
    for line in lines:
        print(f"    {line}")


def main(environ: Mapping[str, str] = os.environ) -> None:
    """Measure, or draw a sample."""
    from ceyin.evals.cases import CaseError, shared_folder

    parser = argparse.ArgumentParser(prog="python -m ceyin.evals.drafting")
    parser.add_argument("--draw", choices=tuple(SAMPLES), help="印出一个样本的句子,供人工标注")
    chosen = parser.parse_args()
    shared = shared_folder(environ)
    if shared is None:
        raise CaseError("没有共享目录:官方页面和数据在 CEYIN_SHARED 所指的目录里")
    if chosen.draw is None:
        measure_drafting(shared)
        return
    for n, one in enumerate(draw(Texts(shared / "data"), chosen.draw)):
        print(f"#{n} {one.document} {'/'.join(one.path)} @{one.start} | {one.text}")


if __name__ == "__main__":
    main()
