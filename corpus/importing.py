"""Importing: files, folders and addresses into the store, on and on past every bad one.

Sources are read one at a time and stored in batches, each one transaction; a file is reported once its batch
is on disk. What is stored already is known by the SHA-256 of its bytes and not parsed again.
"""

from __future__ import annotations

import hashlib
import logging
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from ceyin.corpus.errors import CeyinError, SourceError, StoreError
from ceyin.corpus.library import Library
from ceyin.corpus.model import ParsedSource
from ceyin.corpus.read import MAX_BYTES, Source, read_source
from ceyin.corpus.segment import parse
from ceyin.corpus.stored import AddedPolicy, AddReport
from ceyin.corpus.walking import Found, is_address

_log = logging.getLogger(__name__)

#: A batch is stored when it holds so many files or characters, or is so old: what a kill can cost.
_BATCH_FILES = 64
_BATCH_CHARS = 1_000_000
_BATCH_SECONDS = 2.0


class Outcome(StrEnum):
    """What became of a file."""

    STORED = "stored"  # some of its policies are new or other than before
    UNCHANGED = "unchanged"  # all of it was stored already
    DUPLICATE = "duplicate"  # the bytes of another file of this import
    SKIPPED = "skipped"  # not imported, for a reason


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file; ``reason`` says why it was skipped, or which file it is a duplicate of.

    ``notices`` say what of it could not be read (a broken page of a PDF, say).
    """

    address: str
    outcome: Outcome
    policies: tuple[AddedPolicy, ...] = ()
    reason: str | None = None
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, file by file in the order found; ``found`` counts those an interrupt left undone too."""

    files: tuple[FileReport, ...]
    found: int
    passed_over: tuple[tuple[str, int], ...] = ()
    interrupted: bool = False

    @property
    def changed(self) -> bool:
        """Whether the store is another one now."""
        return any(file.outcome is Outcome.STORED for file in self.files)

    @property
    def failed(self) -> bool:
        """Whether nothing at all could be imported."""
        return not any(file.outcome in (Outcome.STORED, Outcome.UNCHANGED) for file in self.files)

    @property
    def skipped(self) -> tuple[FileReport, ...]:
        """The files that were not imported."""
        return tuple(file for file in self.files if file.outcome is Outcome.SKIPPED)

    def lines(self) -> Iterator[AddedPolicy]:
        """The policies found, each version once: two files with the same bytes count once."""
        yield from {
            (line.policy_id, line.version): line
            for file in self.files
            for line in file.policies
            if line.status != "withdrawn"
        }.values()


class Watch(Protocol):
    """Who follows an import."""

    def begin(self, address: str) -> None:
        """A file is being looked at."""
        ...

    def done(self, report: FileReport) -> None:
        """What is told here is on disk."""
        ...


Fetch = Callable[[str], Source]


def import_sources(
    library: Library, found: Found, watch: Watch, *, fetch: Fetch, again: bool = False
) -> ImportReport:
    """Import all that was found; ``again`` reads unchanged files too.

    An interrupt (Ctrl-C) ends it early with a report of what is stored. Raises StoreError, saying how much
    was stored, when the store itself fails (a full disk).
    """
    run = _Run(library, watch, fetch, frozenset() if again else library.complete_sources())
    interrupted = False
    try:
        for address, reason in found.trouble:
            run.settle(FileReport(_printable(address), Outcome.SKIPPED, reason=reason))
        for name in found.sources:
            run.take(name)
        run.flush()
    except KeyboardInterrupt:
        interrupted = True
    except StoreError as exc:
        if not run.stored:
            raise
        raise StoreError(f"{exc}(已存好 {run.stored} 个文件,再导入时从这里接着做)") from exc
    files = tuple(report for report in run.files if report is not None)
    return ImportReport(files, len(found.sources) + len(found.trouble), found.passed_over, interrupted)


@dataclass(slots=True)
class _Pending:
    """A file whose place in the report is kept until its batch is on disk; nothing parsed: known already."""

    place: int
    address: str
    sha256: str
    parsed: ParsedSource | None
    notices: tuple[str, ...] = ()


