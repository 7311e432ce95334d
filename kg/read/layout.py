"""Canonical text from text as it comes out of UN PDFs.

What such text looks like: hard-wrapped lines broken inside words, a blank line after each; a paragraph's last line ends
with a blank; link lines and footnotes in mid-sentence; page breaks that glue a heading to the sentence before, or cut a
sentence and indent its rest. None of this is prose. The result has one paragraph a line, and every character of it
knows its place in the file. Plain files with one paragraph a line pass through unchanged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.model import Link
from kg.read.lines import SYMBOL_LINE, Line, Style, ends_sentence, split_lines

__all__ = [
    "FOOTNOTE",
    "LINK_LINE",
    "PAGE_FURNITURE",
    "RECORD_HEAD",
    "RULER",
    "URL",
    "Block",
    "Layout",
    "Piece",
    "lay_out",
]

LINK_LINE = re.compile(r"\s*(?:https?://\S+(?:\s+|$))+")
URL = re.compile(r"https?://\S+")
RULER = re.compile(r"\s*_{5,}\s*")
PAGE_FURNITURE = re.compile(
    r"\s*(?:\d{1,3}/\d{1,3}|\d{2}-\d{5}(?:\s*\([A-Z]\))?(?:\s+\d{1,3}/\d{1,3})?|\d{1,3}/\d{1,3}\s+\d{2}-\d{5}(?:\s*\([A-Z]\))?"
    r"|\*?\d{7,8}\*?|第\s*\d+\s*页(?:[,，]?\s*共\s*\d+\s*页)?|(?:无障碍文件)?\s*[请請]回收.*|\d{2}-\d{5}\s*\([A-Z]\)(?:\s+\d{6}){1,2})\s*"
)
_DAY = r"(?:\d{1,2}/\d{1,2}/\d{4}|\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)"
RECORD_HEAD = re.compile(
    rf"\s*(?:{_DAY}\s{{2,}}\S[^。]{{0,60}}\s{{2,}}S/PV\.\d+\S*|S/PV\.\d+\S*\s{{2,}}\S[^。]{{0,60}}\s{{2,}}{_DAY})\s*"
)
"""What runs at the head of a record's pages: its symbol, what it is about, the day."""
_NO_PROSE = (LINK_LINE, RULER, PAGE_FURNITURE, SYMBOL_LINE)
FOOTNOTE = re.compile(r"\s*(?P<number>\d{1,3}|[a-z]|\*{1,3})(?:\s+|(?=[^\d\s.)]))(?P<text>\S.*)")
_COUNTED = re.compile(r"\s*[\d名个位项次年月日人国天]")
_TORN = re.compile(r"\d[(（]\d{1,3}\n\d{1,3}[)）]|[第、和]\d{1,3}\n\d{1,3}[(（]\d{4}")
_OPEN_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]*$")
_PAGE = 8000
"""Characters within which the call of a footnote stands: more than a printed page holds."""


class Piece(NamedTuple):
    """Neighbouring characters: their place in the file, and their page."""

    at: int
    text: str
    page: int = 1


@dataclass(slots=True)
class Block:
    """A paragraph in the making: pieces of text with their places in the file, and how it was set.

    ``end`` is the place behind its last line; ``indent`` in blanks before the first character; ``role`` ``text``,
    ``footnote``, ``heading`` or ``metadata``.
    """

    pieces: list[Piece] = field(default_factory=list)
    indent: int = 0
    role: str = "text"
    end: int = 0

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    def add(self, text: str, at: int, page: int = 1) -> None:
        if self.pieces and self._parts_words(text):
            self.pieces.append(Piece(self.end, " ", self.pieces[-1].page))
        self.pieces.append(Piece(at, text, page))
        self.end = at + len(text)

    def _parts_words(self, text: str) -> bool:
        """Whether the line end before ``text`` stood for a blank: a Latin word or number was not broken. An address was;
        a resolution's number and year are now and then, in lists without a blank."""
        last = self.pieces[-1].text
        if not (_is_latin(last[-1]) and _is_latin(text[0])):
            return False
        return not _OPEN_ADDRESS.search(last) and not _TORN.search(f"{last[-8:]}\n{text[:8]}")

    def cut(self, piece: int, start: int, end: int) -> None:
        """Leave ``[start, end)`` of a piece out."""
        at, text, page = self.pieces[piece]
        rest = [Piece(at, text[:start], page), Piece(at + end, text[end:], page)]
        self.pieces[piece : piece + 1] = [part for part in rest if part.text]


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


