"""A small library of places that are real and policies that are not, with a rule book of its own."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from ceyin.assistant.facts import given_facts
from ceyin.assistant.matching.match import applicant, match
from ceyin.assistant.matching.wire import MatchedProgramme, MatchReport
from ceyin.assistant.rules.book import load_book
from ceyin.corpus.model import ClauseRef
from ceyin.corpus.stored import StoredClause, StoredPolicy

NOW = date(2026, 11, 25)


def clause(policy_id: str, label: str, text: str) -> StoredClause:
    ref = ClauseRef(policy_id, (label,))
    return StoredClause(ref, 0, "", (), text, "official", None, False, None, None, None)


def policy(policy_id: str, region: str, title: str, *texts: str, **dates: Any) -> StoredPolicy:
    labels = "一二三四五六"
    base = StoredPolicy(
        policy_id=policy_id, title=title, doc_number=None, issuers=("示例局",), region=region,
        issued=date(2024, 1, 1), published=None, effective_from=None, expires=None, repealed=None,
        text_kind="official", stub=False, source=None, sha256=None, version=1, current=True, added_at=None,
        clauses=tuple(clause(policy_id, f"第{labels[n]}条", text) for n, text in enumerate(texts)),
        damages=(), entry=None, loose_cards=(),
    )  # fmt: skip
    return replace(base, **dates)


POLICIES = (
    policy("shili", "抚州市", "示例办法(试行)", "按《另一办法》执行。", "二", "三", "四", "五"),
    policy("xian", "抚州市临川区", "示例区措施", "一"),
    policy("old", "全国", "示例通知", "一", expires=date(2025, 12, 31)),
    policy("plan", "江西省", "示例规划(2021—2025年)", "一"),
    policy("soon", "全国", "示例新规", "一", effective_from=date(2027, 1, 1)),
)


BOOK = load_book(Path(__file__).parent / "book")


def matched(facts: dict[str, Any] | None = None, region: str | None = "抚州市", **more: Any) -> MatchReport:
    policies = more.get("policies", POLICIES)
    known, warnings = given_facts(facts, BOOK)
    who, further = applicant(known, region, more.get("as_of", NOW), policies)
    return match(who, BOOK, policies, [*warnings, *further])


def programme(report: MatchReport, name: str) -> MatchedProgramme:
    return next(p for p in report.programmes if p.programme == name)
