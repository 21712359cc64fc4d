"""``ceyin rules draft``: what the text of a policy seems to lay down, offered for review."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ceyin.corpus.errors import CeyinError
from ceyin.ui.cli.opening import opened, print_json, tell, today

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ceyin.assistant.drafting.draft import Candidate, Draft
    from ceyin.corpus.library import StoredPolicy

_KINDS = {
    "amount": "金额",
    "cap": "上限",
    "rate": "比例",
    "threshold": "门槛",
    "deadline": "期限",
    "term": "年限",
    "validity": "有效期",
    "lockout": "禁报期",
    "applicant": "对象",
    "target": "目标",
}
_OPS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "eq": "="}
NOTICE = "以下是机器起草的候选,未经核定:只供参考,不作任何判断;请对照原文逐条核定。"


def register(app: typer.Typer) -> None:
    """Attach the command to the group ``rules``."""
    app.command("draft")(draft)


def draft(
    policy: Annotated[str, typer.Argument(help="政策 id,或标题里的一段")],
    as_json: Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="草稿规则写到这个 YAML 文件", dir_okay=False)
    ] = None,
) -> None:
    """从一份政策的原文找出金额、比例、门槛、期限等,起草规则,等待核定。"""
    from ceyin.assistant.drafting.draft import draft_policy
    from ceyin.assistant.drafting.writing import write_draft

    with opened() as program:
        found = _named(policy, program.library.policies())
        drafted = draft_policy(found, program.book.facts, today())
        reviewed = len(program.book.of_policy(found.policy_id))
    if reviewed:
        tell(f"规则库里已有这份政策的 {reviewed} 条规则,草稿不会改动它们。")
    if out is not None:
        for path in write_draft(drafted, out):
            tell(f"已写入 {path}")
    if as_json:
        print_json(_as_json(found, drafted))
    else:
        for line in _lines(found, drafted):
            print(line)


def _named(name: str, policies: Sequence[StoredPolicy]) -> StoredPolicy:
    """The policy with this id, or the only one with these words in its title or number."""
    found = [p for p in policies if p.policy_id == name]
    found = found or [p for p in policies if name in p.title or name == p.doc_number]
    if not found:
        raise CeyinError(f"政策库里没有“{name}”。请用 ceyin corpus list 查看,或先用 ceyin corpus add 导入。")
    if len(found) > 1:
        ids = "、".join(p.policy_id for p in found[:5])
        raise CeyinError(f"“{name}”对得上 {len(found)} 份政策({ids})。请写 id。")
    if found[0].text_kind != "official":
        raise CeyinError(f"“{found[0].title}”只有目录卡片,没有原文。请先用 ceyin corpus add 导入原文。")
    return found[0]


def _lines(policy: StoredPolicy, drafted: Draft) -> list[str]:
    from ceyin.corpus.model import cite_path

    lines = [f"《{policy.title}》", NOTICE]
    lines += [
        f"{cite_path(c.ref.path)} | {_KINDS[c.kind]} | {_value(c)} | {c.words} | {_rule(c)}"
        for c in drafted.candidates
    ]
    lines.append(
        f"共 {len(drafted.candidates)} 处,起草规则 {len(drafted.file.rules)} 条,"
        f"要新增事实 {len(drafted.facts)} 项;均待核定,不作判断。"
    )
    return lines


def _value(candidate: Candidate) -> str:
    if candidate.kind == "applicant":
        return candidate.value
    return f"{_OPS[candidate.op]} {candidate.figure}" if candidate.op else candidate.figure


def _rule(candidate: Candidate) -> str:
    return f"草稿 {candidate.rule}" if candidate.rule else "仅提示"


def _as_json(policy: StoredPolicy, drafted: Draft) -> dict[str, object]:
    return {
        "policy": policy.policy_id,
        "title": policy.title,
        "notice": NOTICE,
        "candidates": [
            {
                "path": list(c.ref.path),
                "kind": c.kind,
                "figure": c.figure,
                "value": c.value,
                "unit": c.unit,
                "op": c.op,
                "span": [c.start, c.end],
                "words": c.words,
                "subject": c.subject,
                "rule": c.rule,
            }
            for c in drafted.candidates
        ],
        "rules": drafted.file.model_dump(mode="json", by_alias=True, exclude_defaults=True)["rules"],
        "facts": [f.model_dump(mode="json", exclude_defaults=True) for f in drafted.facts],
    }
