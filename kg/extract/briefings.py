"""Who briefed the Council, in what capacity, on what.

Frames: 听取了…的通报; …向安理会通报了…; …在会上通报了…; …将与会通报; 下列发言者将通报 with a list. Refused: 通报会 as a kind of meeting,
发言 (speaking), requests for briefings and reports to come, briefings looked back at (自他上次向安理会通报以来), who presides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kg.extract.meetings import Sitting
from kg.extract.reading import Reading
from kg.extract.view import Actor, Sentence
from kg.model import Briefing, Evidence, MentionType, Modality, Status
from kg.pipeline.mask import compile_masked

__all__ = ["briefings"]

_HON = r"(?:先生|女士|阁下|大使|博士|教授|中将|少将|上将|准将|将军)*"
_ACT = rf"(?:«TP»(?:、|，)?(?:«P»)?{_HON})"
_ON_BEHALF = r"(?:代表(?:(?:«C»)?«R»所设[^，。；]{0,16}?委员会)?(?:主席|«T»|[^，。；]{2,20}?主席))?"
_LIST = rf"{_ACT}{_ON_BEHALF}(?:(?:、|，|和|及|以及|与|，以及|，并|，和){_ACT}{_ON_BEHALF})*"
_BRIEF = r"(?:情况通报|通报|情况介绍|简报|介绍|汇报)"
_HEARD = compile_masked(
    rf"(?:听取|听)(?:了|过)?(?:来自)?(?P<who>{_LIST})(?P<rest>[^。；]{{0,160}}?)(?:的|所作的?|所做的?|作的|做的|作出的|提供的)?{_BRIEF}(?!会|人|者|的?会)"
)
_TOLD = compile_masked(
    rf"(?P<who>{_LIST})(?P<mid>(?:等)?(?:还|也|又|均|分别|随后|首先|接着|将|已|应邀|，)*(?:(?:在|于)[^，。；«:PT»]{{0,14}}?(?:上|中|期间)|以视频方式|通过视频|远程)?(?:还|也|将|分别|作|做|，)*)"
    rf"(?P<to>向(?P<audience>«C»(?:成员)?|与会者|理事会(?:成员)?|各位成员|成员们?)(?:作|做|进行|提供|介绍|通报|汇报)(?P<np>了)?(?:{_BRIEF})?(?:了)?|(?:作|做|进行)(?:了|出)?(?:情况)?(?:通报|介绍|简报)|(?:与会|到会|出席会议并|参加会议并)?(?:作|并)?通报(?:了)?(?!说|称))(?P<what>[^，。；]*)"
)
_THOSE = compile_masked(
    r"^(?:各位|几位|所有)?(?:通报者|通报人|情况通报人|发言者)(?:们)?向(?P<audience>«C»(?:成员)?|与会者|理事会(?:成员)?)(?:作|介绍|通报)(?:了)?(?P<what>[^。；]*)"
)
_LISTED = compile_masked(
    rf"(?:(?:下列|以下)(?:发言者|人士|人员|官员|通报者|通报人|各位)?(?:将|会|已)?(?:向(?P<audience>«C»(?:成员)?|与会者))?(?:作|进行|提供)?(?:通报|发言|介绍)(?:情况)?|(?:预计|拟议|主要)?(?:情况)?(?:通报人|通报者|主讲人|情况介绍人)(?:名单)?(?:将|会|拟|预计|可能)?(?:包括|为|是|有|如下)?)"
    rf"(?:[:：]|(?=«TP»))(?P<who>(?:{_LIST})?)(?P<rest>[^。]*)"
)
_SAYS = compile_masked(
    rf"^(?P<who>«T»(?:、)?«P»{_HON})(?:，)?(?:在会上)?(?:指出|说|表示|介绍|强调|报告|概述|回顾|告知|重申)"
)
_REFUSE_BEFORE = re.compile(
    r"(?:请|要求|敦促|促请|呼吁|鼓励|建议|希望|自|自从|上次|最近一次|未能|没有|应|须|必须|需要|不断|定期|继续|打算请|据)(?:联合国)?$"
)
_REFUSE_MID = re.compile(r"报告中|上次|以来|应|须|必须|每[一二三四五六两\d]*个?[年月]|定期|可能|继续")
_UN_POST = re.compile(r"秘书长|特使|特别代表|特别顾问|协调员|司长|主任|团长|专员|高级代表|总干事|指挥官|执行")


@dataclass
class _Told:
    """A briefing being told; a later sentence of the same meeting may add to it."""

    meeting: Sitting
    person: str | None
    capacity: str | None
    organization: str | None
    topic: str | None
    audience: str | None
    rule: str
    evidence: list[Evidence] = field(default_factory=list)


def briefings(reading: Reading) -> Iterator[Briefing]:
    """One fact a meeting and briefer."""
    told: list[_Told] = []
    listing: tuple[Sitting, str | None, Evidence] | None = None
    for sentence in reading.view.sentences:
        if sentence.paragraph.role in {"title", "signature", "letterhead", "heading"}:
            continue
        if listing is not None and sentence.paragraph.role == "bullet":
            _add_bullet(reading, sentence, listing, told)
            continue
        listing = _read(reading, sentence, told)
    for item in told:
        yield _fact(reading, item)


def _read(reading: Reading, sentence: Sentence, told: list[_Told]) -> tuple[Sitting, str | None, Evidence] | None:
    """Briefings of one sentence; returns the open list if it announces one."""
    masked = sentence.masked
    taken: list[tuple[int, int]] = []
    listing = None
    for match in _HEARD.finditer(masked):
        meeting = reading.meetings.of(sentence)
        if meeting is None or _REFUSE_BEFORE.search(masked[: match.start()]):
            continue
        taken.append(match.span())
        topic = _topic(sentence, match.start("rest"), match.end("rest"))
        for actor in _actors(sentence, match.start("who"), match.end("who")):
            _add(reading, sentence, told, meeting, actor, topic, None, "briefing.heard")
    for match in _LISTED.finditer(masked):
        meeting = reading.meetings.of(sentence)
        if meeting is None:
            continue
        taken.append(match.span())
        audience = _audience(sentence, match)
        end = match.end()
        for actor in _actors(sentence, match.start("who"), end):
            if _is_vague(sentence, actor):
                continue
            _add(reading, sentence, told, meeting, actor, None, audience, "briefing.listed")
        if not sentence.text.rstrip().endswith("。"):
            listing = (meeting, audience, sentence.evidence)
    for match in _TOLD.finditer(masked):
        if any(s < match.end() and match.start() < e for s, e in taken):
            continue
        meeting = reading.meetings.of(sentence)
        if meeting is None or _refused(sentence, match):
            continue
        topic = _object(sentence, match)
        for actor in _actors(sentence, match.start("who"), match.end("who")):
            _add(reading, sentence, told, meeting, actor, topic, _audience(sentence, match), "briefing.told")
    those = _THOSE.match(masked)
    if those:
        meeting = reading.meetings.of(sentence)
        for item in told:
            if item.meeting is meeting:
                item.audience = item.audience or _audience(sentence, those)
                item.topic = item.topic or _object(sentence, those)
                item.evidence.append(sentence.evidence)
    _first_speaker(reading, sentence, told)
    return listing


def _first_speaker(reading: Reading, sentence: Sentence, told: list[_Told]) -> None:
    """A UN official introduced with post and name as the first to speak after a briefing is said to be held."""
    match = _SAYS.match(sentence.masked)
    if not match:
        return
    row = reading.view.by_paragraph[sentence.index]
    at = next(i for i, s in enumerate(row) if s is sentence)
    if at == 0:
        return
    held = [s for s in reading.meetings.told_in(row[at - 1]) if s.format == "briefing" and s.status == Status.HELD]
    actor = next(iter(_actors(sentence, 0, match.end("who"))), None)
    if not held or actor is None or actor.post is None or not _UN_POST.search(actor.post.text):
        return
    if sentence.inside(actor.post.start, actor.post.end, MentionType.STATE) and "秘书长" not in actor.post.text:
        return
    if any(t.meeting is held[-1] for t in told):
        return
    _add(reading, sentence, told, held[-1], actor, None, None, "briefing.first-speaker", [row[at - 1].evidence])


def _add_bullet(
    reading: Reading, sentence: Sentence, listing: tuple[Sitting, str | None, Evidence], told: list[_Told]
) -> None:
    meeting, audience, opening = listing
    for actor in sentence.actors[:1]:
        if not _is_vague(sentence, actor):
            _add(reading, sentence, told, meeting, actor, None, audience, "briefing.listed", [opening])


def _actors(sentence: Sentence, start: int, end: int) -> list[Actor]:
    return [a for a in sentence.actors if start <= a.start and a.start < end]


def _is_vague(sentence: Sentence, actor: Actor) -> bool:
    before = sentence.text[max(0, actor.start - 12) : actor.start]
    return actor.person is None and bool(
        re.search(r"(?:几个|一位|一名|若干|各|多位|数位|有关|其他|某)[^，、]{0,10}$", before)
    )


def _add(
    reading: Reading,
    sentence: Sentence,
    told: list[_Told],
    meeting: Sitting,
    actor: Actor,
    topic: str | None,
    audience: str | None,
    rule: str,
    more: list[Evidence] | None = None,
) -> None:
    behalf = compile_masked(
        r"代表(?P<whom>(?:(?:«C»)?«R»所设[^，。；]{0,16}?委员会主席)|«T»|(?:«C»)?«R»所设[^，。；]{0,16}?委员会)"
    ).match(sentence.masked, actor.end)
    person = reading.people.name(sentence, actor)
    capacity = reading.people.capacity(sentence, actor)
    if behalf:
        capacity = sentence.printed(actor.end, behalf.end())
    elif (
        actor.person is None
        and actor.start > 0
        and sentence.text[actor.start - 2 : actor.start] == "代表"
        and _names_before(sentence, actor)
    ):
        return
    organization = None if behalf else _organization(reading, sentence, actor)
    evidence = [sentence.evidence, *(more or [])]
    if not any(e in meeting.evidence for e in evidence):
        evidence.append(meeting.evidence[0])
    for item in told:
        if item.meeting is meeting and (item.person == person if person or item.person else item.capacity == capacity):
            item.topic = item.topic or topic
            item.audience = item.audience or audience
            item.evidence.extend(evidence)
            return
    told.append(_Told(meeting, person, capacity, organization, topic, audience, rule, evidence))


def _names_before(sentence: Sentence, actor: Actor) -> bool:
    return any(m.end == actor.start - 2 for m in sentence.mentions if m.type == MentionType.OFFICIAL)


def _organization(reading: Reading, sentence: Sentence, actor: Actor) -> str | None:
    """The body or mission that the post names: a mission before a body; the UN for its own Secretary-General."""
    ids = reading.people.entities(sentence, actor)
    text = actor.post.text if actor.post else (reading.people.capacity(sentence, actor) or "")
    known = {m.id: m.type for s in reading.view.sentences for m in s.mentions if m.id in ids}
    for kind in (MentionType.MISSION, MentionType.ORGANIZATION):
        chosen = sorted(i for i, t in known.items() if t == kind)
        if chosen:
            return chosen[0] if len(chosen) == 1 else _first_named(reading, chosen)
    if text.startswith("联合国秘书长") or text == "联合国秘书长":
        return "UN"
    return (
        _section_mission(reading, sentence)
        if re.search(r"(?:中心|办事处|特派团|支助团|该团|部队)(?:负责人|主任|团长|指挥官)$", text)
        else None
    )


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


def _first_named(reading: Reading, ids: list[str]) -> str | None:
    for sentence in reading.view.sentences:
        for mention in sentence.mentions:
            if mention.id in ids:
                return mention.id
    return None


def _topic(sentence: Sentence, start: int, end: int) -> str | None:
    """What 关于…的通报 or 就…所作的通报 says."""
    rest = sentence.text[start:end]
    match = re.search(r"(?:关于|就)(?P<topic>.{2,})$", rest)
    if not match or (match.start() > 0 and rest[match.start() - 1] not in "，、 "):
        return None
    return sentence.printed(start + match.start("topic"), start + match.end("topic"))


def _object(sentence: Sentence, match: re.Match[str]) -> str | None:
    """What 通报了… has for its object, to the end of the clause."""
    start, end = match.span("what")
    text = sentence.text[start:end]
    text = re.sub(r"[。；，]+$", "", text)
    if not text or text in {"情况", "有关情况", "最新情况", "相关情况"}:
        return None
    about = re.match(r"(?:了)?(?:关于|就)?", text)
    skip = about.end() if about else 0
    if len(text) - skip < 4:
        return None
    return sentence.printed(start + skip, start + len(text))


def _audience(sentence: Sentence, match: re.Match[str]) -> str | None:
    start = match.start("audience") if match.groupdict().get("audience") else -1
    if start < 0:
        return None
    return match_text(sentence, start, match.end("audience"))


def match_text(sentence: Sentence, start: int, end: int) -> str:
    """The audience in full: 安理会成员 is 安全理事会成员."""
    text = sentence.text[start:end]
    return re.sub(r"^(?:安理会|理事会|联合国安理会|联合国安全理事会)", "安全理事会", text)


def _refused(sentence: Sentence, match: re.Match[str]) -> bool:
    before = sentence.text[: match.start()]
    if _REFUSE_BEFORE.search(before) or re.search(r"(?:请|要求|敦促|促请|鼓励)[^，。；]{0,12}$", before):
        return True
    return (
        bool(_REFUSE_MID.search(sentence.text[match.start("mid") : match.end("mid")]))
        or "报告中" in sentence.text[match.start() : match.start("to")]
    )


def _fact(reading: Reading, item: _Told) -> Briefing:
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
        meeting=meeting.key(),
        modality=Modality.PLANNED if planned else Modality.ASSERTED,
        confidence=0.8 if item.rule == "briefing.first-speaker" else 0.96,
        rule=item.rule,
    )
    return reading.with_evidence(replace(fact), item.evidence)
