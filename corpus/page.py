"""A page as it comes from a web site: which part of it is which policy, and what is site furniture."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ceyin.corpus.markers import Family, marker_at
from ceyin.corpus.model import Span
from ceyin.corpus.units import Unit, split_units

_KINDS = (
    "通知|意见|办法|措施|方案|规定|细则|条例|决定|公告|通告|规划|纲要|计划|批复|函|政策|法|要点|规则|解释"
)
#: A line that can be the title of a policy: 「关于……的通知」, 「……办法(试行)」, 「……方案(2022—2035年)」.
TITLE_LINE = re.compile(rf"^[^。;!?]{{2,90}}(?:{_KINDS})》?(?:\s*的通知)?(?:\s*\([^()]{{1,40}}\))*$")
DOC_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,12}(?:字|发|办|规|函|号)?[\u4e00-\u9fff]{0,4}\s*[〔\[(【]\s*(?:19|20)\d{2}\s*[〕\])】]\s*\d{1,5}\s*号"
)
DATE = re.compile(r"([12]\d{3})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
#: 「来源:国家知识产权局 2025-04-01」 closes each entry of a listing page.
SOURCE_LINE = re.compile(r"^来源[:：]\s*\S{0,40}\s*(\d{4}-\d{2}-\d{2})\s*$")
FURNITURE = re.compile(
    r"责任编辑|扫一扫|扫码|打印|关闭窗口|版权所有|ICP备|公网安备|Copyright|上一篇|下一篇|相关阅读|分享到|浏览次数|字号|当前位置"
    r"|网站地图|我要纠错|本网"
    r"|主办单位|Processed in|政策详情|适用地区|政策领域|政策年份|电询|QQ|邮箱|^声明|二维码|^编辑[:：]|^附件下载"
)
_SIGNER_END = "局|厅|部|委|政府|办公室|办公厅|委员会|院|会|中心|行|社|总工会|军区|法院|检察院|银行|学会|协会|集团|公司|国务院|办"
_SIGNER = re.compile(rf"^[\u4e00-\u9fff()·、\s]{{2,60}}(?:{_SIGNER_END})$")
_DATE_ONLY = re.compile(r"^[12]\d{3}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*(?:印发)?$")
_SIGNED_DATE = re.compile(
    r"^[\u4e00-\u9fff()\s]{2,60}[12]\d{3}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日(?:\s*\([^()]{1,20}\))?$"
)


@dataclass(frozen=True, slots=True)
class Region:
    """A policy on a page: its whole range, the lines of its title and the paragraphs below them."""

    span: Span
    title: tuple[Unit, ...]
    body: tuple[Unit, ...]
    published: str | None = None


def is_signer(text: str) -> bool:
    """Whether a paragraph is only the name of a public body."""
    return bool(_SIGNER.match(text)) and not TITLE_LINE.match(text)


def is_signature(text: str) -> bool:
    """Whether a paragraph is a date alone or a public body with a date."""
    return bool(_DATE_ONLY.match(text) or _SIGNED_DATE.match(text))


def find_policies(view: str) -> tuple[Region, ...]:
    """The policies of a page, in order; what lies outside their spans is furniture."""
    lines = [m.span() for m in re.finditer(r"[^\r\n]*\S[^\r\n]*", view)]
    closers = [i for i, (a, b) in enumerate(lines) if SOURCE_LINE.match(view[a:b].strip())]
    if len(closers) >= 2:
        return _listing(view, lines, closers)
    units = split_units(view, 0, len(view))
    region = _single(view, units)
    return (region,) if region else ()


def _listing(view: str, lines: list[tuple[int, int]], closers: list[int]) -> tuple[Region, ...]:
    regions: list[Region] = []
    first = 0
    for closer in closers:
        entry = list(range(first, closer))
        first = closer + 1
        if len(entry) < 2:
            continue
        if not regions:
            # The lines above the first entry are the head of the page.
            titles = [i for i in entry[:-1] if TITLE_LINE.match(view[slice(*lines[i])].strip())]
            entry = entry[entry.index(titles[-1]) :] if titles else entry[-2:]
        title = split_units(view, *lines[entry[0]])
        body_start, body_end = lines[entry[1]][0], lines[entry[-1]][1]
        m = SOURCE_LINE.match(view[slice(*lines[closer])].strip())
        regions.append(
            Region(
                Span(lines[entry[0]][0], lines[closer][1]),
                tuple(title),
                tuple(split_units(view, body_start, body_end) + split_units(view, *lines[closer])),
                m.group(1) if m else None,
            )
        )
    return tuple(regions)


def _single(view: str, units: list[Unit]) -> Region | None:
    if not units:
        return None
    body_at = _body_start(view, units)
    title = _title_above(view, units, body_at)
    if title is None:
        first = 0
        title = (0, 1)
        body_at = max(body_at, 1)
    else:
        first = title[0]
    last = _body_end(view, units, body_at)
    if last <= title[1] and last < len(units):
        last = len(units)
    span = Span(units[first].start, units[max(last - 1, first)].end)
    published = re.search(r"([12]\d{3}-\d{2}-\d{2})", view[: units[min(body_at, len(units) - 1)].start])
    return Region(
        span,
        tuple(units[title[0] : title[1]]),
        tuple(units[title[1] : last]),
        published.group(1) if published else None,
    )


def _body_start(view: str, units: list[Unit]) -> int:
    """The index of the first paragraph of the policy's own words: salutation, number line, label or long text."""
    for i, unit in enumerate(units):
        text = unit.cut(view)
        if FURNITURE.search(text) and len(text) < 120:
            continue
        if text.endswith(":") and len(text) > 8 and re.search(r"[各区市县省局厅部委府司位]", text):
            return i
        marker = marker_at(view, unit.start)
        if marker and marker.number == 1 and marker.family in (Family.CN, Family.ARTICLE, Family.CHAPTER):
            # An unnumbered preamble above the first label belongs to the body.
            j = i
            while (
                j > 0
                and len(units[j - 1].cut(view)) > 60
                and units[j - 1].cut(view).endswith(("。", ":", ";"))
            ):
                j -= 1
            return j
    for i, unit in enumerate(units):
        if len(unit) > 60 and unit.cut(view).endswith("。"):
            return i
    return min(1, len(units) - 1)


