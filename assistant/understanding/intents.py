"""What kind of answer a question wants."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from ceyin.corpus.yamlfile import load_yaml
from ceyin.indexes.figures import SEVERAL

#: The word lists of the assistant.
WORDS = Path(__file__).parents[1] / "words"


class Intent(StrEnum):
    """What kind of answer a question wants; one may want several."""

    AMOUNT = "amount"
    DEADLINE = "deadline"
    DURATION = "duration"
    ELIGIBLE = "eligible"
    IN_FORCE = "in_force"
    MATERIALS = "materials"
    PROCEDURE = "procedure"
    WHO = "who"
    ISSUED = "issued"
    ACTUAL = "actual"
    CONTACT = "contact"
    COMPARE = "compare"
    DEFINE = "define"
    SAYS = "says"
    TARGET = "target"
    OVERVIEW = "overview"
    WHICH = "which"
    LIST = "list"
    ILLICIT = "illicit"
    COMMAND = "command"


#: Whether a piece of a message asks anything.
ASKING = re.compile(
    r"[?]|什么|多少|哪|谁(?!要是|如果|敢|都|也)|几(?!乎)|怎|吗|呢|如何|是否|能不能|可不可以|啥|咋|多久|多长时间"
    r"|(?P<a>[\u4e00-\u9fff])不(?P=a)|有没有|[行成可]吧|[^了过]没有?$|(?<=[\u4e00-\u9fff])不$|么$"
    r"|\b(?:how|what|which|who|when|where|may|can|must|does|do|is|are)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Patterns:
    intents: tuple[tuple[Intent, re.Pattern[str]], ...]
    headings: dict[Intent, re.Pattern[str]]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    content = load_yaml((WORDS / "questions.yaml").read_text(encoding="utf-8"))
    intents = tuple((Intent(name), _any(patterns)) for name, patterns in content["intents"].items())
    headings = {Intent(name): re.compile(pattern) for name, pattern in content["headings"].items()}
    return _Patterns(intents, headings)


def _any(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_PIECE = re.compile(r"[^,。;?!]+[,。;?!]?")
#: What was done by the asker is a fact of his case, no result that would be published.
_OWN = re.compile(r"(?<![给帮替跟])我(?![市省区县国])|咱(?![市省区县])|俺|本(?:公司|企业|店|校|所)|自家")


@lru_cache(maxsize=1024)
def intents_of(text: str) -> frozenset[Intent]:
    """What kinds of answer a question wants."""
    text = SEVERAL.sub("", text)
    others = "".join(piece for piece in _PIECE.findall(text) if not _OWN.search(piece))
    found = frozenset(
        intent
        for intent, pattern in _patterns().intents
        if pattern.search(others if intent is Intent.ACTUAL else text)
    )
    # Whoever orders something and asks something is answered what is asked.
    return found - {Intent.COMMAND} if ASKING.search(text) else found


def heading_wanted(text: str) -> re.Pattern[str] | None:
    """What the heading of a clause looks like that gives the kind of answer wanted."""
    wanted = intents_of(text)
    return next((p for intent, p in _patterns().headings.items() if intent in wanted), None)
