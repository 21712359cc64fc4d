"""An app made of nothing but contract objects about 示例市, for the tests of page and HTTP.

``python -m tests.ui.fake_app PORT`` serves it, to look at the page without an index.
"""

from __future__ import annotations

import time
from datetime import date
from typing import Any

from ceyin.assistant.contract import (
    Answer,
    AskRequest,
    CheckReport,
    CheckRequest,
    PolicyList,
    PolicySummary,
    PolicyView,
    SearchHit,
    SearchResult,
    Timings,
    Understood,
    UnderstoodFact,
    UnderstoodPolicy,
)
from ceyin.assistant.matching.match import applicant, match
from ceyin.assistant.matching.wire import MatchReport, MatchRequest
from ceyin.assistant.rules.book import RuleBook
from ceyin.assistant.rules.values import Facts
from ceyin.corpus.errors import IndexStateError, RuleError
from ceyin.indexes.filters import Filter
from tests.ui.fake_answers import FACTS, answer_parts, explanation
from tests.ui.fake_policies import NASTY, TODAY, cite, policies

__all__ = ["FACTS", "NASTY", "TODAY", "FakeApp", "FakeAssistant", "cite"]


class FakeAssistant:
    """Answers by a word in the last turn; every status of the contract has one."""

    def __init__(self, app: FakeApp) -> None:
        self._app = app
        self.asked: list[AskRequest] = []
        self.delay = 0.0

    def answer(self, request: AskRequest, *, today: date) -> Answer:
        """An answer for the last turn; 坏索引 and 崩溃 raise instead."""
        self.asked.append(request)
        time.sleep(self.delay)
        question = (request.turns or [request.question or ""])[-1]
        if "坏索引" in question:
            raise IndexStateError("索引打不开,请运行 ceyin index build 重建。")
        if "崩溃" in question:
            raise RuntimeError("secret inside")
        common: dict[str, Any] = {
            "question": question,
            "as_of": request.as_of or today.isoformat(),
            "timings_ms": Timings(
                understand=1.2, retrieve=8.4, rules=0.6, compose=0.9, verify=0.4, total=11.5
            ),
        }
        common["understood"] = self._understood(request, common["as_of"], "market" in question)
        if request.explain:
            common["explanation"] = explanation(self._app.stored[0])
        return Answer(**{**common, **answer_parts(self._app.stored, question, request)})

    def _understood(self, request: AskRequest, as_of: str, english: bool) -> Understood:
        titles = {v.policy_id: v.title for v in self._app.stored}
        return Understood(
            policies=[
                UnderstoodPolicy(policy_id=p, title=titles[p]) for p in request.policies if p in titles
            ],
            region=request.region,
            facts=[
                UnderstoodFact(key=k, value=str(v), source="given")
                for k, v in (request.facts or {}).items()
                if v is not None
            ],
            as_of=as_of,
            language="en" if english else "zh",
        )


class FakeApp:
    """The calls of the app over :func:`policies`."""

    def __init__(self) -> None:
        self.stored = policies()
        self.book = RuleBook((), dict(FACTS))
        self.assistant = FakeAssistant(self)

    def search(self, question: str, top: int, as_of: date, within: Filter | None = None) -> SearchResult:
        """The clauses that share a character with the question, in document order."""
        hits = [
            SearchHit(
                rank=i + 1,
                score=1.0 / (i + 1),
                policy_id=v.policy_id,
                title=v.title,
                doc_number=v.doc_number,
                path=c.path,
                cite_as=c.cite_as,
                text=c.text,
                text_kind=c.text_kind,
                in_force=v.in_force,
            )
            for i, (v, c) in enumerate(
                (v, c) for v in self.stored for c in v.document if set(question) & set(c.text)
            )
        ]
        return SearchResult(hits=hits[:top])

    def check(self, request: CheckRequest, as_of: date) -> CheckReport:
        """The one rule of 示例市."""
        if request.rule_id != "shili/rent":
            raise RuleError(f"没有规则“{request.rule_id}”。请用 ceyin rules list 查看。")
        self.checked = (request, as_of)
        return CheckReport(rule_id="shili/rent", kind="amount", verdict="pass", explanation="租金补贴40%")

    def match(self, request: MatchRequest, as_of: date) -> MatchReport:
        """The real match over no policy at all."""
        who, warnings = applicant(Facts(), request.region, as_of, [])
        return match(who, RuleBook((), {}), [], warnings)

    def measures(self) -> dict[str, dict[str, int]]:
        """A few counts of both groups."""
        return {"verified": {"answers": 3, "finding_figure": 1}, "wording": {'odd"name': 2}}

    def policies(self, as_of: date) -> PolicyList:
        """All summaries."""
        keys = PolicySummary.model_fields.keys()
        return PolicyList(policies=[PolicySummary(**v.model_dump(include=set(keys))) for v in self.stored])

    def policy(self, policy_id: str, as_of: date) -> PolicyView | None:
        """One view."""
        return next((v for v in self.stored if v.policy_id == policy_id), None)

    def source_text(self, policy_id: str) -> str | None:
        """The clauses run together."""
        view = self.policy(policy_id, TODAY)
        return None if view is None else "".join(c.text for c in view.document)

    def health(self) -> dict[str, Any]:
        """Always well."""
        return {"status": "ok", "policies": len(self.stored)}

    def close(self) -> None:
        """Nothing to release."""


if __name__ == "__main__":
    import sys

    import uvicorn

    from ceyin.ui.http import create_web

    uvicorn.run(create_web(FakeApp(), today=lambda: TODAY), host="127.0.0.1", port=int(sys.argv[1]))
