"""Who presided over which meeting.

Refused: 在联合国主持下 (auspices), 主持的对话 (what somebody brokered), meetings of other bodies, organizing (组织, 举办) without presiding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.extract import chairing_frames as frames
from kg.extract.capacities import capacity_of
from kg.extract.chairing_refusals import (
    not_of_a_meeting,
    of_what_others_held,
    on_another_day,
    other_body,
    same_meeting,
)
from kg.extract.letters import letters
from kg.extract.meant import called
from kg.extract.meetings import Sitting
from kg.extract.occasions import meeting_at
from kg.extract.presidencies import presidencies
from kg.extract.presiding import presiding
from kg.extract.reading import Reading
from kg.extract.statements import opening_of, presiding_in
from kg.extract.view import Actor, Sentence
from kg.model import Chairing, MentionType, Modality, Status
from kg.pipeline.mask import compile_masked
from kg.text import normalize

__all__ = ["chairings"]


def chairings(reading: Reading) -> Iterator[Chairing]:
    """One fact a meeting and person (or capacity)."""
    told: set[tuple[str | None, str | None, str | None]] = set()
    for own in (*_of_statement(reading), *_in_capacity(reading)):
        told.add((own.meeting, own.person, None if own.person else own.capacity))
        yield own
    for sentence in frames.TELLS.among(reading.view):
        if "主持" not in sentence.text and "担任" not in sentence.text and "主席" not in sentence.text:
            continue
        for fact in _of_one_meant(reading, sentence):
            if (fact.meeting, fact.person, None) not in told:
                told.add((fact.meeting, fact.person, None))
                yield fact
        for match, rule in frames.FRAMES.finditer(sentence):
            presided = _chairing(reading, sentence, match, rule)
            if presided is None:
                continue
            key = (presided.meeting, presided.person, None if presided.person else presided.capacity)
            if key not in told:
                told.add(key)
                yield presided


def _of_one_meant(reading: Reading, sentence: Sentence) -> Iterator[Chairing]:
    """Who presides by surname alone, or who writes: 涅边贾主持了…, 我将亲自主持会议."""
    for match in frames.MYSELF.finditer(sentence):
        written = [fact for fact in reading.once(letters) if fact.signatory and fact.state]
        meeting = _fitting(reading, sentence, match) if len(written) == 1 else None
        if meeting is not None:
            who = written[0]
            yield _fact(reading, sentence, meeting, who.state, who.signatory, who.sender_role, "chairing.meant")
    surnames = reading.people.surnames if frames.PRESIDES.may_be_in(sentence) else None
    for name in surnames.finditer(sentence.text) if surnames else ():
        match_by = frames.PRESIDES.pattern.match(sentence.masked, name.end())
        found = called(reading, sentence, name.group()) if match_by else None
        if (
            found is None
            or match_by is None
            or sentence.text[name.start() - 1 : name.start()] not in {"", "，", "；", "由"}
        ):
            continue
        before, speaker = found
        meeting = _fitting(reading, sentence, match_by)
        capacity = reading.people.capacity(before, speaker.actor)
        state = reading.people.state(before, speaker.actor)
        if meeting is not None:
            state = state or _presiding_state(reading, normalize(capacity or "")[0], meeting)
            person = reading.people.name(before, speaker.actor)
            yield _fact(reading, sentence, meeting, state, person, capacity, "chairing.meant")


def _fitting(reading: Reading, sentence: Sentence, match: re.Match[str]) -> Sitting | None:
    """The Council's meeting that the words of ``match`` can speak of."""
    meeting = _meeting(reading, sentence, match)
    if meeting is None or not_of_a_meeting(sentence, match) or other_body(sentence, match):
        return None
    return meeting if same_meeting(sentence, match, meeting) else None


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
    meeting = _meeting(reading, sentence, match)
    if actor is None or meeting is None or (rule == "chairing.under" and not _of_the_council(sentence, actor)):
        return None
    if (
        of_what_others_held(reading, sentence, match)
        or (not_of_a_meeting(sentence, match) and rule != "chairing.under")
        or other_body(sentence, match)
        or not same_meeting(sentence, match, meeting)
        or on_another_day(reading, sentence, match, meeting)
    ):
        return None
    actor = _in_other_post(sentence, actor)
    capacity = reading.people.capacity(sentence, actor)
    office = actor.post.text if actor.post is not None else normalize(capacity or "")[0]
    state = (
        _state(sentence, actor, match)
        or reading.people.state(sentence, actor)
        or _presiding_state(reading, office, meeting)
        or _hosting_state(sentence, actor, match)
    )
    person = reading.people.name(sentence, actor) if actor.person or reading.people.is_named(actor) else None
    if meeting.date is None:  # 主持2010年9月23日第6389次会议
        day = next((d for d in sentence.dates if d.day is not None and match.start() <= d.start < match.end()), None)
        meeting = replace(meeting, date=reading.context.iso(day)) if day is not None else meeting
    return _fact(reading, sentence, meeting, state, person, capacity or None, rule)


