"""Meetings of a programme of work, day line by day line: ``4月7日(星期二)上午10时，通报会，继之以闭门磋商：“…”(S/2026/201)``.

A programme is a list or a table that files flatten in many ways: a day may stand over several hours, and day, hour, format and item may each
have a line. So the lines are read in order, and each keeps the day and hour above it. All is planned. Refused: days of other bodies,
deadlines, holidays, notes at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.extract.gate import Gated
from kg.extract.meetings.days import clock
from kg.extract.meetings.details import is_below, working_group
from kg.extract.meetings.programme_items import Items, items_of, loose_item
from kg.extract.meetings.sittings import Sitting
from kg.model import MentionType, Status
from kg.pipeline.mask import compile_masked

if TYPE_CHECKING:
    from kg.extract.context import Context
    from kg.extract.view import Sentence, View

__all__ = ["programme_sittings"]

_WEEK = r"(?:[，、]|\(?(?:星期|周|礼拜)[一二三四五六日天](?:(?:至|和)(?:星期|周|礼拜)[一二三四五六日天])?\)?)*"
_CLOCK = r"\d{1,2}(?:[:：]\d{2}|时(?:\d{1,2}分|半|整)?)"
_HOUR = rf"(?P<hour>\(?(?:(?:[上下中]午|晚上)?{_CLOCK}(?:(?:至|到|-)(?:[上下中]午)?{_CLOCK})?|[上下]午)\)?)?"
_SEPARATED = r"[，。:：;；、\-—–|]*"
_HEAD = compile_masked(
    rf"(?:[•·●▪○◦*-]|{_WEEK})(?:定于|拟于|将于|于|在)?(?:(?P<d>«D»)(?:[、和及与至到-]«D»){{0,5}}{_WEEK})?{_SEPARATED}{_HOUR}{_SEPARATED}"
)
_NEXT = Gated(r"(?<=[；;，。、)])(?=(?:星期[一二三四五六日天]，?)?«D»|[上下]午[\d，:：])")
"""Where another day or hour begins in a line."""
_FORMAT = r"(?:«F»|(?:情况)?(?:通报|简报)(?!人|者|情况|会)|(?:进行)?表决(?!后|前|中)|通过(?=关于|决议|一项|主席声明|延长|授权))"
_OPENS = compile_masked(
    rf"\(?(?:«C»)?(?:成员)?(?:还|又|再|将|拟|预定|计划|原定|定于)*(?:举行|召开|进行|举办|安排)?(?:一?[次场])?的?(?P<f>{_FORMAT})"
)
_INSIDE = compile_masked(r"(?P<f>«F»|进行表决)")
_LINKED = compile_masked(
    r"\)?[，；、/]?(?:和|及|以及|并|继之以|继以|随后|其后|之后|接着|会后|然后|紧接着|后)?(?:为|是|将|再|又)*(?:«C»)?(?:成员)?"
    rf"(?:举行|召开|进行)?(?P<f>{_FORMAT})"
)
_SAYS_MORE = re.compile(r"(?:由|将|拟|以|期间|上|中|的|后|前|旨在|结束|预计|应|请)")
_THEN = Gated(r"(?:随后|其后|之后|接着|会后|然后|紧接着|此后|继而)")
_ENDS = re.compile(
    r"(?:附注|注[:：]|备注|说明|脚注|其他(?:事项|活动)?[:：]?$|(?:具体)?日期(?:待|尚|未)|待定|待确定|月底前|\*)"
)
_DENIED = re.compile(r"(?:不|未|没有|无|并非|不再)(?:会|再|作为|定于)?(?:举行|召开|进行)?[^，。；]{0,6}$")
_OTHERS = compile_masked(r"«MO»|大会(?!堂)|(?<!安全)理事会|政府|议会")
_ABOUT = compile_masked(r"(?:关于|就|讨论|审议|与|[:：])[^，；。]{0,40}$")
_BODY = re.compile(r"(?:委员会|工作组)(?!主席|副主席)|参谋团")
_ALONE = compile_masked(r"[:：，(]?(?P<o>«O»)(?:的?会议)?[)。；]*$")
_OF_A_COMMITTEE = re.compile(r"非正式磋商|(?:非?正式)?会议")
_OFF = re.compile(r"取消|推迟|延期|改期")


@dataclass
class _Place:
    """Where the reading stands: the days and hour above, and the meetings that wait for an item in a line of its own."""

    days: list[tuple[str, str | None]] = field(default_factory=list)
    time: str | None = None
    item: str | None = None
    open: list[Sitting] = field(default_factory=list)


def programme_sittings(view: View, context: Context) -> Iterator[tuple[Sentence, Sitting]]:
    """Each with the sentence that tells it, in the order of the lines."""
    place = _Place()
    for sentence in view.sentences:
        if _ENDS.match(sentence.text):
            place = _Place()
            continue
        for start, end in pairwise(_cuts(sentence)):
            for sitting in _of_line(sentence, start, end, context, place):
                yield sentence, sitting


def _cuts(sentence: Sentence) -> list[int]:
    """Where the parts of a line begin, and its end: at another day or hour, and at a cell that opens with another format."""
    within = {m.start() for m in _NEXT.finditer(sentence) if m.start()}
    ends = {f.end + 1 for f in sentence.formats}
    within |= {m.start() for m in _THEN.finditer(sentence) if sentence.text[m.start() - 1 : m.start()] == "；"} - ends
    for other in sentence.formats[1:]:
        blank = sentence.printed(other.start - 1, other.start + 1)[1:-1]
        if "\t" in blank or len(blank) > 1:
            within.add(other.start)
    return [0, *sorted(within), len(sentence.masked)]


def _of_line(sentence: Sentence, start: int, end: int, context: Context, place: _Place) -> list[Sitting]:
    """The meetings of one line, or of the part of a line that has a day or hour of its own."""
    head = _HEAD.match(sentence.masked, start, end)
    at = head.end() if head else start
    moved = head is not None and _move(sentence, head, context, place)
    if not place.days:
        return []
    spans = _formats(sentence, at, end, moved=moved)
    if not spans:
        _take_loose(sentence, (at, end), place, moved=moved)
        return []
    body = _body_of(sentence, at, spans[0], end)
    about = items_of(sentence, (at, end), (spans[0][0], spans[-1][1]))
    made = []
    for span in spans if body is not None else ():
        for day in place.days:
            sitting = _sitting(sentence, (at, end), span, day, place)
            sitting.body = body
            _about(sitting, replace(about, item=about.item or place.item))
            made.append(sitting)
    place.open = [s for s in made if s.agenda_item is None and s.theme is None]
    place.item = None
    return made


def _about(sitting: Sitting, about: Items) -> None:
    """Give a sitting its item, theme and topic; one of the Arria kind and a dialogue have no item, a committee's has none."""
    if sitting.body != "UN-SC":
        return
    if sitting.format in {"arria-formula", "informal-interactive-dialogue"}:
        sitting.theme = about.theme or (about.item if sitting.format == "arria-formula" else None)
    else:
        sitting.theme, sitting.agenda_item = about.theme, about.item
    sitting.topic = about.topic


