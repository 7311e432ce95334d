"""When a briefing was given: the meeting that its words speak of, or an unnamed sitting of a day.

A day of the briefing's own words goes before the meetings told around it; what is said to be done is of no meeting still to come,
and what is to come of none that is over.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.dates import add_duration
from kg.extract.gate import Gated
from kg.extract.meetings import Meetings, Sitting, implicit
from kg.model import DocumentKind, Status
from kg.pipeline.mask import compile_masked

if TYPE_CHECKING:
    from kg.dates import DateExpression
    from kg.extract.reading import Reading
    from kg.extract.view import Sentence

__all__ = ["between", "meeting_at", "of_committee", "on_day", "today"]

_NEXT = re.compile(r"[，；](?:随后|其后|之后|此后|接着|然后|会后|并)")
_PLANS = re.compile(
    r"(?<![准少中上大])将(?!军)|拟(?!议)|定于|预定|预计|(?<!粮食)(?<!开发)(?<!环境)计划(?!署)|打算|届时|准备(?=[在于向])"
)
_PLACED = Gated(
    r"(?:^|[，；“])(?:[^，。；«:D»]{0,12}?(?:«C»|委员会|小组)(?:成员)?)?(?:还|也|又|曾)*(?:在|于)(?:其)?(?P<d>«D»|当天|当日|今天|同日|同一天)"
    r"(?:(?:星期|周)[一二三四五六日天])?(?:上午|下午|晚上)?(?:[^，。；«:DF»]{0,12}?(?:举行|召开)的?)?的?[^，。；«:DFSM»]{0,8}?(?P<f>«F»)(?:会议)?(?:上|中|期间)"
)
"""``在1月28日的非正式磋商中``, ``安理会成员在当天的磋商中``."""
_OPENS = compile_masked(
    r"(?:^|[，；])[“\"]?(?:(?:«C»|(?:该|本)?委员会)(?:成员)?(?:们)?(?:还|也|又|曾|已|均)*(?:在|于)?)?(?P<d>«D»|今天|今日)"
    r"(?:(?:上午|下午|晚上)|«C»|(?:该|本)?委员会|成员|开会|，|[还也又曾已])*$"
)
"""A day at the front of the clause, or right behind who hears: 安理会3月5日开会，听取."""
_AFTERWARDS = re.compile(r"(?:通报|会议|会|公开会议?|辩论)?(?:结束)?(?:之)?后|随后|其后|此后|接着|继之|然后")
_NEXT_DAY = re.compile(r"次日|翌日|第二天")


def meeting_at(reading: Reading, sentence: Sentence, at: int, *, done: bool) -> Sitting | None:
    """The meeting that words at ``at`` speak of; a sentence with a day of its own does not lean on another day's meeting, nor
    on one that it tells later (听取了…的通报，随后举行了磋商)."""
    told = reading.meetings.told_in(sentence)
    known = reading.meetings.of_committee_in(sentence)
    if known is not None:
        return known
    placed = _placed(reading, sentence, at)
    if placed is not None:
        same = [s for s in told or reading.meetings.all if s.date == placed.date and _fits(s.format, placed.format)]
        if same or all(s.date != placed.date for s in told):
            return same[0] if same else placed
    later = next((f.start for f in sentence.formats if f.start >= at), None)
    before = any(f.end <= at for f in sentence.formats)
    if not told or (later is not None and not before and _NEXT.search(sentence.text, at, later)):
        own = implicit(sentence, reading.context, Meetings() if told else reading.meetings)
        if own is not None and _is_next(reading, sentence, own):
            own = implicit(sentence, reading.context, Meetings())
        if own is not None:
            return _as_said(reading, sentence, at, _named_there(sentence, at, own))
    found = reading.meetings.of(sentence)
    dated = None if told else _dated(reading, sentence, at)
    if dated is not None and (found is None or found.date != dated.date):
        return _named_there(sentence, at, dated)
    if done and not told and (found is None or not reading.meetings.told_in_paragraph(found, sentence.index)):
        last = reading.meetings.last_day_of(sentence)  # 2月17日，安理会审议了叙利亚问题。…
        if (
            last
            and len(last) == 10
            and (found is None or found.status is Status.HELD)
            and not _is_planned(sentence, at)
        ):
            return found if found is not None and found.date == last else _sitting(sentence, last, None)
    if found is None and done and reading.context.news:
        return _held_before(reading, sentence)
    if found is not None and found.status is Status.PLANNED and done and not _is_planned(sentence, at):
        return _held_before(reading, sentence)
    return found


def _named_there(sentence: Sentence, at: int, sitting: Sitting) -> Sitting:
    """An unnamed sitting with the format that stands before the words at ``at``: 在一次公开会议上."""
    if sitting.format is not None or sitting.rule != "meeting.implicit":
        return sitting
    kinds = [f.format for f in sentence.formats if f.end <= at and re.match(r"上|中|期间", sentence.text[f.end :])]
    return replace(sitting, format=kinds[-1]) if kinds else sitting


def _is_next(reading: Reading, sentence: Sentence, sitting: Sitting) -> bool:
    """Whether a meeting is one that came after the briefing: 会后举行了磋商."""
    first = min(sitting.told_at, default=sentence.order)
    return first > sentence.order and bool(_AFTERWARDS.match(reading.view.sentences[first].text))


def _fits(told: str | None, said: str | None) -> bool:
    """Whether the format of a meeting can be what the words call it: 会议 is every meeting."""
    return told == said or "meeting" in {told, said} or said is None


def between(reading: Reading, sentence: Sentence, low: int, high: int) -> Sitting | None:
    """The sitting of the one day that stands between who briefs and the verb (X定于4月11日在磋商中通报), in a sentence that tells no
    meeting."""
    days = [d for d in sentence.dates if d.day is not None and low <= d.start < high]
    if len(days) != 1 or reading.meetings.told_in(sentence):
        return None
    kind = next((f.format for f in sentence.formats if days[0].end <= f.start < high), None)
    own = on_day(reading, sentence, days[0], kind)
    for known in reading.meetings.all if own is not None else ():
        same_place = reading.context.news or known.section == sentence.paragraph.section
        if own is not None and same_place and known.date == own.date and _fits(known.format, kind):
            return known
    return None if own is None else _as_said(reading, sentence, high, own)


def _own_occasion(reading: Reading, sentence: Sentence, at: int) -> Sitting | None:
    """The sitting that the sentence itself dates, with its format where it names one; none where it names no day."""
    return (
        _placed(reading, sentence, at)
        or _dated(reading, sentence, at)
        or implicit(sentence, reading.context, Meetings())
    )


def of_committee(reading: Reading, sentence: Sentence, at: int) -> Sitting | None:
    """The committee's meeting that the sentence tells, else the unnamed one of its day."""
    told = reading.meetings.of_committee_in(sentence)
    if told is not None:
        return told
    own = _own_occasion(reading, sentence, at)
    return None if own is None else _as_said(reading, sentence, at, own)


