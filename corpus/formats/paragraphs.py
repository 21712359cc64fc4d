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
    indent: float | None


def paragraphs(flows: Sequence[Flow], widths: dict[int, float]) -> list[str]:
    """The paragraphs and table rows of a document; ``widths`` are those of its pages."""
    frames = _frames(flows, widths)
    out: list[str] = []
    before: tuple[Line, _Frame, Flow] | None = None  # the line above, where it is text
    table: tuple[str, int] | None = None  # the head of the table right above and its page
    for flow in flows:
        frame, step = _own_frame(flow, frames[_key(flow, widths)]), _step(flow)
        for line in flow.lines:
            if line.rows:
                if table is not None and table[1] < flow.page:
                    _continue_table(out, line.rows, table[0])
                    table = table[0], flow.page
                else:
                    out += line.rows
                    table = line.rows[0], flow.page
                before = None
                continue
            table = None
            if before is None:
                new = True
            else:
                above, its_frame, its_flow = before
                apart = step if its_flow is flow else None
                new = _begins(line, frame, above, its_frame, apart)
            if new:
                out.append(line.text)
            else:
                out[-1] = joined(out[-1], line.text)
            before = line, frame, flow
    return out


def _own_frame(flow: Flow, usual: _Frame) -> _Frame:
    """The edges of a page itself, where enough of its lines are long and end at one place; else the document's."""
    lines = [line for line in flow.lines if not line.rows and line.parts == 1]
    if len(lines) < 10:
        return usual
    own = _frame([lines])
    em = median(line.size for line in lines)
    full = sum(1 for line in lines if abs(line.x1 - own.right) < 0.5 * em)
    if full < 5 or own.right - own.left < 20 * em:
        return usual
    return replace(own, indent=own.indent or usual.indent)


def _step(flow: Flow) -> float:
    """How far the lines of a flow usually are from each other; 0 where too few tell."""
    steps = [b.bottom - a.bottom for a, b in pairwise(flow.lines) if not a.rows and not b.rows]
    return median(steps) if len(steps) >= 3 else 0.0


def _continue_table(out: list[str], rows: Sequence[str], head: str) -> None:
    """Add the rows of a table that goes on from the page before: a head printed again goes, a divided row is joined."""
    rows = list(rows[1:] if rows[0] == head and len(rows) > 1 else rows)
    above, first = out[-1].split("\t"), rows[0].split("\t")
    filled = [k for k, words in enumerate(first) if words]
    # Only a long cell is divided, in the middle of its sentence, and the short ones beside it stay blank below.
    blank = filled[0] if filled else 0
    divided = blank > 0 and all(
        k < len(above) and len(above[k]) >= 8 and (blank > 1 or not _ENDS.search(above[k])) for k in filled
    )
    if divided:
        for k in filled:
            above[k] = joined(above[k], first[k])
        out[-1] = "\t".join(above)
        rows = rows[1:]
    out += rows


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
        return _Frame(0.0, 0.0, None)
    em = median(line.size for line in lines)
    starts = Counter(round(line.x0 / (0.3 * em)) for line in lines)
    often = [start for start, count in starts.items() if count >= max(2, 0.08 * len(lines))]
    wanted = min(often, default=min(starts))
    left = min(line.x0 for line in lines if abs(line.x0 / (0.3 * em) - wanted) <= 1)
    # The right edge is where many long lines end; a few may stick out.
    far = max(line.x1 for line in lines)
    long = sorted(line.x1 for line in lines if line.x1 - left > 0.6 * (far - left) and line.parts == 1)
    buckets = Counter(round(end / (0.5 * em)) for end in long)
    edge = max((b for b, count in buckets.items() if count >= max(2, 0.1 * len(long))), default=None)
    right = far if edge is None else max(e for e in long if round(e / (0.5 * em)) == edge)
    indents = Counter(
        round((line.x0 - left) / em * 2) for line in lines if 1.2 * em < line.x0 - left < 3.2 * em
    )
    usual = indents.most_common(1)
    indent = usual[0][0] * em / 2 if usual and usual[0][1] >= 0.08 * len(lines) else None
    return _Frame(left, right, indent)


def _begins(line: Line, frame: _Frame, previous: Line, previous_frame: _Frame, usual: float | None) -> bool:
    """Whether a line begins a paragraph; ``usual``: the step between lines, None where it starts another flow."""
    if line.text[0] in _CLOSING:
        return False
    em = max(line.size, previous.size)
    if abs(line.size - previous.size) > 0.12 * em:
        return True
    if usual is not None and line.bottom - previous.bottom > max(
        1.6 * usual, 2.2 * em if usual else 4.5 * em
    ):
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
    indented = frame.indent is not None and abs(indent - frame.indent) < 0.6 * em
    return ended or indented


def _centred(line: Line, frame: _Frame, em: float) -> bool:
    left, right = line.x0 - frame.left, frame.right - line.x1
    return left > 2.6 * em and right > 2 * em and abs(left - right) < 2 * em
