"""The amount rules of one sentence: fixed sums, so much for each, shares of a cost, with the caps that follow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ceyin.assistant.drafting.applicants import APPLICANT_FACT, kinds_named
from ceyin.assistant.drafting.finding import Found
from ceyin.assistant.drafting.proposing import Proposals
from ceyin.assistant.drafting.subjects import noun_of
from ceyin.assistant.rules.money import plain

#: Money somebody has to pay is no benefit: it informs, and no amount rule is drafted.
_PAID_BY_APPLICANT = re.compile(
    r"罚款|处以|缴纳|缴费|收取|收费|保证金|滞纳金|违约金|定金|扣除|税率|首付"
    r"|房价|价格|最低工资"
)
_PENALTY = re.compile(r"罚款|处以|滞纳金|违约金|骗取金额")
_GIVEN = re.compile(r"给予|奖励|奖补|补助|补贴|资助|补偿|救助|贴息|报销|返还|核拨|支持|发放|津贴")
_EACH = re.compile(
    r"每(?:[^,。;0-9]{0,6}?[1一])?(件|项|套|辆|平方米|亩|吨|台|例|次"
    r"|个(?!月))[^,]{0,16}$"
)
_YEARLY = re.compile(r"每年|年度|全年")
_LOAN = re.compile(r"贷款|可贷")
_TAX = re.compile(r"个人所得税|增值税|税收优惠|减征|免征")


@dataclass(frozen=True, slots=True)
class DraftedSum:
    """An amount rule to be: its own fields, and the figures it carries in order."""

    carried: tuple[Found, ...]
    fields: dict[str, Any]


def sums_of(text: str, group: Sequence[Found], facts: Proposals) -> list[DraftedSum]:
    """The amount rules of a sentence; a share takes the caps behind it, up to the next share or sum."""
    out: list[DraftedSum] = []
    sentence = text[slice(*group[0].sentence)]
    if _PAID_BY_APPLICANT.search(sentence) and not _GIVEN.search(sentence):
        return out
    moneys = [
        f
        for f in group
        if f.kind in ("amount", "cap", "rate")
        and f.figure.kind in ("money", "rate")
        and not _PENALTY.search(text[slice(*f.words)])
    ]
    nature = _nature(sentence)
    at = 0
    while at < len(moneys):
        found = moneys[at]
        at += 1
        if found.figure.kind == "rate":
            if not _GIVEN.search(sentence) or found.kind != "rate":
                continue
            caps = []
            while at < len(moneys) and moneys[at].kind == "cap" and moneys[at].figure.kind == "money":
                caps.append(moneys[at])
                at += 1
            out.append(DraftedSum((found, *caps), _share(text, found, caps, facts) | {"nature": nature}))
        else:
            out.append(DraftedSum((found,), _sum(text, found, facts) | {"nature": nature}))
    return out


def _share(text: str, found: Found, caps: Sequence[Found], facts: Proposals) -> dict[str, Any]:
    assert isinstance(found.figure.value, Decimal)
    named = re.split(r"按照?", noun_of(text, found))[-1]  # 小店按实际租金: the cost is what stands behind 按
    cost = facts.key_for(named or "所涉费用", "money", "元")
    base = {"kind": "ratio", "rate": plain(found.figure.value / 100), "of": cost, "at_most": found.op == "le"}
    return {"base": base, "caps": [_cap(text, c, facts, alone=len(caps) == 1) for c in caps]}


def _cap(text: str, cap: Found, facts: Proposals, *, alone: bool) -> dict[str, Any]:
    """A cap; of several, each for the applicants its words name (对自然人…, 对法人…)."""
    per = "applicant_year" if _YEARLY.search(text[slice(*cap.words)]) else "applicant"
    out: dict[str, Any] = {"amount": _yuan(cap), "per": per}
    spec = facts.known.get(APPLICANT_FACT)
    kinds = kinds_named(text[slice(*cap.words)], spec) if spec and not alone else ()
    return out | ({"when": {"kind": "member", "fact": APPLICANT_FACT, "any_of": kinds}} if kinds else {})


def _sum(text: str, found: Found, facts: Proposals) -> dict[str, Any]:
    most = found.kind == "cap" or found.op in ("le", "lt")
    each = _EACH.search(text[found.sentence[0] : found.start].replace(",", " ")[-24:])
    if each:
        unit = each.group(1)
        name = noun_of(text, found)
        counted = facts.key_for(f"{name}{unit}数" if name else f"{unit}数", "count", unit)
        return {"base": {"kind": "per_unit", "amount": _yuan(found), "of": counted, "at_most": most}}
    return {"base": {"kind": "fixed", "amount": _yuan(found), "at_most": most}}


def _nature(sentence: str) -> str:
    if _LOAN.search(sentence) and not re.search(r"贴息|奖励|补助|资助", sentence):
        return "loan"
    if "贴息" in sentence:
        return "interest"
    return "tax" if _TAX.search(sentence) and not re.search(r"奖励|补助|补贴", sentence) else "grant"


def _yuan(found: Found) -> str:
    assert isinstance(found.figure.value, Decimal)
    return plain(found.figure.value)
