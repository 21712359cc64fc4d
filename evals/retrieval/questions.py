"""Questions with the clauses that answer them: our own (open and set aside), the dev cases, and STARD's dev split."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ceyin.corpus.library import StoredPolicy
from ceyin.corpus.model import ClauseRef
from ceyin.evals.cases import Case, CaseError
from ceyin.evals.judge import loosen

FOLDER = Path(__file__).resolve().parent.parent / "questions"
#: Open questions are for looking at; those set aside are only ever counted.
OPEN, HELD = "open.jsonl", "held.jsonl"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Gold(_Strict):
    """A clause that answers."""

    policy: str = Field(min_length=1)
    path: tuple[str, ...] = Field(min_length=1)

    @property
    def ref(self) -> ClauseRef:
        """The clause."""
        return ClauseRef(self.policy, self.path)


class Question(_Strict):
    """One question; ``note`` is its kind (plain, en, typo, dialect, …), ``region`` where the one who asks is."""

    id: str = Field(min_length=1)
    question: str = Field(min_length=1)
    gold: tuple[Gold, ...] = Field(min_length=1)
    region: str = ""
    note: str = ""

    @property
    def refs(self) -> tuple[ClauseRef, ...]:
        """The clauses that answer."""
        return tuple(g.ref for g in self.gold)


def load_questions(path: Path) -> tuple[Question, ...]:
    """The questions of a file; a ``CaseError`` names the line but never prints it, for it may be set aside."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as exc:
        raise CaseError(f"读不了检索题目 {path}:{exc};请检查路径与编码(UTF-8)") from exc
    found: dict[str, Question] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        place = f"{path.name} 第 {number} 行"
        try:
            question = Question.model_validate(json.loads(line))
        except json.JSONDecodeError as exc:
            raise CaseError(f"{place}:不是一行 JSON(第 {exc.colno} 列);请改正") from exc
        except ValidationError as exc:
            key = ".".join(str(part) for part in exc.errors()[0]["loc"]) or "(整行)"
            raise CaseError(f"{place}:键 {key} 缺少、多余或不对;请照 id、question、gold 等键改正") from None
        if question.id in found:
            raise CaseError(f"{place}:编号 {question.id} 用了两次;请换一个")
        found[question.id] = question
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class DevCase:
    """A dev case as a search: clauses that hold each needed quote; one of every group must be found.

    ``unreachable`` are needs no clause of the corpus holds: such a case cannot be met by any search.
    """

    id: str
    question: str
    groups: tuple[frozenset[ClauseRef], ...]
    unreachable: int


def dev_cases(cases: Iterable[Case], policies: Sequence[StoredPolicy]) -> tuple[DevCase, ...]:
    """The cases that ask for a citation; of a conversation everything the user said is the question."""
    clauses = [
        (c.ref, loosen(f"{p.title} {p.doc_number or ''}"), loosen(c.text))
        for p in policies
        for c in p.clauses
    ]

    def holding(doc: str, quote: str) -> frozenset[ClauseRef]:
        doc, quote = loosen(doc), loosen(quote)
        return frozenset(ref for ref, names, text in clauses if doc in names and quote in text)

    out = []
    for case in cases:
        groups = [holding(w.doc, w.quote) for w in case.expect.cite_all]
        if case.expect.cite_any:
            alternatives = (holding(w.doc, w.quote) for w in case.expect.cite_any)
            groups.append(frozenset[ClauseRef]().union(*alternatives))
        if groups:
            missing = sum(1 for g in groups if not g)
            out.append(DevCase(case.id, " ".join(case.turns), tuple(groups), missing))
    return tuple(out)


def by_policy(questions: Sequence[Question]) -> Mapping[str, list[int]]:
    """Positions of the questions about each policy; one about two counts for both."""
    out: dict[str, list[int]] = {}
    for n, question in enumerate(questions):
        for policy in dict.fromkeys(g.policy for g in question.gold):
            out.setdefault(policy, []).append(n)
    return dict(sorted(out.items()))


def by_note(questions: Sequence[Question]) -> Mapping[str, list[int]]:
    """Positions of the questions of each kind."""
    out: dict[str, list[int]] = {}
    for n, question in enumerate(questions):
        out.setdefault(question.note or "plain", []).append(n)
    return dict(sorted(out.items(), key=lambda pair: (-len(pair[1]), pair[0])))
