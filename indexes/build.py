"""Building the indexes aside and swapping them in one step; whatever breaks, the last good ones stay.

``HOME/indexes/<name>/`` holds one build; ``HOME/indexes/current`` names the one in use and is replaced
atomically. A build is a base and what was added since (``delta``): when few policies changed, the next build
takes the base over as it is (hard links) and writes only the rest, so a reader of the old one is not disturbed.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path

from ceyin.corpus.errors import IndexStateError
from ceyin.indexes.embedding import Embedder
from ceyin.indexes.making import Made, Making, Shelf
from ceyin.indexes.rows import read_policies
from ceyin.indexes.tokens import lists_fingerprint

#: Raise when tokens, fields, passages or files change: every index built before is then rebuilt.
INDEX_VERSION = 5
_MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """What is built and whether it matches the store."""

    built: bool
    fresh: bool
    clauses: int
    folder: Path | None


@dataclass(frozen=True, slots=True)
class _Manifest:
    """``stamp`` is that of the whole, ``key`` of all but the texts; ``files`` gives the size of each."""

    stamp: str
    key: str
    made: Made
    files: Mapping[str, int]


def stamp(library: Shelf, embedder: Embedder) -> str:
    """Changes with anything the index is made from."""
    return _digest(_key(embedder), library.fingerprint())


def status(folder: Path, library: Shelf, embedder: Embedder) -> IndexStatus:
    """Which build is in use and whether it is that of the store as it is now."""
    now = current(folder)
    manifest = _manifest(now) if now is not None else None
    if manifest is None:
        return IndexStatus(False, False, 0, None)
    return IndexStatus(True, manifest.stamp == stamp(library, embedder), manifest.made.clauses, now)


def build(
    folder: Path,
    library: Shelf,
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
        wanted, key = stamp(library, embedder), _key(embedder)
        now = current(folder)
        manifest = _manifest(now) if now is not None and not force else None
        if now is not None and manifest is not None and manifest.stamp == wanted:
            return now
        target = next(path for n in count(1) if not (path := folder / f"{wanted}-{n}").exists())
        aside = folder / f".{target.name}"
        shutil.rmtree(aside, ignore_errors=True)
        try:
            aside.mkdir()
            making = Making(aside, library, embedder, tell)
            made = None
            if now is not None and manifest is not None and manifest.key == key:
                made = making.added_to(now, manifest.made, read_policies(now))
            if made is None:
                tell("建索引:全部政策")
                made = making.whole()
            _seal(aside, wanted, key, made)
            aside.rename(target)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        _point(folder, target.name)
        _sweep(folder, {target.name, now.name if now else target.name})
        return target


def _key(embedder: Embedder) -> str:
    """Changes with anything that makes every clause be indexed anew."""
    return _digest(str(INDEX_VERSION), lists_fingerprint(), embedder.name)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:20]


def _seal(folder: Path, stamp: str, key: str, made: Made) -> None:
    """Write the manifest, the last file of a build."""
    files = {str(p.relative_to(folder)): p.stat().st_size for p in sorted(folder.rglob("*")) if p.is_file()}
    manifest = asdict(_Manifest(stamp, key, made, files))
    (folder / _MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


def _manifest(folder: Path) -> _Manifest | None:
    """The manifest of a build; None where a file is missing or cut off, or an older version wrote it."""
    try:
        content = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        manifest = _Manifest(content["stamp"], content["key"], Made(**content["made"]), content["files"])
        whole = all((folder / name).stat().st_size == size for name, size in manifest.files.items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return manifest if whole else None


def current(folder: Path) -> Path | None:
    """The build in use, None where there is none."""
    try:
        name = (folder / "current").read_text(encoding="utf-8").strip()
    except OSError:
        return None
    target = folder / name
    return target if name and (target / _MANIFEST).is_file() else None


def _point(folder: Path, name: str) -> None:
    aside = folder / ".current"
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
