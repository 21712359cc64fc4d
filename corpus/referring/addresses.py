"""Clause addresses as officials write them in running text: 第九条第一款第(二)项, 第三、四条, 第(一)至(三)项.

``read_addresses`` reads one chain with its lists and ranges; what it is relative to is not its business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ceyin.corpus.numerals import ORDINAL_CHARS, to_int


class Level(StrEnum):
    """What a step of an address counts; ``CN``, ``PAREN`` and ``NUM`` are the bare labels 二、 (三) 1."""

    BOOK = "编"
    SUBBOOK = "分编"
    PART = "部分"
    CHAPTER = "章"
    SECTION = "节"
    ARTICLE = "条"
    CN = "一、"
    PARAGRAPH = "款"
    ITEM = "项"
    PAREN = "(一)"
    DOT = "点"
    POINT = "目"
    NUM = "1."


#: Headings, which stand in no path (a 部分 may).
UPPER = (Level.BOOK, Level.SUBBOOK, Level.PART, Level.CHAPTER, Level.SECTION)
# From the top down; a list member keeps the steps above its own level.
_RANK = {
    Level.BOOK: 0, Level.SUBBOOK: 1, Level.PART: 2, Level.CHAPTER: 2, Level.SECTION: 3, Level.ARTICLE: 4, Level.CN: 4,
    Level.PARAGRAPH: 5, Level.ITEM: 6, Level.PAREN: 6, Level.DOT: 6, Level.POINT: 7, Level.NUM: 7,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One step: level, number and, of an inserted article, its suffix (第十条之一)."""

    level: Level
    number: int
    suffix: str = ""

    @property
    def rank(self) -> int:
        """0 is the top."""
        return _RANK[self.level]


Address = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """One address, or with ``last`` a range from ``first`` to it."""

    first: Address
    last: Address | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """The addresses that end at ``end``."""

    cited: tuple[Cited, ...]
    end: int


_O = ORDINAL_CHARS
_N = rf"(?:[{_O}]{{1,9}}|\d{{1,4}})"
_ONE = rf"(?:\({_N}\)|{_N}|[①-⑳])"
_GLUE = r"(?:、|以及|和|及|与|或者?|至|到|—+|-|~)"
_TO = re.compile(r"至|到|—|-|~")
# What a unit is the beginning of, and things that are counted with it: 第一条生产线, 第一款国产车, 第一目标.
_NOT = {
    "条": r"(?:件|例|约|目|龙|码|块|纹|形|幅|款(?!第|规|所|的|、|和|至)|[^所规的之,]{0,4}?(?:生产线|产线|线路|航线|铁路|公路|道路"
    r"|街|隧道|地铁|高速|轨道|跑道|赛道|管道|通道|走廊|光缆|电缆|专线|班列|河流|曲线|主线|路径)"
    r"|(?:线|路|河|船|鱼|狗|腿|命|裙|裤|消息|信息|短信|新闻|评论|建议|经验|理由))",
    "款": r"(?:项|式|型|待|国产|[^所规的之,]{0,4}?(?:汽车|车型|产品|游戏|手机|软件|应用程序"
    r"|App|新药|药品|疫苗|芯片|机器|机型|设备|飞机))",
    "项": r"(?:目|链)",
    "目": r"(?:标|录|前|击|测)",
    "章": r"(?:程|鱼)",
    "节": r"(?:目|能|约|课|日|点|车|水|电|余|奏|省|育|选|气)",
    "编": r"(?:制|号|码|辑|写|程|委|列|队|组)",
    "分编": r"(?!)",
    "部分": r"(?!)",
    "点": r"(?:[一二三四五六七八九]|钟)",
}
_UNITS = "|".join(f"{unit}(?!{no})" for unit, no in _NOT.items())
# 第九条, 第十条之一 (not 第五条之一般情形), 第(一)、(三)项, 第三至五条
_TOKEN = re.compile(
    rf"第(?P<list>{_ONE}(?:{_GLUE}第?{_ONE}){{0,19}})(?P<unit>{_UNITS})(?:之(?P<suffix>[一二三四五六七八九十]{{1,2}})(?![般定些者]))?"
)
_PAREN = re.compile(rf"\((?P<list>[{_O}]{{1,3}}|\d{{1,2}})\)(?P<unit>项(?!目)|点)?")
_CN = re.compile(rf"(?P<list>[{_O}]{{1,3}})、(?=\()")
_NUM = re.compile(r"(?:第(?P<a>\d{1,2})(?:小)?点|(?P<b>\d{1,2})(?:\.(?!\d)|(?=[)、。,;]|规定|执行)))")
_SEPARATOR = re.compile(rf"{_GLUE}")
_MEMBER = re.compile(rf"({_GLUE})?第?({_ONE})")
# A bare 第三项 or 第三款 could be a count of things; these words after it show that a clause is meant.
_CLAUSE_WORDS = re.compile(
    r"规定|所|的|之|、|和|或|至|到|及|与|以及|中|[,。;:)》”]|$|情形|行为|条件|措施|标准|至|第|\(|要求|内容|执行|办理|处理|不|应|可|但书|款|除外|关于|明确"
)
_SURE = re.compile(rf"第\({_N}\)(?:项|点)|第{_N}[条款]")


