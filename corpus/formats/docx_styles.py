"""Paragraph and character styles of a Word document, as far as they number or hide words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ceyin.corpus.formats.wordxml import attribute, child, children, on, value

if TYPE_CHECKING:
    from lxml import etree


@dataclass(frozen=True, slots=True)
class _Style:
    parent: str | None
    instance: str | None
    level: str | None
    hidden: bool | None


class Styles:
    """The styles of a document, each with what it inherits."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self._default: str | None = None
        for node in children(root, "style"):
            key = attribute(node, "styleId")
            if key is None:
                continue
            number = child(node, "pPr", "numPr")
            vanish = child(node, "rPr", "vanish")
            self._styles[key] = _Style(
                value(child(node, "basedOn")),
                value(child(number, "numId")),
                value(child(number, "ilvl")),
                None if vanish is None else on(vanish),
            )
            if attribute(node, "type") == "paragraph" and attribute(node, "default") in ("1", "true"):
                self._default = key

    def numbering(self, style: str | None) -> tuple[str, str | None, tuple[str, ...]] | None:
        """The list of a paragraph style, its level where given, and the styles a level may be linked to."""
        level: str | None = None
        names: list[str] = []
        for key, found in self._line(style or self._default):
            names.append(key)
            level = level or found.level
            if found.instance is not None:
                return found.instance, level, tuple(names)
        return None

    def hides(self, style: str | None) -> bool:
        """Whether a style hides its words."""
        return next((found.hidden for _, found in self._line(style) if found.hidden is not None), False)

    def _line(self, style: str | None) -> list[tuple[str, _Style]]:
        line: list[tuple[str, _Style]] = []
        seen: set[str] = set()
        while style is not None and style not in seen and (found := self._styles.get(style)):
            line.append((style, found))
            seen.add(style)
            style = found.parent
        return line
