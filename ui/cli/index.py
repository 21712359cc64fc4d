"""``ceyin index``: build the indexes, say how they stand."""

from __future__ import annotations

from typing import Annotated

import typer

from ceyin.ui.cli.opening import opened

app = typer.Typer(help="索引:建立、查看状态。", no_args_is_help=True)


@app.command("build")
def build(force: Annotated[bool, typer.Option("--force", help="即使没有变化也重建")] = False) -> None:
    """建立或更新索引;没有变化时什么也不做。"""
    with opened() as program:
        program.build_index(force=force)
        status = program.index_status()
    print(f"索引已就绪:{status.clauses} 条")


@app.command("status")
def status() -> None:
    """索引是否建好、是否与政策库一致。"""
    with opened() as program:
        state = program.index_status()
    words = "最新" if state.fresh else ("需要更新" if state.built else "还没有建")
    print(f"{words};{state.clauses} 条;{state.folder or '—'}")
