"""A policy and its versions as plain text on standard output."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import datetime

    from ceyin.assistant.contract import PolicyView
    from ceyin.ui.views import VersionList


def print_policy(view: PolicyView) -> None:
    """Title line, dates where a version has its own, then every clause."""
    from ceyin.ui.views import VersionedPolicyView

    print(f"{view.title}\n{view.doc_number or ''}  {'、'.join(view.issuers)}  {view.issued or ''}")
    if isinstance(view, VersionedPolicyView):
        use = "现用" if view.current else "非现用"
        print(f"第 {view.version} 版({use}),{local_time(view.added_at)} 导入,来自 {view.source}")
        print(_dates(view.issued, view.effective_from, view.expires))
    print()
    for clause in view.document:
        mark = f"  【{clause.damage}】" if clause.damaged else ""
        print(f"{'/'.join(clause.path)}{mark}\n    {clause.text}\n")


def print_versions(listed: VersionList) -> None:
    """One paragraph for each version, oldest first."""
    print(f"{listed.title}  ({listed.policy_id})\n")
    for v in listed.versions:
        state = "仅有印发通知" if v.stub else f"残缺 {len(v.damages)} 处" if v.damages else "完整"
        mark = "  现用" if v.current else ""
        print(f"第 {v.version} 版{mark}  {local_time(v.added_at)} 导入  {v.clauses} 条  {state}")
        print(f"    {_dates(v.issued, v.effective_from, v.expires)}\n    来自 {v.source}")


def local_time(moment: datetime) -> str:
    """A moment as a clock in China shows it."""
    return f"{moment.astimezone(ZoneInfo('Asia/Shanghai')):%Y-%m-%d %H:%M}"


def _dates(issued: str | None, effective_from: str | None, expires: str | None) -> str:
    named = {"印发": issued, "施行": effective_from, "失效": expires}
    return "  ".join(f"{name} {day}" for name, day in named.items() if day) or "正文未注明日期"