@dataclass(frozen=True, slots=True)
class Layout:
    """Blocks in reading order; each link with the number of the block it stands in or after; whether pages are known."""

    blocks: list[Block]
    links: list[tuple[int, Link]]
    paged: bool


def lay_out(text: str) -> Layout:
    """Blocks and links of a decoded file. Line ends may be LF, CRLF or CR; a form feed is a page break."""
    lines = split_lines(text)
    style = Style.of([line for line in lines if not line.parted and (line.plain or not _is_no_prose(line.text))])
    blocks: list[Block] = []
    notes: list[Block] = []
    links: list[tuple[int, Link]] = []
    current: Block | None = None
    last: Line | None = None
    note_open = False
    heads: set[str] = set()
    for line in lines:
        if not line.plain:
            if LINK_LINE.fullmatch(line.text):
                for url in URL.finditer(line.text):
                    at = line.at + url.start()
                    links.append((max(0, len(blocks) - 1), Link(url.group(), 0, at, at + len(url.group()))))
                note_open = False
                continue
            if (style.wrapped and PAGE_FURNITURE.fullmatch(line.text)) or (blocks and RECORD_HEAD.fullmatch(line.text)):
                continue
            symbol = SYMBOL_LINE.fullmatch(line.text)
            if symbol:
                # the first is the document's own; those after it, or in mid-sentence, are running heads
                head = symbol["symbol"].replace(" ", "")
                if head in heads or (last is not None and style.leaves_open(last)):
                    continue
                heads.add(head)
            if RULER.fullmatch(line.text):
                note_open = True
                continue
        if note_open:
            if _is_footnote(line, notes):
                _add_footnote(line, notes)
                continue
            note_open = False
        if current is None or last is None or not style.joins(last, line):
            if current is not None:
                blocks.extend(notes)
                notes = []
            current = Block(indent=line.indent)
            blocks.append(current)
        current.add(line.words, line.at + line.indent, line.page)
        last = line
    blocks.extend(notes)
    _lift_references(blocks)
    return Layout(blocks, links, "\f" in text)


def _is_no_prose(text: str) -> bool:
    return any(pattern.fullmatch(text) for pattern in _NO_PROSE)


def _is_footnote(line: Line, notes: list[Block]) -> bool:
    if FOOTNOTE.fullmatch(line.text) and not re.match(r"\s*\d{1,3}\s*[.．、]", line.text):
        return True
    return bool(notes) and not _is_finished(notes[-1]) and not line.indent


def _add_footnote(line: Line, notes: list[Block]) -> None:
    starts = FOOTNOTE.fullmatch(line.text)
    if starts and (not notes or line.indent or _is_finished(notes[-1])):
        notes.append(Block(indent=line.indent, role="footnote"))
    notes[-1].add(line.words, line.at + line.indent, line.page)


def _is_finished(note: Block) -> bool:
    return ends_sentence(note.pieces[-1].text)


def _lift_references(blocks: list[Block]) -> None:
    """Drop the raised numbers that call a footnote (``…488 000 人。1 我们…``) from the prose before it."""
    for i, note in enumerate(blocks):
        number = re.match(r"\d{1,3}", note.pieces[0].text) if note.role == "footnote" else None
        if number:
            _lift_reference(blocks, i, number.group())


def _lift_reference(blocks: list[Block], note: int, number: str) -> None:
    call = re.compile(rf"(?<=[。，；）)”》]){number}(?=\s|$)")
    left = _PAGE
    for block in reversed(blocks[max(0, note - _PAGE // 10) : note]):
        if block.role != "text":
            continue
        following = ""
        for i in range(len(block.pieces) - 1, -1, -1):
            text = block.pieces[i].text
            match = call.search(text, max(0, len(text) - left))
            if match and not (match.end() == len(text) and _COUNTED.match(following)):
                block.cut(i, *match.span())
                return
            left -= len(text)
            if left <= 0:
                return
            following = text
