"""The rule book against the texts: every figure of a rule stands in its clause, no clause changed since review."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from ceyin.assistant.rules.book import RuleBook, pin_holds
from ceyin.assistant.rules.figures import Figure, canonical, day_texts, figures_in
from ceyin.assistant.rules.model import (
    Cap,
    DeadlineRule,
    Fixed,
    Period,
    PerUnit,
    Pin,
    Ratio,
    Rule,
    Step,
    TargetRule,
    Threshold,
    Tiers,
    Uplift,
    Valid,
)
from ceyin.assistant.rules.money import plain, yuan
from ceyin.assistant.rules.uses import parts_of, pins_of
from ceyin.corpus.library import StoredClause, StoredPolicy
from ceyin.corpus.normalise import normalise


def verify_book(book: RuleBook, policies: Sequence[StoredPolicy]) -> tuple[list[str], int]:
    """What falls short, one line each, and how many rules were checked."""
    by_id = {p.policy_id: p for p in policies}
    lines: list[str] = []
    for rule in book.rules:
        pins = pins_of(rule)
        lines += [f"{rule.id}:{p}" for pin in pins for p in _problems(pin, by_id.get(pin.policy))]
        lines += [f"{rule.id}:{p}" for p in _unsaid(rule, pins, by_id)]
    for name, entries in (("set_aside", book.set_aside), ("untranslatable", book.untranslatable)):
        for entry in entries:
            stored = by_id.get(entry.pin.policy)
            if stored is not None and stored.text_kind == "card":
                continue  # a card has no figures to be set aside, and not every clause has one
            lines += [f"{name}:{p}" for p in _problems(entry.pin, stored)]
    for programme in book.programmes:
        pin = programme.pin
        lines += [f"{programme.id}:{p}" for p in _problems(pin, by_id.get(pin.policy))]
    for conflict in book.conflicts:
        lines += [
            f"{conflict.id}:{p}" for pin in conflict.pins for p in _problems(pin, by_id.get(pin.policy))
        ]
    return lines, len(book.rules)


def _problems(pin: Pin, policy: StoredPolicy | None) -> list[str]:
    if policy is None:
        return [f"政策库里没有 {pin.policy}"]
    clause = _clause(pin, policy)
    where = "/".join(pin.path)
    changed = clause is not None and clause.text_kind == "official" and not pin_holds(pin, clause.text)
    if clause is None or changed:
        moved = next((c for c in policy.clauses if pin.sha256 and pin_holds(pin, c.text)), None)
        found = f",同样的条文现在是 {'/'.join(moved.ref.path)}" if moved else ""
        if clause is None:
            return [f"{pin.policy} 没有 {where} 这一条{found}"]
        if moved is not None:
            return [f"{where} 现在是另一条{found}"]
    text = canonical(clause.text)
    out = [f"{where} 的条文里没有“{f}”" for f in pin.figures if canonical(f) not in text]
    if changed:
        out.append(f"{where} 的条文在核定后有变动,要重新核对")
    return out


def _clause(pin: Pin, policy: StoredPolicy) -> StoredClause | None:
    return next((c for c in policy.clauses if c.ref.path == pin.path), None)


#: Units of a threshold that a text writes as a length of time.
_PERIODS = {
    "年": "years",
    "个月": "months",
    "月": "months",
    "日": "days",
    "天": "days",
    "个工作日": "working_days",
}

# -- the figures a rule decides by ------------------------------------------------------------------


def _unsaid(rule: Rule, pins: Sequence[Pin], policies: Mapping[str, StoredPolicy]) -> list[str]:
    """Figures of a rule, and of what it says, that none of its clauses states."""
    found = [(p, _clause(pin, p)) for pin in pins if (p := policies.get(pin.policy)) is not None]
    clauses = [clause for _, clause in found if clause is not None]
    if not clauses:
        return []
    figures = [f for c in clauses for f in figures_in(normalise(c.text))]
    titles = {f.value for p, _ in found for f in figures_in(_bare(p.title))}
    return [f"条文里没有“{shown}”({what})" for what, shown, ok in _own(rule, figures, titles) if not ok]


def _bare(title: str) -> str:
    return normalise(title).translate({ord(c): None for c in "《》()"})


def _own(
    rule: Rule, figures: Sequence[Figure], titles: set[Decimal | str]
) -> Iterator[tuple[str, str, bool]]:
    """Each figure of a rule: where it is used, how it reads, whether a clause states it."""
    money = {f.value for f in figures if f.kind == "money"}
    numbers = {f.value for f in figures if f.kind in ("number", "money")}
    rates = {f.value for f in figures if f.kind == "rate"}
    periods = {(f.unit, f.value) for f in figures if f.kind == "period"}
    days = {str(f.value) for f in figures if f.kind == "date"} | {str(t) for t in titles}
    for part in parts_of(rule):
        match part:
            case Fixed() | PerUnit() | Cap():
                yield "金额", yuan(part.amount), part.amount in money
            case Tiers():
                yield from (("金额", yuan(v), v in money) for v in part.tiers.values())
            case Ratio():
                yield "比例", f"{plain(part.rate * 100)}%", part.rate == 1 or part.rate * 100 in rates
            case Uplift():
                yield "比例", f"{plain(part.rate * 100)}%", part.rate * 100 in rates
            case Threshold():
                wanted = _scaled(part.value, part.unit)
                zero = part.value == 0 or (part.value == 1 and part.op in ("ge", "lt"))
                said = wanted & (numbers | rates) or (_PERIODS.get(part.unit, ""), part.value) in periods
                yield "门槛", f"{plain(part.value)}{part.unit}", bool(zero or said)
            case TargetRule():
                said = _scaled(part.value, part.unit) & (numbers | rates)
                yield "目标", f"{plain(part.value)}{part.unit}", bool(said) or part.value == 100
                if part.year is not None:
                    yield "年份", f"{part.year}年", any(d[:4] == str(part.year) for d in days)
            case Period():
                yield "期间", str(part.model_dump(exclude_defaults=True)), _period_said(part, periods)
            case DeadlineRule():
                if part.on is not None:
                    yield "截止日", part.on.isoformat(), bool(day_texts(part.on) & days)
                if part.each_year is not None:
                    yield "截止日", part.each_year, any(d.endswith(part.each_year) for d in days)
            case Step():
                if part.until is not None:
                    yield "步骤期限", part.until.isoformat(), bool(day_texts(part.until) & days)
            case Valid():
                for day in (part.from_, part.until):
                    if day is not None:
                        yield "有效期", day.isoformat(), _valid_said(day, days)
            case _:
                pass


def _valid_said(day: date, days: set[str]) -> bool:
    month = f"{day:%Y-%m}"
    return bool({day.isoformat(), month, f"{month}-end", str(day.year)} & days)


def _period_said(period: Period, periods: set[tuple[str, Decimal | str]]) -> bool:
    return any((unit, Decimal(n)) in periods for unit, n in period.model_dump().items() if n)


def _scaled(value: Decimal, unit: str) -> set[Decimal | str]:
    """The value as a text may write it: in its unit, or multiplied out (1000万元 is 10,000,000)."""
    scale = {"万": 10_000, "亿": 100_000_000}.get(unit[:1], 1)
    return {value, value * scale}
