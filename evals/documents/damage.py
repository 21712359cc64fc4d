"""Damage done on purpose: an item dropped, a sentence cut, a number blanked, an article emptied."""

from __future__ import annotations

from collections.abc import Iterator

from ceyin.evals.documents.draft import Draft
from ceyin.evals.documents.parts import Part, Words

#: Families whose numbering proves a gap.
_NUMBERED = ("条", "一、", "(一)", "1.", "(1)", "①")
_CUT_WORDS = ("每家每年最高不超", "并于当年12月31日前将有关", "对首次认定的")


def insert_damage(draft: Draft, tops: list[Part]) -> None:
    """Do one to three kinds of damage to the parts; where no place suits one, it is left out."""
    kinds = draft.rng.sample(("gap", "cut", "blank", "empty"), draft.pick(1, 3))
    for kind in kinds:
        places = [place for place in _places(tops) if _suits(kind, *place)]
        if not places:
            continue
        siblings, at = draft.rng.choice(places)
        _do(draft, kind, siblings, at)
        draft.traits.add(f"damage: {kind}")


def _places(tops: list[Part]) -> Iterator[tuple[list[Part], int]]:
    """Every part as its list of siblings and its place among them; the lists are copies."""
    holders: list[list[Part]] = [tops]
    while holders:
        siblings = holders.pop()
        for at, part in enumerate(siblings):
            yield siblings, at
            if part.parts:
                holders.append(part.parts)


def _suits(kind: str, siblings: list[Part], at: int) -> bool:
    part = siblings[at]
    near = siblings[max(0, at - 2) : at + 3]
    if any(p.damage for p in near) or not 0 < at < len(siblings) - 1:
        return False
    leaf = not part.parts and len(part.content) == 1 and not part.own_line
    before, after = siblings[at - 1], siblings[at + 1]
    if kind == "gap":
        # What stands between n and n+2 must be plainly n's own, or a reader could take it for what is left of n+1.
        in_order = before.number + 1 == part.number == after.number - 1
        alone = not before.parts and len(before.content) == 1
        return part.family in _NUMBERED and in_order and alone and not after.inline
    if kind == "cut":
        return leaf and part.family in _NUMBERED
    if kind == "blank":
        return leaf and part.family == "(一)"
    return leaf and part.family == "条" and after.key != part.key


def _do(draft: Draft, kind: str, siblings: list[Part], at: int) -> None:
    part = siblings[at]
    if kind == "gap":
        siblings[at + 1].damage = "gap"
        part.damage = "dropped"
    elif kind == "blank":
        part.label, part.key, part.damage = "()", "?", "blank"
    elif kind == "empty":
        part.content, part.damage = [], "empty"
    else:
        first = part.content[0]
        assert isinstance(first, Words)
        first.text = first.text.rstrip("。;:") + draft.rng.choice(
            (",", "、", "," + draft.rng.choice(_CUT_WORDS))
        )
        part.damage = "cut"


def without_dropped(parts: list[Part]) -> list[Part]:
    """The parts that are left, at every depth."""
    left = [p for p in parts if p.damage != "dropped"]
    for part in left:
        part.content = [c for c in part.content if isinstance(c, Words) or c.damage != "dropped"]
        without_dropped(part.parts)
    return left
