"""``python -m ceyin.evals.fuzz``: generated documents by the thousand, and mutated ones against the clock.

``--documents 100000`` holds the parse of generated documents against what was written; ``--report`` shows the
failures per trait and ``--explain 300`` the fewest traits that cause them. ``--minutes 30`` mutates lines and
bytes and looks for crashes, hangs and lost characters. ``--shared`` checks the official pages and data.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path

from ceyin.evals.documents.draft import Options
from ceyin.evals.documents.minimal import causes
from ceyin.evals.documents.policies import KINDS
from ceyin.evals.documents.trial import LEVELS, Failure, fuzz_trial, generated_trial
from ceyin.evals.files import write_whole

_BATCH = 250
#: Of each kind of failure the shortest inputs are kept.
_KEPT = 3


@dataclass(slots=True)
class Tally:
    """What the trials so far came to."""

    trials: int = 0
    size: int = 0
    failed: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    shown: Counter[str] = field(default_factory=Counter)  # trait → documents
    wrong: Counter[str] = field(default_factory=Counter)  # trait → documents that failed
    kept: dict[str, list[Failure]] = field(default_factory=dict)

    def keep(self, failure: Failure) -> None:
        """Remember a failure if it is among the shortest of its kind."""
        same = sorted([*self.kept.get(failure.kind, []), failure], key=lambda f: len(f.data))
        self.kept[failure.kind] = same[:_KEPT]

    def add(self, other: Tally) -> None:
        """Count the trials of another tally in."""
        self.trials += other.trials
        self.size += other.size
        self.failed += other.failed
        self.kinds += other.kinds
        self.shown += other.shown
        self.wrong += other.wrong
        for failures in other.kept.values():
            for failure in failures:
                self.keep(failure)


def generated_batch(first: int, options: Options, size: int = _BATCH) -> Tally:
    """The tally of ``size`` generated documents from seed ``first`` on."""
    tally = Tally()
    for seed in range(first, first + size):
        found, traits, text = generated_trial(seed, options)
        tally.trials += 1
        tally.size += len(text)
        tally.shown.update(traits)
        if not found:
            continue
        tally.failed += 1
        tally.wrong.update(traits)
        tally.kinds.update({d.kind for d in found})
        notes = "\n".join(f"{d.kind}: {d.note}" for d in found)
        tally.keep(Failure(found[0].kind, f"{notes}\n{', '.join(sorted(traits))}", seed, text.encode()))
    return tally


def fuzz_batch(first: int, deadline: float) -> Tally:
    """The tally of mutated documents from seed ``first`` on; ends early at ``deadline`` (seconds of the epoch)."""
    tally = Tally()
    for seed in range(first, first + _BATCH):
        level = LEVELS[2] if seed % 25 == 0 else LEVELS[seed % 2]
        failure, size = fuzz_trial(seed, level)
        tally.trials += 1
        tally.size += size
        tally.shown[level] += 1
        if failure:
            tally.failed += 1
            tally.wrong[level] += 1
            tally.kinds[failure.kind] += 1
            tally.keep(failure)
        if time.time() > deadline:
            break
    return tally


def _progress(tallies: Iterator[Tally], total: str) -> Tally:
    whole = Tally()
    shown = time.monotonic()
    for tally in tallies:
        whole.add(tally)
        if time.monotonic() - shown > 5:
            shown = time.monotonic()
            print(f"\r{whole.trials}/{total} 份,不符 {whole.failed}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return whole


def _documents(options: argparse.Namespace) -> Tally:
    wanted = Options(options.kind, options.damage).without(*filter(None, options.without.split(",")))
    firsts = range(options.seed, options.seed + options.documents, _BATCH)
    sizes = [min(_BATCH, options.seed + options.documents - first) for first in firsts]
    with ProcessPoolExecutor(options.jobs) as pool:
        tallies = pool.map(partial(_one_generated, wanted), zip(firsts, sizes, strict=True))
        return _progress(tallies, str(options.documents))


def _one_generated(options: Options, batch: tuple[int, int]) -> Tally:
    return generated_batch(batch[0], options, batch[1])


def _fuzz(options: argparse.Namespace) -> Tally:
    deadline = time.time() + options.minutes * 60

    def tallies() -> Iterator[Tally]:
        with ProcessPoolExecutor(options.jobs) as pool:
            for k in count():
                if time.time() > deadline:
                    return
                firsts = [options.seed + (k * options.jobs + j) * _BATCH for j in range(options.jobs)]
                yield from pool.map(partial(fuzz_batch, deadline=deadline), firsts)

    return _progress(tallies(), "∞")


def _explain(options: argparse.Namespace) -> None:
    wanted = Options(options.kind, options.damage).without(*filter(None, options.without.split(",")))
    for cause in causes(wanted, range(options.seed, options.seed + options.explain)):
        traits = ", ".join(sorted(cause.traits)) or "没有特征"
        print(f"\n== {cause.kind}:{traits}:{cause.tried} 份中 {cause.wrong} 份不符,种子 {cause.seed}")
        print(cause.text.strip())
        for difference in cause.found[:4]:
            print(f"  → {difference.kind}: {difference.note}")


def _print(tally: Tally, seconds: float, *, traits: bool) -> None:
    print(f"{tally.trials} 份,{tally.size / 1e6:.1f} MB,{seconds:.0f} 秒;不符 {tally.failed} 份")
    for kind, times in tally.kinds.most_common():
        print(f"  {times:7d}  {kind}")
    if traits and tally.trials:
        print("特征                                     份数     不符   不符率  没有它时")
        rows = []
        for trait, shown in tally.shown.items():
            wrong, others = tally.wrong[trait], tally.trials - shown
            without = (tally.failed - wrong) / others if others else 0.0
            rows.append((wrong / shown - without, trait, shown, wrong, wrong / shown, without))
        for _, trait, shown, wrong, rate, without in sorted(rows, reverse=True):
            print(f"{trait:36s} {shown:8d} {wrong:8d}  {rate:7.2%}  {without:7.2%}")


def _write(tally: Tally, folder: Path) -> None:
    for kind, failures in tally.kept.items():
        name = "".join(c if c.isalnum() else "-" for c in kind)[:60]
        for k, failure in enumerate(failures):
            write_whole(folder / f"{name}-{k}.txt", failure.data.decode("utf-8", "surrogateescape"))
            write_whole(folder / f"{name}-{k}.note", f"seed {failure.seed}\n{failure.kind}\n{failure.note}\n")
    if tally.kept:
        print(f"不符的最短例子在 {folder}", file=sys.stderr)


def main() -> None:
    """Run the trials asked for; exit status 1 when any failed."""
    parser = argparse.ArgumentParser(description="用生成和变异的文件检验切分")
    parser.add_argument("--documents", type=int, default=0, help="生成多少份文件,逐条核对")
    parser.add_argument("--minutes", type=float, default=0, help="变异测试多少分钟")
    parser.add_argument("--shared", type=Path, help="核对这个文件夹里的官方页面和数据一字不丢")
    parser.add_argument("--seed", type=int, default=0, help="从哪个种子开始")
    parser.add_argument("--jobs", type=int, default=2, help="同时用几个进程")
    parser.add_argument("--kind", choices=list(KINDS), help="只生成这一种文件")
    parser.add_argument("--damage", action="store_true", help="生成有缺损的文件")
    parser.add_argument("--without", default="", help="不要这些特征,用逗号隔开")
    parser.add_argument(
        "--explain", type=int, default=0, help="逐个特征找不符的原因,再看这么多份文件,各举最短一例"
    )
    parser.add_argument("--report", action="store_true", help="按特征列出不符率")
    parser.add_argument("--out", type=Path, default=Path("evals/out/fuzz"), help="不符的例子写到哪里")
    options = parser.parse_args()
    failed = 0
    for asked, work in ((options.documents, _documents), (options.minutes, _fuzz)):
        if not asked:
            continue
        started = time.monotonic()
        tally = work(options)
        _write(tally, options.out)
        _print(tally, time.monotonic() - started, traits=options.report)
        failed += tally.failed
    if options.explain:
        _explain(options)
    if options.shared:
        from ceyin.evals.documents.shared_texts import every_text, lossless

        broken, number = lossless(every_text(options.shared))
        print(f"官方页面和数据 {number} 份,不符 {len(broken)} 份")
        for name, note in broken:
            print(f"  {name}: {note}")
        failed += len(broken)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
