"""Which words of a message tell something of the applicant's own case.

Not: what others have (隔壁公司有5件), what is heard or required (听说补2万, 规定要5件), what is left open (可能有3件,
还没定), what is only asked (有没有发明, 必须是企业吗). Such words are blanked, so that no pattern reads them.
"""

from __future__ import annotations

import re

from ceyin.assistant.understanding.counts import parted
from ceyin.assistant.understanding.others import asks_for_another
from ceyin.corpus.numerals import ORDINAL_CHARS

#: Stands for a character nobody told; no pattern for facts reads across it.
BLANK = "\n"

_NUMERAL = rf"[\d.,{ORDINAL_CHARS}百千万亿俩仨]"
_FIGURE = rf"(?:{_NUMERAL}+(?:[件个家人项名次枚]|元|块|%)?)"
#: What is set in brackets is a segment of its own: 「[…,勿引原文]我们…」.
_SEGMENT = re.compile(r"[^,。;?!\n\]】]+[,。;?!\n\]】]?")
_OWN = re.compile(r"我|俺|咱|本公司|本企业|本店|本校|本院|敝")
_OTHERS = re.compile(
    r"(?:(?:我|我们|俺|俺们|咱|咱们)(?:家|的|有个|一个|那个)?)?(?:隔壁|对门|对面|旁边|人家|别人家?|别家|同行|朋友|邻居|对手|亲戚|同学|老乡|友商"
    r"|(?:其他|其它|别的|有的|有些|一些|很多|不少)(?:公司|企业|单位))(?:的|那)?"
    r"\S{0,6}?(?:有|是|拿|交|花|评|获|补|领|办|都|才)"
)
_CONDUCT = re.compile(r"假|骗|侵|告|仿|抄|冒|官司|合伙|一起|搭伙")
_HEARSAY = re.compile(
    r"听说|听人说|据说|网上(?:说|写|讲|查)|有人(?:说|讲)|人家(?:说|讲)|朋友(?:说|讲)|都说(?![好妥通清定不上]|得[上清出])|传说|不是说|原文|中介(?:说|讲)"
    r"|代理(?:说|讲)|说是(?:要|能|可以|有|补)|(?:文件|政策|办法|方案|意见|通知|措施|上面|人家|他们)(?:里|上|中)?(?:面)?(?:说|写|讲|定(?![在于]\S{0,14}(?:发|印|报|交)))"
    r"|(?<!符合)(?<!满足)(?<!达到)(?<!按)(?<!按照)(?:规定|要求|标准|门槛|条件)(?:里|上|中)?(?:的)?(?:是|要|得|须|说|写|至少|最低|不低于|不少于|:)"
)
_NAMED_FIGURE = re.compile(_FIGURE)
#: Counts that are asked for (要5件, 至少3件), and money that comes in (补2万).
_NORM = re.compile(
    rf"(?:要|得|需要?|必须|至少要?|起码要?|最少要?|应当|应该|须|不少于|不低于|不得少于|凑够|凑齐|满)"
    rf"(?:有|满|够|达到|是|具备)?(?P<v>{_NUMERAL}+[件个家人项])"
)
_COMING_IN = re.compile(
    rf"(?:补贴?|补助|奖励?|资助|报销?|返还?|给|领取?|拿到?|贴)(?:我们?|企业|公司)?(?:最高|最多|到|的|个|是|有)*"
    rf"(?P<v>{_NUMERAL}*[百千万亿\d]{_NUMERAL}*(?:元|块)?)(?![\d件个项款样种名])(?!\S{{0,3}}(?:维权|律师|代理))"
)
_OPEN_AHEAD = re.compile(
    r"可能(?!性)|(?<!不)大概(?=\S)(?![有是在]?[\d一二两三四五六七八九十])|也许|或许|好像|似乎|估计|应该(?=是|有|算|属)|没准|搞不好|说不定|多半|"
    r"(?:不清楚|不知道|不晓得|不确定|不敢肯定|吃不准)(?=\S{0,3}(?:是不是|有没有|有无|是否|算不算|属不属于|几|多少[件个]))"
)
_OPEN_BEHIND = re.compile(
    r"(?:(?:还|也|都|我|真|一时|暂时|现在)*(?:不清楚|不知道|不晓得|不确定|没定下?来?|未定|没想好|没数|说不准|说不清楚?|记不清楚?|记不得|"
    r"(?:该|应该?|是)?(?:怎么|怎样|如何|咋)(?:来|去)?(?:认定|判断|衡量|界定|判定|算)|忘了|忘记了|拿不准|待定|没把握|没查|得查|要查|没统计|没算|不好说))(?:了|呢|呀|啊|的)?[,。;?!\n]?$"
)
_WHETHER = re.compile(
    r"(?:怎么|怎样|咋|如何|什么样|啥样|啥)的?(?:才)?(?:算|叫做?|能算|可以算)|(?:什么|啥)叫|有没有|有无|是不是(?!因为)|是否(?!因为)|算不算|属不属于|不管|无论"
)
_CONDITION_ASKED = re.compile(
    r"(?:必须|需要|(?<!不)需|要求|得是|得有|非得|一定要|要不要|(?<![想不还只])要(?:是(?!我|有)|有|首|第))\S*(?:吗|么|才行|才能|才可以|才给|才算|嘛)[?。,;!]?$"
)


