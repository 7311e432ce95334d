"""Sentences read for briefings, one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.briefings import frames
from kg.extract.briefings.telling import State, add, fact_of
from kg.extract.briefings.wording import about, audience_of, object_of, topic_of
from kg.extract.meetings import implicit
from kg.extract.reading import Reading
from kg.extract.sittings import Sitting
from kg.extract.speakers import Speaker, walk
from kg.extract.view import Sentence
from kg.model import Briefing, MentionType, Status
from kg.pipeline.mask import compile_masked

__all__ = ["briefings"]


def briefings(reading: Reading) -> Iterator[Briefing]:
    """One fact a meeting and briefer."""
    state = State(reading)
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
            yield fact_of(reading, item)


def _read(state: State, sentence: Sentence) -> None:
    masked = sentence.masked
    taken: list[tuple[int, int]] = []
    for match in frames.LISTED.finditer(masked):
        meeting = state.reading.meetings.of(sentence)
        if meeting is None or frames.REFUSE_BEFORE.search(masked[: match.start()]):
            continue
        audience = audience_of(sentence, match, "audience2")
        speakers, end = walk(sentence, match.end())
        for speaker in speakers:
            if not _is_vague(sentence, speaker):
                add(state, sentence, meeting, speaker, None, audience, "briefing.listed")
        taken.append((match.start(), max(end, match.end())))
        if not speakers and (match["colon"] in {":", "："} or masked.rstrip().endswith(("：", ":"))):
            state.listing = (meeting, audience, sentence.evidence)
    for match in frames.HEARD.finditer(masked):
        if not _overlaps(taken, match.span()):
            _heard(state, sentence, match, taken)
    for match in frames.WELCOMED.finditer(masked):
        if not _overlaps(taken, match.span()):
            _welcomed(state, sentence, match, taken)
    for match in frames.TOLD.finditer(masked):
        if not _overlaps(taken, match.span("to")):
            _told(state, sentence, match, taken)
    _those(state, sentence)
    _first_speaker(state, sentence)


def _meeting(state: State, sentence: Sentence) -> Sitting | None:
    """The meeting that the sentence speaks of; one with a day of its own does not lean on another day's."""
    reading = state.reading
    if not reading.meetings.told_in(sentence):
        own = implicit(sentence, reading.context, reading.meetings)
        if own is not None:
            return own
    return reading.meetings.of(sentence)


def _on_own_day(state: State, sentence: Sentence, at: int) -> Sitting | None:
    """The unnamed sitting of a day that stands right before the verb (欢迎于5月23日听取…的通报), or before 所作的通报."""
    days = [d for d in sentence.dates if d.day is not None and d.end == at]
    date = state.reading.context.iso(days[0]) if days else None
    if date is None:
        return None
    return Sitting(
        date,
        None,
        Status.HELD,
        sentence.paragraph.section,
        rule="meeting.implicit",
        told_at=[sentence.order],
        evidence=[sentence.evidence],
    )


def _heard(state: State, sentence: Sentence, match: re.Match[str], taken: list[tuple[int, int]]) -> None:
    led_in = frames.LED_IN.search(sentence.masked[: match.start()])
    meeting = (_on_own_day(state, sentence, match.start()) if led_in else None) or _meeting(state, sentence)
    if meeting is None or frames.REFUSE_BEFORE.search(sentence.masked[: match.start()]):
        return
    clause = re.split(r"[，。；]", sentence.text[: match.start()])[-1]
    if meeting.status == Status.PLANNED and frames.DONE.search(clause + match.group()):
        return
    if meeting.status == Status.HELD and re.search(r"原定|原拟|拟|打算|计划|本应|将$", clause):
        return
    speakers, end = walk(sentence, match.end())
    brief = frames.TO_BRIEF.match(sentence.text, end)
    if not speakers or brief is None:
        return
    taken.append((match.start(), brief.end()))
    topic = topic_of(sentence, brief.start("rest"), brief.end("rest"))
    for speaker in speakers:
        add(state, sentence, meeting, speaker, topic, None, "briefing.heard")


def _welcomed(state: State, sentence: Sentence, match: re.Match[str], taken: list[tuple[int, int]]) -> None:
    """``感谢秘书长特别代表…5月29日所作的通报``: dated by itself, on a meeting that is not named."""
    speakers, end = walk(sentence, match.end())
    given = frames.GIVEN.match(sentence.masked, end)
    if not speakers or given is None:
        return
    meeting = _on_own_day(state, sentence, given.end("d"))
    if meeting is None:
        return
    taken.append((match.start(), given.end()))
    for speaker in speakers:
        add(state, sentence, meeting, speaker, None, audience_of(sentence, given, "audience"), "briefing.welcomed")


