"""An import as a person follows it: a bar on standard error while it runs, a table when it is done."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath

from ceyin.corpus.importing import FileReport, ImportReport, Outcome, Watch
from ceyin.corpus.stored import AddedPolicy
from ceyin.corpus.walking import is_address

#: Unchanged files beyond so many are told in one line: a second import of a large folder says nothing else.
_UNCHANGED_ROWS = 20
#: Where no terminal shows a bar, one line this often.
_LINE_SECONDS = 10.0
_NAME_WIDTH = 36
#: Columns of a table that goes into a file.
_FILE_WIDTH = 140


class _Lines:
    """Progress where standard error is no terminal."""

    def __init__(self, total: int) -> None:
        self._total, self._done, self._told = total, 0, time.monotonic()

    def begin(self, address: str) -> None:
        if time.monotonic() - self._told >= _LINE_SECONDS:
            self._told = time.monotonic()
            print(f"导入 {self._done}/{self._total}:{short_name(address)}", file=sys.stderr, flush=True)

    def done(self, report: FileReport) -> None:
        self._done += 1


@contextmanager
def watching(total: int) -> Iterator[Watch]:
    """A watch that shows the file at hand and how many are done."""
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield _Lines(total)
        return
    columns = (
        BarColumn(24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=total)

        class Bar:
            def begin(self, address: str) -> None:
                progress.update(task, description=escape(short_name(address)))

            def done(self, report: FileReport) -> None:
                progress.advance(task)

        yield Bar()


def print_report(report: ImportReport) -> None:
    """The table of files and policies, then one line of totals."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    if not console.is_terminal:
        console = Console(width=_FILE_WIDTH)
    table = Table("文件", "政策", "结果")
    table.add_column("条数", justify="right")
    table.add_column("残缺", justify="right")
    quiet = [f for f in report.files if f.outcome is Outcome.UNCHANGED]
    folded = len(quiet) if len(quiet) > _UNCHANGED_ROWS else 0
    for file in report.files:
        if not (folded and file.outcome is Outcome.UNCHANGED):
            for row in _rows(file):
                table.add_row(*map(Text, row))
    if table.row_count:
        console.print(table)
    if folded:
        console.print(f"未变的文件 {folded} 个,不再逐个列出")
    for file in report.files:
        for notice in file.notices:
            console.print(
                f"注意:{short_name(file.address)}:{notice}", soft_wrap=True, highlight=False, markup=False
            )
    console.print(totals_line(report), soft_wrap=True, highlight=False)
    for line in _passed_over(report):
        console.print(line, soft_wrap=True, highlight=False)


def _rows(file: FileReport) -> Iterator[tuple[str, str, str, str, str]]:
    name = short_name(file.address)
    if file.outcome is Outcome.DUPLICATE:
        first = file.reason or ""
        same = first if short_name(first) == name else short_name(first)  # the same name in two folders
        yield name, "—", f"与 {same} 内容相同,只算一次", "—", "—"
    elif not file.policies:
        result = f"跳过:{file.reason}" if file.outcome is Outcome.SKIPPED else "未变"
        yield name, "—", result, "—", "—"
    for n, line in enumerate(file.policies):
        counts = ("—", "—") if line.status == "withdrawn" else (str(line.clauses), str(line.damaged))
        yield name if n == 0 else "", line.title, result_words(line), *counts


def result_words(line: AddedPolicy) -> str:
    """What became of one policy, in a few words."""
    mark = "(仅有印发通知)" if line.stub else ""
    if line.status == "added":
        words = "新增"
    elif line.status == "withdrawn":
        words = "撤下:新的读法里没有这份政策"
    elif line.status == "unchanged":
        words = "未变" if line.current else f"未变(第 {line.version} 版,非现用)"
    elif not line.current and line.in_use:
        words = (
            f"存为第 {line.version} 版;比第 {line.in_use.version} 版残缺,现用仍是第 {line.in_use.version} 版"
        )
    elif line.before and line.in_use and line.before.worse_than(line.in_use):
        words = f"更新为第 {line.version} 版;比第 {line.before.version} 版完整"
    else:
        words = f"更新为第 {line.version} 版"
    return words + mark


def totals_line(report: ImportReport) -> str:
    """Everything in one line; a policy found in several versions counts once, its clauses by version."""
    lines = list(report.lines())
    duplicates = sum(file.outcome is Outcome.DUPLICATE for file in report.files)
    counted = {
        "个文件": len(report.files),
        "份政策": len({line.policy_id for line in lines}),
        "条": sum(line.clauses for line in lines),
        "条残缺": sum(line.damaged for line in lines),
        "份仅有印发通知": sum(line.stub for line in lines),
    }
    told = [f"{n} {what}" for what, n in counted.items()]
    told += [f"未变 {n} 个" for n in [sum(f.outcome is Outcome.UNCHANGED for f in report.files)] if n]
    told += [f"重复 {duplicates} 个"] if duplicates else []
    return "合计:" + ",".join([*told, f"跳过 {len(report.skipped)} 个"])


def _passed_over(report: ImportReport) -> Iterator[str]:
    if report.passed_over:
        kinds = "、".join(f"{suffix} {n} 个" for suffix, n in report.passed_over)
        yield f"不能导入的类型,没有读取:{kinds}"


def interrupted_line(report: ImportReport) -> str:
    """How much is done, and that the rest can follow."""
    return f"已中断:{report.found} 个文件做完 {len(report.files)} 个,都已存好;再运行同一命令接着导入其余的。"


def skipped_line(report: ImportReport) -> str:
    """Why nothing could be imported, in one line."""
    first, *rest = report.skipped
    if not rest:
        return f"没有导入(跳过):{first.reason}"
    return f"{len(report.skipped)} 个文件都没有导入(跳过)。第一个:{first.reason}其余原因见上表。"


def short_name(address: str) -> str:
    """A file by its name, an address whole, both cut to fit a line."""
    name = address if is_address(address) else PurePath(address).name
    return name if len(name) <= _NAME_WIDTH else f"{name[: _NAME_WIDTH - 9]}…{name[-8:]}"
