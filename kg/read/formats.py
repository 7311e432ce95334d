"""The formats that are read, and which of them a file is: by what it holds first, then by the ending of its name."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import NamedTuple, Protocol

from kg.errors import EmptyInputError, UnsupportedInputError
from kg.read.akn import is_akn, read_akn
from kg.read.decode import decode
from kg.read.docx import is_docx, read_docx
from kg.read.html import is_html, read_html
from kg.read.pdf import is_pdf, read_pdf
from kg.read.plain import read_plain, refuse_endless_lines
from kg.read.signatures import ZIP, ascii_head, known_as
from kg.read.source import Source, source_of
from kg.read.zips import directory, other_container

__all__ = ["READERS", "SUFFIXES", "Format", "find_format", "known_format"]


class Reader(Protocol):
    """Bytes to a document. Raises `kg.errors.InputError` where they cannot be used."""

    def __call__(self, data: bytes, *, source: str, encoding: str | None = None) -> Source: ...


class Format(NamedTuple):
    """A kind of file: its name, the endings it has, how its first bytes tell it, who reads it. ``binary``: they always
    tell, and its size says nothing of how much text it holds."""

    name: str
    suffixes: tuple[str, ...]
    is_it: Callable[[bytes], bool]
    read: Reader
    binary: bool = False


def _read_akn(data: bytes, *, source: str, encoding: str | None = None) -> Source:
    text, found = decode(data, source=source, encoding=encoding)
    file = read_akn(text, source=source)
    made = source_of(text, file.layout, source=source, data=data, encoding=found, format="Akoma Ntoso")
    refuse_endless_lines(made.document.text, source)
    return made._replace(document=file.described(made.document))


READERS = (
    Format("PDF", (".pdf",), is_pdf, read_pdf, binary=True),
    Format("docx", (".docx", ".docm", ".dotx"), is_docx, read_docx, binary=True),
    Format("HTML", (".html", ".htm", ".xhtml"), is_html, read_html),
    Format("Akoma Ntoso", (".xml",), lambda data: is_akn(ascii_head(data)), _read_akn),
    Format("text", (".txt", ".text"), lambda _: False, read_plain),
)
"""In the order in which they are asked whether a file is theirs. To add a kind of file, add its row."""

SUFFIXES = tuple(suffix for form in READERS for suffix in form.suffixes)
"""Endings that are read."""


def known_format(data: bytes) -> Format | None:
    """Whose content ``data`` is, or begins to be; None where only the name can tell."""
    return next((form for form in READERS if form.is_it(data)), None)


def find_format(data: bytes, *, source: str) -> Format:
    """Who reads ``data``. Its name decides where its content does not tell.

    Raises `EmptyInputError`, or `UnsupportedInputError` with what it is where that is known.
    """
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xfe\xff"):
        raise EmptyInputError("nothing to read: the file is empty", where=source, remedy="remove it or fill it")
    known = known_format(data)
    if known is not None:
        return known
    if data.startswith(ZIP):
        raise _no_document(data, source)
    other = known_as(data)
    if other:
        raise UnsupportedInputError(f"this is {other.name}, which is not read", where=source, remedy=other.remedy)
    suffix = PurePosixPath(source).suffix.lower()
    for form in READERS:
        if suffix in form.suffixes:
            if form.binary:
                raise UnsupportedInputError(
                    f"ends in {suffix}, but is no {form.name} file", where=source, remedy="give it its right ending"
                )
            return form
    raise UnsupportedInputError(
        f"files ending in {suffix or '(nothing)'} are not read",
        where=source,
        remedy=f"this version reads {', '.join(SUFFIXES)} and zip archives of them",
    )


def _no_document(data: bytes, source: str) -> UnsupportedInputError:
    other = other_container(info.filename for info in directory(io.BytesIO(data), source=source))
    if other:
        return UnsupportedInputError(f"this is {other.name}, which is not read", where=source, remedy=other.remedy)
    return UnsupportedInputError("a zip archive, not a document", where=source, remedy="give it the ending .zip")
