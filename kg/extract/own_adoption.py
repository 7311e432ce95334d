"""The adoption of the document itself: a resolution's line of adoption, or the opening of a presidential statement."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.reading import Reading
from kg.extract.resolutions import resolution_adoption
from kg.extract.statements import opening_of
from kg.model import Adoption, DocumentKind, Status

__all__ = ["own_adoption"]


def own_adoption(reading: Reading) -> Adoption | None:
    """The adoption of the document itself: a resolution's line, a presidential statement's first sentence."""
    return next(iter(reading.once(_own)), None)


def _own(reading: Reading) -> Iterator[Adoption]:
    document = reading.view.document
    own = None
    if document.kind is DocumentKind.PRESIDENTIAL_STATEMENT:
        own = _own_statement(reading)
    elif document.kind is DocumentKind.RESOLUTION and (document.symbol or "").startswith("S/RES/"):
        own = resolution_adoption(reading)
    if own is not None:
        yield own


def _own_statement(reading: Reading) -> Adoption | None:
    """Made at the meeting of its opening; one that names no meeting on the day of its masthead."""
    symbol = reading.view.document.symbol or ""
    opening = opening_of(reading.view)
    if opening is None or not symbol.startswith("S/PRST/"):
        return None
    told = reading.meetings.told_in(opening) or [s for s in [reading.meetings.of(opening)] if s is not None]
    held = next((s for s in told if s.status == Status.HELD), None)
    days = [d for d in opening.dates if d.day is not None]
    printed = reading.context.iso(days[0]) if days else reading.view.document.date
    named = [s for s in reading.view.sentences[:12] if any(m.id == symbol for m in s.mentions)]
    fact = Adoption(
        instrument=symbol,
        date=held.date if held else printed,
        meeting_number=held.number if held else None,
        body="UN-SC",
        meeting=held.key() if held else None,
        confidence=0.98,
        rule="statement.made",
    )
    return reading.with_evidence(fact, [s.evidence for s in (opening, *named)]) if fact.date else None
