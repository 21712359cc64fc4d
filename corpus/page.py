"""A page as it comes from a web site: which part of it is which policy, and what is site furniture."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ceyin.corpus.dates import DATE, PAGE_DATE
from ceyin.corpus.doc_numbers import is_number_line
from ceyin.corpus.markers import Family, marker_at
from ceyin.corpus.model import Span
from ceyin.corpus.normalise import normalise
from ceyin.corpus.signatures import PRINTED, is_person, is_signature, is_signer
from ceyin.corpus.status_table import is_table_line
from ceyin.corpus.titles import TITLE_LINE, balanced, ends_title, is_page_title, tidy
from ceyin.corpus.units import Unit, split_units, text_lines

#: 「来源:国家知识产权局 2025-04-01」 closes each entry of a listing page.
SOURCE_LINE = re.compile(r"^来源[:：]\s*\S{0,40}\s*(\d{4}-\d{2}-\d{2})\s*$")
FURNITURE = re.compile(
    r"责任编辑|扫一扫|扫码|打印|关闭窗口|版权所有|ICP备|公网安备|Copyright|上一篇|下一篇|相关阅读|分享到|浏览次数|字号|当前位置"
    r"|网站地图|我要纠错|本网|所在的?位置|首页\s*[>»›]|返回顶部|网站标识码|浏览量|阅读次数|无障碍|长者助手"
    r"|主办单位|Processed in|政策详情|适用地区|政策领域|政策年份|电询|QQ|邮箱|^声明|二维码|^编辑[:：]|^附件下载"
)
#: What stands below every page of a site and in no policy.
_FOOTER = re.compile(
    r"版权所有|ICP备|公网安备|网站标识码|返回顶部|关闭窗口|扫一扫在手机|Copyright|上一篇|下一篇|网站地图"
)
#: 「示例市人民政府令」, its number behind it or in the next line.
_ORDER = re.compile(r"^[\u4e00-\u9fff、]{2,40}令(?:\(?第\S{1,8}号\)?)?$")
#: The line below the title of a page: its date, its source, 「发布日期:…」.
_DATED = re.compile(
    r"^(?:(?:19|20)\d{2}[-/年.]\d{1,2}[-/月.]\d{1,2}|(?:发布|公布)(?:日期|时间)[::]|来源[::]|时间[::]|日期[::]|发布者[::]|作者[::])"
)
#: The beginning of a title whose 「的通知」 stands in the next line: 「关于印发示例市人才办法」 「实施细则的通知」.
_INCOMPLETE = re.compile(
    r"关于(?:印发|转发|发布|公布|修改|废止|批转)(?!.*(?:的|等)(?:通知|公告|决定|函|批复|令|意见)$)"
)
#: No line of a title is longer.
_TITLE_LINE_MAX = 200
_MARKDOWN = re.compile(r"!\[[^\]]*\]\([^()]*\)|[*_]")
#: What may stand below the signature: 「(此件公开发布)」, 「抄送:…」, 「公开方式:主动公开」.
TAIL_NOTE = re.compile(
    r"^\(?(?:此件|此文|信息公开|公开方式|公开属性|公开类别|主动公开|依申请公开|抄送|主送|抄报|联系人|联系电话|本文有)"
)
_ADDRESSEE = re.compile(r"[各区市县省局厅部委府司位院员行会处代表室镇乡企业中心社所校公司]")
_NO_SALUTATION = re.compile(
    r"如下|下列|以下|附件|抄送|名单|[一二三四五六七八九十]、|^\(|来源|日期|时间|电话|地址|热词|联系人|事项:|^注|^备注|责任单位|牵头单位|(?:负责人|组长|成员|名单):$|。|[是为]:$"
)


@dataclass(frozen=True, slots=True)
class Region:
    """A policy on a page: its whole range, the lines of its title and the paragraphs below them.

    ``head`` are number lines above the title, ``above`` the words of the page above it (its status table).
    """

    span: Span
    title: tuple[Unit, ...]
    body: tuple[Unit, ...]
    published: str | None = None
    head: tuple[Unit, ...] = ()
    above: tuple[str, ...] = ()


def is_salutation(text: str) -> bool:
    """Whether a paragraph only says whom a policy is sent to: 「各区人民政府,市政府各部门:」."""
    return (
        text.endswith(":")
        and 3 <= len(text) <= 300
        and bool(_ADDRESSEE.search(text))
        and not _NO_SALUTATION.search(re.sub(r"\s", "", text))
        and not is_table_line(text)
        and not FURNITURE.search(text)
    )


def find_policies(view: str) -> tuple[Region, ...]:
    """The policies of a page, in order; what lies outside their spans is furniture."""
    lines = text_lines(view, 0, len(view))
    closers = [i for i, (a, b) in enumerate(lines) if b - a < 80 and SOURCE_LINE.match(view[a:b].strip())]
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
            at = entry.index(titles[-1]) if titles else len(entry) - 2
            if at and is_signer(view[slice(*lines[entry[at - 1]])].strip()):
                at -= 1
            entry = entry[at:]
        body_at = 1 + _more_title_lines(view, [lines[i] for i in entry])
        title = split_units(view, lines[entry[0]][0], lines[entry[body_at - 1]][1])
        body_start, body_end = lines[entry[body_at]][0], lines[entry[-1]][1]
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


def _more_title_lines(view: str, lines: list[tuple[int, int]]) -> int:
    """How many lines of an entry go on with the title of its first: 「示例市商务局」 「关于……的通知」."""
    joined = ""
    for k, line in enumerate(lines[: min(4, len(lines) - 1)]):
        joined += view[slice(*line)].strip()
        if TITLE_LINE.match(tidy(joined)):
            return k
        if len(joined) > 90:
            break
    return 0


def _single(view: str, units: list[Unit]) -> Region | None:
    if not units:
        return None
    texts = [u.cut(view) for u in units]
    body_at = _body_start(view, units, texts)
    title = _title_above(texts, body_at) or _page_title(texts, body_at)
    order = _order_above(texts, title[0] if title else body_at)
    if order is not None:
        title, body_at = None, order  # the text of the order comes first, what it issues is its annex
    first = title[0] if title else _first_of_body(texts, body_at)
    begin = title[1] if title else first
    head = first
    while head > 0 and is_number_line(texts[head - 1]) and (title or order is not None):
        head -= 1
    if order is not None and head > 0 and _ORDER.match(normalise(texts[head - 1])):
        head -= 1
    last = max(_body_end(view, units, texts, max(body_at, begin)), begin)
    if last <= begin and last < len(units):
        last = len(units)
    return Region(
        Span(units[head].start, units[max(last - 1, first)].end),
        tuple(units[first:begin]),
        tuple(units[begin:last]),
        _page_date(texts[begin:body_at], texts[:head]),
        tuple(units[head:first]),
        tuple(texts[max(0, head - 60) : head]),
    )


def _order_above(texts: list[str], title_at: int) -> int | None:
    """The first paragraph of an order (令) that issues the document below: 「……已经……通过,现予公布」."""
    for k in range(title_at - 1, max(-1, title_at - 16), -1):
        if _ORDER.match(normalise(texts[k])):
            after = k + 1
            while after < title_at and is_number_line(texts[after]):
                after += 1
            issued = "".join(texts[after:title_at])
            return after if re.search(r"公布|发布|签署|施行", issued) else None
    return None


def _body_start(view: str, units: list[Unit], texts: list[str]) -> int:
    """The index of the first paragraph of the policy's own words: salutation, label or long text."""
    for i, (unit, text) in enumerate(zip(units, texts, strict=True)):
        if len(text) < 120 and (FURNITURE.search(text) or is_table_line(text)):
            continue
        if is_salutation(text):
            return i
        marker = marker_at(view, unit.start)
        if marker and marker.number == 1 and marker.family in (Family.CN, Family.ARTICLE, Family.CHAPTER):
            # An unnumbered preamble above the first label belongs to the body.
            j = i
            while j > 0 and (_is_prose(texts[j - 1]) or _is_heading_in_body(texts, j - 1)):
                j -= 1
            return j
    for i, (unit, text) in enumerate(zip(units, texts, strict=True)):
        marker = marker_at(view, unit.start)
        if marker and marker.number == 1 and not FURNITURE.search(text[:120]):
            return next((j for j in range(i) if len(texts[j]) > 60 and texts[j].endswith("。")), i)
        if len(text) > 60 and text.endswith("。"):
            return i
    return next(
        (i for i, text in enumerate(texts) if len(text) > 15 and text.endswith("。")), min(1, len(units) - 1)
    )


