"""Whether a count, a share or a sum is one that is planned for, not one that decides about an applicant."""

from __future__ import annotations

import re

from ceyin.assistant.drafting.sentences import Place

_AIM = (
    r"开工|筹集|改造|不低于|建成|建设|培育|打造|组建|引进|新增|推出|达到?|突破"
    r"|超过|覆盖|实现|以上|力争|争取|提高到|提升至|保持|完成|形成|增长|支持|认定"
    r"|降至|下降|左右|总量"
)
_AIM_CUE = re.compile(
    rf"(?:{_AIM})[^,]*◆|◆[^,]{{0,14}}(?:以上|左右|目标|增长|实现)"
    rf"|[量率数额值]为?◆"
)
_NO_AIM = re.compile(
    r"的,|给予|奖励|补助|补贴|不得|符合|可申请|申请人|申请的|申报条件|每人每"
    r"|每户每|满◆|◆(?:级|有限责任)|额度"
    r"|家庭|居民|暂停"
)
_AIMS_ABOVE = re.compile(
    r"目标|(?:^|[。;,\n)])\s*(?:到|至)\s*(?:20\d\d)年|(?:19|20)\d\d年(?:底"
    r"|末)?前?(?:[,基]|达到|不低于|超过|力争)"
)
_THIS_YEAR = re.compile(r"今年|年内")
_AIM_VERB = re.compile(
    r"(?:建成|打造|组建|培育|引进|推出|新增|力争|争取|支持|设立|保持|推动|创建"
    r"|遴选|建设|开工|筹集|改造|收购|收储|计划[^,]{1,4})[^,]{0,30}◆|年均?增长◆|◆的?年?增长"
)


def is_target(place: Place) -> bool:
    """A count, share or sum that is planned: under a heading of aims or a year, or with a verb of building up."""
    if place.kind in ("date", "period") or place.unit == "级" or _NO_AIM.search(place.whole):
        return False
    if _AIM_VERB.search(place.part) and place.kind in ("number", "rate"):
        return True
    planned = _AIMS_ABOVE.search(place.heading) or _AIMS_ABOVE.search(place.earlier + place.whole_words)
    planned = planned or _THIS_YEAR.search(place.whole)
    return bool(planned and _AIM_CUE.search(place.part))


def is_planned_year(place: Place) -> bool:
    """A year alone that lies after the policy's own, with a verb of building up in the same breath."""
    value = str(place.figure.value)
    if place.kind != "date" or len(value) != 4 or place.issued is None or int(value) <= place.issued:
        return False
    return bool(re.search(rf"(?<!以)◆[^,]*(?:{_AIM})", place.part))
