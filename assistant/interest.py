"""Interest: what a loan costs, and how much of it is paid for one. A text that gives the most of a loan tells neither."""

from __future__ import annotations

import re

_ASKED = re.compile(
    r"(?:利率|年息|月息|利息)(?:\S{0,6}?(?:多少|几|是啥|什么|怎么算|咋算|多高|多大)|[?])|(?:多少|几个点|什么|多高)的?\S{0,3}(?:利率|利息|年息)"
    r"|(?:利率|利息|年息|贷款|(?<!补)贴息?)[^,。;?!涨增升]{0,10}几个点(?!钟)|几厘|几分[利息]|(?<!补)贴息?\S{0,4}?(?:几成|几个点|比例|百分之几|百分之多少)|贴息(?:是|能|给|按)?(?:多少|几)(?!年)"
    r"|\b(?:interest rate|how much interest|what interest|share of (?:the )?interest)\b",
    re.IGNORECASE,
)
_RATE = r"(?:\d+(?:\.\d+)?%|百分之|[一二三四五六七八九]成|基点|个百分点|LPR|全额)"
_TOLD = re.compile(
    rf"(?:利率|利息|贴息|年息)[^。;;]{{0,40}}?{_RATE}|{_RATE}[^。;;]{{0,12}}(?:贴息|利率|利息)"
)


def asks_interest(text: str) -> bool:
    """Whether a normalised question wants a rate of interest, or the share of it that is paid."""
    return _ASKED.search(text) is not None


def tells_interest(text: str) -> bool:
    """Whether a clause gives such a rate or share."""
    return _TOLD.search(text) is not None
