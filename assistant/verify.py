"""The last gate: every figure of an answer stands in what it cites, in the user's words, or in a check's trace."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from ceyin.assistant.contract import Answer, Check, Citation
from ceyin.corpus.normalise import normalise
from ceyin.corpus.numerals import ORDINAL_CHARS, to_int

_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_NUMERAL = re.compile(f"[{ORDINAL_CHARS}]+")
_SCALES = (Decimal(1000), Decimal(10_000), Decimal(100_000_000))


def ungrounded(answer: Answer, said: Iterable[str]) -> list[str]:
    """The figures of an answer that nothing supports; empty when it may be shown."""
    allowed = _figures(_support(answer, said))
    bad = _missing(answer.answer, allowed)
    for part in answer.parts:
        own = allowed | _figures(_of_parts(part.citations, part.checks))
        bad += _missing(part.answer, own)
    return bad


def _missing(text: str, allowed: set[str]) -> list[str]:
    body = re.sub(r"\[\d+\]", " ", text)
    body = re.sub(r"(?m)^\s*\d+[.、)]", " ", body)
    return sorted({f for f in _plain_figures(normalise(body)) if f not in allowed})


def _support(answer: Answer, said: Iterable[str]) -> str:
    return " ".join([_of_parts(answer.citations, answer.checks), *said, answer.as_of, answer.question])


def _of_parts(citations: Sequence[Citation], checks: Sequence[Check]) -> str:
    texts = [f"{c.text} {c.cite_as} {c.title} {c.doc_number or ''}" for c in citations]
    texts += [f"{c.value or ''} {c.explanation} {c.trace}" for c in checks]
    return " ".join(texts)


def _plain_figures(text: str) -> set[str]:
    found = {f.lstrip("0") or "0" for f in _FIGURE.findall(text.replace(",", ""))}
    return {re.sub(r"\.0+$", "", f if not f.startswith(".") else f"0{f}") for f in found}


def _figures(text: str) -> set[str]:
    """Every figure of a text, Chinese numerals included, and each in 千, 万 and 亿."""
    text = normalise(text)
    base = _plain_figures(text)
    base |= {str(n) for m in _NUMERAL.finditer(text) if (n := to_int(m.group())) is not None}
    out = set(base)
    for figure in base:
        value = Decimal(figure)
        for scale in _SCALES:
            out |= {format((value * scale).normalize(), "f"), format((value / scale).normalize(), "f")}
    return out
