"""Who briefed the Council, in what capacity, on what.

Frames: 听取了…的通报; …向安理会通报了…; …在会上作了通报; …将与会通报; 下列发言者将通报 with a list. Refused: 通报会 as a kind of meeting,
发言 (speaking), requests for briefings and reports to come, briefings looked back at (自他上次向安理会通报以来), who presides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.extract.meetings import implicit
from kg.extract.reading import Reading
from kg.extract.sittings import Sitting
from kg.extract.speakers import Speaker, walk
from kg.extract.view import Sentence
from kg.model import Briefing, Evidence, MentionType, Modality, Status
from kg.pipeline.mask import compile_masked

__all__ = ["briefings"]

_BRIEF = r"(?:情况通报|情况介绍|情况说明|最新通报|通报|简报|介绍|汇报)"
_HEARD = compile_masked(
    r"(?:听取|听)(?:了|过)?(?:来自)?(?:下列|以下)?(?P<number>[一二三四五六七八九两\d]{1,2}位)?(?!关于|有关|就|一次|情况|报告)"
)
_TO_BRIEF = re.compile(
    rf"(?P<rest>[^。；]{{0,160}}?)(?:的|所作的?|所做的?|作的|做的|作出的|提供的)?{_BRIEF}(?!会|人|者|的?会)"
)
_AUDIENCE = r"(?P<audience>«C»(?:成员(?:们)?)?|与会者|理事会(?:成员)?|各位成员|成员们?)"
_ADVERB = (
    r"(?:«D»|还|曾|也|又|亦|均|都|分别|先后|随后|首先|接着|将|已|可|会|拟|便|应邀|到会|(?:出席|参加)(?:了)?(?:会议|«F»)?并?|与会|并|(?:经由?|通过)(?:视频|网络|远程)(?:连线|会议|方式|链接)?|以视频(?:会议|连线)?(?:的)?方式|远程|依次发言|逐一|共同|应邀发言|(?:在|于)[^，。；«:PT»]{0,16}?(?:上|中|期间|前|后|时)"
    r"(?:发言，?)?|(?:就|关于)(?P<about>[^，。；]{2,60}?)(?=向|作|做|进行|通报)|，)"
)
_TOLD = compile_masked(
    rf"(?P<mid>{_ADVERB.replace('(?P<about>', '(?:')}*?)(?P<to>向{_AUDIENCE}(?:们)?(?:作|做|进行|提供|介绍|通报|汇报|简要介绍)(?:和通报)?(?:了)?(?:开场|最新)?(?:{_BRIEF})?(?:了)?"
    rf"|(?:作|做|进行)(?:了|出)?(?:开场|最新|简短|口头|季度|详细)*{_BRIEF}|的通报(?=侧重|主要|涉及|涵盖|介绍|重点)|在(?:其|所作的)?(?:情况)?通报中(?=指出|说|表示|强调|着重|介绍|回顾|列举|警告|呼吁|重申|告诉)|汇报了|(?<!的)通报(?:了)?(?!会|人|者|说|称|的|中|后|被))(?P<what>[^，。；]*)"
)
_BY = compile_masked(r"由(?=[^，。；]{2,80}(?:作|做|进行|提供)(?:了)?(?:情况)?(?:通报|介绍|简报))")
_LISTED = compile_masked(
    rf"(?:(?:下列|以下)(?:[^，。；：:]{{0,10}}?)(?:将|会|已|拟|可|应邀|同意)*(?:向{_AUDIENCE.replace('audience', 'audience2')})?(?:作|进行|提供)?(?:情况)?(?:通报|介绍)(?:情况)?"
    r"|(?:听取|听)(?:了)?(?:下列|以下|[一二三四五六七八九两\d]{1,2}位)[^，。；：:]{0,12}(?:的)?(?:通报|发言|介绍)(?:，(?:他们|她们|即|分别)(?:是|为)?)?"
    r"|(?:在会上|将|应邀|届时)*(?:作|进行)?(?:情况)?(?:通报|介绍)(?:情况)?的(?:有|包括|是|为|将是|将有)+"
    r"|(?:预计|拟议|拟邀|主要|受邀)?(?:的)?(?:情况)?(?:通报人|通报者|主讲人|情况介绍人|介绍者)(?:名单)?(?:将|会|拟|预计|可能)*(?:包括|为|是|有|如下)?)(?P<colon>[:：]|$|(?=[^，。；：:]))"
)
_THOSE = compile_masked(
    rf"^(?:各位|几位|所有|两位|三位)?(?:通报者|通报人|情况通报人)(?:们)?(?:还|也)?向{_AUDIENCE}(?:作|介绍|通报)(?:了)?(?P<what>[^。；]*)"
)
_SAYS = compile_masked(r"(?:，)?(?:在会上)?(?:指出|说|表示|介绍|强调|报告|概述|回顾|告知|重申)")
_REFUSE_BEFORE = re.compile(
    r"(?:(?<!应)(?<!邀)请|要求|敦促|促请|呼吁|鼓励|建议|希望|自从?|上次|最近一次|未能|没有|不|应(?!邀)|须|必须|需要|不断|定期|据|如果|待|感谢|赞扬|欢迎)(?:联合国)?$"
)
_REFUSE_MID = re.compile(
    r"报告中|上次|以来|应(?!邀)|须|必须|每[一二三四五六两\d]*个?[年月]|定期|继续|不|没有|未能|拒绝|被"
)
_DONE = re.compile(r"[了过]|曾")
_LOOKS_BACK = re.compile(r"自[^，。；]{0,30}(?:以来|之后)|(?:上次|曾)[^，。；]{0,20}$")
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


@dataclass
class _State:
    """What was told so far, and a list whose bullets are still to come."""

    reading: Reading
    told: list[_Told] = field(default_factory=list)
    listing: tuple[Sitting, str | None, Evidence] | None = None


def briefings(reading: Reading) -> Iterator[Briefing]:
    """One fact a meeting and briefer."""
    state = _State(reading)
    for sentence in reading.view.sentences:
        if sentence.paragraph.role in {"title", "signature", "letterhead", "heading", "footnote"}:
            continue
        listed = sentence.paragraph.role == "bullet" or sentence.paragraph.number is not None
        if state.listing is not None and listed and _bullet(state, sentence):
            continue
        state.listing = None
        _read(state, sentence)
    for item in state.told:
        if item.meeting.date is not None or item.meeting.theme is not None:
            yield _fact(reading, item)


def _read(state: _State, sentence: Sentence) -> None:
    masked = sentence.masked
    taken: list[tuple[int, int]] = []
    for match in _LISTED.finditer(masked):
        meeting = state.reading.meetings.of(sentence)
        if meeting is None or _REFUSE_BEFORE.search(masked[: match.start()]):
            continue
        audience = _audience(sentence, match, "audience2")
        speakers, end = _all_speakers(sentence, match.end())
        for speaker in speakers:
            if not _is_vague(sentence, speaker):
                _add(state, sentence, meeting, speaker, None, audience, "briefing.listed")
        taken.append((match.start(), max(end, match.end())))
        if not speakers and (match["colon"] in {":", "："} or masked.rstrip().endswith(("：", ":"))):
            state.listing = (meeting, audience, sentence.evidence)
    for match in _HEARD.finditer(masked):
        if not _overlaps(taken, match.span()):
            _heard(state, sentence, match, taken)
    for match in _TOLD.finditer(masked):
        if not _overlaps(taken, match.span("to")):
            _told(state, sentence, match, taken)
    _those(state, sentence)
    _first_speaker(state, sentence)


def _meeting(state: _State, sentence: Sentence) -> Sitting | None:
    """The meeting that the sentence speaks of; one with a day of its own does not lean on another day's."""
    reading = state.reading
    if not reading.meetings.told_in(sentence):
        own = implicit(sentence, reading.context, reading.meetings)
        if own is not None:
            return own
    return reading.meetings.of(sentence)


