"""The mutants: every decisive place is tried, each change is one, and what is left out still stands there."""

import ast
from pathlib import Path

import pytest

from ceyin.evals.mutation.__main__ import MODULES, PACKAGE, equivalents
from ceyin.evals.mutation.operators import mutants, mutated

RULES = Path(__file__).parents[3] / "assistant" / "rules"

CHANGES = {
    "a comparison at its boundary and turned round": ("x = a < b", {"a < b → a <= b", "a < b → a >= b"}),
    "each comparison of a chain": (
        "x = a < b == c",
        {"a < b == c → a <= b == c", "a < b == c → a >= b == c", "a < b == c → a < b != c"},
    ),
    "identity and membership": (
        "x = a is b in c",
        {"a is b in c → a is not b in c", "a is b in c → a is b not in c"},
    ),
    "and, or, not": ("x = not (a and b)", {"not (a and b) → not not (a and b)", "a and b → a or b"}),
    "arithmetic": ("x = a - b", {"a - b → a + b"}),
    "a number up and down": ("x = 2", {"2 → 3", "2 → 1"}),
    "yes and no": ("x = True", {"True → False"}),
    "a sign": ("x = -a", {"-a → +a"}),
    "a verdict": ("x = Verdict.PASS", {"Verdict.PASS → Verdict.FAIL", "Verdict.PASS → Verdict.UNKNOWN"}),
    "the lower for the higher": ("x = min(a, b)", {"min(a, b) → max(a, b)"}),
    "some for all": ("x = all(a)", {"all(a) → any(a)"}),
    "no types, decorators and remarks": (
        '@f(1)\ndef g(a: t[1]) -> t[2]:\n    "1"\n    b: t[3] = a',
        set[str](),
    ),
    "no unions of types": ("x = isinstance(a, B | C)", set[str]()),
}


@pytest.mark.parametrize(("text", "changes"), CHANGES.values(), ids=CHANGES.keys())
def test_what_is_tried(text: str, changes: set[str]) -> None:
    assert {m.change for m in mutants("m", text)} == changes


@pytest.mark.parametrize("name", MODULES)
def test_every_mutant_is_the_module_with_one_change(name: str) -> None:
    text = (RULES / f"{name}.py").read_text(encoding="utf-8")
    found = mutants(name, text)
    plain = ast.unparse(ast.parse(text))
    changed = [ast.unparse(mutated(text, m.number)) for m in found]
    assert plain not in changed
    assert len(set(changed)) == len(found) > 10


def test_a_mutant_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(IndexError):
        mutated("x = 1", 2)


def test_what_is_left_out_still_stands_there_and_says_why() -> None:
    there = {
        m.key
        for name in MODULES
        for m in mutants(f"{PACKAGE}.{name}", (RULES / f"{name}.py").read_text(encoding="utf-8"))
    }
    reasons = equivalents()
    assert [key for key in reasons if key not in there] == []
    assert all(len(why) > 10 for why in reasons.values())
