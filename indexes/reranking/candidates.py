"""What a reranker is told of a clause, and what it must do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from ceyin.corpus.library import Library
from ceyin.corpus.model import ClauseRef
from ceyin.corpus.stored import StoredPolicy
from ceyin.indexes.hits import Hit

#: Parts that speak of the whole document: what it is called, who issued it and why.
_GENERAL = re.compile(r"^(?:导语|通知|指导思想|总体要求|基本原则|标题|落款|目录)$")
#: Of so many policies the clauses are kept.
_KEPT = 500


@dataclass(frozen=True, slots=True)
class Candidate:
    """A clause as a reranker sees it; ``asked``: cards say of its policy what people ask."""

    headings: str
    text: str
    general: bool
    asked: bool


#: Clauses by reference, as they stand now; one that is gone is left out.
Candidates = Callable[[Iterable[ClauseRef]], Mapping[ClauseRef, Candidate]]


class Reranker(Protocol):
    """Puts the hits of a search in another order."""

    @property
    def depth(self) -> int:
        """How many hits it wants to see."""

    def rerank(self, question: str, hits: Sequence[Hit], idf: Callable[[str], float]) -> list[Hit]:
        """The same hits, best first, with new scores; ``question`` is normalised, ``idf`` the rarity of a word."""


def candidates_of(library: Library) -> Candidates:
    """Clauses of a library; those of a policy are worked out once for as long as the library keeps it."""
    kept: dict[str, tuple[StoredPolicy, Mapping[ClauseRef, Candidate]]] = {}

    def candidates(refs: Iterable[ClauseRef]) -> dict[ClauseRef, Candidate]:
        wanted = set(refs)
        out: dict[ClauseRef, Candidate] = {}
        for policy in library.some({ref.policy_id for ref in wanted}).values():
            known = kept.get(policy.policy_id)
            if known is None or known[0] is not policy:
                if len(kept) >= _KEPT:
                    kept.clear()
                known = kept[policy.policy_id] = policy, _of_policy(policy)
            out |= {ref: known[1][ref] for ref in wanted if ref in known[1]}
        return out

    return candidates


def _of_policy(policy: StoredPolicy) -> dict[ClauseRef, Candidate]:
    asked = any(c.card and c.card.questions for c in policy.clauses)
    return {
        c.ref: Candidate(
            " ".join((*c.heading_trail, c.heading)),
            c.text,
            bool(_GENERAL.search(c.heading) or _GENERAL.search(c.ref.path[0])),
            asked,
        )
        for c in policy.clauses
    }


def ordered(scores: Mapping[ClauseRef, float]) -> list[Hit]:
    """Hits by score; ties break by reference."""
    pairs = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Hit(ref, score, rank, "reranked") for rank, (ref, score) in enumerate(pairs, 1)]
