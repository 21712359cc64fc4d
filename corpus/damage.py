"""Proof that words are missing, read from a single clause: cut ends, unbalanced brackets, lost numbers."""

from __future__ import annotations

import re

from ceyin.corpus.model import Damage, DamageKind, Span

_PAIRS = {"《": "》", "(": ")", "〔": "〕", "“": "”", "【": "】"}
_CLOSERS = {v: k for k, v in _PAIRS.items()}
_LABEL = re.compile(
    r"^(?:第[^条章]{1,6}条(?:之.)?|[一二三四五六七八九十百]+、|\([一二三四五六七八九十\d]+\)|\d+[.、])"
)

#: What no sentence begins with; 「和解」, 「及时」, 「所有」 are words of their own.
_MID_SENTENCE = re.compile(r"和(?![解谐平睦好合])|及(?![时早其格])|款,|的|所(?![有在属得谓需称述])|奖励\d")


def sentence_damage(text: str, span: Span, *, strict: bool) -> Damage | None:
    """The first proof in a clause's normalised text that words are lost, or None.

    ``strict``: the document has lost other words, so weaker signs (no full stop at the end, an unbalanced
    bracket, a beginning in the middle) count too; in a sound document they are slips of the typist.
    """
    if re.search(r"\(\)(?=[\u4e00-\u9fff])", text):
        return Damage(DamageKind.CUT, span, "编号缺失")
    words = _LABEL.sub("", text)
    if re.match(r"[,、;。)》”]", words):
        return Damage(DamageKind.CUT_START, span, "句首缺失")
    if text.endswith((",", "、")):
        return Damage(DamageKind.CUT_END, span, "句尾缺失")
    if not strict:
        return None
    if _MID_SENTENCE.match(words):
        return Damage(DamageKind.CUT_START, span, "句首缺失")
    balance = _unbalanced(words)
    if balance == "closer":
        return Damage(DamageKind.CUT_START, span, "句中有缺失(标点不成对)")
    if balance == "opener":
        return Damage(DamageKind.CUT, span, "句中有缺失(标点不成对)")
    if re.search(r"(一次)\1", text):
        return Damage(DamageKind.CUT, span, "句中有缺失")
    if not re.search(r"[。;:!?)》”.]$", text):
        return Damage(DamageKind.CUT_END, span, "句尾缺失")
    return None


def _unbalanced(text: str) -> str | None:
    stack: list[str] = []
    for ch in text:
        if ch in _PAIRS:
            stack.append(ch)
        elif ch in _CLOSERS:
            if not stack or stack[-1] != _CLOSERS[ch]:
                return "closer"
            stack.pop()
    return "opener" if stack else None
