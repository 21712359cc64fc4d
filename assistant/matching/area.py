"""Where an applicant is, and which policies hold there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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
        if region in (NATION, UNSTATED):
            return True
        return any(self._within(other) for name in region.split("、") if (other := area_of(name)) is not None)

    def _within(self, other: Area) -> bool:
        mine, theirs = self.place, other.place
        pairs = (
            (theirs.province, mine.province),
            (theirs.city, mine.city),
            (theirs.county, mine.county),
            (theirs.zone, mine.zone),
        )
        return all(not wanted or wanted == own for wanted, own in pairs)


def area_of(name: str) -> Area | None:
    """The area a name means (抚州市, 江西省抚州市临川区, 南京江宁区); None where it names none."""
    place = leading_place(name.strip())
    if place is None:
        return None
    province = place.province
    if not province and place.city:
        bare = place.city.removesuffix("市")
        if bare in MUNICIPALITIES:
            province = place.city
        else:
            known = cities().get(bare) or cities().get(place.city)
            province = known + province_suffix(known) if known else ""
    return Area(Place(province, place.city, place.county, place.zone))


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
