"""Questions the library answers and questions it does not, put to the assistant: score, outcome and citations of each.

Inside are the open questions and some questions of the cards, each left out of its card before it is asked;
outside are questions written about what no policy here rules, and for fitting lay questions about law. Those of the
check files are never fitted to.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ceyin.assistant.answer import Assistant
from ceyin.assistant.contract import Answer, AskRequest
from ceyin.assistant.holding import features
from ceyin.assistant.rules.book import RuleBook
from ceyin.corpus.catalog import Catalog
from ceyin.corpus.library import Library
from ceyin.corpus.model import ClauseRef
from ceyin.evals.cases import CaseError, load_suite, suite_files
from ceyin.evals.retrieval.corpora import open_corpora
from ceyin.evals.retrieval.questions import FOLDER, OPEN, load_questions
from ceyin.indexes import build
from ceyin.indexes.embedding import Embedder, Vectors
from ceyin.indexes.search import HybridSearch

OUTSIDE = "outside.jsonl"
#: Written later, by another hand and in other words; only for checking.
OPEN_CHECK, OUTSIDE_CHECK = "open_check.jsonl", "outside_check.jsonl"
#: So many lay questions about law of each set are taken.
_LAY = 350
#: The day all are asked on, so that nothing changes with the calendar.
DAY = date(2025, 6, 1)
#: One in so many questions of the cards is left out and asked.
_ONE_IN = 13


class Group(StrEnum):
    """Where a question comes from, as the report calls it."""

    OPEN = "公开题"
    CARDS = "卡片问法"
    OUTSIDE = "库外"
    LAW = "法律咨询"
    CASES = "问答题"
    CASES_OUTSIDE = "问答题库外"
    OPEN_CHECK = "核对题"
    OUTSIDE_CHECK = "核对库外"
    ALONE = "只有卡片"
    ALONE_OUTSIDE = "只有卡片库外"
    BARE = "无卡片"
    BARE_OUTSIDE = "无卡片库外"


@dataclass(frozen=True, slots=True)
class Asking:
    """A question with the clauses that answer it (none: it lies outside); ``fits``: whether weights may be fitted to it."""

    id: str
    text: str
    gold: tuple[ClauseRef, ...]
    group: Group
    fits: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: the question's vector, the score's features and value, whether refused, answered, rightly cited."""

    asking: Asking
    vector: Vectors
    features: Mapping[str, float]
    held: float
    refused: bool
    answered: bool
    cited: bool


