"""``ceyin corpus``: official texts in, out and looked at."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ceyin.corpus.errors import CeyinError, SourceError
from ceyin.ui.cli.opening import opened, parse_day, print_json, tell, today
from ceyin.ui.cli.policy_text import print_policy, print_versions

if TYPE_CHECKING:
    from ceyin.assistant.contract import PolicyView

app = typer.Typer(help="政策原文:导入、列出、查看、删除。", no_args_is_help=True)


@app.command("add")
def add(
    paths: Annotated[list[str], typer.Argument(help="文件、文件夹或网址")],
    again: Annotated[bool, typer.Option("--again", help="没有变化的文件也重新读取")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")] = False,
) -> None:
    """导入政策原文;坏文件跳过并说明原因,没有变化的文件不再读取。"""
    from ceyin.corpus.fetch import fetch_source
    from ceyin.corpus.importing import import_sources
    from ceyin.corpus.walking import find_sources
    from ceyin.ui.cli.import_report import interrupted_line, print_report, skipped_line, watching
    from ceyin.ui.views import ImportView

    found = find_sources(paths)
    if not found.sources and not found.trouble:
        raise SourceError(nothing_found(paths, found.passed_over))
    with opened() as program:
        with watching(len(found.sources) + len(found.trouble)) as watch:
            report = import_sources(program.library, found, watch, fetch=fetch_source, again=again)
        print_json(ImportView.of(report)) if as_json else print_report(report)
        if report.interrupted:
            tell(interrupted_line(report))
            raise typer.Exit(130)
        if report.changed or not (report.failed or program.index_status().fresh):
            program.build_index()
    if report.failed:
        raise SourceError(skipped_line(report))


def nothing_found(paths: list[str], passed_over: tuple[tuple[str, int], ...]) -> str:
    """Why there is nothing to import: the folders are empty, or hold other kinds of files only."""
    from ceyin.corpus.read import SUFFIXES

    kinds = "、".join(sorted({suffix.lstrip(".").upper() for suffix in SUFFIXES}))
    others = ",只有 " + "、".join(f"{suffix} {n} 个" for suffix, n in passed_over) if passed_over else ""
    return f"{'、'.join(paths)} 里没有能导入的文件({kinds}){others}。"


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
    versions: Annotated[bool, typer.Option("--versions", help="列出导入过的各版")] = False,
    version: Annotated[int | None, typer.Option("--version", min=1, help="查看第几版")] = None,
) -> None:
    """查看一份政策,或其中一条;--versions 列出各版,--version N 查看其中一版。"""
    if versions:
        if version is not None or path is not None:
            raise typer.BadParameter("--versions 列出各版,不能再带 --version 或条文地址。")
        show_versions(policy, as_json)
        return
    view: PolicyView | None
    with opened() as program:
        view = program.version(policy, version, today()) if version else program.policy(policy, today())
    if view is None and version is not None:
        raise CeyinError(f"“{policy}”没有第 {version} 版。请用 ceyin corpus show {policy} --versions 查看。")
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
    print_policy(view)


def show_versions(policy: str, as_json: bool) -> None:
    """Every imported version of a policy."""
    with opened() as program:
        listed = program.versions(policy)
    if listed is None:
        raise CeyinError(f"没有政策“{policy}”。请用 ceyin corpus list 查看 id。")
    if not listed.versions and not as_json:
        raise CeyinError(f"《{listed.title}》只有摘要,没有导入过原文。请用 ceyin corpus add 导入。")
    print_json(listed) if as_json else print_versions(listed)


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
    from ceyin.corpus.referring.directory import Directory, stored_entry
    from ceyin.corpus.segment import parse
    from ceyin.corpus.wire import ParsedSourceView

    source = read_source(file)
    for notice in source.notices:
        print(notice, file=sys.stderr)
    with opened() as program:
        known = Directory.of(map(stored_entry, program.library.policies()))
    view = ParsedSourceView.of(parse(source), known)
    if as_json:
        print(view.model_dump_json(indent=2))
        return
    for policy in view.policies:
        print(f"{policy.title}  {policy.doc_number or ''}")
        for part in (policy, *policy.annexes):
            for clause in part.clauses:
                print(f"  {'/'.join(clause.path):<24} {clause.text[:50]}")
