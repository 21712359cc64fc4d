"""Where an applicant is, and which policies hold there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from ceyin.corpus.gazetteer import MUNICIPALITIES, cities, province_suffix
from ceyin.corpus.library import StoredPolicy
from ceyin.corpus.places import NATION, UNSTATED, Place, leading_place

#: The levels a policy may come from, the widest first.
LEVELS = ("国家", "省", "市", "县区", "园区")


@dataclass(frozen=True, slots=True)
class Area:
    """A place with everything above it filled in."""

    place: Place

    def holds(self, region: str) -> bool:
        """Whether a policy of a region holds here; several regions are separated by 、."""
        return self._fits(region, lambda wanted, own: not wanted or wanted == own)

    def may_hold(self, region: str) -> bool:
        """Whether a policy could hold here: who says 江西省 or 临川区 alone has not said of which city he is."""
        return self._fits(region, lambda wanted, own: not wanted or not own or wanted == own)

    def _fits(self, region: str, fits: Callable[[str, str], bool]) -> bool:
        if region in (NATION, UNSTATED):
            return True
        areas = (area_of(name) for name in region.split("、"))
        return any(all(map(fits, other.levels, self.levels)) for other in areas if other is not None)

    @property
    def levels(self) -> tuple[str, str, str, str]:
        """Its province, city, county and zone; empty where not said."""
        return self.place.province, self.place.city, self.place.county, self.place.zone


@lru_cache(maxsize=1024)
def area_of(name: str) -> Area | None:
    """The area a name means (抚州市, 江西省抚州市临川区, 南京江宁区); None where it names none, or an impossible one."""
    place = leading_place(name.strip())
    if place is None:
        return None
    province = _province_of(place.city) if place.city else ""
    if place.province and province and province != place.province:  # 江西省南京市
        return None
    return Area(Place(place.province or province, place.city, place.county, place.zone))


def _province_of(city: str) -> str:
    """The province of a city; empty where the list of cities does not have it."""
    bare = city.removesuffix("市")
    if bare in MUNICIPALITIES:
        return city
    known = cities().get(bare) or cities().get(city)
    return known + province_suffix(known) if known else ""


def level_of(policy: StoredPolicy) -> str:
    """The level a policy comes from, by where it holds."""
    if policy.region in (NATION, UNSTATED):
        return LEVELS[0]
    place = leading_place(policy.region.split("、")[0])
    return place.level if place else LEVELS[0]


def assumed_area(policies: Iterable[StoredPolicy]) -> Area | None:
    """The place nobody stated, where all local policies lie on one way down: 江西省 and 抚州市, but not 南京市 too."""
    areas = [a for p in policies if level_of(p) != LEVELS[0] if (a := area_of(p.region)) is not None]
    if not areas:
        return None
    deepest = max(areas, key=lambda a: sum(map(bool, (a.place.province, a.place.city, a.place.county))))
    return deepest if all(deepest.holds(p.region) for p in policies) else None
