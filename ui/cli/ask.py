"""``ceyin ask``: one question, or a file of them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ceyin.corpus.errors import CeyinError
from ceyin.ui.cli.explaining import explained
from ceyin.ui.cli.opening import opened, parse_day, parse_facts, print_json, today

if TYPE_CHECKING:
    from ceyin.assistant.contract import Answer
    from ceyin.ui.app import App


def ask(
    question: Annotated[str | None, typer.Argument(help="要问的问题")] = None,
    fact: Annotated[list[str] | None, typer.Option("--fact", help="一项事实:键=值,可重复")] = None,
    facts: Annotated[Path | None, typer.Option("--facts", help="事实的 JSON 文件")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="按哪一天回答,YYYY-MM-DD")] = None,
    policy: Annotated[
        list[str] | None, typer.Option("--policy", help="只按这份政策回答(政策 id),可多次")
    ] = None,
    region: Annotated[str | None, typer.Option("--region", help="按这个地方回答,如 抚州市")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="一并说明怎么得出的")] = False,
    batch: Annotated[Path | None, typer.Option("--batch", help="批量:每行一个 JSON 请求的文件")] = None,
) -> None:
    """回答一个问题,或逐行回答一个文件里的问题。"""
    from ceyin.assistant.contract import AskRequest

    day = parse_day(as_of)
    if batch is not None:
        if question is not None:
            raise typer.BadParameter("--batch 不能和问题一起用。")
        _ask_batch(batch)
        return
    if question is None or not question.strip():
        raise typer.BadParameter("问题是空的。请写下想问的内容。")
    request = AskRequest(
        question=question,
        facts=parse_facts(fact, facts),
        as_of=day.isoformat() if day else None,
        policies=policy or [],
        region=region,
        explain=explain,
    )
    with opened() as app:
        answer = app.assistant.answer(request, today=today())
    if as_json:
        print_json(answer)
    else:
        print(as_text(answer))


def _ask_batch(file: Path) -> None:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as exc:
        raise CeyinError(f"读不了 {file}。请检查路径、权限和编码(UTF-8)。") from exc
    with opened() as app:
        app.index()  # before the first line, so that no line pays for it
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            print(json.dumps(_one(app, line, number), ensure_ascii=False), flush=True)
            if number % 50 == 0:
                print(f"已回答 {number}/{len(lines)}", file=sys.stderr)


def _one(app: App, line: str, number: int) -> dict[str, Any]:
    """The answer to one line; whatever is wrong with it becomes an error object for that line."""
    from pydantic import ValidationError

    from ceyin.assistant.contract import AskRequest

    request_id = None
    try:
        content = json.loads(line)
        request_id = content.get("id") if isinstance(content, dict) else None
        request = AskRequest.model_validate(content)
        answer: dict[str, Any] = app.assistant.answer(request, today=today()).model_dump(mode="json")
    except json.JSONDecodeError:
        return _error(request_id, number, "不是正确的 JSON")
    except ValidationError as exc:
        where = ".".join(str(p) for p in exc.errors()[0]["loc"])
        return _error(request_id, number, f"字段“{where}”不对:{exc.errors()[0]['msg']}")
    except CeyinError as exc:
        return _error(request_id, number, str(exc))
    except Exception as exc:  # one line must never stop the rest
        return _error(request_id, number, f"出错了({type(exc).__name__}),其余各行不受影响")
    return answer


def _error(request_id: Any, number: int, message: str) -> dict[str, Any]:
    return {"id": request_id, "error": f"第 {number} 行:{message}"}


def as_text(answer: Answer) -> str:
    """The answer as read on a terminal: paragraphs, clauses with their address, when checked, what to know besides."""
    from ceyin.ui.page.card_words import words_for
    from ceyin.ui.page.cited import checked_line

    words = words_for(answer)
    out = _paragraphs(answer) if answer.blocks else [answer.answer]
    if answer.citations:
        out.append("")
    for citation in answer.citations:
        kind = "" if citation.text_kind == "official" else f"({words.card})"
        out.append(f"[{citation.n}] {citation.cite_as}{kind}")
    checked = checked_line(answer.citations, words)
    out += [checked] if checked else []
    out += [f"{words.warnings}:{w}" for w in answer.warnings]
    out += [f"({words.worded})"] if answer.worded_by == "model" else []
    if answer.explanation is not None:
        out += ["", *explained(answer)]
    return "\n".join(out)


def _paragraphs(answer: Answer) -> list[str]:
    """The blocks in their order, set apart where another kind begins."""
    out: list[str] = []
    for before, block in zip([None, *answer.blocks], answer.blocks, strict=False):
        if before is not None and before.kind != block.kind:
            out.append("")
        out.append(block.text)
    return out
