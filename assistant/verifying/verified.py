"""An answer with its parts, reviewed and mended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ceyin.assistant.contract import Answer, AskRequest, Part, Removed
from ceyin.assistant.verifying.grounds import Known, grounds
from ceyin.assistant.verifying.mending import mend


@dataclass(frozen=True, slots=True)
class Verified:
    """What may be shown, what was taken out, and what to count; ``stands`` is False where too little is left."""

    answer: Answer
    removed: tuple[Removed, ...]
    counted: tuple[str, ...]
    stands: bool


def verified(answer: Answer, request: AskRequest, turns: Sequence[str], known: Known) -> Verified:
    """The answer as it may be shown; each part is held against its own citations."""
    as_of = date.fromisoformat(answer.as_of)
    whole = mend(answer, grounds(answer, request, as_of, turns, known))
    removed, counted = list(whole.removed), list(whole.counted)
    parts: list[Part] = []
    for part in answer.parts:
        mended = mend(part, grounds(part, request, as_of, turns, known))
        removed += mended.removed
        counted += mended.counted
        if not mended.removed:
            parts.append(part)
        elif mended.stands:
            parts.append(mended.shown)
        else:
            counted.append("part_dropped")
    shown = whole.shown
    if counted:
        shown = shown.model_copy(update={"parts": parts})
    return Verified(shown if counted else answer, tuple(removed), tuple(counted), whole.stands)
