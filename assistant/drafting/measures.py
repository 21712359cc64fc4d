"""Rules of measure out of candidates: thresholds to pass, and targets to reach by a year."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from ceyin.assistant.drafting.finding import Found
from ceyin.assistant.drafting.proposing import FactType, Proposals
from ceyin.assistant.drafting.subjects import title_of
from ceyin.assistant.rules.money import plain

_YEAR = re.compile(r"(20\d\d)年")
#: 三级以上 is a rank: which side is above is for a reader to say.
_RANKED = frozenset({"级", "等", "类"})
#: A share to be kept (首付比例不低于20%), not one by which something is raised.
_SHARE = re.compile(
    r"^(?!.*(?:上浮|下浮|再提高|再上浮|额度|贴息|补贴|奖)).*(?:首付|比例|占比"
    r"|比重|利率|费率|率)"
)
_PERIOD_UNITS = {"years": "年", "months": "个月", "days": "天", "working_days": "个工作日"}


def threshold_condition(text: str, found: Found, facts: Proposals, heading: str) -> dict[str, Any] | None:
    """The condition a figure with a comparison makes; without one (限购2套) nothing is drafted."""
    value = found.figure.value
    if found.op is None or not isinstance(value, Decimal) or found.figure.unit in _RANKED:
        return None
    if found.kind == "rate" and not _SHARE.search(text[slice(*found.words)]):
        return None
    kind, unit = _measure(found)
    key = facts.key_for(title_of(text, found, heading), kind, unit)
    return {"kind": "threshold", "fact": key, "op": found.op, "value": plain(value), "unit": unit}


def target_fields(text: str, found: Found, facts: Proposals, heading: str) -> dict[str, Any] | None:
    """A target with the year its sentence, its clause so far or its heading names last."""
    value = found.figure.value
    if not isinstance(value, Decimal):
        return None
    kind, unit = _measure(found)
    key = facts.key_for(title_of(text, found, heading), kind, unit)
    fields: dict[str, Any] = {"fact": key, "op": found.op or "ge", "value": plain(value), "unit": unit}
    year = year_of(text, found)
    return fields | ({"year": year} if year else {})


def year_of(text: str, found: Found) -> int | None:
    """The last year named before the figure in its clause."""
    years = _YEAR.findall(text[: found.start])
    return int(years[-1]) if years else None


def _measure(found: Found) -> tuple[FactType, str]:
    figure = found.figure
    if figure.kind == "money":
        return "money", "元"
    if figure.kind == "rate":
        return "rate", "%"
    if figure.kind == "period":
        return "count", _PERIOD_UNITS.get(figure.unit, figure.unit)
    return ("count" if figure.unit else "number"), figure.unit
