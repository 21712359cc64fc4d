"""A paragraph taken apart: its sentences, each with the numbers it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ceyin.assistant.contract import Block
from ceyin.corpus.normalise import normalise

MARK = re.compile(r"\[(\d+)\]")
_END = re.compile(r"(?<=[。;!?])(?!\[)|\n")
#: What stands before a sentence and is none of it: 「· 」, 「✔ 」, 「1. 」, 「依据:」.
_BULLET = re.compile(r"^\s*(?:[·•✔✘]|[-*?](?=\s)|\d+[.、)](?!\d))\s*")
_LEAD = re.compile(r"^(?:依据|计算|结论|答|说明)[::]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence without its marks; ``numbers`` are those it rests on, ``marked`` whether any stands in it."""

    text: str
    numbers: tuple[int, ...]
    marked: bool


def plain(text: str) -> str:
    """Words without citation marks, bullets and leading labels."""
    return _LEAD.sub("", _BULLET.sub("", MARK.sub("", normalise(text)))).strip()


def sentences(block: Block) -> Iterator[Sentence]:
    """The sentences of a paragraph; one without a mark rests on those that follow it, else on all of the paragraph."""
    if block.table is not None:
        for row in block.table.rows:
            # a cell with a mark says what its clause says; one without names the side, its text, whether it holds
            side = (
                "" if re.search(r"\d", row[0]) else f"{row[0]},"
            )  # 「2016年的意见」 is the user's own name for it
            for cell in row:
                own = _numbers(cell)
                text = plain(f"{side}{cell}" if own else cell)
                yield Sentence(text, own or _numbers(" ".join(row)), bool(own))
        return
    pieces = [p for p in _END.split(block.text) if p and p.strip()]
    for k, piece in enumerate(pieces):
        numbers = _numbers(piece)
        following = next((n for later in pieces[k + 1 :] if (n := _numbers(later))), ())
        text = plain(piece)
        if text.strip("。;!? "):
            yield Sentence(text, numbers or following or tuple(block.citations), bool(numbers or following))


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(int(n) for n in MARK.findall(text)))