@dataclass(slots=True)
class _Run:
    """One import under way."""

    library: Library
    watch: Watch
    fetch: Fetch
    known: frozenset[str]
    files: list[FileReport | None] = field(default_factory=list)
    stored: int = 0
    _first: dict[str, str] = field(default_factory=dict)  # the address that brought these bytes first
    _batch: list[_Pending] = field(default_factory=list)
    _chars: int = 0
    _begun: float = 0.0

    def take(self, name: str) -> None:
        """Read one file, or see that it needs no reading."""
        address = _printable(name)
        self.watch.begin(address)
        try:
            pending = self._read(name, address)
        except CeyinError as exc:
            reason = str(exc).replace(Path(name).name, Path(address).name).replace(name, address)
            self.settle(FileReport(address, Outcome.SKIPPED, reason=reason))
        except Exception as exc:  # a bug that one file shows must not cost the others
            self.settle(_failure(address, exc))
        else:
            if pending:
                self._wait(pending)

    def settle(self, report: FileReport) -> None:
        """Report a file at the next place."""
        self.files.append(report)
        self.watch.done(report)

    def _read(self, name: str, address: str) -> _Pending | None:
        sha256 = None if is_address(name) else _sha256(Path(name))
        source = None
        if sha256 is None or not (sha256 in self.known or sha256 in self._first):
            source = self.fetch(name) if is_address(name) else read_source(Path(name))
            sha256 = source.sha256  # the file may have changed since
        first = self._first.setdefault(sha256, address)
        if first != address:
            self.settle(FileReport(address, Outcome.DUPLICATE, reason=first))
            return None
        if source is None or sha256 in self.known:
            return _Pending(-1, address, sha256, None)
        return _Pending(-1, address, sha256, parse(replace(source, address=address)), source.notices)

    def _wait(self, pending: _Pending) -> None:
        pending.place = len(self.files)
        self.files.append(None)
        self._begun = self._begun if self._batch else time.monotonic()
        self._batch.append(pending)
        self._chars += len(pending.parsed.text) if pending.parsed else 0
        full = len(self._batch) >= _BATCH_FILES or self._chars >= _BATCH_CHARS
        if full or time.monotonic() - self._begun >= _BATCH_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Store the batch, then report its files."""
        batch, self._batch, self._chars = self._batch, [], 0
        if not batch:
            return
        parsed = [(one, one.parsed) for one in batch if one.parsed is not None]
        reports = {
            one.place: r for (one, _), r in zip(parsed, self._store([p for _, p in parsed]), strict=True)
        }
        again = [one.sha256 for one in batch if one.parsed is None]
        known = self.library.readings(again) if again else {}
        for one in batch:
            report = reports.get(one.place) or FileReport(
                one.address, Outcome.UNCHANGED, known.get(one.sha256, ())
            )
            report = replace(report, notices=one.notices)
            self.files[one.place] = report
            self.stored += report.outcome is not Outcome.SKIPPED
            self.watch.done(report)

    def _store(self, sources: list[ParsedSource]) -> list[FileReport]:
        try:
            return [_report(report) for report in self.library.add_all(sources)]
        except StoreError:
            raise
        except Exception as exc:
            if len(sources) == 1:
                return [_failure(sources[0].source, exc)]
            return [report for source in sources for report in self._store([source])]


def _report(report: AddReport) -> FileReport:
    if not report.policies:
        return FileReport(report.address, Outcome.SKIPPED, reason="没有找到政策正文。请确认文件内容。")
    outcome = Outcome.STORED if report.changed else Outcome.UNCHANGED
    return FileReport(report.address, outcome, report.policies)


def _failure(address: str, exc: Exception) -> FileReport:
    _log.info("cannot import %s", address, exc_info=exc)
    reason = f"处理时出错({type(exc).__name__}),没有导入。请把这个文件报给维护者。"
    return FileReport(address, Outcome.SKIPPED, reason=reason)


def _sha256(path: Path) -> str | None:
    """The SHA-256 of a file; None for what is to be refused in the reader's own words."""
    try:
        if path.exists() and not path.is_file():  # a pipe or device would wait for ever
            raise SourceError(f"{path.name} 不是普通文件。请给出文件或文件夹。")
        if path.stat().st_size > MAX_BYTES:
            return None
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError:
        return None


def _printable(name: str) -> str:
    """A path as text: what an old Windows archive unpacks to is GB18030, not UTF-8."""
    return "/".join(map(_printable_part, name.split("/")))


def _printable_part(name: str) -> str:
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("gb18030", errors="replace")
    return name
