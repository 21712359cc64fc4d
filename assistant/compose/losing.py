"""Words lost of a damaged text that may be those asked for: where they stood, if they may have stood there at all."""

from __future__ import annotations

import re

from ceyin.assistant.compose.draft import Material
from ceyin.assistant.compose.extracting import MIN_COVERAGE, RARE, keys_present, of_another_level
from ceyin.assistant.compose.refusing import torn
from ceyin.assistant.evidence import Evidence, is_figure
from ceyin.assistant.holding import nouns, other_document, telling
from ceyin.assistant.understanding.intents import Intent
from ceyin.corpus.library import StoredPolicy
from ceyin.corpus.model import DamageKind
from ceyin.corpus.normalise import normalise
from ceyin.indexes.coverage import share_in
from ceyin.indexes.tokens import content_words, is_term, word_parts

#: A text with holes may hold what it seems not to: so many times the threshold is enough to point to it.
_DAMAGED = 0.68
#: So much is enough where the broken clause itself has what is asked about.
_TORN = 0.5
_MONEY = re.compile(r"资助|补贴|补助|奖励|奖金|经费|钱|元|万")
#: A clause that begins with a sum whose award is lost; so many characters in a row make another award its neighbour.
_LEFT_SUM = re.compile(r"^[^。;]{0,4}\d[\d.]*[万千]?元")
_ALIKE = 4
_SOME_OF_IT = 0.5
_LOOKED_AT = 3


def torn_award(material: Material) -> Evidence | None:
    """The broken clause whose lost words are the award or the sum asked for; None where no such clause is near.

    Either it begins with a sum of which the award is lost, and goes on with awards that are called like the one asked
    about (an 银奖 beside the 金奖); or it has all that is asked about, and the sum is cut off.
    """
    question = material.question
    if of_another_level(material, material.evidence):
        return None
    if other_document(material.asked):
        return None
    asked = [w for w in content_words(question.said) if is_term(w) and not _ANY_AWARD.fullmatch(w)]
    for item in material.evidence[:_LOOKED_AT]:
        if not (item.clause.damaged and item.asks_figure and _pointed_to(material, item.policy)):
            continue
        text = item.clause.text
        if _LEFT_SUM.search(text) and any(
            _called_alike(w, question.said, text) for w in (*asked, *item.missing) if w not in text
        ):
            return item
        if not question.wants(Intent.AMOUNT) and not torn(item):
            continue  # only its number is lost
        whole = item.coverage >= _SOME_OF_IT and keys_present(material, item) and material.held(_TORN)
        named = item.coverage >= _MOSTLY or any(w in text for w in asked)
        if whole and named and not any(s.figure for s in item.sentences):
            return item
    return None


def _called_alike(word: str, said: str, text: str) -> bool:
    """Whether a text has an award called like the one asked about: 设计银奖 beside 设计金奖."""
    end = said.find(word) + len(word)
    called = [said[i : i + _ALIKE] for i in range(max(0, end - 2 * _ALIKE), end - _ALIKE + 1)]
    return any(re.search(rf"{re.escape(c)}[^,。;]{{0,3}}{re.escape(word[-1])}", text) for c in called)


def _pointed_to(material: Material, policy: StoredPolicy) -> bool:
    """Whether a policy holds in the place asked about, if one is."""
    return not material.scope.focus or policy.policy_id in material.scope.focus


