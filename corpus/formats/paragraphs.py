"""Printed lines back to paragraphs: which line goes on in the next, judged by indent, right edge and labels."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from ceyin.corpus.formats.layout import LABEL, Flow, Line

_ENDS = re.compile(r"[。;\uff1b:\uff1a!?\uff01\uff1f][”’」』)\uff09]*$")
_CLOSING = "。\uff0c、\uff1b\uff1a\uff1f\uff01\uff09〕】》」』”’…,.;:?!)]}%"
_FIRST_TOKEN = re.compile(rf"(?:[!-~]+|[^!-~])[{re.escape(_CLOSING)}]*")


@dataclass(frozen=True, slots=True)
class _Frame:
    """The edges between which the lines of one column run, and the usual first-line indent."""

    left: float
    right: float
    step: float  # from one line to the next
    indent: float | None


def paragraphs(flows: Sequence[Flow], widths: dict[int, float]) -> list[str]:
    """The paragraphs and table rows of a document; ``widths`` are those of its pages."""
    frames = _frames(flows, widths)
    out: list[str] = []
    previous: Line | None = None
    previous_frame: _Frame | None = None
    previous_page = -1
    repeated: str | None = None  # the head of the table that ended the last page
    for flow in flows:
        frame = frames[_key(flow, widths)]
        for line in flow.lines:
            if line.rows:
                rows = list(line.rows)
                if rows[0] == repeated and len(rows) > 1:
                    rows = rows[1:]  # printed again on the next page
                else:
                    repeated = line.rows[0]
                out += rows
                previous = None
                continue
            repeated = None
            same_page = previous_page == flow.page
            if (
                previous is not None
                and previous_frame is not None
                and not _begins(line, frame, previous, previous_frame, below=same_page)
            ):
                out[-1] = joined(out[-1], line.text)
            else:
                out.append(line.text)
            previous, previous_frame, previous_page = line, frame, flow.page
    return out


def joined(before: str, after: str) -> str:
    """Two lines of one paragraph: no space in Chinese, one between words, hyphens of divided words dropped."""
    if not before or not after:
        return before + after
    if re.search(r"[a-z]-$", before) and re.match(r"[a-z]", after):
        return before[:-1] + after
    if re.search(r"[A-Za-z,;:.)]$", before) and re.match(r"[A-Za-z(]", after) and before[-1].isascii():
        return f"{before} {after}"
    return before + after


_Key = tuple[int, int, int, int]


def _key(flow: Flow, widths: dict[int, float]) -> _Key:
    return flow.columns, flow.column, flow.page % 2, round(widths[flow.page])


def _frames(flows: Sequence[Flow], widths: dict[int, float]) -> dict[_Key, _Frame]:
    grouped: dict[_Key, list[list[Line]]] = defaultdict(list)
    for flow in flows:
        grouped[_key(flow, widths)].append([line for line in flow.lines if not line.rows])
    frames: dict[_Key, _Frame] = {}
    for key, parts in grouped.items():
        facing = grouped.get((key[0], key[1], 1 - key[2], key[3]), [])
        own, both = _frame(parts), _frame([*parts, *facing])
        if key[0] == 1 and sum(map(len, parts)) + sum(map(len, facing)) < 5:
            # Too few lines to show the right edge: margins are about equal.
            both = replace(both, right=max(both.right, key[3] - both.left))
        # Left and right pages are judged apart only where their margins clearly differ.
        enough = min(sum(map(len, parts)), sum(map(len, facing))) >= 10
        apart = enough and abs(own.left - _frame(facing).left) > 0.02 * key[3]
        frames[key] = own if apart else both
    return frames


def _frame(parts: list[list[Line]]) -> _Frame:
    lines = [line for part in parts for line in part]
    if not lines:
        return _Frame(0.0, 0.0, 0.0, None)
    em = median(line.size for line in lines)
    starts = Counter(round(line.x0 / (0.3 * em)) for line in lines)
    often = [start for start, count in starts.items() if count >= max(2, 0.08 * len(lines))]
    wanted = min(often, default=min(starts))
    left = min(line.x0 for line in lines if abs(line.x0 / (0.3 * em) - wanted) <= 1)
    ends = sorted(line.x1 for line in lines)
    right = ends[-1 - len(ends) // 50]
    steps = [b.bottom - a.bottom for part in parts for a, b in pairwise(part)]
    indents = Counter(
        round((line.x0 - left) / em * 2) for line in lines if 1.2 * em < line.x0 - left < 3.2 * em
    )
    usual = indents.most_common(1)
    indent = usual[0][0] * em / 2 if usual and usual[0][1] >= 0.08 * len(lines) else None
    return _Frame(left, right, median(steps) if steps else 0.0, indent)


def _begins(line: Line, frame: _Frame, previous: Line, previous_frame: _Frame, *, below: bool) -> bool:
    """Whether a line begins a paragraph; ``below``: it stands on the same page as the one before."""
    if line.text[0] in _CLOSING:
        return False
    em = max(line.size, previous.size)
    if abs(line.size - previous.size) > 0.12 * em:
        return True
    step = line.bottom - previous.bottom
    if below and frame == previous_frame and (step > max(1.6 * frame.step, 2.2 * em) or step > 4.5 * em):
        return True
    if line.parts > 1 or previous.parts > 1:  # words side by side: a table without rules, a form
        return True
    indent, before = line.x0 - frame.left, previous.x0 - previous_frame.left
    if (
        indent > 6 * em
        or before > 6 * em
        or _centred(line, frame, em)
        or _centred(previous, previous_frame, em)
    ):
        return True
    token = _FIRST_TOKEN.match(line.text)
    needed = (line.x1 - line.x0) * len(token.group()) / max(len(line.text), 1) if token else 0.0
    if token and not token.group().isascii():
        needed = len(token.group()) * line.size
    label = LABEL.match(line.text)
    ended = bool(_ENDS.search(previous.text))
    long = previous.x1 > previous_frame.left + 0.7 * (previous_frame.right - previous_frame.left)
    if long and frame.indent is not None and indent < 0.6 * em and not ended and not label:
        # Paragraphs are indented here and this line is not: one that is shorter by some characters goes on in it.
        return False
    if previous.x1 + needed < previous_frame.right - 0.5 * em:
        return True  # there was room for the first word of this line
    if label and (ended or indent > 1.2 * em):
        return True
    if indent <= 1.2 * em:
        return False
    if abs(indent - before) < 0.4 * em:
        return ended
    usual = frame.indent is not None and abs(indent - frame.indent) < 0.6 * em
    return ended or usual


def _centred(line: Line, frame: _Frame, em: float) -> bool:
    left, right = line.x0 - frame.left, frame.right - line.x1
    return left > 2.6 * em and right > 2 * em and abs(left - right) < 2 * em
