"""How a figure is bounded: 不超过, 以上, 不满, 左右, 前, 起 — words that must be neither lost nor turned."""

from __future__ import annotations

import re
from typing import Literal

Qualifier = Literal["at_most", "below", "at_least", "above", "about", "until", "since"]

_BEFORE: tuple[tuple[Qualifier, str], ...] = (
    ("at_most", r"(?:不|未|没有?|不得|不能)超过?(?:上限)?|不(?:高|多|大)于|最[高多大长晚迟]|至多|顶多|上限|限额|封顶|≤"),
    ("at_least", r"不(?:少|低|小)于|不得低于|至少|最[低少]|起码|≥|(?<!不)(?<!未)满"),
    ("below", r"(?:不|未)满|不足|不到|(?:低|少|小)于|<|未达到?"),
    ("above", r"(?<![不未])超过?|(?<!不)(?:高|多|大)于|突破|>|逾"),
    ("about", r"约|近|大约|接近|左右"),
)  # fmt: skip
#: Between the word and its figure at most these: 最高给予3万元, 上限为2万元, 最高可达1万元.
_LINK = r"(?:[为是达到可以给予补贴助资奖励申请计按:]|不超过|提高到|额度){0,6}$"
_LOOK = 14
_BEFORE_FIGURE = tuple((name, re.compile(rf"(?:{words}){_LINK}")) for name, words in _BEFORE)
_AFTER_FIGURE: tuple[tuple[Qualifier, re.Pattern[str]], ...] = (
    ("at_least", re.compile(r"^(?:\(含[^()]*\))?(?:\(含\))?(?:及|或|\(含\))?以上|^起(?!始|草)")),
    ("at_most", re.compile(r"^(?:\(含[^()]*\))?(?:及|或)?以[下内]|^之内|^封顶|^为限|^为上限")),
    ("about", re.compile(r"^左右|^上下|^余|^多(?=[万元家件个])")),
)
_UNTIL = re.compile(r"^(?:以|之)?前|^(?:\(含[^()]*\))?(?:以前|之前|截止|止|届满|到期)")
_SINCE = re.compile(r"^(?:起|以后|之后|后|以来)")
_UNTIL_BEFORE = re.compile(r"(?:不晚于|不迟于|截止?至?到?|最[晚迟]|有效期[限至到为]*|至|到)[^,。;\d]{0,4}$")
_SINCE_BEFORE = re.compile(r"(?:自|从|早于)[^,。;\d]{0,4}$")


def qualifier_at(text: str, start: int, end: int, kind: str) -> Qualifier | None:
    """The bound on the figure at a range of a text; None where it stands exact."""
    before, after = text[max(0, start - _LOOK) : start], text[end : end + 14]
    before = re.split(r"[,。;、!?()\n]", before)[-1]
    if kind == "date":
        if _UNTIL.match(after) or _UNTIL_BEFORE.search(before):
            return "until"
        return "since" if _SINCE.match(after) or _SINCE_BEFORE.search(before) else None
    if kind not in ("money", "number", "rate", "times", "period"):
        return None
    if kind == "period":
        if re.match(r"^(?:之|以)?内", after):
            return "at_most"
        if re.match(r"^(?:之|以)?后", after):
            return "at_least"
    for name, pattern in _AFTER_FIGURE:
        if pattern.match(after):
            return name
    if re.search(r"[余多](?:[万亿元]|$)", text[start:end]):
        return "about"
    for name, pattern in _BEFORE_FIGURE:
        if pattern.search(before):
            return name
    return None


#: Terms and days often carry their bound in the verb (建设期三年): there it may be left out, never turned.
_LOOSE_KINDS = ("period", "date")
_OPPOSED = {
    ("at_most", "at_least"), ("at_most", "above"), ("below", "at_least"), ("below", "above"), ("until", "since"),
}  # fmt: skip


def agrees(said: Qualifier | None, source: Qualifier | None, kind: str) -> bool:
    """Whether a figure may be said with one bound where its source has another."""
    if said == source:
        return True
    if kind in _LOOSE_KINDS:
        return (said, source) not in _OPPOSED and (source, said) not in _OPPOSED
    return False