def _fact(
    reading: Reading,
    sentence: Sentence,
    meeting: Sitting,
    state: str | None,
    person: str | None,
    capacity: str | None,
    rule: str,
) -> Chairing:
    status = meeting.status
    return reading.with_evidence(
        Chairing(
            date=meeting.date,
            meeting_number=meeting.number,
            format=meeting.format,
            body="UN-SC",
            state=state,
            person=person,
            capacity=capacity,
            status=status,
            meeting=meeting.key(),
            modality=Modality.PLANNED if status == Status.PLANNED else Modality.ASSERTED,
            confidence=0.97,
            rule=rule,
        ),
        [sentence.evidence, *([] if sentence.evidence in meeting.evidence else meeting.evidence[:1])],
    )


def _of_the_council(sentence: Sentence, actor: Actor) -> bool:
    """Whether 在…主持下 is told of the Council's meeting and of one who holds an office of a state."""
    office = actor.post.text if actor.post is not None else ""
    return bool(_OF_A_STATE.search(office)) and bool(
        compile_masked("«C»(?:成员)?[^。；]{0,60}«F»").search(sentence.masked)
    )


_OF_A_STATE = re.compile(
    r"安全理事会主席|安理会主席|轮值主席|常驻(?:联合国)?代表|外交[^委]{0,8}(?:部长|大臣|国务秘书)|外长|国务卿|部长|大臣|国务秘书|(?<!副)总统|总理|首相|国家元首"
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


def _meeting(reading: Reading, sentence: Sentence, match: re.Match[str]) -> Sitting | None:
    """The meeting that the words speak of: that of the sentence's own day, where it tells none and has one."""
    told = reading.meetings.of(sentence)
    if reading.meetings.told_in(sentence):
        return told
    own = meeting_at(reading, sentence, match.start(), done=reading.context.news)
    if own is None or own is told or own.rule != "meeting.implicit":
        return told if own is None else own
    ahead = 2 if match.re is frames.DOES.pattern else 60  # 主持了政党间对话，…举行了会议
    near = next((f for f in sentence.formats if match.start() <= f.start <= match.end() + ahead), None)
    return replace(own, format=own.format or (near.format if near else None)) if near or own.format else None


_HOSTS = compile_masked(r"(?:«D»，)?(?P<s>«S»)(?:常驻代表团)?(?:作为[^，。；]{2,40}，)?(?:将|拟|打算|计划|定于|已)")


def _hosting_state(sentence: Sentence, actor: Actor, match: re.Match[str]) -> str | None:
    """``联合王国将于4月17日主办…，由外交大臣…主持``: the minister is the host's."""
    host = _HOSTS.match(sentence.unposted)
    if host is None or actor.post is None or not _OF_A_STATE.search(actor.post.text):
        return None
    others = {m.id for m in sentence.inside(0, match.start(), MentionType.STATE)}
    mention = sentence.at(host.start("s"), MentionType.STATE)
    return mention.id if mention is not None and len(others) == 1 else None


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


def _presiding_state(reading: Reading, office: str, meeting: Sitting) -> str | None:
    """The state of the month's presidency, where the chair is said to be the Council's president or a minister of it; of a meeting that a
    state's letter announces, that state."""
    if meeting.date is None or not _OF_A_STATE.search(office):
        return None
    states = {p.state for p in reading.once(presidencies) if p.month == meeting.date[:7]}
    if not states and meeting.status is Status.PLANNED:
        states = {fact.state for fact in reading.once(letters) if fact.state}
    return states.pop() if len(states) == 1 else None
