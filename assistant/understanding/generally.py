"""「别的条件都符合」: the conditions of the programme spoken of, whose text does not list them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ceyin.assistant.rules.files import FactSpec

_WHICH = r"(?:别的|其他|其它|其余|各项|各种|一般|基本|申请|所有|全部|那些|这些|贷款|规定|硬|都)*(?:的)?"
_MET = r"(?:符合|够(?!不)|满足|具备|合格|达标|达到|齐了?|没问题|过关)"
_GENERALLY = re.compile(
    rf"{_WHICH}条件[,]?(?:\S{{0,4}}(?:问过|查过|核过|对过|看过|看了)了?)?[,]?(?:我们?|咱们?|俺)?(?:也|都|全|均|全部|完全|肯定|基本|是|已经?)*(?<!不){_MET}(?!吗|么|不|没)"
    rf"|(?<!不)(?<!没)(?:符合|满足|具备)(?:了)?{_WHICH}条件(?!吗|么|的话|才|就)"
    r"|(?<!不)够条件(?!吗|么|的话|才|就)"
)
_DENIED = re.compile(r"(?:不|没)(?:完全|都|全)?$")


def generally_met(text: str, talk: str, specs: Iterable[FactSpec]) -> list[str]:
    """The facts a general statement in ``text`` means: those of the programme named nearest to it in the ``talk``.

    ``text`` is a message as ``telling.told`` gives it, ``talk`` all messages.
    """
    m = next((g for g in _GENERALLY.finditer(text) if not _DENIED.search(text[: g.start()])), None)
    if m is None:
        return []
    at = talk.find(m.group())
    near: dict[str, int] = {}
    for spec in specs:
        found = [abs(talk.find(word) - at) for word in spec.general if word in talk]
        if found:
            near[spec.key] = min(found)
    closest = min(near.values(), default=0)
    return [key for key, distance in near.items() if distance == closest]
