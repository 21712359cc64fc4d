"""What every test may rely on: no network, a home of its own, and skips that say what is missing.

A test names what it needs by a marker (``@pytest.mark.browser``) or by asking for a fixture (``chromium``,
``shared``, ``postgres_programs``); where the need is not met the test is skipped with the reason.
``CEYIN_REQUIRE=browser,neural,postgres,libreoffice,ocr,shared`` (as in ``.ci/run``) turns these skips into failures, so that
a check that silently stopped running is noticed.
"""

import importlib.util
import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from ceyin.evals.cases import shared_folder

KEPT = {
    "CEYIN_SHARED",
    "CEYIN_REQUIRE",
    "CEYIN_CHROMIUM",
}  # all other CEYIN_… are the developer's own settings
QUIET = {"GRADIO_ANALYTICS_ENABLED": "False", "ANONYMIZED_TELEMETRY": "False", "HF_HUB_OFFLINE": "1"}
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
FIXTURE_NEEDS = {"shared": "shared", "chromium": "browser"}

# A slow machine is no failure: time is held by pytest-timeout, speed by the bench.
settings.register_profile("ceyin", deadline=None, print_blob=True)
settings.load_profile("ceyin")


# ---- what a test may need ------------------------------------------------------------------------


def _chromium() -> str | None:
    named = os.environ.get("CEYIN_CHROMIUM")
    names = [named] if named else ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    return next(filter(None, map(shutil.which, names)), None)


def _shared() -> Path | None:
    folder = shared_folder(os.environ)
    return folder.resolve() if folder and folder.is_dir() else None


def _no_shared() -> str | None:
    return None if _shared() else "no folder of official pages: CEYIN_SHARED names it"


def _no_browser() -> str | None:
    if not _chromium():
        return "no Chromium: install the package chromium, or name one in CEYIN_CHROMIUM"
    return None if importlib.util.find_spec("playwright") else "playwright is not installed: make dev"


def _no_neural() -> str | None:
    missing = [name for name in ("torch", "sentence_transformers") if not importlib.util.find_spec(name)]
    return f"the neural extra is not installed ({', '.join(missing)})" if missing else None


def _postgres_programs() -> Path | None:
    """The folder of ``initdb`` and ``pg_ctl``; Debian keeps them off the PATH."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max((path.parent for path in versions), key=lambda folder: int(folder.parent.name), default=None)


def _no_postgres() -> str | None:
    if not _postgres_programs():
        return "no PostgreSQL: install the package postgresql"
    return None if importlib.util.find_spec("psycopg") else "no PostgreSQL driver: install the extra postgres"


def _no_libreoffice() -> str | None:
    return None if shutil.which("soffice") else "no LibreOffice: install the package libreoffice-writer-nogui"


def _no_ocr() -> str | None:
    return None if importlib.util.find_spec("rapidocr") else "the ocr extra is not installed (rapidocr)"


MISSING: dict[str, Callable[[], str | None]] = {
    "shared": _no_shared,
    "browser": _no_browser,
    "neural": _no_neural,
    "postgres": _no_postgres,
    "libreoffice": _no_libreoffice,
    "ocr": _no_ocr,
}


def required() -> set[str]:
    return {name.strip() for name in os.environ.get("CEYIN_REQUIRE", "").split(",") if name.strip()}


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of official pages and evaluation cases; the test is skipped where there is none."""
    folder = _shared()
    assert folder, "a test with this fixture is skipped before it gets here"
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; the test is skipped where there is none."""
    path = _chromium()
    assert path, "a test with this fixture is skipped before it gets here"
    return path


@pytest.fixture(scope="session")
def postgres_programs() -> Path:
    """The folder of PostgreSQL's programs. Asked for late by parametrised fixtures, so it skips by itself."""
    if reason := _no_postgres():
        (pytest.fail if "postgres" in required() else pytest.skip)(reason)
    folder = _postgres_programs()
    assert folder
    return folder


# ---- skipping, and refusing to skip --------------------------------------------------------------


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for fixture in getattr(item, "fixturenames", ()):
            if fixture in FIXTURE_NEEDS:
                item.add_marker(FIXTURE_NEEDS[fixture])


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    for name, missing in MISSING.items():
        if item.get_closest_marker(name) and (reason := missing()):
            pytest.skip(reason)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    report = yield
    needs = {name for name in required() if item.get_closest_marker(name)}
    if needs and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = (
            f"CEYIN_REQUIRE names {', '.join(sorted(needs))}, but this was skipped: {_reason(report)}"
        )
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, Any, Any]:
    report = yield
    # A module skipped as a whole (importorskip) carries no marker, so it cannot say which need it stands for.
    if required() and report.skipped:
        report.outcome = "failed"
        report.longrepr = (
            f"CEYIN_REQUIRE is set: mark the tests instead of skipping the module: {_reason(report)}"
        )
    return report


def _reason(report: Any) -> str:
    return str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)


# ---- isolation -----------------------------------------------------------------------------------


def pytest_configure(config: pytest.Config) -> None:
    if unknown := required() - MISSING.keys():
        raise pytest.UsageError(
            f"CEYIN_REQUIRE: unknown {', '.join(sorted(unknown))}; known: {', '.join(MISSING)}"
        )
    for name in list(os.environ):
        if (name.startswith("CEYIN_") and name not in KEPT) or name.upper() in PROXIES:
            del os.environ[name]
    os.environ.update(QUIET)
    # For what is made once for many tests; each test gets a home of its own below.
    folder = tempfile.mkdtemp(prefix="ceyin-tests-")
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    os.environ["CEYIN_HOME"] = folder


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CEYIN_HOME", str(tmp_path / "home"))


class NetworkBlockedError(RuntimeError):
    """Not an OSError: code that takes a failed connection in its stride must not hide the attempt."""


ATTEMPTS: list[str] = []
_LOOPBACK = ("localhost", "::1", "0.0.0.0", "::", "", "None")


def _loopback(host: object) -> bool:
    text = host.decode() if isinstance(host, bytes) else str(host)
    return text in _LOOPBACK or text.startswith(("127.", "::ffff:127."))


def _refuse(host: object) -> None:
    ATTEMPTS.append(str(host))
    raise NetworkBlockedError(f"a test tried to reach {host!r}: only this machine itself may be reached")


@pytest.fixture(autouse=True, scope="session")
def _network_guard() -> Iterator[None]:
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def checked(original: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(self: socket.socket, address: Any) -> Any:
            if isinstance(address, tuple) and not _loopback(address[0]):
                _refuse(address[0])
            return original(self, address)

        return guarded

    def guarded_getaddrinfo(host: Any, *rest: Any, **options: Any) -> Any:
        if not _loopback(host):
            _refuse(host)
        return getaddrinfo(host, *rest, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", checked(connect))
        patch.setattr(socket.socket, "connect_ex", checked(connect_ex))
        patch.setattr(socket, "getaddrinfo", guarded_getaddrinfo)
        yield


@pytest.fixture(autouse=True)
def _no_network(_network_guard: None) -> Iterator[None]:
    """Fails the test during which anything in this process, a library's thread say, reached out."""
    ATTEMPTS.clear()
    yield
    attempts = ATTEMPTS.copy()
    ATTEMPTS.clear()
    if attempts:
        pytest.fail(f"tried to reach the network: {', '.join(attempts)}")
