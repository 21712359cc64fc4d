"""Running the tests on one mutant: a child process in which one module is another."""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import multiprocessing
import os
import sys
import time
from ast import Module, parse
from collections.abc import Iterable, Iterator, Sequence
from multiprocessing.context import ForkContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import ModuleType

from ceyin.evals.mutation.operators import Mutant, mutated

#: A mutant that runs longer than this never ends: it is found out too.
TIMEOUT = 120.0


def run_all(
    mutants: Sequence[Mutant], texts: dict[str, str], tests: Sequence[str], root: Path, parallel: int
) -> Iterator[tuple[Mutant, str]]:
    """Each mutant with ``killed``, ``timeout`` or ``survived``, as they come."""
    _preload(texts)
    fork = multiprocessing.get_context("fork")
    waiting = list(reversed(mutants))
    _check_unchanged(fork, texts, tests, root)
    running: dict[Mutant, tuple[BaseProcess, float]] = {}
    while waiting or running:
        while waiting and len(running) < parallel:
            mutant = waiting.pop()
            tree = mutated(texts[mutant.module], mutant.number)
            process: BaseProcess = fork.Process(target=_child, args=(mutant.module, tree, list(tests), root))
            process.start()
            running[mutant] = (process, time.monotonic())
        time.sleep(0.02)
        for mutant, (process, started) in list(running.items()):
            late = time.monotonic() - started > TIMEOUT
            if process.is_alive() and not late:
                continue
            if process.is_alive():
                process.kill()
            process.join()
            del running[mutant]
            yield mutant, "timeout" if late else "survived" if process.exitcode == 0 else "killed"


def _check_unchanged(fork: ForkContext, texts: dict[str, str], tests: Sequence[str], root: Path) -> None:
    """The tests must pass on a module as it is, read the same way, or every mutant would seem found out."""
    module, text = next(iter(texts.items()))
    process = fork.Process(target=_child, args=(module, parse(text), list(tests), root))
    process.start()
    process.join()
    if process.exitcode:
        raise RuntimeError(f"the tests fail on {module} without any change")


#: What every child needs and no mutant changes.
_EARLY = (
    "chinese_calendar",
    "pytest",
    "ceyin.assistant.contract",
    "ceyin.assistant.rules.files",
    "ceyin.corpus.library",
    "ceyin.indexes.tokens",
)


def _preload(changed: Iterable[str]) -> None:
    """Read what all children need once; the modules under test must not be among it."""
    for name in _EARLY:
        importlib.import_module(name)
    early = [name for name in changed if name in sys.modules]
    if early:
        raise RuntimeError(f"loaded before it could be changed: {early[0]}")


def _child(module: str, tree: Module, tests: list[str], root: Path) -> None:
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    sys.dont_write_bytecode = True
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    os.chdir(root)
    sys.path.insert(0, str(root))
    sys.meta_path.insert(0, _Finder(module, tree))
    import pytest

    code = pytest.main([*_BARE, *tests], plugins=[_Quick()])
    os._exit(0 if code == pytest.ExitCode.OK else 1)


#: No more of pytest than these tests need: a start costs more than most of them.
_BARE = (
    "-x", "-q", "--noconftest", "--assert=plain", "-p", "no:cacheprovider",
    "-W", "ignore::pytest.PytestConfigWarning",
)  # fmt: skip


class _Quick:
    """Few examples, always the same, and no search for a smaller one."""

    def pytest_configure(self) -> None:
        from hypothesis import HealthCheck, Phase, settings

        settings.register_profile(
            "mutation", max_examples=40, derandomize=True, database=None, deadline=None,
            phases=(Phase.explicit, Phase.generate), suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        settings.load_profile("mutation")


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def __init__(self, module: str, tree: Module) -> None:
        self.module, self.tree = module, tree

    def find_spec(
        self, fullname: str, path: object, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        return importlib.machinery.ModuleSpec(fullname, self) if fullname == self.module else None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.tree, self.module, "exec"), module.__dict__)
