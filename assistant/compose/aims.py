"""The aims of two years asked for in one question: 「早的那年几个,晚的又是哪年」."""

from __future__ import annotations

import re

from ceyin.assistant.citing import cite_as
from ceyin.assistant.compose.draft import Draft
from ceyin.assistant.compose.quoting import add_spans
from ceyin.assistant.evidence import Evidence

_ASKS = re.compile(
    r"[两二2]个?(?:年份|年头|时间点|时间节点|节点|阶段)|近期[^?]{1,20}远期"
    r"|(?:早|前|近)[的一][^?]{1,24}[,。;?][^?]{0,6}(?:晚|后|远)[的一]"
)
_YEAR = re.compile(r"到(20\d\d)年")
_AIM = re.compile(r"到(20\d\d)年[^。;]*[。;]?")


def asks_two_aims(said: str) -> bool:
    """Whether the aims of two years are asked for."""
    return bool(_ASKS.search(said))


def add_other_aims(draft: Draft, first: Evidence) -> None:
    """Quote the aims for other years than the first clause has, from the same part of the text."""
    path, told = first.clause.ref.path, set(_YEAR.findall(first.clause.text))
    for clause in first.policy.clauses if told else ():
        spans = [m.span() for m in _AIM.finditer(clause.text) if m.group(1) not in told]
        beside = clause.ref.path[: len(path)] == path or clause.ref.path[:-1] == path[:-1]
        if clause.ref == first.clause.ref or not beside or not spans:
            continue
        told |= set(_YEAR.findall(clause.text))
        add_spans(draft, first.policy, clause, spans[:1], lead=f"{cite_as(first.policy, clause.ref.path)}:")
