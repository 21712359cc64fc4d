"""Bibliographic facts of real documents (``CEYIN_SHARED/data``) against hand-made labels of three samples of 40."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ceyin.corpus.model import ParsedPolicy
from ceyin.corpus.normalise import normalise
from ceyin.corpus.read import Source, read_source
from ceyin.corpus.segment import parse
from ceyin.evals.labels import LABELS

SAMPLES = ("metadata_sample", "metadata_holdout", "metadata_holdout_2")
FACTS = (
    "title", "doc_number", "issuers", "region", "level", "issued", "published", "effective_from", "expires", "trial",
    "stub", "repeals",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FactScore:
    """How many documents of a sample have a fact right, and which have it wrong."""

    sample: str
    fact: str
    right: int
    labelled: int
    wrong: tuple[str, ...]


def score_metadata(data: Path, samples: Sequence[str] = SAMPLES) -> tuple[FactScore, ...]:
    """Parse the documents of the samples and compare fact by fact; ``data`` holds the three sources."""
    texts = Texts(data)
    out = []
    for name in samples:
        rows = yaml.safe_load((LABELS / f"{name}.yaml").read_text(encoding="utf-8"))
        found = [(row, next(iter(parse(texts.source(row["id"])).policies), None)) for row in rows]
        for fact in FACTS:
            labelled = [(row, policy) for row, policy in found if fact in row]
            wrong = tuple(row["id"] for row, policy in labelled if not _right(fact, row[fact], policy))
            out.append(FactScore(name, fact, len(labelled) - len(wrong), len(labelled), wrong))
    return tuple(out)


def print_metadata(scores: Sequence[FactScore]) -> None:
    """One row per fact, one column per sample."""
    from rich.console import Console
    from rich.table import Table

    samples = list(dict.fromkeys(s.sample for s in scores))
    cells = {(s.sample, s.fact): f"{s.right}/{s.labelled}" for s in scores}
    table = Table("题录", *samples, title="题录与标注对照")
    for fact in FACTS:
        table.add_row(fact, *(cells[sample, fact] for sample in samples))
    Console().print(table)


class Texts:
    """The documents by the ids of the samples: ``sc:<line>``, ``re:<record_id>``, ``gz:<file>``."""

    def __init__(self, data: Path) -> None:
        self.pages = data / "policy_guangzhou" / "sources"
        self.council = _lines(data / "policy_statecouncil_2018" / "policies.jsonl")
        records = _lines(data / "policy_realestate" / "records_fulltext.jsonl")
        self.records = {record["record_id"]: record for record in records}

    def source(self, name: str) -> Source:
        kind, _, key = name.partition(":")
        if kind == "gz":
            return read_source(self.pages / key)
        text = self.council[int(key)]["text"] if kind == "sc" else self.records[key]["full_text"]
        return Source(name, "0" * 64, text, "txt")

    def names(self, kind: str) -> list[str]:
        """Every document of a source in a fixed order; of the records only government texts."""
        if kind == "gz":
            return [f"gz:{path.name}" for path in sorted(self.pages.iterdir())]
        if kind == "sc":
            return [f"sc:{n}" for n in range(len(self.council))]
        official = (k for k, record in self.records.items() if record["official_status"] == "official")
        return [f"re:{key}" for key in sorted(official)]


def _lines(path: Path) -> list[Mapping[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _right(fact: str, wanted: Any, policy: ParsedPolicy | None) -> bool:
    if policy is None:
        return False
    got = getattr(policy, fact)
    if fact in ("title", "doc_number"):  # a list: any of these
        choices = wanted if isinstance(wanted, list) else [wanted]
        return (_plain(got) or None) in [_plain(choice) for choice in choices]
    if fact == "issuers":
        return [_plain(name) for name in wanted] == [_plain(name) for name in got]
    if fact == "repeals":
        return sorted(_plain(x) for x in wanted) == sorted(_plain(r.doc_number or r.title or "") for r in got)
    return bool(_plain(got) == _plain(wanted))


def _plain(value: Any) -> Any:
    return normalise(value).translate({ord('"'): "”", ord("“"): "”"}) if isinstance(value, str) else value
