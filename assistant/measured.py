"""The figure a user sets against a target: 「每一万人有3.19件高价值发明」 for 万人高价值发明专利拥有量.

Patterns of the facts know the usual ways to say it; this reads the others, guided by the rule: a figure of its unit
beside its words, or the only figure of that unit. What is told of the document (「要求100家」) is none of the user's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ceyin.assistant.rules.files import FactSpec
from ceyin.assistant.rules.money import AMOUNT, FIGURE, amount_of
from ceyin.assistant.rules.values import Known
from ceyin.assistant.understanding.roughly import about
from ceyin.corpus.numerals import ORDINAL_CHARS, to_int
from ceyin.indexes.coverage import share_in
from ceyin.indexes.tokens import content_words

_SEGMENT = re.compile(r"[^,。;!?、:()]+")
#: Said of the document, not of the user's own case.
_OF_THE_TEXT = re.compile(
    r"听说|规定|要求|文件|(?:方案|通知|意见)(?:里|说|写|定)|(?:目标|标准)(?:是|为|定)|(?:定|写)(?:的是|了|成)"
    r"|应该是|得要"
)
_NUMBER = rf"(?P<n>\d+(?:\.\d+)?|[{ORDINAL_CHARS}]+)"
#: Measure words said for each other: 3个机构 are 3家.
_SAME = {"家": "[家个]", "个": "[个家]", "人": "[人名位]"}
#: Only who asks whether a mark is reached sets a figure of his own against it.
_MEASURES = re.compile(
    r"达标|达到|达成|够|完成|过线|过关|算过|过了|过没过|合格|超过了|到线|差多少|还差|交差|踩线|压线|擦线|卡线|及格"
    r"|符合|meet|reach|on target|enough|pass\b",
    re.IGNORECASE,
)
#: The share of a fact's words that must stand beside the figure.
_BESIDE = 0.45
_LEFT_OUT = re.compile(r"数量|件数|人数|个数|家数|总额|比例|占比|覆盖率$")


def asks_whether_reached(text: str) -> bool:
    """Whether a normalised text asks whether a mark is reached."""
    return bool(_MEASURES.search(text))


def named_in(spec: FactSpec, text: str) -> float:
    """How much of what a fact is called stands in a normalised text."""
    return _share(_words(spec), text)


def figure_for(spec: FactSpec, unit: str, text: str, *, alone: bool) -> Known | None:
    """The figure of this fact in a normalised text; None where none or more than one may be meant.

    ``alone``: no other target of the clause counts in this unit, so that the only figure with it is this one's.
    """
    if not _MEASURES.search(text):
        return None
    words = _words(spec)
    beside: list[Decimal] = []
    every: list[Decimal] = []
    segments = [m.group() for m in _SEGMENT.finditer(text)]
    for k, segment in enumerate(segments):
        if _OF_THE_TEXT.search(segment):
            continue
        figures = _figures(segment, unit)
        every += figures
        near = segment if _share(words, segment) >= _BESIDE else "".join(segments[max(0, k - 1) : k + 1])
        if figures and _share(words, near) >= _BESIDE:
            beside += figures
    for found in (beside, every if alone else []):
        if len(set(found)) == 1:
            return Known(found[0])
    return None


def _words(spec: FactSpec) -> list[str]:
    return list(content_words(_LEFT_OUT.sub("", spec.key)) or content_words(spec.key))


def _share(words: Sequence[str], text: str) -> float:
    return sum(share_in(word, text.lower()) for word in words) / (len(words) or 1)


def _figures(segment: str, unit: str) -> list[Decimal]:
    if unit == "%":
        return _rates(segment)
    if unit == "元":
        sums = re.finditer(rf"{FIGURE}(?:元|块)?", segment)
        found = [(m.group(), AMOUNT.match(m.group())) for m in sums if re.search(r"[万亿元块]", m.group())]
        return [value for _, m in found if m is not None and (value := amount_of(m)) is not None]
    kind = _SAME.get(unit, re.escape(unit))
    return [
        value
        for m in re.finditer(rf"(?<![\d.]){_NUMBER}{kind}(?![亿万月])", segment)
        if (value := _number(m.group("n"))) is not None and not about(segment, *m.span("n"))
    ]


def _rates(segment: str) -> list[Decimal]:
    out = [Decimal(m.group(1)) for m in re.finditer(r"(\d+(?:\.\d+)?)%", segment)]
    for m in re.finditer(rf"百分之([{ORDINAL_CHARS}]+)", segment):
        whole = to_int(m.group(1))
        out += [Decimal(whole)] if whole is not None else []
    for m in re.finditer(
        r"([一二两三四五六七八九\d])成(半|[一二三四五六七八九\d])?(?![本立功果绩])", segment
    ):
        tenths, rest = _number(m.group(1)), m.group(2)
        more = Decimal(5) if rest == "半" else _number(rest) if rest else Decimal(0)
        out += [tenths * 10 + more] if tenths is not None and more is not None else []
    return out


def _number(text: str) -> Decimal | None:
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return Decimal(text)
    value = to_int(text)
    return None if value is None else Decimal(value)
