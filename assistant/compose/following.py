"""A question that goes on from the one before it: its figure may stand in the clause that answered that one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ceyin.assistant.citing import Citations
from ceyin.assistant.compose.draft import Draft, Material
from ceyin.assistant.holding import talk
from ceyin.indexes.coverage import share_in, word_weight
from ceyin.indexes.tokens import content_words, in_chinese

#: A part of the clause answers when it has so much of what is new in the question.
_NEW = 0.4
#: A word stands in a part of a clause with this share of it.
_THERE = 0.6
_PART = re.compile(r"[^,;:。]+")
_FIGURE = re.compile(r"\d+(?:\.\d+)?\s*(?:[万亿]?(?:美?元|件|家|人|项|个)|%|年|日|天)")
_YEAR = re.compile(r"20\d\d")


def go_on(singles: Sequence[Material], drafts: Sequence[Draft]) -> tuple[list[Draft], bool]:
    """The answers to the questions of a message, those refused looked for in the clause shown before; whether any was."""
    out: list[Draft] = []
    for single, draft in zip(singles, drafts, strict=True):
        shown = out[-1] if out else None
        found = _found(single, singles[len(out) - 1].question.said, shown) if shown is not None else None
        out.append(found if found is not None and _bare(draft, single) else draft)
    return out, any(a is not b for a, b in zip(out, drafts, strict=True))


def _bare(draft: Draft, single: Material) -> bool:
    """Whether an answer is none, or a rule's without the figure asked for: 「有审查时限」 to 多少天."""
    if draft.status == "refused":
        return True
    figure, first = single.question.figure, draft.blocks[0]
    return bool(draft.checks) and figure is not None and not draft.amount and not figure.search(first.text)


def _found(single: Material, before: str, shown: Draft) -> Draft | None:
    """The one part of a clause shown that has a figure of the kind asked for and most of what is newly asked."""
    said = single.question.said
    if shown.status != "answered" or single.scope.foreign or single.scope.unheld:
        return None
    known = set(content_words(before)) - _in_tail(said)
    new = [w for w in content_words(in_chinese(said)) if w not in known and w not in talk()]
    total = sum(word_weight(w, single.idf) for w in new)
    figure = single.question.figure or _FIGURE
    scored = []
    for policy, clause, _ in shown.cites.items[:1]:
        if clause.damaged or any(year not in clause.text for year in _YEAR.findall(said)):
            return None
        for m in _PART.finditer(clause.text):
            words = m.group().strip()
            got = sum(
                word_weight(w, single.idf) for w in new if share_in(w, words.lower(), single.idf) >= _THERE
            )
            if figure.search(words) and total and got >= _NEW * total:
                scored.append((got, words, m.span(), policy, clause))
    scored.sort(key=lambda s: -s[0])
    if not scored or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return None
    _, words, span, policy, clause = scored[0]
    draft = Draft(Citations(single.question.as_of))
    n = draft.cites.cite(policy, clause, [span])
    draft.say("conclusion", f"{words}[{n}]。")
    return draft


def _in_tail(said: str) -> set[str]:
    """Words the question itself begins with: those it shares with the one before still say what is asked."""
    return set(content_words(re.split(r"现在|多少|多久|几", said)[0]))
