"""The conditions of a rule one by one, as a reader wants them: what holds, what does not, what is still open."""

from __future__ import annotations

import re

from ceyin.assistant.compose.draft import block
from ceyin.assistant.contract import Block
from ceyin.assistant.rules.conditions import ANY_REQUIRED
from ceyin.assistant.rules.values import MARKS, Trace, Verdict

_COMPARED = re.compile(r"^(≥|≤|>|<|=)([\d.]+)(.*)$")
_WORDS = {"≥": "{}以上", "≤": "不超过{}", ">": "超过{}", "<": "不满{}", "=": "{}"}
_ALTERNATIVES = "还没有说明,以下有一项即可:"
_YES_NO = ("是", "否")
_BY_OFFICE = "由主管部门认定"


def condition_blocks(trace: Trace, n: int | None) -> list[Block]:
    """The conditions behind an outcome, one a line, in the order of the text; none where there are none."""
    lines = [line for part in trace.parts for line in _lines(part)]
    if trace.verdict is Verdict.FAIL:  # alternatives that are open decide nothing any more
        lines = [(v, words) for v, words in lines if not words.startswith(_ALTERNATIVES)]
    mark = f"[{n}]" if n else ""
    seen: set[str] = set()
    out = []
    for verdict, words in lines:
        if words not in seen:
            seen.add(words)
            out.append(block("condition", f"{MARKS[verdict]} {words}{mark}", verdict=verdict.value))
    return out


def _lines(trace: Trace) -> list[tuple[Verdict, str]]:
    """The lines of a condition: of alternatives those that hold, else those still open, else all."""
    if not trace.parts:
        return [(trace.verdict, leaf_words(trace))]
    if trace.required != ANY_REQUIRED or trace.verdict is Verdict.FAIL:
        return [line for part in trace.parts for line in _lines(part)]
    same = [part for part in trace.parts if part.verdict is trace.verdict]
    if trace.verdict is Verdict.PASS:
        return _lines(same[0])
    plain = [part for part in same if not _by_a_person(part)] or same
    if len(plain) == 1:
        return _lines(plain[0])
    return [(Verdict.UNKNOWN, _ALTERNATIVES + ";".join(_need(part) for part in plain))]


def _need(trace: Trace) -> str:
    """What an open alternative asks for, without what is known of the case."""
    if not trace.parts:
        m = _COMPARED.match(trace.required)
        return trace.what + (_WORDS[m.group(1)].format(m.group(2) + m.group(3)) if m else "")
    if trace.required == ANY_REQUIRED:
        ways = [part for part in trace.parts if not _by_a_person(part)] or list(trace.parts)
        return "或".join(_need(part) for part in ways)
    return ",".join(dict.fromkeys(_need(part) for part in trace.parts))


def _by_a_person(trace: Trace) -> bool:
    """Whether this can hold only by a judgement of the office: another way is then the plain one."""
    if not trace.parts:
        return trace.given.startswith(_BY_OFFICE)
    through = all if trace.required == ANY_REQUIRED else any
    return through(_by_a_person(part) for part in trace.parts)


def leaf_words(trace: Trace) -> str:
    """「有效专利件数:3件(要求3件以上)」; what needs no figure is said without one."""
    given, required = trace.given, trace.required
    if not required:  # a person decides: 「由主管部门认定,……」, or the words of the rule alone
        note = trace.what if given == _BY_OFFICE else given.removeprefix(f"{_BY_OFFICE},")
        return note if _BY_OFFICE in note or "要问" in note else f"{_BY_OFFICE}:{note}"
    if required in _YES_NO:
        wanted = "要求没有" if trace.what.startswith("有") else "要求:否"
        return f"{trace.what}:{_open(given)}" + ("" if required == "是" else f"({wanted})")
    m = _COMPARED.match(required)
    if m is None:
        same = given == required
        return f"{trace.what}:{_open(given)}" + ("" if same else f"(要求:{required})")
    sign, figure, unit = m.groups()
    if re.fullmatch(r"[\d.]+", given):
        given += unit
    return f"{trace.what}:{_open(given)}(要求{_WORDS[sign].format(figure + unit)})"


def _open(given: str) -> str:
    return "还没有说明" if given == "未说明" else given
