"""Very many clauses to search: articles of real laws, copied with other words, figures and places until there are enough.

Each copy changes every seventh word for another one, drawn as often as it occurs, and every figure; so no two
clauses are alike, while words stay as common and as rare as in real texts. Equal numbers give equal clauses.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from ceyin.corpus.gazetteer import cities
from ceyin.corpus.library import StoredPolicy
from ceyin.corpus.model import ClauseRef
from ceyin.corpus.places import NATION
from ceyin.evals.retrieval.stard import ARTICLE, plain_clause, plain_policy
from ceyin.indexes.tokens import cutter

#: Where the articles are, below ``CEYIN_SHARED/data``.
ARTICLES = Path("stard") / "corpus_rebuilt.jsonl"
_CHANGED = 7
_NUMERALS = "二三四五六七八九"
#: Policies longer than this are cut: one of the laws has over a thousand articles.
_LONGEST = 120


class ManyClauses:
    """``count`` clauses in policies, made when asked for; nothing but the laws themselves is held in memory."""

    def __init__(self, articles: Path, count: int, more: int = 0) -> None:
        """``more`` policies beyond the ``count`` clauses; raises OSError where the articles are not there."""
        self._laws = _laws(articles)
        self._words = [
            w for _, law in self._laws for text in law[:3] for w in cutter().cut(text, False) if len(w) > 1
        ]
        self._cities = sorted(cities())
        self._clauses: dict[str, int] = {}
        left, n = count, 0
        while left > 0:
            took = min(left, len(self._laws[n % len(self._laws)][1]))
            self._clauses[f"bench-{n:06d}"] = took
            left -= took
            n += 1
        for extra in range(n, n + more):
            self._clauses[f"bench-{extra:06d}"] = len(self._laws[extra % len(self._laws)][1])

    def fingerprint(self) -> str:
        """How many there are."""
        return str(len(self._clauses))

    def stamps(self) -> Mapping[str, str]:
        """Every policy; made by its number, one never changes."""
        return dict.fromkeys(self._clauses, "1")

    def stream(self, policy_ids: Collection[str]) -> Iterator[StoredPolicy]:
        """These policies, in the order of their ids."""
        for policy_id in sorted(policy_ids):
            yield self._policy(policy_id)

    def _policy(self, policy_id: str) -> StoredPolicy:
        n = int(policy_id.rpartition("-")[2])
        chance = Random(n)
        name, law = self._laws[n % len(self._laws)]
        region = NATION if chance.random() < 0.2 else chance.choice(self._cities)
        start = date(2000, 1, 1) + timedelta(days=chance.randrange(9000))
        clauses = [
            plain_clause(ClauseRef(policy_id, (f"第{k + 1}条",)), k, self._reworded(text, chance))
            for k, text in enumerate(law[: self._clauses[policy_id]])
        ]
        return replace(
            plain_policy(policy_id, f"{'' if region == NATION else region}{name}", clauses),
            region=region,
            issued=start,
            effective_from=start,
            expires=start + timedelta(days=365 * 5) if chance.random() < 0.5 else None,
        )

    def _reworded(self, text: str, chance: Random) -> str:
        out = []
        for word in cutter().cut(text, False):
            if word.isdigit():
                out.append(str(chance.randrange(1, 500)))
            elif word in _NUMERALS:
                out.append(chance.choice(_NUMERALS))
            elif len(word) > 1 and chance.randrange(_CHANGED) == 0:
                out.append(chance.choice(self._words))
            else:
                out.append(word)
        return "".join(out)


def _laws(articles: Path) -> Sequence[tuple[str, Sequence[str]]]:
    """The name of every law, and its articles."""
    found: dict[str, list[str]] = defaultdict(list)
    with articles.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                row = json.loads(line)
                found[ARTICLE.sub("", row["name"].strip())].append(row["content"].strip())
    return [(name, texts[:_LONGEST]) for name, texts in found.items()]
