"""Generated conditions, amounts and facts of 示例市 for the properties of the engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise, product
from typing import Any

from hypothesis import strategies as st
from pydantic import TypeAdapter

from ceyin.assistant.rules.book import RuleBook
from ceyin.assistant.rules.conditions import Case, decide
from ceyin.assistant.rules.evaluate import evaluate
from ceyin.assistant.rules.model import Condition, Pin, Rule
from ceyin.assistant.rules.result import PolicyTerm, Result
from ceyin.assistant.rules.values import Absent, Conflict, Fact, Facts, Known, Outcome

NOW = date(2026, 11, 24)
PIN = Pin(policy="shili", path=("第三条",))
COMMON = {
    "title": "示例补助",
    "pin": PIN.model_dump(),
    "review": {"status": "reviewed", "by": "test", "on": "2026-11-24"},
}

# -- conditions ------------------------------------------------------------------------------------------

#: One leaf for each fact, with values that make it hold, not hold, and (在期限当天) leave it open.
LEAVES: dict[str, dict[str, Any]] = {
    "甲": {"kind": "predicate", "fact": "甲"},
    "乙": {"kind": "predicate", "fact": "乙", "is": False},
    "件数": {"kind": "threshold", "fact": "件数", "op": "ge", "value": "3"},
    "人数": {"kind": "threshold", "fact": "人数", "op": "lt", "value": "3"},
    "类型": {"kind": "member", "fact": "类型", "any_of": ["企业", "高校"]},
    "未过日": {"kind": "lockout", "event": "未过日", "period": {"years": 3}},
}
VALUES: dict[str, tuple[Fact, ...]] = {
    "甲": (Known(True), Known(False), Absent()),
    "乙": (Known(True), Known(False), Absent()),
    "件数": (Known(Decimal(2)), Known(Decimal(3)), Absent()),
    "人数": (Known(Decimal(2)), Known(Decimal(3)), Absent()),
    "类型": (Known("高校"), Known("个人"), Known(("个人", "企业")), Absent()),
    "未过日": (Known(date(2023, 11, 23)), Known(date(2024, 11, 24)), Absent()),
}
ON_THE_DAY: Fact = Known(date(2023, 11, 24))
JUDGED = {"kind": "discretionary", "note": "择优"}


def conditions(keys: Sequence[str], *, judged: bool = False) -> st.SearchStrategy[dict[str, Any]]:
    """Trees in which a fact may occur again."""
    leaves = [LEAVES[key] for key in keys] + ([JUDGED] if judged else [])

    def grow(inner: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
        several = st.lists(inner, min_size=1, max_size=3)
        return st.one_of(several.flatmap(_together), inner.map(lambda of: {"kind": "not", "of": of}))

    return st.recursive(st.sampled_from(leaves), grow, max_leaves=6)


def _together(of: list[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.one_of(
        st.sampled_from(("all", "any")).map(lambda kind: {"kind": kind, "of": of}),
        st.integers(1, len(of)).map(lambda k: {"kind": "k_of", "k": k, "of": of}),
    )


@st.composite
def read_once(draw: st.DrawFn) -> dict[str, Any]:
    """Trees in which no fact occurs twice."""

    def tree(keys: Sequence[str]) -> dict[str, Any]:
        if len(keys) == 1:
            found = LEAVES[keys[0]]
        else:
            cuts = sorted(draw(st.sets(st.integers(1, len(keys) - 1), min_size=1, max_size=2)))
            bounds = [0, *cuts, len(keys)]
            found = draw(_together([tree(keys[a:b]) for a, b in pairwise(bounds)]))
        return {"kind": "not", "of": found} if draw(st.booleans()) else found

    keys = draw(st.permutations(list(LEAVES)))
    return tree(keys[: draw(st.integers(1, 5))])


def facts_in(tree: Any) -> list[str]:
    """The facts a tree asks for, each once."""
    if isinstance(tree, dict):
        own = [tree[k] for k in ("fact", "event") if k in tree]
        return list(dict.fromkeys([*own, *(key for value in tree.values() for key in facts_in(value))]))
    return list(dict.fromkeys(k for item in tree for k in facts_in(item))) if isinstance(tree, list) else []


@st.composite
def told(draw: st.DrawFn, values: Mapping[str, Sequence[Fact]], disputed: bool = True) -> dict[str, Fact]:
    """Some of the facts, a few of them in dispute."""
    out: dict[str, Fact] = {}
    for key, choices in values.items():
        options = [None, *choices, *([_conflict(choices)] if disputed else [])]
        fact = draw(st.sampled_from(options))
        if fact is not None:
            out[key] = fact
    return out


def _conflict(choices: Sequence[Fact]) -> Conflict:
    return Conflict(tuple(c.value for c in choices if isinstance(c, Known)))


def completions(known: Mapping[str, Fact], values: Mapping[str, Sequence[Fact]]) -> Iterator[dict[str, Fact]]:
    """Every way in which what is not told, or in dispute, may turn out."""
    open_keys = [k for k in values if not isinstance(known.get(k), Known | Absent)]
    for chosen in product(*(values[k] for k in open_keys)):
        yield {**known, **dict(zip(open_keys, chosen, strict=True))}


_CONDITION: TypeAdapter[Condition] = TypeAdapter(Condition)
_RULE: TypeAdapter[Rule] = TypeAdapter(Rule)


def outcome(tree: dict[str, Any], facts: Mapping[str, Fact]) -> Outcome:
    """The outcome of a tree."""
    return decide(_CONDITION.validate_python(tree), Case(Facts(dict(facts)), NOW), PIN)


# -- amounts ---------------------------------------------------------------------------------------------

_SUMS = st.integers(0, 30).map(lambda n: str(n * 100))
_BASES: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.builds(lambda a, m: {"kind": "fixed", "amount": a, "at_most": m}, _SUMS, st.booleans()),
    st.builds(
        lambda r, m: {"kind": "ratio", "rate": r, "of": "费用", "at_most": m},
        st.sampled_from(("0.3", "0.5", "1")),
        st.booleans(),
    ),
    st.builds(
        lambda a, m: {"kind": "per_unit", "amount": a, "of": "数目", "at_most": m}, _SUMS, st.booleans()
    ),
    st.builds(
        lambda a, b, c, m: {
            "kind": "tiers",
            "by": "称号",
            "tiers": {"省级": a, "市级": b},
            "combine": c,
            "at_most": m,
        },
        _SUMS,
        _SUMS,
        st.sampled_from(("highest", "sum")),
        st.booleans(),
    ),
)
MONEY_VALUES: dict[str, tuple[Fact, ...]] = {
    "费用": (Known(Decimal(1000)), Known((Decimal(333), Decimal("2000.5"))), Absent()),
    "数目": (Known(Decimal(2)), Known(Decimal(7)), Absent()),
    "称号": (Known("市级"), Known(("省级", "市级")), Known("县级"), Absent()),
    "甲": VALUES["甲"],
    "类型": VALUES["类型"][:2],
}
#: What was received is assumed to be nothing while nobody says so (with a note), so it is always told here.
RECEIVED: tuple[Fact, ...] = (Known(Decimal(0)), Known(Decimal(700)), Known(Decimal(9000)), Absent())


@st.composite
def amounts(draw: st.DrawFn, name: str = "sum") -> dict[str, Any]:
    """An amount rule with any base, caps, an uplift, rounding and a condition."""
    base = draw(_BASES)
    whether = st.none() | st.sampled_from((LEAVES["甲"], LEAVES["类型"]))
    per = ["applicant", "applicant_year"] + (["item"] if base["kind"] == "ratio" else [])
    caps = draw(
        st.lists(
            st.builds(
                lambda amount, per, when, used: {"amount": amount, "per": per, "when": when, "used": used},
                _SUMS,
                st.sampled_from(per),
                whether,
                st.none() | st.just("已领"),
            ),
            max_size=2,
        )
    )
    plain_items = [c | {"when": None, "used": None} if c["per"] == "item" else c for c in caps]
    rounding = st.builds(
        lambda quantum, mode: {"quantum": quantum, "mode": mode},
        st.sampled_from(("1", "100")),
        st.sampled_from(("down", "half_up", "up")),
    )
    uplift = st.sampled_from((LEAVES["甲"], LEAVES["类型"])).map(lambda when: {"rate": "0.1", "when": when})
    return {
        **COMMON,
        "id": f"shili/{name}",
        "kind": "amount",
        "base": base,
        "caps": plain_items,
        "requires": draw(whether),
        "uplift": draw(st.none() | uplift),
        "rounding": draw(st.none() | rounding),
        "budget": draw(st.booleans()),
    }


@st.composite
def stacks(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Two or three amount rules and a stack of them, the stack last."""
    members = [draw(amounts(name)) for name in ("a", "b", "c")[: draw(st.integers(2, 3))]]
    combine = draw(st.sampled_from(("sum", "highest", "choose_one", "top_up")))
    caps = draw(st.lists(_SUMS.map(lambda a: {"amount": a}), max_size=1))
    stack = {
        **COMMON,
        "id": "shili/stack",
        "kind": "stack",
        "of": [m["id"] for m in members],
        "combine": combine,
        "received": "已领" if combine == "top_up" else None,
        "caps": caps,
    }
    return [*members, stack]


def parsed(rule: dict[str, Any]) -> Rule:
    """The rule of the model."""
    return _RULE.validate_python(rule)


def result(
    rules: dict[str, Any] | list[dict[str, Any]], facts: Mapping[str, Fact], as_of: date = NOW
) -> Result:
    """What the last of the rules says."""
    found = tuple(parsed(r) for r in (rules if isinstance(rules, list) else [rules]))
    return evaluate(found[-1], Case(Facts(dict(facts)), as_of, RuleBook(found, {})), PolicyTerm(None, None))
