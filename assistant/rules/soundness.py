"""What no schema sees: rule files that name unknown facts or rules, use wrong units, or contradict themselves."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from pydantic import BaseModel

from ceyin.assistant.rules.contradictions import contradiction
from ceyin.assistant.rules.files import FactFile, FactSpec, RuleFile
from ceyin.assistant.rules.model import (
    All,
    AmountRule,
    Cap,
    Condition,
    DeadlineRule,
    ExclusionRule,
    Fixed,
    KOf,
    Member,
    Not,
    Period,
    PerUnit,
    Ratio,
    Rounding,
    Rule,
    StackRule,
    TargetRule,
    TermRule,
    Threshold,
    Tiers,
    Uplift,
)
from ceyin.assistant.rules.uses import conditions_of, parts_of, refs_of, uses
from ceyin.corpus.errors import RuleError

_TYPES = {
    "bool": "是否",
    "count": "件数",
    "money": "金额",
    "rate": "比例",
    "number": "数字",
    "date": "日期",
    "choice": "单选",
    "choices": "多选",
    "text": "文字",
}


def check_files(facts: Mapping[Path, FactFile], files: Mapping[Path, RuleFile]) -> None:
    """Hold all files against each other; raises RuleError naming file, line, entry and cure."""
    specs: dict[str, FactSpec] = {}
    for path, fact_file in facts.items():
        for spec in fact_file.facts:
            if spec.key in specs:
                raise RuleError(_twice(facts, path, spec.key, "事实", "请合并成一条"))
            specs[spec.key] = spec
    rules: dict[str, Rule] = {}
    seen: set[str] = set()
    for path, file in files.items():
        for entry in (*file.programmes, *file.rules):
            if entry.id in seen:
                raise RuleError(_twice(files, path, entry.id, "id", "请改成唯一的 id"))
            seen.add(entry.id)
        rules |= {rule.id: rule for rule in file.rules}
    for path, file in files.items():
        own = {p.id for p in file.programmes}
        for rule in file.rules:
            _check(rule, f"{_at(path, rule.id)}规则 “{rule.id}” ", rules, specs, own)
        _check_calls(path, file)


def _lines(path: Path, name: str) -> list[int]:
    """The lines of the entries with this id or key."""
    pattern = re.compile(rf"(?:id|key):\s*['\"]?{re.escape(name)}['\"]?\s*(?:[,}}#]|$)")
    return [
        n for n, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if pattern.search(text)
    ]


def _at(path: Path, name: str) -> str:
    """File and line of the entry with this id or key."""
    lines = _lines(path, name)
    return f"{path.name} 第 {lines[0]} 行:" if lines else f"{path.name}:"


def _twice(paths: Iterable[Path], path: Path, name: str, what: str, cure: str) -> str:
    """Both places of an entry that must be there once; the second is the one to change."""
    places = [f"{p.name} 第 {line} 行" for p in paths for line in _lines(p, name)]
    here, other = (places[1], f"(另一处在 {places[0]})") if len(places) > 1 else (path.name, "")
    return f"{here}:{what} “{name}” 写了两次{other}。{cure}。"


def _near(name: str, known: Iterable[str], cure: str) -> str:
    near = difflib.get_close_matches(name, list(known), 1)
    return f",是不是想写 “{near[0]}”?" if near else f"。{cure}。"


def _check(
    rule: Rule, where: str, rules: Mapping[str, Rule], specs: Mapping[str, FactSpec], programmes: set[str]
) -> None:
    if rule.programme is not None and rule.programme not in programmes:
        hint = _near(rule.programme, programmes, "请先在 programmes 里写明")
        raise RuleError(f"{where}的 programme “{rule.programme}” 不在本文件里{hint}")
    for key, types in (*uses(rule), *_sums(rule)):
        if key not in specs:
            raise RuleError(f"{where}用到未登记的事实 “{key}”{_near(key, specs, '请先写进 facts/')}")
        if specs[key].type not in types:
            wanted = "、".join(_TYPES[t] for t in types)
            raise RuleError(
                f"{where}把事实 “{key}” 当{wanted}用,事实表里它是{_TYPES[specs[key].type]}({specs[key].type})。"
                "请换一项事实,或改事实表的 type。"
            )
    for condition in conditions_of(rule):
        _check_condition(condition, where, specs)
    both = [c for c in (rule.requires, rule.applies_when) if c is not None]
    if (wrong := contradiction(both, specs)) is not None:
        raise RuleError(f"{where}{wrong}。请核对。")
    if isinstance(rule, TargetRule):
        _check_unit(rule.fact, rule.unit, where, specs)
    _check_references(rule, where, rules)
    if isinstance(rule, DeadlineRule) and rule.each_year and not _is_day(rule.each_year):
        raise RuleError(f"{where}的 each_year “{rule.each_year}” 不是一年里的日子。请写成 03-31 或 01-end。")
    for part in parts_of(rule):
        _check_figures(part, where)
    if isinstance(rule, AmountRule):
        _check_amount(rule, where, specs)


def _sums(rule: Rule) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Facts that must be sums of money, or counts, for the figure that follows to be one of money."""
    for part in parts_of(rule):
        match part:
            case Ratio():
                yield part.of, ("money",)
            case PerUnit():
                yield part.of, ("count", "number")
            case Cap() if part.used:
                yield part.used, ("money",)
            case StackRule() if part.received:
                yield part.received, ("money",)
            case ExclusionRule() if part.deduct:
                yield part.deduct, ("money",)
            case _:
                pass


