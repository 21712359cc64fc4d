"""The ``ceyin`` command: each command parses, calls one function, prints."""

from __future__ import annotations

import os
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from ceyin import __version__
from ceyin.corpus.errors import CeyinError
from ceyin.ui.cli import ask, corpus, index, match, rules, schema, search, serve

app = typer.Typer(
    name="ceyin",
    help="策引:回答政策问题,附条文出处;期限、金额、条件按规则判定。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _version(show: bool) -> None:
    if show:
        print(f"ceyin {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    home: Annotated[Path | None, typer.Option("--home", help="数据所在的文件夹(也可用 CEYIN_HOME)")] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本")
    ] = False,
) -> None:
    if home is not None:
        # Commands found by entry point read their settings themselves; the environment reaches them all.
        os.environ["CEYIN_HOME"] = str(home)


app.command("ask")(ask.ask)
app.command("check")(rules.check)
app.command("match")(match.match)
app.command("plan")(match.plan)
app.command("search")(search.search)
app.command("serve")(serve.serve)
app.command("schema")(schema.schema)
app.add_typer(corpus.app, name="corpus")
app.add_typer(index.app, name="index")
app.add_typer(rules.app, name="rules")


def _add_plugins() -> None:
    """Commands other packages bring (``ceyin eval``): nothing here imports them by name."""
    for point in entry_points(group="ceyin.commands"):
        app.command(point.name)(point.load())


def main() -> None:
    """Run the command line: exit 0 done, 1 the work failed (one line says what and how), 2 wrong usage."""
    _add_plugins()
    try:
        sys.exit(app(standalone_mode=False))
    except TyperException as exc:  # every mistake of the command line
        message = str(getattr(exc, "message", exc)).strip()
        if not message:  # a group without a command
            context = getattr(exc, "ctx", None)
            print(context.get_help() if context else "请用 --help 查看用法", file=sys.stderr)
        else:
            names = getattr(getattr(exc, "param", None), "opts", [])
            option = f"{names[0]} " if names else ""
            print(f"用法不对:{option}{message}(可用 --help 查看)", file=sys.stderr)
        sys.exit(2)
    except typer.Abort:
        print("已中断。", file=sys.stderr)
        sys.exit(130)
    except CeyinError as exc:
        print(str(exc).replace("\n", " "), file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
