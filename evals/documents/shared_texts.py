"""Every text of the shared folder as the segmenter gets it: the official pages, the laws, the policy data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from ceyin.corpus.errors import SourceError
from ceyin.corpus.read import SUFFIXES, Source, read_source
from ceyin.corpus.segment import parse
from ceyin.evals.documents.check import lost_words

#: Sets of records: the file and the field that holds the text.
_RECORDS = (
    ("policy_realestate/records_fulltext.jsonl", "full_text"),
    ("policy_statecouncil_2018/policies.jsonl", "text"),
)


def every_text(shared: Path, *, every: int = 1) -> Iterator[Source]:
    """All sources; of the laws only every ``every``-th, in the order of their names."""
    yield from _files(sorted((shared / "corpus").iterdir()))
    yield from _files(sorted((shared / "data" / "policy_guangzhou" / "sources").iterdir()))
    for name, key in _RECORDS:
        with (shared / "data" / name).open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                text = json.loads(line).get(key) or ""
                if text.strip():
                    yield Source(f"{name}:{number}", "0" * 64, text, "txt")
    laws = [
        p for folder in ("laws_justlaws", "laws_lawrefbook") for p in (shared / "data" / folder).rglob("*.md")
    ]
    yield from _files(sorted(laws)[::every])


def lossless(sources: Iterable[Source]) -> tuple[list[tuple[str, str]], int]:
    """Name and fault of every source whose parse loses words, and how many sources there were."""
    broken: list[tuple[str, str]] = []
    number = 0
    for source in sources:
        number += 1
        lost = lost_words(parse(source))
        if lost:
            broken.append((source.address, lost))
    return broken, number


def _files(paths: Iterable[Path]) -> Iterator[Source]:
    for path in paths:
        if path.suffix.lower() not in SUFFIXES:
            continue
        try:
            yield read_source(path)
        except SourceError:  # an empty file: nothing to lose
            continue
