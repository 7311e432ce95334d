"""Paragraphs that a format knows to be paragraphs, as file text and blocks.

Some files hold the lines of a printed page as paragraphs of their own, or with a break at the end of each (converted
PDFs, ``<pre>``). They are laid out as plain text is.
"""

from __future__ import annotations

import re

from kg.model import Link
from kg.read.layout import Block, Layout, Piece, lay_out
from kg.read.lines import Line, Style, split_lines

__all__ = ["Flow"]

_LINES = 4
"""Lines that a paragraph with breaks inside has at least, to be looked at as wrapped."""
_FULL = 8
"""Paragraphs of one width that are lines of a page."""


class Flow:
    """Takes paragraphs in reading order. ``\\f`` in a text is a page break, ``\\n`` a line break."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._length = 0
        self._page = 1
        self._blocks: list[Block] = []
        self._links: list[tuple[int, Link]] = []
        self._turned = False

    def turn(self) -> None:
        """A page ends here; twice with nothing between is once."""
        if not self._turned and self._blocks:
            self._write("\f")
            self._page += 1
            self._turned = True

    def add(self, text: str, *, role: str = "text") -> None:
        """A paragraph, or as many as it has lines that were not wrapped."""
        if text.count("\n") >= _LINES - 1 and role == "text":
            layout = lay_out(text)
            if len(layout.blocks) < len([line for line in text.split("\n") if line.strip()]):
                self._add_laid_out(text, layout)
                return
        for line in text.split("\n"):
            self._add_line(line, role)

    def finish(self) -> tuple[str, Layout]:
        """The file text and its blocks."""
        text = "".join(self._texts)
        if all(block.role == "text" for block in self._blocks) and _is_printed(split_lines(text)):
            return text, lay_out(text)
        return text, Layout(self._blocks, self._links, self._page > 1)

    def _add_line(self, line: str, role: str) -> None:
        block = Block(role=role)
        for part in re.split("(\f)", line):
            if part == "\f":
                self.turn()
            elif part.strip():
                self._turned = False
                # blanks inside the paragraph stay where a page break parts them
                shown = part if block.pieces else part.lstrip()
                block.pieces.append(Piece(self._length, shown, self._page))
                self._write(shown)
        if not block.pieces:
            return
        at, last, page = block.pieces[-1]
        block.pieces[-1] = Piece(at, last.rstrip(), page)
        block.end = at + len(last.rstrip())
        self._blocks.append(block)
        self._write("\n")

    def _add_laid_out(self, text: str, layout: Layout) -> None:
        self._turned = False
        for number, link in layout.links:
            place = (self._length + link.file_start, self._length + link.file_end)
            self._links.append((len(self._blocks) + number, Link(link.url, 0, *place)))
        for block in layout.blocks:
            pieces = [Piece(self._length + at, part, self._page + page - 1) for at, part, page in block.pieces]
            self._blocks.append(Block(pieces, block.indent, block.role, self._length + block.end))
        self._page += text.count("\f")
        self._write(f"{text}\n")

    def _write(self, text: str) -> None:
        self._texts.append(text)
        self._length += len(text)


def _is_printed(lines: list[Line]) -> bool:
    """Whether paragraphs are the lines of a printed page: many as wide as it, none wider."""
    style = Style.of(lines)
    full = sum(0.85 * style.width <= line.width <= 1.12 * style.width for line in lines)
    wider = any(line.width > 1.12 * style.width for line in lines)
    return style.wrapped and not wider and full >= max(_FULL, 0.4 * len(lines))
