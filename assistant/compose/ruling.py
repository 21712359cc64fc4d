"""Answers that rest on a rule: the verdict, the sum or the day, the conditions one by one, the clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from ceyin.assistant.ceilings import LIMITS
from ceyin.assistant.citing import Citations, cite_as, desk, short_title
from ceyin.assistant.compose import several
from ceyin.assistant.compose.conditions import condition_blocks
from ceyin.assistant.compose.draft import Draft, Material
from ceyin.assistant.compose.next_steps import add_next_steps
from ceyin.assistant.compose.quoting import add_spans
from ceyin.assistant.compose.reckoning import (
    day_ground,
    only_once,
    paid_before,
    reckoned,
    unsettled,
    with_sum,
)
from ceyin.assistant.compose.standing import validity_clause
from ceyin.assistant.contract import MissingFact
from ceyin.assistant.deciding import Decision, check_of, conclusion, day_words, missing_facts, pinned_clause
from ceyin.assistant.rules.amounts import unsaid
from ceyin.assistant.rules.model import (
    AmountRule,
    DeadlineRule,
    EligibilityRule,
    Member,
    PerUnit,
    Ratio,
    TargetRule,
    TermRule,
    ValidityRule,
)
from ceyin.assistant.rules.uses import walk
from ceyin.assistant.rules.values import Known, Reason, Verdict
from ceyin.assistant.understanding.intents import Intent
from ceyin.corpus.library import StoredClause, StoredPolicy
from ceyin.corpus.numerals import to_chinese

#: 「最长能歇几年」 asks for the limit the text sets, whoever asks.
_LIMIT = re.compile(r"最长|最高|最多|上限|顶多|封顶|一般|通常")


#: 「原来那批示范区能报哪一类」 asks what the text says of each.
_WHICH = re.compile(r"哪一?[类种个档]")
#: 「补保费的几成,每家封顶多少」 asks what the text gives, not what it comes to.
_SHARE = re.compile(
    r"(?:百分之[几多]|几成|(?:多大|什么)比例|比例(?:是|为|定)).*(?:封顶|上限|最高|最多)"
    r"|(?:封顶|上限).*(?:百分之[几多]|几成|比例)|比例 百分之多少"
)
_RATE = re.compile(
    r"百分之[几多]|百分比|几成|几个(?:百分)?点|(?:多大|什么|多少)的?比例|比例(?:是|为|定)?(?:多少|几)"
)
_SUM = re.compile(r"多少[钱元块万]|几[万千百块]|(?:拿|补|给|报|领)(?:我们?)?多少(?!比例|成)")
#: At the end of a question it asks for a yes or a no.
_WHETHER = re.compile(r"[吗么不没嘛][?。]?$")
#: An English question that wants a yes or a no.
_YES_NO = re.compile(
    r"(?:^|[.,;?!] |\b(?:and|but|so) )(?:is|are|am|was|were|do|does|did|can|could|may|must|will|would|have|has)\b[^.!]*\?",
    re.IGNORECASE,
)


def rule_answer(material: Material, decision: Decision) -> Draft:
    """The answer to a question that one rule decides."""
    draft = Draft(Citations(material.question.as_of))
    result, rule = decision.result, decision.rule
    lead: int | None = None
    general = _is_general(material, decision)
    over = result.reason is Reason.NOT_IN_FORCE
    proof = validity_clause(decision.policy) if over else None
    if proof is not None:  # the first sentence rests on the clause with the day
        lead = draft.cites.cite(decision.policy, proof, [(0, len(proof.text))])
    n = draft.cites.cite(decision.policy, decision.clause)
    words = conclusion(decision)
    if general:
        words = rule.say.general or rule.title
    elif _asks_only_when(material, decision):
        words = f"最晚{day_words(result)}:{rule.say.general or rule.title}"
    if proof is not None and proof.ref != decision.clause.ref:
        when = "施行后" if words.startswith("这份文件尚未") else "到期前"
        draft.say("conclusion", f"{words}[{lead}]。下面是{when}的规定。")
    else:
        draft.say("conclusion", f"{with_sum(words, result)}[{n}]。")
    denied = result.verdict is Verdict.FAIL and result.reason is not Reason.ABOVE_CEILING
    calculation = "" if denied else reckoned(result)
    if calculation:
        draft.say("calculation", f"计算:{calculation}[{n}]。")
    ground = day_ground(decision) if not general else ""
    if ground and not over:
        draft.say("basis", f"{ground}[{n}]。")
    if not (general or over):  # that it is over is said already
        trace = result.trace
        if isinstance(rule, EligibilityRule) and not trace.parts:  # a single condition
            trace = replace(trace, parts=(trace,))
        draft.blocks += condition_blocks(trace, n)
    _quote_rule(draft, material, decision)
    _say_only_once(draft, material, decision)
    draft.missing = missing_facts(decision, material.book) if not general else []
    for note in result.notes:
        draft.say("note", note)
    if rule.next_steps:
        draft.say("next", rule.next_steps)
    draft.checks = [check_of(decision, material.book, n)]
    add_next_steps(draft, material, decision)
    if draft.missing:
        draft.say("need", _asked(draft.missing))
    _set_outcome(draft, material, decision, general=general)
    _say_assumptions(draft, material, decision)
    return draft


def targets_answer(material: Material, decisions: Sequence[Decision]) -> Draft:
    """Several targets asked at once: each with its outcome, together met only where each is."""
    drafts = [rule_answer(material, decision) for decision in decisions]
    whole = several.merged(drafts, Citations(material.question.as_of))
    if not any(decision.known for decision in decisions):
        return whole
    verdicts = {draft.verdict for draft in drafts}
    whole.verdict = "fail" if "fail" in verdicts else "unknown" if verdicts != {"pass"} else "pass"
    words = {"fail": "没有都达到", "pass": "都达到了", "unknown": "还不能都确定"}[whole.verdict]
    whole.say("conclusion", f"这{_count(len(drafts))}项{words}[1]。", first=True)
    return whole


def _is_general(material: Material, decision: Decision) -> bool:
    """A question about what the text says, with no case behind it."""
    result = decision.result
    asks_share = (
        _asks_rate(material, decision) or _rate_alone(material, decision) or _waived(material, decision)
    )
    if result.verdict is not Verdict.FAIL and (asks_share or _of_both(material, decision)):
        return True
    if result.verdict is not Verdict.UNKNOWN or result.reason is not Reason.MISSING_FACT:
        return False
    if isinstance(decision.rule, TermRule | DeadlineRule) and not (
        material.question.personal or _day_told(material, decision.rule)
    ):
        return True  # 「市级的牌子管几年」: which honour is told, whose is not
    if _owed(decision) and decision.result.day is None:
        return True  # 「银行该提前多久找我」
    if (
        isinstance(decision.rule, AmountRule)
        and (not material.question.personal or not _sum_told(material, decision))
        and _SHARE.search(material.question.said)
    ):
        return True
    asks_own = material.question.wants(Intent.ELIGIBLE) and not _WHICH.search(material.question.topic)
    if decision.known and (material.question.personal or asks_own):
        return False
    if _sum_told(material, decision) and _WHETHER.search(material.question.said):
        return False  # 「律师费两万,给报吗」 is somebody's case
    return not material.question.personal or bool(_LIMIT.search(material.question.said))


def _day_told(material: Material, rule: TermRule | DeadlineRule) -> bool:
    """Whether the day from which a time runs is told: 「2023年9月1日批的,牌子还能用吗」 asks for no general rule."""
    event = rule.start if isinstance(rule, TermRule) else rule.event
    return event is not None and isinstance(material.facts.get(event), Known)


#: Two cases of one rule set side by side.
_BESIDE = re.compile(r"差(?:几|多少)|和没|跟没|与没|有和没有|有什么区别")


def _of_both(material: Material, decision: Decision) -> bool:
    """Whether the two outcomes of one rule are asked for: 「有文凭和没文凭的差几万」 is no one's own case."""
    return bool(decision.result.missing) and bool(_BESIDE.search(material.question.said))


