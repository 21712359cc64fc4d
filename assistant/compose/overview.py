"""「抚州有哪些补贴」「评上有什么好处」: what the rule book knows for a place, a policy or a subject, one part each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ceyin.assistant.citing import Citations, cite_as, short_title
from ceyin.assistant.compose.draft import Draft, Material
from ceyin.assistant.compose.standing import tell_validity
from ceyin.assistant.contract import Check, Part
from ceyin.assistant.deciding import Decision, check_of, decide_rules
from ceyin.assistant.holding import talk
from ceyin.assistant.places import place_names
from ceyin.assistant.rules.files import Programme
from ceyin.assistant.rules.model import AmountRule, Tiers
from ceyin.assistant.rules.values import Facts, Reason, Verdict
from ceyin.corpus.library import StoredClause, StoredPolicy
from ceyin.corpus.model import InForce
from ceyin.corpus.normalise import normalise
from ceyin.corpus.validity import in_force
from ceyin.indexes.coverage import share_in
from ceyin.indexes.tokens import content_words

#: More would be a catalogue, not an answer.
_MAX_PARTS = 24
#: So much of the subject asked about a programme must have in its title, its clause or its policy's name.
_SHARE = 0.5
#: Words that ask for support of any kind; they name no subject.
_SUPPORT = re.compile(
    r"补贴|政策|奖励|资助|扶持|帮扶|帮助|照顾|优待|福利|(?:做|干)(?:点|些)?(?:小)?(?:买卖|生意)|创业|[回返]乡|自己干|单干|开店|有些|优惠|好处|支持|名目|项目|申请|申报|享受|资金|补助|奖补|待遇|知识产权|知产|列|样|给我|清单|笔|市里|省里|本市"
)
#: Years in a title stand for themselves only where the policy is cited, and not all can be.
_YEARS = re.compile(r"\([^()]*\d[^()]*\)")
#: Only sums are asked for, not any help.
_MONEY = re.compile(r"补贴|补助|资助|奖励|奖补|奖金|钱|资金")
_SUMS = frozenset(("money", "loan", "tax", "fee"))
#: Who has it already is not told how to apply for it.
_HAVING = re.compile(r"(?:评|批|选|办|认定)(?:上|下来|为|了|完)|获批|入选|拿到")
_APPLICANTS = {
    "企业": re.compile(r"企业|公司|厂|单位|者|选手|当事人|申请人"),
    "个体": re.compile(r"个体|门店"),
    "高校": re.compile(r"高校(?!毕业)|院所|科研"),
    "机构": re.compile(r"机构"),
    "区县": re.compile(r"县|园区|市\(州\)|人民政府"),
    "军人": re.compile(r"军人"),
    "毕业生": re.compile(r"毕业生"),
}
_ASKING = {
    "企业": re.compile(r"企业|公司|工厂|厂子"),
    "个体": re.compile(r"个体户|个体工商户"),
    "高校": re.compile(r"高校(?!毕业)|大学(?!生|毕业|刚)|院校|研究所"),
    "机构": re.compile(r"(?:代理|服务)?机构|事务所|代理所"),
    "区县": re.compile(r"县区|区县|我们县|我县|园区"),
    "军人": re.compile(r"退役(?:军人|士兵|士官)?|退伍(?:军人|兵)?|当(?:过|了)\S{0,3}兵|老兵|复员|转业|战友"),
    "毕业生": re.compile(r"(?:高校|大学|应届)*(?:毕业生|大学生)|大学(?:刚)?毕业"),
}


def overview(material: Material) -> Draft | None:
    """The list of what is given, limited to the policy, place, subject and applicant meant; None where none fits."""
    meant = _meant(material)
    policies = {p.policy_id: p for p in material.policies if p.policy_id in {m.pin.policy for m in meant}}
    ids = {m.id for m in meant}
    rules = [r for r in material.book.rules if isinstance(r, AmountRule) and r.programme in ids]
    rules = [r for r in rules if r.nature != "fund"]  # what an authority may spend is nobody's award
    found = decide_rules(rules, Facts(), material.question.as_of, material.book, policies)
    gone = _gone_but_meant(material, list(policies.values()))
    if gone is not None:
        return _as_it_was(material, gone, found, meant)
    current = [d for d in found if d.result.reason is not Reason.NOT_IN_FORCE]
    summed = {r.programme for r in rules}
    others = [
        m
        for m in meant
        if m.id not in summed and m.gives != "task" and _may_hold(material, policies[m.pin.policy])
    ]
    if _MONEY.search(
        material.question.said
    ):  # no service where a sum is asked for; an honour may be a reward
        gives = _SUMS | ({"title"} if "奖" in material.question.said else frozenset())
        others = [] if current else [m for m in others if m.gives in gives]
    if not current and not others:
        return None
    draft = Draft(Citations(material.question.as_of))
    used = [*(d.policy for d in current), *(policies[m.pin.policy] for m in others)]
    names = sorted({_YEARS.sub("", short_title(p)) for p in used})
    draft.say("conclusion", f"按{'、'.join(f'《{n}》' for n in names)},有下面这些,点开可看条件和原文:")
    for decision in current[:_MAX_PARTS]:
        n = draft.cites.cite(decision.policy, decision.clause)
        # no figure without its clause: what finds no place among the citations is named here and told in its part
        draft.say("item", f"· {_in_general(decision)}[{n}]" if n else f"· {decision.rule.title}")
        draft.parts.append(_part(material, decision))
        draft.checks.append(_check(material, decision, n))
    for programme in others[: _MAX_PARTS - len(draft.parts)]:
        policy = policies[programme.pin.policy]
        clause = _pinned(programme, policy)
        if clause is None:
            continue
        n = draft.cites.cite(policy, clause)
        draft.say("item", f"· {programme.title}:{programme.who}[{n}]" if n else f"· {programme.title}")
        draft.parts.append(_untotalled(material, programme, policy, clause))
    chosen = [p for p in material.policies if p.policy_id in policies]
    left_out = [p for p in chosen if in_force(p, material.question.as_of) is InForce.EXPIRED]
    draft.warnings += [f"《{short_title(p)}》已过期,其中的扶持没有列入。" for p in left_out]
    damaged = [p for p in chosen if p.damages and p in used]
    draft.warnings += [f"《{short_title(p)}》收录的文本有残缺,可能还有没列出的项目。" for p in damaged]
    return draft


def _gone_but_meant(material: Material, policies: Sequence[StoredPolicy]) -> StoredPolicy | None:
    """The expired policy the question is about: the only one named, or the one whose title names who asks."""
    named = material.question.policies
    said = material.question.said
    owner = "个体" if _ASKING["个体"].search(said) or "个转企" in said else None
    for policy in policies:
        is_meant = named == (policy.policy_id,) or (not named and owner and owner in policy.title)
        if is_meant and in_force(policy, material.question.as_of) is InForce.EXPIRED:
            return policy
    return None


def _as_it_was(
    material: Material, policy: StoredPolicy, found: Sequence[Decision], meant: Sequence[Programme]
) -> Draft | None:
    """What an expired policy gave, after the word that it has expired; nothing of it is a sum for anybody."""
    draft = Draft(Citations(material.question.as_of))
    tell_validity(draft, material, policy)
    rules = [d for d in found if d.policy is policy]
    summed = {d.rule.programme for d in rules if isinstance(d.rule, AmountRule)}
    items = [(_in_general(d), d.clause) for d in rules]
    for m in meant:
        clause = _pinned(m, policy) if m.pin.policy == policy.policy_id and m.id not in summed else None
        if clause is not None and m.gives != "task":
            items.append((f"{m.title}:{m.who}", clause))
    items.sort(key=lambda item: -_nearness(material.question.said, item[0]))
    for words, clause in items:
        n = draft.cites.cite(policy, clause)
        if n is not None:  # nothing is said of a text that cannot be cited any more
            draft.say("item", f"· {words}[{n}]")
    return draft if len(draft.blocks) > 1 else None


def _nearness(said: str, words: str) -> int:
    """How many pairs of characters a line shares with the question; a stall that becomes a company is 个转企."""
    turning = "个体" in said and bool(re.search(r"[转变改升]", said)) and "转企" in words
    return sum(said[i : i + 2] in words for i in range(len(said) - 1)) + (5 if turning else 0)


def _meant(material: Material) -> list[Programme]:
    """The programmes of the policies, the subject and the applicant meant, in the order of the book."""
    question = material.question
    policies = {p.policy_id: p for p in material.policies if p.policy_id in material.scope.allowed}
    at_home = question.policies or material.scope.focus or tuple(policies)
    found = [m for m in material.book.programmes if m.pin.policy in at_home and m.pin.policy in policies]
    found = [m for m in found if not (_HAVING.search(question.said) and m.title.startswith("申报"))]
    asking = [kind for kind, words in _ASKING.items() if words.search(question.said)]
    applicant = [m for m in found if not asking or any(_APPLICANTS[k].search(m.who) for k in asking)]
    subject = _subject(material, [policies[p] for p in question.policies if p in policies])
    fitting = [m for m in applicant if _share(subject, m, policies[m.pin.policy]) >= _SHARE]
    home = next((e.policy.policy_id for e in material.evidence[:1]), None)
    if (
        subject
        and not question.policies
        and (not material.scope.focus or any(m.pin.policy == home for m in fitting))
    ):
        fitting = [m for m in fitting if m.pin.policy == home]
    if subject and _HAVING.search(question.said):  # what it brings to the holder himself
        fitting = [m for m in fitting if _share(subject, m, None) >= _SHARE]
    return fitting


def _subject(material: Material, named: Sequence[StoredPolicy]) -> list[str]:
    """The words of the question that say on what: no place, no applicant, no word for support, no policy's name."""
    names = normalise(" ".join(t for p in named for t in (p.title, *(p.entry.nicknames if p.entry else ()))))
    said = material.question.said
    for words in (_SUPPORT, *_ASKING.values()):
        said = words.sub(",", said)
    left_out = talk() | place_names() | material.asked.local
    return [
        w
        for w in content_words(said)
        if w not in left_out and w not in names and not w.isdigit() and len(w) > 1
    ]


