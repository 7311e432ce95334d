"""Akoma Ntoso, the UN's own XML (AKN4UN): the text as it is printed, and what the file says beside it.

All characters outside ``meta`` are text: cover page, preamble, body, conclusions, annexes. A paragraph is what stands
in one ``p``, heading or the like, with its number before it (``1. 决定…``, ``(a) …``); notes become footnotes behind
their paragraph. Tabs and line ends are layout, blanks within a line are not. Elements that state something of the
document follow as they stand in the file, one a line, in paragraphs of role ``metadata``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.errors import EmptyInputError, UnsupportedInputError
from kg.model import Document, DocumentKind, Metadatum
from kg.read.akn_body import Body
from kg.read.akn_metadata import Element
from kg.read.layout import Block, Layout, Piece
from kg.read.xml_events import read_events, root_name

__all__ = ["AknFile", "is_akn", "read_akn"]

_ROOT = "akomaNtoso"
_KINDS = (
    (re.compile("presidentialstatement|statementbythepresident|prst"), DocumentKind.PRESIDENTIAL_STATEMENT),
    (re.compile("press"), DocumentKind.PRESS_STATEMENT),
    (re.compile("resolution"), DocumentKind.RESOLUTION),
    (re.compile("letter|noteverbale"), DocumentKind.LETTER),
    (re.compile("agenda"), DocumentKind.AGENDA),
    (re.compile("record|^debate"), DocumentKind.RECORD),
    (re.compile("report"), DocumentKind.REPORT),
    (re.compile("note"), DocumentKind.NOTE),
)
"""Kinds by the ``name`` of the document's element, in small letters only, or by the element itself."""
_LANGUAGES = {"ara": "ar", "chi": "zh", "eng": "en", "fra": "fr", "fre": "fr", "rus": "ru", "spa": "es", "zho": "zh"}


@dataclass(frozen=True)
class AknFile:
    """The text as blocks, and what the file says of it: `described` puts that on the document made of the blocks.

    ``placed``: elements that state something, each with the number of its block and its span in the block's text.
    """

    layout: Layout
    kind: DocumentKind
    language: str
    placed: tuple[tuple[Element, int, int, int], ...]

    def described(self, document: Document) -> Document:
        """The document with kind, language and metadata."""
        starts = [paragraph.start for paragraph in document.paragraphs]
        metadata = tuple(
            Metadatum(element.name, element.values, starts[block] + start, starts[block] + end)
            for element, block, start, end in self.placed
        )
        return replace(document, kind=self.kind, language=self.language, metadata=metadata)


def is_akn(text: str) -> bool:
    """Whether decoded ``text`` is Akoma Ntoso, by its root element."""
    return root_name(text) == _ROOT


def read_akn(text: str, *, source: str) -> AknFile:
    """Read decoded ``text``; ``source`` names it in errors.

    Raises `UnsupportedInputError` for XML that is broken (with its line), of another kind, or has a document type, and
    `EmptyInputError` where no text is in it.
    """
    body = Body()
    read_events(text, source, body)
    told = body.metadata
    if told.root != _ROOT:
        raise UnsupportedInputError(
            f"XML, but no Akoma Ntoso: its root element is {told.root}", where=source, remedy="give its text as .txt"
        )
    blocks = body.blocks
    if not blocks:
        raise EmptyInputError("nothing to read: Akoma Ntoso without text", where=source, remedy="remove it or fill it")
    number = {id(block): i for i, block in enumerate(blocks)}
    placed = [
        (Element("a", (("href", link.href),), 0, 0), number[id(link.block)], link.start, link.end)
        for link in body.links
    ]
    for element in told.elements:
        block = _as_it_stands(text, element)
        placed.append((element, len(blocks), 0, len(block.text)))
        blocks.append(block)
    return AknFile(
        Layout(blocks, [], paged=False),
        _kind(*told.document),
        _LANGUAGES.get(told.language, told.language or "zh"),
        tuple(placed),
    )


def _as_it_stands(text: str, element: Element) -> Block:
    """An element on one line: what is a line end or tab in the file is a blank."""
    block = Block(role="metadata", end=element.end)
    at = element.start
    for gap in re.finditer(r"\s*[\t\r\n]\s*", text[element.start : element.end]):
        block.pieces += [Piece(at, text[at : element.start + gap.start()]), Piece(element.start + gap.start(), " ")]
        at = element.start + gap.end()
    block.pieces.append(Piece(at, text[at : element.end]))
    return block


def _kind(element: str, name: str) -> DocumentKind:
    for told in (name, element):
        plain = re.sub("[^a-z]", "", told.lower())
        for pattern, kind in _KINDS:
            if pattern.search(plain):
                return kind
    return DocumentKind.OTHER
