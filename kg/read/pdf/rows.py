"""Characters to rows: what stands on one baseline, in parts where a wide gap parts it (columns, cells, tab stops).

Raised and lowered small characters belong to the row they lean on; footnote calls are raised.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kg.read.lines import NUMBERED
from kg.read.pdf.glyphs import Glyph

__all__ = ["Line", "Row", "join", "rows"]

_SAME = 0.25
"""Baselines nearer than this (in sizes) are one."""
_SMALL = 0.8
"""Raised characters are smaller than this part of their neighbours."""
_WIDE = 1.2
"""A gap of this many sizes parts a row."""
_BLANK = 0.2
"""A gap of this many sizes between Latin characters is a blank that was not printed."""
_GAP = 0.5
"""So is one of this many between others."""

_OPENING = frozenset("“‘《（([「『【")
_CLOSING = frozenset("，。、；：！？”’》）)]」』】,.;:!?")


@dataclass(slots=True, eq=False)
class Line:
    """Characters of one baseline without a wide gap; later, all of a row that is read in one go.

    ``raised``: spans of ``text`` that stand higher; ``bold``: whether its Han characters are, None where
    they differ or it has none; ``page`` from 1, ``column``
    0, or 1 and 2 where the page has two; ``gap`` the widest between its parts, in sizes, that behind a number left out;
    ``word`` the width of what stands first and could not be broken;
    ``begins``: it is the first of a footnote; ``at`` its place in the file text.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    raised: tuple[tuple[int, int], ...] = ()
    bold: bool | None = None
    page: int = 0
    column: int = 0
    gap: float = 0.0
    word: float = 0.0
    begins: bool = False
    at: int = -1


@dataclass(slots=True, eq=False)
class Row:
    """The parts of one baseline, from left to right."""

    y: float
    size: float
    parts: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(part.text for part in self.parts)


@dataclass(slots=True)
class _Draft:
    y: float
    size: float
    glyphs: list[tuple[Glyph, bool]] = field(default_factory=list)


def rows(glyphs: Iterable[Glyph], page: int) -> list[Row]:
    """Rows from top to bottom. ``page`` is noted in each part."""
    found = []
    for draft in _settled(_drafts(glyphs)):
        parts = list(_parts(draft, page))
        if parts:
            found.append(Row(draft.y, draft.size, parts))
    return found


def join(parts: list[Line]) -> Line:
    """Parts of a row as one line, a blank between them."""
    if len(parts) == 1:
        return parts[0]
    numbered = NUMBERED.fullmatch(parts[0].text) is not None
    if numbered and len(parts) > 2:
        return join([parts[0], join(parts[1:])])
    spread = all(len(part.text) == 1 and part.text > "\u3000" for part in parts)  # a short line justified
    blank = "" if spread else " "
    raised: list[tuple[int, int]] = []
    length = 0
    for part in parts:
        raised += [(start + length, end + length) for start, end in part.raised]
        length += len(part.text) + len(blank)
    main = max(parts, key=lambda part: len(part.text))
    gaps = [part.gap for part in parts]
    if not spread and not numbered:
        gaps += [(b.x0 - a.x1) / main.size for a, b in pairwise(parts)]
    return replace(
        main,
        text=blank.join(part.text for part in parts),
        x0=parts[0].x0,
        x1=parts[-1].x1,
        raised=tuple(raised),
        bold=main.bold if all(part.bold in {main.bold, None} for part in parts) else None,
        gap=max(gaps),
        word=parts[0].word,
    )


def _drafts(glyphs: Iterable[Glyph]) -> list[_Draft]:
    drafts: list[_Draft] = []
    for glyph in sorted(glyphs, key=lambda g: (-g.y, g.x0)):
        last = drafts[-1] if drafts else None
        if last is not None and abs(last.y - glyph.y) <= _SAME * max(glyph.size, last.size):
            last.glyphs.append((glyph, False))
            if glyph.size > last.size and not glyph.char.isspace():
                last.size, last.y = glyph.size, glyph.y
        else:
            drafts.append(_Draft(glyph.y, glyph.size, [(glyph, False)]))
    return drafts


def _settled(drafts: list[_Draft]) -> list[_Draft]:
    """Small characters that lean on a row are moved into it."""
    moves: list[tuple[_Draft, Glyph, bool]] = []
    for i, draft in enumerate(drafts):
        hosts = [d for d in drafts[max(0, i - 2) : i + 3] if _leans(draft, d)]
        if not hosts:
            continue
        stay = []
        for glyph, raised in draft.glyphs:
            host = next((h for h in hosts if _touches(glyph, h)), None)
            if host is None:
                stay.append((glyph, raised))
            else:
                moves.append((host, glyph, draft.y > host.y))
        draft.glyphs = stay
    for host, glyph, raised in moves:
        host.glyphs.append((glyph, raised))
    return [draft for draft in drafts if any(not glyph.char.isspace() for glyph, _ in draft.glyphs)]


