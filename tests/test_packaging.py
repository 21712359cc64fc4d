"""What a person gets who installs: the whole project under ``ceyin``, at exact versions, without torch."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import ceyin
import ceyin.corpus

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("corpus", "indexes", "assistant", "ui", "evals")
LEFT_OUT = {"__pycache__", "out"}  # folders that are made, not written: ``evals/out`` holds reports
NEURAL = re.compile(r"torch|torchvision|transformers|sentence-transformers|triton|nvidia-.*|cuda-.*")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS: dict[str, list[str]] = PROJECT["optional-dependencies"]
PINS = {
    canonicalize_name(line.split("==")[0]): Version(line.split("==")[1])
    for line in (ROOT / "constraints.txt").read_text("utf-8").split()
    if "==" in line
}


def needed_by(requirements: list[str]) -> Iterator[str]:
    """Names of all that installing ``requirements`` brings with it, as the installed packages state it."""
    seen: set[tuple[str, str]] = set()
    waiting = [Requirement(text) for text in requirements]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        for extra in ("", *sorted(requirement.extras)):
            if (name, extra) in seen:
                continue
            seen.add((name, extra))
            if not extra:
                yield name
            try:
                stated = [Requirement(text) for text in requires(name) or []]
            except PackageNotFoundError:
                continue  # left out on this system or Python by a marker further up
            waiting += [
                other
                for other in stated
                if other.marker is None
                or (other.marker.evaluate({"extra": extra}) and ("extra" in str(other.marker)) == bool(extra))
            ]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without network from a copy of what stands in the repository."""
    pytest.importorskip("setuptools", minversion="80", reason="building needs setuptools: make dev")
    copy = tmp_path_factory.mktemp("project")
    for name in ("src", *PACKAGES):
        shutil.copytree(
            ROOT / name, copy / name, symlinks=True, ignore=shutil.ignore_patterns(*LEFT_OUT, "*.egg-info")
        )
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy / name)
    build = "import sys; from setuptools import build_meta; print(build_meta.build_wheel(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", build, str(copy / "dist")],
        cwd=copy,
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    return next((copy / "dist").glob("*.whl"))


def test_the_links_make_the_top_folders_packages_of_ceyin() -> None:
    assert Path(str(ceyin.corpus.__file__)).resolve() == ROOT / "corpus" / "__init__.py"
    assert ceyin.__version__ == PROJECT["version"]


def test_the_wheel_holds_every_file_of_the_packages_and_nothing_beside_ceyin(wheel: Path) -> None:
    expected = {
        f"ceyin/{path.relative_to(ROOT).as_posix()}": path
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and not LEFT_OUT & set(path.relative_to(ROOT).parts) and path.suffix != ".md"
    }
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        assert not sorted(expected.keys() - names), "add these to [tool.setuptools.package-data]"
        assert {name.split("/")[0] for name in names} == {"ceyin", f"ceyin-{PROJECT['version']}.dist-info"}
        for name, path in expected.items():
            assert archive.read(name) == path.read_bytes(), f"{name} differs from {path}"


def test_the_wheel_works_where_there_is_no_repository(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import ceyin.ui.cli\n"
        "from ceyin.corpus.catalog import load_catalog\n"
        "assert ceyin.__file__.startswith(sys.argv[1]), ceyin.__file__\n"
        "print(len(load_catalog().policies))"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", program, str(tmp_path / "site")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) == len(list((ROOT / "corpus" / "catalog").glob("*.yaml"))) > 0


def imported_modules(source: str) -> Iterator[str]:
    """The first part of every module that ``source`` imports, wherever in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def test_every_library_that_is_imported_is_a_requirement_of_ours_not_of_somebody_else() -> None:
    stated = [Requirement(text) for group in (PROJECT["dependencies"], *EXTRAS.values()) for text in group]
    ours = {canonicalize_name(requirement.name) for requirement in stated}
    installed = packages_distributions()
    wrong = []
    for path in (path for package in PACKAGES for path in (ROOT / package).rglob("*.py")):
        for module in sorted(
            set(imported_modules(path.read_text("utf-8"))) - sys.stdlib_module_names - {"ceyin"}
        ):
            sources = {canonicalize_name(name) for name in installed.get(module, [module])}
            if not sources & ours:
                wrong.append(f"{path.relative_to(ROOT)}: {module} (of {', '.join(sorted(sources))})")
    assert not wrong, "add to pyproject.toml, then make lock:\n" + "\n".join(wrong)


@pytest.mark.parametrize("group", ["core", *EXTRAS])
def test_every_requirement_is_pinned_within_its_range(group: str) -> None:
    for text in EXTRAS.get(group, PROJECT["dependencies"]):
        requirement = Requirement(text)
        pin = PINS.get(canonicalize_name(requirement.name))
        assert pin, f"{requirement.name} is not in constraints.txt: make lock"
        assert pin in requirement.specifier, (
            f"{requirement} and its pin {pin} contradict each other: make lock"
        )


def test_make_setup_installs_only_pinned_versions_and_no_torch() -> None:
    light = set(needed_by([*PROJECT["dependencies"], *EXTRAS["ui"]]))
    assert len(light) > 50, "the walk over the installed packages came to a halt"
    assert not sorted(name for name in light if NEURAL.fullmatch(name))
    assert not sorted(light - PINS.keys()), "not in constraints.txt: make lock"


def test_the_walk_over_requirements_would_see_torch() -> None:
    assert NEURAL.fullmatch("torch")
    assert "torch" in set(needed_by(EXTRAS["neural"]))
