"""Questions to go on with: what the same programme, or the clauses beside the one cited, answer."""

from __future__ import annotations

from collections.abc import Iterator

from ceyin.assistant.compose.draft import Draft, Material
from ceyin.corpus.library import StoredClause, StoredPolicy
from ceyin.corpus.model import ClauseRef

_MOST = 3
#: Rules that answer what is asked after the verdict.
_AFTER = ("papers", "procedure", "deadline", "term", "consequence")


def suggestions(draft: Draft, material: Material) -> list[str]:
    """At most three questions the library answers and this answer did not; none where nothing is cited."""
    if not draft.cites.items or draft.kind == "help":
        return []
    policy, clause, _ = draft.cites.items[0]
    cited = {c.ref for _, c, _ in draft.cites.items}
    out: list[str] = []
    for ref in (*_of_programme(draft, material), *_beside(policy, clause)):
        found = next((c for c in policy.clauses if c.ref == ref), None)
        if found is None or ref in cited or found.card is None or found.damaged:
            continue
        cited.add(ref)
        out += found.card.questions[:1]
        if len(out) == _MOST:
            break
    return out


def _of_programme(draft: Draft, material: Material) -> Iterator[ClauseRef]:
    rules = [material.book.rule(check.rule_id) for check in draft.checks[:1]]
    for rule in rules:
        if rule is not None and rule.programme is not None:
            for other in material.book.of_programme(rule.programme):
                if other.kind in _AFTER:
                    yield ClauseRef(other.pin.policy, other.pin.path)


def _beside(policy: StoredPolicy, clause: StoredClause) -> Iterator[ClauseRef]:
    """The next clauses under the same heading, then the ones before."""
    family = [c for c in policy.clauses if c.ref.path[:-1] == clause.ref.path[:-1]]
    after = [c for c in family if c.ordinal > clause.ordinal]
    before = [c for c in family if c.ordinal < clause.ordinal]
    yield from (c.ref for c in (*after, *reversed(before)))
