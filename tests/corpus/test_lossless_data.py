"""No character of the official pages and of the data sets is lost: the same check as on generated documents."""

from pathlib import Path

import pytest

from ceyin.evals.documents.shared_texts import every_text, lossless


@pytest.mark.shared
def test_every_text_of_the_shared_folder_is_covered_once(shared: Path) -> None:
    broken, number = lossless(every_text(shared))
    assert number > 4000
    assert not broken, f"{len(broken)} of {number}: {broken[:5]}"
