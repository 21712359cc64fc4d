"""A table of contents above a text: its lines are labels without words, and begin no clause."""

from __future__ import annotations

import re

from ceyin.corpus.markers import HEADING_FAMILIES, Family, is_cited, marker_at
from ceyin.corpus.units import Unit

_CONTENTS = re.compile(r"目\s*[录次]$")
_LISTED = HEADING_FAMILIES | {Family.PART, Family.CN, Family.PAREN_CN, Family.ARTICLE}
_ENTRY_MAX = 60


def table_of_contents(view: str, units: list[Unit]) -> range:
    """The places of the units that are a table of contents, its title line included; empty where there is none.

    It is the run of short labelled lines above the second coming of its own first line.
    """
    titled = next((i for i, u in enumerate(units[:40]) if len(u) <= 6 and _CONTENTS.match(u.cut(view))), None)
    first = 0 if titled is None else titled + 1
    while titled is None and first < min(len(units), 40) and not _is_entry(view, units[first]):
        first += 1
    if first >= len(units) or not _is_entry(view, units[first]):
        return range(0)
    label = marker_at(view, units[first].start)
    for i in range(first + 1, len(units)):
        again = marker_at(view, units[i].start)
        if again and is_cited(view, again):
            return range(0)
        if again and label and (again.family, again.number) == (label.family, label.number):
            enough = i - first >= 2 or titled is not None
            return range(first if titled is None else titled, i) if enough else range(0)
        if not _is_entry(view, units[i]):
            return range(0)
    return range(0)


def _is_entry(view: str, unit: Unit) -> bool:
    """「第一章 总则」, 「第一章 总则……3」: a label and a name, no sentence."""
    label = marker_at(view, unit.start)
    if label is None or label.family not in _LISTED or len(unit) > _ENTRY_MAX:
        return label is None and len(unit) <= 10 and bool(re.match(r"附\s*[则件录]", unit.cut(view)))
    return not re.search(r"[。;:]", unit.cut(view))
