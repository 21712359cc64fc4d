"""Whose a name in a message is: not the applicant's where it is denied, a relative's, or that of whom a case is about.

「抄俺专利的厂子」, 「被一家工厂仿冒」, 「把隔壁公司告赢」: none of them applies.
"""

from __future__ import annotations

import re

from ceyin.assistant.understanding.titles import TAKEN_AWAY

#: In front of a name it says that the case is not that: 不是企业, 没评上示范企业.
_NOT = re.compile(
    r"(?:(?<!是)不是|并非|不属于|不算|没有?评上|没有?获评|还没评上|(?:没有?|未)(?:买|投保?|上)过?"
    r"|(?:没有?|未|不|不想|不打算|不准备|不用)(?:去|再)?(?:开|办|注册|成立|设立|挂靠)过?)(?:什么|任何|我们?|咱们?|俺们?)?(?:一?家)?$"
)
#: What is denied by what stands before it: 没|开公司.
_DOING = re.compile(r"(?:开|办|注册|成立|创办)")
_UNDONE = re.compile(r"(?:没有?|未|不|不想|不打算|不准备|不用|还没)(?:去|再)?$")
#: In front of a name it says that this is a relative: 我老公是退役军人, 我爸当过兵.
RELATIVE = re.compile(
    r"(?<![和跟同与])(?:老公|丈夫|老婆|妻子|爱人|媳妇|男朋友|女朋友|爸爸?|父亲|妈妈?|母亲|儿子|女儿|哥哥?|弟弟?|姐姐?|妹妹?|叔叔?|舅舅?|表哥|表弟|朋友|同事|邻居|亲戚)"
    r"(?:以前|原来|曾经|早年|年轻时|也|都|就|是|个|一|名|位|还|刚|从)*$"
)
#: In front of 公司 it says that this is another one.
_ANOTHERS = re.compile(r"(?:用标|保险|认证|担保|中介|对方的?|那家|别家|侵权的?|被告的?)(?=(?:公司|企业)$)")

_OWN = r"(?:我|俺|咱|本公司|本单位|自己|自家)"
#: What is done to somebody's rights.
_WRONG = r"(?:照?抄|仿|侵|盗|冒|假冒|山寨|偷|剽窃)"
#: Between what points to a name and the name: 一家外地的|公司.
_SOME = r"(?:了|过|那|这|一|某|几|两|隔壁|对面|另外?|别的?|外地|外省|本地|同行|同城|当地|[家个间所户](?!里)|大|小|的|做\S{1,4})*"
#: In front of a name: it is the side the applicant goes against.
_AGAINST = re.compile(
    rf"(?<![被遭叫让])(?<!让人){_WRONG}[^,。;?!被遭]{{0,14}}的{_SOME}$"  # 抄俺专利的厂子
    rf"|(?:告赢|告倒|(?<![报公广警宣被原])告(?![诉知])|起诉|状告|告发|举报|投诉|对付){_SOME}(?:[^,。;?!]{{0,14}}的)?{_SOME}$"
)
#: In front of and behind it: 把隔壁公司告赢, 跟一家厂打官司, 被一家工厂仿冒, 有家企业侵犯我的专利.
_BETWEEN = (
    (
        re.compile(rf"(?:把|将)(?:[^,。;?!]{{0,14}}的)?{_SOME}$"),
        re.compile(r"[^,。;?!]{0,6}?(?:告|起诉|诉)"),
    ),
    (
        re.compile(rf"(?:跟|和|与|同){_SOME}$"),
        re.compile(r"[^,。;?!]{0,6}?(?:打(?:了|过)?\S{0,4}官司|打赢|打专利|对簿|闹上)"),
    ),
    (
        re.compile(rf"(?:被|让|叫|遭){_SOME}$"),
        re.compile(rf"[^,。;?!]{{0,4}}?(?:{_WRONG}|告|起诉|诉)"),
    ),
    (
        re.compile(rf"(?:有|是|发现|看到){_SOME}$"),
        re.compile(rf"[^,。;?!被遭]{{0,6}}?{_WRONG}[^,。;?!]{{0,6}}?{_OWN}"),
    ),
)
#: Behind a name: 隔壁厂抄我们的外观, 那家公司赔了钱.
_WRONGED_US = re.compile(rf"(?:老板|的人|也|竟然|居然|一直|在|偷偷)*{_WRONG}[^,。;?!]{{0,4}}?{_OWN}")
#: 「一家公司把我告了」.
_SUED_US = re.compile(rf"(?:老板|的人|也|竟然|居然|反过来|倒)*(?:把|将){_OWN}[^,。;?!]{{0,4}}(?:告|起诉|诉)")
#: An honour of a firm one only belongs to or works with, or one still to be asked for.
_HONOUR = re.compile(r"示范|优势|试点|网[点店]|中心|TISC|奖|驰名", re.IGNORECASE)
_HELD_BY_OTHERS = re.compile(
    r"(?:母公司|总公司|集团(?:公司)?|总部|兄弟公司|关联公司|股东|供应商|客户|合作(?:方|单位|企业))(?:已经|早就|去年|今年|也|都|就)*(?:是|有|评上|拿了|拿到)?了?$"
)
#: 「从试点县升为示范县」: what it was is not what was given now.
_RISEN_FROM = re.compile(r"(?:从|由)[^,。;?!]{0,8}$")
_RISING = re.compile(r"[^,。;?!]{0,4}(?:升|晋|提升|转|变|改)[^,。;?!]{0,3}(?:为|成|到|至|上)")
#: 「被撤销了省示范企业称号」, 「优势企业被取消了」.
_TAKEN_FROM = re.compile(rf"{TAKEN_AWAY}(?:掉|了)*(?:我们?|公司|一?个|的)*$")
_LOST_AFTER = re.compile(rf"(?:(?!示范|优势|试点|奖|补|资助|钱)[^。;?!]){{0,16}}?{TAKEN_AWAY}")
_WITH = re.compile(r"(?:跟|和|与|同|给|帮|为)(?:一|那|几|[家个])*$")
_WORKING = re.compile(r"[^,。;?!]{0,4}?(?:合作|配套|供货|代工|打交道|签)")
_STILL_TO_COME = re.compile(
    r"(?:准备|打算|计划|想|正在?|拟|明年|下一步|争取|以后)[^,。;?!]{0,8}?(?:申报|申请|评选?|创建|争创|冲|报)(?:一?个|成|为|上)?$"
)
_MONEY_OF_IT = re.compile(r"[^,。;?!]{0,2}(?:奖|补|资助|那|钱|资金)")
_OURS = re.compile(rf"{_OWN}(?:们)?(?:这|家|的|个)*$")
#: What something is to become is not yet who applies: 三家店要转成公司.
_TO_BECOME = re.compile(r"(?:转型?(?:成|为|做)?|(?:升级|变更?|改)(?:成|为|做|型为|型成))(?:个|一家|家)?$")
#: 「合作社开的公司」: the firm applies, not whose it is.
_OWNS = re.compile(
    r"(?:自己|名下|旗下)?(?:开|办|成立|创办|投资|注册|控股|设立|下属)了?的(?:一?[家个])?(?:公司|企业|厂)"
)
_DONE = re.compile(r"的?(?:以?后|之后|了|那天|过来)")
_APPLICANTS = re.compile(
    r"(?:公司|企业|厂|工厂|厂家|商家|个体户|个体工商户|大学|学院|学校|高校|研究院|研究所|医院|合作社|\S{0,4}(?:店|馆|铺)\S{0,2}|个人|自然人)$"
)

