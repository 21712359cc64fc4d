"""Timing variants of one piece of work against each other, in the same run."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from ceyin.evals.files import write_whole
from ceyin.evals.machine import Machine, machine


@dataclass(frozen=True, slots=True)
class Timing:
    """The times of one variant in milliseconds, in the order they were taken."""

    name: str
    times_ms: tuple[float, ...]

    @property
    def median_ms(self) -> float:
        """The middle time: one slow run does not move it."""
        return median(self.times_ms)


@dataclass(frozen=True, slots=True)
class Benchmark:
    """All variants of a benchmark, in the order given; the first is the one the others are held against."""

    title: str
    timings: tuple[Timing, ...]
    started: datetime
    machine: Machine
    quality_name: str = ""
    quality: Mapping[str, float] = field(default_factory=dict)
    megabytes: float | None = None

    def with_quality(self, name: str, shares: Mapping[str, float], megabytes: float) -> Benchmark:
        """The same with a share between 0 and 1 per variant, and the size of what was worked on."""
        return replace(self, quality_name=name, quality=shares, megabytes=megabytes)


def bench(
    title: str,
    variants: Mapping[str, Callable[[], object]],
    *,
    runs: int = 7,
    warmups: int = 1,
    clock: Callable[[], float] = time.perf_counter,
) -> Benchmark:
    """Times every variant ``runs`` times, in turn, so a machine that slows down slows them all alike.

    ``clock`` returns seconds. No variant or no run is a ``ValueError``.
    """
    if not variants or runs < 1:
        raise ValueError("a benchmark needs at least one variant and one run")
    started = datetime.now(UTC)
    times: dict[str, list[float]] = {name: [] for name in variants}
    for turn in range(warmups + runs):
        for name, work in variants.items():
            before = clock()
            work()
            elapsed = (clock() - before) * 1000
            if turn >= warmups:
                times[name].append(elapsed)
    timings = tuple(Timing(name, tuple(taken)) for name, taken in times.items())
    return Benchmark(title, timings, started, machine())


def bench_json(benchmark: Benchmark) -> dict[str, Any]:
    """The benchmark with its machine; times in milliseconds."""
    return {
        "title": benchmark.title,
        "started": benchmark.started.isoformat(timespec="seconds"),
        "machine": asdict(benchmark.machine),
        "variants": [
            {
                "name": timing.name,
                "median_ms": round(timing.median_ms, 4),
                "min_ms": round(min(timing.times_ms), 4),
                "max_ms": round(max(timing.times_ms), 4),
                "runs": len(timing.times_ms),
            }
            | _quality_json(benchmark, timing)
            for timing in benchmark.timings
        ],
    }


def _quality_json(benchmark: Benchmark, timing: Timing) -> dict[str, float]:
    out: dict[str, float] = {}
    if timing.name in benchmark.quality:
        out["quality"] = round(benchmark.quality[timing.name], 4)
    if benchmark.megabytes is not None:
        out["megabytes_per_second"] = round(benchmark.megabytes / timing.median_ms * 1000, 3)
    return out


def write_bench(benchmark: Benchmark, path: Path) -> None:
    """Writes the JSON in one step, making the folder where needed."""
    write_whole(path, json.dumps(bench_json(benchmark), ensure_ascii=False, indent=2) + "\n")


def print_bench(benchmark: Benchmark) -> None:
    """The table: median, fastest, slowest, and the median as a multiple of the first variant's."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    here = benchmark.machine
    measured_on = f"{here.cpu},{here.cores} 核,Python {here.python}"
    table = Table(title=escape(benchmark.title), caption=escape(measured_on))
    table.add_column("做法")
    for column in ("中位 毫秒", "最快", "最慢", "倍数"):
        table.add_column(column, justify="right")
    if benchmark.megabytes is not None:
        table.add_column("MB/秒", justify="right")
        table.add_column(benchmark.quality_name, justify="right")
    base = benchmark.timings[0].median_ms
    for timing in benchmark.timings:
        figures = (timing.median_ms, min(timing.times_ms), max(timing.times_ms))
        multiple = f"{timing.median_ms / base:.2f}" if base else "—"
        more: tuple[str, ...] = ()
        if benchmark.megabytes is not None:
            share = benchmark.quality.get(timing.name)
            more = (
                f"{benchmark.megabytes / timing.median_ms * 1000:.2f}",
                f"{share:.1%}" if share is not None else "—",
            )
        table.add_row(escape(timing.name), *(f"{figure:.3f}" for figure in figures), multiple, *more)
    Console().print(table)
