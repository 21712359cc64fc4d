"""No official policy wording stands in the files of this project."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def test_no_tracked_file_repeats_official_wording(shared: Path) -> None:
    tool = shared / "tools" / "check_verbatim"
    if not tool.is_file():
        pytest.skip(f"no {tool}")
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: the tool compares tracked files")
    # Run with this Python: it has opencc, without which traditional characters are not compared.
    done = subprocess.run(
        [sys.executable, str(tool), str(ROOT), "--corpus", str(shared / "corpus")],
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 run(s) of" in done.stdout, "the tool compared nothing: " + done.stdout