def _title_above(view: str, units: list[Unit], body_at: int) -> tuple[int, int] | None:
    """The lines of the title nearest above the body (a title may be broken over up to four lines)."""
    for end in range(body_at, 0, -1):
        text = units[end - 1].cut(view)
        if not re.search(
            rf"(?:{_KINDS})》?(?:\s*\([^()]{{1,40}}\)|\s*〔.*号\)?)*\s*$", text
        ) or FURNITURE.search(text):
            continue
        for start in range(end - 1, max(-1, end - 5), -1):
            joined = "".join(units[k].cut(view) for k in range(start, end))
            if FURNITURE.search(joined) or re.search(r"[。;!?]", joined) or len(joined) > 120:
                break
            above = units[start - 1].cut(view) if start else ""
            whole = "关于" in joined or start == 0 or not _continues(above)
            if whole and TITLE_LINE.match(re.sub(r"\s*\([^()]*号\)$", "", joined)):
                return start, end
    return None


def _continues(above: str) -> bool:
    """Whether a line above a title line may be its beginning: short, no closing punctuation, no date."""
    return (
        bool(above)
        and len(above) < 60
        and not re.search(r"[。;:!?|]|\d{4}-\d{2}|^>$", above)
        and not DOC_NUMBER.search(above)
    )


def _body_end(view: str, units: list[Unit], body_at: int) -> int:
    """One past the last paragraph of the policy: after its signature, or before the site's last lines."""
    for i in range(body_at, len(units)):
        if not is_signature(units[i].cut(view)):
            continue
        following = units[i + 1 : i + 8]
        if not any(_opens_annex(view, u) for u in following):
            return i + 1
    end = len(units)
    while end > body_at + 1 and (FURNITURE.search(units[end - 1].cut(view)) or len(units[end - 1]) <= 2):
        end -= 1
    return end


def _opens_annex(view: str, unit: Unit) -> bool:
    text = unit.cut(view)
    if FURNITURE.search(text):
        return False
    marker = marker_at(view, unit.start)
    if marker and marker.number == 1 and marker.family in (Family.CN, Family.ARTICLE, Family.CHAPTER):
        return True
    return bool(re.match(r"附件?\s*\d*\s*[:：]?$", text)) or bool(TITLE_LINE.match(text) and len(text) > 6)
