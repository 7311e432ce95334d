"""Briefings as they are told: who, in what capacity, of which body; a later sentence may add to one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.extract.reading import Reading
from kg.extract.sittings import Sitting
from kg.extract.speakers import Speaker
from kg.extract.view import Sentence
from kg.model import Briefing, Evidence, MentionType, Modality, Status

__all__ = ["State", "Told", "add", "fact_of"]


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
class State:
    """What was told so far, and a list whose bullets are still to come."""

    reading: Reading
    told: list[Told] = field(default_factory=list)
    listing: tuple[Sitting, str | None, Evidence] | None = None


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
    """Tell that ``speaker`` briefs at ``meeting``; of one already told, what was still open."""
    reading, actor = state.reading, speaker.actor
    person = reading.people.name(sentence, actor)
    if speaker.behalf is not None and speaker.capacity is None:
        capacity: str | None = sentence.printed(*speaker.behalf)
    elif speaker.capacity is not None:
        capacity = reading.people.printed(sentence, *_in_capacity(sentence, *speaker.capacity))
    else:
        capacity = reading.people.capacity(sentence, actor)
    organization = None if speaker.behalf and speaker.capacity is None else _organization(reading, sentence, speaker)
    evidence = [sentence.evidence, *(more or [])]
    if not any(e in meeting.evidence for e in evidence):
        evidence.append(meeting.evidence[0])
    for item in state.told:
        same = item.person == person if person or item.person else item.capacity == capacity
        if item.meeting is meeting and same:
            item.topic = item.topic or topic
            item.audience = item.audience or audience
            item.evidence.extend(evidence)
            return
    state.told.append(Told(meeting, person, capacity, organization, topic, audience, rule, evidence))


def _in_capacity(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """The post within ``以…委员会主席身份发言的`` and ``时任…``."""
    match = re.fullmatch(
        r"(?:以(?P<as>.+?)的?身份(?:发言)?的|(?P<does>.+?)发言的|(?P<plain>.+?))", sentence.text[start:end]
    )
    for group in ("as", "does"):
        if match and match[group]:
            return start + match.start(group), start + match.end(group)
    return start, end


def _organization(reading: Reading, sentence: Sentence, speaker: Speaker) -> str | None:
    """The body or mission that the capacity names: a mission before a body; the UN for its own Secretary-General. A committee
    of the Council is told by its own fact."""
    if speaker.capacity is None:
        text = reading.people.capacity(sentence, speaker.actor) or ""
        named = reading.people.bodies(sentence, speaker.actor)
    else:
        start, end = speaker.capacity
        text = sentence.text[start:end]
        named = tuple(m for m in sentence.mentions if start <= m.start and m.end <= end)
    for kind in (MentionType.MISSION, MentionType.ORGANIZATION):
        ids = [
            m.id
            for m in named
            if m.type is kind and m.id and m.id not in {"UN", "UN-SC"} and not m.id.startswith("committee-")
        ]
        if ids:
            return ids[0]
    if re.match(r"(?:新任|现任|前任?)?联合国(?!-)", text) and named:
        return "UN"
    if re.search(r"(?:中心|办事处|特派团|支助团|该团|部队)(?:负责人|主任|团长|指挥官)$", text):
        return _section_mission(reading, sentence)
    return None


def _section_mission(reading: Reading, sentence: Sentence) -> str | None:
    """The mission that the section is about, for 地区中心负责人 and its like."""
    section = sentence.paragraph.section
    ids = {
        m.id
        for s in reading.view.sentences
        if s.paragraph.section == section
        for m in s.mentions
        if m.type == MentionType.MISSION and m.id
    }
    return ids.pop() if len(ids) == 1 else None


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
