"""Why generated documents are misread: the fewest traits with which documents still go wrong, each with an example."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ceyin.evals.documents.check import Difference
from ceyin.evals.documents.draft import TRAITS, Options
from ceyin.evals.documents.policies import KINDS
from ceyin.evals.documents.trial import generated_trial

#: How many documents are tried with a set of traits before they count as read rightly.
_TRIES = 40


@dataclass(frozen=True, slots=True)
class Cause:
    """Traits with which alone documents of a kind go wrong: how many of how many, and the shortest such document."""

    kind: str
    traits: frozenset[str]
    wrong: int
    tried: int
    seed: int
    text: str
    found: tuple[Difference, ...]


def causes(options: Options, seeds: Iterable[int]) -> Iterator[Cause]:
    """First the plainest documents and every trait alone, then what only several traits together bring about.

    For the latter the documents of ``seeds`` that are misread lose one trait after the other as long as some
    document with the others is still misread.
    """
    kinds = [options.kind] if options.kind else list(KINDS)
    plain = {k: _cause(replace(options, kind=k, traits=frozenset())) for k in kinds}
    yield from filter(None, plain.values())
    guilty: set[str] = set()
    for trait in sorted(options.traits):
        for kind in kinds:
            cause = None if plain[kind] else _cause(replace(options, kind=kind, traits=frozenset({trait})))
            if cause:
                guilty.add(trait)
                yield cause
    seen: set[tuple[str, frozenset[str]]] = set()
    for seed in seeds:
        found, shown, _ = generated_trial(seed, options.without(*guilty))
        kind = next(t.removeprefix("kind: ") for t in shown if t.startswith("kind: "))
        if not found or plain[kind]:
            continue
        cause = _together(replace(options, kind=kind, traits=shown & options.traits))
        if cause and (cause.kind, cause.traits) not in seen:
            seen.add((cause.kind, cause.traits))
            yield cause


def _together(options: Options) -> Cause | None:
    best = _cause(options)
    for trait in sorted(options.traits, key=TRAITS.index):
        fewer = options.without(trait)
        cause = _cause(fewer)
        if cause:
            options, best = fewer, cause
    return best


def _cause(options: Options) -> Cause | None:
    assert options.kind is not None
    wrong: list[tuple[str, int, list[Difference]]] = []
    for seed in range(_TRIES):
        found, _, text = generated_trial(seed, options)
        if found:
            wrong.append((text, seed, found))
    if not wrong:
        return None
    text, seed, found = min(wrong, key=lambda w: len(w[0]))
    return Cause(options.kind, options.traits, len(wrong), _TRIES, seed, text, tuple(found))
