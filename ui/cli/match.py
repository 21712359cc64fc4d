"""``ceyin match``: one applicant against every programme."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ceyin.ui.cli.opening import opened, parse_day, parse_facts, print_json, tell, today

if TYPE_CHECKING:
    from ceyin.assistant.matching.wire import MatchedProgramme, MatchReport

#: More of one group would scroll away what matters.
_SHOWN = 20


def match(
    fact: Annotated[list[str] | None, typer.Option("--fact", help="一项事实:键=值,可重复")] = None,
    facts: Annotated[Path | None, typer.Option("--facts", help="事实的 JSON 文件")] = None,
    region: Annotated[str | None, typer.Option("--region", help="所在地,如 抚州市")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="按哪一天判断,YYYY-MM-DD")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="另存为 HTML 报告")] = None,
) -> None:
    """对照全部政策:能拿什么,差什么,什么时候办。"""
    from ceyin.assistant.matching.wire import MatchRequest

    day = parse_day(as_of) or today()
    with opened() as program:
        report = program.match(MatchRequest(facts=parse_facts(fact, facts), region=region), day)
    for warning in report.warnings:
        tell(warning)
    if out is not None:
        from ceyin.ui.match_page import save_report

        save_report(report, out)
        tell(f"报告已存到 {out}")
    if as_json:
        print_json(report)
    elif out is None:
        _print(report)


def plan(
    programme: Annotated[str | None, typer.Argument(help="项目 id;不写则列出全部能推算的")] = None,
    fact: Annotated[list[str] | None, typer.Option("--fact", help="一项事实:键=值,可重复")] = None,
    facts: Annotated[Path | None, typer.Option("--facts", help="事实的 JSON 文件")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="按哪一天判断,YYYY-MM-DD")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")] = False,
) -> None:
    """从批准、签约等日期推算以后要办的事:报告、验收、到期、限制申报。"""
    day = parse_day(as_of) or today()
    with opened() as program:
        report = program.plan(parse_facts(fact, facts), programme, day)
    for warning in report.warnings:
        tell(warning)
    if as_json:
        print_json(report)
        return
    for item in report.days:
        past = "(已过)" if item.day < report.as_of else ""
        note = f",{item.note}" if item.note else ""
        print(f"{item.day}{past}  {item.title}{note}({item.cite_as})")
    if not report.days:
        print("所给的日期推不出任何一项。可用 ceyin rules facts 查看要填哪些日期。")


def _print(report: MatchReport) -> None:
    from ceyin.assistant.matching.words import sum_words, totals_words

    print(
        f"按 {report.as_of} 判断,所在地:{report.region or '未说明'}{'(推定)' if report.region_assumed else ''}"
    )
    print(totals_words(report.totals))
    for note in report.totals.notes:
        print(f"  {note}")
    groups = (
        ("符合", [p for p in report.programmes if p.applies and p.verdict == "pass"]),
        ("还不能确定", [p for p in report.programmes if p.applies and p.verdict == "unknown"]),
        ("不符合", [p for p in report.programmes if p.applies and p.verdict == "fail"]),
    )
    for name, programmes in groups:
        if programmes:
            print(f"\n{name}({len(programmes)})")
        for programme in programmes[:_SHOWN]:
            _print_programme(programme, sum_words(programme))
        if len(programmes) > _SHOWN:
            print(f"  还有 {len(programmes) - _SHOWN} 项,用 --out 存成报告可看全部;多说明几项情况会少很多")
    others = [p.title for p in report.programmes if not p.applies]
    if others:
        print(f"\n与所说情况无关({len(others)}):{'、'.join(others)}")
    if report.next_facts:
        print("\n接下来最值得说明的")
        for need in report.next_facts[:8]:
            print(f"  {need.question}(关系到{need.programmes}项)")
    if report.days:
        print("\n要记住的日子")
        for item in report.days:
            print(f"  {item.day}  {item.title}({item.cite_as})")
    _print_coverage(report)


def _print_programme(programme: MatchedProgramme, money: str) -> None:
    from ceyin.assistant.rules.values import MARKS

    print(f"  {MARKS[programme.verdict]} {programme.title}{':' + money if money else ''}")
    print(f"      {programme.clause.cite_as}")
    if programme.deadline:
        print(f"      截止 {programme.deadline}")
    for rule in programme.rules:
        if rule.kind in ("eligibility", "amount", "deadline") and not rule.duty:
            print(f"      {MARKS[rule.verdict]} {rule.explanation}")
            for note in rule.trace.get("notes", []):
                print(f"        {note}")
    if programme.missing_facts:
        print(f"      要说明:{' '.join(m.question for m in programme.missing_facts)}")
    for changes in programme.changes:
        print("      改变后可以:" + ";".join(f"{c.key}为{c.wanted}" for c in changes))
    for note in programme.notes:
        print(f"      {note}")
    if programme.doubt:
        print(f"      {programme.doubt}")


def _print_coverage(report: MatchReport) -> None:
    if report.policies_aside:
        print("\n时效")
        for aside in report.policies_aside:
            print(f"  {aside.title}:{aside.note}")
    print("\n本次查对的范围")
    for level in report.coverage.levels:
        place = f"({level.place})" if level.place else ""
        print(f"  {level.level}{place}:{len(level.policies)} 份" + ("" if level.policies else ",未收录"))
    outside = report.coverage.outside
    if outside:
        print(f"  这些文件提到、库里没有的文件:{len(outside)} 份,例如")
        for document in outside[:5]:
            print(f"    {document.title or document.doc_number}(见{document.named_in})")
