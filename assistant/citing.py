"""Numbered citations: each clause once, in the order the answer first uses it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from ceyin.assistant.contract import Citation
from ceyin.corpus.library import StoredClause, StoredPolicy
from ceyin.corpus.model import ClauseRef, cite_path
from ceyin.corpus.validity import in_force

#: No answer (and no part of one) cites more.
MAX_CITATIONS = 5


def short_title(policy: StoredPolicy) -> str:
    """The document itself where a notice only issues it: 「关于印发《……办法》的通知」 is cited as 《……办法》."""
    inner = re.search(r"《(.+)》", policy.title) or re.search(r"关于印发(.+?)的通知$", policy.title)
    return inner.group(1) if inner else policy.title


def cite_as(policy: StoredPolicy, path: tuple[str, ...]) -> str:
    """How an official would cite the clause: number (or short title) and address."""
    where = policy.doc_number or f"《{short_title(policy)}》"
    return f"{where} {cite_path(path)}"


def called(policy: StoredPolicy) -> str:
    """Title and number; the year of a number is the one date of a text that every citation carries."""
    return f"《{short_title(policy)}》" + (f"({policy.doc_number})" if policy.doc_number else "")


def desk(policy: StoredPolicy) -> str:
    """Whom to ask about a policy."""
    return policy.issuers[0] if policy.issuers else "发文机关"


@dataclass(slots=True)
class Citations:
    """Collects what an answer cites."""

    as_of: date
    items: list[tuple[StoredPolicy, StoredClause, list[tuple[int, int]]]] = field(default_factory=list)

    def cite(
        self, policy: StoredPolicy, clause: StoredClause, spans: Sequence[tuple[int, int]] = ()
    ) -> int | None:
        """The number of a clause, a new one if it is not cited yet; None when the list is full."""
        for n, (_, known, marks) in enumerate(self.items, 1):
            if known.ref == clause.ref:
                marks.extend(s for s in spans if s not in marks)
                return n
        if len(self.items) >= MAX_CITATIONS:
            return None
        self.items.append((policy, clause, list(spans)))
        return len(self.items)

    def room(self) -> int:
        """How many more clauses may be cited."""
        return MAX_CITATIONS - len(self.items)

    def number_of(self, ref: ClauseRef) -> int | None:
        """The number a clause has already."""
        return next((n for n, (_, c, _) in enumerate(self.items, 1) if c.ref == ref), None)

    def build(self) -> list[Citation]:
        """The citations of the contract."""
        return [_citation(n, p, c, marks, self.as_of) for n, (p, c, marks) in enumerate(self.items, 1)]


def _citation(
    n: int, policy: StoredPolicy, clause: StoredClause, marks: list[tuple[int, int]], as_of: date
) -> Citation:
    return Citation(
        n=n,
        policy_id=policy.policy_id,
        title=policy.title,
        doc_number=policy.doc_number,
        issuer="、".join(policy.issuers),
        region=policy.region,
        path=list(clause.ref.path),
        cite_as=cite_as(policy, clause.ref.path),
        heading=clause.heading,
        text=clause.text,
        text_kind=clause.text_kind,
        span=(clause.span.start, clause.span.end) if clause.span else None,
        quote_spans=sorted(marks),
        source=policy.source,
        sha256=policy.sha256,
        in_force=in_force(policy, as_of).value,
        damaged=clause.damaged,
        issued=policy.issued.isoformat() if policy.issued else None,
        checked_on=policy.added_at.date().isoformat() if policy.added_at and policy.sha256 else None,
    )
