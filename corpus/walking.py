"""Finding what there is to import under the names a person gave: files, folders through and through, addresses."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ceyin.corpus.read import SUFFIXES

#: Office keeps such a file beside an open document; it holds no text.
_LOCK_FILE = "~$"


@dataclass(frozen=True, slots=True)
class Found:
    """What is to be read, in order; folders that cannot be looked into, with the reason; files passed over.

    ``passed_over`` counts, by suffix, the files of a kind that is not read; hidden ones are not even counted.
    """

    sources: tuple[str, ...]
    trouble: tuple[tuple[str, str], ...]
    passed_over: tuple[tuple[str, int], ...]


def is_address(name: str) -> bool:
    """Whether a name is a web address."""
    return name.startswith(("http://", "https://"))


def find_sources(names: Iterable[str]) -> Found:
    """Everything to import, each folder in the order of its names; the same folder by two ways comes once."""
    sources: dict[str, None] = {}
    trouble: dict[str, str] = {}
    others: Counter[str] = Counter()
    folders: set[tuple[int, int]] = set()
    for name in names:
        if is_address(name) or not Path(name).is_dir():
            sources[name] = None  # a file by its own name is tried whatever its suffix, and missed if missing
            continue
        waiting = [Path(name)]
        while waiting:  # not by recursion: folders nest deeper than Python calls
            path = waiting.pop()
            try:
                if path.is_dir():
                    waiting += _entries(path, folders)
                elif path.suffix.lower() not in SUFFIXES:
                    others[path.suffix.lower() or "无后缀"] += 1
                else:
                    sources[str(path)] = None
            except OSError as exc:
                trouble[str(path)] = f"读不了文件夹 {path.name}:{exc.strerror}。请检查权限。"
    return Found(tuple(sources), tuple(trouble.items()), tuple(sorted(others.items())))


def _entries(folder: Path, seen: set[tuple[int, int]]) -> list[Path]:
    """The names in a folder, last first; none where a link led here before."""
    status = folder.stat()
    mark = (status.st_dev, status.st_ino)
    if mark in seen:
        return []
    seen.add(mark)
    names = sorted(os.listdir(folder), reverse=True)  # noqa: PTH208 - names are all we need, thousands of them
    return [folder / name for name in names if not name.startswith((".", _LOCK_FILE))]
