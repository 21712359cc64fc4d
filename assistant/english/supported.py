"""Whether an English answer has no figure of its own: each stands in what it cites, in a check, or in the user's words.

Which figure belongs to what was settled in Chinese before: the English words are put together from the same decision
and from digests whose figures a test holds against the Chinese ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from ceyin.assistant.contract import Answer
from ceyin.corpus.normalise import normalise
from ceyin.corpus.numerals import ORDINAL_CHARS, to_int

_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_HAN = re.compile(f"[{ORDINAL_CHARS}]+")
_MILLION = re.compile(r"(\d[\d,]*(?:\.\d+)?) million")
_SCALES = tuple(map(Decimal, ("1", "1000", "10000", "100000000", "0.01", "100")))


def supported(answer: Answer, said: Sequence[str]) -> bool:
    """Whether every figure of the English text has a ground."""
    grounds = [answer.as_of, *said]
    for citation in (*answer.citations, *(c for part in answer.parts for c in part.citations)):
        grounds += [citation.text, citation.cite_as, citation.title, citation.doc_number or ""]
    for check in (*answer.checks, *(c for part in answer.parts for c in part.checks)):
        grounds += [check.explanation, check.value or "", str(check.trace)]
    known = {value * scale for value in _values(grounds) for scale in _SCALES}
    text = re.sub(r"\[\d+\]", " ", answer.answer)
    return all(value in known for value in _values([text]))


def _values(texts: Iterable[str]) -> Iterator[Decimal]:
    for text in texts:
        plain = _MILLION.sub(lambda m: str(Decimal(m.group(1).replace(",", "")) * 1_000_000), text)
        plain = normalise(re.sub(r"(?<=\d),(?=\d{3})", "", plain))
        yield from (Decimal(m.group()) for m in _FIGURE.finditer(plain))
        yield from (Decimal(n) for m in _HAN.finditer(plain) if (n := to_int(m.group())) is not None)
