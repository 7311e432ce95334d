"""Lines that hold a meeting and little else, as lists and tables print them: ``第7365次会议，2015年1月21日举行``,
``定于2015年1月21日星期三上午10时举行第7365次会议``, ``安全理事会第7364次会议临时议程``.

The body is the Council only where the document names it. Refused: a day without a meeting (定于…举行), records and documents of a
meeting, meetings of other bodies.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.meetings.days import hour_of
from kg.extract.meetings.details import number_of
from kg.extract.meetings.sittings import Sitting
from kg.model import MentionType, Status
from kg.pipeline.mask import compile_masked

if TYPE_CHECKING:
    from kg.extract.context import Context
    from kg.extract.view import Sentence, View

__all__ = ["line_in"]

_CLOSED = r"(?:\((?P<closed>闭门|非公开|不公开|秘密)\))?"
_HOUR = r"(?:，|\(?星期[一二三四五六日天]\)?|[上下中]午|晚上|\d{1,2}时(?:(?:\d{1,2}|零)分)?|在纽约(?:总部)?)*"
_SET = r"(?P<set>(?:将|定|拟|订|预定)+(?:于|在)?|于|在)?"
_LINES = tuple(
    compile_masked(line)
    for line in (
        rf"(?:«C»)?(?P<f>«F»){_CLOSED}(?:[，：:]|\()?{_SET}(?P<d>«D»){_HOUR}(?:举行|召开)?\)?[。；]?",
        rf"{_SET}(?P<d>«D»){_HOUR}(?:举行|召开)(?:的)?(?:«C»)?(?P<f>«F»){_CLOSED}[。；]?",
        rf"(?P<d>«D»)[，：:]?(?:«C»)?(?P<f>«F»){_CLOSED}[。；]?",
        rf"(?:«C»)?(?P<f>«F»){_CLOSED}(?:的)?(?P<agenda>(?:临时)?议程)[:：]?",
    )
)


def line_in(view: View, sentence: Sentence, context: Context) -> tuple[int, Sitting] | None:
    """Where the format stands and the sitting of a line; None where the sentence is no such line."""
    text = sentence.masked.strip()
    if len(text) > 60 or number_of(sentence) is None or text != sentence.masked:
        return None
    match = next((m for line in _LINES if (m := line.fullmatch(text))), None)
    if match is None:
        return None
    groups = match.groupdict()
    if groups.get("agenda") and len(view.document.paragraphs) > 1:
        return None  # the heading of an agenda, or of a paper's part on it
    day = next((d for d in sentence.dates if groups.get("d") and d.start == match.start("d")), None)
    if groups.get("d") and (day is None or day.day is None):
        return None
    planned = bool(groups.get("agenda") or re.search("[将定拟订]", groups.get("set") or ""))
    named = any(m.type is MentionType.ORGANIZATION and m.id == "UN-SC" for m in view.mentions)
    return match.start("f"), Sitting(
        date=context.iso(day) if day else None,
        format="private-meeting" if groups.get("closed") else "meeting",
        status=Status.PLANNED if planned else Status.HELD,
        section=sentence.paragraph.section,
        number=number_of(sentence),
        time=hour_of(sentence, [day]) if day else None,
        body="UN-SC" if named else None,
        rule="meeting.numbered",
        told_at=[sentence.order],
        evidence=[sentence.evidence],
    )
