"""One programme on one applicant: its conditions together, what it brings in, and what keeps it open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ceyin.assistant.deciding import Decision
from ceyin.assistant.rules.files import Programme
from ceyin.assistant.rules.model import (
    AmountRule,
    Condition,
    DeadlineRule,
    DiscretionaryRule,
    EligibilityRule,
    Pin,
)
from ceyin.assistant.rules.values import Reason, Verdict


@dataclass(frozen=True, slots=True)
class Judged:
    """A programme decided: all its conditions, and at least one of its sums where it gives any.

    ``applies`` is false where it is not meant for such an applicant at all. ``closing`` is the next day by which
    to apply, ``notes`` say what the text leaves open (a first batch that is closed says nothing of later ones).
    """

    programme: Programme
    decisions: tuple[Decision, ...]
    verdict: Verdict
    reason: Reason | None
    missing: tuple[str, ...]
    applies: bool
    closing: date | None = None
    notes: tuple[str, ...] = ()

    @property
    def failing(self) -> list[tuple[Condition, Pin]]:
        """The conditions behind a fail, for asking what would have to change; none where only a day has passed."""
        if self.verdict is not Verdict.FAIL or self.reason is Reason.NOT_IN_FORCE:
            return []
        entry = [d.rule for d in self.decisions if isinstance(d.rule, EligibilityRule)]
        sums = [d for d in self.decisions if isinstance(d.rule, AmountRule)]
        conditions = [(r.requires, r.pin) for r in entry if r.requires is not None]
        if sums and all(d.result.verdict is Verdict.FAIL for d in sums):
            first = next((d.rule for d in sums if d.rule.requires is not None), None)
            if first is None or first.requires is None:
                return []
            conditions.append((first.requires, first.pin))
        return conditions


def judge(programme: Programme, decisions: Sequence[Decision], as_of: date) -> Judged:
    """Decide a programme from the decisions of its rules."""
    entry = [d for d in decisions if isinstance(d.rule, EligibilityRule)]
    # What a person decides in some cases only is no condition in the others.
    entry += [d for d in decisions if isinstance(d.rule, DiscretionaryRule) and d.result.applies]
    calls = [d for d in decisions if isinstance(d.rule, DeadlineRule) and not d.rule.duty]
    sums = [d for d in decisions if isinstance(d.rule, AmountRule)]
    parts = [_Part.of(d) for d in entry]
    notes: list[str] = []
    if calls:
        window, note = _window(calls)
        parts.append(window)
        notes += [note] if note else []
    if sums:
        parts.append(_any([_Part.of(d) for d in sums]))
    if not parts:  # papers, steps or duties alone: there is nothing to decide
        parts.append(_Part(Verdict.UNKNOWN, Reason.INFORMATIVE, (), any(d.result.applies for d in decisions)))
    whole = _all(parts)
    applies = all(p.applies for p in parts)
    missing = whole.missing
    if whole.verdict is Verdict.PASS:  # entitled; what would make the sum exact is still worth telling
        due = [d.result for d in sums if d.result.verdict is Verdict.PASS and d.result.applies]
        missing = tuple(dict.fromkeys(key for result in due for key in result.missing))
    coming = [d.result.day for d in calls if d.result.day is not None and d.result.day >= as_of]
    return Judged(
        programme,
        tuple(decisions),
        whole.verdict,
        whole.reason,
        missing,
        applies,
        min(coming, default=None),
        tuple(notes),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    verdict: Verdict
    reason: Reason | None
    missing: tuple[str, ...]
    applies: bool = True

    @classmethod
    def of(cls, decision: Decision) -> _Part:
        result = decision.result
        verdict = result.verdict if result.applies else Verdict.FAIL
        return cls(verdict, result.reason, result.missing, result.applies)


def _all(parts: Sequence[_Part]) -> _Part:
    failed = [p for p in parts if p.verdict is Verdict.FAIL]
    if failed:
        return _Part(Verdict.FAIL, failed[0].reason, (), all(p.applies for p in parts))
    return _open([p for p in parts if p.verdict is Verdict.UNKNOWN])


def _any(parts: Sequence[_Part]) -> _Part:
    passed = [p for p in parts if p.verdict is Verdict.PASS]
    if passed:
        return passed[0]
    open_ = [p for p in parts if p.verdict is Verdict.UNKNOWN]
    if open_:
        return _open(open_)
    return _Part(Verdict.FAIL, parts[0].reason, (), any(p.applies for p in parts))


def _open(parts: Sequence[_Part]) -> _Part:
    """Passed where nothing is open; else unknown, for want of every fact that is missing."""
    if not parts:
        return _Part(Verdict.PASS, None, ())
    missing = tuple(dict.fromkeys(key for p in parts for key in p.missing))
    reasons = [p.reason for p in parts if p.reason is not None]
    reason = Reason.MISSING_FACT if Reason.MISSING_FACT in reasons else (reasons[0] if reasons else None)
    return _Part(Verdict.UNKNOWN, reason, missing)


def _window(calls: Sequence[Decision]) -> tuple[_Part, str]:
    """Whether one can still apply: in any call; the closing of one batch says nothing of later ones."""
    window = _any([_Part.of(d) for d in calls])
    batches = [d.rule.batch for d in calls if isinstance(d.rule, DeadlineRule)]
    if window.verdict is not Verdict.FAIL or window.reason is not None or not all(batches):
        return window, ""
    closed = "、".join(dict.fromkeys(batches))
    return (
        _Part(Verdict.UNKNOWN, Reason.BOUNDARY, ()),
        f"{closed}申报已经截止;以后批次什么时候报,现有文件没有写明,以新的通知为准。",
    )
