"""The order of reading: rows from the top down, but one column after the other where a stretch of the page has two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kg.read.pdf.rows import Line, Row, join

__all__ = ["in_order"]

_LEAST = 4
"""Lines of a column."""
_FULL = 0.6
"""How much of its column's width the middle one of its lines takes; cells of tables are narrower."""
_OFF = 2.2
"""What stands off is this many sizes away."""
_MIDDLE = (0.3, 0.7)
"""Where the right column begins, as a part of the width of all text."""


def in_order(rows: list[Row]) -> list[Line]:
    """Lines of a page in the order of reading; ``Line.column`` tells the columns."""
    parts = [part for row in rows for part in row.parts]
    if not parts:
        return []
    left, right = min(p.x0 for p in parts), max(p.x1 for p in parts)
    split = _split(rows, parts, left, right)
    if split is None:
        return [join(row.parts) for row in rows]
    found: list[Line] = []
    for band, crossed in _bands(rows, split):
        if crossed or not _has_columns(band, split, left, right):
            found += [join(row.parts) for row in band]
        else:
            found += _one_after_the_other(band, split)
    return found


def _split(rows: list[Row], parts: list[Line], left: float, right: float) -> float | None:
    """Where the right column begins, if some stretch of the page has one: the place where most of its lines do."""
    low, high = (left + share * (right - left) for share in _MIDDLE)
    starts = Counter(round(part.x0) for part in parts if low <= part.x0 <= high)
    for start, count in sorted(starts.items(), key=lambda item: (-item[1], item[0]))[:3]:
        if count < _LEAST:
            break
        split = start - 1.0
        if any(not crossed and _has_columns(band, split, left, right) for band, crossed in _bands(rows, split)):
            return split
    return None


def _bands(rows: list[Row], split: float) -> Iterator[tuple[list[Row], bool]]:
    """Stretches of rows that cross the place, and of rows that do not."""
    band: list[Row] = []
    state = False
    for row in rows:
        crosses = any(part.x0 < split - 1 and part.x1 > split + 1 for part in row.parts)
        if band and crosses != state:
            yield from _apart(band, state)
            band = []
        state = crosses
        band.append(row)
    if band:
        yield from _apart(band, state)


def _apart(band: list[Row], crossed: bool) -> Iterator[tuple[list[Row], bool]]:
    """A band, but what stands off from its top by itself (a masthead)."""
    for i in range(1, min(_LEAST, len(band))):
        if not crossed and band[i - 1].y - band[i].y > _OFF * band[i].size:
            yield band[:i], crossed
            band = band[i:]
            break
    yield band, crossed


def _has_columns(band: list[Row], split: float, left: float, right: float) -> bool:
    one = [part for row in band for part in row.parts if part.x1 <= split + 1]
    two = [part for row in band for part in row.parts if part.x0 >= split - 1]
    if len({p.y for p in one}) < _LEAST or len({p.y for p in two}) < _LEAST:
        return False
    return _filled(one, split - left) and _filled(two, right - split)


def _filled(lines: list[Line], width: float) -> bool:
    widths = sorted(line.x1 - line.x0 for line in lines)
    return widths[len(widths) // 2] >= _FULL * width


def _one_after_the_other(band: list[Row], split: float) -> Iterator[Line]:
    for number in (1, 2):
        for row in band:
            parts = [part for part in row.parts if (part.x0 >= split - 1) == (number == 2)]
            if parts:
                line = join(parts)
                line.column = number
                yield line
