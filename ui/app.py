"""The running program over one home folder: store, catalog, indexes and assistant put together once."""

from __future__ import annotations

import difflib
import threading
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ceyin import __version__
from ceyin.assistant.citing import cite_as
from ceyin.assistant.contract import (
    CheckReport,
    CheckRequest,
    ClauseView,
    ContextClause,
    PolicyList,
    PolicySummary,
    PolicyView,
    SearchHit,
    SearchResult,
)
from ceyin.corpus.catalog import load_catalog
from ceyin.corpus.database import open_database
from ceyin.corpus.database.engine import Database
from ceyin.corpus.errors import RuleError
from ceyin.corpus.library import Library, StoredPolicy
from ceyin.corpus.neighbours import read_with
from ceyin.corpus.reread import reread
from ceyin.corpus.validity import in_force
from ceyin.indexes import build
from ceyin.indexes.filters import Filter
from ceyin.indexes.reranking.candidates import Reranker, candidates_of
from ceyin.indexes.reranking.cross_encoder import CrossEncoderReranker
from ceyin.indexes.reranking.light import LightReranker
from ceyin.indexes.search import HybridSearch
from ceyin.ui.models import Models, open_models
from ceyin.ui.settings import Settings
from ceyin.ui.views import VersionedPolicyView, VersionList, VersionView

if TYPE_CHECKING:  # searching alone opens in a moment: what answers, decides and matches is loaded where used
    from ceyin.assistant.answer import Assistant
    from ceyin.assistant.matching.wire import MatchReport, MatchRequest, PlanReport
    from ceyin.assistant.rules.book import RuleBook

Tell = Callable[[str], None]


