"""The small wrongs that are tried, one at a time: comparisons, and/or, arithmetic, constants, verdicts, min/max."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

_COMPARE: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
}
_CALLS = {"min": "max", "max": "min", "any": "all", "all": "any"}
_VERDICTS = {"PASS": ("FAIL", "UNKNOWN"), "FAIL": ("PASS", "UNKNOWN"), "UNKNOWN": ("PASS", "FAIL")}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one module: where it is and what it does, and its number among the changes of the module."""

    module: str
    number: int
    line: int
    source: str  # the line as it stands
    change: str  # a → b

    @property
    def key(self) -> tuple[str, str, str]:
        """What stays the same when lines above come and go."""
        return self.module, self.source, self.change


def mutants(module: str, text: str) -> list[Mutant]:
    """Every change of a module, in the order of the text."""
    lines = text.splitlines()
    return [
        Mutant(module, n, node.lineno, lines[node.lineno - 1].strip(), f"{_shown(node)} → {_shown(changed)}")
        for n, (node, changed) in enumerate(_changes(ast.parse(text)))
    ]


def mutated(text: str, number: int) -> ast.Module:
    """The module with this one change."""
    tree = ast.parse(text)
    for n, (node, changed) in enumerate(_changes(tree)):
        if n == number:
            for field, value in ast.iter_fields(changed):
                setattr(node, field, value)
            return ast.fix_missing_locations(tree)
    raise IndexError(number)


def _shown(node: ast.expr) -> str:
    return ast.unparse(node)


def _changes(tree: ast.Module) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Each expression with one that could stand in its place; both are of one type, so fields can be copied."""
    for node in _expressions(tree):
        for field, value in _variants(node):
            changed = copy.copy(node)
            setattr(changed, field, value)
            yield node, changed


def _expressions(tree: ast.Module) -> Iterator[ast.expr]:
    """Every expression that is carried out: no annotations, no docstrings."""
    skipped: set[int] = set()
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.AnnAssign | ast.arg) and node.annotation is not None:
            skipped |= {id(n) for n in ast.walk(node.annotation)}
        elif isinstance(node, ast.FunctionDef) and node.returns is not None:
            skipped |= {id(n) for n in ast.walk(node.returns)}
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            skipped |= {id(n) for d in node.decorator_list for n in ast.walk(d)}
        if isinstance(node, ast.expr) and id(node) not in skipped:
            yield node


def _variants(node: ast.expr) -> Iterator[tuple[str, object]]:
    """The field to change and its other values."""
    match node:
        case ast.Compare():
            for at, op in enumerate(node.ops):
                for other in _COMPARE[type(op)]:
                    yield "ops", [*node.ops[:at], other(), *node.ops[at + 1 :]]
        case ast.BoolOp():
            yield "op", ast.Or() if isinstance(node.op, ast.And) else ast.And()
        case ast.BinOp() if type(node.op) in _ARITHMETIC:
            yield "op", _ARITHMETIC[type(node.op)]()
        case ast.UnaryOp(op=ast.Not()):
            yield "operand", ast.UnaryOp(ast.Not(), node.operand)
        case ast.UnaryOp(op=ast.USub()):
            yield "op", ast.UAdd()
        case ast.Constant(value=bool()):
            yield "value", not node.value
        case ast.Constant(value=int(number)):
            yield from (("value", number + step) for step in (1, -1))
        case ast.Call(func=ast.Name(id=name)) if name in _CALLS:
            yield "func", ast.Name(_CALLS[name], ast.Load())
        case ast.Attribute(value=ast.Name(id="Verdict"), attr=attr) if attr in _VERDICTS:
            yield from (("attr", other) for other in _VERDICTS[attr])
        case _:
            return