def _take_loose(sentence: Sentence, part: tuple[int, int], place: _Place, *, moved: bool) -> None:
    """An item in a line of its own, below the format or, before any, below the day."""
    item = loose_item(sentence, part)
    waiting, place.open = place.open, []
    if moved or item is None:
        return
    for sitting in waiting:
        _about(sitting, Items(item=item))
        sitting.evidence.append(sentence.evidence)
    if not waiting and not place.item:
        place.item = item


def _move(sentence: Sentence, head: re.Match[str], context: Context, place: _Place) -> bool:
    """Take the day and hour that a line begins with; whether it has one."""
    if head["d"]:
        dates = [d for d in sentence.dates if head.start("d") <= d.start < head.end() and d.day is not None]
        days: list[tuple[str, str | None]] = []
        for date in dates:
            iso = context.iso(date)
            if iso is None:
                continue
            if date.range_end and days:
                days[-1] = (days[-1][0], iso)
            else:
                days.append((iso, None))
        place.days = [d for d in days if context.month is None or d[0].startswith(context.month)]
        place.time = None
    if head["hour"]:
        place.time = clock(head["hour"])
    if head["d"] or head["hour"]:
        place.open, place.item = [], None
        return True
    return False


def _formats(sentence: Sentence, at: int, end: int, *, moved: bool) -> list[tuple[int, int]]:
    """Where the formats of a line stand: the one that opens it or, on a line with a day or hour, the first in it; and those that
    are joined to it."""
    masked = sentence.masked
    first = _OPENS.match(masked, at, end)
    if first is not None and not moved and _SAYS_MORE.match(masked, first.end()):
        return []  # 会议由…主持: of the meeting above
    if first is None and (moved or _THEN.pattern.match(masked, at, end)):
        first = next((m for m in _INSIDE.finditer(masked, at, end) if _is_councils(sentence, at, m.start("f"))), None)
    if first is None or _DENIED.search(masked[at : first.start("f")]):
        return []
    spans = [first.span("f")]
    while (more := _LINKED.match(masked, spans[-1][1], end)) is not None:
        spans.append(more.span("f"))
    return spans


