"""Which policies hold for somebody in a place: its own, those of the places it lies in, the nation's; no neighbour's."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from ceyin.corpus.errors import CeyinError
from ceyin.corpus.gazetteer import MUNICIPALITIES, cities, province_suffix
from ceyin.corpus.places import NATION, UNSTATED, Place, leading_place


class RegionError(CeyinError):
    """A name that is none of a place."""


def place_named(name: str) -> Place:
    """The place a region's name means, with the province it lies in; ``RegionError`` where it names none.

    抚州 is 抚州市 of 江西省; a county may stand alone (江宁区) or after its city (南京市江宁区).
    """
    place = _place(name.strip())
    if place is None:
        raise RegionError(f"没有名为“{name}”的地区。请写成 江西省、抚州市 或 南京市江宁区 这样。")
    return place


def holds_for(region: str, place: Place) -> bool:
    """Whether a policy of ``region`` holds for somebody in ``place``; one that names no region may hold anywhere."""
    return region in (NATION, UNSTATED) or any(_above(part, place) for part in region.split("、"))


def level_of(region: str) -> str | None:
    """国家, 省, 市, 县区 or 园区 by the name of a region; None where none is named."""
    if region == NATION:
        return "国家"
    place = _place(region.split("、")[0])
    return place.level if place else None


def _above(region: str, place: Place) -> bool:
    """Whether ``region`` is the place or one it lies in."""
    own = _place(region)
    if own is None:
        return False
    if own.county and not place.city:  # asked for by the name of the county alone
        return own.county == place.county
    if own.city or own.county:
        return (own.city, own.county) in ((place.city, ""), (place.city, place.county))
    return own.province == place.province


@lru_cache(maxsize=65536)
def _place(name: str) -> Place | None:
    place = leading_place(name)
    if place is None or place.province or not place.city:
        return place
    bare = place.city.removesuffix("市")
    province = bare if bare in MUNICIPALITIES else cities().get(bare) or cities().get(place.city)
    return replace(place, province=province + province_suffix(province)) if province else place