def _heard(state: _State, sentence: Sentence, match: re.Match[str], taken: list[tuple[int, int]]) -> None:
    meeting = _meeting(state, sentence)
    if meeting is None or _REFUSE_BEFORE.search(sentence.masked[: match.start()]):
        return
    clause = re.split(r"[，。；]", sentence.text[: match.start()])[-1]
    if meeting.status == Status.PLANNED and _DONE.search(clause + match.group()):
        return
    if meeting.status == Status.HELD and re.search(r"原定|原拟|拟|打算|计划|本应|将$", clause):
        return
    speakers, end = walk(sentence, match.end())
    brief = _TO_BRIEF.match(sentence.text, end)
    if not speakers or brief is None:
        return
    taken.append((match.start(), brief.end()))
    topic = _topic(sentence, brief.start("rest"), brief.end("rest"))
    for speaker in speakers:
        _add(state, sentence, meeting, speaker, topic, None, "briefing.heard")


def _told(state: _State, sentence: Sentence, match: re.Match[str], taken: list[tuple[int, int]]) -> None:
    meeting = _meeting(state, sentence)
    if meeting is None or _refused(sentence, match):
        return
    if meeting.status == Status.PLANNED and _DONE.search(match.group("to")):
        return
    speakers = _speakers_before(sentence, match.start("mid"), match.start("to"))
    if not speakers:
        return
    taken.append((speakers[0].actor.start, match.end()))
    topic = _about(sentence, speakers[-1].end, match.start("to")) or _object(sentence, match)
    audience = _audience(sentence, match, "audience")
    for speaker in speakers:
        _add(state, sentence, meeting, speaker, topic, audience, "briefing.told")


