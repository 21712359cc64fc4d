"""Finding: every place in a clause's normalised text that names a clause or a document.

One pass over the text; nothing is looked up here (``references.py`` resolves). A mention of a document takes
the clause behind it along: 《示例法》第三条 and 本办法第五条第二款 are one mention each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from ceyin.corpus.numerals import ORDINAL_CHARS, to_int
from ceyin.corpus.referring.addresses import Cited, read_addresses
from ceyin.corpus.referring.lawnames import APPLIES, name_before
from ceyin.corpus.referring.titles import NUMBER_TAIL, number_before, number_in, written


class Anchor(StrEnum):
    """What the addresses of a mention are relative to."""

    NONE = "none"  # 第五条, 按照(二)执行
    SELF = "self"  # 本办法
    HERE = "here"  # 本条, 本款, 本章
    BEFORE = "before"  # 前款, 前两条, 上款
    ABOVE = "above"  # 上述第(二)项
    TITLE = "title"  # 《示例法》, 《示例法》(示发〔2024〕1号)
    NUMBER = "number"  # 示发〔2024〕1号, 28号文
    NAME = "name"  # 示例法第五条, a short name
    THAT = "that"  # 该办法第五条
    ANNEX = "annex"  # 附件2, 附表


@dataclass(frozen=True, slots=True)
class Mention:
    """A place ``[start, end)`` of a text; ``word`` is the unit or kind word (款, 办法), ``count`` how many."""

    start: int
    end: int
    anchor: Anchor
    chain: tuple[Cited, ...] = ()
    word: str = ""
    count: int = 1
    title: str | None = None
    number: str | None = None
    short: str | None = None
    short_quoted: bool = False  # 以下简称《通知》: later in 《》 too, the bare word is any notice


_O = ORDINAL_CHARS
_MOD = r"(?:实施|管理|暂行|试行|工作|补充|若干|指导|行动|专项|操作|评价|建设|发展|五年)"
_KIND = (
    r"(?:条例|办法|规定|通知|细则|方案|意见|规则|措施|计划(?!生育|单列)|规划|纲要|决定|公告|通告|要点|章程|规程|解释|安排|公约|协定|政策|文件|制度|规范|指南|指引"
    r"|标准|批复|法(?![人院官学律]|定代|规(?!定)|制(?!定)))"
)
_LEVELS = (
    r"(?:条(?![件例约目款])|款(?![项式型待])|项(?![目链])|目(?![标录的前])|章(?!程)|节(?![目能约课日点])"
    r"|编(?![制号码辑写委]))"
)
_TRIGGER = re.compile(
    rf"(?P<title>《)"
    rf"|(?P<num>第(?=[{_O}\d(①-⑳]))"
    rf"|本(?<![基根日资样文版副剧课译脚范亏股抄书]本)(?<!(?<![构完达变形])成本)(?:(?P<self>{_MOD}{{0,2}}{_KIND})|(?P<here>{_LEVELS}))"
    rf"|前(?<![目当提先]前)(?P<before>[一两二三四五六七八九十]?{_LEVELS})"
    rf"|上(?<![以加附网线]上)(?P<up>[一两二三]?[条款项章节](?![件例目项约链程]))"
    rf"|[上前以](?:述|列)(?=第?[(\d{_O}])"
    rf"|[上前](?P<those>述条款)"
    rf"|该(?P<it>[条款项](?=规定|所[列称]|第|中的?规定))"
    rf"|[该同](?<!合同)(?P<that>{_MOD}{{0,2}}{_KIND})"
    rf"|附(?P<annex>件|表|录|图(?=[\d{_O}]))"
    rf"|(?P<bracket>[〔\[(【](?=\s?(?:19|20)\d\d\s?[〕\])】]))"
    rf"|(?P<paren>\((?=[{_O}]{{1,3}}\)))"
    rf"|号(?P<wen>文(?![化物明]))"
    rf"|法(?=的?(?:有关|相关)?规定)(?P<law>)"
    rf"|[令年](?P<order>第\s?\d{{1,4}}\s?号)"
)
_TITLE = re.compile(r"《([^《》]*(?:《[^《》]*》[^《》]*)*)》")
# Damage may take the closing 》: the title then ends with the first word that ends titles.
_UNCLOSED = re.compile(
    r"《(关于[^《》。;,:()]{4,60}?(?:办法|方案|意见|通知|规定|细则|条例|措施|计划|规划|纲要|决定|公告))(?=[(,。;、]|$)"
)
_INSIDE = re.compile(r"\(((?:[^()]|\([^()]*\)){1,120})\)")
_EDITION = re.compile(r"(?:试行|暂行|修订|修正|[12]\d{3}.{0,12}(?:年|版|修[订正].?)|征求意见稿|草案)+$")
_SHORT = re.compile(r"(?:以下|下)(?:统一?)?(?:并)?简?称(?:为)?[:“\"《〈]?([^”\"》〉,。]{2,24}?)[”\"》〉]?$")
# 「按照(二)执行」 but not 「支持:(一)…」
_CUE = re.compile(
    rf"(?:按照?|依照|照|依据|根据|符合|参照|适用|执行|见|违反|满足|除|属于|同|[条款项])(?P<cn>[{_O}]{{1,3}}、)?$"
)
_AFTER_PAREN = re.compile(
    r"执行|规定|项|的|所|、\(|和|至|到|或|款|要求|办理|处理|[,。;)]|条|情形|标准|条件|实施|中|$"
)
# 〔1996〕示字第82号: the year before the letters.
_TURNED = re.compile(r"[〔\[(【]\s?(?:19|20)\d\d\s?[〕\])】][\u4e00-\u9fff]{1,8}第?\d{1,4}号")
_DIGITS = re.compile(rf"(?:\d{{1,2}}|[{_O}]{{1,3}})(?!年|月|万|元|份|张|个|[.\d])")
_ANNEX_CUE = re.compile(
    r"(?:见|照|据|写|阅|按|如|及|和|与|由|本[\u4e00-\u9fff]{1,4}的?|以|在|附|〔|\(|列入|执行|符合|对)$"
)
_ANNEX_AFTER = re.compile(
    r"第[一二三四五六七八九十\d]{1,4}[条款项]|规定|所列|所示|所附|中|的(?:规定|要求|标准)|载明|确定|列明|\)|要求|执行"
)
_FOLLOWS = re.compile(r"[条款](?:所列|所述|规定|中)的?$")


def find(text: str) -> tuple[Mention, ...]:
    """Every mention in ``text``, in order, none overlapping another."""
    out: list[Mention] = []
    at = 0
    floor = 0
    while m := _TRIGGER.search(text, at):
        found = _read(text, m, floor)
        if found is None:
            at = m.start() + 1
            continue
        out.append(found)
        at = floor = max(found.end, m.start() + 1)
        if found.short and (inner := _INSIDE.match(text, found.end)):
            at = floor = inner.end()  # the short name where it is given cites nothing
    return tuple(out)


def _read(text: str, m: re.Match[str], floor: int) -> Mention | None:
    kind, start = m.lastgroup, m.start()
    if kind == "title":
        return _titled(text, start)
    if kind == "num":
        return _numbered_clause(text, start, floor)
    if kind == "self":
        return _anchored(text, start, m.end(), Anchor.SELF, m["self"])
    if kind == "here":
        return _anchored(text, start, m.end(), Anchor.HERE, m["here"])
    if kind in ("before", "up"):
        words = m["before"] or m["up"]
        return _before(text, m, words)
    if kind is None:
        return _anchored(text, start, m.end(), Anchor.ABOVE, "", needs_chain=True)
    if kind == "that":
        return _anchored(text, start, m.end(), Anchor.THAT, m["that"], needs_chain=True)
    if kind == "law":
        return _law(text, start + 1, floor)
    if kind in ("those", "it"):
        return _anchored(text, start, m.end(), Anchor.THAT, m[kind][-2:] if kind == "those" else m["it"])
    if kind == "annex":
        return _annex(text, start, m.end(), floor)
    if kind == "paren":
        return _bare_paren(text, start, floor)
    return _document_number(text, m, floor)


def _anchored(
    text: str, start: int, end: int, anchor: Anchor, word: str, *, count: int = 1, needs_chain: bool = False
) -> Mention | None:
    at = end + 1 if text.startswith("的", end) and text.startswith("第", end + 1) else end
    chain = read_addresses(text, at, anchored=True)
    if chain is None:
        return None if needs_chain else Mention(start, end, anchor, word=word, count=count)
    return Mention(start, chain.end, anchor, chain.cited, word, count)


def _before(text: str, m: re.Match[str], words: str) -> Mention | None:
    unit, number = words[-1], words[:-1]
    after = text[m.end() : m.end() + 3]
    if number and unit in "项条章节" and not re.match(r"规定|所列|所|的|情形|行为|中|第", after):
        return None  # 「前三项指标」 counts indicators
    if m["up"] and not re.match(r"规定|所列|所|第|情形|执行|的", after):
        return None
    return _anchored(
        text, m.start(), m.end(), Anchor.BEFORE, unit, count=to_int(number) or 1 if number else 1
    )


def _numbered_clause(text: str, start: int, floor: int) -> Mention | None:
    name = name_before(text, start, floor)
    chain = read_addresses(text, start, anchored=name is not None)
    if chain is None and _FOLLOWS.search(text[max(0, start - 6) : start]):
        chain = read_addresses(text, start, anchored=True)  # 第三条所列第二项材料
    if chain is None:
        return None
    top = chain.cited[0].first[0].level.value
    if name is None or top not in ("条", "章", "编", "节"):
        return Mention(start, chain.end, Anchor.NONE, chain.cited)
    at, words = name
    if words.startswith("*"):
        return Mention(at, chain.end, Anchor.THAT, chain.cited, words[1:])
    return Mention(at, chain.end, Anchor.NAME, chain.cited, title=words)


def _law(text: str, end: int, floor: int) -> Mention | None:
    """依照示例法的规定: a law without 《》 and without article, right behind the word that applies it."""
    at, name = name_before(text, end, floor) or (0, "*")
    if name.startswith("*") or len(name) < 3 or not APPLIES.search(text[max(0, at - 2) : at]):
        return None
    return Mention(at, end, Anchor.NAME, title=name)


def _titled(text: str, start: int) -> Mention | None:
    m = _TITLE.match(text, start) or (_UNCLOSED.match(text, start) if "》" not in text[start:] else None)
    if m is None or not m[1].strip():
        return None
    title, end, number, short, quoted = m[1], m.end(), None, None, False
    at = end
    while inner := _INSIDE.match(text, at):
        words = inner[1]
        named = _SHORT.search(words)
        found = number_in(words)
        if named:
            short, quoted = named[1], "《" in named.group()
        if found:
            number, end = found, inner.end()
        elif _EDITION.match(words):
            title, end = f"{title}({words})", inner.end()
        elif not named:
            break
        at = inner.end()
    follow = at if at > end else end
    follow += text.startswith("的第", follow)
    chain = read_addresses(text, follow, anchored=True)
    if chain:
        end = chain.end
    return Mention(
        start,
        end,
        Anchor.TITLE,
        chain.cited if chain else (),
        title=title,
        number=number,
        short=short,
        short_quoted=quoted,
    )


def _document_number(text: str, m: re.Match[str], floor: int) -> Mention | None:
    if m.lastgroup == "wen":
        digits = re.search(
            r"(?:([\u4e00-\u9fff]{1,5}[发函办字规]))?(\d{1,4})$", text[max(floor, m.start() - 10) : m.start()]
        )
        if digits is None:
            return None
        lead = (digits[1] or "").removeprefix("按照").removeprefix("根据")
        start = m.start() - len(digits[2]) - len(lead)
        end = m.end() + text.startswith("件", m.end())
        return Mention(start, end, Anchor.NUMBER, number=f"{lead}{digits[2]}号")
    if m.lastgroup == "order":
        number = number_in(text[max(floor, m.start() - 24) : m.end()])
        if number is None:
            return None
        return Mention(m.end() - len(number), m.end(), Anchor.NUMBER, number=number)
    if turned := _TURNED.match(text, m.start()):
        return Mention(m.start(), turned.end(), Anchor.NUMBER, number=written(turned.group()))
    tail = NUMBER_TAIL.match(text, m.start())
    found = number_before(text, tail, floor) if tail else None
    if found is None:
        return None
    end = found.end + (2 if text.startswith("文件", found.end) else text.startswith("文", found.end))
    at = end
    if (inner := _INSIDE.match(text, end)) and _SHORT.search(inner[1]):
        at = inner.end()
    chain = read_addresses(text, at + text.startswith("的第", at), anchored=True)
    return Mention(
        found.start,
        chain.end if chain else end,
        Anchor.NUMBER,
        chain.cited if chain else (),
        number=found.number,
    )


def _annex(text: str, start: int, end: int, floor: int) -> Mention | None:
    m = _DIGITS.match(text, end)
    stop = m.end() if m else end
    number = to_int(m.group()) if m else None
    if start == 0 and (stop == len(text) or text[stop] in ":、.《"):
        return None  # the heading of the annex itself, or of the list of annexes
    before, after = text[max(0, start - 5) : start], text[stop : stop + 5]
    if number is None and not (_ANNEX_CUE.search(before) or _ANNEX_AFTER.match(after)):
        return None
    if text[stop - 1 : stop + 1] in ("件的", "图的") and not _ANNEX_CUE.search(before):
        return None
    chain = read_addresses(text, stop, anchored=False)  # 附录第二条
    return Mention(
        start,
        chain.end if chain else stop,
        Anchor.ANNEX,
        chain.cited if chain else (),
        word=text[start:end],
        count=number or 0,
    )


def _bare_paren(text: str, start: int, floor: int) -> Mention | None:
    cue = _CUE.search(text[max(floor, start - 8) : start])
    if cue is None:
        return None
    at = start - len(cue["cn"]) if cue["cn"] else start
    chain = read_addresses(text, at, anchored=True)
    if chain is None or not _AFTER_PAREN.match(text, chain.end):
        return None
    return Mention(at, chain.end, Anchor.NONE, chain.cited)
