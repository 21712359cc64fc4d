"""Clause labels (第X条, 一、, (一), 1., (1), ①, ——, 第一阶段) and the words that show a label to be a reference.

A label in running text is usually a reference (「第五条规定的标准」, 「按照(二)执行」) and starts nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from ceyin.corpus.numerals import LOOK_ALIKES, ORDINAL_CHARS, to_chinese, to_int


class Family(StrEnum):
    """A way of numbering; 编, 章 and 节 give headings only, the others are parts of an address."""

    BOOK = "编"
    SUBBOOK = "分编"
    CHAPTER = "章"
    SECTION = "节"
    ARTICLE = "条"
    PART = "部分"
    CN = "一、"
    STAGE = "阶段"
    PAREN_CN = "(一)"
    NUM = "1."
    PAREN_NUM = "(1)"
    CIRCLED = "①"
    DASH = "——"

    @property
    def heading_only(self) -> bool:
        """Whether this family never stands in a path."""
        return self in HEADING_FAMILIES


HEADING_FAMILIES = frozenset((Family.BOOK, Family.SUBBOOK, Family.CHAPTER, Family.SECTION))
#: How deep a family usually stands; a document may nest them otherwise (第X条 holding 一、二、).
DEPTH: dict[Family | None, int] = {family: depth for depth, family in enumerate(Family)}


@dataclass(frozen=True, slots=True)
class Marker:
    """A label found in a text: ``number`` is None where the damage took it (「()推进」), ``suffix`` is 之N."""

    family: Family
    number: int | None
    label: str
    start: int
    end: int
    suffix: int = 0


_O = ORDINAL_CHARS + LOOK_ALIKES
_S = r"[ \t]*"
_NUMBER = rf"[{_O}]{{1,9}}(?:{_S}[{_O}]{{1,9}}){{0,4}}|\d{{1,4}}"
_LABEL = re.compile(
    # 第 二 条, 第十条之一, 第21条, 笫三条 (a slip of character recognition)
    rf"[第笫]{_S}(?:(?P<article>{_NUMBER}){_S}条(?:{_S}之{_S}(?P<suffix>[{_O}]{{1,3}})(?![{_O}]))?"
    rf"|(?P<heading>{_NUMBER}){_S}(?P<unit>分编|编|章|节)"
    rf"|(?P<part>[{_O}]{{1,3}})部分(?=[:、 \r\n]|$)|(?P<stage>[{_O}]{{1,3}})阶段(?=[: ]))"
    rf"|(?P<cn>[{_O}]{{1,4}}|[—ー]){_S}、"
    rf"|\({_S}(?P<paren_cn>[{_O}]{{1,4}}|[—ー]?){_S}\)(?P<lost>(?=[\u4e00-\u9fff]))?|(?P<paren_one>[㈠-㈩])"
    r"|\(\s*(?P<paren_num>\d{1,2})\s*\)|(?P<half>\d{1,2})\)|(?P<paren_digit>[⑴-⒇])"
    # 1.推进, 1. 申报主体, 1、 — but not 4.26, 1.5万 or 2026.3.1
    r"|(?P<num>\d{1,2})[ \t]?[.、](?!\d)|(?P<num_digit>[⒈-⒛])"
    r"|(?P<circled>[①-⑳❶-❿])"
    r"|(?P<dash>——|──|--|―――|―|—)(?=[^\s\d、)])"
)
#: What a label can begin with: all else is turned away at once.
_FIRST = frozenset(
    "第笫(—─-―ー"
    + _O
    + "0123456789"
    + "".join(map(chr, range(0x2460, 0x249C)))
    + "❶❷❸❹❺❻❼❽❾❿㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
)
_PLAIN_FAMILIES = {
    "part": Family.PART, "stage": Family.STAGE, "cn": Family.CN, "paren_cn": Family.PAREN_CN, "paren_num": Family.PAREN_NUM,
    "half": Family.PAREN_NUM, "num": Family.NUM,
}  # fmt: skip
#: The first character of each range of one-character labels.
_ONE_CHARACTER = {
    "paren_one": (Family.PAREN_CN, 0x3220), "paren_digit": (Family.PAREN_NUM, 0x2474), "num_digit": (Family.NUM, 0x2488),
}  # fmt: skip


def marker_at(text: str, at: int) -> Marker | None:
    """The label that stands at ``at``, read as a clause label; ``text`` is the one-for-one view."""
    if at >= len(text) or text[at] not in _FIRST:
        return None
    m = _LABEL.match(text, at)
    if m is None:
        return None
    kind = m.lastgroup
    if kind in ("article", "suffix"):
        number, suffix = to_int(m["article"]), m["suffix"]
        label = f"第{_cn(number)}条" + (f"之{suffix}" if suffix else "")
        return (
            Marker(Family.ARTICLE, number, label, at, m.end(), to_int(suffix) or 0 if suffix else 0)
            if number
            else None
        )
    if kind == "unit":
        number = to_int(m["heading"])
        return (
            Marker(Family(m["unit"]), number, f"第{_cn(number)}{m['unit']}", at, m.end()) if number else None
        )
    if kind == "dash":
        return Marker(Family.DASH, None, "——", at, m.end())
    if kind == "circled":
        number = ord(m["circled"]) - (0x245F if m["circled"] < "❶" else 0x2775)
        return Marker(Family.CIRCLED, number, chr(0x245F + number), at, m.end())
    if kind in _ONE_CHARACTER:
        family, first = _ONE_CHARACTER[kind]
        number = ord(m[kind]) - first + 1
        return Marker(family, number, label_of(family, number), at, m.end())
    if kind in ("paren_cn", "lost") and not m["paren_cn"]:
        # 「()推进制度建设」: the number is lost; 「()」 before anything else is no label
        return Marker(Family.PAREN_CN, None, "?", at, m.end()) if kind == "lost" else None
    kind = "paren_cn" if kind == "lost" else kind
    assert kind is not None
    family = _PLAIN_FAMILIES[kind]
    number = 1 if m[kind] in ("—", "ー") else to_int(m[kind])
    return Marker(family, number, label_of(family, number), at, m.end()) if number else None


def _cn(number: int | None) -> str:
    return to_chinese(number) if number else "?"


def label_of(family: Family, number: int) -> str:
    """How a number of a family stands in an address."""
    if family is Family.PAREN_CN:
        return f"({to_chinese(number)})"
    if family is Family.PAREN_NUM:
        return f"({number})"
    if family is Family.NUM:
        return str(number)
    if family is Family.CIRCLED:
        return chr(0x245F + number)
    if family in (Family.CN, Family.DASH):
        return to_chinese(number)
    return f"第{to_chinese(number)}{family.value}"


#: What follows only a reference to an article, and what may also begin one's words: 「第九条修改章程……」.
_CITED_ARTICLE = re.compile(
    r"规定的|之?规定[,、予处给]|所列|所称|所述|所指|的(?!确)|[至到]\s*第|[、,和与或及]\s*第|或者第|以及第"
    r"|第[一二三四五六七八九十\d]+[款项]|第?\([一二三四五六七八九十]+\)|情形"
)
#: What shows a reference even behind a blank: 「第四条 至第六条」, 「第五条 第一款的规定」.
_CITED_BEHIND_BLANK = re.compile(
    r"[至到]\s*第|第[一二三四五六七八九十\d]+款|、\s*第[一二三四五六七八九十百\d]+条"
)
_AFTER_ARTICLE = re.compile(
    rf"{_CITED_ARTICLE.pattern}|规定|中(?!国|央|小|外|介|华|止|心|等|共|标)|款|项(?!目)|条件|修改|改为|作为"
)
#: 「一、二级工坊由……评定」, 「二、三季度」: the numerals belong to the word behind them.
_AFTER_CN = re.compile(
    r"\s?[一二三四五六七八九十]{1,3}\s?(?:、\s?[一二三四五六七八九十]{1,3}\s?)?[级类档等批季度线流产]"
)
#: 「第五条第(二)、(三)项」, 「附表中(二)规定的数量」
_AFTER_ITEM = re.compile(r"项(?!目)|款(?!项)|目(?![标录的前])|规定的|所列|所称|执行|办理|、\s*\(")
_AFTER_HEADING = re.compile(r"规定|的|所|第|、第|至第|和第|中")
#: What stands before a reference.
_BEFORE_REFERENCE = re.compile(
    r"(?:按照|依照|按|依据|根据|违反|符合|适用|参照|执行|依|本条|本款|本办法|本细则|前款|上述|见|对|由|将|在|和|与|或|及|以及|除|法|条例|规定|办法》?|意见|》|第[一二三四五六七八九十百\d]+[条款编章节]"
    r"|项|款|、|至|到|第|第\s*(?:\([一二三四五六七八九十]+\)[、,和至]?)+)\s*(?:本办法|本规定|本条例|本法|本通知|第)?\s*$"
)


def is_reference(text: str, marker: Marker) -> bool:
    """Whether the words around a label inside a paragraph show that it names a clause instead of beginning one."""
    if reads_on(text, marker):
        return True
    if marker.family is Family.PAREN_CN and _AFTER_ITEM.match(text, marker.end):
        return True
    return bool(_BEFORE_REFERENCE.search(text[max(0, marker.start - 14) : marker.start]))


def reads_on(text: str, marker: Marker) -> bool:
    """Whether the words go on behind a label as behind a reference: 「第五条规定的标准减半」.

    「第五条 规定的标准…」 with white space does not, nor does the label of an item.
    """
    if marker.family is Family.ARTICLE:
        return bool(_AFTER_ARTICLE.match(text, marker.end))
    if marker.family is Family.CN:
        return bool(_AFTER_CN.match(text, marker.end))
    return marker.family in HEADING_FAMILIES and bool(_AFTER_HEADING.match(text, marker.end))


def may_be_cited(text: str, marker: Marker) -> bool:
    """Whether the words behind 第X条 may be those behind a reference, blanks between them aside."""
    return bool(_AFTER_ARTICLE.match(re.sub(r"\s", "", text[marker.end : marker.end + 16])))


def is_cited(text: str, marker: Marker) -> bool:
    """Whether a label at the beginning of a paragraph can only be a reference."""
    if marker.family is Family.ARTICLE:
        behind = text[marker.end : marker.end + 16]
        if behind[:1].isspace():
            return bool(_CITED_BEHIND_BLANK.match(behind.lstrip()))
        return bool(_CITED_ARTICLE.match(behind.replace(" ", "")))
    return reads_on(text, marker)


_INLINE = re.compile(
    rf"[第笫]{_S}[{_O}\d]|\(\s*[{_O}—ー]{{0,4}}\s*\)|[㈠-㈩①-⑳⑴-⒛]"
    rf"|(?<=[。;:!?])[ \t]*(?:[{_O}]{{1,4}}、|\d{{1,2}}[.、)](?!\d)|\(\d{{1,2}}\))"
)
_SENTENCE_END = '。;:!?〕】)"”’'


def inline_markers(text: str, start: int, end: int, lead: Marker | None) -> list[tuple[Marker, bool]]:
    """Labels inside a paragraph that may begin a clause, each with whether it clearly does.

    Clearly: a sentence ends right before it, or another label (``lead`` is that of the paragraph itself).
    「一、」, 「1.」 and 「(1)」 count only there; 第X条, 第X章 and (一) count anywhere, and the outline then takes
    only those that continue a sequence.
    """
    out: list[tuple[Marker, bool]] = []
    label_end = lead.end if lead else start
    before_marker = lead
    for m in _INLINE.finditer(text, start + 1, end):
        at = m.end() - len(m.group().lstrip())
        marker = marker_at(text, at)
        if marker is None or marker.end > end or marker.start < label_end:
            continue
        before = text[max(start, at - 40) : at].rstrip()
        adjacent = not text[label_end:at].strip()
        clear = adjacent or not before or before[-1] in _SENTENCE_END
        if marker.family not in _ANYWHERE and not clear:
            continue
        if _continues_item(text, before_marker, marker):
            clear = True  # 「(二)……项目、(三)……」: the end of (二) is cut off
        elif reads_on(text, marker) if adjacent else is_reference(text, marker):
            continue
        out.append((marker, clear))
        before_marker = marker
        label_end = marker.end
    return out


def _continues_item(text: str, before: Marker | None, marker: Marker) -> bool:
    """Whether a label right behind an item with words of its own is the next number of the same list."""
    return (
        before is not None
        and before.family is marker.family is Family.PAREN_CN
        and marker.number is not None
        and before.number == marker.number - 1
        and marker.start - before.end > 6
        and not _AFTER_ITEM.match(text, marker.end)
        and (text[marker.start - 1] in "、," or not is_reference(text, marker))
    )


_ANYWHERE = HEADING_FAMILIES | {Family.ARTICLE, Family.PAREN_CN}
