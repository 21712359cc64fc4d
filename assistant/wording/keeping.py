"""Whether a paragraph in a model's words still says what the paragraph of the rules says.

Figures, limits, verdict, names and conditions are compared word for word; only what joins them may differ. Doubt
speaks against the model: the paragraph of the rules is always there to be shown instead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ceyin.assistant.contract import Block
from ceyin.assistant.rules.values import MARKS
from ceyin.assistant.wording.failing import Reason
from ceyin.assistant.wording.quantities import Quantity, quantities, unmarked, within
from ceyin.assistant.wording.speech import forbidden
from ceyin.indexes.tokens import content_words, cut

_WORDS = Path(__file__).parents[1] / "words"

#: Words by which a figure is bound or a claim is limited. A wording has those of its paragraph and no others.
_BOUNDS = {
    "ceiling": re.compile(r"最高|最多|最长|不超过|不得超过|至多|上限|以内|封顶|不高于|不多于|≤|以下"),
    "floor": re.compile(r"最低|最少|至少|不少于|不低于|不得少于|以上|≥"),
    "each": re.compile(r"每年|每家|每件|每人|每次|每个|每户|每月|每项|按年|逐年|年均"),
    "about": re.compile(r"大约|左右|大概|约(?=\d)|预计|估计"),
    "once": re.compile(r"一次性"),
    "total": re.compile(r"合计|总共|一共|总计|累计|共计"),
    "rise": re.compile(r"翻番|翻一番|增加|提高|上浮|上调"),
}
#: Words that weaken a claim: they may not be lost; where the paragraph has none, the model may add none either.
_HEDGES = re.compile(
    r"择优|预算|可能|一般|原则上|试行|暂行|评审|审核|评定|核实|为准|视情况|未必|不一定|限额|首次|首个|只补|只限|仅限|仅"
    r"|期满|届时|截至|截止|之前|日前|前|之后|以后|起|或者|或|且|同时|之一|除外|除|另|但"
)
#: 「前」 and the like stand in other words too, so that adding one proves nothing.
_LOOSE = frozenset(
    {"前", "起", "或", "且", "除", "另", "但", "仅", "之后", "以后", "之前", "同时", "可能", "或者"}
)
#: Not decided: neither a yes nor a no.
_OPEN = re.compile(
    r"(?:还|暂时|目前|现在)?(?:不能|无法|不好|难以)(?:确定|判断|认定|下结论)|不确定|说不准|还差|还要看|取决于|要看|未说明|尚不清楚"
)
_ASKED = re.compile(
    r"能否|可否|能不能|可不可以|是否|是不是|够不够|有没有|能\w{0,3}多少|多少|不仅|不同|不超过|不少于|不低于|不高于|不多于"
    r"|不得超过|不得少于|不晚于|不早于|非营利|无形|无效宣告|未来"
)
_NO = re.compile(
    r"不能|不可|不予|不得|不符合|不满足|不够|不足|不是|不在|不属于|不享受|不再|不补|不给|不行|没能|没有|没达到|未达|未满"
    r"|未通过|未按|无法|无权|来不及|过期|逾期|失效|废止|晚了|迟了|超期|拿不到|得不到|达不到|错过|被拒|排除|否|不|没|未|无"
)
_REFUSED = re.compile(rf"(?:{_NO.pattern})[\u4e00-\u9fff]{{0,4}}")
_DENIAL = re.compile(r"没有|不|没|未|无")
_YES = re.compile(
    r"可以|可(?=申|享|领|得|获|拿|报)|能(?!力|源|量)|够|符合|满足|达到|达标|享受|有效|来得及|按时|及时|有资格|具备|属于|是的|没错|对的|确实|准"
)
#: The marks that stand nowhere but in front of a condition; a question mark may.
_SIGNS = frozenset(MARKS.values()) - {"?"}
_STOP = re.compile(r"[,。;:!?\n]")
_SEGMENT = re.compile(r"[^,。;!?\n]+")
_SENTENCE = re.compile(r"[^。;!?\n]+")


@lru_cache(maxsize=1)
def _joining() -> frozenset[str]:
    """Words that add nothing to a paragraph they are new in."""
    lines = (_WORDS / "joining.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a wording may draw on besides its own paragraph: the question, and the rest of the rules' answer."""

    question: str
    answer: str