class App:
    """Everything a request needs; safe to share between threads."""

    def __init__(self, settings: Settings, database: Database, models: Models, tell: Tell) -> None:
        self._settings = settings
        self._database = database
        self._embedder = models.embedder
        self._writer = models.writer
        self._tell = tell
        self._lock = threading.Lock()
        self._index: HybridSearch | None = None
        self._index_name = ""
        catalog = load_catalog()
        self.library = Library(database, catalog)
        clauses = candidates_of(self.library)
        self._rerankers: list[Reranker] = [LightReranker(clauses)]
        if models.scorer is not None:
            self._rerankers.append(CrossEncoderReranker(models.scorer, clauses))
        count = reread(self.library, settings.home, catalog.fingerprint)
        if count:
            tell(f"程序或目录有更新,已重新读取 {count} 份原文")

    @cached_property
    def book(self) -> RuleBook:
        """The rule book that ships with the project."""
        from ceyin.assistant.rules.book import load_book

        return load_book()

    @cached_property
    def assistant(self) -> Assistant:
        """The assistant over library, index and rule book; searching alone does without it."""
        from ceyin.assistant.answer import Assistant

        if self._writer is not None:
            self._writer.load()
        return Assistant(self.library, self.index, self.book, self._writer)

    @property
    def home(self) -> Path:
        """Where texts, indexes and the database live."""
        return self._settings.home

    @property
    def index_folder(self) -> Path:
        """Where the indexes live."""
        return self._settings.home / "indexes"

    def index(self) -> HybridSearch:
        """The index of the store as it is now; built first where it is missing or out of date."""
        name = build.stamp(self.library, self._embedder)
        with self._lock:
            if self._index is None or self._index_name != name:
                folder = build.build(self.index_folder, self.library, self._embedder, tell=self._tell)
                self._index = HybridSearch.open(folder, self._embedder, self._rerankers)
                self._index_name = name
            return self._index

    def build_index(self, *, force: bool = False) -> Path:
        """Bring the indexes up to date; ``force`` builds them anew."""
        return build.build(self.index_folder, self.library, self._embedder, force=force, tell=self._tell)

    def index_status(self) -> build.IndexStatus:
        """What is built and whether it is up to date."""
        return build.status(self.index_folder, self.library, self._embedder)

    def search(self, question: str, top: int, as_of: date, within: Filter | None = None) -> SearchResult:
        """Retrieval alone; raises RegionError for a filter with a region that is none."""
        hits = self.index().search(question, top, within)
        policies = self.library.some({hit.ref.policy_id for hit in hits})
        clauses = {c.ref: (p, c) for p in policies.values() for c in p.clauses}
        out = []
        for hit in (hit for hit in hits if hit.ref in clauses):
            policy, clause = clauses[hit.ref]
            out.append(
                SearchHit(
                    rank=hit.rank,
                    score=round(hit.score, 6),
                    policy_id=policy.policy_id,
                    title=policy.title,
                    doc_number=policy.doc_number,
                    path=list(clause.ref.path),
                    cite_as=cite_as(policy, clause.ref.path),
                    text=clause.text,
                    text_kind=clause.text_kind,
                    in_force=in_force(policy, as_of).value,
                    context=[
                        ContextClause(path=list(c.ref.path), cite_as=cite_as(policy, c.ref.path), text=c.text)
                        for c in read_with(policy, clause)
                    ],
                )
            )
        return SearchResult(hits=out)

    def check(self, request: CheckRequest, as_of: date) -> CheckReport:
        """One rule on one case; raises RuleError for a rule that is not there or whose clause is not."""
        from ceyin.assistant.deciding import ON_CARDS, check_of, decide_rule
        from ceyin.assistant.facts import given_facts

        rule = self.book.rule(request.rule_id)
        if rule is None:
            near = difflib.get_close_matches(request.rule_id, [r.id for r in self.book.rules], 1)
            hint = f"是不是“{near[0]}”?" if near else ""
            raise RuleError(f"没有规则“{request.rule_id}”。{hint}请用 ceyin rules list 查看。")
        facts, warnings = given_facts(request.facts, self.book)
        policies = {p.policy_id: p for p in self.library.policies()}
        decision = decide_rule(rule, facts, as_of, self.book, policies)
        if decision is None:
            raise RuleError(f"规则“{rule.id}”所依据的条文不在政策库里。请先导入原文。")
        if decision.clause.text_kind == "card":
            warnings.append(ON_CARDS)
        check = check_of(decision, self.book, None)
        return CheckReport(**check.model_dump(), warnings=warnings)

    def match(self, request: MatchRequest, as_of: date) -> MatchReport:
        """One applicant against the whole rule book; raises FactError for a region that is none."""
        from ceyin.assistant.facts import given_facts
        from ceyin.assistant.matching.match import applicant, match

        facts, warnings = given_facts(request.facts, self.book)
        policies = self.library.policies()
        who, more = applicant(facts, request.region, as_of, policies)
        return match(who, self.book, policies, [*warnings, *more])

    def plan(self, raw: Mapping[str, Any] | None, programme: str | None, as_of: date) -> PlanReport:
        """The days that follow from the dates of a case; raises RuleError for an unknown programme."""
        from ceyin.assistant.facts import given_facts
        from ceyin.assistant.matching.match import plan_for
        from ceyin.assistant.matching.views import plan_view
        from ceyin.assistant.matching.wire import PlanReport

        facts, warnings = given_facts(raw, self.book)
        items = plan_for(facts, as_of, self.book, self.library.policies(), programme)
        return PlanReport(as_of=as_of.isoformat(), days=plan_view(items), warnings=warnings)

    def policies(self, as_of: date) -> PolicyList:
        """All policies, with whether they are in force on a day."""
        return PolicyList(policies=[_summary(p, as_of) for p in self.library.policies()])

    def policy(self, policy_id: str, as_of: date) -> PolicyView | None:
        """One policy with its clauses in the order of the document."""
        policy = self.library.policy(policy_id)
        if policy is None:
            return None
        return PolicyView(**_summary(policy, as_of).model_dump(), document=_document(policy))

    def versions(self, policy_id: str) -> VersionList | None:
        """Every imported version of a policy, oldest first; None where there is no such policy."""
        policy = self.library.policy(policy_id)
        if policy is None:
            return None
        versions = [VersionView.of(v) for v in self.library.versions(policy_id)]
        return VersionList(policy_id=policy_id, title=policy.title, versions=versions)

    def version(self, policy_id: str, version: int, as_of: date) -> VersionedPolicyView | None:
        """One imported version of a policy with its clauses; None where there is no such version."""
        policy = next((v for v in self.library.versions(policy_id) if v.version == version), None)
        if policy is None:
            return None
        summary = _summary(policy, as_of).model_dump() | VersionView.of(policy).model_dump()
        return VersionedPolicyView(**summary, document=_document(policy))

    def source_text(self, policy_id: str) -> str | None:
        """The whole source of a policy as read."""
        policy = self.library.policy(policy_id)
        return self.library.source_text(policy.sha256) if policy and policy.sha256 else None

    def health(self) -> dict[str, Any]:
        """Whether the parts are usable."""
        status = self.index_status()
        return {
            "status": "ok",
            "version": __version__,
            "policies": len(self.library.policies()),
            "clauses": status.clauses,
            "index": "fresh" if status.fresh else ("stale" if status.built else "missing"),
        }

    def measures(self) -> Mapping[str, Mapping[str, int]]:
        """What was counted since the program started: ``verified`` by the verifier, ``wording`` by the model's writer."""
        wording = self._writer.counts() if self._writer is not None else {}
        return {"verified": self.assistant.verified.read(), "wording": wording}

    def close(self) -> None:
        """Release the database."""
        self._database.close()


def _document(policy: StoredPolicy) -> list[ClauseView]:
    return [
        ClauseView(
            path=list(c.ref.path),
            cite_as=cite_as(policy, c.ref.path),
            heading=c.heading,
            heading_trail=list(c.heading_trail),
            text=c.text,
            text_kind=c.text_kind,
            span=(c.span.start, c.span.end) if c.span else None,
            damaged=c.damaged,
            damage=c.damage,
            card=c.card.digest if c.card else None,
        )
        for c in policy.clauses
    ]


def _summary(policy: StoredPolicy, as_of: date) -> PolicySummary:
    return PolicySummary(
        policy_id=policy.policy_id,
        title=policy.title,
        doc_number=policy.doc_number,
        issuers=list(policy.issuers),
        region=policy.region,
        issued=policy.issued.isoformat() if policy.issued else None,
        effective_from=policy.effective_from.isoformat() if policy.effective_from else None,
        expires=policy.expires.isoformat() if policy.expires else None,
        in_force=in_force(policy, as_of).value,
        text_kind=policy.text_kind,
        stub=policy.stub,
        clauses=len(policy.clauses),
        damaged_clauses=sum(c.damaged for c in policy.clauses),
        source=policy.source,
    )


def open_app(settings: Settings, *, tell: Tell = lambda _: None) -> App:
    """Open the home folder; raises CeyinError with one line for a home, store or catalog that cannot be used."""
    models = open_models(settings)
    return App(settings, open_database(settings.database_url or settings.home), models, tell)
