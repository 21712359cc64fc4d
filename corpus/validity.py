"""Whether a policy is in force on a day, as far as its own text and the catalog say."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Protocol

from ceyin.corpus.model import InForce

if TYPE_CHECKING:
    from ceyin.corpus.stored import StoredPolicy


class Dated(Protocol):
    """Anything with the dates of a policy."""

    @property
    def issued(self) -> date | None: ...
    @property
    def effective_from(self) -> date | None: ...
    @property
    def expires(self) -> date | None: ...
    @property
    def repealed(self) -> date | None: ...


def in_force(policy: Dated, on: date) -> InForce:
    """Expired from the day after 「有效期至」; unknown where no text says until when it holds."""
    if policy.repealed is not None and on >= policy.repealed:
        return InForce.REPEALED
    if policy.expires is not None and on > policy.expires:
        return InForce.EXPIRED
    start = policy.effective_from or policy.issued
    if start is not None and on < start:
        return InForce.NOT_YET
    return InForce.IN_FORCE if policy.expires is not None else InForce.UNKNOWN


_PLANNED = re.compile(r"[((](?:19|20)\d\d\s*[—–~至-]+\s*((?:19|20)\d\d)\s*年?[))]")
_TRIAL = re.compile(r"试行|暂行")


def plan_over(policy: StoredPolicy, on: date) -> int | None:
    """The last year of a plan whose period has passed (规划期届满), which is not the same as expired; else None."""
    m = _PLANNED.search(policy.title)
    return int(m.group(1)) if m and on.year > int(m.group(1)) else None


def doubtful(policy: StoredPolicy, on: date) -> str | None:
    """Why it is to be checked whether a policy still holds (时效待核); None where nothing speaks for it."""
    if in_force(policy, on) is not InForce.UNKNOWN:
        return None
    entry = policy.entry
    if entry is not None and entry.revision is not None and entry.revision <= on:
        return "已公告拟修订"
    if _TRIAL.search(policy.title) or (entry is not None and entry.trial):
        return "试行文件没有写明有效期"
    return None
