"""Meetings of the Council, planned and held apart, each told once.

A meeting is stated by a verb of holding (举行 召开 举办), by a place in time (在1月20日的磋商中) or by its name with a day
(2017年1月10日…公开辩论). Refused: counts (14次公开会议), conferences of others (柏林会议), rounds of talks, sessions of other
bodies, meetings without a date. Later words (通报后举行了磋商, 此次会议) lean on the meeting told before them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.gate import Gated
from kg.extract.meetings.bodies import can_be_councils
from kg.extract.meetings.committees import committee_sittings
from kg.extract.meetings.days import times_clause
from kg.extract.meetings.details import add_items, add_number, add_records, own_body
from kg.extract.meetings.lines import line_in
from kg.extract.meetings.news import add_news_number, news_sittings
from kg.extract.meetings.programme import programme_sittings
from kg.extract.meetings.sittings import Meetings, Sitting
from kg.extract.meetings.telling import told_in
from kg.model import DocumentKind, Status
from kg.pipeline.mask import compile_masked

if TYPE_CHECKING:
    from kg.extract.context import Context
    from kg.extract.view import Sentence, View

_QUOTED = Gated("«Q»")
__all__ = ["find_meetings", "implicit"]


def implicit(sentence: Sentence, context: Context, meetings: Meetings) -> Sitting | None:
    """The unnamed sitting of a sentence that has a day of its own but no format (``9月15日，安理会听取了…的通报``): no fact of
    its own, and one already told for that day in the section goes first."""
    days = [d for d in sentence.dates if d.day is not None and _opens(sentence, d.start) and times_clause(sentence, d)]
    date = context.iso(days[0]) if days else None
    if date is None:
        return None
    section = sentence.paragraph.section
    for known in meetings.all:
        if known.section == section and known.date == date:
            return known
    return Sitting(
        date,
        None,
        Status.HELD,
        section,
        rule="meeting.implicit",
        told_at=[sentence.order],
        evidence=[sentence.evidence],
    )


def _opens(sentence: Sentence, at: int) -> bool:
    """Whether a day stands at the front, or right behind who opens the sentence (副秘书长拉克鲁瓦3日曾…)."""
    return at <= 2 or any(
        a.start <= 24 and a.end <= at and sentence.text[a.end : at] in {"", "于", "在", "曾于", "已于"}
        for a in sentence.actors[:2]
    )


def find_meetings(view: View, context: Context) -> Meetings:
    """All meetings of a document, in the order they are told."""
    meetings = Meetings(news=context.news)
    if view.document.kind is DocumentKind.PROGRAMME:
        for sentence, sitting in programme_sittings(view, context):
            meetings.add(sentence, sitting)
        return meetings
    own = own_body(view)
    for sentence, sitting in committee_sittings(view, context):
        meetings.add_of_committee(sentence, sitting)
    for sentence in view.sentences:
        if sentence.paragraph.role in {"signature", "letterhead"}:
            continue
        named = bool(sentence.formats) or "阿里" in sentence.text
        if sentence.paragraph.role in {"title", "heading"}:
            for quoted in _QUOTED.finditer(sentence):
                meetings.under_title(sentence, sentence.printed(quoted.start() + 1, quoted.end() - 1))
        line = line_in(view, sentence, context) if named else None
        if line is not None:
            meetings.add(sentence, line[1])
            continue
        told = list(told_in(view, sentence, context, meetings)) if named else []
        for sitting in told or (news_sittings(view, sentence, context, meetings) if named else ()):
            if not can_be_councils(view, sentence, sitting):
                continue
            if any(of.date == sitting.date for of in meetings.of_committees_in(sentence)):
                continue
            if own is not None and sitting.body == "UN-SC" and not compile_masked("«C»").search(sentence.unposted):
                sitting.body = own  # 原定3月20日举行的磋商推迟, in a committee's report
            if sitting.body not in {None, "UN-SC"}:
                meetings.add_of_committee(sentence, sitting)
                continue
            meetings.add(sentence, sitting)
        if not sentence.dates:
            continue
        days = [d for d in sentence.dates if d.day is not None and times_clause(sentence, d)]
        days = [d for d in days if sentence.text[d.start - 1 : d.start] not in {"至", "到"}]
        iso = context.iso(days[0]) if days else None
        if iso:
            meetings.remember(sentence, iso)
    add_records(view, meetings)
    add_number(view, meetings)
    add_news_number(view, context, meetings)
    add_items(view, meetings)
    return meetings
