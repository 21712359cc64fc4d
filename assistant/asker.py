"""Rules for another kind of person than the asker, or for another branch than the case is on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ceyin.assistant.deciding import Decision
from ceyin.assistant.rules.book import RuleBook
from ceyin.assistant.rules.model import Member
from ceyin.assistant.rules.uses import conditions_of, facts_of
from ceyin.assistant.rules.values import Trace, Verdict

#: The fact that says what kind of person applies.
_PERSON = "人员身份"
#: The fact that says which branch of a policy's loans a case is on: alone, with partners, as a firm.
_BRANCH = "创业形式"


def for_another(found: Sequence[Decision], text: str, book: RuleBook) -> set[str]:
    """The ids of the rules for another kind of person, where the policy has one for the asker's kind as well.

    Whoever names the other kind asks for it: 「我是毕业生,退役军人的贷款能申请吗」.
    """
    names = book.facts[_PERSON].values if _PERSON in book.facts else {}
    others, own = [], set()
    for decision in found:
        kinds = _only_for(decision)
        if not kinds and _PERSON in facts_of(decision.rule):
            own.add(decision.rule.pin.policy)
        if kinds and not any(word in text for k in kinds for word in (k, *names.get(k, ()))):
            others.append(decision)
    return {d.rule.id for d in others if d.rule.pin.policy in own}


def on_another_branch(decision: Decision) -> bool:
    """Whether a rule says no only because the case is on another branch of the policy.

    「一个人单干,最多借几年」 asks nothing of the loan for firms; a no from that one would answer another question.
    """
    if decision.result.verdict is not Verdict.FAIL or decision.result.reason is not None:
        return False
    failed = set(_failing(decision.result.trace))
    branches = [c for c in conditions_of(decision.rule) if isinstance(c, Member) and c.fact == _BRANCH]
    return bool(failed) and failed <= {c.what or c.fact for c in branches}


def _failing(trace: Trace) -> Iterator[str]:
    """What the no comes from: the leaves that fail, of parts that fail themselves."""
    failing = [part for part in trace.parts if part.verdict is Verdict.FAIL]
    if not failing:
        yield trace.what
    for part in failing:
        yield from _failing(part)


def _only_for(decision: Decision) -> tuple[str, ...]:
    """The kinds of people a rule is for, where it says no because the asker is of another."""
    if decision.result.verdict is not Verdict.FAIL:
        return ()
    told = [c for c in conditions_of(decision.rule) if isinstance(c, Member) and c.fact == _PERSON]
    failed = {t.what for t in decision.result.trace.leaves() if t.verdict is Verdict.FAIL}
    return tuple(k for c in told if (c.what or c.fact) in failed for k in c.any_of)
