"""Where a policy holds and of which level its issuer is, read from issuers, title and words."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from ceyin.corpus.gazetteer import MUNICIPALITIES, cities, province_suffix, provinces

UNSTATED = "未注明"
NATION = "全国"
#: Bodies of the whole country whose branches bear their name: what follows it says which branch.
_PARENTS = re.compile(
    r"^(?:国家税务总局|中国人民银行|国家金融监督管理总局|国家外汇管理局|中国银行保险监督管理委员会|中国银保监会|中国证券监督管理委员会|中国证监会|中共|国家统计局)"
)
_NATIONAL = re.compile(
    r"^(?:中华人民共和国|国家|国务院|中共中央|中央|全国|最高人民|中国|工业和信息化部|科技部|财政部|教育部|住建部|人力资源社会保障部"
    r"|[\u4e00-\u9fff]{2,10}(?:部|总局|总署|证监会|银保监会|金融监管总局)(?:办公厅|办公室)?(?:$|关于|等))"
)
_NO_NAME = re.compile(
    r"^(?:强|城|都|上|超|门|本|全|各|我|地|省|该|县级|跨|外|在|新|老|两|三|多|每|此|属|直辖|区|市|县|小|大|社|园|片|辖|景|灾|郊|街|矿|林|牧|山|库|校|厂|商|住宅|示范|试点|试验|功能|行政|贫困|相关|有关|所在|中心|特)"
)
_NO_COUNTY = re.compile(
    r"(?:^|[\u4e00-\u9fff])(?:棚户|学|向|展示|开发|高新|示范|试验|集聚|发展|园|地|辖|城|市|社|片|产业|保护|自贸|实验|先导|经开|功能|小|校|景|山|街|郊|自治|行政|特别行政|合作|新城|管理|服务|贸易|保税|加工|游览|度假|全|各|本|我|该|主城|中心城|工业|住宅|建成|集中|核心|商务|聚集|专|厂|灾|片|疫|库|禁|产|海|军|牧|林|矿|县|跨|选|人口)区$|(?:全|各|本|我|该|县级|市|贫困|强|区|示范|试点|等)县$"
)
_COUNTY = r"(?:[\u4e00-\u9fff]{2,10}?(?:自治县|自治旗)|[\u4e00-\u9fff]{1,4}?(?:林区|特区|新区|县|区|旗))"
#: No name of a place has one of these in it: 由县, 经区, 促进全市, 主城四区.
_FUNCTION = re.compile(
    r"[由经对在到各本我全该并的了被将按请可须购促励规再及与让使其等个年月日每凡仅若如四五六]|公积|住房|政策|房产|合理|关于"
)
_ZONE = re.compile(
    r"经济技术开发区|高新技术产业开发区|高新技术开发区|高新区|经开区|开发区|示范区|自由贸易试验区|自贸区|保税区|新区|产业园|园区|合作区|管理区|新城"
)


#: Words of a policy of one city.
_LOCAL = re.compile(r"市区|市级|各区|县区|市直|市本级|主城区|市住|市财政局")


@dataclass(frozen=True, slots=True)
class Place:
    """A place as a text names it; ``zone`` is a development zone or new area."""

    province: str = ""
    city: str = ""
    county: str = ""
    zone: str = ""

    @property
    def name(self) -> str:
        """Its name as regions are written: 江西省, 抚州市, 广州市天河区."""
        if self.county:
            return self.city + self.county
        return self.city or self.province

    @property
    def level(self) -> str:
        """国家 is no place; 省, 市, 县区 or 园区."""
        if self.zone:
            return "园区"
        if self.county:
            return "县区"
        municipality = self.city.removesuffix("市") in MUNICIPALITIES
        return "市" if self.city and not municipality else "省"


@lru_cache(maxsize=1)
def _names() -> tuple[re.Pattern[str], re.Pattern[str]]:
    province = "|".join(provinces())
    bare = "|".join(sorted((c for c in cities() if not c.endswith("市")), key=len, reverse=True))
    full = "|".join(c for c in cities() if c.endswith("市"))
    return (
        re.compile(rf"({province})(省|市|壮族自治区|回族自治区|维吾尔自治区|自治区)?"),
        re.compile(
            rf"(?:({bare})(市)?|({full})|([\u4e00-\u9fff]{{2,8}}自治州)|([\u4e00-\u9fff]{{2,3}}?市)(?![场民级委直区政]))"
        ),
    )


def leading_place(name: str) -> Place | None:
    """The place a name begins with: 「广州市天河区住房建设和园林局」, 「南昌住房公积金管理中心」."""
    rest = _PARENTS.sub("", name, count=1)
    province_pattern, city_pattern = _names()
    province = city = county = zone = ""
    m = province_pattern.match(rest)
    if m and not (m.group(1) == "吉林" and m.group(2) == "市"):
        kind = province_suffix(m.group(1))
        if kind == "市":
            city = m.group(1) + "市"
        else:
            province = m.group(1) + kind
        rest = rest[m.end() :]
    m = city_pattern.match(rest) if not city else None
    if m and (m.group(1) or m.group(3) or m.group(4) or not _NO_NAME.match(m.group(5))):
        whole = m.group()
        listed = bool(m.group(1) or m.group(3) or m.group(4))
        if listed or (re.match(r"^[\u4e00-\u9fff]{2,3}市$", whole) and not _FUNCTION.search(whole)):
            city = m.group(1) + "市" if m.group(1) else whole
            rest = rest[m.end() :]
    m = re.match(_COUNTY, rest)
    if m and _is_county(m.group()):
        county = m.group()
        rest = rest[m.end() :]
    m = _ZONE.match(rest) or (
        re.match(rf"[\u4e00-\u9fff]{{0,6}}?(?:{_ZONE.pattern})", rest) if city else None
    )
    if m:
        zone = m.group()
    if county.endswith("新区"):
        zone = zone or county
    return Place(province, city, county, zone) if province or city or county else None


def _is_county(name: str) -> bool:
    """Whether a word that ends with 县, 区 or 旗 can be the name of one, not 开发区, 全县 or 由县."""
    return len(name) >= 2 and not (
        _NO_COUNTY.search(name) or _NO_NAME.match(name) or _FUNCTION.search(name) or name.startswith("人行")
    )


def is_national(name: str) -> bool:
    """Whether a body or a title is one of the whole country, no branch of it in a place."""
    if name.startswith(("市", "区", "县", "省", "州")):
        return False
    return bool(_NATIONAL.match(name)) and leading_place(name) is None


def _placed(text: str) -> Place | None:
    """The first place named anywhere in a title: after 关于, 印发, 支持, or at its beginning."""
    stripped = re.sub(r"^[\u4e00-\u9fff]{0,10}?(?:关于|印发|转发)", "", text)
    for at in [
        text,
        stripped,
        *re.split(
            r"关于|印发|转发|发布|公布|促进|支持|加快|推进|推动|调整|明确|优化|做好|规范|加强|开展|《|在|\d{4}年度?,?",
            text,
        ),
    ]:
        place = leading_place(at)
        if place and (place.city or place.county or place.province):
            return place
    return None


def locate(issuers: tuple[str, ...], titles: tuple[str, ...], body: str) -> tuple[str, str | None]:
    """The region a policy holds for and the level of its issuer (国家, 省, 市, 县区, 园区; None when nothing says)."""
    places = [p for p in map(leading_place, issuers) if p]
    if issuers and is_national(issuers[0]):
        return NATION, "国家"
    if places and leading_place(issuers[0]):
        first = places[0]
        same = [p.name for p in places if p.level == first.level and p.name and first.level == "市"]
        return "、".join(dict.fromkeys(same)) or first.name, first.level
    relative = re.match(r"^(?:中共)?([省市县区州])(?:[\u4e00-\u9fff]|$)", issuers[0]) if issuers else None
    wanted = relative.group(1) if relative else None
    for title in titles:
        if is_national(title):
            return NATION, "国家"
        place = _placed(title)
        if place and (wanted is None or _fits(place, wanted)):
            return place.name, place.level
    if any(is_national(i) for i in issuers):
        return NATION, "国家"
    place = places[0] if places else None
    place = place or _usual_place(body, wanted)
    if place:
        return place.name, place.level
    if re.match(r"各省、自治区、直辖市", body):
        return NATION, "国家"
    return UNSTATED, None


def _fits(place: Place, wanted: str) -> bool:
    if wanted in "县区":
        return bool(place.county)
    return bool(place.city) if wanted in "市州" else bool(place.province)


def _usual_place(body: str, wanted: str | None) -> Place | None:
    """The place that 我市, 本县 or 我区 means: the one named most often in the words of the policy."""
    explains = re.search(r"由([\u4e00-\u9fff]{4,30}?)(?:负责|予以|进行)解释", body)
    place = leading_place(explains.group(1)) if explains else None
    if place and (wanted is None or _fits(place, wanted)):
        return place
    if wanted is None:
        said = Counter(re.findall(r"(?:我|本|全)(市|县|区|省)(?![场民级委直])", body))
        wanted = said.most_common(1)[0][0] if said else None
    if wanted == "省":
        m = Counter(m.group(1) for m in re.finditer(rf"({'|'.join(provinces())})省", body))
        return Place(province=m.most_common(1)[0][0] + "省") if m else None
    if wanted is None and _LOCAL.search(body):
        named = {m.group(1) for m in re.finditer(rf"({'|'.join(cities())})市(?!场)", body)}
        if len(named) == 1:
            return Place(city=named.pop() + "市")
    if wanted in ("市", "州"):
        names = "|".join(c.removesuffix("市") for c in (*cities(), *MUNICIPALITIES))
        found = Counter(m.group(1) for m in re.finditer(rf"({names})市", body))
        return Place(city=found.most_common(1)[0][0] + "市") if found else None
    counties = Counter(
        m.group(1)
        for m in re.finditer(
            r"(?:^|[^\u4e00-\u9fff]|[在于对至与和及、由《〈市行局部关纳入]|印发|附件)([\u4e00-\u9fff]{1,4}?[县区旗])(?![域级情城间别分位块属直政长段])",
            body,
        )
        if _is_county(m.group(1))
    )
    for longer in sorted(counties, key=len, reverse=True):  # 人行示例县 is 示例县
        shorter = next((c for c in counties if c != longer and longer.endswith(c)), None)
        if shorter:
            counties[shorter] += counties.pop(longer)
    if not counties:
        return None
    name, count = counties.most_common(1)[0]
    if count < (1 if wanted else 3):
        return None
    above = re.search(rf"({'|'.join(c.removesuffix('市') for c in cities())})市{name}", body)
    return Place(city=above.group(1) + "市" if above else "", county=name)
