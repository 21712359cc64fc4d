"""``ceyin search``: retrieval alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from ceyin.corpus.errors import CeyinError
from ceyin.indexes.filters import Level, filter_of
from ceyin.ui.cli.opening import opened, parse_day, print_json, today


def search(
    question: Annotated[str | None, typer.Argument(help="要找的内容")] = None,
    top: Annotated[int, typer.Option("--top", min=1, max=200, help="返回多少条")] = 10,
    as_of: Annotated[str | None, typer.Option("--as-of", help="按哪一天看是否有效,YYYY-MM-DD")] = None,
    region: Annotated[
        str | None, typer.Option("--region", help="只找在这个地方适用的:本地的、上级的和全国的")
    ] = None,
    in_force: Annotated[bool, typer.Option("--in-force", help="只找在 --as-of 那天有效的")] = False,
    level: Annotated[list[Level] | None, typer.Option("--level", help="只找这一级的,可多次")] = None,
    policy: Annotated[
        list[str] | None, typer.Option("--policy", help="只在这份政策里找(政策 id),可多次")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")] = False,
    batch: Annotated[
        Path | None,
        typer.Option("--batch", help='批量:每行 {"id", "question", "as_of", "region", "in_force"}'),
    ] = None,
) -> None:
    """只检索条文,不作答。"""
    day = parse_day(as_of) or today()
    if batch is not None:
        _search_batch(batch, top)
        return
    if question is None or not question.strip():
        raise typer.BadParameter("要找的内容是空的。")
    with opened() as app:
        within = filter_of(region, day if in_force else None, level, policy)
        result = app.search(question, top, day, within)
    if as_json:
        print_json(result)
        return
    for hit in result.hits:
        print(f"{hit.rank:>3}  {hit.cite_as}  {hit.text[:60]}")


def _search_batch(file: Path, top: int) -> None:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as exc:
        raise CeyinError(f"读不了 {file}。请检查路径、权限和编码(UTF-8)。") from exc
    with opened() as app:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                day = parse_day(row.get("as_of")) or today()
                within = filter_of(row.get("region"), day if row.get("in_force") else None, None, None)
                hits = app.search(str(row["question"]), top, day, within).model_dump(mode="json")["hits"]
                print(json.dumps({"id": row.get("id"), "hits": hits}, ensure_ascii=False), flush=True)
            except (ValueError, KeyError, AttributeError, CeyinError, typer.BadParameter) as exc:
                print(
                    json.dumps({"id": None, "error": f"第 {number} 行读不了:{exc}"}, ensure_ascii=False),
                    flush=True,
                )