def _waived(material: Material, decision: Decision) -> bool:
    """Whether all of a fee is waived and only what it would have been is not told: 「登记费收多少」."""
    rule = decision.rule
    if not isinstance(rule, AmountRule) or rule.nature != "fee" or not isinstance(rule.base, Ratio):
        return False
    return (
        rule.base.rate == 1
        and set(decision.result.missing) == {rule.base.of}
        and "省" not in material.question.said
    )


def _rate_alone(material: Material, decision: Decision) -> bool:
    """Whether the share itself is asked for, of no sum that is told: 「工作经费能占专项资金几成」."""
    rule = decision.rule
    base = rule.base if isinstance(rule, AmountRule) and isinstance(rule.base, Ratio) else None
    said = material.question.said
    asks = not material.question.personal and _RATE.search(said) and not _SUM.search(said)
    return base is not None and bool(asks) and not _sum_told(material, decision)


def _sum_told(material: Material, decision: Decision) -> bool:
    """Whether the figure is told that a sum is reckoned from."""
    base = decision.rule.base if isinstance(decision.rule, AmountRule) else None
    return isinstance(base, Ratio | PerUnit) and isinstance(material.facts.get(base.of), Known)


def _asks_rate(material: Material, decision: Decision) -> bool:
    """Whether only a rate is to be confirmed, of a sum that lacks nothing but what it is a share of: 「按20%列没毛病吧」."""
    rule, question = decision.rule, material.question
    base = rule.base if isinstance(rule, AmountRule) else None
    if not isinstance(base, Ratio) or set(decision.result.missing) != {base.of}:
        return False
    asks_sum = bool(re.search(r"多少|几[万千百块]|how much", question.said, re.IGNORECASE))
    return not asks_sum and any(p.kind == "rate" for p in question.premises)


