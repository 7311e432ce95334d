"""The text of an Akoma Ntoso file as blocks: what starts a paragraph, what belongs to one, which blanks are layout."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.read.akn_metadata import Collector
from kg.read.layout import Block, Piece

__all__ = ["Body", "Linked"]

_LINES = frozenset({
    *("p", "heading", "subheading", "crossHeading", "num", "caption", "li", "longTitle"),
    *("listIntroduction", "listWrapUp"),
})  # fmt: skip
"""Elements that hold a line of text: what stands in them is part of the line."""
_WITHIN_LINES = frozenset({"embeddedStructure", "quotedStructure", "popup", "ul", "ol", "table"})
"""Elements that may stand within a line and hold lines of their own; notes too, but those become footnotes."""
_NOTE = "authorialNote"
_HEADINGS = frozenset({"heading", "subheading", "crossHeading"})
_LINKS = frozenset({"a", "ref", "rref", "mref"})
_BREAKS = frozenset({"br", "eol"})
_RUN = re.compile(r"\s+|\S+")
_JOINS = "/-("
"""A line end behind one of these stands for no blank."""


@dataclass(slots=True)
class Linked:
    """The words of a link, as offsets in the text of their block; ``href`` is where it leads."""

    href: str
    block: Block | None = None
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class _Flow:
    """Where paragraphs are written one after the other: the text, or a note. ``gap``: blanks that may or may not be
    printed, each with its place; ``length``: characters of ``block`` so far; ``numbered``: it holds its number only."""

    role: str
    block: Block | None = None
    gap: list[tuple[int, str]] = field(default_factory=list)
    length: int = 0
    numbered: bool = False
    notes: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    """An element that has begun. ``line``: what stands in it is part of a line; ``breaks``: it starts a paragraph."""

    name: str
    line: bool
    breaks: bool
    link: Linked | None = None


_OF_META = _Open("", line=False, breaks=False)


class Body:
    """Takes the events of a file (`kg.read.xml_events.Handler`); ``blocks`` and ``links`` then hold its text."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.links: list[Linked] = []
        self.metadata = Collector()
        self._path: list[_Open] = []
        self._linked: list[Linked] = []
        self._flows = [_Flow("text")]

    def open(self, name: str, attributes: Mapping[str, str], start: int, end: int) -> None:
        self.metadata.open(name, attributes, start, end)
        if name != "meta" and not self.metadata.outside and not self._path[-1].line:
            self._path.append(_OF_META)  # it holds no text
            return
        inside = self._path[-1].line if self._path else False
        line = name in _LINES or (inside and name not in _WITHIN_LINES)
        element = _Open(name, line, breaks=name in _LINES or not (inside and line))
        if name == _NOTE:
            self._flows.append(_Flow("footnote"))
            element.line = element.breaks = False
        elif element.breaks:
            self._end_paragraph(unless_numbered=name != "num")
        flow = self._flows[-1]
        if name in _HEADINGS and flow.block is not None:
            flow.block.role = "heading"
        elif name in _BREAKS:
            flow.gap.append((start, "\n"))
        elif name in _LINKS and self.metadata.outside:
            element.link = Linked(attributes.get("href", ""))
            self._linked.append(element.link)
        self._path.append(element)

    def close(self, name: str, start: int, end: int) -> None:
        self.metadata.close(name, end)
        element = self._path.pop()
        if element is _OF_META:
            return
        flow = self._flows[-1]
        if element.link is not None:
            self._linked.pop()
            if element.link.block is not None:
                same = element.link.block is flow.block
                element.link.end = flow.length if same else len(element.link.block.text)
                self.links.append(element.link)
        if name == _NOTE:
            self._end_paragraph()
            self._flows.pop()
            self._flows[-1].notes += flow.notes
        elif name == "num" and flow.block is not None:
            flow.numbered = True
            flow.gap = [(start, " ")]
        elif element.breaks:
            self._end_paragraph()

    def characters(self, text: str, at: int, *, literal: bool) -> None:
        if not self.metadata.outside:
            self.metadata.characters(text)
            return
        flow = self._flows[-1]
        if flow.block is None and text.isspace():
            return  # no line has begun that they could part
        for run in _RUN.finditer(text):
            part = run[0]
            place = at + run.start() if literal else at
            if not part[0].isspace():
                self._write(flow, part, place)
            elif not flow.numbered:
                flow.gap += [(place + i if literal else place, blank) for i, blank in enumerate(part)]

    def _write(self, flow: _Flow, text: str, at: int) -> None:
        if flow.block is None:
            headed = any(element.name in _HEADINGS for element in self._path)
            flow.block = Block(role="heading" if headed and flow.role == "text" else flow.role)
            flow.length = 0
            self._home(flow).append(flow.block)
        else:
            for place, blank in _printed(flow.block, flow.gap, text):
                self._append(flow, blank, place)
        flow.gap, flow.numbered = [], False
        for link in self._linked:
            if link.block is None:
                link.block, link.start = flow.block, flow.length
        self._append(flow, text, at)

    def _append(self, flow: _Flow, text: str, at: int) -> None:
        assert flow.block is not None
        pieces = flow.block.pieces
        if pieces and flow.block.end == at:
            at, before, _ = pieces.pop()
            text = before + text
            flow.length -= len(before)
        pieces.append(Piece(at, text))
        flow.block.end = at + len(text)
        flow.length += len(text)

    def _home(self, flow: _Flow) -> list[Block]:
        """Where a new block of ``flow`` goes: a footnote waits for the end of its paragraph."""
        return self.blocks if flow.role == "text" else flow.notes

    def _end_paragraph(self, *, unless_numbered: bool = False) -> None:
        flow = self._flows[-1]
        if unless_numbered and flow.numbered:
            return
        flow.block, flow.gap, flow.numbered = None, [], False
        if flow.notes and flow.role == "text":
            self.blocks += flow.notes
            flow.notes = []


def _printed(block: Block, gap: list[tuple[int, str]], text: str) -> list[tuple[int, str]]:
    """The blanks of a gap that are printed: those within a line as they are; for a tab one blank; for a line end one
    where it parts two words of Latin script, none in Chinese."""
    if not gap:
        return []
    blanks = {blank for _, blank in gap}
    if not blanks & set("\t\n\r"):
        return gap
    if blanks & set("\n\r"):
        last = block.pieces[-1].text[-1]
        if not (last.isascii() and text[0].isascii()) or last in _JOINS:
            return []
    return [(gap[0][0], " ")]
