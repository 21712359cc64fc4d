"""From a Chinese answer to the same answer in English: verdict, sum, day and conditions reworded, the clauses as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from ceyin.assistant.compose.conditions import COMPARED, Shown, blocks_of, plain_ways
from ceyin.assistant.compose.draft import Draft, Material, block
from ceyin.assistant.contract import Block
from ceyin.assistant.deciding import Decision
from ceyin.assistant.english.glossary import Glossary, load_glossary
from ceyin.assistant.rules.conditions import ANY_REQUIRED
from ceyin.assistant.rules.values import Reason, Trace, Verdict
from ceyin.corpus.english import English, load_english
from ceyin.corpus.library import StoredPolicy
from ceyin.corpus.validity import in_force

_REFUSALS = {
    "not_in_corpus": "Not in the library: none of the texts held here says this.",
    "other_region": "Not in the library: nothing is held for that place, and the rules of other places do not apply there.",
    "annex_not_in_corpus": "Not in the library: the text only names an annex whose content is not held here.",
    "needs_person": "Only the office in charge can decide or look this up; the texts do not say.",
    "not_served": "This cannot be served here. Ask for conditions, amounts, papers or procedure instead.",
    "source_incomplete": "The source text is damaged or incomplete here, so the answer cannot be read from it.",
}
_SIGNS = {"≥": "at least {}", "≤": "at most {}", ">": "more than {}", "<": "less than {}", "=": "{}"}
#: An English question after a duty, and what a rule says that frees of one.
_OBLIGED = re.compile(r"\b(?:must|have to|has to|need to|needs to|required to|obliged to)\b", re.IGNORECASE)
_RELIEF = re.compile(r"^(?:不用|不必|无需|免)")
#: Blocks that stay as they are: the words of the texts, what lists and tables of them, what puts a premise right.
_KEPT = ("quote", "item", "table", "premise")
_SUM = re.compile(r"(\d+(?:\.\d+)?)(万)?元")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip

#: Opens a question that is answered with yes or no.
_ASKS_WHETHER = re.compile(
    r"(?:^|[^a-z' ] *|\b(?:and|so|then|but) )(?:can|could|may|must|should|shall|will|would|am|is|are|was|were|do|does|did"
    r"|has|have|had)(?:n't|not)?\b",
    re.IGNORECASE,
)


def in_english(draft: Draft, material: Material) -> Draft:
    """The answer in English; its status, verdict, sum, citations and checks are the same."""
    if draft.kind == "help":
        return replace(draft, blocks=[_help(material), *draft.blocks])
    blocks = [b for b in draft.blocks if b.kind in _KEPT]
    decision = _decision(draft, material)
    opening = list(_opening(draft, material, decision))
    if not opening:  # nothing of this answer is known in English: the Chinese one is better than none
        return draft
    if draft.status in ("refused", "source_incomplete"):
        opening += [b for b in draft.blocks if b.kind not in _KEPT]
    return replace(draft, blocks=[*opening, *blocks, *_closing(draft, material)])


def _decision(draft: Draft, material: Material) -> Decision | None:
    if not draft.checks:
        return None
    return next((d for d in material.decisions if d.rule.id == draft.checks[0].rule_id), None)


def _opening(draft: Draft, material: Material, decision: Decision | None) -> Iterator[Block]:
    english = load_english()
    if draft.refusal is not None:
        yield block("conclusion", _REFUSALS.get(draft.refusal, _REFUSALS["not_in_corpus"]))
        return
    if decision is None or draft.verdict is None:
        yield from _digests(draft, english)
        return
    whether = draft.verdict != "pass" or bool(_ASKS_WHETHER.search(material.question.said))
    if not whether and draft.amount is None and decision.result.day is None:
        yield from _digests(draft, english)  # 「how fast」 is not answered with yes
        return
    n = draft.cites.number_of(decision.clause.ref)
    mark = f"[{n}]" if n else ""
    yield block(
        "conclusion", f"{_verdict(draft, decision, material.question.message, whether=whether)}{mark}"
    )
    glossary = load_glossary()
    yield from blocks_of(decision.result.trace, n, lambda line: _condition(line, glossary))
    yield from _digests(draft, english, only=1)


def _verdict(draft: Draft, decision: Decision, asked: str, *, whether: bool) -> str:
    """The verdict with its sum and day; where not whether is asked, without the yes."""
    result = decision.result
    if result.reason is Reason.NOT_IN_FORCE and result.day is not None:
        late = result.day in (decision.policy.expires, decision.policy.repealed)
        return f"No: not in force; it {'ended on' if late else 'takes effect on'} {day(result.day)}."
    if result.reason is Reason.ELSEWHERE:
        return "No: this policy does not hold where the applicant is."
    if result.reason is Reason.ABOVE_CEILING and result.amount is not None and result.amount.high is not None:
        return f"No: that is more than the most it gives, {money(result.amount.high)}."
    if result.reason is Reason.PAID_ALREADY:
        return "No: only the highest award is paid, and it was paid already."
    words = {"pass": "Yes", "fail": "No", "unknown": "It depends on what is not known yet"}[
        draft.verdict or "unknown"
    ]
    if draft.verdict == "pass" and _OBLIGED.search(asked) and _RELIEF.search(decision.rule.say.pass_ or ""):
        words = "No, it is not required"  # 「Must I pay」 of one who is exempt
    told = []
    if draft.amount is not None:
        told.append(f"{'at most ' if draft.amount_kind == 'at_most' else ''}{money(draft.amount)}")
    if result.day is not None and not result.month_only:
        over = result.day < decision.as_of
        told.append(f"the last day {'was' if over else 'is'} {day(result.day)}")
    said = ": ".join([words, *told] if whether or not told else told)
    return f"{said[0].upper()}{said[1:]}."


def _digests(draft: Draft, english: English, only: int = 3) -> Iterator[Block]:
    """What the clauses quoted say, in English."""
    for n, (_, clause, _) in enumerate(draft.cites.items[:only], 1):
        if clause.ref in english.clauses:
            yield block("conclusion", f"{english.clauses[clause.ref].rstrip('.')}[{n}].")


def _closing(draft: Draft, material: Material) -> Iterator[Block]:
    glossary, english = load_glossary(), load_english()
    if draft.missing:
        asked = [
            glossary.facts[m.key].question if m.key in glossary.facts else m.question for m in draft.missing
        ]
        yield block("need", "Please tell: " + " ".join(asked))
    for policy in dict.fromkeys(policy.policy_id for policy, *_ in draft.cites.items):
        held = material.policy(policy)
        state = _state(held, material.question.as_of)
        if state:
            yield block("note", f"{english.titles.get(policy, held.title)}: {state}.")


def _state(policy: StoredPolicy, as_of: date) -> str:
    state = in_force(policy, as_of).value
    return {"expired": "no longer in force", "repealed": "repealed", "not_yet": "not yet in force"}.get(
        state, ""
    )


def _help(material: Material) -> Block:
    places = "、".join(sorted({p.region for p in material.policies}))
    return block(
        "conclusion",
        "Ask about conditions, amounts, deadlines, terms, papers and offices in the policies held here "
        f"({places}); every answer cites the clause it rests on.",
    )


def _condition(line: Shown, glossary: Glossary) -> str:
    if line.ways:
        return "not told yet, one of these is enough: " + "; ".join(_need(way, glossary) for way in line.ways)
    leaf = line.leaf
    if not leaf.required:
        return f"{glossary.word(leaf.what)}: for the office in charge to decide"
    given = "not told" if leaf.given == "未说明" else _given(leaf.given, glossary)
    if leaf.verdict is Verdict.PASS and leaf.given == leaf.required:
        return glossary.word(leaf.what)
    if leaf.verdict is Verdict.PASS:
        return f"{glossary.word(leaf.what)}: {given}"
    return f"{glossary.word(leaf.what)}: {given}{_required(leaf, glossary)}"


def _need(trace: Trace, glossary: Glossary) -> str:
    if not trace.parts:
        return f"{glossary.word(trace.what)}{_required(trace, glossary)}"
    joint = " or " if trace.required == ANY_REQUIRED else ", "
    return joint.join(dict.fromkeys(_need(part, glossary) for part in plain_ways(trace)))


def _required(leaf: Trace, glossary: Glossary) -> str:
    if leaf.required == "是":
        return ""
    if leaf.required == "否":
        return " (must not be)"
    m = COMPARED.match(leaf.required)
    if m is not None:
        sum_ = _SUM.fullmatch(m.group(2) + m.group(3))
        return f" ({_SIGNS[m.group(1)].format(_given(sum_.group(), glossary) if sum_ else m.group(2))})"
    denied = leaf.required.startswith("不是")
    choices = _given(leaf.required.removeprefix("不是"), glossary).replace(", ", " or ")
    return f" ({'must not be' if denied else 'needed'}: {choices})"


def _given(text: str, glossary: Glossary) -> str:
    if m := _SUM.fullmatch(text):
        return money(Decimal(m.group(1)) * (10_000 if m.group(2) else 1))
    if text in ("是", "否", "没有"):
        return {"是": "yes", "否": "no", "没有": "none"}[text]
    return ", ".join(glossary.word(part) for part in re.split("、", text))


def money(amount: Decimal) -> str:
    """CNY 20,000."""
    text = f"{amount:,.2f}"
    return f"CNY {text.removesuffix('.00')}"


def day(when: date) -> str:
    """29 February 2024."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"
