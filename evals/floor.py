"""The floor: the best result so far on the development cases, below which no change may fall."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ceyin.corpus.errors import CeyinError
from ceyin.evals.files import write_whole
from ceyin.evals.summary import FloorDanger, Summary

FLOOR_SUITE = "dev"
FLOOR_FILE = Path(__file__).resolve().parent / "floor.json"
HELD: tuple[FloorDanger, ...] = get_args(FloorDanger)


class FloorError(CeyinError):
    """The floor file cannot be read, or a result is below it."""


class Floor(BaseModel):
    """The best count of right cases, and the most a danger may be met (None: not held yet)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cases: int = Field(ge=0)
    correct: int = Field(ge=0)
    ceilings: Mapping[FloorDanger, int | None]


def read_floor(path: Path = FLOOR_FILE) -> Floor:
    """The floor as written in ``path``."""
    try:
        return Floor.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as exc:
        raise FloorError(f"读不了下限文件 {path}:{exc}") from exc
    except ValidationError as exc:
        first = exc.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "(整份)"
        raise FloorError(f"下限文件 {path} 的 {key} 不对:{first['msg']}") from exc


def shortfalls(floor: Floor, summary: Summary) -> list[str]:
    """One line for every figure of ``summary`` that is worse than the floor; empty when none is."""
    lines = []
    if summary.total.n < floor.cases:
        lines.append(f"题数 {summary.total.n},下限按 {floor.cases} 题")
    if summary.total.ok < floor.correct:
        lines.append(f"全对 {summary.total.ok} 题,下限 {floor.correct} 题")
    for danger in HELD:
        ceiling, met = floor.ceilings.get(danger), summary.dangers[danger]
        if ceiling is not None and met > ceiling:
            lines.append(f"{danger} {met} 次,上限 {ceiling} 次")
    return lines


def raised(floor: Floor, summary: Summary) -> Floor:
    """The floor lifted to ``summary``; a ``FloorError`` where that would lower any figure of it."""
    worse = shortfalls(floor, summary)
    if worse:
        raise FloorError("不能提高下限,本次低于现有下限:" + ";".join(worse))
    return Floor(
        cases=summary.total.n,
        correct=summary.total.ok,
        ceilings={danger: summary.dangers[danger] for danger in HELD},
    )


def write_floor(floor: Floor, path: Path = FLOOR_FILE) -> None:
    """Writes the floor in one step."""
    text = json.dumps(floor.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"
    try:
        write_whole(path, text)
    except OSError as exc:
        raise FloorError(f"写不了下限文件 {path}:{exc};请在项目目录里运行") from exc
