"""Text with citation chips, and the clauses an answer stands on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ceyin.assistant.contract import Citation
from ceyin.corpus.model import cite_path
from ceyin.ui.page.card_words import Words
from ceyin.ui.page.markup import badge, esc, show, typeset

_CHIP = re.compile(r"\[(\d{1,3})\]")
_CHIPS = re.compile(r"\[\d{1,3}\](?:\s?\[\d{1,3}\])*(?P<after>[。、,;:.)\uff0c\uff1b\uff1a\uff09]?)")
LAPSED = {"expired", "not_yet", "repealed"}


@dataclass(frozen=True, slots=True)
class Cited:
    """The citations of an answer (``part`` -1) or of one of its parts, and where in the conversation it stands."""

    citations: Sequence[Citation]
    turn: int
    part: int
    words: Words

    def chip(self, citation: Citation) -> str:
        """The button that opens the cited clause."""
        lost = " cy-chip-lost" if citation.damaged or citation.in_force in LAPSED else ""
        label = self.words.chip.format(citation.n, citation.cite_as)
        return (
            f'<button type="button" class="cy-chip{lost}" data-do="cite" data-turn="{self.turn}" '
            f'data-part="{self.part}" data-n="{citation.n}" aria-label="{esc(label)}" '
            f'title="{esc(citation.cite_as)}">{citation.n}</button>'
        )

    def html(self, words: str) -> str:
        """Escape ``words`` and turn each ``[n]`` that has a citation into its chip; other brackets stay text."""
        words = typeset(words)
        by_n = {c.n: c for c in self.citations}
        out: list[str] = []
        at = 0
        for run in _CHIPS.finditer(words):
            found = [int(n) for n in _CHIP.findall(run[0])]
            if not any(n in by_n for n in found):
                continue
            before = words[at : run.start()].rstrip(" ")
            chips = "".join(self.chip(by_n[n]) if n in by_n else f"[{n}]" for n in found)
            # A chip never begins a line: it stays with the character before it and the point after it.
            out.append(
                f'{esc(before[:-1])}<span class="cy-keep">{esc(before[-1:])}{chips}{esc(run["after"])}</span>'
            )
            at = run.end()
        return "".join(out) + esc(words[at:])

    def address(self, words: str) -> tuple[Citation | None, str, str]:
        """(the clause a quotation names first, the words up to its address, the quotation itself)."""
        found = [(words.find(f"{c.cite_as}:"), c) for c in self.citations]
        at, cited = min(((at, c) for at, c in found if at >= 0), key=lambda x: x[0], default=(-1, None))
        if cited is None:
            return None, "", words
        end = at + len(cited.cite_as)
        return cited, words[:end], words[end + 1 :]

    def rows(self) -> str:
        """The clauses with document, address, validity and damage, and when their text was checked."""
        w = self.words
        rows: list[str] = []
        for c in self.citations:
            tags = ""
            if c.in_force != "in_force":
                state = w.in_force[c.in_force]
                tags = (
                    badge("lapsed", state) if c.in_force in LAPSED else f'<span class="cy-tag">{state}</span>'
                )
            tags += badge("damaged", w.damaged) if c.damaged else ""
            tags += f'<span class="cy-tag">{w.card}</span>' if c.text_kind == "card" else ""
            rows.append(
                f'<li>{self.chip(c)}<span class="cy-cite"><span class="cy-cite-at">'
                f"{esc(cite_path(tuple(c.path)) if c.path else c.heading)}</span> "
                f'<span class="cy-cite-doc">{show(c.title)}</span>{tags}</span></li>'
            )
        if not rows:
            return ""
        head = esc(w.cites.format(len(rows)))
        checked = checked_line(self.citations, w)
        note = f'<p class="cy-checked">{show(checked)}</p>' if checked else ""
        return f'<section class="cy-cites"><h4>{head}</h4><ul>{"".join(rows)}</ul>{note}</section>'


def checked_line(citations: Sequence[Citation], words: Words) -> str:
    """When the cited texts were last read from their source, once for all; that only cards are there, else."""
    days = sorted({c.checked_on for c in citations if c.checked_on})
    said = [words.checked_on.format(days[0] if len(days) == 1 else f"{days[0]} – {days[-1]}")] if days else []
    if citations and all(c.text_kind == "card" for c in citations):
        said.append(words.cards_only)
    return " · ".join(said)
