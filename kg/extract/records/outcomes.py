"""What a record's votes decided: adoptions, and how each member voted.

A draft adopted is told by its resolution, one that is not by its own symbol; a permanent member's No to a draft that had nine
votes is a veto. Refused: lists that do not fit the count, statements cited rather than read out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.reading import Reading
from kg.extract.records.ballots import ballots
from kg.extract.records.speech import of_the_president
from kg.extract.tallies import Tally, unanimity
from kg.extract.view import Sentence
from kg.extract.votes import PERMANENT
from kg.model import Adoption, MentionType, Vote

__all__ = ["adoptions", "votes"]

_ENOUGH = 9
"""Votes in favour that a draft needs; Charter of the United Nations, Article 27."""


def adoptions(reading: Reading) -> Iterator[Adoption]:
    """Resolutions that a vote adopted, and statements that the President read out (这项声明将作为文件S/PRST/1994/52印发)."""
    front = reading.front
    if front is None:
        return
    sitting = front.sitting
    told: set[str] = set()
    for ballot in ballots(reading):
        if not ballot.adopted or ballot.instrument is None or ballot.instrument in told:
            continue
        told.add(ballot.instrument)
        counts = ballot.counts
        year = int(sitting.date[:4]) if sitting.date else None
        tally = Tally(0, 0, counts.get("yes"), counts.get("no"), counts.get("abstain"), counts.get("absent"))
        fact = Adoption(
            instrument=ballot.instrument,
            date=sitting.date,
            meeting_number=sitting.number,
            body="UN-SC",
            in_favour=counts.get("yes"),
            against=counts.get("no"),
            abstaining=counts.get("abstain"),
            not_participating=counts.get("absent"),
            unanimous=unanimity(tally, year, said=ballot.unanimous),
            meeting=front.key,
            confidence=0.98,
            rule="record.adoption",
        )
        yield reading.with_evidence(fact, [*(s.evidence for s in ballot.said), *sitting.evidence[:1]])
    yield from _statements(reading, told)


_ISSUED = re.compile(r"(?:印发|分发|发表|散发|公布|文号|编号)")
_READ_OUT = re.compile(r"声明")


def _statements(reading: Reading, told: set[str]) -> Iterator[Adoption]:
    front = reading.front
    assert front is not None
    sitting = front.sitting
    opening: Sentence | None = None
    for sentence in of_the_president(reading):
        if re.search(
            r"(?:代表|以)(?:安全理事会|安理会|理事会|他们|其成员|各?成员|全体成员)[^。；]{0,16}(?:发表|宣读|作出)[^。；]{0,8}声明",
            sentence.text,
        ):
            opening = sentence
        for mention in sentence.mentions:
            symbol = mention.id if mention.type is MentionType.DOCUMENT else None
            if symbol is None or not symbol.startswith("S/PRST/") or symbol in told or sentence.text.startswith("“"):
                continue
            if (
                _ISSUED.search(sentence.text)
                and _READ_OUT.search(sentence.text[: mention.start])
                and opening is not None
            ):
                told.add(symbol)
                fact = Adoption(
                    instrument=symbol,
                    date=sitting.date,
                    meeting_number=sitting.number,
                    body="UN-SC",
                    meeting=front.key,
                    confidence=0.97,
                    rule="record.statement",
                )
                yield reading.with_evidence(fact, [sentence.evidence, opening.evidence, *sitting.evidence[:1]])


def votes(reading: Reading) -> Iterator[Vote]:
    """One fact an instrument and state."""
    told: set[tuple[str, str]] = set()
    for ballot in ballots(reading):
        instrument = ballot.instrument
        if instrument is None or not (ballot.adopted or ballot.failed):
            continue
        enough = ballot.counts.get("yes", len(ballot.states.get("yes", ()))) >= _ENOUGH
        for value, states in ballot.states.items():
            if ballot.counts.get(value, len(states)) != len(states):
                continue
            for state, sentence in states:
                if state.id is None or (instrument, state.id) in told:
                    continue
                told.add((instrument, state.id))
                barred = ballot.failed and value == "no" and state.id in PERMANENT and (enough or ballot.by_veto)
                fact = Vote(
                    instrument=instrument, state=state.id, value=value, veto=barred, confidence=0.98, rule="record.vote"
                )
                yield reading.with_evidence(fact, [sentence.evidence, *(s.evidence for s in ballot.said)])
