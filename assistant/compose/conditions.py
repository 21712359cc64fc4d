"""The conditions of a rule one by one, as a reader wants them: what holds, what does not, what is still open."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ceyin.assistant.compose.draft import block
from ceyin.assistant.contract import Block
from ceyin.assistant.rules.conditions import ALL_REQUIRED, ANY_REQUIRED, DENIED
from ceyin.assistant.rules.values import MARKS, Trace, Verdict

#: 「≥3件」 as a trace has it: sign, figure, unit.
COMPARED = re.compile(r"^(≥|≤|>|<|=)([\d.]+)(.*)$")
#: What a trace says of a leaf that a person decides.
BY_OFFICE = "由主管部门认定"
_WORDS = {"≥": "{}以上", "≤": "不超过{}", ">": "超过{}", "<": "不满{}", "=": "{}"}
#: The same denied.
_OTHERWISE = {"≥": "不满{}", "≤": "超过{}", ">": "不超过{}", "<": "{}以上", "=": "不是{}"}
_YES_NO = ("是", "否")
_PASSED = "超过"
_UNTOLD = "还不知道"
#: A name that says itself that something must not be.
_SAYS_NO = re.compile(r"[未不没无]|^非(?!正常)")
#: A name that says what somebody or something is, not what is done: 「首次认定」, 「小微企业」.
_IS_ONE = re.compile(r"^(?:首|是|属|自主|.{0,6}为)|(?:企业|机构|[户人单位者区市县社军内]|专利|项目|研发)$")


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
    lines = _lines(trace) if trace.parts else []
    if trace.verdict is Verdict.FAIL:  # why comes first; alternatives that are open decide nothing any more
        lines = sorted((x for x in lines if not x.ways), key=lambda x: x.verdict is not Verdict.FAIL)
    told = dict.fromkeys((line.verdict, words(line)) for line in lines)
    return [
        block("condition", f"{MARKS[verdict]} {text}{mark}", verdict=verdict.value) for verdict, text in told
    ]


def _lines(trace: Trace) -> list[Shown]:
    """The lines of a condition: of alternatives those that hold, else those still open, else why each fails."""
    if not trace.parts:
        return [Shown(trace.verdict, trace)]
    if trace.required == DENIED and trace.what not in (ANY_REQUIRED, ALL_REQUIRED):
        return [Shown(trace.verdict, trace)]  # the parts below have the opposite sign
    if trace.required != ANY_REQUIRED:
        return [line for part in trace.parts for line in _lines(part)]
    if trace.verdict is Verdict.FAIL:
        theirs = {
            leaf.given for part in trace.parts for leaf in part.leaves() if leaf.verdict is Verdict.PASS
        }
        failed = [line for part in trace.parts for line in _lines(part) if line.verdict is Verdict.FAIL]
        # what another branch takes (企业, where this one is for 高校) makes that the applicant's branch
        failed = [x for x in failed if x.leaf.given in _YES_NO or x.leaf.given not in theirs] or failed
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
        return "还不知道,以下有一项即可:" + ";".join(_need(way) for way in line.ways)
    return _leaf(line.leaf)


def _need(trace: Trace) -> str:
    """What an open alternative asks for, without what is known of the case."""
    if not trace.parts:
        m = COMPARED.match(trace.required)
        return trace.what + (_WORDS[m.group(1)].format(m.group(2) + m.group(3)) if m else "")
    joint = "或" if trace.required == ANY_REQUIRED else ","
    return joint.join(dict.fromkeys(_need(part) for part in plain_ways(trace)))


def _leaf(trace: Trace) -> str:
    """「有效专利件数:2件,要3件以上」; what holds, or says in its name what is wanted, is told without the demand."""
    what, given, required = trace.what, trace.given, trace.required
    if not required:
        return f"{what}:{_open(given)}" if not given.startswith(BY_OFFICE) else _office(what, given)
    if required in _YES_NO:
        told = _yes_no(trace)
    elif required == DENIED:
        told = {Verdict.PASS: "", Verdict.FAIL: "不符合", Verdict.UNKNOWN: _UNTOLD}[trace.verdict]
    elif required.removeprefix("不是").startswith(_PASSED):
        told = _span(trace)
    elif required.startswith("事后"):
        told = given if given == "没有" else f"{_open(given)},{required}"
    else:
        told = _value(trace)
    return f"{what}:{told}" if told else what


def _office(what: str, given: str) -> str:
    """What a person decides: 「由主管部门认定,……」, or the words of the rule alone."""
    note = what if given == BY_OFFICE else given.removeprefix(f"{BY_OFFICE},")
    return note if BY_OFFICE in note or "要问" in note else f"{BY_OFFICE}:{note}"


def _yes_no(trace: Trace) -> str:
    """How a yes or no stands to what is wanted; empty where the name of the condition says it."""
    what, wanted = trace.what, trace.required == "是"
    says_no = bool(_SAYS_NO.search(what))  # 「建设期未满」 names what is wanted, 「有欠税」 what is not
    if trace.verdict is Verdict.UNKNOWN:
        return _open(trace.given) + ("" if wanted or says_no else "(要没有)")
    if trace.verdict is Verdict.PASS:
        return "" if wanted or says_no else "没有"
    if wanted:
        return "不是" if _IS_ONE.search(what) else "没有"
    if "未" in what:
        return "已" + what.rpartition("未")[2]
    return "不是这样" if says_no else "有,要没有才行"


def _span(trace: Trace) -> str:
    """A time since a day: 「从2023年1月1日算起,已超过3年」."""
    unwanted = trace.required.startswith("不是")
    length = trace.required.removeprefix("不是")
    if trace.verdict is Verdict.UNKNOWN:
        return f"{_open(trace.given)}({'不能' if unwanted else '要'}{length})"
    if not trace.given[:1].isdigit():
        return trace.given
    over = (trace.verdict is Verdict.PASS) is not unwanted
    return f"从{trace.given}算起,{'已' if over else '没有'}{length}"


def _value(trace: Trace) -> str:
    """A figure or a choice, with what is wanted where it falls short or is open."""
    given, want = trace.given, wanted(trace)
    m = COMPARED.match(trace.required.removeprefix("不是"))
    if m is not None and re.fullmatch(r"[\d.]+", given):
        given += m.group(3)
    if trace.verdict is Verdict.PASS:
        return "" if given in trace.what and "、" not in trace.required else given
    if trace.verdict is Verdict.UNKNOWN:
        return _open(given) + (f"({want})" if want else "")
    if m is None and given != "没有":
        given = f"是{given}"
    return f"{given},{want}" if want else given


def wanted(trace: Trace) -> str:
    """What a condition asks for: 「要3件以上」, 「要高校或科研院所」, 「不能是企业」; empty where its name says so."""
    denied = trace.required.startswith("不是")
    required = trace.required.removeprefix("不是")
    m = COMPARED.match(required)
    if m is not None:
        return "要" + (_OTHERWISE if denied else _WORDS)[m.group(1)].format(m.group(2) + m.group(3))
    choices = required.split("、")
    if denied:
        return "" if _SAYS_NO.search(trace.what) else f"不能是{_or(choices)}"
    if any(set(choice) <= set(trace.what) for choice in choices):
        return ""
    return f"要{_or(choices)}"


def _or(choices: Sequence[str]) -> str:
    """「高校、科研院所或事业单位」; a choice within another (通过, 验收通过) is not said twice."""
    own = [c for c in choices if not any(c != other and c in other for other in choices)]
    return "或".join(["、".join(own[:-1]), own[-1]] if len(own) > 1 else own)


def _open(given: str) -> str:
    return _UNTOLD if given == "未说明" else given
