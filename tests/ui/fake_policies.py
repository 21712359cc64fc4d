"""Four policies of 示例市 as contract objects, and their citations, for the tests of page and HTTP."""

from __future__ import annotations

from datetime import date
from typing import Any

from ceyin.assistant.contract import (
    Citation,
    ClauseView,
    PolicyView,
)

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
