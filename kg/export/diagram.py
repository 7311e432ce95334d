"""The heart of the vocabulary as a drawing: which things statements are about, and what is derived between things.

Places are set by hand, names come from the ontology; `diagram` refuses a line that the ontology does not have.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.export.ontology import Term

__all__ = ["EDGES", "diagram"]

_PLACES: Final = {
    "Evidence": (0, 0),
    "SourceDocument": (1, 0),
    "Resolution": (2, 0),
    "MandateHolder": (3, 0),
    "Post": (0, 1),
    "Statement": (1, 1),
    "Meeting": (2, 1),
    "Theme": (3, 1),
    "Official": (0, 2),
    "State": (1, 2),
    "Presidency": (2, 2),
    "MeetingFormat": (3, 2),
}
EDGES: Final = (
    ("Statement", "evidence", "Evidence"),
    ("Statement", "statedIn", "SourceDocument"),
    ("Statement", "inCapacity", "Post"),
    ("Statement", "person", "Official"),
    ("Statement", "forState", "State"),
    ("Statement", "atMeeting", "Meeting"),
    ("Statement", "instrument", "Resolution"),
    ("SourceDocument", "textOf", "Resolution"),
    ("Resolution", "extends", "MandateHolder"),
    ("Resolution", "adoptedAt", "Meeting"),
    ("Meeting", "theme", "Theme"),
    ("Meeting", "format", "MeetingFormat"),
    ("Meeting", "underPresidency", "Presidency"),
    ("Meeting", "chairedBy", "State"),
    ("Presidency", "heldBy", "State"),
)
"""Class, property, class. `_DERIVED` are drawn broken: short cuts that follow from statements."""

_DERIVED: Final = frozenset({"extends", "adoptedAt", "chairedBy", "underPresidency", "heldBy"})
_STEP_X, _STEP_Y, _WIDTH, _HEIGHT, _MARGIN = 250, 150, 150, 56, 20


def diagram(terms: Mapping[str, Term]) -> str:
    """An SVG element, labelled in both languages; its lines use the page's colours."""
    width = _MARGIN * 2 + _STEP_X * 3 + _WIDTH
    height = _MARGIN * 2 + _STEP_Y * 2 + _HEIGHT
    parts = [
        f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="词汇图 / diagram of the vocabulary">',
        '<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0 0L8 4L0 8z"/></marker></defs>',
    ]
    labels = []
    for start, name, end in EDGES:
        _check(terms, start, name, end)
        (x1, y1), (x2, y2) = _ends(start, end)
        kind = ' class="derived"' if name in _DERIVED else ""
        parts.append(f'<line{kind} x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" marker-end="url(#arrow)"/>')
        upright, level = x1 == x2, y1 == y2
        along = (
            0.5 if level else 0.3 if upright else 0.62
        )  # so that names of crossing and neighbouring lines keep apart
        x, y = round(x1 + (x2 - x1) * along) + 4 * upright, round(y1 + (y2 - y1) * along)
        anchor = "start" if upright else "middle"
        labels.append(
            f'<a href="#{name}"><text class="edge" x="{x}" y="{y - 6}" text-anchor="{anchor}">'
            f"{escape(terms[name].zh)} {name}</text></a>"
        )
    for name in _PLACES:
        x, y = _centre(name)
        parts.append(
            f'<a href="#{name}"><rect x="{x - _WIDTH // 2}" y="{y - _HEIGHT // 2}" width="{_WIDTH}" height="{_HEIGHT}"'
            f' rx="8"/><text x="{x}" y="{y - 4}" text-anchor="middle">{escape(terms[name].zh)}</text>'
            f'<text class="en" x="{x}" y="{y + 15}" text-anchor="middle">{name}</text></a>'
        )
    return "\n".join([*parts, *labels, "</svg>"])


def _check(terms: Mapping[str, Term], start: str, name: str, end: str) -> None:
    """Raises `ValueError` for a line that domain or range of the property do not allow."""
    term = terms[name]
    for allowed, class_ in ((term.domain, start), (term.range, end)):
        if allowed and not set(allowed) & _above(terms, f"sc:{class_}"):
            raise ValueError(f"{start} {name} {end}: the ontology says {', '.join(allowed)}")


def _above(terms: Mapping[str, Term], name: str) -> set[str]:
    found = {name}
    term = terms.get(name.removeprefix("sc:"))
    for each in term.above if term else ():
        found |= _above(terms, each)
    return found


def _centre(name: str) -> tuple[int, int]:
    column, row = _PLACES[name]
    return _MARGIN + _WIDTH // 2 + column * _STEP_X, _MARGIN + _HEIGHT // 2 + row * _STEP_Y


def _ends(start: str, end: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where the line between two boxes meets their edges."""
    (x1, y1), (x2, y2) = _centre(start), _centre(end)
    dx, dy = x2 - x1, y2 - y1
    reach = min((_WIDTH / 2) / abs(dx) if dx else 1, (_HEIGHT / 2) / abs(dy) if dy else 1)
    return (round(x1 + dx * reach), round(y1 + dy * reach)), (round(x2 - dx * reach), round(y2 - dy * reach))
