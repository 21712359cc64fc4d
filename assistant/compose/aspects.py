"""Broad questions, and those that name several things one by one: which clauses have them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ceyin.assistant.evidence import Evidence
from ceyin.indexes.coverage import share_in
from ceyin.indexes.everyday import meanings

_BROAD = re.compile(
    r"(?:哪些|哪几样|些什么|些啥|什么样的|啥|什么)(?:样的)?(?:方面的)?(?:帮扶|扶持|支持|优惠|照顾|好处|待遇|政策)(?!文件|依据)"
)
#: 「税、房租、贷款这些方面」: what of several things is asked.
_ASPECTS = re.compile(
    r"((?:[\u4e00-\u9fff]{1,6}、)+[\u4e00-\u9fff]{1,6}?)(?:这些|这几|这[两三]|等|方面|几[样个方]|都|各)"
)
#: With this share of it a thing stands in a clause.
_STANDS = 0.6
#: A clause with more of what is asked for may stand so much behind the best one.
_WITH_MORE = 0.8


def broad(said: str) -> bool:
    """Whether any help at all is asked for: no one rule answers that."""
    return bool(_BROAD.search(said))


def aspects_of(said: str) -> tuple[str, ...]:
    """The things a question names one by one; none where it does not."""
    m = _ASPECTS.search(said)
    if m is None:
        return ()
    first, *others = m.group(1).split("、")
    return (re.split(r"[对在给的把就从按]", first)[-1] or first, *others)


def _has(item: Evidence, aspect: str) -> bool:
    """Whether a clause has a thing asked for, in its own words or the official ones for it: 租金 for 场地."""
    text = item.clause.text
    if share_in(aspect, text) >= _STANDS:
        return True
    return any(term in text for terms in meanings(aspect) for term in terms)


def lacking(aspects: Sequence[str], kept: Sequence[Evidence]) -> list[Evidence]:
    """The next clauses, one for each thing asked for that none before has."""
    out: list[Evidence] = []
    for aspect in aspects:
        if any(_has(e, aspect) for e in (kept[0], *out)):
            continue
        out += [e for e in kept[1:6] if _has(e, aspect)][:1]
    return out[:2]


def with_most(aspects: Sequence[str], kept: list[Evidence], part: Sequence[Evidence]) -> list[Evidence]:
    """The clauses found, first the one that has most of the things named one by one, in whatever words."""
    if not kept or len(aspects) < 2:
        return kept
    count = {e.clause.ref: sum(_has(e, a) for a in aspects) for e in part}
    near = [e for e in part if e.score >= _WITH_MORE * kept[0].score]
    near = [e for e in near if e in kept or (e.policy is kept[0].policy and count[e.clause.ref] > 1)]
    best = max([kept[0], *near], key=lambda e: count.get(e.clause.ref, 0))
    return [best, *(e for e in kept if e is not best)]
