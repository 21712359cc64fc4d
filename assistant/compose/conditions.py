"""The conditions of a rule one by one, as a reader wants them: what holds, what does not, what is still open."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ceyin.assistant.compose.draft import block
from ceyin.assistant.contract import Block
from ceyin.assistant.rules.conditions import ANY_REQUIRED
from ceyin.assistant.rules.values import MARKS, Trace, Verdict

#: 「≥3件」 as a trace has it: sign, figure, unit.
COMPARED = re.compile(r"^(≥|≤|>|<|=)([\d.]+)(.*)$")
#: What a trace says of a leaf that a person decides.
BY_OFFICE = "由主管部门认定"
_WORDS = {"≥": "{}以上", "≤": "不超过{}", ">": "超过{}", "<": "不满{}", "=": "{}"}
_YES_NO = ("是", "否")


@dataclass(frozen=True, slots=True)
class Shown:
    """One line: a condition, or (``ways``) the open alternatives of which one is enough."""

    verdict: Verdict
    leaf: Trace
    ways: tuple[Trace, ...] = ()


def condition_blocks(trace: Trace, n: int | None) -> list[Block]:
    """The conditions behind an outcome, one a line, in the order of the text; none where there are none."""
    return blocks_of(trace, n, _words)


def blocks_of(trace: Trace, n: int | None, words: Callable[[Shown], str]) -> list[Block]:
    """The conditions worded by ``words``, each once."""
    mark = f"[{n}]" if n else ""
    lines = [line for part in trace.parts for line in _lines(part)]
    if trace.verdict is Verdict.FAIL:  # alternatives that are open decide nothing any more
        lines = [line for line in lines if not line.ways]
    told = dict.fromkeys((line.verdict, words(line)) for line in lines)
    return [
        block("condition", f"{MARKS[verdict]} {text}{mark}", verdict=verdict.value) for verdict, text in told
    ]


def _lines(trace: Trace) -> list[Shown]:
    """The lines of a condition: of alternatives those that hold, else those still open, else why each fails."""
    if not trace.parts:
        return [Shown(trace.verdict, trace)]
    if trace.required != ANY_REQUIRED:
        return [line for part in trace.parts for line in _lines(part)]
    if trace.verdict is Verdict.FAIL:
        failed = [line for part in trace.parts for line in _lines(part) if line.verdict is Verdict.FAIL]
        return list({line.leaf.given: line for line in reversed(failed)}.values())[::-1]
    same = [part for part in trace.parts if part.verdict is trace.verdict]
    if trace.verdict is Verdict.PASS:
        return _lines(same[0])
    plain = [part for part in same if not _by_a_person(part)] or same
    if len(plain) == 1:
        return _lines(plain[0])
    return [Shown(Verdict.UNKNOWN, trace, tuple(plain))]


def plain_ways(trace: Trace) -> tuple[Trace, ...]:
    """The parts of a condition; of alternatives those that need no judgement of an office, where there are any."""
    if trace.required != ANY_REQUIRED:
        return trace.parts
    return tuple(part for part in trace.parts if not _by_a_person(part)) or trace.parts


def _by_a_person(trace: Trace) -> bool:
    """Whether this can hold only by a judgement of the office: another way is then the plain one."""
    if not trace.parts:
        return trace.given.startswith(BY_OFFICE)
    through = all if trace.required == ANY_REQUIRED else any
    return through(_by_a_person(part) for part in trace.parts)


def _words(line: Shown) -> str:
    if line.ways:
        return "还没有说明,以下有一项即可:" + ";".join(_need(way) for way in line.ways)
    return _leaf(line.leaf)


def _need(trace: Trace) -> str:
    """What an open alternative asks for, without what is known of the case."""
    if not trace.parts:
        m = COMPARED.match(trace.required)
        return trace.what + (_WORDS[m.group(1)].format(m.group(2) + m.group(3)) if m else "")
    joint = "或" if trace.required == ANY_REQUIRED else ","
    return joint.join(dict.fromkeys(_need(part) for part in plain_ways(trace)))


def _leaf(trace: Trace) -> str:
    """「有效专利件数:3件(要求3件以上)」; what needs no figure is said without one."""
    given, required = trace.given, trace.required
    if not required:  # a person decides: 「由主管部门认定,……」, or the words of the rule alone
        note = trace.what if given == BY_OFFICE else given.removeprefix(f"{BY_OFFICE},")
        return note if BY_OFFICE in note or "要问" in note else f"{BY_OFFICE}:{note}"
    if required in _YES_NO:
        wanted = "要求没有" if trace.what.startswith("有") else "要求:否"
        return f"{trace.what}:{_open(given)}" + ("" if required == "是" else f"({wanted})")
    m = COMPARED.match(required)
    if m is None:
        return f"{trace.what}:{_open(given)}" + ("" if given == required else f"(要求:{required})")
    sign, figure, unit = m.groups()
    if re.fullmatch(r"[\d.]+", given):
        given += unit
    return f"{trace.what}:{_open(given)}(要求{_WORDS[sign].format(figure + unit)})"


def _open(given: str) -> str:
    return "还没有说明" if given == "未说明" else given