#: Whoever is asked for is the applicant: 「朋友的厂头一次贯标,他能拿多少」.
_FOR_ANOTHER = re.compile(
    r"(?:[他她](?!们局)|人家|朋友|亲戚|邻居|同学|老乡|客户|老公|丈夫|老婆|妻子|爱人|爸爸?|妈妈?|儿子|女儿|哥哥?|弟弟?|姐姐?|妹妹?)(?:们|那)?(?:的)?(?:公司|厂|家|店)?(?!的)"
    r"[^,。;?!我俺咱]{0,6}?(?:能|可以|可不可以|该|够|符合|补|拿|领|报|享受|得)[^,。;?!我俺咱]{0,14}(?:多少|几|吗|不|么|没|嘛|呢)"
)


def asks_for_another(text: str) -> bool:
    """Whether a message asks what somebody else may have: then what it tells of him is the case."""
    return bool(_FOR_ANOTHER.search(text))


def of_another(text: str, start: int, end: int, *, applies: bool = False) -> bool:
    """Whether the name that stands there is denied, or is that of a relative, another firm or the other side.

    ``applies``: it is the relative who is asked for.
    """
    before, name, after = text[:start], text[start:end], text[end:]
    if _NOT.search(before) or (RELATIVE.search(before) and not applies) or _ANOTHERS.search(text[:end]):
        return True
    if _DOING.match(name) and _UNDONE.search(before):
        return True
    if _HONOUR.search(name) and _not_held(before, after):
        return True
    if _APPLICANTS.search(name) and _OWNS.match(after):
        return True
    if _TO_BECOME.search(before) and not _DONE.match(after):
        return True
    return bool(_APPLICANTS.search(name)) and not _OURS.search(before) and _other_side(before, after)


def _not_held(before: str, after: str) -> bool:
    """Whether an honour named there is another firm's, or not given yet."""
    if _TAKEN_FROM.search(before) or _LOST_AFTER.match(after):
        return True
    if _RISEN_FROM.search(before) and _RISING.match(after):
        return True
    if _HELD_BY_OTHERS.search(before) or (_WITH.search(before) and _WORKING.match(after)):
        return True
    return bool(_STILL_TO_COME.search(before)) and not _MONEY_OF_IT.match(after)


def _other_side(before: str, after: str) -> bool:
    if _AGAINST.search(before) or _WRONGED_US.match(after) or _SUED_US.match(after):
        return True
    return any(ahead.search(before) and behind.match(after) for ahead, behind in _BETWEEN)
