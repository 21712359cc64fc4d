"""From when and until when a policy holds, whether on trial, and what it repeals, read from its own sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from ceyin.corpus.dates import ANY_DATE, DATE, after, day_of, last_of_month, small_number
from ceyin.corpus.doc_numbers import DOC_NUMBER, ORDER_NUMBER, written
from ceyin.corpus.model import NamedDocument

_DO = r"(?:施行|实施|执行|生效|试行|实行)"
_NUMBER = r"(\d{1,2}|[一二三四五六七八九十两]{1,3})"
_KIND = (
    "通知|办法|意见|措施|方案|规定|细则|条例|决定|公告|通告|规划|计划|政策|法|规则|文件|若干"
    "|实施|标准|制度|清单|函|批复|举措|解释|指引|指南|规程|规范|要点|事项|内容"
)
#: The sentence speaks of the policy itself: 「本办法」, 「以上措施」, not of one clause (本条) or place (本市).
_SELF = re.compile(
    rf"(?:本(?!条(?!例)|款|项|市|区|县|省|人|地|级|单位)|以上|上述)[^,、;]{{0,8}}?(?:{_KIND})|^政策(?=自|从)"
)
_ONLY_PART = re.compile(
    r"第[一二三四五六七八九十\d]+(?:条|项|款|至)|其中|其他(?:措施|条款|政策)|除.{1,30}外|修改|原(?:办法|通知|规定)|《[^》]*》(?:\([^()]*\))?(?:自|有效期)"
)
_FROM_DATE = re.compile(
    rf"(?:自|从|于|,|^|定于)(?:{ANY_DATE})(?:零时|\d+时)?(?:起|开始)?(?:至(?:{ANY_DATE})止?)?(?:正式|全面|统一)?{_DO}"
)
_FROM_ISSUE = re.compile(
    rf"(?:自|从)?(?:本\S{{1,10}}?)?(?:印发|发布|公布|颁布|发文|下发|签发|公告|公开|通过|发出)(?:之日|之时|日)(?:起)?"
    rf"(?:(?:满)?{_NUMBER}(个?工作日|个?月|日|天)(?:后|起|以?内)?)?(?:起)?(?:开始|正式)?{_DO}"
)
_FROM_NOW = re.compile(rf"(?:自|从)?即日起(?:开始)?{_DO}")
_RANGE = re.compile(
    r"(?:有效期限?|施行期限?|实施期限?|执行期限?|政策期限?|试行期限?|(?:有效|施行|实施|执行)(?:时间|日期)|期限)(?:暂定|为|:|是|自|从)*"
    rf"({ANY_DATE})起?(?:至|到|—|-|–|~|─)({ANY_DATE})"
)
_RANGE_BARE = re.compile(rf"(?:自|从)({ANY_DATE})(?:起)?(?:至|到)({ANY_DATE})(?:止|期间)?(?:有效|{_DO})")
_YEARS = re.compile(
    r"(?:有效期限?|施行期限?|实施期限?|执行期限?|试行期限?|规划期限?)(?:为|:|是)?(20\d\d)年?(?:至|到|—|-|–|~|─)(20\d\d)年"
)
_UNTIL = re.compile(
    rf"(?:有效期限?|施行期限?|实施期限?|执行期限?|试行期限?|政策期限?|期限|有效|{_DO}|暂定)(?:暂定)?(?:截止?(?:至|到|日期为)|至|到|延续至|延长至)"
    rf"(?:({ANY_DATE})|(20\d\d)年(\d{{1,2}})月底?|(20\d\d)年(?:年?底|末))"
)
_TERM = re.compile(
    rf"(?:有效期限?|施行期限?|实施期限?|执行期限?|试行期限?|暂行期限?|期限|试行|暂行|有效)(?:为期|为|暂定为|暂定|是|:)?{_NUMBER}(?:个)?(年半?|月)"
)
#: What may stand before 「有效期」 in a sentence of its own; no coupon, contract or permit.
_BARE_START = re.compile(r"^(?:政策|文件|其|,)?$")
_REPEAL = re.compile(
    r"(?:同时|相应|即行|自行|予以|自然|自动|一并|随之|即)?(?:废止|失效|停止执行|停止施行|不再执行|停止使用|终止执行)"
)
_NAMED = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》(?:\s*\(([^()]{3,60})\))?|\(([^()]{3,40}号)\)")


@dataclass(frozen=True, slots=True)
class Term:
    """From when until when, both None where nothing says."""

    start: date | None = None
    end: date | None = None
    statement: str | None = None
    trial: bool = False


def read_term(sentences: list[str], issued: date | None) -> Term:
    """The term of validity in a policy's sentences; ``issued`` is the day 自印发之日起 counts from."""
    start: date | None = None
    ends: list[date] = []
    statement: str | None = None
    trial = False
    length: tuple[int, int] | None = None  # years, months
    before = False  # whether the sentence before spoke of the policy itself
    for k, sentence in enumerate(sentences):
        about = bool(_SELF.search(sentence))
        part = bool(_ONLY_PART.search(sentence)) and not about
        part = part or len(re.findall(rf"起(?:开始)?{_DO}", sentence)) > 1
        edge = k < 3 or k >= len(sentences) - 4
        begun = None if part else _start(sentence, issued, about=about, edge=edge)
        lead = about or begun is not None
        near = before or k >= len(sentences) - 4
        before = lead
        said = False
        if begun is not None:
            start = start or begun[0]
            trial = trial or begun[1]
            said = True
        for pattern in () if part else (_RANGE, _RANGE_BARE, _YEARS, _UNTIL, _TERM):
            m = pattern.search(sentence)
            if not m or not (lead or (near and _BARE_START.match(sentence[: m.start()]))):
                continue
            said = True
            if pattern is _TERM:
                length = length or _length(m)
                trial = trial or (lead and "试行" in m.group())
            elif pattern is _UNTIL:
                ends += filter(None, [_until_day(m)])
                break
            else:
                first, last = _both(m, years=pattern is _YEARS)
                start = start or first
                ends += filter(None, [last])
                break
        if said:
            statement = statement or sentence
    end = ends[0] if len(set(ends)) == 1 else None
    begin = start or issued
    if not ends and length and begin:
        end = after(begin, years=length[0], months=length[1])
    return Term(start, end, statement, trial)


