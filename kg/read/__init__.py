"""From a file to a Document: decode, lay out, structure. One door: `read_document`."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from kg.errors import UnreadableInputError, UnsupportedInputError
from kg.model import Document, Link, OffsetMap, Paragraph
from kg.read.akn import is_akn, read_akn
from kg.read.decode import decode
from kg.read.layout import Layout, lay_out

__all__ = ["SUFFIXES", "document_id", "read_bytes", "read_document", "read_text"]

SUFFIXES = (".txt", ".text", ".xml")
"""Endings that `read_document` takes; others are reported as not read."""

MAX_BYTES = 64 * 1024 * 1024
"""Larger files are refused: a document of the Council has some hundred thousand characters at most."""


MAX_LINE = 200_000
"""Longer lines are refused: the longest paragraphs of the Council have some thousand characters."""


def read_document(path: Path | str, *, source: str | None = None, encoding: str | None = None) -> Document:
    """The document in a file.

    ``source`` is the name under which reports and the graph know it (default: the file's name). Errors:
    `UnreadableInputError`, `UnsupportedInputError`, `EmptyInputError`, `EncodingError`.
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
        if path.suffix.lower() not in SUFFIXES:
            raise UnsupportedInputError(
                f"files ending in {path.suffix or '(nothing)'} are not read", where=name, remedy="give its text as .txt"
            )
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
    """The document in ``data``; ``source`` names it."""
    text, found = decode(data, source=source, encoding=encoding)
    digest = hashlib.sha256(data).hexdigest()
    if is_akn(text) or source.lower().endswith(".xml"):
        file = read_akn(text, source=source)
        document = file.described(_document(file.layout, source, digest, found))
        _refuse_endless_lines(document.text, source)
        return document
    return read_text(text, source=source, sha256=digest, encoding=found)


def read_text(text: str, *, source: str, sha256: str | None = None, encoding: str = "utf-8") -> Document:
    """The document in decoded ``text``: laid out, its paragraphs not yet told apart (`kg.structure` does that)."""
    _refuse_endless_lines(text, source)
    digest = sha256 or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return _document(lay_out(text), source, digest, encoding)


def _refuse_endless_lines(text: str, source: str) -> None:
    """A line longer than any paragraph is data, not prose; reading it would only cost time."""
    for line in re.finditer(r"[^\n\r\f]+", text):
        length = line.end() - line.start()
        if length > MAX_LINE:
            number = len(re.findall(r"\r\n|[\n\r\f]", text[: line.start()])) + 1
            raise UnsupportedInputError(
                f"line {number} has {length:,} characters, no document's has more than {MAX_LINE:,}",
                where=source,
                remedy="break it into its paragraphs",
            )


def document_id(source: str, sha256: str) -> str:
    """Id of a document whose symbol is not known: its file's stem and the first 8 hex digits of its SHA-256."""
    stem = re.sub(r"[^A-Za-z0-9_]+", "-", Path(source).stem).strip("-") or "document"
    return f"{stem}-{sha256[:8]}"


def _document(layout: Layout, source: str, sha256: str, encoding: str) -> Document:
    texts: list[str] = []
    spans: list[tuple[int, int]] = []
    pages: list[int] = []
    map_starts: list[int] = []
    map_targets: list[int] = []
    length = 0
    for block in layout.blocks:
        start = length
        while len(pages) < block.page:
            pages.append(start)
        for at, text in [*block.pieces, (block.end, "\n")]:
            map_starts.append(length)
            map_targets.append(at)
            texts.append(text)
            length += len(text)
        spans.append((start, length - 1))
    links = tuple(
        Link(link.url, spans[block][1] if spans else 0, link.file_start, link.file_end) for block, link in layout.links
    )
    paragraphs = tuple(
        Paragraph(start, end, "prose" if block.role == "text" else block.role, indent=block.indent)
        for (start, end), block in zip(spans, layout.blocks, strict=True)
    )
    return Document(
        id=document_id(source, sha256),
        source=source,
        sha256=sha256,
        text="".join(texts),
        to_file=OffsetMap(tuple(map_starts), tuple(map_targets)),
        encoding=encoding,
        paragraphs=paragraphs,
        links=links,
        page_starts=tuple(pages) if layout.paged else (),
    )