def _is_prose(text: str) -> bool:
    return (
        len(text) > 15
        and text.endswith(("。", ":", ";", "!", "?"))
        and not is_table_line(text)
        and not FURNITURE.search(text[:60])
    )


def _is_heading_in_body(texts: list[str], at: int) -> bool:
    """Whether a short line is a heading below the first words of a page: prose above it, date or source above that."""
    return (
        at > 1
        and len(texts[at]) < 30
        and _is_prose(texts[at - 1])
        and any(_DATED.match(text) for text in texts[max(0, at - 8) : at - 1])
    )


def _title_above(texts: list[str], body_at: int) -> tuple[int, int] | None:
    """The lines of the title nearest above the body (a title may be broken over several lines)."""
    for end in range(body_at, 0, -1):
        if len(texts[end - 1]) > _TITLE_LINE_MAX:
            continue
        text = tidy(normalise(texts[end - 1]))
        if _is_page_title_at(texts, end - 1):
            return end - 1, end
        if (
            not (ends_title(text) or is_page_title("关于" + text))
            or FURNITURE.search(text)
            or is_table_line(text)
            or is_number_line(text)
        ):
            continue
        start = _title_start(texts, end)
        if start is not None:
            return start, end
    return None


def _title_start(texts: list[str], end: int) -> int | None:
    """The first line of the title that ends with line ``end - 1``."""
    found: int | None = None
    for start in range(end - 1, max(-1, end - 8), -1):
        joined = normalise("".join(texts[start:end]))
        if start < end - 1 and len(texts[start]) < 4:
            break  # the entries of a menu
        if (
            FURNITURE.search(joined)
            or re.search(r"[。;!?]", joined)
            or len(joined) > 160
            or is_table_line(texts[start])
        ):
            break
        above = texts[start - 1] if start else ""
        plain = tidy(re.sub(r"\s*\([^()]*号\)$", "", joined))
        whole = "关于" in joined or start == 0 or not _continues(above)
        named = TITLE_LINE.match(plain) or ("关于" in plain and is_page_title(plain))
        if not (whole and balanced(plain) and named):
            continue
        found = start
        if not _belongs(above, plain):
            break
    return found


