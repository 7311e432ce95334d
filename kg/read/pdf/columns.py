"""The order of reading: rows from the top down, but one column after the other where a stretch of the page has two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from kg.read.pdf.rows import Line, Row, join

__all__ = ["in_order"]

_LEAST = 4
"""Lines of a column."""
_FULL = 0.6
"""How much of its column's width the middle one of its lines takes; cells of tables are narrower."""
_OFF = 2.2
"""What stands off is this many sizes away."""
_TOP = 12
"""Rows that a masthead has at most."""
_MIDDLE = (0.3, 0.7)
"""Where the right column begins, as a part of the width of all text."""


def in_order(rows: list[Row]) -> list[Line]:
    """Lines of a page in the order of reading; ``Line.column`` tells the columns."""
    parts = [part for row in rows for part in row.parts]
    if not parts:
        return []
    page = (min(p.x0 for p in parts), max(p.x1 for p in parts))
    found: list[Line] = []
    split = _split(rows, parts, page)
    for band in _bands(rows, split, page) if split else [rows]:
        if split and _has_columns(band, split, page):
            found += _one_after_the_other(band, split)
        else:
            found += [join(row.parts) for row in band]
    return found


def _split(rows: list[Row], parts: list[Line], page: tuple[float, float]) -> float | None:
    """Where the right column begins, if some stretch of the page has one: the place where most of its lines do.
    ``page``: where text begins and ends."""
    low, high = (page[0] + share * (page[1] - page[0]) for share in _MIDDLE)
    starts = Counter(round(part.x0) for part in parts if low <= part.x0 <= high)
    for start, count in sorted(starts.items(), key=lambda item: (-item[1], item[0]))[:3]:
        if count < _LEAST:
            break
        if any(_has_columns(band, start - 1.0, page) for band in _bands(rows, start - 1.0, page)):
            return start - 1.0
    return None


def _bands(rows: list[Row], split: float, page: tuple[float, float]) -> Iterator[list[Row]]:
    """Stretches of rows that cross the place, and of rows that do not; what stands off above columns (a masthead) is
    one of its own."""
    for _, same in groupby(rows, key=lambda row: any(p.x0 < split - 1 and p.x1 > split + 1 for p in row.parts)):
        band = list(same)
        for i in range(1, min(_TOP, len(band))):
            stands_off = band[i - 1].y - band[i].y > _OFF * band[i].size
            if stands_off and not _has_columns(band[:i], split, page) and _has_columns(band[i:], split, page):
                yield band[:i]
                band = band[i:]
                break
        yield band


def _has_columns(band: list[Row], split: float, page: tuple[float, float]) -> bool:
    parts = [part for row in band for part in row.parts]
    if any(part.x0 < split - 1 and part.x1 > split + 1 for part in parts):
        return False
    one = [part for part in parts if part.x0 < split - 1]
    two = [part for part in parts if part.x0 >= split - 1]
    if len({p.y for p in one}) < _LEAST or len({p.y for p in two}) < _LEAST:
        return False
    filled = _filled(one, split - page[0]) + _filled(two, page[1] - split)
    return filled == 2 or (filled == 1 and _apart(one, two))


def _filled(lines: list[Line], width: float) -> bool:
    widths = sorted(line.x1 - line.x0 for line in lines)
    return widths[len(widths) // 2] >= _FULL * width


def _apart(one: list[Line], two: list[Line]) -> bool:
    """Whether most lines of the second stand beside none of the first: cells of a row have one baseline."""
    baselines = {round(line.y) for line in one}
    return sum(round(line.y) in baselines for line in two) < 0.5 * len(two)


def _one_after_the_other(band: list[Row], split: float) -> Iterator[Line]:
    for number in (1, 2):
        for row in band:
            parts = [part for part in row.parts if (part.x0 >= split - 1) == (number == 2)]
            if parts:
                line = join(parts)
                line.column = number
                yield line
