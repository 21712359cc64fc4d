"""Evaluation cases: reading them, and the suites they come in.

A suite is a set of JSON-lines files. ``own`` and ``open`` ship with the project, and ``held``, which is set aside:
nobody who builds the answers reads it, and it runs only where asked for. ``dev`` lies in the shared folder and is
passed over where that folder is not there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ceyin.corpus.errors import CeyinError

#: ``source_damaged`` is the older name of ``source_incomplete``; files may use either.
WantedStatus = Literal["answered", "needs_facts", "refused", "source_incomplete", "source_damaged"]
SUITES = ("dev", "own", "open", "held")
#: Set aside: run only when named, and its cases are printed nowhere.
HELD_SUITE = "held"


class CaseError(CeyinError):
    """A case file is missing or not as the schema wants it; names file, line and key."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WantedCitation(_Strict):
    """A clause of a document whose title or number holds ``doc``, with ``quote`` in its text."""

    doc: str
    quote: str = Field(min_length=1)


class Expect(_Strict):
    """What a right answer has; None and empty lists ask for nothing."""

    status: WantedStatus
    status_alt: WantedStatus | list[WantedStatus] | None = None
    verdict: Literal["pass", "fail", "unknown"] | None = None
    amount_cny: Decimal | None = None
    cite_any: list[WantedCitation] = []
    cite_all: list[WantedCitation] = []
    must_contain: list[str | list[str]] = []
    must_not_contain: list[str] = []


class Case(_Strict):
    """One question with its conversation, date and facts, and what is expected; ``note`` says why."""

    id: str = Field(min_length=1)
    category: str = Field(min_length=1)
    turns: list[str] = Field(min_length=1)
    as_of: date | None = None
    facts: dict[str, Any] | None = None
    expect: Expect
    note: str = ""


@dataclass(frozen=True, slots=True)
class Suite:
    """The cases of one suite; ``shared`` ones may not be reprinted in a committed report, ``secret`` ones in none."""

    name: str
    cases: tuple[Case, ...]
    shared: bool
    secret: bool = False


def shared_folder(environ: Mapping[str, str]) -> Path | None:
    """``CEYIN_SHARED``, else the folder ``shared`` beside the repository; None outside a repository."""
    named = environ.get("CEYIN_SHARED")
    if named:
        return Path(named)
    root = Path(__file__).resolve().parents[1]
    return root.parent / "shared" if (root / "pyproject.toml").is_file() else None


def suite_files(environ: Mapping[str, str]) -> dict[str, tuple[Path, ...]]:
    """The files of every known suite, by suite name; an absent suite has none."""
    shared = shared_folder(environ)
    dev = shared / "evals" / "dev_cases.jsonl" if shared else None
    cases = Path(__file__).parent / "cases"
    return {
        "dev": (dev,) if dev and dev.is_file() else (),
        "own": tuple(sorted(cases.glob("*.jsonl"))),
        "open": tuple(sorted(cases.glob("open/*.jsonl"))),
        HELD_SUITE: tuple(sorted(cases.glob("held/*.jsonl"))),
    }


def load_suite(name: str, files: Iterable[Path]) -> Suite:
    """Reads the files of one suite; an id that occurs twice is a ``CaseError``."""
    cases: list[Case] = []
    places: dict[str, str] = {}
    for path in files:
        for line, case in read_cases(path):
            place = f"{path.name} 第 {line} 行"
            if case.id in places:
                raise CaseError(f"{place}:编号 {case.id} 在 {places[case.id]} 已经用过,请换一个")
            places[case.id] = place
            cases.append(case)
    return Suite(name, tuple(cases), shared=name == "dev", secret=name == HELD_SUITE)


def read_cases(path: Path) -> list[tuple[int, Case]]:
    """The cases of a file, each with its line number; blank lines are passed over."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        raise CaseError(f"读不了题目文件 {path}:{exc};请检查路径与编码(UTF-8)") from exc
    return [
        (number, _parse(line, f"{path.name} 第 {number} 行"))
        # Not splitlines(): a form feed or U+2028 inside a JSON string does not end a line.
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip()
    ]


def _parse(line: str, place: str) -> Case:
    try:
        # Decimal, so that an amount written 0.1 is exactly that.
        return Case.model_validate(json.loads(line, parse_float=Decimal))
    except json.JSONDecodeError as exc:
        raise CaseError(f"{place}:不是一行 JSON(第 {exc.colno} 列:{exc.msg})") from exc
    except ValidationError as exc:
        raise CaseError(f"{place}:{_explain(exc)}") from exc


def _explain(exc: ValidationError) -> str:
    """The first finding in one line: the key, and what is wrong with it."""
    # An unknown key goes first: it is usually why another one is missing.
    first = min(exc.errors(), key=lambda e: e["type"] != "extra_forbidden")
    key = ".".join(str(part) for part in first["loc"]) or "(整行)"
    if first["type"] == "extra_forbidden":
        known = [*Case.model_fields, *Expect.model_fields, *WantedCitation.model_fields]
        near = get_close_matches(str(first["loc"][-1]), known, n=1)
        return f"不认识的键 {key}" + (f";是不是 {near[0]}?" if near else ";请删去")
    if first["type"] == "missing":
        return f"缺少键 {key},请补上"
    return f"{key} 的值不对:{first['msg']}"
