"""Greetings, what this program does, what is in the library."""

from __future__ import annotations

from ceyin.assistant.citing import Citations
from ceyin.assistant.compose.draft import Draft, Material

_EXAMPLES = (
    "首批示范区申报截止到什么时候?",
    "企业首次通过知识产权管理体系认证能补多少?",
    "示范区称号能用几年?",
    "支持个转企的措施现在还有效吗?",
)


def introduce(material: Material) -> Draft:
    """What the program can do."""
    draft = Draft(Citations(material.question.as_of), kind="help")
    draft.say(
        "conclusion",
        "可以问政策里的申报条件、补贴金额、截止时间、有效期、材料和办理部门,回答都附所依据的条文。",
    )
    draft.say("note", _library(material))
    draft.suggestions = list(_EXAMPLES)
    return draft


def coverage(material: Material) -> Draft:
    """Which places and policies are in the library."""
    draft = Draft(Citations(material.question.as_of), kind="help")
    draft.say("note", _library(material))
    titles = [f"《{p.title}》" for p in material.policies]
    draft.say("note", "收录的文件:" + "、".join(titles[:30]) + ("等" if len(titles) > 30 else "") + "。")
    draft.suggestions = list(_EXAMPLES)
    return draft


def _library(material: Material) -> str:
    regions = sorted({p.region for p in material.policies})
    return f"政策库现有地区:{'、'.join(regions)}。" if regions else "政策库还是空的,请先导入文件。"
