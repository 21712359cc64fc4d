"""What no schema sees: rule files that name unknown facts or rules, use wrong units, or contradict themselves."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from ceyin.assistant.rules.files import FactFile, FactSpec, RuleFile
from ceyin.assistant.rules.model import (
    All,
    AmountRule,
    Condition,
    DeadlineRule,
    ExclusionRule,
    KOf,
    Not,
    PerUnit,
    Predicate,
    Rule,
    StackRule,
    TargetRule,
    TermRule,
    Threshold,
    Tiers,
)
from ceyin.assistant.rules.uses import conditions_of, refs_of, uses
from ceyin.corpus.errors import RuleError


def check_files(facts: Mapping[Path, FactFile], files: Mapping[Path, RuleFile]) -> None:
    """Hold all files against each other; raises RuleError naming file, line, entry and cure."""
    specs: dict[str, FactSpec] = {}
    for path, fact_file in facts.items():
        for spec in fact_file.facts:
            if spec.key in specs:
                raise RuleError(f"{_at(path, spec.key)}事实 “{spec.key}” 写了两次。请合并。")
            specs[spec.key] = spec
    rules: dict[str, Rule] = {}
    programmes: set[str] = set()
    for path, file in files.items():
        for entry in (*file.programmes, *file.rules):
            if entry.id in rules or entry.id in programmes:
                raise RuleError(f"{_at(path, entry.id)}id “{entry.id}” 写了两次。请改 id。")
            programmes.add(entry.id)
        rules |= {rule.id: rule for rule in file.rules}
        programmes -= {rule.id for rule in file.rules}
    for path, file in files.items():
        own = {p.id for p in file.programmes}
        for rule in file.rules:
            _check(rule, f"{_at(path, rule.id)}规则 “{rule.id}” ", rules, specs, own)
        _check_calls(path, file)


def _at(path: Path, name: str) -> str:
    """File and line of the entry with this id or key."""
    pattern = re.compile(rf"(?:id|key):\s*['\"]?{re.escape(name)}['\"]?\s*(?:[,}}#]|$)")
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next((n for n, text in enumerate(lines, 1) if pattern.search(text)), None)
    return f"{path.name} 第 {line} 行:" if line else f"{path.name}:"


def _near(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), 1)
    return f",是不是想写 “{near[0]}”?" if near else "。"


def _check(
    rule: Rule, where: str, rules: Mapping[str, Rule], specs: Mapping[str, FactSpec], programmes: set[str]
) -> None:
    if rule.programme is not None and rule.programme not in programmes:
        raise RuleError(
            f"{where}的 programme “{rule.programme}” 不在本文件里{_near(rule.programme, programmes)}"
        )
    for key, types in uses(rule):
        if key not in specs:
            raise RuleError(f"{where}用到未登记的事实 “{key}”{_near(key, specs)}请先写进 facts/。")
        if specs[key].type not in types:
            raise RuleError(f"{where}把事实 “{key}” 当 {types[0]} 用,事实表里它是 {specs[key].type}。")
    for condition in conditions_of(rule):
        _check_condition(condition, where, specs)
    if isinstance(rule, TargetRule):
        _check_unit(rule.fact, rule.unit, where, specs)
    _check_references(rule, where, rules)
    if isinstance(rule, DeadlineRule) and rule.each_year and not _is_day(rule.each_year):
        raise RuleError(f"{where}的 each_year “{rule.each_year}” 不是一年里的日子。")
    if isinstance(rule, AmountRule):
        _check_amount(rule, where)


def _check_condition(condition: Condition, where: str, specs: Mapping[str, FactSpec]) -> None:
    match condition:
        case KOf():
            if condition.k > len(condition.of):
                raise RuleError(f"{where}要求 {condition.k} 项,只列了 {len(condition.of)} 项。")
        case Threshold():
            _check_unit(condition.fact, condition.unit, where, specs)
        case All():
            _check_together(condition, where)
        case _:
            return


def _check_unit(key: str, unit: str, where: str, specs: Mapping[str, FactSpec]) -> None:
    if unit and specs[key].unit and unit != specs[key].unit:
        raise RuleError(
            f"{where}把事实 “{key}” 的单位写成 “{unit}”,事实表里是 “{specs[key].unit}”。请换算成同一单位。"
        )


_TIGHTER: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "ge": lambda low, high: low > high,
    "gt": lambda low, high: low >= high,
}


def _check_together(condition: All, where: str) -> None:
    """Parts that must hold together can: no 3件以上 with 2件以下, no 是 with 否."""
    leaves = [part for part in condition.of if isinstance(part, Threshold)]
    for low in (leaf for leaf in leaves if leaf.op in _TIGHTER):
        for high in (leaf for leaf in leaves if leaf.op in ("le", "lt") and leaf.fact == low.fact):
            empty = _TIGHTER["gt" if "gt" in low.op or high.op == "lt" else "ge"](low.value, high.value)
            if empty:
                raise RuleError(f"{where}对 “{low.fact}” 的要求自相矛盾:没有一个数能同时满足。请核对。")
    said: dict[str, bool] = {}
    for part in condition.of:
        inner = part.of if isinstance(part, Not) else part
        if isinstance(inner, Predicate):
            wanted = inner.is_ is not isinstance(part, Not)
            if said.setdefault(inner.fact, wanted) is not wanted:
                raise RuleError(f"{where}对 “{inner.fact}” 的要求自相矛盾:又要是又要否。请核对。")


def _check_references(rule: Rule, where: str, rules: Mapping[str, Rule]) -> None:
    for name in refs_of(rule):
        if name not in rules:
            raise RuleError(f"{where}引用了没有的规则 “{name}”{_near(name, rules)}")
        if rules[name].requires is None:
            raise RuleError(f"{where}引用的规则 “{name}” 没有 requires。")
    if isinstance(rule, StackRule | ExclusionRule):
        for name in rule.of:
            if not isinstance(rules.get(name), AmountRule):
                amounts = [r.id for r in rules.values() if isinstance(r, AmountRule)]
                raise RuleError(f"{where}的 of 里 “{name}” 不是金额规则{_near(name, amounts)}")
    if isinstance(rule, DeadlineRule) and rule.during and not isinstance(rules.get(rule.during), TermRule):
        raise RuleError(f"{where}的 during “{rule.during}” 不是期限规则(kind: term)。")
    seen, todo = set[str](), refs_of(rule)
    while todo:
        name = todo.pop()
        if name == rule.id:
            raise RuleError(f"{where}绕回来引用了自己。")
        if name not in seen and name in rules:
            seen.add(name)
            todo += refs_of(rules[name])


def _check_amount(rule: AmountRule, where: str) -> None:
    written = isinstance(rule.base, PerUnit | Tiers)
    if written and any(cap.per == "item" for cap in rule.caps):
        raise RuleError(f"{where}每项的数额是写定的,每项的上限请直接写进 amount 或 tiers。")
    if any(cap.amount < 0 for cap in rule.caps):
        raise RuleError(f"{where}的上限是负数。请核对。")


def _check_calls(path: Path, file: RuleFile) -> None:
    """One call of a programme has one closing day."""
    days: dict[tuple[str, str, str], tuple[date, str]] = {}
    for rule in file.rules:
        if not isinstance(rule, DeadlineRule) or rule.on is None or rule.programme is None or rule.duty:
            continue
        call = (rule.programme, rule.batch, rule.notice)
        day, other = days.setdefault(call, (rule.on, rule.id))
        if day != rule.on:
            raise RuleError(
                f"{_at(path, rule.id)}规则 “{rule.id}” 与 “{other}” 给同一批申报写了不同的截止日。"
                "请写明 batch,或改正日期。"
            )


def _is_day(month_day: str) -> bool:
    month, day = month_day.split("-")
    try:
        date(2024, int(month), 1 if day == "end" else int(day))  # a leap year: 02-29 is a day
    except ValueError:
        return False
    return True