def changed(block: Block, text: str, cited: Sequence[int], grounds: Grounds) -> Reason | None:
    """How a wording differs from its paragraph in more than words; None where it does not."""
    if sorted(set(cited)) != sorted(block.citations):
        return Reason.CITATIONS
    own, new = unmarked(block.text), unmarked(text)
    return (
        _too_long(new, len(own))
        or forbidden(text, f"{block.text} {grounds.question}", block.text)
        or _condition(block, own, new)
        or _figures(quantities(new), quantities(own), all_of_them=True)
        or _moved(new, own)
        or _bounds(new, own)
        or _hedges(new, own)
        or _stance(new, own)
        or _lost(new, own)
        or _added(new, f"{own} {grounds.question} {grounds.answer}")
    )


def summarised(text: str, quotes: Sequence[Block], cited: Sequence[int], grounds: Grounds) -> Reason | None:
    """How a sentence in front of quotes says more, or other, than the quote it cites; None where it does not."""
    source = [q for q in quotes if set(q.citations) & set(cited)]
    if len(cited) != 1 or not source:
        return Reason.CITATIONS
    raw = " ".join(q.text for q in source)
    own, new = unmarked(raw), unmarked(text)
    near = _near(own, quantities(new))
    return (
        _too_long(new, min(len(own), 120))
        or forbidden(text, f"{raw} {grounds.question}", raw)
        or _figures(quantities(new), quantities(own), all_of_them=False)
        or _moved(new, own)
        or _unnamed(new, own)
        or _bounds(new, near)
        or _hedges(new, near)
        or _stance(new, near)
        or _added(new, f"{own} {grounds.question}")
    )


def _near(source: str, figures: Sequence[Quantity]) -> str:
    """The sentences of a source that hold the figures told of; all of it where there are none."""
    kept = [s for s in _SENTENCE.findall(source) if any(q.same(f) for q in quantities(s) for f in figures)]
    return "。".join(kept) if figures and kept else source


