"""What a question asks beside the policy it names: the words of the name say where to look, not what for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ceyin.assistant.holding import talk
from ceyin.corpus.library import StoredPolicy
from ceyin.corpus.normalise import normalise
from ceyin.indexes.hits import Hit
from ceyin.indexes.tokens import content_words, cut

#: How much a search for what is asked counts beside the one for the whole question.
_ASKED = 0.5


def beside_name(text: str, named: Iterable[StoredPolicy], places: frozenset[str]) -> str:
    """A question without the words of the policies it names and without names of places; itself if little is left."""
    names = names_of(named)
    words = [w for w in cut(normalise(text)) if not (len(w) > 1 and (w in places or w in names))]
    rest = " ".join(words)
    telling = [w for w in content_words(rest) if w not in talk() and not w[0].isdigit()]
    return rest if telling else text


def names_of(policies: Iterable[StoredPolicy]) -> str:
    """All that some policies are called, as one text in lower case."""
    found: list[str] = []
    for policy in policies:
        found += [policy.title, policy.doc_number or "", *(policy.entry.nicknames if policy.entry else ())]
    return normalise(" ".join(found)).lower()


def blended(whole: Sequence[Hit], asked: Sequence[Hit], top: int) -> list[Hit]:
    """The hits for a whole question and for what it asks beside a name as one ranking, best first."""
    scores: dict[object, float] = {}
    hits = {hit.ref: hit for hit in (*asked, *whole)}
    for found, share in ((whole, 1.0 - _ASKED), (asked, _ASKED)):
        best = found[0].score if found else 1.0
        for hit in found:
            scores[hit.ref] = scores.get(hit.ref, 0.0) + share * hit.score / best
    ordered = sorted(hits, key=lambda ref: (-scores[ref], ref))[:top]
    return [Hit(ref, scores[ref], rank, hits[ref].source) for rank, ref in enumerate(ordered, 1)]