def _continues(above: str) -> bool:
    """Whether a line above a title line may be its beginning: short, no closing punctuation, no date."""
    return (
        4 <= len(above) < 60
        and not re.search(r"[。;:!?|]|\d{4}-\d{2}|^>$|^[-=*]+$", above)
        and not (is_number_line(above) or is_table_line(above) or is_signature(above) or is_person(above))
        and not FURNITURE.search(above)
        and not (ends_title(normalise(above)) and not _INCOMPLETE.search(normalise(above)))
        and not re.search(r"(?:网站|门户|平台|频道|网)$", above)
    )


def _belongs(above: str, title: str) -> bool:
    """Whether a title goes on upwards: 「示例市人民政府办公室」 above 「关于……的通知」, 「……转发示例市商务局」."""
    if not _continues(above):
        return False
    above = normalise(above)  # 「示例市工坊服务中 心」
    if title.startswith(("关于", "转发", "印发", "批转", "对")):
        return is_signer(above) or bool(re.search(r"转发|批转|印发|发布", above))
    return bool(re.search(r"(?:转发|批转|印发|发布|公布|[、和及])$", above)) or (
        is_signer(above)
        and bool(re.match(r"[\u4e00-\u9fff\s]{4,30}关于", title))
        and len(above) < 30
        and above[:2] == title[:2]
    )


def _is_page_title_at(texts: list[str], at: int) -> bool:
    """Whether a line names a page that is no document: it opens its block, or date and source stand below it."""
    text = texts[at].strip()
    if not 6 <= len(text) <= 90 or _is_margin(text) or re.search(r"[。;,:]$", text) or marker_at(text, 0):
        return False
    opens = at == 0 or _is_margin(texts[at - 1])
    dated = at + 1 < len(texts) and bool(_DATED.match(texts[at + 1]))
    named = is_page_title(text) and len(text) >= 8
    return (named and (opens or dated)) or (opens and dated)


