"""One document to read, wherever it lies: a file, a member of an archive, a row of a table, standard input."""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kg.errors import InputError, UnreadableInputError, UnsupportedInputError
from kg.inputs.tables import Row
from kg.read import MAX_BYTES, read_source
from kg.read.formats import known_format
from kg.read.plain import read_decoded
from kg.read.zips import member_bytes, member_head

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zipfile import ZipInfo

    from kg.model import Document, Unread
    from kg.read import Source

__all__ = ["Input", "unread_parts", "unreadable"]

_HEAD = 16 * 1024
"""Bytes that tell what a file is (`kg.read.formats.known_format`)."""


@dataclass(frozen=True, slots=True, order=True)
class Input:
    """A document to read. ``source``: its name in report and graph, with ``/``, relative to the folder that was named,
    so that the same folder gives the same graph wherever it lies. ``path`` None: ``data`` came from standard input.
    ``inside``: the way into a zip archive; ``row``: of a table, its text is ``data`` then."""

    source: str
    path: Path | None
    data: bytes = b""
    inside: tuple[ZipInfo, ...] = field(default=(), compare=False)
    row: Row | None = field(default=None, compare=False)

    def read(self, *, max_bytes: int, encoding: str | None = None) -> Document:
        """The document as read. Raises `InputError` where it cannot be used."""
        return self.open(max_bytes=max_bytes, encoding=encoding).document

    def open(self, *, max_bytes: int, encoding: str | None = None) -> Source:
        """The document and the text that its offsets lead back to. Raises `InputError` where it cannot be used."""
        if self.row is not None:
            return self._row(self.row, max_bytes)
        size = self._size()
        if size > max_bytes:
            form = known_format(self.head())
            if form is None or not form.binary:  # the size of others says nothing of their text
                raise _too_large(size, max_bytes, self.source)
        return read_source(self.load(), source=self.source, encoding=encoding, max_bytes=max_bytes)

    def head(self) -> bytes:
        """The first bytes of the document, enough to tell what it is. Raises `InputError`."""
        if len(self.inside) > 1:
            return self.load()[:_HEAD]
        try:
            with io.BytesIO(self.data) if self.path is None else self.path.open("rb") as file:
                if self.inside:
                    return member_head(file, self.inside[0], _HEAD, source=self.source)
                return file.read(_HEAD)
        except OSError as error:
            raise unreadable(self.source, error) from error

    def load(self) -> bytes:
        """The document's bytes. Raises `InputError`."""
        if self.path is None:
            return self._unpacked(io.BytesIO(self.data)) if self.inside else self.data
        try:
            if not self.inside:
                return self.path.read_bytes()
            with self.path.open("rb") as file:
                return self._unpacked(file)
        except OSError as error:
            raise unreadable(self.source, error) from error

    def _unpacked(self, file: BinaryIO) -> bytes:
        data = b""
        for info in self.inside:
            data = member_bytes(file, info, MAX_BYTES, source=self.source)
            file = io.BytesIO(data)
        return data

    def _row(self, row: Row, max_bytes: int) -> Source:
        if len(self.data) > max_bytes:
            raise _too_large(len(self.data), max_bytes, self.source)
        document, text = found = read_decoded(row.text, self.data, source=self.source, encoding="utf-8")
        told = replace(document, symbol=row.symbol, date=row.date, title=row.title, format="table", unread=row.unread)
        return found._replace(document=told, text=text)

    def _size(self) -> int:
        if self.inside:
            return self.inside[-1].file_size
        if self.path is None:
            return len(self.data)
        try:
            return self.path.stat().st_size
        except OSError as error:
            raise unreadable(self.source, error) from error


def unread_parts(source: str, unread: Iterable[Unread]) -> list[InputError]:
    """An error for each part of the document ``source`` that was left out."""
    return [UnsupportedInputError(part.what, where=f"{source}, {part.where}", remedy=part.remedy) for part in unread]


def _too_large(size: int, limit: int, source: str) -> UnsupportedInputError:
    return UnsupportedInputError(
        f"{size:,} bytes are too many for one document (limit {limit:,})",
        where=source,
        remedy="split it, or raise max_file_bytes in the settings",
    )


def unreadable(name: str, error: OSError) -> UnreadableInputError:
    """The error for what the system refuses."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return UnreadableInputError("no such file or folder", where=name, remedy="check the path")
    reason = (error.strerror or str(error)).lower()
    return UnreadableInputError(f"cannot be read: {reason}", where=name, remedy="check its permissions")
