"""What an English message tells of the applicant, as Chinese clauses that the patterns of the rule book read."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

_NUMBERS = dict(
    zip(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        range(1, 13),
        strict=True,
    )
) | {"a": 1, "an": 1, "no": 0, "zero": 0, "a single": 1}
_N = (
    r"(?P<n>\d+|"
    + "|".join(sorted((n for n in _NUMBERS if n not in ("a", "an")), key=len, reverse=True))
    + r")"
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_MONTHS = {
    m: i
    for i, m in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_MONTH = r"(?P<m>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_KINDS = (
    (r"(?:valid |effective |granted |own |self-developed )*invention(?: patent)?s?", "件发明专利"),
    (r"(?:valid |effective |granted |own |self-developed )*utility[- ]models?(?: patents?)?", "件实用新型"),
    (r"(?:valid |effective |granted |own )*design patents?", "件外观设计"),
    (r"(?:valid |effective |granted |own |self-developed )*patents?(?! agen| attorn)", "件专利"),
    (r"(?:registered )?trade ?marks?", "件注册商标"),
    (r"employees|staff|workers", "个员工"),
    (r"veterans", "名退役军人"),
)
_WHO: dict[str, str] = {
    "university": "高校",
    "college": "高校",
    "research institute": "科研院所",
    "hospital": "医院",
    "cooperative": "合作社",
    "selfemployed": "个体工商户",
    "sole trader": "个体工商户",
    "soletrader": "个体工商户",
    "sole proprietor": "个体工商户",
    "company": "企业",
    "firm": "企业",
    "startup": "企业",
    "enterprise": "企业",
    "shop": "个体工商户",
}
_APPLICANT = "|".join(
    sorted(
        (
            name.replace("selfemployed", "self-employed")
            .replace("soletrader", "sole-trader")
            .replace("coop", "co-?op")
            for name in _WHO
        ),
        key=len,
    )
)
#: Who gives an honour.
_LEVELS = {"national": "国家", "state": "国家", "provincial": "江西省", "province": "江西省"} | {
    "city": "抚州市",
    "municipal": "抚州市",
}
#: A business of one's own turned into an enterprise.
_CONVERTS = re.compile(
    r"\b(?:turn|convert|chang|upgrad)\w*[^.?!]{0,20}\b(?:sole[- ]trad\w+|individual business|self-employed|sole proprietor\w*)"
)
_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (
        re.compile(rf"\b(?:had|taken|used|borrowed|completed|received|finished) (?:all )?{_N} rounds?\b"),
        lambda m: f"借过{_count(m.group('n'))}轮",
    ),
    (
        re.compile(rf"\b(?P<ord>{'|'.join(_ORDINALS)}) round\b"),
        lambda m: f"第{_ORDINALS[m.group('ord')]}轮",
    ),
    (
        re.compile(r"(?<![\d.,])(?P<area>\d[\d,]*(?:\.\d+)?) ?(?:square met(?:re|er)s?|sq\.? ?m|sqm|m2|㎡)"),
        lambda m: f"{m.group('area').replace(',', '')}平方米",
    ),
    (
        re.compile(
            r"\b(?:turnover|revenue|sales)\b[^.?!\d]{0,20}(?P<t>\d[\d,]*(?:\.\d+)?) ?(?P<tk>million|m)\b"
            r"|(?<![\d.,])(?P<t2>\d[\d,]*(?:\.\d+)?) ?(?P<tk2>million|m)"
            r"(?: ?(?:yuan|rmb|cny))? (?:\w+ ){0,2}?(?:turnover|revenue|sales)"
        ),
        lambda m: f"营业额{Decimal((m.group('t') or m.group('t2')).replace(',', '')) * 100:f}万",
    ),
    (
        re.compile(
            rf"\b(?:i|me|we)\b,? (?:and|with|plus) (?:my )?{_N} (?:\w+ ){{0,2}}?"
            r"(?P<kind>veterans?|graduates?|friends?|classmates?|partners?)\b"
        ),
        lambda m: _partners(_count(m.group("n")) + 1, m.group("kind")),
    ),
    (
        re.compile(
            rf"\b{_N} of us\b"
            rf"|\b{_N.replace('<n>', '<o>')} (?:\w+ )?(?P<kind>veterans|graduates|friends|classmates|partners)\b"
            r"(?=[^.?!]{0,60}\b(?:together|jointly|joint|partnership|partner)\b)"
        ),
        lambda m: _partners(_count(m.group("n") or m.group("o")), m.group("kind") or ""),
    ),
    *(
        (
            re.compile(rf"\b{_N} (?:{kind})\b(?! at all)(?! (?:needed|required))"),
            lambda m, zh=zh: f"{_count(m.group('n'))}{zh}" if _count(m.group("n")) else f"没有{zh[1:]}",
        )
        for kind, zh in _KINDS
    ),
    (
        re.compile(
            r"\b(?:no|without any|do(?:es)? not have any|don't have any|doesn't have any) (?:\w+ )?patents?(?: at all)?\b"
        ),
        lambda m: "没有任何专利",
    ),
    (
        re.compile(r"\b(?:no|without any|do(?:es)? not have any|don't have any) inventions?(?: patents?)?\b"),
        lambda m: "没有发明专利",
    ),
    (
        re.compile(
            r"\b(?:not (?:our|the|my) first|second[- ]time|second certification|re-?certif\w+|renewed (?:our|the) certificat\w+)"
        ),
        lambda m: "不是第一次认证",
    ),
    (
        re.compile(
            r"\b(?:(?:for the )?first[- ]time|first (?:[\w-]+ ){0,3}certification|initial certification|newly certified)\b"
        ),
        lambda m: "第一次通过认证",
    ),
    (
        re.compile(
            r"\b(?:record|regist|fil|apply|appli|submit|lodg)\w*\b[^.?!]{0,40}\b(?:transfer|assignment|change)\b[^.?!]{0,20}"
            r"\bpatents?\b|\bpatents?\b[^.?!]{0,60}\b(?:change of (?:owner|ownership|patentee|holder)|new owner)\b"
            r"|\bpatent (?:transfer|assignment)"
        ),
        lambda m: "办的是专利权转移变更",
    ),
    (
        re.compile(
            r"\b(?:skip\w*|bypass\w*|go(?:ing)? (?:around|past|over)|without going through|(?:straight|directly) to)\b"
        ),
        lambda m: "想绕过中间一级",
    ),
    (
        re.compile(
            r"\b(?:one-person|single-person|one-man|single-member) (?:limited )?(?:liability )?company"
        ),
        lambda m: "一人有限责任公司",
    ),
    (
        re.compile(
            r"\b(?P<l>provincial|national|state)(?:-level)?\b[^.?!,;]{0,40}\bservice (?:outlet|point|site)\b(?! (?:of|at))"
        ),
        lambda m: f"评上{'省级' if m.group('l') == 'provincial' else '国家'}知识产权信息公共服务网点",
    ),
    (
        re.compile(
            r"\bnational[^.?!,;]{0,30}?\b(?P<k>pilot|demonstration) (?P<w>count(?:y|ies)|districts?|parks?|zones?)\b"
            r"(?=[^.?!]{0,60}\b(?:ip|intellectual property|powerhouse|strong))"
            r"|\b(?:ip|intellectual property)[^.?!,;]{0,40}?\b(?P<k2>pilot|demonstration) "
            r"(?P<w2>count(?:y|ies)|districts?|parks?)\b"
        ),
        lambda m: _area(m),
    ),
    (
        re.compile(
            r"\b(?P<l>national|state|provincial|province|city|municipal)(?:[- ]level)?\b(?: (?:ip|intellectual property))?"
            r" (?P<k>demonstration|advantaged?|advantageous|model)(?: (?:enterprise|compan|firm)\w*)?"
            r"(?=[^.?!]{0,30}\b(?:enterprise|compan|firm|title|honou?r|status)|[^.?!]{0,8}$)"
        ),
        lambda m: (
            f"评上{_LEVELS[m.group('l')]}知识产权{'优势' if m.group('k').startswith('adv') else '示范'}企业"
        ),
    ),
    (
        re.compile(r"\btisc\b|\btechnology and innovation support cent(?:er|re)\b"),
        lambda m: "被认定为技术和创新支持中心",
    ),
    (
        re.compile(
            r"\b(?:university|college|school)\b[^.?!]{0,60}\b(?:ip|intellectual property) information service cent(?:er|re)\b"
            r"|\b(?:ip|intellectual property) information service cent(?:er|re)s?\b[^.?!]{0,20}\b(?:universit|college|school)"
        ),
        lambda m: "学校被认定为高校知识产权信息服务中心",
    ),
    (
        re.compile(
            r"(?:\b(?P<k>design)\b[^.?!]{0,12})?\bsilver (?:award|prize|medal)\b(?P<after> (?:for|in) [^.?!]{0,12}\bdesign)?"
        ),
        lambda m: f"获得中国{'外观设计' if m.group('k') or m.group('after') else '专利'}银奖",
    ),
    (
        re.compile(
            r"\b(?:flood|typhoon|storm|earthquake|landslide|mudslide|drought|snowstorm|hail|tornado)\w*\b"
        ),
        lambda m: "遭了自然灾害",
    ),
    (re.compile(r"\b(?:epidemic|pandemic|outbreak|covid)\w*\b"), lambda m: "因为公共卫生事件"),
    (
        re.compile(
            r"\b(?:not|haven't|hasn't|never|without|yet to|still)\b[^.?!,]{0,30}"
            r"\b(?:agree|settle|negotiat|consult|talk|discuss|reach)\w*"
            r"[^.?!]{0,40}\b(?:staff|employees|workers)\b"
        ),
        lambda m: "还没和员工谈",
    ),
    (
        re.compile(
            r"\b(?:agreed|settled|negotiated|consulted|reached (?:an )?agreement|made arrangements"
            r"|worked (?:it|things|everything) out|sorted)\b"
            r"[^.?!]{0,40}\b(?:staff|employees|workers)\b|\b(?:staff|employees|workers)\b[^.?!]{0,20}\b(?:have|has|all) agreed\b"
        ),
        lambda m: "已经和员工协商好了",
    ),
    (
        re.compile(
            r"\b(?:staff|employees?|workers?|labou?r)\b[^.?!,;]{0,24}(?<!not )(?<!n't )"
            r"\b(?:settled|agreed|resolved|sorted|arranged|taken care of|done)\b"
        ),
        lambda m: "已经和员工协商好了",
    ),
    (
        re.compile(
            r"\b(?:no|without any?|don't have any|do not have any|not a single)\b"
            r"[^.?!]{0,30}\b(?:certificates?|certifications?|qualifications?)\b"
        ),
        lambda m: "什么证书都没有",
    ),
    (
        re.compile(
            r"\b(?:only |just |a )?(?:high|middle|secondary|primary)[- ]school\b(?! (?:teacher|student|graduates? to))"
        ),
        lambda m: "高中学历",
    ),
    (
        re.compile(
            r"\b(?:junior[- ]college|dazhuan|associate(?:'s)?|three[- ]year college|vocational college)\b"
        ),
        lambda m: "大专学历",
    ),
    (re.compile(r"\b(?:bachelor(?:'s)?|undergraduate degree|university degree)\b"), lambda m: "本科学历"),
    (
        re.compile(r"\b(?:ex[- ]?(?:soldier|serviceman|military|army)|former soldier|demobili[sz]ed)\w*\b"),
        lambda m: "退役军人",
    ),
    (
        re.compile(r"\b(?:alone|on my own|by myself|solo|single-handed)\b"),
        lambda m: "个人创业",
    ),
    (
        re.compile(
            r"\b(?:no|without any|do(?:es)? not have any|don't have any|have no) (?:staff|employees|workers)\b"
        ),
        lambda m: "没有雇工",
    ),
    (
        re.compile(
            rf"\b(?P<w2>suspen|clos|shut|loan|borrow|lend|repa)\w*\b[^.?!]{{0,60}}?"
            rf"(?<![\d.]){_N}(?P<half> and a half)? (?P<u>years?|months?)\b"
        ),
        lambda m: _lasting(m),
    ),
    (
        re.compile(
            r"\b(?:pause|suspend|suspension|temporar\w+ (?:clos|shut|stop)\w*|(?:clos|shut|stop)\w* temporar\w+|go dormant)\b"
            r"(?=[^.?!]{0,40}\b(?:business|trading|operation|shop|store|it|restaurant|compan)|\b)"
        ),
        lambda m: "想歇业",
    ),
    (
        re.compile(
            r"\b(?:counter|window|desk|office)s?\b[^.?!]{0,40}\b(?:refus|insist|forc|requir|oblig|turn)\w*\b"
            r"[^.?!]{0,50}\b(?:book|appointment|online)"
        ),
        lambda m: "窗口强制先在网上预约",
    ),
    (_CONVERTS, lambda m: "个体户转企业"),
    (
        re.compile(r"\btransferr?\w*[^.?!]{0,24}\b(?:i own|my own|my)\b"),
        lambda m: "个转企过程中把我名下的房子过户到自己的公司" if _CONVERTS.search(m.string) else "",
    ),
    (
        re.compile(
            r"\b(?:transfer|assign|s[oe]ld|sell)\w*\b(?=[^.?!]{0,24}\btrade ?marks?\b)|\btrade ?mark (?:transfer|assignment)"
        ),
        lambda m: "办的是商标转让",
    ),
    (
        re.compile(
            r"\b(?:chang|updat|new)\w*\b(?=[^.?!]{0,24}\b(?:name|address)\b[^.?!]{0,24}\btrade ?marks?\b)"
            r"|\btrade ?marks?\b[^.?!]{0,40}\b(?:chang\w+|new)\b[^.?!]{0,12}\b(?:name|address)\b|\btrade ?mark change"
        ),
        lambda m: "办的是商标变更",
    ),
    (
        re.compile(r"\b(?:developed (?:by ourselves|in[- ]house)|self-developed|our own r&d|in-house)\b"),
        lambda m: "自主研发",
    ),
    (
        re.compile(
            r"\b(?:bought|purchased|acquired) (?:the |those |these |our |all )?(?:patents?|them)\b"
            r"|patents? (?:was |were |is |are )?(?:bought|purchased)\b"
        ),
        lambda m: "买来的",
    ),
    (
        re.compile(
            r"\b(?:loan|borrow|lend|lent)\w*\b[^.?!\d]{0,40}?(?P<s>\d[\d,]*(?:\.\d+)?) ?(?P<k>k|thousand|million|m|千|万)?\b"
            r"(?! ?(?:years?|months?|rounds?|times?|days?|%|percent|partners?|people))"
            r"|(?<![\d.,])(?P<s2>\d[\d,]*(?:\.\d+)?) ?(?P<k2>k|thousand|million|m|千|万)?"
            r"(?: ?(?:yuan|rmb|cny))? (?:[\w-]+ ){0,3}?loans?\b"
        ),
        lambda m: _loan(m),
    ),
    (
        re.compile(
            r"\b(?:set up|founded|started|registered|opened|established|run|own) (?:a|an|my own|our own|my|our) "
            r"(?:\w+ ){0,2}?(?:company|firm|business|enterprise)\b"
            r"|\bsmall(?:/| and | or |-and-)micro[- ]?(?:enterprise|business|firm)s?\b"
        ),
        lambda m: "成立了小微企业",
    ),
    (
        re.compile(
            r"(?:rmb|cny|¥|yuan)? ?(?<![\d.,])(?P<s>\d[\d,]*(?:\.\d+)?) ?(?P<k>k|thousand|million|m|千|万)? ?"
            r"(?:(?:yuan|rmb|cny|kuai)\b|元|块)"
            r"(?=(?P<after>[^.?!]{0,40}))"
        ),
        lambda m: _sum(m),
    ),
    (  # 「CNY 50,000」 has lost its unit on the way here
        re.compile(
            r"(?:fees?|premiums?|paid|costs?|spent)\b[^.?!\d]{0,24}(?<![\d.,])(?P<s>\d{1,3}(?:,\d{3})+|\d{5,7})(?P<k>)"
            r"(?![\d%])(?! ?(?:yuan|rmb|cny|元|块|万|千))(?=(?P<after>[^.?!]{0,40}))"
        ),
        lambda m: _sum(m),
    ),
    (
        re.compile(r"\b(?:we|i|our \w+) (?:was|were|got|have been|has been) sued\b"),
        lambda m: "我们被告了",
    ),
    (
        re.compile(
            r"\b(?:we|i|our (?:company|firm|factory|school)) (?:have |has |actively |proactively )*"
            r"(?:sued|filed (?:a |the )?(?:law)?suit|brought (?:a |the )?(?:law)?suit)\b"
        ),
        lambda m: "我们主动起诉",
    ),
    (
        re.compile(
            r"\binfring\w* (?:of |on |upon )?(?:our|my) (?:\w+ )?(?P<p>patent|trademark)"
            r"|\b(?:our|my) (?P<q>patent|trademark)s? "
            r"(?:was|were|is|has been|have been|got|is being) (?:infringed|copied|counterfeited)"
            r"|\b(?:counterfeit\w*|copycat|fak(?:e|ed|ing)|imitat\w*|pirat\w*|cop(?:ied|ying)) "
            r"(?:(?:of|for|on|with|using|our|my|the|a) ){0,3}(?P<r>patent|trademark)\b"
            r"|\b(?P<s>patent|trademark) (?:infringement )?(?:case|(?:law)?suit|dispute)\b"
        ),
        lambda m: "专利被侵权" if "patent" in m.groups() else "商标被侵权",
    ),
    (
        re.compile(rf"\b{_MONTH} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>20\d\d)\b"),
        lambda m: _dated(m, _day(m)),
    ),
    (
        re.compile(rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH},? (?P<y>20\d\d)\b"),
        lambda m: _dated(m, _day(m)),
    ),
    (
        re.compile(rf"\b{_MONTH},? (?:of )?(?P<y>20\d\d)\b"),
        lambda m: _dated(m, f"{m.group('y')}年{_month(m)}月"),
    ),
    (re.compile(rf"\blast {_MONTH}\b"), lambda m: _dated(m, f"去年{_month(m)}月")),
    (re.compile(rf"\bthis {_MONTH}\b"), lambda m: _dated(m, f"今年{_month(m)}月")),
    (re.compile(r"\blast month\b"), lambda m: _dated(m, "上个月")),
    (re.compile(r"\b(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b"), lambda m: _dated(m, m.group())),
    (re.compile(r"\byesterday\b"), lambda m: _dated(m, "昨天")),
    (re.compile(r"\btoday\b"), lambda m: _dated(m, "今天")),
    (
        re.compile(
            rf"\b(?:(?:we|i|he|she) (?:are|am|is)|we're|i'm|as)(?: an?| the)? (?P<w>{_APPLICANT})\b"
            rf"|\b(?:our|my) (?P<o>{_APPLICANT})\b"
        ),
        lambda m: "我们是" + _WHO[(m.group("w") or m.group("o")).replace("-", "")],
    ),
)
_SCALES = {"k": "千", "thousand": "千", "million": "百万", "m": "百万"}
_SPENT = re.compile(r"paid|pay|spent|cost|fee|premium|insur|lawyer|attorney|legal|litigation|notar")
_RECEIVED = re.compile(
    r"\b(?:subsid\w+|grants?|get|receive|reward|claim|up to|heard|says|said|maximum|cap)\b"
)


def told_in(text: str) -> list[str]:
    """What an English message tells of the applicant, each in a Chinese clause."""
    found: list[str] = []
    taken: list[tuple[int, int]] = []
    for pattern, said in _RULES:
        for m in pattern.finditer(text):
            if any(m.start() < end and start < m.end() for start, end in taken):
                continue
            if told := said(m):
                taken.append(m.span())
                found.append(told)
    return found


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]


def _month(m: re.Match[str]) -> int:
    return _MONTHS[m.group("m")[:3]]


def _day(m: re.Match[str]) -> str:
    return f"{m.group('y')}年{_month(m)}月{m.group('d')}日"


_DATED = (
    (re.compile(r"submi|sent|filed|hand(?:ed)? in|deliver"), "提交的"),
    (re.compile(r"fail"), "没通过"),
    (re.compile(r"issued|published|released"), "印发"),
    (re.compile(r"certif|recogni|awarded|named|title|designated"), "评上"),
    (re.compile(r"approv|granted permission"), "获批"),
    (re.compile(r"authori[sz]ed|patent (?:was )?granted|granted"), "授权"),
    (re.compile(r"expire|due|matur"), "到期"),
    (re.compile(r"signed"), "签"),
    (re.compile(r"apply|applied|application"), "申报"),
)


def _dated(m: re.Match[str], day: str) -> str:
    """A date with what happened on it, by the nearest words before it, else by those behind."""
    before = re.split(r"[.;!?]\s", m.string[max(0, m.start() - 70) : m.start()])[-1]
    for around in (before, m.string[m.end() : m.end() + 30]):
        found = [(k.end(), zh) for pattern, zh in _DATED for k in pattern.finditer(around)]
        if found:
            return day + max(found)[1]
    return day


def _area(m: re.Match[str]) -> str:
    """A county, district or park that is a national pilot or model of building the powerhouse."""
    kind = "试点" if (m.group("k") or m.group("k2")) == "pilot" else "示范"
    where = m.group("w") or m.group("w2")
    return f"被认定为国家知识产权强国建设{kind}{'园区' if where.startswith(('park', 'zone')) else '县'}"


_PARTNERS = {"veteran": "退役军人", "graduate": "高校毕业生", "classmate": "同学"}


def _partners(number: int, kind: str) -> str:
    """How many start together; 「we are three veterans」 alone says nothing of a partnership."""
    return f"{number}个{_PARTNERS.get(kind.rstrip('s'), '人')}合伙创业"


def _loan(m: re.Match[str]) -> str:
    """A sum to be borrowed."""
    scale = m.group("k") or m.group("k2") or ""
    number = (m.group("s") or m.group("s2")).replace(",", "")
    if not scale and len(number) < 4:
        return ""  # no sum: 3 rounds, 2 of us
    return f"想贷{number}{_SCALES.get(scale, scale)}元"


def _lasting(m: re.Match[str]) -> str:
    """How long a business is to be closed, or a loan to run."""
    what = "歇业" if m.group("w2") in ("suspen", "clos", "shut") else "贷款"
    number = _count(m.group("n"))
    if m.group("u").startswith("year"):
        return f"{what}{number}年{'半' if m.group('half') else ''}"
    return f"{what}{number}个{'半' if m.group('half') else ''}月"


def _sum(m: re.Match[str]) -> str:
    """A sum paid, under the name of what it was paid for; empty where it is none that was paid."""
    before = m.string[max(0, m.start("s") - 60) : m.start("s")]
    around = before + m.group("after")
    if _RECEIVED.search(before[-30:]) or not _SPENT.search(around):
        return ""
    scale = m.group("k") or ""
    scale = m.group("k") or ""
    amount = f"{m.group('s')}{_SCALES.get(scale, scale)}元"
    if re.search(r"premium|insur", around):
        return f"保费{amount}"
    if re.search(r"lawyer|attorney|legal|agency", around):
        return f"代理费{amount}"
    return f"花了{amount}"
