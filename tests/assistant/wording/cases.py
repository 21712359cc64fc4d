"""Answers of the rules about 示例市, and good wordings of them: each fault changes one thing in a good wording."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ceyin.assistant.contract import Answer, Block, Citation
from ceyin.assistant.wording import Case

CLAUSES = {
    1: ("第四条", "工坊租用闲置厂房的,按实际租金的40%补贴,每年最高不超过6万元,最长补贴三年。"),
    2: (
        "第二条",
        "本办法所说的河湾工坊,是指在示例市登记、从业人员不超过30人、以手工制作为主业的企业和个体户。",
    ),
    3: ("第五条", "获得灯塔金奖的,一次性奖励5000元;获得灯塔铜奖的,一次性奖励2000元。个人参评的不予奖励。"),
    4: ("第六条", "每年5月1日至6月30日,向所在县(区)工坊服务站提交申请表。"),
    5: ("第九条", "本办法自2023年10月10日起施行,有效期至2025年12月31日。"),
}

Part = dict[str, Any]


@dataclass(frozen=True)
class Scenario:
    """An answer of the rules with the case it was given to, and a wording that says the same."""

    answer: Answer
    case: Case
    good: tuple[Part, ...]


def _citation(n: int) -> Citation:
    path, text = CLAUSES[n]
    return Citation(
        n=n,
        policy_id="shili-2026-7",
        title="示例市河湾工坊扶持办法",
        doc_number="示政办发〔2026〕7号",
        issuer="示例市人民政府办公室",
        region="示例市",
        path=[path],
        cite_as=f"示政办发〔2026〕7号 {path}",
        heading="",
        text=text,
        text_kind="official",
        span=(0, len(text)),
        source="/home/somebody/secret-folder/shili.txt",
        sha256="0" * 64,
        in_force="in_force",
    )


def _block(kind: Any, text: str, verdict: Any = None) -> Block:
    cited = list(dict.fromkeys(int(n) for n in re.findall(r"\[(\d+)\]", text)))
    return Block(kind=kind, text=text, verdict=verdict, citations=cited)


def _scenario(
    question: str, facts: dict[str, str], blocks: list[Block], good: list[Part], **fields: Any
) -> Scenario:
    cited = sorted({n for b in blocks for n in b.citations})
    answer = Answer(
        question=question,
        as_of="2026-11-24",
        answer="\n".join(b.text for b in blocks),
        citations=[_citation(n) for n in cited],
        blocks=blocks,
        **{"status": "answered", **fields},
    )
    return Scenario(
        answer, Case(question, facts, [question, *(f"{k} {v}" for k, v in facts.items())]), tuple(good)
    )


def part(kind: str, text: str, *clauses: int) -> Part:
    """A paragraph as a model sends it."""
    return {"kind": kind, "text": text, "clauses": list(clauses)}


def unreviewed(_: Answer) -> Sequence[object]:
    """No verifier after the writer's own checks: what a fault must not get past is those."""
    return ()


SCENARIOS = {
    "yes": _scenario(
        "我们工坊租了闲置厂房,有12人,能补多少?",
        {"从业人员": "12人"},
        [
            _block("conclusion", "可以申请,按实际租金的40%补贴,每年最高不超过6万元[1]。"),
            _block("condition", "✔ 登记地:示例市(要求:示例市)[2]", "pass"),
            _block("condition", "✔ 从业人员:12人(要求:不超过30人)[2]", "pass"),
            _block("condition", "? 租赁合同:未说明(要求:有)[4]", "unknown"),
            _block("item", "灯塔金奖一次性奖励5000元,灯塔铜奖一次性奖励2000元[3]。"),
            _block("next", "每年5月1日至6月30日,向所在县(区)工坊服务站提交申请表[4]。"),
            _block("unsaid", "文件没有写明补贴到账的时间[1]。"),
            _block("quote", f"示政办发〔2026〕7号 第四条:{CLAUSES[1][1][:-1]}[1]。"),
        ],
        [
            part("conclusion", "可以申请补贴:按实际租金的40%,每年最高不超过6万元。", 1),
            part("condition", "✔ 登记地:在示例市(要求:示例市)", 2),
            part("condition", "✔ 从业人员:现有12人(要求:不超过30人)", 2),
            part("condition", "? 租赁合同:未说明(要求:有)", 4),
            part("item", "灯塔金奖一次性奖励5000元;灯塔铜奖一次性奖励2000元。", 3),
            part("next", "请在每年5月1日至6月30日,到所在县(区)工坊服务站提交申请表。", 4),
            part("unsaid", "补贴到账的时间,文件没有写明。", 1),
        ],
        verdict="pass",
        amount_cny=Decimal(60_000),
        amount_kind="at_most",
    ),
    "no": _scenario(
        "我们工坊有35人,能申请厂房补贴吗?",
        {"从业人员": "35人"},
        [
            _block("conclusion", "不能享受厂房补贴:从业人员35人,要求不超过30人[2]。"),
            _block("condition", "✘ 从业人员:35人(要求:不超过30人)[2]", "fail"),
        ],
        [
            part("conclusion", "厂房补贴不能享受:从业人员有35人,要求是不超过30人。", 2),
            part("condition", "✘ 从业人员:35人(要求:不超过30人)", 2),
        ],
        verdict="fail",
    ),
    "open": _scenario(
        "我们工坊能申请厂房补贴吗?",
        {},
        [
            _block("conclusion", "还不能确定能否享受厂房补贴:要看从业人员是否不超过30人[2]。"),
            _block("condition", "? 从业人员:未说明(要求:不超过30人)[2]", "unknown"),
            _block("need", "还需要说明:请问从业人员有几人?"),
        ],
        [
            part("conclusion", "厂房补贴能否享受,还不能确定:要看从业人员是否不超过30人。", 2),
            part("condition", "? 从业人员:未说明(要求:不超过30人)", 2),
        ],
        verdict="unknown",
        status="needs_facts",
    ),
    "premise": _scenario(
        "听说灯塔铜奖奖励8000元,对吗?",
        {},
        [
            _block("premise", "不是8000元,文件写的是一次性奖励2000元[3]。"),
            _block("quote", f"示政办发〔2026〕7号 第五条:{CLAUSES[3][1][:-1]}[3]。"),
        ],
        [part("premise", "不是8000元,文件写明的是一次性奖励2000元。", 3)],
    ),
    "expired": _scenario(
        "厂房补贴办法还有效吗?",
        {},
        [_block("conclusion", "这份文件已过期,有效期至2025年12月31日,自2023年10月10日起施行[5]。")],
        [part("conclusion", "这份文件已过期:自2023年10月10日起施行,有效期至2025年12月31日。", 5)],
        verdict="fail",
    ),
    "quoted": _scenario(
        "工坊租用闲置厂房,每年能补多少?",
        {},
        [_block("quote", f"示政办发〔2026〕7号 第四条:{CLAUSES[1][1][:-1]}[1]。")],
        [part("conclusion", "工坊租用闲置厂房的,按实际租金的40%补贴,每年最高不超过6万元,最长补贴三年。", 1)],
    ),
}