def lost_words(material: Material) -> Evidence | None:
    """The nearest clause of a damaged policy the question is about, when nothing intact answers it.

    From a text with holes nobody may conclude that something is not in it; but it must be this text that the
    question is about: its money, its papers, its conditions.
    """
    question = material.question
    if not material.held(_DAMAGED) and not _own_award(material):
        return None
    asks = question.wants(Intent.AMOUNT, Intent.ELIGIBLE, Intent.MATERIALS, Intent.LIST)
    if not asks and question.figure is None and not _MONEY.search(question.said):
        return None
    if of_another_level(material, material.evidence) or other_document(material.asked):
        return None
    if not asks and not _MONEY.search(question.said) and not material.scope.focus:
        return None  # how long something lasts, asked of no text: that of a place is no ground for it
    holed = [e for e in material.evidence[:8] if _has_holes(e) and e.coverage >= MIN_COVERAGE * 0.8]
    if not holed or holed[0] not in material.evidence[:3]:
        return None
    asked = [w for w in content_words(question.said) if is_term(w)]
    if any(_nowhere(material, w) for w in asked):
        return None  # what is asked lies outside, whatever this text lost
    if of_another_text(material, holed[0].policy):
        return None
    if _strange(material, holed[0].policy):
        return None
    things = [w for w in asked if not _AWARD.fullmatch(w)]
    if things and not any(_has_term(material, holed[0].policy, w) for w in things):
        return None  # nor is it a word of this text, though others have it: nothing says that it was in the lost part
    named = [e for e in holed if asked and all(w in e.clause.text for w in asked)]
    return next(iter([*named, *(e for e in holed if keys_present(material, e))]), holed[0])


def of_another_text(material: Material, policy: StoredPolicy) -> bool:
    """Whether a thing asked about is in the title of another policy and nowhere in this one."""
    own = " ".join([normalise(policy.title), *(c.text for c in policy.clauses)]).lower()
    others = [normalise(p.title).lower() for p in material.policies if p is not policy]
    lacking = [w for w in telling(material.asked) if share_in(w, own) < _SOME and not is_figure(w)]
    return any(share_in(w, title) >= _MOSTLY for w in lacking for title in others)


def _own_award(material: Material) -> bool:
    """Whether an award in a field of the text is asked of the place whose damaged text it is."""
    said, first = material.question.said, next(iter(material.evidence), None)
    if first is None or not _AWARD.search(said):
        return False
    of_city = bool(_CITY.search(said)) and not material.question.places and first.policy.region.endswith("市")
    if first.policy.policy_id not in material.scope.focus and not of_city:
        return False
    title = normalise(first.policy.title)
    words = (w for w in content_words(said) if is_term(w) and not _ANY_AWARD.fullmatch(w))
    return any(w in first.clause.text or w in title for w in words)


def _strange(material: Material, policy: StoredPolicy) -> bool:
    """Whether a text has none of the things that are asked about: 驾校, 宠物医院."""
    things = nouns(material.asked.text)
    asked = [w for w in telling(material.asked) if w in things and not _ANY_AWARD.fullmatch(w)]
    own = " ".join([normalise(policy.title), *(c.text for c in policy.clauses)]).lower()
    return bool(asked) and all(share_in(w, own) < _SOME for w in asked)


def _has_term(material: Material, policy: StoredPolicy, term: str) -> bool:
    """Whether a text has a term, or a rare part of it, in its title or a clause."""
    words = (term, *(w for w in word_parts(term) if material.idf(w) >= RARE))
    return any(w in normalise(policy.title) or any(w in c.text for c in policy.clauses) for w in words)


def _nowhere(material: Material, term: str) -> bool:
    """Whether no text has a term, nor any part of it."""
    unknown = material.idf("")
    return all(material.idf(w) >= unknown for w in (term, *word_parts(term)))


#: So much of a word and it stands in a text; so much and it is as good as named there.
_SOME, _MOSTLY = 0.5, 0.8
_CITY = re.compile(r"市里|市级|市财政|我市|本市|咱市|市上")
_AWARD = re.compile(r"资助|补贴|补助|奖励|奖金|贴息")
#: Words for any award, which say nothing of what it is for.
_ANY_AWARD = re.compile(r"资助|补贴|补助|奖励|奖金")


def _has_holes(item: Evidence) -> bool:
    gaps = sum(d.kind in (DamageKind.GAP, DamageKind.ABRIDGED) for d in item.policy.damages)
    return gaps >= 2 or item.clause.damaged
