"""Counts said in a row without a break: 「2件实用新型1件商标」, 「发明1件商标3件」."""

from __future__ import annotations

import re

_N = r"(?:\d+|[零〇一二两俩三仨四五六七八九十]+)(?:多|来)?[件项个枚]"
_OWN = r"(?:有效|注册|授权|登记|自己|自研|自主研发|自行研发|国内|国外|的)*"
_THING = (
    rf"{_OWN}(?:发明(?!人)|实用新型|实用|外观设计|外观|商标|软件著作权|软著|著作权|作品|版权|专利产品|专利|集成电路布图设计|植物新品种|地理标志)"
    r"(?:专利|登记|证书)*"
)
_HAVING = r"(?:只有|就有|总共有?|一共有?|共有?|有|是|就|只)?"
_BEFORE = re.compile(rf"(?<!专利)(?<!新型)(?<!发明)(?<!商标)(?<!外观)(?:{_N}{_THING}){{2,}}")
_BEHIND = re.compile(rf"(?:{_THING}{_HAVING}{_N}){{2,}}(?!{_THING})")
_ONE_BEFORE, _ONE_BEHIND = re.compile(_N + _THING), re.compile(_THING + _HAVING + _N)


_TENS = re.compile(r"(?<![\d零〇一二两三四五六七八九十百千万])([二三四五六七八九]?十)[几多]([件个项家人名])")


def parted(text: str) -> str:
    """The text with a 、 between such counts, so that no figure is read with its neighbour's thing."""
    text = _TENS.sub(r"超过\1\2", text)  # 十几件: ten at least
    text = _BEHIND.sub(lambda m: "、".join(_ONE_BEHIND.findall(m.group())), text)
    return _BEFORE.sub(lambda m: "、".join(_ONE_BEFORE.findall(m.group())), text)
