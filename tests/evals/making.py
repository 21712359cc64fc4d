"""Cases, answers and runs of a town that does not exist, for the tests of the evaluation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from ceyin.assistant.contract import Answer, AskRequest, Citation
from ceyin.evals.cases import Case
from ceyin.evals.judge import judge
from ceyin.evals.machine import Machine
from ceyin.evals.run import CaseResult, Run

TODAY = date(2026, 11, 24)
HERE = Machine(python="3.11.0", platform="Linux x86_64", cpu="test", cores=2, memory_gib=None)
CLAUSE = "示例市对首次获得茶艺证书的企业,按培训费的 30%补助,每家最高不超过 2 万元。"
TITLE = "示例市茶艺人才补助办法"


def case(
    case_id: str = "T1", *, category: str = "amount", turns: Sequence[str] = ("补多少?",), **keys: Any
) -> Case:
    """A case; keys of ``expect`` and of the case itself are told apart by name."""
    outer = {key: keys.pop(key) for key in ("as_of", "facts", "note") if key in keys}
    expect = {"status": "answered", **keys}
    return Case.model_validate(
        {"id": case_id, "category": category, "turns": list(turns), "expect": expect, **outer}
    )


def citation(text: str = CLAUSE) -> dict[str, Any]:
    """A citation of 第三条 of the town's rules."""
    return Citation(
        n=1,
        policy_id="shili-cha",
        title=TITLE,
        doc_number="示政发〔2024〕7号",
        issuer="示例市人民政府",
        region="示例市",
        path=["第三条"],
        cite_as="示政发〔2024〕7号 第三条",
        heading="补助标准",
        text=text,
        text_kind="official",
        span=None,
        source=None,
        sha256=None,
        in_force="in_force",
    ).model_dump(mode="json")


def answer(text: str = "可补助,见[1]。", **keys: Any) -> dict[str, Any]:
    """The JSON of an answer that is ``answered`` and cites 第三条, unless told otherwise."""
    fields = {"question": "补多少?", "as_of": "2026-11-24", "status": "answered", "answer": text}
    made = Answer.model_validate({**fields, "citations": [citation()], **keys})
    return made.model_dump(mode="json")


def result(of: Case, given: dict[str, Any] | None, *, suite: str = "own", ms: float = 5.0) -> CaseResult:
    """A judged result; no answer stands for one that raised."""
    error = None if given else "RuntimeError: 断了"
    return CaseResult(suite, of, given, error, judge(of, given), ms)


def finished(*results: CaseResult, started: datetime = datetime(2026, 11, 24, tzinfo=UTC)) -> Run:
    """A run with these results."""
    suites = tuple(dict.fromkeys(r.suite for r in results))
    return Run(tuple(results), suites, TODAY, started, 1.0, HERE)


class Stub:
    """Answers by case id; an exception among the answers is raised."""

    def __init__(self, answers: Mapping[str, dict[str, Any] | Exception]) -> None:
        self.answers = answers
        self.asked: list[tuple[AskRequest, date]] = []

    def answer(self, request: AskRequest, *, today: date) -> Answer:
        """The prepared answer."""
        self.asked.append((request, today))
        prepared = self.answers[request.id or ""]
        if isinstance(prepared, Exception):
            raise prepared
        return Answer.model_validate(prepared)
