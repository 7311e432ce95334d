"""Footnotes: small lines at the foot of a column, under a ruler or with a mark before the first."""

from __future__ import annotations

from kg.read.layout import FOOTNOTE, RULER
from kg.read.lines import ends_sentence
from kg.read.pdf.glyphs import Rule
from kg.read.pdf.rows import Line

__all__ = ["tell_beginnings", "without_notes"]

_MOST = 200
"""Rulers of a page that are looked at."""
_SMALLER = 0.93
"""Size of footnotes at most, as a part of the body's."""


def without_notes(lines: list[Line], rules: list[Rule], size: float) -> tuple[list[Line], list[Line]]:
    """Body and footnotes of a page; ``size`` is that of the document's body."""
    body: list[Line] = []
    notes: list[Line] = []
    for column in sorted({line.column for line in lines}):
        own = [line for line in lines if line.column == column]
        at = _start(own, rules, size)
        notes += own[at:]
        body += own[:at]
    order = {id(line): i for i, line in enumerate(lines)}
    body.sort(key=lambda line: order[id(line)])
    return [line for line in body if not RULER.fullmatch(line.text)], notes


def _start(lines: list[Line], rules: list[Rule], size: float) -> int:
    """Where the footnotes of a column begin, its end where it has none."""
    small = len(lines)
    while small and lines[small - 1].size <= _SMALLER * size:
        small -= 1
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    # a footnote's ruler begins where the text does and goes less than halfway: lines of tables go all the way
    short = [r for r in rules[:_MOST] if r.x1 - r.x0 <= 0.55 * (right - left) + size and r.x0 <= left + size]
    for at in range(1, len(lines)):
        above, line = lines[at - 1], lines[at]
        ruled = RULER.fullmatch(above.text) is not None or any(line.y < rule.y < above.y for rule in short)
        if ruled and (at >= small or _mark(line)):
            return at
    return next((at for at in range(max(1, small), len(lines)) if _mark(lines[at])), len(lines))


def tell_beginnings(notes: list[Line], last: Line | None) -> None:
    """Which lines begin a footnote: those with a mark that is raised, set in, or behind a finished one. A blank is put
    behind the mark where none is. ``last`` is the last line of the footnotes before."""
    left = min((line.x0 for line in notes), default=0.0)
    for line in notes:
        mark = _mark(line)
        raised = bool(line.raised) and line.raised[0][0] == 0
        set_in = line.x0 > left + line.size
        line.begins = last is None or (mark > 0 and (raised or set_in or ends_sentence(last.text)))
        if line.begins and 0 < mark < len(line.text) and line.text[mark] != " ":
            line.text = f"{line.text[:mark]} {line.text[mark:]}"
        last = line


def _mark(line: Line) -> int:
    """Where the mark of a footnote ends that the line begins with, 0 without one."""
    if line.raised and line.raised[0][0] == 0:
        return line.raised[0][1]
    found = FOOTNOTE.fullmatch(line.text)
    return found.end("number") if found else 0
