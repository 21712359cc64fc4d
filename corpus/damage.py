"""Proof that words are missing, read from a single clause: cut ends, unbalanced brackets, lost numbers, doubled words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ceyin.corpus.model import Damage, DamageKind, Span
from ceyin.corpus.normalise import normalise_mapped

_CLOSER_OF = {"《": "》", "(": ")", "〔": "〕", "“": "”", "【": "】"}
_OPENER_OF = {closer: opener for opener, closer in _CLOSER_OF.items()}
_LABEL = re.compile(
    r"(?:第[^条章]{1,6}条(?:之.)?|[一二三四五六七八九十百]+、|\([一二三四五六七八九十\d]+\)|\d+[.、)]|[①-⑳]|\*+)*"
)
#: What no sentence begins with; 「和解」, 「及时」, 「所有」 are words of their own.
_MID_SENTENCE = re.compile(
    r"和(?![解谐平睦好合])|及(?![时早其格])|款,|的|所(?![有在属得谓需称述])|奖励\d|[\u4e00-\u9fff]、(?![\u4e00-\u9fff]、)"
)
_LOST_NUMBER = re.compile(r"\(\)(?=[\u4e00-\u9fff])")
_NO_BEGINNING = re.compile(r"[,;。)》”]|、(?!第)")
_SENTENCE_END = re.compile(r"[。;:!?)》”.…|]$")
#: 「给予一次一次性补贴」: the words between the two are gone.
#: Words no sentence ends with, whatever the typist left out.
_UNFINISHED = re.compile(
    r"[\u4e00-\u9fff\d,]{8}[对和及与或在由以按向从把被并且但]$|[\u4e00-\u9fff\d,]{2}(?:将有关|不超|最高不|不得超|给予)$"
    r"|[,;。][对将按由把被就][^,。;:]{1,12}的$"
)
_DOUBLED = re.compile(r"([\u4e00-\u9fff]{2,4})(?=\1)")
#: 「金额为已支万元」: the figure is gone; 「每万元产值」 and 「以万元为单位」 have none.
_NO_FIGURE = re.compile(r"(?<=[\u4e00-\u9fff])(?<![〇零一二三四五六七八九十百千两几数余多每以按若干])万元")
_CLAUSE_STOP = re.compile(r"[。;,:]")


def sentence_damages(text: str, source: str, span: Span, *, strict: bool) -> tuple[Damage, ...]:
    """Every proof in a clause that words are lost; spans are those of ``source``, ``text`` its normalised words.

    ``strict``: the document has lost other words, so weaker signs (no full stop at the end, an unbalanced
    bracket, a beginning in the middle) count too; in a sound document they are slips of the typist.
    """
    found = list(_proofs(text, strict=strict))
    if not found:
        return ()
    mapped = normalise_mapped(span.cut(source))
    out = []
    for kind, start, end, note in found:
        a, b = mapped.to_source(start, end)
        out.append(Damage(kind, Span(span.start + a, span.start + b), note))
    return tuple(out)


def _proofs(text: str, *, strict: bool) -> Iterator[tuple[DamageKind, int, int, str]]:
    """Kind, range in ``text`` and note; the range of lost words is the point they stood at."""
    label = _LABEL.match(text)
    begin = label.end() if label else 0
    for m in _LOST_NUMBER.finditer(text):
        if m.start() > begin:  # at the beginning it is the label of the clause: gaps.py says so
            yield DamageKind.CUT, m.start(), m.end(), "编号缺失"
    cut_start = bool(_NO_BEGINNING.match(text, begin)) or (strict and bool(_MID_SENTENCE.match(text, begin)))
    if cut_start:
        yield DamageKind.CUT_START, begin, begin, "句首缺失"
    if strict:
        yield from _unbalanced(text, begin, cut_start=cut_start)
        for m in _NO_FIGURE.finditer(text, begin):
            yield DamageKind.CUT, m.start(), m.start(), "金额缺失"
        for m in _DOUBLED.finditer(text, begin):
            yield DamageKind.CUT, m.end(), m.end(), "句中有缺失"
    if strict and begin and len(text) - begin <= 16 and not re.search(r"[,。;:!?]", text[begin:]):
        yield DamageKind.EMPTY, 0, len(text), "只剩编号或标题,内容缺失"
    elif (
        text.endswith((",", "、")) or _UNFINISHED.search(text) or (strict and not _SENTENCE_END.search(text))
    ):
        yield DamageKind.CUT_END, len(text), len(text), "句尾缺失"


def _unbalanced(text: str, begin: int, *, cut_start: bool) -> Iterator[tuple[DamageKind, int, int, str]]:
    """A closing mark without its opening one, and the other way round: words are gone before or after it."""
    stack: list[int] = []
    for at, ch in enumerate(text):
        if ch in _CLOSER_OF:
            stack.append(at)
        elif ch in _OPENER_OF:
            if stack and text[stack[-1]] == _OPENER_OF[ch]:
                stack.pop()
            elif not (cut_start and not _CLAUSE_STOP.search(text, begin, at)):
                first = not _CLAUSE_STOP.search(text, begin, at)
                kind, place = (DamageKind.CUT_START, begin) if first else (DamageKind.CUT, at)
                yield kind, place, place if first else at + 1, "句中有缺失(标点不成对)"
    for at in stack[-1:]:  # one loss takes all the closing marks
        yield DamageKind.CUT, at, at + 1, "句中有缺失(标点不成对)"
