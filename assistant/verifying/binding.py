"""Figures: each stands in what its sentence rests on, with the same unit and bound, beside the same words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ceyin.assistant.verifying.figures import Quantity, days_of, quantities
from ceyin.assistant.verifying.grounds import Grounds, Source
from ceyin.assistant.verifying.naming import Place, likeness, places
from ceyin.assistant.verifying.qualifiers import Qualifier, agrees

#: What makes a figure the user's own in a sentence of ours.
_ATTRIBUTED = re.compile(
    r"(?:[您你]|所说|所问|说的|说明的|提到|提供)[^。]*$|(?:不是|并非|不到|没有)[^,。]{0,6}$"
)
#: 共3项, 以下4条: how many things the answer lists.
_COUNTING = re.compile(r"(?:共|下面|以下|如下|这|列出|列)有?了?$")
_LISTED = ("处", "份", "条", "项", "个", "类", "种", "")
#: 所缴保费8000元×60%=4800元.
_SUM = re.compile(r"(\d+(?:\.\d+)?)(?:元|件|个)?[×*](\d+(?:\.\d+)?)(%?)(?:件|个|项)?=(\d+(?:\.\d+)?)")
#: 一年 as 「每年」: 一年不超过3万元 restates 年度.
_YEARLY = re.compile(r"^(?:最[高多]|不超过|内|可|累计|至多|顶多|里)")
#: The same thing counted: a source with no unit at all (a fact, a trace) fits any.
_SAME_UNIT = (
    {"家", "户", "个"},
    {"人", "名", "位"},
    {"米", "公尺"},
    {"元", "块"},
    {"件", "个", "项"},
    {"次", "回"},
)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A figure of a source and where it stands."""

    source: Source
    quantity: Quantity
    place: Place


def occurrences(sources: Sequence[Source]) -> list[Occurrence]:
    """Every figure of the sources."""
    return [
        Occurrence(s, q, p) for s in sources for q, p in zip(quantities(s.text), places(s.text), strict=True)
    ]


def unbound(
    text: str, sources: Sequence[Source], grounds: Grounds, *, claim: bool, reckoned: bool = False
) -> Iterator[tuple[str, str]]:
    """The figures of a sentence that nothing bears, or that belong to another thing: the words and the reason.

    ``claim``: the sentence says something of the texts, so that the user's own words alone bear no figure of it;
    ``reckoned``: it shows how a check came to its sum, so that the check alone says what each figure is of.
    """
    found = quantities(text)
    if not found:
        return
    for sum_ in _SUM.finditer(text):
        a, b, percent, total = sum_.groups()
        if Decimal(a) * Decimal(b) / (100 if percent else 1) != Decimal(total):
            yield sum_.group(), f"算式“{sum_.group()}”不成立"
    pool = occurrences(sources)
    checked = [o for o in pool if o.source.origin == "check"] if reckoned else []
    said = occurrences(grounds.said)
    for q, place in zip(found, places(text), strict=True):
        if any(_equal(q, o) for o in checked):
            continue
        reason = _wrong(q, place, text, pool, said, grounds, claim=claim)
        if reason is not None:
            yield q.text, reason


def _wrong(
    q: Quantity, place: Place, text: str, pool: Sequence[Occurrence], said: Sequence[Occurrence], grounds: Grounds,
    *, claim: bool,
) -> str | None:  # fmt: skip
    """Why a figure cannot be said; None where it can."""
    if q.article or _computed(q, text, grounds, claim=claim):
        return None
    own = [o for o in pool if _equal(q, o)]
    if not any(o.source.origin != "saying" or _few(q) for o in own):
        if q.kind == "title" and grounds.known.is_title(str(q.value)):
            return None
        if any(_equal(q, o) for o in said):
            attributed = not claim or bool(_ATTRIBUTED.search(text[: q.start]))
            return None if attributed else f"“{q.text}”只是用户说的,引用的条文里没有"
        return f"“{q.text}”在引用的条文和规则核对里都找不到"
    fitting = [o for o in own if agrees(q.bound, _bound(o), q.kind)]
    if not fitting:
        return f"“{q.text}”的限定语(不超过、以上、左右等)与原文不同"
    runs = {(id(o.source), o.place.run) for o in fitting}
    # 「示范、试点县区奖励5万元、3万元」: which is whose only the order tells
    rivals = [o for o in pool if _rival(q, o) and (id(o.source), o.place.run) not in runs]
    best = max(likeness(place, o.place) for o in fitting)
    other = max((likeness(place, o.place) for o in rivals), default=0.0)
    if other > best:
        return f"“{q.text}”在原文里属于另一项"
    return None


def _bound(o: Occurrence) -> Qualifier | None:
    if o.quantity.bound is None and o.source.ceiling is not None and o.quantity.value == o.source.ceiling:
        return "at_most"
    return o.quantity.bound