def _check_condition(condition: Condition, where: str, specs: Mapping[str, FactSpec]) -> None:
    match condition:
        case KOf():
            if condition.k > len(condition.of):
                raise RuleError(
                    f"{where}要求 {condition.k} 项,只列了 {len(condition.of)} 项。请改小 k,或补上其余各项。"
                )
        case Threshold():
            _check_unit(condition.fact, condition.unit, where, specs)
        case Member():
            _check_names(condition.fact, condition.any_of, where, specs)
        case _:
            pass
    if isinstance(condition, All | KOf | Not):
        wrong = contradiction([condition], specs)
        if wrong is not None:
            raise RuleError(f"{where}{wrong}。请核对。")


def _check_unit(key: str, unit: str, where: str, specs: Mapping[str, FactSpec]) -> None:
    if unit and specs[key].unit and unit != specs[key].unit:
        raise RuleError(
            f"{where}把事实 “{key}” 的单位写成 “{unit}”,事实表里是 “{specs[key].unit}”。请换算成同一单位。"
        )


def _check_names(key: str, names: Iterable[str], where: str, specs: Mapping[str, FactSpec]) -> None:
    """Of the names a rule lists at least one is a value of the fact: a misspelt one would fail everybody."""
    values = specs[key].values
    if values and not set(values) & set(names):
        name = next(iter(names))
        hint = _near(name, values, f"它有:{'、'.join(values)}")
        raise RuleError(f"{where}要的 “{name}” 不是事实 “{key}” 的值{hint}")


def _check_references(rule: Rule, where: str, rules: Mapping[str, Rule]) -> None:
    for name in refs_of(rule):
        if name not in rules:
            raise RuleError(f"{where}引用了没有的规则 “{name}”{_near(name, rules, '请先写出这条规则')}")
        if rules[name].requires is None:
            raise RuleError(f"{where}引用的规则 “{name}” 没有 requires。请给它写上,或引用别的规则。")
    if isinstance(rule, StackRule | ExclusionRule):
        for name in rule.of:
            if not isinstance(rules.get(name), AmountRule):
                amounts = [r.id for r in rules.values() if isinstance(r, AmountRule)]
                hint = _near(name, amounts, "请先写出这条金额规则(kind: amount)")
                raise RuleError(f"{where}的 of 里 “{name}” 不是金额规则{hint}")
    if isinstance(rule, DeadlineRule) and rule.during and not isinstance(rules.get(rule.during), TermRule):
        terms = [r.id for r in rules.values() if isinstance(r, TermRule)]
        hint = _near(rule.during, terms, "请先写出这条规则")
        raise RuleError(f"{where}的 during “{rule.during}” 不是期限规则(kind: term){hint}")
    seen, todo = set[str](), refs_of(rule)
    while todo:
        name = todo.pop()
        if name == rule.id:
            raise RuleError(f"{where}经过引用(ref)绕回了自己。请把其中一处改成写出条件。")
        if name not in seen and name in rules:
            seen.add(name)
            todo += refs_of(rules[name])


def _check_amount(rule: AmountRule, where: str, specs: Mapping[str, FactSpec]) -> None:
    written = isinstance(rule.base, PerUnit | Tiers)
    if written and any(cap.per == "item" for cap in rule.caps):
        raise RuleError(f"{where}每项的数额是写定的,每项的上限请直接写进 amount 或 tiers。")
    if isinstance(rule.base, Tiers):
        _check_names(rule.base.by, rule.base.tiers, where, specs)


def _check_figures(part: BaseModel, where: str) -> None:
    """Figures that can only be slips: a negative sum, 60 for 60%, a period of minus one year."""
    match part:
        case Fixed() | PerUnit() if part.amount <= 0:
            raise RuleError(f"{where}的 amount {part.amount} 不是正数。请核对。")
        case Cap() if part.amount < 0:
            raise RuleError(f"{where}的上限 {part.amount} 是负数。请核对。")
        case Tiers() if min(part.tiers.values()) < 0:
            raise RuleError(f"{where}的 tiers 里有负数。请核对。")
        case Ratio() | Uplift() if not 0 < part.rate <= 1:
            raise RuleError(f'{where}的 rate {part.rate} 不在 0 和 1 之间。60% 请写成 "0.60"。')
        case Rounding() if part.quantum <= 0:
            raise RuleError(f"{where}的 quantum {part.quantum} 不是正数。请写取整到多少元。")
        case Period() if min(part.years, part.months, part.days, part.working_days) < 0:
            raise RuleError(f"{where}的期间是负数。从某日往前算请写 backwards: true。")
        case _:
            pass


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
