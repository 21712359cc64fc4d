"""An import goes on past every bad file, stores what it reports, and reads nothing twice."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from ceyin.corpus import audit, importing
from ceyin.corpus.database import Database, open_database
from ceyin.corpus.errors import SourceError, StoreError
from ceyin.corpus.importing import FileReport, ImportReport, Outcome, import_sources
from ceyin.corpus.library import Library
from ceyin.corpus.read import MAX_BYTES, Source, decode_source
from ceyin.corpus.walking import find_sources

from .town import Draft, catalog, page

SOUND = """示例市夜市摊位补贴办法
示商发〔2026〕{number}号

第一条 为了让夜市热闹起来,制定本办法。
第二条 每个摊位每月补贴{money}元。
第三条 摊主凭营业执照申请。
第四条 本办法自2026年{month}月1日起施行。

示例市商务局
2026年3月2日
"""


def text(number: int = 1, money: int = 300, month: int = 4) -> str:
    return SOUND.format(number=number, money=money, month=month)


def torn(number: int = 1) -> str:
    """The same policy from a page that lost its third article."""
    return text(number).replace("第三条 摊主凭营业执照申请。\n", "")


@dataclass
class Told:
    """A watch that keeps what it is told."""

    begun: list[str] = field(default_factory=list)
    done_: list[FileReport] = field(default_factory=list)

    def begin(self, address: str) -> None:
        self.begun.append(address)

    def done(self, report: FileReport) -> None:
        self.done_.append(report)


def no_fetch(address: str) -> Source:
    raise SourceError(f"{address} 取不到。")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def library(database: Database) -> Library:
    return Library(database, catalog())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "原文"
    made.mkdir()
    return made


def run(library: Library, *names: Path | str, again: bool = False, watch: Told | None = None) -> ImportReport:
    found = find_sources(str(name) for name in names)
    return import_sources(library, found, watch or Told(), fetch=no_fetch, again=again)


def write(folder: Path, **files: str) -> None:
    for name, words in files.items():
        (folder / f"{name}.txt").write_text(words, encoding="utf-8")


def outcomes(report: ImportReport) -> dict[str, str]:
    return {Path(file.address).name: file.outcome.value for file in report.files}


def statuses(report: ImportReport) -> list[tuple[str, int, bool]]:
    return [(line.status, line.version, line.current) for file in report.files for line in file.policies]


# ---- which files ---------------------------------------------------------------------------------


def test_a_folder_is_walked_through_in_the_order_of_its_names(folder: Path) -> None:
    for name in ("b/2.txt", "b/1.md", "a.HTML", "c.txt", "b/深/x.htm", ".藏/y.txt", "b/.z.txt", "~$c.txt"):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("甲", encoding="utf-8")
    for name in ("图.jpg", "b/图.JPG", "README"):
        (folder / name).write_bytes(b"x")
    found = find_sources([str(folder)])
    names = [Path(name).relative_to(folder).as_posix() for name in found.sources]
    assert names == ["a.HTML", "b/1.md", "b/2.txt", "b/深/x.htm", "c.txt"]
    assert found.passed_over == ((".jpg", 2), ("无后缀", 1))
    assert found.trouble == ()


def test_links_are_followed_but_not_in_circles(folder: Path) -> None:
    (folder / "a").mkdir()
    write(folder / "a", x="甲")
    (folder / "a" / "up").symlink_to(folder)
    (folder / "b").symlink_to(folder / "a")
    (folder / "gone.txt").symlink_to(folder / "nowhere")
    found = find_sources([str(folder), str(folder / "a")])
    assert [Path(n).relative_to(folder).as_posix() for n in found.sources] == ["a/x.txt", "gone.txt"]


def test_folders_nest_deeper_than_calls_do(folder: Path) -> None:
    back, deep = Path.cwd(), 1200
    os.chdir(folder)
    try:
        for _ in range(deep):
            Path("d").mkdir()
            os.chdir("d")
        Path("x.txt").write_text("甲", encoding="utf-8")
        os.chdir(folder)
        assert len(find_sources(["."]).sources) == 1
    finally:
        os.chdir(back)
        subprocess.run(["rm", "-rf", str(folder)], check=True)  # shutil nests calls


def test_a_folder_that_cannot_be_looked_into_is_named(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "锁").mkdir()
    write(folder, a=text())
    listdir = os.listdir

    def refuse(path: Path) -> list[str]:
        if Path(path).name == "锁":
            raise PermissionError(13, "Permission denied")
        return listdir(path)

    monkeypatch.setattr(os, "listdir", refuse)
    report = run(library, folder)
    assert outcomes(report) == {"锁": "skipped", "a.txt": "stored"}
    assert "权限" in (report.files[0].reason or "")


# ---- going on past bad files ---------------------------------------------------------------------


def test_every_bad_file_is_skipped_with_its_reason_and_the_others_are_stored(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, a=text(1), locked=text(2), nothing="   \n", wild=text(3), z=text(4))
    (folder / "binary.txt").write_bytes(b"\0\1\2binary\0" * 50)
    (folder / "empty.txt").touch()
    with (folder / "huge.txt").open("wb") as huge:
        huge.truncate(MAX_BYTES + 1)
    os.mkfifo(folder / "pipe.txt")
    (folder / "gone.txt").symlink_to(folder / "nowhere")
    read_bytes, read = Path.read_bytes, importing.parse

    def refuse(path: Path) -> bytes:
        if path.name == "locked.txt":
            raise PermissionError(13, "Permission denied")
        return read_bytes(path)

    def stumble(source: Source) -> object:
        if source.address.endswith("wild.txt"):
            raise RecursionError
        return read(source)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    monkeypatch.setattr(importing, "parse", stumble)
    watch = Told()
    report = run(library, folder, watch=watch)
    reasons = {Path(file.address).stem: file.reason or "" for file in report.skipped}
    wanted = {
        "binary": "二进制",
        "empty": "空文件",
        "gone": "找不到",
        "huge": "上限",
        "locked": "权限",
        "nothing": "空文件",
        "pipe": "不是普通文件",
        "wild": "RecursionError",
    }
    assert {name for name, word in wanted.items() if word in reasons[name]} == set(reasons)
    assert [Path(file.address).stem for file in report.files if file.policies] == ["a", "z"]
    assert not report.failed
    assert {p.doc_number for p in library.policies()} == {"示商发〔2026〕1号", "示商发〔2026〕4号"}
    assert len(watch.begun) == len(watch.done_) == report.found == 10


def test_a_source_the_store_refuses_costs_the_others_nothing(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, **{f"f{n}": text(n) for n in range(5)})
    add_all = Library.add_all

    def refuse(self: Library, sources: list[object], **kwargs: object) -> object:
        if any(s.source.endswith("f2.txt") for s in sources):  # type: ignore[attr-defined]
            raise ValueError
        return add_all(self, sources, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(Library, "add_all", refuse)
    report = run(library, folder)
    assert [f.outcome.value for f in report.files] == ["stored", "stored", "skipped", "stored", "stored"]


def test_a_file_without_any_policy_and_a_name_that_is_not_there_are_skipped(
    library: Library, folder: Path
) -> None:
    report = run(library, folder / "没有.txt", "https://shili.example/7")
    assert [f.outcome for f in report.files] == [Outcome.SKIPPED] * 2
    assert report.failed


def test_a_name_from_an_old_archive_is_read_as_gb18030(library: Library, folder: Path) -> None:
    file = folder / os.fsdecode("夜市.txt".encode("gb18030"))
    file.write_text(text(), encoding="utf-8")
    bad = folder / os.fsdecode("空.txt".encode("gb18030"))
    bad.touch()
    report = run(library, folder)
    assert outcomes(report) == {"夜市.txt": "stored", "空.txt": "skipped"}
    assert all((f.reason or "").encode() is not None for f in report.files)
    assert library.policies()[0].source == str(folder / "夜市.txt")


# ---- unchanged, changed, twice -------------------------------------------------------------------


def test_unchanged_files_are_not_parsed_again_and_nothing_is_written(
    library: Library, database: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, **{f"f{n}": text(n) for n in range(5)})
    first = run(library, folder)
    mark, record = library.fingerprint(), audit.verify(database)
    for n, file in enumerate(sorted(folder.iterdir())):
        os.utime(file, (n, n))

    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(importing, "parse", never)
    monkeypatch.setattr(Database, "write", never)
    again = run(library, folder)
    assert set(outcomes(again).values()) == {"unchanged"}
    assert (again.changed, again.failed) == (False, False)
    assert (library.fingerprint(), audit.verify(database)) == (mark, record)
    assert [(p.policy_id, p.clauses, p.damaged, p.stub) for p in again.lines()] == [
        (p.policy_id, p.clauses, p.damaged, p.stub) for p in first.lines()
    ]


def test_unchanged_files_can_be_read_again_on_demand(
    library: Library, database: Database, folder: Path
) -> None:
    write(folder, a=text())
    run(library, folder)
    record = audit.verify(database)
    assert outcomes(run(library, folder, again=True)) == {"a.txt": "unchanged"}
    assert audit.verify(database) == record


def test_a_changed_file_becomes_a_version_and_the_old_one_keeps_its_dates(
    library: Library, folder: Path
) -> None:
    write(folder, a=text(money=300, month=4), b=text(2))
    run(library, folder)
    write(folder, a=text(money=500, month=9))
    report = run(library, folder)
    assert outcomes(report) == {"a.txt": "stored", "b.txt": "unchanged"}
    assert statuses(report)[0] == ("updated", 2, True)
    old, new = library.versions("示商发-2026-1")
    assert ["300" in old.clauses[2].text, "500" in new.clauses[2].text] == [True, True]
    assert [str(v.effective_from) for v in (old, new)] == ["2026-04-01", "2026-09-01"]
    assert old.added_at
    assert new.added_at
    assert old.added_at < new.added_at


def test_going_back_to_a_former_text_is_told_as_not_in_use(library: Library, folder: Path) -> None:
    write(folder, a=text(money=300))
    run(library, folder)
    write(folder, a=text(money=500))
    run(library, folder)
    write(folder, a=text(money=300))
    assert statuses(run(library, folder)) == [("unchanged", 1, False)]


@pytest.mark.parametrize(("first", "second", "current"), [("torn", "sound", 2), ("sound", "torn", 1)])
@pytest.mark.parametrize("at_once", [True, False])
def test_the_undamaged_text_is_current_and_the_damaged_one_stays_readable(
    library: Library, folder: Path, first: str, second: str, current: int, at_once: bool
) -> None:
    words = {"torn": torn(), "sound": text()}
    write(folder, a=words[first])
    if not at_once:
        run(library, folder)
    write(folder, b=words[second])
    report = run(library, folder)
    versions = library.versions("示商发-2026-1")
    assert [v.current for v in versions] == [current == 1, current == 2]
    assert len(library.policies()[0].clauses) == 6
    assert library.source_text(versions[2 - current].sha256 or "") == torn()
    line = report.files[1].policies[0]
    assert (line.status, line.current) == ("updated", current == 2)
    assert line.before
    assert line.in_use
    assert line.in_use.version == current
    assert line.before.worse_than(line.in_use) == (current == 2)


def test_the_same_bytes_count_once_and_another_page_of_the_same_policy_is_a_version(
    library: Library, folder: Path
) -> None:
    write(folder, a=text(), b=text(), c=text().replace("\n\n", "\n\n\n"))
    report = run(library, folder)
    assert outcomes(report) == {"a.txt": "stored", "b.txt": "duplicate", "c.txt": "stored"}
    assert report.files[1].reason == str(folder / "a.txt")
    assert [v.version for v in library.versions("示商发-2026-1")] == [1, 2]
    assert outcomes(run(library, folder)) == {
        "a.txt": "unchanged",
        "b.txt": "duplicate",
        "c.txt": "unchanged",
    }


def test_what_was_removed_from_a_page_of_several_comes_back(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = page(Draft(number="示商发〔2026〕1号"), Draft("示例市早市摊位办法", number="示商发〔2026〕2号"))
    write(folder, a=both.text)
    monkeypatch.setattr(importing, "parse", lambda source: replace(both, source=source.address))
    run(library, folder)
    library.remove("示商发-2026-2")
    assert [s[0] for s in statuses(run(library, folder))] == ["unchanged", "added"]
    assert outcomes(run(library, folder)) == {"a.txt": "unchanged"}
    library.remove("示商发-2026-1")
    library.remove("示商发-2026-2")
    assert [s[0] for s in statuses(run(library, folder))] == ["added", "added"]


def test_an_address_is_fetched_and_its_unchanged_page_left_alone(library: Library) -> None:
    words = text().encode()
    address = "https://shili.example/7"
    found = find_sources([address])
    first, again = (
        import_sources(library, found, Told(), fetch=lambda a: decode_source(words, address=a))
        for _ in range(2)
    )
    assert [first.files[0].outcome, again.files[0].outcome] == [Outcome.STORED, Outcome.UNCHANGED]
    assert library.policies()[0].source == address


# ---- ends before its time ------------------------------------------------------------------------


@pytest.mark.parametrize("at", ["parse", "add_all"])
def test_an_interrupt_keeps_what_was_reported_and_the_next_run_goes_on(
    library: Library, database: Database, folder: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    write(folder, **{f"f{n:02}": text(n) for n in range(20)})
    monkeypatch.setattr(importing, "_BATCH_FILES", 4)
    where: object = importing if at == "parse" else Library
    original, calls = getattr(where, at), []

    def break_off(*args: object, **kwargs: object) -> object:
        calls.append(1)
        if len(calls) == (10 if at == "parse" else 3):
            raise KeyboardInterrupt
        return original(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(where, at, break_off)
        watch = Told()
        report = run(library, folder, watch=watch)
    assert (report.interrupted, len(report.files), report.found) == (True, 8, 20)
    assert list(report.files) == watch.done_
    assert len(library.policies()) == 8
    later = run(library, folder)
    assert list(outcomes(later).values()) == ["unchanged"] * 8 + ["stored"] * 12
    assert audit.verify(database).entries == 20


def test_a_full_disk_says_how_much_is_stored(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, **{f"f{n:02}": text(n) for n in range(10)})
    monkeypatch.setattr(importing, "_BATCH_FILES", 4)
    add_all, calls = Library.add_all, []

    def fill(self: Library, sources: list[object], **kwargs: object) -> object:
        calls.append(1)
        if len(calls) == 2:
            raise StoreError("磁盘满了")
        return add_all(self, sources, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(Library, "add_all", fill)
    with pytest.raises(StoreError, match=r"磁盘满了.*已存好 4 个"):
        run(library, folder)


IMPORTING = """
import importlib.util, pathlib, sys
spec = importlib.util.spec_from_file_location("town", sys.argv[1])
town = importlib.util.module_from_spec(spec)
sys.modules["town"] = town
spec.loader.exec_module(town)
from ceyin.corpus import importing
from ceyin.corpus.database import open_database
from ceyin.corpus.library import Library
from ceyin.corpus.walking import find_sources
importing._BATCH_FILES = 3
class Watch:
    def begin(self, address): pass
    def done(self, report): print(pathlib.Path(report.address).stem, report.outcome.value, flush=True)
