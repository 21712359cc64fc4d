"""Which rule decides a question, if any: the rules it triggers and those on the clauses found, weighed against each other.

A conditional logit over named features, its weights in ``words/choosing.json``; fitted by
``python -m ceyin.evals.choosing`` on the open cases, but for ``unheard_uncalled``, which was set by hand to what
refuses most outside questions at next to no loss. A score below nothing means: quote, decide nothing.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from ceyin.assistant.asker import for_another, on_another_branch
from ceyin.assistant.ceilings import against_paid, against_wish
from ceyin.assistant.deciding import Decision, decide_rules
from ceyin.assistant.evidence import Evidence, is_figure
from ceyin.assistant.interest import asks_interest, tells_interest
from ceyin.assistant.measured import asks_whether_reached, figure_for, named_in
from ceyin.assistant.places import place_names
from ceyin.assistant.profiles import profile_of
from ceyin.assistant.rules.book import RuleBook
from ceyin.assistant.rules.model import (
    AmountRule,
    ConsequenceRule,
    EligibilityRule,
    Rule,
    TargetRule,
    ValidityRule,
)
from ceyin.assistant.rules.result import Result
from ceyin.assistant.rules.trigger import barred, triggered
from ceyin.assistant.rules.uses import facts_of
from ceyin.assistant.rules.values import Facts, Reason, Unknown, Verdict
from ceyin.assistant.unasked import fixed_day, no_day_asked, no_sum_asked, unnamed
from ceyin.assistant.understand import Question
from ceyin.assistant.understanding.intents import Intent
from ceyin.assistant.whole import given_beside, is_limit, wider_than
from ceyin.assistant.yearly import over_years
from ceyin.corpus.library import StoredPolicy
from ceyin.corpus.normalise import normalise
from ceyin.indexes.coverage import share_in, word_weight
from ceyin.indexes.tokens import content_words, in_chinese, is_term

_FILE = Path(__file__).parent / "words" / "choosing.json"
#: The clauses found whose rules are considered.
_CLAUSES = 8
#: Facts that many rules ask for (what kind of applicant it is) say less than this of which is meant.
_THIN = 0.1
#: How much of a term must stand in a rule or its clause for it not to be lost; as much weight lost is as much as counts.
_STANDS, _MUCH = 0.5, 10.0
#: A word as rare as this (idf) says what is asked about.
_RARE = 2.5
#: A way around what is asked of everybody: 绕过省里直接寄, 跳过一级.
_SHORTCUT = re.compile(
    r"绕过|绕开|跳过|越过|越级|跨级|撇开|甩开|不经过|直接(?:报|寄|送|交|递|申|向|去|找)(?!\S{0,4}(?:大厅|窗口|柜台|现场))"
)
#: The higher of two titles at once is no way around anybody: 直接报示范区, 不走试验区.
_AT_ONCE = re.compile(r"(?:跳过\S{0,4}试验区\S{0,2})?直接\S{0,6}(?:示范区|强市|高的?那?一?[档级])")
#: So much more of the question stands in the best clause of another policy than in the one of a rule.
_OUTDONE = 0.35
#: So much of its title must be in the question for a sum to be asked for that no trigger calls; a fact few rules ask.
_HEARD, _TELLING = 0.3, 0.25
#: Less of what is asked is said by chance.
_NOTHING = 0.2
#: A clause has the question when it covers so much of it.
_WHOLE = 0.8
#: So much of a target's words stands in a message that means it, and so much more than of the target next to it.
_NAMED, _CLEARLY = 0.3, 0.2
#: Kinds of answer that only some kinds of rule give.
_KINDS_OF_ANSWER = frozenset(
    {
        Intent.WHO,
        Intent.MATERIALS,
        Intent.PROCEDURE,
        Intent.DURATION,
        Intent.DEADLINE,
        Intent.AMOUNT,
        Intent.DEFINE,
    }
)
#: The rules triggered that are considered.
_CALLED = 16
#: The rules of a programme that all must hold.
_PAID_OR_MET = (AmountRule, EligibilityRule)
#: What a kind of rule answers: fully, or in passing.
_ANSWERS: Mapping[str, Mapping[Intent, float]] = {
    "amount": {Intent.AMOUNT: 1.0, Intent.ELIGIBLE: 0.5},
    "stack": {Intent.AMOUNT: 1.0, Intent.ELIGIBLE: 0.5},
    "exclusion": {Intent.ELIGIBLE: 0.7, Intent.AMOUNT: 0.5},
    "eligibility": {Intent.ELIGIBLE: 1.0},
    "deadline": {Intent.DEADLINE: 1.0, Intent.ELIGIBLE: 0.3},
    "term": {Intent.DURATION: 1.0, Intent.IN_FORCE: 0.6, Intent.DEADLINE: 0.4, Intent.ELIGIBLE: 0.3},
    "validity": {Intent.IN_FORCE: 1.0},
    "target": {Intent.ELIGIBLE: 0.3, Intent.ACTUAL: 0.6, Intent.AMOUNT: 0.2},
    "papers": {Intent.MATERIALS: 1.0},
    "procedure": {Intent.PROCEDURE: 1.0, Intent.WHO: 0.3},
    "consequence": {Intent.ELIGIBLE: 0.5},
    "discretionary": {Intent.AMOUNT: 0.3, Intent.ELIGIBLE: 0.3},
}


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known when a rule is chosen: the question (or one of several), what was found, the facts.

    ``meant``: the policies the words point to by name or place.
    """

    text: str
    question: Question
    evidence: Sequence[Evidence]
    meant: frozenset[str]
    facts: Facts
    policies: Mapping[str, StoredPolicy]
    idf: Callable[[str], float]
    told: frozenset[str] | None = None  # of several questions: the facts told in this one; None: all of them


