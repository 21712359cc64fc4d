"""Which kind of answer a question gets: a rule, a quotation, the policy's own data, help or an honest no."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ceyin.assistant.citing import Citations
from ceyin.assistant.compose import helping, refusing, several
from ceyin.assistant.compose.apart import apart
from ceyin.assistant.compose.aspects import broad
from ceyin.assistant.compose.beginning import beginning
from ceyin.assistant.compose.comparing import compare
from ceyin.assistant.compose.conflicting import add_conflicts
from ceyin.assistant.compose.differing import of_amounts
from ceyin.assistant.compose.draft import Compared, Draft, Material
from ceyin.assistant.compose.extracting import (
    MIN_COVERAGE,
    answers,
    extract,
)
from ceyin.assistant.compose.following import go_on
from ceyin.assistant.compose.imprint import imprint
from ceyin.assistant.compose.listing import listing
from ceyin.assistant.compose.losing import lost_words, of_another_text, torn_award
from ceyin.assistant.compose.notices import NO_DAYS, asks_when, left_to_notice, no_days
from ceyin.assistant.compose.numbered import numbered
from ceyin.assistant.compose.overview import overview
from ceyin.assistant.compose.premises import put_right
from ceyin.assistant.compose.ruling import batch_of, other_batch, rule_answer, targets_answer
from ceyin.assistant.compose.standing import standing
from ceyin.assistant.compose.suggesting import suggestions
from ceyin.assistant.compose.uncollected import uncollected
from ceyin.assistant.compose.used import only_used
from ceyin.assistant.compose.variants import variants
from ceyin.assistant.deciding import Decision
from ceyin.assistant.evidence import Evidence
from ceyin.assistant.holding import whole
from ceyin.assistant.offices import needs_an_office, of_other_matter
from ceyin.assistant.rules.model import DeadlineRule, TargetRule, ValidityRule
from ceyin.assistant.rules.trigger import triggered
from ceyin.assistant.understand import Question
from ceyin.assistant.understanding.intents import Intent
from ceyin.corpus.library import StoredPolicy

#: A question beside one that a rule decides gets an answer of its own when a clause covers it this well.
_OWN_ANSWER = 0.6

#: Something is said to stand in a text; that can be checked, whatever else is asked.
_TOLD = re.compile(r"(?:说|写|讲|提到?)(?:的|了)?[^,。?]{4,40}(?:已经|已|了|会|将)[^,。?]{0,12}[,。?]")

#: So many of the clauses found must be of another matter than the question.
_FOUND = 5

#: A rule whose words a question happens to have does not decide it when the score is under so much of the threshold.
_RULED = 0.7

#: Who asks for a telephone, an address or opening hours, not only speaks of one.
_CONTACT = re.compile(
    r"(?:(?<!打)(?<!打个)(?<!来)电话|号码|网址|官网|邮箱|微信|地址|联系方式|联系人).{0,4}(?:是|多少|几|在|有|吗|呢|谁|怎么|[?]|$)"
    r"|(?:哪|什么|多少|谁|发我|给我|要个).{0,8}(?:电话|网址|官网|邮箱|微信|联系|下载)|下载"
    r"|(?:周[末六日]|星期[六天日]|礼拜[六天日]|中午|节假日)\S{0,6}(?:上班|开门|能办|办不办|营业)"
    r"|几点(?:上班|下班|开门|关门)|营业时间|办公时间|上下?班时间|在哪[儿里]?办公|哪家银行(?:办|贷|申请)"
)
#: 「两样都达标了吗」: no, where one is not.
_ALL = re.compile(r"都\S{0,4}(?:达|够|过|完成|符合|行|可以|能)")


def compose(material: Material, singles: Sequence[Material]) -> Draft:
    """The answer to a message; ``singles`` are its questions one by one."""
    if subjects := [c for c in material.compared if c.side.policies is None]:
        if _each_for_itself([c.material for c in subjects]):
            names = [c.side.name for c in subjects]
            drafts = [_answer(c.material) for c in subjects]
            whole = several.side_by_side(names, drafts, lambda: Citations(material.question.as_of))
            if _ALL.search(material.question.said) and any(d.verdict == "fail" for d in drafts):
                whole.verdict = "fail"
            whole.say("conclusion", of_amounts(names, drafts, material.question.said), first=True)
            return whole
        if same := _same_sum(material, subjects):
            return same
        if draft := apart(material, subjects):
            return draft
    elif not material.compared and _each_for_itself(singles):
        asked = [single.question.said for single in singles]
        drafts, _ = go_on(singles, [_answer(single) for single in singles])
        return several.join(asked, drafts, lambda: Citations(material.question.as_of))
    elif len(singles) > 1 and not material.compared and any(listing(single) for single in singles):
        asked = [single.question.said for single in singles]
        drafts = [_answer(single) for single in singles]
        return several.join(asked, drafts, lambda: Citations(material.question.as_of))
    elif len(singles) > 1 and not material.compared:
        first, went_on = go_on(singles, [_answer(single) for single in singles])
        if went_on or _in_another_place(material.question, singles, first):
            asked = [single.question.said for single in singles]
            return several.join(asked, first, lambda: Citations(material.question.as_of))
    draft = _answer(material)
    if draft.refusal == "not_in_corpus" and any(c.material.held() for c in material.compared):
        draft = compare(material, alone=True) or draft  # one of the subjects lies outside, not all
    if draft.kind == "policy" and draft.status in ("answered", "needs_facts"):
        add_conflicts(draft, material)
    put_right(draft, material)
    draft.suggestions = draft.suggestions or suggestions(draft, material)
    if draft.parts:
        return draft
    if len(singles) > 1 and draft.kind == "policy":
        draft.parts = [several.part_of(s.question.said, _answer(s)) for s in singles]
    return draft


def _same_sum(material: Material, subjects: Sequence[Compared]) -> Draft | None:
    """Two subjects that one rule gives the same sum, where that is asked: 「一样多吗」."""
    if not all(c.material.decisions and c.material.held(_RULED) for c in subjects):
        return None
    names = [c.side.name for c in subjects]
    drafts = [_answer(c.material) for c in subjects]
    if not (told := of_amounts(names, drafts, material.question.said)):
        return None
    whole = several.side_by_side(names, drafts, lambda: Citations(material.question.as_of))
    whole.say("conclusion", told, first=True)
    return whole


def _in_another_place(question: Question, singles: Sequence[Material], drafts: Sequence[Draft]) -> bool:
    """Whether a question that puts another thing in the place of the first one's (「银奖呢?」) is answered otherwise."""
    expanded = any(single.question.said not in question.said for single in singles[1:])
    return expanded and drafts[-1].status != "refused" and len({d.text for d in drafts}) > 1