_BATCH = re.compile(r"首批|第[一二三四五六七八九十\d]+批|下一?批|20\d\d年(?:度)?批次")


def batch_of(decision: Decision) -> str:
    """The call a day belongs to; empty where it is no matter of calls."""
    return decision.rule.batch if isinstance(decision.rule, DeadlineRule) else ""


def other_batch(material: Material, decision: Decision) -> str | None:
    """The call asked about, where the day known is that of another."""
    batch = batch_of(decision)
    asked = _BATCH.search(material.question.said)
    first = {"首批", "第一批", "第1批"}
    same = asked is not None and (asked.group() in batch or {asked.group(), batch[:2]} <= first)
    return asked.group() if batch and asked is not None and not same else None


def _asked(missing: Sequence[MissingFact]) -> str:
    """What is still to be told, as one asks for it."""
    return f"还差{_count(len(missing))}项信息:" + "".join(m.question.removeprefix("请问") for m in missing)


def _count(n: int) -> str:
    return "两" if n == 2 else to_chinese(n)


def _set_outcome(draft: Draft, material: Material, decision: Decision, *, general: bool) -> None:
    result = decision.result
    if (
        isinstance(decision.rule, AmountRule)
        and result.amount is not None
        and result.verdict is not Verdict.FAIL
    ):
        # 择优: whether is for others to decide, how much at most is not
        open_ = result.reason is Reason.DISCRETIONARY
        sure = (general and not _narrowed(material, decision)) or open_
        sure = sure or (result.verdict is Verdict.PASS and not result.missing)
        if sure and result.amount.high is not None and not unsaid(result):
            draft.amount = result.amount.high
            exact = result.amount.exact and not result.at_most and not paid_before(material.question.topic)
            draft.amount_kind = "exact" if exact else "at_most"  # what was paid before may count
    given = isinstance(decision.rule, AmountRule) and decision.rule.nature not in LIMITS
    if result.reason is Reason.ABOVE_CEILING and given and result.amount is not None:
        # less than was wished for is still given
        draft.amount, draft.amount_kind = result.amount.high, "at_most"
    if general:
        draft.status = "answered"
        return
    draft.verdict = result.verdict.value
    if _asks_ceiling(material, decision):
        draft.amount, draft.amount_kind = result.amount.high if result.amount else None, "at_most"
        draft.status, draft.missing = "answered", []
        draft.verdict = None if result.verdict is Verdict.UNKNOWN else draft.verdict
        draft.blocks = [b for b in draft.blocks if b.kind != "need"]
    elif result.missing and result.verdict is not Verdict.FAIL:
        draft.status = "needs_facts"
        if isinstance(decision.rule, AmountRule) and draft.amount is None:
            draft.verdict = "unknown"  # how much it comes to is still open
    if isinstance(decision.rule, TargetRule) and result.verdict is Verdict.UNKNOWN:
        draft.status, draft.verdict, draft.missing = "answered", None, []
        draft.blocks = [b for b in draft.blocks if b.kind != "need"]
    if _asks_only_when(material, decision):
        draft.verdict = None
        draft.status, draft.missing = "answered", []
        draft.blocks = [b for b in draft.blocks if b.kind != "need"]


def _narrowed(material: Material, decision: Decision) -> bool:
    """Whether something told decides which of several ceilings holds, and not enough: the highest is not given out."""
    rule = decision.rule
    when = [cap.when for cap in rule.caps if cap.when is not None] if isinstance(rule, AmountRule) else []
    keys = {c.fact for part in when for c in walk(part) if isinstance(c, Member)}
    return bool(keys & set(decision.result.missing)) and any(k in material.facts.known for k in keys)


def _asks_ceiling(material: Material, decision: Decision) -> bool:
    """「最多能拿多少」 of a sum whose upper end is known, whatever else is open."""
    result = decision.result
    known = (
        isinstance(decision.rule, AmountRule) and result.amount is not None and result.amount.high is not None
    )
    return (
        known
        and not _narrowed(material, decision)
        and not (_of_a_case(material) and _to_be_reckoned(decision))
        and result.verdict is not Verdict.FAIL
        and material.question.wants(Intent.AMOUNT)
        and bool(_LIMIT.search(material.question.said))
        and not (result.amount is not None and result.amount.exact and not result.at_most)
    )


