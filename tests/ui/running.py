"""The command as its users run it: a process of its own over a home of its own."""

import os
import subprocess
import sys
from pathlib import Path

POLICY = Path(__file__).parents[1] / "fixtures" / "shili.txt"


def ceyin(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """``ceyin WORDS`` with what it printed and how it ended."""
    env = {**os.environ, "CEYIN_HOME": str(home)}
    return subprocess.run(
        [sys.executable, "-m", "ceyin", *words], capture_output=True, text=True, env=env, check=False
    )
