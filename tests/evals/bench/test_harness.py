"""The timing harness."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ceyin.evals.bench.harness import bench, print_bench, write_bench


class _Clock:
    """A clock that moves only when work is done."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def work(self, *seconds: float) -> Callable[[], None]:
        """Work that takes these times, one a call, the last one for ever."""
        left = list(seconds)

        def step() -> None:
            self.now += left.pop(0) if len(left) > 1 else left[0]

        return step


def test_the_median_leaves_out_warm_up_and_one_slow_run() -> None:
    clock = _Clock()
    measured = bench("t", {"a": clock.work(9, 1, 8, 1)}, runs=3, warmups=1, clock=clock)
    assert list(measured.timings[0].times_ms) == [1000, 8000, 1000]
    assert measured.timings[0].median_ms == 1000


def test_the_variants_take_turns() -> None:
    seen: list[str] = []
    bench("t", {"a": lambda: seen.append("a"), "b": lambda: seen.append("b")}, runs=2, warmups=1)
    assert seen == ["a", "b"] * 3


@pytest.mark.parametrize(("variants", "runs"), [({}, 3), ({"a": lambda: None}, 0)])
def test_nothing_to_measure_is_an_error(variants: dict[str, Callable[[], None]], runs: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        bench("t", variants, runs=runs)


def test_the_json_and_the_table_tell_the_same_figures_with_the_machine(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = _Clock()
    measured = bench("[切分]", {"旧": clock.work(0.002), "新": clock.work(0.001)}, runs=3, clock=clock)
    write_bench(measured, tmp_path / "new" / "bench.json")
    written = json.loads((tmp_path / "new" / "bench.json").read_text(encoding="utf-8"))
    assert [v["median_ms"] for v in written["variants"]] == [2.0, 1.0]
    assert written["machine"]["cores"] >= 1
    print_bench(measured)
    table = capsys.readouterr().out
    assert "[切分]" in table
    assert "2.000" in table
    assert "0.50" in table
