"""What sets two things apart that one policy mostly rules together: the clauses that speak of each alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ceyin.assistant.citing import Citations, cite_as
from ceyin.assistant.compose.draft import Compared, Draft, Material
from ceyin.assistant.compose.quoting import add_spans
from ceyin.assistant.evidence import is_general

_ASKS = re.compile(r"区别|差别|差异|不同|不一样|怎么区分")
_SENTENCE = re.compile(r"[^。]+。?")
_CLAUSES = 2


def apart(material: Material, compared: Sequence[Compared]) -> Draft | None:
    """The clauses of the policy found that speak of both things, each for itself; None where there are none."""
    names = [c.side.name for c in compared]
    best = next(iter(material.evidence), None)
    if len(names) != 2 or best is None or not material.held() or not _ASKS.search(material.question.said):
        return None
    if not all(name in best.clause.text for name in names):
        return None
    draft = Draft(Citations(material.question.as_of))
    for clause in best.policy.clauses:
        spans = [m.span() for m in _SENTENCE.finditer(clause.text) if _each(m.group(), names)]
        if not spans or is_general(clause) or clause.damaged or len(draft.blocks) >= _CLAUSES:
            continue
        add_spans(draft, best.policy, clause, spans, lead=f"{cite_as(best.policy, clause.ref.path)}:")
    if not draft.blocks:
        return None
    marks = "".join(f"[{n}]" for n in range(1, len(draft.cites.items) + 1))
    draft.say("conclusion", f"文件把{names[0]}和{names[1]}分开写的是下面的规定{marks}。", first=True)
    return draft


def _each(sentence: str, names: Sequence[str]) -> bool:
    """Whether a sentence speaks of each thing where the other is not named beside it."""
    a, b = (re.escape(n) for n in names)
    rest = re.sub(rf"{a}[、和或及与]{b}|{b}[、和或及与]{a}", "", sentence)
    return bool(re.search(a, rest) and re.search(b, rest))
