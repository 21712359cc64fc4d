"""Clauses of 示例市 to hold sentences against, and the shortest way to do so."""

from __future__ import annotations

from datetime import date

from ceyin.assistant.compose.draft import block, text_of
from ceyin.assistant.contract import Answer, AskRequest, BlockKind, Check, Citation
from ceyin.assistant.rules.book import RuleBook
from ceyin.assistant.verifying import Finding, Grounds, Known, grounds, review

AS_OF = date(2026, 11, 25)

AWARDS = (
    "第三条 被认定为示例市工坊的,示范工坊一次性给予3万元奖励,优势工坊一次性给予2万元奖励。"
    "被认定为示例省工坊的,示范工坊一次性给予8万元奖励,优势工坊一次性给予6万元奖励。"
)
LEASE = (
    "第四条 租用闲置厂房的企业,按实际租金的60%给予补贴,每家每年最高不超过5万元。"
    "企业应有3件以上有效发明专利、1件以上注册商标,职工不少于20人。补贴期限为三年。"
)
DEADLINE = (
    "第五条 申请材料应于2026年8月10日前报市科技局,市科技局在20个工作日内审核完毕,公示7天。"
    "未通过审核的,不得重复申报;对结果有异议的,可以在公示期内书面提出。"
)
AIMS = (
    "第六条 到2028年,全市工坊总数翻一番,六成工坊接入平台,半数以上工坊设立服务窗口,培训2500人次左右,"
    "三分之一的工坊建立台账,第一批选定12家,依据示政办发〔2025〕31号第八条第(二)项执行。"
)
CLAUSES = {1: ("第三条", AWARDS), 2: ("第四条", LEASE), 3: ("第五条", DEADLINE), 4: ("第六条", AIMS)}


def citation(n: int) -> Citation:
    address, text = CLAUSES[n]
    return Citation(
        n=n, policy_id="shili", title="示例市工坊扶持办法", doc_number="示政办发〔2026〕7号", issuer="示例市人民政府",
        region="示例市", path=[address], cite_as=f"示政办发〔2026〕7号 {address}", heading="", text=text,
        text_kind="official", span=(0, len(text)), source=None, sha256=None, in_force="in_force",
    )  # fmt: skip


def answer(text: str, *, kind: BlockKind = "conclusion", checks: tuple[Check, ...] = ()) -> Answer:
    """An answer of one paragraph that may cite all the clauses."""
    blocks = [block(kind, text)]
    return Answer(
        question="能拿多少?", as_of=AS_OF.isoformat(), status="answered", answer=text_of(blocks),
        citations=[citation(n) for n in CLAUSES], checks=list(checks), blocks=blocks,
    )  # fmt: skip


def known() -> Known:
    """A library without policies: only the clauses here bear anything."""
    return Known((), RuleBook(rules=(), facts={}))


def ground(given: Answer, said: str = "能拿多少?", facts: dict[str, object] | None = None) -> Grounds:
    request = AskRequest(turns=[said], facts=facts)
    return grounds(given, request, AS_OF, [said], known())


def findings(
    text: str, *, kind: BlockKind = "conclusion", checks: tuple[Check, ...] = (), said: str = "能拿多少?"
) -> tuple[Finding, ...]:
    """What is wrong with one paragraph."""
    given = answer(text, kind=kind, checks=checks)
    return review(given, ground(given, said))