library = Library(open_database(pathlib.Path(sys.argv[2])), town.catalog())
importing.import_sources(library, find_sources([sys.argv[3]]), Watch(), fetch=None)
"""


def test_a_killed_import_has_stored_what_it_reported_and_goes_on_from_there(
    tmp_path: Path, folder: Path
) -> None:
    write(folder, **{f"f{n:03}": text(n) for n in range(300)})
    home, reported = tmp_path / "家", set[str]()
    command = [
        sys.executable,
        "-c",
        IMPORTING,
        str(Path(__file__).with_name("town.py")),
        str(home),
        str(folder),
    ]
    for lines_before_kill in (1, 40, 90):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout
        lines = [process.stdout.readline() for _ in range(lines_before_kill)]
        os.kill(process.pid, signal.SIGKILL)
        lines += [line for line in process.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
        process.stdout.close()
        assert process.wait() == -signal.SIGKILL
        told = dict(line.split() for line in lines)
        assert {name for name in reported & told.keys() if told[name] != "unchanged"} == set()
        reported |= told.keys()
        with open_database(home) as database:
            policies = Library(database, catalog()).policies()
            stored = {Path(p.source or "").stem for p in policies}
            assert reported <= stored
            assert {len(p.clauses) for p in policies} == {6}
            assert audit.verify(database).sound
    done = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert done.count("unchanged") >= len(reported)
    assert done.count("unchanged") + done.count("stored") == 300


# ---- many ----------------------------------------------------------------------------------------


def test_a_thousand_files_hold_no_more_than_a_batch_at_a_time(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, **{f"f{n:04}": text(n) for n in range(1000)})
    sizes: list[int] = []
    add_all = Library.add_all

    def count(self: Library, sources: list[object], **kwargs: object) -> object:
        sizes.append(len(sources))
        return add_all(self, sources, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(Library, "add_all", count)
    report = run(library, folder)
    assert len({line.policy_id for line in report.lines()}) == 1000
    assert max(sizes) <= 64
    assert sum(sizes) == 1000
    shutil.rmtree(folder)
