"""How many wrong answers the verifier catches: ``python -m ceyin.evals.verifying``.

Right answers are made wrong in one place: a figure changed, two sums of a paragraph swapped, a denial turned, a mark
moved to another citation. Every one that gets through is printed.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from ceyin.assistant.answer import Assistant
from ceyin.assistant.citing import Citations
from ceyin.assistant.compose.draft import block, text_of
from ceyin.assistant.contract import Answer, AskRequest
from ceyin.assistant.deciding import pinned_clause
from ceyin.assistant.rules.book import RuleBook
from ceyin.assistant.verifying import Finding, Known, grounds, review
from ceyin.assistant.verifying.figures import Quantity, quantities
from ceyin.corpus.library import StoredClause, StoredPolicy

Fault = Literal["figure", "swap", "negation", "citation"]

_DIGITS = str.maketrans("0123456789", "7894561230")
_HAN_DIGITS = str.maketrans("一二两三四五六七八九十", "四五五七八九二一三六五")
#: A word and what it is turned into, once a paragraph.
_TURNED = (
    ("不可以", "可以"), ("不能", "能"), ("不得", "可以"), ("不用", "要"), ("不符合", "符合"), ("未通过", "通过"),
    ("可以", "不可以"), ("应当", "不得"), ("来得及", "来不及"), ("还有效", "已失效"), ("符合", "不符合"),
    ("属于", "不属于"), ("已经过了", "还没有过"), ("可申请", "不可申请"), ("✔", "✘"), ("✘", "✔"),
)  # fmt: skip
#: A sentence of a card has more characters.
_SHORTEST = 6
_MARK = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Mutant:
    """An answer with one fault put into one paragraph."""

    fault: Fault
    index: int
    text: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Caught:
    """How many of the mutants of each fault were caught, and those that were not."""

    made: Counter[str]
    caught: Counter[str]
    missed: tuple[Mutant, ...]

    @property
    def share(self) -> float:
        """Caught of all, 0–1."""
        return sum(self.caught.values()) / (sum(self.made.values()) or 1)


def mutants(answer: Answer) -> Iterator[Mutant]:
    """Every wrong answer one change away; none for an answer that cites nothing."""
    for k, old in enumerate(answer.blocks):
        for fault, text in _changed(old.text, [c.n for c in answer.citations]):
            new = block(old.kind, text, verdict=old.verdict, table=old.table)
            blocks = [*answer.blocks[:k], new, *answer.blocks[k + 1 :]]
            update = {"blocks": blocks, "answer": text_of(blocks)}
            yield Mutant(fault, k, text, answer.model_copy(update=update))


def _changed(text: str, numbers: Sequence[int]) -> Iterator[tuple[Fault, str]]:
    body = _MARK.sub(lambda m: " " * len(m.group()), text)  # marks are no figures
    found = [q for q in quantities(body) if not q.article]
    for q in found:
        changed = q.text.translate(_DIGITS).translate(_HAN_DIGITS)
        if changed != q.text:
            yield "figure", text[: q.start] + changed + text[q.end :]
    for a, b in _pairs(found):
        yield "swap", text[: a.start] + b.text + text[a.end : b.start] + a.text + text[b.end :]
    turned = next(((old, new) for old, new in _TURNED if old in text), None)
    if turned is not None:
        yield "negation", text.replace(*turned, 1)
    for mark in _MARK.finditer(text):
        other = next((n for n in numbers if n != int(mark.group(1)) and f"[{n}]" not in text), None)
        if other is not None:
            yield "citation", text[: mark.start()] + f"[{other}]" + text[mark.end() :]


def _pairs(found: Sequence[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    """Neighbouring figures of one kind and unit with different values."""
    sums = [q for q in found if q.kind in ("money", "number", "rate", "period")]
    for k, a in enumerate(sums):
        b = next((b for b in sums[k + 1 :] if (b.kind, b.unit) == (a.kind, a.unit)), None)
        if b is not None and b.value != a.value:
            yield a, b


def measure(assistant: Assistant, requests: Sequence[AskRequest], known: Known, today: date) -> Caught:
    """Answer the requests, put faults into the answers, and hold each against the verifier."""
    made: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    missed: list[Mutant] = []
    for request in requests:
        answer = assistant.answer(request, today=today)
        turns = [*request.turns, *([request.question] if request.question else [])]
        for mutant in mutants(answer):
            made[mutant.fault] += 1
            if any(f.block == mutant.index for f in _review(mutant.answer, request, turns, known)):
                caught[mutant.fault] += 1
            else:
                missed.append(mutant)
    return Caught(made, caught, tuple(missed))


def _review(answer: Answer, request: AskRequest, turns: Sequence[str], known: Known) -> tuple[Finding, ...]:
    return review(answer, grounds(answer, request, date.fromisoformat(answer.as_of), turns, known))


def measure_paraphrases(
    policies: Sequence[StoredPolicy], book: RuleBook, today: date
) -> tuple[int, int, Caught]:
    """Our own sentences on official clauses (cards, what rules say in general), held against the clause alone.

    Gives how many pass, of how many, and how many faults put into those that pass are caught.
    """
    known = Known((), replace(book, rules=()))  # neither card nor rule helps: only the official words
    request = AskRequest(turns=["?"])
    passed = asked = 0
    made: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    missed: list[Mutant] = []
    for policy, clause, words in _paraphrases(policies, book):
        cites = Citations(today)
        n = cites.cite(policy, clause)
        answer = Answer(
            question="?", as_of=today.isoformat(), status="answered", answer="", citations=cites.build(),
            blocks=[block("conclusion", f"{words}[{n}]。")],
        )  # fmt: skip
        asked += 1
        if _review(answer, request, ["?"], known):
            continue
        passed += 1
        for mutant in mutants(answer):
            made[mutant.fault] += 1
            if _review(mutant.answer, request, ["?"], known):
                caught[mutant.fault] += 1
            else:
                missed.append(mutant)
    return passed, asked, Caught(made, caught, tuple(missed))


def _paraphrases(
    policies: Sequence[StoredPolicy], book: RuleBook
) -> Iterator[tuple[StoredPolicy, StoredClause, str]]:
    by_id = {p.policy_id: p for p in policies if p.text_kind == "official"}
    for policy in by_id.values():
        for clause in policy.clauses:
            digest = clause.card.digest if clause.card else ""
            yield from ((policy, clause, s) for s in digest.split("。") if len(s) > _SHORTEST)
    for rule in book.rules:
        home = by_id.get(rule.pin.policy)
        pinned = pinned_clause(home, rule.pin)
        if home is not None and pinned is not None and rule.say.general:
            yield home, pinned, rule.say.general.rstrip("。")


def main() -> None:
    """Measure on the answers to our own cases, and to the shared ones where they are there."""
    from ceyin.evals.cases import load_suite, suite_files
    from ceyin.ui.cli.opening import opened

    today = date.today()
    with opened() as app:
        cases = [c for name, files in suite_files(os.environ).items() for c in load_suite(name, files).cases]
        requests = [
            AskRequest(
                id=c.id,
                turns=list(c.turns),
                facts=c.facts,
                as_of=c.as_of.isoformat() if c.as_of else None,
            )
            for c in cases
        ]
        known = Known(app.library.policies(), app.book)
        result = measure(app.assistant, requests, known, today)
        policies, book = app.library.policies(), app.book
    _print("回答", result)
    passed, asked, said = measure_paraphrases(policies, book, today)
    print(f"转述 {asked} 句只对照原文,通过 {passed} 句,{passed / (asked or 1):.1%}")
    _print("转述", said)


def _print(name: str, result: Caught) -> None:
    for mutant in result.missed:
        print(f"漏过 {mutant.fault}: {mutant.text[:160]}")
    for fault in sorted(result.made):
        print(f"{name} {fault:<9} 查出 {result.caught[fault]}/{result.made[fault]}")
    total = sum(result.made.values())
    print(f"{name} 合计 查出 {sum(result.caught.values())}/{total},{result.share:.1%}")


if __name__ == "__main__":
    main()
