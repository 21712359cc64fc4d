"""Who may apply, where a sentence names the kinds of applicant: 对企业…给予, 申报对象为…."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ceyin.assistant.drafting.sentences import sentences_of
from ceyin.assistant.rules.files import FactSpec

#: The fact that says what an applicant is.
APPLICANT_FACT = "企业类型"
#: Words that say a sentence is about who may; the kinds stand behind the first two, before the others.
_WHO = re.compile(
    r"(?:申报|申请|补贴|补助|奖励|扶持|资助|支持|救助|保障|适用)(?:对象|主体"
    r"|范围|人)(?:为|是|包括|:)(?P<behind>[^。;]{2,80})"
    r"|对(?P<given>[^,。;对]{2,40}?)(?:,)?(?:一次性)?(?:给予|发放"
    r"|按[^,。;]{1,20}给予)"
    r"|^(?P<may>[^,。;]{2,40}?)(?:均?可以?|方可|可向[^,。;]{2,14})(?:申报|申请"
    r"|享受)"
)
_NOT = re.compile(r"^(?:[^,]*(?:本市|各级|主管)?(?:部门|政府|局|机关))(?:可|负责)")


@dataclass(frozen=True, slots=True)
class Applicants:
    """The kinds of applicant a sentence names, and where they stand in the clause."""

    kinds: tuple[str, ...]
    start: int
    end: int
    sentence: tuple[int, int]


def applicants_in(text: str, facts: Mapping[str, FactSpec]) -> Iterator[Applicants]:
    """The applicants of each sentence of a normalised clause that says who may apply or who is given something."""
    spec = facts.get(APPLICANT_FACT)
    if spec is None:
        return
    for sentence in sentences_of(text):
        for m in _WHO.finditer(sentence.text):
            group = m.lastgroup or ""
            words = m.group(group)
            kinds = kinds_named(words, spec)
            if not kinds or _NOT.search(sentence.text):
                continue
            start = sentence.start + m.start(group)
            yield Applicants(
                kinds,
                start,
                start + len(words),
                (sentence.start, sentence.start + len(sentence.text)),
            )
            break


def kinds_named(words: str, spec: FactSpec) -> tuple[str, ...]:
    """The members of the choice that are named, a longer name hiding the shorter ones in it (小微企业 is 企业)."""
    names = sorted(
        ((name, kind) for kind, said in spec.values.items() for name in (kind, *said) if not name.isascii()),
        key=lambda pair: -len(pair[0]),
    )
    found: list[str] = []
    for name, kind in names:
        if len(name) >= 2 and name in words:
            found.append(kind)
            words = words.replace(name, "□")
    return tuple(kind for kind in spec.values if kind in found)