def _told(state: State, sentence: Sentence, match: re.Match[str], taken: list[tuple[int, int]]) -> None:
    meeting = _meeting(state, sentence)
    if meeting is None or _refused(sentence, match):
        return
    if meeting.status == Status.PLANNED and frames.DONE.search(match.group("to")):
        return
    speakers = _speakers_before(sentence, match.start("mid"), match.start("to"))
    if not speakers:
        return
    taken.append((speakers[0].actor.start, match.end()))
    topic = about(sentence, speakers[-1].end, match.start("to")) or object_of(sentence, match)
    audience = audience_of(sentence, match, "audience")
    for speaker in speakers:
        add(state, sentence, meeting, speaker, topic, audience, "briefing.told")


def _speakers_before(sentence: Sentence, low: int, high: int) -> list[Speaker]:
    """The longest list of the clause that reaches the predicate, adverbs between."""
    adverbs = compile_masked(rf"{frames.ADVERB.replace('(?P<about>', '(?:')}*")
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


def _those(state: State, sentence: Sentence) -> None:
    """``通报者向安理会成员通报了…`` adds to the briefings of that meeting."""
    match = frames.THOSE.match(sentence.masked)
    if not match:
        return
    meeting = state.reading.meetings.of(sentence)
    for item in state.told:
        if item.meeting is meeting:
            item.audience = item.audience or audience_of(sentence, match, "audience")
            item.topic = item.topic or object_of(sentence, match)
            item.evidence.append(sentence.evidence)


def _first_speaker(state: State, sentence: Sentence) -> None:
    """A UN official introduced with post and name as the first to speak after a briefing is said to be held."""
    row = state.reading.view.by_paragraph[sentence.index]
    at = next(i for i, s in enumerate(row) if s is sentence)
    if at == 0 or not sentence.actors or sentence.actors[0].start > 0:
        return
    speakers, end = walk(sentence, 0)
    held = [
        s for s in state.reading.meetings.told_in(row[at - 1]) if s.format == "briefing" and s.status == Status.HELD
    ]
    if len(speakers) != 1 or not held or not frames.SAYS.match(sentence.masked, end):
        return
    actor = speakers[0].actor
    if actor.post is None or actor.person is None or not frames.UN_POST.search(actor.post.text):
        return
    if sentence.inside(actor.post.start, actor.post.end, MentionType.STATE) and "秘书长" not in actor.post.text:
        return
    if not any(t.meeting is held[-1] for t in state.told):
        add(state, sentence, held[-1], speakers[0], None, None, "briefing.first-speaker", [row[at - 1].evidence])


def _bullet(state: State, sentence: Sentence) -> bool:
    """A line of an announced list; True where it names somebody."""
    assert state.listing is not None
    meeting, audience, opening = state.listing
    speakers, _ = walk(sentence, 0)
    for speaker in speakers[:1]:
        if not _is_vague(sentence, speaker):
            add(state, sentence, meeting, speaker, None, audience, "briefing.listed", [opening])
    return bool(speakers)


def _is_vague(sentence: Sentence, speaker: Speaker) -> bool:
    before = sentence.text[max(0, speaker.actor.start - 12) : speaker.actor.start]
    return speaker.actor.person is None and bool(
        re.search(r"(?:几个|一位|一名|若干|各|多位|数位|有关|其他|某)[^，、]{0,10}$", before)
    )


def _overlaps(taken: list[tuple[int, int]], span: tuple[int, int]) -> bool:
    return any(s < span[1] and span[0] < e for s, e in taken)


def _refused(sentence: Sentence, match: re.Match[str]) -> bool:
    before = sentence.text[: match.start()]
    mid = sentence.text[match.start("mid") : match.start("to")]
    if frames.REFUSE_MID.search(mid) or "报告中" in sentence.text[match.start() : match.start("to")]:
        return True
    clause = re.split(r"[，。；]", before)[-1]
    told = clause + sentence.text[match.start() : match.end()]
    since = match.start() - len(clause)
    own_day = any(d.day is not None and since <= d.start < match.start("to") for d in sentence.dates)  # 5月30日曾…
    return (not own_day and bool(frames.LOOKS_BACK.search(told))) or bool(re.search(r"报告中$|不$|没有$", clause))