def _of_a_case(material: Material) -> bool:
    """Whether somebody's own case is told: 「我们…」, or a number of it, 「三个退伍兵合伙」."""
    known = (f.value for f in material.facts.known.values() if isinstance(f, Known))
    return material.question.personal or any(isinstance(value, Decimal) for value in known)


def _to_be_reckoned(decision: Decision) -> bool:
    """Whether a sum is one of figures still to be told and raised by a share: the highest there is is nobody's own."""
    rule = decision.rule
    base = rule.base if isinstance(rule, AmountRule) and rule.uplift is not None else None
    return isinstance(base, PerUnit | Ratio) and base.of in decision.result.missing


def _asks_only_when(material: Material, decision: Decision) -> bool:
    """「最晚哪天」 asks for the day, not whether it is past."""
    rule, result = decision.rule, decision.result
    from_event = isinstance(rule, DeadlineRule) and rule.event is not None
    return (
        from_event
        and result.day is not None
        and (result.verdict is not Verdict.UNKNOWN or _owed(decision))
        and not _asks_whether(material)
    )


def _owed(decision: Decision) -> bool:
    """Whether the day is one an office or a bank must keep, whose conditions alone are open."""
    rule, result = decision.rule, decision.result
    return isinstance(rule, DeadlineRule) and rule.duty and result.reason is Reason.MISSING_FACT


def _asks_whether(material: Material) -> bool:
    q = material.question
    if q.english:  # 「must」 and 「may」 stand in 「when must it be done」 too
        return bool(_YES_NO.search(q.message))
    return q.wants(Intent.ELIGIBLE, Intent.IN_FORCE) or bool(
        re.search(r"来得及|按时|晚了|没迟|迟了|超期|超时|超了|超没|拖过|过期|逾期|误期|吗|吧|没有|不", q.said)
    )


def _quote_rule(draft: Draft, material: Material, decision: Decision) -> None:
    """The deciding words themselves: the sentences of the pinned clause with the rule's figures or topic."""
    for policy, clause, figures in _pinned(material, decision):
        spans = _deciding_spans(clause.text, figures, decision.rule.title)
        if spans:
            add_spans(draft, policy, clause, spans, lead=f"{cite_as(policy, clause.ref.path)}:")


def _pinned(
    material: Material, decision: Decision
) -> Iterator[tuple[StoredPolicy, StoredClause, tuple[str, ...]]]:
    yield decision.policy, decision.clause, decision.rule.pin.figures
    for pin in decision.rule.also_pins:
        policy = next((p for p in material.policies if p.policy_id == pin.policy), None)
        clause = pinned_clause(policy, pin)
        if policy is not None and clause is not None:
            yield policy, clause, pin.figures


def _say_only_once(draft: Draft, material: Material, decision: Decision) -> None:
    """That nobody is paid twice, in the words of the clause, where an earlier award is told."""
    if not isinstance(decision.rule, AmountRule) or decision.result.verdict is Verdict.FAIL:
        return
    said, asked = material.question.said, desk(decision.policy)
    span = only_once(said, decision.clause.text)
    if span is not None:
        words = decision.clause.text[slice(*span)].strip().rstrip("。;")
        n = draft.cites.cite(decision.policy, decision.clause)
        draft.say(
            "note", f"已经领过一项的,条文写的是“{words}”[{n}];没有写到的情形,扣不扣已领的,要问{asked}。"
        )
    elif unsettled(said, decision):
        draft.say("note", f"已经领过的,能不能再领、扣不扣,条文没有写,要问{asked}。")


def _deciding_spans(text: str, figures: tuple[str, ...], title: str) -> list[tuple[int, int]]:
    pairs = {title[i : i + 2] for i in range(len(title) - 1)}
    scored = []
    for m in re.finditer(r"[^。;]+[。;]?", text):
        words = m.group()
        score = sum(p in words for p in pairs) / (len(pairs) or 1) + (
            0.5 if any(f in words for f in figures) else 0.0
        )
        scored.append((score, m.start(), m.end()))
    best = max((s for s, _, _ in scored), default=0.0)
    chosen = sorted((s for s in scored if s[0] >= 0.6 * best and s[0] > 0), key=lambda s: -s[0])[:3]
    return sorted((a, b) for _, a, b in chosen)


def _say_assumptions(draft: Draft, material: Material, decision: Decision) -> None:
    policy = decision.policy
    if (
        policy.region not in ("全国", "未注明")
        and not material.question.places
        and policy.policy_id not in material.question.policies
    ):
        draft.warnings.append(f"问题没有说明地区,这里按{policy.region}的规定回答。")
    if policy.expires is None and not isinstance(decision.rule, ValidityRule):
        draft.warnings.append(
            f"《{short_title(policy)}》没有写明有效期,按仍在执行处理,申报前请向{desk(policy)}核实。"
        )
