"""Who a speaker of a list is: name, capacity as printed, and the body that the capacity names."""

from __future__ import annotations

import re

from kg.extract.letters import letters
from kg.extract.offices import committee_behind, office_of, panel_behind
from kg.extract.reading import Reading
from kg.extract.speakers import Speaker
from kg.extract.view import Sentence
from kg.model import MentionType
from kg.text import normalize

__all__ = ["Who", "introduction"]

Who = tuple[str | None, str | None, str | None]
"""Person, capacity and organization of one who speaks."""


_OF_ITS_KIND = re.compile(
    r"(?P<kind>中心|办事处|特派团|支助团|核查团|援助团|稳定团|观察团|该团|部队)(?:代理)?(?:副)?(?:负责人|主任|团长|指挥官)$"
)


def introduction(reading: Reading, sentence: Sentence, speaker: Speaker) -> tuple[str | None, str | None, str | None]:
    """Person, capacity and organization; each None where the document does not say."""
    person = reading.people.name(sentence, speaker.actor)
    if speaker.behalf is not None and speaker.capacity is None:
        as_what = re.fullmatch(
            r"(?:将|也|则|曾|并)*以(?P<post>.+?)的?身份(?:发言)?", sentence.text[slice(*speaker.behalf)]
        )
        start = speaker.behalf[0]
        span = (start + as_what.start("post"), start + as_what.end("post")) if as_what else speaker.behalf
        return person, sentence.printed(*span), _organization(reading, sentence, speaker)
    if speaker.capacity is not None:
        capacity = reading.people.printed(sentence, *_in_capacity(sentence, *speaker.capacity))
    else:
        capacity = re.sub(r"^(?:我|本人)的", "", reading.people.capacity(sentence, speaker.actor) or "") or None
    organization = _organization(reading, sentence, speaker)
    if person is None and re.fullmatch(r"(?:[该本])?委员会主席", normalize(capacity or "")[0]):
        person = _chair_who_writes(reading, organization)
    return person, capacity, organization


def _chair_who_writes(reading: Reading, committee: str | None) -> str | None:
    """Who signs, as the chair of that committee, the letter that the document is."""
    written = [fact for fact in reading.once(letters) if fact.sender_role and fact.sender_role.endswith("主席")]
    about = {m.id for s in reading.view.sentences[:12] if s.paragraph.role == "title" for m in s.mentions}
    return written[0].signatory if len(written) == 1 and committee is not None and committee in about else None


def _in_capacity(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """The post within ``以…委员会主席身份发言的`` and ``时任…``."""
    match = re.fullmatch(
        r"(?:以(?P<as>.+?)的?身份(?:发言)?的|(?P<does>.+?)发言的|(?P<plain>.+?))", sentence.text[start:end]
    )
    joint = re.search(r"[、，](?P<state>[^、，]{2,10})的$", sentence.text[start:end])
    if joint and sentence.inside(start + joint.start("state"), start + joint.end("state"), MentionType.STATE):
        return start, start + joint.start()  # 委员会主席、西班牙的|罗曼·奥亚尔顺大使
    mine = re.match(r"(?:(?:我|本人)的?|新任(?:命的)?|现任|时任|即将(?:离任|卸任)的)+(?=.)", sentence.text[start:end])
    if mine:  # 我的特别代表 of the Secretary-General, 新任特使
        return start + mine.end(), end
    for group in ("as", "does"):
        if match and match[group]:
            return start + match.start(group), start + match.end(group)
    return start, end


def _organization(reading: Reading, sentence: Sentence, speaker: Speaker) -> str | None:
    """The body that the capacity names: a mission, another body, the office, panel or committee behind the post; the UN for its own
    Secretary-General."""
    if speaker.capacity is not None:
        start, end = speaker.capacity
        text = sentence.text[start:end]
        named = tuple(m for m in sentence.mentions if start <= m.start and m.end <= end)
    elif speaker.behalf is not None:
        start, end = speaker.behalf
        text = ""
        named = tuple(m for m in sentence.mentions if start <= m.start and m.end <= end)
    else:
        text = normalize(reading.people.capacity(sentence, speaker.actor) or "")[0]
        named = reading.people.bodies(sentence, speaker.actor)
    text = re.sub(r"^(?:我|本人)的", "", text)
    ids = {
        kind: [m.id for m in named if m.type is kind and m.id]
        for kind in (MentionType.MISSION, MentionType.ORGANIZATION)
    }
    missions = ids[MentionType.MISSION]
    bodies = [i for i in ids[MentionType.ORGANIZATION] if i not in {"UN", "UN-SC"}]
    office = office_of(text)
    if missions or office:
        return missions[0] if missions else office
    if bodies:
        return bodies[0]
    behind = panel_behind(text, sentence.mentions, reading.view) or committee_behind(
        text, sentence.mentions, reading.view
    )
    if behind is not None:
        return behind
    if re.match(r"(?:新任|现任|前任?)?联合国(?!-)", text) and named:
        return "UN"
    kind = _OF_ITS_KIND.search(text)
    return _mission_of(reading, sentence, kind["kind"]) if kind else None


def _mission_of(reading: Reading, sentence: Sentence, kind: str) -> str | None:
    """The mission that 地区中心负责人 or 核查团团长 is of: the one of that kind that the paragraph, else the section names; else the one
    that the section is about."""
    section = [s for s in reading.view.sentences if s.paragraph.section == sentence.paragraph.section]
    own = [s for s in section if s.index == sentence.index]
    for among in (own, section):
        ids = {
            m.id for s in among for m in s.mentions if m.type is MentionType.MISSION and m.id and m.text.endswith(kind)
        }
        if len(ids) == 1:
            return ids.pop()
    ids = {m.id for s in section for m in s.mentions if m.type is MentionType.MISSION and m.id}
    return ids.pop() if len(ids) == 1 else None
