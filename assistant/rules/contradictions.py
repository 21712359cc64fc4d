"""Requirements that nobody can meet: no number, no yes or no, no member of a list fits all parts at once."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ceyin.assistant.rules.files import FactSpec
from ceyin.assistant.rules.model import All, AnyOf, Condition, KOf, Member, Not, Predicate, Threshold

_NEGATED = {"ge": "lt", "lt": "ge", "gt": "le", "le": "gt"}


@dataclass(frozen=True, slots=True)
class _Range:
    """The numbers that are left; an ``open`` end is not one of them."""

    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False
    high_open: bool = False

    def also(self, op: str, value: Decimal, *, whole: bool) -> _Range:
        """With one more requirement; whole numbers over 3 begin at 4."""
        if whole and op in ("gt", "lt"):
            value = Decimal(math.floor(value) + 1 if op == "gt" else math.ceil(value) - 1)
            op = "ge" if op == "gt" else "le"
        out = self
        tied = op == "gt"
        if op in ("ge", "gt", "eq") and (self.low is None or (value, tied) > (self.low, self.low_open)):
            out = _Range(value, out.high, tied, out.high_open)
        tied = op == "lt"
        if op in ("le", "lt", "eq") and (self.high is None or (-value, tied) > (-self.high, self.high_open)):
            out = _Range(out.low, value, out.low_open, tied)
        return out

    @property
    def empty(self) -> bool:
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))


def contradiction(parts: Sequence[Condition], specs: Mapping[str, FactSpec]) -> str | None:
    """What is contradictory in parts that must hold together, as the end of a sentence; None where nothing is."""
    ranges: dict[str, _Range] = {}
    wanted: dict[str, bool] = {}
    members: dict[str, set[str]] = {}
    for leaf, holds in (pair for part in parts for pair in _together(part, True)):
        match leaf:
            case Threshold():
                op = leaf.op if holds else _NEGATED.get(leaf.op)
                if op is not None:
                    whole = leaf.fact in specs and specs[leaf.fact].type == "count"
                    ranges[leaf.fact] = ranges.get(leaf.fact, _Range()).also(op, leaf.value, whole=whole)
                    if ranges[leaf.fact].empty:
                        return f"对 “{leaf.fact}” 的要求自相矛盾:没有一个数能同时满足"
            case Predicate():
                said = leaf.is_ is holds
                if wanted.setdefault(leaf.fact, said) is not said:
                    return f"对 “{leaf.fact}” 的要求自相矛盾:又要是又要否"
            case Member() if leaf.fact in specs and specs[leaf.fact].type == "choice":
                if holds:
                    left = members.setdefault(leaf.fact, set(leaf.any_of))
                    left &= set(leaf.any_of)
                elif leaf.fact in members:
                    members[leaf.fact] -= set(leaf.any_of)
                if leaf.fact in members and not members[leaf.fact]:
                    return f"对 “{leaf.fact}” 的要求自相矛盾:没有一项能同时满足"
            case _:
                pass
    return None


def _together(condition: Condition, holds: bool) -> Iterator[tuple[Condition, bool]]:
    """The leaves that must all hold, or (``False``) must all not hold, for a condition to come out as ``holds``."""
    match condition:
        case Not():
            yield from _together(condition.of, not holds)
        case All() | AnyOf() | KOf():
            every = isinstance(condition, All) or (
                isinstance(condition, KOf) and condition.k == len(condition.of)
            )
            one = isinstance(condition, AnyOf) or (isinstance(condition, KOf) and condition.k == 1)
            if (every if holds else one) or len(condition.of) == 1:
                for part in condition.of:
                    yield from _together(part, holds)
        case _:
            yield condition, holds
