"""Cards against official text: every figure of a card in its clause, every clause with a figure has a card."""

from __future__ import annotations

import re

from ceyin.corpus.library import StoredPolicy
from ceyin.corpus.model import cite_path
from ceyin.corpus.normalise import normalise
from ceyin.corpus.numerals import ORDINAL_CHARS, to_int

_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_NUMERAL = re.compile(f"[{ORDINAL_CHARS}]+")


def crosscheck(policy: StoredPolicy) -> list[str]:
    """Everything that does not match, one line each; nothing for a policy without official text or catalog entry."""
    if policy.text_kind != "official" or policy.entry is None or not policy.entry.cards:
        return []
    lines = []
    about = _imprint(policy)
    for clause in policy.clauses:
        if clause.ref.path[0] in ("题头", "落款", "附件"):
            continue
        where = f"{policy.policy_id} {cite_path(clause.ref.path)}"
        if clause.card is None:
            if _FIGURE.search(clause.text):
                lines.append(f"{where}:条文有数字,没有卡片")
            continue
        absent = sorted(_figures(clause.card.digest) - _values(clause.text) - about)
        if absent:
            lines.append(f"{where}:卡片里的 {'、'.join(absent)} 不在条文中")
    for card in policy.loose_cards:
        lines.append(f"{policy.policy_id} {cite_path(card.path)}:卡片没有对应的条文")
    return lines


def _imprint(policy: StoredPolicy) -> set[str]:
    """The figures of the document itself: its number and dates, which a card of its cover may tell."""
    days = [
        d for d in (policy.issued, policy.published, policy.effective_from, policy.expires) if d is not None
    ]
    ends = [c.text for c in policy.clauses if c.ref.path[0] in ("题头", "落款")]
    told = {str(part) for day in days for part in (day.year, day.month, day.day)}
    return told.union(*(_values(text) for text in (policy.doc_number or "", *ends)))


def _figures(text: str) -> set[str]:
    return set(_FIGURE.findall(normalise(text)))


def _values(text: str) -> set[str]:
    text = normalise(text)
    return _figures(text) | {str(n) for m in _NUMERAL.finditer(text) if (n := to_int(m.group())) is not None}
