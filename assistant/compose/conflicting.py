"""Where texts say different things on what was asked: both side by side, and which holds only where a text says so."""

from __future__ import annotations

import re

from ceyin.assistant.citing import called
from ceyin.assistant.compose.draft import Draft, Material, block, row
from ceyin.assistant.contract import Table
from ceyin.assistant.deciding import pinned_clause
from ceyin.assistant.rules.book import pin_holds
from ceyin.assistant.rules.files import Conflict
from ceyin.assistant.rules.model import Pin
from ceyin.assistant.rules.trigger import touched
from ceyin.corpus.library import StoredClause, StoredPolicy

_NOWHERE = "以哪一处为准文件没有写明"
_COLUMNS = ["文件", "地区", "怎么写"]


def add_conflicts(draft: Draft, material: Material) -> None:
    """Show each conflict the question touches whose places are all in the library, as they were when reviewed."""
    for conflict in touched(material.book, material.question.topic):
        if conflict.review.status != "reviewed":
            continue
        places = [(place.says, _stored(material, place.pin)) for place in conflict.places]
        found = [(says, stored) for says, stored in places if stored is not None]
        if len(found) == len(places) and _of_one_year([says for says, _ in found]):
            _show(draft, material, conflict, found)


_YEAR = re.compile(r"20\d\d(?=年)")


def _of_one_year(says: list[str]) -> bool:
    """Whether the places speak of the same years: an aim for 2025 and one for 2026 do not contradict each other."""
    years = [y for y in (frozenset(_YEAR.findall(s)) for s in says) if y]
    return len(years) < len(says) or len(set(years)) == 1


def _stored(material: Material, pin: Pin) -> tuple[StoredPolicy, StoredClause] | None:
    policy = next((p for p in material.policies if p.policy_id == pin.policy), None)
    clause = pinned_clause(policy, pin)
    if policy is None or clause is None or not pin_holds(pin, clause.text):
        return None
    return policy, clause


def _show(
    draft: Draft,
    material: Material,
    conflict: Conflict,
    found: list[tuple[str, tuple[StoredPolicy, StoredClause]]],
) -> None:
    wanted = [clause.ref for _, (_, clause) in found]
    settling = _stored(material, conflict.by) if conflict.by is not None else None
    wanted += [settling[1].ref] if settling is not None else []
    if draft.cites.room() < sum(draft.cites.number_of(ref) is None for ref in set(wanted)):
        return  # what cannot be cited is not claimed
    shown = all(draft.cites.number_of(ref) is not None for ref in wanted)
    if shown and _NOWHERE in draft.text:
        return
    rows = []
    for says, (policy, clause) in found:
        n = draft.cites.cite(policy, clause)
        rows.append([called(policy), policy.region, f"{says}[{n}]"])
    if settling is not None:
        n = draft.cites.cite(*settling)
        which = f"{conflict.settled}[{n}]。"
    else:
        which = f"{_NOWHERE},可向{conflict.ask}核实。"
    draft.say("note", f"写法有出入——{conflict.title}:{which}")
    if shown:
        return
    lines = [row(_COLUMNS), row(["---"] * len(_COLUMNS)), *(row(r) for r in rows)]
    draft.blocks.append(block("table", "\n".join(lines), table=Table(columns=_COLUMNS, rows=rows)))
