"""Plain text, as it stands or as it comes out of PDFs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.errors import UnsupportedInputError
from kg.read.decode import decode
from kg.read.layout import lay_out
from kg.read.source import source_of

if TYPE_CHECKING:
    from kg.read.source import Source

__all__ = ["MAX_LINE", "read_decoded", "read_plain", "refuse_endless_lines"]

MAX_LINE = 200_000
"""Longer lines are refused: the longest paragraphs of the Council have some thousand characters."""


def read_plain(data: bytes, *, source: str, encoding: str | None = None) -> Source:
    """The document in plain text. Errors: those of `kg.read.decode.decode`, `UnsupportedInputError`."""
    text, found = decode(data, source=source, encoding=encoding)
    return read_decoded(text, data, source=source, encoding=found)


def read_decoded(text: str, data: bytes, *, source: str, encoding: str) -> Source:
    """The document in ``text``, which was decoded from ``data``."""
    refuse_endless_lines(text, source)
    return source_of(text, lay_out(text), source=source, data=data, encoding=encoding, format="text")


def refuse_endless_lines(text: str, source: str) -> None:
    """A line longer than any paragraph is data, not prose; reading it would only cost time."""
    if len(text) <= MAX_LINE:
        return
    for line in re.finditer(r"[^\n\r\f]+", text):
        length = line.end() - line.start()
        if length > MAX_LINE:
            number = len(re.findall(r"\r\n|[\n\r\f]", text[: line.start()])) + 1
            raise UnsupportedInputError(
                f"line {number} has {length:,} characters, no document's has more than {MAX_LINE:,}",
                where=source,
                remedy="break it into its paragraphs",
            )