def _leans(small: _Draft, large: _Draft) -> bool:
    apart = small.y - large.y
    return small.size <= _SMALL * large.size and -0.35 * large.size < apart <= 0.75 * large.size


def _touches(glyph: Glyph, host: _Draft) -> bool:
    reach = host.size
    return any(g.x0 - reach <= glyph.x1 and glyph.x0 <= g.x1 + reach for g, _ in host.glyphs if not g.char.isspace())


def _parts(draft: _Draft, page: int) -> Iterator[Line]:
    """The row's characters from left to right, cut at wide gaps. A character printed twice for boldness counts once."""
    size = draft.size
    open_: list[tuple[Glyph, bool]] = []
    end = 0.0
    for glyph, raised in sorted(draft.glyphs, key=lambda item: item[0].x0):
        if not glyph.char.isspace():
            if open_ and glyph.x0 - end > _WIDE * size:
                yield from _line(open_, draft, page)
                open_ = []
            if any(_is_twin(g, glyph) for g, _ in open_[-2:]):
                continue
            end = max(end, glyph.x1) if open_ else glyph.x1
        open_.append((glyph, raised))
    yield from _line(open_, draft, page)


def _is_twin(one: Glyph, two: Glyph) -> bool:
    """Whether a character is printed twice for boldness; a double dash is one sign of two characters."""
    return one.char == two.char and one.char not in "—…─" and abs(one.x0 - two.x0) < 0.15 * two.size


def _line(items: list[tuple[Glyph, bool]], draft: _Draft, page: int) -> Iterator[Line]:
    visible = [(glyph, raised) for glyph, raised in items if not glyph.char.isspace()]
    if not visible:
        return
    blanks = [glyph.x0 for glyph, _ in items if glyph.char.isspace()]  # from left to right, as the items are
    spread = sorted(b.x0 - a.x1 for (a, _), (b, _) in pairwise(visible))
    usual = max(0.0, spread[len(spread) // 2]) if spread else 0.0
    set_in = Counter((glyph.size, glyph.y) for glyph, raised in visible if not raised)
    size, y = max(set_in.items(), key=lambda item: (item[1], item[0]))[0] if set_in else (draft.size, draft.y)
    text: list[str] = []
    raised_at: list[tuple[int, int]] = []
    last: Glyph | None = None
    for glyph, raised in visible:
        if last is not None:
            printed = bisect_right(blanks, glyph.x0) > bisect_right(blanks, last.x0)
            numbered = len(text) < 6 and glyph.x0 - last.x1 > _BLANK * size and NUMBERED.fullmatch("".join(text))
            if printed or numbered or _is_parted(last, glyph, usual, size):
                text.append(" ")
        if raised:
            raised_at.append((len(text), len(text) + 1))
        text.append(glyph.char)
        last = glyph
    first, final = visible[0][0], visible[-1][0]
    faces = {glyph.bold for glyph, _ in visible if glyph.char >= "\u3400"}
    bold = faces.pop() if len(faces) == 1 else None
    word = _first_word([glyph for glyph, _ in visible]) - first.x0
    yield Line("".join(text), first.x0, final.x1, y, size, _runs(raised_at), bold, page, word=word)


def _first_word(glyphs: list[Glyph]) -> float:
    """Where the part of a line ends that no line break may stand in: a Latin word, one Han character, marks with it."""
    end = glyphs[0].x1
    for one, two in pairwise(glyphs):
        bound = (_is_western(one.char) and _is_western(two.char)) or one.char in _OPENING or two.char in _CLOSING
        if not bound or (two.x0 - one.x1 > _BLANK * two.size and one.char != "、"):
            break
        end = two.x1
    return end


def _is_western(char: str) -> bool:
    """Whether some programs do not break a line beside it: they keep 2139(2014)、2165(2014) together."""
    return char.isascii() or char == "、"


def _is_parted(last: Glyph, glyph: Glyph, usual: float, size: float) -> bool:
    """Whether the room between two characters stands for a blank; marks that close hang out in the margin."""
    if glyph.char in _CLOSING:
        return False
    # between Han and Latin characters some programs leave room without a blank
    latin = last.char.isascii() and glyph.char.isascii() and last.char not in "(["
    return glyph.x0 - last.x1 > usual + (_BLANK if latin else _GAP) * size


def _runs(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Neighbours as one."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and start - found[-1][1] <= 1:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(found)
