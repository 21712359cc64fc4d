"""What every command does first: settings, the open program, dates and facts from the command line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import typer

from ceyin.corpus.errors import CeyinError

if TYPE_CHECKING:
    from ceyin.ui.app import App


def today() -> date:
    """The day in Shanghai, where the policies hold."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


def tell(message: str) -> None:
    """Progress, on standard error."""
    print(message, file=sys.stderr)


@contextmanager
def opened() -> Iterator[App]:
    """The program over the configured home folder."""
    from ceyin.ui.app import open_app
    from ceyin.ui.settings import load_settings

    app = open_app(load_settings(), tell=tell)
    try:
        yield app
    finally:
        app.close()


def parse_day(text: str | None) -> date | None:
    """``--as-of``; a date that is none is wrong usage."""
    if text is None:
        return None
    try:
        if len(text) != len("2026-11-23"):  # 20261123 and 2026-W48-1 are ISO dates too
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError as exc:
        raise typer.BadParameter(f"日期“{text}”不对,应写成 2026-11-23 这样。") from exc


def parse_facts(pairs: list[str] | None, file: Path | None) -> dict[str, Any] | None:
    """``--fact 键=值`` and ``--facts FILE.json`` together; the command line wins."""
    facts: dict[str, Any] = {}
    if file is not None:
        try:
            content = json.loads(file.read_text(encoding="utf-8"))
            json.dumps(content, ensure_ascii=False).encode()  # half a surrogate pair is no text
        except UnicodeError as exc:
            raise CeyinError(f"{file} 里有不是文字的字符。请存成 UTF-8 编码的 JSON。") from exc
        except OSError as exc:
            raise CeyinError(f"读不了 {file}。请检查路径和权限。") from exc
        except json.JSONDecodeError as exc:
            raise CeyinError(f"{file} 第 {exc.lineno} 行不是正确的 JSON。请改正后再试。") from exc
        except (
            RecursionError,
            ValueError,
        ) as exc:  # lists in lists without end, a figure of thousands of digits
            raise CeyinError(f"{file} 里的内容嵌套过深或数字过长。请改正后再试。") from exc
        if not isinstance(content, dict):
            raise CeyinError(f'{file} 应是一个 JSON 对象,如 {{"企业类型": "企业"}}。')
        facts.update(content)
    for pair in pairs or []:
        key, sign, value = pair.partition("=")
        if not sign or not key.strip():
            raise typer.BadParameter(f"“{pair}”应写成 键=值。")
        facts[key.strip()] = value.strip()
    return facts or None


def print_json(model: Any) -> None:
    """One JSON document on standard output."""
    print(
        model.model_dump_json(indent=2)
        if hasattr(model, "model_dump_json")
        else json.dumps(model, ensure_ascii=False, indent=2)
    )
