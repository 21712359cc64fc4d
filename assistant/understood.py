"""What was made of a message, for showing it: policies, region, facts, day; and what the caller set instead."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal

from ceyin.assistant.contract import Understood, UnderstoodFact, UnderstoodPolicy
from ceyin.assistant.places import find_places
from ceyin.assistant.rules.book import RuleBook
from ceyin.assistant.rules.files import FactSpec
from ceyin.assistant.rules.money import plain
from ceyin.assistant.rules.values import (
    Absent,
    AtLeast,
    Below,
    Between,
    Conflict,
    Fact,
    Facts,
    Known,
    Unknown,
    Value,
)
from ceyin.assistant.understand import Question
from ceyin.corpus.errors import CeyinError
from ceyin.corpus.library import StoredPolicy

#: Chosen instead of policies: whatever policy the words name, it is not meant to be kept to.
ANY_POLICY = "*"


class QuestionError(CeyinError):
    """The request itself cannot be answered: empty, far too long, a date, policy or region that is none."""


def understood(
    question: Question, facts: Facts, given: Collection[str], policies: Sequence[StoredPolicy], book: RuleBook
) -> Understood:
    """What was understood; ``given`` are the keys of the facts the caller gave, the others were read in the words."""
    titles = {p.policy_id: p.title for p in policies}
    return Understood(
        policies=[UnderstoodPolicy(policy_id=p, title=titles[p]) for p in question.policies if p in titles],
        region=question.region or _region(question),
        facts=_facts(facts, given, book),
        as_of=question.as_of.isoformat(),
        intents=sorted(intent.value for intent in question.intents),
        language="en" if question.english else "zh",
    )


def chosen_policies(wanted: Sequence[str], policies: Sequence[StoredPolicy]) -> tuple[str, ...] | None:
    """The policies a caller chose, each once; none for ``*``, None where he left it to the words.

    Raises QuestionError for an id that is none.
    """
    if not wanted:
        return None
    if list(wanted) == [ANY_POLICY]:
        return ()
    known = [p.policy_id for p in policies]
    for policy_id in wanted:
        if policy_id not in known:
            near = difflib.get_close_matches(policy_id, known, 1, cutoff=0.4)
            hint = f"是不是“{near[0]}”?" if near else ""
            raise QuestionError(f"没有政策“{policy_id}”。{hint}请用 ceyin corpus list 查看。")
    return tuple(dict.fromkeys(wanted))


def chosen_region(wanted: str | None) -> str | None:
    """The region a caller chose; raises QuestionError for words that name no place."""
    region = (wanted or "").strip()
    if not region or region == "全国":
        return None
    if not find_places(region):
        raise QuestionError(f"地区“{region}”认不出来,请写省、市或县区的名字,如 抚州市、南京市江宁区。")
    return region


def _region(question: Question) -> str | None:
    """The place named, with the district if one was."""
    place = next(iter(question.places), None)
    if place is None:
        return None
    district = place.district or next(iter(question.districts), "")
    return place.name if district in place.name else place.name + district


def _facts(facts: Facts, given: Collection[str], book: RuleBook) -> list[UnderstoodFact]:
    """The facts as shown; one word read as the member of several lists (企业) is shown once."""
    out: list[UnderstoodFact] = []
    named: set[str] = set()
    for key, fact in facts.known.items():
        spec, source = book.facts[key], "given" if key in given else "said"
        shown = _shown(spec, fact)
        if shown is None or (source == "said" and spec.type == "choice" and shown in named):
            continue
        if spec.type == "choice":
            named.add(shown)
        out.append(UnderstoodFact(key=key, value=shown, source="given" if key in given else "said"))
    return out


def _shown(spec: FactSpec, fact: Fact) -> str | None:
    """A fact as it is shown: 3件, 15000元, 是, 2026-05; None where nothing is known."""
    match fact:
        case Known(value=value, month_only=month_only):
            if month_only and isinstance(value, date):
                return f"{value:%Y-%m}"
            return _worded(spec, value)
        case AtLeast(low=low):
            return f"至少{_worded(spec, low)}"
        case Below(high=high):
            return f"不到{_worded(spec, high)}"
        case Between(low=low, high=high):
            return f"{plain(low)}至{_worded(spec, high)}"
        case Absent():
            return f"0{spec.unit}" if spec.type in ("count", "money", "number") else "没有"
        case Conflict(values=values):
            return "或".join(_worded(spec, v) for v in values)
        case Unknown():
            return None


def _worded(spec: FactSpec, value: Value) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return f"{plain(value * 100)}%" if spec.type == "rate" else f"{plain(value)}{spec.unit}"
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str) else "、".join(_worded(spec, v) for v in value)