_COUNTED_THING = re.compile(
    rf"{_NUMERAL}+[件个项](?:有效|自主研发|自研|授权|以上|的)*(?P<thing>发明专利|发明|实用新型|专利|注册商标|商标)"
)
#: 「规定要5件发明,我们只有4件」: the thing is named once, with the figure that is not the applicant's.
_BARE_COUNT = re.compile(
    rf"(?P<own>(?:我|我们|俺|咱|公司|手里|手上)(?:这边|家|现在|目前|手里|手头|一共|总共)*(?:只|才|就|也|倒|刚好|正好|还)?(?:有|是)"
    rf"{_NUMERAL}+[件个项])(?=[,。;?!能够行可]|$)"
)


def told(message: str) -> str:
    """A normalised message with all that tells nothing of the applicant's case blanked."""
    message = parted(message)
    named = _COUNTED_THING.search(message)
    if named is not None:
        head, rest = message[: named.end()], message[named.end() :]
        message = head + _BARE_COUNT.sub(rf"\g<own>{named.group('thing')}", rest)
    out: list[str] = []
    about_others, for_another = False, asks_for_another(message)
    for m in _SEGMENT.finditer(message):
        segment = m.group()
        if _OWN.search(_OTHERS.sub("", segment)):
            about_others = False
        elif not for_another and _OTHERS.search(segment) and not _CONDUCT.search(segment):
            about_others = True
        out.append(_blank(segment) if about_others else _open_blanked(segment))
        if segment[-1] in "。?!;":
            about_others = False
    return "".join(out)


def _open_blanked(segment: str) -> str:
    if _OPEN_BEHIND.search(segment):
        return _blank(segment)
    for pattern in (_OPEN_AHEAD, _WHETHER, _CONDITION_ASKED):
        m = pattern.search(segment)
        if m:
            segment = segment[: m.start()] + _blank(segment[m.start() :])
    heard = _HEARSAY.search(segment)
    if heard and _OWN.search(segment):  # 听说我们这种第一次认证的能补2万
        segment = _NAMED_FIGURE.sub(lambda f: _blank(f.group()), segment)
    elif heard:
        segment = segment[: heard.start()] + _blank(segment[heard.start() :])
    for pattern in (_NORM, _COMING_IN):
        for m in pattern.finditer(segment):
            start, end = m.span("v")
            segment = segment[:start] + _blank(segment[start:end]) + segment[end:]
    return segment


def _blank(text: str) -> str:
    return BLANK * len(text)


_NOT_BUT = re.compile(
    rf"(?:不是|并非|并不是)(?:{_NUMERAL}+[^\n,。;?!是]{{0,6}})[,]?(?:而|应该|应当|应|其实)?是(?={_NUMERAL})"
)
_BUT_NOT = re.compile(
    rf"(?<=[\d万千百元块件个家人年月日]),?(?:而)?(?:不是|并非){_NUMERAL}+(?:元|块|件|个|家|人|项|名|次|年|月|日)?"
)


def settled(message: str) -> str:
    """「是1.9万不是1.8万」 and 「不是3件,是4件」 with only the figure that holds."""
    return _BUT_NOT.sub("", _NOT_BUT.sub("是", message))
