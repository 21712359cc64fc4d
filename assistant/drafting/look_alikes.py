"""Figures that look like a condition and are none: labels, telephone numbers, quoted papers, what was done before.

Each entry says why, with a pattern over the marked text (◆ is the figure, ◇ any other).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ceyin.assistant.drafting.sentences import Place


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Why a figure in such a place decides nothing; ``of`` limits it to some kinds of figure."""

    why: str
    pattern: re.Pattern[str]
    scope: Literal["part", "whole"] = "part"
    of: frozenset[str] = frozenset()
    unless: re.Pattern[str] | None = None


def _entry(
    why: str, pattern: str, scope: Literal["part", "whole"] = "part", of: str = "", unless: str = ""
) -> LookAlike:
    kinds = frozenset(of.split()) if of else frozenset[str]()
    return LookAlike(why, re.compile(pattern), scope, kinds, re.compile(unless) if unless else None)


_LIMIT = (
    r"◆(?:\(含[^)]*\))?(?:及|或|\(含\))?以[上下内]|(?:不超过|不低于|不少于"
    r"|不得超过|不得低于|最高|最多|至少)[^,]{0,6}◆|给予[^,]*◆"
)
LOOK_ALIKES: tuple[LookAlike, ...] = (
    _entry("编号", r"^\s*[(#*]*\s*◆\s*[).、]", of="number", scope="whole"),
    _entry(
        "编号", r"^\s*◆(?=[^\d%以个])", of="number", scope="whole", unless=r"^◆[^,]{0,12}(?:以上|以下|的)"
    ),
    _entry("编号", r"(?:步骤|方式|情形|类型|图|表|附件|例|问|第|Image)\s*◆|[(]◆[)]", of="number"),
    _entry("编号", r"◆\s*(?:号(?!前)|室|楼|栋|弄|号线|路|街|版|页)|(?:路|街|道|巷)◆", of="number"),
    _entry("电话号码", r"◆-[◇\d]|[◇\d]-◆", of="number", unless=r"[◇◆]-[◇◆]\S{0,2}(?:岁|周岁|年|个|人|%)"),
    _entry("电话号码", r"(?:电话|热线|致电|拨打|传真|邮编|微信|QQ|账号|邮箱|客服)[^,]*◆", of="number period"),
    _entry("电话号码", r"^[^,]{0,6}(?:热线|平台)◆|◆(?:热线|平台|APP|小程序)", of="number"),
    _entry(
        "时刻",
        r"[◇\d][::]◆|◆[::]\s*[◇\d]|[午晚]◆\s*时|◆\s*(?:时|点)(?!内|以内|左右)",
        scope="whole",
        of="number",
    ),
    _entry("网址", r"[A-Za-z/_\\=%&]◆|◆[A-Za-z/_\\=%&](?!mmol|IU)|javascript|https?:", of="number"),
    _entry("型号或数据", r"[“‘][^”’]*◆[^”’]*[”’]", of="number period", unless=_LIMIT + r"|为[“][^”]*◆"),
    _entry(
        "所引文件", r"[(][^()]*◆[^()]*(?:通过|公布|修订|修正|发布|会议|令)[^()]*[)]", of="date", scope="whole"
    ),
    _entry("所引文件", r"◆\s*[^,]{0,12}(?:印发|发布|公布|下发|签发|签署)的|◆[^,]{0,6}第◇", of="date"),
    _entry(
        "分级分段",
        r"◆(?:下列|层级|联动|行政|政府|财政|机构|部门|管理|阶段|方面|渠道|联)",
        of="number",
        unless=r"◆以下",
    ),
    _entry("分级分段", r"(?:以下|下列|如下|上述|前述|以上|这|该|前|其中|等|各)◆(?!以[上下内])", of="number"),
    _entry(
        "分级分段",
        r"(?:市|县|区|省|乡|镇|村|国家|部|街)[、市县区乡镇村(]*[)]?◆(?:的"
        r"|[^,]{0,2}(?:网|体系|调解|协同|衔接|联))",
        of="number",
    ),
    _entry(
        "序数",
        r"(?:第|首套|首次|首套[、和或]|首次[、或和]|[一二三四]类[、和及]"
        r"|[、以及]{1,2}二类)◆",
        of="number",
    ),
    _entry("年度名称", r"◆(?:度|级|届|版|学年|秋季|春季|财年)", of="date number period"),
    _entry("网页日期", r"(?:发布|更新|来源|浏览|访问)(?:时间|日期|次数)[:: ]*◆", scope="whole"),
    _entry(
        "旧标准",
        r"(?:由|从|原)(?:原来的?|现行的?)?[^,由从]{0,24}◆[^,◇]{0,8}(?:调整|提高|上调"
        r"|下调|增加|降低|降|升|提升|上升|扩大|延长|缩短|改)(?:到|为|至)",
        scope="whole",
    ),
    _entry("规划期", r"[(（](?:◇[—~-])?◆(?:[—~-]◇)?[)）]|《[^》]*◆", of="date"),
    _entry("名称", r"◆(?:最长|最高|有限责任|公司)", of="number"),
    _entry("名称", r"◆(?:工程|建设项目)", of="number"),
    _entry(
        "估计",
        r"近◆(?!内)(?![^,]{0,8}(?:平均|连续|累计))|(?:^|[^不大])约[^,◆]{0,2}◆|预计|预期可",
        of="number money rate",
    ),
    _entry("过去的情况", r"近[◆◇几数]来|近[◆◇][^,]{0,2}来", scope="whole"),
    _entry(
        "过去的情况",
        r"(?:组织|召开|听取|进行|举行|开展|批准|调查|考察|作出|提出|发生|通过|主持"
        r"|批转|收到|出席)了|收悉",
        of="date",
        scope="whole",
    ),
    _entry("过去的情况", r"记录到|监测到|观测到|发现了|排查出", scope="whole"),
    _entry("举例", r"(?:例如|比如|举例|譬如|假设|假如|以[^,]{1,12}为例)", scope="whole"),
    _entry(
        "过去的情况",
        r"据统计|同比|比上年|较上年|上年同期|去年|近年来|以来[,]"
        r"|会议[^,]{0,6}(?:指出|强调|认为|决定|肯定|要求|传达)|记者|获悉|视察|考察了"
        r"|座谈会",
        scope="whole",
        unless=_LIMIT,
    ),
    _entry(
        "过去的情况",
        r"(?:完成|实现|建成|下降|增长|增加|减少|发放|安排|拨付|查处|获得|下达|办理"
        r"|组织|达到|发生|造成|涉及)了[^,]{0,12}◆|(?:共有(?!人|产权)|共计|现有|已有"
        r"|已建|已完成|已累计|已实现|已发放|累计(?:完成|发放|实现|投入|支持))[^,]*◆",
        scope="part",
        unless=_LIMIT,
    ),
    _entry(
        "过去的情况",
        r"(?:截至|截止)◆[^,]{0,4}[,]",
        of="date",
        scope="whole",
        unless=r"(?:报名|申报|申请|受理|提交|缴费)",
    ),
    _entry(
        "比喻和名称",
        r"◆(?:一体|全面|个全面|个维护|个确立|个自信|个意识|项行动|大工程|进制|星级"
        r"|网通办)",
        of="number",
    ),
)

