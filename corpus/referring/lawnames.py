"""Laws named without 《》, read backwards from where their name ends: 「依照示例法第五条」."""

from __future__ import annotations

import re

_NAME_TAIL = re.compile(
    r"(?:(?:法典|法)(?:总则|分则)编?|法典|宪法|宪章|法|条例|细则|办法|规定|[规通]则|章程|解释|决定|意见|通知|方案|规程|公约|协定|议定书|准则)(?:\([^()]{1,14}\))?的?$"
)
# The words before a name, which are no part of it. Single characters only where no law has them inside: 据 would cut
# 数据安全法, 用 民用航空法.
_NAME_LEAD = re.compile(
    r"^.*(?:依照|按照|依据|根据|违反|符合|适用|参照|遵守|执行|触犯|违背|涉嫌|犯有|审查|请求|提起|认定为?|构成|具有|属于|应当|对于|以及|或者|或|同时|履行|满足|维持|引用|援引|撤销|废止|修改"
    r"|[,。;:!?、《》“”()]|(?:和(?!国(?!务))|(?<!人口)与|对(?!外)|[及除将是的]|有关|关于|上述|前述|按|依|在|由)(?=[\u4e00-\u9fff]{2}))"
)
_NO_NAME = re.compile(
    r"(?:方法|做法|依法|违法|非法|合法|执法|(?<!公)司法|立法|手法|看法|说法|想法|用法|无法|设法|刑法学|语法|书法)的?$"
)
_WEAK = re.compile(r"^(?:的|了|该|此|其|原|现行|新|旧|本|我国|国家|有关|相关|上述|前述|一[条款项])*")
#: What stands before a law that is applied as a whole.
APPLIES = re.compile(r"依照|按照|依据|根据|违反|符合|适用|参照|遵守")


def name_before(text: str, start: int, floor: int) -> tuple[int, str] | None:
    """The law that 「示例法第五条」 names without 《》; ``*办法`` for 「原办法」, 「有关规定」."""
    head = text[max(floor, start - 40) : start]
    tail = _NAME_TAIL.search(head)
    if tail is None or _NO_NAME.search(head):
        return None
    whole = head[: tail.end()].removesuffix("的")
    lead = _NAME_LEAD.match(head[: tail.start() + 1])
    name = whole[lead.end() :] if lead else whole
    weak = _WEAK.match(name)
    name = name[weak.end() :] if weak else name
    if name.startswith("对") and not name.startswith("对外"):
        name = name[1:]
    kind = tail.group().removesuffix("的")
    if len(name) <= len(kind) and kind not in ("宪法", "法典"):
        soft = kind in ("规定", "决定", "通知", "意见", "方案", "解释", "法", "规则", "准则")
        return None if soft else (start - len(head) + head.rindex(kind), "*" + kind)
    if name[: -len(kind)] in ("法律", "有关", "相关", "规章", "上位", "作出", "提出", "制定"):
        return None
    return start - len(head) + head.rindex(name), name
