"""What the President says will follow: ``安理会成员将根据…谅解，于下午3时30分举行非公开磋商，继续讨论这个问题``, ``我现在请安理会成员参加非正式磋商``.

It is on the day of the record where no other is said. Refused: meetings of others, what was agreed in consultations before, wishes, questions
and what will not be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.dates import add_duration
from kg.extract.meetings import Sitting, clock
from kg.extract.reading import Reading
from kg.extract.records.speech import of_the_president
from kg.extract.view import Sentence
from kg.model import Meeting, Status
from kg.pipeline.mask import compile_masked

__all__ = ["meetings"]

_WE = r"(?:«C»|安理会|理事会|我们|大家)(?:的)?(?:各位)?(?:成员)?"
_NEXT = r"(?:将|拟|打算|定于|即将|现在|接着|随后|立即|马上|随即|会后)"
_FRAMES = tuple(
    compile_masked(frame)
    for frame in (
        rf"{_WE}[^。；«:FO»]{{0,50}}?{_NEXT}(?:[^。；«:FO»]|(?<=先前)«F»|(?<=事先)«F»){{0,50}}?(?:举行|召开|转入|进行|继续)(?:一次)?[^，。；«:F»]{{0,10}}?(?P<f>«F»)",
        rf"(?<!申)(?:请|邀请){_WE}[^。；«:FO»]{{0,24}}?(?:参加|出席|转入|进行|举行)[^，。；«:F»]{{0,10}}?(?P<f>«F»)",
    )
)
_KINDS = frozenset({"consultations", "private-meeting", "informal-interactive-dialogue"})
"""A 会议 that the President speaks of is most often the one that sits."""
_NOT_SO = re.compile(
    r"(?:不|没有|无须|无需|毋须|如果|倘若|是否|能否|可能|可以|希望|要求|曾|已|过去|昨天|此前|早些时候|是在|期间)[^，。；]{0,12}$"
)
_TOMORROW = re.compile(r"明天|次日|翌日|明日")


def meetings(reading: Reading) -> Iterator[Meeting]:
    """One a day and format."""
    own = reading.front.sitting if reading.front is not None else None
    told: set[tuple[str, str]] = set()
    if own is None or own.date is None:
        return
    for sentence in of_the_president(reading):
        for frame in _FRAMES:
            for match in frame.finditer(sentence.masked):
                sitting = _sitting(reading, sentence, match, own.date)
                if sitting is not None and (sitting.date or "", sitting.format or "") not in told:
                    told.add((sitting.date or "", sitting.format or ""))
                    yield sitting.fact()


def _sitting(reading: Reading, sentence: Sentence, match: re.Match[str], today: str) -> Sitting | None:
    span = next(f for f in sentence.formats if f.start == match.start("f"))
    words = sentence.text[match.start() : match.start("f")]
    if span.format not in _KINDS or _NOT_SO.search(sentence.text[: match.start("f")]) or "成员国" in words:
        return None
    days = [d for d in sentence.dates if match.start() <= d.start < match.start("f") and d.day is not None]
    if len(days) > 1:
        return None
    day = reading.context.iso(days[0]) if days else add_duration(today, "P1D") if _TOMORROW.search(words) else today
    if day is None or day < today:
        return None
    return Sitting(
        date=day,
        format=span.format,
        level=span.level,
        status=Status.PLANNED,
        section=sentence.paragraph.section,
        time=clock(words),
        rule="record.announced",
        told_at=[sentence.order],
        evidence=[sentence.evidence],
    )
