"""Briefings as they are told: who, in what capacity, of which body; a later sentence may add to one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from kg.extract.introductions import Who, introduction
from kg.extract.meetings import Sitting, committee_of, is_of_its_work
from kg.extract.reading import Reading
from kg.extract.speakers import Speaker
from kg.extract.view import Sentence
from kg.model import Briefing, Evidence, Modality, Status

__all__ = ["Listing", "State", "Told", "add", "fact_of", "tell"]


@dataclass
class Told:
    """A briefing being told; a later sentence of the same meeting may add to it."""

    meeting: Sitting
    person: str | None
    capacity: str | None
    organization: str | None
    topic: str | None
    audience: str | None
    rule: str
    evidence: list[Evidence] = field(default_factory=list)


@dataclass
class Listing:
    """A list that was announced and whose lines are still to come; ``style``: how its first line was marked."""

    meeting: Sitting
    audience: str | None
    evidence: Evidence
    style: str | None = None


@dataclass
class State:
    """What was told so far, and a list whose lines are still to come."""

    reading: Reading
    told: list[Told] = field(default_factory=list)
    listing: Listing | None = None

    _quotes: dict[int, tuple[list[Evidence], frozenset[Evidence]]] = field(default_factory=dict)

    def quotes_of(self, meeting: Sitting) -> frozenset[Evidence]:
        """The words that tell a meeting, to which briefings add nothing."""
        row = meeting.evidence
        if id(row) not in self._quotes:
            self._quotes[id(row)] = row, frozenset(row)  # the list is kept, so that no other takes its place
        return self._quotes[id(row)][1]

    @cached_property
    def committee(self) -> str | None:
        """Id of the one committee of the Council that the document speaks of."""
        return committee_of(self.reading.view)


def add(
    state: State,
    sentence: Sentence,
    meeting: Sitting,
    speaker: Speaker,
    topic: str | None,
    audience: str | None,
    rule: str,
    more: list[Evidence] | None = None,
) -> None:
    """Tell that ``speaker`` briefs at ``meeting``."""
    who = introduction(state.reading, sentence, speaker)
    tell(state, sentence, meeting, who, topic, audience, rule, more)


def tell(
    state: State,
    sentence: Sentence,
    meeting: Sitting,
    who: Who,
    topic: str | None,
    audience: str | None,
    rule: str,
    more: list[Evidence] | None = None,
) -> None:
    """Tell that ``who`` (person, capacity, organization) briefs at ``meeting``; of one already told, what was still open."""
    person, capacity, organization = who
    meeting = _to_come(state.reading, meeting)
    evidence = [sentence.evidence, *(more or [])]
    if state.quotes_of(meeting).isdisjoint(evidence):
        evidence.append(meeting.evidence[0])
    for item in state.told:
        same = item.person == person if person or item.person else item.capacity == capacity
        if same and _one(item.meeting, meeting):
            item.meeting = item.meeting if item.meeting.format else meeting
            item.topic = item.topic or topic
            item.audience = item.audience or audience
            item.evidence.extend(evidence)
            return
    state.told.append(Told(meeting, person, capacity, organization, topic, audience, rule, evidence))


def _to_come(reading: Reading, meeting: Sitting) -> Sitting:
    """An unnamed sitting of a day behind that of the document is one to come: 2月24日：安理会听取…, in a forecast."""
    own = reading.view.document.date or (reading.context.date if is_of_its_work(reading.view.document) else None)
    if meeting.rule != "meeting.implicit" or meeting.status is not Status.HELD or not (own and meeting.date):
        return meeting
    return replace(meeting, status=Status.PLANNED) if meeting.date > own else meeting


def _one(a: Sitting, b: Sitting) -> bool:
    """Whether two sittings are one: an unnamed one of a day is the meeting told for that day."""
    return a is b or (
        "meeting.implicit" in {a.rule, b.rule}
        and a.date == b.date
        and (a.format is None or b.format is None or a.format == b.format)
    )


def fact_of(reading: Reading, item: Told) -> Briefing:
    """The fact, its status that of the meeting."""
    meeting = item.meeting
    planned = meeting.status == Status.PLANNED
    fact = Briefing(
        date=meeting.date,
        meeting_number=meeting.number,
        format=meeting.format,
        person=item.person,
        capacity=item.capacity,
        organization=item.organization,
        topic=item.topic,
        audience=item.audience,
        status=meeting.status,
        meeting=meeting.key() if meeting.format else None,
        modality=Modality.PLANNED if planned else Modality.ASSERTED,
        confidence=0.8 if item.rule == "briefing.first-speaker" else 0.96,
        rule=item.rule,
    )
    return reading.with_evidence(fact, item.evidence)
