"""The levels of government a text names: 国家层面, 省里, 市里, and whose policies are meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ceyin.assistant.places import find_places
from ceyin.corpus.library import StoredPolicy

_NATIONAL = re.compile(
    r"国家(?:局|层面|那边|那头|这边)(?:的)?|国家(?=的?(?:文件|通知|意见|规定))|全国性?(?=的?(?:文件|通知|意见|规定))|国务院|中央"
)
#: 「省级」 is a level of government before what it issues or aims at; elsewhere (省级网点, 国家级的) a grade of an honour.
_ISSUES = (
    r"级(?=(?:[和跟与、](?:省|市|国家)级)?的?(?:文件|政策|规定|意见|方案|办法|目标|部门|层面|[怎咋各分又则]))"
)
_PROVINCE = re.compile(
    rf"(?<![\u4e00-\u9fff]{{2}}全)省(?:里头|里|上|层面|那边|一级|{_ISSUES})(?!别)|省(?=的?(?:强省|方案|文件|意见|规定))"
)
_CITY = re.compile(rf"市(?:里头|里|上|层面|那边|一级|{_ISSUES})(?!场)|市(?=的?(?:文件|规定))")
#: 「那省里定的呢」: the question before is asked of another level.
_INSTEAD = re.compile(r"^(?:那么?|那边|换成|至于)?,?(?:国家|全国|中央|省|市)")


def levels(text: str, policies: Sequence[StoredPolicy]) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Where a text names a level and the policies of it: start, end, ids."""
    national = frozenset(p.policy_id for p in policies if p.region == "全国")
    province, city = _province_and_city(text, policies)
    for pattern, ids in ((_NATIONAL, national), (_PROVINCE, province), (_CITY, city)):
        for m in pattern.finditer(text):
            if ids:
                yield m.start(), m.end(), ids


def asked_instead(text: str, earlier: str, policies: Sequence[StoredPolicy]) -> tuple[str, ...]:
    """The policies of the level to which a message moves the question before: 「那省里定的呢」; none where it does not.

    Whose province is meant, the earlier messages tell.
    """
    if not _INSTEAD.search(text) or _AN_AWARD.search(text):
        return ()
    found = next((ids for start, _, ids in levels(text, policies) if start < _NEAR), frozenset[str]())
    told = {place.province for place in find_places(earlier)}
    meant = [p for p in policies if p.policy_id in found]
    if told:
        meant = [p for p in meant if p.region == "全国" or {q.province for q in find_places(p.region)} & told]
    return tuple(sorted(p.policy_id for p in meant))


#: Of a prize or title the level says which one was got, not who gives out the text.
_AN_AWARD = re.compile(
    r"(?:国家|省|市)[^,。;?!]{0,6}(?:专利奖|[金银]奖|优秀奖|示范企业|优势企业|示范(?=[?。,;!]|$)|网点|支持中心)"
)
#: The level stands at the beginning of such a message.
_NEAR = 4


def _province_and_city(text: str, policies: Sequence[StoredPolicy]) -> tuple[frozenset[str], frozenset[str]]:
    """The policies of 「省里」 and 「市里」: a province and a city in it that the library has both of."""
    cities: dict[str, set[str]] = {}
    provinces: dict[str, set[str]] = {}
    for policy in policies:
        for place in find_places(policy.region):
            level = cities if place.city else provinces
            level.setdefault(place.province or place.name, set()).add(policy.policy_id)
    both = [name for name in provinces if name in cities]
    said = {place.province for place in find_places(text)}
    chosen = [name for name in both if name in said] or both
    if len(chosen) != 1:
        return frozenset(), frozenset()
    return frozenset(provinces[chosen[0]]), frozenset(cities[chosen[0]])
