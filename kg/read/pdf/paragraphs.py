"""Lines to paragraphs, by how they are set: spacing, indents, and whether a line reaches the right edge.

A stretch of lines at one pitch may be a paragraph, or many where the document puts no room between them. Inside a
stretch a line goes on with the one before if that one is full and nothing marks a beginning; across pages and columns,
if its sentence is open too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg.read.lines import NUMBERED, ends_sentence, is_final
from kg.read.pdf.rows import Line

__all__ = ["body_size", "paragraphs"]

_ROOM = 1.25
"""More than this part of the usual pitch between two lines is room between paragraphs."""
_LEADING = 1.2
"""Lines of another size stand at most this much wider apart, for their size, than those of the body."""
_ALIKE = 0.08
"""Sizes that differ less are one."""
_INDENT = 1.2
"""An indent, in sizes."""
_SHORT = 1.7
"""A full line may end this many sizes before the edge: a character and a bracket did not fit."""
_SPARE = 0.6
"""Room, in sizes, that a word needs beside its own width."""
_NARROW = 0.55
"""A line that takes less of its column's width is none that was broken."""
_LIST = re.compile(r"\d{1,4}\(\d{4}\)、")
"""Resolutions in a list: some programs keep them all on one line, and leave the one before short."""
_END = re.compile(r"[。；，、：！？]\s*$")
_LONG = 12
"""A line of prose has this many sizes at least."""
_NEAR = 3.0
_FEW = 3
_SHARE = 0.15
"""So many lines that end within some points of each other, and this part of all, make an edge."""
_CELLS = 3.0
"""A gap of this many sizes parts cells of a table."""


@dataclass(slots=True)
class _Stretch:
    """Neighbouring lines of one size at one pitch: where the lines of its column begin, where the widest of them end,
    and where its own do."""

    lines: list[Line]
    left: float = 0.0
    right: float = 0.0
    edge: float = 0.0

    def measure(self, left: float, edges: tuple[float, ...]) -> None:
        """``edges``: where many of the column's lines end, the widest last. A single line ends at the nearest."""
        self.left, self.right = left, edges[-1]
        self.edge = max(line.x1 for line in self.lines)
        if len(self.lines) == 1:
            size = self.lines[0].size
            near = (edge for edge in edges if -_SHORT * size <= self.edge - edge <= size)
            self.edge = next(near, self.right)


