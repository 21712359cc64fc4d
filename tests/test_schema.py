"""The JSON Schemas in docs/schema are those of the models: the public JSON changes only on purpose."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "docs" / "schema"


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.json")), ids=lambda f: f.stem)
def test_the_written_schema_is_that_of_the_model(file: Path) -> None:
    command = [sys.executable, "-m", "ceyin", "schema", file.stem]
    now = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert json.loads(file.read_text(encoding="utf-8")) == now, (
        f"the public JSON changed; if meant: ceyin schema {file.stem} > docs/schema/{file.name}"
    )


def test_every_model_has_its_file() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ceyin", "schema"], capture_output=True, text=True, check=True
    )
    assert set(json.loads(done.stdout)) == {f.stem for f in FOLDER.glob("*.json")}
