"""Saying no: nothing in the library, another place, lost words, or a request that is none of ours."""

from __future__ import annotations

import re

from ceyin.assistant.citing import Citations, cite_as, desk, short_title
from ceyin.assistant.compose.draft import Draft, Material
from ceyin.assistant.compose.quoting import add_spans, quote
from ceyin.assistant.evidence import Evidence
from ceyin.assistant.offices import office_for
from ceyin.assistant.subject import lost_subject
from ceyin.corpus.library import StoredClause, StoredPolicy
from ceyin.corpus.model import Damage, DamageKind

#: A clause as near (cosine) as this is worth naming beside a refusal, where it also shares so much of the question.
_NEAR, _COVERED = 0.5, 0.3


def refuse(material: Material, reason: str, words: str, *, office: str | None = None) -> Draft:
    """A refusal that says what is not there, the nearest policy if it is near, and where to ask."""
    draft = Draft(Citations(material.question.as_of), status="refused", refusal=reason)
    draft.say("conclusion", words)
    office = office or office_for(material.question.said)
    near = next(iter(material.evidence), None)
    if near is not None and near.coverage > _COVERED and (near.near >= _NEAR or office is None):
        name = _plain_name(near.policy)
        about = f"相近的文件是《{name}》," if name else ""
        draft.say("next", f"{about}可向{office or desk(near.policy)}咨询。")
    elif office is not None:
        draft.say("next", f"可向{office}咨询。")
    else:
        draft.say("next", "可向当地主管部门咨询,或把文件导入政策库后再问。")
    return draft


def _plain_name(policy: StoredPolicy) -> str | None:
    """A title without figures: a refusal cites nothing that would stand for them."""
    name = re.sub(r"\([^()]*\)", "", short_title(policy))
    return None if re.search(r"\d", name) else name


def not_in_library(material: Material) -> Draft:
    """The library does not hold the answer: another place's rules are not here, or nothing is said of it."""
    place = without_own(material)
    if place is not None:
        return foreign(material, place)
    subject = lost_subject(material.asked)
    what = f"“{subject}”" if subject else "这一点"
    return refuse(material, "not_in_corpus", f"未收录:政策库里的文件没有写明{what}。")


def without_own(material: Material) -> str | None:
    """A city the question names of which no policy is here, though one of its province or of the nation holds there."""
    cities = [place.city for place in material.question.places if place.city]
    if any(city in p.region for city in cities for p in material.policies):
        return None
    return next(iter(cities), None)


def needs_person(material: Material) -> Draft:
    """The state of a file, or a decision still to be made: an office has it, no text does."""
    policies = [material.policy(p) for p in material.scope.focus[:1]]
    policies += [e.policy for e in material.evidence[:1]]
    office = office_for(material.question.said) or (desk(policies[0]) if policies else None)
    words = "无法回答:办理进度和审批结果要由受理单位查询或决定,文件里没有。可以问申报条件、材料和程序。"
    return refuse(material, "needs_person", words, office=office)


def illicit(material: Material) -> Draft:
    """A request to help with fraud."""
    draft = Draft(Citations(material.question.as_of), status="refused", refusal="not_served")
    draft.say("conclusion", "不提供造假、骗取资金的办法。可以问申报条件、材料和办理程序。")
    return draft


def commanded(material: Material) -> Draft:
    """An order to grant, pay or approve something, as if the assistant were the authority."""
    draft = Draft(Citations(material.question.as_of), status="refused", refusal="not_served")
    draft.say(
        "conclusion", "这里不审批,也不发放资金,只按收录的文件说明条件、金额和办理程序。请直接问其中的一项。"
    )
    return draft


def foreign(material: Material, place: str) -> Draft:
    """A place the library has nothing for."""
    regions = sorted({p.region for p in material.policies})
    words = f"未收录{place}的相关规定。政策库现有:{'、'.join(regions)}。其他地方的规定不能套用。"
    subject = office_for(material.question.said) or "知识产权管理部门"
    local = subject if subject.startswith("国家") else f"{place}的{subject}"
    return refuse(material, "other_region", words, office=local)


def stub(material: Material, policy: StoredPolicy) -> Draft:
    """Only the cover note of a policy is there."""
    draft = Draft(Citations(material.question.as_of), status="source_incomplete", refusal="source_incomplete")
    draft.say(
        "conclusion", f"《{short_title(policy)}》只收录了印发通知,方案正文未收录,无法回答正文里的内容。"
    )
    for key in ("题头", "通知"):
        clause = next((c for c in policy.clauses if c.ref.path[0] == key), None)
        if clause is not None:
            add_spans(
                draft, policy, clause, [(0, len(clause.text))], lead=f"{cite_as(policy, clause.ref.path)}:"
            )
    if not draft.cites.items:
        clause = policy.clauses[0]
        add_spans(draft, policy, clause, [(0, len(clause.text))])
    draft.say("next", f"正文请向{desk(policy)}查询原件。")
    return draft