#: 二套, 三级, 二类 name which one; how many would be 两套, or 2套.
_ORDINAL = re.compile(r"^[二三四五六七八九][套级类手]$")
_UPWARDS = re.compile(r"◆(?:及|或)?(?:\(含\))?以[上下]")


def look_alike(place: Place) -> str | None:
    """Why the figure decides nothing, or None."""
    if _was_before(place):
        return "过去的情况"
    if _ORDINAL.search(place.figure.text) and not _UPWARDS.search(place.part):
        return "序数"
    for entry in LOOK_ALIKES:
        text = place.part if entry.scope == "part" else place.whole
        if entry.of and place.kind not in entry.of:
            continue
        if entry.pattern.search(text) and not (entry.unless and entry.unless.search(text)):
            return entry.why
    return None


_YEAR = re.compile(r"((?:19|20)\d\d)年")
_LAYS_DOWN = re.compile(r"[应须可按起前后止至的]|不得|给予|执行|有效|以[上下内]的")


def _was_before(place: Place) -> bool:
    """A sentence that names only years before the policy's own, and lays nothing down, tells how things were."""
    years = [int(y) for y in _YEAR.findall(place.whole_words)]
    if place.issued is None or not years or max(years) >= place.issued:
        return False
    return not _LAYS_DOWN.search(place.whole_words)
