"""XML as events with their places in the file: elements as they open and close, and their characters.

Places are code points of the decoded file. expat says whether a file is well-formed; one pattern then cuts it into tags
and text, which is faster than events of expat's and knows the places. Document types are refused, and with them all
entities but the five of XML itself: nothing is fetched, and nothing grows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NoReturn, Protocol
from xml.parsers import expat

from kg.errors import UnsupportedInputError

__all__ = ["Handler", "local", "read_events", "root_name"]

_TOKEN = re.compile(
    r"<(?:/(?P<closed>[^\s>]+)\s*"
    r"|(?P<opened>[^\s<>/!?]+)(?P<attributes>(?:[^\"'>/]++|\"[^\"]*+\"|'[^']*+'|/(?!>))*+)(?P<empty>/?)"
    r"|!\[CDATA\[(?P<raw>.*?)\]\]|!--.*?--|\?.*?\?)>(?P<text>[^<]*)",
    re.DOTALL,
)
"""A tag or the like, and the text behind it."""
_ATTRIBUTE = re.compile(r"([^\s=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_BLANK = re.compile(r"\r\n|[\t\n\r]")
"""What is one blank in the value of an attribute."""
_REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9A-Fa-f]+)|#(?P<decimal>\d+)|(?P<name>\w+));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_BEFORE_ROOT = re.compile(r"\s+|<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)
_ROOT = re.compile(r"<([^\s<>/!?]+)")
_HEAD = 65536
"""Characters within which the root element begins; what stands before it is a comment or two."""


class Handler(Protocol):
    """Who is told of the events. Names are local: prefixes of namespaces are left out."""

    def open(self, name: str, attributes: Mapping[str, str], start: int, end: int) -> None:
        """An element begins; its start tag is ``[start, end)`` of the file."""

    def close(self, name: str, start: int, end: int) -> None:
        """An element ends; its end tag is ``[start, end)``, or its start tag if it has no other."""

    def characters(self, text: str, at: int, *, literal: bool) -> None:
        """Characters: as they stand at ``at`` in the file, line ends too, or (not ``literal``) of a reference."""


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
    return name.rpartition(":")[2] if ":" in name else name


def read_events(text: str, source: str, handler: Handler) -> None:
    """Tell ``handler`` of all that stands in ``text``.

    Raises `UnsupportedInputError`, with the line, for what is no well-formed XML or has a document type.
    """
    _check(text, source)
    for token in _TOKEN.finditer(text):
        closed, opened, attributes, empty, raw, behind = token.groups()
        start, at = token.start(), token.end() - len(behind)
        if closed:
            handler.close(local(closed), start, at)
        elif opened:
            name = local(opened)
            if not attributes:
                told = _NONE
            else:
                told = _kept_attributes(attributes) if len(attributes) < _KEPT_LENGTH else _attributes(attributes)
            handler.open(name, told, start, at)
            if empty:
                handler.close(name, start, at)
        elif raw:
            handler.characters(raw, token.start("raw"), literal=True)
        if not behind:
            continue
        if "&" in behind:
            _tell(behind, at, handler)
        else:
            handler.characters(behind, at, literal=True)


def _check(text: str, source: str) -> None:
    # the text is decoded already, whatever its XML declaration says
    parser = expat.ParserCreate("utf-8")

    def refuse(*_: object) -> NoReturn:
        raise UnsupportedInputError(
            f"XML with a document type declaration, line {parser.CurrentLineNumber}",
            where=source,
            remedy="remove the declaration: entities are not read",
        )

    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(text.encode("utf-8"), True)
    except expat.ExpatError as error:
        raise UnsupportedInputError(
            f"no well-formed XML: {expat.ErrorString(error.code)}, line {error.lineno}",
            where=source,
            remedy="mend it, or give its text as .txt",
        ) from None


def _tell(text: str, at: int, handler: Handler) -> None:
    """Text with references."""
    done = 0
    for reference in _REFERENCE.finditer(text):
        if done < reference.start():
            handler.characters(text[done : reference.start()], at + done, literal=True)
        handler.characters(_resolved(reference), at + reference.start(), literal=False)
        done = reference.end()
    if done < len(text):
        handler.characters(text[done:], at + done, literal=True)


def _attributes(text: str) -> Mapping[str, str]:
    told: dict[str, str] = {}
    for name, double, single in _ATTRIBUTE.findall(text):
        value = double or single
        if not value.isalnum():
            value = _REFERENCE.sub(_resolved, _BLANK.sub(" ", value))
        told[local(name)] = value
    return told


_kept_attributes = lru_cache(maxsize=1024)(_attributes)
"""Files say the same ones over and over."""
_KEPT_LENGTH = 1000
_NONE: Mapping[str, str] = {}


def _resolved(reference: re.Match[str]) -> str:
    """The character that a reference stands for."""
    if reference["name"]:
        return _NAMED[reference["name"]]
    return chr(int(reference["hex"], 16) if reference["hex"] else int(reference["decimal"]))