def _share(subject: Sequence[str], programme: Programme, policy: StoredPolicy | None) -> float:
    """How much of the subject a programme has, with the names of its policy where one is given."""
    if not subject:
        return 1.0
    names = [policy.title, *(policy.entry.nicknames if policy.entry else ())] if policy else []
    text = normalise(" ".join([programme.title, programme.who, *names])).lower()
    return sum(share_in(w, text) for w in subject) / len(subject)


def _may_hold(material: Material, policy: StoredPolicy) -> bool:
    return in_force(policy, material.question.as_of) in (InForce.IN_FORCE, InForce.UNKNOWN)


def _pinned(programme: Programme, policy: StoredPolicy) -> StoredClause | None:
    return next((c for c in policy.clauses if c.ref.path == programme.pin.path), None)


def _untotalled(material: Material, programme: Programme, policy: StoredPolicy, clause: StoredClause) -> Part:
    """The part of a programme whose text names no sum."""
    cites = Citations(material.question.as_of)
    n = cites.cite(policy, clause, [(0, len(clause.text))])
    return Part(
        title=programme.title,
        status="answered",
        verdict=None,
        amount_cny=None,
        amount_kind=None,
        answer=f"{programme.title}:{programme.who}。见{cite_as(policy, clause.ref.path)}[{n}]。",
        citations=cites.build(),
        checks=[],
    )


def _in_general(decision: Decision) -> str:
    general = decision.rule.say.general
    return f"{decision.rule.title}:{general}" if general else decision.rule.title


def _check(material: Material, decision: Decision, n: int | None) -> Check:
    """The check with what the rule says in general: nobody's case is decided here."""
    return check_of(decision, material.book, n).model_copy(update={"explanation": _in_general(decision)})


def _part(material: Material, decision: Decision) -> Part:
    cites = Citations(material.question.as_of)
    n = cites.cite(decision.policy, decision.clause, [(0, len(decision.clause.text))])
    amount = decision.result.amount
    high = amount.high if amount is not None and decision.result.verdict is not Verdict.FAIL else None
    base = decision.rule.base if isinstance(decision.rule, AmountRule) else None
    if isinstance(base, Tiers) and base.combine == "sum":
        high = None  # all its steps together are nobody's ceiling
    return Part(
        title=decision.rule.title,
        status="answered",
        verdict=None,
        amount_cny=high,
        amount_kind=None if high is None else "at_most",
        answer=f"{_in_general(decision)}。见{cite_as(decision.policy, decision.clause.ref.path)}[{n}]。",
        citations=cites.build(),
        checks=[_check(material, decision, n)],
    )
