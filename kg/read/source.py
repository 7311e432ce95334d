"""What a reader makes of a file: a document, and the text its offsets lead back to."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from kg.model import Document, Link, OffsetMap, Paragraph

if TYPE_CHECKING:
    from kg.model import Unread
    from kg.read.layout import Layout

__all__ = ["Source", "document_id", "source_of"]


class Source(NamedTuple):
    """A document as read, and the *file text* that its ``to_file`` points into.

    For plain text that is the decoded file. For other formats it is what the reader takes out of the file, the same for
    the same bytes: of a PDF its lines as printed, top to bottom, one a line, running heads and page numbers too, a form
    feed between pages; of a docx or HTML file its paragraphs, one a line, automatic numbers and footnotes printed.
    """

    document: Document
    text: str


def document_id(source: str, sha256: str) -> str:
    """Id of a document whose symbol is not known: its file's stem and the first 8 hex digits of its SHA-256."""
    name = PurePosixPath(source)
    stem = name.stem if ":" not in name.name else name.name  # a row of a table is told by what stands behind the ending
    return f"{re.sub(r'[^A-Za-z0-9_]+', '-', stem).strip('-') or 'document'}-{sha256[:8]}"


def source_of(
    text: str,
    layout: Layout,
    *,
    source: str,
    data: bytes,
    encoding: str,
    format: str,  # noqa: A002 - the word for it
    unread: tuple[Unread, ...] = (),
) -> Source:
    """The document of a laid out file text; ``data`` are the file's bytes."""
    texts: list[str] = []
    spans: list[tuple[int, int]] = []
    pages: list[tuple[int, int]] = []
    map_starts: list[int] = []
    map_targets: list[int] = []
    length = 0
    for block in layout.blocks:
        start = length
        for at, piece, page in block.pieces:
            if not pages or pages[-1][1] != page:
                pages.append((length, page))
            map_starts.append(length)
            map_targets.append(at)
            texts.append(piece)
            length += len(piece)
        map_starts.append(length)
        map_targets.append(block.end)
        texts.append("\n")
        length += 1
        spans.append((start, length - 1))
    links = tuple(
        Link(link.url, spans[block][1] if spans else 0, link.file_start, link.file_end) for block, link in layout.links
    )
    paragraphs = tuple(
        Paragraph(start, end, "prose" if block.role == "text" else block.role, indent=block.indent)
        for (start, end), block in zip(spans, layout.blocks, strict=True)
    )
    sha256 = hashlib.sha256(data).hexdigest()
    document = Document(
        id=document_id(source, sha256),
        source=source,
        sha256=sha256,
        text="".join(texts),
        to_file=OffsetMap(tuple(map_starts), tuple(map_targets)),
        encoding=encoding,
        paragraphs=paragraphs,
        links=links,
        page_starts=tuple(at for at, _ in pages) if layout.paged else (),
        page_numbers=tuple(page for _, page in pages) if layout.paged else (),
        format=format,
        unread=unread,
    )
    return Source(document, text)
