"""A clause asked for by its number (第八条, 第六条第二项) that a damaged text has lost: the gap, not a neighbour."""

from __future__ import annotations

import re

from ceyin.assistant.compose.draft import Draft, Material
from ceyin.assistant.compose.refusing import lost_number
from ceyin.assistant.holding import other_document
from ceyin.corpus.library import StoredPolicy
from ceyin.corpus.model import Damage, DamageKind

_NUMERALS = "一二三四五六七八九十"
_N = rf"([{_NUMERALS}\d]{{1,3}})"
_ASKED = re.compile(rf"第{_N}条(?:的?(?:第[((]?{_N}[))]?|[((]{_N}[))])[项款点]?)?")


def numbered(material: Material) -> Draft | None:
    """That the clause asked for is lost, with what stands beside the gap; None where it is there, or no text is meant."""
    asked = _ASKED.search(material.question.said)
    policy = _meant(material) if asked else None
    if asked is None or policy is None:
        return None
    article = f"第{_in_words(asked.group(1))}条"
    part = asked.group(2) or asked.group(3)
    path = (article, f"({_in_words(part)})") if part else (article,)
    if any(c.ref.path == path for c in policy.clauses):
        return None
    gap = _gap(policy, path)
    return lost_number(material, policy, gap) if gap else None


def _meant(material: Material) -> StoredPolicy | None:
    """The one text the question names; without a name the one whose clause is nearest."""
    if other_document(material.asked):
        return None
    named = material.question.policies or material.scope.focus
    if named:
        return material.policy(named[0]) if len(named) == 1 else None
    return material.evidence[0].policy if material.evidence else None


def _gap(policy: StoredPolicy, path: tuple[str, ...]) -> Damage | None:
    """Where the text lost the article or the item of an article that is there."""
    gaps = [d for d in policy.damages if d.kind is DamageKind.GAP]
    if len(path) == 1:
        return next((d for d in gaps if _tells(d.note, path[0])), None)
    inside = [c.span for c in policy.clauses if c.ref.path[:1] == path[:1] and c.span]
    if not inside:
        return _gap(policy, path[:1])
    start, end = min(s.start for s in inside), max(s.end for s in inside)
    return next((d for d in gaps if start <= d.span.start < end and path[1] in d.note), None)


def _tells(note: str, article: str) -> bool:
    """Whether 「缺第一条至第五条」 is said of an article."""
    if article in note:
        return True
    ends = re.search(rf"第{_N}条至第{_N}条", note)
    return bool(ends) and _value(ends.group(1)) <= _value(article[1:-1]) <= _value(ends.group(2))  # type: ignore[union-attr]


def _value(numeral: str) -> int:
    """A numeral up to 99, in either writing."""
    if numeral.isdigit():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    return (10 * (_NUMERALS.find(tens) + 1 if tens else 1) if ten else 0) + (
        _NUMERALS.find(ones) + 1 if ones else 0
    )


def _in_words(numeral: str) -> str:
    """A numeral up to 99 as policies write it: 十二."""
    tens, ones = divmod(_value(numeral), 10)
    head = ("" if tens == 1 else _NUMERALS[tens - 1]) + "十" if tens else ""
    return head + (_NUMERALS[ones - 1] if ones else "")
