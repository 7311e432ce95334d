"""XML as a tree of small nodes, safe against what XML can do: no document type, no entities, no depth without end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from kg.errors import UnsupportedInputError

__all__ = ["Node", "parse_xml"]

_DEEPEST = 150


@dataclass(slots=True)
class Node:
    """An element: its short name, attributes, children, and the text directly in it."""

    tag: str
    attributes: dict[str, str]
    children: list[Node] = field(default_factory=list)
    text: str = ""

    def first(self, *path: str) -> Node | None:
        """The first element down ``path``, a child of a child …, or None."""
        node: Node | None = self
        for tag in path:
            node = next((child for child in node.children if child.tag == tag), None) if node else None
        return node

    def value(self, *path: str) -> str | None:
        """The attribute ``val`` of the first element down ``path``; "" where it has none; None without the element."""
        node = self.first(*path)
        return node.attributes.get("val", "") if node else None

    def walk(self) -> Iterator[Node]:
        """All elements below, in their order."""
        for child in self.children:
            yield child
            yield from child.walk()


def parse_xml(data: bytes, namespaces: Mapping[str, str], *, source: str) -> Node:
    """The root of an XML file. ``namespaces``: the prefix that names of a namespace get here (``""`` for none); names
    of others get ``?:``.

    Raises `UnsupportedInputError` where it is no XML, has a document type, or nests without end.
    """

    def short(name: str) -> str:
        space, separator, local = name.rpartition("}")
        return f"{namespaces.get(space, '?:')}{local}" if separator else local

    root = Node("", {})
    path = [root]

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(path) > _DEEPEST:
            raise UnsupportedInputError("its XML nests without end", where=source, remedy="save it again")
        node = Node(short(name), {short(key): value for key, value in attributes.items()})
        path[-1].children.append(node)
        path.append(node)

    def end(_name: str) -> None:
        path.pop()

    def characters(text: str) -> None:
        path[-1].text += text

    def refuse(*_: object) -> None:
        raise UnsupportedInputError(
            "its XML declares a document type, which no document needs", where=source, remedy="save it again"
        )

    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise UnsupportedInputError(
            f"broken XML: {expat.ErrorString(error.code)}, line {error.lineno}", where=source, remedy="save it again"
        ) from None
    return root.children[0]