def _too_long(new: str, own: int) -> Reason | None:
    return Reason.LENGTH if len(new) > own + max(40, own * 6 // 10) else None


def _condition(block: Block, own: str, new: str) -> Reason | None:
    if block.kind != "condition":
        return Reason.CONDITION if any(mark in new for mark in _SIGNS) else None
    mark, name = own[:1], own[1:].partition(":")[0].strip()
    if not new.startswith(mark) or name not in new:
        return Reason.CONDITION
    return Reason.CONDITION if any(sign in new[1:] for sign in _SIGNS) else None


def _figures(new: Sequence[Quantity], own: Sequence[Quantity], *, all_of_them: bool) -> Reason | None:
    if not within(new, own) or (all_of_them and not within(own, new)):
        return Reason.FIGURES
    return None


def _moved(new: str, own: str) -> Reason | None:
    """Whether a figure stands with words that the source has with another figure only."""
    pieces = [s for s in _SEGMENT.findall(own) if quantities(s)]
    for segment in _SEGMENT.findall(new):
        figures = quantities(segment)
        words = set(content_words(segment)) - _joining()
        for figure in figures:
            beside = {w for p in pieces if within([figure], quantities(p)) for w in content_words(p)}
            elsewhere = {w for p in pieces if not within([figure], quantities(p)) for w in content_words(p)}
            if words & (elsewhere - beside):
                return Reason.MOVED
        if len(figures) > 1 and not any(_in_order(segment, p) for p in pieces):
            return Reason.MOVED
    return None


def _in_order(segment: str, piece: str) -> bool:
    """Whether what a segment shares with a piece of the source stands in the same order in both."""
    figures, here = quantities(piece), quantities(segment)
    places = []
    for k, q in enumerate(here):
        alike = [f for f in figures if f.same(q) and f.unit == q.unit] or [f for f in figures if f.same(q)]
        if not alike:
            return False
        before = sum(q.same(other) for other in here[:k])
        places.append((q.start, alike[min(before, len(alike) - 1)].start))
    for word in set(content_words(segment)):
        if piece.count(word) == 1 and segment.count(word) == 1:
            places.append((segment.index(word), piece.index(word)))
    there = [at for _, at in sorted(places)]
    return there == sorted(there)


def _bounds(new: str, own: str) -> Reason | None:
    """Whether a bound is lost or added, in the whole or at one of the figures."""
    if any(bool(p.search(new)) != bool(p.search(own)) for p in _BOUNDS.values()):
        return Reason.LIMITS
    figures = quantities(new)
    wrong = any(_bound_at(f, new) != _bound_at(f, own) for f in figures)
    return Reason.LIMITS if wrong else None


def _bound_at(figure: Quantity, text: str) -> set[str]:
    """The bounds that stand right at a figure, wherever a text has it."""
    figures = quantities(text)
    found: set[str] = set()
    for k, q in enumerate(figures):
        if q.same(figure):
            begin = max(q.start - 7, figures[k - 1].end if k else 0)
            end = min(q.end + 4, figures[k + 1].start if k + 1 < len(figures) else len(text))
            near = _STOP.split(text[begin : q.start])[-1] + " " + _STOP.split(text[q.end : end])[0]
            found |= {name for name in ("ceiling", "floor", "about") if _BOUNDS[name].search(near)}
    return found


def _hedges(new: str, own: str) -> Reason | None:
    theirs, ours = set(_HEDGES.findall(new)), set(_HEDGES.findall(own))
    lost = {w for w in ours - theirs if not any(w in other for other in theirs)}
    return Reason.LIMITS if lost or (theirs - ours - _LOOSE) else None


def _stance(new: str, own: str) -> Reason | None:
    """Whether yes, no or not yet is said where it was not, or of something else."""
    theirs, ours = _said(new), _said(own)
    if theirs.open != ours.open or theirs.no != ours.no or (theirs.yes and not ours.yes):
        return Reason.VERDICT
    (denied, said), (denied_before, said_before) = _denied(new), _denied(own)
    turned = (denied - denied_before) & said_before or (denied_before - denied) & said
    return Reason.VERDICT if turned else None


def _denied(text: str) -> tuple[set[str], set[str]]:
    """The words that a denial stands right before, and all others."""
    plain = _ASKED.sub(" ", text)
    denied: set[str] = set()
    rest, at = [], 0
    for m in _DENIAL.finditer(plain):
        rest.append(plain[at : m.start()])
        words = cut(plain[m.end() : m.end() + 8])
        at = m.end()
        if words and plain.startswith(words[0], m.end()):
            denied.add(words[0])
            at += len(words[0])
    rest.append(plain[at:])
    return denied, {w for piece in rest for w in cut(piece)}


@dataclass(frozen=True, slots=True)
class _Said:
    yes: bool
    no: int  # how many times
    open: bool


def _said(text: str) -> _Said:
    is_open = bool(_OPEN.search(text))
    plain = _ASKED.sub(" ", _OPEN.sub(" ", text))
    # What is denied is no yes: 「不能享受」 does not say 「享受」.
    affirmed = _REFUSED.sub(" ", plain)
    return _Said(yes=bool(_YES.search(affirmed)), no=len(_NO.findall(plain)), open=is_open)


def _words(text: str) -> list[str]:
    """The words of a text that say something of their own."""
    return [w for w in cut(text) if not w[0].isdigit() and w not in _joining()]


def _lost(new: str, own: str) -> Reason | None:
    """Whether a word that stands with a figure is gone: what the figure is of, or what it is bound to."""
    pieces = [s for s in _SEGMENT.findall(own) if quantities(s)]
    return Reason.LIMITS if any(w not in new for p in pieces for w in _words(p)) else None


def _unnamed(new: str, own: str) -> Reason | None:
    """Whether a figure is told without any word of what, of several things, it belongs to."""
    sentences = [s for s in _SENTENCE.findall(own) if quantities(s)]
    for figure in quantities(new):
        its = {w for s in sentences if within([figure], quantities(s)) for w in _words(s)}
        others = {w for s in sentences if not within([figure], quantities(s)) for w in _words(s)}
        if its - others and not any(w in new for w in its - others):
            return Reason.MOVED
    return None


def _added(new: str, support: str) -> Reason | None:
    """Whether a wording has a word of its own that says something."""
    known = unmarked(support).lower()
    return Reason.ADDED if any(w not in known for w in _words(new)) else None
