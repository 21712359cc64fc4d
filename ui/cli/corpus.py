"""``ceyin corpus``: official texts in, out and looked at."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from ceyin.corpus.errors import CeyinError, SourceError
from ceyin.ui.cli.opening import opened, parse_day, print_json, today

app = typer.Typer(help="政策原文:导入、列出、查看、删除。", no_args_is_help=True)


@app.command("add")
def add(paths: Annotated[list[str], typer.Argument(help="文件、文件夹或网址")]) -> None:
    """导入政策原文;坏文件跳过并说明原因。"""
    from rich.console import Console
    from rich.progress import Progress
    from rich.table import Table

    from ceyin.corpus.segment import parse

    sources = list(_sources(paths))
    table = Table("文件", "政策", "条数", "残缺", "结果", title="导入结果")
    failed = 0
    with opened() as program, Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("导入", total=len(sources))
        for name in sources:
            try:
                parsed = parse(_read(name))
                report = program.library.add(parsed)
                for p in report.policies:
                    kind = (
                        "仅有印发通知"
                        if p.stub
                        else {"added": "新增", "updated": "更新", "unchanged": "未变"}.get(p.status, p.status)
                    )
                    table.add_row(Path(name).name, p.title, str(p.clauses), str(p.damaged), kind)
                if not report.policies:
                    table.add_row(Path(name).name, "—", "0", "0", "没有找到政策正文")
            except CeyinError as exc:
                failed += 1
                table.add_row(Path(name).name, "—", "—", "—", f"跳过:{exc}")
            progress.advance(task)
        Console(stderr=True).print(table)
        if failed < len(sources):
            program.build_index()
    if failed == len(sources):
        raise SourceError("没有文件导入成功,原因见上表。")


def _sources(paths: list[str]) -> Iterator[str]:
    from ceyin.corpus.read import SUFFIXES

    for name in paths:
        if name.startswith(("http://", "https://")):
            yield name
            continue
        path = Path(name)
        if not path.exists():
            raise SourceError(f"找不到 {name}。请检查路径。")
        if path.is_dir():
            found = sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in SUFFIXES)
            if not found:
                raise SourceError(f"{name} 里没有能导入的文件(TXT、HTML、PDF、DOCX、OFD)。")
            yield from map(str, found)
        else:
            yield name


def _read(name: str):  # type: ignore[no-untyped-def]
    from ceyin.corpus.fetch import fetch_source
    from ceyin.corpus.read import read_source

    return fetch_source(name) if name.startswith(("http://", "https://")) else read_source(Path(name))


@app.command("sync")
def sync() -> None:
    """按目录里登记的网址取回原文(只访问这些网址)。"""
    from ceyin.corpus.catalog import load_catalog

    addresses = sorted({s for p in load_catalog().policies for s in p.sources if s.startswith("http")})
    if not addresses:
        raise SourceError("目录里没有登记网址。请用 corpus add 导入文件。")
    add(addresses)


@app.command("list")
def list_(
    as_json: Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")] = False,
    as_of: Annotated[str | None, typer.Option("--as-of", help="按哪一天看是否有效")] = None,
) -> None:
    """列出政策库里的文件。"""
    with opened() as program:
        result = program.policies(parse_day(as_of) or today())
    if as_json:
        print_json(result)
        return
    names = {
        "in_force": "有效",
        "expired": "过期",
        "not_yet": "未施行",
        "repealed": "废止",
        "unknown": "未注明",
    }
    for p in result.policies:
        kind = "原文" if p.text_kind == "official" else "摘要"
        print(f"{p.policy_id:<32} {p.region:<6} {names[p.in_force]:<4} {kind} {p.clauses:>3}条  {p.title}")


@app.command("show")
def show(
    policy: Annotated[str, typer.Argument(help="政策 id")],
    path: Annotated[str | None, typer.Argument(help="条文地址,如 二/(一)/4")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")] = False,
) -> None:
    """查看一份政策,或其中一条。"""
    with opened() as program:
        view = program.policy(policy, today())
    if view is None:
        raise CeyinError(f"没有政策“{policy}”。请用 ceyin corpus list 查看 id。")
    if path is not None:
        clause = next((c for c in view.document if "/".join(c.path) == path), None)
        if clause is None:
            raise CeyinError(
                f"《{view.title}》没有“{path}”这一条。请用 ceyin corpus show {policy} 查看地址。"
            )
        print_json(clause) if as_json else print(f"{clause.cite_as}\n{clause.text}")
        return
    if as_json:
        print_json(view)
        return
    print(f"{view.title}\n{view.doc_number or ''}  {'、'.join(view.issuers)}  {view.issued or ''}\n")
    for clause in view.document:
        mark = f"  【{clause.damage}】" if clause.damaged else ""
        print(f"{'/'.join(clause.path)}{mark}\n    {clause.text}\n")


@app.command("remove")
def remove(policy: Annotated[str, typer.Argument(help="政策 id")]) -> None:
    """删除一份导入的原文;随带的摘要仍在。"""
    with opened() as program:
        if not program.library.remove(policy):
            raise CeyinError(f"没有导入过“{policy}”的原文。请用 ceyin corpus list 查看。")
        program.build_index()
    print(f"已删除 {policy} 的原文。", file=sys.stderr)


@app.command("verify")
def verify() -> None:
    """摘要与原文互相核对:数字、条文是否都对得上。"""
    from ceyin.corpus.crosscheck import crosscheck

    with opened() as program:
        problems = [line for p in program.library.policies() for line in crosscheck(p)]
        checked = sum(p.text_kind == "official" and p.entry is not None for p in program.library.policies())
    for line in problems:
        print(line)
    print(f"核对 {checked} 份,{len(problems)} 处不一致")
    if problems:
        raise typer.Exit(1)


@app.command("parse")
def parse_(
    file: Annotated[Path, typer.Argument(help="要解析的文件")],
    as_json: Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")] = False,
) -> None:
    """解析一个文件而不存储:其中的政策、条文和位置。"""
    from ceyin.corpus.read import read_source
    from ceyin.corpus.segment import parse
    from ceyin.corpus.wire import ParsedSourceView

    parsed = parse(read_source(file))
    view = ParsedSourceView.of(parsed)
    if as_json:
        print(view.model_dump_json(indent=2))
        return
    for policy in view.policies:
        print(f"{policy.title}  {policy.doc_number or ''}")
        for part in (policy, *policy.annexes):
            for clause in part.clauses:
                print(f"  {'/'.join(clause.path):<24} {clause.text[:50]}")