def _each_for_itself(singles: Sequence[Material]) -> bool:
    """Whether the questions of a message rest on different rules, so that one answer cannot serve them all."""
    tops = [_outcome(s.decisions[0]) if s.decisions else None for s in singles]
    rules = {t for t in tops if t is not None}
    if len(rules) > 1:
        return True
    others = [s for s, top in zip(singles, tops, strict=True) if top is None]
    return len(rules) == 1 and any(
        e.coverage >= _OWN_ANSWER and answers(s, e) for s in others for e in s.evidence[:1]
    )


def _outcome(decision: Decision) -> tuple[object, ...]:
    """A rule with what it comes to: 「法人和自然人」 are one rule with two outcomes."""
    return decision.rule.id, decision.result.verdict, decision.result.amount, decision.result.day


def _answer(material: Material) -> Draft:
    """The answer to one question, from what was found and decided."""
    question, scope = material.question, material.scope
    if question.help:
        return helping.introduce(material)
    if question.coverage:
        return helping.coverage(material)
    if question.wants(Intent.ILLICIT):
        return refusing.illicit(material)
    if question.wants(Intent.COMMAND):
        return refusing.commanded(material)
    if needs_an_office(question.said):
        return refusing.needs_person(material)
    if scope.unheld:
        return refusing.foreign(material, scope.unheld)
    on_validity = bool(material.decisions) and isinstance(material.decisions[0].rule, ValidityRule)
    if not on_validity and (draft := standing(material)):
        return draft
    if draft := beginning(material):
        return draft
    if question.wants(Intent.OVERVIEW) and not scope.foreign and (draft := overview(material)):
        return draft
    compares = bool(material.decisions) and isinstance(material.decisions[0].rule, TargetRule)
    if question.wants(Intent.ACTUAL) and not (compares and material.decisions[0].known):
        return refusing.refuse(
            material, "not_in_corpus", "未收录实际完成情况:政策库里只有文件写的目标和要求。"
        )
    if question.wants(Intent.CONTACT) and _CONTACT.search(question.said):
        if _TOLD.search(question.said) and (draft := extract(material)):
            draft.say("unsaid", "电话、地址和下载链接,文件没有写明。")
            return draft
        return refusing.refuse(
            material, "not_in_corpus", "未收录电话、地址、办公时间和下载链接,文件没有写明。"
        )
    due = bool(material.decisions) and isinstance(material.decisions[0].rule, DeadlineRule)
    asks_issued = question.wants(Intent.ISSUED) and not (due or on_validity)
    if asks_issued and not material.compared and (draft := imprint(material)):
        return draft
    if scope.foreign and not _national_answer(material):
        return refusing.foreign(material, scope.foreign)
    if draft := numbered(material) or uncollected(material):
        return draft
    if material.compared and (draft := compare(material)):
        draft.parts = [several.part_of(c.side.name, _answer(c.material)) for c in material.compared]
        return draft
    when = asks_when(question) and not due
    if when and (draft := left_to_notice(material) or no_days(material)):
        return draft
    if broad(question.said) and not question.wants(Intent.AMOUNT) and (draft := extract(material)):
        return draft
    called = bool(material.decisions) and _called(material)
    ruled = material.decisions and material.held(_RULED)
    if called or (ruled and not _of_another(material, material.decisions[0])):
        if other := other_batch(material, material.decisions[0]):
            return refusing.refuse(
                material,
                "not_in_corpus",
                f"未收录{other}的申报时间:文件只写了{batch_of(material.decisions[0])}的。",
            )
        words = triggered(material.book, question.topic)
        targets = _targets(material.decisions, [d for d in material.decisions if d.rule in words])
        if len(targets) > 1:
            return targets_answer(material, targets)
        return rule_answer(material, material.decisions[0])
    if any(c.side.policies is not None for c in material.compared):
        return refusing.not_in_library(
            material
        )  # none of the texts named says anything: no other one stands in
    empty = _stub_meant(material)
    if empty is not None:
        return refusing.stub(material, empty)
    broken = _clearly_broken(material)
    if broken is not None:
        return refusing.damaged(material, broken, verdict=question.personal or question.figure is not None)
    if not question.english and of_other_matter(question.said, map(whole, material.evidence[:_FOUND])):
        return refusing.not_in_library(material)
    if draft := variants(material):
        return draft
    if draft := extract(material):
        return draft
    if draft := left_to_notice(material) or only_used(material):
        return draft
    if when:
        return refusing.refuse(material, "not_in_corpus", NO_DAYS)
    lost = None if refusing.without_own(material) else torn_award(material) or lost_words(material)
    if lost is not None:
        return refusing.damaged(material, lost, verdict=question.personal or question.figure is not None)
    return refusing.not_in_library(material)


