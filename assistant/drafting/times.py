"""Rules of time out of candidates: deadlines, terms and lockouts; None where the sentence leaves out what they need."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from ceyin.assistant.drafting.finding import Found
from ceyin.assistant.drafting.proposing import Proposals
from ceyin.assistant.drafting.subjects import due_event, event_of, title_of
from ceyin.corpus.dates import last_of_month

_BEFORE_OPEN = re.compile(r"^(?:[(][^()]*[)])?前")
_DUTY = re.compile(r"获批|批准|认定后|立项|每年[^,]{0,8}报送|年度(?:报告|总结)")


def deadline_fields(text: str, found: Found, facts: Proposals) -> dict[str, Any] | None:
    """A day, a day of each year, or a period from an event."""
    sentence = text[slice(*found.sentence)]
    duty = {"duty": True} if _DUTY.search(sentence) else {}
    if found.figure.kind == "date":
        return _by_day(text, found, duty)
    period = period_of(found)
    if period is None:
        return None
    end = due_event(text, found)
    if end:
        key = facts.key_for(_dated(end), "date")
        return {"event": key, "period": period, "backwards": True, **duty}
    event = event_of(text, found)
    if not event:
        return None
    return {"event": facts.key_for(_dated(event), "date"), "period": period, **duty}


def term_fields(text: str, found: Found, facts: Proposals, heading: str) -> dict[str, Any] | None:
    """How long something lasts, from the event the sentence names or from its own beginning; 每三年 recurs."""
    period = period_of(found)
    if period is None or text[found.start - 1 : found.start] == "每":
        return None
    start = event_of(text, found) or re.sub(r"(?:期限|有效期|年限|期)$", "", title_of(text, found, heading))
    return {
        "start": facts.key_for(f"{start}起始日期" if not start.endswith("日期") else start, "date"),
        "period": period,
    }


def lockout_fields(text: str, found: Found, facts: Proposals, heading: str) -> dict[str, Any] | None:
    """For how long somebody may not, from the event before the comma."""
    period = period_of(found)
    if period is None:
        return None
    event = event_of(text, found) or title_of(text, found, heading)
    return {"requires": {"kind": "lockout", "event": facts.key_for(_dated(event), "date"), "period": period}}


def period_of(found: Found) -> dict[str, int] | None:
    """The period as the model writes it; half days and the like have none."""
    value = found.figure.value
    if found.figure.kind != "period" or not isinstance(value, Decimal) or value != value.to_integral_value():
        return None
    return {found.figure.unit: int(value)} if value else None


def day_of(value: str) -> date | None:
    """The day a date figure names in full; a month that ends (2019-02-end) is its last day."""
    m = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d|end)", value)
    if m is None:
        return None
    year, month, day = int(m.group(1)), int(m.group(2)), m.group(3)
    try:
        return last_of_month(year, month) if day == "end" else date(year, month, int(day))
    except ValueError:
        return None


def is_start(text: str, found: Found, group: Sequence[Found]) -> bool:
    """Whether a day only begins a stretch of days (A至B) or a time from then on (A起, A以后)."""
    after = text[found.end : found.sentence[1]]
    if re.match(r"(?:[(][^()]*[)])?(?:\s*\d{1,2}[时:]\d{0,2})?(?:起|以?后|之后|之日)", after):
        return True
    return bool(re.match(r"[至到~―—-]", after)) and any(f.start > found.start for f in group)


def _by_day(text: str, found: Found, duty: dict[str, Any]) -> dict[str, Any] | None:
    value = str(found.figure.value)
    open_ = bool(_BEFORE_OPEN.match(text[found.end : found.sentence[1]])) and not value.endswith("end")
    boundary = {"boundary": "open"} if open_ else {}
    day = day_of(value)
    if day is not None:
        return {"on": day.isoformat(), **boundary, **duty}
    yearly = re.search(r"每年[^,。;]{0,6}$", text[found.sentence[0] : found.start])
    if yearly and re.fullmatch(r"\d\d-(?:\d\d|end)", value):
        return {"each_year": value, **boundary, **duty}
    return None


def _dated(event: str) -> str:
    return event if event.endswith(("日期", "日")) else f"{event}日期"
