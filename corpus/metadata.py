"""Bibliographic facts read from a policy's own words: number, issuers, region, dates, term of validity."""

from __future__ import annotations

import re
from datetime import date

from ceyin.corpus.normalise import normalise
from ceyin.corpus.page import DATE, DOC_NUMBER

_PROVINCES = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃"
    "|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门"
)
_NATIONAL = re.compile(
    r"^(?:国家|国务院|中共中央|中央|全国|工业和信息化部|财政部|教育部|科技部|科学技术部|商务部|司法部|人力资源|知识产权局)"
)
_CITY = re.compile(
    rf"(?:^|关于印发|关于|印发|支持|加快|推进|推动|《|(?:{_PROVINCES})省?)([\u4e00-\u9fff]{{2,4}}?市)(?!场|民|级|委|直|县|区|的)"
)
_NO_CITY = re.compile(r"强市|城市|都市|上市|超市|门市|本市|全市|各市|我市|地市|省市")


def read_date(text: str) -> date | None:
    """The first full date in a text, None when there is none or it is no day of the calendar."""
    m = DATE.search(text)
    if not m:
        m = re.search(r"([12]\d{3})-(\d{1,2})-(\d{1,2})", text)
    if not m:
        return None
    try:
        return date(int(m.group(1)), int(m.group(2)), int(m.group(3)))
    except ValueError:
        return None


def doc_number(text: str) -> str | None:
    """The document number (文号) that a short text consists of or carries in brackets."""
    m = DOC_NUMBER.search(normalise(text))
    return re.sub(r"[\[【(](\d{4})[\])】]", r"〔\1〕", m.group()) if m else None


def effective_from(texts: list[str], issued: date | None) -> date | None:
    """「自2023年10月10日施行」, 「自印发之日起施行」."""
    for text in texts:
        m = re.search(rf"(?:自|从){DATE.pattern}(?:起)?(?:施行|实施|执行|生效|试行)", text)
        if m:
            return read_date(m.group())
        if re.search(r"自(?:印发|发布|公布|颁布)之日起(?:施行|实施|执行|生效|试行)", text):
            return issued
    return None


def expires(texts: list[str], start: date | None) -> date | None:
    """「有效期至2025年12月31日」, 「有效期3年」 (counted from the day it takes effect)."""
    for text in texts:
        m = re.search(rf"(?:有效期(?:限)?(?:截?至|到)|施行至|试行至|执行至)({DATE.pattern})", text)
        if m:
            return read_date(m.group(1))
        m = re.search(r"^本?.{0,40}(?:施行|实施|执行),有效期(?:为|限为)?(\d+|[一二三四五六七八九十])年", text)
        if m and start:
            years = int(m.group(1)) if m.group(1).isdigit() else "一二三四五六七八九十".index(m.group(1)) + 1
            day = 28 if (start.month, start.day) == (2, 29) else start.day
            return date(start.year + years, start.month, day)
    return None


def region(title: str, issuers: tuple[str, ...], body: str) -> str:
    """The region a policy holds for: a city, a province, or 全国; 未注明 when nothing says."""
    for text in (title, *issuers):
        for m in _CITY.finditer(text):
            if not _NO_CITY.search(m.group(1)):
                return m.group(1)
    for text in (title, *issuers):
        named = re.search(rf"({_PROVINCES})(省|自治区)?", text)
        if named:
            kind = "市" if named.group(1) in ("北京", "天津", "上海", "重庆") else "省"
            return named.group(1) + (named.group(2) or kind)
    party = re.search(rf"中共({_PROVINCES})(省|市)?委", body[:120])
    if party:
        return party.group(1) + (party.group(2) or "")
    if any(_NATIONAL.match(i) for i in issuers) or _NATIONAL.match(title):
        return "全国"
    if re.match(r"各省、自治区、直辖市", body):
        return "全国"
    return "未注明"
