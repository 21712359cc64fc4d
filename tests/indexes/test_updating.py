"""An index that is added to finds what one built anew finds; whatever interrupts it, the last good one stays."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ceyin.corpus.errors import IndexStateError
from ceyin.corpus.model import ClauseRef
from ceyin.indexes import build
from ceyin.indexes.embedding import HashEmbedder
from ceyin.indexes.search import HybridSearch

EMBEDDER = HashEmbedder(64)
QUERIES = ["灯塔每年补贴多少", "专利认证", "示例市中心办理什么", "码头减免", "租金三年"]


def opened(folder: Path) -> HybridSearch:
    return HybridSearch.open(folder, EMBEDDER)


def found(search: HybridSearch) -> list[list[tuple[ClauseRef, float]]]:
    return [[(hit.ref, round(hit.score, 3)) for hit in search.search(query, 8)] for query in QUERIES]


def added(shelf: Any) -> None:
    shelf.put("shili-a", ["码头每年减免2万元"])


def changed(shelf: Any) -> None:
    shelf.put("shili-3", ["展会改为每年减免9万元,码头不在内"])


def removed(shelf: Any) -> None:
    del shelf.policies["shili-7"]


def inode(folder: Path) -> int:
    return (folder / "base" / "vectors.i8").stat().st_ino


@pytest.mark.parametrize("change", [added, changed, removed])
def test_a_changed_policy_leaves_the_base_as_it_is_and_is_found_as_after_a_build_anew(
    tmp_path: Path, shelf: Any, change: Callable[[Any], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ceyin.indexes.making._STALE", 0.5)
    first = build.build(tmp_path / "a", shelf, EMBEDDER)
    before = opened(first)
    answers = found(before)
    change(shelf)
    second = build.build(tmp_path / "a", shelf, EMBEDDER)
    assert inode(first) == inode(second)
    anew = opened(build.build(tmp_path / "b", shelf, EMBEDDER))
    grown = opened(second)
    same = [[ref for ref, _ in hits] for hits in found(grown)] == [
        [ref for ref, _ in hits] for hits in found(anew)
    ]
    assert same
    if change is added:
        assert found(grown) == found(anew)  # what was taken out still counts in the statistics of the ranking
    assert [grown.idf(w) for w in ("灯塔", "码头", "工坊", "补贴")] == [
        anew.idf(w) for w in ("灯塔", "码头", "工坊", "补贴")
    ]
    assert found(before) == answers, "who had the old one open goes on reading it"


def test_many_small_changes_are_as_one(tmp_path: Path, shelf: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ceyin.indexes.making._STALE", 0.9)
    base = inode(build.build(tmp_path / "a", shelf, EMBEDDER))
    for change in (added, removed, changed, lambda s: s.policies.pop("shili-a"), added):
        change(shelf)
        last = build.build(tmp_path / "a", shelf, EMBEDDER)
        assert inode(last) == base
    anew = found(opened(build.build(tmp_path / "b", shelf, EMBEDDER)))
    grown = found(opened(last))
    assert [[ref for ref, _ in hits] for hits in grown] == [[ref for ref, _ in hits] for hits in anew]


def test_too_many_changes_write_the_base_anew(tmp_path: Path, shelf: Any) -> None:
    first = build.build(tmp_path / "a", shelf, EMBEDDER)
    added(shelf)
    changed(shelf)
    assert inode(first) != inode(build.build(tmp_path / "a", shelf, EMBEDDER))


KILLED = """
import os, signal, sys
from pathlib import Path
from unittest.mock import patch
from ceyin.corpus.catalog import Catalog
from ceyin.corpus.database import open_database
from ceyin.corpus.library import Library
from ceyin.indexes import build
from ceyin.indexes.embedding import HashEmbedder

def killed(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

home = Path(sys.argv[1])
library = Library(open_database(home), Catalog(policies=(), fingerprint="none"))
with patch("ceyin.indexes." + sys.argv[2], killed), patch("ceyin.indexes.making._STALE", float(sys.argv[3])):
    build.build(home / "indexes", library, HashEmbedder(64))
"""

MOMENTS = {
    "words are added": "making.WordWriter.add",
    "words are committed": "making.WordWriter.__exit__",
    "vectors are written": "vectors.VectorWriter._write",
    "signs are written": "vectors._write_signs",
    "the policies are listed": "making.write_policies",
    "the manifest is written": "build._seal",
    "the new one is pointed to": "build._point",
}


@pytest.mark.parametrize("stale", ["0.9", "0.0"], ids=["added to", "written anew"])
@pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS.keys())
def test_a_kill_leaves_the_old_one_serving(tmp_path: Path, moment: str, stale: str) -> None:
    library = stored(tmp_path, "示例市灯塔办法\n\n第一条 每座灯塔补助1万元。\n第二条 由灯塔中心解释。\n")
    good = build.build(tmp_path / "indexes", library, EMBEDDER)
    answers = found(opened(good))
    stored(tmp_path, "示例市码头办法\n\n第一条 码头每年减免2万元。\n", library)
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), moment, stale], timeout=60, check=False
    )
    assert done.returncode == -9
    status = build.status(tmp_path / "indexes", library, EMBEDDER)
    assert (status.folder, status.fresh) == (good, False)
    assert found(opened(good)) == answers
    mended = build.build(tmp_path / "indexes", library, EMBEDDER)
    assert build.status(tmp_path / "indexes", library, EMBEDDER).fresh
    assert opened(mended).search("码头减免", 1)[0].ref.path == ("第一条",)
    assert not [p for p in (tmp_path / "indexes").iterdir() if p.is_dir() and p not in (good, mended)]


def stored(home: Path, text: str, library: Any = None) -> Any:
    from ceyin.corpus.catalog import Catalog
    from ceyin.corpus.database import open_database
    from ceyin.corpus.library import Library
    from ceyin.corpus.read import decode_source
    from ceyin.corpus.segment import parse

    library = library or Library(open_database(home), Catalog(policies=(), fingerprint="none"))
    library.add(parse(decode_source(text.encode(), address="shili.txt")))
    return library


FILES = [
    "base/vectors.i8",
    "base/owners.i32",
    "base/signs.u64",
    "base/paths.u64",
    "base/paths.txt",
    "policies.json",
]


@pytest.mark.parametrize("name", FILES)
def test_a_file_cut_off_is_said_with_the_cure_and_mended_by_building(
    tmp_path: Path, shelf: Any, name: str
) -> None:
    folder = build.build(tmp_path, shelf, EMBEDDER)
    content = (folder / name).read_bytes()
    (folder / name).write_bytes(content[: len(content) // 2 - 1])
    with pytest.raises(IndexStateError, match="ceyin index build"):
        opened(folder)
    assert opened(build.build(tmp_path, shelf, EMBEDDER)).search("灯塔", 1)


def test_words_that_are_gone_are_said_with_the_cure(tmp_path: Path, shelf: Any) -> None:
    folder = build.build(tmp_path, shelf, EMBEDDER)
    for file in (folder / "words").iterdir():
        if file.suffix in (".idx", ".term"):
            file.write_bytes(file.read_bytes()[:10])
    with pytest.raises(IndexStateError, match="ceyin index build"):
        opened(folder).search("灯塔", 1)
