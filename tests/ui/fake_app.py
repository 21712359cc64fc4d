"""An app made of nothing but contract objects about 示例市, for the tests of page and HTTP.

``python tests/ui/fake_app.py PORT`` serves it, to look at the page without an index.
"""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal
from typing import Any, get_args

from ceyin.assistant.compose.draft import block, row
from ceyin.assistant.contract import (
    Answer,
    AskRequest,
    BlockKind,
    Check,
    CheckReport,
    CheckRequest,
    Citation,
    ClauseView,
    Explanation,
    FoundClause,
    MissingFact,
    Part,
    PolicyList,
    PolicySummary,
    PolicyView,
    Removed,
    SearchHit,
    SearchResult,
    Table,
    Timings,
    Understood,
    UnderstoodFact,
    UnderstoodPolicy,
)
from ceyin.assistant.matching.match import applicant, match
from ceyin.assistant.matching.wire import MatchReport, MatchRequest
from ceyin.assistant.rules.book import RuleBook
from ceyin.assistant.rules.files import FactSpec
from ceyin.assistant.rules.values import Facts
from ceyin.corpus.errors import IndexStateError, RuleError
from ceyin.indexes.filters import Filter

TODAY = date(2026, 11, 23)
NASTY = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>{{value}}${window.hacked=1}'

_LINES: tuple[tuple[tuple[str, ...], str, tuple[str, ...], str], ...] = (
    (("题头",), "", (), "示例市河湾工坊扶持办法"),
    (
        ("第一条",),
        "",
        ("第一章 总则",),
        "第一条 为了让河湾一带的小工坊开得起、留得住,结合本市情况,制定本办法。",
    ),
    (
        ("第二条",),
        "",
        ("第一章 总则",),
        "第二条 本办法所说的河湾工坊,是指在示例市登记、从业人员不超过30人、以手工制作为主业的企业和个体户。",
    ),
    (
        ("第三条",),
        "",
        ("第二章 补贴标准",),
        "第三条 工坊第一次拿到河湾手艺认证的,一次性补贴1.5万元;之后每通过一次复核,补贴3000元。",
    ),
    (
        ("第四条",),
        "",
        ("第二章 补贴标准",),
        "第四条 工坊租用闲置厂房的,按实际租金的40%补贴,每年最高不超过6万元,最长补贴三年。",
    ),
    (("第五条",), "", ("第二章 补贴标准",), "第五条 有下列情形之一的,不予补贴:"),
    (("第五条", "(一)"), "", ("第二章 补贴标准",), "(一)上一年度有拖欠工资记录的;"),
    (("第五条", "(二)"), "", ("第二章 补贴标准",), "(二)申报材料不真实的;"),
    (("第五条", "(三)"), "", ("第二章 补贴标准",), "(三)已经享受同类市级补贴的。"),
    (("第六条", "一", "(一)", "1"), "", ("第三章 申报和评定", "一、准备材料"), "1.申请表一式两份;"),
    (("第六条", "一", "(一)", "2"), "", ("第三章 申报和评定", "一、准备材料"), "2.营业执照复印件;"),
    (
        ("第六条", "一", "(二)"),
        "",
        ("第三章 申报和评定", "一、准备材料"),
        "(二)材料不齐的,服务站应在5个工作日内一次告知。",
    ),
    (("第六条", "二", "(一)"), "", ("第三章 申报和评定", "二、评定公示"), "(一)服务站在8月15日前完成初审。"),
    (
        ("第六条", "二", "(二)"),
        "",
        ("第三章 申报和评定", "二、评定公示"),
        "(二)市工坊服务中心组织评定,结果公示7天。",
    ),
    (
        ("第七条",),
        "",
        ("第三章 申报和评定",),
        "第七条 获评“河湾示范工坊”的,称号有效期三年,期满前三个月可以申请复评。",
    ),
    (("第八条",), "", ("第四章 附则",), "第八条 补贴资金由市、县两级财政各承担"),
    (("第九条",), "", ("第四章 附则",), "第九条 本办法自2026年4月1日起施行,有效期至2028年12月31日。"),
    (("落款",), "", (), "示例市人民政府办公室\n2026年3月2日"),
)


