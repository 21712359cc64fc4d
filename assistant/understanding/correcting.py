"""A choice put right by naming what it is not: 「不是变更,是转让」 after 「商标变更」 is 商标转让."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ceyin.assistant.rules.files import FactSpec
from ceyin.assistant.rules.values import Fact, Known

_INSTEAD = re.compile(
    r"(?:不是|并非|不算|不叫)(?:办|做|报|搞)?(?P<a>[^,。;?!]{1,8}?)[,。;]?(?:而|应该|应当|其实)*(?:(?:办|做|报|搞)的)?(?:是|属于|叫)(?P<b>[^,。;?!]{2,16})"
)


def other_members(text: str, facts: Mapping[str, Fact], specs: Mapping[str, FactSpec]) -> dict[str, str]:
    """The choices told before of which a message denies one member and names another, by the part they differ in."""
    m = _INSTEAD.search(text)
    out: dict[str, str] = {}
    for key, fact in facts.items() if m is not None else ():
        if specs[key].type != "choice" or not isinstance(fact, Known) or not isinstance(fact.value, str):
            continue
        assert m is not None
        for name in specs[key].values:
            own, other = _differ(fact.value, name)
            if own and other and own in m.group("a") and other in m.group("b"):
                out[key] = name
    return out


def _differ(one: str, other: str) -> tuple[str, str]:
    """What is left of two names without the beginning and the end they share; nothing where they share none."""
    start = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    one, other = one[start:], other[start:]
    end = next(
        (i for i, (a, b) in enumerate(zip(reversed(one), reversed(other), strict=False)) if a != b),
        min(len(one), len(other)),
    )
    if not start and not end:
        return "", ""
    return one[: len(one) - end], other[: len(other) - end]
