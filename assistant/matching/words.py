"""Sums of a match in words, the same in the terminal and in the report."""

from __future__ import annotations

from decimal import Decimal

from ceyin.assistant.matching.wire import MatchedProgramme, MatchTotals, ProgrammeSum
from ceyin.assistant.rules.money import yuan

_NATURES = {
    "grant": "",
    "loan": "可贷款",
    "interest": "贴息",
    "tax": "减税",
    "fee": "减免费用",
    "fund": "资金规模",
}


def sum_words(programme: MatchedProgramme) -> str:
    """2万元; 最高2万元; 可能有,最高2万元; 可贷款最高30万元."""
    return ";".join(_one(s) for s in programme.sums)


def _one(part: ProgrammeSum) -> str:
    name = _NATURES[part.nature]
    if part.high_cny is None:
        return f"{name}金额未定" if part.low_cny == 0 else f"{name}至少{yuan(part.low_cny)}"
    if part.certain and part.low_cny == part.high_cny:
        return f"{name}{yuan(part.high_cny)}"
    words = f"{name}最高{yuan(part.high_cny)}"
    if part.low_cny and part.certain:
        words = f"{name}{yuan(part.low_cny)}至{yuan(part.high_cny)}"
    return words if part.certain else f"可能有,{words}"


def totals_words(totals: MatchTotals) -> str:
    """「合计:确定3万元,最高5万元;连同还不能确定的,最高12万元。」 Loans, taxes and fees are not counted."""
    words = [f"确定{yuan(totals.certain_cny)}"]
    if totals.at_most_cny is None:
        words.append("上限未定")
    elif totals.at_most_cny != totals.certain_cny:
        words.append(f"最高{yuan(totals.at_most_cny)}")
    whole = "、".join(words)
    if totals.possible_cny is None:
        return f"奖补合计:{whole};连同还不能确定的,上限未定。贷款、税费不计入。"
    if totals.possible_cny > (totals.at_most_cny or Decimal(0)):
        whole += f";连同还不能确定的,最高{yuan(totals.possible_cny)}"
    return f"奖补合计:{whole}。贷款、税费不计入。"
