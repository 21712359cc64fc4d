"""Words: every sentence that claims something is borne by what it cites."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ceyin.assistant.verifying.figures import quantities
from ceyin.assistant.verifying.grounds import Source
from ceyin.assistant.verifying.naming import words_of

#: The kinds of paragraph that say what the texts say.
CLAIMS = ("conclusion", "premise", "condition", "calculation", "basis", "quote", "item", "table")
#: The share of a sentence's naming words that what it cites must have.
ENOUGH = 0.4
#: What a sentence says of the answer or of the library, not of a clause: it needs no citation.
_ABOUT_ITSELF = re.compile(
    r"未收录|没有收录|收录的|没有写|没有提到|看当地|由.{2,16}(?:决定|为准)|以.{2,16}为准|没有说|没写|残缺|缺失|看不到|不一致|写法不同|如下|下面|断口之|(?:^|[,;:])以下|"
    r"政策库|现存的|见引用|以原文为准|问的是|分开|逐项|分别(?:回答|说)|不作结论|不提供|可以问|不审批"
)
_CHINESE = re.compile(r"[一-鿿]")


def speaks_of_itself(text: str) -> bool:
    """Whether a sentence is about the answer or the library."""
    return bool(_ABOUT_ITSELF.search(text))


def claimed(text: str) -> str:
    """What a sentence says of the clauses: 「贷款条件、额度方案没有写」 is about the text, not in it."""
    return "".join(p for p in re.split(r"(?<=[;。])", text) if not _ABOUT_ITSELF.search(p))


def share(text: str, sources: Sequence[Source]) -> float:
    """The share of a sentence's naming words that stand in its sources (1 for a sentence with next to none)."""
    for q in reversed(quantities(text)):
        text = text if q.kind == "title" else f"{text[: q.start]} {text[q.end :]}"
    words = words_of(text)
    if len(words) < 3 or len(_CHINESE.findall(text)) < 4:
        return 1.0
    return sum(any(w in s.text for s in sources if s.origin != "said") for w in words) / len(words)


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return words_of(text)


def bears(text: str, sources: Sequence[Source]) -> bool:
    """Whether a citation has to do with a sentence at all: some of its words stand there."""
    words = words_of(text)
    if not words:
        return True
    own = [s for s in sources if s.origin in ("clause", "card")]
    said = {q.value for q in quantities(text) if q.kind in ("date", "money", "document", "rate")}
    if any(q.value in said for s in own for q in quantities(s.text)):
        return True
    return any(len(words & _words(s.text)) >= min(2, len(words)) for s in own)
