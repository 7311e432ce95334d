"""Sentences read for briefings, one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.briefings import frames
from kg.extract.briefings.telling import State, add, fact_of
from kg.extract.briefings.wording import about, audience_of, object_of, topic_of
from kg.extract.meetings import Meetings, Sitting, implicit
from kg.extract.reading import Reading
from kg.extract.speakers import Speaker, walk
from kg.extract.view import Sentence
from kg.model import Briefing, MentionType, Status
from kg.pipeline.mask import compile_masked

__all__ = ["briefings"]

_COMMITTEE = compile_masked(
    r"(?:^|[，；])(?:该|本)?(?P<who>委员会)(?:成员)?(?:«D»|还|也|又|曾|已|于|在[^，。；]{1,12}上)*$"
)
_NEXT = re.compile(r"[，；](?:随后|其后|之后|此后|接着|然后|会后|并)")
_BEGINS = re.compile(r"[，；：:]|其中|赞赏|感谢|欢迎|注意到|赞扬|(?<!不)由(?!于)|邀请(?:了)?|(?:将|拟|已|^|，)请")
"""Where a list of briefers can begin: a clause, what is welcomed, whoever is asked."""


def briefings(reading: Reading) -> Iterator[Briefing]:
    """One fact a meeting and briefer."""
    state = State(reading)
    for sentence in reading.view.sentences:
        head = frames.LIST_HEAD.fullmatch(sentence.text.strip())
        if head and (meeting := reading.meetings.of(sentence)) is not None:
            state.listing = (meeting, None, sentence.evidence)
            continue
        listed = sentence.paragraph.role == "bullet" or sentence.paragraph.number is not None or _is_row(sentence)
        if state.listing is not None and listed and _bullet(state, sentence):
            continue
        if sentence.paragraph.role in {"title", "signature", "letterhead", "heading", "footnote"}:
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
        announced = not speakers and (match["colon"] in {":", "："} or masked.rstrip().endswith(("：", ":")))
        if speakers or announced:
            taken.append((match.start(), max(end, match.end())))
        if announced:
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


def _meeting(state: State, sentence: Sentence, at: int) -> Sitting | None:
    """The meeting that words at ``at`` speak of; a sentence with a day of its own does not lean on another day's meeting, nor
    on one that it tells later (听取了…的通报，随后举行了磋商)."""
    reading = state.reading
    of_committee = reading.meetings.of_committee_in(sentence)
    if of_committee is not None:
        return of_committee
    told = reading.meetings.told_in(sentence)
    later = next((f.start for f in sentence.formats if f.start >= at), None)
    before = any(f.end <= at for f in sentence.formats)
    if not told or (later is not None and not before and _NEXT.search(sentence.text, at, later)):
        own = implicit(sentence, reading.context, Meetings() if told else reading.meetings)
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
    meeting = (_on_own_day(state, sentence, match.start()) if led_in else None) or _meeting(
        state, sentence, match.start()
    )
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
    given = frames.GIVEN.match(sentence.masked, end)
    if given is not None:  # 听取了…4月8日的通报
        meeting = _on_own_day(state, sentence, given.end("d")) or meeting
    heard_by = _COMMITTEE.search(sentence.masked[: match.start()])
    audience = sentence.text[heard_by.start("who") : heard_by.end("who")] if heard_by else None
    if audience and state.committee is None:
        return
    if audience and meeting is not state.reading.meetings.of_committee_in(sentence):
        meeting = implicit(sentence, state.reading.context, Meetings())
    if meeting is None:
        return
    while speakers and brief is not None:
        taken.append((match.start(), brief.end()))
        topic = topic_of(sentence, brief.start("rest"), brief.end("rest")) if given is None else None
        for speaker in speakers:
            add(state, sentence, meeting, speaker, topic, audience, "briefing.heard")
        joined = frames.AND_OF.match(sentence.text, brief.end())
        speakers, end = walk(sentence, joined.end()) if joined else ([], brief.end())
        brief = frames.TO_BRIEF.match(sentence.text, end)


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
    meeting = _meeting(state, sentence, match.start("to"))
    if match["audience"] and "委员会" in match["audience"]:  # a committee's own meeting, on a day said there
        of_committee = state.reading.meetings.of_committee_in(sentence)
        own = of_committee or implicit(sentence, state.reading.context, Meetings())
        meeting = own if state.committee is not None else None
    if meeting is None or _refused(sentence, match):
        return
    if meeting.status == Status.PLANNED and frames.DONE.search(match.group("to")):
        return
    speakers = _speakers_before(sentence, meeting, match.start("mid"), match.start("to"))
    if not speakers or not _presents(sentence, match, speakers):
        return
    taken.append((speakers[0].actor.start, match.end()))
    topic = about(sentence, speakers[-1].end, match.start("to")) or object_of(sentence, match)
    audience = audience_of(sentence, match, "audience")
    for speaker in speakers:
        add(state, sentence, meeting, speaker, topic, audience, "briefing.told")


def _speakers_before(sentence: Sentence, meeting: Sitting, low: int, high: int) -> list[Speaker]:
    """The longest list of the clause that reaches the predicate, adverbs between."""
    adverbs = compile_masked(rf"{frames.ADVERB.replace('(?P<about>', '(?:')}*")
    starts = {0, *(m.end() for m in _BEGINS.finditer(sentence.masked[:high]))}
    for start in sorted(starts):
        speakers, end = walk(sentence, start, limit=high)
        if not speakers or end > high or _has_opening(sentence, speakers[0]):
            continue
        gap = adverbs.match(sentence.masked, end)
        if (gap and gap.end() >= high) or end >= low:
            asked = re.search(
                r"(?:请|要求|敦促|促请|鼓励|希望)[^，。；]{0,4}$", sentence.text[: speakers[0].actor.start]
            )
            convened = meeting.status == Status.PLANNED and frames.INVITES.search(
                sentence.masked[: speakers[0].actor.start]
            )
            return [] if asked and not convened and "邀请" not in sentence.text[:high] else speakers
    return []


def _has_opening(sentence: Sentence, speaker: Speaker) -> bool:
    """Whether what was read as a capacity begins with other words (辩论会前将由…): a later start leaves them out."""
    return speaker.capacity is not None and bool(re.search(r"由|邀请|将请", sentence.text[slice(*speaker.capacity)]))


def _presents(sentence: Sentence, match: re.Match[str], speakers: list[Speaker]) -> bool:
    """``介绍了局势`` alone: a briefing only by an official of the United Nations."""
    if not match["to"].startswith("介绍了"):
        return True
    posts = [s.actor.post for s in speakers]
    return all(
        p is not None
        and frames.UN_POST.search(p.text)
        and ("秘书长" in p.text or not sentence.inside(p.start, p.end, MentionType.STATE))
        for p in posts
    )


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


def _is_row(sentence: Sentence) -> bool:
    """A line that holds one person and no sentence, as lists without bullets do."""
    speakers, end = walk(sentence, 0)
    if len(speakers) != 1 or speakers[0].actor.person is None or re.search("出席|参加|发言|主持", sentence.text):
        return False
    return not sentence.text[end:].strip("。；;，和 ")


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
    mid = re.sub(r"(?:就|关于)[^，。；]{2,60}$", "", sentence.text[match.start("mid") : match.start("to")])
    if frames.REFUSE_MID.search(mid) or "报告中" in sentence.text[match.start() : match.start("to")]:
        return True
    clause = re.split(r"[，。；]", before)[-1]
    told = clause + mid + sentence.text[match.start("to") : match.end()]
    since = match.start() - len(clause)
    own_day = any(d.day is not None and since <= d.start < match.start("to") for d in sentence.dates)  # 5月30日曾…
    return (not own_day and bool(frames.LOOKS_BACK.search(told))) or bool(re.search(r"报告中$|不$|没有$", clause))