def on_day(reading: Reading, sentence: Sentence, day: DateExpression | None, kind: str | None = None) -> Sitting | None:
    """The unnamed sitting of ``day``; ``kind``: its format, where the words name one."""
    date = reading.context.iso(day) if day is not None and day.day is not None else None
    return None if date is None else _sitting(sentence, date, kind)


def today(reading: Reading, sentence: Sentence) -> Sitting | None:
    """The sitting of the day on which a statement is made: the Council's meeting of that day, where one is told."""
    date = _own_date(reading)
    if date is None or len(date) < 10:
        return None
    same = [s for s in reading.meetings.all if s.date == date and s.status is Status.HELD]
    return same[0] if len(same) == 1 else _sitting(sentence, date, None)


def _placed(reading: Reading, sentence: Sentence, at: int) -> Sitting | None:
    """``在4月9日的磋商中``: day and format before the words at ``at``, the last that stand there."""
    found = [m for m in _PLACED.finditer(sentence) if m.end() <= at + 1]
    if not found:
        return None
    match = found[-1]
    kind = next((f.format for f in sentence.formats if f.start == match.start("f")), None)
    day = sentence.date_at(match.start("d"))
    if day is not None:
        placed = on_day(reading, sentence, day, kind)
    else:
        date = reading.meetings.last_day_of(sentence) or _own_date(reading)
        placed = _sitting(sentence, date, kind) if date and len(date) == 10 else None
    return None if placed is None else _as_said(reading, sentence, at, placed)


def _own_date(reading: Reading) -> str | None:
    """The day on which a statement is made."""
    spoken = {DocumentKind.PRESS_STATEMENT, DocumentKind.PRESIDENTIAL_STATEMENT, DocumentKind.NEWS, DocumentKind.OTHER}
    return reading.context.date if reading.view.document.kind in spoken else None


def _dated(reading: Reading, sentence: Sentence, at: int) -> Sitting | None:
    """The sitting of the day at the front of the clause, or of 次日."""
    clause = sentence.text[sentence.text.rfind("，", 0, at) + 1 : at]
    next_day = _NEXT_DAY.match(sentence.text) or _NEXT_DAY.search(clause)
    last = reading.meetings.last_day_of(sentence) if next_day else None
    if last and len(last) == 10:
        return _sitting(sentence, add_duration(last, "P1D") or last, None)
    match = None
    for end in (at, sentence.masked.rfind("，", 0, at)):
        if end > 0:
            match = match or _OPENS.search(sentence.masked[:end])
    if match and match["d"] in {"今天", "今日"}:
        return today(reading, sentence)
    sitting = on_day(reading, sentence, sentence.date_at(match.start("d"))) if match else None
    return None if sitting is None else _as_said(reading, sentence, at, sitting)


def _is_planned(sentence: Sentence, at: int) -> bool:
    """Whether the clause at ``at`` speaks of what will be."""
    return bool(_PLANS.search(re.split(r"[。；]", sentence.text[:at])[-1].rsplit("，", 1)[-1]))


def _as_said(reading: Reading, sentence: Sentence, at: int, sitting: Sitting) -> Sitting:
    """An unnamed sitting with the status of the words: planned where they say so and the day is not over."""
    date = reading.context.date
    if sitting.rule != "meeting.implicit" or not _is_planned(sentence, at) or not sitting.date:
        return sitting
    return replace(sitting, status=Status.PLANNED) if date is None or sitting.date >= date else sitting


def _held_before(reading: Reading, sentence: Sentence) -> Sitting | None:
    """The meeting held that was told last before the sentence in its section, or in news the day's own; else none."""
    section = sentence.paragraph.section
    held = [s for s in reading.meetings.all if s.status is Status.HELD]
    earlier = [(at, s) for s in held if section in s.sections for at in s.told_at if at <= sentence.order]
    if earlier:
        return max(earlier, key=lambda e: e[0])[1]
    date = reading.meetings.last_day_of(sentence) or reading.context.date
    if reading.context.news and date is not None and len(date) == 10:
        return next((s for s in held if s.date == date), None) or _sitting(sentence, date, None)
    return None


def _sitting(sentence: Sentence, date: str, kind: str | None) -> Sitting:
    return Sitting(
        date,
        kind,
        Status.HELD,
        sentence.paragraph.section,
        rule="meeting.implicit",
        told_at=[sentence.order],
        evidence=[sentence.evidence],
    )
