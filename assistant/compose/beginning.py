"""From which day a policy holds that writes no such day: that it writes none, and when it was issued."""

from __future__ import annotations

import re

from ceyin.assistant.citing import Citations, desk, short_title
from ceyin.assistant.compose.draft import Draft, Material
from ceyin.assistant.compose.standing import validity_clause
from ceyin.assistant.rules.calendar import chinese
from ceyin.assistant.understanding.naming import names_of
from ceyin.corpus.normalise import normalise

_BEGINS = r"(?:施行|实施|执行|生效|起效|算数|管用|启用)"
_WHEN = r"(?:什么时候|啥时候|哪一?[天日]|几[号月]|何时|何日|哪年)"
_ASKS = re.compile(
    rf"{_WHEN}[^,。?]{{0,4}}{_BEGINS}|{_BEGINS}(?:日期|时间|的日子|日)?(?:是|从|在)?{_WHEN}|{_BEGINS}(?:日期|日)"
)
#: Whatever else is said of the policy asks for something else: 「项目什么时候开始实施」.
_AROUND = re.compile(
    rf"{_WHEN}|{_BEGINS}|[这那该](?:个|份|套)?|办法|措施|意见|方案|通知|文件|政策|规定|计划|印发|发布|(?:省|市|县|区)(?:级|里)?|请问|到底|开始|正式|从|自|打|起|日期|时间|是|在|的|呢|啊|了|算|才|[,。?]"
)
_LEFT = 3


def beginning(material: Material) -> Draft | None:
    """That no day is written from which the policy named holds; None where one is, or something else is asked."""
    question = material.question
    meant = question.policies or material.scope.focus
    if not _ASKS.search(question.said) or len(meant) != 1:
        return None
    policy = material.policy(meant[0])
    if policy.stub or policy.effective_from is not None or validity_clause(policy) is not None:
        return None
    rest = normalise(question.said)
    for name in sorted(names_of(policy), key=len, reverse=True):
        rest = rest.replace(name, "")
    for place in (policy.region, policy.region.rstrip("省市区县")):
        rest = rest.replace(place, "")
    if len(_AROUND.sub("", rest)) > _LEFT:
        return None
    heads = [c for c in policy.clauses if c.ref.path[0] in ("落款", "题头")]
    if not heads or policy.issued is None:
        return None
    draft = Draft(Citations(question.as_of))
    marks = "".join(f"[{draft.cites.cite(policy, c, [(0, len(c.text))])}]" for c in heads)
    draft.say(
        "conclusion",
        f"《{short_title(policy)}》没有写从哪天起施行,只有印发日期{chinese(policy.issued)}{marks}。",
    )
    draft.say("next", f"从哪天起执行,请向{desk(policy)}核实。")
    if policy.damages:
        draft.warnings.append(f"《{short_title(policy)}》收录的文本有残缺,施行日期也可能写在缺失处。")
    return draft