def _speakers_before(sentence: Sentence, low: int, high: int) -> list[Speaker]:
    """The longest list of the clause that reaches the predicate, adverbs between."""
    adverbs = compile_masked(rf"{_ADVERB.replace('(?P<about>', '(?:')}*")
    starts = [0, *(m.end() for m in re.finditer(r"[，；：:]|其中", sentence.masked[:high]))]
    for start in starts:
        speakers, end = walk(sentence, start, limit=high)
        if not speakers or end > high:
            continue
        gap = adverbs.match(sentence.masked, end)
        if (gap and gap.end() >= high) or end >= low:
            if (
                re.search(r"(?:请|要求|敦促|促请|鼓励|希望)[^，。；]{0,4}$", sentence.text[: speakers[0].actor.start])
                and "邀请" not in sentence.text[:high]
            ):
                return []
            return speakers
    return []


def _all_speakers(sentence: Sentence, start: int) -> tuple[list[Speaker], int]:
    speakers, end = walk(sentence, start)
    return speakers, end


def _those(state: _State, sentence: Sentence) -> None:
    """``通报者向安理会成员通报了…`` adds to the briefings of that meeting."""
    match = _THOSE.match(sentence.masked)
    if not match:
        return
    meeting = state.reading.meetings.of(sentence)
    for item in state.told:
        if item.meeting is meeting:
            item.audience = item.audience or _audience(sentence, match, "audience")
            item.topic = item.topic or _object(sentence, match)
            item.evidence.append(sentence.evidence)


def _first_speaker(state: _State, sentence: Sentence) -> None:
    """A UN official introduced with post and name as the first to speak after a briefing is said to be held."""
    row = state.reading.view.by_paragraph[sentence.index]
    at = next(i for i, s in enumerate(row) if s is sentence)
    if at == 0 or not sentence.actors or sentence.actors[0].start > 0:
        return
    speakers, end = walk(sentence, 0)
    held = [
        s for s in state.reading.meetings.told_in(row[at - 1]) if s.format == "briefing" and s.status == Status.HELD
    ]
    if len(speakers) != 1 or not held or not _SAYS.match(sentence.masked, end):
        return
    actor = speakers[0].actor
    if actor.post is None or actor.person is None or not _UN_POST.search(actor.post.text):
        return
    if sentence.inside(actor.post.start, actor.post.end, MentionType.STATE) and "秘书长" not in actor.post.text:
        return
    if not any(t.meeting is held[-1] for t in state.told):
        _add(state, sentence, held[-1], speakers[0], None, None, "briefing.first-speaker", [row[at - 1].evidence])


def _bullet(state: _State, sentence: Sentence) -> bool:
    """A line of an announced list; True where it names somebody."""
    assert state.listing is not None
    meeting, audience, opening = state.listing
    speakers, _ = walk(sentence, 0)
    for speaker in speakers[:1]:
        if not _is_vague(sentence, speaker):
            _add(state, sentence, meeting, speaker, None, audience, "briefing.listed", [opening])
    return bool(speakers)


