"""Hand-made labels of the official pages (``evals/labels/*.yaml``): clause addresses, losses, bibliographic facts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from ceyin.corpus.errors import CeyinError

LABELS = Path(__file__).parent / "labels"


class Label(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ClauseLabel(Label):
    """One clause: its labels joined by ``/``, and where it starts; ``or_…`` where a reader may rightly differ."""

    path: str
    start: int
    begins: str
    or_path: str | None = None
    or_start: int | None = None

    def accepts(self, path: str, start: int) -> bool:
        """Whether a clause found is this one."""
        return path in (self.path, self.or_path) and start in (self.start, self.or_start)


class DamageLabel(Label):
    """One provable loss; ``start == end`` is the point where words are missing."""

    kind: str
    start: int
    end: int
    path: str = ""
    note: str


class AnnexLabel(Label):
    """A document enclosed with a notice."""

    title: str
    start: int
    end: int | None = None
    clauses: tuple[ClauseLabel, ...] = ()
    damage: tuple[DamageLabel, ...] = ()


class PolicyLabel(Label):
    """One policy of a page; ``title_span`` stands for ``title`` where the title itself may not be copied."""

    title: str | None = None
    title_span: tuple[int, int] | None = None
    doc_number: str | None = None
    issuers: tuple[str, ...] = ()
    region: str | None = None
    issued: date | None = None
    published: date | None = None
    effective_from: date | None = None
    expires: date | None = None
    stub: bool = False
    start: int
    end: int | None = None
    clauses: tuple[ClauseLabel, ...] = ()
    annexes: tuple[AnnexLabel, ...] = ()
    damage: tuple[DamageLabel, ...] = ()


class PageLabel(Label):
    """One page."""

    page: str
    policies: tuple[PolicyLabel, ...]


def load_labels(folder: Path = LABELS) -> tuple[PageLabel, ...]:
    """All labelled pages in the order of their names; a broken file is a ``CeyinError`` that names it."""
    pages = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            raw = yaml.safe_load(path.read_text(encoding="utf-8"))
            if isinstance(raw, Mapping) and "page" in raw:
                pages.append(PageLabel.model_validate(raw))
        except (yaml.YAMLError, ValidationError) as exc:
            raise CeyinError(f"标注文件 {path.name} 读不了:{exc}") from exc
    return tuple(pages)
