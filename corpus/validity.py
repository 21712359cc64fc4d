"""Whether a policy is in force on a day, as far as its own text and the catalog say."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from ceyin.corpus.model import InForce


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
