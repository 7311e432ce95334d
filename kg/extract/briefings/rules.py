"""Sentences read for briefings, one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.briefings import frames
from kg.extract.briefings.chairs import CHAIR, by_chair
from kg.extract.briefings.lists import BY_NAME, heads_list, line_of, listed_in
from kg.extract.briefings.telling import State, add, fact_of, tell
from kg.extract.briefings.wording import about, audience_of, object_at, object_of, topic_of
from kg.extract.gate import Gate
from kg.extract.introductions import Who, introduction
from kg.extract.meant import meant, meant_before
from kg.extract.meetings import Sitting
from kg.extract.occasions import between, meeting_at, of_committee, on_day, today
from kg.extract.reading import Reading
from kg.extract.speakers import Speaker, walk
from kg.extract.view import Sentence
from kg.model import Briefing, MentionType, Status
from kg.pipeline.mask import compile_masked

__all__ = ["briefings"]

_COMMITTEE = compile_masked(
    r"(?:^|[，；])(?:该|本)?(?P<who>委员会)(?:成员)?(?:«D»|还|也|又|曾|已|于|在[^，。；]{1,12}上)*$"
)
_ANOTHERS = re.compile(r"在(?!会上|会议|会期|本次|此次|这次|今|该|\d)[^，。；]{0,12}?(?:峰会|首脑会议|论坛|对话)")
"""在峰会上的通报: given elsewhere."""
_BEGINS = re.compile(r"[，；：:]|其中|赞赏|感谢|欢迎|注意到|赞扬|(?<!不)由(?!于)|邀请(?:了)?|(?:将|拟|已|^|，)请")
"""Where a list of briefers can begin: a clause, what is welcomed, whoever is asked."""

_TELLS = Gate(BY_NAME, CHAIR, frames.HEARD, frames.GIVES, frames.TO, frames.THOSE)
"""What a sentence that tells a briefing holds."""

_NAMED = frozenset({MentionType.POST, MentionType.OFFICIAL})


def briefings(reading: Reading) -> Iterator[Briefing]:
    """One fact a meeting and briefer."""
    state = State(reading)
    telling = {sentence.order for sentence in _TELLS.among(reading.view)}
    for sentence in reading.view.sentences:
        if heads_list(state, sentence) or (state.listing is not None and line_of(state, sentence)):
            continue
        state.listing = None
        if sentence.paragraph.role == "heading":  # a line without a full stop: 通报人：A和B
            listed_in(state, sentence, [])
        if sentence.paragraph.role in {"title", "signature", "letterhead", "heading", "footnote"}:
            continue
        if sentence.order in telling:
            _read(state, sentence)
        _first_speaker(state, sentence)
    for item in state.told:
        if item.meeting.date is not None or item.meeting.theme is not None:
            yield fact_of(reading, item)


def _read(state: State, sentence: Sentence) -> None:
    taken: list[tuple[int, int]] = []
    listed_in(state, sentence, taken)
    by_chair(state, sentence, taken)
    for match in frames.HEARD.finditer(sentence):
        if not _overlaps(taken, match.span()):
            _heard(state, sentence, match, taken)
    for match in frames.WELCOMED.finditer(sentence) if frames.GIVES.may_be_in(sentence) else ():
        if not _overlaps(taken, match.span()):
            _welcomed(state, sentence, match, taken)
    for match in frames.TOLD.finditer(sentence) if frames.TO.search(sentence) else ():
        if not _overlaps(taken, match.span("to")):
            _told(state, sentence, match, taken)
    _those(state, sentence)


def _heard(state: State, sentence: Sentence, match: re.Match[str], taken: list[tuple[int, int]]) -> None:
    reading, before = state.reading, sentence.masked[: match.start()]
    if frames.REFUSE_BEFORE.search(before):
        return
    clause = re.split(r"[，。；]", sentence.text[: match.start()])[-1]
    done = bool(frames.DONE.search(clause + match.group()))
    led_in = next((d for d in sentence.dates if d.end == match.start()), None) if frames.LED_IN.search(before) else None
    meeting = on_day(reading, sentence, led_in) or meeting_at(reading, sentence, match.start(), done=done)
    named, end = _named(reading, sentence, match.end())
    brief = frames.TO_BRIEF.match(sentence.text, end)
    if not named or brief is None:
        return
    given = frames.GIVEN.match(sentence.masked, end)
    if given is not None:  # 听取了…4月8日的通报
        meeting = on_day(reading, sentence, sentence.date_at(given.start("d")), _format(sentence, given)) or meeting
    heard_by = _COMMITTEE.search(before)
    audience = sentence.text[heard_by.start("who") : heard_by.end("who")] if heard_by else None
    if audience:
        meeting = of_committee(reading, sentence, match.start()) if state.committee is not None else None
    elif (others := _others(sentence, match.start())) is not None:
        if not others:
            return
        audience, meeting = others, of_committee(reading, sentence, match.start())
    if meeting is None or (meeting.status == Status.PLANNED and done) or _of_another_time(reading, sentence, meeting):
        return
    if meeting.status == Status.HELD and re.search(r"原定|原拟|拟|打算|计划|本应|将$", clause):
        return
    while named and brief is not None:
        taken.append((match.start(), brief.end()))
        topic = topic_of(sentence, brief.start("rest"), brief.end("rest")) if given is None else None
        if given is not None and given["topic"]:
            topic = sentence.printed(*given.span("topic"))
        if brief.end() - brief.start() <= 4 and not brief["rest"]:
            topic = object_at(sentence, brief.end())  # 听取…通报筹备情况
        for who in named:
            tell(state, sentence, meeting, who, topic, audience, "briefing.heard")
        joined = frames.AND_OF.match(sentence.text, brief.end())
        named, end = _named(reading, sentence, joined.end()) if joined else ([], brief.end())
        brief = frames.TO_BRIEF.match(sentence.text, end)


def _others(sentence: Sentence, at: int) -> str | None:
    """The committee of the Council that hears, by its name; empty where somebody else does, None where it is the Council."""
    start = max(sentence.text.rfind(sign, 0, at) for sign in "，。；：") + 1
    if compile_masked("«C»|理事会(?:成员)?$").search(sentence.masked, start, at):
        return None
    bodies = sentence.inside(start, at, MentionType.ORGANIZATION)
    own = [m for m in bodies if m.id and (m.id.startswith("committee-") or m.id == "CTC")]
    if own:
        return sentence.printed(own[-1].start, own[-1].end)
    return "" if bodies or frames.OTHERS_HEAR.search(sentence.text, start, at) else None


def _named(reading: Reading, sentence: Sentence, at: int) -> tuple[list[Who], int]:
    """Those who stand at ``at``, by name and post or as 该协调员, and where they end."""
    speakers, end = walk(sentence, at)
    if speakers:
        return [introduction(reading, sentence, s) for s in speakers], end
    found = meant(reading, sentence, at)
    return ([found[0]], found[1]) if found else ([], at)


def _welcomed(state: State, sentence: Sentence, match: re.Match[str], taken: list[tuple[int, int]]) -> None:
    """``感谢秘书长特别代表…5月29日所作的通报``: dated by itself, on a meeting that is not named; the day may stand in front."""
    day = frames.ON_DAY.match(sentence.masked, match.end())
    speakers, end = walk(sentence, day.end() if day else match.end())
    given = (frames.GIVEN_THEN if day else frames.GIVEN).match(sentence.masked, end)
    if given is not None:
        dated = day or given
        meeting = on_day(state.reading, sentence, sentence.date_at(dated.start("d")), _format(sentence, given))
    elif (given := frames.GIVEN_HERE.match(sentence.masked, end)) is not None:
        meeting = (
            today(state.reading, sentence)
            if given["today"]
            else meeting_at(state.reading, sentence, given.start(), done=True)
        )
    if not speakers or given is None or meeting is None or _ANOTHERS.match(sentence.text, given.start()):
        return
    taken.append((match.start(), given.end()))
    topic = sentence.printed(*given.span("topic")) if given["topic"] else None
    for speaker in speakers:
        add(state, sentence, meeting, speaker, topic, audience_of(sentence, given, "audience"), "briefing.welcomed")


def _format(sentence: Sentence, given: re.Match[str]) -> str | None:
    """The format in ``10月18日在全体磋商中所作的``."""
    return next((f.format for f in sentence.formats if given["f"] and f.start == given.start("f")), None)


def _told(state: State, sentence: Sentence, match: re.Match[str], taken: list[tuple[int, int]]) -> None:
    reading, at = state.reading, match.start("to")
    done = bool(frames.DONE.search(match.group("to")))
    if match["audience"] and "委员会" in match["audience"]:  # a committee's own meeting, on a day said there
        own = between(reading, sentence, match.start("mid"), at) or of_committee(reading, sentence, at)
        meeting = own if state.committee is not None else None
    else:
        meeting = between(reading, sentence, match.start("mid"), at) or meeting_at(
            reading, sentence, at, done=done or reading.context.news
        )
    if meeting is None or _refused(sentence, match) or _of_another_time(reading, sentence, meeting):
        return
    if meeting.status == Status.PLANNED and done:
        return
    if meeting.status == Status.HELD and frames.TO_COME.search(sentence.text, match.start("mid"), at):
        return
    speakers = _speakers_before(sentence, meeting, match.start("mid"), at)
    if speakers and not _presents(sentence, match, speakers):
        return
    named = [(s.end, introduction(reading, sentence, s)) for s in speakers]
    named = named or meant_before(reading, sentence, match.start("mid"), at, frames.ADVERBS)
    if not named:
        return
    taken.append((speakers[0].actor.start if speakers else match.start(), match.end()))
    of = sentence.printed(*match.span("of")) if match["of"] else None
    topic = of or about(sentence, named[-1][0], at) or object_of(sentence, match)
    audience = audience_of(sentence, match, "audience")
    for _, who in named:
        tell(state, sentence, meeting, who, topic, audience, "briefing.told")


def _speakers_before(sentence: Sentence, meeting: Sitting, low: int, high: int) -> list[Speaker]:
    """The longest list of the clause that reaches the predicate, adverbs between."""
    starts = {0, *(m.end() for m in _BEGINS.finditer(sentence.masked[:high]))}
    for start in sorted(starts):
        speakers, end = walk(sentence, start, limit=high)
        if not speakers or end > high or _has_opening(sentence, speakers[0]):
            continue
        gap = frames.ADVERBS.match(sentence.masked, end)
        if (gap and gap.end() >= high) or end >= low:
            asked = re.search(
                r"(?:请|要求|敦促|促请|鼓励|希望)[^，。；]{0,4}$", sentence.text[: speakers[0].actor.start]
            )
            convened = meeting.status == Status.PLANNED and frames.INVITES.search(
                sentence.masked[: speakers[0].actor.start]
            )
            if frames.MAY_ASK.search(sentence.text[: speakers[0].actor.start]):
                return []
            return [] if asked and not convened and "邀请" not in sentence.text[:high] else speakers
    return []


def _has_opening(sentence: Sentence, speaker: Speaker) -> bool:
    """Whether what was read as a capacity begins with other words (辩论会前将由…): a later start leaves them out."""
    return speaker.capacity is not None and bool(
        re.search(r"由|邀请|将请|[：:]", sentence.text[slice(*speaker.capacity)])
    )


def _presents(sentence: Sentence, match: re.Match[str], speakers: list[Speaker]) -> bool:
    """``介绍了局势`` alone: a briefing only by an official of the United Nations."""
    if match["to"] == "介绍":  # 随后由…介绍进展情况
        return bool(
            re.search(r"由$", sentence.text[: min(speakers[0].actor.start, (speakers[0].capacity or (999,))[0])])
        )
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
    match = frames.THOSE.match(sentence)
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
    if not sentence.kinds >= _NAMED or not sentence.actors or sentence.actors[0].start > 0:
        return
    row = state.reading.view.by_paragraph[sentence.index]
    at = sentence.order - row[0].order
    if at == 0:
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


def _of_another_time(reading: Reading, sentence: Sentence, meeting: Sitting) -> bool:
    """Whether the sentence opens with a year or month that the meeting is not of (2019年，…在通报中警告说)."""
    opening = next((d for d in sentence.dates if d.start <= 2), None)
    if opening is None or opening.day is not None or meeting.date is None:
        return False
    date = reading.context.iso(opening)
    return date is not None and not meeting.date.startswith(date)


def _overlaps(taken: list[tuple[int, int]], span: tuple[int, int]) -> bool:
    return any(s < span[1] and span[0] < e for s, e in taken)


def _refused(sentence: Sentence, match: re.Match[str]) -> bool:
    before = sentence.text[: match.start()]
    mid = re.sub(r"(?:就|关于)[^，。；]{2,60}$", "", sentence.text[match.start("mid") : match.start("to")])
    if frames.REFUSE_MID.search(mid) or "报告中" in sentence.text[match.start() : match.start("to")]:
        return True
    clause = re.split(r"[，。；]", before)[-1]
    told = clause + mid + match["to"]
    since = match.start() - len(clause)
    own_day = any(d.day is not None and since <= d.start < match.start("to") for d in sentence.dates)  # 5月30日曾…
    if frames.WAS_TO.search(clause + mid):
        return True
    return (not own_day and bool(frames.LOOKS_BACK.search(told))) or bool(re.search(r"报告中$|不$|没有$", clause))