def _both(m: re.Match[str], *, years: bool) -> tuple[date | None, date | None]:
    """First and last day of a range of dates or of years."""
    if years:
        return date(int(m.group(1)), 1, 1), date(int(m.group(2)), 12, 31)
    days = [day_of(d) for d in DATE.finditer(m.group())]
    return days[0], days[-1]


def _start(sentence: str, issued: date | None, *, about: bool, edge: bool) -> tuple[date | None, bool] | None:
    """When a sentence says the policy begins, and whether on trial; None when it does not say."""
    m = _FROM_DATE.search(sentence)
    if m and (
        about
        or (edge and m.start() < 3)
        or re.search(r"(?:现予|予以)(?:公布|发布|印发)|请.{0,20}(?:执行|遵照)|特此", sentence)
    ):
        found = DATE.search(m.group())
        return (day_of(found) if found else None), m.group().endswith("试行")
    m = _FROM_ISSUE.search(sentence)
    if m and (about or (edge and m.start() < 3)):
        if issued is None or not m.group(1):
            return issued, m.group().endswith("试行")
        count = small_number(m.group(1))
        if count is None or "工作" in m.group(2):
            return None
        if "月" in m.group(2):
            last = after(issued, months=count)
            return (last + timedelta(days=1) if last else None), False
        return issued + timedelta(days=count), False
    m = _FROM_NOW.search(sentence)
    if m and (about or (edge and m.start() < 3)):
        return issued, m.group().endswith("试行")
    return None


def _until_day(m: re.Match[str]) -> date | None:
    if m.group(1):
        found = DATE.search(m.group(1))
        return day_of(found) if found else None
    if m.group(2):
        return last_of_month(int(m.group(2)), int(m.group(3)))
    return date(int(m.group(4)), 12, 31)


def _length(m: re.Match[str]) -> tuple[int, int] | None:
    count = small_number(m.group(1))
    if not count:
        return None
    if m.group(2) == "月":
        return 0, count
    return count, 6 if m.group(2).endswith("半") else 0


def sentences(texts: list[str]) -> list[str]:
    """The sentences of some clauses, in order."""
    return [s for text in texts for s in re.split(r"[。;\n]", text) if s]


def is_trial(title: str, attached: tuple[str, ...]) -> bool:
    """Whether a title says 试行 or 暂行 of the document itself, not of one it changes or explains."""
    own = title
    if not re.search(r"印发|发布|公布|颁布|转发", title):
        own = re.sub(r"《[^《》]*》", "", title)
    elif re.search(r"废止|修改|修订", title):
        own = ""
    if re.search(r"修改|废止|贯彻|落实|执行", own):
        own = re.sub(r"《[^《》]*》", "", own)
    return any(re.search(r"试行|暂行", t) and "关于修改" not in t for t in (own, *attached))


def repeals(sentences_: list[str], title: str) -> tuple[NamedDocument, ...]:
    """The documents a policy puts out of force: 「《……》(示发〔2019〕3号)同时废止」."""
    found: list[NamedDocument] = []
    lists = re.search(r"关于(?:宣布)?(?:废止|失效)", title)
    for k, sentence in enumerate(sentences_):
        m = _REPEAL.search(sentence)
        if not m:
            continue
        if re.search(r"(?:之日|日)起$|有效期.{0,8}$", sentence[: m.start()]) or re.match(
            r"的(?!通知|文件)", sentence[m.end() :]
        ):
            continue
        before = sentence[: m.start()]
        if k and not _NAMED.search(before) and re.match(r"^(?:上述|以上|原)", sentence):
            before = sentences_[k - 1]
        found += _named(before)
    if lists:
        found = _named(re.sub(r".*?(?:废止|失效)", "", title, count=1)) or found
    out: list[NamedDocument] = []
    for document in found:
        if document not in out:
            out.append(document)
    return tuple(out)


def _named(text: str) -> list[NamedDocument]:
    out: list[NamedDocument] = []
    for m in _NAMED.finditer(text):
        if re.search(r"(?:根据|按照|依据|依照|执行|参照|以)$", text[max(0, m.start() - 4) : m.start()]):
            continue
        number = m.group(2) or m.group(3) or ""
        name = (
            DOC_NUMBER.search(number)
            or ORDER_NUMBER.search(number)
            or re.search(r"\d{4}年第\d+号|第\d+号令?", number)
        )
        if m.group(1) or name:
            out.append(NamedDocument(m.group(1), written(name.group()) if name else None))
    return out