@dataclass(frozen=True, slots=True)
class Candidate:
    """A rule that may decide, with its features by name."""

    decision: Decision
    features: Mapping[str, float]

    @property
    def score(self) -> float:
        """How much better it is to let this rule decide than to quote; above nothing it may."""
        weights = _weights()
        return sum(weights.get(name, 0.0) * value for name, value in self.features.items())


class Chooser:
    """Chooses among the rules of one book."""

    def __init__(self, book: RuleBook) -> None:
        self._book = book
        # asked for several times of one question
        self._triggered = lru_cache(maxsize=32)(lambda text: tuple(triggered(book, text)))
        self._profiles = {rule.id: profile_of(rule, book) for rule in book.rules}
        self._users = Counter(key for profile in self._profiles.values() for key in profile.facts)

    def choose(self, setting: Setting) -> list[Decision]:
        """The rules that decide, best first; none where a quotation answers better."""
        ranked = sorted(self.candidates(setting), key=lambda c: (-c.score, c.decision.rule.id))
        fit = _called_first([c for c in ranked if c.score > 0])
        chosen = self._not_in_part([c.decision for c in fit], ranked, setting)
        if chosen and isinstance(chosen[0].rule, TargetRule) and chosen[0].known:
            # figures set against several targets of one clause are asked together
            chosen += [c.decision for c in ranked if c.score <= 0 and _beside(chosen[0], c.decision)]
            chosen = [d for d in chosen if not self._same_figure(chosen[0], d, setting)]
        return chosen

    def _not_in_part(
        self, chosen: list[Decision], ranked: Sequence[Candidate], setting: Setting
    ) -> list[Decision]:
        """The rules chosen, where one condition of a programme stands for no other.

        「这项补助给企业」 is no yes to 「我们够不够格」 while the rest is open, and a sum told is none for whom it is not.
        """
        first = next(iter(chosen), None)
        uncalled = first is not None and not any(
            c.features["triggered"] for c in ranked if c.decision is first
        )
        others = given_beside(first, self._book) if first is not None and uncalled else []
        due = decide_rules(others, setting.facts, setting.question.as_of, self._book, setting.policies)
        given = next((d for d in due if d.known and d.result.verdict is Verdict.PASS), None)
        if given is not None:
            return [given, *(d for d in chosen if d is not first and d.rule.id != given.rule.id)]
        if first is not None and (past := self._past_limit(first, setting)) is not None:
            return [past, *(d for d in chosen if d.rule.id != past.rule.id)]
        if first is not None and (whole := self._whole_of(first, setting)) is not None:
            return [whole, *(d for d in chosen if d is not first and d.rule.id != whole.rule.id)]
        if first is None or first.rule.programme is None or not isinstance(first.rule, _PAID_OR_MET):
            return chosen
        beside = [
            r
            for r in self._book.rules
            if r.programme == first.rule.programme and r.id != first.rule.id and isinstance(r, _PAID_OR_MET)
        ]
        as_of = setting.question.as_of
        rest = decide_rules(beside, setting.facts, as_of, self._book, setting.policies)
        if first.result.verdict is not Verdict.FAIL:
            barred_by = [d for d in rest if isinstance(d.rule, EligibilityRule) and _is_barred(d)]
            if barred_by:
                return [*barred_by[:1], *(d for d in chosen if d.rule.id != barred_by[0].rule.id)]
        own = first.rule.triggers
        admits = isinstance(first.rule, EligibilityRule) and not self._calls(first.rule, setting)
        if first.result.verdict is not Verdict.PASS or not admits:
            return chosen
        # what the words bar from another rule of the programme, this one has not heard of either
        open_ = {
            d.rule.id
            for d in rest
            if (d.result.verdict is not Verdict.PASS or barred(d.rule, setting.text))
            and (d.rule.triggers or not own)
        }
        called = [c.decision for c in ranked if c.decision.rule.id in open_]
        # what the programme asks for, before what bars from it
        called.sort(key=lambda d: not d.rule.triggers)
        return [*called[:1], *(d for d in chosen if d not in called[:1] and not (open_ and d is first))]

    def _past_limit(self, first: Decision, setting: Setting) -> Decision | None:
        """A limit on the same clause that the case is past, where the rule chosen says yes or asks for more.

        「受灾、都谈妥了,歇四年行不行」 is no yes for the first two. A limit that another one on the clause does not
        share (one for people, one for firms) must be asked for by its words.
        """
        if first.result.verdict is Verdict.FAIL or not isinstance(first.rule, _PAID_OR_MET):
            return None
        pin = first.rule.pin
        limits = [r for r in self._book.on_clause(pin.policy, pin.path) if is_limit(r)]
        as_of = setting.question.as_of
        found = decide_rules(limits, setting.facts, as_of, self._book, setting.policies)
        past = [d for d in found if _is_barred(d) and d.rule.id != first.rule.id]
        within = {k for d in found if d.result.verdict is Verdict.PASS for k in facts_of(d.rule)}
        return next(
            (d for d in past if self._calls(d.rule, setting) or not within & set(facts_of(d.rule))), None
        )

    def _whole_of(self, first: Decision, setting: Setting) -> Decision | None:
        telling = {k for k in setting.facts.known if self._users[k] and self._special(k) >= _TELLING}
        wider = [r for r in wider_than(first, telling, self._book) if not barred(r, setting.text)]
        wider.sort(key=lambda r: not self._calls(r, setting))
        found = decide_rules(wider, setting.facts, setting.question.as_of, self._book, setting.policies)
        whole = next(iter(found), None)
        asked_alone = (
            self._calls(first.rule, setting)
            and whole is not None
            and whole.result.verdict is Verdict.UNKNOWN
            and not self._calls(whole.rule, setting)
        )
        return None if asked_alone else whole

    def _calls(self, rule: Rule, setting: Setting) -> bool:
        """Whether a rule is asked for by its own words."""
        return any(r.id == rule.id for r in self._triggered(setting.text))

    def _same_figure(self, first: Decision, other: Decision, setting: Setting) -> bool:
        """Whether a target was given the figure of the one chosen, though it is hardly named itself."""
        if other is first or not (isinstance(first.rule, TargetRule) and isinstance(other.rule, TargetRule)):
            return False
        if first.result.trace.given != other.result.trace.given:
            return False
        if self._calls(first.rule, setting) and not self._calls(other.rule, setting):
            return True
        spec, best = self._book.facts[other.rule.fact], self._book.facts[first.rule.fact]
        less = named_in(spec, setting.text) < named_in(best, setting.text) - _CLEARLY
        return less or (spec.key != best.key and named_in(spec, best.key) >= _WHOLE)

    def candidates(self, setting: Setting) -> list[Candidate]:
        """Every rule worth weighing: those the words trigger, and those on the best clauses."""
        called = self._triggered(setting.text)[:_CALLED]
        order = {rule.id: k for k, rule in enumerate(called)}
        rules = {rule.id: rule for rule in called}
        for item in setting.evidence[:_CLAUSES]:
            ref = item.clause.ref
            for rule in self._book.on_clause(ref.policy_id, ref.path):
                if rule.id not in rules and not barred(rule, setting.text):
                    rules[rule.id] = rule
        words = _telling(setting.text)
        out = []
        for rule in (
            r
            for r in rules.values()
            if not _outdone(setting, r, called=r.id in order)
            and self._as_asked(setting, r, called=r.id in order)
        ):
            facts = self._with_measured(rule, setting)
            for decision in decide_rules([rule], facts, setting.question.as_of, self._book, setting.policies):
                if rule.id not in order and no_day_asked(setting.question, setting.text, decision):
                    continue
                decision = self._over_years(decision, setting, facts)
                decision = against_paid(against_wish(decision, setting.text, facts), setting.text)
                asked_for = setting.question.personal or rule.id in order
                another = not asked_for and self._denies_another(setting, decision, words)
                idle = self._unheard(rule, decision, setting) or self._no_breach(decision, facts)
                if another or idle or no_sum_asked(setting.question, setting.text, decision):
                    continue
                if rule.id not in order and on_another_branch(decision):
                    continue
                if asks_interest(setting.text) and not tells_interest(decision.clause.text):
                    continue
                features = self._features(setting, decision, facts, order, words)
                if _on_the_asker_alone(features) or (fixed_day(rule) and unnamed(features)):
                    continue
                out.append(Candidate(decision, features))
        others = for_another([c.decision for c in out], setting.text, self._book)
        return [c for c in out if c.decision.rule.id not in others]

    def _unheard(self, rule: Rule, decision: Decision, setting: Setting) -> bool:
        """Whether a sum stands only beside what is found, and the question says next to nothing of what it is for.

        「转成公司一次性奖多少」 is answered by no other award of the same clause.
        """
        if not isinstance(rule, AmountRule) or decision.result.verdict is not Verdict.UNKNOWN:
            return False
        if self._calls(rule, setting):
            return False
        profile = self._profiles[rule.id]
        if any(
            self._special(k) >= _TELLING and not isinstance(setting.facts.get(k), Unknown)
            for k in profile.facts
        ):
            return False
        heard = sum(setting.idf(w) for w in profile.title if w in setting.text)
        return heard < _HEARD * sum(setting.idf(w) for w in profile.title)

    def _no_breach(self, decision: Decision, facts: Facts) -> bool:
        """Whether a consequence would be denied on nothing but who applies: 「没有这种情形」 answers no question."""
        if not isinstance(decision.rule, ConsequenceRule) or decision.result.verdict is not Verdict.PASS:
            return False
        told = [k for k in facts_of(decision.rule) if not isinstance(facts.get(k), Unknown)]
        return not any(self._special(k) >= _TELLING for k in told)

    def _over_years(self, decision: Decision, setting: Setting, facts: Facts) -> Decision:
        """The decision with costs of several years reckoned year by year."""
        as_of = setting.question.as_of

        def of_year(rule: Rule, case: Facts) -> Result | None:
            found = decide_rules([rule], case, as_of, self._book, setting.policies)
            return found[0].result if found else None

        result = over_years(decision.result, setting.text, facts, as_of, self._book, of_year)
        return decision if result is decision.result else replace(decision, result=result)

    def _as_asked(self, setting: Setting, rule: Rule, *, called: bool) -> bool:
        """Whether a rule speaks of the shortcut asked about: who may apply says nothing of going past the province.

        It must be called by its own words too: a level skipped is another one for every application.
        """
        if _SHORTCUT.search(_AT_ONCE.sub("", setting.text)) is None:
            return True
        return called and bool(_SHORTCUT.search(self._profiles[rule.id].text))

    def _denies_another(self, setting: Setting, decision: Decision, words: Sequence[str]) -> bool:
        """Whether a rule on who may do one thing would say no to another: its clause lacks what the best one has."""
        rule, top = decision.rule, next(iter(setting.evidence), None)
        if (
            not isinstance(rule, EligibilityRule)
            or decision.result.verdict is not Verdict.FAIL
            or top is None
        ):
            return False
        own, other = f"{self._profiles[rule.id].text} {decision.clause.text}", top.clause.text
        if top.policy.policy_id != rule.pin.policy or top.clause.ref == decision.clause.ref:
            return False
        lost = [w for w in words if len(w) > 1 and share_in(w, own, setting.idf) < _STANDS]
        return any(w in other and setting.idf(w) >= _RARE for w in lost)

    def _with_measured(self, rule: Rule, setting: Setting) -> Facts:
        """The facts with the figure a user sets against this target."""
        if not isinstance(rule, TargetRule) or not isinstance(setting.facts.get(rule.fact), Unknown):
            return setting.facts
        beside = self._book.on_clause(rule.pin.policy, rule.pin.path)
        rivals = [r for r in beside if isinstance(r, TargetRule) and r.id != rule.id and r.unit == rule.unit]
        top = bool(setting.evidence) and _found(setting, rule) is setting.evidence[0]
        # of the targets of a clause the figure is that one's whose words the message has most of
        own = named_in(self._book.facts[rule.fact], setting.text)
        most = max((named_in(self._book.facts[r.fact], setting.text) for r in rivals), default=0.0)
        alone = top and (not rivals or own >= max(_NAMED, most + _CLEARLY))
        known = figure_for(self._book.facts[rule.fact], rule.unit, setting.text, alone=alone)
        return setting.facts if known is None else setting.facts.with_(rule.fact, known)

    def _features(
        self,
        setting: Setting,
        decision: Decision,
        facts: Facts,
        order: Mapping[str, int],
        words: Sequence[str],
    ) -> dict[str, float]:
        rule, result, question = decision.rule, decision.result, setting.question
        profile = self._profiles[rule.id]
        found = _found(setting, rule)
        top = setting.evidence[0].score if setting.evidence else 1.0
        weigh = [word_weight(w, setting.idf) for w in words]
        said = sum(g * share_in(w, profile.text, setting.idf) for w, g in zip(words, weigh, strict=True))
        # what calls the rule is another word for it: 贯标
        called = " ".join(p for group in rule.triggers for p in group) if rule.id in order else ""
        stands = f"{profile.text} {decision.clause.text} {called}"
        lost = [setting.idf(w) for w in words if is_term(w) and share_in(w, stands, setting.idf) < _STANDS]
        if isinstance(rule, ValidityRule) and rule.id in order:
            lost = []  # whoever asks whether a paper holds says what for in words of his own
        unheard = [w for w in words if len(w) > 1 and setting.idf(w) >= setting.idf("")]
        heard = sum(setting.idf(w) for w in profile.title if w in setting.text)
        known = [k for k in profile.facts if not isinstance(facts.get(k), Unknown)]
        special = sum(self._special(k) for k in known if setting.told is None or k in setting.told)
        fits = max((v for i, v in _ANSWERS[rule.kind].items() if question.wants(i)), default=0.0)
        if rule.kind == "amount" and question.figure is not None:
            fits = max(fits, 0.6)
        if isinstance(rule, TargetRule) and rule.fact in known and asks_whether_reached(setting.text):
            fits = 1.0
        own = question.personal or bool(special)
        decided = result.verdict is not Verdict.UNKNOWN and bool(known)
        return {
            "triggered": float(rule.id in order),
            "first": float(order.get(rule.id) == 0),
            "priority": rule.priority / 10 if rule.id in order else 0.0,
            "place": found.score / top if found is not None else 0.0,
            "top": float(found is not None and found is setting.evidence[0]),
            "cover": found.coverage if found is not None else 0.0,
            "said": said / (sum(weigh) or 1.0),
            "lost": min(sum(lost), _MUCH) / _MUCH,
            "unheard_uncalled": float(rule.id not in order) * min(len(unheard), 4) / 4,
            "rarest_lost": max(lost, default=0.0) / _MUCH,
            "title": heard / (sum(setting.idf(w) for w in profile.title) or 1.0),
            "special": min(special, 3.0),
            "known": len(known) / (len(profile.facts) or 1),
            "fits": fits,
            "misfit": float(bool(question.intents & _KINDS_OF_ANSWER) and not fits),
            "fits_own": fits * own,
            "personal": float(question.personal),
            "decided": float(decided),
            "decided_own": float(decided and own),
            "decided_thinly": float(decided and special < _THIN),
            "missing": min(len(result.missing), 5) / 5,
            "elsewhere": float(result.reason is Reason.ELSEWHERE),
            "over": float(result.reason is Reason.NOT_IN_FORCE),
            "meant": float(rule.pin.policy in setting.meant),
            "strange": float(bool(setting.meant) and rule.pin.policy not in setting.meant),
            f"kind_{rule.kind}": 1.0,
        }

    def _special(self, key: str) -> float:
        """How telling it is that a fact was told: one that few rules ask for says which rule is meant."""
        users = self._users[key]
        return 1.0 / users if users < 4 else 0.5 / users


