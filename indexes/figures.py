"""The kind of figure a question asks for: money, a date, a share, a number of things."""

from __future__ import annotations

import re
from functools import lru_cache

from ceyin.corpus.yamlfile import load_yaml
from ceyin.indexes.tokens import WORDS_FOLDER

#: 「好几年」「好几万」 tell of many, they ask for no figure.
SEVERAL = re.compile(r"好几[\u4e00-\u9fff]")


@lru_cache(maxsize=1)
def _figures() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Asked by, looks like."""
    content = load_yaml((WORDS_FOLDER / "figures.yaml").read_text(encoding="utf-8"))
    return tuple(
        (re.compile("|".join(f["asked_by"]), re.IGNORECASE), re.compile(f["looks_like"]))
        for f in content["figures"]
    )


def figure_wanted(text: str) -> re.Pattern[str] | None:
    """What the figure a question asks for looks like; None where it asks for none."""
    text = SEVERAL.sub("", text)
    return next((looks_like for asked_by, looks_like in _figures() if asked_by.search(text)), None)
