"""What a person set for one question beside its words: facts filled in, chips changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ceyin.assistant.contract import Understood
from ceyin.assistant.rules.files import FactSpec
from ceyin.assistant.understood import ANY_POLICY
from ceyin.ui.app_protocol import parse_day
from ceyin.ui.page.fields import as_given

#: More than any form of ours has.
_MOST = 60
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Corrections:
    """Fields of an ask request; a fact that is None is not meant, whatever the words say."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    policies: tuple[str, ...] = ()
    region: str | None = None
    as_of: str | None = None


def corrected(
    now: Corrections,
    read_as: Understood | None,
    what: str,
    values: Mapping[str, Any],
    specs: Mapping[str, FactSpec],
) -> Corrections | None:
    """``now`` with one form of the page added; None where nothing was filled in or it is no form of ours.

    ``values`` come from the browser and may hold anything.
    """
    given = {str(k): v for k, v in list(values.items())[:_MOST] if _filled(v)}
    one = str(next(iter(given.values()), ""))
    known = [p.policy_id for p in read_as.policies] if read_as else []
    match what:
        case "facts" if given:
            told = {key: _told(specs.get(key), value) for key, value in given.items()}
            return replace(now, facts={**now.facts, **told})
        case "no-fact" if one:
            return replace(now, facts={**now.facts, one: None})
        case "policy" if one:
            return replace(now, policies=(one,))
        case "no-policy" if one:
            left = tuple(p for p in known if p != one)
            return replace(now, policies=left or (ANY_POLICY,))
        case "region" if one:
            return replace(now, region=one.strip())
        case "as_of" if parse_day(one):
            return replace(now, as_of=one)
    return None


def _filled(value: Any) -> bool:
    each = value if isinstance(value, list) else [value]
    return bool(each) and all(isinstance(v, str) and v.strip() and len(v) <= _LONGEST for v in each)


def _told(spec: FactSpec | None, value: Any) -> Any:
    return [str(v) for v in value] if isinstance(value, list) else as_given(spec, value)
