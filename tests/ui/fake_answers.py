"""Answers about the policies of 示例市, one for every status and kind of paragraph."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, get_args

from ceyin.assistant.compose.draft import block, row
from ceyin.assistant.contract import (
    AskRequest,
    BlockKind,
    Check,
    Explanation,
    FoundClause,
    MissingFact,
    Part,
    PolicyView,
    Removed,
    Table,
    Understood,
    UnderstoodFact,
    UnderstoodPolicy,
)
from ceyin.assistant.rules.files import FactSpec
from tests.ui.fake_policies import NASTY, cite

KINDS: tuple[BlockKind, ...] = get_args(BlockKind)
#: One fact of each type of field.
FACTS = {
    spec.key: spec
    for spec in (
        FactSpec(key="rent", type="money", unit="元", question="每年的实际租金是多少元?"),
        FactSpec(key="wages", type="bool", question="上一年度有拖欠工资记录吗?"),
        FactSpec(key="staff", type="count", unit="人", question="从业人员几人?"),
        FactSpec(key="share", type="rate", unit="%", question="手工占几成?"),
        FactSpec(key="since", type="date", question="哪天登记的?"),
        FactSpec(key="kind", type="choice", question="是什么单位?", values={"企业": (), "个体户": ()}),
        FactSpec(key="papers", type="choices", question="备齐了哪些?", values={"申请表": (), "执照": ()}),
        FactSpec(key="site", type="text", question="在哪条街?"),
    )
}


def explanation(view: PolicyView) -> Explanation:
    """How an answer came about, every part of it filled."""
    trace = {
        "what": "租金补贴",
        "parts": [
            {
                "what": "同时具备",
                "given": "已具备1项",
                "required": "同时具备",
                "verdict": "unknown",
                "parts": [
                    {"what": "在示例市登记", "given": "是", "required": "是", "verdict": "pass"},
                    {"what": "拖欠工资", "given": "未说明", "required": "没有", "verdict": "unknown"},
                ],
            }
        ],
    }
    return Explanation(
        searched="厂房 租金",
        clauses=[
            FoundClause(
                policy_id=view.policy_id, path=["第四条"], cite_as="示政办发〔2026〕7号 第四条",
                score=0.8123, coverage=0.5, cited=True,
            )
        ],
        rules=[Check(rule_id="a", kind="amount", verdict="unknown", explanation="按租金补贴", trace=trace)],
        removed=[Removed(text="每年补8万元。", reason="“8万元”不在引用的条文里")],
        confidence=0.9,
        threshold=0.37,
        fallback="quoted",
    )  # fmt: skip


def answer_parts(stored: list[PolicyView], question: str, request: AskRequest) -> dict[str, Any]:
    """What makes an answer to a question, by a word in it; every status and kind of paragraph has one."""
    whole, old, stub, nasty = stored
    if "对比" in question:
        columns = ["各方", "文件", "怎么写", "有效期", "出处"]
        rows = [
            [
                "示例市",
                "河湾工坊扶持办法",
                "按实际租金的40%补贴,每年最高不超过6万元[1]",
                "至2028年12月31日",
                "第四条",
            ],
            ["个体户", "升级为企业的若干措施", "没有写到租金[2]", "已过期", "二"],
        ]
        blocks = [
            block("conclusion", "只有示例市的办法补租金[1]。"),
            block(
                "table",
                "\n".join(row(r) for r in (columns, *rows)),
                table=Table(columns=columns, rows=rows),
            ),
            block("next", "申请表交到服务站[1]。"),
            block("unsaid", "文件没有写明什么时候发放。"),
        ]
        part = {"status": "answered", "answer": "按实际租金的40%补贴[1]。"}
        return {
            "status": "answered",
            "answer": "只有示例市的办法补租金[1]。\n| 各方 | … |",
            "citations": [cite(whole, 1, ["第四条"], "40%"), cite(old, 2, ["一"])],
            "blocks": blocks,
            "parts": [Part(title="示例市", **part, citations=[cite(whole, 1, ["第四条"], "40%")])],
        }
    if "有哪些" in question:
        return {
            "status": "answered",
            "answer": "有下面这些:\n· 认证补贴:一次性1.5万元[1]\n· 租金补贴:每年不超过6万元[2]",
            "citations": [cite(whole, 1, ["第三条"]), cite(whole, 2, ["第四条"])],
            "blocks": [
                block("conclusion", "有下面这些:"),
                block("item", "· 认证补贴:一次性1.5万元[1]"),
                block("item", "· 租金补贴:每年不超过6万元[2]"),
            ],
            "parts": [
                Part(
                    title=title,
                    status="answered",
                    amount_cny=Decimal(amount),
                    amount_kind="at_most",
                    answer=f"{title}:看条款[1]。",
                    citations=[cite(whole, 1, [path])],
                )
                for title, amount, path in (("认证补贴", 15000, "第三条"), ("租金补贴", 60000, "第四条"))
            ],
        }
    if "五年" in question:
        return {
            "status": "answered",
            "verdict": "fail",
            "worded_by": "model",
            "answer": "不是五年,是三年[1]。",
            "citations": [cite(whole, 1, ["第七条"], "三年")],
            "blocks": [
                block("conclusion", "称号能用三年[1]。"),
                block("premise", "不是五年,是三年[1]。"),
                block("basis", "依据:称号有效期三年[1]。"),
                block("note", "期满可以复评。"),
            ],
        }
    if "market" in question:
        return {
            "status": "needs_facts",
            "verdict": "unknown",
            "answer": "It depends[1].",
            "citations": [cite(whole, 1, ["第四条"], "40%")],
            "blocks": [
                block("conclusion", "It depends on what is not known yet[1]."),
                block("condition", "? no unpaid wages: not told[1]", verdict="unknown"),
                block("quote", f"{whole.document[4].cite_as}:按实际租金的40%补贴[1]。"),
                block("need", "Please tell: Did you pay all wages?"),
            ],
            "missing_facts": [MissingFact(key="wages", question="上一年度有拖欠工资记录吗?")],
        }
    if "坏话" in question:
        return {
            "status": "answered",
            "answer": f"{NASTY} [1] [9]\n- {NASTY}",
            "citations": [cite(nasty, 1, ["一"], "正文")],
            "checks": [Check(rule_id="x", kind="x", verdict="fail", explanation=NASTY, citation=1)],
            "missing_facts": [MissingFact(key="x", question=NASTY)],
            "warnings": [NASTY],
            "suggestions": [NASTY],
            "blocks": [block(kind, f"{NASTY}[1]") for kind in KINDS]
            + [block("table", "t", table=Table(columns=[NASTY], rows=[[NASTY]]))],
            "understood": Understood(
                policies=[UnderstoodPolicy(policy_id=NASTY, title=NASTY)],
                region=NASTY,
                facts=[UnderstoodFact(key=NASTY, value=NASTY, source="said")],
                as_of=NASTY,
            ),
            "explanation": Explanation(
                searched=NASTY,
                removed=[Removed(text=NASTY, reason=NASTY)],
                rules=[
                    Check(
                        rule_id=NASTY,
                        kind="x",
                        verdict="fail",
                        explanation=NASTY,
                        trace={"parts": [{"what": NASTY, "given": NASTY, "verdict": NASTY}]},
                    )
                ],
                confidence=0.5,
                threshold=0.4,
                wording_note=NASTY,
            ),
        }
    if "有效" in question:
        return {
            "status": "answered",
            "verdict": "fail",
            "answer": "已过期:这份措施2025年12月31日到期 [1]。\n"
            "到期后没有新的文件接续,库里也没有收录延期的通知。",
            "citations": [cite(old, 1, ["二"], "2025年12月31日")],
            "checks": [
                Check(
                    rule_id="v",
                    kind="validity",
                    verdict="fail",
                    reason="not_in_force",
                    value="2025-12-31",
                    unit="date",
                    explanation="有效期到2025年12月31日,判断日期在它之后。",
                    citation=1,
                )
            ],
            "suggestions": ["还有哪些支持个体户的政策?"],
        }
    if "厂房" in question and (request.facts or {}).get("rent"):
        return {
            "status": "answered",
            "verdict": "pass",
            "amount_cny": Decimal("40000.00"),
            "amount_kind": "exact",
            "answer": "可以申请,每年补4万元[1]。",
            "citations": [cite(whole, 1, ["第四条"], "40%")],
            "blocks": [
                block("conclusion", "可以申请,每年补4万元[1]。"),
                block("calculation", "计算:100000元的40%是40000元[1]。"),
            ],
        }
    if "厂房" in question:
        return {
            "status": "needs_facts",
            "verdict": "unknown",
            "amount_cny": Decimal("60000.00"),
            "amount_kind": "at_most",
            "answer": "还差一项信息:每年的实际租金是多少?按实际租金的40%补贴,每年最高不超过6万元 [1]。\n"
            "租金达到15万元时拿到上限;上一年度有拖欠工资记录的不予补贴 [2]。",
            "citations": [
                cite(whole, 1, ["第四条"], "40%"),
                cite(whole, 2, ["第五条", "(一)"], "拖欠工资"),
            ],
            "checks": [
                Check(
                    rule_id="a",
                    kind="eligibility",
                    verdict="pass",
                    explanation="在示例市登记的手工企业。",
                    citation=1,
                ),
                Check(
                    rule_id="b",
                    kind="eligibility",
                    verdict="unknown",
                    explanation="上一年度有没有拖欠工资记录,还不知道。",
                    citation=2,
                ),
            ],
            "blocks": [
                block("conclusion", "还差几项信息,能补多少看实际租金[1]。"),
                block("calculation", "计算:按实际租金的40%[1]。"),
                block("condition", "\u2714 在示例市登记[1]", verdict="pass"),
                block("condition", "? 有没有拖欠工资:还没有说明[2]", verdict="unknown"),
                block("quote", f"{whole.document[4].cite_as}:按实际租金的40%补贴,每年最高不超过6万元[1]。"),
                block("item", "· 租金合同[1]"),
                block("next", "8月15日前交到服务站[1]。"),
                block("next", "等7天公示[1]。"),
                block("unsaid", "文件没有写明发放时间。"),
                block("need", "还差:" + "".join(spec.question for spec in FACTS.values())),
            ],
            "missing_facts": [MissingFact(key=s.key, question=s.question) for s in FACTS.values()],
            "warnings": ["问题没有写地区,按示例市的文件回答。"],
        }
    if "财政" in question:
        return {
            "status": "source_incomplete",
            "answer": "原文此处缺字,各级承担的比例看不到,建议查看原件 [1]。",
            "citations": [cite(whole, 1, ["第八条"], "各承担")],
        }
    if "灯会" in question:
        return {
            "status": "source_incomplete",
            "answer": "库里只有这份登记通知的印发页,没有办法正文 [1]。",
            "citations": [cite(stub, 1, ["一"])],
        }
    if "月球" in question:
        return {
            "status": "refused",
            "refusal_reason": "not_in_corpus",
            "answer": "未收录月球基地的政策。库里现有示例市的3份文件。",
            "suggestions": ["库里有哪些城市的政策?"],
        }
    if "两个" in question:
        first: dict[str, Any] = {
            "status": "answered",
            "verdict": "pass",
            "answer": "首次认证补1.5万元 [1]。",
            "amount_cny": Decimal("15000.00"),
            "amount_kind": "exact",
            "citations": [cite(whole, 1, ["第三条"], "1.5万元")],
        }
        second: dict[str, Any] = {
            "status": "answered",
            "answer": "称号有效期三年 [1]。",
            "citations": [cite(whole, 1, ["第七条"], "三年")],
        }
        return {
            "status": "answered",
            "answer": "首次认证补1.5万元 [1]。称号有效期三年 [2]。",
            "citations": [cite(whole, 1, ["第三条"], "1.5万元"), cite(whole, 2, ["第七条"], "三年")],
            "parts": [Part(title="首次认证补多少", **first), Part(title="称号能用几年", **second)],
        }
    if "你好" in question:
        return {
            "status": "answered",
            "kind": "help",
            "answer": "可以问补贴金额、申报时间、条件和有效期。",
        }
    if "截止" in question:
        return {
            "status": "answered",
            "verdict": "fail",
            "answer": "来不及了:初审8月15日前完成,材料要在这之前交齐 [1]。",
            "citations": [cite(whole, 1, ["第六条", "二", "(一)"], "8月15日前")],
            "checks": [
                Check(
                    rule_id="d",
                    kind="deadline",
                    verdict="fail",
                    explanation="8月15日早于判断日期。",
                    citation=1,
                )
            ],
        }
    if "几年" in question:
        return {
            "status": "answered",
            "answer": "称号有效期三年 [1]。\n期满前三个月可以申请复评 [1]。",
            "citations": [cite(whole, 1, ["第七条"], "称号有效期三年")],
        }
    return {
        "status": "answered",
        "verdict": "pass",
        "amount_cny": Decimal("15000.00"),
        "amount_kind": "exact",
        "answer": "第一次拿到河湾手艺认证的,一次性补贴1.5万元 [1]。\n"
        "之后每通过一次复核,再补3000元 [1]。申报要交:\n"
        "- 申请表一式两份 [2]\n- 营业执照复印件 [3]",
        "citations": [
            cite(whole, 1, ["第三条"], "一次性补贴1.5万元"),
            cite(whole, 2, ["第六条", "一", "(一)", "1"]),
            cite(whole, 3, ["第六条", "一", "(一)", "2"]),
        ],
        "checks": [
            Check(
                rule_id="c",
                kind="amount",
                verdict="pass",
                value="15000.00",
                unit="CNY",
                explanation="首次认证,一次性1.5万元。",
                citation=1,
            )
        ],
        "suggestions": ["申报要交哪些材料?", "示范区称号能用几年?"],
    }