def _clauses(
    number: str, lines: tuple[tuple[tuple[str, ...], str, tuple[str, ...], str], ...]
) -> list[ClauseView]:
    out: list[ClauseView] = []
    at = 0
    for path, heading, trail, words in lines:
        lost = path == ("第八条",)
        out.append(
            ClauseView(
                path=list(path),
                cite_as=f"{number} {''.join(path)}",
                heading=heading,
                heading_trail=list(trail),
                text=words,
                text_kind="official",
                span=(at, at + len(words)),
                damaged=lost,
                damage="这一条在“承担”之后中断。" if lost else None,
                card="首次认证 1.5 万元,每次复核 3000 元。" if path == ("第三条",) else None,
            )
        )
        at += len(words)
    return out


def _policy(policy_id: str, title: str, number: str, document: list[ClauseView], **facts: Any) -> PolicyView:
    base: dict[str, Any] = {
        "issuers": ["示例市人民政府办公室"],
        "region": "示例市",
        "issued": "2026-03-02",
        "effective_from": "2026-04-01",
        "expires": "2028-12-31",
        "in_force": "in_force",
        "text_kind": "official",
        "stub": False,
        "source": "https://example.invalid/shili/7",
    }
    base.update(facts)
    return PolicyView(
        policy_id=policy_id,
        title=title,
        doc_number=number,
        clauses=len(document),
        damaged_clauses=sum(c.damaged for c in document),
        document=document,
        **base,
    )


def policies() -> list[PolicyView]:
    """A whole policy, one out of force, one with only its cover note, one that is hostile."""
    notice = [
        (("一",), "名称", (), "一、本措施支持个体户升级为企业。"),
        (("二",), "期限", (), "二、本措施执行到2025年12月31日。"),
    ]
    return [
        _policy(
            "shili-2026-7",
            "示例市河湾工坊扶持办法",
            "示政办发〔2026〕7号",
            _clauses("示政办发〔2026〕7号", _LINES),
        ),
        _policy(
            "shili-2023-3",
            "示例市个体户升级为企业的若干措施",
            "示市监〔2023〕3号",
            _clauses("示市监〔2023〕3号", tuple(notice)),
            issued="2023-05-06",
            effective_from="2023-05-06",
            expires="2025-12-31",
            in_force="expired",
        ),
        _policy(
            "shili-2026-11",
            "关于开展2026年示例市灯会摊位登记的通知",
            "示商〔2026〕11号",
            _clauses("示商〔2026〕11号", ((("一",), "", (), "一、摊位登记办法见附件。"),)),
            issued="2026-09-18",
            effective_from=None,
            expires="2027-02-28",
            stub=True,
        ),
        _policy(
            "shili-nasty",
            f"坏标题{NASTY}",
            "示测〔2026〕1号",
            [
                ClauseView(
                    path=["一"],
                    cite_as=f'示测〔2026〕1号 一、"{NASTY}',
                    heading=NASTY,
                    heading_trail=[NASTY],
                    text=f"一、正文{NASTY}结束。",
                    text_kind="official",
                    span=None,
                    damaged=True,
                    damage=NASTY,
                    card=NASTY,
                )
            ],
            issued=None,
            source="javascript:alert(1)",
            in_force="unknown",
            region=NASTY,
        ),
    ]


def cite(view: PolicyView, n: int, path: list[str], words: str = "") -> Citation:
    """Citation ``n`` of one clause, with ``words`` as the words that carry the claim."""
    clause = next(c for c in view.document if c.path == path)
    at = clause.text.find(words) if words else -1
    return Citation(
        n=n,
        policy_id=view.policy_id,
        title=view.title,
        doc_number=view.doc_number,
        issuer="、".join(view.issuers),
        region=view.region,
        path=path,
        cite_as=clause.cite_as,
        heading=clause.heading,
        text=clause.text,
        text_kind=clause.text_kind,
        span=clause.span,
        quote_spans=[(at, at + len(words))] if at >= 0 else [],
        source=view.source,
        sha256="0" * 64,
        in_force=view.in_force,
        damaged=clause.damaged,
        checked_on="2026-11-20" if clause.text_kind == "official" else None,
    )


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


