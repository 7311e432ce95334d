"""Word documents (docx), with the standard library only.

python-docx would leave out tracked insertions, content controls, footnotes and automatic numbers, so the XML is walked
here. Headers and footers of the pages are left out, but not the first page's own header: a masthead may stand in it.
"""

from __future__ import annotations

import io
import posixpath
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.errors import EmptyInputError, InputError, UnsupportedInputError
from kg.read.docx.numbering import Numbering
from kg.read.docx.styles import Styles
from kg.read.docx.walk import Notes, Par, Walk
from kg.read.flow import Flow
from kg.read.signatures import ZIP
from kg.read.source import source_of
from kg.read.xmltree import Node, parse_xml
from kg.read.zips import directory, member_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zipfile import ZipInfo

    from kg.read.layout import Layout
    from kg.read.source import Source

__all__ = ["is_docx", "read_docx"]

_NAMESPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "",
    "http://schemas.openxmlformats.org/package/2006/relationships": "",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r:",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r:",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": "",
    "http://purl.oclc.org/ooxml/officeDocument/extendedProperties": "",
}
_MAIN = "word/document.xml"
_FIRST = (b"[Content_Types].xml", b"_rels/", b"word/", b"docProps/")
"""Parts that stand first in containers of Office."""
_LARGEST = 32 * 1024 * 1024
"""Bytes of one part, unpacked."""


def is_docx(data: bytes) -> bool:
    """Whether ``data`` is a zip container with a Word document in it, or the beginning of one."""
    if not data.startswith(ZIP):
        return False
    try:
        names = {info.filename for info in directory(io.BytesIO(data), source="")}
    except InputError:  # cut: its first part tells
        return data[30:].startswith(_FIRST)
    return "[Content_Types].xml" in names and any(name.startswith("word/") for name in names)


def read_docx(data: bytes, *, source: str, encoding: str | None = None) -> Source:  # noqa: ARG001 - XML names its own
    """The document in a docx file.

    Errors: `EmptyInputError` (no text), `UnsupportedInputError` (broken or hostile XML, encrypted),
    `UnreadableInputError` (a broken zip container).
    """
    parts = _Parts(data, source)
    main = parts.xml(parts.main)
    body = main.first("body") if main else None
    if body is None:
        raise UnsupportedInputError(
            "a Word container without its text", where=source, remedy="save it again as .docx or PDF"
        )
    related = parts.related(parts.main)
    settings = parts.xml(related.get("settings"))
    styles = Styles(parts.xml(related.get("styles")))
    walk = Walk(
        styles,
        Numbering(parts.xml(related.get("numbering")), styles),
        _notes(parts.xml(related.get("footnotes")), settings, "footnotePr", "decimal"),
        _notes(parts.xml(related.get("endnotes")), settings, "endnotePr", "lowerRoman"),
    )
    masthead = parts.xml(_first_header(body, related))
    flow = Flow()
    for node in (masthead, body):
        for par in walk.paragraphs(node.children if node else ()):
            _write(par, flow)
    text, layout = flow.finish()
    if not layout.blocks:
        raise EmptyInputError("nothing to read: no text in it", where=source, remedy="is it a picture? then run OCR")
    if layout.paged and not _pages_agree(layout, body, parts):
        layout = replace(layout, paged=False)
    return source_of(text, layout, source=source, data=data, encoding="utf-8", format="docx")


def _pages_agree(layout: Layout, body: Node, parts: _Parts) -> bool:
    """Whether the breaks are those of the pages: Word notes where each begins, other programs only breaks that were
    set. Then there may be more pages than breaks, and the file may say how many it has."""
    if any(node.tag == "lastRenderedPageBreak" for node in body.walk()):
        return True
    about = parts.xml(parts.related("").get("extended-properties"))
    told = about.first("Pages") if about else None
    counted = max(piece.page for block in layout.blocks for piece in block.pieces)
    return told is None or not told.text.strip().isdigit() or int(told.text) <= counted


def _write(par: Par, flow: Flow) -> None:
    flow.add(par.text, role=par.role)
    for after in par.after:
        _write(after, flow)


class _Parts:
    """The parts of the container, each by its name."""

    def __init__(self, data: bytes, source: str) -> None:
        self._file = io.BytesIO(data)
        self._source = source
        self._infos: dict[str, ZipInfo] = {info.filename: info for info in directory(self._file, source=source)}
        named = self.related("").get("officeDocument")
        self.main = named if named in self._infos else _MAIN

    def xml(self, name: str | None) -> Node | None:
        """The root of a part, None where there is no such part."""
        info = self._infos.get(name or "")
        if info is None:
            return None
        where = f"{self._source}, {name}"
        return parse_xml(member_bytes(self._file, info, _LARGEST, source=where), _NAMESPACES, source=where)

    def related(self, part: str) -> dict[str, str]:
        """The parts that ``part`` names, by the last word of their type and by their id."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, str] = {}
        for node in root.children if root else ():
            if node.attributes.get("TargetMode") == "External":
                continue
            target = posixpath.normpath(posixpath.join("/", folder, node.attributes.get("Target", "")))[1:]
            found[node.attributes.get("Type", "").rpartition("/")[2]] = target
            found[node.attributes.get("Id", "")] = target
        return found


def _notes(part: Node | None, settings: Node | None, name: str, form: str) -> Notes:
    about = settings.first(name) if settings else None
    named = about.value("numFmt") if about else None
    found = {
        node.attributes.get("id", ""): node
        for node in (part.children if part else ())
        if "separator" not in node.attributes.get("type", "").lower()
    }
    return Notes(found, named or form)


def _first_header(body: Node, related: dict[str, str]) -> str | None:
    """The header that only the first page has, if the first section has one."""
    section = next(_sections(body), None)
    if section is None or section.first("titlePg") is None:
        return None
    for node in section.children:
        if node.tag == "headerReference" and node.attributes.get("type") == "first":
            return related.get(node.attributes.get("r:id", ""))
    return None


def _sections(body: Node) -> Iterator[Node]:
    return (node for node in body.walk() if node.tag == "sectPr")
