"""What a clause cannot be understood without: the words it hangs on, and the clause it points back to."""

from __future__ import annotations

import re

from ceyin.corpus.stored import StoredClause, StoredPolicy

_OPEN_END = re.compile(r"[::]\s*$")
_BACK = re.compile(
    r"^(?:[(（][一二三四五六七八九十\d]+[)）])?(?:前款|前项|前条|前述|上述|上款|上项|以上|该款|该项)"
)


def read_with(policy: StoredPolicy, clause: StoredClause) -> tuple[StoredClause, ...]:
    """The clauses to be read with one, in the order of the document.

    They are the lead-ins above it that end in a colon (「给予下列奖励:」), and the clause before it where it begins by
    pointing back (「前款规定的…」). Empty for a clause that stands by itself, as most do.
    """
    by_path = {c.ref.path: c for c in policy.clauses}
    paths = (clause.ref.path[:depth] for depth in range(1, len(clause.ref.path)))
    found = [by_path[path] for path in paths if path in by_path and _OPEN_END.search(by_path[path].text)]
    if _BACK.search(clause.text):
        before = max(
            (c for c in policy.clauses if c.ordinal < clause.ordinal), key=lambda c: c.ordinal, default=None
        )
        if before is not None and before not in found:
            found.append(before)
    return tuple(sorted(found, key=lambda c: c.ordinal))
