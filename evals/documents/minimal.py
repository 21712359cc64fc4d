"""Why a generated document is misread: the fewest traits with which the same seed still goes wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ceyin.evals.documents.check import Difference
from ceyin.evals.documents.draft import Options
from ceyin.evals.documents.trial import generated_trial


@dataclass(frozen=True, slots=True)
class Case:
    """A document as small as forbidding traits makes it, that still is misread."""

    seed: int
    text: str
    traits: frozenset[str]
    found: tuple[Difference, ...]


def minimal_case(seed: int, options: Options) -> Case | None:
    """The case of a seed; None where the document is read rightly."""
    found, traits, text = generated_trial(seed, options)
    if not found:
        return None
    kind = found[0].kind
    for trait in sorted(traits & options.traits, key=lambda t: (t != "long", t)):
        fewer = options.without(trait)
        again, shown, shorter = generated_trial(seed, fewer)
        if again and again[0].kind == kind:
            options, found, traits, text = fewer, again, shown, shorter
    return Case(seed, text, traits, tuple(found))


def classes(seeds: Iterable[int], options: Options) -> list[tuple[int, Case]]:
    """The faults of many documents, grouped by kind and traits, with how many each has and its shortest case."""
    groups: dict[tuple[str, frozenset[str]], list[Case]] = defaultdict(list)
    for seed in seeds:
        case = minimal_case(seed, options)
        if case:
            groups[case.found[0].kind, case.traits].append(case)
    counted = [(len(cases), min(cases, key=lambda c: len(c.text))) for cases in groups.values()]
    return sorted(counted, key=lambda pair: (-pair[0], pair[1].seed))
