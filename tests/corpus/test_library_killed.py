"""kill -9 in the middle of adding: nothing reported is lost, nothing is there by halves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from ceyin.corpus import audit
from ceyin.corpus.database import open_database
from ceyin.corpus.library import Library
from ceyin.corpus.model import ParsedSource

from .town import catalog, many

ADDING = """
import importlib.util, pathlib, sys
spec = importlib.util.spec_from_file_location("town", sys.argv[1])
town = importlib.util.module_from_spec(spec)
sys.modules["town"] = town
spec.loader.exec_module(town)
from ceyin.corpus.database import open_database
from ceyin.corpus.library import Library
library = Library(open_database(pathlib.Path(sys.argv[2])), town.catalog())
for n in range(int(sys.argv[3]), 100000):
    report = library.add(town.many(n))
    print(n, *(line.policy_id for line in report.policies), flush=True)
"""


def test_a_killed_process_loses_nothing_it_reported_and_leaves_nothing_by_halves(tmp_path: Path) -> None:
    home, reported, start = tmp_path / "家", dict[int, list[str]](), 0
    for lines_before_kill in (1, 4, 9, 17):
        line = [sys.executable, "-c", ADDING, str(Path(__file__).with_name("town.py")), str(home), str(start)]
        run = subprocess.Popen(line, stdout=subprocess.PIPE, text=True)
        assert run.stdout is not None
        for _ in range(lines_before_kill):
            number, *ids = run.stdout.readline().split()
            reported[int(number)] = ids
        os.kill(run.pid, signal.SIGKILL)  # somewhere in the next source
        for rest in run.stdout.read().splitlines(keepends=True):
            if rest.endswith("\n"):
                number, *ids = rest.split()
                reported[int(number)] = ids
        run.stdout.close()
        assert run.wait() == -signal.SIGKILL
        start = max(reported) + 1
        _check_after_kill(home, reported)


def _check_after_kill(home: Path, reported: dict[int, list[str]]) -> None:
    with open_database(home) as database:
        library = Library(database, catalog())
        stored = {p.policy_id: p for p in library.policies()}
        whole: dict[str, ParsedSource] = {many(n).sha256: many(n) for n in range(max(reported) + 2)}
        for ids in reported.values():
            assert len(ids) == 2
            assert set(ids) <= stored.keys()
        sources = library.sources()
        assert len(reported) <= len(sources) <= len(reported) + 4  # a kill may come between commit and print
        for source in sources:
            parsed = whole[source.sha256]
            assert source.text == parsed.text
            mine = [p for p in stored.values() if p.sha256 == source.sha256]
            assert sorted(len(p.clauses) for p in mine) == sorted(len(p.clauses) + 2 for p in parsed.policies)
        report = audit.verify(database)
        assert (report.sound, report.entries) == (True, len(sources))