def _called(material: Material) -> bool:
    """Whether a rule is asked for by its own words and knows something of the case: no strange word beside it counts.

    「退伍的,四级厨师证,开饭馆能贷多少」 is answered though no text has 饭馆.
    """
    first = material.decisions[0]
    return first.known and first.rule in triggered(material.book, material.question.topic)


def _of_another(material: Material, decision: Decision) -> bool:
    """Whether a rule shares only common words with a question that the library hardly answers."""
    return not material.held() and of_another_text(material, decision.policy)


def _targets(decisions: Sequence[Decision], called: Sequence[Decision]) -> list[Decision]:
    """The targets of one clause that the user sets a figure against, the best first, where a target is best."""
    first = decisions[0]
    if not isinstance(first.rule, TargetRule):
        return []
    if not first.known:  # 「要帮多少家贯标,还要搭几个联盟」: each that is called by its words
        return [d for d in called if isinstance(d.rule, TargetRule) and not d.known][:3]
    same = (d for d in decisions if isinstance(d.rule, TargetRule) and d.clause.ref == first.clause.ref)
    return [d for d in same if d.known][:5]


def without_figures(material: Material) -> Draft:
    """The answer when a figure of the first one could not be supported: what the clauses say, nothing computed."""
    return extract(material) or refusing.not_in_library(material)


def bare(material: Material) -> Draft:
    """The last resort: point to the clause, give no words of it."""
    return refusing.pointer(material)


def _national_answer(material: Material) -> bool:
    """Whether what was asked about another place is decided by a national policy."""
    question = material.question
    if question.wants(Intent.AMOUNT):
        return False
    first = next(iter(material.evidence), None)
    national = first is not None and first.policy.region == "全国" and material.held()
    return national or any(d.policy.region == "全国" for d in material.decisions[:1])


def _stub_meant(material: Material) -> StoredPolicy | None:
    """The policy of which only the cover note is there, when the question names it or finds little else."""
    for policy_id in material.scope.focus[:1]:
        if material.policy(policy_id).stub:
            return material.policy(policy_id)
    best = material.evidence[:2]
    same = len(best) == 2 and best[0].policy.policy_id == best[1].policy.policy_id
    return best[0].policy if same and best[0].policy.stub and best[0].coverage >= MIN_COVERAGE else None


#: A clause is what a question is about when it covers so much of it and the next one comes no nearer than this.
_ABOUT, _NEXT = 0.6, 0.92
#: Nor is a clause next that has so much less of what is asked.
_LESS = 0.75


def _clearly_broken(material: Material) -> Evidence | None:
    """The clause a question is clearly about, where the figure asked for is among its lost words.

    Another award's figure a little further down would be the answer to another question.
    """
    if not material.held() or not material.evidence or refusing.without_own(material):
        return None
    top, others = material.evidence[0], material.evidence[1:]
    if not (top.clause.damaged and top.asks_figure and top.coverage >= _ABOUT) or answers(material, top):
        return None
    near = [e for e in others[:1] if e.score >= _NEXT * top.score and e.coverage >= _LESS * top.coverage]
    return None if near else top
