"""The test bench: an unmet need skips, or fails under CEYIN_REQUIRE; the network is out of reach."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NEEDY = "import pytest\n\n@pytest.mark.browser\ndef test_page():\n    pass\n\ndef test_plain():\n    pass\n"


def run(tmp_path: Path, test: str, **environ: str) -> tuple[int, str]:
    """Runs ``test`` in a pytest of its own, on a copy of this folder's conftest, without a Chromium."""
    (tmp_path / "conftest.py").write_text(
        (ROOT / "tests" / "conftest.py").read_text("utf-8"), encoding="utf-8"
    )
    (tmp_path / "test_it.py").write_text(test, encoding="utf-8")
    config = tmp_path / "pytest.ini"
    config.write_text("[pytest]\nmarkers =\n  shared\n  browser\n  neural\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-rs", "-p", "no:cacheprovider", "-c", str(config), str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "CEYIN_CHROMIUM": "/no/such/chromium", **environ},
        capture_output=True,
        text=True,
        timeout=120,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("require", "code", "says"),
    [
        ("", 0, "1 passed, 1 skipped"),
        ("neural", 0, "1 passed, 1 skipped"),
        ("browser", 1, "CEYIN_REQUIRE names browser, but this was skipped: Skipped: no Chromium"),
        ("neural, browser", 1, "1 passed, 1 error"),
        ("browsers", 4, "unknown browsers"),
    ],
)
def test_a_required_need_that_is_not_met_fails(tmp_path: Path, require: str, code: int, says: str) -> None:
    returned, output = run(tmp_path, NEEDY, CEYIN_REQUIRE=require)
    assert (returned, says in output) == (code, True), output


def test_a_module_skipped_as_a_whole_fails_where_needs_are_required(tmp_path: Path) -> None:
    test = "import pytest\npytest.importorskip('no_such_library')\n"
    assert run(tmp_path, test, CEYIN_REQUIRE="neural")[0] == 2
    assert run(tmp_path, test, CEYIN_REQUIRE="")[0] == 5  # nothing left to run


def test_a_hidden_attempt_to_reach_the_network_fails_the_test(tmp_path: Path) -> None:
    test = (
        "import contextlib, socket\n\ndef test_it():\n    with contextlib.suppress(Exception):\n"
        "        socket.create_connection(('192.0.2.1', 80), timeout=1)\n"
    )
    returned, output = run(tmp_path, test)
    assert (returned, "tried to reach the network: 192.0.2.1" in output) == (1, True), output


def test_this_machine_itself_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1]), timeout=5).close()


def test_each_test_has_a_home_of_its_own_and_no_settings_of_the_developer(tmp_path: Path) -> None:
    assert os.environ["CEYIN_HOME"] == str(tmp_path / "home")
    assert not (tmp_path / "home").exists()
    allowed = {"CEYIN_HOME", "CEYIN_SHARED", "CEYIN_REQUIRE", "CEYIN_CHROMIUM"}
    assert {name for name in os.environ if name.startswith("CEYIN_")} <= allowed
