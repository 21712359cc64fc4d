"""One answer as a card: verdict line, text with chips, checks, what is missing, warnings, what next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ceyin.assistant.contract import Answer, Check, Citation, MissingFact, Part, Timings
from ceyin.corpus.model import cite_path
from ceyin.ui.page import text as t
from ceyin.ui.page.markup import badge, copy_button, esc, in_force_badge, long_day, money, show, typeset

_CHIP = re.compile(r"\[(\d{1,3})\]")
#: The first sentence of a line, with the chips that belong to it.
_LEAD = re.compile(r"(?P<lead>.+?[。!?!?](?:\s*\[\d{1,3}\])*)\s*(?P<rest>.*)", re.DOTALL)
_LEAD_MAX = 90
_BULLET = re.compile(r"^\s*(?:[-*•·]\s+|[-•·](?=\S))")
#: A line that carries the mark of a condition itself, as the assistant writes a trace.
_CONDITION = re.compile(r"^([\u2714\u2718?])\s+(?=\S)")
_MARK_OF = {"\u2714": "pass", "\u2718": "fail", "?": "unknown"}
_LAPSED = {"expired", "not_yet", "repealed"}


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
    return bool(answer.citations) and all(c.in_force in _LAPSED for c in answer.citations)


def split_lead(answer: str) -> tuple[str, str]:
    """The sentence for the verdict line, and the rest; no lead where the first sentence is a long one."""
    first, _, more = answer.strip().partition("\n")
    found = _LEAD.match(first)
    lead, rest = (found["lead"], found["rest"]) if found else (first, "")
    if len(lead) > _LEAD_MAX:
        return "", answer.strip()
    return lead, "\n".join(x for x in (rest, more) if x.strip())


def chip(citation: Citation, turn: int, part: int) -> str:
    """The button that opens the cited clause; ``part`` is -1 for the answer itself."""
    lost = " cy-chip-lost" if citation.damaged or citation.in_force in _LAPSED else ""
    return (
        f'<button type="button" class="cy-chip{lost}" data-do="cite" data-turn="{turn}" data-part="{part}" '
        f'data-n="{citation.n}" aria-label="{esc(t.chip_label(citation.n, citation.cite_as))}" '
        f'title="{esc(citation.cite_as)}">{citation.n}</button>'
    )


def with_chips(words: str, citations: Sequence[Citation], turn: int, part: int) -> str:
    """Escape ``words`` and turn each ``[n]`` that has a citation into its chip; other brackets stay text."""
    words = typeset(words)
    by_n = {c.n: c for c in citations}
    out: list[str] = []
    at = 0
    for found in _CHIP.finditer(words):
        citation = by_n.get(int(found[1]))
        if citation is None:
            continue
        out.append(esc(words[at : found.start()].rstrip(" ")) + chip(citation, turn, part))
        at = found.end()
    return "".join(out) + esc(words[at:])


def prose(words: str, citations: Sequence[Citation], turn: int, part: int) -> str:
    """Plain text, line by line: a paragraph, an item (``- ``), a condition (``✔ ✘ ?``), a quoted clause."""
    out: list[str] = []
    tag = ""
    items: list[str] = []
    for line in [*words.splitlines(), ""]:
        kind, html = _line(line.strip(), citations, turn, part)
        if kind != tag and items:
            out.append(f'<ul class="cy-{tag}">{"".join(items)}</ul>')
            items = []
        tag = kind
        if kind:
            items.append(html)
        elif html:
            out.append(html)
    return "".join(out)


def _line(line: str, citations: Sequence[Citation], turn: int, part: int) -> tuple[str, str]:
    """(the list this line belongs to or nothing, its HTML)."""
    condition, bullet = _CONDITION.match(line), _BULLET.match(line)
    if condition:
        words = with_chips(line[condition.end() :], citations, turn, part)
        return "conditions", _condition(_MARK_OF[condition[1]], words)
    if bullet:
        return "items", f"<li>{with_chips(line[bullet.end() :], citations, turn, part)}</li>"
    quoted = _quoted(line, citations)
    if quoted is not None:
        words = with_chips(line[len(quoted.cite_as) + 1 :], citations, turn, part)
        css = "cy-quote" if quoted.text_kind == "official" else "cy-quote cy-from-card"
        return "", f'<p class="{css}"><span class="cy-quote-at">{esc(quoted.cite_as)}</span>{words}</p>'
    return "", f"<p>{with_chips(line, citations, turn, part)}</p>" if line else ""


def _quoted(line: str, citations: Sequence[Citation]) -> Citation | None:
    """The citation whose address a line opens with (``示政办发〔2026〕7号 第四条:……``)."""
    return next((c for c in citations if line.startswith(f"{c.cite_as}:")), None)


def _condition(verdict: str, html: str) -> str:
    mark, _ = t.MEANINGS[verdict]
    return (
        f'<li class="cy-check cy-is-{verdict}"><span class="cy-mark" aria-hidden="true">{mark}</span>'
        f'<span><span class="cy-word">{t.CHECK_WORDS[verdict]}</span> {html}</span></li>'
    )


def verdict_line(answer: Answer | Part, lead: str, turn: int, part: int) -> str:
    """Mark and word, the amount where one follows, and the first sentence, larger."""
    kind = meaning(answer)
    head = badge(kind) if kind != "help" else ""
    if answer.amount_cny is not None:
        head += _amount(answer.amount_cny, answer.amount_kind)
    head = f'<div class="cy-verdict-head">{head}</div>' if head else ""
    quoted = _quoted(lead, answer.citations)
    at = f'<span class="cy-quote-at">{esc(quoted.cite_as)}</span>' if quoted else ""
    words = with_chips(lead[len(quoted.cite_as) + 1 :] if quoted else lead, answer.citations, turn, part)
    return f'<div class="cy-verdict">{head}{f"<p>{at}{words}</p>" if words else ""}</div>'


def _amount(amount: Decimal, kind: str | None) -> str:
    limit = f"{t.AT_MOST} " if kind == "at_most" else ""
    return f'<span class="cy-amount">{limit}{money(amount)}</span>'


def check_list(
    checks: Sequence[Check], citations: Sequence[Citation], lead: str, turn: int, part: int
) -> str:
    """One row per rule: ✔ ✘ ?, the explanation, the chip of its clause; not what ``lead`` has just said."""
    by_n = {c.n: c for c in citations}
    rows: list[str] = []
    for check in checks:
        if check.explanation.rstrip("。") in lead:
            continue
        cited = by_n.get(check.citation) if check.citation is not None else None
        rows.append(
            _condition(check.verdict, show(check.explanation) + (chip(cited, turn, part) if cited else ""))
        )
    return _section("cy-checks", t.CHECKS, f"<ul>{''.join(rows)}</ul>") if rows else ""


def missing_list(missing: Sequence[MissingFact]) -> str:
    """The questions that are still open; the button puts one into the box, ready to be completed."""
    rows = [
        f'<li><span>{show(fact.question)}</span><button type="button" class="cy-small" '
        f'data-fill="{esc(fact.question)}" aria-label="{t.MISSING_ANSWER}:{esc(fact.question)}">'
        f"{t.MISSING_ANSWER}</button></li>"
        for fact in missing
    ]
    return _section("cy-missing", t.MISSING, f"<ul>{''.join(rows)}</ul>") if rows else ""


def cite_list(citations: Sequence[Citation], turn: int, part: int) -> str:
    """The clauses an answer stands on, with document, address, validity and damage."""
    rows: list[str] = []
    for c in citations:
        tags = in_force_badge(c.in_force) if c.in_force != "in_force" else ""
        tags += badge("damaged", t.DAMAGED) if c.damaged else ""
        tags += f'<span class="cy-tag">{t.CARD}</span>' if c.text_kind == "card" else ""
        rows.append(
            f'<li>{chip(c, turn, part)}<span class="cy-cite"><span class="cy-cite-at">'
            f"{esc(cite_path(tuple(c.path)) if c.path else c.heading)}</span> "
            f'<span class="cy-cite-doc">{show(c.title)}</span>{tags}</span></li>'
        )
    return _section("cy-cites", t.cites_summary(len(rows)), f"<ul>{''.join(rows)}</ul>") if rows else ""


def _section(css: str, title: str, inner: str) -> str:
    return f'<section class="{css}"><h4>{esc(title)}</h4>{inner}</section>'


def _body(answer: Answer | Part, turn: int, part: int) -> str:
    lead, rest = split_lead(answer.answer)
    asked = [fact.question for fact in answer.missing_facts] if isinstance(answer, Answer) else []
    # The questions stand below as a list one can act on; the line that only repeats them is left out.
    lines = [x for x in rest.splitlines() if not (asked and all(q in x for q in asked))]
    text = prose("\n".join(lines), answer.citations, turn, part)
    return (
        verdict_line(answer, lead, turn, part)
        + (f'<div class="cy-prose">{text}</div>' if text else "")
        + check_list(answer.checks, answer.citations, lead, turn, part)
    )


def details(answer: Answer) -> str:
    """Date, rules and time per stage, folded away."""
    rows = [f"<dt>{t.AS_OF_LABEL}</dt><dd>{esc(long_day(answer.as_of))}</dd>"]
    for name in Timings.model_fields:
        spent: float = getattr(answer.timings_ms, name)
        rows.append(f"<dt>{t.STAGES[name]}</dt><dd>{spent:,.1f} 毫秒</dd>")
    return f'<details class="cy-how"><summary>{t.DETAILS}</summary><dl>{"".join(rows)}</dl></details>'


def plain_copy(answer: Answer) -> str:
    """The answer as text to paste elsewhere, with its citations below and the reservation last."""
    seen = [c for p in answer.parts for c in p.citations] if answer.parts else answer.citations
    lines = [f"[{c.n}] {c.title} {c.cite_as}" for c in seen]
    return "\n".join([answer.question, "", answer.answer, "", *lines, t.PREVAILS])


def answer_card(answer: Answer, turn: int) -> str:
    """The whole card; ``turn`` is the index of the answer in the conversation, used by its chips."""
    if answer.parts:
        body = "".join(
            f'<section class="cy-part"><h3>{show(p.title)}</h3>{_body(p, turn, i)}'
            f"{cite_list(p.citations, turn, i)}</section>"
            for i, p in enumerate(answer.parts)
        )
    else:
        body = _body(answer, turn, -1)
    warnings = "".join(f"<li>{show(w)}</li>" for w in answer.warnings)
    suggestions = "".join(
        f'<button type="button" class="cy-suggest" data-do="ask" data-question="{esc(s)}">{show(s)}</button>'
        for s in answer.suggestions
    )
    return (
        f'<article class="cy-card cy-is-{meaning(answer)}">{body}{missing_list(answer.missing_facts)}'
        + (_section("cy-warnings", t.WARNINGS, f"<ul>{warnings}</ul>") if warnings else "")
        + ("" if answer.parts else cite_list(answer.citations, turn, -1))
        + (_section("cy-suggests", t.SUGGESTIONS, suggestions) if suggestions else "")
        + f'<footer class="cy-card-foot">{details(answer)}'
        + copy_button(plain_copy(answer), t.COPY_ANSWER, t.COPY_ANSWER, "cy-small")
        + "</footer></article>"
    )
