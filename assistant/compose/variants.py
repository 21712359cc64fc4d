"""「到底是A还是B」: two readings of the same thing, each looked up; where documents differ, both are shown."""

from __future__ import annotations

import re

from ceyin.assistant.citing import Citations, cite_as
from ceyin.assistant.compose.draft import Draft, Material
from ceyin.assistant.compose.quoting import add_spans
from ceyin.assistant.evidence import Evidence

_EITHER = re.compile(r"(?:是)?([^,。?是]{2,24}?)还是([^,。?]{2,24})")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")


def variants(material: Material) -> Draft | None:
    """Both readings with their clauses; None where the question names no two figures or only one is found."""
    m = _EITHER.search(material.question.said)
    if not m:
        return None
    left, right = (set(_FIGURE.findall(part)) for part in m.groups())
    only_left, only_right = left - right, right - left
    if not only_left or not only_right:
        return None
    shared = left & right
    a = _holding(material, only_left | shared, only_right)
    b = _holding(material, only_right | shared, only_left)
    if a is None or b is None or a[0].clause.ref == b[0].clause.ref:
        return None
    draft = Draft(Citations(material.question.as_of))
    draft.say("conclusion", "两处写法不一致,分别如下,以哪一处为准文件没有写明。")
    for item, (start, end) in (a, b):
        add_spans(
            draft,
            item.policy,
            item.clause,
            [(start, end)],
            lead=f"{cite_as(item.policy, item.clause.ref.path)}:",
        )
    return draft


def _holding(
    material: Material, figures: set[str], others: set[str]
) -> tuple[Evidence, tuple[int, int]] | None:
    """The best clause with a sentence that has all of these figures near each other and none of the others."""
    for item in material.evidence:
        for sentence in item.sentences:
            words = sentence.cut(item.clause.text)
            for part in re.finditer(r"[^,、]+", words):
                found = set(_FIGURE.findall(part.group()))
                if figures <= found and not others & found:
                    return item, (sentence.start, sentence.end)
    return None
