"""A message with several questions: each is answered on its own, the whole puts them together."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ceyin.assistant.citing import Citations
from ceyin.assistant.compose.draft import Draft, block
from ceyin.assistant.contract import Block, Part


def part_of(title: str, draft: Draft) -> Part:
    """One question of a message, as a part of the answer."""
    return Part(
        title=title.strip("?。;! "),
        status=draft.status,
        verdict=draft.verdict,
        amount_cny=draft.amount,
        amount_kind=draft.amount_kind,
        answer=draft.text,
        citations=draft.citations,
        checks=draft.checks,
        blocks=draft.blocks,
    )


def join(asked: Sequence[str], drafts: Sequence[Draft], empty: Callable[[], Citations]) -> Draft:
    """One answer of several; it speaks for the last question that could be answered."""
    main = next((d for d in reversed(drafts) if d.status != "refused"), drafts[-1])
    whole = merged(drafts, empty())
    whole.status, whole.refusal, whole.verdict = main.status, main.refusal, main.verdict
    whole.amount, whole.amount_kind = main.amount, main.amount_kind
    whole.parts = [part_of(title, draft) for title, draft in zip(asked, drafts, strict=True)]
    return whole


def merged(drafts: Sequence[Draft], cites: Citations) -> Draft:
    """The paragraphs of several answers one after the other, their citations numbered through."""
    whole = Draft(cites)
    for draft in drafts:
        whole.blocks += _renumbered(draft, whole.cites)
        whole.checks += [c for c in draft.checks if c.rule_id not in {k.rule_id for k in whole.checks}]
        whole.missing += [m for m in draft.missing if m not in whole.missing]
        whole.warnings += [w for w in draft.warnings if w not in whole.warnings]
    return whole


def _renumbered(draft: Draft, cites: Citations) -> list[Block]:
    """A part's blocks with the numbers of the whole; a mark beyond the fifth citation stays in the part alone."""
    numbers = {
        k: cites.cite(policy, clause, marks) for k, (policy, clause, marks) in enumerate(draft.cites.items, 1)
    }

    def number(m: re.Match[str]) -> str:
        n = numbers.get(int(m.group(1)))
        return f"[{n}]" if n else ""

    return [
        block(b.kind, re.sub(r"\[(\d+)\]", number, b.text), verdict=b.verdict, table=b.table)
        for b in draft.blocks
        if _cited(b.text, numbers)
    ]


def _cited(line: str, numbers: dict[int, int | None]) -> bool:
    """A paragraph all of whose citations found no place in the whole stays in its part."""
    marks = [int(k) for k in re.findall(r"\[(\d+)\]", line)]
    return not marks or any(numbers.get(k) for k in marks)
