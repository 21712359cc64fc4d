"""How an answer came about: what was searched, found, decided and removed, for those who check it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from ceyin.assistant.citing import cite_as
from ceyin.assistant.compose import Material
from ceyin.assistant.contract import Answer, Explanation, FoundClause, Removed
from ceyin.assistant.deciding import check_of
from ceyin.assistant.holding import threshold

#: The clauses and rules shown; those after them had no part in the answer.
_CLAUSES, _RULES = 10, 8


def explain(
    material: Material,
    answer: Answer,
    removed: Sequence[Removed] = (),
    fallback: Literal["quoted", "pointed"] | None = None,
) -> Explanation:
    """The explanation of an answer made of this material."""
    cited = {(c.policy_id, tuple(c.path)) for c in answer.citations}
    return Explanation(
        searched=material.question.topic,
        clauses=[
            FoundClause(
                policy_id=item.policy.policy_id,
                path=list(item.clause.ref.path),
                cite_as=cite_as(item.policy, item.clause.ref.path),
                score=round(item.score, 4),
                coverage=round(item.coverage, 4),
                cited=(item.policy.policy_id, item.clause.ref.path) in cited,
            )
            for item in material.evidence[:_CLAUSES]
        ],
        rules=[check_of(decision, material.book, None) for decision in material.decisions[:_RULES]],
        removed=list(removed),
        confidence=round(material.chance, 4),
        threshold=threshold(),
        fallback=fallback,
    )
