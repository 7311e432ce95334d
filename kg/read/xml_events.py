"""XML as events with their places in the file: elements as they open and close, and their characters.

Places are code points of the decoded file. Document types are refused, and with them all entities but the five of XML
itself: nothing is fetched, and nothing grows.
"""

from __future__ import annotations

import re
from typing import NoReturn, Protocol
from xml.parsers import expat

from kg.errors import UnsupportedInputError

__all__ = ["Handler", "local", "read_events", "root_name"]

_TAG = re.compile(r"<[^\"'>]*(?:\"[^\"]*\"[^\"'>]*|'[^']*'[^\"'>]*)*>")
_BEFORE_ROOT = re.compile(r"\s+|<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)
_ROOT = re.compile(r"<([^\s<>/!?]+)")
_HEAD = 65536
"""Characters within which the root element begins; what stands before it is a comment or two."""


class Handler(Protocol):
    """Who is told of the events. Names are local: prefixes of namespaces are left out."""

    def open(self, name: str, attributes: dict[str, str], start: int, end: int) -> None:
        """An element begins; its start tag is ``[start, end)`` of the file."""

    def close(self, name: str, start: int, end: int) -> None:
        """An element ends; its end tag is ``[start, end)``, or its start tag if it has no other."""

    def characters(self, text: str, at: int, *, literal: bool) -> None:
        """Characters: as they stand at ``at`` in the file, or (not ``literal``) what a reference or line end is for."""


def root_name(text: str) -> str | None:
    """Local name of the root element; None where the text is not XML."""
    head = text[:_HEAD]
    at = 0
    while other := _BEFORE_ROOT.match(head, at):
        at = other.end()
    root = _ROOT.match(head, at)
    return local(root[1]) if root else None


def local(name: str) -> str:
    """The name without the prefix of its namespace."""
    return name.rpartition(":")[2]


def read_events(text: str, source: str, handler: Handler) -> None:
    """Tell ``handler`` of all that stands in ``text``.

    Raises `UnsupportedInputError`, with the line, for what is no well-formed XML or has a document type.
    """
    _Reader(text, source, handler).read()


class _Reader:
    def __init__(self, text: str, source: str, handler: Handler) -> None:
        self._text = text
        self._source = source
        self._handler = handler
        self._data = text.encode("utf-8")
        self._byte = self._point = 0
        self._tags: list[re.Match[str]] = []
        # the text is decoded already, whatever its XML declaration says
        self._parser = parser = expat.ParserCreate("utf-8")
        parser.buffer_text = False
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._open
        parser.EndElementHandler = self._close
        parser.CharacterDataHandler = self._characters

    def read(self) -> None:
        try:
            self._parser.Parse(self._data, True)
        except expat.ExpatError as error:
            raise UnsupportedInputError(
                f"no well-formed XML: {expat.ErrorString(error.code)}, line {error.lineno}",
                where=self._source,
                remedy="mend it, or give its text as .txt",
            ) from None

    def _at(self) -> int:
        """Place of the present event."""
        byte = self._parser.CurrentByteIndex
        self._point += len(self._data[self._byte : byte].decode("utf-8"))
        self._byte = byte
        return self._point

    def _refuse(self, *_: object) -> NoReturn:
        raise UnsupportedInputError(
            f"XML with a document type declaration, line {self._parser.CurrentLineNumber}",
            where=self._source,
            remedy="remove the declaration: entities are not read",
        )

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        start = self._at()
        tag = _TAG.match(self._text, start)
        assert tag, "expat finds an element where there is a tag"
        self._tags.append(tag)
        told = {local(key): value for key, value in attributes.items()}
        self._handler.open(local(name), told, start, tag.end())

    def _close(self, name: str) -> None:
        at = self._at()
        opened = self._tags.pop()
        tag = opened if opened[0].endswith("/>") else _TAG.match(self._text, at)
        assert tag, "expat finds the end of an element where there is a tag"
        self._handler.close(local(name), *tag.span())

    def _characters(self, text: str) -> None:
        at = self._at()
        self._handler.characters(text, at, literal=self._text.startswith(text, at))