def _is_vague(sentence: Sentence, speaker: Speaker) -> bool:
    before = sentence.text[max(0, speaker.actor.start - 12) : speaker.actor.start]
    return speaker.actor.person is None and bool(
        re.search(r"(?:几个|一位|一名|若干|各|多位|数位|有关|其他|某)[^，、]{0,10}$", before)
    )


def _overlaps(taken: list[tuple[int, int]], span: tuple[int, int]) -> bool:
    return any(s < span[1] and span[0] < e for s, e in taken)


def _add(
    state: _State,
    sentence: Sentence,
    meeting: Sitting,
    speaker: Speaker,
    topic: str | None,
    audience: str | None,
    rule: str,
    more: list[Evidence] | None = None,
) -> None:
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
    state.told.append(_Told(meeting, person, capacity, organization, topic, audience, rule, evidence))


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


def _topic(sentence: Sentence, start: int, end: int) -> str | None:
    """What 关于…的通报 or 就…所作的通报 says."""
    rest = sentence.text[start:end]
    match = re.search(r"(?:(?:[两三四]人|等人)?(?:关于|就)|介绍)(?P<topic>.{2,})$", rest)
    if not match or (match.start() > 0 and rest[match.start() - 1] not in "，、 人"):
        return None
    return sentence.printed(start + match.start("topic"), start + match.end("topic"))


def _about(sentence: Sentence, start: int, end: int) -> str | None:
    """``…就第1701(2006)号决议的执行情况作了通报``."""
    match = re.search(r"(?:就|关于)(?P<topic>[^，。；]{2,60}?)(?:向|作|做|进行)?$", sentence.text[start:end])
    return sentence.printed(start + match.start("topic"), start + match.end("topic")) if match else None


def _object(sentence: Sentence, match: re.Match[str]) -> str | None:
    """What 通报了… has for its object, to the end of the clause."""
    start, end = match.span("what")
    if re.match(
        r"侧重|主要|涉及|涵盖|重点|指出|说|表示|强调|着重|介绍|回顾|列举|警告|呼吁|重申|告诉|安理会|安全理事会|理事会",
        sentence.text[start:end],
    ):
        return None
    text = re.sub(r"[。；，]+$", "", sentence.text[start:end])
    if not text or text in {"情况", "有关情况", "相关情况"} or text.startswith(("，", "；", "后", "时")):
        return None
    about = re.match(r"(?:了)?(?:关于|就)?", text)
    skip = about.end() if about else 0
    if len(text) - skip < 4:
        return None
    return sentence.printed(start + skip, start + len(text))


def _audience(sentence: Sentence, match: re.Match[str], group: str) -> str | None:
    """The audience in full: 安理会成员 is 安全理事会成员."""
    text = match.groupdict().get(group)
    if not text:
        whom = re.match(r"(?:安理会|安全理事会|理事会)(?:成员)?", match.groupdict().get("what") or "")
        return None if whom is None else re.sub(r"^(?:安理会|理事会|安全理事会)", "安全理事会", whom.group())
    return re.sub(
        r"^(?:联合国)?(?:安理会|理事会|安全理事会)", "安全理事会", sentence.text[match.start(group) : match.end(group)]
    )


def _refused(sentence: Sentence, match: re.Match[str]) -> bool:
    before = sentence.text[: match.start()]
    mid = sentence.text[match.start("mid") : match.start("to")]
    if _REFUSE_MID.search(mid) or "报告中" in sentence.text[match.start() : match.start("to")]:
        return True
    clause = re.split(r"[，。；]", before)[-1]
    told = clause + sentence.text[match.start() : match.end()]
    since = match.start() - len(clause)
    own_day = any(d.day is not None and since <= d.start < match.start("to") for d in sentence.dates)  # 5月30日曾…
    return (not own_day and bool(_LOOKS_BACK.search(told))) or bool(re.search(r"报告中$|不$|没有$", clause))


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
        meeting=meeting.key() if meeting.format else None,
        modality=Modality.PLANNED if planned else Modality.ASSERTED,
        confidence=0.8 if item.rule == "briefing.first-speaker" else 0.96,
        rule=item.rule,
    )
    return reading.with_evidence(fact, item.evidence)
