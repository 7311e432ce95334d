"""Who a speaker of a list is: name, capacity as printed, and the body that the capacity names."""

from __future__ import annotations

import re

from kg.extract.reading import Reading
from kg.extract.speakers import Speaker
from kg.extract.view import Sentence
from kg.model import MentionType

__all__ = ["introduction"]

_PANELS = ("panel-of-experts-", "group-of-experts-", "monitoring-")


def introduction(reading: Reading, sentence: Sentence, speaker: Speaker) -> tuple[str | None, str | None, str | None]:
    """Person, capacity and organization; each None where the document does not say."""
    person = reading.people.name(sentence, speaker.actor)
    if speaker.behalf is not None and speaker.capacity is None:
        return person, sentence.printed(*speaker.behalf), None
    if speaker.capacity is not None:
        capacity = reading.people.printed(sentence, *_in_capacity(sentence, *speaker.capacity))
    else:
        capacity = re.sub(r"^(?:我|本人)的", "", reading.people.capacity(sentence, speaker.actor) or "") or None
    return person, capacity, _organization(reading, sentence, speaker)


def _in_capacity(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """The post within ``以…委员会主席身份发言的`` and ``时任…``."""
    match = re.fullmatch(
        r"(?:以(?P<as>.+?)的?身份(?:发言)?的|(?P<does>.+?)发言的|(?P<plain>.+?))", sentence.text[start:end]
    )
    mine = re.match(r"(?:(?:我|本人)的?|新任(?:命的)?|现任|时任|即将(?:离任|卸任)的)+(?=.)", sentence.text[start:end])
    if mine:  # 我的特别代表 of the Secretary-General, 新任特使
        return start + mine.end(), end
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
    if re.match(r"(?:专家小组|专家组|监测组|小组)(?!委员会)", text):
        panels = {m.id for m in reading.view.mentions if m.id and m.id.startswith(_PANELS)}
        return panels.pop() if len(panels) == 1 else None
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
