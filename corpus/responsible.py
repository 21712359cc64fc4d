"""Lists of the bodies that see to a measure: 「(责任单位:市财政局、市商务局)」, behind its words or on a line of their own."""

from __future__ import annotations

import re

_LEAD = r"(?:责任|牵头|配合|参加|参与|落实|主办|协办)(?:单位|部门|处室)"
_HEAD = re.compile(rf"(?:([〔(\[【])\s*)?{_LEAD}\s*:")
_CLOSER = {"〔": "〕", "(": ")", "[": "]", "【": "】"}


def responsible_list(view: str, start: int, end: int) -> int | None:
    """Where the list at the end of ``view[start:end]`` begins, None where there is none.

    It reaches to the end of the paragraph; a full stop may follow its bracket. Words about a 责任单位 that go on
    as a sentence are none.
    """
    if ":" not in view[start:end]:
        return None
    for m in _HEAD.finditer(view, start, end):
        opener = m.group(1)
        tail = view[m.end() : end].rstrip().rstrip("。;")
        if opener:
            if tail.endswith(_CLOSER[opener]) and _closes_last(view[m.start() : end], opener):
                return m.start()
        elif (m.start() == start or view[m.start() - 1] in "。;〕)】 ") and not re.search(r"[。;:]", tail):
            return m.start()
    return None


def _closes_last(text: str, opener: str) -> bool:
    """Whether the first bracket closes only at the end, a full stop aside."""
    depth = 0
    for at, ch in enumerate(text):
        depth += (ch == opener) - (ch == _CLOSER[opener])
        if depth == 0:
            return not text[at + 1 :].strip(" 。;")
    return False
