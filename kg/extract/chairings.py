"""Who presided over which meeting.

Refused: 在联合国主持下 (auspices), 主持的对话 (what somebody brokered), meetings of other bodies, organizing (组织, 举办) without presiding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.extract.meetings import Sitting
from kg.extract.people import capacity_of
from kg.extract.presidencies import presidencies
from kg.extract.presiding import presiding
from kg.extract.reading import Reading
from kg.extract.statements import opening_of, presiding_in
from kg.extract.view import Actor, Sentence
from kg.model import Chairing, MentionType, Modality, Status
from kg.pipeline.mask import compile_masked
from kg.pipeline.names import HONORIFICS
from kg.text import normalize

__all__ = ["chairings"]

_NOTE = r"(?:\([^()]{1,12}\))?"
_HON = rf"(?:{HONORIFICS})*"
_PRESIDENT = r"(?:(?:«C»)?(?:本月份?|当月|现任|«D»)?(?:的)?(?:轮值)?主席国?(?:、|，)?|«T»(?:、|，))?"
"""What stands before the one who presides: 安理会当月轮值主席、."""
_BY = compile_masked(
    rf"(?:由|请|委托){_PRESIDENT}(?P<state>«S»)?(?P<a>«P»«T»|«TP»(?:、|，)?(?:«P»)?){_HON}{_NOTE}(?:亲自|代表[^，。；]{{1,12}}|共同)?(?:担任(?:本次|此次|这次|该次)?(?:«F»|会议)?(?:的)?主席|担任(?:会议)?主持|担任«T»|主持)(?!下|的(?!会议|«F»))"
)
_DOES = compile_masked(
    rf"(?P<state>«S»)?(?P<a>«P»«T»|«TP»(?:、|，)?(?:«P»)?){_HON}{_NOTE}(?:，)?(?:将|拟|亲自|已|计划|预计|，)*(?:(?:前往|赴|抵达|专程|率团|来到?)[^，。；«:TP»]{{0,12}}(?:，|并))?(?:将|拟|亲自|，)*(?:担任(?:本次|此次|这次|该次)?(?:«F»|会议)?(?:的)?主席|担任(?:会议)?主持|主持)(?:了)?(?:本次|此次|这次|该次?|上述|这一)?(?P<what>(?:以«Q»为主题的)?(?:题为«Q»的)?(?:«F»|«C»|的|[^，。；下«:SOMTP»]{{0,8}}?){{0,4}}(?:«F»|会议|辩论|磋商|对话|通报|讨论)|[^，。；下«:TP»]{{0,50}}?«F»|(?=[，。；]|$))"
)
_LABEL = compile_masked(
    rf"^(?:会议)?(?:主持人|主席)(?:[:：]|为|是)(?P<state>«S»)?(?P<a>«P»«T»|«TP»(?:、|，)?(?:«P»)?){_HON}"
)
_IS = compile_masked(
    rf"主持(?:了)?(?:此次|本次|这次|该次|上述)?(?:会议|«F»|辩论)(?:会)?的(?:是|为){_PRESIDENT}(?P<state>«S»)?(?P<a>«P»«T»|«TP»(?:、|，)?(?:«P»)?){_HON}"
)


def chairings(reading: Reading) -> Iterator[Chairing]:
    """One fact a meeting and person (or capacity)."""
    told: set[tuple[str | None, str | None, str | None]] = set()
    for own in (*_of_statement(reading), *_in_capacity(reading)):
        told.add((own.meeting, own.person, None if own.person else own.capacity))
        yield own
    for sentence in reading.view.sentences:
        for rule, pattern in (
            ("chairing.by", _BY),
            ("chairing.presides", _DOES),
            ("chairing.is", _IS),
            ("chairing.label", _LABEL),
        ):
            for match in pattern.finditer(sentence.masked):
                fact = _chairing(reading, sentence, match, rule)
                if fact is None:
                    continue
                key = (fact.meeting, fact.person, None if fact.person else fact.capacity)
                if key not in told:
                    told.add(key)
                    yield fact


def _of_statement(reading: Reading) -> Iterator[Chairing]:
    """Who makes a presidential statement at a meeting presides over it."""
    opening = opening_of(reading.view)
    sitting = reading.meetings.of(opening) if opening is not None else None
    if opening is None or sitting is None or sitting.status != Status.HELD:
        return
    for actor, state in presiding_in(opening):
        post = actor.post if actor.post and actor.post.id != "president-of-the-security-council" else None
        fact = Chairing(
            date=sitting.date,
            meeting_number=sitting.number,
            format=sitting.format,
            body="UN-SC",
            state=state,
            person=reading.people.name(opening, actor),
            capacity=capacity_of(opening, post) if post else None,
            status=sitting.status,
            meeting=sitting.key(),
            confidence=0.96,
            rule="statement.president",
        )
        yield reading.with_evidence(fact, [opening.evidence, *sitting.evidence[:1]])


def _in_capacity(reading: Reading) -> Iterator[Chairing]:
    """``将以安全理事会9月份主席的身份主持2010年9月23日第6389次会议``: of the meeting that the words name, told elsewhere or not."""
    for told in reading.once(presiding):
        if not told.chairs:
            continue
        meant = reading.meetings.of(told.sentence) if told.number is None and told.date is None else None
        named = Sitting(told.date, told.format, told.status, told.sentence.paragraph.section, number=told.number)
        known = [s for s in reading.meetings.all if s.number == told.number is not None]
        same_day = [s for s in reading.meetings.told_in(told.sentence) if s.date == told.date]
        sitting = meant or (known or same_day or [named])[0]
        if sitting.date is None and sitting.number is None:
            continue
        yield reading.with_evidence(
            Chairing(
                date=sitting.date or told.date,
                meeting_number=sitting.number or told.number,
                format=sitting.format,
                body="UN-SC",
                state=told.state,
                person=reading.people.name(told.sentence, told.actor),
                capacity=reading.people.capacity(told.sentence, told.actor) or None,
                status=told.status,
                meeting=sitting.key(),
                modality=Modality.PLANNED if told.status == Status.PLANNED else Modality.ASSERTED,
                confidence=0.96,
                rule="chairing.capacity",
            ),
            [told.sentence.evidence],
        )


def _chairing(reading: Reading, sentence: Sentence, match: re.Match[str], rule: str) -> Chairing | None:
    if (
        re.search(r"在[^，。；]{0,20}$", sentence.masked[: match.start()].rsplit("，", 1)[-1])
        and "主持下" in sentence.text[match.start() : match.end() + 1]
    ):
        return None
    actor = next((a for a in sentence.actors if a.start >= match.start("a") and a.end <= match.end() + 8), None)
    meeting = _meeting(reading, sentence)
    if actor is None or meeting is None:
        return None
    if (
        _not_of_a_meeting(sentence, match)
        or _other_body(sentence, match)
        or not _same_meeting(sentence, match, meeting)
        or _on_another_day(reading, sentence, match, meeting)
    ):
        return None
    actor = _in_other_post(sentence, actor)
    capacity = reading.people.capacity(sentence, actor)
    state = (
        _state(sentence, actor, match)
        or reading.people.state(sentence, actor)
        or _presiding_state(reading, actor, capacity, meeting.date)
        or _hosting_state(sentence, actor, match)
    )
    person = reading.people.name(sentence, actor) if actor.person or reading.people.is_named(actor) else None
    status = meeting.status
    return reading.with_evidence(
        Chairing(
            date=meeting.date,
            meeting_number=meeting.number,
            format=meeting.format,
            body="UN-SC",
            state=state,
            person=person,
            capacity=capacity or None,
            status=status,
            meeting=meeting.key(),
            modality=Modality.PLANNED if status == Status.PLANNED else Modality.ASSERTED,
            confidence=0.97,
            rule=rule,
        ),
        [sentence.evidence, *([] if sentence.evidence in meeting.evidence else meeting.evidence[:1])],
    )


_OF_A_STATE = re.compile(
    r"安全理事会主席|安理会主席|轮值主席|常驻(?:联合国)?代表|外交[^委]{0,8}(?:部长|大臣|国务秘书)|外长|国务卿|外务大臣|(?<!副)总统|总理|首相|国家元首"
)
_PRESIDENT_ONLY = re.compile(
    r"(?:联合国)?(?:安全理事会|安理会)?(?:\d{1,2}月份?|本月份?|当月|现任)?(?:的)?(?:轮值)?主席"
)


def _in_other_post(sentence: Sentence, actor: Actor) -> Actor:
    """``印度常驻联合国代表、安理会当月轮值主席蒂鲁穆尔蒂``: the post before the presidency says in what capacity."""
    if (
        actor.post is None
        or not _PRESIDENT_ONLY.fullmatch(actor.post.text)
        or sentence.text[actor.start - 1 : actor.start] != "、"
    ):
        return actor
    before = next((m for m in sentence.mentions if m.type is MentionType.POST and m.end == actor.start - 1), None)
    return replace(actor, post=before) if before else actor


def _meeting(reading: Reading, sentence: Sentence) -> Sitting | None:
    return reading.meetings.of(sentence)


def _not_of_a_meeting(sentence: Sentence, match: re.Match[str]) -> bool:
    """``主持的政治对话`` (brokered), ``该委员会由…担任主席`` (a body's chair), ``不由…主持``, ``大会由…主持``."""
    clause = re.split(r"[，。；]", sentence.text[: match.start()])[-1]
    text = match.group()
    if re.search(
        r"主持的(?!会议|公开|辩论|通报|磋商)", text + sentence.text[match.end() : match.end() + 3]
    ) or clause.endswith(("不", "没有", "未", "不由", "并非由", "不再由")):
        return True
    return bool(
        re.search(r"(?:委员会|工作组|小组|组合|大会|联大|法庭|论坛)[^，。；]{0,10}$", clause)
    ) and not re.search(r"会议|辩论|安理会|安全理事会", clause)


_HOSTS = compile_masked(r"(?:«D»，)?(?P<s>«S»)(?:常驻代表团)?(?:作为[^，。；]{2,40}，)?(?:将|拟|打算|计划|定于|已)")


def _hosting_state(sentence: Sentence, actor: Actor, match: re.Match[str]) -> str | None:
    """``联合王国将于4月17日主办…，由外交大臣…主持``: the minister is the host's."""
    host = _HOSTS.match(sentence.unposted)
    if host is None or actor.post is None or not _OF_A_STATE.search(actor.post.text):
        return None
    others = {m.id for m in sentence.inside(0, match.start(), MentionType.STATE)}
    mention = sentence.at(host.start("s"), MentionType.STATE)
    return mention.id if mention is not None and len(others) == 1 else None


def _on_another_day(reading: Reading, sentence: Sentence, match: re.Match[str], meeting: Sitting) -> bool:
    """Whether the sentence is of a day of its own that is none of the meeting's: ``1月31日举行总结，由…主持``."""
    if meeting in reading.meetings.told_in(sentence) or meeting.date is None or meeting.status == Status.PLANNED:
        return False
    first = next((d for d in sentence.dates if d.day is not None and d.start <= 2 and d.end <= match.start()), None)
    iso = reading.context.iso(first) if first is not None else None
    return iso is not None and not meeting.date <= iso <= (meeting.end_date or meeting.date)


def _same_meeting(sentence: Sentence, match: re.Match[str], meeting: Sitting) -> bool:
    """Whether the meeting named beside the verb can be the one meant, and was told by then."""
    near = [f for f in sentence.formats if abs(f.end - match.start()) <= 3 or match.start() <= f.start < match.end()]
    plain = {"meeting", "debate"}
    fits = all(f.format == meeting.format or f.format in plain or meeting.format in plain for f in near)
    return fits and (meeting.status == Status.PLANNED or meeting.leading or min(meeting.told_at) <= sentence.order)


def _other_body(sentence: Sentence, match: re.Match[str]) -> bool:
    """会议 of another body in the same clause (阿拉伯国家联盟部长级理事会…会议由…主持)."""
    before = re.split(r"[。；]", sentence.masked[: match.start()])[-1]
    what = match.groupdict().get("what") or ""
    text = before[-40:] + what
    other = compile_masked(r"(?:«O»|委员会|工作组|大会(?!堂))[^，。；«:C»]{0,16}(?:«F»|会议|对话)").search(text)
    return bool(other) and not compile_masked("«C»").search(text)


def _state(sentence: Sentence, actor: Actor, match: re.Match[str]) -> str | None:
    if match.groupdict().get("state"):
        mention = sentence.at(match.start("state"), MentionType.STATE)
        if mention is not None:
            return mention.id
    if actor.post is not None:
        states = sentence.inside(actor.post.start, actor.post.end, MentionType.STATE)
        if states and states[0].start - actor.post.start <= 1:
            return states[0].id
    return None


def _presiding_state(reading: Reading, actor: Actor, capacity: str | None, date: str | None) -> str | None:
    """The state of the month's presidency, where the chair is said to be the Council's president or a minister of it."""
    office = actor.post.text if actor.post is not None else normalize(capacity or "")[0]
    if date is None or not _OF_A_STATE.search(office):
        return None
    states = {p.state for p in reading.once(presidencies) if p.month == date[:7]}
    return states.pop() if len(states) == 1 else None
