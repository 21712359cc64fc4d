"""What becomes of an answer in which something cannot stand: the clause itself, or one paragraph less."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from ceyin.assistant.compose.draft import block, text_of
from ceyin.assistant.compose.quoting import joined
from ceyin.assistant.contract import Answer, Block, Citation, Part, Removed
from ceyin.assistant.verifying.grounds import Grounds
from ceyin.assistant.verifying.naming import words_of
from ceyin.assistant.verifying.review import Finding, review
from ceyin.assistant.verifying.sentences import MARK

_SENTENCE = re.compile(r"[^。;!?]+[。;!?]?")
#: A clause this short is quoted whole.
_SHORT = 200
_QUOTED = 3

Shown = TypeVar("Shown", Answer, Part)


@dataclass(frozen=True, slots=True)
class Mended(Generic[Shown]):
    """What may be shown, what was taken out of it, and what to count; ``stands`` is False where too little is left."""

    shown: Shown
    removed: tuple[Removed, ...]
    counted: tuple[str, ...]
    stands: bool


def mend(answer: Shown, grounds: Grounds) -> Mended[Shown]:
    """The answer, or part of one, without what cannot stand; its citations numbered anew where one fell away."""
    answer = _in_blocks(answer)
    findings = review(answer, grounds)
    if not findings:
        return Mended(answer, (), (), stands=True)
    by_block: dict[int, list[Finding]] = {}
    for finding in findings:
        by_block.setdefault(finding.block, []).append(finding)
    blocks: list[Block] = []
    removed: list[Removed] = []
    counted = [f"finding_{f.what}" for f in findings]
    quoted = {
        n for k, b in enumerate(answer.blocks) if b.kind == "quote" and k not in by_block for n in b.citations
    }
    for k, old in enumerate(answer.blocks):
        wrong = by_block.get(k, [])
        if not wrong:
            blocks.append(old)
            continue
        if all(f.what == "citation" for f in wrong) and len(wrong) < len(old.citations):
            idle = {f.citation for f in wrong}
            blocks.append(_without_marks(old, idle))
            removed.append(Removed(text="".join(f.words for f in wrong), reason=wrong[0].reason))
            continue
        removed.append(Removed(text=old.text, reason=";".join(dict.fromkeys(f.reason for f in wrong))))
        instead = [c for c in answer.citations if c.n in old.citations and c.n not in quoted]
        blocks += [_quote(c, old.text) for c in instead]
        quoted |= {c.n for c in instead}
        counted.append("quoted" if instead else "dropped")
    amount = {"amount_cny": None, "amount_kind": None} if -1 in by_block else {}
    if -1 in by_block:
        removed.append(Removed(text=by_block[-1][0].words, reason=by_block[-1][0].reason))
    changed = _renumbered(answer.model_copy(update=amount), blocks)
    return Mended(changed, tuple(removed), tuple(counted), stands=_stands(changed, answer))


def _in_blocks(answer: Shown) -> Shown:
    """A part told in one text gets its lines as paragraphs for the review."""
    if answer.blocks or not answer.answer:
        return answer
    return answer.model_copy(update={"blocks": [block("item", line) for line in answer.answer.split("\n")]})


def _stands(mended: Answer | Part, before: Answer | Part) -> bool:
    """Whether enough is left: something said, and something cited where something was."""
    return bool(mended.blocks) and (bool(mended.citations) or not before.citations)


def _without_marks(old: Block, numbers: set[int | None]) -> Block:
    text = MARK.sub(lambda m: "" if int(m.group(1)) in numbers else m.group(), old.text)
    return block(old.kind, text, verdict=old.verdict, table=old.table)


def _quote(citation: Citation, about: str) -> Block:
    """The cited clause in its own words: the marked ones, else the sentences nearest to what was said."""
    text = citation.text
    spans: Sequence[tuple[int, int]] = citation.quote_spans
    if not spans:
        spans = [(0, len(text))] if len(text) <= _SHORT else _nearest(text, about)
    return block("quote", f"{citation.cite_as}:{joined(text, spans)}[{citation.n}]。")


def _nearest(text: str, about: str) -> list[tuple[int, int]]:
    words = words_of(about)
    ranked = sorted(_SENTENCE.finditer(text), key=lambda m: (-len(words & words_of(m.group())), m.start()))
    return sorted(m.span() for m in ranked[:_QUOTED])


def _renumbered(answer: Shown, blocks: Sequence[Block]) -> Shown:
    """The answer with these paragraphs, citing only what they cite, numbered in order of use."""
    used = dict.fromkeys(n for b in blocks for n in b.citations)
    numbers = {old: new for new, old in enumerate(used, 1)}
    known = {c.n: c for c in answer.citations}
    new_blocks = [_with_numbers(b, numbers) for b in blocks]
    return answer.model_copy(
        update={
            "blocks": new_blocks,
            "answer": text_of(new_blocks),
            "citations": [known[old].model_copy(update={"n": new}) for old, new in numbers.items()],
            "checks": [
                c.model_copy(update={"citation": numbers.get(c.citation) if c.citation else None})
                for c in answer.checks
            ],
        }
    )


def _with_numbers(old: Block, numbers: Mapping[int, int]) -> Block:
    def renumber(m: re.Match[str]) -> str:
        return f"[{numbers[int(m.group(1))]}]"

    table = old.table
    if table is not None:
        rows = [[MARK.sub(renumber, cell) for cell in row] for row in table.rows]
        table = table.model_copy(update={"rows": rows})
    return old.model_copy(
        update={
            "text": MARK.sub(renumber, old.text),
            "citations": [numbers[n] for n in old.citations],
            "table": table,
        }
    )