def damaged(material: Material, item: Evidence, *, verdict: bool) -> Draft:
    """The words that would answer may be among those lost: quote the place where they are, and give no figure."""
    policy = item.policy
    draft = Draft(Citations(material.question.as_of), status="source_incomplete", refusal="source_incomplete")
    draft.verdict = "unknown" if verdict else None
    clause = item.clause
    lost = torn(item)
    gap = None if lost else _gap_near(item)
    n = draft.cites.cite(policy, clause, [(item.best.start, item.best.end)])
    where = f"《{short_title(policy)}》" + (f"(此处{gap.note})" if gap else "") + "缺失的部分"
    if lost:
        where = f"{cite_as(policy, clause.ref.path)}丢失的字里({'、'.join(lost)})[{n}]"
    draft.say(
        "conclusion",
        f"原文此处残缺:能回答这个问题的文字可能在{where},看不到具体标准,不能据此判断有或没有。",
    )
    marks = f"{cite_as(policy, clause.ref.path)}[{n}]"
    beside = _around(policy, gap) if gap else []
    for neighbour in [*beside, *(c for c in _survivors(item) if c not in beside)]:
        if (k := draft.cites.cite(policy, neighbour)) is not None and neighbour.ref != clause.ref:
            marks += f"、{cite_as(policy, neighbour.ref.path)}[{k}]"
    if len(beside) == 2:
        _tell_sides(draft, beside)
    left = quote(clause.text[item.best.start : item.best.end]).rstrip("。;,")
    if lost and left and not _FIGURE.search(left):  # a figure whose award is lost would be read as the answer
        lead = f"{cite_as(policy, clause.ref.path)}:"
        add_spans(draft, policy, clause, [(item.best.start, item.best.end)], lead=lead)
    draft.say("item", f"现存的相关条文见{marks}。")
    gaps = [d.note for d in policy.damages if d.kind is DamageKind.GAP]
    if gaps:
        draft.warnings.append(f"《{short_title(policy)}》收录的文本有{len(gaps)}处编号缺失。")
    draft.say("next", f"建议查看原件,或向{desk(policy)}核实。")
    return draft


def lost_number(material: Material, policy: StoredPolicy, gap: Damage) -> Draft:
    """A clause asked for by its number is lost: the gap, with the words before and after it."""
    draft = Draft(Citations(material.question.as_of), status="source_incomplete", refusal="source_incomplete")
    draft.say("conclusion", f"原文此处残缺:《{short_title(policy)}》{gap.note},看不到内容。")
    beside = _around(policy, gap)
    for clause in beside:
        draft.cites.cite(policy, clause)
    if len(beside) == 2:
        _tell_sides(draft, beside)
    draft.say("next", f"建议查看原件,或向{desk(policy)}核实。")
    return draft


def _tell_sides(draft: Draft, beside: list[StoredClause]) -> None:
    """The words before and after a gap, of clauses that are cited."""
    for side, clause, words in (("前", beside[0], _end(beside[0])), ("后", beside[1], _start(beside[1]))):
        if words:
            draft.say("quote", f"断口之{side}:“{words}”[{draft.cites.number_of(clause.ref)}]。")


#: At least so many characters are shown on each side of a gap.
_SHOWN = 12
_FIGURE = re.compile(r"\d")
_PIECE = re.compile(r"[^,。;:、]+[,。;:、]*")


#: Words lost at a place in a clause: what is left of it is there to be read.
_LOST_WORDS = (DamageKind.CUT_START, DamageKind.CUT, DamageKind.CUT_END)


def torn(item: Evidence) -> list[str]:
    """What is lost inside the clause itself, if anything: then no gap elsewhere is the place to look at."""
    span = item.clause.span
    if span is None:
        return []
    inside = [
        d
        for d in item.policy.damages
        if span.start <= d.span.start < span.end
        or (d.kind is DamageKind.CUT_END and d.span.start == span.end)
    ]
    return list(dict.fromkeys(d.note for d in inside if d.kind in _LOST_WORDS))


def _gap_near(item: Evidence) -> Damage | None:
    """The gap nearest to a clause in the source."""
    span = item.clause.span
    gaps = [d for d in item.policy.damages if d.kind is DamageKind.GAP]
    if span is None or not gaps:
        return None
    return min(gaps, key=lambda d: min(abs(d.span.start - span.start), abs(d.span.start - span.end)))


def _around(policy: StoredPolicy, gap: Damage) -> list[StoredClause]:
    """The clauses before and after a gap, where both are there."""
    placed = [c for c in policy.clauses if c.span is not None and c.text]
    before = [c for c in placed if c.span and c.span.end <= gap.span.start]
    after = [c for c in placed if c.span and c.span.start >= gap.span.start]
    return [before[-1], after[0]] if before and after else []


def _end(clause: StoredClause) -> str:
    """The last words of a clause, from a break on."""
    shown = ""
    for piece in reversed(_PIECE.findall(quote(clause.text))):
        shown = piece + shown
        if len(shown) >= _SHOWN:
            break
    return shown.rstrip("。")


def _start(clause: StoredClause) -> str:
    """The first words of a clause, up to a break."""
    shown = ""
    for piece in _PIECE.findall(quote(clause.text)):
        shown += piece
        if len(shown) >= _SHOWN:
            break
    return shown.rstrip(",、;:。")


def _survivors(item: Evidence) -> list[StoredClause]:
    """What stands around the clause in its list: the stem and the items next to it."""
    path = item.clause.ref.path
    family = [
        c
        for c in item.policy.clauses
        if c.ref != item.clause.ref and (c.ref.path[:-1] == path[:-1] or c.ref.path == path[:-1])
    ]
    near = sorted(family, key=lambda c: abs(c.ordinal - item.clause.ordinal)) if len(path) > 1 else []
    return sorted(near[:3], key=lambda c: c.ordinal)


def pointer(material: Material) -> Draft:
    """Where to read, when no sentence of ours could be supported."""
    first = next(iter(material.evidence), None)
    if first is None:
        return not_in_library(material)
    draft = Draft(Citations(material.question.as_of))
    n = draft.cites.cite(first.policy, first.clause)
    draft.say("conclusion", f"相关条文见引用,具体数字请以原文为准[{n}]。")
    return draft