def body_size(lines: Iterable[Line]) -> float:
    """The size most characters have."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return max(sizes.items(), key=lambda item: (item[1], item[0]))[0] if sizes else 0.0


def paragraphs(lines: list[Line]) -> Iterator[list[Line]]:
    """The lines of each paragraph, in their order. ``lines`` are those of all pages without furniture and footnotes."""
    stretches = _stretches(lines)
    indents = _indents(stretches)
    open_: list[Line] = []
    last: _Stretch | None = None
    for stretch in stretches:
        for i, line in enumerate(stretch.lines):
            after = stretch.lines[i + 1] if i + 1 < len(stretch.lines) else None
            if not open_ or last is None:
                goes_on = False
            elif i:
                goes_on = _goes_on(open_, line, after, stretch, indents)
            else:
                goes_on = _goes_over(open_[-1], line, after, last, stretch, indents)
            if open_ and not goes_on:
                yield open_
                open_ = []
            open_.append(line)
            last = stretch
    if open_:
        yield open_


def _stretches(lines: list[Line]) -> list[_Stretch]:
    pitches = _pitches(lines)
    found: list[_Stretch] = []
    for line in lines:
        above = found[-1].lines[-1] if found else None
        if above is not None and _is_next(above, line) and above.y - line.y <= _ROOM * pitches.get(_key(line), 0.0):
            found[-1].lines.append(line)
        else:
            found.append(_Stretch([line]))
    columns: dict[tuple[int, int], list[Line]] = {}
    pages: dict[int, list[Line]] = {}
    for line in lines:
        columns.setdefault((line.page, line.column), []).append(line)
        pages.setdefault(line.page, []).append(line)
    usual = _edges(lines) or (max((line.x1 for line in lines), default=0.0),)
    about = {
        # what stands above two columns begins where they do
        (page, column): (_left(own if column else pages[page]), _edges(own) or _reached(usual, own))
        for (page, column), own in columns.items()
    }
    for stretch in found:
        first = stretch.lines[0]
        stretch.measure(*about[first.page, first.column])
    return found


def _is_next(above: Line, line: Line) -> bool:
    """Whether two lines stand one under the other, in one size."""
    return (
        (above.page, above.column) == (line.page, line.column)
        and above.y > line.y
        and abs(above.size - line.size) <= _ALIKE * line.size
    )


def _key(line: Line) -> float:
    return round(line.size * 2) / 2


def _left(lines: list[Line]) -> float:
    """Where the lines begin, those of tables and mastheads left out if there are others."""
    return min([line.x0 for line in lines if line.gap < _CELLS] or [line.x0 for line in lines])


def _edges(lines: Iterable[Line]) -> tuple[float, ...]:
    """Where many of the long lines end, the widest last. Those of tables and mastheads are not asked."""
    ends = sorted(line.x1 for line in lines if line.gap < _CELLS and line.x1 - line.x0 >= _LONG * line.size)
    clusters: list[list[float]] = []
    for end in ends:
        if clusters and end - clusters[-1][-1] <= _NEAR:
            clusters[-1].append(end)
        else:
            clusters.append([end])
    return tuple(c[int(len(c) * 0.8)] for c in clusters if len(c) >= max(_FEW, _SHARE * len(ends)))


def _reached(edges: tuple[float, ...], lines: list[Line]) -> tuple[float, ...]:
    """Those edges that lines of a column with few lines come up to, all where none is."""
    ends = [line.x1 for line in lines if line.gap < _CELLS]
    return tuple(edge for edge in edges if any(abs(end - edge) <= _NEAR for end in ends)) or edges


def _pitches(lines: list[Line]) -> dict[float, float]:
    """The distance of lines by their size: the smallest that is frequent."""
    gaps: dict[float, Counter[float]] = {}
    for above, line in pairwise(lines):
        gap = above.y - line.y
        if _is_next(above, line) and 0.9 * line.size <= gap <= 3.2 * line.size:
            gaps.setdefault(_key(line), Counter())[round(gap * 2) / 2] += 1
    found = {
        size: min(gap for gap, count in counts.items() if 4 * count >= max(counts.values()))
        for size, counts in gaps.items()
    }
    size = body_size(lines)
    leading = found.get(size, 0.0) / size if size else 0.0
    # of a size that only headings have, the distance may be the room between them
    return {each: min(pitch, _LEADING * leading * each) if leading else pitch for each, pitch in found.items()}


def _indents(stretches: list[_Stretch]) -> bool:
    """Whether paragraphs of this document begin with an indent."""
    wrapped = [s.lines for s in stretches if len(s.lines) > 1 and s.lines[0].x1 >= s.edge - _SHORT * s.lines[0].size]
    indented = sum(lines[0].x0 > lines[1].x0 + _INDENT * lines[0].size for lines in wrapped)
    return indented > 0.3 * len(wrapped)


def _is_full(line: Line, after: Line | None, stretch: _Stretch) -> bool:
    """Whether a line reaches the edge, or nearly so that the first word ``after`` it did not fit."""
    if line.gap >= _CELLS:
        return False
    room = stretch.edge - line.x1
    fits = max(_SHORT * line.size, after.word + _SPARE * line.size if after else 0.0)
    if room > fits:
        return False
    listed = after is not None and _LIST.match(after.text) is not None
    return listed or line.x1 - line.x0 >= _NARROW * (stretch.right - stretch.left)


def _is_heading(line: Line, stretch: _Stretch) -> bool:
    """Whether a line behind a finished sentence is short and has no end of its own."""
    return line.x1 - line.x0 < 0.5 * (stretch.right - stretch.left) and not _END.search(line.text)


def _goes_on(open_: list[Line], line: Line, after: Line | None, stretch: _Stretch, indents: bool) -> bool:
    """Whether a line goes on with the one above it."""
    last = open_[-1]
    if not _is_full(last, line, stretch) or line.gap >= _CELLS:
        return False
    if {last.bold, line.bold} == {True, False}:
        return False  # a heading
    finished = is_final(last.text)
    if finished and NUMBERED.match(line.text):
        return False
    step = line.x0 - last.x0
    indent = _INDENT * line.size
    if step > indent:
        hangs = len(open_) == 1 and NUMBERED.match(last.text) is not None
        centred = abs(line.x0 + line.x1 - last.x0 - last.x1) < 2 * line.size
        return hangs or centred
    if step < -indent:
        return len(open_) == 1 or not finished
    begins = after is not None and after.x0 < line.x0 - indent
    if begins and (finished or len(open_) == 1):
        return False
    if ends_sentence(last.text):
        return not _is_heading(line, stretch) and (indents or stretch.lines[0] is open_[0])
    return True


def _goes_over(last: Line, line: Line, after: Line | None, before: _Stretch, stretch: _Stretch, indents: bool) -> bool:
    """Whether a paragraph goes on over the end of a page or column, or past a gap in it."""
    if (last.page, last.column) == (line.page, line.column) or line.gap >= _CELLS:
        return False
    if not _is_full(last, line, before) or abs(last.size - line.size) > _ALIKE * line.size:
        return False
    if {last.bold, line.bold} == {True, False}:
        return False
    indent = _INDENT * line.size
    indented = line.x0 > (after.x0 if after else stretch.left) + indent
    if indented or (NUMBERED.match(line.text) and is_final(last.text)):
        return False
    if ends_sentence(last.text):
        return indents and len(stretch.lines) > 1 and not _is_heading(line, stretch)
    return True
