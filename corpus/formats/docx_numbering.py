"""Automatic numbering of a Word document: the labels Word shows but does not store with the paragraphs.

ECMA-376 part 1, 17.9: an instance (w:num) points to a definition (w:abstractNum) with nine levels, each with a
start, a number format and a text such as 「第%1条」 or 「%1.%2」. Instances of one definition count together until
one of them has a start of its own (w:startOverride).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ceyin.corpus.formats.ordinals import ordinal
from ceyin.corpus.formats.wordxml import child, children, local, on, value

if TYPE_CHECKING:
    from lxml import etree

_PLACE = re.compile(r"%([1-9])")
_MAX_LEVEL = 8


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list as defined."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None  # restarts after this level (1-based); 0: never; None: after any higher one
    legal: bool = False
    follow: str = "tab"
    style: str | None = None


@dataclass(frozen=True, slots=True)
class _Instance:
    abstract: str
    levels: dict[int, Level]  # replaced as a whole
    starts: dict[int, int]  # w:startOverride


class Numbering:
    """Counts the paragraphs of a document and gives each its label."""

    def __init__(self, root: etree._Element | None) -> None:
        self._definitions: dict[str, dict[int, Level]] = {}
        self._instances: dict[str, _Instance] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        if root is None:
            return
        by_style: dict[str, str] = {}
        links: dict[str, str] = {}
        for node in root:
            if local(node) == "abstractNum":
                key = node.get(_attribute(node, "abstractNumId"), "")
                self._definitions[key] = {_index(n): _level(n) for n in children(node, "lvl")}
                if name := value(child(node, "styleLink")):
                    by_style[name] = key
                if name := value(child(node, "numStyleLink")):
                    links[key] = name
        for key, name in links.items():
            self._definitions[key] = self._definitions.get(by_style.get(name, ""), {})
        for node in children(root, "num"):
            levels: dict[int, Level] = {}
            starts: dict[int, int] = {}
            for override in children(node, "lvlOverride"):
                at = _index(override)
                if (own := child(override, "lvl")) is not None:
                    levels[at] = _level(own)
                if (start := _number(value(child(override, "startOverride")))) is not None:
                    starts[at] = start
            abstract = value(child(node, "abstractNumId")) or ""
            self._instances[node.get(_attribute(node, "numId"), "")] = _Instance(abstract, levels, starts)

    def level_of_style(self, instance: str, style: str) -> int | None:
        """The level a paragraph style is linked to in a list."""
        found = self._instances.get(instance)
        levels = self._definitions.get(found.abstract, {}) if found else {}
        return next((at for at, level in levels.items() if level.style == style), None)

    def label(self, instance: str, at: int) -> str:
        """The label of the next paragraph on level ``at`` of a list, with the space after it; empty for none."""
        found = self._instances.get(instance)
        at = max(0, min(at, _MAX_LEVEL))
        if found is None or (level := self._level(found, at)) is None:
            return ""
        counters = self._counters.setdefault(found.abstract, {})
        for above in range(at):  # a level never used counts as at its start
            if above not in counters and (upper := self._level(found, above)):
                counters[above] = self._start(instance, found, above, upper)
        if at in found.starts and (instance, at) not in self._started:
            counters[at] = found.starts[at]
        elif at in counters:
            counters[at] += 1
        else:
            counters[at] = level.start
        self._started.add((instance, at))
        for below in range(at + 1, _MAX_LEVEL + 1):
            lower = self._level(found, below)
            if below in counters and (lower is None or lower.restart is None or at < lower.restart):
                del counters[below]
        return self._written(found, at, level, counters)

    def _start(self, instance: str, found: _Instance, at: int, level: Level) -> int:
        self._started.add((instance, at))
        return found.starts.get(at, level.start)

    def _level(self, found: _Instance, at: int) -> Level | None:
        return found.levels.get(at) or self._definitions.get(found.abstract, {}).get(at)

    def _written(self, found: _Instance, at: int, level: Level, counters: dict[int, int]) -> str:
        if level.form == "bullet":
            # Symbol fonts draw their signs from the private area: a dot stands for all of them.
            text = "".join("•" if 0xE000 <= ord(c) <= 0xF8FF else c for c in level.text)
        else:

            def number(m: re.Match[str]) -> str:
                place = int(m.group(1)) - 1
                other = self._level(found, place)
                if other is None or place > at:
                    return ""
                form = (
                    "decimal" if level.legal and other.form not in ("decimal", "decimalZero") else other.form
                )
                return ordinal(counters.get(place, other.start), form)

            text = _PLACE.sub(number, level.text)
        if not text.strip():
            return ""
        # Full-width signs bring their own gap.
        close = level.follow == "nothing" or text.rstrip()[-1] in "、。\uff0e\uff09〕\uff1a"
        return text.rstrip() if close else text.rstrip() + " "


def _level(node: etree._Element) -> Level:
    level = Level()
    for part in node:
        given = value(part)
        match local(part):
            case "start":
                level = replace(level, start=1 if (start := _number(given)) is None else start)
            case "numFmt":
                level = replace(level, form=_form(part, given))
            case "lvlText":
                level = replace(level, text=given or "")
            case "lvlRestart":
                level = replace(level, restart=_number(given))
            case "isLgl":
                level = replace(level, legal=on(part))
            case "suff":
                level = replace(level, follow=given or "tab")
            case "pStyle":
                level = replace(level, style=given)
            case "AlternateContent":  # newer formats stand in a choice, with an old one as fallback
                for inner in part.iter():
                    if local(inner) == "numFmt":
                        level = replace(level, form=_form(inner, value(inner)))
                        break
    return level


def _form(node: etree._Element, given: str | None) -> str:
    if given == "custom":
        pattern = node.get(_attribute(node, "format"), "")
        return "decimalZero" if pattern.startswith("01") else "decimal"
    return given or "decimal"


def _index(node: etree._Element) -> int:
    return _number(node.get(_attribute(node, "ilvl"))) or 0


def _number(given: str | None) -> int | None:
    return int(given) if given and re.fullmatch(r"-?\d{1,9}", given) else None


def _attribute(node: etree._Element, name: str) -> str:
    return next((key for key in node.attrib if str(key).rpartition("}")[2] == name), name)
