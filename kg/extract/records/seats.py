"""Who presides and who represents the members, as the front page lists them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.front import Seat
from kg.extract.reading import Reading
from kg.extract.records.speech import proceedings
from kg.extract.view import Actor
from kg.model import Chairing, Mention, MentionType, Participant
from kg.pipeline.mask import compile_masked

__all__ = ["chairings", "participants"]


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
            capacity=seat.sentence.printed(*seat.post) if seat.post else _said_by(reading, seat),
            status=sitting.status,
            meeting=front.key,
            confidence=0.98,
            rule="record.president",
        )
        yield reading.with_evidence(fact, [seat.sentence.evidence, *front.sitting.evidence[:1]])


_OWN = compile_masked(
    r"我(?:现在|现|也|还|将|谨|想|愿)*以(?:(?P<s>«S»)|我国|本国)?(?:的)?(?P<post>[^，。；«:S»]{2,24}?)的?身份(?:向安理会)?(?:发言|讲话)"
)
_OFFICE = re.compile(
    r"(?:部长|大臣|总统|总理|首相|外长|国务卿|国务秘书|(?<!安全理事会)(?<!安理会)主席|常驻(?:联合国)?代表)$"
)
_ANOTHER = re.compile(r"(?:先生|女士)[^。]{0,12}主持会议。?$|(?:先生|女士)[^。]{0,8}担任主席。?$")


def _said_by(reading: Reading, seat: Seat) -> str | None:
    """The office in which the first who presides speaks for the country: 我现在以卢旺达外交与合作部长的身份发言."""
    if reading.front is None or seat is not reading.front.chairs[0]:
        return None
    for sentence in proceedings(reading):
        if _ANOTHER.search(sentence.text):
            return None
        match = _OWN.search(sentence.unposted)
        state = sentence.at(match.start("s"), MentionType.STATE) if match and match["s"] else None
        if match is None or (match["s"] and (state is None or state.id != seat.state)):
            continue
        post = sentence.printed(*match.span("post"))
        return post if _OFFICE.search(match["post"]) else None
    return None


def participants(reading: Reading) -> Iterator[Participant]:
    """One fact a member and the person who sits for it."""
    front = reading.front
    if front is None:
        return
    for seat in front.members:
        fact = Participant(
            person=_name(reading, seat),
            state=seat.state,
            meeting_number=front.sitting.number,
            date=front.sitting.date,
            role="member",
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
