"""What a text leaves to a notice of the office: when to apply, with which papers, when money is paid."""

from __future__ import annotations

import re

from ceyin.assistant.citing import Citations, cite_as, desk
from ceyin.assistant.compose.draft import Draft, Material
from ceyin.assistant.compose.quoting import add_spans
from ceyin.assistant.compose.refusing import refuse
from ceyin.assistant.understand import Question
from ceyin.assistant.understanding.intents import Intent
from ceyin.corpus.library import StoredClause, StoredPolicy

#: What is asked for, what a clause that leaves it to a notice speaks of, and what it is called in the answer.
_ASKED = (
    (
        re.compile(
            r"(?:什么时候|几月|几号|哪天|何时|哪个月|时间|窗口期|截止).{0,12}(?:申报|申请|报名|受理|开始)"
            r"|(?:申报|申请|报名|受理).{0,10}(?:什么时候|几月|几号|哪天|何时|哪个月|时间|窗口期|截止)"
        ),
        re.compile(r"申报|申请|报名"),
        "申报时间",
    ),
    (
        re.compile(
            r"(?:拨付|到账|打款|发钱).{0,8}(?:什么时候|几月|哪天|多久|何时)|(?:什么时候|几月|哪天|多久|何时).{0,8}(?:拨付|到账|打款|发钱)"
        ),
        re.compile(r"拨付|兑现|发放"),
        "拨付时间",
    ),
    (re.compile(r"材料|表格|要交(?:什么|哪些)"), re.compile(r"材料|申报"), "材料清单"),
)
#: Asked for the days of applying: a text that leaves them to a notice says so in no rule.
_WHEN = r"(?:什么时候|啥时候|几月|几号|哪天|何时|截止)"
_APPLYING = r"(?:申报|申请|报名|受理)"
_ASKS_WHEN = re.compile(rf"{_APPLYING}.{{0,10}}{_WHEN}|{_WHEN}.{{0,10}}{_APPLYING}")
#: A sentence that tells when to apply, or from when on time runs for whoever applies.
_TELLS_WHEN = re.compile(
    r"(?=.*(?:申报|申请|报名|受理|报送|提交|推荐|递交|备案|办理))"
    r".*(?:\d月|\d日|季度|[月年]底|之日|每年|常年|随时|全年|\d+(?:个?月|个工作日|天)|年内|[前后]\d)"
)
NO_DAYS = "未收录:文件没有写具体的申报时间。"
#: A clause that leaves something to a notice still to come.
_LEAVES = re.compile(
    r"(?:按年度|每年度?|当年|适时).{0,20}?(?:发布|印发|下发|公布|发一份).{0,60}?(?:通知|公告|指南)"
    r"|另行(?:通知|公布|发布|制定|规定)"
    r"|以.{0,24}(?:申报)?(?:通知|公告|指南).{0,6}为准"
)
#: So many times the threshold is enough: a clause of this policy says that the answer stands elsewhere.
_HELD = 0.5
_LOOKED_AT = 2
#: So many clauses are searched for a day of applying.
_SEARCHED = 5


def left_to_notice(material: Material) -> Draft | None:
    """The clause that leaves what is asked to a notice; None where the policies asked about have none."""
    if not material.held(_HELD):
        return None
    for asked, spoken, name in _ASKED:
        if not asked.search(material.question.said):
            continue
        for policy in _meant(material):
            for clause in policy.clauses:
                if not clause.damaged and _LEAVES.search(clause.text) and spoken.search(clause.text):
                    return _leaves(material, policy, clause, name)
    return None


def asks_when(question: Question) -> bool:
    """Whether it is asked when one may apply."""
    return bool(_ASKS_WHEN.search(question.said))


def no_days(material: Material) -> Draft | None:
    """That no day is written, where nothing else is asked and none of the clauses found tells when to apply."""
    question = material.question
    if len(question.parts) > 1 or question.wants(Intent.AMOUNT, Intent.ELIGIBLE, Intent.COMPARE):
        return None
    sentences = (s.cut(e.clause.text) for e in material.evidence[:_SEARCHED] for s in e.sentences)
    if any(_TELLS_WHEN.search(sentence) for sentence in sentences):
        return None
    return refuse(material, "not_in_corpus", NO_DAYS)


def _meant(material: Material) -> list[StoredPolicy]:
    """The policies of the best clauses, of those named or meant by place where there are any."""
    found = {e.policy.policy_id: e.policy for e in material.evidence[:_LOOKED_AT]}
    return [p for k, p in found.items() if not material.scope.focus or k in material.scope.focus]


def _leaves(material: Material, policy: StoredPolicy, clause: StoredClause, asked: str) -> Draft:
    draft = Draft(Citations(material.question.as_of), status="refused", refusal="not_in_corpus")
    n = draft.cites.cite(policy, clause)
    draft.say("conclusion", f"未收录:文件没有写具体的{asked},以{desk(policy)}发布的通知为准[{n}]。")
    spans = [m.span() for m in re.finditer(r"[^。;]+[。;]?", clause.text) if _LEAVES.search(m.group())]
    add_spans(
        draft, policy, clause, spans or [(0, len(clause.text))], lead=f"{cite_as(policy, clause.ref.path)}:"
    )
    draft.say("next", f"请留意{desk(policy)}当年的通知,或直接向其咨询。")
    return draft
