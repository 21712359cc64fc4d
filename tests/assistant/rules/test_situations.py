"""Every situation of ``situations/*.yaml``: the rule says just what is written there, and can show why."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from ceyin.assistant.rules.money import Interval
from ceyin.assistant.rules.result import Result
from ceyin.assistant.rules.values import Reason, Trace, Verdict

from .situation import Expected, Loaded, Situation, lines_of, read_situations

FOLDER = Path(__file__).parent / "situations"
FILES = [read_situations(path) for path in sorted(FOLDER.glob("*.yaml"))]
EVERY = [
    pytest.param(loaded, one, id=f"{loaded.path.stem}: {one.title}")
    for loaded in FILES
    for one in loaded.file.situations
]


@pytest.mark.parametrize(("loaded", "one"), EVERY)
def test_situation(loaded: Loaded, one: Situation) -> None:
    if one.texts is not None:
        decision = loaded.decision(one, one.texts)
        result = decision.result
        assert "/".join(decision.clause.ref.path) == (one.expect.clause or "第三条")
    else:
        result = loaded.result(one)
    assert told(result, one.expect) == wanted(one.expect)
    check_trace(result)
    if one.expect.left is not None:
        left = loaded.left(one, result)
        assert left is not None
        high = "open" if left.interval.high is None else left.interval.high
        assert (left.interval.low, high, left.certain) == (
            one.expect.left.low,
            one.expect.left.high,
            one.expect.left.certain,
        )


def told(result: Result, expect: Expected) -> dict[str, object]:
    """What the result says of all that is compared."""
    out: dict[str, object] = {
        "verdict": result.verdict.value,
        "reason": result.reason.value if result.reason else None,
        "applies": result.applies,
        "amount": ends(result.amount),
        "day": result.day,
        "missing": result.missing,
    }
    if expect.at_most is not None:
        out["at_most"] = result.at_most
    if expect.steps is not None:
        out["steps"] = result.steps
    if expect.notes is not None:
        out["notes"] = result.notes
    if expect.trace is not None:
        trace = result.trace
        out["trace"] = (trace.what, trace.given, trace.required, trace.verdict.value)
    if expect.parts is not None:
        out["parts"] = lines_of(result.trace)
    return out


def wanted(expect: Expected) -> dict[str, object]:
    """The same of what is expected."""
    low, high = (expect.amount,) * 2 if expect.amount is not None else (expect.low, expect.high)
    out: dict[str, object] = {
        "verdict": expect.verdict,
        "reason": expect.reason,
        "applies": expect.applies,
        "amount": None if low is None else (low, high),
        "day": expect.day,
        "missing": expect.missing,
    }
    out |= {
        name: getattr(expect, name)
        for name in ("at_most", "steps", "notes", "parts")
        if getattr(expect, name) is not None
    }
    if (line := expect.trace) is not None:
        out["trace"] = (line.what, line.given, line.required, line.verdict)
    return out


def ends(interval: Interval | None) -> tuple[Decimal, Decimal | str] | None:
    """Both ends of an amount."""
    return None if interval is None else (interval.low, "open" if interval.high is None else interval.high)


def check_trace(result: Result) -> None:
    """Every line names its clause and says what was asked; an unknown says why."""
    assert (result.reason is not None) or result.verdict is not Verdict.UNKNOWN
    assert result.reason is None or isinstance(result.reason, Reason)
    assert result.trace.verdict is result.verdict
    for line in walk(result.trace):
        assert line.what and line.clause, line


def walk(trace: Trace) -> Iterator[Trace]:
    yield trace
    for part in trace.parts:
        yield from walk(part)


MISTAKES = {
    "an unknown key": (
        "{title: t, rule: shili/a, as_of: 2026-01-01, expect: {verdict: pass, amont: '1'}}",
        "amont",
    ),
    "a rule the file does not have": (
        "{title: t, rule: shili/b, as_of: 2026-01-01, expect: {verdict: pass}}",
        "shili/b",
    ),
    "a fact the file does not declare": (
        "{title: t, rule: shili/a, facts: {乙: true}, as_of: 2026-01-01, expect: {verdict: pass}}",
        "乙",
    ),
    "an amount written twice": (
        "{title: t, rule: shili/a, as_of: 2026-01-01, expect: {verdict: pass, amount: '1', low: '1', high: '1'}}",
        "low and high",
    ),
}


@pytest.mark.parametrize(("row", "word"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_in_a_situation_names_the_file_and_the_situation(
    tmp_path: Path, row: str, word: str
) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(
        "facts: {甲: bool}\n"
        "rules: [{id: shili/a, kind: eligibility, requires: {kind: predicate, fact: 甲}}]\n"
        f"situations: [{row}]\n",
        encoding="utf-8",
    )
    with pytest.raises(ValueError, match=r"wrong\.yaml") as caught:
        read_situations(path)
    assert word in str(caught.value)
