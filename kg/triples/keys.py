"""Keys of facts: which statements of several documents are one thing in the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Fact, Meeting
from kg.triples.things import short_hash

if TYPE_CHECKING:
    from kg.link.meetings import MeetingRef

__all__ = ["fact_key"]

_ANCHORS = ("date", "month", "number", "meeting_number", "meeting_date", "record", "instrument", "resolution")


def fact_key(fact: Fact, document: str, meeting: MeetingRef | None = None, person: str | None = None) -> str:
    """The key in a fact's address: `Fact.key`, the same for all documents that state the same thing.

    With more in it where the content alone does not tell one thing from another: the document, for a fact without date,
    month, number or instrument (a citation; 秘书长将作通报); the meeting, for a meeting without a number (a document
    may have two that are equal in all fields) and for what was done at one that is its document's own; the person's key
    (``person``), where that is not simply the name's.
    """
    values = fact.values()
    scope: list[str] = []
    if not any(values.get(name) for name in _ANCHORS):
        scope.append(document)
    if meeting and (meeting.own or (isinstance(fact, Meeting) and meeting.number is None)):
        scope.append(meeting.key)
    if person:
        scope.append(person)
    return short_hash(fact.key(), *scope) if scope else fact.key()