def _is_councils(sentence: Sentence, at: int, end: int) -> bool:
    """Whether the format behind these words of a line is the Council's, or that of a body named below it."""
    before = sentence.masked[at:end]
    others = [m.start() for m in _OTHERS.finditer(before) if not _is_below(sentence, at + m.start())]
    return all(_ABOUT.search(before[:o]) for o in others) or compile_masked("«C»").search(before) is not None


def _is_below(sentence: Sentence, at: int) -> bool:
    """Whether a body of the Council is named there."""
    mention = sentence.at(at, MentionType.ORGANIZATION)
    return mention is not None and is_below(mention.id)


def _body_of(sentence: Sentence, at: int, span: tuple[int, int], last: int) -> str | None:
    """Whose meeting it is by the words before the format, or by the name alone behind it (非正式磋商：第2127(2013)号决议所设委员会); None for
    a committee or working group that nothing identifies."""
    end = span[0]
    alone = _ALONE.match(sentence.masked, span[1], last)
    if alone and _OF_A_COMMITTEE.fullmatch(sentence.text[slice(*span)]) and _is_below(sentence, alone.start("o")):
        mention = sentence.at(alone.start("o"), MentionType.ORGANIZATION)
        return mention.id if mention else None
    words = _BODY.search(sentence.text, at, end)
    if words is None or _ABOUT.search(sentence.masked[at : words.start()]):
        return "UN-SC"
    for mention in sentence.inside(at, end, MentionType.ORGANIZATION):
        if is_below(mention.id):
            return mention.id
    return working_group(sentence.text[at : words.end()])


def _sitting(
    sentence: Sentence, part: tuple[int, int], span: tuple[int, int], day: tuple[str, str | None], place: _Place
) -> Sitting:
    kind, level = _kind(sentence, *span)
    text = sentence.text[slice(*part)]
    off = _OFF.search(text)
    status = Status.PLANNED if off is None else Status.CANCELLED if off[0] == "取消" else Status.POSTPONED
    numbers = [m.id for m in sentence.inside(*part, MentionType.MEETING) if m.id]
    return Sitting(
        date=day[0],
        end_date=day[1],
        format=kind,
        level=level,
        status=status,
        section=sentence.paragraph.section,
        number=numbers[0].removeprefix("S/PV.") if len(numbers) == 1 and kind == "meeting" else None,
        time=place.time,
        part=None if place.time is None else "上午" if place.time < "13" else "下午",
        rule="meeting.programme",
        told_at=[sentence.order],
        evidence=[sentence.evidence],
    )


def _kind(sentence: Sentence, start: int, end: int) -> tuple[str, str | None]:
    """Format and level of the words: 通报 alone is a briefing, what is put to the vote or adopted is so at a meeting."""
    found = next((f for f in sentence.formats if f.start == start), None)
    if found is not None:
        return found.format, found.level
    return ("briefing" if re.search("通报|简报", sentence.text[start:end]) else "meeting"), None
