"""What a question takes for granted and the texts may not bear out: 听说管五年, 不是说要15%吗, 网上说截止到9月."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ceyin.assistant.rules.money import AMOUNT, FIGURE, amount_of, plain
from ceyin.corpus.numerals import ORDINAL_CHARS, to_int

#: ``claim`` carries no figure; ``term`` is in years or months as written, ``date`` as written.
PremiseKind = Literal["money", "rate", "term", "date", "count", "claim"]


@dataclass(frozen=True, slots=True)
class Premise:
    """Something taken for granted: the words, what kind of figure stands in them and which.

    ``value``: money in CNY, a rate in percent, a term or count as its number (a half year is 0.5), dates as written
    (9月, 2020年, 2025年9月30日), nothing for a claim. ``unit`` as written (年, 个月, 件 …).
    """

    text: str
    kind: PremiseKind
    value: str = ""
    unit: str = ""


_SEGMENT = re.compile(r"[^,。;?!]+[,。;?!]?")
#: What announces a claim that is not of the applicant's own case.
_MARK = re.compile(
    r"听说|听人(?:家)?(?:说|讲)|听.{0,4}(?:说|讲)|据说|网上(?:说|写|讲|查|看)|有人(?:说|讲|告诉)|(?:别人|人家|朋友|同行|中介|代理|隔壁|群里|领导|同事|抖音|小红书)\S{0,4}(?:说|讲|告诉|发)"
    r"|(?<!规)(?<!没)(?<!还)定(?:的|了)(?=20\d\d|\S{0,14}(?:要|是|到|达|为))|(?:上面|上头)(?:说|讲|规定|定)|都说(?![好妥通清定])|传说|不是(?:说|讲|规定|写|要|有|能|可以|已经|都)|说是|(?<!都)(?<!已经)(?<!商量)说好(?!了)|我记得|印象里|印象中|我看到?|之前看|说的是|不都?是"
    r"|(?:文件|号文|政策|办法|方案|意见|通知|措施|计划|规定)(?:里|上|中)?(?:面)?(?:不是)?(?:说|写|讲|定(?![在于]\S{0,14}(?:发|印|报|交))|提|规定|要求)(?:的|了|是|着)?"
    r"|\b(?:i heard|i read|they say|people say|is it true|isn't it|i thought|supposed to)\b",
    re.IGNORECASE,
)
#: At the end of a sentence: the user wants it confirmed.
_CONFIRM = re.compile(
    r"(?:对吧|对吗|对不对|没错吧|是吧|是吗|是不是|没问题吧|不会错吧|可以吧|行吧|吧|真的吗|真的假的|有这回事|这么写没错)[?。!,]?$|right\?$"
)
#: 「这50个强市」: there being fifty is taken for granted.
_THESE = re.compile(rf"(?:这|那)(?P<f>(?:\d+|[{ORDINAL_CHARS}]+)[个家件项条份名])(?!月|地方|问题|文件|事)")
_OWN = re.compile(
    r"(?:我|我们|俺|咱|公司)(?:们)?(?:现在|今年|去年|一共|已经|也|就|家|手里|手上|公司)*(?:有|交了|花了|拿到|评上|是|付了|缴了)"
)
_HAN_NUMBER = rf"(?:\d+(?:\.\d+)?|[{ORDINAL_CHARS}半]+)"
_FIGURES: tuple[tuple[PremiseKind, re.Pattern[str]], ...] = (
    (
        "rate",
        re.compile(
            rf"(?P<v>\d+(?:\.\d+)?)(?P<u>%)|百分之(?P<w>[{ORDINAL_CHARS}百]+)|(?P<c>{_HAN_NUMBER})成(?![本为立功果长都效绩员])"
            r"|(?P<h>一半)(?!以上的?[人企])"
        ),
    ),
    (
        "date",
        re.compile(
            rf"(?P<v>[12]\d{{3}}年(?:\d{{1,2}}月(?:\d{{1,2}}[日号])?|底|末)?|(?:\d{{1,2}}|[{ORDINAL_CHARS}]{{1,2}})月(?:\d{{1,2}}[日号]|底|初|份)?|[12]\d{{3}}-\d{{1,2}}-\d{{1,2}}|年底|月底|明年)"
        ),
    ),
    (
        "term",
        re.compile(
            rf"(?<![\d年])(?P<v>{_HAN_NUMBER})(?P<u>年|个月|个工作日|天|周)(?!前|度|来|内?第)|(?P<y>\d+) years?\b"
        ),
    ),
    (
        "count",
        re.compile(
            rf"(?<!第)(?P<v>{_HAN_NUMBER})(?P<u>[件个家项条名份人次批轮](?!性)(?![月人工]|文件|问题|方面|地方|办法|方案|年份|年头|时间|日期|目标|阶段|步骤|说法|数字?|条件|层次|档)|亩|平方米|平米|平)"
        ),
    ),
    (
        "money",
        re.compile(rf"(?P<v>(?=[\d{ORDINAL_CHARS}]*[.\d]*\s*[百千万亿元块]){FIGURE})(?P<u>元|块钱?|美元)?"),
    ),
)


def premises_of(text: str) -> tuple[Premise, ...]:
    """The claims a normalised message takes for granted, in order, each with its figure."""
    if not (_MARK.search(text) or _CONFIRM.search(text) or _THESE.search(text)):
        return ()
    found: list[Premise] = []
    carried = False
    segments = [m.group() for m in _SEGMENT.finditer(text)]
    for number, segment in enumerate(segments):
        later = segments[number + 1] if number + 1 < len(segments) else ""
        confirmed = bool(_CONFIRM.search(segment)) or (len(later) <= 8 and bool(_CONFIRM.search(later)))
        marked = _MARK.search(segment)
        said = segment[marked.end() :] if marked else segment
        claims = bool(marked) or confirmed or (carried and not _OWN.search(segment))
        if claims and not _OWN.search(said) and not re.search(r"多少|几[年件个万]|什么|哪", said):
            figures = _figures(said)
            words = segment.strip(",。;?! ")
            found += [Premise(words, kind, value, unit) for kind, value, unit in figures]
            if not figures and marked and len(said.strip(",。;?! ")) >= 3:
                found.append(Premise(words, "claim"))
        else:
            found += [
                Premise(segment.strip(",。;?! "), *f)
                for m in _THESE.finditer(segment)
                for f in _figures(m.group("f"))
            ]
        carried = bool(marked or carried) and segment[-1] == ","
    return tuple(dict.fromkeys(found))


def _figures(text: str) -> list[tuple[PremiseKind, str, str]]:
    """The figures of some words, leftmost first, none inside another."""
    found: list[tuple[int, int, PremiseKind, str, str]] = []
    for kind, pattern in _FIGURES:
        for m in pattern.finditer(text):
            if any(m.start() < end and start < m.end() for start, end, *_ in found):
                continue
            value, unit = _read(kind, m)
            if value:
                found.append((m.start(), m.end(), kind, value, unit))
    return [(kind, value, unit) for _, _, kind, value, unit in sorted(found)]


def _read(kind: PremiseKind, m: re.Match[str]) -> tuple[str, str]:
    """Value and unit of one figure; an empty value for one that cannot be read."""
    groups = m.groupdict()
    if kind == "date":
        return m.group("v"), ""
    if kind == "money":
        amount = AMOUNT.search(m.group("v"))
        value = amount_of(amount) if amount else None
        unit = groups["u"] or "元"
        return ("" if value is None else plain(value)), unit
    if kind == "term" and groups["y"]:
        return groups["y"], "年"
    if kind == "rate":
        if groups["h"]:
            return "50", "%"
        if groups["c"]:
            tenths = _number(groups["c"])
            return ("" if tenths is None else plain(tenths * 10)), "%"
        number = _number(groups["v"] or groups["w"])
        return ("" if number is None else plain(number)), "%"
    number = _number(m.group("v"))
    return ("" if number is None else plain(number)), m.group("u")


def _number(text: str) -> Decimal | None:
    if text == "半":
        return Decimal("0.5")
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return Decimal(text)
    value = to_int(text)
    return None if value is None else Decimal(value)
