"""What the user takes for granted, held against the words cited: a wrong figure is put right before all else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ceyin.assistant.citing import short_title
from ceyin.assistant.compose.draft import Draft, Material
from ceyin.assistant.rules.money import yuan
from ceyin.assistant.understanding.intents import ASKING
from ceyin.assistant.understanding.premises import Premise
from ceyin.assistant.verifying.figures import Quantity, quantities
from ceyin.assistant.verifying.naming import Place, likeness, places
from ceyin.corpus.normalise import normalise

_KINDS = {"money": "money", "rate": "rate", "term": "period", "date": "date", "count": "number"}
#: Words that bound a figure; without them another is said.
_BEFORE = re.compile(r"(?:不超过|最高不超过|最高|不低于|不少于|超过|达到?|至少|每[年家件人项]?)$")
_AFTER = re.compile(r"^(?:以上|以下|以内|左右|以前|之前|前)")
#: A figure of one's own case: no text has to bear it out.
_OWN = re.compile(r"我|俺|咱|本(?:市|县|公司|单位)")
#: What only wants the figure confirmed.
_CONFIRMED = re.compile(
    r"(?:是|有)?(?:真的|真)(?:有|是|能)?(?:这么多|这样|假的|吗|么)?|对(?:不对|吗|吧)|没错吧|是(?:不是|吗|吧)|有这(?:回)?事吗|是这样吗"
)
#: Only the citations an answer begins with say what was asked.
_CITED = 2


@dataclass(frozen=True, slots=True)
class _Stated:
    quantity: Quantity
    place: Place
    text: str
    n: int

    @property
    def words(self) -> str:
        """The figure as the clause has it, with what bounds it."""
        before = _BEFORE.search(self.text[: self.quantity.start])
        after = _AFTER.search(self.text[self.quantity.end :])
        return f"{before.group() if before else ''}{self.quantity.text}{after.group() if after else ''}"


def put_right(draft: Draft, material: Material) -> None:
    """Correct each figure taken for granted that the cited words have otherwise; leave alone what they do not have."""
    if draft.status not in ("answered", "needs_facts") or any(b.kind == "premise" for b in draft.blocks):
        return
    for premise in material.question.premises:
        if premise.kind in _KINDS and (right := _wrong(premise, draft)) is not None:
            draft.say("premise", right, first=True)
            if _nothing_more(material):
                draft.status, draft.missing = "answered", []
                draft.blocks = [b for b in draft.blocks if b.kind != "need"]
            return
    if not draft.checks and (missing := _nowhere(draft, material)):
        draft.say("premise", missing, first=True)


def _nothing_more(material: Material) -> bool:
    """Whether nothing is asked but whether the figure is right: 「不是说给到1000万?我就照1000万做的计划」."""
    rest = material.question.said
    for premise in material.question.premises:
        rest = rest.replace(premise.text, "")
    return ASKING.search(_CONFIRMED.sub("", rest).strip(",。;?! ")) is None


def _nowhere(draft: Draft, material: Material) -> str | None:
    """That a sum or rate taken for granted stands in none of the policies meant; None where it does, or none is meant."""
    meant = [
        p for p in material.policies if p.policy_id in (material.question.policies or material.scope.focus)
    ]
    cited = {policy.policy_id for policy, _, _ in draft.cites.items[:1]}
    if not cited or not cited <= {p.policy_id for p in meant} or any(p.stub for p in meant):
        return None
    for premise in material.question.premises:
        if premise.kind not in ("money", "rate") or _OWN.search(premise.text):
            continue
        told, kinds = Decimal(premise.value), (_KINDS[premise.kind], "number")
        texts = (normalise(c.text) for p in meant for c in p.clauses)
        if any(q.value == told and q.kind in kinds for text in texts for q in quantities(text)):
            return None
        where = "收录的这几份文件" if len(meant) > 1 else f"《{short_title(meant[0])}》"
        holes = "现存的文字" if any(p.damages for p in meant) else ""
        figure = yuan(told) if premise.kind == "money" else f"{premise.value}%"
        if re.sub(r"元$", "", figure) not in normalise(premise.text):
            figure = "这个数"  # 「两成」 is not written as 20% by whoever asks
        return f"{where}{holes}里没有写{figure};相近的规定如下[1]。"
    return None


def _wrong(premise: Premise, draft: Draft) -> str | None:
    text, kind = re.sub(r"(?<=\d)号", "日", normalise(premise.text)), _KINDS[premise.kind]
    every = list(zip(quantities(text), places(text), strict=True))
    told = [(q, p) for q, p in every if q.kind == kind]
    if not told and premise.kind == "money":  # 「最高能补5万」: only the question tells that it is money
        told = [(q, p) for q, p in every if q.kind == "number" and q.value == Decimal(premise.value)]
    stated = [s for s in _stated(draft) if s.quantity.kind == kind]
    for quantity, place in told:
        same = [s for s in stated if s.quantity.unit == quantity.unit or premise.kind != "count"]
        if not same or any(_equal(s.quantity.value, quantity.value) for s in same):
            continue
        meant = _meant(place, same)
        if meant is not None:
            return f"不是{quantity.text},文件写的是{meant.words}[{meant.n}]。"
    return None


def _equal(stated: Decimal | str, told: Decimal | str) -> bool:
    """Whether a figure is the one told; 9月10日 is told of any year, 2024年9月 of any day."""
    if isinstance(stated, str) and isinstance(told, str):
        return stated.endswith(told) or told.endswith(stated) or stated.startswith(told)
    return stated == told


def _meant(place: Place, stated: Sequence[_Stated]) -> _Stated | None:
    """The figure that stands in place of the one taken for granted: the only one, or the one of the same thing."""
    if len({s.quantity.value for s in stated}) == 1:
        return stated[0]
    ranked = sorted(stated, key=lambda s: -likeness(place, s.place))
    best, second = (likeness(place, s.place) for s in ranked[:2])
    return ranked[0] if best > second else None


def _stated(draft: Draft) -> list[_Stated]:
    """The figures in the words quoted from the clauses an answer begins with."""
    out = []
    for n, (_, clause, marks) in enumerate(draft.cites.items[:_CITED], 1):
        found = zip(quantities(clause.text), places(clause.text), strict=True)
        for quantity, place in found:
            quoted = any(a <= quantity.start and quantity.end <= b for a, b in marks)
            if quoted and not quantity.article:
                out.append(_Stated(quantity, place, clause.text, n))
    return out
