"""What a search is kept to: policies that hold in a place, on a day, of a level, or named ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from ceyin.corpus.jurisdiction import holds_for, level_of, place_named
from ceyin.corpus.model import InForce
from ceyin.corpus.validity import Dated, in_force


class Level(StrEnum):
    """Who may have issued a policy, by the kind of place it is for."""

    NATION = "国家"
    PROVINCE = "省"
    CITY = "市"
    COUNTY = "县区"
    ZONE = "园区"


_HOLDS = (InForce.IN_FORCE, InForce.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Filter:
    """Every condition given must be met; None asks nothing.

    ``region`` keeps what holds for somebody there (抚州: 抚州市, 江西省, 全国), ``on`` what is in force on that
    day as far as known, ``levels`` what 国家, 省, 市, 县区 or 园区 issued, ``policies`` these ids.
    """

    region: str | None = None
    on: date | None = None
    levels: frozenset[str] | None = None
    policies: frozenset[str] | None = None


def filter_of(
    region: str | None, on: date | None, levels: Iterable[Level] | None, policies: Iterable[str] | None
) -> Filter | None:
    """A filter of what was asked for at the command line or in an address; None where nothing was."""
    asked = Filter(
        region or None,
        on,
        frozenset(Level(level).value for level in levels) if levels else None,
        frozenset(policies) if policies else None,
    )
    return asked if asked != Filter() else None


class Filterable(Dated, Protocol):
    """What a filter asks of a policy."""

    @property
    def policy_id(self) -> str: ...
    @property
    def region(self) -> str: ...


def keeps(asked: Filter) -> Callable[[Filterable], bool]:
    """The test a policy has to pass; raises RegionError for a region that is none."""
    place = place_named(asked.region) if asked.region is not None else None
    regions: dict[str, bool] = {}

    def region_kept(region: str) -> bool:
        if region not in regions:
            regions[region] = (place is None or holds_for(region, place)) and (
                asked.levels is None or level_of(region) in asked.levels
            )
        return regions[region]

    def kept(policy: Filterable) -> bool:
        return (
            (asked.policies is None or policy.policy_id in asked.policies)
            and region_kept(policy.region)
            and (asked.on is None or in_force(policy, asked.on) in _HOLDS)
        )

    return kept
