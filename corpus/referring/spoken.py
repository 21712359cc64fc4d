"""An address as a path where its document is not here, and in words for a note."""

from __future__ import annotations

from ceyin.corpus.numerals import to_chinese
from ceyin.corpus.referring.addresses import UPPER, Address, Cited, Level, Step
from ceyin.corpus.referring.places import Path


def nominal(address: Address) -> Path:
    """The path an address would have in a document that is not here; chapters stand in no path."""
    return tuple(_label(step) for step in address if step.level not in UPPER or step.level is Level.PART)


def _label(step: Step) -> str:
    cn = to_chinese(step.number) if 0 < step.number < 10000 else str(step.number)
    match step.level:
        case Level.ARTICLE:
            return f"第{cn}条{step.suffix}"
        case Level.PARAGRAPH:
            return f"第{cn}款"
        case Level.ITEM | Level.PAREN | Level.DOT:
            return f"({cn})"
        case Level.CN | Level.PART:
            return cn
        case _:
            return str(step.number)


def nominal_paths(cited: Cited) -> tuple[Path, ...]:
    """The paths of an address or, member by member, of a range."""
    if cited.last is None:
        return (nominal(cited.first),)
    a, b = cited.first[-1], cited.last[-1]
    if cited.first[:-1] != cited.last[:-1] or a.level is not b.level or not 0 < b.number - a.number < 100:
        return nominal(cited.first), nominal(cited.last)
    inside = (Step(a.level, n) for n in range(a.number + 1, b.number))
    return tuple(nominal((*cited.first[:-1], step)) for step in (a, *inside, b))


def spoken(cited: Cited) -> str:
    """The address in words, for a note."""
    ends = [cited.first] if cited.last is None else [cited.first, cited.last]
    return "至".join("".join(_spoken(step) for step in address) for address in ends)


def _spoken(step: Step) -> str:
    if step.level in UPPER:
        return f"第{to_chinese(step.number)}{step.level.value}"
    label = _label(step)
    return f"第{label}项" if step.level is Level.ITEM else label
