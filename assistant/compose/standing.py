"""Whether the policy an answer rests on holds on the day asked about."""

from __future__ import annotations

import re

from ceyin.assistant.citing import short_title
from ceyin.assistant.compose.draft import Draft, Material
from ceyin.assistant.compose.quoting import add_spans
from ceyin.assistant.compose.ruling import validity_clause
from ceyin.assistant.understanding.intents import Intent
from ceyin.corpus.library import StoredPolicy
from ceyin.corpus.model import InForce
from ceyin.corpus.validity import in_force

#: Asked for a yes or a no.
_WHETHER = re.compile(r"(?:吗|不|没有?|么|吧)[?]?$|能不能|可不可以|是不是|要不要|行不行|还(?:能|可以|要|该)")


def tell_validity(draft: Draft, material: Material, policy: StoredPolicy) -> None:
    """Say that a policy is expired, repealed or not yet in force, with the clause; nothing where it holds."""
    state = in_force(policy, material.question.as_of)
    if state in (InForce.EXPIRED, InForce.REPEALED, InForce.NOT_YET):
        clause = validity_clause(policy)
        words = {"expired": "这份文件已过期", "repealed": "这份文件已废止", "not_yet": "这份文件尚未施行"}[
            state.value
        ]
        if clause is not None:
            add_spans(draft, policy, clause, [(0, len(clause.text))], lead=f"{words}:")
        question = material.question
        asks = question.wants(Intent.ELIGIBLE, Intent.IN_FORCE) or (
            question.personal and (question.wants(Intent.AMOUNT) or bool(_WHETHER.search(question.said)))
        )
        if asks:
            draft.verdict = "fail"
            n = draft.cites.number_of((clause or draft.cites.items[0][1]).ref)
            draft.say("conclusion", f"{words}[{n}]。" if n else f"{words}。", first=True)
        draft.warnings.append(f"《{short_title(policy)}》{words[4:]}。")
