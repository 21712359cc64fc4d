"""HTML and SVG built as a tree, so every text is escaped by the serialiser and none by hand."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, tostring

#: Characters HTML forbids; an answer may hold them, a page must not.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def el(tag: str, *children: Element | str | None, **attributes: str | int | float) -> Element:
    """An element; ``class_`` is ``class``, other underscores are hyphens; None children are left out."""
    element = Element(tag, {_name(key): str(value) for key, value in attributes.items()})
    last: Element | None = None
    for child in children:
        if child is None:
            continue
        if isinstance(child, Element):
            element.append(child)
            last = child
            continue
        text = _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", child)
        if last is None:
            element.text = (element.text or "") + text
        else:
            last.tail = (last.tail or "") + text
    return element


def _name(key: str) -> str:
    return "viewBox" if key == "view_box" else key.rstrip("_").replace("_", "-")


def document(root: Element) -> str:
    """A whole page; the serialiser escapes all text except that of ``style`` and ``script`` elements."""
    return "<!doctype html>\n" + tostring(root, encoding="unicode", method="html") + "\n"
