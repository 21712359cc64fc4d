"""One answer as a card: verdict line, paragraphs by kind, what is missing, what it stands on, how it came about."""

from __future__ import annotations

import re
from decimal import Decimal

from ceyin.assistant.contract import Answer, Block, Part
from ceyin.ui.page.blocks import blocks_html, blocks_of
from ceyin.ui.page.card_words import EN, Words, words_for
from ceyin.ui.page.cited import LAPSED, Cited, checked_line
from ceyin.ui.page.explained import how_html
from ceyin.ui.page.fields import Desk
from ceyin.ui.page.markup import badge, copy_button, esc, money, show
from ceyin.ui.page.understanding import missing_form, understood_chips

_NUMBER = re.compile(r"\[\d{1,3}\]")


def meaning(answer: Answer | Part) -> str:
    """Which of :data:`text.MEANINGS` an answer shows; status first, then validity, then verdict."""
    if isinstance(answer, Answer) and answer.kind == "help":
        return "help"
    by_status = {"refused": "refused", "source_incomplete": "damaged", "needs_facts": "unknown"}
    if answer.status in by_status:
        return by_status[answer.status]
    if answer.verdict == "fail" and _not_in_force(answer):
        return "lapsed"
    return answer.verdict or "plain"


def _not_in_force(answer: Answer | Part) -> bool:
    if any(c.reason == "not_in_force" for c in answer.checks):
        return True
    return bool(answer.citations) and all(c.in_force in LAPSED for c in answer.citations)


def _head(answer: Answer | Part, words: Words) -> str:
    """Mark and word, and the amount where one follows."""
    kind = meaning(answer)
    head = badge(kind, words.meanings[kind]) if kind != "help" else ""
    if answer.amount_cny is not None:
        head += _amount(answer.amount_cny, answer.amount_kind, words)
    return f'<div class="cy-verdict-head">{head}</div>' if head else ""


def _amount(amount: Decimal, kind: str | None, words: Words) -> str:
    limit = f"{words.at_most} " if kind == "at_most" else ""
    if words is EN:
        figure = f"CNY {amount:,.2f}".removesuffix(".00")
        return f'<span class="cy-amount">{limit}<span class="cy-money">{figure}</span></span>'
    return f'<span class="cy-amount">{limit}{money(amount)}</span>'


def _body(answer: Answer | Part, blocks: list[Block], turn: int, part: int, words: Words) -> str:
    cited = Cited(answer.citations, turn, part, words)
    asked = isinstance(answer, Answer) and bool(answer.missing_facts)
    # What is asked for stands below as a form.
    shown = [b for b in blocks if not (asked and b.kind == "need")]
    return _head(answer, words) + f'<div class="cy-blocks">{blocks_html(shown, cited)}</div>'


def _bare(block: Block) -> str:
    return _NUMBER.sub("", block.text)


def _parts(answer: Answer, turn: int, words: Words) -> str:
    """Several questions one below the other; an overview or a comparison as a whole, its parts folded."""
    within = {_bare(b) for part in answer.parts for b in blocks_of(part)}
    if all(_bare(b) in within for b in answer.blocks):
        return "".join(
            f'<section class="cy-part"><h3>{show(p.title)}</h3>{_body(p, blocks_of(p), turn, i, words)}'
            f"{Cited(p.citations, turn, i, words).rows()}</section>"
            for i, p in enumerate(answer.parts)
        )
    titles = tuple(p.title for p in answer.parts)
    whole = [b for b in answer.blocks if not (b.kind == "item" and _names(b, titles))]
    used = {n for b in whole for n in b.citations}
    cited = Cited([c for c in answer.citations if c.n in used], turn, -1, words)
    folds = "".join(_fold(p, turn, i, words) for i, p in enumerate(answer.parts))
    return (
        _head(answer, words)
        + f'<div class="cy-blocks">{blocks_html(whole, cited)}</div><div class="cy-folds">{folds}</div>'
        + cited.rows()
    )


def _names(block: Block, titles: tuple[str, ...]) -> bool:
    return block.text.lstrip("·-• ").startswith(titles)


def _fold(part: Part, turn: int, index: int, words: Words) -> str:
    kind = meaning(part)
    mark = badge(kind, words.meanings[kind]) if kind != "plain" else ""
    amount = _amount(part.amount_cny, part.amount_kind, words) if part.amount_cny is not None else ""
    cited = Cited(part.citations, turn, index, words)
    blocks = blocks_of(part)
    first = blocks[0] if blocks else None
    if first is not None and first.text.startswith(f"{part.title}:"):  # the title stands above
        blocks[0] = first.model_copy(update={"kind": "note", "text": first.text[len(part.title) + 1 :]})
    return (
        f'<details class="cy-fold"><summary><span class="cy-fold-title">{show(part.title)}</span>{mark}{amount}'
        f'</summary><div class="cy-blocks">{blocks_html(blocks, cited)}</div>{cited.rows()}</details>'
    )


def plain_copy(answer: Answer) -> str:
    """The answer as text to paste elsewhere, with whose words they are, its citations, and the reservation last."""
    words = words_for(answer)
    worded = [words.worded] if answer.worded_by == "model" else []
    lines = [f"[{c.n}] {c.title} {c.cite_as}" for c in answer.citations]
    checked = checked_line(answer.citations, words)
    tail = [*worded, *lines, *([checked] if checked else []), words.prevails]
    return "\n".join([answer.question, "", answer.answer, "", *tail])


def answer_card(answer: Answer, turn: int, desk: Desk) -> str:
    """What was understood and the whole card; ``turn`` is the index of the answer in the conversation."""
    words = words_for(answer)
    body = _parts(answer, turn, words) if answer.parts else _body(answer, blocks_of(answer), turn, -1, words)
    chips = ""
    if answer.understood is not None and answer.kind != "help":
        chips = understood_chips(answer.understood, turn, desk, words)
    worded = f'<p class="cy-worded">{show(words.worded)}</p>' if answer.worded_by == "model" else ""
    warnings = "".join(f"<li>{show(w)}</li>" for w in answer.warnings)
    suggestions = "".join(
        f'<button type="button" class="cy-suggest" data-do="ask" data-question="{esc(s)}">{show(s)}</button>'
        for s in answer.suggestions
    )
    return (
        f'{chips}<article class="cy-card cy-is-{meaning(answer)}" lang="{words.lang}" tabindex="-1">'
        f"{body}{worded}{missing_form(answer.missing_facts, turn, desk, words)}"
        + ("" if answer.parts else Cited(answer.citations, turn, -1, words).rows())
        + (_section("cy-warnings", words.warnings, f"<ul>{warnings}</ul>") if warnings else "")
        + (_section("cy-suggests", words.suggestions, suggestions) if suggestions else "")
        + f'<footer class="cy-card-foot">{how_html(answer, words)}'
        + copy_button(plain_copy(answer), words.copy, words.copy, "cy-small")
        + "</footer></article>"
    )


def _section(css: str, title: str, inner: str) -> str:
    return f'<section class="{css}"><h4>{esc(title)}</h4>{inner}</section>'
