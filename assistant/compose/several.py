"""A message with several questions: each is answered on its own, the whole puts them together."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from ceyin.assistant.citing import Citations
from ceyin.assistant.compose.draft import Draft, block
from ceyin.assistant.contract import Block, Part, Table


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
    verdicts = {d.verdict for d in drafts if d.verdict}
    if main.verdict is None and main.status == "answered" and len(verdicts) == 1:
        whole.verdict = verdicts.pop()  # 「能歇业吗,最长几年」: only one of them asks for a yes or no
    whole.amount, whole.amount_kind = main.amount, main.amount_kind
    whole.parts = [part_of(title, draft) for title, draft in zip(asked, drafts, strict=True)]
    whole.blocks = list({b.text: b for b in whole.blocks}.values())  # one clause for two is quoted once
    return whole


def side_by_side(names: Sequence[str], drafts: Sequence[Draft], empty: Callable[[], Citations]) -> Draft:
    """One answer for subjects asked about together: each led by its name, no sum and no verdict for them all."""
    named = [_led(name, draft) for name, draft in zip(names, drafts, strict=True)]
    whole = join(names, named, empty)
    whole.amount, whole.amount_kind = None, None
    if len({d.verdict for d in drafts}) > 1:
        whole.verdict = None
    whole.parts = [part_of(name, draft) for name, draft in zip(names, drafts, strict=True)]
    return whole


def _led(name: str, draft: Draft) -> Draft:
    first, *rest = draft.blocks
    led = block(first.kind, f"{name}:{first.text}", verdict=first.verdict, table=first.table)
    return replace(draft, blocks=[led, *rest])


def merged(drafts: Sequence[Draft], cites: Citations) -> Draft:
    """The paragraphs of several answers one after the other, their citations numbered through."""
    whole = Draft(cites)
    for draft in drafts:
        numbers = _numbers(draft, whole.cites)
        whole.blocks += _renumbered(draft, numbers)
        whole.checks += [
            c.model_copy(update={"citation": numbers.get(c.citation) if c.citation else None})
            for c in draft.checks
            if c.rule_id not in {k.rule_id for k in whole.checks}
        ]
        whole.missing += [m for m in draft.missing if m not in whole.missing]
        whole.warnings += [w for w in draft.warnings if w not in whole.warnings]
    return whole


def _numbers(draft: Draft, cites: Citations) -> dict[int, int | None]:
    """The number in the whole of each citation of a part; None beyond the fifth."""
    return {
        k: cites.cite(policy, clause, marks) for k, (policy, clause, marks) in enumerate(draft.cites.items, 1)
    }


def _renumbered(draft: Draft, numbers: dict[int, int | None]) -> list[Block]:
    """A part's blocks with the numbers of the whole; a mark beyond the fifth citation stays in the part alone."""

    def number(m: re.Match[str]) -> str:
        n = numbers.get(int(m.group(1)))
        return f"[{n}]" if n else ""

    def anew(text: str) -> str:
        return re.sub(r"\[(\d+)\]", number, text)

    def table(of: Table | None) -> Table | None:
        if of is None:
            return None
        return Table(columns=of.columns, rows=[[anew(cell) for cell in row] for row in of.rows])

    return [
        block(b.kind, anew(b.text), verdict=b.verdict, table=table(b.table))
        for b in draft.blocks
        if _cited(b.text, numbers)
    ]


def _cited(line: str, numbers: dict[int, int | None]) -> bool:
    """A paragraph all of whose citations found no place in the whole stays in its part."""
    marks = [int(k) for k in re.findall(r"\[(\d+)\]", line)]
    return not marks or any(numbers.get(k) for k in marks)
