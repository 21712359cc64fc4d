"""The shape of the house: who may import whom, how long a module gets, what a start may load."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LAYERS = ("corpus", "indexes", "assistant", "ui")  # imports go only from the right to the left
PACKAGES = (*LAYERS, "evals")
LONGEST = 500  # lines of one module
# Each costs between 0.6 and 7 seconds to import: none may be loaded before a command needs it.
HEAVY = ("torch", "sentence_transformers", "transformers", "gradio", "chromadb", "llama_index", "jieba")
# A module may name a package in a string (importlib); that counts as an import, or it would be a way around.
NAMED = re.compile(r"ceyin\.(\w+)(?:\.\w+)*")


def imported_packages(source: str, package: str) -> Iterator[tuple[int, str]]:
    """Line and name of each ceyin package that ``source``, a module within ``package``, imports or names."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            module = node.module or ""
            names = [f"ceyin.{alias.name}" for alias in node.names] if module == "ceyin" else [module]
        elif isinstance(node, ast.ImportFrom):
            # Beyond the own folder ruff bans relative imports (TID252); one dot stays inside it.
            names = [f"ceyin.{package}"] if node.level == 1 else ["ceyin.unknown"]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found = NAMED.fullmatch(node.value)
            names = [node.value] if found and found[1] in PACKAGES else []  # not ceyin.toml and its like
        else:
            continue
        for name in names:
            if found := NAMED.fullmatch(name):
                yield node.lineno, found[1]


def may_import(package: str, target: str) -> bool:
    """Whether a module of ``package`` may import from ``ceyin.<target>``."""
    if target == package or (package == "evals" and target in LAYERS):
        return True
    if package not in LAYERS or target not in LAYERS:
        return target.startswith("__")  # ceyin.__version__
    return LAYERS.index(target) < LAYERS.index(package)


def modules() -> list[Path]:
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


@pytest.mark.parametrize(
    ("package", "source", "allowed"),
    [
        ("assistant", "from ceyin.indexes.search import Index", True),
        ("assistant", "from ceyin.assistant.contract import Answer", True),
        ("ui", "import ceyin.corpus.model", True),
        ("ui", "from ceyin import __version__", True),
        ("evals", "from ceyin.ui.app import open_app", True),
        ("indexes", "def late():\n    from ceyin.assistant import answer", False),
        ("corpus", "from ceyin import indexes", False),
        ("corpus", "import ceyin.ui.app as app", False),
        ("ui", "from ceyin.evals.run import run", False),
        ("ui", "import importlib\nimportlib.import_module('ceyin.evals.command')", False),
        ("indexes", "from ..assistant import answer", False),
    ],
)
def test_the_import_rule_knows_both_sides(package: str, source: str, allowed: bool) -> None:
    found = [target for _, target in imported_packages(source, package)]
    assert found
    assert all(may_import(package, target) for target in found) is allowed


def test_imports_go_only_upwards_in_the_picture() -> None:
    wrong = []
    for path in modules():
        package = path.relative_to(ROOT).parts[0]
        for line, target in imported_packages(path.read_text("utf-8"), package):
            if not may_import(package, target):
                wrong.append(f"{path.relative_to(ROOT)}:{line}: {package} must not know ceyin.{target}")
    assert not wrong, "\n".join(wrong)


def test_every_package_is_there_and_linked_under_ceyin() -> None:
    for package in PACKAGES:
        link = ROOT / "src" / "ceyin" / package
        assert (ROOT / package / "__init__.py").is_file()
        assert link.is_symlink()
        assert str(link.readlink()) == f"../../{package}", (
            "a link must be relative, or a clone elsewhere breaks"
        )


def test_modules_stay_short_and_are_named_for_what_they_do() -> None:
    wrong = []
    for path in [*modules(), *(ROOT / "tests").rglob("*.py")]:
        if (lines := len(path.read_text("utf-8").splitlines())) > LONGEST:
            wrong.append(f"{path.relative_to(ROOT)}: {lines} lines, more than {LONGEST}")
        if path.stem in {"utils", "util", "helpers", "misc", "common"}:
            wrong.append(f"{path.relative_to(ROOT)}: the name says nothing about the content")
    assert not wrong, "\n".join(wrong)


def test_only_evals_and_tests_know_the_shared_folder() -> None:
    inside = re.compile(r"CEYIN_SHARED|\.\./shared")
    wrong = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in modules()
        if path.relative_to(ROOT).parts[0] != "evals"
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if inside.search(line)
    ]
    assert not wrong, "\n".join(wrong)


def test_the_command_line_starts_without_the_heavy_libraries() -> None:
    program = (
        "import sys, ceyin.ui.cli\n"
        f"print(*sorted({{name.split('.')[0] for name in sys.modules}} & set({HEAVY!r})))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [], "imported at the start; move these imports to where they are used"
