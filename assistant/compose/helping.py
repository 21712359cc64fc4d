"""Greetings, what this program does and who speaks, what is in the library and since when."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ceyin.assistant.citing import Citations, short_title
from ceyin.assistant.compose.draft import Draft, Material
from ceyin.assistant.rules.calendar import chinese
from ceyin.corpus.library import StoredPolicy

_EXAMPLES = (
    "首批示范区申报截止到什么时候?",
    "企业首次通过知识产权管理体系认证能补多少?",
    "示范区称号能用几年?",
    "支持个转企的措施现在还有效吗?",
)
#: So many titles of one region are named.
_NAMED = 6
_WHO = re.compile(r"你是(?:谁|哪|什么|啥|不是)|谁(?:做|开发|弄|搞|造)|who are you", re.IGNORECASE)
#: All of them are asked for, even where some places are named.
_ALL = re.compile(r"哪[些几]|什么地方|几个|多少个|都有|全部|除了")
_SINCE = re.compile(r"更新|最新|时效|核对")
#: A help answer cites nothing that could stand for a figure: years and numbers are left out of titles.
_FIGURES = re.compile(r"\([^()]*\d[^()]*\)|\d{4}年")
_NATION = ("全国", "未注明")


def introduce(material: Material) -> Draft:
    """Who speaks and what the program can do."""
    draft = Draft(Citations(material.question.as_of), kind="help")
    if _WHO.search(material.question.said):
        draft.say("conclusion", "我是“策引”,照收录的政策文件回答问题的程序,不代表任何部门,也不受理申报。")
    draft.say(
        "conclusion",
        "可以问政策里的申报条件、补贴金额、截止时间、有效期、材料和办理部门,回答都附所依据的条文。",
    )
    draft.say("note", "直接用平常的话问就行;说清在哪个地方、是什么单位、有些什么,回答会更准。")
    draft.say("note", _regions(material.policies))
    draft.suggestions = list(_EXAMPLES)
    return draft


def coverage(material: Material) -> Draft:
    """Which places and policies are in the library; only those asked for, where places are named."""
    draft = Draft(Citations(material.question.as_of), kind="help")
    held = _by_region(material.policies)
    asked = [place.name for place in material.question.places]
    said = material.question.said
    named = {r: p for r, p in held.items() if _bare(r) in said or any(_is(name, r) for name in asked)}
    if _SINCE.search(material.question.said):
        draft.say("conclusion", "回答只照入库时的文本,入库日期见下面的“注意”。")
    lacking = [name for name in dict.fromkeys(asked) if not any(_is(name, r) for r in held)]
    if lacking:
        draft.say("conclusion", f"没有收录{'、'.join(lacking)}的文件。")
    if named and not re.search(r"除了?|以外|之外", said):
        draft.say("conclusion", f"有{'、'.join(named)}的文件:")
    if not named or _ALL.search(said):
        draft.say("conclusion", _regions(material.policies))
        named = {}
    for region, policies in (named or held).items():
        draft.say("item", f"{region}:{_titles(policies)}。")
    if named and not all(r in _NATION for r in named):
        draft.say("note", "全国性文件在各地也适用。")
    days = [p.added_at.date() for p in material.policies if p.added_at]
    if days:
        draft.warnings.append(f"政策库里的文件最近一次入库是{chinese(max(days))}。")
    else:
        draft.warnings.append("政策库里还没有导入的文件,回答照随程序带的条文摘要。")
    draft.suggestions = list(_EXAMPLES)
    return draft


def _by_region(policies: Sequence[StoredPolicy]) -> dict[str, list[StoredPolicy]]:
    """Policies by region, the whole country first."""
    out: dict[str, list[StoredPolicy]] = {}
    for policy in sorted(policies, key=lambda p: (p.region not in _NATION, p.region, p.policy_id)):
        out.setdefault(policy.region, []).append(policy)
    return out


def _is(name: str, region: str) -> bool:
    return _bare(name) in region


def _bare(name: str) -> str:
    return re.sub(r"(?:自治区|省|市|区|县)$", "", name)


def _regions(policies: Sequence[StoredPolicy]) -> str:
    regions = list(_by_region(policies))
    if not regions:
        return "政策库还是空的,请先导入文件。"
    places = [r for r in regions if r not in _NATION]
    nation = "全国性文件" if any(r in _NATION for r in regions) else ""
    return f"政策库现有地区:{'、'.join([*([nation] if nation else []), *places])}。"


def _titles(policies: Sequence[StoredPolicy]) -> str:
    names = [f"《{_FIGURES.sub('', short_title(p))}》" for p in policies]
    return "、".join(names[:_NAMED]) + ("等" if len(names) > _NAMED else "")
