"""Who briefs the meeting that a record is of, in the President's words.

Read: 我邀请以下通报人参加会议：…; 安理会将听取…的通报; 我感谢…的通报 of one who was invited. Refused: 我现在请…发言 of a delegate, and
invitations under rules 37 and 39 that do not say that a briefing is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.extract.introductions import introduction
from kg.extract.reading import Reading
from kg.extract.records.communique import is_communique
from kg.extract.records.speech import of_the_president
from kg.extract.speakers import Speaker, walk
from kg.extract.view import Sentence
from kg.model import Briefing, Evidence

__all__ = ["briefings"]

_BRIEFER = r"(?:情况)?(?:通报人|通报者|简报人|介绍人)"
_BRIEF = r"(?:情况通报|情况介绍|情况说明|通报|简报|(?<=的)介绍|介绍情况)"
"""Not 介绍 alone: a sponsor introduces a draft."""
_INVITED = re.compile(
    r"(?:邀请|请)(?:了)?(?P<who>(?:以下|下列|下述)?(?:各位|几位|[一二三四五六七八九两\d]{1,2}位)?)(?P<briefers>"
    + _BRIEFER
    + r")?"
)
_ARE = re.compile(_BRIEFER + r"(?:们)?(?:将)?(?:是|为|有|包括)(?:[:：])?")
_HEARD = re.compile(
    r"听取(?:了)?(?:来自)?(?P<those>(?:以下|下列)?(?:[一二三四五六七八九两\d]{1,2}位)?" + _BRIEFER + r")?"
)
_OF = re.compile(rf"[^，。；]{{0,40}}?(?:的|所作的?|作的|作出的|提供的)?{_BRIEF}(?!人|者|会)")
_ANNOUNCED = re.compile(_BRIEFER + r"[^。；]{0,16}[:：]$")
_REST = re.compile(r"[，、(：](?P<post>[^。；]{2,60}?)(?=[)；。，]*$)")
_THANKED = re.compile(r"(?:感谢|谢谢)")
_ASKED = re.compile(r"(?:现在|首先|接下来|下面)?(?:请|邀请)(?!求)")
_JOINED = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,6}?)(?:先生|女士|博士|大使|专员|特使|特别代表|代表|总干事|主任|主席|部长|署长|副?秘书长|检察官|高级专员)(?:和|及|与|以及)"
)
_QUOTED = '“「『"'
_TO_BRIEF = re.compile(
    rf"(?:[^。；，]{{0,12}}?(?:参加|出席|与会)[^。；，]{{0,12}}(?:，|并|，并)?)?(?:向[^，。；]{{2,12}})?(?:作|进行|做|提供)?{_BRIEF}(?!人|者|会)"
)


@dataclass
class _Told:
    person: str | None
    capacity: str | None
    organization: str | None
    rule: str
    evidence: list[Evidence] = field(default_factory=list)


def briefings(reading: Reading) -> Iterator[Briefing]:
    """One fact a briefer."""
    front = reading.front
    if front is None:
        return
    told: list[_Told] = []
    listing: Sentence | None = None
    for sentence in of_the_president(reading):
        if reading.view.document.text[sentence.paragraph.start] in _QUOTED and not is_communique(reading):
            continue  # a statement of the Council that is read out
        if listing is not None:
            listed = _line(sentence)
            if listed is not None:
                _add(reading, told, sentence, listed, "record.briefer", listing)
                continue
        named = list(_named(sentence))
        for speaker, rule in named:
            _add(reading, told, sentence, speaker, rule)
        listing = sentence if not named and _ANNOUNCED.search(sentence.text) else None
    sitting = front.sitting
    for item in told:
        fact = Briefing(
            date=sitting.date,
            meeting_number=sitting.number,
            format=sitting.format,
            person=item.person,
            capacity=item.capacity,
            organization=item.organization,
            status=sitting.status,
            meeting=front.key,
            confidence=0.95,
            rule=item.rule,
        )
        yield reading.with_evidence(fact, [*item.evidence, *sitting.evidence[:1]])


def _named(sentence: Sentence) -> Iterator[tuple[Speaker, str]]:
    """Those whom a sentence of the President calls briefers."""
    for match in _INVITED.finditer(sentence.text):
        if match["briefers"]:
            yield from ((s, "record.briefer") for s in _behind(sentence, match.end()))
            return
    for match in _ARE.finditer(sentence.text):
        yield from ((s, "record.briefer") for s in walk(sentence, match.end())[0])
        return
    for match in _HEARD.finditer(sentence.text):
        speakers, end = walk(sentence, match.end())
        if speakers and (match["those"] or _OF.match(sentence.text, end)):
            yield from ((s, "record.heard") for s in speakers)
            return
        if match["those"]:
            yield from ((s, "record.heard") for s in _behind(sentence, match.end()))
            return
    for pattern, after in ((_THANKED, _OF), (_ASKED, _TO_BRIEF)):
        for match in pattern.finditer(sentence.text):
            speakers, end = walk(sentence, match.end())
            if speakers and after.match(sentence.text, end):
                yield from ((s, "record.thanked") for s in speakers)
                return


def _line(sentence: Sentence) -> Speaker | None:
    """A line of a list that the President announces: post and name, or ``埃米尔·洛朗先生，主管和平行动副秘书长；``."""
    speakers = walk(sentence, 0)[0]
    actors = sentence.actors
    if actors and actors[0].start == 0 and actors[0].post is None:
        rest = _REST.match(sentence.text, actors[0].end)
        if rest and any(a.post is not None and a.end == rest.end("post") for a in actors):
            return Speaker(actors[0], rest.span("post"), None, rest.end("post"))
    return speakers[0] if speakers and speakers[0].actor.person is not None else None


def _behind(sentence: Sentence, at: int) -> list[Speaker]:
    """The list behind ``以下通报人参加会议：``, or right behind ``通报人``."""
    colon = re.search(r"[:：]", sentence.text[at:])
    start = at + colon.end() if colon else at
    return walk(sentence, start)[0]


def _add(
    reading: Reading,
    told: list[_Told],
    sentence: Sentence,
    speaker: Speaker,
    rule: str,
    announced: Sentence | None = None,
) -> None:
    person, capacity, organization = introduction(reading, sentence, speaker)
    joined = _JOINED.fullmatch(capacity or "")
    if joined is not None:  # 拉马穆里专员和|奥特洛女士: another, by surname and office
        capacity = organization = None
        others = [n for n in reading.once(_invited) if n[0].endswith(f"·{joined['name']}")]
        for name, post, body in others if len(others) == 1 else ():
            _tell(told, sentence, (name, post, body), rule, announced)
    if person is not None and capacity is None:
        known = [n for n in reading.once(_invited) if n[0] == person]
        _, capacity, organization = known[0] if known else (person, capacity, organization)
    _tell(told, sentence, (person, capacity, organization), rule, announced)


def _invited(reading: Reading) -> Iterator[tuple[str, str, str | None]]:
    """Name, capacity and body of those whom the President invites: 我邀请非洲联盟和平与安全专员拉姆丹·拉马穆里先生…参加本次会议."""
    for sentence in of_the_president(reading):
        for match in _INVITED.finditer(sentence.text):
            for speaker in walk(sentence, match.end())[0]:
                person, capacity, body = introduction(reading, sentence, speaker)
                if person and capacity:
                    yield person, capacity, body


def _tell(
    told: list[_Told],
    sentence: Sentence,
    who: tuple[str | None, str | None, str | None],
    rule: str,
    announced: Sentence | None,
) -> None:
    person, capacity, organization = who
    if person is None and capacity is None:
        return
    for item in told:
        if (item.person == person) if person or item.person else (item.capacity == capacity):
            item.evidence.append(sentence.evidence)
            return
    evidence = [s.evidence for s in (sentence, announced) if s is not None]
    told.append(_Told(person, capacity, organization, rule, evidence))
