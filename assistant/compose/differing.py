"""Two figures set side by side: which is higher, or that they are the same, and by how much where they are of one measure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ceyin.assistant.compose.draft import Draft
from ceyin.assistant.rules.money import yuan
from ceyin.assistant.verifying.figures import Quantity, quantities
from ceyin.corpus.normalise import normalise

#: Asked which of two is more, or whether they are the same.
ASKS = re.compile(
    r"差(?:多少|几|在)|相差|差别|区别|一样|相同|哪[一个边家样]?个?[给发]?的?(?:更|高|多|低|少|长|短|大|小|厚)|谁[^,。?]{0,5}(?:更|高|多|厚|久)|比.{1,12}(?:高|多|低|少)|都是"
)
_AWARD = re.compile(r"(?:奖励|补助|补贴|资助|奖金)$")
_YEAR = re.compile(r"20\d\d(?=年)")
_MEASURE = re.compile(r"发明|有效|首次|累计|年均|新增|每年")


def of_amounts(names: Sequence[str], drafts: Sequence[Draft], said: str) -> str:
    """What is said first of two sums that rules give; nothing where they are not two single sums."""
    if len(drafts) != 2 or not ASKS.search(said):
        return ""
    sums = [d.amount for d in drafts]
    if sums[0] is None or sums[1] is None:
        return ""
    cites = [next(iter(d.blocks[0].citations), None) for d in drafts]
    if None in cites or any(d.verdict not in ("pass", None) for d in drafts):
        return ""
    refs = [d.cites.items[n - 1][1].ref for d, n in zip(drafts, cites, strict=True) if n]
    marks = ["[1]", "[1]" if refs[0] == refs[1] else ""]
    if not marks[1]:
        return ""
    most = ["" if d.amount_kind == "exact" else "最高" for d in drafts]
    a, b = (_named(name, draft) for name, draft in zip(names, drafts, strict=True))
    if a == b:
        return ""  # one sum reckoned for both: which of them it is of is not told
    if sums[0] == sums[1] and most[0] == most[1]:
        return f"一样:{a}{most[0]}{yuan(sums[0])}[1];{b}{most[1]}{yuan(sums[1])}[1]。"
    each = f"{a}{most[0]}{yuan(sums[0])}[1];{b}{most[1]}{yuan(sums[1])}[1]"
    if any(most):
        return f"不一样:{each}。"
    return f"{each};差{yuan(abs(sums[0] - sums[1]))}。"


def _named(name: str, draft: Draft) -> str:
    """What a sum is of: as its rule reckons it, else as the question calls it."""
    steps = draft.checks[0].trace.get("steps") if draft.checks else None
    step = (
        re.match(r"([^\d=×]{3,})[\d.]+万?元$", str(steps[0])) if isinstance(steps, list) and steps else None
    )
    return step.group(1) if step else _AWARD.sub("", name)


def of_words(
    names: Sequence[str], words: Sequence[str], numbers: Sequence[int], clauses: Sequence[str], said: str
) -> str:
    """What is said first of two sides' own words; nothing where each has not one figure of the kind they share.

    ``clauses``: the texts the words are of, which say for which year they hold.
    """
    if len(words) != 2 or not ASKS.search(said):
        return ""
    asked = next((q for q in quantities(normalise(said)) if q.kind == "period"), None)
    kinds = (asked.kind,) if asked is not None else ("money", "rate", "period", "number")
    first, second = (_single(w, kinds) for w in words)
    if first is None or second is None or (first.kind, first.unit) != (second.kind, second.unit):
        return ""
    cited = ";".join(f"{name}:{w}[{n}]" for name, w, n in zip(names, words, numbers, strict=True))
    if asked is not None and first.value == second.value == asked.value:
        return f"{cited};写的都是{first.text}。"
    differs = _differs(words, clauses)
    if first.value == second.value:
        return f"{cited},{'数字相同' if differs else '一样'}{differs}。"
    more = names[0] if Decimal(first.value) > Decimal(second.value) else names[1]
    return f"{cited},{more}更{'长' if first.kind == 'period' else '高'}{differs}。"


def _single(words: str, kinds: Sequence[str]) -> Quantity | None:
    """The one figure of these kinds in a side's words."""
    found = [q for q in quantities(normalise(words)) if q.kind in kinds and not q.article]
    same = {(q.kind, q.unit, q.value) for q in found}
    return found[0] if len(same) == 1 and isinstance(found[0].value, Decimal) else None


def _differs(words: Sequence[str], clauses: Sequence[str]) -> str:
    """What else is not the same: the years they are for, or what they count."""
    years = [set(_YEAR.findall(c)) for c in clauses]
    measures = [set(_MEASURE.findall(w)) for w in words]
    kinds = [
        name
        for name, (a, b) in (("年份", years), ("口径", measures))
        if a != b and (name == "口径" or (a and b))
    ]
    return f";两边写法不同,{'和'.join(kinds)}不完全相同" if kinds else ""
