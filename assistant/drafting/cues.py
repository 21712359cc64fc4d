"""By which words around it a figure is told to be an amount, a cap, a deadline …: a table, first match wins.

Patterns look at the marked part between commas (◆ is the figure, ◇ any other), or at the whole sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ceyin.assistant.drafting.aims import is_planned_year, is_target
from ceyin.assistant.drafting.sentences import THIS, Place

Kind = Literal[
    "amount", "cap", "rate", "threshold", "deadline", "term", "validity", "lockout", "applicant", "target"
]


@dataclass(frozen=True, slots=True)
class Cue:
    """A figure of one of the kinds ``of`` in such words is a ``kind``."""

    kind: Kind
    of: frozenset[str]
    pattern: re.Pattern[str]
    scope: Literal["part", "whole"] = "part"
    unless: re.Pattern[str] | None = None


def _cue(
    kind: Kind, of: str, pattern: str, scope: Literal["part", "whole"] = "part", unless: str = ""
) -> Cue:
    return Cue(
        kind, frozenset(of.split()), re.compile(pattern), scope, re.compile(unless) if unless else None
    )


#: 含 in brackets, 及, 或 may stand between a figure and 以上.
_INCL = (
    r"(?:/[^,(◇]{1,4})?(?:\([^()]{0,8}\))?(?:\s*[\w/]{0,4}?(?:及"
    r"|或))?(?:\(含\))?"
)
_ABOVE = rf"◆{_INCL}(?:以上|以下|及其以上)"
_LIMIT = (
    r"(?:不超过|不超出|不高于|不低于|不少于|不得超过|不得高于|不得低于|不得少于"
    r"|不能超过|不大于|不小于|不足|不满|未满|超过|超出|高于"
    r"|低于|少于|多于|大于|小于|达到?|满|至少|最高|最多|最低|最少|最长|上限|下限"
    r"|控制在|[≥≤><]=?)(?:为|至|到|可达|达)?"
)
_MOST = (
    r"(?:最高|最多|不超过|不高于|不得超过|不得高于|不能超过|上限|限额|封顶|最大"
    r"|不突破)"
)
_PAY = (
    r"给予|奖励|奖补|补助|补贴|资助|补偿|救助|支持|发放|支付|拨付|核拨|标准|缴纳"
    r"|收取|收费|缴费|额度|可贷|可申请|可提取|提取|贷款"
    r"|每[人月户年个名家件项套次平例]|人均|\/|保证金|保费|报销|享受|减免|免征"
    r"|罚款|按|购房款|津贴|经费|抚恤|立减|优惠|扣减|扣除|领取"
)
_SELF = (
    r"(?:本|以上|上述|该|原)(?:通知|办法|意见|措施|方案|规定|细则|条例|决定|公告"
    r"|通告|规划|计划|政策|规则|文件|实施|若干|标准|制度|指引|指南|实施细则)"
)
_HOLDS = r"(?:施行|实施|执行|生效|试行|有效|起效|暂行)"

CUES: tuple[Cue, ...] = (
    # -- how long and from when the text itself holds --
    _cue(
        "validity",
        "period",
        rf"(?:{_SELF}[^,◆]{{0,20}}?|^\s*(?:政策|文件|其)?)(?:有效期"
        rf"|{_HOLDS}期)[^,◆]{{0,8}}◆",
    ),
    _cue("validity", "period", rf"{_SELF}[^◆]*(?:有效期|试行|期限|{_HOLDS})(?:限|为|暂定|期|:)*◆", "whole"),
    _cue("validity", "date", rf"(?:自|从|于|定于)?◆(?:[^,]{{0,6}})?(?:起|开始)(?:[^,]{{0,6}})?{_HOLDS}"),
    _cue(
        "validity",
        "date",
        rf"(?:有效期|{_HOLDS}(?:期|时间|期限)?|期限|延长|延续)(?:限|为|:|自|从|是"
        rf"|延长|暂定|截至?|截止)*(?:至|到|◇(?:起)?(?:至|到|-|—|~))?◆",
    ),
    _cue(
        "validity",
        "date",
        rf"(?:{_SELF})[^◆]*◆",
        "whole",
        unless=r"◆(?:底|末)?(?:前|以前|之前)|印发前|《|第◇|◆,在|◆期间|年度",
    ),
    # -- the figure itself said again, and signs of comparison --
    _cue("threshold", "number money rate period", r"[(,]不?含◆|◆[(]不?含|[<>≤≥]=?◆|◆[<>≤≥]|(?:房龄|年龄)◆"),
    _cue("threshold", "period", r"近◆|在◆(?:以内|以上|以下)[^,]*的"),
    # -- how long somebody is kept out --
    _cue(
        "lockout",
        "period",
        r"◆(?:之?内|以内)?[^,]{0,12}(?:不得|不予|不再|不能|不可|禁止|取消|暂停|限制)",
        unless=r"工作日|出具|告知|答复|作出|通知|不得(?:超过|少于|低于|高于)",
    ),
    _cue(
        "lockout",
        "period",
        r"(?:取消|限制|禁止|暂停|停止|不得|不予|不再受理|间隔)[^,]{0,20}◆(?!以上"
        r"|及以上)",
        unless=r"不得(?:超过|少于|低于|高于)|(?:不予|取消)[^,]*(?:满|起)◆",
    ),
    _cue("lockout", "period", r"◆之?内,[^◆]{0,12}(?:不得|不予|不再)", "whole"),
    # -- by when --
    _cue("deadline", "period", r"◆(?:\([^()]{0,4}\))?(?:的?时间)?(?:之?内|以内|前(?!款)|之前|期?间)|第◆"),
    _cue("deadline", "period", r"(?:提前|到期前|期满前|届满前|[日时]起|起算|之前|逾期|前)\s*◆"),
    _cue("deadline", "period", r"(?:时限|时效|公示|公告)[^,]{0,10}◆|◆(?:办结|审结|完成审|的?公示)"),
    _cue(
        "deadline",
        "date",
        r"(?:◆|◆底|◆末)(?:\([^()]*\))?(?:[◇时点分零整: ]{0,8})?(?:前|以前|之前|止|截止"
        r"|为止|底前|年底前|起?[至到~─―—-]|起(?!来))",
    ),
    _cue("deadline", "date", r"[◇日][^,◆]{0,8}(?:至|到|-|―|—|~|─|至次年)\s*◆"),
    _cue("deadline", "date", r"(?:截止|截至|截止时间|截止日期|期限|时间|时限)[^,◆]{0,10}◆"),
    _cue("deadline", "date", r"每年(?:的)?[^,◆]{0,4}◆"),
    _cue(
        "deadline",
        "date",
        r"◆(?:结束|到期)|◆\((?:星期|周)|(?:最晚|最迟|不超过|不晚于|不早于)[^,]{0,4}◆|从◆[^,]{0,8}开始|自◆以来[^,]*[无未没]|对◆以来",
    ),
    _cue("deadline", "date", r"◆(?:\([^()]*\))?(?:之后|以后|后|之日|当日|及以后)"),
    # -- what is planned by a year --
    _cue(
        "target",
        "date",
        r"^\s*(?:[^,]{0,8}[,、])?(?:力争|争取|预计|到|至|力争到|争取到)◆(?:末|底"
        r"|时)?(?:,|$|[^,]{0,12}(?:试点|期满|达|基本|全面|建成|实现|形成))",
        unless=r"已|了",
    ),
    _cue(
        "target",
        "date",
        r"^\s*(?:在)?◆(?:末|底)?,[^。]*(?:力争|争取|将|要|计划|预期|目标|不低于)",
        "whole",
        unless=r"已|了|的,",
    ),
    _cue(
        "target",
        "date",
        r"(?:到|至|力争)◆(?!止|前|起|期间)[^,]{0,20}(?:达|不低于|超过|以上|建成|实现"
        r"|基本|全面)",
        unless=r"已|了",
    ),
    _cue("target", "date", r"◆(?:底|末)?(?:达到|力争|争取)", unless=r"已|了"),
    # -- so much is paid --
    _cue(
        "threshold",
        "money",
        r"(?:投资|营业|销售|收入|产值|资产|资本|营收|税收|净值|总价|单价|规模|面积"
        r"|造价|存款|余额|贡献|投入)[^,给奖补]{0,10}"
        + rf"(?:{_LIMIT})?◆{_INCL}(?:以[上下内])?(?:的|且|或|企业|项目)",
        unless=rf"{_MOST}[^,]{{0,4}}◆",
    ),
    _cue("threshold", "money", r"(?:下限|基数)[^,◆]{0,8}◆|在◆(?:之间)?的"),
    _cue(
        "cap",
        "money",
        rf"{_MOST}[^,◆]{{0,14}}◆|(?:限额|上限)[^,◆]{{0,40}}◆|◆(?:以内|封顶|为限|为上限|的上限)",
    ),
    _cue("threshold", "money", rf"(?:{_LIMIT})◆|{_ABOVE}", unless=r"罚款|给予"),
    _cue("amount", "money", rf"(?:{_PAY})"),
    _cue("amount", "money", rf"(?:{_PAY})[^◆]*◆", "whole"),
    # -- shares --
    _cue("rate", "rate", r"◆(?:以[上下])?[^,]{0,8}罚款|罚款[^,]{0,8}◆"),
    _cue(
        "threshold",
        "rate",
        rf"(?:超过|高于|低于|不足|达到?)[^,◆]{{0,18}}(?:的|面积|总[数额量]|人数)◆"
        rf"|{_LIMIT}[^,◆]{{0,4}}◆[^,]{{0,24}}的$",
        unless=r"给予|补贴|补助|奖|核拨|不超过",
    ),
    _cue(
        "rate",
        "rate",
        r"首付|利率|税率|费率|按|给予|补贴|贴息|奖补|补助|资助|上浮|下浮|浮动|提高"
        r"|降低|减征|核拨|报销|支付|缴纳|缴存|返还|提取|罚款|额度|贷款|可贷|折|优惠"
        r"|预售|留存",
    ),
    _cue("threshold", "rate", rf"(?:{_LIMIT})[^,◆]{{0,4}}◆|{_ABOVE}|◆的[^,]*的$"),
    _cue("threshold", "rate", r"(?:占比|比重|稳定在|保持在|未达到?)[^,◆]{0,10}◆"),
    _cue("rate", "rate", r"比例|标准|的◆|为◆"),
    # -- how much of something --
    _cue(
        "rate",
        "number rate",
        r"◆(?:以[上下])?[^,]{0,8}罚款|罚款[^,]{0,8}◆|系数[为是至到]?◆|[A-Z率]为◆|◆(?:确定|计算"
        r"|计发)",
    ),
    _cue("cap", "number", rf"{_MOST}[^,◆]{{0,8}}◆分"),
    _cue("amount", "number", r"(?:计|得|加|减|扣|赋|积|:)◆分|[(]◆分"),
    _cue("threshold", "number", rf"(?:{_LIMIT})[^,◆]{{0,3}}◆|{_ABOVE}|◆(?:\([^()]*\))?以内"),
    _cue(
        "threshold",
        "number",
        r"(?:限|仅|只|可|允许)[^,]{0,14}◆|每年◆$|近◆[^,]{0,8}(?:平均|连续|累计|内)|(?:时间|时长)[^,◆]{0,4}◆"
        r"|(?:拥有|具有|具备|持有|取得|名下|有)[^,]{0,8}◆[^,]*的"
        r"|(?:家庭|居民|名下|人)[^,]{0,10}有[^,]{0,4}◆|(?:提取|申请|享受|办理|使用|调整|申报)◆$"
        r"|出现◆[^,]*的|每[月年季周][^,]{0,6}◆$|◆之间",
    ),
    # -- how long --
    _cue(
        "threshold",
        "period",
        rf"(?:{_LIMIT}|连续|累计|缴满|工作|居住|从业)[^,◆]{{0,10}}◆{_INCL}(?:以上"
        rf"|以下)?[^,]*(?:的|方可|后|$)",
        unless=r"(?:最长|期限|不得?超过|有效期)[^,]{0,6}◆",
    ),
    _cue("threshold", "period", _ABOVE),
    _cue(
        "term",
        "period",
        r"(?:期限|有效期|建设期|周期|年限|时长|时间|期|最长|为期|延长|顺延|展期|保留"
        r"|服务期|一个聘期|为|不超过|不得超过|聘期|等待期)[^,◆]{0,12}◆|◆(?:期|的期限"
        r"|有效|过渡期|等待期)|^共◆$",
    ),
    _cue("term", "period", r"(?:免征|减征|免缴|缓缴|免收|留存|保存|保管|存档)[^,◆]{0,8}◆"),
    _cue("term", "period", r"(?:放宽|延长|缩短|调整)(?:至|到|为)◆"),
    _cue("term", "period", r"^[^,]{0,4}◆,自[^,]*起", "whole"),
    _cue("deadline", "period", r"每◆"),
    _cue("term", "period", r"◆(?:后)"),
)

#: What a figure is by its unit alone, where no words tell: ages are conditions, multiples are rates.
_BY_UNIT: dict[str, Kind] = {"岁": "threshold", "周岁": "threshold", "倍": "rate", "成": "rate"}

#: A day without a year that stands alone (7月2日,公布录取结果) is a date of the timetable, unless it is news.
_DAY = re.compile(r"\d\d-(?:\d\d|end)")
_EVENT = re.compile(r"召开|主持|会见|出席|考察|视察|印发|发布|获悉|记者|了")


def kind_of(place: Place) -> Kind | None:
    """What kind of condition the figure is in its place; None where no words say that it is one."""
    if is_target(place):
        return "target"
    for cue in CUES:
        text = place.part if cue.scope == "part" else place.whole
        if place.kind not in cue.of:
            continue
        if cue.kind == "target" and place.figure.kind == "date" and not str(place.figure.value)[:4].isdigit():
            continue  # a day of the year is no year
        if cue.pattern.search(text) and not (cue.unless and cue.unless.search(text)):
            return cue.kind
    if (
        place.part.strip(" ◇") == THIS
        and _DAY.fullmatch(str(place.figure.value))
        and not _EVENT.search(place.whole)
    ):
        return "deadline"
    if is_planned_year(place):
        return "target"
    return _BY_UNIT.get(place.unit)
