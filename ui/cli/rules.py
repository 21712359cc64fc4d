"""``ceyin rules`` and ``ceyin check``: the rule book looked at and run."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Annotated, Any

import typer

from ceyin.corpus.errors import CeyinError
from ceyin.ui.cli import drafting
from ceyin.ui.cli.opening import opened, parse_day, parse_facts, print_json, today

app = typer.Typer(help="规则:列出、查看、核对、事实表。", no_args_is_help=True)
drafting.register(app)


@app.command("list")
def list_(as_json: Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")] = False) -> None:
    """列出全部规则。"""
    from ceyin.assistant.rules.book import load_book

    book = load_book()
    if as_json:
        print_json({"rules": [r.model_dump(mode="json", by_alias=True) for r in book.rules]})
        return
    for rule in book.rules:
        print(f"{rule.id:<44} {rule.kind:<12} {rule.title}")


@app.command("show")
def show(rule_id: Annotated[str, typer.Argument(help="规则 id")]) -> None:
    """查看一条规则。"""
    from ceyin.assistant.rules.book import load_book

    book = load_book()
    rule = book.rule(rule_id)
    if rule is None:
        near = difflib.get_close_matches(rule_id, [r.id for r in book.rules], 1)
        hint = f"是不是“{near[0]}”?" if near else ""
        raise CeyinError(f"没有规则“{rule_id[:80]}”。{hint}请用 ceyin rules list 查看。")
    print_json(rule)


@app.command("facts")
def facts(as_json: Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")] = False) -> None:
    """列出事实表:键、类型、单位、问法。"""
    from ceyin.assistant.rules.book import load_book

    specs = load_book().facts.values()
    if as_json:
        print_json({"facts": [f.model_dump(mode="json") for f in specs]})
        return
    for spec in specs:
        print(f"{spec.key:<20} {spec.type:<8} {spec.unit:<4} {spec.question}")


@app.command("verify")
def verify() -> None:
    """把每条规则和每张卡片里的数字与条文核对。"""
    from ceyin.assistant.rules.verify import verify_book
    from ceyin.corpus.crosscheck import crosscheck

    with opened() as program:
        policies = program.library.policies()
        problems, checked = verify_book(program.book, policies)
    problems += [line for policy in policies for line in crosscheck(policy)]
    cards = sum(c.card is not None for p in policies for c in p.clauses)
    for line in problems:
        print(line)
    print(f"核对 {checked} 条规则、{cards} 张卡片,{len(problems)} 处有问题")
    if problems:
        raise typer.Exit(1)


@app.command("coverage")
def coverage(
    policy: Annotated[str | None, typer.Argument(help="只看这一份政策(id)")] = None,
    every: Annotated[bool, typer.Option("--open", help="逐个列出还没有处理的数字和条文")] = False,
) -> None:
    """官方条文里的数字,有多少由规则承载,有多少说明了不用。"""
    from ceyin.assistant.rules.coverage import coverage as table
    from ceyin.corpus.model import cite_path

    with opened() as program:
        rows = table(program.book, program.library.policies())
    rows = [row for row in rows if policy in (None, row.policy_id)]
    if not rows:
        raise CeyinError("没有可核对的官方条文。请先用 ceyin corpus add 导入原文。")
    print(
        f"{'政策':<32} {'数字':>4} {'规则':>4} {'说明':>4} {'未处理':>5} {'覆盖':>7} {'条文':>4} {'无卡片':>4}"
    )
    for row in rows:
        print(
            f"{row.policy_id:<32} {row.figures:>6} {row.carried:>6} {row.aside:>6} {len(row.open):>6}"
            f" {row.share:>9.1%} {row.clauses:>6} {len(row.without_card):>6}"
        )
        if every:
            for left in row.open:
                print(f"    {cite_path(left.ref.path)}:{left.figure.text}")
            for ref in row.without_card:
                print(f"    {cite_path(ref.path)}:没有卡片")
    figures, done = sum(r.figures for r in rows), sum(r.carried + r.aside for r in rows)
    bare = sum(len(r.without_card) for r in rows)
    print(f"共 {figures} 个数字,已处理 {done} 个({done / max(1, figures):.1%});{bare} 条没有卡片")
    if done < figures or bare:
        raise typer.Exit(1)


def check(
    rule_id: Annotated[str, typer.Argument(help="规则 id")],
    fact: Annotated[list[str] | None, typer.Option("--fact", help="一项事实:键=值,可重复")] = None,
    facts: Annotated[Path | None, typer.Option("--facts", help="事实的 JSON 文件")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="按哪一天判断,YYYY-MM-DD")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")] = False,
) -> None:
    """判断一条规则,并显示推理过程。"""
    from ceyin.assistant.contract import CheckRequest
    from ceyin.ui.cli.opening import tell

    day = parse_day(as_of) or today()
    with opened() as program:
        result = program.check(CheckRequest(rule_id=rule_id, facts=parse_facts(fact, facts)), day)
    for warning in result.warnings:
        tell(warning)
    if as_json:
        print_json(result)
        return
    print(f"{result.explanation}。")
    _print_trace(result.trace, 1)
    for note in result.trace.get("notes", []):
        print(f"  {note}")
    for missing in result.missing_facts:
        print(f"还需要:{missing.question}")


def _print_trace(trace: dict[str, Any], depth: int) -> None:
    """One line for each step: what was compared with what, on which clause."""
    from ceyin.assistant.rules.values import MARKS

    required = f",要求{trace['required']}" if trace["required"] else ""
    print(
        f"{'  ' * depth}{MARKS[trace['verdict']]} {trace['what']}:{trace['given']}{required}({trace['clause']})"
    )
    for part in trace.get("parts", []):
        _print_trace(part, depth + 1)