def _is_margin(text: str) -> bool:
    """Whether a line belongs to the page around the document: furniture, a row of the status table, a number."""
    return bool(FURNITURE.search(text)) or is_table_line(text) or is_number_line(text)


def _page_title(texts: list[str], body_at: int) -> tuple[int, int] | None:
    """A heading in Markdown, the page's own title line, or a short first line, where no document is named."""
    usable = [k for k in range(body_at - 1, -1, -1) if not _is_margin(texts[k])]
    for mark in ("# ", "Title:"):
        for k in usable:
            if texts[k].startswith(mark):
                return k, k + 1
    if usable and usable[-1] == 0 and body_at <= 4 and _is_first_title(texts):
        return 0, 1
    return None


def _is_first_title(texts: list[str]) -> bool:
    """Whether a short first line names the page, and is no heading like others that follow, no salutation."""
    first = texts[0]
    if tidy(first) != first and re.search(r"[-_|—].*(?:网|网站|门户|平台)$", first):
        return True  # a page's own title, the name of its site behind it
    if not 8 <= len(first) <= 60 or marker_at(first, 0):
        return False
    if re.search(r"[。;:,!?]$|^\d|^[-=*>]|(?:指出|明确|要求|提出|单位|职工|政府|附件)$|^各", first):
        return False
    alike = sum(
        1 for t in texts[1:] if re.fullmatch(r"[\u4e00-\u9fff“”《》、]{3,24}", t) and not is_signer(t)
    )
    return alike <= 1


def _first_of_body(texts: list[str], body_at: int) -> int:
    """Where a policy without a title begins: at its body, or at the lines right above it that are no furniture."""
    first = body_at
    while first > 0 and not (FURNITURE.search(texts[first - 1]) or is_table_line(texts[first - 1])):
        first -= 1
    return first


def _page_date(between: list[str], above: list[str]) -> str | None:
    """The date a page shows beside its title: 「2024-04-26 15:31 来源:…」."""
    for shown in [*between, *reversed(above[-8:])]:
        line = _MARKDOWN.sub("", shown).strip()
        m = PAGE_DATE.search(line) or DATE.search(line)
        if (
            m
            and len(line) < 160
            and (m.start() <= 12 or FURNITURE.search(line) or "来源" in line or "发布" in line)
        ):
            if is_table_line(line) and not re.match(r"\W*(?:发布|公开)|.*(?:来源|字体|浏览|阅读)", line):
                continue
            return m.group()
    return None


def _body_end(view: str, units: list[Unit], texts: list[str], body_at: int) -> int:
    """One past the last paragraph of the policy: after its signature, or before the site's last lines."""
    footer = next(
        (i for i in range(body_at + 1, len(units)) if len(texts[i]) < 200 and _FOOTER.search(texts[i])),
        len(units),
    )
    for i in range(body_at, footer):
        if not is_signature(texts[i]):
            continue
        if not any(_opens_annex(view, u) for u in units[i + 1 : min(i + 8, footer)]):
            end = i + 1
            while end < footer and _is_tail(texts[end]):
                end += 1
            return end
    end = footer
    while end > body_at + 1 and (FURNITURE.search(texts[end - 1]) or len(texts[end - 1]) <= 2):
        end -= 1
    return end


def _is_tail(text: str) -> bool:
    return bool(TAIL_NOTE.match(text) or PRINTED.match(text) or is_signature(text))


def _opens_annex(view: str, unit: Unit) -> bool:
    text = unit.cut(view)
    if FURNITURE.search(text) or re.search(r"解读|相关|链接|图解", text[:60]):
        return False
    marker = marker_at(view, unit.start)
    if marker and marker.number == 1 and marker.family in (Family.CN, Family.ARTICLE, Family.CHAPTER):
        return True
    return bool(re.match(r"附件?\s*\d*\s*[:：]?$", text)) or bool(TITLE_LINE.match(text) and len(text) > 6)
