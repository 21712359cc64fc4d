"""Names of documents in running text: 《title》, document number, and whether 《…》 names a policy at all."""

from __future__ import annotations

import re
from dataclasses import dataclass

# The last word of a policy's title; the others in 《》 are books, papers, forms, standards, awards.
_POLICY = re.compile(
    r"(?:法|法典|宪法|条例|办法|规定|通知|意见|纲要|规划|方案|决定|决议|细则|措施|要点|计划|规则|规程|批复|解释|章程|公约|协定|条约|议定书|宣言|复函"
    r"|政策|战略|部署|解答|纪要|预案|[总通税准]则|条令|修正案|\d+条|[一二三四五六七八九十]+条)$"
)
# 《关于甲的公告》 is one, 《商标公告》 a gazette, 《买卖协议》 a paper.
_ABOUT = re.compile(r"关于.*(?:公告|通告|通报|报告|函|建议|答复|命令|令|协议)$")
# These are issued by authorities and by standards bodies alike: the words around decide.
_EITHER = re.compile(
    r"(?:指南|指引|规范|标准|目录|清单|名录|导则|守则|指标|大纲|制度|框架|名单|图|体系|程序|流程|分类|代码|手册|须知|要求|事项|定额|工程|行动)$"
)
_STANDARD = re.compile(
    r"(?:GB|ISO|IEC|DB|T/|国家标准|行业标准|团体标准|地方标准)\s*[/\dA-Z]*|^(?:国家标准|等国家标准|等标准|等国际标准|标准)"
)
_TAIL = re.compile(r"(?:\([^()]*\)|〈[^〈〉]*〉|<[^<>]*>|[\d\s]+年?版?)+$")
_RULES = re.compile(r"(?:根据|依据|按照?|依照|遵照|贯彻|落实|执行|实施|印发|废止|违反)[^。;,]{0,30}$")
_BRACKET = r"[〔\[(【]\s*(?:19|20)\d{2}\s*[〕\])】]"
#: 国知发运字〔2023〕28号 in all its brackets, from the bracket on.
NUMBER_TAIL = re.compile(rf"{_BRACKET}\s*(?:第\s*)?\d{{1,5}}\s*号")
# The letters of a body before the bracket, without the words that lead to the number.
_LEAD = re.compile(
    r"^.*(?:按照|根据|依据|依照|遵照|落实|执行|参照|废止|印发|文件|通知|意见|办法|关于|以及|[的和与及见将对以由在等、按])(?=[\u4e00-\u9fff]{2,})"
)
_LETTERS = re.compile(r"[\u4e00-\u9fff]{1,16}$")
_ORDER = re.compile(
    r"(?:[\u4e00-\u9fff]{1,20}(?:令|公告)\s*(?:\(?(?:19|20)\d{2}年\)?)?|[\u4e00-\u9fff]{2,20}(?:19|20)\d{2}年)第\s*\d{1,4}\s*号(?:令|公告)?"
)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A document number found in a text."""

    start: int
    end: int
    number: str


def is_policy(title: str, before: str = "", after: str = "") -> bool:
    """Whether 《title》 names a policy; ``before`` and ``after`` are the words of its sentence around it."""
    if _STANDARD.search(title) or _STANDARD.match(after.lstrip("》、等")):
        return False
    if title.startswith("关于") or "关于印发" in title:
        return True
    name = _TAIL.sub("", title) or title
    if _POLICY.search(name) or _ABOUT.search(name):
        return True
    if _EITHER.search(name):
        return not re.search(r"国家标准|标准(?:认证|化)|认证", after[:20]) and bool(_RULES.search(before))
    return False


def number_before(text: str, tail: re.Match[str], floor: int = 0) -> Numbered | None:
    """The whole number whose bracket part is ``tail``: 「按照国知发运字〔2023〕28号」 gives 国知发运字…"""
    head = text[max(floor, tail.start() - 16) : tail.start()]
    letters = _LETTERS.search(head.rstrip())
    if not letters:
        return None
    word = letters.group()
    lead = _LEAD.match(word)
    if lead:
        word = word[lead.end() :]
    start = tail.start() - (len(head) - len(head.rstrip())) - len(word)
    return Numbered(start, tail.end(), written(word + tail.group()))


def number_in(text: str) -> str | None:
    """The document number inside a parenthesis behind a title: (国知发〔2023〕2号), (国务院令第706号)."""
    tail = NUMBER_TAIL.search(text)
    if tail:
        found = number_before(text, tail)
        return found.number if found else None
    order = _ORDER.search(text)
    return order.group() if order else None


def written(number: str) -> str:
    """A number as officials write it: brackets 〔〕 around the year, no spaces."""
    plain = re.sub(r"\s", "", number)
    return re.sub(r"[\[(【]((?:19|20)\d{2})[\])】]", r"〔\1〕", plain)
