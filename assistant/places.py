"""Places named in a question, and which policies hold there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ceyin.indexes.tokens import cut

_FILE = Path(__file__).parent / "words" / "places.txt"
_COUNTIES = Path(__file__).parent / "words" / "districts.txt"
#: 「XX新区」「XX区」「XX县」 that are no kinds of area but names.
_DISTRICT = re.compile(r"[\u4e00-\u9fff]{2}(?:新区|自治州|自治县|区|县)")
_KINDS = re.compile(
    r"示范区|试验区|集聚区|发展区|园区|地区|辖区|城区|县区|区县|市区|社区|片区|产业区|新区$|保护区|自贸区|实验区|先导区|该区|全区|各区|本区|我区|开发区$|高新区$|经开区|哪个区|哪些区|哪县|各县|全县|我县|强县"
)


#: What stands before the name of a place.
_PLACING = ("在", "位于", "属于", "来自", "落户", "地处", "省", "市")
#: 「我们县」「3个示范县」「其他区」 name no place.
_NO_NAME = re.compile(
    r"我|你|他|她|它|里|一|两|二|三|四|五|六|七|八|九|十|省|市|国|县|区|园|业|发展|集聚|产业|高新|经开|开发|管理|服务|重点|相关|有关|主管|县级|区级|市县|强|咱|俺|这|那|哪|每|各|全|本|该|几|多|个|示范|试点|所在|同一|其他|别的|周边|外|邻|在|到|去|从|对|给|当|是|有|和|与|由|把|被|让"
)


#: 「材料往北京送」: the central offices are meant, not the city.
_TO_THE_CENTRE = re.compile(r"(?<=[往送寄跑递报上])北京|北京(?=那边|总局|的国家)")


@dataclass(frozen=True, slots=True)
class Place:
    """A place named in a question: province, its city if one was named, district if one was named."""

    name: str
    province: str | None
    city: str | None = None
    district: str | None = None


@lru_cache(maxsize=1)
def _gazetteer() -> tuple[dict[str, str], frozenset[str]]:
    cities: dict[str, str] = {}
    provinces: set[str] = set()
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or ":" not in line:
            continue
        province, names = line.split(":", 1)
        provinces.add(province)
        for name in names.split():
            cities[name] = province
    return cities, frozenset(provinces)


@lru_cache(maxsize=1)
def _counties() -> dict[str, str]:
    """District or county → the city it lies in."""
    lines = _COUNTIES.read_text(encoding="utf-8").splitlines()
    pairs = (line.split(":", 1) for line in lines if ":" in line and not line.startswith("#"))
    return {name: city.strip() for city, names in pairs for name in names.split()}


@lru_cache(maxsize=1)
def place_names() -> frozenset[str]:
    """Every name of the gazetteer, with and without 省 and 市."""
    cities, provinces = _gazetteer()
    bare = {c.removesuffix("市") for c in cities} | set(provinces)
    return frozenset(bare | {f"{b}市" for b in bare} | {f"{b}省" for b in bare} | {"全国"})


def county_names() -> frozenset[str]:
    """Every county of the list, with 区 or 县."""
    return frozenset(_counties())


def county_city(name: str) -> str:
    """The city of a county that is named without it (临川区 → 抚州市); empty for any other name."""
    return next((f"{city}市" for county, city in _counties().items() if name.startswith(county)), "")


#: 「六成都能报」 speaks of tenths, not of a city.
_TENTHS = re.compile(r"(?<=[\d一二三四五六七八九几])成(?=都)")


def _without_sayings(text: str) -> str:
    """The text without the longer words that only begin like a place: 四平八稳."""
    names = place_names()
    sayings = {
        w
        for w in cut(text)
        if len(w) > 3 and w[:2] in names and w not in names and w[-1] not in "省市区县州盟"
    }
    for word in sayings:
        text = text.replace(word, "")
    return text


def find_places(text: str) -> list[Place]:
    """The places a text names, cities before the provinces they lie in."""
    cities, provinces = _gazetteer()
    text = _without_sayings(text)
    found: list[Place] = []
    text = _TENTHS.sub("", _TO_THE_CENTRE.sub("", text))
    for name, province in cities.items():
        if name in text:
            found.append(Place(name.removesuffix("市"), province, name.removesuffix("市")))
    named = {p.city for p in found}
    for county, city in _counties().items():
        if city not in named and county in text:
            found.append(Place(city, cities[city], city, county[:-1]))
            named.add(city)
    covered = {p.province for p in found}
    for province in sorted(provinces):
        if province in text and province not in covered:
            found.append(Place(province, province))
    return found


def find_districts(text: str) -> list[str]:
    """Districts, new areas and counties that a text names as a place: 南京江北新区, 在雨花区."""
    cities, provinces = _gazetteer()
    names = []
    for m in _DISTRICT.finditer(text):
        before = text[: m.start()]
        placed = before.endswith((*_PLACING, *provinces)) or any(
            before.endswith((c, f"{c}市")) for c in cities
        )
        if placed and not _KINDS.search(m.group()) and not _NO_NAME.match(m.group()):
            names.append(m.group())
    return list(dict.fromkeys(names))


def holds_in(region: str, place: Place) -> bool:
    """Whether a policy of ``region`` can hold for somebody in ``place``."""
    if region in ("全国", "未注明"):
        return True
    cities, provinces = _gazetteer()
    names = [c for c in cities if c.removesuffix("市") in region]
    if names:
        own = names[0].removesuffix("市")
        if place.city is not None:
            return place.city == own
        return place.province == cities[names[0]]
    province = next((p for p in provinces if p in region), None)
    if province is None and place.city is not None and region.endswith(("市", "区", "县")):
        return False  # a town no list has: it is not the city named
    return province is None or province == place.province
