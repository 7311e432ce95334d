"""From a file to a Document: decode, lay out, structure. One door: `read_document`.

The formats stand in `kg.read.formats.READERS`; what a file is, its content says first, then the ending of its name.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import UnreadableInputError, UnsupportedInputError
from kg.read.formats import SUFFIXES, find_format
from kg.read.plain import MAX_LINE, read_decoded
from kg.read.source import Source, document_id

if TYPE_CHECKING:
    from kg.model import Document

__all__ = [
    "MAX_BYTES",
    "MAX_LINE",
    "SUFFIXES",
    "Source",
    "document_id",
    "read_bytes",
    "read_document",
    "read_source",
    "read_text",
]

MAX_BYTES = 64 * 1024 * 1024
"""Larger files are refused: a document of the Council has some hundred thousand characters at most."""


def read_document(path: Path | str, *, source: str | None = None, encoding: str | None = None) -> Document:
    """The document in a file.

    ``source`` is the name under which reports and the graph know it (default: the file's name). Errors:
    `UnreadableInputError`, `UnsupportedInputError`, `EmptyInputError`, `EncodingError`; `MissingReaderError` where the
    part that reads it is not installed.
    """
    path = Path(path)
    name = source if source is not None else path.name
    try:
        if path.is_dir():
            raise UnreadableInputError("a folder, not a file", where=name, remedy="give the files in it")
        if not path.exists():
            raise UnreadableInputError("no such file", where=name, remedy="check the path")
        if not path.is_file():
            raise UnreadableInputError("not a regular file", where=name, remedy="give a plain file")
        if path.stat().st_size > MAX_BYTES:
            raise UnsupportedInputError(
                f"{path.stat().st_size:,} bytes are too many for one document (limit {MAX_BYTES:,})",
                where=name,
                remedy="split it into its documents",
            )
        data = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UnreadableInputError(f"cannot be read: {reason}", where=name, remedy="check its permissions") from None
    return read_bytes(data, source=name, encoding=encoding)


def read_bytes(data: bytes, *, source: str, encoding: str | None = None) -> Document:
    """The document in ``data``; ``source`` names it, and its ending tells the format where ``data`` does not."""
    return read_source(data, source=source, encoding=encoding).document


def read_source(data: bytes, *, source: str, encoding: str | None = None, max_bytes: int = MAX_BYTES) -> Source:
    """The document in ``data`` and the text that its ``to_file`` points into.

    ``max_bytes``: of plain text, and of what is taken out of other formats (as UTF-8).
    """
    form = find_format(data, source=source)
    _refuse_large(len(data), MAX_BYTES if form.binary else max_bytes, source)
    found = form.read(data, source=source, encoding=encoding)
    if form.binary:
        _refuse_large(len(found.text.encode("utf-8", "replace")), max_bytes, source, " of text")
    return found


def read_text(text: str, *, source: str, encoding: str = "utf-8") -> Document:
    """The document in decoded ``text``: laid out, its paragraphs not yet told apart (`kg.structure` does that)."""
    data = text.encode("utf-8", "surrogatepass")
    return read_decoded(text, data, source=source, encoding=encoding).document


def _refuse_large(size: int, limit: int, source: str, of: str = "") -> None:
    if size > limit:
        raise UnsupportedInputError(
            f"{size:,} bytes{of} are too many for one document (limit {limit:,})",
            where=source,
            remedy="split it, or raise max_file_bytes in the settings" if limit != MAX_BYTES else "split it",
        )
