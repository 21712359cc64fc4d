"""Looking up a question: the search, the clauses it finds, and the evidence in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ceyin.assistant import compose
from ceyin.assistant.defining import definition_wanted
from ceyin.assistant.evidence import Evidence, Query, gather
from ceyin.assistant.holding import Asked
from ceyin.assistant.routing import Scope, local_names, meant
from ceyin.assistant.sides import Side
from ceyin.assistant.understand import Question
from ceyin.assistant.understanding.beside import beside_name, blended, names_of
from ceyin.assistant.understanding.intents import Intent, heading_wanted
from ceyin.corpus.library import StoredClause, StoredPolicy
from ceyin.corpus.model import ClauseRef
from ceyin.indexes.english import digests, shares
from ceyin.indexes.figures import figure_wanted
from ceyin.indexes.filters import Filter
from ceyin.indexes.hits import Hit, merged
from ceyin.indexes.search import HybridSearch

_POOL = 24
#: So many clauses whose English digests have most of an English question are looked at besides.
_IN_ENGLISH = 6


class Seeker:
    """Finds evidence for one message; ``rephrased`` is the message in a model's words, searched for besides."""

    def __init__(
        self,
        question: Question,
        where: Scope,
        policies: Sequence[StoredPolicy],
        index: HybridSearch,
        rephrased: str | None = None,
    ) -> None:
        self._question = question
        self._where = where
        self._policies = policies
        self._index = index
        self._rephrased = rephrased
        self._places = local_names(policies)
        self._named = [p for p in policies if p.policy_id in question.policies]
        #: The one policy the whole message points to: what is asked after it in a part of its own is asked of it, too.
        self._only = frozenset(where.focus) if len(where.focus) == 1 else frozenset[str]()
        self._clauses: Mapping[ClauseRef, tuple[StoredPolicy, StoredClause]] = {
            c.ref: (p, c) for p in policies for c in p.clauses
        }

    def among(self, asked: str, policies: frozenset[str], around: str | None = None) -> list[Evidence]:
        """Evidence among the clauses of some policies; ``around`` is what was said beside what is asked."""
        around = self._question.topic if around is None else around
        words = asked if asked == around else f"{around} {asked}"
        within = Filter(policies=policies)
        query = Query(
            asked=asked,
            context=around,
            meant=meant(asked, self._policies) or self._only,
            local=self._places,
            figure=figure_wanted(asked),
            headed=heading_wanted(asked),
            defined=definition_wanted(asked),
            names=names_of(self._named),
            in_english=self._in_english(asked),
            digests=digests() if self._question.english else {},
        )
        hits = self._index.search(words, _POOL, within)
        if self._rephrased is not None and asked == self._question.said:
            hits = merged(hits, self._index.search(self._rephrased, _POOL, within))
        rest = beside_name(words, self._named, self._places)
        if rest != words and policies == {p.policy_id for p in self._named}:
            hits = blended(hits, self._index.search(rest, _POOL, within), _POOL)
        hits = [*hits, *_besides(hits, query.in_english, policies)]
        held = [hit for hit in hits if hit.ref in self._clauses]
        return gather(query, held, self._clauses, self._index.idf)

    def _in_english(self, asked: str) -> Mapping[ClauseRef, float]:
        """What the English digests have of an English question; whether a text is in force none of them says."""
        if not self._question.english or self._question.wants(Intent.IN_FORCE):
            return {}
        return shares(asked)

    def nearest(self, asked: str, around: str | None = None) -> list[Evidence]:
        """Evidence where the question points to first, then everywhere it may be answered from."""
        allowed = self._where.allowed
        home = frozenset(self._question.policies or self._where.focus) & allowed
        everywhere = self.among(asked, allowed, around)
        at_home = self.among(asked, home, around) if home and home != allowed else []
        if at_home and compose.covers(at_home[0]):
            refs = {e.clause.ref for e in at_home}
            return [*at_home, *(e for e in everywhere if e.clause.ref not in refs)]
        return everywhere

    def of_side(self, side: Side) -> list[Evidence]:
        """Evidence for one side of a comparison, from its own policies alone where it has any."""
        named = frozenset(self._question.policies) or self._only
        if side.policies is None and named:  # of one policy named, all its subjects are asked
            return self.among(side.asked, named, side.around)
        if side.policies is None:
            return self.nearest(side.asked, side.around)
        return self.among(side.asked, side.policies, side.around) if side.policies else []

    def asked(self, text: str, nearby: list[Evidence], *, ruled: bool) -> Asked:
        """What whether the library answers a text is judged by; ``ruled``: a rule decides it."""
        return Asked(
            text=text,
            evidence=nearby,
            policies=self._policies,
            local=self._places,
            headed=heading_wanted(text),
            named=bool(self._question.policies),
            foreign=self._where.foreign is not None,
            ruled=ruled,
            vector=self._index.vector(text),
            model=self._index.model,
        )


def _besides(hits: Sequence[Hit], shares: Mapping[ClauseRef, float], policies: frozenset[str]) -> list[Hit]:
    """The clauses whose English digests have most of the question, where they were not found by its terms."""
    found = {hit.ref for hit in hits}
    least = hits[-1].score if hits else 1.0
    best = sorted((r for r in shares if r.policy_id in policies), key=lambda r: (-shares[r], r))[:_IN_ENGLISH]
    return [Hit(ref, least, len(hits) + n, "english") for n, ref in enumerate(best, 1) if ref not in found]
