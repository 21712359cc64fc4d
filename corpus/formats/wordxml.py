"""WordprocessingML by local names: the transitional and the strict namespace say the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree


def local(node: etree._Element) -> str:
    """The name of an element without its namespace; empty for comments and instructions."""
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(node: etree._Element | None, name: str) -> Iterator[etree._Element]:
    """The children with a local name."""
    if node is not None:
        yield from (c for c in node if local(c) == name)


def child(node: etree._Element | None, *path: str) -> etree._Element | None:
    """The first descendant along a path of local names."""
    for name in path:
        node = next(children(node, name), None)
    return node


def attribute(node: etree._Element | None, name: str) -> str | None:
    """An attribute by its local name."""
    if node is None:
        return None
    return next((str(v) for key, v in node.attrib.items() if str(key).rpartition("}")[2] == name), None)


def value(node: etree._Element | None) -> str | None:
    """The ``w:val`` of an element."""
    return attribute(node, "val")


def on(node: etree._Element | None) -> bool:
    """Whether a switch such as ``w:vanish`` is there and not switched off."""
    return node is not None and (value(node) or "1").lower() not in ("0", "false", "off", "none")
