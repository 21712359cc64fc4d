"""Building the indexes aside and swapping them in one step; whatever breaks, the last good ones stay.

``HOME/indexes/<stamp>/`` holds one build (words/, vectors/, manifest.json); ``HOME/indexes/current`` names the
one in use and is replaced atomically.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ceyin.corpus.errors import IndexStateError
from ceyin.corpus.library import Library
from ceyin.indexes.embedding import Embedder
from ceyin.indexes.entries import entries
from ceyin.indexes.lexical import LexicalIndex
from ceyin.indexes.tokens import lists_fingerprint
from ceyin.indexes.vectors import VectorIndex, opens_elsewhere

#: Raise when tokens, fields or passages change: every index built before is then rebuilt.
INDEX_VERSION = 4


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """What is built and whether it matches the store."""

    built: bool
    fresh: bool
    clauses: int
    folder: Path | None


def stamp(library: Library, embedder: Embedder) -> str:
    """Changes with anything the index is made from."""
    key = f"{INDEX_VERSION}\0{lists_fingerprint()}\0{library.fingerprint()}\0{embedder.name}"
    return hashlib.sha256(key.encode()).hexdigest()[:20]


def status(folder: Path, library: Library, embedder: Embedder) -> IndexStatus:
    """Which build is in use and whether it is that of the store as it is now."""
    current = _current(folder)
    if current is None:
        return IndexStatus(False, False, 0, None)
    manifest = json.loads((current / "manifest.json").read_text(encoding="utf-8"))
    return IndexStatus(True, current.name == stamp(library, embedder), int(manifest["clauses"]), current)


def build(
    folder: Path,
    library: Library,
    embedder: Embedder,
    *,
    force: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> Path:
    """Bring the index up to date and return its folder; a build that is up to date is left as it is."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise IndexStateError(f"写不了索引文件夹 {folder}:{exc.strerror}。请检查权限或换 --home。") from exc
    with _lock(folder):
        name = stamp(library, embedder)
        current = _current(folder)
        if current is not None and current.name == name and not force:
            return current
        aside = folder / f".{name}.{os.getpid()}"
        shutil.rmtree(aside, ignore_errors=True)
        try:
            rows = entries(library.policies())
            tell(f"建词索引:{len(rows)} 条")
            LexicalIndex.build(rows, aside / "words")
            tell("建向量索引")
            VectorIndex.build(rows, embedder, aside / "vectors")
            if not opens_elsewhere(aside / "vectors"):
                raise IndexStateError(f"新建的向量索引打不开:{aside}。原索引未动,请重试 ceyin index build。")
            manifest = {"version": INDEX_VERSION, "clauses": len(rows), "embedder": embedder.name}
            (aside / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
            target = folder / name
            shutil.rmtree(target, ignore_errors=True)
            aside.rename(target)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        _point(folder, name)
        _sweep(folder, {name, current.name if current else name})
        return target


def _current(folder: Path) -> Path | None:
    try:
        name = (folder / "current").read_text(encoding="utf-8").strip()
    except OSError:
        return None
    target = folder / name
    return target if name and (target / "manifest.json").is_file() else None


def _point(folder: Path, name: str) -> None:
    aside = folder / f".current.{os.getpid()}"
    aside.write_text(name, encoding="utf-8")
    aside.replace(folder / "current")


def _sweep(folder: Path, keep: set[str]) -> None:
    """Remove builds nobody uses: all but the one in use and the last good one."""
    for child in folder.iterdir():
        if child.is_dir() and child.name not in keep:
            shutil.rmtree(child, ignore_errors=True)


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """One builder at a time, across processes; released by the system when the process dies."""
    with (folder / ".lock").open("w", encoding="utf-8") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
