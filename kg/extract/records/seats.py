"""Who presides and who represents the members, as the front page lists them."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.front import Seat
from kg.extract.reading import Reading
from kg.extract.view import Actor
from kg.model import Chairing, Credential, Mention, MentionType

__all__ = ["chairings", "credentials"]


def chairings(reading: Reading) -> Iterator[Chairing]:
    """One fact a name beside 主席; two names parted by a stroke presided one after the other."""
    front = reading.front
    if front is None:
        return
    sitting = front.sitting
    for seat in front.chairs:
        fact = Chairing(
            date=sitting.date,
            meeting_number=sitting.number,
            format=sitting.format,
            body="UN-SC",
            state=seat.state,
            person=_name(reading, seat),
            capacity=seat.sentence.printed(*seat.post) if seat.post else None,
            status=sitting.status,
            meeting=front.key,
            confidence=0.98,
            rule="record.president",
        )
        yield reading.with_evidence(fact, [seat.sentence.evidence, *front.sitting.evidence[:1]])


def credentials(reading: Reading) -> Iterator[Credential]:
    """One fact a member and the person who sits for it."""
    front = reading.front
    if front is None:
        return
    for seat in front.members:
        fact = Credential(
            person=_name(reading, seat),
            state=seat.state,
            meeting_number=front.sitting.number,
            meeting_date=front.sitting.date,
            confidence=0.97,
            rule="record.member",
        )
        yield reading.with_evidence(fact, [seat.sentence.evidence, *front.sitting.evidence[:1]])


def _name(reading: Reading, seat: Seat) -> str:
    """The full name where the record gives it anywhere, else as the row prints it."""
    start, end = seat.name
    short = seat.sentence.text[start:end]
    mention = Mention(MentionType.OFFICIAL, start, end, short)
    if reading.people.full_name(short) != short:
        return reading.people.name(seat.sentence, Actor(start, end, None, mention)) or short
    return seat.sentence.printed(start, end)
