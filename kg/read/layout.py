"""Canonical text from text as it comes out of UN PDFs.

What such text looks like: hard-wrapped lines broken inside words, a blank line after each; a paragraph's last line ends
with a blank; link lines and footnotes in mid-sentence; page breaks that glue a heading to the sentence before, or cut a
sentence and indent its rest. None of this is prose. The result has one paragraph a line, and every character of it
knows its place in the file. Plain files with one paragraph a line pass through unchanged.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from kg.model import Link

__all__ = ["Block", "Layout", "lay_out"]

_LINK_LINE = re.compile(r"\s*(?:https?://\S+(?:\s+|$))+")
_URL = re.compile(r"https?://\S+")
_RULER = re.compile(r"\s*_{5,}\s*")
_PAGE_FURNITURE = re.compile(
    r"\s*(?:\d{1,3}/\d{1,3}|\d{2}-\d{5}(?:\s*\([A-Z]\))?(?:\s+\d{1,3}/\d{1,3})?|\d{1,3}/\d{1,3}\s+\d{2}-\d{5}(?:\s*\([A-Z]\))?"
    r"|\*?\d{7,8}\*?|第\s*\d+\s*页(?:[,，]?\s*共\s*\d+\s*页)?|请回收.*)\s*"
)
_SYMBOL_LINE = re.compile(
    r"\s*(?:联\s*合\s*国\s+)?(?P<symbol>[SA]/(?:RES/\d{1,4} ?\(\d{4}\)|PV\.\d{1,5}(?: ?\([\w ]+\))?|(?:[A-Z]+/)?\d{2,4}/[\w./-]+(?:\(\w+\))?))\s*"
)
_NO_PROSE = (_LINK_LINE, _RULER, _PAGE_FURNITURE, _SYMBOL_LINE)
_FOOTNOTE = re.compile(r"\s*(?P<number>\d{1,3}|[a-z]|\*{1,3})(?:\s+|(?=[^\d\s.)]))(?P<text>\S.*)")
_NUMBERED = re.compile(
    r"\s*(?:\d{1,3}\s*[.．、]|\([a-z\d一二三四五六七八九十]{1,4}\)|[一二三四五六七八九十]{1,3}\s*[.．、]|[•·●▪○◦]|[A-Z]\.\s)"
)
_FINAL = re.compile(r"[。！？；：:;!?][”’\"')）》]*\s*$")
_TITLE_LINE = re.compile(r"\s*\d{4}\s*年.{4,60}[给致].{2,30}的(?:同文)?信(?:的(?:附件|附文)\S{0,2})?\s*$")
_COUNTED = re.compile(r"\s*[\d名个位项次年月日人国天]")
_PAGE = 8000
"""Characters within which the call of a footnote stands: more than a printed page holds."""
_TERMINAL = re.compile(r"[。！？][”’\"')）》]*\s*$")


@dataclass(slots=True)
class Block:
    """A paragraph in the making: pieces of text with their places in the file, and how it was set.

    ``end`` is the place behind its last line; ``indent`` in blanks before the first character; ``role`` ``text`` or
    ``footnote``.
    """

    pieces: list[tuple[int, str]] = field(default_factory=list)
    indent: int = 0
    role: str = "text"
    page: int = 1
    end: int = 0

    @property
    def text(self) -> str:
        return "".join(text for _, text in self.pieces)

    def add(self, text: str, at: int) -> None:
        if self.pieces and _is_latin(self.pieces[-1][1][-1]) and _is_latin(text[0]):
            # a Latin word or number was not broken: the line end stood for a blank
            self.pieces.append((self.end, " "))
        self.pieces.append((at, text))
        self.end = at + len(text)

    def cut(self, piece: int, start: int, end: int) -> None:
        """Leave ``[start, end)`` of a piece out."""
        at, text = self.pieces[piece]
        rest = [(at, text[:start]), (at + end, text[end:])]
        self.pieces[piece : piece + 1] = [(place, part) for place, part in rest if part]


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


@dataclass(frozen=True, slots=True)
class Layout:
    """Blocks in reading order; each link with the number of the block it stands in or after; whether pages are known."""

    blocks: list[Block]
    links: list[tuple[int, Link]]
    paged: bool


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    at: int
    glued: bool
    page: int
    width: int

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip())

    @property
    def trailing(self) -> bool:
        return self.text != self.text.rstrip()


def lay_out(text: str) -> Layout:
    """Blocks and links of a decoded file. Line ends may be LF, CRLF or CR; a form feed is a page break."""
    lines = _lines(text)
    style = _Style.of([line for line in lines if not any(p.fullmatch(line.text) for p in _NO_PROSE)])
    blocks: list[Block] = []
    notes: list[Block] = []
    links: list[tuple[int, Link]] = []
    current: Block | None = None
    last: _Line | None = None
    note_open = False
    heads: set[str] = set()
    for line in lines:
        if _LINK_LINE.fullmatch(line.text):
            for url in _URL.finditer(line.text):
                at = line.at + url.start()
                links.append((max(0, len(blocks) - 1), Link(url.group(), 0, at, at + len(url.group()))))
            note_open = False
            continue
        if style.wrapped and _PAGE_FURNITURE.fullmatch(line.text):
            continue
        symbol = _SYMBOL_LINE.fullmatch(line.text)
        if symbol:
            # the first is the document's own; those after it, or in mid-sentence, are running heads
            head = symbol["symbol"].replace(" ", "")
            if head in heads or (last is not None and style.leaves_open(last)):
                continue
            heads.add(head)
        if _RULER.fullmatch(line.text):
            note_open = True
            continue
        if note_open:
            if _is_footnote(line, notes):
                _add_footnote(line, notes)
                continue
            note_open = False
        body = line.text.strip()
        at = line.at + line.indent
        if current is None or last is None or not style.joins(last, line):
            if current is not None:
                blocks.extend(notes)
                notes = []
            current = Block(indent=line.indent, page=line.page)
            blocks.append(current)
        current.add(body, at)
        last = line
    blocks.extend(notes)
    _lift_references(blocks)
    return Layout(blocks, links, "\f" in text)


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    page = 1
    blank_before = True
    for match in re.finditer(r"[^\n\r\f]*(?:\r\n|\n|\r|\f|$)", text):
        raw = match.group()
        if not raw:
            continue
        body = raw.rstrip("\r\n\f")
        if body.strip():
            lines.append(_Line(body, match.start(), not blank_before, page, _width(body)))
            blank_before = False
        else:
            blank_before = True
        if raw.endswith("\f"):
            page += 1
            blank_before = False
    return lines


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text.strip())


def _wrapping_width(lines: list[_Line]) -> int | None:
    """Cells at which lines are broken, None where they are not: many lines of about that width, most without an end.

    In a short document the letterhead outnumbers them: then a few lines of one width will do, if they are as wide as a
    page and hardly any is wider.
    """
    widths = sorted(line.width for line in lines)
    width = widths[int(len(widths) * 0.9)]
    full = sum(0.85 * width <= w <= 1.12 * width for w in widths)
    if 30 <= width <= 130 and full >= 0.25 * len(widths) and _mostly_open(lines, width):
        return width
    open_widths = [line.width for line in lines if 56 <= line.width <= 130 and not _FINAL.search(line.text)]
    count, width = max(((sum(0.94 * w <= v <= w for v in open_widths), w) for w in set(open_widths)), default=(0, 0))
    wider = sum(w > 1.12 * width for w in widths)
    return width if count >= 2 and wider <= 0.1 * len(widths) and _mostly_open(lines, width) else None


def _mostly_open(lines: list[_Line], width: int) -> bool:
    full = [line for line in lines if line.width >= 0.85 * width]
    return sum(not _FINAL.search(line.text) for line in full) >= 0.5 * max(1, len(full))


@dataclass(frozen=True, slots=True)
class _Style:
    """How a file breaks its lines: ``wrapped`` at about ``width`` cells; ``double`` with a blank line after each;
    ``marked`` where a blank at the end of a line closes a paragraph."""

    wrapped: bool
    width: int
    double: bool
    marked: bool

    @classmethod
    def of(cls, lines: list[_Line]) -> _Style:
        if len(lines) < 3:
            return cls(False, 0, False, False)
        width = _wrapping_width(lines)
        wrapped = width is not None
        width = width or 0
        double = sum(line.glued for line in lines) < 0.3 * len(lines)
        unmarked = [line for line in lines if not line.trailing]
        long_unmarked = sum(line.width >= 0.8 * width for line in unmarked)
        marked = len(lines) - len(unmarked) >= 2 and bool(unmarked) and long_unmarked >= 0.85 * len(unmarked)
        return cls(wrapped, width, double, marked)

    def leaves_open(self, line: _Line) -> bool:
        """Whether a sentence goes on after ``line``."""
        return self.wrapped and line.width >= 0.8 * self.width and not _FINAL.search(line.text)

    def joins(self, last: _Line, line: _Line) -> bool:
        """Whether ``line`` goes on with the paragraph of ``last``."""
        if not self.wrapped:
            return False
        if _TITLE_LINE.match(last.text) or _SYMBOL_LINE.fullmatch(last.text) or _SYMBOL_LINE.fullmatch(line.text):
            return False
        full = last.width >= 0.8 * self.width
        numbered = bool(_NUMBERED.match(line.text))
        if self.marked:
            if not last.trailing:
                return True
            # a wrapped line may end with a printed blank: long, unfinished, and the next line neither set in nor numbered
            return (
                last.width >= 0.93 * self.width
                and not _FINAL.search(last.text)
                and line.indent == 0
                and not numbered
                and line.width > 0.3 * self.width
            )
        if not self.double and not line.glued:
            return full and not _FINAL.search(last.text) and not numbered and line.indent == 0
        if not full or (numbered and _FINAL.search(last.text)):
            return False
        if line.indent > 0:
            return not _FINAL.search(last.text) and not numbered
        # a short line without an end after a finished sentence is a heading
        short = line.width < 0.5 * self.width and not re.search(r"[。；，、：]\s*$", line.text)
        return not (short and _TERMINAL.search(last.text))


def _is_footnote(line: _Line, notes: list[Block]) -> bool:
    if _FOOTNOTE.fullmatch(line.text) and not re.match(r"\s*\d{1,3}\s*[.．、]", line.text):
        return True
    return bool(notes) and not _is_finished(notes[-1]) and not line.indent


def _add_footnote(line: _Line, notes: list[Block]) -> None:
    starts = _FOOTNOTE.fullmatch(line.text)
    if starts and (not notes or line.indent or _is_finished(notes[-1])):
        notes.append(Block(indent=line.indent, role="footnote", page=line.page))
    notes[-1].add(line.text.strip(), line.at + line.indent)


def _is_finished(note: Block) -> bool:
    return bool(_TERMINAL.search(note.pieces[-1][1]))


def _lift_references(blocks: list[Block]) -> None:
    """Drop the raised numbers that call a footnote (``…488 000 人。1 我们…``) from the prose before it."""
    for i, note in enumerate(blocks):
        number = re.match(r"\d{1,3}", note.pieces[0][1]) if note.role == "footnote" else None
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
            text = block.pieces[i][1]
            match = call.search(text, max(0, len(text) - left))
            if match and not (match.end() == len(text) and _COUNTED.match(following)):
                block.cut(i, *match.span())
                return
            left -= len(text)
            if left <= 0:
                return
            following = text
