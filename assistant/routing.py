"""Which policies may answer: those the question names, those that hold where the asker is, nobody else's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ceyin.assistant.places import find_places, holds_in
from ceyin.assistant.understand import Question
from ceyin.assistant.understanding.intents import Intent
from ceyin.assistant.understanding.naming import named_policies
from ceyin.corpus.library import StoredPolicy
from ceyin.corpus.normalise import normalise

_DISTRICT = re.compile(r"市([\u4e00-\u9fff]{2,4}?)(新区|区|县)")


@dataclass(frozen=True, slots=True)
class Scope:
    """``focus``: the policies named or meant by place; ``allowed``: all that may be cited."""

    focus: tuple[str, ...]
    allowed: frozenset[str]
    foreign: str | None = None  # a place the library has nothing of its own for
    unheld: str | None = (
        None  # a place whose own rules are asked for: a district no clause speaks of, a namesake's
    )


def scope(question: Question, policies: Sequence[StoredPolicy]) -> Scope:
    """Decide by the names, places and districts of the question."""
    if question.chosen:
        return Scope(tuple(question.policies), frozenset(question.policies))
    local = [p for p in policies if p.region not in ("全国", "未注明")]
    namesakes = _namesakes(question, local)
    focus = [policy_id for policy_id in question.policies if policy_id not in namesakes]
    unknown = _unknown_district(question, policies)
    if not question.places and not any(_district_of(p, question) or _region_of(p, question) for p in local):
        if focus and not _open_question(question):
            return Scope(tuple(focus), frozenset(focus), None, unknown)
        return Scope(tuple(focus), frozenset(p.policy_id for p in policies), None, unknown)
    here = [
        p
        for p in local
        if _district_of(p, question)
        or _region_of(p, question)
        or any(_names(p, place.name) for place in question.places)
    ]
    national = [p for p in policies if p.region in ("全国", "未注明")]
    above = [p for p in local if any(holds_in(p.region, place) for place in question.places)]
    foreign = question.places[0].name if question.places and not here and not above else None
    foreign = foreign or _asked_elsewhere(question, local)
    if namesakes and not focus and not here:
        unknown = unknown or question.places[0].name
    allowed = {p.policy_id for p in (*here, *national, *above)} | set(focus)
    ordered = tuple(dict.fromkeys([*focus, *(p.policy_id for p in here or above)]))
    return Scope(ordered, frozenset(allowed), foreign, unknown)


def _namesakes(question: Question, local: Sequence[StoredPolicy]) -> frozenset[str]:
    """Policies of one place that only their title points to, while another place is asked about.

    「南昌市知识产权专项资金」 is not 抚州's fund of the same name.
    """
    elsewhere = any(_district_of(p, question) or _region_of(p, question) for p in local)
    if not question.places and not elsewhere:
        return frozenset()
    return frozenset(
        p.policy_id
        for p in local
        if p.policy_id in question.policies
        and not _district_of(p, question)
        and not _region_of(p, question)
        and not any(_names(p, place.name) or holds_in(p.region, place) for place in question.places)
    )


def _asked_elsewhere(question: Question, local: Sequence[StoredPolicy]) -> str | None:
    """The place asked about, where others were only mentioned: 「苏州不是也跟江宁交流嘛,苏州的目标是啥」."""
    if question.wants(Intent.COMPARE):
        return None
    for segment in reversed(re.split(r"[,。;?!]", question.said)):
        places = find_places(segment)
        districts = [m.group(1) for p in local if (m := _DISTRICT.search(p.region + p.title))]
        if any(d in segment for d in districts):
            return None
        if places:
            held = any(_names(p, place.name) or holds_in(p.region, place) for p in local for place in places)
            return None if held else places[0].name
    return None


def _names(policy: StoredPolicy, place: str) -> bool:
    return place in policy.region or place in policy.title


def _district_of(policy: StoredPolicy, question: Question) -> bool:
    """Whether the question names the district a policy is for: 江宁 of 南京市江宁区."""
    m = _DISTRICT.search(policy.region + policy.title)
    return bool(m) and m.group(1) in question.topic  # type: ignore[union-attr]


def _region_of(policy: StoredPolicy, question: Question) -> bool:
    """Whether the question names the place of an imported policy that no list of places has."""
    return policy.region in question.topic and not find_places(policy.region)


def _unknown_district(question: Question, policies: Sequence[StoredPolicy]) -> str | None:
    """A district named for which nothing here is made: no text speaks of it, nor holds in the whole of its city."""
    if _whole_city(question, policies) or _whole_province(question, policies):
        return None
    for name in question.districts:
        bare = re.sub(r"(?:新区|区|县)$", "", name)
        body = "".join(
            c.text for p in policies for c in p.clauses if c.ref.path[0] not in ("题头", "落款", "通知")
        )
        if len(bare) >= 2 and bare not in body and not any(bare in normalise(p.title) for p in policies):
            return name
    return None


def _whole_city(question: Question, policies: Sequence[StoredPolicy]) -> bool:
    """Whether a policy for a whole city named is here: it holds in every district of it."""
    cities = [place.city for place in question.places if place.city]
    return any(
        city in p.region and not _DISTRICT.search(p.region + p.title) for city in cities for p in policies
    )


def _whole_province(question: Question, policies: Sequence[StoredPolicy]) -> bool:
    """Whether the question asks for the rules of a province that are here: 成都武侯区, by those of 四川."""
    provinces = {place.province for place in question.places if place.province}
    return any(name in question.topic and p.region.startswith(name) for name in provinces for p in policies)


def _open_question(question: Question) -> bool:
    """Comparisons may need a policy beside the one named."""
    return question.wants(Intent.COMPARE)


def meant(text: str, policies: Sequence[StoredPolicy]) -> frozenset[str]:
    """The policies a (part of a) question points to: by name, by place, or as the national one."""
    out = set(named_policies(text, policies))
    for policy in policies:
        m = _DISTRICT.search(policy.region + policy.title)
        if m and m.group(1) in text:
            out.add(policy.policy_id)
        elif policy.region in ("全国",):
            if re.search(r"全国|国家(?:局|层面|通知|文件|两份|那边)|国务院|中央", text):
                out.add(policy.policy_id)
        elif re.sub(r"[省市区]$", "", policy.region)[-2:] in text:
            out.add(policy.policy_id)
    return frozenset(out)


def local_names(policies: Sequence[StoredPolicy]) -> frozenset[str]:
    """The names of the places policies are for, with and without their kind: 江宁区, 江宁."""
    names: set[str] = set()
    for policy in policies:
        for m in re.finditer(r"([\u4e00-\u9fff]{2,4}?)(省|市|新区|区|县)", policy.region):
            names |= {m.group(1), m.group()}
        district = _DISTRICT.search(policy.region + policy.title)
        if district:
            names |= {district.group(1), district.group(1) + district.group(2)}
    return frozenset(names)
