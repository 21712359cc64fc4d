"""How a document looks on its page: line breaks, indents, widths, scripts, stray blanks, everything in one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from opencc import OpenCC

from ceyin.corpus.normalise import normalise
from ceyin.evals.documents.draft import Draft
from ceyin.evals.documents.parts import Chunk

_WIDE = str.maketrans({"(": "\uff08", ")": "\uff09", ":": "\uff1a", ";": "\uff1b", ",": "\uff0c"})
_WIDE_DIGITS = str.maketrans({str(d): chr(0xFF10 + d) for d in range(10)})
#: Lines of their own even where a page glues all else into one line.
_OWN_LINE = ("title", "furniture", "source")


@dataclass(frozen=True, slots=True)
class Layout:
    """The look of one document."""

    newline: str = "\n"
    indent: str = ""
    blank_lines: bool = False
    glued: bool = False
    width: str = "half"  # half, full or mixed
    wide_digits: bool = False
    traditional: bool = False
    stray: float = 0.0
    trailing: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A chunk and where it stands in the text."""

    chunk: Chunk
    start: int
    end: int


def draw_layout(draft: Draft, *, glued: bool = False) -> Layout:
    """A layout, its traits noted in the draft."""
    rng = draft.rng
    glued = glued or draft.may("glued into one line", 0.15)
    return Layout(
        newline="\r\n" if draft.may("CRLF", 0.1) else "\n",
        indent=rng.choice(("", "\u3000\u3000", "    ")) if not glued else "",
        blank_lines=draft.may("blank lines", 0.3),
        glued=glued,
        width="mixed"
        if draft.may("mixed width", 0.08)
        else "full"
        if draft.may("full width", 0.6)
        else "half",
        wide_digits=draft.may("full-width digits", 0.06),
        traditional=draft.may("traditional", 0.1),
        stray=0.03 if not glued and draft.may("stray blanks", 0.08) else 0.0,
        trailing=rng.choice(("", "", " ", "\u3000")) if not glued else "",
    )


def place(chunks: Sequence[Chunk], layout: Layout, rng: Random, *, at: int = 0) -> tuple[str, list[Placed]]:
    """The text of all chunks from offset ``at`` on, and where each stands."""
    out: list[str] = []
    placed: list[Placed] = []
    length = at
    previous: Chunk | None = None

    def add(text: str) -> None:
        nonlocal length
        out.append(text)
        length += len(text)

    for chunk in chunks:
        if previous is not None:
            add(_between(previous, chunk, layout))
        own_line = previous is None or not (chunk.inline or _joined(previous, chunk, layout))
        if own_line and chunk.role in ("clause", "heading", "signature") and layout.indent:
            add(layout.indent)
        text = _dress(chunk, layout, rng)
        start = length
        add(text)
        placed.append(Placed(chunk, start, length))
        previous = chunk
    add(layout.newline)
    return "".join(out), placed


def _joined(previous: Chunk, chunk: Chunk, layout: Layout) -> bool:
    return layout.glued and not (chunk.part == 0 and (chunk.role in _OWN_LINE or previous.role in _OWN_LINE))


def _between(previous: Chunk, chunk: Chunk, layout: Layout) -> str:
    if chunk.inline:
        return " " if layout.glued else ""
    if _joined(previous, chunk, layout):
        return " "
    gap = layout.newline * (2 if layout.blank_lines or layout.glued else 1)
    return layout.trailing + gap


def _dress(chunk: Chunk, layout: Layout, rng: Random) -> str:
    text = chunk.text
    if layout.traditional:
        text = _traditional(text)
    if layout.width == "full" or (layout.width == "mixed" and rng.random() < 0.5):
        text = text.translate(_WIDE)
    if layout.wide_digits:
        text = text.translate(_WIDE_DIGITS)
    if layout.stray and chunk.role in ("clause", "heading", "title"):
        text = _with_stray_blanks(text, chunk.label, layout.stray, rng)
    return text


@lru_cache(maxsize=1)
def _to_traditional() -> OpenCC:
    return OpenCC("s2t")


def _traditional(text: str) -> str:
    """The text in traditional characters, where it is as long and reads back as the same words."""
    converted = str(_to_traditional().convert(text))
    same = len(converted) == len(text) and normalise(converted) == normalise(text)
    return converted if same else text


def _with_stray_blanks(text: str, label: int, chance: float, rng: Random) -> str:
    """Blanks between Chinese characters behind the label, as careless typing leaves them."""
    out = list(text[: label + 1])
    for before, after in zip(text[label:], text[label + 1 :], strict=False):
        if "\u4e00" <= before <= "\u9fff" and "\u4e00" <= after <= "\u9fff" and rng.random() < chance:
            out.append(" ")
        out.append(after)
    return "".join(out)
