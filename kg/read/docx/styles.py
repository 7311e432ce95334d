"""What paragraphs have from their style: a number, a page break before."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.read.xmltree import Node

__all__ = ["Styles", "is_on"]

_FOREVER = 20
"""Styles that rest on one another: longer chains are loops."""
_FALSE = frozenset({"0", "false", "off", "none"})


class Styles:
    """The paragraph styles of a document (``word/styles.xml``)."""

    def __init__(self, root: Node | None) -> None:
        self._by_id: dict[str, Node] = {}
        self._default: str | None = None
        for node in root.children if root else ():
            if node.tag == "style" and node.attributes.get("type") == "paragraph":
                id_ = node.attributes.get("styleId", "")
                self._by_id[id_] = node
                if node.attributes.get("default") in {"1", "true"}:
                    self._default = id_

    def of(self, properties: Node | None) -> str | None:
        """The style that a paragraph with these properties (``w:pPr``) has."""
        return (properties.value("pStyle") if properties else None) or self._default

    def numbering(self, style: str | None) -> tuple[str | None, str | None]:
        """Number and level of the list that the style belongs to."""
        number = depth = None
        for node in self._chain(style):
            number = number or node.value("pPr", "numPr", "numId")
            depth = depth or node.value("pPr", "numPr", "ilvl")
        return number, depth

    def breaks_before(self, properties: Node | None) -> bool:
        """Whether a page begins with a paragraph of these properties."""
        for node in (properties, *(each.first("pPr") for each in self._chain(self.of(properties)))):
            if node is not None and node.first("pageBreakBefore"):
                return is_on(node, "pageBreakBefore")
        return False

    def _chain(self, style: str | None) -> Iterator[Node]:
        """The style, and those that it rests on."""
        for _ in range(_FOREVER):
            node = self._by_id.get(style or "")
            if node is None:
                return
            yield node
            style = node.value("basedOn")


def is_on(properties: Node | None, name: str) -> bool:
    """Whether a switch is set: its element is there and does not say no."""
    found = properties.first(name) if properties else None
    return found is not None and found.attributes.get("val", "") not in _FALSE