def read_addresses(text: str, at: int, *, anchored: bool) -> Chain | None:
    """The chain of addresses that begins at ``at``, with its lists and ranges; None where there is none.

    ``anchored``: a document or 本条, 前款 stands right before, so bare labels (二、(三)1.) count too.
    """
    first = _token(text, at, bare=anchored)
    if first is None:
        return None
    steps, end = first
    if not anchored and not _means_a_clause(text, at, steps[0], end):
        return None
    cited: list[Cited] = [*_members(steps, ())]
    last: Address = (cited[-1].last or cited[-1].first)[-1:]
    while True:
        below = _token(text, end, bare=True)
        if below and below[0][0].rank > last[-1].rank and _descends(text, last[-1], below[0][0], end):
            *kept, tail = cited
            base = tail.last or tail.first
            under = [*_members(below[0], base)]
            if tail.last is not None and len(under) == 1:  # 第三条至第五条第二款
                under = [Cited(tail.first, under[0].first)]
            cited = [*kept, *under]
            last, end = cited[-1].last or cited[-1].first, below[1]
            continue
        separator = _SEPARATOR.match(text, end)
        following = _token(text, separator.end(), bare=False) if separator else None
        if separator and following is None and last[-1].level in (Level.ITEM, Level.PAREN, Level.DOT):
            following = _token(text, separator.end(), bare=True)
            if following and following[0][0].level is not Level.PAREN:
                following = None
        if separator is None or following is None:
            return Chain(tuple(cited), end)
        above = tuple(step for step in last if step.rank < following[0][0].rank)
        if not anchored or following[0][0].rank >= cited[0].first[0].rank:
            added = [*_members(following[0], above)]
        else:
            added = [*_members(following[0], ())]
        if _TO.match(separator.group()) and cited[-1].last is None and len(added) == 1:
            cited[-1] = Cited(cited[-1].first, added[0].first)
        else:
            cited += added
        last, end = cited[-1].last or cited[-1].first, following[1]


def _token(text: str, at: int, *, bare: bool) -> tuple[list[Step], int] | None:
    """The steps of one token (several for 第三、四条; a negative number marks the end of a range)."""
    m = _TOKEN.match(text, at)
    if m:
        level = Level(m["unit"])
        steps = [_step(level, t, sep, m["suffix"]) for sep, t in _MEMBER.findall(m["list"])]
        return ([s for s in steps if s], m.end()) if all(steps) else None
    if not bare:
        return None
    m = _PAREN.match(text, at)
    if m:
        number = to_int(m["list"])
        level = Level.ITEM if m["unit"] == "项" else Level.PAREN
        return ([Step(level, number)], m.end()) if number else None
    m = _CN.match(text, at)
    if m:
        number = to_int(m["list"])
        return ([Step(Level.CN, number)], m.end()) if number else None
    m = _NUM.match(text, at)
    if m:
        return [Step(Level.NUM, int(m["a"] or m["b"]))], m.end()
    return None


def _step(level: Level, label: str, glue: str, suffix: str | None) -> Step | None:
    inner = label.strip("()")
    number = ord(inner) - 0x245F if "①" <= inner <= "⑳" else to_int(inner)
    if not number:
        return None
    ranged = bool(glue and _TO.match(glue))
    return Step(level, -number if ranged else number, "之" + suffix if suffix else "")


def _members(steps: list[Step], above: Address) -> Iterator[Cited]:
    """Addresses of the members of one token under ``above``."""
    pending: Address | None = None
    for step in steps:
        if step.number < 0 and pending:
            yield Cited(pending, (*above, Step(step.level, -step.number, step.suffix)))
            pending = None
            continue
        if pending:
            yield Cited(pending)
        pending = (*above, Step(step.level, abs(step.number), step.suffix))
    if pending:
        yield Cited(pending)


def _descends(text: str, upper: Step, lower: Step, at: int) -> bool:
    """Whether ``lower`` right behind ``upper`` is its part: 第八条(二), 二、(三)1., never 第八条1."""
    if lower.level is Level.NUM:
        return upper.level in (Level.PAREN, Level.DOT) or (upper.level is Level.ITEM and text[at] == "第")
    if lower.level is Level.PAREN and upper.level in UPPER and upper.level is not Level.PART:
        return False
    return lower.level is not Level.CN or upper.level is Level.PART


def _means_a_clause(text: str, at: int, first: Step, end: int) -> bool:
    if first.level in (Level.ARTICLE,) or _SURE.match(text, at):
        return True
    if first.level in (*UPPER, Level.DOT):
        # 「第三部分为附则」 describes, 「按照第三部分」 cites; a heading glued into the text does neither.
        return bool(
            re.match(r"规定|所|中(?!国)|的(?:规定|要求)|第|有关|关于|要求|确定|明确", text[end : end + 4])
        ) or bool(
            re.search(
                r"(?:按照?|依照|依据|根据|违反|适用|参照|见|除|执行|符合|遵守|与|和)$",
                text[max(0, at - 3) : at],
            )
        )
    if first.level is Level.POINT and text.startswith("的", end):
        return False  # 第二目的
    return bool(_CLAUSE_WORDS.match(text, end))