def _computed(q: Quantity, text: str, grounds: Grounds, *, claim: bool) -> bool:
    """What follows from the day of the question or from the answer itself: as_of, days left, weekdays, counts."""
    as_of = grounds.as_of
    if q.kind == "date":
        iso = as_of.isoformat()
        return q.value == iso or str(q.value) in list(days_of(iso))[:3]
    if q.kind == "weekday":
        return any(d.weekday() == int(q.value) for d in _days(text))
    if q.kind == "period" and q.unit == "days":
        return any(abs((d - as_of).days) == q.value for d in _days(text))
    if q.kind == "period" and q.text == "一年":
        return bool(_YEARLY.match(text[q.end :]))
    if q.kind in ("money", "number") and _DIFFERENCE.search(text[: q.start]):
        others = [o for o in quantities(text) if (o.kind, o.unit) == (q.kind, q.unit) and o.start != q.start]
        return any(Decimal(a.value) - Decimal(b.value) == q.value for a in others for b in others)
    if q.kind == "number" and q.bound is None and q.value in grounds.counts:
        return not claim or (q.unit in _LISTED and bool(_COUNTING.search(text[: q.start])))
    return False


#: 「…2万元,…1万元,差1万元」: the figure behind it is the difference of two that stand in the same sentence.
_DIFFERENCE = re.compile(r"[,;]差$")


def _days(text: str) -> Iterator[date]:
    for q in quantities(text):
        if q.kind == "date" and re.fullmatch(r"\d{4}-\d\d-\d\d", str(q.value)):
            try:
                yield date.fromisoformat(str(q.value))
            except ValueError:
                continue


def _equal(q: Quantity, o: Occurrence) -> bool:
    """Whether a figure of a source is the one said: the same value of the same thing."""
    s = o.quantity
    if q.kind == "date" and s.kind == "date":
        return q.value == s.value or str(q.value) in days_of(str(s.value)) or _month_end(q, s)
    if q.kind == "document" and s.kind == "document":
        return q.value == s.value and _same_head(q.unit, s.unit)
    if q.kind == "title":
        return (s.kind == "title" and (str(q.value) in str(s.value) or str(s.value) in str(q.value))) or str(
            q.value
        ) in o.source.text
    if q.value != s.value:
        return False
    if q.kind == s.kind:
        if q.kind == "number":
            return _same_unit(q.unit, s.unit, o.source)
        return q.unit == s.unit
    return "number" in (q.kind, s.kind) and (_bare(q) or (_bare(s) and _loose(s, o.source)))


def _few(q: Quantity) -> bool:
    """三类网点, 两项: counted by whoever wrote the rule, over things the clause lists."""
    return (
        q.kind == "number"
        and q.bound is None
        and bool(re.fullmatch(r"[两二三四五六][个项类级种样处份].*", q.text))
    )


def _bare(q: Quantity) -> bool:
    return q.kind == "number" and not q.unit


def _loose(s: Quantity, source: Source) -> bool:
    """A figure without a unit stands for one with: in a fact, a trace, and 「300万以上」 in a clause."""
    return source.origin in ("check", "said") or (isinstance(s.value, Decimal) and s.value >= 10_000)


def _same_unit(a: str, b: str, source: Source) -> bool:
    if a == b or not a:
        return True
    if not b:
        return source.origin in ("check", "said")
    return any(a in units and b in units for units in _SAME_UNIT)


def _same_head(a: str, b: str) -> bool:
    """Whether two document numbers are of the same series, as far as both name it."""
    n = min(len(a), len(b), 2)
    return n == 0 or a[-n:] == b[-n:]


def _month_end(q: Quantity, s: Quantity) -> bool:
    """1月底 is 1月31日, and the month alone stands for neither."""
    a, b = str(q.value), str(s.value)
    if not (a.endswith("-end") or b.endswith("-end")):
        return False
    last, other = (a, b) if a.endswith("-end") else (b, a)
    month = last.removesuffix("-end")[-2:]
    end = {"02": ("28", "29"), "04": ("30",), "06": ("30",), "09": ("30",), "11": ("30",)}.get(month, ("31",))
    return other[-5:] in {f"{month}-{day}" for day in end}


def _rival(q: Quantity, o: Occurrence) -> bool:
    """A figure of the same kind and unit with another value: what might be meant in its place."""
    s = o.quantity
    if (
        o.source.origin in ("saying", "said", "name")
        or s.article
        or q.kind != s.kind
        or q.kind in ("title", "code", "clause", "document")
    ):
        return False
    if q.kind == "number" and (not q.unit or not s.unit or not _same_unit(q.unit, s.unit, o.source)):
        return False
    return not _equal(q, o)
