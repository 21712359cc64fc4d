"""The reader: one document as paper with the cited clause marked, or the library of policies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ceyin.assistant.contract import Citation, ClauseView, PolicyList, PolicySummary, PolicyView
from ceyin.corpus.model import cite_path
from ceyin.ui.page import text as t
from ceyin.ui.page.card_words import ZH
from ceyin.ui.page.cited import checked_line
from ceyin.ui.page.markup import (
    badge,
    copy_button,
    esc,
    in_force_badge,
    labelled,
    long_day,
    marked,
    short_day,
    show,
    source_link,
)

#: Policies shown before the fold, and how soon an expiry is worth a place at the top.
NEWEST = 12
DUE_DAYS = 180
#: Title block and signature are citable blocks, not clauses to number in the outline.
_BLOCKS = {"题头", "落款"}
_OUTLINE_DEPTH = 2


@dataclass(frozen=True, slots=True)
class _Entry:
    anchor: str
    words: str
    depth: int


def _shell(title: str, body: str, *, back: bool, token: str) -> str:
    go_back = (
        f'<button type="button" class="cy-small" data-do="library">{t.READER_BACK}</button>' if back else ""
    )
    return (
        f'<div class="cy-reader" role="region" aria-label="{t.READER_LABEL}" data-token="{esc(token)}">'
        f'<header class="cy-reader-bar"><h2 tabindex="-1">{esc(title)}</h2>{go_back}'
        f'<button type="button" class="cy-close" data-close aria-label="{t.READER_CLOSE}">×</button></header>'
        f'<div class="cy-reader-scroll">{body}<p class="cy-prevails">{t.PREVAILS}</p></div></div>'
    )


def _find(document: Sequence[ClauseView], cited: Citation) -> int | None:
    """The cited clause: the same path, and among several the one with the same words."""
    same = [i for i, c in enumerate(document) if c.path == cited.path]
    return next((i for i in same if document[i].text == cited.text), same[0] if same else None)


def _facts(policy: PolicySummary) -> str:
    bits = [esc(policy.doc_number or ""), esc("、".join(policy.issuers)), esc(policy.region)]
    days = [
        f"{word} {short_day(day)}"
        for word, day in (
            ("印发", policy.issued),
            ("施行", policy.effective_from),
            ("有效至", policy.expires),
        )
        if day
    ]
    return '<p class="cy-facts">' + "<i>·</i>".join(b for b in (*bits, *days) if b) + "</p>"


def _tags(policy: PolicySummary) -> str:
    tags = in_force_badge(policy.in_force)
    if policy.text_kind == "card":
        tags += f'<span class="cy-tag">{t.CARD}</span>'
    if policy.stub:
        tags += badge("damaged", t.STUB)
    if policy.damaged_clauses:
        tags += badge("damaged", t.damaged_count(policy.damaged_clauses))
    return f'<p class="cy-tags">{tags}</p>'


def _clause(clause: ClauseView, index: int, cited: Citation | None) -> str:
    address = cite_path(tuple(clause.path)) if clause.path else clause.heading
    css, note, aside = "cy-clause", "", ""
    spans: list[tuple[int, int]] = []
    if clause.path and clause.path[0] in _BLOCKS:
        css += " cy-block"
    if clause.text_kind == "card":
        css += " cy-from-card"
    if cited is not None:
        css += " cy-target"
        aside = f'<span class="cy-tag cy-here">{t.CITED_HERE} {cited.n}</span>{_checked(cited)}'
        if cited.text == clause.text:
            spans = cited.quote_spans
        else:
            note = f'<p class="cy-note">{t.CLAUSE_CHANGED}</p>'
    if clause.damaged:
        css += " cy-lost"
        aside += badge("damaged", t.DAMAGED)
        note += f'<p class="cy-note">{show(clause.damage)}</p>' if clause.damage else ""
    digest = (
        f'<details class="cy-digest"><summary>{t.CARD_DIGEST}</summary><p>{show(clause.card)}</p></details>'
        if clause.card and clause.text_kind == "official"
        else ""
    )
    copy = copy_button(clause.cite_as, f"{t.COPY_ADDRESS}:{clause.cite_as}", address, "cy-address")
    here = ' aria-current="true" tabindex="-1"' if cited is not None else ""
    return (
        f'<section class="{css}" id="cy-c{index}" data-path="{esc("/".join(clause.path))}"{here}>'
        f'<p class="cy-clause-head">{copy}{aside}</p>'
        f'<p class="cy-text">{labelled(clause.text, spans)}</p>{note}{digest}</section>'
    )


def _checked(cited: Citation) -> str:
    """When the text of a citation was last read from its source."""
    line = checked_line([cited], ZH)
    return f'<span class="cy-checked">{show(line)}</span>' if line else ""


def _trails(document: Sequence[ClauseView]) -> list[list[str]]:
    """The headings above each clause; a stem (clause 二 before 二/(一)) stands below its own heading, too."""
    trails: list[list[str]] = []
    for i, clause in enumerate(document):
        trail, after = clause.heading_trail, document[i + 1] if i + 1 < len(document) else None
        depth = len(trail)
        if (
            after is not None
            and clause.heading
            and after.path[: len(clause.path)] == clause.path != after.path
            and after.heading_trail[:depth] == trail
            and clause.heading in "".join(after.heading_trail[depth : depth + 1])
        ):
            trail = after.heading_trail[: depth + 1]
        trails.append(trail)
    return trails


def _document(document: Sequence[ClauseView], cited: Citation | None) -> tuple[str, list[_Entry]]:
    target = _find(document, cited) if cited is not None else None
    out: list[str] = []
    outline: list[_Entry] = []
    trail: list[str] = []
    for i, (clause, above) in enumerate(zip(document, _trails(document), strict=True)):
        shared = 0
        while shared < min(len(trail), len(above)) and trail[shared] == above[shared]:
            shared += 1
        for depth, words in enumerate(above[shared:], start=shared):
            anchor = f"cy-h{i}-{depth}"
            level = min(3 + depth, 6)
            css = f"cy-heading cy-depth-{depth}"
            out.append(f'<h{level} class="{css}" id="{anchor}">{labelled(words, [])}</h{level}>')
            if depth < _OUTLINE_DEPTH:
                outline.append(_Entry(anchor, words, depth))
        trail = above
        if clause.heading and not trail and clause.path and clause.path[0] not in _BLOCKS:
            address = cite_path(tuple(clause.path))
            words = clause.heading if clause.heading == address else f"{address} {clause.heading}"
            outline.append(_Entry(f"cy-c{i}", words, 0))
        out.append(_clause(clause, i, cited if i == target else None))
    return "".join(out), outline


def _outline(entries: Sequence[_Entry]) -> str:
    if len(entries) < 2:
        return ""
    rows = "".join(
        f'<li class="cy-depth-{e.depth}"><button type="button" data-goto="{e.anchor}">'
        f"{labelled(e.words, [])}</button></li>"
        for e in entries
    )
    return f'<nav class="cy-outline" aria-label="{t.OUTLINE}"><h3>{t.OUTLINE}</h3><ol>{rows}</ol></nav>'


def _quoted(cited: Citation, why: str) -> str:
    copy = copy_button(cited.cite_as, t.COPY_ADDRESS, cited.cite_as, "cy-address")
    return (
        f'<section class="cy-clause cy-target" aria-current="true" tabindex="-1"><p class="cy-note">{why}</p>'
        f'<p class="cy-clause-head">{copy}{_checked(cited)}</p>'
        f'<p class="cy-text">{marked(cited.text, cited.quote_spans)}</p></section>'
    )


def policy_html(view: PolicyView, cited: Citation | None, token: str = "") -> str:
    """The whole document with ``cited`` marked; a new ``token`` lets a second click scroll again."""
    body, entries = _document(view.document, cited)
    notes = ""
    if cited is not None and _find(view.document, cited) is None:
        notes += _quoted(cited, t.CLAUSE_GONE)
    if view.text_kind == "card":
        notes += f'<p class="cy-note">{t.CARD_ONLY}</p>'
    elif view.stub:
        notes += f'<p class="cy-note">{t.STUB_ONLY}</p>'
    if not view.document:
        body = f'<p class="cy-note">{t.NO_CLAUSES}</p>'
    paper = (
        f'<article class="cy-paper"><h1 class="cy-doc-title">{show(view.title)}</h1>'
        f"{_facts(view)}{_tags(view)}{source_link(view.source)}{notes}{body}</article>"
    )
    return _shell(
        t.READER_LABEL, f'<div class="cy-sheet">{_outline(entries)}{paper}</div>', back=True, token=token
    )


def gone_html(cited: Citation, token: str = "") -> str:
    """A citation whose policy is no longer in the library: the words as they were cited."""
    paper = (
        f'<article class="cy-paper"><h1 class="cy-doc-title">{show(cited.title)}</h1>'
        f"{_quoted(cited, t.POLICY_GONE)}</article>"
    )
    return _shell(t.READER_LABEL, f'<div class="cy-sheet">{paper}</div>', back=True, token=token)


def failed_html(problem: str, token: str = "") -> str:
    """The document could not be shown: what happened and what to do."""
    return _shell(
        t.READER_LABEL, f'<p class="cy-note" role="alert">{esc(problem)}</p>', back=True, token=token
    )


def _row(policy: PolicySummary, due: str = "") -> str:
    day = policy.issued or policy.effective_from
    facts = "<i>·</i>".join(
        x for x in (esc(policy.doc_number or ""), esc(policy.region), short_day(day), due) if x
    )
    state = "" if policy.in_force == "in_force" else in_force_badge(policy.in_force)
    if policy.stub:
        state += badge("damaged", t.STUB)
    if policy.damaged_clauses:
        state += badge("damaged", t.damaged_count(policy.damaged_clauses))
    return (
        f'<li><button type="button" class="cy-policy" data-do="open" data-policy="{esc(policy.policy_id)}">'
        f'<span class="cy-policy-title">{show(policy.title)}</span>'
        f'<span class="cy-facts">{facts}</span>{state}</button></li>'
    )


def _days_left(policy: PolicySummary, as_of: date) -> int | None:
    if policy.in_force != "in_force" or not policy.expires:
        return None
    try:
        return (date.fromisoformat(policy.expires) - as_of).days
    except ValueError:
        return None


def library_html(policies: PolicyList, as_of: date, token: str = "") -> str:
    """What falls due within :data:`DUE_DAYS`, the newest policies, the rest under a fold."""
    if not policies.policies:
        body = f'<div class="cy-empty"><p>{t.LIBRARY_EMPTY}</p><p>{t.LIBRARY_EMPTY_CURE}</p></div>'
        return _shell(t.LIBRARY, body, back=False, token=token)
    left = ((p, _days_left(p, as_of)) for p in policies.policies)
    due = sorted(((d, p) for p, d in left if d is not None and 0 <= d <= DUE_DAYS), key=lambda x: x[0])
    newest = sorted(policies.policies, key=lambda p: p.issued or p.effective_from or "", reverse=True)
    body = f'<p class="cy-count">{t.library_count(len(newest))} · {esc(long_day(as_of.isoformat()))}</p>'
    if due:
        rows = "".join(_row(p, t.due_in(d)) for d, p in due)
        body += f'<h3>{t.LIBRARY_DUE}</h3><ul class="cy-policies">{rows}</ul>'
    rows = "".join(_row(p) for p in newest[:NEWEST])
    body += f'<h3>{t.LIBRARY_NEWEST}</h3><ul class="cy-policies">{rows}</ul>'
    if len(newest) > NEWEST:
        rows = "".join(_row(p) for p in newest[NEWEST:])
        body += (
            f"<details class='cy-rest'><summary>{t.library_rest(len(newest) - NEWEST)}</summary>"
            f'<ul class="cy-policies">{rows}</ul></details>'
        )
    return _shell(t.LIBRARY, f'<div class="cy-library">{body}</div>', back=False, token=token)
