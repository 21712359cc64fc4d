"""The table of bibliographic facts an official web page shows above a policy: 文号, 发布机关, 生效日期, 时效性."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ceyin.corpus.dates import read_date
from ceyin.corpus.normalise import normalise

_LABELS = {
    "number": "发文字号|发文文号|发布文号|公文文号|文件编号|文件号|文号",
    "issuer": "发布机关|发布机构|发布单位|发布部门|发文机关|发文机构|发文单位|发文部门|制定机关|颁布机关|制发机关",
    "issued": "成文日期|成文时间|发文日期|发文时间|制定日期|签发日期|签署日期|颁布日期",
    "printed": "印发日期|印发时间",
    "published": "发布日期|发布时间|公开日期|公布日期|公布时间|上网日期|刊发日期",
    "effective": "生效日期|生效时间|实施日期|施行日期|执行日期|实施时间|施行时间",
    "expires": "失效日期|失效时间|废止日期|有效期至|截止有效期",
    "status": "有效性状态|效力状态|文件状态|时效性|时效状态|有效状态|文件时效|有效性|是否有效|时效",
    "title": "名称|标题|文件名称|信息名称",
    "other": (
        "索引号|信息索引号?|主题词|主题分类|分类|体裁分类|服务对象|统一编号|主题|浏览次数|浏览量|阅读次数|点击数|点击率|来源|信息来源|文章来源|字体|字号|分享到"
        "|责任编辑|编辑|栏目|信息类别|文件类型|发布者|作者|生成日期|公开方式|公开形式|公开范围|公开程序|公开时限|公开类型|组配分类|文种|体裁|属性|专业属性|备注|效力级别|效力等级|语种|信息分类"
        "|关键词|内容概述|内容分类|记录形式|载体类型|所属栏目|基本信息|打印|审核|责编"
    ),
}
_KIND_OF = {label: kind for kind, labels in _LABELS.items() for label in labels.split("|")}
_BY_LENGTH = "|".join(sorted(_KIND_OF, key=len, reverse=True))
_COLON = re.compile(rf"[【\[(]?({_BY_LENGTH})[】\])]?[::]")
_IN_FORCE = re.compile(
    r"^(?:现行有效|有效|失效|已失效|废止|已废止|部分失效|部分废止|尚未生效|未生效|已修改|已被修改|修订|全文有效|全文废止|是|否)"
)


@dataclass(frozen=True, slots=True)
class StatusTable:
    """What the table says; everything None where it says nothing."""

    title: str | None = None
    number: str | None = None
    issuers: tuple[str, ...] = ()
    issued: date | None = None
    printed: date | None = None
    published: date | None = None
    effective: date | None = None
    expires: date | None = None
    status: str | None = None


def is_table_line(line: str) -> bool:
    """Whether a line is a row of such a table: a label with its value, or a label alone."""
    flat = normalise(line)
    if len(flat) > 200 or re.search(r"[。;]", flat):
        return False
    m = _COLON.match(flat)
    if m:
        return True
    if _KIND_OF.get(flat.strip("【】[]|:")):
        return True
    bare = _row(line)
    return len(bare) >= 2 or (len(bare) == 1 and len(flat) < 60 and bare[0][2] == 0)


def read_table(lines: list[str]) -> StatusTable:
    """The facts in the lines above and around a title; a value may stand in the line below its label."""
    values: dict[str, str] = {}
    for k, line in enumerate(lines):
        if not is_table_line(line):
            continue
        row = _row(line)
        for n, (kind, value, _) in enumerate(row):
            if not value and n == len(row) - 1 and k + 1 < len(lines) and not is_table_line(lines[k + 1]):
                value = normalise(lines[k + 1])
            if value and kind not in values and value not in ("-", "无", "暂无", "/", "--"):
                values[kind] = value
    number = values.get("number")
    status = _IN_FORCE.match(values.get("status", ""))
    word = status.group() if status else None
    return StatusTable(
        title=values.get("title"),
        number=number if number and re.search(r"\d\s*号", number) else None,
        issuers=_names(values.get("issuer", "")),
        issued=read_date(values.get("issued", "")),
        printed=read_date(values.get("printed", "")),
        published=read_date(values.get("published", "")),
        effective=read_date(values.get("effective", "")),
        expires=read_date(values.get("expires", "")),
        status={"是": "有效", "否": "失效"}.get(word or "", word),
    )


def _names(value: str) -> tuple[str, ...]:
    return tuple(n for n in re.split(r"[,、;]", value) if 3 <= len(n) <= 40 and not re.search(r"\d", n))


def _row(line: str) -> list[tuple[str, str, int]]:
    """The labels of a line with their values and where each label stands: 「发布日期 2023-07-03 生效日期 …」."""
    spaced = re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=号\s*[::])", "", re.sub(r"[:：]", ":", line))
    cells = re.sub(r"\s+", " ", spaced).strip(" |·•")
    found = [
        m
        for m in re.finditer(rf"[【\[]?({_BY_LENGTH})[】\]]?\s*(:|(?=\s)|$)\s*", cells)
        if m.start() == 0 or not re.match(r"[\u4e00-\u9fff《]", cells[m.start() - 1])
    ]
    out: list[tuple[str, str, int]] = []
    for n, m in enumerate(found):
        end = found[n + 1].start() if n + 1 < len(found) else len(cells)
        out.append((_KIND_OF[m.group(1)], normalise(cells[m.end() : end]).strip("|·•【】[] "), m.start()))
    return out
