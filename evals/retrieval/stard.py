"""STARD's dev split on the rebuilt corpus: 308 lay questions over 58,693 articles of law, none of them ours.

Figures are not comparable one to one with the published ones: the corpus is rebuilt, the gold articles alone
are the published ones (see the data's README).
"""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import ceyin.indexes
from ceyin.corpus.library import StoredClause, StoredPolicy
from ceyin.corpus.model import ClauseRef
from ceyin.corpus.places import NATION
from ceyin.evals.cases import CaseError
from ceyin.evals.retrieval.corpora import FixedLibrary

#: Published on the original corpus (55,348 articles): name, recall at 10, MRR at 10.
PUBLISHED: tuple[tuple[str, float, float | None], ...] = (
    ("已发表:BM25(原语料)", 0.394, None),
    ("已发表:RoBERTa 用 STARD 微调(原语料)", 0.606, 0.472),
    ("已发表:4B 向量模型(原语料)", 0.604, None),
)
FILES = ("corpus_rebuilt.jsonl", "dev.query.txt", "qrels.dev.tsv", "qrels.train.tsv")
ARTICLE = re.compile(r"第[零〇一二三四五六七八九十百千两]+条(?:之[一二三四五六七八九十]+)?$")


@dataclass(frozen=True, slots=True)
class StardQuestion:
    """A dev question; ``seen``: one of its articles was also the answer to a training question."""

    id: str
    question: str
    gold: tuple[ClauseRef, ...]
    seen: bool


@dataclass(frozen=True, slots=True)
class Stard:
    """The corpus as laws with their articles, and the questions."""

    library: FixedLibrary
    questions: tuple[StardQuestion, ...]


def load_stard(folder: Path) -> Stard:
    """Read the corpus and the dev split; raises ``CaseError`` where they are not as described."""
    try:
        rows = [json.loads(line) for line in _lines(folder / FILES[0])]
        asked = [line.split("\t", 1) for line in _lines(folder / FILES[1])]
        dev = [line.split("\t") for line in _lines(folder / FILES[2])]
        trained = {line.split("\t")[2] for line in _lines(folder / FILES[3])}
        laws, refs = _laws(rows)
        gold: dict[str, list[str]] = defaultdict(list)
        for query, document in ((row[0], row[-1]) for row in dev):
            gold[query].append(document)
        questions = tuple(
            StardQuestion(
                query,
                text.strip(),
                tuple(refs[document] for document in gold[query]),
                any(document in trained for document in gold[query]),
            )
            for query, text in asked
            if gold[query]
        )
    except (OSError, ValueError, KeyError, IndexError) as exc:
        raise CaseError(f"读不了 STARD 数据 {folder}({exc!r});请按它的 README 放好四个文件") from exc
    return Stard(FixedLibrary(laws, _fingerprint(folder / FILES[0])), questions)


def cache_folder() -> Path:
    """Where its index is kept between runs: in the system's folder for temporary files."""
    return Path(tempfile.gettempdir()) / "ceyin-evals" / "stard"


def _lines(path: Path) -> list[str]:
    # Not splitlines(): U+2028 inside a JSON string does not end a line.
    return [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def _fingerprint(corpus: Path) -> str:
    """Of the corpus and of the code and words of the indexes, so that a change of either builds anew."""
    digest = hashlib.sha256()
    folder = Path(ceyin.indexes.__file__).resolve().parent
    for path in [corpus, *sorted(folder.glob("*.py")), *sorted((folder / "words").glob("*"))]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _laws(rows: Sequence[Mapping[str, str]]) -> tuple[list[StoredPolicy], dict[str, ClauseRef]]:
    """One policy per law, one clause per article; the reference of each document id."""
    by_law: dict[str, list[tuple[str, Mapping[str, str]]]] = defaultdict(list)
    for row in rows:
        name = row["name"].strip()
        found = ARTICLE.search(name)
        law = name[: found.start()] if found else name
        by_law[law].append((found.group() if found else "全文", row))
    policies: list[StoredPolicy] = []
    refs: dict[str, ClauseRef] = {}
    for n, (law, articles) in enumerate(by_law.items()):
        policy_id = f"law-{n:05d}"
        taken: dict[str, int] = defaultdict(int)
        clauses: list[StoredClause] = []
        for article, row in articles:
            taken[article] += 1
            label = article if taken[article] == 1 else f"{article}#{taken[article]}"
            ref = refs[str(row["id"])] = ClauseRef(policy_id, (label,))
            clauses.append(plain_clause(ref, len(clauses), row["content"].strip()))
        policies.append(plain_policy(policy_id, law, clauses))
    return policies, refs


def plain_clause(ref: ClauseRef, ordinal: int, text: str) -> StoredClause:
    """A clause of which only the text is known."""
    return StoredClause(ref, ordinal, "", (), text, "official", None, False, None, None, None)


def plain_policy(policy_id: str, title: str, clauses: Sequence[StoredClause]) -> StoredPolicy:
    """A policy of which only title and clauses are known."""
    return StoredPolicy(
        policy_id=policy_id,
        title=title,
        doc_number=None,
        issuers=(),
        region=NATION,
        issued=None,
        published=None,
        effective_from=None,
        expires=None,
        repealed=None,
        text_kind="official",
        stub=False,
        source=None,
        sha256=None,
        version=1,
        current=True,
        added_at=None,
        clauses=tuple(clauses),
        damages=(),
        entry=None,
        loose_cards=(),
    )
