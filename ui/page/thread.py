"""The conversation: what was asked, the card or the error below it, and the first visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ceyin.assistant.contract import Answer, Citation
from ceyin.ui.page import text as t
from ceyin.ui.page.answer_card import answer_card
from ceyin.ui.page.corrections import Corrections
from ceyin.ui.page.fields import Desk
from ceyin.ui.page.markup import esc
from ceyin.ui.page.understanding import policy_options


@dataclass(frozen=True, slots=True)
class Turn:
    """One message with its answer; with neither answer nor error it is still being thought about.

    ``set_beside`` is what the person set for it in the forms of the page.
    """

    question: str
    answer: Answer | None = None
    error: str | None = None
    set_beside: Corrections = field(default_factory=Corrections)

    def citation(self, part: int, n: int) -> Citation | None:
        """Citation ``n`` of the answer (``part`` -1) or of one of its parts; None where there is none."""
        if self.answer is None or not -1 <= part < len(self.answer.parts):
            return None
        pool = self.answer.citations if part == -1 else self.answer.parts[part].citations
        return next((c for c in pool if c.n == n), None)


def welcome_html() -> str:
    """The first visit: what this is, and questions that work."""
    examples = "".join(
        f'<button type="button" class="cy-example" data-do="ask" data-question="{esc(q)}">{esc(q)}</button>'
        for q in t.EXAMPLES
    )
    return (
        f'<section class="cy-welcome"><h1>{t.WELCOME}</h1><p>{t.WELCOME_LEAD}</p>'
        f"<h2>{t.EXAMPLES_LABEL}</h2>{examples}</section>"
    )


def _turn_html(turn: Turn, index: int, desk: Desk, newest: bool) -> str:
    if turn.answer is not None:
        reply = answer_card(turn.answer, index, desk)
    elif turn.error is not None:
        reply = f'<div class="cy-error" role="alert"><p>{esc(turn.error)}</p></div>'
    else:
        reply = (
            f'<div class="cy-thinking" role="status"><span class="cy-dots" aria-hidden="true">'
            f"<i></i><i></i><i></i></span>{t.THINKING}</div>"
        )
    return (
        f'<section class="cy-turn"{" data-newest" if newest else ""}><h2 class="cy-asked"><span class="cy-sr">{t.ASKED}</span>'
        f"{esc(turn.question)}</h2>{reply}</section>"
    )


def thread_html(turns: Sequence[Turn], desk: Desk, newest: int | None = None) -> str:
    """The whole conversation, oldest first, or the first visit; ``newest`` is brought into view, else the last."""
    at = len(turns) - 1 if newest is None else newest
    inner = "".join(_turn_html(turn, i, desk, i == at) for i, turn in enumerate(turns))
    body = policy_options(desk) + inner if turns else welcome_html()
    return f'<div class="cy-thread" role="log" aria-label="{t.THREAD_LABEL}">{body}</div>'


def notice_html(problem: str | None) -> str:
    """The line under the box: a problem with what was typed, else that the original prevails."""
    if problem is not None:
        return f'<p class="cy-problem" role="alert">{esc(problem)}</p>'
    return f'<p class="cy-prevails">{t.PREVAILS}</p>'