class _Outside(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str = Field(min_length=1)
    question: str = Field(min_length=1)
    note: str = Field(min_length=1)


def load_outside(path: Path, group: Group = Group.OUTSIDE) -> list[Asking]:
    """The outside questions of a file; a ``CaseError`` names the line."""
    out = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = _Outside.model_validate(json.loads(line))
        except (json.JSONDecodeError, ValidationError) as exc:
            raise CaseError(
                f"{path.name} 第 {number} 行不是 id、question、note 三键的一行 JSON;请改正"
            ) from exc
        out.append(Asking(row.id, row.question, (), group, group is Group.OUTSIDE))
    return out


def load_inside(path: Path, group: Group = Group.OPEN) -> list[Asking]:
    """The questions of a file with the clauses that answer them."""
    return [Asking(q.id, q.question, q.refs, group, group is Group.OPEN) for q in load_questions(path)]


def lay_questions(shared: Path) -> list[Asking]:
    """Some hundred questions of people about law, which no policy here answers (data sets of the shared folder)."""
    stard = (shared / "data" / "stard" / "train.query.txt").read_text(encoding="utf-8").splitlines()
    advice = json.loads((shared / "data" / "legal_qa_lawyerllama" / "legal_advice.json").read_text("utf-8"))
    sets = ([line.split("\t", 1)[1].strip() for line in stard], [row[0]["instruction"] for row in advice])
    chosen = (q for questions in sets for q in sorted(dict.fromkeys(questions), key=_digest)[:_LAY])
    return [Asking(f"L-{n:03d}", q, (), Group.LAW, True) for n, q in enumerate(chosen, 1)]


def answer_cases(environ: Mapping[str, str]) -> list[Asking]:
    """The answer cases of one turn that may be looked at: those to be refused lie outside."""
    files = suite_files(environ)
    cases = [c for name in ("dev", "own", "open") if files[name] for c in load_suite(name, files[name]).cases]
    somewhere = (ClauseRef("case", ("?",)),)  # cases name words, not clauses
    out = []
    for case in cases:
        if len(case.turns) > 1 or case.category in ("help", "stub_document"):
            continue
        refused = case.expect.status == "refused"
        gold = () if refused else somewhere
        out.append(
            Asking(case.id, case.turns[0], gold, Group.CASES_OUTSIDE if refused else Group.CASES, True)
        )
    return out


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def without_some_questions(catalog: Catalog) -> tuple[Catalog, list[Asking]]:
    """The catalog with one in so many questions taken from its cards, and those questions."""
    taken: list[Asking] = []
    policies = []
    for policy in catalog.policies:
        cards = []
        for card in policy.cards:
            out = [q for q in card.questions if _taken(policy.id, q)]
            for question in out:
                gold = (ClauseRef(policy.id, card.path),)
                taken.append(Asking(f"C-{len(taken) + 1:03d}", question, gold, Group.CARDS, True))
            kept = tuple(q for q in card.questions if q not in out)
            cards.append(card.model_copy(update={"questions": kept}))
        policies.append(policy.model_copy(update={"cards": tuple(cards)}))
    return Catalog(policies=tuple(policies), fingerprint=f"{catalog.fingerprint}-some"), taken


def _taken(policy: str, question: str) -> bool:
    return int(_digest(f"{policy}\0{question}"), 16) % _ONE_IN == 0


def ask_all(
    folder: Path,
    catalog: Catalog,
    pages: Path,
    embedder: Embedder,
    book: RuleBook,
    tell: Callable[[str], None],
    more: Sequence[Asking] = (),
) -> list[Outcome]:
    """Put all questions, and ``more``, to the assistant, over stores and indexes of their own in ``folder``."""
    less, taken = without_some_questions(catalog)
    inside, outside = load_inside(FOLDER / OPEN), load_outside(FOLDER / OUTSIDE)
    check = load_inside(FOLDER / OPEN_CHECK, Group.OPEN_CHECK)
    check += load_outside(FOLDER / OUTSIDE_CHECK, Group.OUTSIDE_CHECK)
    out: list[Outcome] = []
    with open_corpora(folder / "whole", catalog, pages) as found:
        if found.official is None or found.bare is None:
            raise CaseError("题集 calibration 要官方页面:在 CEYIN_SHARED 所指目录的 corpus/ 里")
        tell("公开题与库外题")
        out += _outcomes(
            _assistant(folder / "index", found.official, embedder, book), [*inside, *outside, *check, *more]
        )
        held = {c.ref for p in found.bare.policies() for c in p.clauses}
        bare = [_as(a, Group.BARE) for a in inside if held.issuperset(a.gold)]
        bare += [_as(a, Group.BARE_OUTSIDE) for a in outside]
        tell("只有卡片")
        alone = [*(_as(a, Group.ALONE) for a in inside), *(_as(a, Group.ALONE_OUTSIDE) for a in outside)]
        out += _outcomes(_assistant(folder / "index-alone", found.cards, embedder, book), alone)
        tell("没有卡片的政策")
        out += _outcomes(_assistant(folder / "index-bare", found.bare, embedder, book), bare)
    with open_corpora(folder / "less", less, pages) as found:
        tell("从卡片里拿出来的问法")
        assert found.official is not None
        out += _outcomes(_assistant(folder / "index-less", found.official, embedder, book), taken)
    return out


def _as(asking: Asking, group: Group) -> Asking:
    """The same question asked of another library."""
    fits = group in (Group.ALONE, Group.ALONE_OUTSIDE)
    return Asking(asking.id, asking.text, asking.gold, group, fits)


def _assistant(folder: Path, library: Library, embedder: Embedder, book: RuleBook) -> Assistant:
    index = HybridSearch.open(build.build(folder, library, embedder), embedder)
    return Assistant(library, lambda: index, book)


def _outcomes(assistant: Assistant, askings: Sequence[Asking]) -> Iterator[Outcome]:
    for asking in askings:
        request = AskRequest(question=asking.text, as_of=DAY.isoformat())
        ready = assistant.prepare(request, today=DAY)
        asked = ready.material.asked
        answer = assistant.respond(ready, request)
        yield Outcome(
            asking,
            asked.vector,
            features(asked) if asked.evidence else {},
            ready.material.chance,
            answer.status == "refused",
            answer.status in ("answered", "needs_facts") and answer.kind == "policy",
            any(_same_place(gold, answer) for gold in asking.gold),
        )


def _same_place(gold: ClauseRef, answer: Answer) -> bool:
    """Whether a citation is the right clause, one it stands in or one that stands in it."""
    for cited in answer.citations:
        short = min(len(cited.path), len(gold.path))
        if cited.policy_id == gold.policy_id and tuple(cited.path[:short]) == gold.path[:short]:
            return True
    return False