def _called_first(fit: list[Candidate]) -> list[Candidate]:
    """The rules that may decide; one called by its words goes before a no from another policy that nothing calls."""
    called = next((c for c in fit if c.features["triggered"]), None)
    if called is None or fit[0].features["triggered"] or fit[0].decision.result.verdict is not Verdict.FAIL:
        return fit
    if fit[0].decision.rule.pin.policy == called.decision.rule.pin.policy:
        return fit
    return [called, *(c for c in fit if c is not called)]


def _on_the_asker_alone(features: Mapping[str, float]) -> bool:
    """Whether a rule no word calls is decided by who asks, and has next to nothing of what is asked."""
    called = features["triggered"] or features["title"]
    return bool(not called and features["decided_thinly"] and features["said"] < _NOTHING)


def _is_barred(decision: Decision) -> bool:
    """Whether a condition is not met on what was told."""
    return decision.known and decision.result.verdict is Verdict.FAIL and decision.result.reason is None


def _outdone(setting: Setting, rule: Rule, *, called: bool) -> bool:
    """Whether the words are those of another policy's clause: a town's own 认证补贴 is not the one of our rule.

    A rule called by its own words is outdone by an imported policy only: 「申报强市」 is no matter of 申报示范区.
    """
    if not setting.evidence or rule.pin.policy in setting.meant:
        return False
    top, found = setting.evidence[0], _found(setting, rule)
    if called and top.policy.entry is not None:
        return False
    if top.policy.policy_id == rule.pin.policy or top.coverage < _WHOLE:
        return False
    return top.coverage - (found.coverage if found is not None else 0.0) >= _OUTDONE


def _beside(first: Decision, other: Decision) -> bool:
    """Whether another target of the same clause has a figure set against it too."""
    return isinstance(other.rule, TargetRule) and other.known and other.clause.ref == first.clause.ref


def _found(setting: Setting, rule: Rule) -> Evidence | None:
    pins = {(p.policy, p.path) for p in (rule.pin, *rule.also_pins)}
    return next((e for e in setting.evidence if (e.clause.ref.policy_id, e.clause.ref.path) in pins), None)


def _telling(text: str) -> list[str]:
    """The words that say what is asked about, without places and figures."""
    words = content_words(in_chinese(normalise(text)))
    return [w for w in dict.fromkeys(words) if w not in place_names() and not is_figure(w)]


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    content = json.loads(_FILE.read_text(encoding="utf-8"))
    return {name: float(weight) for name, weight in content["weights"].items()}
