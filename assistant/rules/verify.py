"""The rule book against the texts: every pinned figure stands in its clause, no clause changed since review."""

from __future__ import annotations

from collections.abc import Sequence

from ceyin.assistant.rules.book import RuleBook, conditions_of, pin_hash
from ceyin.assistant.rules.model import Pin
from ceyin.corpus.library import StoredPolicy
from ceyin.corpus.normalise import normalise


def verify_book(book: RuleBook, policies: Sequence[StoredPolicy]) -> tuple[list[str], int]:
    """What falls short, one line each, and how many rules were checked."""
    by_id = {p.policy_id: p for p in policies}
    lines: list[str] = []
    for rule in book.rules:
        leaves = [c.pin for c in conditions_of(rule) if c.pin is not None]
        for pin in dict.fromkeys((rule.pin, *rule.also_pins, *leaves)):
            lines += [f"{rule.id}:{problem}" for problem in _problems(pin, by_id.get(pin.policy))]
    return lines, len(book.rules)


def _problems(pin: Pin, policy: StoredPolicy | None) -> list[str]:
    if policy is None:
        return [f"政策库里没有 {pin.policy}"]
    clause = next((c for c in policy.clauses if c.ref.path == pin.path), None)
    where = "/".join(pin.path)
    if clause is None:
        moved = next((c for c in policy.clauses if pin.sha256 and pin_hash(c.text) == pin.sha256), None)
        found = f",同样的条文现在是 {'/'.join(moved.ref.path)}" if moved else ""
        return [f"{pin.policy} 没有 {where} 这一条{found}"]
    text = normalise(clause.text)
    out = [f"{where} 的条文里没有“{f}”" for f in pin.figures if normalise(f) not in text]
    if pin.sha256 and clause.text_kind == "official" and pin_hash(clause.text) != pin.sha256:
        out.append(f"{where} 的条文在核定后有变动,要重新核对")
    return out
