"""Which comparison the words around a figure make: 以上, 超过, 不超过, 最高, 以内 …"""

from __future__ import annotations

import re
from typing import Literal

from ceyin.assistant.drafting.sentences import Place

Op = Literal["ge", "gt", "le", "lt", "eq"]

#: What stands right before the figure (◆), nearest first; 不超过 before 超过, which it contains.
_BEFORE: tuple[tuple[Op, str], ...] = (
    (
        "le",
        r"不得?(?:能)?(?:超过|超出|高于|大于|多于|突破)|最高|最多|最长|最大|至多|上限"
        r"|限额|封顶|控制在|[≤]",
    ),
    ("ge", r"不得?(?:能)?(?:低于|少于|小于|短于)|至少|最低|最少|最短|下限|[≥]"),
    ("lt", r"不满|未满|不足|未达|低于|少于|小于|<"),
    ("gt", r"超过|超出|高于|多于|大于|突破|>"),
    ("ge", r"达到|(?<![期届])满|达"),
)
_AFTER: tuple[tuple[Op, str], ...] = (
    ("ge", r"(?:及|或)?(?:\(含[^()]*\))?(?:及|或)?以上"),
    ("le", r"(?:及|或)?(?:\(含[^()]*\))?(?:及|或)?(?:以下|以内|之内|封顶|为限)"),
    ("le", r"内"),
)
_NOT_INCLUDED = re.compile(r"◆[^,]{0,6}[(]不含|[(]不含◆")


def comparison(place: Place) -> Op | None:
    """The comparison, None where the words make none (给予3万元); 不含 in brackets excludes the figure itself."""
    found = _words(place.part)
    if found and _NOT_INCLUDED.search(place.part):
        return {"ge": "gt", "le": "lt"}.get(found, found)  # type: ignore[return-value]
    return found


def _words(part: str) -> Op | None:
    for op, pattern in _AFTER:
        if re.search(rf"◆(?:[^,◇]{{0,4}}?)?{pattern}", part):
            return op
    for op, pattern in _BEFORE:
        if re.search(rf"(?:{pattern})[^,◆◇]{{0,6}}◆", part):
            return op
    return None
