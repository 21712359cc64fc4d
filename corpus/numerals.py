"""Chinese ordinals of clause labels: ``二十一`` ↔ 21. (Amounts and dates are read in ``assistant``.)"""

from __future__ import annotations

import re
from functools import lru_cache

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "ニ": 2, "ー": 1}
_UNITS = {"十": 10, "百": 100, "千": 1000}
#: The characters a Chinese ordinal is made of.
ORDINAL_CHARS = "〇零一二三四五六七八九十百千两"
#: Look-alikes that people and character recognition put in their place; in labels only.
LOOK_ALIKES = "○ニー"


_LONGEST = 12  # characters of 九千九百九十九, with room for slips; longer runs are no ordinal


@lru_cache(maxsize=4096)
def to_int(text: str) -> int | None:
    """The value of a Chinese or Arabic numeral below 10,000; None when it is not one."""
    text = re.sub(r"\s", "", text)
    if len(text) > _LONGEST:
        return None
    if text.isascii() and text.isdigit():
        return int(text)
    if not text or any(c not in _DIGITS and c not in _UNITS for c in text):
        return None
    if not any(c in _UNITS for c in text):  # 二〇二三: read digit by digit
        return int("".join(str(_DIGITS[c]) for c in text))
    total = 0
    current = 0
    for c in text:
        if c in _DIGITS:
            current = _DIGITS[c]
        else:
            total += (current or 1) * _UNITS[c]
            current = 0
    return total + current


def to_chinese(n: int) -> str:
    """The ordinal as officials write it, 1 ≤ n < 10⁸: 10 → 十, 21 → 二十一, 105 → 一百零五."""
    if n >= 10_000:
        above, below = divmod(n, 10_000)
        zero_between = "零" if 0 < below < 1000 else ""
        return to_chinese(above) + "万" + (zero_between + to_chinese(below) if below else "")
    digits = "零一二三四五六七八九"
    if n < 10:
        return digits[n]
    out = ""
    rest = n
    zero = False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十")):
        d, rest = divmod(rest, unit)
        if d:
            out += ("零" if zero else "") + digits[d] + name
            zero = False
        elif out:
            zero = bool(rest)
    if rest:
        out += ("零" if zero else "") + digits[rest]
    return out[1:] if out.startswith("一十") else out
