"""What page and HTTP need of the running program: ``ceyin.ui.app.App``, or what a test brings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Protocol

from ceyin.assistant.contract import (
    Answer,
    AskRequest,
    CheckReport,
    CheckRequest,
    PolicyList,
    PolicyView,
    SearchResult,
)
from ceyin.assistant.matching.wire import MatchReport, MatchRequest
from ceyin.assistant.rules.book import RuleBook
from ceyin.indexes.filters import Filter

#: The longest message anyone may send, in characters; a whole notice pasted into the box still fits.
MAX_QUESTION_CHARS = 20_000
#: How many messages one request may carry; a conversation that long is a mistake of the caller.
MAX_TURNS = 200

Clock = Callable[[], date]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class AnswersQuestions(Protocol):
    """The part of the assistant that page and HTTP call."""

    def answer(self, request: AskRequest, *, today: date) -> Answer:
        """Answer the last turn of ``request``; ``today`` stands in where it has no ``as_of``."""
        ...


class App(Protocol):
    """One open home folder: library, indexes and assistant behind a few calls."""

    @property
    def assistant(self) -> AnswersQuestions:
        """The assistant that answers."""
        ...

    @property
    def book(self) -> RuleBook:
        """The rules and the facts they ask for."""
        ...

    def measures(self) -> Mapping[str, Mapping[str, int]]:
        """What was counted since the program started, by what counts it: ``verified``, ``wording``."""
        ...

    def search(self, question: str, top: int, as_of: date, within: Filter | None = None) -> SearchResult:
        """The best ``top`` clauses for a question, of those the filter leaves."""
        ...

    def check(self, request: CheckRequest, as_of: date) -> CheckReport:
        """One rule on one case."""
        ...

    def match(self, request: MatchRequest, as_of: date) -> MatchReport:
        """One applicant against the whole rule book."""
        ...

    def policies(self, as_of: date) -> PolicyList:
        """All policies, with whether they are in force on ``as_of``."""
        ...

    def policy(self, policy_id: str, as_of: date) -> PolicyView | None:
        """One policy with its clauses in the order of the document; None where there is none."""
        ...

    def source_text(self, policy_id: str) -> str | None:
        """The whole source of a policy as read."""
        ...

    def health(self) -> dict[str, Any]:
        """Whether the parts are usable; ``{"status": "ok", ...}``."""
        ...

    def close(self) -> None:
        """Release database and indexes."""
        ...


def parse_day(text: str) -> date | None:
    """Read ``YYYY-MM-DD`` and nothing else (``fromisoformat`` alone also takes weeks and bare digits)."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