class FakeAssistant:
    """Answers by a word in the last turn; every status of the contract has one."""

    def __init__(self, app: FakeApp) -> None:
        self._app = app
        self.asked: list[AskRequest] = []
        self.delay = 0.0

    def answer(self, request: AskRequest, *, today: date) -> Answer:
        """An answer for the last turn; 坏索引 and 崩溃 raise instead."""
        self.asked.append(request)
        time.sleep(self.delay)
        question = (request.turns or [request.question or ""])[-1]
        if "坏索引" in question:
            raise IndexStateError("索引打不开,请运行 ceyin index build 重建。")
        if "崩溃" in question:
            raise RuntimeError("secret inside")
        common: dict[str, Any] = {
            "question": question,
            "as_of": request.as_of or today.isoformat(),
            "timings_ms": Timings(
                understand=1.2, retrieve=8.4, rules=0.6, compose=0.9, verify=0.4, total=11.5
            ),
        }
        common["understood"] = self._understood(request, common["as_of"], "market" in question)
        if request.explain:
            common["explanation"] = explanation(self._app.stored[0])
        return Answer(**{**common, **self._parts(question, request)})

    def _understood(self, request: AskRequest, as_of: str, english: bool) -> Understood:
        titles = {v.policy_id: v.title for v in self._app.stored}
        return Understood(
            policies=[
                UnderstoodPolicy(policy_id=p, title=titles[p]) for p in request.policies if p in titles
            ],
            region=request.region,
            facts=[
                UnderstoodFact(key=k, value=str(v), source="given")
                for k, v in (request.facts or {}).items()
                if v is not None
            ],
            as_of=as_of,
            language="en" if english else "zh",
        )

    def _parts(self, question: str, request: AskRequest) -> dict[str, Any]:
        whole, old, stub, nasty = self._app.stored
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
                    block(
                        "quote", f"{whole.document[4].cite_as}:按实际租金的40%补贴,每年最高不超过6万元[1]。"
                    ),
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


class FakeApp:
    """The calls of the app over :func:`policies`."""

    def __init__(self) -> None:
        self.stored = policies()
        self.book = RuleBook((), dict(FACTS))
        self.assistant = FakeAssistant(self)

    def search(self, question: str, top: int, as_of: date, within: Filter | None = None) -> SearchResult:
        """The clauses that share a character with the question, in document order."""
        hits = [
            SearchHit(
                rank=i + 1,
                score=1.0 / (i + 1),
                policy_id=v.policy_id,
                title=v.title,
                doc_number=v.doc_number,
                path=c.path,
                cite_as=c.cite_as,
                text=c.text,
                text_kind=c.text_kind,
                in_force=v.in_force,
            )
            for i, (v, c) in enumerate(
                (v, c) for v in self.stored for c in v.document if set(question) & set(c.text)
            )
        ]
        return SearchResult(hits=hits[:top])

    def check(self, request: CheckRequest, as_of: date) -> CheckReport:
        """The one rule of 示例市."""
        if request.rule_id != "shili/rent":
            raise RuleError(f"没有规则“{request.rule_id}”。请用 ceyin rules list 查看。")
        self.checked = (request, as_of)
        return CheckReport(rule_id="shili/rent", kind="amount", verdict="pass", explanation="租金补贴40%")

    def match(self, request: MatchRequest, as_of: date) -> MatchReport:
        """The real match over no policy at all."""
        who, warnings = applicant(Facts(), request.region, as_of, [])
        return match(who, RuleBook((), {}), [], warnings)

    def measures(self) -> dict[str, dict[str, int]]:
        """A few counts of both groups."""
        return {"verified": {"answers": 3, "finding_figure": 1}, "wording": {'odd"name': 2}}

    def policies(self, as_of: date) -> PolicyList:
        """All summaries."""
        keys = PolicySummary.model_fields.keys()
        return PolicyList(policies=[PolicySummary(**v.model_dump(include=set(keys))) for v in self.stored])

    def policy(self, policy_id: str, as_of: date) -> PolicyView | None:
        """One view."""
        return next((v for v in self.stored if v.policy_id == policy_id), None)

    def source_text(self, policy_id: str) -> str | None:
        """The clauses run together."""
        view = self.policy(policy_id, TODAY)
        return None if view is None else "".join(c.text for c in view.document)

    def health(self) -> dict[str, Any]:
        """Always well."""
        return {"status": "ok", "policies": len(self.stored)}

    def close(self) -> None:
        """Nothing to release."""


if __name__ == "__main__":
    import sys

    import uvicorn

    from ceyin.ui.http import create_web

    uvicorn.run(create_web(FakeApp(), today=lambda: TODAY), host="127.0.0.1", port=int(sys.argv[1]))
