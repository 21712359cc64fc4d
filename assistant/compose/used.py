"""A word in quotation marks whose meaning is asked for, which the texts use and do not explain: where they use it."""

from __future__ import annotations

import re

from ceyin.assistant.citing import Citations, cite_as
from ceyin.assistant.compose.draft import Draft, Material
from ceyin.assistant.compose.quoting import add_spans
from ceyin.corpus.normalise import normalise

#: What is said first of a word that is used and not explained.
UNEXPLAINED = "文件没有专门给这个说法下定义,下面是用到它的条文。"
#: A question after the meaning of a word and nothing else.
ASKS_MEANING = re.compile(
    r"\d\+\d[^?]{0,16}(?:哪|分别|是什么|是啥)|(?:什么|啥)意思|指(?:的是)?(?:什么|啥|谁|哪)|(?:什么|啥)叫|怎么定义|是个?啥[?]?$"
)
_TERM = re.compile(r"[“\"「]([^“”\"「」\d]{2,10})[”\"」]")
_MOST = 2


def only_used(material: Material) -> Draft | None:
    """The sentences that use the word; None where none does, or something else is asked."""
    said = material.question.said
    m = _TERM.search(said)
    if m is None or not ASKS_MEANING.search(said):
        return None
    word = normalise(m.group(1))
    asked = {p.policy_id for p in material.policies if p.policy_id in material.scope.allowed}
    meant = set(material.question.policies) & asked or asked
    found = [(p, c) for p in material.policies if p.policy_id in meant for c in p.clauses if word in c.text]
    focus = material.scope.focus
    found.sort(
        key=lambda f: (
            f"“{word}”" not in f[1].text,
            f[0].policy_id not in focus,
            word not in normalise(f[0].title),
        )
    )
    draft = Draft(Citations(material.question.as_of))
    for policy, clause in found[:_MOST]:
        spans = [s.span() for s in re.finditer(r"[^。;]+[。;]?", clause.text) if word in s.group()]
        add_spans(draft, policy, clause, spans[:1], lead=f"{cite_as(policy, clause.ref.path)}:")
    if not draft.cites.items:
        return None
    draft.say("conclusion", UNEXPLAINED, first=True)
    return draft
