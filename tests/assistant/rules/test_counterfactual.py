"""What would have to change: every advice passes when followed, none is larger than need be, none is impossible."""

from datetime import date
from decimal import Decimal
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from ceyin.assistant.rules.conditions import Case, decide
from ceyin.assistant.rules.counterfactual import MAX_CHANGES, changes_to_pass
from ceyin.assistant.rules.files import FactSpec
from ceyin.assistant.rules.model import Condition, Pin
from ceyin.assistant.rules.values import Fact, Facts, Known, Verdict

PIN = Pin(policy="shili", path=("第三条",))
NOW = date(2026, 11, 25)


def spec(key: str, kind: str = "bool", **more: Any) -> FactSpec:
    return FactSpec.model_validate({"key": key, "type": kind, "question": "请问?", **more})


SPECS = {
    s.key: s
    for s in (
        *(spec(k) for k in "甲乙丙丁"),
        spec("件数", "count", unit="件"),
        spec("花费", "money", unit="元"),
        spec("成立年限", "count", unit="年", changeable=False),
        spec("类型", "choice", values={"企业": [], "高校": [], "个人": []}),
    )
}


def parsed(tree: dict[str, Any]) -> Condition:
    return TypeAdapter(Condition).validate_python(tree)


def advice(tree: dict[str, Any], facts: dict[str, Fact]) -> list[dict[str, Any]]:
    return changes_to_pass([(parsed(tree), PIN)], Case(Facts(facts), NOW), SPECS)


def yes(key: str, *, is_: bool = True) -> dict[str, Any]:
    return {"kind": "predicate", "fact": key, "is": is_}


COUNT = {"kind": "threshold", "fact": "件数", "op": "ge", "value": "3"}
NO, TWO = Known(False), Known(Decimal(2))
CASES: dict[str, tuple[dict[str, Any], dict[str, Fact], list[dict[str, Any]]]] = {
    "a figure is raised to the threshold": (COUNT, {"件数": TWO}, [{"件数": Decimal(3)}]),
    "more than three is four": ({**COUNT, "op": "gt"}, {"件数": TWO}, [{"件数": Decimal(4)}]),
    "at most is lowered to it": (
        {"kind": "threshold", "fact": "花费", "op": "le", "value": "100"},
        {"花费": Known(Decimal(200))},
        [{"花费": Decimal(100)}],
    ),
    "less than, in money, is a fen below": (
        {"kind": "threshold", "fact": "花费", "op": "lt", "value": "100"},
        {"花费": Known(Decimal(200))},
        [{"花费": Decimal("99.99")}],
    ),
    "not so many is one fewer": ({"kind": "not", "of": COUNT}, {"件数": Known(Decimal(5))}, [{"件数": Decimal(2)}]),
    "either way is offered": (
        {"kind": "any", "of": [yes("甲"), yes("乙")]},
        {"甲": NO, "乙": NO},
        [{"甲": True}, {"乙": True}],
    ),
    "all of them are needed": (
        {"kind": "all", "of": [yes("甲"), yes("乙", is_=False)]},
        {"甲": NO, "乙": Known(True)},
        [{"甲": True, "乙": False}],
    ),
    "the smaller set alone": (
        {"kind": "any", "of": [{"kind": "all", "of": [yes("甲"), yes("乙")]}, yes("丙")]},
        {"甲": NO, "乙": NO, "丙": NO},
        [{"丙": True}, {"甲": True, "乙": True}],
    ),
    "another kind of applicant": (
        {"kind": "member", "fact": "类型", "any_of": ["企业", "高校"]},
        {"类型": Known("个人")},
        [{"类型": "企业"}, {"类型": "高校"}],
    ),
    "what nobody can change is not proposed": (
        {"kind": "threshold", "fact": "成立年限", "op": "ge", "value": "2"},
        {"成立年限": Known(Decimal(1))},
        [],
    ),
    "a bar is not to be changed": (
        {"kind": "lockout", "event": "成立年限", "period": {"years": 3}},
        {"成立年限": Known(date(2026, 1, 1))},
        [],
    ),
    "what a person decides cannot be promised": (
        {"kind": "all", "of": [yes("甲"), {"kind": "discretionary", "note": "择优"}]},
        {"甲": NO},
        [],
    ),
    "four at once are no advice": ({"kind": "all", "of": [yes(k) for k in "甲乙丙丁"]}, dict.fromkeys("甲乙丙丁", NO), []),
}  # fmt: skip


@pytest.mark.parametrize(("tree", "facts", "expected"), CASES.values(), ids=CASES.keys())
def test_the_smallest_changes(
    tree: dict[str, Any], facts: dict[str, Fact], expected: list[dict[str, Any]]
) -> None:
    assert advice(tree, facts) == expected


def test_two_conditions_are_met_together() -> None:
    both = [(parsed(yes("甲")), PIN), (parsed(COUNT), PIN)]
    found = changes_to_pass(both, Case(Facts({"甲": NO, "件数": TWO}), NOW), SPECS)
    assert found == [{"甲": True, "件数": Decimal(3)}]


def _trees() -> st.SearchStrategy[dict[str, Any]]:
    leaf = st.tuples(st.sampled_from("甲乙丙"), st.booleans()).map(lambda t: yes(t[0], is_=t[1]))

    def grow(inner: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
        several = st.lists(inner, min_size=1, max_size=3)
        return st.one_of(
            several.map(lambda of: {"kind": "all", "of": of}),
            several.map(lambda of: {"kind": "any", "of": of}),
            several.map(lambda of: {"kind": "k_of", "k": 1 + len(of) // 2, "of": of}),
            inner.map(lambda of: {"kind": "not", "of": of}),
        )

    return st.recursive(leaf, grow, max_leaves=6)


@given(_trees(), st.lists(st.booleans(), min_size=3, max_size=3))
def test_advice_passes_when_followed_and_is_as_small_as_can_be(
    tree: dict[str, Any], told: list[bool]
) -> None:
    now = dict(zip("甲乙丙", told, strict=True))

    def passes(values: dict[str, bool]) -> bool:
        facts = Facts({k: Known(v) for k, v in values.items()})
        return decide(parsed(tree), Case(facts, NOW), PIN).verdict is Verdict.PASS

    found = advice(tree, {k: Known(v) for k, v in now.items()})
    possible = [
        dict(zip(keys, values, strict=True))
        for size in range(1, MAX_CHANGES + 1)
        for keys in combinations("甲乙丙", size)
        for values in product((True, False), repeat=size)
        if passes({**now, **dict(zip(keys, values, strict=True))})
    ]
    if passes(now):
        assert found == []
        return
    assert all(passes({**now, **changes}) for changes in found)
    smallest = min((len(p) for p in possible), default=0)
    assert bool(found) is bool(possible)
    assert not found or len(found[0]) == smallest
